//! A dossier and its links to pages: which there are ([`routes`]), and what each shows (its view, made on demand).
//!
//! A view is a small serialisable struct: all that a template can see of the dossier. Nothing of it is kept; a page is made
//! from its view when it is asked for, by `build` for every page and by the preview for one.

pub mod account;
pub mod around;
pub mod article;
pub mod card;
pub mod changes;
pub mod chart;
pub mod check;
mod clash;
pub mod copies;
pub mod corrections;
pub mod data;
pub mod data_page;
pub mod entity;
pub mod estimate;
pub mod event;
pub mod figure;
pub mod fragment;
pub mod frame;
pub mod head;
pub mod home;
mod inert;
pub mod json_ld;
pub mod label;
pub mod list;
pub mod matrix;
pub mod mentioned;
pub mod mentions;
pub mod newest;
pub mod note;
pub mod order;
pub mod page;
pub mod parts;
pub mod passage;
pub mod preview;
pub mod print;
pub mod relation;
pub mod routes;
pub mod rows;
pub mod search;
pub mod social;
pub mod source;
pub mod source_card;
pub mod text;
pub mod timeline;
pub mod view;

use crate::base::date::Edtf;
use crate::base::input::Inputs;
use crate::link::Links;
use crate::locale::Locale;
use crate::model::settings::Verdict;
use crate::resolve::{Dossier, Node};
use order::Orders;
use routes::Routes;

/// All that a view is made from.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The files, for the folders that links start from.
    pub inputs: &'a Inputs,
    /// The records.
    pub dossier: &'a Dossier,
    /// What connects them.
    pub links: &'a Links,
    /// Where each page is.
    pub routes: &'a Routes,
    /// The rows of each list.
    pub orders: &'a Orders,
    /// The interface's language.
    pub locale: &'a Locale,
}

impl<'a> Context<'a> {
    /// A verdict of the scale by its id.
    pub fn verdict(&self, id: &str) -> Option<&'a Verdict> {
        self.dossier.settings.verdicts.iter().find(|verdict| verdict.id == id)
    }

    /// What a verdict is called in the interface's language: the scale's own label, or the built-in word.
    pub fn verdict_label(&self, id: &str) -> String {
        let own = self.verdict(id).map_or("", |verdict| verdict.label.get(&self.dossier.settings.language));
        if own.is_empty() { self.locale.named("verdict", id).into_owned() } else { own.to_owned() }
    }

    /// The class for a verdict's tone.
    pub fn tone(&self, id: &str) -> &'static str {
        self.verdict(id).map_or("neutral", |verdict| verdict.tone.name())
    }

    /// What a kind of entity is called.
    pub fn entity_kind(&self, id: &str, plural: bool) -> String {
        let language = &self.dossier.settings.language;
        let own = self.dossier.settings.entity_kinds.iter().find(|kind| kind.id == id);
        let label = own.map_or("", |kind| if plural { kind.plural.get(language) } else { kind.label.get(language) });
        let table = if plural { "entity_kinds" } else { "entity_kind" };
        if label.is_empty() { self.locale.named(table, id).into_owned() } else { label.to_owned() }
    }

    /// The language of a record's text: its own, or the dossier's.
    pub fn language(&self, node: Node) -> &'a str {
        let own = self.dossier.record(node).and_then(|record| record.meta().language.as_deref());
        own.unwrap_or(&self.dossier.settings.language)
    }

    /// The language of what a node is called. A check without a claim of its own is called by its article's words; a
    /// source's title in brackets is the editors', as bibliographies have it.
    pub fn title_language(&self, node: Node) -> &'a str {
        if matches!(node, Node::Source(id) if self.dossier.sources[id].keys.title.starts_with('[')) {
            return &self.dossier.settings.language;
        }
        let quoted = match node {
            Node::Check(id) if self.dossier.check(id).is_some_and(|check| check.claim.is_none()) => {
                self.dossier.article_of(id)
            }
            _ => None,
        };
        self.language(quoted.map_or(node, Node::Article))
    }

    /// A word of the interface by its table and name: `word("stance", "supports")`.
    pub fn word(&self, table: &str, name: &str) -> String {
        self.locale.named(table, name).into_owned()
    }

    /// How many speak, and how many of them independently: `3 comptes rendus, 1 origine`.
    pub fn corroboration(&self, reports: usize, origins: usize) -> String {
        let (reports, origins) =
            (self.locale.count("count.report", reports), self.locale.count("count.origin", origins));
        self.locale.phrase("corroboration.phrase", &[("reports", &reports), ("origins", &origins)])
    }

    /// A date in words, in the interface's language.
    pub fn date(&self, date: &Edtf) -> String {
        self.locale.date(date)
    }
}
