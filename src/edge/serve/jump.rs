//! From edits to pages and back: which annotation an edit was about, and where an annotation is written.

use std::collections::{BTreeMap, BTreeSet};

use crate::Site;
use crate::base::span::{LineColumn, line_column};
use crate::derive::routes::{PageKey, route};
use crate::resolve::Node;
use crate::syntax::yaml::Places;

/// A place that a page shows after an edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Jump {
    /// The page.
    pub(super) route: String,
    /// The annotation's id.
    pub(super) annotation: String,
}

/// The first annotation that is new or written differently; `None` unless the edit was in one file of annotations alone.
pub(super) fn jump(before: &Site, after: &Site, changed: &BTreeSet<String>) -> Option<Jump> {
    let mut paths = changed.iter();
    let (Some(path), None) = (paths.next(), paths.next()) else { return None };
    if !path.starts_with("content/annotations/") {
        return None;
    }
    let then: BTreeMap<&str, &str> = written(before, path).into_iter().collect();
    let mut now = written(after, path).into_iter();
    let (annotation, _) = now.find(|(id, text)| then.get(id) != Some(text))?;
    let article = after.dossier.articles.find(after.inputs.find(path)?.stem())?;
    Some(Jump { route: route(&after.dossier, Node::Article(article)), annotation: annotation.to_owned() })
}

/// The annotations of a file as they were written, each with its id.
fn written<'a>(site: &'a Site, path: &str) -> Vec<(&'a str, &'a str)> {
    let Some(file) = site.inputs.find(path) else { return Vec::new() };
    let Some(article) = site.dossier.articles.find(file.stem()) else { return Vec::new() };
    let places = Places::new(&site.inputs, &site.dossier.skipped);
    let of_file = site.dossier.annotations_of(article).filter(|(_, annotation)| annotation.meta.at.file == file.id);
    let mut starts: Vec<(usize, &str)> =
        of_file.map(|(_, one)| (places.record(one.meta.at).range().start, one.meta.id.as_str())).collect();
    starts.sort_unstable();
    let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([file.text.len()]);
    // Up to the next one's first key, without its dash: what stands between two may be a comment, and moves with either.
    let text = |start: usize, end: usize| file.text[start..end].trim_end_matches(['-', ' ', '\r', '\n']);
    starts.iter().zip(ends).map(|((start, id), end)| (*id, text(*start, end))).collect()
}

/// Where an annotation on the page at a route is written: its file's path, and its first key.
pub(super) fn place<'a>(site: &'a Site, page: &str, annotation: &str) -> Option<(&'a str, LineColumn)> {
    let Some(PageKey::Article(article, _)) = site.routes.pages.get(page) else { return None };
    let (_, found) = site.dossier.annotations_of(*article).find(|(_, one)| one.meta.id == annotation)?;
    let file = site.inputs.file(found.meta.at.file);
    let start = Places::new(&site.inputs, &site.dossier.skipped).record(found.meta.at).range().start;
    Some((&file.path, line_column(&file.text, start)))
}
