//! How quotes, mentions and references connect the records.
//!
//! Each body is located alone and in parallel ([`locate`]): what its reader sees, where its annotations stand, whom it
//! mentions. Then one merge turns that around: who is mentioned where, what each figure's estimates amount to.

pub mod anchor;
pub mod approximate;
pub mod chronology;
pub mod graph;
pub mod locate;
pub mod mention;
pub mod related;
mod report;
pub mod sentence;
pub mod standing;

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use crate::base::diag::Diagnostics;
use crate::base::id::Id;
use crate::base::input::Inputs;
use crate::model::Common;
use crate::model::annotation::{Annotation, AnnotationKind};
use crate::resolve::destination::Destination;
use crate::resolve::{Dossier, Node};
use crate::syntax::markdown;
use chronology::Chronology;
use graph::Graph;
use locate::{Located, Names};
use related::Related;
use standing::Standing;

/// What follows from the records: tables over their ids.
#[derive(Debug, Default)]
pub struct Links {
    /// Every body with what was found in it.
    pub bodies: BTreeMap<Node, Located>,
    /// Where each annotation stands; nothing for one that stands nowhere.
    pub anchors: Vec<Option<Anchor>>,
    /// Who mentions a node, in order of the mentioning node.
    pub backlinks: BTreeMap<Node, Vec<Backlink>>,
    /// The cross-references to a node, in order of article and place.
    pub cross_references: BTreeMap<Node, Vec<Id<Annotation>>>,
    /// What each figure's estimates amount to, by figure.
    pub standings: Vec<Standing>,
    /// Who refers to a record in the keys of another.
    pub graph: Graph,
    /// Which entities belong together.
    pub related: Related,
    /// The events in order of time.
    pub chronology: Chronology,
}

/// Where an annotation stands in its article's prose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// Its bytes in the prose.
    pub range: Range<usize>,
    /// How many characters of the passage differ from the quote; 0 for an exact one.
    pub distance: usize,
}

/// A mention of an entity or event in a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Of what.
    pub of: Node,
    /// Its bytes in the prose.
    pub range: Range<usize>,
    /// How it was found.
    pub by: MentionedBy,
}

/// How a mention was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MentionedBy {
    /// By one of the names of the record.
    Alias,
    /// By a `mention` annotation.
    Annotation,
    /// By a link that the author wrote.
    Reference,
}

impl MentionedBy {
    /// The word in the open data.
    pub fn name(self) -> &'static str {
        match self {
            Self::Alias => "alias",
            Self::Annotation => "annotation",
            Self::Reference => "reference",
        }
    }
}

/// Who mentions a node, and in which words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backlink {
    /// Who.
    pub from: Node,
    /// The mentions in its body, in order.
    pub mentions: Vec<Range<usize>>,
    /// Links in the Markdown of its keys: the texts they stand in.
    pub texts: Vec<String>,
}

/// Connects the records of a dossier.
pub fn link(inputs: &Inputs, dossier: &Dossier, diags: &mut Diagnostics) -> Links {
    let names = Names::of(dossier);
    report::clashes(inputs, dossier, &names, diags);
    let located: Vec<(Node, Located, Diagnostics)> = dossier
        .bodies()
        .into_par_iter()
        .map(|(node, body)| {
            let located = locate::locate(inputs, dossier, &names, node, body);
            let mut found = Diagnostics::default();
            report::quotes(inputs, dossier, node, &located, &mut found);
            (node, located, found)
        })
        .collect();
    let mut links = Links { anchors: vec![None; dossier.annotations.len()], ..Links::default() };
    for (node, located, found) in located {
        diags.extend(found);
        for (annotation, anchoring) in &located.anchorings {
            links.anchors[annotation.index()] = anchor_of(anchoring);
        }
        links.bodies.insert(node, located);
    }
    links.backlinks = backlinks(inputs, dossier, &links.bodies);
    links.standings = standing::standings(dossier);
    links.cross_references = cross_references(dossier);
    links.graph = Graph::of(dossier, &links.standings);
    links.related = Related::new(dossier, &links.bodies);
    links.chronology = Chronology::of(dossier);
    links
}

fn anchor_of(anchoring: &anchor::Anchoring) -> Option<Anchor> {
    match anchoring {
        anchor::Anchoring::Exact(range) => Some(Anchor { range: range.clone(), distance: 0 }),
        anchor::Anchoring::Drifted { range, distance } => Some(Anchor { range: range.clone(), distance: *distance }),
        anchor::Anchoring::Ambiguous { .. } | anchor::Anchoring::NotFound { .. } => None,
    }
}

/// Turns mentions around, and adds the links in the Markdown of keys.
fn backlinks(inputs: &Inputs, dossier: &Dossier, bodies: &BTreeMap<Node, Located>) -> BTreeMap<Node, Vec<Backlink>> {
    type Found = (Vec<Range<usize>>, Vec<String>);
    let mut found: BTreeMap<(Node, Node), Found> = BTreeMap::new();
    for (from, located) in bodies {
        for mention in &located.mentions {
            found.entry((mention.of, *from)).or_default().0.push(mention.range.clone());
        }
        for (to, range) in &located.references {
            found.entry((*to, *from)).or_default().0.push(range.clone());
        }
    }
    dossier.each_record(&mut |from, record| {
        for (to, text) in key_links(inputs, dossier, record) {
            found.entry((to, from)).or_default().1.push(text);
        }
    });
    let mut backlinks: BTreeMap<Node, Vec<Backlink>> = BTreeMap::new();
    for ((to, from), (mentions, texts)) in found.into_iter().filter(|((to, from), _)| to != from) {
        backlinks.entry(to).or_default().push(Backlink { from, mentions, texts });
    }
    backlinks
}

/// Turns cross-references around.
fn cross_references(dossier: &Dossier) -> BTreeMap<Node, Vec<Id<Annotation>>> {
    let mut found: BTreeMap<Node, Vec<Id<Annotation>>> = BTreeMap::new();
    for (id, annotation) in dossier.annotations.iter() {
        let AnnotationKind::CrossReference(reference) = &annotation.kind else { continue };
        for to in reference.to.iter().filter_map(|to| dossier.follow(to).ok()) {
            found.entry(to).or_default().push(id);
        }
    }
    found
}

/// The links in the Markdown of a record's keys, each with the text it stands in.
fn key_links(inputs: &Inputs, dossier: &Dossier, record: &dyn Common) -> Vec<(Node, String)> {
    let folder = inputs.file(record.meta().at.file).folder();
    let mut found = Vec::new();
    record.prose(&mut |_, text| {
        if !text.0.contains('[') {
            return;
        }
        for link in markdown::links(&text.0) {
            if let Destination::Record(to, _) = dossier.destination(folder, &link.target, link.wiki) {
                found.push((to, text.0.clone()));
            }
        }
    });
    found
}

impl Links {
    /// The mentions of entities and events in a body, in order.
    pub fn mentions(&self, node: Node) -> &[Mention] {
        self.bodies.get(&node).map_or(&[], |located| &located.mentions)
    }

    /// Who mentions a node.
    pub fn backlinks(&self, node: Node) -> &[Backlink] {
        self.backlinks.get(&node).map_or(&[], Vec::as_slice)
    }

    /// All annotations in order of article, then of place; those that stand nowhere come last in their article.
    pub fn in_order_of_place(&self, dossier: &Dossier) -> Vec<Id<Annotation>> {
        let mut ids: Vec<Id<Annotation>> = dossier.annotations.iter().map(|(id, _)| id).collect();
        ids.sort_by_key(|id| {
            let place = self.anchor(*id).map(|anchor| (anchor.range.start, anchor.range.end));
            (&dossier.annotations[*id].article, place.is_none(), place, *id)
        });
        ids
    }

    /// The cross-references to a node.
    pub fn cross_references(&self, to: Node) -> &[Id<Annotation>] {
        self.cross_references.get(&to).map_or(&[], Vec::as_slice)
    }

    /// Where an annotation stands.
    pub fn anchor(&self, annotation: Id<Annotation>) -> Option<&Anchor> {
        self.anchors.get(annotation.index())?.as_ref()
    }
}
