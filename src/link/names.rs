//! All names that mentions are found by, ready to be looked for.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::mention::{self, Alias, Automaton, Case};
use crate::model::entity::{Match, names};
use crate::resolve::{Dossier, Node};
use crate::syntax::normal::Normal;
use crate::syntax::yaml::Path;

/// The names of all entities, and the aliases of all events.
#[derive(Debug)]
pub struct Names {
    /// Finds them.
    pub automaton: Automaton,
    /// Each name with its record and place, in the order that the automaton counts them.
    pub entries: Vec<NameEntry>,
    /// Names that two records share: the later one second, by their places in `entries`.
    pub clashes: Vec<(u32, u32)>,
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
    /// The names of a dossier, and how they differ from those of the last one: these are taken over where they do not.
    pub(super) fn take_over(last: Option<(&Dossier, &Arc<Self>)>, dossier: &Dossier) -> (Arc<Self>, Renamed) {
        match last {
            Some((last, names)) if have_the_same(last, dossier) => (names.clone(), Renamed::Nothing),
            Some((_, names)) => {
                let new = Arc::new(Self::of(dossier));
                let renamed = Renamed::between(&names.entries, &new.entries);
                (new, renamed)
            }
            None => (Arc::new(Self::of(dossier)), Renamed::Everything),
        }
    }

    fn of(dossier: &Dossier) -> Self {
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
        let none = BTreeMap::new();
        for (id, event) in dossier.events.iter() {
            names(("title", ""), &none, &event.keys.aliases)
                .for_each(|(path, text, m)| add(Node::Event(id), path, text, m));
        }
        let automaton = Automaton::new(aliases(&entries));
        let clashes = mention::clashes(aliases(&entries));
        Self { automaton, entries, clashes }
    }

    /// Whose name the automaton found.
    pub fn node(&self, alias: u32) -> Node {
        self.entries[alias as usize].of
    }
}

/// How the names of a dossier differ from those of the last build.
pub(super) enum Renamed {
    /// They do not.
    Nothing,
    /// These came or went.
    Names(Box<Automaton>),
    /// Too much to look for each.
    Everything,
}

/// When more names changed than this, every text is searched again: it takes as long.
const FEW: usize = 200;

impl Renamed {
    fn between(before: &[NameEntry], after: &[NameEntry]) -> Self {
        let (before, after) = (spelled(before), spelled(after));
        let gone = before.iter().filter(|name| after.binary_search(name).is_err());
        let new = after.iter().filter(|name| before.binary_search(name).is_err());
        let changed: Vec<&Spelled<'_>> = gone.chain(new).collect();
        let aliases = changed.iter().map(|(_, case, text)| Alias { text, case: *case, of: 0 });
        match changed.len() {
            0 => Self::Nothing,
            1..=FEW => Self::Names(Box::new(Automaton::new(aliases))),
            _ => Self::Everything,
        }
    }

    /// Whether none of what changed stands anywhere in a text. Which names are found in it, and where, is then as it was: a
    /// name that is not there can neither be found nor hide another.
    pub(super) fn spares(&self, text: &str) -> bool {
        match self {
            Self::Nothing => true,
            Self::Names(changed) => changed.find(&Normal::of(text), &[]).is_empty(),
            Self::Everything => false,
        }
    }
}

/// A name with whose it is and how it is compared.
type Spelled<'a> = (Node, Case, &'a str);

/// All names, each once, in order.
fn spelled(entries: &[NameEntry]) -> Vec<Spelled<'_>> {
    let mut all: Vec<Spelled<'_>> = entries.iter().map(|one| (one.of, one.case, one.text.as_str())).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Whether two dossiers have the same names on the same records.
fn have_the_same(one: &Dossier, other: &Dossier) -> bool {
    let entities = one.entities.is_like(&other.entities, |one, other| {
        let (one, other) = (&one.keys, &other.keys);
        (&one.name, &one.names, &one.aliases) == (&other.name, &other.names, &other.aliases)
    });
    entities && one.events.is_like(&other.events, |one, other| one.keys.aliases == other.keys.aliases)
}

/// The entries as the automaton takes them. Records are numbered in the order in which their names come.
fn aliases(entries: &[NameEntry]) -> impl Iterator<Item = Alias<'_>> {
    let mut of = 0;
    entries.iter().enumerate().map(move |(index, entry)| {
        if index > 0 && entries[index - 1].of != entry.of {
            of += 1;
        }
        Alias { text: &entry.text, case: entry.case, of }
    })
}
