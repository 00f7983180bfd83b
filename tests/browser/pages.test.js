// Every kind of page in a real browser, without JavaScript: from a folder and under a sub-path, narrow and wide, light and dark.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { givenUp, launch, pageKinds, serve, site } from "./site.js";

let browser;
let host;
/** At the path of `base_url` in site.toml, where 404.html finds its style sheet. */
let home;
before(async () => {
  browser = await launch();
  host = await serve("/a/b/");
  home = await serve("/mali/");
});
after(async () => {
  await browser?.close();
  await host?.close();
  await home?.close();
});

/** Opens a page and notes what a reader would never see: failed requests, requests to elsewhere, messages of the console. */
async function open(address, options = {}) {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("requestfailed", (request) => givenUp(request) || complaints.push(`failed: ${request.url()}`));
  page.on("request", (request) => {
    if (!request.url().startsWith("file:") && !request.url().startsWith(host.address) && !request.url().startsWith("data:")) complaints.push(`away: ${request.url()}`);
  });
  page.on("response", (response) => response.status() >= 400 && complaints.push(`${response.status()}: ${response.url()}`));
  await page.goto(address);
  return { page, context, complaints };
}

for (const kind of pageKinds()) {
  test(`${kind} opens from a folder and under a sub-path`, async () => {
    for (const address of [pathToFileURL(join(site, kind)).href, host.address + kind]) {
      // 404.html has the addresses of its own host.
      if (kind === "404.html") continue;
      const { context, complaints } = await open(address);
      assert.deepEqual(complaints, [], address);
      await context.close();
    }
  });

  test(`${kind} does not scroll sideways at 320 pixels`, async () => {
    const { page, context } = await open(home.address + kind, { viewport: { width: 320, height: 640 }, javaScriptEnabled: true });
    const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    assert.ok(content <= window, `${content} > ${window}`);
    await context.close();
  });

  test(`${kind} does not scroll sideways at 320 pixels with text at twice its size`, async () => {
    const { page, context } = await open(home.address + kind, { viewport: { width: 320, height: 640 }, javaScriptEnabled: true, bypassCSP: true });
    await page.addStyleTag({ content: "html { font-size: 36px !important }" });
    const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    assert.ok(content <= window, `${content} > ${window}`);
    await context.close();
  });

  // Faces that readers have where the first ones named are not there: each has its own height of a line.
  test(`${kind} has room for a finger in three faces`, async () => {
    for (const width of [390, 1600]) {
      const { page, context } = await open(home.address + kind, { viewport: { width, height: 900 }, javaScriptEnabled: true, bypassCSP: true });
      for (const face of ["Noto Sans", "Roboto", "Liberation Sans"]) {
        await page.addStyleTag({ content: `:root { --text: "${face}"; --plain: "${face}" }` });
        const { violations } = await new AxeBuilder({ page }).withRules(["target-size"]).analyze();
        const found = violations.flatMap((v) => v.nodes.slice(0, 3).map((node) => node.target.join(" ")));
        assert.deepEqual(found, [], `${face}, ${width} px`);
      }
      await context.close();
    }
  });

  for (const colorScheme of ["light", "dark"]) {
    test(`${kind} has no violation of WCAG 2.2 AA, ${colorScheme}`, async () => {
      for (const width of [390, 1600]) {
        const { page, context } = await open(home.address + kind, { viewport: { width, height: 900 }, colorScheme, javaScriptEnabled: true });
        const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
        const found = violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((node) => node.target.join(" ")).join("; ")}`);
        assert.deepEqual(found, [], `${width} px`);
        await context.close();
      }
    });
  }
}
