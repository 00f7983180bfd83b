//! A number for each node, in the order of nodes, so that tables by node are plain lists.

use super::{Dossier, Node};
use crate::base::id::Id;

/// The numbers of a dossier's nodes. Every annotation has one, whether it is a check or not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Numbering {
    /// The first number of entities, events, figures, sources, annotations, pages, the home page; and one past the last.
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
            dossier.annotations.len(),
            dossier.pages.len(),
            1,
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
        let [entities, events, figures, sources, annotations, pages, home, _] = self.starts;
        match node {
            Node::Article(id) => id.index(),
            Node::Entity(id) => entities + id.index(),
            Node::Event(id) => events + id.index(),
            Node::Figure(id) => figures + id.index(),
            Node::Source(id) => sources + id.index(),
            Node::Check(id) => annotations + id.index(),
            Node::Page(id) => pages + id.index(),
            Node::Home => home,
        }
    }

    /// The node with a number. That of an annotation is a check, whatever it is.
    pub fn node(&self, number: usize) -> Node {
        let [entities, events, figures, sources, annotations, pages, home, _] = self.starts;
        match number {
            n if n < entities => Node::Article(Id::new(n)),
            n if n < events => Node::Entity(Id::new(n - entities)),
            n if n < figures => Node::Event(Id::new(n - events)),
            n if n < sources => Node::Figure(Id::new(n - figures)),
            n if n < annotations => Node::Source(Id::new(n - sources)),
            n if n < pages => Node::Check(Id::new(n - annotations)),
            n if n < home => Node::Page(Id::new(n - pages)),
            _ => Node::Home,
        }
    }

    /// How many numbers there are.
    pub fn count(&self) -> usize {
        self.starts[7]
    }
}
