//! What is wrong, for the overlay: each finding with its excerpt and the way to its line.

use std::path::Path;

use serde::Serialize;

use super::accepting;
use super::edition::Edition;
use super::editor::{Editor, Place};
use crate::base::diag::{Code, Diagnostic, Severity};
use crate::base::input::Inputs;
use crate::edge::report;

/// More findings than this are counted, not listed: nobody reads them on a page.
const LISTED: usize = 200;

/// All that is wrong with an edition; the shape of the event `problems`.
#[derive(Serialize)]
pub(super) struct Problems {
    errors: usize,
    warnings: usize,
    /// How many are counted above and not listed below.
    more: usize,
    list: Vec<Problem>,
}

#[derive(Serialize)]
struct Problem {
    severity: &'static str,
    code: &'static str,
    message: String,
    file: String,
    line: usize,
    column: usize,
    excerpt: String,
    /// The editor's address for that line; none where a command opens it.
    address: Option<String>,
    /// What a button accepts, as `article#annotation`; none where there is nothing to accept.
    accept: Option<String>,
}

/// Errors first, each kind in order of file and place.
pub(super) fn problems(edition: &Edition, root: &Path, editor: &Editor) -> Problems {
    let findings = edition.findings();
    let mut all: Vec<(&Inputs, &Diagnostic)> =
        findings.iter().flat_map(|(inputs, found)| found.iter().map(move |found| (*inputs, found))).collect();
    all.sort_by_key(|(inputs, found)| (found.severity, path(inputs, found), found.span.start));
    let errors = all.iter().filter(|(_, found)| found.severity == Severity::Error).count();
    let list = all.iter().take(LISTED).map(|(inputs, found)| Problem {
        accept: acceptable(edition, inputs, found),
        ..Problem::new(inputs, found, root, editor)
    });
    Problems { errors, warnings: all.len() - errors, more: all.len().saturating_sub(LISTED), list: list.collect() }
}

fn path<'a>(inputs: &'a Inputs, found: &Diagnostic) -> &'a str {
    inputs.get(found.span.file).map_or("", |file| &file.path)
}

/// What is accepted where a finding is about a passage that waits for it.
fn acceptable(edition: &Edition, inputs: &Inputs, found: &Diagnostic) -> Option<String> {
    let waits = matches!(found.code, Code::PassageChanged | Code::QuoteDrifted);
    let shown = waits && std::ptr::eq(inputs, &*edition.site.inputs);
    shown.then(|| accepting::waiting_at(edition, found.span)).flatten()
}

impl Problem {
    fn new(inputs: &Inputs, found: &Diagnostic, root: &Path, editor: &Editor) -> Self {
        let place = report::Place::of(inputs, found.span);
        let absolute = root.join(place.file);
        let address = editor.address(Place { path: &absolute, line: place.line, column: place.column });
        Self {
            severity: if found.severity == Severity::Error { "error" } else { "warning" },
            code: found.code.name(),
            message: found.message.clone(),
            file: place.file.to_owned(),
            line: place.line,
            column: place.column,
            excerpt: report::excerpt(inputs, found),
            address,
            accept: None,
        }
    }
}
