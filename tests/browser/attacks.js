// What an attacker would write, in every place of a dossier that takes text.
/** Each would set `window.ran`, open a dialog, or ask another host for something, if a page let it. */
export const vectors = [
  "<script>window.ran=1</script>",
  "</title></style></textarea></script><script>window.ran=2</script>",
  "\"><img src=x onerror=window.ran=3>",
  "' onmouseover='window.ran=4' autofocus onfocus='window.ran=5' x='",
  "<svg onload=window.ran=6><animate onbegin=window.ran=7 attributeName=x dur=1s></svg>",
  "<svg><script href='https://evil.example/x.js'></script><foreignObject><iframe srcdoc='<script>parent.ran=8</script>'></iframe></foreignObject></svg>",
  "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=window.ran=9&gt;'>",
  "<a href='javascript:window.ran=10'>a</a> <a href=' java\tscript:window.ran=10'>a</a> <a xlink:href='javascript:window.ran=10'>a</a>",
  "<iframe src='https://evil.example/'></iframe><object data='https://evil.example/'></object><embed src='https://evil.example/'>",
  "<base href='https://evil.example/'><meta http-equiv=refresh content='0;url=https://evil.example/'><link rel=stylesheet href='https://evil.example/x.css'>",
  "<form action='https://evil.example/'><button formaction='javascript:window.ran=16' autofocus>x</button></form>",
  "<style>@import 'https://evil.example/x.css'; * { background: url(https://evil.example/x.png) }</style><p style='background:url(https://evil.example/y.png)'>",
  "<img src='https://evil.example/z.png' srcset='https://evil.example/z2.png 2x'><video poster='https://evil.example/p.png' src='https://evil.example/v.mp4' autoplay></video>",
  "{{ 7 * 7 }} {% include \"base.html\" %} {{ site | safe }} ${7*7} #{7*7}",
  "<!--><script>window.ran=17</script>--> <![CDATA[<script>window.ran=18</script>]]> <?php echo 1 ?>",
  "\u202Eevil\u202C \u200B\u200D\uFEFF \u2066x\u2069 \u0430pple \u2028\u2029",
  "&lt;script&gt;window.ran=19&lt;/script&gt; &#60;script&#62;window.ran=20&#60;/script&#62; \\u003cscript\\u003e",
  "`<script>window.ran=21</script>` [^1]\n\n[^1]: <script>window.ran=23</script>\n",
  "| <script>window.ran=24</script> | b |\n|---|---|\n| <img src=x onerror=window.ran=25> | c |\n",
];
/** In Markdown these are refused at their place, each by one finding. */
export const refused = ["[b](javascript:window.ran=11)", "[c](JaVaScRiPt&#58;window.ran=12)", "<javascript:window.ran=13>", "[d](data:text/html,<script>window.ran=14</script>)",
  "![e](data:image/svg+xml,<svg/onload='window.ran=15'/>)", "[f](vbscript:x)", "[[\"><script>window.ran=22</script>|x]]"];
// In one string, so that each place has to stand all of them at once.
export const text = vectors.join("\n\n");
export const line = [...vectors, ...refused].join(" ").replace(/\s+/g, " ");
const addresses = ["https://evil.example/\"onclick=\"window.ran=31", "https://evil.example/'><script>window.ran=33</script>", "http://evil.example/?</script><svg onload=window.ran=34>", "https://evil.example/?&quot;&#x22;onmouseover=window.ran=35"];
const source = (url) => ({ title: line, publisher: line, author: [line], kind: "news", published: "2025-01-01", url, archived: url, note: text, reliability: "B", language: "en" });
const front = (keys, body) => `---\n${JSON.stringify(keys)}\n---\n${body}\n`;
const toml = (value) => JSON.stringify(value).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");

export const files = {
  "site.toml": `title = ${toml(line)}\nbase_url = "https://example.org/d/"\nlanguage = "en"\ndescription = ${toml(line)}\n[publisher]\nname = ${toml(line)}\nurl = "https://evil.example/"\n`
    + `[[verdicts]]\nid = "bad"\nlabel = { en = ${toml(line)}, fr = ${toml(line)} }\nrating = 1\ntone = "negative"\n`
    + `[[entity_kinds]]\nid = "thing"\nlabel = { en = ${toml(line)} }\nplural = { en = ${toml(line)} }\n`,
  "content/index.md": front({ title: line, summary: text }, text),
  "content/pages/p.md": front({ title: line }, text),
  "content/articles/a.md": front({ title: line, summary: text, published: "2025-01-01", source: source("https://example.org/a"), tags: [line] }, `The mayor left town on Monday. ${vectors.join(" ").replace(/\s+/g, " ")}\n\n${text}\n\nTwenty people <b onclick="window.ran=40">stayed</b> behind.`),
  "content/annotations/a.yaml": JSON.stringify([
    { type: "fact_check", id: "c", quote: "The mayor left town", claim: line, verdict: "bad", confidence: "low", rationale: text, checked: "2025-02-02", checked_by: [line],
      evidence: [{ source: "s0", stance: "contradicts", locator: line, note: text }], about: ["entity:e", "event:v"], history: [{ date: "2025-01-15", verdict: "bad", note: text }] },
    { type: "cross_reference", quote: "town on Monday", to: "check:c", relation: "repeats", note: text },
    { type: "figure", quote: "Twenty people", figure: "f", words: line },
    { type: "figure", quote: "Twenty", figure: "g", account: line },
    { type: "mention", quote: "mayor", of: "e" },
    { type: "note", quote: "behind", note: text },
  ]),
  "content/entities/e.md": front({ name: line, kind: "thing", names: { ru: line, ar: line }, aliases: [line, { text: "<b>x</b>", match: "never" }], summary: text,
    relations: [{ to: "m", type: line, note: text, source: "s0" }], same_as: ["https://evil.example/\"><script>window.ran=41</script>"], location: { lat: 1, lon: 2, precision: "near" } }, text),
  "content/entities/m.md": front({ name: "mayor", kind: "person", part_of: "e" }, "The mayor."),
  "content/events/v.md": front({ title: line, date: "2024-12-12", place: "e", participants: [{ entity: "m", role: line }], summary: text, sources: ["s0"] }, text),
  "content/figures/f.yaml": JSON.stringify({ title: line, unit: line, event: "v", about: ["e"], assessment: { low: 1, best: 2, high: 3, note: text }, estimates: [
    { source: "s0", low: 4, by: "entity:e", note: text }, { source: "s1", none: true, note: text }, { source: "s2", words: line }, { source: "s3", best: 9 }] }),
  "content/figures/g.yaml": JSON.stringify({ title: line, kind: "account", estimates: [{ source: "s0", account: line }, { source: "s1", account: "<b>" }] }),
};
addresses.forEach((address, index) => { files[`content/sources/s${index}.yaml`] = JSON.stringify(source(address)); });

/** What no page may have, whatever is written in the dossier: to be run in the page. A hand goes over everything first. */
export function look() {
  const found = [];
  for (const element of document.querySelectorAll("*")) {
    element.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
    if (element instanceof HTMLElement) element.focus();
    for (const { name, value } of element.attributes) {
      if (name.startsWith("on")) found.push(`${element.localName} ${name}`);
      if (["href", "src", "action", "formaction", "data", "poster", "srcdoc", "xlink:href"].includes(name) && /^[\s\0-\x1f]*(javascript|vbscript|data:text)/i.test(value)) found.push(`${element.localName} ${name}=${value}`);
      if (name === "style") found.push(`${element.localName} style=${value}`);
    }
    if (["iframe", "object", "embed", "base", "form", "style", "foreignobject", "frame", "applet"].includes(element.localName) && !element.matches("form[role=search], search form, form[data-own]")) found.push(element.localName);
    if (element.localName === "script" && !["application/ld+json"].includes(element.type) && !/^(\.\.\/)*[a-z/]+\.[0-9a-f]{10}\.js$/.test(element.getAttribute("src") ?? "")) found.push(`script ${element.outerHTML.slice(0, 80)}`);
    if (element.localName === "meta" && element.httpEquiv === "refresh") found.push("meta refresh");
  }
  return { ran: window.ran, found, title: document.title, main: document.querySelectorAll("main").length };
}
