//! A file that cannot be read because of a text without quotes: which one it is, and that it can be read once they are there.
//!
//! Only texts that an editor wrote for readers are quoted, and only where the sign in their way has no other use there. Whether
//! that settles it is tried, not guessed: the file is read again with the quotes.

use std::ops::Range;

use super::comment::{Place, column, cut_off, line_end};
use super::prose::{holds_texts, is_one_text};
use super::scalar::quoted_as_in;
use super::tree::first_problem;
use crate::base::diag::Diagnostic;
use crate::base::input::SourceFile;
use crate::base::span::Span;

/// The finding, with the quotes that settle it where there are any; or what has led to it, where that is a comment in a text.
pub(super) fn mended(file: &SourceFile, region: &Range<usize>, problem: Diagnostic) -> Diagnostic {
    let at = problem.span.range().start.clamp(region.start, region.end);
    if let Some(found) =
        cut_in_brackets(file, region, at).filter(|found| found.fix.is_none() || settles(file, &problem, found))
    {
        return found;
    }
    let Some(text) = text_near(&file.text, region, at) else { return problem };
    if let Some(hash) = file.text[text.range.clone()].find(" #") {
        let kept = text.range.start..text.range.start + hash;
        let found = cut_off(file, &kept, Place { column: text.column, in_brackets: false });
        return found.filter(|found| settles(file, &problem, found)).unwrap_or(problem);
    }
    if !is_in_the_way(&file.text, &text.range) {
        return problem;
    }
    let mut mended = problem.clone();
    mended.fix(Span::new(file.id, text.range.clone()), quoted_as_in(&file.text, &file.text[text.range]));
    if settles(file, &problem, &mended) { mended } else { problem }
}

/// A text between brackets that a comment cuts off, together with the brackets after it: `{ note: The post of #Kherson }`.
fn cut_in_brackets(file: &SourceFile, region: &Range<usize>, at: usize) -> Option<Diagnostic> {
    let text = &*file.text;
    let lines = std::iter::successors(Some(line_start(text, at).max(region.start)), |start| {
        let above = text[region.start..*start].strip_suffix('\n')?;
        Some(region.start + above.rfind('\n').map_or(0, |newline| newline + 1))
    });
    let start = lines.take(LINES).find(|start| text[*start..line_end(text, *start)].contains(['{', '[']))?;
    let line = text[start..line_end(text, start).min(region.end)].trim_end();
    let hash = line.rfind(" #").filter(|hash| line[..*hash].contains(['{', '[']))?;
    let value = line[..hash].rfind([':', '[', ',']).map(|at| line.len() - line[at + 1..].trim_start().len())?;
    let before = &line[..line[..hash].rfind(':')?];
    let key = before.rfind(|c: char| !c.is_ascii_alphanumeric() && c != '_').map_or(before, |at| &before[at + 1..]);
    let is_plain = value <= hash && !line[value..].starts_with(['"', '\'']);
    if !holds_texts(key) || !is_plain {
        return None;
    }
    let kept = start + value..start + hash;
    let mut found = cut_off(file, &kept, Place { column: 0, in_brackets: true })?;
    let whole = line[value..].trim_end_matches(['}', ']', ' ', ',']);
    if !whole.contains([',', '}', ']']) {
        let whole = start + value..start + value + whole.len();
        found.fix(Span::new(file.id, whole.clone()), quoted_as_in(text, &text[whole]));
    }
    Some(found)
}

/// A text without quotes that is all of a key's or an item's line.
struct Unquoted {
    range: Range<usize>,
    /// How far its key is indented.
    column: usize,
}

/// The text in whose line a place is, or in the lines above, as far as they may go on in it.
fn text_near(text: &str, region: &Range<usize>, at: usize) -> Option<Unquoted> {
    let mut start = line_start(text, at).max(region.start);
    for _ in 0..LINES {
        if let Some(found) = text_of_line(text, region, start) {
            return Some(found);
        }
        start = text[region.start..start].trim_end_matches('\n').rfind('\n').map(|at| region.start + at + 1)?;
    }
    None
}

/// How many lines above a fault its text is looked for.
const LINES: usize = 8;

fn line_start(text: &str, at: usize) -> usize {
    at - column(text, at)
}

fn text_of_line(text: &str, region: &Range<usize>, start: usize) -> Option<Unquoted> {
    let end = line_end(text, start).min(region.end);
    let line = text[start..end].trim_end();
    let mut at = start + line.len() - line.trim_start().len();
    let indent = at - start;
    while text[at..end].starts_with("- ") {
        at += 2 + text[at + 2..end].len() - text[at + 2..end].trim_start().len();
    }
    let is_item = at > start + indent;
    let rest = &text[at..start + line.len()];
    let (key, value, column) = match key_and_value(rest) {
        Some((key, value)) => (key, at + value, column(text, at)),
        None if is_item => (key_above(text, region, start, indent)?, at, indent),
        None => return None,
    };
    let is_text = if value > at { is_one_text(key) } else { is_item && holds_texts(key) };
    let range = value..start + line.len();
    (is_text && !range.is_empty()).then_some(Unquoted { range, column })
}

/// `key: value` taken apart: the key, and where the value starts.
fn key_and_value(line: &str) -> Option<(&str, usize)> {
    let end = line.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-')?;
    let after = line[end..].strip_prefix(':')?;
    let value = after.trim_start();
    (end > 0 && value.len() < after.len() && !value.is_empty()).then(|| (&line[..end], line.len() - value.len()))
}

/// The key whose list an item is in.
fn key_above<'t>(text: &'t str, region: &Range<usize>, start: usize, indent: usize) -> Option<&'t str> {
    text[region.start..start].lines().rev().find_map(|line| {
        let own = line.trim_start_matches([' ', '-']);
        let key = own.trim_end().strip_suffix(':')?;
        let is_above = line.len() - own.len() <= indent;
        (is_above && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')).then_some(key)
    })
}

/// Whether a text has a sign in it that YAML takes for its own, and that has no other use where it stands.
fn is_in_the_way(file: &str, range: &Range<usize>) -> bool {
    let text = &file[range.clone()];
    let name = || text[1..].split_whitespace().next().unwrap_or_default();
    match text.chars().next() {
        // `"War" in Mali`
        Some('"') => text.matches('"').count() == 2 && !text.ends_with('"') && !text.contains('\\'),
        Some('\'' | '|' | '>' | '{' | '#' | '-' | '?') | None => false,
        Some('[') => !text.ends_with(']') || text.starts_with("[["),
        Some('*') => !file.contains(&format!("&{}", name())),
        Some('&') => !file.contains(&format!("*{}", name())),
        Some('!') => !text.starts_with("!!") && !text.starts_with("!<"),
        Some('@' | '`' | '%') => true,
        Some(_) => text.contains(": ") || text.ends_with(':'),
    }
}

/// Whether the fix of a finding lets the file be read, or at least beyond the line of the problem.
fn settles(file: &SourceFile, problem: &Diagnostic, found: &Diagnostic) -> bool {
    let Some(fix) = &found.fix else { return false };
    let mut text = file.text.to_string();
    text.replace_range(fix.span.range(), &fix.replacement);
    let beyond = line_end(&file.text, problem.span.range().end).max(fix.span.range().end);
    let beyond = beyond + fix.replacement.len() - fix.span.range().len();
    let again = SourceFile { text: text.into(), ..file.clone() };
    first_problem(&again).is_none_or(|next| next.span.range().start > beyond)
}
