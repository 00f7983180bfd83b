//! Findings beyond form: what an editor would want to look at again, though every file can be read.
//!
//! Each lint has a level (its own, or that of `[lints]` in `site.toml`), and the record that a finding is about can `allow` it.
//! The lints on texts keep quiet where they are not sure: one false alarm costs the trust in ten right ones.
//!
//! A record is looked at with the annotations on it (`lint/about.rs`), and its findings are kept until something that they were made
//! from changes.

mod about;
mod calendar;
mod dropped;
mod event;
mod evidence;
mod figure;
mod number;
mod origin;
mod passage;
mod percentage;
mod text;
mod token;
mod turned;
mod usage;
mod weekday;
mod wording;

use std::collections::BTreeMap;

use crate::base::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::base::input::Inputs;
use crate::base::memo::{Same, Table};
use crate::base::span::Span;
use crate::link::Links;
use crate::model::Meta;
use crate::model::settings::Settings;
use crate::resolve::Dossier;
use crate::syntax::yaml::Places;
use about::{About, Around, Key};

/// What was found before.
#[derive(Default)]
pub struct Memo(Table<Around, Key, Diagnostics>);

/// Looks for everything that the dossier's settings ask for.
pub fn lint(inputs: &Inputs, dossier: &Dossier, links: &Links, memo: &mut Memo, diags: &mut Diagnostics) {
    let levels = Levels::of(&dossier.settings);
    let around = Around {
        directory: Same(dossier.directory.clone()),
        settings: Same(dossier.settings.clone()),
        origins: Same(dossier.origins.clone()),
        locked: inputs.options.locked,
        has_ledger: dossier.ledger.is_some(),
    };
    let questions = about::all(inputs, dossier, links, &levels);
    for found in memo.0.answer(around, &questions) {
        diags.extend(found.iter().cloned());
    }
}

/// Everything that is to be found about one record.
fn find(about: &About<'_>) -> Diagnostics {
    let places = Places::new(about.inputs, &about.dossier.skipped);
    let mut report =
        Report { about, dossier: about.dossier, places, levels: about.levels, diags: Diagnostics::default() };
    text::body(&mut report);
    text::yaml(&mut report);
    figure::check(&mut report);
    evidence::check(&mut report);
    origin::check(&mut report);
    event::check(&mut report);
    usage::check(&mut report);
    passage::check(&mut report);
    dropped::check(&mut report);
    turned::check(&mut report);
    report.diags
}

/// How each lint is reported; none that is off is here.
struct Levels(BTreeMap<Code, Severity>);

impl Levels {
    fn of(settings: &Settings) -> Self {
        let lints = Code::ALL.iter().copied().filter(|code| code.is_lint());
        Self(lints.filter_map(|code| Some((code, settings.level(code)?))).collect())
    }

    fn is_on(&self, code: Code) -> bool {
        self.0.contains_key(&code)
    }

    /// A finding about a record; `None` when the lint is off or the record allows it.
    fn finding(&self, code: Code, about: &Meta, span: Span, message: String) -> Option<Diagnostic> {
        let severity = *self.0.get(&code)?;
        (!allows(about, code)).then(|| Diagnostic { severity, ..Diagnostic::new(code, span, message) })
    }
}

/// Whether a record says that findings of this lint about it are not reported.
fn allows(about: &Meta, code: Code) -> bool {
    about.allow.iter().any(|name| name == code.name())
}

/// What all lints need, and where their findings go.
struct Report<'a> {
    about: &'a About<'a>,
    /// Of which nothing is read but what is in a [`Key`] or [`Around`].
    dossier: &'a Dossier,
    places: Places<'a>,
    levels: &'a Levels,
    diags: Diagnostics,
}

impl Report<'_> {
    fn is_on(&self, code: Code) -> bool {
        self.levels.is_on(code)
    }

    /// Adds a finding about a record; what it returns takes help and labels.
    fn add(&mut self, code: Code, about: &Meta, span: Span, message: String) -> Option<&mut Diagnostic> {
        let finding = self.levels.finding(code, about, span, message)?;
        Some(self.diags.push(finding))
    }
}
