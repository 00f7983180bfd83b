//! The order of each list, made once for all its parts. Oldest first where there are dates, so that what is new changes the
//! last part only; names in the order of the interface's language.

use std::sync::Arc;

use rayon::prelude::*;

use super::routes::ListOf;
use crate::base::date::{Edtf, SortKey};
use crate::base::id::Id;
use crate::link::Links;
use crate::link::standing::Status;
use crate::locale::Locale;
use crate::model::annotation::Annotation;
use crate::model::article::Article;
use crate::model::entity::Entity;
use crate::model::settings::ENTITY_KINDS;
use crate::resolve::{Dossier, Node};

/// The nodes of every list in its order.
#[derive(Clone, Debug, Default)]
pub struct Orders {
    /// In the order of [`ListOf::ALL`].
    lists: Vec<Arc<Vec<Node>>>,
    /// The place of each article in its list, by its number.
    articles: Vec<usize>,
}

/// What was put in order before, and what came out.
#[derive(Default)]
pub struct Memo(Option<Last>);

struct Last {
    dossier: Arc<Dossier>,
    links: Arc<Links>,
    locale: Arc<Locale>,
    orders: Arc<Orders>,
}

impl Orders {
    /// Sorts all lists, but for those that would come out as they did before.
    pub fn new(dossier: &Arc<Dossier>, links: &Arc<Links>, locale: &Arc<Locale>, memo: &mut Memo) -> Arc<Self> {
        let keys = Keys { dossier, links, locale };
        let last = memo.0.as_ref().filter(|last| Arc::ptr_eq(&last.locale, locale));
        let list = |(place, list): (usize, &ListOf)| match last {
            Some(Last { dossier, links, locale, orders })
                if keys.are_those_of(Keys { dossier, links, locale }, *list) =>
            {
                orders.lists[place].clone()
            }
            _ => Arc::new(keys.sorted(nodes(keys.dossier, *list))),
        };
        let lists = ListOf::ALL.iter().enumerate().map(list).collect();
        let mut orders = Self { lists, articles: vec![0; dossier.articles.len()] };
        for place in 0..orders.articles.len() {
            if let Node::Article(id) = orders.of(ListOf::Articles)[place] {
                orders.articles[id.index()] = place;
            }
        }
        let orders = Arc::new(orders);
        let (dossier, links, locale) = (dossier.clone(), links.clone(), locale.clone());
        memo.0 = Some(Last { dossier, links, locale, orders: orders.clone() });
        orders
    }

    /// The place of an article among all, from 0.
    pub fn place(&self, article: Id<Article>) -> usize {
        self.articles[article.index()]
    }

    /// All nodes of a list.
    pub fn of(&self, list: ListOf) -> &[Node] {
        let place = ListOf::ALL.iter().position(|other| *other == list);
        place.and_then(|place| self.lists.get(place)).map_or(&[], |list| list.as_slice())
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

    /// Whether a list has the same nodes with the same keys in both: it compares all that [`Keys::key`] reads.
    fn are_those_of(self, last: Self, list: ListOf) -> bool {
        let (now, then) = (self.dossier, last.dossier);
        let same_settings = Arc::ptr_eq(&now.settings, &then.settings);
        match list {
            ListOf::Articles => now.articles.is_like(&then.articles, |one, other| {
                (&one.keys.title, &one.keys.published) == (&other.keys.title, &other.keys.published)
            }),
            ListOf::Events => now.events.is_like(&then.events, |one, other| {
                (&one.keys.title, &one.keys.date) == (&other.keys.title, &other.keys.date)
            }),
            ListOf::Entities => {
                let same = |one: &Entity, other: &Entity| {
                    (&one.keys.name, &one.keys.kind) == (&other.keys.name, &other.keys.kind)
                };
                same_settings && now.entities.is_like(&then.entities, same)
            }
            ListOf::Checks => {
                let same = |id: &Id<Annotation>| {
                    Arc::ptr_eq(&now.annotations.records()[id.index()], &then.annotations.records()[id.index()])
                        || (now.claim(*id) == then.claim(*id) && self.verdict_place(*id) == last.verdict_place(*id))
                };
                same_settings && now.checks == then.checks && now.checks.iter().all(same)
            }
            ListOf::Figures => {
                let statuses = || self.links.standings.iter().zip(last.links.standings.iter());
                now.figures.is_like(&then.figures, |one, other| one.keys.title == other.keys.title)
                    && statuses().all(|(one, other)| one.status == other.status)
            }
            ListOf::Sources => now.sources.is_like(&then.sources, |one, other| {
                (&one.keys.title, &one.keys.publisher) == (&other.keys.title, &other.keys.publisher)
            }),
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
