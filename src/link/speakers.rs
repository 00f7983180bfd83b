//! Who has an account of an event: the articles that name it or refer to it, and whoever is read on a figure or a claim about it.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::Links;
use crate::base::date::Edtf;
use crate::base::id::Id;
use crate::model::event::Event;
use crate::resolve::role::Role;
use crate::resolve::{Dossier, Node};

/// The speakers of each event, gathered when somebody asks: each part of its page does, and the list of questions.
#[derive(Debug)]
pub(super) struct Speakers(Vec<OnceLock<Vec<Node>>>);

impl Speakers {
    pub(super) fn of(dossier: &Dossier) -> Self {
        Self(dossier.events.iter().map(|_| OnceLock::new()).collect())
    }

    /// Articles before sources, each by date.
    pub(super) fn get(&self, dossier: &Dossier, links: &Links, event: Id<Event>) -> &[Node] {
        self.0[event.index()].get_or_init(|| gathered(dossier, links, Node::Event(event)))
    }
}

fn gathered(dossier: &Dossier, links: &Links, event: Node) -> Vec<Node> {
    let mentioning = links.backlinks(event).into_iter().map(|backlink| backlink.from);
    let mut all: BTreeSet<Node> = mentioning.filter(|from| matches!(from, Node::Article(_))).collect();
    let referring = links.cross_references(event).iter().filter_map(|id| dossier.article_of(*id));
    all.extend(referring.map(Node::Article));
    for node in links.graph.from(event, Role::Subject) {
        match node {
            Node::Figure(id) => all.extend(links.standings[id.index()].estimates.iter().map(|claim| claim.from)),
            Node::Check(id) => all.extend(dossier.article_of(id).map(Node::Article)),
            _ => {}
        }
    }
    let mut all: Vec<Node> = all.into_iter().collect();
    all.sort_by_cached_key(|node| {
        let date = dossier.published(*node).map(Edtf::sort_key);
        // What is not dated comes last.
        (matches!(node, Node::Source(_)), date.is_none(), date, *node)
    });
    all
}
