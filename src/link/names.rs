//! All names that mentions are found by, ready to be looked for.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::mention::{self, Alias, Automaton, Case};
use crate::model::entity::{Match, names};
use crate::resolve::{Dossier, Node};
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
    /// The names of the last dossier if this one has the same, else new ones.
    pub(super) fn take_over(last: Option<(&Dossier, &Arc<Self>)>, dossier: &Dossier) -> Arc<Self> {
        match last {
            Some((last, names)) if have_the_same(last, dossier) => names.clone(),
            _ => Arc::new(Self::of(dossier)),
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
