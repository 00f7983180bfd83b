//! Who refers to a record in the keys of another, turned around once: from what is referred to, to who does.
//!
//! In go the references that records have in their YAML, with the key each stands at; out comes, for every node, the list
//! of [`Edge`]s that lead to it. A page asks for the edges to its node and never looks through the whole dossier.

use std::collections::BTreeMap;

use super::standing::Standing;
use crate::base::id::Id;
use crate::model::annotation::{Annotation, FactCheck};
use crate::model::reference::{Kinds, Ref};
use crate::resolve::{Dossier, Node};

/// A reference from one record to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// As what the other is named, and where in the list of such.
    pub role: Role,
    /// Who refers. For an annotation that is no check: its article.
    pub from: Node,
}

/// As what a record is referred to. Numbers are positions in the referring record's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// `part_of` of an entity or event.
    Whole,
    /// `relations[n].to` of an entity.
    Related(usize),
    /// `relations[n].source`.
    RelationSource(usize),
    /// `place` of an event.
    Place,
    /// `participants[n]` of an event.
    Participant(usize),
    /// `sources[n]` of an event.
    Reporter(usize),
    /// `event` of a figure, or in `about` of a figure or check.
    Subject,
    /// `claimed_by` of a check; the article's source unless it says otherwise.
    Claimant,
    /// `evidence[n]` of a check.
    Evidence(usize),
    /// Where the `n`-th estimate of a figure's [`Standing`] is read.
    Estimate(usize),
    /// `by` of the `n`-th estimate of a figure's [`Standing`].
    Estimator(usize),
    /// `source` of an article.
    Publication,
    /// `origin` of a source.
    Origin,
}

/// All references, by what they lead to.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    to: BTreeMap<Node, Vec<Edge>>,
}

impl Graph {
    /// Turns the references of all records around.
    pub fn of(dossier: &Dossier, standings: &[Standing]) -> Self {
        let mut build = Build { dossier, to: BTreeMap::new() };
        build.entities();
        build.events();
        build.figures(standings);
        build.sources();
        build.checks();
        let mut to = build.to;
        for edges in to.values_mut() {
            edges.sort_unstable();
            edges.dedup();
        }
        Self { to }
    }

    /// The references to a node, in order of role, then of who refers.
    pub fn to(&self, node: Node) -> &[Edge] {
        self.to.get(&node).map_or(&[], Vec::as_slice)
    }

    /// Who refers to a node in a role that fits, in order, each once.
    pub fn from(&self, node: Node, fits: impl Fn(Role) -> bool) -> Vec<Node> {
        let mut from: Vec<Node> = self.to(node).iter().filter(|edge| fits(edge.role)).map(|edge| edge.from).collect();
        from.sort_unstable();
        from.dedup();
        from
    }
}

struct Build<'a> {
    dossier: &'a Dossier,
    to: BTreeMap<Node, Vec<Edge>>,
}

impl Build<'_> {
    fn add(&mut self, to: Node, role: Role, from: Node) {
        self.to.entry(to).or_default().push(Edge { role, from });
    }

    /// Adds a reference as written; one that leads nowhere has been reported.
    fn named<const KINDS: Kinds>(&mut self, reference: &Ref<KINDS>, role: Role, from: Node) {
        if let Ok(to) = self.dossier.follow(reference) {
            self.add(to, role, from);
        }
    }

    fn entities(&mut self) {
        for (id, entity) in self.dossier.entities.iter() {
            let from = Node::Entity(id);
            if let Some(whole) = &entity.keys.part_of {
                self.named(whole, Role::Whole, from);
            }
            for (n, relation) in entity.keys.relations.iter().enumerate() {
                self.named(&relation.to, Role::Related(n), from);
                if let Some(source) = &relation.source {
                    self.named(source, Role::RelationSource(n), from);
                }
            }
        }
    }

    fn events(&mut self) {
        for (id, event) in self.dossier.events.iter() {
            let (keys, from) = (&event.keys, Node::Event(id));
            if let Some(whole) = &keys.part_of {
                self.named(whole, Role::Whole, from);
            }
            if let Some(place) = &keys.place {
                self.named(place, Role::Place, from);
            }
            for (n, participant) in keys.participants.iter().enumerate() {
                self.named(&participant.entity, Role::Participant(n), from);
            }
            for (n, source) in keys.sources.iter().enumerate() {
                self.named(source, Role::Reporter(n), from);
            }
        }
    }

    fn figures(&mut self, standings: &[Standing]) {
        for (id, figure) in self.dossier.figures.iter() {
            let from = Node::Figure(id);
            if let Some(event) = &figure.keys.event {
                self.named(event, Role::Subject, from);
            }
            for about in &figure.keys.about {
                self.named(about, Role::Subject, from);
            }
            let claims = standings.get(id.index()).map_or(&[][..], |standing| &standing.estimates);
            for (n, claim) in claims.iter().enumerate() {
                self.add(claim.from, Role::Estimate(n), from);
                if let Some(by) = &claim.estimate.by {
                    self.named(by, Role::Estimator(n), from);
                }
            }
        }
    }

    fn sources(&mut self) {
        for (id, source) in self.dossier.sources.iter() {
            if let Some(origin) = &source.keys.origin {
                self.named(origin, Role::Origin, Node::Source(id));
            }
        }
        for (id, _) in self.dossier.articles.iter() {
            if let Some(source) = self.dossier.source_of(id) {
                self.add(Node::Source(source), Role::Publication, Node::Article(id));
            }
        }
    }

    fn checks(&mut self) {
        for (id, annotation) in self.dossier.annotations.iter() {
            if let Some(check) = annotation.fact_check() {
                self.check(id, annotation, check);
            }
        }
    }

    fn check(&mut self, id: Id<Annotation>, annotation: &Annotation, check: &FactCheck) {
        let from = Node::Check(id);
        match &check.claimed_by {
            Some(by) => self.named(by, Role::Claimant, from),
            None => {
                let article = self.dossier.articles.find(&annotation.article);
                if let Some(source) = article.and_then(|article| self.dossier.source_of(article)) {
                    self.add(Node::Source(source), Role::Claimant, from);
                }
            }
        }
        for about in &check.about {
            self.named(about, Role::Subject, from);
        }
        for (n, evidence) in check.evidence.iter().enumerate() {
            if let Some(source) = &evidence.source {
                self.named(source, Role::Evidence(n), from);
            }
            if let Some(article) = &evidence.article {
                self.named(article, Role::Evidence(n), from);
            }
        }
    }
}
