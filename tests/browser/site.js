// What the browser tests share: the built sample, one page of each kind, a browser without a network.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const root = fileURLToPath(new URL("../..", import.meta.url));
/** The folder that tests/all.sh has built the sample into. */
export const site = process.env.DOSSIER_SITE ?? join(root, "target", "browser-site");

/** Every page of the site, as routes. */
export function allPages(folder = site, prefix = "") {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return allPages(join(folder, entry.name), `${prefix}${entry.name}/`);
    return entry.name.endsWith(".html") ? [`${prefix}${entry.name}`] : [];
  });
}

/** One page of each kind: the fullest of each folder, of the figures one each of numbers, dates and accounts, and every page at the top. */
export function pageKinds() {
  const pages = allPages();
  const html = (page) => readFileSync(join(site, page), "utf8");
  const folders = [...new Set(pages.filter((page) => page.includes("/")).map((page) => page.split("/")[0]))];
  const fullest = folders.flatMap((folder) => {
    const inside = pages.filter((page) => page.startsWith(`${folder}/`) && !page.includes("/index"));
    const sorted = inside.sort((a, b) => html(b).length - html(a).length);
    const kind = (page) => html(page).match(/class="eyebrow"><a[^>]*>([^<]*)/)?.[1];
    return folder === "figures" ? sorted.filter((page, place) => sorted.findIndex((other) => kind(other) === kind(page)) === place) : sorted.slice(0, 1);
  });
  return [...pages.filter((page) => !page.includes("/") || page.endsWith("/index.html")), ...fullest];
}

const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".json": "application/json" };

/** Serves the site under a path, as a static host does. */
export async function serve(path = "/a/b/") {
  const server = createServer((request, response) => {
    const asked = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const file = asked.startsWith(path) ? join(site, normalize(asked.slice(path.length) || "index.html")) : "";
    if (!file.startsWith(site) || !existsSync(file)) {
      response.writeHead(404, { "content-type": types[".html"] });
      response.end(readFileSync(join(site, "404.html")));
      return;
    }
    response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream" });
    response.end(readFileSync(file));
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { address: `http://127.0.0.1:${server.address().port}${path}`, close: () => new Promise((done) => server.close(done)) };
}

/** A browser that talks to nobody but us. */
export function launch(more = []) {
  const executablePath = process.env.CHROMIUM ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
  const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", ...more];
  return chromium.launch({ executablePath, args });
}

/** The icon of a page comes last, and is given up when the next page is asked for before it is there. */
export function givenUp(request) {
  return request.failure()?.errorText === "net::ERR_ABORTED" && /\/icon\.(\w+\.)?svg$/.test(request.url());
}
