// `/` leads to the search from every page. Whoever speaks to a computer types letters without meaning to, so the key can be
// switched off on the search page (WCAG 2.1.4); where nothing may be remembered, it stays on.
"use strict";

(() => {
  const name = "dossier.search.key";
  const key = {
    get on() {
      try { return localStorage.getItem(name) !== "off"; } catch { return true; }
    },
    set on(on) {
      try { localStorage.setItem(name, on ? "on" : "off"); } catch { /* It stays on. */ }
    },
  };
  globalThis.dossierSearch ??= {};
  dossierSearch.key = key;

  addEventListener("keydown", (event) => {
    const box = document.querySelector("[aria-keyshortcuts='/']");
    const typing = event.target instanceof Element && event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing || !box || !key.on) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
})();
