// Every page keeps its own Content-Security-Policy, from a folder and under a path: nothing inline, no request to elsewhere.
import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { allPages, givenUp, launch, serve, site } from "./site.js";

const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'";

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

async function visit(addressOf, isOurs) {
  const context = await browser.newContext();
  const complaints = [];
  await context.exposeFunction("violated", (what) => complaints.push(what));
  await context.addInitScript(() => addEventListener("securitypolicyviolation", (event) => window.violated(`${location.pathname}: ${event.violatedDirective} ${event.blockedURI}`)));
  const page = await context.newPage();
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && !page.url().endsWith("/404.html") && complaints.push(`${page.url()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error}`));
  page.on("request", (request) => isOurs(request.url()) || complaints.push(`away from ${page.url()}: ${request.url()}`));
  page.on("requestfailed", (request) => givenUp(request) || complaints.push(`failed on ${page.url()}: ${request.url()}`));
  for (const route of allPages()) {
    // 404.html has the addresses of its own host.
    if (route === "404.html" && addressOf(route).startsWith("file:")) continue;
    await page.goto(addressOf(route));
    const found = await page.evaluate(() => ({
      policy: document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.content,
      inline: [...document.querySelectorAll("[style], style, script:not([src]):not([type='application/ld+json'])")].map((element) => element.outerHTML.slice(0, 80)),
      handlers: [...document.querySelectorAll("*")].flatMap((element) => [...element.attributes].filter(({ name }) => name.startsWith("on")).map(({ name }) => `${element.localName} ${name}`)),
      styled: document.styleSheets.length,
    }));
    assert.equal(found.policy, POLICY, route);
    assert.deepEqual([...found.inline, ...found.handlers], [], route);
    assert.ok(found.styled > 0, `${route} has its style sheets`);
  }
  await context.close();
  assert.deepEqual(complaints, []);
}

test("every page keeps its policy when it is opened from a folder", () =>
  visit((route) => pathToFileURL(join(site, route)).href, (url) => url.startsWith("file:") || url.startsWith("data:")));

test("every page keeps its policy under a path", () =>
  visit((route) => host.address + route, (url) => url.startsWith(host.address) || url.startsWith("data:")));

test("pages are light", () => {
  const size = (path) => statSync(path).size;
  for (const route of allPages().filter((route) => !["print.html", "search.html"].includes(route))) {
    const html = readFileSync(join(site, route), "utf8");
    const linked = (pattern) => [...html.matchAll(pattern)].map(([, href]) => join(site, dirname(route), href));
    if (route === "404.html") continue;
    const css = linked(/<link rel="stylesheet" href="([^"]+)"/g).reduce((sum, path) => sum + size(path), 0);
    const scripts = linked(/<script src="([^"]+)"/g).reduce((sum, path) => sum + size(path), 0);
    const page = size(join(site, route));
    assert.ok(scripts <= 12_000, `${route}: ${scripts} bytes of scripts`);
    assert.ok(page + css + scripts <= 100_000, `${route}: ${page + css + scripts} bytes in all`);
    assert.ok(css <= 32_500, `${route}: ${css} bytes of style sheets`);
    if (route.startsWith("articles/") && !route.includes("/index")) assert.ok(page <= 60_000, `${route}: ${page} bytes of HTML`);
  }
});
