//! `annotations.jsonld`: the annotations as the W3C's Web Annotation Data Model has them.

use std::io::{self, Write};
use std::ops::Range;

use serde_json::{Value, json};

use super::Context;
use super::points;
use crate::base::id::Id;
use crate::derive::routes::route;
use crate::model::annotation::{Annotation, AnnotationKind};
use crate::resolve::Node;

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

fn annotation(context: &Context<'_>, id: Id<Annotation>, passage: Option<&Range<usize>>) -> Option<Value> {
    let dossier = context.dossier;
    let annotation = &dossier.annotations[id];
    let article = Node::Article(dossier.article_of(id)?);
    let anchor = context.links.anchor(id)?;
    let text = &context.links.bodies.get(&article)?.prose.text;
    let page = format!("{}{}", dossier.settings.base_url, route(dossier, article));
    let passage = passage?;
    let before: Vec<char> = text[..anchor.range.start].chars().rev().take(CONTEXT).collect();
    let before: String = before.into_iter().rev().collect();
    let after: String = text[anchor.range.end..].chars().take(CONTEXT).collect();
    let mut all = json!({
        "id": format!("{page}#{}", annotation.meta.id),
        "type": "Annotation",
        "motivation": motivation(&annotation.kind),
        "target": {
            "type": "SpecificResource",
            "source": page,
            "selector": [
                { "type": "TextQuoteSelector", "exact": &text[anchor.range.clone()], "prefix": before, "suffix": after },
                { "type": "TextPositionSelector", "start": passage.start, "end": passage.end },
            ],
        },
    });
    let language = annotation.meta.language.as_deref().unwrap_or(&dossier.settings.language);
    let bodies = bodies(context, &annotation.kind, language);
    if !bodies.is_empty() {
        all["body"] = bodies.into();
    }
    Some(all)
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

fn bodies(context: &Context<'_>, kind: &AnnotationKind, language: &str) -> Vec<Value> {
    let dossier = context.dossier;
    let textual = |purpose: &str, value: &str, format: &str, language: &str| {
        let body = json!({
            "type": "TextualBody",
            "purpose": purpose,
            "value": value,
            "format": format,
            "language": language,
        });
        (!value.is_empty()).then_some(body)
    };
    let text = |purpose: &str, value: &str| textual(purpose, value, "text/markdown", language);
    let link = |node: Node| {
        let address = format!("{}{}", dossier.settings.base_url, route(dossier, node));
        json!({ "type": "SpecificResource", "purpose": "linking", "source": address })
    };
    let found = match kind {
        AnnotationKind::FactCheck(check) => {
            let verdict = context.verdict_label(&check.verdict);
            let own = &dossier.settings.language;
            vec![textual("classifying", &verdict, "text/plain", own), text("commenting", &check.rationale.0)]
        }
        AnnotationKind::CrossReference(reference) => {
            let mut all: Vec<Option<Value>> = reference.to.iter().map(|to| dossier.follow(to).ok().map(link)).collect();
            all.push(text("commenting", &reference.note.0));
            all
        }
        AnnotationKind::Figure(claim) => {
            vec![dossier.follow(&claim.figure).ok().map(link), text("commenting", &claim.note.0)]
        }
        AnnotationKind::Mention(mention) => {
            vec![dossier.follow(&mention.of).ok().map(link), text("commenting", &mention.note.0)]
        }
        AnnotationKind::Note(note) => vec![text("commenting", &note.note.0)],
    };
    found.into_iter().flatten().collect()
}
