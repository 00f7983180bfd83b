//! An article's page: its text in rows, and beside each row what the desk says of it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Context;
use super::around::Writer;
use super::head::Head;
use super::label::Label;
use super::mentioned::Mentioned;
use super::mentions;
use super::note::{Note, capitalised, has_note};
use super::parts::{PartLinks, Window};
use super::passage::{FootnotePassage, Passage, passages};
use super::routes::{self, ListOf};
use super::rows;
use super::source_card::SourceCard;
use super::view::{NodeLink, Tongue};
use crate::base::id::Id;
use crate::link::Links;
use crate::model::annotation::{Annotation, AnnotationKind};
use crate::model::article::Article;
use crate::resolve::Node;
use crate::syntax::markdown::marks::{Highlight, Overlay};

/// The page of an article.
#[derive(Clone, Debug, Serialize)]
pub struct ArticleView {
    /// Around the content.
    pub head: Head,
    /// Its headline.
    pub title: String,
    /// Its language.
    pub tongue: Tongue,
    /// That language in words; empty for the page's own.
    pub language: String,
    /// One or two sentences on it.
    pub summary_html: String,
    /// Whether the text is the editors' own account of the source.
    pub digest: bool,
    /// Where it comes from.
    pub source: Option<SourceCard>,
    /// When it was published, in words.
    pub published: String,
    /// Free labels.
    pub tags: Vec<String>,
    /// Its verdicts and how often each was given, best first.
    pub verdicts: Vec<Counted>,
    /// The kinds of its notes and how many there are of each.
    pub legend: Vec<LegendEntry>,
    /// The text, block by block, each with the notes on passages that end in it.
    pub passages: Vec<Passage>,
    /// Its footnotes, with theirs.
    pub footnotes: Vec<FootnotePassage>,
    /// Entities and events that it mentions, in the order of first mention.
    pub mentions: Vec<NodeLink>,
    /// Passages of other articles that refer to this one.
    pub referred_by: Vec<ReferredBy>,
    /// Where texts link to it.
    pub mentioned: Mentioned,
    /// Its place among the articles, in words: `Article 2 sur 5`.
    pub place: String,
    /// The article before it, in the order of their list.
    pub previous: Option<NodeLink>,
    /// The article after it.
    pub next: Option<NodeLink>,
    /// Whether it is a draft.
    pub draft: bool,
    /// Whether this is a further part: of references alone.
    pub further: bool,
    /// This part among the others; nothing when there is one.
    pub parts: Option<PartLinks>,
}

/// A verdict and how often it was given.
#[derive(Clone, Debug, Serialize)]
pub struct Counted {
    /// The verdict.
    pub label: Label,
    /// How often.
    pub count: usize,
}

/// A kind of note in the legend.
#[derive(Clone, Debug, Serialize)]
pub struct LegendEntry {
    /// Its class.
    pub kind: &'static str,
    /// What notes of the kind are called.
    pub word: String,
    /// How many there are.
    pub count: usize,
}

/// A passage of another article that refers to a page.
#[derive(Clone, Debug, Serialize)]
pub struct ReferredBy {
    /// The passage.
    pub passage: NodeLink,
    /// Its words.
    pub quote: String,
    /// Their language.
    pub tongue: Tongue,
    /// What it does to the page, in a word; seen from the page: `est repris par`.
    pub relation: String,
}

impl ArticleView {
    /// A part of the page, at `route`.
    pub fn new(context: &Context<'_>, route: &str, id: Id<Article>, part: usize) -> Self {
        let (article, node) = (&context.dossier.articles[id], Node::Article(id));
        let writer = Writer::new(*context, node, route);
        let tongue = Tongue::new(context, context.language(node));
        let noted = noted(context, id);
        let notes: Vec<Note> =
            noted.iter().enumerate().map(|(index, id)| Note::new(context, route, *id, index + 1)).collect();
        let highlights: Vec<Highlight> =
            noted.iter().zip(&notes).map(|(id, note)| highlight(context, *id, note)).collect();
        let links = mentions::links(context, node, route);
        let places = mentions::places(context, node);
        let overlay = Overlay { highlights: &highlights, mentions: &links, places: &places };
        let rendered = writer.body(&article.body, &overlay);
        let legend = legend(context, &noted, &notes);
        let (passages, footnotes) = passages(context, rendered, notes);
        let published = article.keys.published.as_ref().map(|date| context.date(date)).unwrap_or_default();
        let order = context.orders.of(ListOf::Articles);
        let place = context.orders.place(id);
        let at = |place: usize| order.get(place).map(|other| NodeLink::new(context, route, *other));
        let parts = referring_parts(context, node, route, part);
        let window = &mut Window::of(part);
        let head = Head::new(context, route, &article.keys.title, "articles");
        Self {
            head: head.describe(writer.plain(&article.keys.summary.0)).in_part(context, part, parts.as_ref()),
            title: article.keys.title.clone(),
            language: tongue.name(context),
            tongue,
            summary_html: writer.inline(&article.keys.summary.0),
            digest: article.keys.digest,
            source: source(context, route, id, &published),
            published,
            tags: article.keys.tags.clone(),
            verdicts: verdicts(
                context,
                noted.iter().filter_map(|id| context.dossier.check(*id)).map(|check| &*check.verdict),
            ),
            legend,
            passages,
            footnotes,
            mentions: mentioned(context, node, route),
            referred_by: referred_by(context, node, route, window),
            mentioned: super::mentioned::mentioned(context, route, node, window),
            place: context
                .locale
                .phrase("article.number", &[("n", &(place + 1).to_string()), ("m", &order.len().to_string())]),
            previous: place.checked_sub(1).and_then(at),
            next: at(place + 1),
            draft: article.meta.draft,
            further: part > 1,
            parts,
        }
    }
}

/// The card of its source, with the article's own date where the source has none.
fn source(context: &Context<'_>, route: &str, id: Id<Article>, published: &str) -> Option<SourceCard> {
    let mut card = SourceCard::new(context, route, context.dossier.source_of(id)?);
    if card.date.is_empty() {
        published.clone_into(&mut card.date);
    }
    Some(card)
}

/// The annotations that have a note and a place, in the order in which their passages end; of two that end together, the outer first.
pub fn noted(context: &Context<'_>, id: Id<Article>) -> Vec<Id<Annotation>> {
    let with_note = context.dossier.annotations_of(id).filter(|(_, annotation)| has_note(&annotation.kind));
    let mut placed: Vec<(usize, usize, Id<Annotation>)> = with_note
        .filter_map(|(id, _)| context.links.anchor(id).map(|anchor| (anchor.range.end, anchor.range.start, id)))
        .collect();
    placed.sort_by_key(|(end, start, id)| (*end, *start, *id));
    placed.into_iter().map(|(_, _, id)| id).collect()
}

/// The mark of an annotation's passage.
pub fn highlight(context: &Context<'_>, id: Id<Annotation>, note: &Note) -> Highlight {
    let tone = match &context.dossier.annotations[id].kind {
        AnnotationKind::FactCheck(check) => context.tone(&check.verdict),
        _ => "neutral",
    };
    Highlight {
        range: context.links.anchor(id).map(|anchor| anchor.range.clone()).unwrap_or_default(),
        id: note.id.clone(),
        kind: note.kind,
        tone,
        number: note.number,
        label: note.aloud(context),
    }
}

/// Verdicts with how often each was given, in the order of the scale.
pub fn verdicts<'a>(context: &Context<'_>, given: impl Iterator<Item = &'a str>) -> Vec<Counted> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for verdict in given {
        *counts.entry(verdict).or_default() += 1;
    }
    let scale = context.dossier.settings.verdicts.iter();
    let used = scale.filter_map(|verdict| Some((verdict, *counts.get(verdict.id.as_str())?)));
    used.map(|(verdict, count)| Counted { label: Label::verdict(context, &verdict.id), count }).collect()
}

fn legend(context: &Context<'_>, noted: &[Id<Annotation>], notes: &[Note]) -> Vec<LegendEntry> {
    let mut entries: Vec<LegendEntry> = Vec::new();
    for name in AnnotationKind::NAMES.iter().filter(|name| **name != "cross_reference").chain(&["cross_reference"]) {
        let of_kind = noted.iter().zip(notes).filter(|(id, _)| context.dossier.annotations[**id].kind.name() == *name);
        let kinds: Vec<&'static str> = of_kind.map(|(_, note)| note.kind).collect();
        if let Some(kind) = kinds.first() {
            entries.push(LegendEntry { kind, word: context.word("annotations", name), count: kinds.len() });
        }
    }
    entries
}

fn mentioned(context: &Context<'_>, node: Node, route: &str) -> Vec<NodeLink> {
    let mut seen = BTreeSet::new();
    let first = context.links.mentions(node).iter().filter(|mention| seen.insert(mention.of));
    first.map(|mention| NodeLink::new(context, route, mention.of)).collect()
}

/// How many rows the lists of those who refer to a node have, in all parts of its page.
pub fn referring_rows(links: &Links, to: Node) -> usize {
    links.cross_references(to).len() + routes::mentions(links, to)
}

/// The part among the others that the references to a node make of its page.
pub fn referring_parts(context: &Context<'_>, to: Node, route: &str, part: usize) -> Option<PartLinks> {
    let first = routes::route(context.dossier, to);
    let stem = first.strip_suffix(".html").unwrap_or(&first);
    PartLinks::new(context, route, stem, part, referring_rows(context.links, to))
}

/// The cross-references to a node from passages, as a part of its page shows them.
pub fn referred_by(context: &Context<'_>, to: Node, route: &str, window: &mut Window) -> Vec<ReferredBy> {
    let passage = |id: &Id<Annotation>| {
        let annotation = &context.dossier.annotations[*id];
        let AnnotationKind::CrossReference(reference) = &annotation.kind else { return None };
        let article = Node::Article(context.dossier.article_of(*id)?);
        let relation = reference.relation.map(|relation| context.word("relation_inverse", relation.name()));
        Some(ReferredBy {
            passage: rows::passage(context, route, *id)?,
            quote: annotation.target.quote.clone(),
            tongue: Tongue::new(context, context.language(article)),
            relation: relation.map(|word| capitalised(&word)).unwrap_or_default(),
        })
    };
    window.cut(context.links.cross_references(to)).iter().filter_map(passage).collect()
}
