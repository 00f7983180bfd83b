// The page as the server sent it, each node tied to the one that the browser shows.
//
// When the server sends another, the two are compared with each other and not with what is shown, and only what the server
// changed is changed. What the reader did (opened a note, switched a kind off, chose a word) and what the page's own scripts
// did stays as it is.

export class Sent {
  #root;
  #shown = new WeakMap();

  /** Of a page that nothing has touched yet. */
  constructor(shown) {
    this.#root = shown.cloneNode(true);
    this.#tie(this.#root, shown);
  }

  /** Makes the page what the server sends now; false when only loading it anew can do that. */
  become(next) {
    if (scripts(this.#root) !== scripts(next)) return false;
    try {
      this.#element(this.#root, next);
      return true;
    } catch (error) {
      console.warn("The page is loaded anew:", error);
      return false;
    }
  }

  #tie(sent, shown) {
    this.#shown.set(sent, shown);
    let child = shown.firstChild;
    for (const part of sent.childNodes) {
      this.#tie(part, child);
      child = child.nextSibling;
    }
  }

  #element(sent, next) {
    const shown = this.#shown.get(sent);
    for (const { name, value } of next.attributes) {
      if (sent.getAttribute(name) === value) continue;
      for (const element of [sent, shown]) element.setAttribute(name, value);
    }
    for (const { name } of [...sent.attributes]) {
      if (next.hasAttribute(name)) continue;
      for (const element of [sent, shown]) element.removeAttribute(name);
    }
    this.#children(sent, next);
  }

  #node(sent, next) {
    if (sent.isEqualNode(next)) return;
    if (sent.nodeType === Node.ELEMENT_NODE) return this.#element(sent, next);
    sent.data = next.data;
    this.#shown.get(sent).data = next.data;
  }

  /** Pairs children that are the same, removes those that are gone, and puts new ones where they belong. */
  #children(parent, next) {
    const old = [...parent.childNodes];
    const fresh = [...next.childNodes];
    let start = 0;
    while (start < old.length && start < fresh.length && old[start].isEqualNode(fresh[start])) start++;
    while (old.length > start && fresh.length > start && old.at(-1).isEqualNode(fresh.at(-1))) {
      old.pop();
      fresh.pop();
    }
    /** The first of those at the end that are the same. */
    const after = parent.childNodes[old.length] ?? null;
    let at = start;
    fresh.slice(start).forEach((node, index) => {
      const later = fresh.slice(start + index + 1);
      let found = old.findIndex((candidate, place) => place >= at && isSame(candidate, node));
      if (found < 0 && at < old.length && alike(old[at], node) && !later.some((other) => isSame(old[at], other))) found = at;
      if (found < 0) return this.#insert(parent, node, old[at] ?? after);
      for (; at < found; at++) this.#remove(old[at]);
      this.#node(old[at++], node);
    });
    for (; at < old.length; at++) this.#remove(old[at]);
  }

  #insert(parent, node, before) {
    const shown = document.importNode(node, true);
    parent.insertBefore(node, before);
    this.#tie(node, shown);
    this.#shown.get(parent).insertBefore(shown, before && this.#shown.get(before));
  }

  #remove(sent) {
    this.#shown.get(sent).remove();
    sent.remove();
  }
}

/** Whether two nodes are one and the same thing: no word differs, or they have one id. */
function isSame(one, other) {
  if (one.nodeType !== Node.ELEMENT_NODE) return one.data?.trim() && one.isEqualNode(other);
  return one.id ? one.id === other.id && one.nodeName === other.nodeName : one.isEqualNode(other);
}

/** Whether one can become the other. */
function alike(one, other) {
  return one.nodeName === other.nodeName && (one.id ?? "") === (other.id ?? "");
}

/** The page's own scripts: new ones only run in a page that is loaded. Data for search engines do not run. */
function scripts(root) {
  return [...root.querySelectorAll('script:not([src^="/.dossier/"], [type="application/ld+json"])')].map((script) => script.outerHTML).join();
}
