// Small cards over links to records: what a record is, before following. On hover and on focus; Escape puts one away; a switch
// in the foot of the page turns them off, and so does a wish for less motion. Without this script links are links.
(() => {
  "use strict";
  const script = document.currentScript;
  const root = new URL(".", script.src).href;
  const files = Number(script.dataset.cards);
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  /** From pointer to card, and from leaving to its end: time enough to pass by, and to come over. */
  const [before, after] = [350, 300];
  const records = /^((?:articles|entities|events|checks|figures|sources)\/(?!index\.)[a-z0-9-]+)\.html$/;

  const known = new Map();
  const asked = new Map();
  let wanted = null;
  let shown = null;
  let timer = 0;

  const card = document.createElement("div");
  card.id = "card";
  card.className = "card";
  card.setAttribute("role", "tooltip");
  card.hidden = true;

  // The files of cards are scripts that call this: a page that was opened from a folder may read nothing else.
  window.dossierCards = (cards) => Object.entries(cards).forEach(([name, html]) => known.set(name, html));

  /** The name of the record that a link leads to, where it is another than this page's. */
  function named(link) {
    const [address] = link.href.split("#");
    const here = location.href.split("#")[0];
    return address === here || !address.startsWith(root) ? undefined : records.exec(address.slice(root.length))?.[1];
  }

  /** Which file holds a card: FNV-1a, 32 bits, as it was counted when they were written. */
  function fileOf(name) {
    let hash = 0x811c9dc5;
    for (const letter of name) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
    return (hash >>> 0) % files;
  }

  function ask(name) {
    const number = fileOf(name);
    if (!asked.has(number)) {
      asked.set(number, new Promise((done) => {
        const more = document.createElement("script");
        more.onload = more.onerror = done;
        more.src = `${root}cards/${number}.js`;
        document.head.append(more);
      }));
    }
    return asked.get(number);
  }

  function close() {
    clearTimeout(timer);
    shown?.removeAttribute("aria-describedby");
    shown = wanted = null;
    card.hidden = true;
  }

  /** Puts the card over what has been read, beside the paragraph or after it: never over its line, nor those that follow. */
  function place(link, y) {
    const lines = [...link.getClientRects()];
    const line = lines.find((box) => box.top <= y && y <= box.bottom) ?? lines[0];
    const block = (link.closest("p, li, dd, td, th, h1, h2, h3") ?? link).getBoundingClientRect();
    const top = Math.min(line.top, link.closest(".note")?.getBoundingClientRect().top ?? line.top);
    const { width, height } = card.getBoundingClientRect();
    const [wide, high, gap] = [document.documentElement.clientWidth, innerHeight, 8];
    const across = Math.max(gap, Math.min(line.left, wide - width - gap));
    const down = Math.max(gap, Math.min(line.top, high - height - gap));
    const places = [[across, top - height - 4], [block.right + gap, down], [block.left - width - gap, down], [across, block.bottom + 4]];
    const free = places.find(([left, top]) => left >= 0 && top >= 0 && left + width <= wide && top + height <= high);
    if (!free) return false;
    card.style.left = `${free[0] + scrollX}px`;
    card.style.top = `${free[1] + scrollY}px`;
    return true;
  }

  /** Whether a link can be seen: one that has the focus may still be on its way, while the page scrolls to it. */
  function inView(link) {
    const { top, bottom } = link.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  }

  async function open(link, name, y, tries = 20) {
    await ask(name);
    if (wanted !== link || shown === link || !known.has(name)) return;
    if (!inView(link)) {
      if (tries > 0) timer = setTimeout(() => open(link, name, y, tries - 1), 100);
      return;
    }
    shown?.removeAttribute("aria-describedby");
    card.innerHTML = known.get(name);
    card.hidden = false;
    if (!card.isConnected) document.body.append(card);
    if (!place(link, y)) return close();
    shown = link;
    link.setAttribute("aria-describedby", card.id);
  }

  function want(link, wait, y) {
    const name = named(link);
    clearTimeout(timer);
    if (!name || link === shown) return;
    wanted = link;
    ask(name);
    timer = setTimeout(() => open(link, name, y), wait);
  }

  function leave() {
    if ((shown ?? wanted) !== document.activeElement) clearTimeout(timer);
    // The page moves under a pointer that rests: what has the focus keeps its card.
    const link = shown ?? wanted;
    if (link && link !== document.activeElement) timer = setTimeout(close, shown ? after : 0);
  }

  // Where a list or a note says already what a card would, there is none.
  const linkOf = (target) => target instanceof Element && target.closest("main a[href]:not(.name a, .what a, .note .more a)");

  const listeners = {
    pointerover(event) {
      if (event.pointerType === "touch") return;
      if (card.contains(event.target)) return clearTimeout(timer);
      const link = linkOf(event.target);
      if (link) want(link, before, event.clientY);
      else leave();
    },
    pointerout(event) {
      if (!event.relatedTarget) leave();
    },
    focusin(event) {
      const link = linkOf(event.target);
      if (link && link.matches(":focus-visible")) want(link, 0);
    },
    focusout: close,
    keydown(event) {
      if (event.key === "Escape") close();
    },
  };

  const box = document.querySelector(".switch input");
  let on = true;
  try {
    on = localStorage.getItem("dossier.cards") !== "off";
  } catch {
    // A browser may keep nothing; the switch then holds for this page.
  }

  function set() {
    close();
    const active = on && !still.matches;
    for (const [name, listener] of Object.entries(listeners)) {
      document[active ? "addEventListener" : "removeEventListener"](name, listener);
    }
    if (box) {
      box.checked = on;
      box.closest(".switch").hidden = still.matches;
    }
  }

  box?.addEventListener("change", () => {
    on = box.checked;
    try {
      localStorage.setItem("dossier.cards", on ? "on" : "off");
    } catch {
      // As above.
    }
    set();
  });
  still.addEventListener("change", set);
  addEventListener("resize", close);
  set();
})();
