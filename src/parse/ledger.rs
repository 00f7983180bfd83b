//! `dossier.lock`: each line is read alone, so that a mistake costs one line.

use std::sync::Arc;

use crate::base::diag::{Code, Diagnostics};
use crate::base::id::is_slug;
use crate::base::input::{Inputs, SourceFile};
use crate::base::memo::Same;
use crate::base::span::Span;
use crate::model::ledger::{LEDGER, Ledger, PassageInSentence};

/// What the ledger is read from; nothing where there is none.
pub(super) type Key = Option<Same<SourceFile>>;

pub(super) fn key(inputs: &Inputs) -> Key {
    inputs.find_shared(LEDGER).cloned().map(Same)
}

/// Reads the ledger, if there is one, and what is wrong with it.
pub(super) fn read(inputs: &Inputs) -> (Option<Arc<Ledger>>, Diagnostics) {
    let mut found = Diagnostics::default();
    let ledger = inputs.find(LEDGER).map(|file| Arc::new(ledger(file, &mut found)));
    (ledger, found)
}

fn ledger(file: &SourceFile, diags: &mut Diagnostics) -> Ledger {
    let mut ledger = Ledger::default();
    let mut at = file.start().range().start;
    for line in file.text[at..].split_inclusive('\n') {
        let text = line.trim_end_matches(['\n', '\r']);
        match read_line(text) {
            Line::Nothing => {}
            Line::Accepted { article, annotation, passage } => ledger.add(article, annotation, passage),
            wrong => report(&wrong, Span::new(file.id, at..at + text.len()), diags),
        }
        at += line.len();
    }
    ledger
}

enum Line<'a> {
    /// Empty, or a comment.
    Nothing,
    Accepted {
        article: &'a str,
        annotation: &'a str,
        passage: &'a str,
    },
    /// One of the marks that git puts around what two branches say.
    Conflict,
    Unreadable,
}

fn read_line(line: &str) -> Line<'_> {
    if line.trim().is_empty() || line.starts_with('#') {
        return Line::Nothing;
    }
    if ["<<<<<<<", "|||||||", "=======", ">>>>>>>"].iter().any(|mark| line.starts_with(mark)) {
        return Line::Conflict;
    }
    let accepted = || {
        let (names, passage) = line.split_once(' ')?;
        let (article, annotation) = names.split_once('#')?;
        PassageInSentence::read(passage)?;
        (is_slug(article) && is_slug(annotation)).then_some(Line::Accepted { article, annotation, passage })
    };
    accepted().unwrap_or(Line::Unreadable)
}

fn report(line: &Line<'_>, span: Span, diags: &mut Diagnostics) {
    let conflict = matches!(line, Line::Conflict);
    let message = if conflict { "git left a conflict here" } else { "this line is no accepted passage" };
    let problem = diags.add(Code::LedgerSyntax, span, message);
    if conflict {
        problem.help("keep the lines of both sides and remove git's marks: `dossier accept --list` then shows what is left to accept");
    } else {
        problem.help("a line is `article#annotation`, a space, and the sentence with the passage in `⟦` and `⟧`");
        problem.help("remove it, and accept the passage again: `dossier accept --list` shows what waits");
    }
}
