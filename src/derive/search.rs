//! `search.html`: the form, and the words that its script speaks with. What it finds is in [`crate::search`], made apart.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Context;
use super::head::Head;
use super::label::Label;
use super::note::has_note;
use super::view::Tongue;
use crate::locale::Word;
use crate::resolve::Dossier;

/// The kinds of record that a reader can ask for. The index has positions in this list.
pub const KINDS: &[&str] = &["article", "check", "figure", "event", "entity", "annotation", "source", "page"];

/// Where readers search.
#[derive(Clone, Debug, Serialize)]
pub struct SearchView {
    /// Around the content.
    pub head: Head,
    /// Whether there is an index; else the page leads to the one that has everything.
    pub index: bool,
    /// The kinds that there are records of.
    pub kinds: Vec<Choice>,
    /// The verdicts that were given, best first.
    pub verdicts: Vec<VerdictChoice>,
    /// The words of the script, as JSON: a text, or one for each plural category.
    pub words: String,
    /// The language of these words.
    pub tongue: Tongue,
}

/// A value of a filter.
#[derive(Clone, Debug, Serialize)]
pub struct Choice {
    /// As it stands in the address.
    pub value: &'static str,
    /// What it is called.
    pub word: String,
}

/// A verdict to filter by.
#[derive(Clone, Debug, Serialize)]
pub struct VerdictChoice {
    /// Its id.
    pub value: String,
    /// How it is shown.
    pub label: Label,
}

impl SearchView {
    /// The page at `route`.
    pub fn new(context: &Context<'_>, route: &str) -> Self {
        Self {
            head: Head::new(context, route, context.locale.word("search.title"), "search"),
            index: !context.inputs.options.no_search,
            kinds: kinds(context),
            verdicts: verdicts(context),
            words: words(context),
            tongue: context.locale.foreign_words().map(|words| Tongue::new(context, words)).unwrap_or_default(),
        }
    }
}

fn kinds(context: &Context<'_>) -> Vec<Choice> {
    let choice = |kind: &&'static str| Choice { value: kind, word: context.word("search_kinds", kind) };
    KINDS.iter().filter(|kind| has_any(context.dossier, kind)).map(choice).collect()
}

fn has_any(dossier: &Dossier, kind: &str) -> bool {
    let mut notes = dossier.annotations.records().iter().filter(|it| it.fact_check().is_none() && has_note(&it.kind));
    match kind {
        "article" => !dossier.articles.is_empty(),
        "check" => !dossier.checks.is_empty(),
        "figure" => !dossier.figures.is_empty(),
        "event" => !dossier.events.is_empty(),
        "entity" => !dossier.entities.is_empty(),
        "annotation" => notes.next().is_some(),
        "source" => !dossier.sources.is_empty(),
        _ => !dossier.pages.is_empty() || dossier.home.is_some(),
    }
}

fn verdicts(context: &Context<'_>) -> Vec<VerdictChoice> {
    let checks = context.dossier.checks.iter().filter_map(|id| context.dossier.check(*id));
    let given: BTreeSet<&str> = checks.map(|check| check.verdict.as_str()).collect();
    let scale = context.dossier.settings.verdicts.iter().filter(|verdict| given.contains(verdict.id.as_str()));
    let choice = |id: &str| VerdictChoice { value: id.to_owned(), label: Label::verdict(context, id) };
    scale.map(|verdict| choice(&verdict.id)).collect()
}

fn words(context: &Context<'_>) -> String {
    let own = context.locale.words().iter().filter(|(key, _)| key.starts_with("search.") || *key == "count.result");
    let mut words: BTreeMap<&str, Word> = own.map(|(key, word)| (key.as_str(), word.clone())).collect();
    // The words' plurals are those of their own language, which is not the page's where that has no words here.
    words.insert("language", Word::Plain(context.locale.words_tag().to_owned()));
    serde_json::to_string(&words).unwrap_or_default()
}
