//! The fixes that findings carry, made in memory and judged by what is found then: again and again, until a run finds no more.
//!
//! A fix may uncover others: a misspelt key hides what is wrong below it, a file that cannot be read hides everything in it. And it
//! may be wrong where its finding could not know: a key that is put right may stand there already. So each round is built and
//! compared with the last one, and of fixes that make something worse none is kept.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::quote::is_of_quote;
use crate::base::diag::{Code, Diagnostic, Diagnostics, Fix, Severity};
use crate::base::input::{Inputs, SourceFile};
use crate::base::span::line_column;
use crate::{Memo, rebuild};

/// What one fix did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// The file's path from the root.
    pub path: Arc<str>,
    /// The line, from 1, as the file was when it was made.
    pub line: usize,
    /// What was found there.
    pub code: Code,
    /// What stood there.
    pub old: String,
    /// What stands there now.
    pub new: String,
}

/// A dossier with all its fixes made.
pub struct Repaired {
    /// Its files.
    pub inputs: Arc<Inputs>,
    /// What was done, in the order in which it was done.
    pub repairs: Vec<Repair>,
    /// What is found now.
    pub found: Diagnostics,
}

/// So many rounds are enough for any dossier: each makes a fix, or finds one to be wrong.
const MOST_ROUNDS: usize = 200;

/// Makes every fix that makes nothing worse.
pub fn repaired(inputs: &Arc<Inputs>) -> Repaired {
    let mut bench = Bench { memo: Memo::default(), refused: BTreeSet::new() };
    let mut now = bench.built(inputs.clone());
    let mut repairs = Vec::new();
    for _ in 0..MOST_ROUNDS {
        let fixes = bench.fixes(&now);
        let Some((next, made)) = bench.attempt(&now, &fixes) else { break };
        repairs.extend(made);
        now = next;
    }
    Repaired { inputs: now.inputs, repairs, found: now.found }
}

/// A dossier, and what is found in it.
struct State {
    inputs: Arc<Inputs>,
    found: Diagnostics,
}

/// Where fixes are tried.
struct Bench {
    memo: Memo,
    /// Fixes that made something worse: path, message, replacement.
    refused: BTreeSet<(Arc<str>, String, String)>,
}

/// A finding with its fix.
type Offered<'a> = (&'a Diagnostic, &'a Fix);

impl Bench {
    fn built(&mut self, inputs: Arc<Inputs>) -> State {
        let (_, found) = rebuild(&inputs, &mut self.memo);
        State { inputs, found }
    }

    /// The fixes to be made, in order of place. Of two that overlap the first comes first.
    fn fixes<'a>(&self, now: &'a State) -> Vec<Offered<'a>> {
        let offered = now.found.iter().filter_map(|found| Some((found, found.fix.as_ref()?)));
        let mut fixes: Vec<Offered<'a>> = offered.filter(|offered| self.may_be_made(now, *offered)).collect();
        let place = |fix: &Fix| (now.inputs.position(fix.span.file), fix.span.start, fix.span.end);
        fixes.sort_by(|(_, one), (_, other)| (place(one), &one.replacement).cmp(&(place(other), &other.replacement)));
        let mut end = (0, 0);
        fixes.retain(|(_, fix)| {
            let (file, from, to) = place(fix);
            let is_free = (file, from) >= end;
            if is_free {
                end = (file, to.max(from + 1));
            }
            is_free
        });
        fixes
    }

    fn may_be_made(&self, now: &State, (found, fix): Offered<'_>) -> bool {
        let Some(file) = now.inputs.get(fix.span.file) else { return false };
        let old = &file.text[fix.span.range()];
        old != fix.replacement && !self.refused.contains(&name(file, found, fix)) && !is_of_quote(file, fix)
    }

    /// Makes all of the fixes, or as many of them as make nothing worse; `None` when each of them does.
    fn attempt(&mut self, now: &State, fixes: &[Offered<'_>]) -> Option<(State, Vec<Repair>)> {
        if fixes.is_empty() {
            return None;
        }
        let next = self.built(with(&now.inputs, fixes));
        if is_no_worse(now, &next, fixes) {
            return Some((next, fixes.iter().map(|fix| repair(&now.inputs, *fix)).collect()));
        }
        if let [(found, fix)] = fixes {
            self.refused.insert(name(now.inputs.file(fix.span.file), found, fix));
            return None;
        }
        let (some, others) = fixes.split_at(fixes.len() / 2);
        self.attempt(now, some).or_else(|| self.attempt(now, others))
    }
}

fn name(file: &SourceFile, found: &Diagnostic, fix: &Fix) -> (Arc<str>, String, String) {
    (file.path.clone(), found.message.clone(), fix.replacement.clone())
}

fn repair(inputs: &Inputs, (found, fix): Offered<'_>) -> Repair {
    let file = inputs.file(fix.span.file);
    Repair {
        path: file.path.clone(),
        line: line_column(&file.text, fix.span.range().start).line,
        code: found.code,
        old: file.text[fix.span.range()].to_owned(),
        new: fix.replacement.clone(),
    }
}

/// The inputs with some fixes made; these are in order of place.
fn with(inputs: &Inputs, fixes: &[Offered<'_>]) -> Arc<Inputs> {
    let mut inputs = inputs.clone();
    for (_, fix) in fixes.iter().rev() {
        let file = inputs.file(fix.span.file);
        let mut text = file.text.to_string();
        text.replace_range(fix.span.range(), &fix.replacement);
        let file = SourceFile { text: text.into(), ..file.clone() };
        inputs.replace(Arc::new(file));
    }
    Arc::new(inputs)
}

/// Errors by file, code and message.
type Errors<'a> = BTreeMap<(usize, Code, &'a str), Vec<&'a Diagnostic>>;

fn errors(state: &State) -> Errors<'_> {
    let mut errors = Errors::new();
    for found in state.found.iter().filter(|found| found.severity == Severity::Error) {
        let key = (state.inputs.position(found.span.file), found.code, &*found.message);
        errors.entry(key).or_default().push(found);
    }
    errors
}

/// Whether nothing is worse than before: no finding is still there after its fix, and no error is new but for those that were
/// hidden behind it.
fn is_no_worse(before: &State, after: &State, fixes: &[Offered<'_>]) -> bool {
    let (old, new) = (errors(before), errors(after));
    let places = places(before, fixes);
    let mended: BTreeSet<usize> = places.iter().map(|place| place.file).collect();
    let opened: BTreeSet<usize> = fixes
        .iter()
        .filter(|(found, _)| is_of_form(found.code))
        .map(|(_, fix)| before.inputs.position(fix.span.file))
        .collect();
    new.iter().all(|((file, code, message), found)| {
        let at_a_place = |found: &&Diagnostic| places.iter().find(|place| place.holds(*file, found.span.range()));
        let is_mended = found.iter().all(|found| at_a_place(found).is_none_or(|place| place.allows(found)));
        let known = old.get(&(*file, *code, *message)).map_or(0, Vec::len);
        let is_new = found.len() > known;
        let is_uncovered = match is_structural(*code) {
            true => opened.contains(file) || (!opened.is_empty() && !is_of_form(*code)),
            false => mended.contains(file) || !opened.is_empty(),
        };
        is_mended && (!is_new || is_uncovered)
    }) && forms(before, &old) >= forms(after, &new)
}

/// How many files cannot be read.
fn forms(state: &State, errors: &Errors<'_>) -> usize {
    let unreadable = errors.keys().filter(|(file, code, _)| {
        *file < state.inputs.files.len() && matches!(code, Code::YamlSyntax | Code::TooDeep | Code::MissingFrontMatter)
    });
    unreadable.map(|(file, ..)| file).collect::<BTreeSet<_>>().len()
}

/// What keeps a file, or a part of it, from being read.
fn is_of_form(code: Code) -> bool {
    matches!(code, Code::YamlSyntax | Code::TooDeep | Code::CommentInText | Code::MissingFrontMatter)
}

/// What two records have done wrong together, or one with itself: no fix of one value may lead to it.
fn is_structural(code: Code) -> bool {
    matches!(
        code,
        Code::RepeatedKey
            | Code::DuplicateId
            | Code::PartOfCycle
            | Code::OriginCycle
            | Code::AliasClash
            | Code::RouteClash
            | Code::UnknownArticle
    ) || is_of_form(code)
}

/// Where a fix has been made, in the text after it.
struct Mended<'a> {
    file: usize,
    range: Range<usize>,
    found: &'a Diagnostic,
}

fn places<'a>(before: &State, fixes: &[Offered<'a>]) -> Vec<Mended<'a>> {
    let (mut last, mut shift) = (usize::MAX, 0_isize);
    fixes
        .iter()
        .map(|(found, fix)| {
            let file = before.inputs.position(fix.span.file);
            if file != last {
                (last, shift) = (file, 0);
            }
            let start = fix.span.range().start.saturating_add_signed(shift);
            shift += fix.replacement.len().cast_signed() - fix.span.range().len().cast_signed();
            Mended { file, range: start..start + fix.replacement.len(), found }
        })
        .collect()
}

impl Mended<'_> {
    fn holds(&self, file: usize, range: Range<usize>) -> bool {
        self.file == file && self.range.start <= range.start && range.end <= self.range.end
    }

    /// Whether a text that was put in quotes may have this wrong with it: what it says is read for the first time.
    fn allows(&self, found: &Diagnostic) -> bool {
        let is_quoted = is_of_form(self.found.code) || self.found.code == Code::UnknownKey;
        let is_same = self.found.code == found.code && self.found.message == found.message;
        // Words that were a comment, or a key, and that the article does not have were most likely just that.
        let is_of_quote = matches!(found.code, Code::QuoteNotFound | Code::QuoteAmbiguous | Code::QuoteDrifted);
        let is_worse = is_of_quote && self.found.code != Code::YamlSyntax;
        is_quoted && !is_same && !is_worse && !matches!(found.code, Code::WrongType | Code::UnknownKey)
    }
}
