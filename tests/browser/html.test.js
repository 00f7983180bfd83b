// The Nu HTML checker (https://validator.github.io/validator/) finds no error in any page of the sample.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import vnu from "vnu-jar";
import { site } from "./site.js";

test("the Nu checker finds no error in any page", () => {
  const run = spawnSync("java", ["-Xss8m", "-jar", vnu, "--errors-only", "--skip-non-html", "--format", "json", site], { encoding: "utf8", maxBuffer: 1 << 26 });
  assert.equal(run.error, undefined, "java can be started");
  const { messages } = JSON.parse(run.stderr || run.stdout);
  const lines = messages.map((m) => `${m.url?.split("/").slice(-2).join("/")}:${m.lastLine}: ${m.message} — ${m.extract?.replaceAll("\n", " ")}`);
  assert.deepEqual([...new Set(lines)].slice(0, 30), []);
});
