// Finds records by words: loads the pieces of the index that a question needs, and no more. Knows nothing of the page.
"use strict";

(() => {
  const { words, stem, root, counterparts, isSmall } = dossierSearch;
  const here = document.currentScript?.src ?? "";

  // Files -------------------------------------------------------------------------------------------------------------------

  const waiting = new Map();
  let loaded = new Map();

  /** Each file of the index is a script that calls this: scripts load from a folder as well as from a host. */
  dossierSearch.take = (name, data) => waiting.get(name)?.(data);

  /** The data of a file, loaded once. */
  dossierSearch.load = (name, fresh = "") => {
    if (!loaded.has(name)) {
      loaded.set(name, new Promise((resolve, reject) => {
        waiting.set(name, resolve);
        const script = document.createElement("script");
        script.src = new URL(`${name === "index" ? "" : "data/"}${name}.js${fresh}`, here).href;
        script.onerror = () => reject(new Error(`${name} could not be loaded`));
        document.head.append(script);
        script.remove();
      }));
    }
    return loaded.get(name);
  };

  /** Forgets all that was loaded: the site was published anew while it was read. */
  function forget() {
    loaded = new Map();
    shards.clear();
    index = undefined;
    void dossierSearch.load("index", `?${Date.now()}`);
  }

  const digits = new Map([..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"].map((digit, value) => [digit.charCodeAt(0), value]));

  /** Numbers in digits of 32; one below 32 ends a number. */
  function numbers(code) {
    const found = [];
    let number = 0;
    for (let at = 0; at < code.length; at++) {
      const digit = digits.get(code.charCodeAt(at));
      number = number * 32 + (digit & 31);
      if (digit < 32) {
        found.push(number);
        number = 0;
      }
    }
    return found;
  }

  function ascending(code) {
    let before = 0;
    return numbers(code).map((step) => (before += step));
  }

  let index;

  /** What is known of all records without their texts. */
  dossierSearch.index = () => (index ??= dossierSearch.load("index").then((data) => {
    const columns = { kind: [], verdict: [], titleLanguage: [], language: [], from: [], to: [], start: [], ends: [] };
    const all = numbers(data.records);
    let place = 0;
    for (let at = 0; at < all.length; at += 10) {
      const [kind, verdict, titleLanguage, language, from, to, title, names, facts, text] = all.slice(at, at + 10);
      // The year 0 is one like others, so none is null.
      const year = (number) => (number ? number + data.years[0] - 1 : null);
      columns.kind.push(kind);
      columns.verdict.push(verdict - 1);
      columns.titleLanguage.push(titleLanguage);
      columns.language.push(language);
      columns.from.push(year(from));
      columns.to.push(year(to));
      columns.start.push(place);
      columns.ends.push([place + title, place + title + names + 1, place + title + names + facts + 2]);
      place += title + names + facts + text + 4;
    }
    return { ...data, ...columns };
  }));

  const shards = new Map();

  /** The words of a file, each with the code of its places. */
  async function shard(name) {
    if (!shards.has(name)) {
      const parts = (await dossierSearch.load(name)).split(" ");
      shards.set(name, parts.flatMap((part, at) => (at % 2 ? [] : [[part, parts[at + 1]]])));
    }
    return shards.get(name);
  }

  /** All words that begin with `prefix`, with the code of their places; nothing where they are in more than `most` files. */
  async function wordsFrom(prefix, most = Infinity) {
    const files = (await dossierSearch.index()).words;
    const last = files.findLastIndex(([first]) => first <= `${prefix}\uffff`);
    const first = Math.max(0, files.findLastIndex(([first]) => first <= prefix));
    if (last - first >= most) return [];
    const names = files.slice(first, last + 1).map(([, name]) => name);
    return (await Promise.all(names.map(shard))).flat().filter(([word]) => word.startsWith(prefix));
  }

  /** A word with the code of its places: one or none, in a list. */
  async function exactly(word) {
    const files = (await dossierSearch.index()).words;
    const file = files.findLast(([first]) => first <= word);
    return file ? (await shard(file[1])).filter(([form]) => form === word).slice(0, 1) : [];
  }

  /** The records that have to do with an entity or article. */
  async function subject(kind, id) {
    const name = `=${kind}:${id}`;
    const [found] = await exactly(name);
    return new Set(found ? ascending(found[1]) : []);
  }

  // Questions ---------------------------------------------------------------------------------------------------------------

  /** A question as words and phrases; `unfinished` is the word that may still be typed, `typed` what it was before it was folded. */
  function read(question) {
    const asked = [];
    const phrases = [];
    for (const [, quoted, plain] of question.matchAll(/["“”«»„]([^"“”«»„]*)(?:["“”«»„]|$)|([^"“”«»„]+)/gu)) {
      const isQuoted = quoted !== undefined;
      const text = quoted ?? plain;
      const found = words(text).map((part) => ({ ...part, typed: text.slice(part.start, part.end), quoted: isQuoted }));
      const parts = isQuoted ? found : joined(text, found);
      if (isQuoted && parts.length) phrases.push(parts.map((word, at) => asked.length + at));
      asked.push(...parts);
    }
    const all = asked.every(({ word, quoted }) => isSmall(word) && !quoted);
    const isOpen = asked.length > 0 && !asked.at(-1).quoted && !/\s$/u.test(question);
    return {
      phrases,
      asked: asked.map((part, at) => ({ ...part, small: !all && !part.quoted && !part.rows && isSmall(part.word), unfinished: isOpen && at === asked.length - 1 })),
    };
  }

  /**
   * Names of letters and digits, and names of letters alone, which texts write in several ways: `T-72`, `T72`, `U.S.`, `US`. Each is one
   * word, with the rows of words that it may be in the index. Characters that stand side by side, as in Chinese, are a row too.
   */
  function joined(text, found) {
    const names = [];
    for (const part of found) {
      const last = names.at(-1);
      const between = last && text.slice(last.end, part.start);
      if (last && /^[-‐‑.]?$/u.test(between)) {
        last.parts.push(part.word);
        last.isRow ||= between === "";
      } else {
        names.push({ ...part, parts: [part.word] });
      }
      names.at(-1).end = part.end;
    }
    return names.flatMap(({ parts, start, end, quoted, isRow }) => {
      const word = parts.join("");
      const typed = text.slice(start, end);
      const rows = isRow ? [parts] : rowsOf(parts, typed);
      const alone = found.filter((part) => part.start >= start && part.end <= end);
      // What is one word may be that word in all its forms as well.
      return rows.length ? [{ word, typed, quoted, rows, isNameOnly: parts.length > 1 }] : alone;
    });
  }

  /** The rows of words that a name may be: every way to write its pieces together, but for the one that it is in any case. */
  function rowsOf(parts, typed) {
    const word = parts.join("");
    const letters = /^\p{L}+$/u.test(word) && (parts.length > 1 ? parts.every((part) => part.length === 1) : typed === typed.toUpperCase());
    const isName = /\p{L}/u.test(word) && /[0-9]/.test(word) && word.length <= 12;
    if (isName) return splits(word.match(/[0-9]+|[^0-9]+/g));
    if (!letters || word.length < 2 || word.length > 5) return [];
    return parts.length > 1 && !isSmall(word) ? [[...word], [word]] : [[...word]];
  }

  /** Every way to write pieces in a row together or apart. */
  function splits(pieces) {
    if (pieces.length > 6) return [];
    return pieces.slice(1).reduce((rows, piece) => rows.flatMap((row) => [[...row, piece], [...row.slice(0, -1), row.at(-1) + piece]]), [[pieces[0]]]);
  }

  const isNumber = (word) => /^[0-9]+$/.test(word);

  /** Whether one of two words becomes the other by so many letters added, left out, changed or exchanged with the next. */
  function isNear(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return false;
    let [older, old] = [[], [...Array(b.length + 1).keys()]];
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      for (let j = 1; j <= b.length; j++) {
        row[j] = Math.min(old[j] + 1, row[j - 1] + 1, old[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], older[j - 2] + 1);
      }
      [older, old] = [old, row];
    }
    return old[b.length] <= most;
  }

  /** The forms of the index that answer a word: how well, and in which languages where that matters. */
  async function forms(part) {
    const [found, rows] = await Promise.all([part.isNameOnly ? [] : formsOf(part), part.rows ? named(part) : []]);
    return [...found, ...rows];
  }

  async function formsOf({ word, quoted, unfinished }) {
    const exact = ([form, code]) => ({ form, code, quality: 1 });
    if (quoted || isNumber(word)) return (await exactly(word)).map(exact);
    const { languages } = await dossierSearch.index();
    const stems = languages.map((language) => stem(word, language));
    const shared = Math.min(...languages.map((language) => root(word, language).length));
    const prefix = word.slice(0, Math.max(shared, Math.min(unfinished ? 3 : 2, word.length)));
    const found = [];
    for (const [form, code] of await wordsFrom(prefix, prefix.length < 3 && unfinished ? 4 : Infinity)) {
      const same = languages.flatMap((language, at) => (stems[at].length > 2 && stem(form, language) === stems[at] ? [at] : []));
      if (form === word) found.push(exact([form, code]));
      else if (same.length) found.push({ form, code, quality: 0.8, languages: same });
      else if (unfinished && form.startsWith(word) && word.length > 1) found.push({ form, code, quality: 0.55 * (word.length / form.length) });
    }
    for (const other of [word, ...counterparts(word)]) {
      if (found.some(({ form }) => form === other)) continue;
      const same = languages.flatMap((language, at) => (stem(other, language) === stems[at] ? [at] : []));
      found.push(...(await exactly(other)).map(([form, code]) => (form === word ? exact([form, code]) : { form, code, quality: 0.8, languages: same })));
    }
    return found.sort((a, b) => b.quality - a.quality).slice(0, 200);
  }

  /** The places of a name: where one of its rows stands. Letters may follow its last number, as in `T-72B3`. */
  async function named({ rows, unfinished }) {
    const lists = await Promise.all(rows.map(async (row) => {
      const columns = await Promise.all(row.map(async (word, at) => {
        const letters = /[0-9]$/.test(word);
        if (at < row.length - 1 || !(letters || (unfinished && word.length > 1))) return exactly(word);
        return (await wordsFrom(word)).filter(([form]) => form === word || unfinished || !/[0-9]/.test(form[word.length]));
      }));
      return columns.reduce((found, column) => found.flatMap(({ forms, places }) => column.map(([form, code]) => {
        const here = new Set(ascending(code));
        const next = places ? places.filter((place) => here.has(place + forms.length)) : [...here];
        return { forms: [...forms, form], places: next };
      })).filter(({ places }) => places.length), [{ forms: [], places: null }]);
    }));
    return lists.flat().map(({ forms, places }) => ({ form: forms.join(" "), row: forms, places, quality: 1 }));
  }

  /** The forms nearest to a word that stands nowhere. */
  async function nearest({ word, quoted, rows }) {
    if (quoted || rows || isNumber(word) || word.length < 4) return [];
    const near = (await wordsFrom(word.slice(0, 1), 12)).filter(([form]) => isNear(form, word, word.length < 8 ? 1 : 2));
    return near.map(([form, code]) => ({ form, code, quality: 0.3, guessed: true }));
  }

  // Weights of a title, other names, facts, text.
  const weights = [8, 6, 3, 1];

  /** Where the forms of a word stand: by record, how much that weighs and at which places. */
  function hits(forms, { start, ends, titleLanguage, language }) {
    const found = new Map();
    for (const { code, places, quality, languages } of forms) {
      for (const place of places ?? ascending(code)) {
        let [low, high] = [0, start.length];
        while (high - low > 1) {
          const middle = (low + high) >> 1;
          if (start[middle] <= place) low = middle; else high = middle;
        }
        const part = ends[low].findIndex((end) => place < end);
        if (languages && !languages.includes(part === 0 ? titleLanguage[low] : language[low])) continue;
        // A word of a short title says more of it.
        const weight = quality * (part === 0 ? weights[0] * (1 + 1 / (1 + ends[low][0] - start[low])) : weights[part < 0 ? 3 : part]);
        const hit = found.get(low) ?? { weight: 0, places: [] };
        hit.weight = Math.max(hit.weight, weight);
        hit.places.push(place);
        found.set(low, hit);
      }
    }
    for (const hit of found.values()) hit.weight += 0.3 * Math.log2(hit.places.length);
    return found;
  }

  /** Whether the places of words have a row of neighbours. */
  const inARow = (lists) => lists[0].some((place) => lists.every((list, at) => list.includes(place + at)));

  // What a reader more likely means, all else being equal.
  const likely = { article: 1.1, check: 1.15, figure: 1.15, event: 1.2, entity: 1.4, annotation: 0.6, source: 0.75, page: 1 };

  /**
   * Answers a question: `results` in order, each a record with its score; `marks`, the forms that were found; `guessed`, words
   * that were taken for others; `partial`, whether no record has all words. Without words every record is an answer.
   */
  dossierSearch.find = async (question, filters = {}) => {
    const index = await dossierSearch.index();
    const { asked, phrases } = read(question);
    const [admits, found] = await Promise.all([admitted(index, filters), Promise.all(asked.map(forms))]);
    const guessed = [];
    await Promise.all(asked.map(async (part, at) => {
      if (found[at].length || part.small) return;
      found[at] = await nearest(part);
      if (found[at].length) guessed.push({ word: part.typed, forms: found[at].map(({ form }) => form) });
    }));
    const hit = found.map((forms) => hits(forms, index));
    const needed = asked.flatMap((part, at) => (part.small ? [] : [at]));
    const rarity = hit.map((records) => Math.log(1 + index.count / (1 + records.size)));
    const onlyNumbers = asked.length > 0 && asked.every(({ word }) => isNumber(word));
    const isPhrase = (record) => phrases.every((phrase) => inARow(phrase.map((at) => hit[at].get(record)?.places ?? [])));
    const score = (record) => {
      let sum = asked.length ? 0 : 1;
      asked.forEach((_, at) => {
        const here = hit[at].get(record);
        if (!here) return;
        const before = at > 0 && hit[at - 1].get(record);
        sum += here.weight * rarity[at] * (before && inARow([before.places, here.places]) ? 1.5 : 1);
      });
      const kind = index.kinds[index.kind[record]];
      return sum * (onlyNumbers && kind === "figure" ? 3 : likely[kind]);
    };
    const answer = (records, partial) => {
      const admitted = records.filter(admits).map((record) => ({ record, score: score(record), kind: index.kinds[index.kind[record]] }));
      return { results: admitted.sort((a, b) => b.score - a.score || a.record - b.record), partial };
    };
    const every = () => (needed.length ? [...hit[needed[0]].keys()] : [...Array(index.count).keys()])
      .filter((record) => needed.every((at) => hit[at].has(record)) && isPhrase(record));
    const some = () => [...new Set(needed.flatMap((at) => [...hit[at].keys()]))];
    const whole = answer(every(), false);
    const { results, partial } = whole.results.length || phrases.length || needed.length < 2 ? whole : answer(some(), true);
    const marks = asked.map(({ small, quoted }, at) => ({
      small: small || quoted,
      forms: new Map(found[at].filter(({ row }) => !row).map(({ form, languages }) => [form, languages])),
      rows: found[at].flatMap(({ row }) => (row ? [row] : [])).sort((a, b) => b.length - a.length),
    }));
    return { results, partial, guessed, marks, phrases: phrases.map((phrase) => phrase.map((at) => asked[at].word)) };
  };

  /** What the filters let through, but for the kind: that is counted first. */
  async function admitted(index, { verdict, year = null, entity, article }) {
    const sets = await Promise.all([entity && subject("entity", entity), article && subject("article", article)]);
    const place = verdict ? index.verdicts.indexOf(verdict) : -1;
    return (record) => (!verdict || index.verdict[record] === place)
      && (year === null || (index.from[record] !== null && index.from[record] <= year && year <= index.to[record]))
      && sets.every((set) => !set || set.has(record));
  }

  /** The text of a record: where it is, what it is called, and what it says. */
  dossierSearch.record = async (record) => {
    const { texts, titleLanguage, language, languages } = await dossierSearch.index();
    const [first, name] = texts[texts.findLastIndex(([first]) => first <= record)];
    const [href, title, names, facts, text] = (await dossierSearch.load(name))[record - first];
    const at = { title: titleLanguage[record], text: language[record] };
    return { href, title, names, facts, text, at, titleLanguage: languages[at.title], language: languages[at.text] };
  };

  /** The pieces of a text that answer a question, as ranges with the number of the word. */
  dossierSearch.marked = (text, { marks, phrases }, language) => {
    const all = words(text);
    const found = [];
    const isRow = (phrase, at) => phrase.every((word, step) => all[at + step]?.word === word);
    all.forEach(({ word, start, end }, at) => {
      const of = marks.findIndex(({ small, forms }) => !small && forms.has(word) && (forms.get(word)?.includes(language) ?? true));
      const row = phrases.findIndex((phrase) => isRow(phrase, at));
      const name = marks.findIndex(({ rows }) => rows.some((words) => isRow(words, at)));
      const named = marks[name]?.rows.find((words) => isRow(words, at));
      if (row >= 0) found.push({ of: `p${row}`, start, end: all[at + phrases[row].length - 1].end });
      else if (named && (found.at(-1)?.end ?? 0) <= start) found.push({ of: name, start, end: all[at + named.length - 1].end });
      else if (of >= 0 && (found.at(-1)?.end ?? 0) <= start) found.push({ of, start, end });
    });
    return found;
  };

  Object.assign(dossierSearch, { forget, read });
})();
