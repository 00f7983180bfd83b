// The preview in a real browser: what an editor sees while files change behind the page.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";
import AxeBuilder from "@axe-core/playwright";
import { launch, root } from "./site.js";

const program = process.env.DOSSIER ?? join(root, "target", "release", "dossier");
const article = "/articles/ministere-relais.html";
const text = "content/articles/ministere-relais.md";
const notes = "content/annotations/ministere-relais.yaml";

let browser, folder, server, page, complaints;
before(async () => { browser = await launch(); });
after(() => browser?.close());

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "dossier-"));
  for (const part of ["content", "site.toml"]) cpSync(join(root, part), join(folder, part), { recursive: true });
  writeFileSync(join(folder, "editor.mjs"), `import { writeFileSync, renameSync } from "node:fs";
    writeFileSync("${folder}/opened.part", process.argv.slice(2).join(" ")); renameSync("${folder}/opened.part", "${folder}/opened");`);
  server = await serve();
  page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  complaints = [];
  page.on("console", (message) => {
    // A browser asks every host for an icon, and a dossier has none.
    if (["error", "warning"].includes(message.type()) && !message.location().url.endsWith("/favicon.ico")) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
});

afterEach(async () => {
  await page?.context().close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the preview; `port` 0 takes a free one. */
async function serve(port = 0, ...more) {
  const child = spawn(program, ["serve", "--root", folder, "--port", String(port), ...more], { stdio: ["ignore", "pipe", "pipe"] });
  let err = "";
  child.stderr.on("data", (data) => { err += data; });
  const ended = new Promise((done) => child.on("exit", done));
  const address = await new Promise((found, failed) => {
    child.stdout.on("data", (data) => found(/http:\/\/[^/]+/.exec(data)[0]));
    ended.then(() => failed(new Error(err)));
  });
  return { address, port: Number(address.split(":").at(-1)), stop: () => { child.kill("SIGTERM"); return ended; } };
}

const read = (path) => readFileSync(join(folder, path), "utf8");
const write = (path, text) => writeFileSync(join(folder, path), text);
const edit = (path, from, to) => {
  const before = read(path);
  assert.ok(before.includes(from), `${path} has ${from}`);
  write(path, before.replace(from, to));
};

/** Opens a page, waits until it listens, and marks the document, to tell whether it is still the same. */
async function open(path = article, address = server.address) {
  const listens = page.waitForRequest((request) => request.url().includes("/.dossier/events"));
  await page.goto(address + path);
  await listens;
  await page.evaluate(() => { window.same = true; });
}
const isSame = () => page.evaluate(() => window.same === true);
const says = (words) => page.waitForFunction((words) => document.querySelector("main").textContent.includes(words), words);
const dialog = () => page.locator("dossier-preview dialog");
const firstParagraph = () => read(text).split("---\n").at(-1).trim().split("\n")[0];

test("an edit changes the page, and nothing that its reader did", async () => {
  await open();
  await page.locator("details > summary").first().click();
  await page.locator("#show_figure, #show_check").first().uncheck();
  const last = page.locator(".passage a.ref").last();
  await last.focus();
  await last.scrollIntoViewIfNeeded();
  await page.waitForTimeout(600);
  const place = async () => (await last.boundingBox()).y;
  const [y, top] = [await place(), await page.evaluate(() => scrollY)];
  assert.ok(top > 300, "it was scrolled");

  edit(text, firstParagraph(), `${firstParagraph()} Une phrase de plus, assez longue pour que le texte au-dessus du passage prenne des lignes de plus, et encore une, et une autre.`);
  await says("Une phrase de plus");
  await page.waitForTimeout(300);
  assert.ok(await isSame(), "the document is the same");
  assert.ok(Math.abs(await place() - y) < 3, `what was looked at stays where it was: ${y}, ${await place()}`);
  assert.ok(await page.locator("details").first().evaluate((details) => details.open), "a note stays open");
  assert.equal(await page.locator("#show_figure, #show_check").first().isChecked(), false, "a kind stays off");
  assert.ok(await last.evaluate((element) => element === document.activeElement), "the focus stays");
  assert.ok(await page.locator("label.switch").isVisible(), "what the page's own script showed stays");
  assert.deepEqual(complaints, []);
});

test("after any edits the page is what a fresh one is", async () => {
  // What the page's own scripts do to it stays, and a page that was only sent has nothing of that.
  await page.route((url) => url.pathname.endsWith(".js") && !url.pathname.startsWith("/.dossier/"), (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
  await open();
  const shown = () => page.evaluate(() => {
    const copy = document.documentElement.cloneNode(true);
    copy.querySelector("dossier-preview")?.remove();
    copy.querySelectorAll(".dossier-changed").forEach((lit) => lit.classList.remove("dossier-changed"));
    copy.querySelectorAll("[class='']").forEach((element) => element.removeAttribute("class"));
    return copy.outerHTML;
  });
  const body = () => read(text).split("---\n").at(-1).trim().split("\n\n");
  const rewrite = (paragraphs) => write(text, `${read(text).split("---\n").slice(0, -1).join("---\n")}---\n${paragraphs.join("\n\n")}\n`);
  const yaml = read(notes);
  const items = yaml.split(/^(?=- )/m);
  const steps = [
    () => rewrite(["Tout nouveau.", ...body()]),
    () => rewrite([...body().slice(0, 2), "Au milieu.\n\n- un\n- deux", ...body().slice(2)]),
    () => rewrite([...body()].reverse()),
    () => rewrite(body().slice(1)),
    () => write(notes, items.slice(1).join("")),
    () => write(notes, items.slice(0, 2).reverse().join("")),
    () => write(notes, yaml),
    () => rewrite(["Une ligne.", "Une ligne.", "Une ligne."]),
    () => rewrite(["Une ligne.", "Une autre.", "Une ligne.", "Une ligne."]),
    () => cpSync(join(root, text), join(folder, text)),
    () => edit("site.toml", "title = \"", "title = \"Nouveau : "),
  ];
  for (const [number, step] of steps.entries()) {
    const before = await page.evaluate(() => document.querySelector("script[data-hash]").dataset.hash);
    step();
    await page.waitForFunction((before) => document.querySelector("script[data-hash]").dataset.hash !== before, before).catch(() => assert.fail(`step ${number} changes nothing`));
    await page.waitForTimeout(200);
    const fresh = await (await page.request.get(server.address + article)).text();
    const parsed = await page.evaluate((fresh) => new DOMParser().parseFromString(fresh, "text/html").documentElement.outerHTML, fresh);
    await page.evaluate(() => document.querySelector("dossier-preview").shadowRoot.querySelector("dialog").close());
    const now = await shown();
    const at = [...now].findIndex((letter, at) => letter !== parsed[at]);
    assert.equal(now.slice(at - 80, at + 300), parsed.slice(at - 80, at + 300), `step ${number}`);
    assert.ok(await isSame(), `step ${number}`);
  }
});

test("a page is left alone when another one changes", async () => {
  await open();
  await page.evaluate(() => {
    window.changes = 0;
    new MutationObserver(() => { window.changes++; }).observe(document.documentElement, { subtree: true, childList: true, attributes: true, characterData: true });
  });
  edit("content/articles/apres-wagner.md", "---\n\n", "---\n\nUn autre début. ");
  let other = "";
  while (!other.includes("Un autre début")) other = await (await page.request.get(`${server.address}/articles/apres-wagner.html`)).text();
  await page.waitForTimeout(300);
  assert.equal(await page.evaluate(() => window.changes), 0);
});

test("a mistake opens the list of what is wrong, and mending it closes it", async () => {
  await open();
  const good = read(notes);
  const main = await page.locator("main").innerHTML();
  await page.locator(".passage a.ref").first().focus();
  write(notes, `${good}- type: <img src=x onerror=alert(1)>\n  quote: [\n`);
  await dialog().waitFor({ state: "visible" });
  assert.equal(await page.locator("main").innerHTML(), main, "the last good page stays");
  assert.equal(await dialog().getByRole("heading").textContent(), "1 error");
  assert.ok(await dialog().evaluate((dialog) => dialog.contains(dialog.getRootNode().activeElement)), "the focus is in it");
  const address = await dialog().getByRole("link").first().getAttribute("href");
  assert.match(address, /^vscode:\/\/file\/.*\/content\/annotations\/ministere-relais\.yaml:\d+:\d+$/);
  assert.match(await dialog().locator("pre").first().textContent(), /ministere-relais\.yaml:\d+/);
  assert.equal(await dialog().locator("img").count(), 0, "what editors write is text");

  await page.keyboard.press("Escape");
  await dialog().waitFor({ state: "hidden" });
  assert.ok(await page.locator(".passage a.ref").first().evaluate((element) => element === document.activeElement), "the focus is back");
  const button = page.getByRole("button", { name: "1 error" });
  await button.click();
  await dialog().waitFor({ state: "visible" });
  await dialog().getByRole("button", { name: "Close" }).click();
  await dialog().waitFor({ state: "hidden" });
  // What was closed stays closed, on the next page too, until something else is wrong.
  await open("/index.html");
  await page.getByRole("button", { name: "1 error" }).waitFor();
  assert.ok(await dialog().isHidden());
  write(notes, `${good}- type: nothing\n`);
  await dialog().waitFor({ state: "visible" });
  write(notes, good);
  await dialog().waitFor({ state: "hidden" });
  assert.ok(await page.locator("dossier-preview .reopen").isHidden());
  assert.deepEqual(complaints, []);
});

test("the list of what is wrong has no violation of WCAG 2.2 AA", async () => {
  write(notes, read(notes).replace(/quote: .*/g, "quote: this stands nowhere in the article, whatever the length of the line that it is quoted from may be"));
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [360, 1600]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      await open();
      await dialog().waitFor({ state: "visible" });
      await page.locator("dossier-preview dialog li").first().waitFor();
      const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
      assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((node) => node.target.join(" ")).join("; ")}`), [], `${colorScheme} ${width}`);
      await page.evaluate(() => sessionStorage.clear());
    }
  }
});

test("a page goes on when the preview was stopped and started again", async () => {
  await open();
  await server.stop();
  await page.getByRole("status").filter({ hasText: "stopped" }).waitFor();
  edit(text, firstParagraph(), `Écrit pendant la pause. ${firstParagraph()}`);
  server = await serve(server.port);
  await says("Écrit pendant la pause");
  assert.ok(await isSame());
  await page.waitForFunction(() => document.querySelector("dossier-preview").shadowRoot.querySelector("[role=status]").textContent === "");
});

test("the page goes to the annotation that was edited, and stays where it is for anything else", async () => {
  await open();
  const items = read(notes).split(/^(?=- )/m).filter((item) => item.startsWith("- "));
  const last = items.at(-1);
  edit(notes, last, last.replace(/(rationale|note): (?:\|\n\s+|")?/, (key) => `${key}Ajouté. `));
  await says("Ajouté.");
  await page.waitForFunction(() => document.querySelector(".dossier-changed"));
  await page.waitForFunction(() => {
    const { top, bottom } = document.querySelector(".dossier-changed").getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  });
  assert.match(await page.locator(".dossier-changed").textContent(), /Ajouté\./);
  assert.ok(await isSame());

  // The page may still be on its way there, and on a busy machine it is for long.
  do {
    await page.evaluate(() => {
      scrollTo(0, 0);
      document.querySelectorAll(".dossier-changed").forEach((changed) => changed.classList.remove("dossier-changed"));
    });
    await page.waitForTimeout(600);
  } while (await page.evaluate(() => scrollY > 0 || document.querySelector(".dossier-changed")));
  edit(text, firstParagraph(), `Un mot. ${firstParagraph()}`);
  await says("Un mot.");
  assert.equal(await page.locator(".dossier-changed").count(), 0);
  assert.equal(await page.evaluate(() => scrollY), 0);
});

test("a passage that is clicked while Alt is held opens its annotation", async () => {
  await server.stop();
  server = await serve(0, "--editor", `'${process.execPath}' '${join(folder, "editor.mjs")}' {path}:{line}`);
  await open();
  const mark = page.locator("mark[data-annotations]").first();
  const id = (await mark.getAttribute("data-annotations")).split(" ").at(-1);
  await mark.click({ modifiers: ["Alt"], position: { x: 3, y: 3 } });
  const opened = join(folder, "opened");
  while (!existsSync(opened)) await page.waitForTimeout(50);
  const [, path, line] = /^(.*):(\d+)$/.exec(readFileSync(opened, "utf8"));
  assert.ok(path.endsWith(notes), path);
  const lines = read(notes).split("\n");
  assert.match(lines[line - 1], /^- /);
  const item = lines.slice(line - 1).join("\n").split(/\n(?=- )/)[0];
  const quote = await page.locator(`mark[data-annotations~="${id}"]`).first().textContent();
  assert.ok(item.includes(`id: ${id}`) || item.includes(quote.slice(0, 12)), `${id}: ${item}`);
  assert.equal(page.url(), server.address + article, "the page stays");
  assert.deepEqual(complaints, []);
});

test("a style sheet is changed in place", async () => {
  await open();
  const colour = () => page.evaluate(() => getComputedStyle(document.querySelector("h1")).color);
  cpSync(join(root, "static", "dossier.css"), join(folder, "static", "dossier.css"));
  write("static/dossier.css", `${read("static/dossier.css")}\nh1 { color: rgb(1, 2, 3); }\n`);
  await page.waitForFunction(() => getComputedStyle(document.querySelector("h1")).color === "rgb(1, 2, 3)");
  write("static/dossier.css", read("static/dossier.css").replace("1, 2, 3", "4, 5, 6"));
  await page.waitForFunction(() => getComputedStyle(document.querySelector("h1")).color === "rgb(4, 5, 6)");
  rmSync(join(folder, "static"), { recursive: true });
  await page.waitForFunction(() => !getComputedStyle(document.querySelector("h1")).color.includes("4, 5, 6"));
  assert.ok(await isSame(), await colour());
});

test("a page whose file is gone stays, and says so", async () => {
  await open();
  const main = await page.locator("main").innerHTML();
  renameSync(join(folder, text), join(folder, "away.md"));
  await page.getByRole("status").filter({ hasText: "gone" }).waitFor();
  assert.equal(await page.locator("main").innerHTML(), main);
  renameSync(join(folder, "away.md"), join(folder, text));
  await page.waitForFunction(() => document.querySelector("dossier-preview").shadowRoot.querySelector("[role=status]").textContent === "");
  // And an address that nothing stood at shows what is put there.
  await open("/nouveau.html");
  write("content/pages/nouveau.md", "---\ntitle: Nouveau\n---\nLe voici.\n");
  await says("Le voici.");
});

test("a page that runs other scripts now is loaded anew", async () => {
  await open("/a-propos.html");
  write("templates-page.html", "");
  cpSync(join(root, "templates", "page.html"), join(folder, "templates", "page.html"));
  cpSync(join(root, "templates", "base.html"), join(folder, "templates", "base.html"));
  write("static-script.js", "");
  cpSync(join(folder, "static-script.js"), join(folder, "static", "mine.js"));
  write("static/mine.js", "document.documentElement.dataset.mine = 1;");
  edit("templates/base.html", "</head>", "<script src=\"{{ page.head.root }}mine.js\" defer></script>\n</head>");
  await page.waitForFunction(() => document.documentElement.dataset.mine === "1");
  assert.equal(await isSame(), false);
});

test("a passage whose sentence was turned around is accepted by a button", async () => {
  await server.stop();
  cpSync(join(root, "dossier.lock"), join(folder, "dossier.lock"));
  server = await serve();
  await open();
  const quoted = /^[a-z-]+#(\S+) (.*)⟦(.*)⟧(.*)$/;
  const accepted = read("dossier.lock").split("\n").find((line) => line.startsWith("ministere-relais#") && !line.includes("#mention-") && quoted.exec(line)?.[2] === "");
  const [, , , words] = quoted.exec(accepted);
  const start = words.split(/['"-]/)[0].slice(0, 24);
  edit(text, start, `Rien ne dit que ${start}`);
  await page.waitForFunction(() => document.querySelector("dossier-preview").shadowRoot.querySelector("li .accept"));
  assert.match(await dialog().textContent(), /passage-changed/);
  assert.match(await dialog().textContent(), /\{\+Rien ne dit que/);
  const advice = dialog().locator("pre .said");
  assert.ok(await advice.count(), "what is said of the lines stands apart from them");
  assert.ok(await advice.evaluateAll((all) => all.every((line) => line.scrollWidth <= line.parentElement.clientWidth)), "and is read without scrolling");
  const buttons = dialog().getByRole("button", { name: "Accept what it says now" });
  for (let left = await buttons.count(); left; left = await buttons.count()) {
    await buttons.first().focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction((left) => document.querySelector("dossier-preview").shadowRoot.querySelectorAll(".accept").length < left, left);
  }
  assert.match(read("dossier.lock"), /Rien ne dit que/);
  await page.waitForFunction(() => !document.querySelector("dossier-preview").shadowRoot.querySelector("dialog").open);
  assert.ok(await isSame());
  assert.deepEqual(complaints, []);
});
