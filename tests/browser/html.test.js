// The Nu HTML checker (https://validator.github.io/validator/) finds no error and no warning in any page of the sample.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import vnu from "vnu-jar";
import { site } from "./site.js";

test("the Nu checker finds nothing in any page", () => {
  const run = spawnSync("java", ["-Xss8m", "-jar", vnu, "--skip-non-html", "--format", "json", site], { encoding: "utf8", maxBuffer: 1 << 28 });
  assert.equal(run.error, undefined, "java can be started");
  const { messages } = JSON.parse(run.stderr || run.stdout);
  // Of files it takes every style sheet and script for another host's, and data for scripts: browsers judge the policy, in policy.test.js.
  const found = messages.filter(({ message }) => !message.includes("violates Content Security Policy"));
  const lines = found.map((m) => `${m.url?.split("/").slice(-2).join("/")}:${m.lastLine}: ${m.message} — ${m.extract?.replaceAll("\n", " ")}`);
  assert.deepEqual([...new Set(lines)].slice(0, 30), []);
});
