//! What a page is about, for search engines and other programs: schema.org's vocabulary in JSON-LD, one graph a page.
//!
//! Said is what is known and no more: a date that is about, uncertain or one of several is left out, since schema.org has no
//! form for it; a verdict outside the scale has no number; a text that is its source's is not said to be ours.

mod catalogue;
mod claim_review;
mod thing;
mod unknown;
mod vocabulary;
mod work;

use std::io;

use serde::Serialize;
use serde_json::ser::Formatter;

use super::Context;
use super::head::Head;
use super::routes::{ListOf, PageKey, route};
use crate::resolve::Node;
pub use unknown::is_name;
use vocabulary::{BreadcrumbList, ClaimReview, Dataset, Event, ListItem, Thing, WebPage, WebSite, Work};

/// What a page is about.
#[derive(Serialize)]
#[serde(untagged)]
enum Subject {
    ClaimReview(Box<ClaimReview>),
    Work(Box<Work>),
    Thing(Box<Thing>),
    Event(Box<Event>),
    Dataset(Box<Dataset>),
    Page(Box<WebPage>),
    Site(Box<WebSite>),
    Breadcrumbs(BreadcrumbList),
}

#[derive(Serialize)]
struct Graph {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    graph: Vec<Subject>,
}

/// The graph of the page at `route`, as the content of a `script` element; empty for a page that is about nothing.
pub fn of_page(context: &Context<'_>, route: &str, key: &PageKey, head: &Head) -> String {
    let mut graph: Vec<Subject> = subject(context, key, head).into_iter().collect();
    graph.extend(breadcrumbs(context, route, key, head).map(Subject::Breadcrumbs));
    if graph.is_empty() {
        return String::new();
    }
    in_script(&Graph { context: "https://schema.org", graph })
}

fn subject(context: &Context<'_>, key: &PageKey, head: &Head) -> Option<Subject> {
    Some(match key {
        PageKey::Check(id, 1) => Subject::ClaimReview(Box::new(claim_review::of(context, *id, head)?)),
        PageKey::Article(id, 1) => Subject::Work(Box::new(work::article(context, *id, head))),
        PageKey::Source(id, 1) => Subject::Work(Box::new(work::source_page(context, *id, head))),
        PageKey::Entity(id, 1) => Subject::Thing(Box::new(thing::entity(context, *id, head))),
        PageKey::Event(id, 1) => Subject::Event(Box::new(thing::event(context, *id, head))),
        PageKey::Figure(id, 1) => Subject::Page(Box::new(catalogue::figure(context, *id, head))),
        PageKey::Page(_) => Subject::Page(Box::new(catalogue::page(context, head))),
        PageKey::Data => Subject::Dataset(Box::new(catalogue::dataset(context, head))),
        PageKey::Home => Subject::Site(Box::new(catalogue::site(context, head))),
        _ => return None,
    })
}

/// From the home page over its list to the page; none for the home page, and for pages that nobody looks for.
fn breadcrumbs(context: &Context<'_>, at: &str, key: &PageKey, head: &Head) -> Option<BreadcrumbList> {
    let list = match key {
        PageKey::Home | PageKey::NotFound | PageKey::Search | PageKey::Redirect(_) => return None,
        PageKey::List(of, part) if *part > 1 => Some(*of),
        PageKey::Article(..) => Some(ListOf::Articles),
        PageKey::Entity(..) => Some(ListOf::Entities),
        PageKey::Event(..) => Some(ListOf::Events),
        PageKey::Check(..) => Some(ListOf::Checks),
        PageKey::Figure(..) => Some(ListOf::Figures),
        PageKey::Source(..) => Some(ListOf::Sources),
        _ => None,
    };
    let settings = &context.dossier.settings;
    let list = list.map(|list| (context.word("nav", list.folder()), format!("{}/index.html", list.folder())));
    let steps = [Some((settings.title.clone(), String::new())), list, Some((head.title.clone(), at.to_owned()))];
    let item = |(index, (name, route)): (usize, (String, String))| ListItem {
        position: index + 1,
        name,
        item: format!("{}{route}", settings.base_url),
    };
    Some(BreadcrumbList { item_list_element: steps.into_iter().flatten().enumerate().map(item).collect() })
}

/// The absolute address of a node's page.
fn address(context: &Context<'_>, node: Node) -> String {
    format!("{}{}", context.dossier.settings.base_url, route(context.dossier, node))
}

/// JSON that no text of an editor can end a script element from: `<` is written `\u003c`.
fn in_script(graph: &Graph) -> String {
    struct WithoutTags;

    impl Formatter for WithoutTags {
        fn write_string_fragment<W: ?Sized + io::Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
            for (index, piece) in fragment.split('<').enumerate() {
                if index > 0 {
                    out.write_all(b"\\u003c")?;
                }
                out.write_all(piece.as_bytes())?;
            }
            Ok(())
        }
    }

    let mut bytes = Vec::with_capacity(1024);
    // A graph of ours always has a form in JSON, and a vector takes every byte.
    let _ = graph.serialize(&mut serde_json::Serializer::with_formatter(&mut bytes, WithoutTags));
    String::from_utf8(bytes).unwrap_or_default()
}
