//! A number for each node, so that tables by node are plain lists.

use super::{Dossier, Node};
use crate::base::id::Id;

/// The numbers of a dossier's nodes, without gaps but for the checks: records first, each kind in order, then annotations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Numbering {
    /// The first number of entities, events, figures, sources, pages, the home page, annotations; and one past the last.
    starts: [usize; 8],
}

impl Numbering {
    /// The numbers of the nodes of a dossier.
    pub fn of(dossier: &Dossier) -> Self {
        let counts = [
            dossier.articles.len(),
            dossier.entities.len(),
            dossier.events.len(),
            dossier.figures.len(),
            dossier.sources.len(),
            dossier.pages.len(),
            1,
            dossier.annotations.len(),
        ];
        let mut next = 0;
        let starts = counts.map(|count| {
            next += count;
            next
        });
        Self { starts }
    }

    /// The number of a node.
    pub fn number(&self, node: Node) -> usize {
        let [entities, events, figures, sources, pages, home, annotations, _] = self.starts;
        match node {
            Node::Article(id) => id.index(),
            Node::Entity(id) => entities + id.index(),
            Node::Event(id) => events + id.index(),
            Node::Figure(id) => figures + id.index(),
            Node::Source(id) => sources + id.index(),
            Node::Page(id) => pages + id.index(),
            Node::Home => home,
            Node::Check(id) => annotations + id.index(),
        }
    }

    /// The node with a number; that of an annotation which is no check is never given.
    pub fn node(&self, number: usize) -> Node {
        let [entities, events, figures, sources, pages, home, annotations, _] = self.starts;
        match number {
            n if n < entities => Node::Article(Id::new(n)),
            n if n < events => Node::Entity(Id::new(n - entities)),
            n if n < figures => Node::Event(Id::new(n - events)),
            n if n < sources => Node::Figure(Id::new(n - figures)),
            n if n < pages => Node::Source(Id::new(n - sources)),
            n if n < home => Node::Page(Id::new(n - pages)),
            n if n < annotations => Node::Home,
            n => Node::Check(Id::new(n - annotations)),
        }
    }

    /// How many numbers are those of records with a file.
    pub fn records(&self) -> usize {
        self.starts[6]
    }

    /// How many numbers there are.
    pub fn len(&self) -> usize {
        self.starts[7]
    }

    /// Whether there are none, which is never: the home page has a number even where it is not written.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
