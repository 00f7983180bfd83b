//! Where a word comes from: the source of each article, and the origin that each source leads to.

use super::{Dossier, Node};
use crate::base::id::Id;
use crate::model::article::Article;
use crate::model::source::SourceRecord;
use crate::resolve::role::Role;

/// The source of each article and the origin of each source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origins {
    /// By article.
    sources: Vec<Option<Id<SourceRecord>>>,
    /// The source that each source names, by source.
    next: Vec<Option<Id<SourceRecord>>>,
    /// Where following them ends, by source.
    last: Vec<Id<SourceRecord>>,
}

impl Origins {
    /// Follows all sources, given what the records refer to.
    pub(super) fn of(dossier: &Dossier) -> Self {
        let mut origins = Self {
            next: vec![None; dossier.sources.len()],
            last: Vec::new(),
            sources: vec![None; dossier.articles.len()],
        };
        for (id, _) in dossier.articles.iter() {
            let source = source(dossier, Node::Article(id), Role::Publication);
            origins.sources[id.index()] = source;
            // What an article says of its source's origin, it says of a source that is described inside it.
            if let Some(inline) = source.filter(|source| dossier.sources[*source].inline) {
                origins.next[inline.index()] = self::source(dossier, Node::Article(id), Role::Origin);
            }
        }
        for (id, _) in dossier.sources.iter().filter(|(_, source)| !source.inline) {
            origins.next[id.index()] = source(dossier, Node::Source(id), Role::Origin);
        }
        origins.last = follow(&origins.next);
        origins
    }

    /// The source of an article.
    pub fn source_of(&self, article: Id<Article>) -> Option<Id<SourceRecord>> {
        self.sources.get(article.index()).copied().flatten()
    }

    /// The source that a source names as its origin.
    pub fn next(&self, source: Id<SourceRecord>) -> Option<Id<SourceRecord>> {
        self.next.get(source.index()).copied().flatten()
    }

    /// Where a source's word comes from: its `origin`, followed to the end.
    pub fn of_source(&self, source: Id<SourceRecord>) -> Id<SourceRecord> {
        self.last.get(source.index()).copied().unwrap_or(source)
    }

    /// The origin of what a node says: a source's, or an article's source's; else the node itself.
    pub fn of_node(&self, node: Node) -> Node {
        match node {
            Node::Source(id) => Node::Source(self.of_source(id)),
            Node::Article(id) => self.source_of(id).map_or(node, |source| Node::Source(self.of_source(source))),
            other => other,
        }
    }
}

/// The source that a record refers to in a role that only one has.
fn source(dossier: &Dossier, from: Node, role: Role) -> Option<Id<SourceRecord>> {
    if let Node::Source(id) = dossier.reference_to(from, role)? { Some(id) } else { None }
}

/// Where each chain ends. A ring is an error that has been reported: there each is its own origin.
fn follow(next: &[Option<Id<SourceRecord>>]) -> Vec<Id<SourceRecord>> {
    let mut last: Vec<Option<Id<SourceRecord>>> = vec![None; next.len()];
    let mut met_from = vec![usize::MAX; next.len()];
    for start in 0..next.len() {
        let (mut way, mut at): (Vec<Id<SourceRecord>>, _) = (Vec::new(), Id::new(start));
        let end = loop {
            if let Some(known) = last[at.index()] {
                break known;
            }
            if met_from[at.index()] == start {
                let ring = way.iter().position(|met| *met == at).unwrap_or_default();
                way.drain(ring..).for_each(|member| last[member.index()] = Some(member));
                break at;
            }
            met_from[at.index()] = start;
            way.push(at);
            match next[at.index()] {
                Some(onward) if onward != at => at = onward,
                _ => break at,
            }
        };
        way.into_iter().for_each(|met| last[met.index()] = Some(end));
    }
    last.into_iter().enumerate().map(|(index, end)| end.unwrap_or(Id::new(index))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chains_are_followed_to_their_end_and_rings_are_left() {
        for (next, expected) in [
            (&[Some(1), Some(2), None][..], &[2, 2, 2][..]),
            (&[Some(0), Some(0)], &[0, 0]),
            (&[Some(1), Some(2), Some(1), None], &[1, 1, 2, 3]),
        ] {
            let next: Vec<_> = next.iter().map(|to| to.map(Id::new)).collect();
            let expected: Vec<_> = expected.iter().map(|to| Id::new(*to)).collect();
            assert_eq!(follow(&next), expected);
        }
    }
}
