//! Chains that must end: `part_of` of entities and of events, `origin` of sources.

use super::role::Role;
use super::{Dossier, Node};
use crate::base::diag::{Code, Diagnostics};
use crate::base::id::Id;
use crate::syntax::yaml::{Path, Places};

/// Reports each ring once, at its first record in order of id.
pub(super) fn check(dossier: &Dossier, places: &Places<'_>, diags: &mut Diagnostics) {
    let entities: Vec<Node> = dossier.entities.iter().map(|(id, _)| Node::Entity(id)).collect();
    let events: Vec<Node> = dossier.events.iter().map(|(id, _)| Node::Event(id)).collect();
    for nodes in [entities, events] {
        let next = nodes.iter().map(|node| dossier.reference_to(*node, Role::Whole).map(index)).collect();
        rings(dossier, places, &nodes, next, ("part_of", Code::PartOfCycle), diags);
    }
    let sources: Vec<Node> = dossier.sources.iter().map(|(id, _)| Node::Source(id)).collect();
    let next = dossier.sources.iter().map(|(id, _)| dossier.origins.next(id).map(Id::index)).collect();
    rings(dossier, places, &sources, next, ("origin", Code::OriginCycle), diags);
}

/// Follows every chain once: a node that is met again on the walk that first met it closes a ring.
fn rings(
    dossier: &Dossier,
    places: &Places<'_>,
    chains: &[Node],
    next: Vec<Option<usize>>,
    (key, code): (&'static str, Code),
    diags: &mut Diagnostics,
) {
    let mut met_on: Vec<Option<usize>> = vec![None; chains.len()];
    for start in 0..chains.len() {
        let mut at = Some(start);
        while let Some(here) = at.filter(|here| met_on[*here].is_none()) {
            met_on[here] = Some(start);
            at = next[here];
        }
        let Some(ring) = at.filter(|here| met_on[*here] == Some(start)) else { continue };
        let Some(record) = dossier.record(chains[ring]) else { continue };
        let members = members(&next, ring);
        let names: Vec<&str> = members.iter().map(|member| dossier.id(chains[*member])).collect();
        let meta = record.meta();
        let message = match names.as_slice() {
            [one] => {
                format!("`{one}` is {} of itself", if code == Code::OriginCycle { "the origin" } else { "a part" })
            }
            many => format!("`{}` form a ring", many.join("` → `")),
        };
        diags
            .add(code, places.value(meta.at, &path(dossier, chains[ring], key)), message)
            .help(format!("remove one `{key}`"));
    }
}

fn path(dossier: &Dossier, node: Node, key: &'static str) -> Path {
    match node {
        Node::Source(id) if dossier.sources[id].inline => Path::of("source").key(key),
        _ => Path::of(key),
    }
}

fn index(node: Node) -> usize {
    match node {
        Node::Entity(id) => id.index(),
        Node::Event(id) => id.index(),
        Node::Source(id) => id.index(),
        _ => usize::MAX,
    }
}

fn members(next: &[Option<usize>], start: usize) -> Vec<usize> {
    let mut members = vec![start];
    let mut at = next[start];
    while let Some(here) = at.filter(|here| *here != start) {
        members.push(here);
        at = next[here];
    }
    members
}
