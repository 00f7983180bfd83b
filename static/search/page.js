// The search page: what is asked is in the address, what is found in a list that the arrow keys go through (the ARIA Authoring
// Practices' combobox with a list box). Texts only ever become text.
"use strict";

(() => {
  const form = document.getElementById("search");
  const [box, list, found, more] = ["q", "results", "found", "more"].map((id) => document.getElementById(id));
  const words = JSON.parse(form.dataset.words);
  const language = document.documentElement.lang;
  const plural = new Intl.PluralRules(words.language);
  /** Words of the interface in another language than the page's say which. */
  const speak = (element) => { if (form.dataset.lang) [element.lang, element.dir] = [form.dataset.lang, form.dataset.dir]; };
  speak(found);
  const names = ["q", "kind", "verdict", "year", "entity", "article"];

  /** A word of the interface, with values in its places; by `n` the form for a number. */
  function say(key, values = {}) {
    const word = words[key] ?? key;
    const text = typeof word === "string" ? word : (word[plural.select(values.n)] ?? word.other);
    return text.replace(/\{(\w+)\}/g, (_, name) => (typeof values[name] === "number" ? values[name].toLocaleString(language) : values[name]));
  }

  // What is asked ------------------------------------------------------------------------------------------------------------

  const asked = () => Object.fromEntries(names.map((name) => [name, form.elements[name]?.value ?? ""]));

  function set(name, value) {
    const field = form.elements[name];
    if (field instanceof RadioNodeList) {
      for (const input of field) input.checked = input.value === value;
    } else if (field) {
      // A value that is still to be loaded is an option until then.
      if (field.options && value && ![...field.options].some((option) => option.value === value)) field.add(new Option(value, value));
      field.value = value;
    }
  }

  function show(address) {
    const given = new URLSearchParams(address);
    for (const name of names) set(name, given.get(name) ?? "");
  }

  function address(of) {
    const given = new URLSearchParams(names.flatMap((name) => (of[name] ? [[name, of[name]]] : [])));
    return `search.html${given.size ? `?${given}` : ""}`;
  }

  /** Puts what is asked into the address: as a step that "back" undoes, or in place of the last. */
  function remember(step) {
    const next = address(asked());
    if (new URL(next, location.href).href === location.href) return;
    // Some browsers allow no such thing in a folder.
    try { history[step ? "pushState" : "replaceState"](null, "", next); } catch { /* The search itself goes on. */ }
  }

  // What is found ------------------------------------------------------------------------------------------------------------

  const some = 5;
  const many = 20;
  let shown = many;
  let turn = 0;

  async function search() {
    const mine = ++turn;
    const question = asked();
    const isAsking = names.some((name) => question[name].trim());
    let answer;
    try {
      answer = await answered(question);
    } catch {
      if (mine === turn) fail();
      return;
    }
    if (mine !== turn) return;
    count(answer.results);
    const results = answer.results.filter(({ kind }) => !question.kind || kind === question.kind);
    const groups = isAsking ? grouped(results, question) : [];
    const filled = await Promise.all(groups.map(({ kind, all, some }) => group(kind, all, some, answer, question)));
    if (mine !== turn) return;
    list.replaceChildren(...filled);
    list.hidden = results.length === 0 || !isAsking;
    box.setAttribute("aria-expanded", String(!list.hidden));
    point(null);
    more.hidden = !question.kind || results.length <= shown;
    form.querySelector("#no_filters").hidden = !names.slice(1).some((name) => question[name]);
    document.getElementById("hints").hidden = isAsking;
    const said = isAsking ? summary(results.length, question.q.trim(), answer) : "";
    clearTimeout(search.later);
    // Whoever listens is told once, when the typing stops.
    search.later = setTimeout(() => { if (found.textContent !== said) found.textContent = said; }, found.textContent ? 400 : 0);
  }

  /** Asks; once more from the start where the site was published anew in between. */
  async function answered(question) {
    const filters = { ...question, year: question.year.trim() ? Number(question.year) : null };
    try {
      return await dossierSearch.find(question.q, filters);
    } catch {
      dossierSearch.forget();
      return dossierSearch.find(question.q, filters);
    }
  }

  function fail() {
    form.hidden = true;
    list.hidden = true;
    for (const id of ["without", "failed"]) document.getElementById(id).hidden = false;
  }

  function summary(n, query, { partial, guessed }) {
    const results = say("count.result", { n });
    const parts = [n === 0 ? `${say(query ? "search.none" : "search.none_filtered", { query })} ${say("search.hint")}` : query ? say("search.found", { results, query }) : results];
    if (n && partial) parts.push(say("search.partial"));
    if (n) parts.push(...guessed.map(({ word, forms }) => say("search.guessed", { word, forms: forms.slice(0, 3).join(", ") })));
    return parts.join(" ");
  }

  /** How many results of each kind there are, beside the kinds. */
  function count(results) {
    const counts = new Map([["", results.length]]);
    for (const { kind } of results) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    for (const input of form.elements.kind) {
      const n = counts.get(input.value) ?? 0;
      const label = input.closest("label");
      label.querySelector("small").textContent = n.toLocaleString(language);
      label.classList.toggle("none", n === 0);
    }
  }

  /** The results by kind, the kind with the best first. */
  function grouped(results, { kind }) {
    const groups = Map.groupBy ? Map.groupBy(results, (result) => result.kind) : results.reduce((all, result) => all.set(result.kind, [...(all.get(result.kind) ?? []), result]), new Map());
    return [...groups].map(([name, all]) => ({ kind: name, all, some: all.slice(0, kind || groups.size === 1 ? shown : some) }));
  }

  async function group(kind, all, some, answer, question) {
    const element = copy("group");
    const heading = element.querySelector("h2");
    const word = form.querySelector(`[name=kind][value="${kind}"]`)?.closest("label").querySelector("span").textContent ?? kind;
    heading.id = `of_${kind}`;
    heading.querySelector("span").textContent = word;
    speak(heading.querySelector("span"));
    heading.querySelector("small").textContent = all.length.toLocaleString(language);
    element.setAttribute("aria-labelledby", heading.id);
    element.append(...await Promise.all(some.map((result) => hit(result, answer))));
    if (some.length < all.length && !question.kind) element.append(rest(kind, word, all.length, question));
    return element;
  }

  /** The way to all results of a kind: an address like any other, followed here without a new page. */
  function rest(kind, word, n, question) {
    const link = copy("hit");
    link.id = `all_${kind}`;
    link.className = "rest";
    link.href = address({ ...question, kind });
    link.dataset.kind = kind;
    speak(link);
    link.replaceChildren(say("search.rest", { n, kind: word.toLocaleLowerCase(language) }));
    return link;
  }

  /** Stands between the facts of a record: each is isolated, or the day of a date would join a Latin name before it in an Arabic page. */
  const apart = " · ";

  async function hit({ record, kind }, answer) {
    const { verdicts, verdict } = await dossierSearch.index();
    const of = await dossierSearch.record(record);
    const marked = (text, language = of.at.text) => dossierSearch.marked(text, answer, language);
    const inTitle = marked(of.title, of.at.title);
    const link = copy("hit");
    link.id = `hit_${record}`;
    const [name, facts, also, said] = link.children;
    write(name, of.title, inTitle, of.titleLanguage);
    of.facts.split(apart).forEach((fact, n) => {
      const one = document.createElement("bdi");
      write(one, fact, marked(fact));
      if (fact) facts.append(n ? apart : "", one);
    });
    const label = verdicts[verdict[record]] && document.querySelector(`template[data-verdict="${verdicts[verdict[record]]}"]`);
    if (label) {
      facts.prepend(label.content.cloneNode(true), of.facts ? "\u00a0· " : "");
      const word = facts.querySelector(".label > span");
      word.replaceChildren();
      write(word, of.names, marked(of.names));
    }
    // Other names say why a record is here where its title does not.
    const called = new Set(inTitle.map(({ of }) => of));
    const names = kind === "entity" || kind === "event" ? marked(of.names) : [];
    if (names.some(({ of }) => !called.has(of))) write(also, ...around(of.names, names));
    const passage = best(of.text, marked, answer);
    write(said, ...around(passage.text, passage.marks), of.language);
    for (const element of [facts, also, said]) if (!element.hasChildNodes()) element.remove();
    link.href = of.href + (passage.marks.length && !of.href.includes("#") ? there(passage) : "");
    return link;
  }

  /** The paragraph that answers best: the one with most of the words, or the first. */
  function best(text, marked) {
    let best = { score: -1 };
    for (const paragraph of text.split("\n")) {
      const marks = marked(paragraph);
      const score = new Set(marks.map(({ of }) => of)).size + Math.min(marks.length, 9) / 10;
      if (score > best.score) best = { score, text: paragraph, marks };
    }
    return best;
  }

  const longest = 260;

  /** A long text around the marks that stand closest: with its marks, and signs where it is cut. */
  function around(text, marks) {
    if (text.length <= longest + 60) return [text, marks];
    const near = (mark) => new Set(marks.filter(({ start, end }) => start >= mark.start && end <= mark.start + longest - 60).map(({ of }) => of)).size;
    const first = marks.reduce((best, mark) => (near(mark) > near(best) ? mark : best), marks[0]);
    let start = Math.max(0, Math.min((first?.start ?? 0) - 60, text.length - longest));
    if (start > 0) start = text.indexOf(" ", start) + 1;
    let end = Math.min(text.length, start + longest);
    if (end < text.length) end = Math.max(text.lastIndexOf(" ", end), first?.end ?? 0);
    const before = start > 0 ? "…\u00a0" : "";
    const inside = marks.filter((mark) => mark.start >= start && mark.end <= end);
    const moved = inside.map((mark) => ({ ...mark, start: mark.start - start + before.length, end: mark.end - start + before.length }));
    return [before + text.slice(start, end).trimEnd() + (end < text.length ? "\u00a0…" : ""), moved];
  }

  /** Where in its page the passage is, for browsers that can show it: a text fragment. */
  function there({ text, marks }) {
    const start = marks[0].start;
    const rest = text.slice(start).split(/\s+/u).slice(0, 3).join(" ").replace(/[\p{P}\s]+$/u, "");
    return `#:~:text=${encodeURIComponent(rest).replace(/-/g, "%2D")}`;
  }

  function write(element, text, marks, lang = "") {
    let at = 0;
    for (const { start, end } of marks) {
      const mark = document.createElement("mark");
      mark.textContent = text.slice(start, end);
      element.append(text.slice(at, start), mark);
      at = end;
    }
    element.append(text.slice(at));
    if (lang && lang !== language) {
      element.lang = lang;
      element.dir = "auto";
    }
  }

  const copy = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);

  // Keys ---------------------------------------------------------------------------------------------------------------------

  const options = () => [...list.querySelectorAll("[role=option]")];
  let active = null;

  function point(option) {
    active?.setAttribute("aria-selected", "false");
    active = option;
    active?.setAttribute("aria-selected", "true");
    if (active) box.setAttribute("aria-activedescendant", active.id); else box.removeAttribute("aria-activedescendant");
    active?.scrollIntoView({ block: "nearest" });
  }

  function move(step) {
    const all = options();
    if (!all.length) return;
    const at = active ? all.indexOf(active) + step : step > 0 ? 0 : all.length - 1;
    // Beyond either end is the box itself.
    point(all[at] ?? null);
  }

  function clear() {
    if (active) return point(null);
    box.value = "";
    ask(0);
  }

  const keys = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Escape: clear,
  };

  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter" && active) {
      event.preventDefault();
      remember(true);
      active.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey: event.ctrlKey, metaKey: event.metaKey, shiftKey: event.shiftKey }));
    } else if (keys[event.key] && !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey) {
      event.preventDefault();
      keys[event.key]();
    }
  });

  list.addEventListener("click", (event) => {
    const link = event.target.closest("[data-kind]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    set("kind", link.dataset.kind);
    changed();
    form.querySelector("[name=kind]:checked").focus();
  });

  // Changes ------------------------------------------------------------------------------------------------------------------

  function ask(delay = 120) {
    shown = many;
    clearTimeout(ask.later);
    ask.later = setTimeout(() => {
      remember(false);
      void search();
    }, delay);
  }

  function changed() {
    shown = many;
    clearTimeout(ask.later);
    remember(true);
    void search();
  }

  box.addEventListener("input", () => ask());
  form.addEventListener("change", (event) => event.target !== box && changed());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    changed();
  });
  addEventListener("popstate", () => {
    show(location.search);
    void search();
  });
  more.addEventListener("click", async () => {
    const before = options().length;
    shown += many;
    await search();
    options()[before]?.focus();
  });
  form.querySelector("#no_filters").addEventListener("click", () => {
    for (const name of names.slice(1)) set(name, "");
    changed();
    box.focus();
  });

  const shortcut = document.getElementById("shortcut");
  shortcut.checked = dossierSearch.key.on;
  shortcut.addEventListener("change", () => { dossierSearch.key.on = shortcut.checked; });

  /** The years that there are, newest first, and the names to filter by. */
  async function fill() {
    const { from, to, names } = await dossierSearch.index();
    const years = new Set(from.flatMap((year, at) => (year === null ? [] : between(year, to[at]))));
    options_of("year", [...years].sort((a, b) => b - a).map((year) => [String(year), called(year)]));
    const all = await dossierSearch.load(names);
    for (const kind of ["entity", "article"]) options_of(kind, all[kind]);
  }

  /** All years from one to another; of very many the first and the last. */
  const between = (from, to) => (to - from < 200 ? Array.from({ length: to - from + 1 }, (_, step) => from + step) : [from, to]);

  /** A year as readers know it: 0 is 1 BC. A day of the browser has years of six digits at most. */
  function called(year) {
    if (year > 0 || year < -200_000) return year;
    const day = new Date(0);
    day.setUTCFullYear(year);
    return day.toLocaleDateString(language, { year: "numeric", era: "short", calendar: "gregory", timeZone: "UTC" });
  }

  function options_of(name, choices) {
    const field = form.elements[name];
    const value = field.value;
    field.length = 1;
    field.append(...choices.map(([value, text]) => new Option(text, value)));
    field.value = value;
    field.closest("label").hidden = choices.length === 0;
  }

  form.hidden = false;
  document.getElementById("without").hidden = true;
  show(location.search);
  if (!box.value) box.focus({ preventScroll: true });
  void search().then(fill).catch(() => {});
})();
