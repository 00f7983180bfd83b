// What the preview says of its own: what is wrong, in a dialog over the page, and what is going on, in a line.

const STYLE = "/.dossier/panel.css";

/** Where it is kept that a person closed the dialog, for as long as the tab is open. */
const CLOSED = "dossier-closed";

/** Opens a place in the editor, and says how that went. */
export async function open(place, token) {
  const answer = await fetch(`/.dossier/open?${new URLSearchParams(place)}`, { headers: { "dossier-token": token } });
  if (!answer.ok) return (await answer.text()) || "There is nothing to open here.";
  const { address } = await answer.json();
  if (address) location.assign(address);
  return "";
}

/** Says that a passage as it is now is what is meant, and how that went. */
async function accept(name, token) {
  const answer = await fetch(`/.dossier/accept?${new URLSearchParams({ name })}`, { method: "POST", headers: { "dossier-token": token } });
  return answer.ok ? "" : (await answer.text()) || "It could not be accepted.";
}

export class Panel {
  #dialog = element("dialog", { "aria-labelledby": "title" });
  #title = element("h2", { id: "title", tabindex: "-1", autofocus: "" });
  #list = element("ol", { role: "list" });
  #more = element("p");
  #button = element("button", { class: "reopen", type: "button", "aria-haspopup": "dialog", hidden: "" });
  #status = element("p", { role: "status" });
  /** What the problems are, to tell whether they are others. */
  #problems = "";
  /** Gives what proves that a page is the preview's own. */
  #token;

  constructor(token) {
    this.#token = token;
    const host = element("dossier-preview", { lang: "en", dir: "ltr" });
    const close = element("button", { type: "button", class: "close" }, "Close");
    const header = element("header", {}, this.#title, close);
    this.#dialog.append(header, this.#list, this.#more);
    // A style of its own: what the page looks like does not change it, and it changes nothing of the page.
    host.attachShadow({ mode: "open" }).append(element("link", { rel: "stylesheet", href: STYLE }), this.#status, this.#button, this.#dialog);
    document.documentElement.append(host);
    close.addEventListener("click", () => this.#dialog.close());
    this.#dialog.addEventListener("click", (event) => event.target === this.#dialog && this.#dialog.close());
    this.#dialog.addEventListener("close", () => sessionStorage.setItem(CLOSED, this.#problems));
    this.#button.addEventListener("click", () => this.#dialog.showModal());
  }

  /** A line at the edge of the page; an empty one goes away. */
  say(text) {
    if (this.#status.textContent !== text) this.#status.textContent = text;
  }

  /** Shows what is wrong. The dialog opens by itself for errors that were not closed before, and goes when none are left. */
  show({ errors, warnings, more, list }) {
    const count = [[errors, "error"], [warnings, "warning"]].filter(([n]) => n).map(([n, word]) => `${n} ${word}${n > 1 ? "s" : ""}`).join(", ");
    this.#problems = JSON.stringify(list.map(({ severity, file, message }) => [severity, file, message]));
    this.#title.textContent = count;
    this.#button.textContent = count;
    this.#button.hidden = !count;
    this.#button.classList.toggle("error", errors > 0);
    this.#more.textContent = more ? `And ${more} more: \`dossier check\` lists them all.` : "";
    const inside = this.#list.contains(this.#dialog.getRootNode().activeElement);
    this.#list.replaceChildren(...list.map((problem) => this.#item(problem)));
    if (inside) this.#title.focus();
    if (!errors) this.#dialog.close();
    else if (!this.#dialog.open && sessionStorage.getItem(CLOSED) !== this.#problems) this.#dialog.showModal();
    if (!count) sessionStorage.removeItem(CLOSED);
    // A line that is longer than the dialog can be scrolled with the keys.
    for (const excerpt of this.#list.querySelectorAll("pre")) excerpt.tabIndex = excerpt.scrollWidth > excerpt.clientWidth ? 0 : -1;
  }

  #item({ severity, code, message, file, line, column, excerpt, address, accept: name }) {
    const row = item({ severity, code, message, file, line, column, excerpt, address }, (place) => open(place, this.#token()).then((message) => this.say(message)));
    if (name) row.append(this.#buttonToAccept(name));
    return row;
  }

  /** What the passage says now is meant: the page changes when the server has read what was written. */
  #buttonToAccept(name) {
    const button = element("button", { type: "button", class: "accept" }, "Accept what it says now");
    button.addEventListener("click", async () => {
      button.disabled = true;
      const message = await accept(name, this.#token());
      button.disabled = false;
      if (message) button.replaceWith(element("p", { role: "alert" }, message));
    });
    return button;
  }
}

function item({ severity, code, message, file, line, column, excerpt, address }, openPlace) {
  const link = element("a", { href: address ?? "#" }, message);
  if (!address) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      openPlace({ file, line, column });
    });
  }
  const where = element("p", { class: "where" }, `${severity} ${code}`);
  return element("li", { class: severity }, element("p", {}, link), where, element("pre", {}, ...lines(excerpt)));
}

/** The lines that are quoted stay as they are, with the marks under them; what is said of them is wrapped, and read without scrolling. */
function lines(excerpt) {
  return excerpt.split(/(?<=\n)/).map((line) => (/^ *= /.test(line) ? element("span", { class: "said" }, line) : line));
}

/** An element. Text is text: nothing of what editors wrote is read as HTML. */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}
