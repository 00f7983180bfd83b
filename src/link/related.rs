//! Which entities belong together: those that are named in the same paragraphs, or took part in the same events.

use std::collections::BTreeMap;

use super::locate::Located;
use crate::base::id::Id;
use crate::model::entity::Entity;
use crate::resolve::{Dossier, Node};

/// How many are shown of each.
const MOST: usize = 12;

/// A paragraph that names more than this is a list, and says nothing of any two of them.
const CROWD: usize = 24;

/// Related entities, by entity.
#[derive(Clone, Debug, Default)]
pub struct Related {
    of: Vec<Vec<(Id<Entity>, Together)>>,
}

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

type Pairs = BTreeMap<(Id<Entity>, Id<Entity>), Together>;

impl Related {
    /// Counts over the whole dossier.
    pub fn new(dossier: &Dossier, bodies: &BTreeMap<Node, Located>) -> Self {
        let mut pairs = Pairs::new();
        bodies.values().for_each(|located| paragraphs(located, &mut pairs));
        for (_, event) in dossier.events.iter() {
            let participants = event.keys.participants.iter().map(|participant| &participant.entity);
            let nodes = participants.filter_map(|reference| dossier.follow(reference).ok());
            add_group(&mut pairs, nodes.collect(), |together| together.events += 1);
        }
        let mut of = vec![Vec::new(); dossier.entities.len()];
        for ((a, b), together) in pairs {
            of[a.index()].push((b, together));
            of[b.index()].push((a, together));
        }
        for list in &mut of {
            list.sort_by_key(|(other, together)| (std::cmp::Reverse(together.weight()), *other));
            list.truncate(MOST);
        }
        Self { of }
    }

    /// The entities nearest to one, and how near.
    pub fn of(&self, id: Id<Entity>) -> impl Iterator<Item = (Id<Entity>, Together)> {
        self.of.get(id.index()).into_iter().flatten().copied()
    }
}

fn paragraphs(located: &Located, pairs: &mut Pairs) {
    let mut at = 0;
    while at < located.mentions.len() {
        let end = paragraph_end(&located.prose.text, located.mentions[at].range.start);
        let inside = located.mentions[at..].iter().take_while(|mention| mention.range.start < end).count().max(1);
        let named = located.mentions[at..at + inside].iter().map(|mention| mention.of);
        add_group(pairs, named.collect(), |together| together.paragraphs += 1);
        at += inside;
    }
}

fn paragraph_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |newline| at + newline)
}

fn add_group(pairs: &mut Pairs, nodes: Vec<Node>, count: impl Fn(&mut Together)) {
    let mut group: Vec<Id<Entity>> =
        nodes.into_iter().filter_map(|node| if let Node::Entity(id) = node { Some(id) } else { None }).collect();
    group.sort_unstable();
    group.dedup();
    if group.len() > CROWD {
        return;
    }
    for (index, a) in group.iter().enumerate() {
        for b in &group[index + 1..] {
            count(pairs.entry((*a, *b)).or_default());
        }
    }
}
