//! A dossier and its links to pages: which there are ([`routes`]), and what each shows (its view, made on demand).
//!
//! A view is a small serialisable struct: all that a template can see of the dossier. Nothing of it is kept; a page is made
//! from its view when it is asked for, by `build` for every page and by the preview for one.

pub mod around;
pub mod chart;
pub mod data;
pub mod routes;
pub mod view;

use crate::base::date::Edtf;
use crate::base::input::Inputs;
use crate::link::Links;
use crate::locale::Locale;
use crate::model::settings::Verdict;
use crate::resolve::{Dossier, Node};
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
        if own.is_empty() { self.locale.word(&format!("verdict.{id}")).to_owned() } else { own.to_owned() }
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
        if label.is_empty() { self.locale.word(&format!("{table}.{id}")).to_owned() } else { label.to_owned() }
    }

    /// The language of a record's text: its own, or the dossier's.
    pub fn language(&self, node: Node) -> &'a str {
        let own = self.dossier.record(node).and_then(|record| record.meta().language.as_deref());
        own.unwrap_or(&self.dossier.settings.language)
    }

    /// A date in words, in the interface's language.
    pub fn date(&self, date: &Edtf) -> String {
        self.locale.date(date)
    }
}
