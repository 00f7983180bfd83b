//! For search engines: `sitemap.xml` (sitemaps.org, version 0.9) and `robots.txt`.

use std::io::{self, Write};

use super::Context;
use super::xml::escaped;
use crate::base::date::Day;
use crate::derive::newest;
use crate::derive::routes::{ListOf, PageKey, Routes, sitemap_part};
use crate::resolve::Node;

/// A sitemap may have this many addresses; above it, it is an index of parts.
const MOST: usize = 50_000;

const OPENING: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const SCHEMA: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// How many parts the sitemap of these pages has; none where it is one file.
pub fn parts(routes: &Routes) -> usize {
    let addresses = shown(routes).count();
    if addresses > MOST { addresses.div_ceil(MOST) } else { 0 }
}

/// Writes `sitemap.xml`: all addresses, or where the parts with them are.
pub(super) fn write(context: &Context<'_>, out: &mut dyn Write) -> io::Result<()> {
    match parts(context.routes) {
        0 => urlset(context, shown(context.routes), out),
        parts => index(context, parts, out),
    }
}

/// Writes a part, from 1.
pub(super) fn write_part(context: &Context<'_>, part: usize, out: &mut dyn Write) -> io::Result<()> {
    urlset(context, shown(context.routes).skip((part - 1) * MOST).take(MOST), out)
}

/// Everything may be read; nothing of a site with drafts, which is for the editors.
pub(super) fn robots(context: &Context<'_>, out: &mut dyn Write) -> io::Result<()> {
    if context.inputs.options.drafts {
        return out.write_all(b"User-agent: *\nDisallow: /\n");
    }
    let base = &context.dossier.settings.base_url;
    write!(out, "User-agent: *\nAllow: /\n\nSitemap: {base}sitemap.xml\n")
}

/// Every page that readers look for.
fn shown(routes: &Routes) -> impl Iterator<Item = (&str, &PageKey)> {
    use PageKey::{Cards, Copy, File, Host, NotFound, Preview, Redirect, Search};
    let pages = routes.pages.iter().filter(|(_, key)| {
        !matches!(key, NotFound | Search | Redirect(_) | Copy(_) | File(_) | Host(_) | Preview(_) | Cards(_))
    });
    pages.map(|(route, key)| (route.as_str(), key))
}

fn urlset<'a>(
    context: &Context<'_>,
    pages: impl Iterator<Item = (&'a str, &'a PageKey)>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let base = escaped(&context.dossier.settings.base_url);
    let whole = newest::of_site(context);
    writeln!(out, "{OPENING}<urlset xmlns=\"{SCHEMA}\">")?;
    for (route, key) in pages.filter(|(_, key)| !is_draft(context, key)) {
        let route = if route == "index.html" { "" } else { route };
        out.write_all(b"<url><loc>")?;
        out.write_all(base.as_bytes())?;
        out.write_all(escaped(route).as_bytes())?;
        out.write_all(b"</loc>")?;
        if let Some(day) = changed(context, key, whole) {
            write!(out, "<lastmod>{day}</lastmod>")?;
        }
        out.write_all(b"</url>\n")?;
    }
    out.write_all(b"</urlset>\n")
}

fn is_draft(context: &Context<'_>, key: &PageKey) -> bool {
    let node = match key {
        PageKey::Article(id, _) => Node::Article(*id),
        PageKey::Entity(id, _) => Node::Entity(*id),
        PageKey::Event(id, _) => Node::Event(*id),
        PageKey::Check(id, _) => Node::Check(*id),
        PageKey::Figure(id, _) => Node::Figure(*id),
        PageKey::Source(id, _) => Node::Source(*id),
        PageKey::Page(id) => Node::Page(*id),
        _ => return false,
    };
    context.dossier.is_draft(node)
}

fn index(context: &Context<'_>, parts: usize, out: &mut dyn Write) -> io::Result<()> {
    let base = escaped(&context.dossier.settings.base_url);
    writeln!(out, "{OPENING}<sitemapindex xmlns=\"{SCHEMA}\">")?;
    for part in 1..=parts {
        writeln!(out, "<sitemap><loc>{base}{}</loc></sitemap>", sitemap_part(part))?;
    }
    out.write_all(b"</sitemapindex>\n")
}

/// When a page changed, for those of which the records say it: checks, and pages that show them.
fn changed(context: &Context<'_>, key: &PageKey, whole: Option<Day>) -> Option<Day> {
    let dossier = context.dossier;
    match key {
        PageKey::Check(id, _) => newest::of_check(dossier.check(*id)?),
        PageKey::Article(id, _) => newest::of_article(dossier, *id),
        PageKey::Corrections(_) => newest::corrected(dossier),
        PageKey::Home | PageKey::Matrix(_) | PageKey::List(ListOf::Checks, _) => whole,
        _ => None,
    }
}
