// The notes beside an article: which kinds are shown is remembered, and a link to a note that is folded away opens it.
(() => {
  "use strict";
  const boxes = [...document.querySelectorAll(".legend input")];
  const key = "dossier.notes.off";

  function remember() {
    try {
      localStorage.setItem(key, boxes.filter((box) => !box.checked).map((box) => box.id).join(" "));
    } catch {
      // A browser may keep nothing; the switches then hold for this page.
    }
  }

  /** Shows the note that the address names, whatever is folded or switched off. */
  function reveal() {
    const note = document.getElementById(location.hash.slice(1));
    if (!note?.matches(".note")) return;
    const kind = boxes.find((box) => note.classList.contains(box.id.slice("show_".length)));
    const fold = note.closest("details:not([open])");
    if (fold) fold.open = true;
    if (kind && !kind.checked) {
      kind.checked = true;
      remember();
    }
    if (fold || kind) note.scrollIntoView({ block: "nearest" });
  }

  let off = "";
  try {
    off = localStorage.getItem(key) ?? "";
  } catch {
    // As above.
  }
  for (const box of boxes) {
    if (off.split(" ").includes(box.id)) box.checked = false;
    box.addEventListener("change", remember);
  }
  addEventListener("hashchange", reveal);
  reveal();
})();
