//! How quotes, mentions and references connect the records.
//!
//! Each body is located alone and in parallel ([`locate`]): what its reader sees, where its annotations stand, whom it
//! mentions. Then one merge turns that around: who is mentioned where, what each figure's estimates amount to.

pub mod accepted;
pub mod anchor;
pub mod approximate;
pub mod backlink;
pub mod bodies;
pub mod chronology;
pub mod difference;
pub mod goals;
pub mod graph;
pub mod grouped;
pub mod locate;
mod marks;
pub mod mention;
pub mod names;
pub mod related;
mod report;
pub mod sentence;
mod speakers;
pub mod standing;

use std::ops::Range;
use std::sync::Arc;

use crate::base::diag::Diagnostics;
use crate::base::id::Id;
use crate::base::input::Inputs;
use crate::base::memo::Table;
use crate::base::span::{Extent, offset};
use crate::model::annotation::Annotation;
use crate::model::article::Article;
use crate::model::entity::Entity;
use crate::model::event::Event;
use crate::resolve::numbering::Numbering;
use crate::resolve::role::Role;
use crate::resolve::subject::Subject;
use crate::resolve::{Dossier, Node};
use backlink::Backlinks;
pub use backlink::{Backlink, KeyText};
use bodies::Bodies;
use chronology::Chronology;
use goals::Goals;
use graph::Graph;
use grouped::Grouped;
use locate::{Locate, Located};
use names::{Names, Renamed};
use related::{Near, Related};
use speakers::Speakers;
use standing::Standing;

/// What follows from the records: tables over their ids.
#[derive(Debug)]
pub struct Links {
    /// Every body with what was found in it.
    pub bodies: Bodies,
    /// What each figure's estimates amount to, by figure.
    pub standings: Arc<Vec<Standing>>,
    /// Who refers to a record in the keys of another.
    pub graph: Arc<Graph>,
    /// The events in order of time.
    pub chronology: Arc<Chronology>,
    /// Where links to places in pages lead.
    pub goals: Goals,
    /// Who mentions a node.
    backlinks: Arc<Backlinks>,
    /// The cross-references to each node, in order of article and place.
    cross_references: Arc<Grouped<Id<Annotation>>>,
    /// For each annotation its article, and its place among the annotations on that.
    places: Vec<(Id<Article>, u32)>,
    related: Related,
    speakers: Speakers,
    numbering: Numbering,
    names: Arc<Names>,
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
    pub place: Extent,
    /// The block of the prose that it starts in, counted from 0.
    pub block: u32,
    /// How it was found.
    pub by: MentionedBy,
}

impl Mention {
    /// A mention in a block that is not counted yet.
    pub(crate) fn new(of: Node, place: impl Into<Extent>, by: MentionedBy) -> Self {
        Self { of, place: place.into(), block: 0, by }
    }

    /// Its bytes in the prose.
    pub fn range(&self) -> Range<usize> {
        self.place.range()
    }
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

/// What was linked before.
#[derive(Default)]
pub struct Memo {
    last: Option<(Arc<Dossier>, Arc<Links>)>,
    bodies: Table<(), locate::Key, Located>,
}

/// What was found in the bodies, each alone.
pub struct Found {
    bodies: Bodies,
    names: Arc<Names>,
}

/// Connects the records of a dossier.
pub fn link(inputs: &Inputs, dossier: &Arc<Dossier>, memo: &mut Memo, diags: &mut Diagnostics) -> Arc<Links> {
    let found = find(inputs, dossier, memo, diags);
    connect(dossier, found, memo)
}

/// The first half of it: looks for quotes and names in every body.
pub fn find(inputs: &Inputs, dossier: &Arc<Dossier>, memo: &mut Memo, diags: &mut Diagnostics) -> Found {
    let last = memo.last.as_ref().map(|(dossier, links)| (&**dossier, &**links));
    let (names, renamed) = Names::take_over(last.map(|(dossier, links)| (dossier, &links.names)), dossier);
    report::clashes(inputs, dossier, &names, diags);
    let questions: Vec<Locate<'_>> = questions(inputs, dossier, &names, &renamed);
    let located = memo.bodies.answer((), &questions);
    located.iter().for_each(|located| diags.extend(located.found.iter().cloned()));
    let nodes = questions.iter().map(|question| question.node).collect();
    Found { bodies: Bodies::new(dossier.numbering(), nodes, located), names }
}

/// The second half: turns around what was found.
pub fn connect(dossier: &Arc<Dossier>, found: Found, memo: &mut Memo) -> Arc<Links> {
    let last = memo.last.as_ref().map(|(dossier, links)| (&**dossier, &**links));
    let links = Arc::new(merge(dossier, found.names, found.bodies, last));
    memo.last = Some((dossier.clone(), links.clone()));
    links
}

fn questions<'a>(inputs: &'a Inputs, dossier: &'a Dossier, names: &'a Names, renamed: &'a Renamed) -> Vec<Locate<'a>> {
    let question = |(node, subject): (Node, Subject<'a>)| {
        subject.body()?;
        let outgoing = dossier.outgoing(node)?;
        let article = if let Node::Article(article) = node { Some(article) } else { None };
        Some(Locate {
            node,
            subject,
            annotations: article.map_or(&[], |article| dossier.shared_annotations_of(article)),
            outgoing,
            of_annotations: article.map(|article| dossier.outgoing_of_annotations(article)),
            titles: outgoing.titled.iter().map(|node| dossier.title_in_text(*node)).collect(),
            names,
            language: language(dossier, subject),
            renamed,
            inputs,
            skipped: &dossier.skipped,
        })
    };
    dossier.subjects().filter_map(question).collect()
}

/// The language of a record's text, which is the dossier's unless the record says otherwise.
fn language<'a>(dossier: &'a Dossier, subject: Subject<'a>) -> &'a str {
    let own = subject.record().and_then(|record| record.meta().language.as_deref());
    own.unwrap_or(&dossier.settings.language)
}

/// Turns what was found around. It is cheap, since it moves numbers; and what was made from the same is taken over.
fn merge(dossier: &Dossier, names: Arc<Names>, bodies: Bodies, last: Option<(&Dossier, &Links)>) -> Links {
    let same_references = last.filter(|(last, _)| last.refers_to_the_same(dossier));
    let same_estimates = same_references.filter(|(last, _)| standing::are_the_same(last, dossier));
    let same_mentions = same_references.filter(|(_, links)| links.bodies.name_the_same(&bodies));
    let same_days = last.filter(|(last, _)| chronology::is_the_same(last, dossier));
    let backlinks = || match same_mentions {
        Some((_, links)) => links.backlinks.clone(),
        None => Arc::new(Backlinks::of(dossier, &bodies)),
    };
    let estimated = || match same_estimates {
        Some((_, links)) => (links.standings.clone(), links.graph.clone()),
        None => {
            let standings = Arc::new(standing::standings(dossier));
            let graph = Arc::new(Graph::of(dossier, &standings));
            (standings, graph)
        }
    };
    let (backlinks, (standings, graph)) = rayon::join(backlinks, estimated);
    Links {
        backlinks,
        graph,
        cross_references: match same_references {
            Some((_, links)) => links.cross_references.clone(),
            None => Arc::new(cross_references(dossier)),
        },
        chronology: match same_days {
            Some((_, links)) => links.chronology.clone(),
            None => Arc::new(Chronology::of(dossier)),
        },
        goals: Goals::of(dossier, &bodies),
        related: Related::of(dossier),
        speakers: Speakers::of(dossier),
        numbering: dossier.numbering(),
        places: places(dossier),
        names,
        standings,
        bodies,
    }
}

/// Turns cross-references around.
fn cross_references(dossier: &Dossier) -> Grouped<Id<Annotation>> {
    let numbering = dossier.numbering();
    let mut found = Vec::new();
    for (article, _) in dossier.articles.iter() {
        let first = dossier.of_article[article.index()].start;
        let references = dossier.outgoing_of_annotations(article).references.iter();
        for reference in references.filter(|reference| matches!(reference.role, Role::CrossReference(_))) {
            found.push((offset(numbering.number(reference.to)), Id::new(first + reference.item as usize)));
        }
    }
    Grouped::new(numbering.count(), &found)
}

/// For each annotation its article, and its place among the annotations on that.
fn places(dossier: &Dossier) -> Vec<(Id<Article>, u32)> {
    let mut places = Vec::with_capacity(dossier.annotations.len());
    for (article, _) in dossier.articles.iter() {
        let range = &dossier.of_article[article.index()];
        places.extend((0..offset(range.len())).map(|item| (article, item)));
    }
    places
}

impl Links {
    /// The mentions of entities and events in a body, in order.
    pub fn mentions(&self, node: Node) -> &[Mention] {
        self.bodies.get(&node).map_or(&[], |located| &located.mentions)
    }

    /// Who mentions a node.
    pub fn backlinks(&self, node: Node) -> Vec<Backlink<'_>> {
        self.backlinks.of_node(&self.bodies, node)
    }

    /// Who mentions a node in some rows of the list that a page of parts shows: each mention is a row, each text another.
    pub fn backlinks_in(&self, node: Node, rows: Range<usize>) -> Vec<Backlink<'_>> {
        self.backlinks.rows(&self.bodies, node, rows)
    }

    /// How often a node is mentioned.
    pub fn count_backlinks(&self, node: Node) -> usize {
        self.backlinks.count(node)
    }

    /// The entities nearest to one, and how near.
    pub fn related(&self, dossier: &Dossier, entity: Id<Entity>) -> &[Near] {
        self.related.get(dossier, self, entity)
    }

    /// Who has an account of an event: articles before sources, each by date.
    pub fn speakers(&self, dossier: &Dossier, event: Id<Event>) -> &[Node] {
        self.speakers.get(dossier, self, event)
    }

    /// Whether another record mentions a node, links to it or refers to it.
    pub fn is_used(&self, node: Node) -> bool {
        self.backlinks.has(node) || self.graph.refers_to(node)
    }

    /// Whether both lead from the same records to the same, so that there is as much to show on each page. They are the same
    /// tables then: [`link`] makes no new one where nothing else would come out.
    pub fn lead_to_the_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.backlinks, &other.backlinks)
            && Arc::ptr_eq(&self.cross_references, &other.cross_references)
            && Arc::ptr_eq(&self.graph, &other.graph)
            && Arc::ptr_eq(&self.standings, &other.standings)
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
        self.cross_references.of(self.numbering.number(to))
    }

    /// Where an annotation stands.
    pub fn anchor(&self, annotation: Id<Annotation>) -> Option<Anchor> {
        let (article, item) = self.places.get(annotation.index())?;
        self.bodies.get(&Node::Article(*article))?.anchor(*item as usize)
    }
}
