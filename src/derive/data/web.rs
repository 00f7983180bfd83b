//! For search engines and feed readers: `sitemap.xml`, `robots.txt`, `feed.xml` (Atom, RFC 4287).

use std::fmt::Write as _;
use std::io::{self, Write};

use super::Context;
use crate::base::date::{Day, Edtf};
use crate::derive::routes::{PageKey, route};
use crate::resolve::Node;
use crate::syntax::markdown::html;

/// The feed has this many of the newest entries.
const ENTRIES: usize = 50;

fn escaped(text: &str) -> String {
    // XML has no place for most control characters, not even as references.
    let clean: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    html::escaped(&clean)
}

/// Every page that readers look for.
pub(super) fn sitemap(context: &Context<'_>, out: &mut dyn Write) -> io::Result<()> {
    let base = &context.dossier.settings.base_url;
    out.write_all(
        b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    )?;
    for (route, key) in &context.routes.pages {
        let hidden = matches!(
            key,
            PageKey::NotFound
                | PageKey::Search
                | PageKey::Redirect(_)
                | PageKey::Copy(_)
                | PageKey::File(_)
                | PageKey::Host(_)
                | PageKey::Cards(_)
        );
        if !hidden {
            let address = if route == "index.html" { base.clone() } else { format!("{base}{route}") };
            writeln!(out, "<url><loc>{}</loc></url>", escaped(&address))?;
        }
    }
    out.write_all(b"</urlset>\n")
}

/// Everything may be read.
pub(super) fn robots(context: &Context<'_>, out: &mut dyn Write) -> io::Result<()> {
    let base = &context.dossier.settings.base_url;
    write!(out, "User-agent: *\nAllow: /\n\nSitemap: {base}sitemap.xml\n")
}

struct Entry {
    day: Day,
    /// The record, and what of it is new.
    id: String,
    href: String,
    title: String,
    summary: String,
}

/// New checks, articles and corrections, newest first.
pub(super) fn feed(context: &Context<'_>, out: &mut dyn Write) -> io::Result<()> {
    let settings = &context.dossier.settings;
    let mut entries = entries(context);
    entries.sort_by(|a, b| (b.day, &a.id).cmp(&(a.day, &b.id)));
    entries.truncate(ENTRIES);
    let base = escaped(&settings.base_url);
    let mut feed = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(feed, "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">", escaped(&settings.language));
    let _ = writeln!(feed, "<id>{base}</id>\n<title>{}</title>", escaped(&settings.title));
    let _ = writeln!(feed, "<link rel=\"alternate\" type=\"text/html\" href=\"{base}\"/>");
    let _ = writeln!(feed, "<link rel=\"self\" type=\"application/atom+xml\" href=\"{base}feed.xml\"/>");
    // A feed must say when it changed; one without entries has not.
    let updated = entries.first().map_or_else(|| "1970-01-01".to_owned(), |entry| entry.day.to_string());
    let author = if settings.publisher.name.is_empty() { &settings.title } else { &settings.publisher.name };
    let _ = writeln!(feed, "<updated>{updated}T00:00:00Z</updated>\n<author><name>{}</name></author>", escaped(author));
    for Entry { day, id, href, title, summary } in &entries {
        let _ = writeln!(feed, "<entry>\n<id>{base}{}</id>\n<title>{}</title>", escaped(id), escaped(title));
        let _ = writeln!(feed, "<link rel=\"alternate\" type=\"text/html\" href=\"{base}{}\"/>", escaped(href));
        let _ = writeln!(feed, "<updated>{day}T00:00:00Z</updated>\n<summary>{}</summary>\n</entry>", escaped(summary));
    }
    feed.push_str("</feed>\n");
    out.write_all(feed.as_bytes())
}

fn entries(context: &Context<'_>) -> Vec<Entry> {
    let dossier = context.dossier;
    let day = |date: Option<&Edtf>| date.and_then(|date| date.earliest().or(date.latest()));
    let mut entries = Vec::new();
    for (id, article) in dossier.articles.iter() {
        let href = route(dossier, Node::Article(id));
        if let Some(day) = day(article.keys.published.as_ref()) {
            let (title, summary) = (article.keys.title.clone(), article.keys.summary.0.clone());
            entries.push(Entry { day, id: href.clone(), href, title, summary });
        }
    }
    for id in &dossier.checks {
        let Some(check) = dossier.check(*id) else { continue };
        let href = route(dossier, Node::Check(*id));
        let title = |verdict: &str| {
            context
                .locale
                .phrase("feed.check", &[("verdict", &context.verdict_label(verdict)), ("claim", dossier.claim(*id))])
        };
        if let Some(day) = day(check.checked.as_ref()) {
            entries.push(Entry {
                day,
                id: href.clone(),
                href: href.clone(),
                title: title(&check.verdict),
                summary: check.rationale.0.clone(),
            });
        }
        // Each earlier verdict was replaced by the next one, on the next one's date.
        let later = check.history.iter().skip(1).map(|past| (Some(&past.date), past.verdict.as_str()));
        let later = later.chain([(check.checked.as_ref(), check.verdict.as_str())]);
        for (number, (past, (date, verdict))) in check.history.iter().zip(later).enumerate() {
            let Some(day) = day(date) else { continue };
            let words = [
                ("from", context.verdict_label(&past.verdict)),
                ("to", context.verdict_label(verdict)),
                ("claim", dossier.claim(*id).to_owned()),
            ];
            let words: Vec<(&str, &str)> = words.iter().map(|(key, word)| (*key, word.as_str())).collect();
            let title = context.locale.phrase("feed.correction", &words);
            entries.push(Entry {
                day,
                id: format!("{href}#correction-{}", number + 1),
                href: href.clone(),
                title,
                summary: past.note.0.clone(),
            });
        }
    }
    entries
}
