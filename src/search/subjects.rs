//! Which records have to do with an entity or an article, for the filters.

use std::collections::{BTreeMap, BTreeSet};

use super::Found;
use super::postings::Words;
use crate::derive::Context;
use crate::resolve::Node;

/// Before an id in the list of words. No word contains it.
pub(super) const MARK: char = '=';

/// For each entity and article the numbers of the records that a reader of its page would look for: under
/// `=entity:wagner`, in the order of words.
pub(super) fn subjects(context: &Context<'_>, found: &[Found]) -> Words {
    let numbers: BTreeMap<Found, u32> = (0..).zip(found).map(|(number, found)| (*found, number)).collect();
    let subjects = found.iter().filter_map(|found| match found {
        Found::Page(node @ (Node::Entity(_) | Node::Article(_))) => Some(*node),
        _ => None,
    });
    let inside = inside(context);
    let list = |subject: Node| {
        let mut of: BTreeSet<Found> = related(context, subject).into_iter().collect();
        of.extend(inside.get(&subject).into_iter().flatten().copied());
        let mut of: Vec<u32> = of.into_iter().filter_map(|found| numbers.get(&found).copied()).collect();
        of.sort_unstable();
        (format!("{MARK}{}", context.dossier.reference(subject)), of)
    };
    let mut lists: Words = subjects.map(list).collect();
    lists.sort_unstable();
    lists
}

/// The subject itself, who mentions it, and who refers to it in a key or a note.
fn related(context: &Context<'_>, subject: Node) -> Vec<Found> {
    let links = context.links;
    let mut of = vec![Found::Page(subject)];
    of.extend(links.backlinks(subject).iter().map(|backlink| Found::Page(backlink.from)));
    of.extend(links.graph.to(subject).iter().map(|edge| Found::Page(edge.from)));
    of.extend(links.cross_references(subject).iter().map(|id| Found::Note(*id)));
    if let Node::Article(id) = subject {
        of.extend(context.dossier.source_of(id).map(|source| Found::Page(Node::Source(source))));
    }
    of
}

/// The checks and notes of each article; those of each entity whose passage names it.
fn inside(context: &Context<'_>) -> BTreeMap<Node, Vec<Found>> {
    let (dossier, links) = (context.dossier, context.links);
    let mut inside: BTreeMap<Node, Vec<Found>> = BTreeMap::new();
    for (article, _) in dossier.articles.iter() {
        let mentions = links.mentions(Node::Article(article));
        for (id, annotation) in dossier.annotations_of(article) {
            let found = if annotation.fact_check().is_some() { Found::Page(Node::Check(id)) } else { Found::Note(id) };
            inside.entry(Node::Article(article)).or_default().push(found);
            let passage = links.anchor(id).map(|anchor| anchor.range.clone()).unwrap_or_default();
            let from = mentions.partition_point(|mention| mention.range().end <= passage.start);
            let named = mentions[from..].iter().take_while(|mention| mention.range().start < passage.end);
            for mention in named.filter(|mention| matches!(mention.of, Node::Entity(_))) {
                inside.entry(mention.of).or_default().push(found);
            }
        }
    }
    inside
}
