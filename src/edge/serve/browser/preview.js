// The preview's part in a page: it listens to what the server tells, and makes the page say it.
import { open, Panel } from "./panel.js";
import { Sent } from "./sent.js";

/** The line that brought us here; it says which bytes the page is. */
const line = document.querySelector('script[src="/.dossier/preview.js"]');
// Modules run in the order of the page, and this one is its first: nothing has touched the page yet.
const sent = new Sent(document.documentElement);
/** What proves that this page is the preview's own; a preview that is started again gives another. */
const token = () => line.dataset.token;
const panel = new Panel(token);
const now = { hash: line.dataset.hash, status: Number(line.dataset.status) };

let source;
let connections = 0;
/** One thing at a time. */
let busy = Promise.resolve();
const follow = (work) => (event) => {
  busy = busy.then(() => work(JSON.parse(event.data))).catch(console.error);
};

function connect() {
  if (source || document.hidden) return;
  source = new EventSource(`/.dossier/events?${new URLSearchParams({ page: location.pathname, token: token() })}`);
  source.addEventListener("open", () => {
    panel.say("");
    // What was copied may have changed while nobody listened.
    if (connections++ > 0) refresh(null);
  });
  source.addEventListener("page", follow(page));
  source.addEventListener("problems", follow((problems) => panel.show(problems)));
  source.addEventListener("copies", follow(refresh));
  source.addEventListener("error", () => {
    panel.say("The preview has stopped. Start `dossier serve` again, and this page goes on.");
    // Some browsers try again by themselves, and some give up.
    if (source?.readyState === EventSource.CLOSED) {
      disconnect();
      setTimeout(() => renew().then(connect), 1000);
    }
  });
}

/** Takes the token of a preview that was started again, which knows that of the last one no more. */
async function renew() {
  const answer = await fetch(location.href, { cache: "no-store" }).catch(() => null);
  const next = new DOMParser().parseFromString((await answer?.text()) ?? "", "text/html");
  const given = next.querySelector('script[src="/.dossier/preview.js"]')?.dataset.token;
  if (given) line.dataset.token = given;
}

function disconnect() {
  source?.close();
  source = undefined;
}

// A browser has few connections to one host, and a page in the background needs none: it catches up when it is looked at.
document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
addEventListener("pagehide", disconnect);
addEventListener("pageshow", connect);
connect();

/** What stands at this address now. The last good page stays where there is none. */
async function page({ hash, status, version, jump }) {
  if (version !== line.dataset.version) return location.reload();
  if (status !== 200 && now.status === 200) {
    return panel.say(status === 404 ? "This page is gone: its file was removed or renamed." : "This page cannot be made now; this is how it was.");
  }
  panel.say("");
  if (hash === now.hash && status === now.status) return;
  const answer = await fetch(location.href, { cache: "no-store" });
  const next = new DOMParser().parseFromString(await answer.text(), "text/html");
  const focused = document.activeElement?.id;
  if (!sent.become(next.documentElement)) return location.reload();
  Object.assign(now, { hash: line.dataset.hash, status: answer.status });
  if (focused && document.activeElement === document.body) document.getElementById(focused)?.focus({ preventScroll: true });
  document.dispatchEvent(new CustomEvent("dossier:changed"));
  if (jump) show(jump);
}

/** Brings an annotation into view that was just written: its note, or its passage where it has none. */
function show(annotation) {
  const seen = (element) => element?.checkVisibility() ? element : null;
  const target = seen(document.getElementById(`note_${annotation}`)) ?? document.getElementById(annotation);
  if (!target) return;
  const { top, bottom } = target.getBoundingClientRect();
  if (top < 0 || bottom > innerHeight) target.scrollIntoView({ block: "center" });
  target.classList.remove("dossier-changed");
  target.getBoundingClientRect();
  target.classList.add("dossier-changed");
}

/** Loads copied files anew: those at these routes, or all. */
function refresh(routes) {
  const meant = (address) => {
    const { origin, pathname } = new URL(address, location.href);
    return origin === location.origin && !pathname.startsWith("/.dossier/") && (routes?.some((route) => decodeURI(pathname).endsWith(`/${route}`)) ?? true);
  };
  const anew = (address) => {
    const url = new URL(address, location.href);
    url.searchParams.set("preview", Date.now());
    return url.href;
  };
  if (routes && [...document.scripts].some((script) => script.src && meant(script.src))) return location.reload();
  for (const link of document.querySelectorAll('link[rel~="stylesheet"]')) if (meant(link.href)) link.href = anew(link.href);
  for (const image of document.images) if (image.src && meant(image.src)) image.src = anew(image.src);
}

// A passage or a note that is clicked while Alt is held opens its annotation in the editor.
document.addEventListener("click", (event) => {
  const target = event.altKey && event.target.closest?.("mark[data-annotations], a.ref, .note");
  if (!target) return;
  event.preventDefault();
  const annotation = target.dataset.annotations?.split(" ").at(-1) ?? (target.hash ?? `#${target.id}`).slice("#note_".length);
  open({ page: location.pathname, annotation }, token()).then((message) => panel.say(message));
}, true);
