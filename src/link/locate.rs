//! One body: what its reader sees, where its annotations stand, and whom it mentions.

use std::ops::Range;
use std::sync::Arc;

use super::anchor::{Anchoring, Quote, anchor};
use super::mention::{Alias, Automaton, Case, names_in};
use super::{Mention, MentionedBy};
use crate::base::id::Id;
use crate::base::input::Inputs;
use crate::model::annotation::{Annotation, AnnotationKind};
use crate::model::entity::{Match, names};
use crate::model::value::Kind;
use crate::resolve::destination::Destination;
use crate::resolve::{Dossier, Node};
use crate::syntax::markdown::{Body, Link, Prose};
use crate::syntax::normal::Normal;
use crate::syntax::yaml::Path;

/// A body with what was found in it.
#[derive(Clone, Debug, Default)]
pub struct Located {
    /// What its reader sees.
    pub prose: Arc<Prose>,
    /// Where its annotations stand, or why not; in the order in which they were written.
    pub anchorings: Vec<(Id<Annotation>, Anchoring)>,
    /// Mentions of entities and events, in order.
    pub mentions: Vec<Mention>,
    /// Links to records of other kinds, in order.
    pub references: Vec<(Node, Range<usize>)>,
}

/// All names that mentions are found by.
pub struct Names {
    automaton: Automaton,
    /// Each name with its record and place, in the order that the automaton counts them.
    pub entries: Vec<NameEntry>,
}

/// One name of a record.
#[derive(Clone, Debug)]
pub struct NameEntry {
    /// Whose.
    pub of: Node,
    /// Where it was written.
    pub path: Path,
    /// The name.
    pub text: String,
    /// How it is looked for.
    pub case: Case,
}

impl Names {
    /// The names of all entities, and the aliases of all events.
    pub fn of(dossier: &Dossier) -> Self {
        let mut entries = Vec::new();
        let mut add = |of: Node, path: Path, text: &str, matching: Match| {
            let case = match matching {
                Match::ExactCase => Case::Exact,
                Match::AnyCase => Case::Any,
                Match::Never => return,
            };
            entries.push(NameEntry { of, path, text: text.to_owned(), case });
        };
        for (id, entity) in dossier.entities.iter() {
            let keys = &entity.keys;
            names(("name", &keys.name), &keys.names, &keys.aliases)
                .for_each(|(path, text, m)| add(Node::Entity(id), path, text, m));
        }
        let none = std::collections::BTreeMap::new();
        for (id, event) in dossier.events.iter() {
            names(("title", ""), &none, &event.keys.aliases)
                .for_each(|(path, text, m)| add(Node::Event(id), path, text, m));
        }
        let automaton = Automaton::new(aliases(&entries));
        Self { automaton, entries }
    }

    /// The entries as the automaton takes them: names of one record have one number.
    pub fn aliases(&self) -> impl Iterator<Item = Alias<'_>> {
        aliases(&self.entries)
    }

    fn node(&self, alias: u32) -> Node {
        self.entries[alias as usize].of
    }
}

/// Records are numbered in the order in which their names come.
fn aliases(entries: &[NameEntry]) -> impl Iterator<Item = Alias<'_>> {
    let mut of = 0;
    entries.iter().enumerate().map(move |(index, entry)| {
        if index > 0 && entries[index - 1].of != entry.of {
            of += 1;
        }
        Alias { text: &entry.text, case: entry.case, of }
    })
}

/// Finds what is to be found in one body.
pub fn locate(inputs: &Inputs, dossier: &Dossier, names: &Names, node: Node, body: &Body) -> Located {
    let name = |target: &str| dossier.find(target, Kind::ALL).ok().map(|node| dossier.title(node).to_owned());
    let named = body.named(&name);
    let (prose, links) = match named {
        Some((prose, links)) => (prose, links),
        None => (body.prose.clone(), body.links.clone()),
    };
    let normal = Normal::of(&prose.text);
    let anchorings = anchorings(dossier, names, node, &normal);
    let mut located = Located { anchorings, ..Located::default() };
    follow_links(inputs, dossier, node, &links, &mut located);
    annotated_mentions(dossier, &mut located);
    alias_mentions(names, node, &normal, &prose, &mut located);
    located.mentions.sort_by_key(|mention| (mention.range.start, mention.range.end, mention.by));
    located.prose = prose;
    located
}

fn anchorings(dossier: &Dossier, names: &Names, node: Node, normal: &Normal) -> Vec<(Id<Annotation>, Anchoring)> {
    let Node::Article(article) = node else { return Vec::new() };
    let named = |text: &str| names_in(&names.automaton, text);
    dossier
        .annotations_of(article)
        .filter(|(_, annotation)| !annotation.target.quote.is_empty())
        .map(|(id, annotation)| {
            let target = &annotation.target;
            let quote =
                Quote { exact: &target.quote, prefix: target.prefix.as_deref(), suffix: target.suffix.as_deref() };
            (id, anchor(normal, &quote, &named))
        })
        .collect()
}

/// Links that the author wrote: mentions of entities and events, references to all else.
fn follow_links(inputs: &Inputs, dossier: &Dossier, node: Node, links: &[Link], located: &mut Located) {
    let Some(record) = dossier.record(node) else { return };
    let folder = inputs.file(record.meta().at.file).folder();
    for link in links.iter().filter(|link| !link.image) {
        if let Destination::Record(to, _) = dossier.destination(folder, &link.target, link.wiki) {
            match to {
                Node::Entity(_) | Node::Event(_) if to != node && !link.prose.is_empty() => {
                    located.mentions.push(Mention { of: to, range: link.prose.clone(), by: MentionedBy::Reference });
                }
                Node::Entity(_) | Node::Event(_) => {}
                other => located.references.push((other, link.prose.clone())),
            }
        }
    }
}

fn annotated_mentions(dossier: &Dossier, located: &mut Located) {
    for (id, anchoring) in &located.anchorings {
        let AnnotationKind::Mention(mention) = &dossier.annotations[*id].kind else { continue };
        let (Ok(of), Some(anchor)) = (dossier.follow(&mention.of), super::anchor_of(anchoring)) else {
            continue;
        };
        located.mentions.push(Mention { of, range: anchor.range, by: MentionedBy::Annotation });
    }
}

/// Names in the text, but for links, code, headings and the passages of `mention` annotations, and not over the end of a
/// block. A record's own names are found on its own page too, so that no shorter name of another is found inside them, and
/// are left out after that.
fn alias_mentions(names: &Names, node: Node, normal: &Normal, prose: &Prose, located: &mut Located) {
    let mut blocked: Vec<Range<usize>> = prose.blocked.clone();
    let annotated = located.mentions.iter().filter(|mention| mention.by == MentionedBy::Annotation);
    blocked.extend(annotated.map(|mention| mention.range.clone()));
    blocked.extend(prose.text.match_indices('\n').map(|(at, _)| at..at + 1));
    blocked.sort_by_key(|range| (range.start, range.end));
    let found = names.automaton.find(normal, &blocked);
    let mentions = found.into_iter().map(|found| (names.node(found.alias), found.range));
    let mentions = mentions.filter(|(of, _)| *of != node);
    located.mentions.extend(mentions.map(|(of, range)| Mention { of, range, by: MentionedBy::Alias }));
}
