//! Mentions and links turned around: who mentions a record, and in which words.

use std::ops::Range;
use std::sync::Arc;

use super::bodies::Bodies;
use super::grouped::Grouped;
use crate::base::id::Id;
use crate::base::span::offset;
use crate::resolve::numbering::Numbering;
use crate::resolve::{Dossier, KeyLink, Node};

/// Who mentions a node, and in which words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backlink<'a> {
    /// Who.
    pub from: Node,
    /// The mentions in its body, in order.
    pub mentions: &'a [Range<usize>],
    /// Links in the Markdown of its keys: the texts they stand in.
    pub texts: Vec<&'a str>,
}

/// All mentions and links, by what they lead to.
#[derive(Debug, Default)]
pub struct Backlinks {
    numbering: Numbering,
    to: Grouped<Entry>,
    texts: Vec<Arc<str>>,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    from: Node,
    place: Place,
}

/// Where something is named.
#[derive(Clone, Copy, Debug)]
enum Place {
    /// In the body: the place among all that is named there.
    Body(u32),
    /// In a key: the place among all texts.
    Text(u32),
}

impl Backlinks {
    /// Turns around what all bodies and keys name. It is given in order of who names, so that each list comes out in that.
    pub(super) fn of(dossier: &Dossier, bodies: &Bodies) -> Self {
        let numbering = dossier.numbering();
        let mut build = Build { numbering, entries: Vec::new(), texts: Vec::new() };
        for (node, _) in dossier.subjects().take_while(|(node, _)| *node < Node::Page(Id::new(0))) {
            build.record(dossier, bodies, node);
        }
        for (article, _) in dossier.articles.iter() {
            let first = dossier.of_article[article.index()].start;
            for link in &dossier.outgoing_of_annotations(article).texts {
                let id = Id::new(first + link.item as usize);
                if dossier.check(id).is_some() {
                    build.text(Node::Check(id), link);
                }
            }
        }
        for (node, _) in dossier.subjects().skip_while(|(node, _)| *node < Node::Page(Id::new(0))) {
            build.record(dossier, bodies, node);
        }
        Self { numbering, to: Grouped::new(numbering.count(), &build.entries), texts: build.texts }
    }

    /// Who mentions a node, in order.
    pub fn of_node<'a>(&'a self, bodies: &'a Bodies, node: Node) -> Vec<Backlink<'a>> {
        let entries = self.to.of(self.numbering.number(node));
        let backlink = |entries: &[Entry]| {
            let mut backlink = Backlink { from: entries[0].from, mentions: &[], texts: Vec::new() };
            for entry in entries {
                match entry.place {
                    Place::Body(place) => {
                        backlink.mentions = bodies.get(&entry.from).map_or(&[], |body| body.spots(place as usize));
                    }
                    Place::Text(place) => backlink.texts.push(&self.texts[place as usize]),
                }
            }
            backlink
        };
        entries.chunk_by(|one, other| one.from == other.from).map(backlink).collect()
    }

    /// Whether anybody mentions a node.
    pub fn has(&self, node: Node) -> bool {
        !self.to.of(self.numbering.number(node)).is_empty()
    }

    /// How often a node is mentioned.
    pub fn count(&self, bodies: &Bodies, node: Node) -> usize {
        let entries = self.to.of(self.numbering.number(node)).iter();
        let count = |entry: &Entry| match entry.place {
            Place::Body(place) => bodies.get(&entry.from).map_or(0, |body| body.named[place as usize].1),
            Place::Text(_) => 1,
        };
        entries.map(count).sum()
    }
}

struct Build {
    numbering: Numbering,
    entries: Vec<(usize, Entry)>,
    texts: Vec<Arc<str>>,
}

impl Build {
    /// What a record names: in its body, in its keys, and in the annotations on it that are no checks.
    fn record(&mut self, dossier: &Dossier, bodies: &Bodies, from: Node) {
        let named = bodies.get(&from).map_or(&[][..], |located| &located.named);
        for (place, (to, _)) in named.iter().enumerate().filter(|(_, (to, _))| *to != from) {
            let entry = Entry { from, place: Place::Body(offset(place)) };
            self.entries.push((self.numbering.number(*to), entry));
        }
        if let Some(outgoing) = dossier.outgoing(from) {
            outgoing.texts.iter().for_each(|link| self.text(from, link));
        }
        if let Node::Article(article) = from {
            let annotations = dossier.shared_annotations_of(article);
            let others = dossier.outgoing_of_annotations(article).texts.iter();
            others
                .filter(|link| annotations[link.item as usize].fact_check().is_none())
                .for_each(|link| self.text(from, link));
        }
    }

    fn text(&mut self, from: Node, link: &KeyLink) {
        if link.to != from {
            let entry = Entry { from, place: Place::Text(offset(self.texts.len())) };
            self.entries.push((self.numbering.number(link.to), entry));
            self.texts.push(link.text.clone());
        }
    }
}
