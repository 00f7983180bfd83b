//! Texts: a source, an article that gives a source's words, an article that retells them.

use super::unknown::is_name;
use super::vocabulary::{Agent, Many, Work};
use super::{Context, Head, address};
use crate::base::id::Id;
use crate::derive::source_card::web_address;
use crate::derive::timeline::datetime;
use crate::model::article::Article;
use crate::model::source::{Source, SourceKind, SourceRecord};
use crate::resolve::Node;

/// A source where it is cited: enough to find it.
pub(super) fn source(context: &Context<'_>, id: Id<SourceRecord>) -> Work {
    let keys = &context.dossier.sources[id].keys;
    // A title in brackets is the editors' description of a text without one.
    let described = keys.title.strip_prefix('[').map(|rest| rest.strip_suffix(']').unwrap_or(rest).to_owned());
    Work {
        kind: kind(keys),
        name: if described.is_some() { String::new() } else { keys.title.clone() },
        description: described.unwrap_or_default(),
        url: web_address(keys.url.as_deref()),
        archived_at: web_address(keys.archived.as_deref()),
        author: authors(keys),
        publisher: publisher(keys),
        date_published: datetime(keys.published.as_ref()),
        in_language: context.language(Node::Source(id)).to_owned(),
        ..Work::default()
    }
}

/// A source on its own page, with what it rests on.
pub(super) fn source_page(context: &Context<'_>, id: Id<SourceRecord>, head: &Head) -> Work {
    let origin = context.dossier.next_origin(id).filter(|origin| *origin != Node::Source(id));
    let origin = origin.and_then(|origin| if let Node::Source(id) = origin { Some(source(context, id)) } else { None });
    Work { main_entity_of_page: head.canonical.clone(), is_based_on: origin.map(Box::new), ..source(context, id) }
}

/// An article. What gives its source's words is that work, by its author, on our page; a digest is ours, after the source.
pub(super) fn article(context: &Context<'_>, id: Id<Article>, head: &Head) -> Work {
    let article = &context.dossier.articles[id];
    let cited = context.dossier.source_of(id).map(|id| source(context, id));
    let own = Work {
        kind: "Article",
        headline: article.keys.title.clone(),
        description: head.description.clone(),
        main_entity_of_page: head.canonical.clone(),
        in_language: context.language(Node::Article(id)).to_owned(),
        keywords: article.keys.tags.clone(),
        ..Work::default()
    };
    let published = datetime(article.keys.published.as_ref());
    match cited {
        Some(cited) if article.keys.digest => {
            let cited = Work { date_published: first_of(cited.date_published, published), ..cited };
            let author = Many(vec![desk(context)]);
            Work {
                author,
                publisher: Some(desk(context)),
                url: address(context, Node::Article(id)),
                is_based_on: Some(Box::new(cited)),
                ..own
            }
        }
        None if article.keys.digest => {
            Work { author: Many(vec![desk(context)]), publisher: Some(desk(context)), ..own }
        }
        Some(cited) => Work {
            kind: cited.kind,
            author: cited.author,
            publisher: cited.publisher,
            date_published: first_of(published, cited.date_published),
            url: first_of(cited.url, address(context, Node::Article(id))),
            archived_at: cited.archived_at,
            ..own
        },
        None => Work { date_published: published, ..own },
    }
}

/// Who answers for the dossier; the dossier itself where nobody is named.
pub(super) fn desk(context: &Context<'_>) -> Agent {
    let settings = &context.dossier.settings;
    let named = !settings.publisher.name.is_empty();
    let name = if named { &settings.publisher.name } else { &settings.title };
    let url = web_address(Some(&settings.publisher.url));
    let url = if url.starts_with("http") { url } else { settings.base_url.clone() };
    Agent { kind: "Organization", name: name.clone(), url, same_as: Vec::new() }
}

/// Those who wrote it. A publication that is named as its own author is no person.
fn authors(keys: &Source) -> Many<Agent> {
    let publisher = keys.publisher.as_deref().unwrap_or_default();
    let persons = keys.author.iter().filter(|name| is_name(name) && name.as_str() != publisher);
    Many(persons.map(|name| agent("Person", name)).collect())
}

fn publisher(keys: &Source) -> Option<Agent> {
    keys.publisher.as_deref().filter(|name| is_name(name)).map(|name| agent("Organization", name))
}

/// Who says what a source says: its authors, or else its publisher.
pub(super) fn voice(keys: &Source) -> Many<Agent> {
    let authors = authors(keys);
    if authors.0.is_empty() { Many(publisher(keys).into_iter().collect()) } else { authors }
}

/// Somebody of whom a name is known.
pub(super) fn agent(kind: &'static str, name: &str) -> Agent {
    Agent { kind, name: name.to_owned(), ..Agent::default() }
}

fn kind(keys: &Source) -> &'static str {
    match keys.kind {
        Some(SourceKind::News | SourceKind::Agency) => "NewsArticle",
        Some(SourceKind::Opinion) => "OpinionNewsArticle",
        Some(SourceKind::Analysis | SourceKind::Ngo) => "Report",
        Some(SourceKind::Academic) => "ScholarlyArticle",
        Some(SourceKind::Social) => "SocialMediaPosting",
        Some(SourceKind::Official | SourceKind::Document) | None => "CreativeWork",
    }
}

fn first_of(first: String, second: String) -> String {
    if first.is_empty() { second } else { first }
}
