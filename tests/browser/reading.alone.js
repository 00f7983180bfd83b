// What a reader does on a page: cards over links, switches, the way to a note and back by keyboard, paper, zoom.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { after, before, test } from "node:test";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { allPages, launch, pageKinds, serve, site } from "./site.js";

const article = "articles/convoi-bamako.html";
let browser;
let host;
before(async () => {
  browser = await launch();
  host = await serve("/mali/");
});
after(async () => {
  await browser?.close();
  await host?.close();
});

async function open(address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1600, height: 900 }, ...options });
  const page = await context.newPage();
  await page.goto(address);
  return { page, context };
}
const fromFolder = (route) => pathToFileURL(join(site, route)).href;
const mention = (page) => page.locator(".text a.mention").nth(6);
const card = (page) => page.locator("#card");

for (const [where, address] of [["a folder", () => fromFolder(article)], ["a host", () => host.address + article]]) {
  test(`a card stands over a link that is pointed at, on ${where}`, async () => {
    const { page, context } = await open(address());
    await mention(page).scrollIntoViewIfNeeded();
    await mention(page).hover();
    await card(page).waitFor();
    assert.equal(await mention(page).getAttribute("aria-describedby"), "card");
    const [link, box] = [await mention(page).boundingBox(), await card(page).boundingBox()];
    assert.ok(box.y + box.height <= link.y || box.y >= link.y + link.height || box.x >= link.x + link.width || box.x + box.width <= link.x, "it covers its link");
    // The pointer may come over, and the card stays; away from both, it goes.
    await card(page).hover();
    await page.waitForTimeout(600);
    assert.ok(await card(page).isVisible(), "it stays under the pointer");
    await page.locator("h1").hover();
    await card(page).waitFor({ state: "hidden" });
    await context.close();
  });
}

test("a card comes with the focus, and Escape puts it away", async () => {
  const { page, context } = await open(fromFolder(article));
  await page.locator(".skip").focus();
  await page.keyboard.press("Enter");
  for (let step = 0; step < 60 && !(await page.evaluate(() => document.activeElement.matches(".text a.mention"))); step++) await page.keyboard.press("Tab");
  await card(page).waitFor();
  await page.keyboard.press("Escape");
  await card(page).waitFor({ state: "hidden" });
  assert.ok(await page.evaluate(() => document.activeElement.matches("a.mention")), "the focus stays where it was");
  await context.close();
});

test("no card comes for readers who wish for less motion", async () => {
  const { page, context } = await open(fromFolder(article), { reducedMotion: "reduce" });
  await mention(page).hover();
  await page.waitForTimeout(1000);
  assert.equal(await card(page).count(), 0);
  assert.ok(await page.locator(".switch").isHidden());
  await context.close();
});

test("cards are switched off for good", async () => {
  const { page, context } = await open(host.address + article);
  await page.locator(".switch input").uncheck();
  await page.reload();
  assert.equal(await page.locator(".switch input").isChecked(), false);
  await mention(page).hover();
  await page.waitForTimeout(1000);
  assert.equal(await card(page).count(), 0);
  await context.close();
});

test("the legend's counts are right, and its switches are remembered", async () => {
  const { page, context } = await open(host.address + article);
  for (const box of await page.locator(".legend input").all()) {
    const kind = (await box.getAttribute("id")).slice("show_".length);
    const count = Number((await box.locator("xpath=..").innerText()).match(/\d+/)[0]);
    assert.equal(await page.locator(`.note.${kind}`).count(), count, kind);
  }
  await page.locator("#show_figure").focus();
  await page.keyboard.press("Space");
  await page.reload();
  assert.equal(await page.locator("#show_figure").isChecked(), false);
  assert.ok(await page.locator("#show_check").isChecked());
  assert.equal(await page.locator(".note.figure:visible").count(), 0);
  assert.ok((await page.locator(".note.check:visible").count()) > 0);
  await context.close();
});

test("a note is reached from its passage and left by keyboard, folded or not", async () => {
  const { page, context } = await open(host.address + article);
  for (const note of [page.locator(".notes > .note").first(), page.locator(".folded .note").first()]) {
    const id = await note.getAttribute("id");
    await page.locator(`a.ref[href="#${id}"]`).focus();
    await page.keyboard.press("Enter");
    await note.waitFor();
    await page.waitForURL((url) => url.hash === `#${id}`);
    await page.keyboard.press("Tab");
    assert.ok(await note.evaluate((element) => element.contains(document.activeElement)), "the next stop is in the note");
    await page.keyboard.press("Enter");
    // Its number leads back.
    await page.waitForURL((url) => url.hash === `#${id.slice("note_".length)}`);
  }
  await context.close();
});

test("notes beside a text do not tear it apart", async () => {
  for (const width of [1380, 1600, 2560]) {
    const { page, context } = await open(fromFolder(article), { viewport: { width, height: 900 } });
    for (const route of allPages().filter((route) => route.startsWith("articles/") && !route.includes("/index"))) {
      await page.goto(fromFolder(route));
      const gaps = await page.evaluate(() => {
        const boxes = [...document.querySelectorAll(".article > .passage > .text")].map((text) => text.getBoundingClientRect());
        const line = Number.parseFloat(getComputedStyle(document.body).lineHeight);
        return boxes.slice(1).map(({ top }, index) => (top - boxes[index].bottom) / line);
      });
      assert.ok(Math.max(...gaps) < 4, `${route}: a gap of ${Math.max(...gaps)} lines at ${width} px`);
    }
    await context.close();
  }
});

test("on paper an article has all notes", async () => {
  const { page, context } = await open(fromFolder(article));
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.locator(".switch").isHidden());
  const paper = await onPaper(page);
  for (const note of await page.locator(".note .reason").all()) {
    const words = flat(await note.evaluate((element) => element.textContent)).slice(0, 30);
    assert.ok(flat(paper).includes(words), words);
  }
  await context.close();
});

test("on paper the whole dossier has numbered endnotes, addresses and page numbers", async () => {
  const { page, context } = await open(fromFolder("print.html"));
  const paper = await onPaper(page);
  const pages = paper.split("\f").slice(0, -1);
  assert.ok(pages.length > 10, "it has pages");
  pages.forEach((text, index) => assert.equal(text.trim().split("\n").at(-1).trim(), String(index + 1), "each has its number at its foot"));
  for (const notes of await page.locator(".endnotes").all()) {
    const numbers = await notes.locator("> li").evaluateAll((items) => items.map((item) => [item.value, item.innerText.replaceAll("\n", " ").slice(0, 12)]));
    assert.deepEqual(numbers.map(([number]) => number), numbers.map((_, index) => index + 1), "the notes of an article are counted through");
    for (const [number, words] of numbers) assert.match(flat(paper), new RegExp(`${number}\\.${flat(words).replace(/[^\p{L}\p{N}]/gu, ".")}`, "u"), `note ${number}`);
  }
  const addresses = await page.locator(".address").allInnerTexts();
  assert.ok(addresses.length > 50, "sources have addresses");
  for (const address of addresses) assert.ok(flat(paper).includes(flat(address)), address);
  assert.ok(!(await page.locator(".bar, .foot ul, .screen").first().isVisible()), "what is for screens stays there");
  await context.close();
});

/** What stands on the paper, each page ended by a form feed. */
async function onPaper(page) {
  await page.emulateMedia({ media: "print" });
  const run = spawnSync("pdftotext", ["-layout", "-enc", "UTF-8", "-", "-"], { input: await page.pdf({ preferCSSPageSize: true }), maxBuffer: 1 << 26 });
  assert.equal(run.error, undefined, "pdftotext can be started");
  return run.stdout.toString();
}
/** Without spaces, line breaks and hyphens: how a text is set does not matter. */
const flat = (text) => text.normalize("NFKC").replace(/[\s\u00ad\u2010\u2011-]+/gu, "");

for (const kind of pageKinds().filter((kind) => kind !== "404.html")) {
  test(`${kind} does not scroll sideways at 400 % zoom`, async () => {
    // 1280 pixels at 400 % are 320 CSS pixels, each four of the screen's.
    const { page, context } = await open(host.address + kind, { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 });
    const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    assert.ok(content <= window, `${content} > ${window}`);
    await context.close();
  });
}
