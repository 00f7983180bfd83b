// The same attacks while somebody writes: in the preview's pages, in its list of what is wrong, in what it is told about files.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { files, line, look, text } from "./attacks.js";
import { launch, root } from "./site.js";

const program = process.env.DOSSIER ?? join(root, "target", "release", "dossier");
const routes = ["/", "/articles/a.html", "/checks/c.html", "/entities/e.html", "/events/v.html", "/figures/f.html", "/sources/s0.html", "/p.html", "/timeline.html", "/404.html"];

let browser, folder, server, address, page, complaints;
before(async () => { browser = await launch(); });
after(() => browser?.close());

const write = (path, content) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "dossier-hostile-"));
  for (const [path, content] of Object.entries(files)) write(path, content);
  server = spawn(program, ["serve", "--root", folder, "--port", "0"], { stdio: ["ignore", "pipe", "pipe"] });
  server.stderr.resume();
  address = await new Promise((found, failed) => {
    server.stdout.on("data", (data) => found(/http:\/\/[^/]+/.exec(data)[0]));
    server.on("exit", () => failed(new Error("the preview ended")));
  });
  complaints = [];
  page = await (await browser.newContext()).newPage();
  page.on("dialog", (dialog) => { complaints.push(`dialog on ${page.url()}: ${dialog.message()}`); dialog.dismiss(); });
  page.on("popup", () => complaints.push(`a window from ${page.url()}`));
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error}`));
  page.on("request", (request) => request.url().startsWith(`${address}/`) || request.url().startsWith("data:") || complaints.push(`away from ${page.url()}: ${request.url()}`));
});
afterEach(async () => {
  await page?.context().close();
  server?.kill("SIGTERM");
  rmSync(folder, { recursive: true, force: true });
});

/** Opens a page and waits until it listens. */
async function open(path) {
  const listens = page.waitForRequest((request) => request.url().includes("/.dossier/events"));
  await page.goto(address + path);
  await listens;
}

/** Nothing ran, nothing that could run is there, and the preview shows what is wrong as text. */
async function isHarmless(what) {
  const found = await page.evaluate(look);
  assert.equal(found.ran, undefined, `${what} ran ${found.ran}`);
  assert.deepEqual(found.found.filter((found) => !/^script <script [^>]*src="\/\.dossier\/preview\.js"/.test(found)), [], what);
  assert.equal(found.main, 1, what);
  const shown = await page.evaluate(() => {
    const inside = document.querySelector("dossier-preview")?.shadowRoot;
    const own = ["a", "button", "code", "dialog", "h2", "header", "li", "link", "ol", "p", "pre"];
    const isOwn = (element) => own.includes(element.localName) || element.matches("pre > span.said");
    const elements = [...(inside?.querySelectorAll("*") ?? [])];
    return elements.filter((element) => !isOwn(element) || [...element.attributes].some(({ name, value }) => name.startsWith("on") || /^\s*(javascript|data|vbscript):/i.test(value))).map((element) => element.outerHTML.slice(0, 200));
  });
  assert.deepEqual(shown, [], what);
  assert.ok(page.url().startsWith(address), `${what}: nobody was led away`);
}

test("no previewed page runs, opens or asks for anything", async () => {
  for (const route of routes) {
    await open(route);
    await isHarmless(route);
  }
  assert.deepEqual(complaints, []);
});

test("what is wrong is shown as text, whatever it says", async () => {
  await open("/articles/a.html");
  const good = files["content/annotations/a.yaml"];
  const said = () => page.evaluate(() => document.querySelector("dossier-preview").shadowRoot.querySelector("ol").textContent);
  const notes = JSON.parse(good);
  for (const [what, path, content, expected] of [
    ["a quote that drifted", "content/annotations/a.yaml", JSON.stringify([...notes, { type: "note", quote: `Twenty peoples stayed ${line.slice(0, 60)}`, note: text }]), "quote-"],
    ["a quote from nowhere", "content/annotations/a.yaml", JSON.stringify([{ type: "note", quote: line, note: text }]), "quote-not-found"],
    ["an unknown key", "content/annotations/a.yaml", JSON.stringify([{ type: "note", quote: "behind", note: "x", [line]: text }]), "unknown-key"],
    ["an unknown kind", "content/annotations/a.yaml", JSON.stringify([{ type: line, quote: "behind" }]), "bad-value"],
    ["a reference to nothing", "content/annotations/a.yaml", JSON.stringify([{ type: "mention", quote: "mayor", of: `entity:${line}` }]), "unknown-reference"],
    ["YAML that cannot be read", "content/annotations/a.yaml", `- quote: [ "${line.replaceAll("\"", "'").slice(0, 500)}\n`, "yaml-syntax"],
    ["a date that is none", "content/events/v.md", `---\ntitle: V\ndate: ${JSON.stringify(line)}\n---\n`, "bad-date"],
    ["a template", "templates/page.html", `{{ nothing["${line.replaceAll(/["{}%]/g, "").slice(0, 300)}"] | nowhere }}`, "template-error"],
    ["a file's name", "content/articles/\"><img src=x onerror=window.ran=61>\nevent: page\ndata: {}\n\n.md", "---\ntitle: B\n---\nB.\n", "bad-id"],
  ]) {
    write(path, content);
    await page.waitForFunction((expected) => document.querySelector("dossier-preview")?.shadowRoot.querySelector("ol")?.textContent.includes(expected), expected).catch(async () => assert.fail(`${what}: ${await said()}`));
    await isHarmless(what);
    for (const mended of ["content/annotations/a.yaml", "content/events/v.md"]) if (mended === path) write(mended, files[mended]);
  }
  assert.deepEqual(complaints, []);
});

test("names of files cannot say what the preview says", async () => {
  await open("/articles/a.html");
  for (const name of ["\"><svg onload=window.ran=71>.css", "x\n\nevent: page\ndata: {\"hash\":\"x\",\"status\":200,\"version\":\"\"}\n\n.png", "\u202Egnp.exe.png", "javascript:window.ran=72.js"]) {
    write(`static/${name}`, "a {}");
    write(`static/${name}`, "b {}");
  }
  write("content/articles/a.md", files["content/articles/a.md"].replace("Twenty people", "Some twenty people"));
  await page.waitForFunction(() => document.querySelector("main").textContent.includes("Some twenty people") || document.querySelector("dossier-preview").shadowRoot.querySelector("ol").textContent);
  await isHarmless("names of files");
  assert.deepEqual(complaints, []);
});
