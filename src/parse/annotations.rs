//! `content/annotations/<article>.yaml`: a list, read item by item, so that a mistake in one costs that one.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::record::skip;
use crate::base::diag::{Code, Diagnostics};
use crate::base::id::{is_reserved, is_slug, slug_of};
use crate::base::input::SourceFile;
use crate::base::nearest::nearest;
use crate::base::span::{Span, offset};
use crate::model::annotation::{
    Annotation, AnnotationKind, Written, cross_reference, fact_check, figure_claim, mention, note,
};
use crate::syntax::yaml::tree::{Kind, Node};
use crate::syntax::yaml::values;
use crate::syntax::yaml::{Origin, Skipped};

/// The annotations of a file. An item that is no annotation at all is reported and left out.
pub(super) fn read(
    file: &SourceFile,
    root: Option<Node<'_>>,
    skipped: &mut Skipped,
    diags: &mut Diagnostics,
) -> Vec<Arc<Annotation>> {
    let Some(mut root) = root.filter(|root| !root.is_null()) else { return Vec::new() };
    if !matches!(root.kind, Kind::List(_)) {
        let span = Span::new(file.id, root.shown(&file.text));
        diags
            .add(Code::WrongType, span, "a list of annotations belongs here")
            .help("start each annotation with `- type: …`");
        return Vec::new();
    }
    let mut annotations = Vec::new();
    let article: Arc<str> = file.stem().into();
    for (index, node) in root.items_mut().iter_mut().enumerate() {
        let at = Origin { file: file.id, item: Some(offset(index)) };
        let annotation = annotation(file, node, at, diags);
        annotations.extend(annotation.map(|annotation| Annotation { article: article.clone(), ..annotation }));
        skip(node, at, skipped);
    }
    name_the_nameless(&mut annotations);
    annotations.into_iter().map(Arc::new).collect()
}

fn annotation(file: &SourceFile, node: &mut Node<'_>, at: Origin, diags: &mut Diagnostics) -> Option<Annotation> {
    let span = Span::new(file.id, node.shown(&file.text));
    if !matches!(node.kind, Kind::Map(_)) {
        diags
            .add(Code::WrongType, span, "an annotation belongs here")
            .help("start it with `- type: …`, its other keys under that");
        return None;
    }
    let Some(written) = node.get("type").filter(|value| !value.is_null()) else {
        diags.add(Code::MissingKey, span, "`type` is missing").help(format!("it is one of {}", types()));
        return None;
    };
    if written.scalar().is_none() {
        let problem = diags.add(Code::WrongType, place(file, Some(written)), "`type` is one word");
        problem.help(format!("it is one of {}", types()));
        return None;
    }
    let name = written.scalar().unwrap_or_default().to_owned();
    let (type_span, id_span) = (place(file, Some(written)), place(file, node.get("id")));
    let annotation = match name.as_str() {
        "fact_check" => build::<fact_check::FactCheck>(file, node, at, diags, |mut check| {
            // A list is made with room for four, and most have one.
            check.evidence.shrink_to_fit();
            check.about.shrink_to_fit();
            AnnotationKind::FactCheck(Box::new(check))
        }),
        "cross_reference" => {
            build::<cross_reference::CrossReference>(file, node, at, diags, AnnotationKind::CrossReference)
        }
        "figure" => {
            build::<figure_claim::FigureClaim>(file, node, at, diags, |claim| AnnotationKind::Figure(Box::new(claim)))
        }
        "mention" => build::<mention::Mention>(file, node, at, diags, AnnotationKind::Mention),
        "note" => build::<note::Note>(file, node, at, diags, AnnotationKind::Note),
        other => {
            let near = nearest(other, AnnotationKind::NAMES.iter().copied());
            diags
                .add(Code::BadValue, type_span, format!("`{other}` is no type of annotation"))
                .did_you_mean(near)
                .help(format!("it is one of {}", types()));
            None
        }
    }?;
    if !annotation.meta.id.is_empty() && !is_slug(&annotation.meta.id) {
        let id = &annotation.meta.id;
        diags
            .add(Code::BadId, id_span, format!("`{id}` is not an id"))
            .help(format!("use lower-case letters a to z, digits and hyphens: `{}`", slug_of(id, 80)));
    } else if is_reserved(&annotation.meta.id) {
        let id = &annotation.meta.id;
        let problem = diags.add(Code::BadId, id_span, format!("Windows cannot have a file called `{id}`"));
        problem.help("a fact check is a page: give it a longer id");
    }
    Some(annotation)
}

fn place(file: &SourceFile, node: Option<&Node<'_>>) -> Span {
    node.map_or_else(|| file.start(), |node| Span::new(file.id, node.shown(&file.text)))
}

fn types() -> String {
    format!("`{}`", AnnotationKind::NAMES.join("`, `"))
}

/// Reads one type of annotation, whose article is still to be named.
fn build<T: Written>(
    file: &SourceFile,
    node: &mut Node<'_>,
    at: Origin,
    diags: &mut Diagnostics,
    kind: fn(T::Kept) -> AnnotationKind,
) -> Option<Annotation> {
    let written: T = values::read(file, node, diags)?;
    let (meta, target, keys) = written.apart(at);
    let id_written = !meta.id.is_empty();
    Some(Annotation { meta, id_written, article: Arc::default(), target, kind: kind(keys) })
}

/// The ids that are written in a file, whether it can be read or not.
pub(super) fn written_ids(text: &str) -> Box<[String]> {
    let starts_word =
        |at: usize| text[..at].ends_with(|c: char| c.is_whitespace() || matches!(c, '{' | ',')) || at == 0;
    let id = |(at, key): (usize, &str)| {
        let rest = text[at + key.len()..].trim_start_matches([' ', '"', '\'']);
        let id = &rest[..rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(rest.len())];
        (starts_word(at) && is_slug(id)).then(|| id.to_owned())
    };
    text.match_indices("id:").filter_map(id).collect()
}

/// Gives an id to each annotation without one, made from type and quote, and a number where two would be the same.
///
/// The id of a note does not change when other annotations come or go, unless they have the same type and quote.
fn name_the_nameless(annotations: &mut [Annotation]) {
    let mut taken: BTreeMap<String, usize> =
        annotations.iter().filter(|a| !a.meta.id.is_empty()).map(|a| (a.meta.id.clone(), 1)).collect();
    for annotation in annotations.iter_mut().filter(|annotation| annotation.meta.id.is_empty()) {
        let base = annotation.made_id();
        let mut id = base.clone();
        while taken.contains_key(&id) {
            let count = taken.entry(base.clone()).or_insert(1);
            *count += 1;
            id = format!("{base}-{count}");
        }
        taken.insert(id.clone(), 1);
        annotation.meta.id = id;
    }
}
