//! Which entities belong together: those that are named in the same paragraphs, or took part in the same events.

use std::collections::BTreeMap;

use super::Context;
use crate::base::id::Id;
use crate::model::entity::Entity;
use crate::model::value::Kind;
use crate::resolve::Node;

/// How many are shown of each.
const MOST: usize = 12;

/// A paragraph that names more than this is a list, and says nothing of any two of them.
const CROWD: usize = 24;

/// Related entities, by entity.
#[derive(Clone, Debug, Default)]
pub struct Related {
    of: Vec<Vec<(Id<Entity>, usize)>>,
}

impl Related {
    /// The entities nearest to one, each with its weight: in how many paragraphs and events both are.
    pub fn of(&self, id: Id<Entity>) -> impl Iterator<Item = (Id<Entity>, usize)> {
        self.of.get(id.index()).into_iter().flatten().copied()
    }
}

/// Counts over the whole dossier.
pub fn related(context: &Context<'_>) -> Related {
    let mut weights: BTreeMap<(Id<Entity>, Id<Entity>), usize> = BTreeMap::new();
    for located in context.links.bodies.values() {
        let mut at = 0;
        while at < located.mentions.len() {
            let end = paragraph_end(&located.prose.text, located.mentions[at].range.start);
            let inside = located.mentions[at..].iter().take_while(|mention| mention.range.start < end).count().max(1);
            let named = located.mentions[at..at + inside].iter().map(|mention| mention.of);
            add_group(&mut weights, named.collect());
            at += inside;
        }
    }
    for (_, event) in context.dossier.events.iter() {
        let participants = event.keys.participants.iter().map(|participant| &participant.entity);
        let nodes = participants.filter_map(|reference| context.dossier.find(&reference.0, &[Kind::Entity]).ok());
        add_group(&mut weights, nodes.collect());
    }
    let mut of = vec![Vec::new(); context.dossier.entities.len()];
    for ((a, b), weight) in weights {
        of[a.index()].push((b, weight));
        of[b.index()].push((a, weight));
    }
    for list in &mut of {
        list.sort_by_key(|(other, weight)| (std::cmp::Reverse(*weight), *other));
        list.truncate(MOST);
    }
    Related { of }
}

fn paragraph_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |newline| at + newline)
}

fn add_group(weights: &mut BTreeMap<(Id<Entity>, Id<Entity>), usize>, nodes: Vec<Node>) {
    let mut group: Vec<Id<Entity>> =
        nodes.into_iter().filter_map(|node| if let Node::Entity(id) = node { Some(id) } else { None }).collect();
    group.sort_unstable();
    group.dedup();
    if group.len() > CROWD {
        return;
    }
    for (index, a) in group.iter().enumerate() {
        for b in &group[index + 1..] {
            *weights.entry((*a, *b)).or_default() += 1;
        }
    }
}
