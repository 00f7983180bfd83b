//! Which entities belong together: those that are named in the same paragraphs, or took part in the same events.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::Links;
use crate::base::id::Id;
use crate::model::entity::Entity;
use crate::resolve::role::Role;
use crate::resolve::{Dossier, Node};

/// How many are shown of each.
const MOST: usize = 12;

/// A paragraph that names more than this is a list, and says nothing of any two of them.
const CROWD: usize = 24;

/// How often two entities are together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Together {
    /// Paragraphs that name both.
    pub paragraphs: usize,
    /// Events that both took part in.
    pub events: usize,
}

impl Together {
    /// Both counts in one.
    pub fn weight(self) -> usize {
        self.paragraphs + self.events
    }
}

/// The nearest of each entity, counted when somebody asks: its page does, and the open data.
#[derive(Debug)]
pub struct Related(Vec<OnceLock<Vec<Near>>>);

/// An entity near to another, and how near.
pub type Near = (Id<Entity>, Together);

impl Related {
    pub(super) fn of(dossier: &Dossier) -> Self {
        Self(dossier.entities.iter().map(|_| OnceLock::new()).collect())
    }

    pub(super) fn get(&self, dossier: &Dossier, links: &Links, entity: Id<Entity>) -> &[Near] {
        self.0[entity.index()].get_or_init(|| nearest(dossier, links, entity))
    }
}

/// It is counted from the texts that mention the entity.
fn nearest(dossier: &Dossier, links: &Links, entity: Id<Entity>) -> Vec<Near> {
    let node = Node::Entity(entity);
    let mut groups = Groups::default();
    for backlink in links.backlinks(node) {
        let mentions = links.mentions(backlink.from);
        let mut counted = 0;
        // A text may mention thousands: only the paragraphs with this one are looked at.
        for spot in backlink.mentions {
            let start = spot.range().start;
            let at = mentions.partition_point(|mention| mention.range().start < start);
            if at < counted || at == mentions.len() {
                continue;
            }
            let block = mentions[at].block;
            let first = mentions.partition_point(|mention| mention.block < block);
            counted = first + mentions[first..].partition_point(|mention| mention.block == block);
            groups.add(mentions[first..counted].iter().map(|mention| mention.of));
        }
    }
    let mut together: BTreeMap<Id<Entity>, Together> = BTreeMap::new();
    groups.count(entity, |other, count| together.entry(other).or_default().paragraphs = count);
    let mut groups = Groups::default();
    for event in links.graph.from(node, Role::Participant(0)) {
        let references = dossier.outgoing(event).map_or(&[][..], |outgoing| &outgoing.references);
        let participants = references.iter().filter(|reference| matches!(reference.role, Role::Participant(_)));
        groups.add(participants.map(|reference| reference.to));
    }
    groups.count(entity, |other, count| together.entry(other).or_default().events = count);
    let mut nearest: Vec<Near> = together.into_iter().collect();
    nearest.sort_by_key(|(other, together)| (std::cmp::Reverse(together.weight()), *other));
    nearest.truncate(MOST);
    nearest.shrink_to_fit();
    nearest
}

/// Groups of entities, one after the other: some are named in thousands of paragraphs, and a list is cheaper than a set each.
#[derive(Default)]
struct Groups {
    members: Vec<Id<Entity>>,
}

impl Groups {
    /// The entities among some nodes, each once; none of a crowd.
    fn add(&mut self, nodes: impl Iterator<Item = Node>) {
        let start = self.members.len();
        for node in nodes {
            if let Node::Entity(id) = node
                && !self.members[start..].contains(&id)
            {
                self.members.push(id);
            }
            if self.members.len() - start > CROWD {
                return self.members.truncate(start);
            }
        }
    }

    /// Tells how many of the groups each has been in, but for `own`.
    fn count(mut self, own: Id<Entity>, mut tell: impl FnMut(Id<Entity>, usize)) {
        self.members.sort_unstable();
        let others = self.members.chunk_by(|one, next| one == next).filter(|same| same[0] != own);
        others.for_each(|same| tell(same[0], same.len()));
    }
}
