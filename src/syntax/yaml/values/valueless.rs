//! Keys without a value. In a block they are as if they were not there, if the record has such a key. In brackets they are most
//! often the words after a comma that nobody meant as a key: `{ note: Nobody was killed, says the army }`.

use std::fmt::Write as _;

use super::Record;
use super::message::report;
use crate::base::diag::{Code, Diagnostic};
use crate::base::input::SourceFile;
use crate::base::span::Span;
use crate::syntax::yaml::Step;
use crate::syntax::yaml::scalar::{Style, quoted_as_in};
use crate::syntax::yaml::tree::{Entry, Kind, Node};

/// Reports the keys without a value that the record does not have, and all of them that stand in brackets without a colon.
pub(super) fn check<T: Record>(file: &SourceFile, node: &Node<'_>, found: &mut Vec<Diagnostic>) {
    if !has_nothing(node) {
        return;
    }
    let mut walk = Walk { file, record: node, is_known: is_known::<T>, path: Vec::new(), found };
    walk.node(node, false);
}

/// So many are reported of one record: a hostile file must not hold us up.
const MOST: usize = 100;

/// Whether there is anything without a value in a node: in most records there is not, and nothing else is looked at.
fn has_nothing(node: &Node<'_>) -> bool {
    match &node.kind {
        Kind::Map(entries) => entries.iter().any(|entry| has_nothing(&entry.value)),
        Kind::List(items) => items.iter().any(has_nothing),
        Kind::Scalar(..) => node.is_null(),
    }
}

struct Walk<'a, 'n> {
    file: &'a SourceFile,
    record: &'a Node<'n>,
    /// Whether there can be a key at a path; else why not, in serde's words.
    is_known: fn(&[Step], &str) -> Result<(), String>,
    path: Vec<Step>,
    found: &'a mut Vec<Diagnostic>,
}

impl Walk<'_, '_> {
    fn node(&mut self, node: &Node<'_>, in_brackets: bool) {
        let in_brackets = in_brackets || self.file.text[node.range.start..].starts_with(['{', '[']);
        match &node.kind {
            Kind::Map(entries) => self.entries(entries, in_brackets),
            Kind::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.path.push(Step::Index(index));
                    self.node(item, in_brackets);
                    self.path.pop();
                }
            }
            Kind::Scalar(..) => {}
        }
    }

    fn entries(&mut self, entries: &[Entry<'_>], in_brackets: bool) {
        let mut at = 0;
        while at < entries.len() && self.found.len() < MOST {
            let entry = &entries[at];
            let words = entries[at..].iter().take_while(|entry| in_brackets && self.is_bare(entry)).count();
            if words > 0 {
                let before = at.checked_sub(1).map(|before| &entries[before]);
                self.words(before, &entries[at..at + words]);
            } else if entry.value.is_null() && !entry.value.dropped {
                self.key(&entry.key);
            } else if !entry.value.dropped {
                self.path.push(Step::Key(entry.key.to_string().into()));
                self.node(&entry.value, in_brackets);
                self.path.pop();
            }
            at += words.max(1);
        }
    }

    /// Whether a key has neither a value nor a colon.
    fn is_bare(&self, entry: &Entry<'_>) -> bool {
        let has_colon = || self.file.text[entry.key_range.end..].trim_start().starts_with(':');
        entry.value.is_null() && !entry.value.dropped && !has_colon()
    }

    fn key(&mut self, key: &str) {
        if let Err(message) = (self.is_known)(&self.path, key) {
            let mut path = self.path.clone();
            path.push(Step::Key(key.to_owned().into()));
            self.found.extend(report(self.file, self.record, &path, &message));
        }
    }

    /// Words that stand as keys after the value before them.
    fn words(&mut self, before: Option<&Entry<'_>>, words: &[Entry<'_>]) {
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return };
        let text = &self.file.text;
        let lost = first.key_range.start..last.key_range.end;
        let cut = before.filter(|before| before.value.style() == Some(Style::Plain) && !before.value.is_null());
        let Some(cut) = cut else {
            let message = format!("`{}` is a key without a value", first.key);
            let mut problem = Diagnostic::new(Code::UnknownKey, Span::new(self.file.id, lost), message);
            problem.help("write `key: value`, or put the text that it belongs to in quotes");
            self.found.push(problem);
            return;
        };
        let whole = cut.value.range.start..lost.end;
        if is_number(&text[whole.clone()]) {
            self.found.push(number(self.file, &cut.key, Span::new(self.file.id, whole.clone()), &text[whole]));
            return;
        }
        let message = format!("in brackets a comma ends a text, so these words are no part of `{}`", cut.key);
        let mut problem = Diagnostic::new(Code::UnknownKey, Span::new(self.file.id, lost), message);
        let quoted = quoted_as_in(text, &text[whole.clone()]);
        problem.help(format!("put the text in quotes: `{}: {}`", cut.key, quoted.replace('\n', " ")));
        // A key of the record may have been meant as one, and a comment as a comment.
        let mut meant =
            words.iter().filter(|word| word.key.contains(' ') || (self.is_known)(&self.path, &word.key).is_err());
        if meant.by_ref().count() == words.len() && !text[whole.clone()].contains(['#', '"', '\'']) {
            problem.fix(Span::new(self.file.id, whole), quoted);
        }
        self.found.push(problem);
    }
}

/// `1,200`, `12,500,000`, `1,5`: digits with commas and nothing else.
fn is_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit() || c == '-')
        && text[1..].chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.'))
        && !text.contains(",,")
}

/// Nobody but the editor knows what a comma in a number stands for, so no value is proposed.
fn number(file: &SourceFile, key: &str, span: Span, written: &str) -> Diagnostic {
    let read = written.split(',').next().unwrap_or_default();
    let message = format!("which number is `{written}`? in brackets a comma ends a value, so `{key}` is {read} here");
    let mut problem = Diagnostic::new(Code::UnknownKey, Span { file: file.id, ..span }, message);
    problem.help("write it in digits alone: no sign between thousands, and a point before decimals");
    problem
}

/// Asks serde for a key of a type, by a record that has that key and nothing else.
fn is_known<T: Record>(path: &[Step], key: &str) -> Result<(), String> {
    let mut record = String::new();
    let mut close = String::new();
    for step in path {
        match step {
            Step::Key(key) => drop(write!(record, "{{{}: ", serde_json::Value::from(&**key))),
            Step::Index(_) => record.push('['),
        }
        close.insert(0, if matches!(step, Step::Key(_)) { '}' } else { ']' });
    }
    let _ = write!(record, "{{{}: null}}{close}", serde_json::Value::from(key));
    let message = match T::deserialize(serde_yaml::Deserializer::from_str(&record)) {
        Ok(_) => return Ok(()),
        Err(error) => error.to_string(),
    };
    if message.contains(&format!("unknown field `{key}`")) { Err(message) } else { Ok(()) }
}
