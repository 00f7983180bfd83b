//! The order of each list, made once for all its parts. Oldest first where there are dates, so that what is new changes the
//! last part only; names in the order of the interface's language.

use rayon::prelude::*;

use super::routes::ListOf;
use crate::base::date::{Edtf, SortKey};
use crate::base::id::Id;
use crate::link::Links;
use crate::link::standing::Status;
use crate::locale::Locale;
use crate::model::annotation::Annotation;
use crate::model::article::Article;
use crate::model::settings::ENTITY_KINDS;
use crate::resolve::{Dossier, Node};

/// The nodes of every list in its order.
#[derive(Clone, Debug, Default)]
pub struct Orders {
    /// In the order of [`ListOf::ALL`].
    lists: Vec<Vec<Node>>,
    /// The place of each article in its list, by its number.
    articles: Vec<usize>,
}

impl Orders {
    /// Sorts all lists.
    pub fn new(dossier: &Dossier, links: &Links, locale: &Locale) -> Self {
        let keys = Keys { dossier, links, locale };
        let mut orders = Self {
            lists: ListOf::ALL.iter().map(|list| keys.sorted(nodes(dossier, *list))).collect(),
            articles: vec![0; dossier.articles.len()],
        };
        for place in 0..orders.articles.len() {
            if let Node::Article(id) = orders.of(ListOf::Articles)[place] {
                orders.articles[id.index()] = place;
            }
        }
        orders
    }

    /// The place of an article among all, from 0.
    pub fn place(&self, article: Id<Article>) -> usize {
        self.articles[article.index()]
    }

    /// All nodes of a list.
    pub fn of(&self, list: ListOf) -> &[Node] {
        let place = ListOf::ALL.iter().position(|other| *other == list);
        place.and_then(|place| self.lists.get(place)).map_or(&[], Vec::as_slice)
    }
}

fn nodes(dossier: &Dossier, of: ListOf) -> Vec<Node> {
    match of {
        ListOf::Articles => dossier.articles.iter().map(|(id, _)| Node::Article(id)).collect(),
        ListOf::Entities => dossier.entities.iter().map(|(id, _)| Node::Entity(id)).collect(),
        ListOf::Events => dossier.events.iter().map(|(id, _)| Node::Event(id)).collect(),
        ListOf::Checks => dossier.checks.iter().map(|id| Node::Check(*id)).collect(),
        ListOf::Figures => dossier.figures.iter().map(|(id, _)| Node::Figure(id)).collect(),
        ListOf::Sources => dossier.sources.iter().map(|(id, _)| Node::Source(id)).collect(),
    }
}

/// What a node is sorted by: its group, its date, its name in the order of the language.
type Key = (usize, bool, Option<SortKey>, Vec<u8>);

/// What keys are made from.
#[derive(Clone, Copy)]
struct Keys<'a> {
    dossier: &'a Dossier,
    links: &'a Links,
    locale: &'a Locale,
}

impl Keys<'_> {
    fn sorted(self, nodes: Vec<Node>) -> Vec<Node> {
        let mut keyed: Vec<(Key, Node)> = nodes.into_par_iter().map(|node| (self.key(node), node)).collect();
        keyed.par_sort_unstable();
        keyed.into_iter().map(|(_, node)| node).collect()
    }

    fn key(self, node: Node) -> Key {
        let dossier = self.dossier;
        let name = self.locale.sort_key(dossier.title(node));
        match node {
            Node::Article(id) => dated(dossier.articles[id].keys.published.as_ref(), name),
            Node::Event(id) => dated(dossier.events[id].keys.date.as_ref(), name),
            Node::Entity(id) => (self.kind_place(&dossier.entities[id].keys.kind), false, None, name),
            Node::Check(id) => (self.verdict_place(id), false, None, name),
            Node::Figure(id) => (status_place(self.links.standings[id.index()].status), false, None, name),
            Node::Source(id) => {
                let publisher = dossier.sources[id].keys.publisher.as_deref();
                let mut key = self.locale.sort_key(publisher.unwrap_or(dossier.title(node)));
                key.extend(name);
                (0, false, None, key)
            }
            Node::Page(_) | Node::Home => (0, false, None, name),
        }
    }

    fn kind_place(self, kind: &str) -> usize {
        let own = self.dossier.settings.entity_kinds.iter().map(|kind| kind.id.as_str());
        ENTITY_KINDS.iter().copied().chain(own).position(|known| known == kind).unwrap_or(usize::MAX)
    }

    fn verdict_place(self, id: Id<Annotation>) -> usize {
        let verdict = self.dossier.check(id).map_or("", |check| check.verdict.as_str());
        let scale = &self.dossier.settings.verdicts;
        scale.iter().position(|known| known.id == verdict).unwrap_or(usize::MAX)
    }
}

/// What has no date comes last.
fn dated(date: Option<&Edtf>, name: Vec<u8>) -> Key {
    (0, date.is_none(), date.map(Edtf::sort_key), name)
}

fn status_place(status: Status) -> usize {
    match status {
        Status::Disputed => 0,
        Status::Agreed => 1,
        Status::Single => 2,
    }
}
