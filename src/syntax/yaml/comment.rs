//! Words that YAML takes for a comment: ` #` ends a text without quotes, and nobody is told.
//!
//! A comment is one where nobody could take it for words: on a line of its own, after a text in quotes, after a date, a number or
//! an id (`kind: person # person, organisation, place`).

use std::ops::Range;

use super::prose::Within;
use super::scalar::{Style, quoted_as_in};
use super::tree::{Kind, Node};
use crate::base::diag::{Code, Diagnostic, Diagnostics};
use crate::base::input::SourceFile;
use crate::base::span::Span;

/// Reports every text of a record, or of a list of records, that a comment cuts off.
pub fn check(file: &SourceFile, root: &Node<'_>, diags: &mut Diagnostics) {
    if file.text[root.range.start..].contains('#') {
        let mut walk = Walk { file, diags };
        walk.node(root, Within::default(), Place { column: 0, in_brackets: false });
    }
}

struct Walk<'a> {
    file: &'a SourceFile,
    diags: &'a mut Diagnostics,
}

/// What decides whether a line goes on a text.
#[derive(Clone, Copy)]
pub(super) struct Place {
    /// A line that is indented to this column, or less, does not.
    pub(super) column: usize,
    /// In brackets every line does.
    pub(super) in_brackets: bool,
}

impl Walk<'_> {
    fn node(&mut self, node: &Node<'_>, within: Within<'_>, place: Place) {
        let text = &self.file.text;
        let in_brackets = place.in_brackets || text[node.range.start..].starts_with(['{', '[']);
        match &node.kind {
            Kind::Map(entries) => {
                for entry in entries {
                    let within = within.key(&entry.key);
                    let place = Place { column: column(text, entry.key_range.start), in_brackets };
                    match entry.value.is_null() {
                        true if within.is_prose() => self.nothing(entry.key_range.end, place),
                        true => {}
                        false => self.node(&entry.value, within, place),
                    }
                }
            }
            Kind::List(items) => {
                if within.is_prose() && !in_brackets && items.iter().any(Node::is_null) {
                    self.items_of_nothing(&node.range);
                }
                for item in items.iter().filter(|item| !item.is_null()) {
                    let place = Place { column: column(text, item.range.start).saturating_sub(1), in_brackets };
                    self.node(item, within, place);
                }
            }
            Kind::Scalar(_, Style::Plain) if within.is_prose() => {
                self.diags.extend(cut_off(self.file, &node.range, place));
            }
            Kind::Scalar(..) => {}
        }
    }

    /// A key with nothing but `#words` after it. Behind `# ` stands what belongs there, as `dossier new` writes it.
    fn nothing(&mut self, key_end: usize, place: Place) {
        let text = &self.file.text;
        let Some(colon) = text[key_end..].find(':').map(|at| key_end + at + 1) else { return };
        let line = line_end(text, colon);
        let start = line - text[colon..line].trim_start().len();
        if is_word(&text[start..line]) && start > colon {
            self.diags.push(problem(self.file, &(start..start), start..line, place));
        }
    }

    /// Items of a list with nothing but `#words` in them. Where nothing is written there is no place, so their lines are looked at.
    fn items_of_nothing(&mut self, list: &Range<usize>) {
        let text = &self.file.text;
        let mut start = list.start - column(text, list.start);
        while start < list.end {
            let end = line_end(text, start);
            let item = text[start..end].trim_start().strip_prefix("- ").unwrap_or_default().trim_start();
            if is_word(item) {
                let place = Place { column: text[start..end].find('-').unwrap_or(0), in_brackets: false };
                self.diags.push(problem(
                    self.file,
                    &(end - item.len()..end - item.len()),
                    end - item.len()..end,
                    place,
                ));
            }
            start = end + 1;
        }
    }
}

/// The text at `range`, if a comment cuts it off.
pub(super) fn cut_off(file: &SourceFile, range: &Range<usize>, place: Place) -> Option<Diagnostic> {
    let text = &*file.text;
    let end = range.start + text[range.clone()].trim_end().len();
    let line = line_end(text, end);
    let rest = text[end..line].trim_start();
    let hash = line - rest.len();
    if rest.starts_with('#') && hash > end {
        return Some(problem(file, &(range.start..end), hash..line, place));
    }
    // A text over several lines, of which one starts with `#word`.
    if rest.is_empty() && line < text.len() && !place.in_brackets {
        let (from, to) = (line + 1, line_end(text, line + 1));
        let hash = to - text[from..to].trim_start().len();
        if is_word(&text[hash..to]) && column(text, hash) > place.column {
            return Some(problem(file, &(range.start..end), hash..to, place));
        }
    }
    None
}

/// `#Kherson`, and not `# Kherson`.
fn is_word(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
}

fn problem(file: &SourceFile, kept: &Range<usize>, lost: Range<usize>, place: Place) -> Diagnostic {
    let text = &*file.text;
    let lost = lost.start..lost.start + text[lost].trim_end().len();
    let message = "` #` starts a comment, so these words are cut off from the text";
    let mut problem = Diagnostic::new(Code::CommentInText, Span::new(file.id, lost.clone()), message);
    if place.in_brackets {
        problem.help("put the text in quotes, up to where it ends");
        return problem;
    }
    let whole = kept.start..going_on(text, lost.end, place.column);
    let quoted = quoted_as_in(text, &text[whole.clone()]);
    match quoted.contains('\n') {
        true => problem.help("put the whole text in quotes"),
        false => problem.help(format!("put the whole text in quotes: `{quoted}`")),
    };
    problem.help("if it is a comment, write it on a line of its own").fix(Span::new(file.id, whole), quoted);
    problem
}

/// Where a text ends that goes on in the lines that are indented further than `column`.
fn going_on(text: &str, mut end: usize, column: usize) -> usize {
    while end < text.len() {
        let line = end + text[end..].find('\n').map_or(text.len() - end, |newline| newline + 1);
        let next = line_end(text, line.min(text.len()));
        let words = text[line.min(next)..next].trim();
        let is_comment = words.starts_with('#') && !is_word(words);
        if words.is_empty() || is_comment || self::column(text, next - text[line..next].trim_start().len()) <= column {
            break;
        }
        end = line + text[line..next].trim_end().len();
    }
    end
}

/// Where the line of a place ends.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    at + rest.find('\n').unwrap_or(rest.len())
}

/// How far a place is from the start of its line, in bytes.
pub(super) fn column(text: &str, at: usize) -> usize {
    at - text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}
