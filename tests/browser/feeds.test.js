// The feeds of the sample are valid by a schema of Atom, which the Nu checker's own engine for RELAX NG reads.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import vnu from "vnu-jar";
import { site } from "./site.js";

const schema = fileURLToPath(new URL("atom.rnc", import.meta.url));
const engine = "nu.validator.vendor.thaiopensource.relaxng.util.Driver";

/** What the schema finds wrong in some files; nothing where all of them are valid. */
function faults(...files) {
  const run = spawnSync("java", ["-cp", vnu, engine, "-c", schema, ...files], { encoding: "utf8" });
  assert.equal(run.error, undefined, "java can be started");
  const said = run.stdout + run.stderr;
  assert.equal(run.status === 0, said === "", said);
  return said;
}

test("both feeds are Atom", () => {
  assert.equal(faults(join(site, "feed.xml"), join(site, "corrections.xml")), "");
});

test("the schema finds what is wrong", () => {
  const feed = readFileSync(join(site, "feed.xml"), "utf8");
  const folder = mkdtempSync(join(tmpdir(), "feeds-"));
  const file = join(folder, "feed.xml");
  for (const [from, to] of [
    [/<id>.*<\/id>/, ""],
    [/<updated>.*<\/updated>/, ""],
    ["T00:00:00Z", ""],
    [/<title>.*<\/title>/, "<title> </title>"],
    [/<name>.*<\/name>/, ""],
    ['rel="self"', 'rel="own"'],
    ['type="html"', 'type="word"'],
    ["<entry>", "<item/><entry>"],
    [/<id>https:/, "<id>ftp:"],
    ["/feed.xml<", "/a feed.xml<"],
    ['/feed.xml"', '/{feed}.xml"'],
  ]) {
    const spoilt = feed.replace(from, to);
    assert.notEqual(spoilt, feed, `${from}`);
    writeFileSync(file, spoilt);
    assert.notEqual(faults(file), "", `${from}`);
  }
  rmSync(folder, { recursive: true });
});
