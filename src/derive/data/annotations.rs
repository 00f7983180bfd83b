//! `annotations.jsonld`: the annotations as the W3C's Web Annotation Data Model has them.

use std::borrow::Cow;
use std::io::{self, Write};
use std::ops::Range;

use serde::Serialize;
use serde_json::json;

use super::Context;
use super::points;
use crate::base::id::Id;
use crate::derive::routes::route;
use crate::model::annotation::{Annotation, AnnotationKind};
use crate::model::value::Markdown;
use crate::resolve::Node;
use crate::resolve::names::Unresolved;

/// How much of the text around a passage goes with it, in characters.
const CONTEXT: usize = 32;

/// Writes it: one `AnnotationCollection` with its one page, an annotation a line.
pub(super) fn write(context: &Context<'_>, out: &mut dyn Write) -> io::Result<()> {
    let settings = &context.dossier.settings;
    let address = format!("{}annotations.jsonld", settings.base_url);
    let mut placed = context.links.in_order_of_place(context.dossier);
    placed.retain(|id| context.links.anchor(*id).is_some());
    out.write_all(b"{ \"@context\": \"http://www.w3.org/ns/anno.jsonld\",\n\"id\": ")?;
    super::json(out, &address)?;
    out.write_all(b",\n\"type\": \"AnnotationCollection\",\n\"label\": ")?;
    super::json(out, &settings.title)?;
    if !settings.publisher.name.is_empty() {
        out.write_all(b",\n\"creator\": ")?;
        super::json(out, &json!({ "type": "Organization", "name": settings.publisher.name }))?;
    }
    write!(out, ",\n\"total\": {},\n\"first\": {{ \"id\": ", placed.len())?;
    super::json(out, &format!("{address}#page-1"))?;
    out.write_all(b", \"type\": \"AnnotationPage\", \"partOf\": ")?;
    super::json(out, &address)?;
    out.write_all(b", \"startIndex\": 0, \"items\": ")?;
    let passages = points::passages(context);
    super::list(out, &placed, |id| annotation(context, *id, passages[id.index()].as_ref()))?;
    out.write_all(b" } }\n")
}

/// An annotation, as section 3.1 of the model has it.
#[derive(Serialize)]
struct Item<'a> {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    motivation: &'static str,
    target: Target<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    body: Vec<Body<'a>>,
}

/// The passage, in its article's page.
#[derive(Serialize)]
struct Target<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    source: String,
    selector: (Selector<'a>, Selector<'a>),
}

/// How a passage is found again: by its words, and by its place in code points.
#[derive(Serialize)]
#[serde(tag = "type")]
enum Selector<'a> {
    #[serde(rename = "TextQuoteSelector")]
    Quote { exact: &'a str, prefix: &'a str, suffix: &'a str },
    #[serde(rename = "TextPositionSelector")]
    Position { start: usize, end: usize },
}

/// What an annotation says of its passage.
#[derive(Serialize)]
#[serde(tag = "type")]
enum Body<'a> {
    #[serde(rename = "TextualBody")]
    Text { purpose: &'static str, value: Cow<'a, str>, format: &'static str, language: &'a str },
    #[serde(rename = "SpecificResource")]
    Link { purpose: &'static str, source: String },
}

fn annotation<'a>(context: &Context<'a>, id: Id<Annotation>, passage: Option<&Range<usize>>) -> Option<Item<'a>> {
    let Context { dossier, links, .. } = *context;
    let annotation = &dossier.annotations[id];
    let article = Node::Article(dossier.article_of(id)?);
    let anchor = links.anchor(id)?;
    let text = &links.bodies.get(&article)?.prose.text;
    let source = [&dossier.settings.base_url, &*route(dossier, article)].concat();
    let passage = passage?;
    let (before, after) = (&text[..anchor.range.start], &text[anchor.range.end..]);
    let prefix = before.char_indices().rev().take(CONTEXT).last().map_or("", |(start, _)| &before[start..]);
    let suffix = after.char_indices().nth(CONTEXT).map_or(after, |(end, _)| &after[..end]);
    let quote = Selector::Quote { exact: &text[anchor.range], prefix, suffix };
    let position = Selector::Position { start: passage.start, end: passage.end };
    let language = annotation.meta.language.as_deref().unwrap_or(&dossier.settings.language);
    Some(Item {
        id: [&source, "#", &*annotation.meta.id].concat(),
        kind: "Annotation",
        motivation: motivation(&annotation.kind),
        target: Target { kind: "SpecificResource", source, selector: (quote, position) },
        body: bodies(context, &annotation.kind, language),
    })
}

/// Web Annotation Vocabulary, section 3.5.
fn motivation(kind: &AnnotationKind) -> &'static str {
    match kind {
        AnnotationKind::FactCheck(_) => "assessing",
        AnnotationKind::CrossReference(_) => "linking",
        AnnotationKind::Figure(_) => "classifying",
        AnnotationKind::Mention(_) => "identifying",
        AnnotationKind::Note(_) => "commenting",
    }
}

fn bodies<'a>(context: &Context<'a>, kind: &'a AnnotationKind, language: &'a str) -> Vec<Body<'a>> {
    let dossier = context.dossier;
    let link = |node: Result<Node, Unresolved>| {
        let source = [&dossier.settings.base_url, &*route(dossier, node.ok()?)].concat();
        Some(Body::Link { purpose: "linking", source })
    };
    let comment = |text: &'a Markdown| {
        let value = Cow::Borrowed(&*text.0);
        Body::Text { purpose: "commenting", value, format: "text/markdown", language }
    };
    let verdict = |id: &str| {
        let (value, language) = (Cow::Owned(context.verdict_label(id)), &*dossier.settings.language);
        Body::Text { purpose: "classifying", value, format: "text/plain", language }
    };
    let mut bodies: Vec<Body<'a>> = match kind {
        AnnotationKind::FactCheck(check) => vec![verdict(&check.verdict), comment(&check.rationale)],
        AnnotationKind::CrossReference(reference) => {
            let to = reference.to.iter().filter_map(|to| link(dossier.follow(to)));
            to.chain([comment(&reference.note)]).collect()
        }
        AnnotationKind::Figure(claim) => {
            link(dossier.follow(&claim.figure)).into_iter().chain([comment(&claim.note)]).collect()
        }
        AnnotationKind::Mention(mention) => {
            link(dossier.follow(&mention.of)).into_iter().chain([comment(&mention.note)]).collect()
        }
        AnnotationKind::Note(note) => vec![comment(&note.note)],
    };
    bodies.retain(|body| !matches!(body, Body::Text { value, .. } if value.is_empty()));
    bodies
}
