//! Chains that must end: `part_of` of entities and of events, `origin` of sources.

use super::{Dossier, Node};
use crate::base::diag::{Code, Diagnostics};
use crate::model::reference::{Kinds, Ref};
use crate::syntax::yaml::{Path, Places};

/// Reports each ring once, at its first record in order of id.
pub(super) fn check(dossier: &Dossier, places: &Places<'_>, diags: &mut Diagnostics) {
    let entities = dossier.entities.iter().map(|(id, e)| (Node::Entity(id), e.keys.part_of.as_ref())).collect();
    rings(dossier, places, entities, ("part_of", Code::PartOfCycle), diags);
    let events = dossier.events.iter().map(|(id, e)| (Node::Event(id), e.keys.part_of.as_ref())).collect();
    rings(dossier, places, events, ("part_of", Code::PartOfCycle), diags);
    let sources = dossier.sources.iter().map(|(id, s)| (Node::Source(id), s.keys.origin.as_ref())).collect();
    rings(dossier, places, sources, ("origin", Code::OriginCycle), diags);
}

/// Follows every chain once: a node that is met again on the walk that first met it closes a ring.
fn rings<const KINDS: Kinds>(
    dossier: &Dossier,
    places: &Places<'_>,
    chains: Vec<(Node, Option<&Ref<KINDS>>)>,
    (key, code): (&'static str, Code),
    diags: &mut Diagnostics,
) {
    let next: Vec<Option<usize>> =
        chains.iter().map(|(_, to)| to.and_then(|to| dossier.follow(to).ok()).map(index)).collect();
    let mut met_on: Vec<Option<usize>> = vec![None; chains.len()];
    for start in 0..chains.len() {
        let mut at = Some(start);
        while let Some(here) = at.filter(|here| met_on[*here].is_none()) {
            met_on[here] = Some(start);
            at = next[here];
        }
        let Some(ring) = at.filter(|here| met_on[*here] == Some(start)) else { continue };
        let Some(record) = dossier.record(chains[ring].0) else { continue };
        let members = members(&next, ring);
        let names: Vec<&str> = members.iter().map(|member| dossier.id(chains[*member].0)).collect();
        let meta = record.meta();
        let message = match names.as_slice() {
            [one] => {
                format!("`{one}` is {} of itself", if code == Code::OriginCycle { "the origin" } else { "a part" })
            }
            many => format!("`{}` form a ring", many.join("` → `")),
        };
        diags
            .add(code, places.value(meta.at, &path(dossier, chains[ring].0, key)), message)
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
