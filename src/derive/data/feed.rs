//! For feed readers: `feed.xml`, all that is new, and `corrections.xml` (Atom, RFC 4287).
//!
//! An entry is known by the first id its record had, so that a record with a new name is no news.

use std::cmp::Reverse;
use std::fmt::Write as _;
use std::io::{self, Write};

use super::Context;
use super::xml::escaped;
use crate::base::date::{Day, Edtf};
use crate::base::id::Id;
use crate::derive::around::Writer;
use crate::derive::routes::route;
use crate::derive::source_card::web_address;
use crate::model::annotation::Annotation;
use crate::model::article::Article;
use crate::resolve::{Dossier, Node};

/// A feed has this many of the newest entries: enough for a reader who was away, and it does not grow with the dossier.
const ENTRIES: usize = 100;

/// What is new.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum News {
    /// The change after this many earlier verdicts of a check.
    Correction(Id<Annotation>, usize),
    /// A fact check.
    Check(Id<Annotation>),
    /// An article.
    Article(Id<Article>),
}

/// Writes `feed.xml`: new checks, articles and corrections.
pub(super) fn write(context: &Context<'_>, out: &mut dyn Write) -> io::Result<()> {
    let dossier = context.dossier;
    let articles = dossier.articles.iter().filter(|(_, article)| !article.meta.draft);
    let articles =
        articles.filter_map(|(id, article)| Some((day(article.keys.published.as_ref())?, News::Article(id))));
    let checks = dossier.checks.iter().filter(|id| !dossier.is_draft(Node::Check(**id)));
    let checks = checks.filter_map(|id| Some((day(dossier.check(*id)?.checked.as_ref())?, News::Check(*id))));
    let news = articles.chain(checks).chain(corrections(dossier)).collect();
    feed(context, "feed.xml", "feed.title", news, out)
}

/// Writes `corrections.xml`: changes of verdict alone.
pub(super) fn write_corrections(context: &Context<'_>, out: &mut dyn Write) -> io::Result<()> {
    feed(context, "corrections.xml", "feed.corrections", corrections(context.dossier).collect(), out)
}

/// Each earlier verdict was replaced by the next one, on the next one's date. A verdict that was given again is no change.
fn corrections(dossier: &Dossier) -> impl Iterator<Item = (Day, News)> {
    let checks = dossier.checks.iter().filter(|id| !dossier.is_draft(Node::Check(**id)));
    checks.flat_map(move |id| {
        let changes = 0..dossier.check(*id).map_or(0, |check| check.history.len());
        changes.filter_map(move |number| {
            let (before, after, date) = change(dossier, *id, number)?;
            (before != after).then_some((day(date)?, News::Correction(*id, number)))
        })
    })
}

/// The verdict before a change, the one after it, and when that was.
fn change(dossier: &Dossier, id: Id<Annotation>, number: usize) -> Option<(&str, &str, Option<&Edtf>)> {
    let check = dossier.check(id)?;
    let before = check.history.get(number)?;
    Some(match check.history.get(number + 1) {
        Some(next) => (&before.verdict, &next.verdict, Some(&next.date)),
        None => (&before.verdict, &check.verdict, check.checked.as_ref()),
    })
}

/// The day that an entry is dated: the first that is possible. Atom has years of four digits.
fn day(date: Option<&Edtf>) -> Option<Day> {
    date.and_then(|date| date.earliest().or(date.latest())).filter(|day| (0..=9999).contains(&day.year()))
}

/// Writes the newest of these entries.
fn feed(
    context: &Context<'_>,
    file: &str,
    title: &str,
    mut news: Vec<(Day, News)>,
    out: &mut dyn Write,
) -> io::Result<()> {
    news.sort_unstable_by_key(|(day, what)| (Reverse(*day), *what));
    news.truncate(ENTRIES);
    let settings = &context.dossier.settings;
    let base = escaped(&settings.base_url);
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(xml, "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">", escaped(&settings.language));
    let title = escaped(&context.locale.phrase(title, &[("title", &settings.title)]));
    let _ = writeln!(xml, "<id>{base}{file}</id>\n<title>{title}</title>");
    if !settings.description.is_empty() {
        let _ = writeln!(xml, "<subtitle>{}</subtitle>", escaped(&settings.description));
    }
    let _ = writeln!(xml, "<link rel=\"alternate\" type=\"text/html\" href=\"{base}\"/>");
    let _ = writeln!(xml, "<link rel=\"self\" type=\"application/atom+xml\" href=\"{base}{file}\"/>");
    // A feed must say when it changed; one without entries has not.
    let updated = context.inputs.options.built.or(news.first().map(|(day, _)| *day));
    let updated = updated.map_or_else(|| "1970-01-01".to_owned(), |day| day.to_string());
    let _ = writeln!(xml, "<updated>{updated}T00:00:00Z</updated>\n{}", author(context));
    for (day, what) in news {
        entry(context, file, day, what, &mut xml);
    }
    xml.push_str("</feed>\n");
    out.write_all(xml.as_bytes())
}

/// Who answers for the dossier.
fn author(context: &Context<'_>) -> String {
    let settings = &context.dossier.settings;
    let name = if settings.publisher.name.is_empty() { &settings.title } else { &settings.publisher.name };
    let uri = web_address(Some(&settings.publisher.url));
    let uri = if uri.is_empty() { uri } else { format!("<uri>{}</uri>", escaped(&uri)) };
    format!("<author><name>{}</name>{uri}</author>", escaped(name))
}

fn entry(context: &Context<'_>, file: &str, day: Day, what: News, xml: &mut String) {
    let dossier = context.dossier;
    let base = escaped(&dossier.settings.base_url);
    let (node, term) = match what {
        News::Article(id) => (Node::Article(id), "article"),
        News::Check(id) => (Node::Check(id), "check"),
        News::Correction(id, _) => (Node::Check(id), "correction"),
    };
    let anchor =
        if let News::Correction(_, number) = what { format!("#correction-{}", number + 1) } else { String::new() };
    let words = words(context, file, what);
    let _ = writeln!(
        xml,
        "<entry>\n<id>{base}{}{anchor}</id>\n<title>{}</title>",
        first_route(dossier, node),
        escaped(&words.title)
    );
    let _ = writeln!(xml, "<link rel=\"alternate\" type=\"text/html\" href=\"{base}{}\"/>", route(dossier, node));
    let _ = writeln!(xml, "<updated>{day}T00:00:00Z</updated>\n<category term=\"{term}\"/>");
    if !words.html.is_empty() {
        let _ = writeln!(xml, "<content type=\"html\">{}</content>", escaped(&words.html));
    }
    let _ = writeln!(xml, "<summary>{}</summary>\n</entry>", escaped(&words.summary));
}

/// What an entry says.
struct Words {
    title: String,
    summary: String,
    html: String,
}

fn words(context: &Context<'_>, file: &str, what: News) -> Words {
    let (dossier, locale) = (context.dossier, context.locale);
    match what {
        News::Article(id) => {
            let keys = &dossier.articles[id].keys;
            let writer = Writer::new(*context, Node::Article(id), file).absolute();
            Words {
                title: locale.phrase("feed.article", &[("title", &keys.title)]),
                summary: writer.plain(&keys.summary.0),
                html: writer.blocks(&keys.summary.0),
            }
        }
        News::Check(id) => {
            let (verdict, rationale) = dossier.check(id).map_or(("", ""), |check| (&check.verdict, &check.rationale.0));
            let writer = Writer::new(*context, Node::Check(id), file).absolute();
            Words {
                title: locale.phrase(
                    "feed.check",
                    &[("verdict", &context.verdict_label(verdict)), ("claim", dossier.claim(id))],
                ),
                summary: writer.plain(rationale),
                html: writer.blocks(rationale),
            }
        }
        News::Correction(id, number) => {
            let (before, after, _) = change(dossier, id, number).unwrap_or_default();
            let note = dossier.check(id).and_then(|check| check.history.get(number)).map_or("", |past| &past.note.0);
            let writer = Writer::new(*context, Node::Check(id), file).absolute();
            let (before, after) = (context.verdict_label(before), context.verdict_label(after));
            Words {
                title: locale
                    .phrase("feed.correction", &[("from", &before), ("to", &after), ("claim", dossier.claim(id))]),
                summary: writer.plain(note),
                html: writer.blocks(note),
            }
        }
    }
}

/// The route that a node's page had first: its ids of old are written in their order.
fn first_route(dossier: &Dossier, node: Node) -> String {
    let now = route(dossier, node);
    let first = dossier.record(node).and_then(|record| record.meta().former_ids.first());
    match (first, now.rsplit_once('/')) {
        (Some(first), Some((folder, _))) => format!("{folder}/{first}.html"),
        _ => now,
    }
}
