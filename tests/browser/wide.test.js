// A dossier in which every text is one long word, a list counts in millions and a table is wide: nothing runs over the edge of a narrow window, with
// text at twice its size, nor of a sheet of paper.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { allPages, launch, root } from "./site.js";

const program = process.env.DOSSIER ?? join(root, "target", "release", "dossier");

const word = "S_2024_123_Report_of_the_Panel_of_Experts_on_the_region_final_version_3.pdf";
const address = "https://example.org/averyveryverylongaddresswithoutanybreakatallthatgoeson/index.html";
const front = (keys, text = "") => `---\n${Object.entries(keys).map(([key, value]) => `${key}: ${JSON.stringify(value)}`).join("\n")}\n---\n${text}`;
const yaml = (value) => `${JSON.stringify(value)}\n`;
const text = `Intro ${word} said. See [[e]] and [a page](${address}).[^1]

1000000. first ${word}

1000001. second

> ${word}${word}

\`\`\`
2031-03-01 12:00:00 vehicle=17 door=open passengers=23 speed=0 lat=48.8566 lon=2.3522 heading=180 status=IN_SERVICE note=LASTCODE
\`\`\`

| Date | Place | Unit | Vehicle | Dead | Wounded | Source | Remarks | LASTCOLUMN |
|---|---|---|---|---|---|---|---|---|
| 2031-03-01 | Quai-Neuf-sur-Rivière | 17th_battalion_of_engineers | armoured_personnel_carrier | 12345678 | 12345678 | ${address} | unverified_but_plausible | LASTCELL |

<details><summary>The full statement</summary>

FOLDED

</details>

<pre>
${word}${word}${word} LASTPRE
</pre>

## ${word}

[^1]: ${word} FOOTNOTE
`;

const files = {
  "site.toml": `title = "${word}"\nbase_url = "https://example.org/s/"\nlanguage = "en"\n[publisher]\nname = "${word}"\n[[verdicts]]\nid = "inaccurate"\nlabel = "Donaudampfschifffahrtsgesellschaftskapitän"\nrating = 1\ntone = "negative"\n[[verdicts]]\nid = "accurate"\nlabel = "${word}"\nrating = 5\ntone = "positive"\n`,
  "content/index.md": front({ title: word, summary: word }, text),
  "content/pages/method.md": front({ title: word, summary: word }, text),
  "content/articles/a.md": front({ title: word, published: "2024-01-01", tags: [word], summary: word, source: { title: word, publisher: word, author: [word], url: address, archived: `${address}a`, reliability: "B", kind: "news" } }, text),
  "content/articles/b.md": front({ title: "Beta", digest: true, source: "s" }, `It says ${word} twice and 12 dead. The end.\n`),
  "content/annotations/a.yaml": yaml([
    { type: "fact_check", id: "c1", quote: `Intro ${word} said`, claim: word, verdict: "inaccurate", checked: "2024-02-01", checked_by: [word], confidence: "high", rationale: `${word} ${address}`, claimed_by: "entity:p", about: ["e"], evidence: [{ source: "s", stance: "contradicts", credibility: 2, locator: word, note: word }, { article: "b", stance: "supports" }], history: [{ date: "2024-01-01", verdict: "accurate", note: word }] },
    { type: "figure", quote: "passengers=23", figure: "dead", best: 23, by: "p", basis: "claimed", note: word },
    { type: "note", quote: "FOLDED", note: word },
  ]),
  "content/annotations/b.yaml": yaml([
    { type: "figure", quote: "12 dead", figure: "dead", low: 12 },
    { type: "cross_reference", quote: "The end", to: ["e", "check:c1", "figure:dead", "source:s", "entity:p", "article:a"], relation: "contradicts", note: word },
    { type: "figure", quote: "It says", figure: "acc", account: word },
  ]),
  "content/figures/dead.yaml": yaml({ title: word, unit: word, event: "e", about: ["entity:p"], summary: word, assessment: { low: 12, high: 23, note: word }, estimates: [{ source: "s", best: 1234567890, note: word }] }),
  "content/figures/acc.yaml": yaml({ title: "Which", kind: "account", event: "e", estimates: [{ source: "s", account: `${word}b` }] }),
  "content/events/e.md": front({ title: word, date: "2024-01-01/2024-02-03", reported: "2024-05", place: "pl", participants: [{ entity: "p", role: word }], aliases: [`${word}x`], summary: word, sources: ["source:s"] }, word),
  "content/entities/p.md": front({ name: `Someone_${word}`, kind: "organisation", names: { ar: `${word}ar` }, aliases: [`A${word}`], summary: word, same_as: [address], relations: [{ to: "pl", type: word, from: "2020", source: "s", note: word }] }, word),
  "content/entities/pl.md": front({ name: "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch", kind: "place", location: { lat: 12.123456789, lon: -3.123456789 } }),
  "content/sources/s.yaml": yaml({ title: word, publisher: word, author: [word, word], url: address, kind: "news", note: word, origin: "o", reliability: "A" }),
  "content/sources/o.yaml": yaml({ title: `Origin${word}`, url: address }),
};

let folder;
let site;
let browser;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), "dossier-wide-"));
  site = join(folder, "public");
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const build = spawnSync(program, ["--root", folder, "build", "--output", site], { encoding: "utf8" });
  assert.equal(build.status, 0, build.stderr);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

const address_of = (route) => pathToFileURL(join(site, route)).href;

for (const [width, size] of [[320, 36], [320, 18], [700, 18], [1000, 18], [1600, 18]]) {
  test(`no page scrolls sideways at ${width} pixels with letters of ${size}`, async () => {
    const context = await browser.newContext({ viewport: { width, height: 640 }, bypassCSP: true });
    const page = await context.newPage();
    // 404.html has the addresses of its own host.
    for (const route of allPages(site).filter((route) => route !== "404.html")) {
      await page.goto(address_of(route));
      await page.addStyleTag({ content: `html { font-size: ${size}px !important }` });
      const [content, window] = await page.evaluate(() => {
        for (const fold of document.querySelectorAll("details")) fold.open = true;
        return [document.documentElement.scrollWidth, document.documentElement.clientWidth];
      });
      assert.ok(content <= window, `${route}: ${content} > ${window}`);
    }
    await context.close();
  });
}

test("the number of an item is seen, however long it is", async () => {
  const context = await browser.newContext({ viewport: { width: 320, height: 640 } });
  const page = await context.newPage();
  for (const route of ["articles/a.html", "method.html"]) {
    await page.goto(address_of(route));
    const inside = await page.locator("ol[start] > li").first().evaluate((item) => getComputedStyle(item).listStylePosition === "inside" && item.getBoundingClientRect().left >= 0);
    assert.ok(inside, route);
  }
  await context.close();
});

test("paper loses nothing, and says where links lead", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  for (const route of ["articles/a.html", "method.html", "index.html", "print.html"]) {
    await page.goto(address_of(route));
    const run = spawnSync("pdftotext", ["-enc", "UTF-8", "-", "-"], { input: await page.pdf({ format: "A4", preferCSSPageSize: true }), maxBuffer: 1 << 26 });
    assert.equal(run.error, undefined, "pdftotext can be started");
    const paper = run.stdout.toString().normalize("NFKC").replace(/[\s\u00ad\u2010-]+/gu, "");
    for (const last of ["LASTCODE", "LASTCOLUMN", "LASTCELL", "FOLDED", "LASTPRE", "FOOTNOTE"]) assert.ok(paper.includes(last), `${route}: ${last}`);
    assert.ok(paper.includes("apage[1]"), `${route}: the link has its number`);
    assert.match(paper, /Addressesofthelinks1\.https:\/\/example\.org\/avery/i, `${route}: its address stands under it`);
  }
  await context.close();
});
