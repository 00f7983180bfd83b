// The search of the sample in a real browser: what is found first, the keyboard, the address, and that nobody else is asked.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { givenUp, launch, serve, site } from "./site.js";

let browser;
let host;
before(async () => {
  browser = await launch();
  host = await serve("/a/b/");
});
after(async () => {
  await browser?.close();
  await host?.close();
});

/** Opens the search with what an address asks, and notes what a reader would never see. */
async function open(query = "", options = {}) {
  const { folder = false, ...rest } = options;
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...rest });
  await context.route("**/favicon.ico", (route) => route.fulfill({ status: 204 }));
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("requestfailed", (request) => givenUp(request) || complaints.push(`failed: ${request.url()}`));
  page.on("request", (request) => request.url().startsWith(folder ? "file:" : host.address) || complaints.push(`away: ${request.url()}`));
  page.on("response", (response) => response.status() >= 400 && complaints.push(`${response.status()}: ${response.url()}`));
  await page.addInitScript(() => addEventListener("securitypolicyviolation", (event) => console.log(`policy: ${event.violatedDirective} ${event.blockedURI}`)));
  await page.goto((folder ? pathToFileURL(join(site, "search.html")).href : `${host.address}search.html`) + query);
  return { page, context, complaints };
}

const asked = (parameters) => `?${new URLSearchParams(parameters)}`;

/** The options that are shown, each with its address from the site's root, its title, and all of its text. */
async function hits(page) {
  await page.waitForFunction(() => document.getElementById("found").textContent !== "");
  return page.$$eval("#results [role=option]", (options) => options.map((option) => ({
    address: option.getAttribute("href").split("#:~:")[0],
    title: option.querySelector(".name")?.textContent ?? "",
    text: option.textContent,
    marks: [...option.querySelectorAll("mark")].map((mark) => mark.textContent),
  })));
}

// What is typed, and what stands first. Names, other scripts, aliases that are never linked; accents and case either way; endings;
// numbers however they are grouped; phrases; both languages at once; words begun and words mistyped.
const queries = [
  ["evkourov", "entities/iounous-bek-evkourov.html"],
  ["Yevkurov", "entities/iounous-bek-evkourov.html"],
  ["Евкуров", "entities/iounous-bek-evkourov.html"],
  ["ВАГНЕР", "entities/wagner.html"],
  ["فاغنر", "entities/wagner.html"],
  ["wagner", "entities/wagner.html"],
  ["africa corps", "entities/africa-corps.html"],
  ["goita", "entities/assimi-goita.html"],
  ["GOÏTA", "entities/assimi-goita.html"],
  ["Damascus", "entities/damas.html"],
  ["russia", "entities/russie.html"],
  ["il-76", "entities/il-76.html"],
  ["IL 76", "entities/il-76.html"],
  ["t-72", "entities/t-72.html"],
  ["Tinzaouaten", "entities/tinzaouaten.html"],
  ["tinzaouten", "entities/tinzaouaten.html"],
  ["wagnr", "entities/wagner.html"],
  ["reuters", "entities/reuters.html"],
  ["84", "figures/tinzaouaten-russian-dead.html"],
  ["1277", "figures/civilians-killed-2022.html"],
  ["1 277", "figures/civilians-killed-2022.html"],
  ["1,277", "figures/civilians-killed-2022.html"],
  ["combattants tués", "figures/tinzaouaten-russian-dead.html"],
  ["combattant tue", "figures/tinzaouaten-russian-dead.html"],
  ["convois russes", "events/arrivee-convoi.html"],
  ["\"chute de Damas\"", "events/chute-de-damas.html"],
  ["massacre de Moura", "events/operation-moura.html"],
  ["equipement", "articles/strengthening-presence.html"],
  ["équipements", "articles/strengthening-presence.html"],
  ["drones", "checks/drones-2022-2023.html"],
  ["inexact", "checks/"],
  ["methode", "methode.html"],
  ["\"plus de 100 véhicules\"", "checks/"],
  ["moura opér", "events/operation-moura.html"],
];

test("the first result of thirty queries", async (t) => {
  const { page, context, complaints } = await open();
  for (const [query, expected] of queries) {
    await t.test(query, async () => {
      await page.fill("#q", query);
      await page.waitForFunction((query) => new URLSearchParams(location.search).get("q") === query && document.getElementById("found").textContent.includes(query), query);
      const [first] = await hits(page);
      assert.ok(first?.address.startsWith(expected), `${first?.address} (${first?.title})`);
      assert.ok(first.marks.length > 0, "what was asked for is marked");
    });
  }
  assert.deepEqual(complaints, []);
  await context.close();
});

test("the keyboard goes through everything", async () => {
  const { page, context, complaints } = await open();
  const active = () => page.$eval("#q", (box) => document.getElementById(box.getAttribute("aria-activedescendant"))?.getAttribute("href") ?? null);
  assert.equal(await page.evaluate(() => document.activeElement.id), "q", "who comes to search can type");
  await page.keyboard.type("Tinzaouaten");
  await page.waitForFunction(() => document.getElementById("found").textContent.includes("Tinzaouaten"));
  const all = (await hits(page)).map(({ address }) => address);
  assert.equal(await page.getAttribute("#q", "aria-expanded"), "true");
  assert.equal(await active(), null);
  await page.keyboard.press("ArrowDown");
  assert.equal((await active()).split("#:~:")[0], all[0]);
  await page.keyboard.press("ArrowDown");
  assert.equal((await active()).split("#:~:")[0], all[1]);
  assert.equal(await page.$$eval("[aria-selected=true]", (selected) => selected.length), 1);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  assert.equal(await active(), null, "above the first is the box itself");
  await page.keyboard.press("ArrowUp");
  assert.equal((await active()).split("#:~:")[0], all.at(-1), "and above that the last");
  await page.keyboard.press("Escape");
  assert.equal(await active(), null);
  assert.equal(await page.inputValue("#q"), "Tinzaouaten", "the first Escape leaves the list");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL(`${host.address}${all[0]}*`);
  await page.goBack();
  await page.waitForFunction(() => document.getElementById("found")?.textContent.includes("Tinzaouaten"));
  assert.equal(await page.inputValue("#q"), "Tinzaouaten", "back is back at what was asked");
  await page.focus("#q");
  await page.keyboard.press("Escape");
  assert.equal(await page.inputValue("#q"), "", "the second Escape empties the box");
  await page.waitForFunction(() => document.getElementById("results").hidden);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("all results of a kind are one more step, and back takes it back", async () => {
  const { page, context } = await open(asked({ q: "mali" }));
  const few = await hits(page);
  const rest = await page.getAttribute("#all_check", "href");
  assert.equal(rest, "search.html?q=mali&kind=check", "it can be opened in another tab");
  await page.click("#all_check");
  await page.waitForFunction(() => document.querySelectorAll("#results [role=group]").length === 1);
  const checks = await hits(page);
  assert.ok(checks.length > 5 && checks.every(({ address }) => address.startsWith("checks/")), `${checks.length}`);
  assert.equal(new URL(page.url()).search, "?q=mali&kind=check");
  await page.goBack();
  await page.waitForFunction(() => document.querySelectorAll("#results [role=group]").length > 1);
  assert.deepEqual(await hits(page), few);
  await context.close();
});

test("more results come after those that are there", async () => {
  const { page, context } = await open(asked({ q: "mali", kind: "source" }));
  const before = await hits(page);
  assert.equal(before.length, 20);
  await page.click("#more");
  await page.waitForFunction(() => document.querySelectorAll("#results [role=option]").length > 20);
  const after = await hits(page);
  assert.deepEqual(after.slice(0, 20), before);
  assert.equal(await page.evaluate(() => [...document.querySelectorAll("[role=option]")].indexOf(document.activeElement)), 20, "the first of them has the focus");
  await context.close();
});

test("filters are in the address, and say what they let through", async () => {
  for (const [filters, expected, least] of [
    [{ verdict: "inaccurate" }, /^checks\//, 4],
    [{ q: "mali", verdict: "inaccurate" }, /^checks\//, 1],
    [{ kind: "event", year: "2022" }, /^events\//, 1],
    [{ kind: "figure", entity: "wagner" }, /^figures\//, 1],
    [{ kind: "annotation", article: "convoi-bamako" }, /^articles\/.+#/, 5],
    [{ q: "84", entity: "csp-dpa" }, /^(figures\/tinzaouaten-russian-dead|entities\/csp-dpa|events\/|checks\/)/, 2],
    [{ q: "wagner", kind: "source", year: "2025" }, /^sources\//, 1],
  ]) {
    const { page, context, complaints } = await open(asked(filters));
    const found = await hits(page);
    assert.ok(found.length >= least && found.every(({ address }) => expected.test(address)), `${JSON.stringify(filters)}: ${found.map(({ address }) => address)}`);
    if (filters.verdict) assert.ok(found.every(({ text }) => text.includes("Inexact")), "the verdict is shown");
    await page.waitForFunction(() => document.querySelector("[name=entity]").options.length > 10);
    for (const [name, value] of Object.entries(filters)) {
      assert.equal(await page.evaluate((name) => document.forms.search.elements[name].value, name), value, name);
    }
    await page.click("#no_filters");
    await page.waitForFunction(() => !/kind|verdict|year|entity|article/.test(location.search));
    assert.deepEqual(complaints, []);
    await context.close();
  }
});

test("a filter that is chosen is a step in the address", async () => {
  const { page, context } = await open(asked({ q: "convoi" }));
  await hits(page);
  await page.check("[name=kind][value=figure]", { force: true });
  await page.waitForFunction(() => document.querySelectorAll("#results [role=group]").length === 1);
  await page.selectOption("[name=year]", "2025");
  await page.waitForFunction(() => location.search === "?q=convoi&kind=figure&year=2025");
  assert.ok((await hits(page)).every(({ address }) => address.startsWith("figures/")));
  await page.goBack();
  await page.waitForFunction(() => location.search === "?q=convoi&kind=figure");
  assert.equal(await page.inputValue("[name=year]"), "");
  await context.close();
});

test("the passage with the words is shown, marked as it is written", async () => {
  const { page, context } = await open(asked({ q: "société militaire privée", kind: "article" }));
  await hits(page);
  const { page: other, context: second } = await open(asked({ q: "fall of Damascus" }));
  const found = await hits(other);
  assert.ok(found.some(({ marks }) => marks.includes("Damascus") && !marks.includes("of")), "small words are no marks");
  await context.close();
  await second.close();
  const { page: phrase, context: third } = await open(asked({ q: "\"chute de Damas\"" }));
  const [first] = await hits(phrase);
  assert.deepEqual(first.marks, ["chute de Damas"], "a phrase is one mark");
  await third.close();
});

test("what is not there is said, and what might be meant", async () => {
  const { page, context } = await open(asked({ q: "wagnr" }));
  await hits(page);
  assert.match(await page.textContent("#found"), /wagnr.*wagner/);
  await page.fill("#q", "xyzzyqwv");
  await page.waitForFunction(() => document.getElementById("found").textContent.includes("xyzzyqwv"));
  assert.equal(await page.isHidden("#results"), true);
  assert.equal(await page.getAttribute("#q", "aria-expanded"), "false");
  await page.fill("#q", "tinzaouaten strengthening");
  await page.waitForFunction(() => document.querySelectorAll("#results [role=option]").length > 0 && document.getElementById("found").textContent.includes("strengthening"));
  await context.close();
});

test("what is typed is never more than text", async () => {
  const typed = "<img src=x onerror=\"window.ran=1\"> \"]' wagner";
  const { page, context, complaints } = await open(asked({ q: typed, entity: "\"><script>window.ran=2</script>", year: "x", kind: "nothing" }));
  await page.waitForFunction(() => document.getElementById("found").textContent !== "");
  await page.fill("#q", `${typed} `);
  await page.waitForTimeout(500);
  assert.equal(await page.evaluate(() => window.ran), undefined);
  assert.equal(await page.$$eval("main img, main script", (found) => found.length), 0);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a slash leads to the search from every page, until it is switched off", async () => {
  const { page, context, complaints } = await open();
  await page.goto(`${host.address}entities/wagner.html`);
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.name), "q");
  await page.keyboard.type("moura/x");
  assert.equal(await page.inputValue(".find [name=q]"), "moura/x", "in the box it is a sign like others");
  await page.fill(".find [name=q]", "moura");
  await page.keyboard.press("Enter");
  await page.waitForURL(`${host.address}search.html?q=moura`);
  assert.equal((await hits(page))[0].address, "entities/moura.html");
  await page.fill("#q", "");
  await page.uncheck("#shortcut");
  await page.goto(`${host.address}index.html`);
  await page.keyboard.press("/");
  assert.notEqual(await page.evaluate(() => document.activeElement.name), "q", "switched off, and remembered");
  assert.deepEqual(complaints, []);
  await context.close();
});

test("it works from a folder, and asks nobody", async () => {
  const { page, context, complaints } = await open(asked({ q: "evkourov" }), { folder: true });
  assert.equal((await hits(page))[0].address, "entities/iounous-bek-evkourov.html");
  await page.click("#results [role=option]");
  await page.waitForURL(/iounous-bek-evkourov\.html/);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("without JavaScript it says so and leads to the page that has everything", async () => {
  const { page, context } = await open("", { javaScriptEnabled: false });
  assert.equal(await page.isVisible("#search"), false);
  assert.equal(await page.isVisible("main a[href$='print.html']"), true);
  assert.match(await page.textContent("main"), /JavaScript/);
  await context.close();
});

test("an index that cannot be loaded is said, with the same way out", async () => {
  const { page, context } = await open();
  await page.route("**/search/**/w-*.js", (route) => route.abort());
  await page.fill("#q", "wagner");
  await page.waitForSelector("#failed:visible");
  assert.equal(await page.isVisible("main a[href$='print.html']"), true);
  await context.close();
});

test("a site that is published anew while somebody reads is searched anew", async () => {
  const { page, context } = await open();
  await page.waitForFunction(() => document.querySelector("[name=entity]").options.length > 10);
  let refused = 0;
  await page.route("**/search/data/w-*.js", (route) => (refused++ === 0 ? route.fulfill({ status: 404, body: "" }) : route.continue()));
  await page.fill("#q", "wagner");
  await page.waitForFunction(() => document.getElementById("found").textContent.includes("wagner"));
  assert.equal((await hits(page))[0].address, "entities/wagner.html");
  await context.close();
});

test("a stricter policy than any host's lets it work", async () => {
  const { page, context, complaints } = await open();
  const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'";
  await page.route("**/search.html*", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), "content-security-policy": policy } });
  });
  await page.goto(`${host.address}search.html${asked({ q: "wagner" })}`);
  assert.equal((await hits(page))[0].address, "entities/wagner.html");
  assert.deepEqual(complaints, []);
  await context.close();
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [390, 1600]) {
    test(`results have no violation of WCAG 2.2 AA, ${colorScheme}, ${width} px`, async () => {
      for (const query of ["", asked({ q: "mali" }), asked({ q: "84", entity: "csp-dpa" }), asked({ q: "xyzzyqwv" })]) {
        const { page, context } = await open(query, { colorScheme, viewport: { width, height: 900 } });
        if (query) await hits(page);
        if (query.includes("mali")) await page.press("#q", "ArrowDown");
        const { violations } = await new AxeBuilder({ page }).analyze();
        const found = violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((node) => node.target.join(" ")).join("; ")}`);
        assert.deepEqual(found, [], query);
        const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
        assert.ok(content <= window, `${query}: ${content} > ${window}`);
        await context.close();
      }
    });
  }
}

test("the browser reads the words that the index was made of", async () => {
  const { page, context } = await open();
  const files = readdirSync(join(site, "search", "data")).filter((name) => name.startsWith("t-") || name.startsWith("w-"));
  const data = files.map((name) => readFileSync(join(site, "search", "data", name), "utf8"));
  const pieces = (kind) => data.flatMap((text, at) => (files[at].startsWith(kind) ? [JSON.parse(text.slice(text.indexOf(", ") + 2, -2))] : []));
  const texts = pieces("t-").flat().flatMap((record) => record.slice(1));
  const ours = new Set(pieces("w-").flatMap((text) => text.split(" ").filter((word, at) => at % 2 === 0 && !word.startsWith("="))));
  const theirs = await page.evaluate((texts) => [...new Set(texts.flatMap((text) => dossierSearch.words(text).map(({ word }) => word)))], texts);
  assert.deepEqual(theirs.filter((word) => !ours.has(word)), []);
  assert.equal(theirs.length, ours.size);
  await context.close();
});

test("two forms of a word have one stem, and two words have two", async () => {
  const { page, context } = await open();
  const same = {
    fr: ["cheval chevaux", "journal journaux", "bateau bateaux", "equipement equipements equiper equipe equipee", "combattant combattants combattante combattantes",
      "livrer livre livree livrees livrait livraient livrant", "livraison livraisons", "russe russes", "malien malienne maliens maliennes", "militaire militaires",
      "officiel officielle officiels officielles", "general generaux generale generales", "actif active actifs actives", "premier premiere premieres",
      "arrive arriver arrivee arrivees arrivent", "declaration declarations declarer", "jeu jeux", "hopital hopitaux", "travail travaux", "tuyau tuyaux", "directeur directrice directeurs", "heureux heureuse", "annonce annoncer annoncait"],
    en: ["country countries", "attack attacks attacked attacking", "deploy deployed deployment deploying", "convoy convoys", "ambush ambushed ambushes",
      "stop stopped stopping", "soldier soldiers", "estimate estimates estimated estimating", "claim claims claimed", "army armies", "kill killed killing", "plane planes",
      "quick quickly", "city cities", "deny denies denied denying", "party parties", "spy spies", "woman women", "policeman policemen", "wolf wolves", "glove gloves",
      "crisis crises", "house houses", "child children", "box boxes"],
  };
  const apart = { fr: ["mali malin", "moura mourir", "char charte", "cent central", "mort moral", "mars marche", "pays paye"], en: ["moura mourn", "news new", "universe university", "organ organise", "mali malice"] };
  const stems = (language, words) => page.evaluate(([language, words]) => words.map((word) => dossierSearch.stem(word, language)), [language, words]);
  const roots = (language, words) => page.evaluate(([language, words]) => words.map((word) => dossierSearch.root(word, language)), [language, words]);
  for (const [language, families] of Object.entries(same)) {
    for (const family of families) {
      const forms = family.split(" ");
      // All forms are looked for among the words that begin with what is typed, less its ending.
      for (const root of await roots(language, forms)) assert.ok(forms.every((form) => form.startsWith(root)) || forms.includes("children"), `${family}: ${root}`);
    }
    for (const family of families) assert.equal(new Set(await stems(language, family.split(" "))).size, 1, `${family}: ${await stems(language, family.split(" "))}`);
  }
  for (const [language, pairs] of Object.entries(apart)) {
    for (const pair of pairs) assert.equal(new Set(await stems(language, pair.split(" "))).size, 2, `${pair}: ${await stems(language, pair.split(" "))}`);
  }
  assert.deepEqual(await stems("ru", ["города"]), ["города"], "where endings are not known a word is itself");
  await context.close();
});

test("the browser and the index read the same words in any script", async () => {
  const { page, context } = await open();
  const lines = readFileSync(new URL("words.tsv", import.meta.url), "utf8").trimEnd().split("\n").slice(1).map((line) => line.split("\t"));
  const found = await page.evaluate((texts) => texts.map((text) => dossierSearch.words(text).map(({ word }) => word).join(" ")), lines.map(([text]) => text));
  assert.deepEqual(found, lines.map(([, words]) => words));
  await context.close();
});

test("a name of letters and digits is found however it is written", async () => {
  const answers = async (q) => {
    const { page, context } = await open(asked({ q }));
    const found = await hits(page);
    await context.close();
    return found.filter(({ address }) => !address.startsWith("search.html"));
  };
  for (const [written, others] of [["T-72", ["T72", "t72", "T.72"]], ["Il-76", ["IL76", "il-76"]], ["Mi-24", ["mi24"]]]) {
    const expected = await answers(written);
    assert.ok(expected.length && expected.every(({ marks }) => marks.every((mark) => mark.toLowerCase().startsWith(written.toLowerCase()))), `${written}: ${expected.map(({ marks }) => marks)}`);
    for (const other of others) assert.deepEqual((await answers(other)).map(({ address }) => address), expected.map(({ address }) => address), other);
  }
  const { page, context } = await open();
  const rows = await page.evaluate(() => ["US", "U.S.", "U.N.", "T-72", "日本", "us", "anti-tank"].map((question) => dossierSearch.read(question).asked.map(({ word, rows }) => [word, ...(rows ?? []).map((row) => row.join(" "))].join(" | ")).join(", ")));
  assert.deepEqual(rows, ["us | u s", "us | u s | us", "un | u n", "t72 | t 72 | t72", "日本 | 日 本", "us", "anti, tank"]);
  await context.close();
});

test("a misspelled word is told as it was typed", async () => {
  const { page, context } = await open(asked({ q: "Wàgnr" }));
  await hits(page);
  assert.match(await page.textContent("#found"), /Wàgnr.*Wàgnr.*wagner/s);
  await context.close();
});
