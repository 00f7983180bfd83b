//! One body: what its reader sees, where its annotations stand, and whom it mentions.
//!
//! It is made from the record with its body, the annotations on it, where its links lead and the names of the dossier; and
//! kept as long as these are the same.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::anchor::{Anchoring, Effort, Quote, Tongue, anchor_with};
use super::mention::names_in;
use super::names::{Names, Renamed};
use super::sentence::{Around, Cut, Sentences};
use super::{Anchor, Mention, MentionedBy, report};
use crate::base::diag::Diagnostics;
use crate::base::input::Inputs;
use crate::base::memo::{self, Question, Same};
use crate::base::span::{Extent, FileId, offset};
use crate::model::annotation::Annotation;
use crate::resolve::role::Role;
use crate::resolve::subject::{Subject, SubjectKey};
use crate::resolve::{Node, Outgoing};
use crate::syntax::markdown::{Body, Link, Prose};
use crate::syntax::normal::Normal;
use crate::syntax::yaml::Skipped;

/// A body with what was found in it.
#[derive(Debug, Default)]
pub struct Located {
    /// What its reader sees.
    pub prose: Arc<Prose>,
    /// Where its annotations stand, or why not, in the order in which they were written; nothing for one without a quote.
    pub anchorings: Vec<Option<Anchoring>>,
    /// Mentions of entities and events, in order.
    pub mentions: Vec<Mention>,
    /// All that it mentions or links to, in order of node; with where the places of each end among `spots`.
    pub named: Arc<Vec<(Node, u32)>>,
    /// Where these stand in the prose, one after the other.
    spots: Vec<Spot>,
    /// Where something is named, in order, each place once: the numbers of the anchors that other pages lead to.
    places: Vec<u32>,
    /// What is wrong with its annotations' quotes.
    pub(super) found: Diagnostics,
}

/// A place where something is named, and the sentence around it: bytes in the prose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    range: Extent,
    sentence: Extent,
    cut: Cut,
}

impl Spot {
    /// A place in a sentence.
    pub fn new(range: &Range<usize>, sentence: Around) -> Self {
        Self { range: range.clone().into(), sentence: sentence.range.into(), cut: sentence.cut }
    }

    /// The words.
    pub fn range(&self) -> Range<usize> {
        self.range.range()
    }

    /// The sentence that they stand in.
    pub fn sentence(&self) -> Range<usize> {
        self.sentence.range()
    }

    /// What is left out of the sentence.
    pub fn cut(&self) -> Cut {
        self.cut
    }
}

impl Located {
    /// Where one of [`Located::named`] stands, by its place there: mentions first, each in order.
    pub fn spots(&self, place: usize) -> &[Spot] {
        let start = place.checked_sub(1).map_or(0, |before| self.named[before].1);
        &self.spots[start as usize..self.named[place].1 as usize]
    }

    /// Where something is named, in order, each place once.
    pub fn places(&self) -> &[u32] {
        &self.places
    }

    /// The number of the place at which something is named: how many there are before it. It stays while names are neither
    /// added nor left out, so that a page that leads here is not another after every edit.
    pub fn place_number(&self, spot: &Spot) -> usize {
        let start = offset(spot.range().start);
        self.places.partition_point(|place| *place < start)
    }

    /// Where an annotation stands, by its place among the article's.
    pub fn anchor(&self, item: usize) -> Option<Anchor> {
        match self.anchorings.get(item)?.as_ref()? {
            Anchoring::Exact(range) => Some(Anchor { range: range.clone(), distance: 0 }),
            Anchoring::Drifted { range, distance } => Some(Anchor { range: range.clone(), distance: *distance }),
            Anchoring::Ambiguous { .. } | Anchoring::NotFound { .. } | Anchoring::Unsought => None,
        }
    }
}

/// What is there to be found in this body?
pub(super) struct Locate<'a> {
    /// Whose body.
    pub(super) node: Node,
    /// Its record.
    pub(super) subject: Subject<'a>,
    /// The annotations on it.
    pub(super) annotations: &'a [Arc<Annotation>],
    /// Where its links lead.
    pub(super) outgoing: &'a Arc<Outgoing>,
    /// Whom its annotations refer to.
    pub(super) of_annotations: Option<&'a Arc<Outgoing>>,
    /// What the targets of links without words are called, in their order.
    pub(super) titles: Vec<&'a str>,
    /// What is looked for in all bodies.
    pub(super) names: &'a Names,
    /// The language that it is written in, as a tag.
    pub(super) language: &'a str,
    /// How that differs from what was looked for last.
    pub(super) renamed: &'a Renamed,
    /// Of which only the files of the record and of its annotations are looked at: they are what these were read from.
    pub(super) inputs: &'a Inputs,
    /// Of which only those of the annotations are looked at: they follow from their file.
    pub(super) skipped: &'a Skipped,
}

/// What a body was located with.
pub(super) struct Key {
    node: Node,
    subject: SubjectKey,
    annotations: Vec<Same<Annotation>>,
    outgoing: Same<Outgoing>,
    of_annotations: Option<Same<Outgoing>>,
    titles: Vec<String>,
    language: String,
}

impl Question for Locate<'_> {
    type Key = Key;
    type Answer = Located;

    fn file(&self) -> FileId {
        self.subject.file()
    }

    fn is(&self, key: &Key) -> bool {
        let Self { node, subject, annotations, outgoing, of_annotations, titles, language, .. } = self;
        *node == key.node
            && subject.is(&key.subject)
            && memo::are(&key.annotations, annotations)
            && key.outgoing.is(outgoing)
            && memo::is(key.of_annotations.as_ref(), *of_annotations)
            && *titles == key.titles
            && *language == key.language
    }

    fn key(&self) -> Key {
        Key {
            node: self.node,
            subject: self.subject.key(),
            annotations: self.annotations.iter().cloned().map(Same).collect(),
            outgoing: Same(self.outgoing.clone()),
            of_annotations: self.of_annotations.cloned().map(Same),
            titles: self.titles.iter().map(|title| (*title).to_owned()).collect(),
            language: self.language.to_owned(),
        }
    }

    /// Names are looked for in the text; beyond that only to judge a passage that is not the quote.
    fn stands(&self, last: &Located) -> bool {
        let exact = |anchoring: &Option<Anchoring>| matches!(anchoring, None | Some(Anchoring::Exact(_)));
        match self.renamed {
            Renamed::Nothing => true,
            renamed => last.anchorings.iter().all(exact) && renamed.spares(&last.prose.text),
        }
    }

    fn answer(&self, last: Option<&Located>) -> Located {
        let Some(body) = self.subject.body() else { return Located::default() };
        let (prose, links) = self.read(body);
        let normal = Normal::of(&prose.text);
        let mut located = Located { anchorings: self.anchorings(&normal), ..Located::default() };
        let mut references = Vec::new();
        self.follow_links(&links, &mut located, &mut references);
        self.annotated_mentions(&mut located);
        self.alias_mentions(&normal, &prose, &mut located);
        located.mentions.sort_by_key(|mention| (mention.range().start, mention.range().end, mention.by));
        located.mentions.shrink_to_fit();
        count_blocks(&prose.text, &mut located.mentions);
        located.prose = prose;
        group(&mut located, references, last);
        report::quotes(self, &mut located);
        located
    }
}

impl Locate<'_> {
    /// What a reader sees, and the links. The words of a link without any are its target's name.
    fn read<'b>(&self, body: &'b Body) -> (Arc<Prose>, Cow<'b, [Link]>) {
        let bare = || body.links.iter().zip(&self.outgoing.links).filter(|(link, to)| link.bare && to.is_some());
        let named: Vec<(&str, &str)> = bare().map(|(link, _)| &*link.target).zip(self.titles.iter().copied()).collect();
        let name =
            |target: &str| named.iter().find(|(known, _)| *known == target).map(|(_, title)| (*title).to_owned());
        let renamed = body.named(&name).map(|(prose, links)| (prose, Cow::Owned(links)));
        renamed.unwrap_or_else(|| (body.prose.clone(), Cow::Borrowed(&*body.links)))
    }

    fn anchorings(&self, normal: &Normal) -> Vec<Option<Anchoring>> {
        let named = |text: &str| names_in(&self.names.automaton, text);
        let tongue = Tongue::of(self.language);
        let mut effort = Effort::default();
        let anchoring = |annotation: &Arc<Annotation>| {
            let target = &annotation.target;
            let quote =
                Quote { exact: &target.quote, prefix: target.prefix.as_deref(), suffix: target.suffix.as_deref() };
            (!target.quote.is_empty()).then(|| anchor_with(normal, &quote, tongue, &named, &mut effort))
        };
        self.annotations.iter().map(anchoring).collect()
    }

    /// Links that the author wrote: mentions of entities and events, references to all else.
    fn follow_links(&self, links: &[Link], located: &mut Located, references: &mut Vec<(Node, Range<usize>)>) {
        for (link, to) in links.iter().zip(&self.outgoing.links).filter(|(link, _)| !link.image) {
            match to {
                Some(Node::Entity(_) | Node::Event(_)) if *to == Some(self.node) || link.prose.is_empty() => {}
                Some(of @ (Node::Entity(_) | Node::Event(_))) => {
                    located.mentions.push(Mention::new(*of, link.prose, MentionedBy::Reference));
                }
                Some(other) => references.push((*other, link.prose.range())),
                None => {}
            }
        }
    }

    fn annotated_mentions(&self, located: &mut Located) {
        let all = self.of_annotations.map_or(&[][..], |outgoing| &outgoing.references);
        for reference in all.iter().filter(|reference| reference.role == Role::Mention) {
            let Some(anchor) = located.anchor(reference.item as usize) else { continue };
            located.mentions.push(Mention::new(reference.to, anchor.range, MentionedBy::Annotation));
        }
    }

    /// Names in the text, but for links, code, headings and the passages of `mention` annotations, and not over the end of a
    /// block. A record's own names are found on its own page too, so that no shorter name of another is found inside them,
    /// and are left out after that.
    fn alias_mentions(&self, normal: &Normal, prose: &Prose, located: &mut Located) {
        let mut blocked: Vec<Range<usize>> = prose.blocked.iter().map(|blocked| blocked.range()).collect();
        let annotated = located.mentions.iter().filter(|mention| mention.by == MentionedBy::Annotation);
        blocked.extend(annotated.map(Mention::range));
        blocked.extend(prose.text.match_indices('\n').map(|(at, _)| at..at + 1));
        blocked.sort_by_key(|range| (range.start, range.end));
        let found = self.names.automaton.find(normal, &blocked);
        let mentions = found.into_iter().map(|found| (self.names.node(found.alias), found.range));
        let mentions = mentions.filter(|(of, _)| *of != self.node);
        located.mentions.extend(mentions.map(|(of, range)| Mention::new(of, range, MentionedBy::Alias)));
    }
}

/// Numbers the blocks that mentions stand in; both are in order.
fn count_blocks(text: &str, mentions: &mut [Mention]) {
    let (mut block, mut at) = (0, 0);
    for mention in mentions {
        let start = mention.range().start;
        block += offset(text[at..start].matches('\n').count());
        (mention.block, at) = (block, start);
    }
}

/// Groups what is mentioned or linked to by node.
fn group(located: &mut Located, references: Vec<(Node, Range<usize>)>, last: Option<&Located>) {
    let mentions = located.mentions.iter().map(|mention| (mention.of, mention.range()));
    let mut all: Vec<(Node, Range<usize>)> = mentions.chain(references).collect();
    all.sort_by_key(|(_, range)| range.start);
    located.places = all.iter().map(|(_, range)| offset(range.start)).collect();
    located.places.dedup();
    let mut sentences = Sentences::of(&located.prose.text);
    let spots = all.into_iter().map(|(to, range)| (to, Spot::new(&range, sentences.around(&range))));
    let mut all: Vec<(Node, Spot)> = spots.collect();
    // Stable: to the same, in order of place.
    all.sort_by_key(|(to, _)| *to);
    let mut end = 0;
    let named = all.chunk_by(|one, other| one.0 == other.0).map(|group| {
        end += offset(group.len());
        (group[0].0, end)
    });
    located.named = memo::keep(last.map(|last| &last.named), named.collect());
    located.spots = all.iter().map(|(_, spot)| *spot).collect();
}
