// A dossier full of what an attacker would write, in every place that takes text: its pages stay well formed and run nothing.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import vnu from "vnu-jar";
import { files, look } from "./attacks.js";
import { allPages, launch, root } from "./site.js";

const program = process.env.DOSSIER ?? join(root, "target", "release", "dossier");

let folder;
let browser;
let site;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), "dossier-hostile-"));
  site = join(folder, "public");
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const check = JSON.parse(spawnSync(program, ["--root", folder, "check", "--format", "json"], { encoding: "utf8", maxBuffer: 1 << 28 }).stdout);
  const errors = check.diagnostics.filter((problem) => problem.severity === "error");
  assert.deepEqual(errors.map((problem) => `${problem.file}:${problem.code}: ${problem.message}`.slice(0, 200)), []);
  const build = spawnSync(program, ["--root", folder, "build", "--output", site], { encoding: "utf8", maxBuffer: 1 << 28 });
  assert.equal(build.status, 0, build.stderr.slice(-2000));
  browser = await launch();
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

test("no page runs, opens or asks for anything", async () => {
  const context = await browser.newContext();
  const complaints = [];
  const page = await context.newPage();
  page.on("dialog", (dialog) => { complaints.push(`dialog on ${page.url()}: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => request.url().startsWith("file:") || request.url().startsWith("data:") || complaints.push(`away from ${page.url()}: ${request.url()}`));
  page.on("popup", () => complaints.push(`a window from ${page.url()}`));
  for (const route of allPages(site)) {
    const address = pathToFileURL(join(site, route)).href;
    await page.goto(address);
    // What waits for a hand: the pointer over everything, the focus on everything.
    const found = await page.evaluate(look);
    assert.equal(found.ran, undefined, `${route} ran ${found.ran}`);
    assert.deepEqual(found.found, [], route);
    assert.equal(found.main, 1, `${route} has one main element`);
    assert.equal(page.url(), address, "nobody was led away");
  }
  assert.deepEqual(complaints, []);
  await context.close();
});

test("every page stays well formed", () => {
  const run = spawnSync("java", ["-Xss8m", "-jar", vnu, "--errors-only", "--skip-non-html", "--format", "json", site], { encoding: "utf8", maxBuffer: 1 << 26 });
  const { messages } = JSON.parse(run.stderr || run.stdout);
  const lines = messages.map((m) => `${m.url?.split("/").slice(-2).join("/")}:${m.lastLine}: ${m.message} — ${m.extract?.replaceAll("\n", " ")}`);
  assert.deepEqual([...new Set(lines)].slice(0, 30), []);
});
