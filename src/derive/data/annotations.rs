//! `annotations.jsonld`: the annotations as the W3C's Web Annotation Data Model has them.

use std::borrow::Cow;
use std::io::{self, Write};
use std::ops::Range;

use serde::Serialize;
use serde_json::json;

use super::Context;
use super::points;
use crate::base::date::Edtf;
use crate::base::id::Id;
use crate::derive::estimate::said;
use crate::derive::routes::route;
use crate::model::annotation::{Annotation, AnnotationKind, FactCheck, FigureClaim};
use crate::model::value::{Markdown, Stance};
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
    #[serde(skip_serializing_if = "Vec::is_empty")]
    creator: Vec<Maker<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    created: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    modified: Option<String>,
    target: Target<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    body: Vec<Body<'a>>,
}

/// Who made it.
#[derive(Serialize)]
struct Maker<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    name: &'a str,
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
        creator: creators(context, annotation),
        created: made(annotation).0,
        modified: made(annotation).1,
        target: Target { kind: "SpecificResource", source, selector: (quote, position) },
        body: bodies(context, id, &annotation.kind, language),
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

/// The desk, and the persons who made a check.
fn creators<'a>(context: &Context<'a>, annotation: &'a Annotation) -> Vec<Maker<'a>> {
    let desk = &context.dossier.settings.publisher.name;
    let persons = annotation.fact_check().map_or(&[][..], |check| &check.checked_by).iter();
    let persons = persons.filter(|name| !name.is_empty() && !desk.contains(name.as_str()));
    let desk = (!desk.is_empty()).then_some(Maker { kind: "Organization", name: desk });
    desk.into_iter().chain(persons.map(|name| Maker { kind: "Person", name })).collect()
}

/// When a check was first made, and when it was changed, where these are plain days: the model asks for a time, and midnight stands for
/// a day.
fn made(annotation: &Annotation) -> (Option<String>, Option<String>) {
    let Some(check) = annotation.fact_check() else { return (None, None) };
    let at = |date: &Edtf| date.day().filter(|day| day.year() >= 0).map(|day| format!("{day}T00:00:00Z"));
    let last = check.checked.as_ref().and_then(at);
    match check.history.first() {
        Some(first) => (at(&first.date), last),
        None => (last, None),
    }
}

/// What a passage says of a figure: in words, and its keys as JSON.
fn estimate<'a>(context: &Context<'a>, id: Id<Annotation>, claim: &FigureClaim) -> Vec<Body<'a>> {
    let (dossier, page) = (context.dossier, &*context.dossier.settings.language);
    let Ok(Node::Figure(figure)) = dossier.follow(&claim.figure) else { return Vec::new() };
    let article = dossier.article_of(id).map_or(page, |article| context.language(Node::Article(article)));
    let own = claim.estimate();
    let words = said(context, &dossier.figures[figure], &own, article).plain();
    let mut keys = serde_json::to_value(&own).unwrap_or_default();
    if let Some(keys) = keys.as_object_mut() {
        // The source is the article, and the note is a body of its own.
        keys.retain(|key, _| key != "source" && key != "note");
        if let Some(by) = own.by.as_ref().and_then(|by| dossier.follow(by).ok()) {
            keys.insert("by".to_owned(), dossier.reference(by).into());
        }
    }
    let body =
        |value: String, format, language| Body::Text { purpose: "describing", value: value.into(), format, language };
    vec![body(words, "text/plain", page), body(keys.to_string(), "application/json", page)]
}

/// Each piece of evidence: what it is and says, then the way to it.
fn evidence<'a>(context: &Context<'a>, check: &'a FactCheck) -> Vec<Body<'a>> {
    let (dossier, language) = (context.dossier, &*context.dossier.settings.language);
    let mut bodies = Vec::new();
    for evidence in &check.evidence {
        let found = match (&evidence.source, &evidence.article) {
            (Some(source), _) => dossier.follow(source).ok(),
            (None, article) => article.as_ref().and_then(|article| dossier.follow(article).ok()),
        };
        let Some(node) = found else { continue };
        let stance = context.word("evidence", evidence.stance.unwrap_or(Stance::Context).name());
        let pieces = [Some(dossier.title(node)), evidence.locator.as_deref(), Some(&*evidence.note.0)];
        let pieces: Vec<&str> = pieces.into_iter().flatten().map(str::trim).filter(|piece| !piece.is_empty()).collect();
        let value = context.locale.phrase("ui.label", &[("label", &stance), ("value", &pieces.join(" – "))]);
        bodies.push(Body::Text { purpose: "describing", value: value.into(), format: "text/markdown", language });
        let source = [&dossier.settings.base_url, &*route(dossier, node)].concat();
        bodies.push(Body::Link { purpose: "linking", source });
    }
    bodies
}

fn bodies<'a>(context: &Context<'a>, id: Id<Annotation>, kind: &'a AnnotationKind, language: &'a str) -> Vec<Body<'a>> {
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
        AnnotationKind::FactCheck(check) => {
            let claim = check.claim.as_deref().map(|claim| Body::Text {
                purpose: "describing",
                value: claim.into(),
                format: "text/plain",
                language,
            });
            let own = [verdict(&check.verdict), comment(&check.rationale)].into_iter().chain(claim);
            own.chain(evidence(context, check)).collect()
        }
        AnnotationKind::CrossReference(reference) => {
            let to = reference.to.iter().filter_map(|to| link(dossier.follow(to)));
            to.chain([comment(&reference.note)]).collect()
        }
        AnnotationKind::Figure(claim) => {
            let figure = link(dossier.follow(&claim.figure)).into_iter();
            figure.chain(estimate(context, id, claim)).chain([comment(&claim.note)]).collect()
        }
        AnnotationKind::Mention(mention) => {
            link(dossier.follow(&mention.of)).into_iter().chain([comment(&mention.note)]).collect()
        }
        AnnotationKind::Note(note) => vec![comment(&note.note)],
    };
    bodies.retain(|body| !matches!(body, Body::Text { value, .. } if value.is_empty()));
    bodies
}
