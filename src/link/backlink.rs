//! Mentions and links turned around: who mentions a record, and in which words.

use std::ops::Range;
use std::sync::Arc;

use super::bodies::Bodies;
use super::grouped::Grouped;
use super::locate::Spot;
use crate::base::id::Id;
use crate::base::span::offset;
use crate::model::annotation::Annotation;
use crate::resolve::numbering::Numbering;
use crate::resolve::{Dossier, KeyLink, Node};

/// Who mentions a node, and in which words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backlink<'a> {
    /// Who.
    pub from: Node,
    /// The mentions in its body, in order.
    pub mentions: &'a [Spot],
    /// Links in the Markdown of its keys: the texts they stand in.
    pub texts: Vec<&'a KeyText>,
}

/// A text in a key that leads to another record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyText {
    /// Its Markdown.
    pub text: Arc<str>,
    /// The annotation that it is a key of; nothing for one of the record's own.
    pub annotation: Option<Id<Annotation>>,
}

impl Backlink<'_> {
    /// How many rows it makes.
    pub fn count(&self) -> usize {
        self.mentions.len() + self.texts.len()
    }
}

/// All mentions and links, by what they lead to.
#[derive(Debug, Default)]
pub struct Backlinks {
    numbering: Numbering,
    to: Grouped<Entry>,
    /// How many rows the list of each node has, by number.
    counts: Vec<u32>,
    texts: Vec<KeyText>,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    from: Node,
    place: Place,
    /// How many rows come before it in the list: a part of a long one begins without counting the others.
    before: u32,
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
        let counts = vec![0; numbering.count()];
        // There are hundreds of thousands: a list that grows is copied, and twice there while it is.
        let entries = Vec::with_capacity(bodies.iter().map(|(_, located)| located.named.len()).sum());
        let mut build = Build { numbering, entries, counts, texts: Vec::new() };
        for (node, _) in dossier.subjects().take_while(|(node, _)| *node < Node::Page(Id::new(0))) {
            build.record(dossier, bodies, node);
        }
        for (article, _) in dossier.articles.iter() {
            let first = dossier.of_article[article.index()].start;
            for link in &dossier.outgoing_of_annotations(article).texts {
                let id = Id::new(first + link.item as usize);
                if dossier.check(id).is_some() {
                    build.text(Node::Check(id), link, Some(id));
                }
            }
        }
        for (node, _) in dossier.subjects().skip_while(|(node, _)| *node < Node::Page(Id::new(0))) {
            build.record(dossier, bodies, node);
        }
        let to = Grouped::new(numbering.count(), &build.entries);
        Self { numbering, to, counts: build.counts, texts: build.texts }
    }

    /// Who mentions a node, in order.
    pub fn of_node<'a>(&'a self, bodies: &'a Bodies, node: Node) -> Vec<Backlink<'a>> {
        self.rows(bodies, node, 0..usize::MAX)
    }

    /// The same, of some rows of the list.
    pub fn rows<'a>(&'a self, bodies: &'a Bodies, node: Node, rows: Range<usize>) -> Vec<Backlink<'a>> {
        let entries = self.to.of(self.numbering.number(node));
        let first = entries.partition_point(|entry| entry.before as usize <= rows.start).saturating_sub(1);
        let last = entries.partition_point(|entry| (entry.before as usize) < rows.end);
        let backlink = |entries: &[Entry]| {
            let mut backlink = Backlink { from: entries[0].from, mentions: &[], texts: Vec::new() };
            for entry in entries {
                let before = entry.before as usize;
                match entry.place {
                    Place::Body(place) => {
                        let spots = bodies.get(&entry.from).map_or(&[][..], |body| body.spots(place as usize));
                        let row = |at: usize| at.saturating_sub(before).min(spots.len());
                        backlink.mentions = &spots[row(rows.start)..row(rows.end)];
                    }
                    Place::Text(place) if before >= rows.start => backlink.texts.push(&self.texts[place as usize]),
                    Place::Text(_) => {}
                }
            }
            backlink
        };
        let entries = entries.get(first..last).unwrap_or_default();
        let backlinks = entries.chunk_by(|one, other| one.from == other.from).map(backlink);
        backlinks.filter(|backlink| backlink.count() > 0).collect()
    }

    /// Whether anybody mentions a node.
    pub fn has(&self, node: Node) -> bool {
        self.count(node) > 0
    }

    /// How often a node is mentioned.
    pub fn count(&self, node: Node) -> usize {
        self.counts.get(self.numbering.number(node)).map_or(0, |count| *count as usize)
    }
}

struct Build {
    numbering: Numbering,
    entries: Vec<(u32, Entry)>,
    counts: Vec<u32>,
    texts: Vec<KeyText>,
}

impl Build {
    /// What a record names: in its body, in its keys, and in the annotations on it that are no checks.
    fn record(&mut self, dossier: &Dossier, bodies: &Bodies, from: Node) {
        if let Some(body) = bodies.get(&from) {
            for (place, (to, _)) in body.named.iter().enumerate().filter(|(_, (to, _))| *to != from) {
                self.add(*to, from, Place::Body(offset(place)), body.spots(place).len());
            }
        }
        if let Some(outgoing) = dossier.outgoing(from) {
            outgoing.texts.iter().for_each(|link| self.text(from, link, None));
        }
        if let Node::Article(article) = from {
            let annotations = dossier.shared_annotations_of(article);
            let first = dossier.of_article[article.index()].start;
            let others = dossier.outgoing_of_annotations(article).texts.iter();
            others
                .filter(|link| annotations[link.item as usize].fact_check().is_none())
                .for_each(|link| self.text(from, link, Some(Id::new(first + link.item as usize))));
        }
    }

    fn text(&mut self, from: Node, link: &KeyLink, annotation: Option<Id<Annotation>>) {
        if link.to != from {
            self.add(link.to, from, Place::Text(offset(self.texts.len())), 1);
            self.texts.push(KeyText { text: link.text.clone(), annotation });
        }
    }

    fn add(&mut self, to: Node, from: Node, place: Place, rows: usize) {
        let number = self.numbering.number(to);
        let before = self.counts[number];
        self.counts[number] += offset(rows);
        self.entries.push((offset(number), Entry { from, place, before }));
    }
}
