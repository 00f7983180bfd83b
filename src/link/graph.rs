//! Who refers to a record in the keys of another, turned around once: from what is referred to, to who does.
//!
//! In go the references that records have in their YAML, with the key each stands at; out comes, for every node, the list
//! of [`Edge`]s that lead to it. A page asks for the edges to its node and never looks through the whole dossier.

use std::cmp::Ordering;

use super::grouped::Grouped;
use super::standing::Standing;
use crate::base::id::Id;
use crate::base::span::offset;
use crate::model::article::Article;
use crate::resolve::numbering::Numbering;
pub use crate::resolve::role::Role;
use crate::resolve::{Dossier, Node};

/// A reference from one record to another. In order of the kind of role, then of who refers, then of the place in the list: so what a
/// page lists is one piece, and a part of a long one is cut from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// As what the other is named, and where in the list of such.
    pub role: Role,
    /// Who refers. For an annotation that is no check: its article.
    pub from: Node,
}

impl Edge {
    fn order(&self) -> (Role, Node, usize) {
        (self.role.kind(), self.from, self.role.number())
    }
}

impl Ord for Edge {
    fn cmp(&self, other: &Self) -> Ordering {
        self.order().cmp(&other.order())
    }
}

impl PartialOrd for Edge {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// All references, by what they lead to.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    numbering: Numbering,
    to: Grouped<Edge>,
    /// Whether another record refers to a node in any way, by number.
    referred: Vec<bool>,
}

impl Graph {
    /// Turns the references of all records around.
    pub fn of(dossier: &Dossier, standings: &[Standing]) -> Self {
        let numbering = dossier.numbering();
        let mut build = Build { dossier, numbering, edges: Vec::new(), referred: vec![false; numbering.count()] };
        for (node, _) in dossier.subjects() {
            build.record(node);
        }
        for (article, _) in dossier.articles.iter() {
            build.annotations(article);
        }
        for ((id, _), standing) in dossier.figures.iter().zip(standings) {
            build.standing(Node::Figure(id), standing);
        }
        let to = Grouped::new(numbering.count(), &build.edges).sorted();
        Self { numbering, to, referred: build.referred }
    }

    /// The references to a node, in order.
    pub fn to(&self, node: Node) -> &[Edge] {
        self.to.of(self.numbering.number(node))
    }

    /// Those in a kind of role, which is given with any number.
    pub fn in_role(&self, node: Node, role: Role) -> &[Edge] {
        let (edges, kind) = (self.to(node), role.kind());
        let first = edges.partition_point(|edge| edge.role.kind() < kind);
        let length = edges[first..].partition_point(|edge| edge.role.kind() == kind);
        &edges[first..first + length]
    }

    /// Whether another record refers to a node, in whatever role.
    pub fn refers_to(&self, node: Node) -> bool {
        self.referred.get(self.numbering.number(node)).copied().unwrap_or_default()
    }

    /// Who refers to a node in a kind of role, in order, each once.
    pub fn from(&self, node: Node, role: Role) -> impl Iterator<Item = Node> {
        self.in_role(node, role).chunk_by(|one, next| one.from == next.from).map(|edges| edges[0].from)
    }
}

struct Build<'a> {
    dossier: &'a Dossier,
    numbering: Numbering,
    edges: Vec<(u32, Edge)>,
    referred: Vec<bool>,
}

impl Build<'_> {
    fn add(&mut self, to: Node, role: Role, from: Node) {
        self.edges.push((offset(self.numbering.number(to)), Edge { role, from }));
    }

    fn refer(&mut self, to: Node, from: Node) {
        self.referred[self.numbering.number(to)] |= to != from;
    }

    fn record(&mut self, from: Node) {
        let Some(outgoing) = self.dossier.outgoing(from) else { return };
        for reference in &outgoing.references {
            self.refer(reference.to, from);
            match (reference.role, from) {
                // These are numbered as in the figure's standing, which has those of the articles too.
                (Role::Estimate(_) | Role::Estimator(_), _) => {}
                // Of the source that is described inside the article.
                (Role::Origin, Node::Article(article)) => {
                    let inline = self.dossier.source_of(article).map(Node::Source);
                    inline.into_iter().for_each(|source| self.add(reference.to, Role::Origin, source));
                }
                (role, _) => self.add(reference.to, role, from),
            }
        }
    }

    fn annotations(&mut self, article: Id<Article>) {
        let dossier = self.dossier;
        let outgoing = dossier.outgoing_of_annotations(article);
        let first = dossier.of_article[article.index()].start;
        let check = |item: u32| Node::Check(Id::new(first + item as usize));
        for reference in &outgoing.references {
            match reference.role {
                Role::Claimant | Role::Subject | Role::Evidence(_) => {
                    self.refer(reference.to, check(reference.item));
                    self.add(reference.to, reference.role, check(reference.item));
                }
                _ => self.refer(reference.to, Node::Article(article)),
            }
        }
        if let Some(source) = dossier.source_of(article) {
            outgoing.unclaimed.iter().for_each(|item| self.add(Node::Source(source), Role::Claimant, check(*item)));
        }
    }

    fn standing(&mut self, from: Node, standing: &Standing) {
        for (n, claim) in standing.estimates.iter().enumerate() {
            self.add(claim.from, Role::Estimate(offset(n)), from);
            if let Some(by) = claim.estimate.by.as_ref().and_then(|by| self.dossier.follow(by).ok()) {
                self.add(by, Role::Estimator(offset(n)), from);
            }
        }
    }
}
