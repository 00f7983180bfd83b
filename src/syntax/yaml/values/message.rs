//! Serde's messages as findings: at the very word, in an editor's words, with the next step.

use std::ops::Range;

use super::real_path;
use crate::base::date::{Edtf, meant};
use crate::base::diag::{Code, Diagnostic};
use crate::base::input::SourceFile;
use crate::base::nearest::nearest;
use crate::base::span::Span;
use crate::syntax::yaml::prose::is_one_text;
use crate::syntax::yaml::scalar::Style;
use crate::syntax::yaml::tree::{Kind, Node};
use crate::syntax::yaml::{Step, scalar};

/// Turns serde's message into a finding at the right place. `None` for a key that is missing because its value was dropped.
pub(super) fn report(file: &SourceFile, node: &Node<'_>, path: &[Step], message: &str) -> Option<Diagnostic> {
    let real = real_path(node, path);
    let at = node.nearest(&real);
    let value = Span::new(file.id, at.shown(&file.text));
    let key = node.key_of(&real).map_or(value, |range| Span::new(file.id, range));
    let message = message.rfind(" at line ").map_or(message, |end| &message[..end]);
    let after = |marker: &str| message.find(marker).map(|at| &message[at + marker.len()..]);
    if let Some(rest) = after("unknown field ") {
        let mut problem = unknown(Code::UnknownKey, key, rest, "is not a key here", "the keys here are");
        // A key in quotes keeps them: `{"titel":"x"}` without them is a text.
        let quote = file.text[key.range()].chars().next().filter(|c| matches!(c, '"' | '\''));
        if let (Some(quote), Some(fix)) = (quote, &mut problem.fix) {
            fix.replacement = format!("{quote}{}{quote}", fix.replacement);
        }
        return Some(problem);
    }
    if let Some(rest) = after("unknown variant ") {
        return Some(unknown(Code::BadValue, value, rest, "is not known here", "known here are"));
    }
    if let Some(name) = after("missing field ") {
        let known = at.entries().iter().any(|entry| entry.key == name.trim_matches('`') && entry.value.dropped);
        let mut problem = Diagnostic::new(Code::MissingKey, value, format!("{name} is missing here"));
        problem.help(format!("add `{}: …`", name.trim_matches('`')));
        return (!known).then_some(problem);
    }
    if let Some(rest) = after("bad-date: ") {
        return Some(bad_date(file, at, value, rest));
    }
    let parts =
        after("invalid type: ").or_else(|| after("invalid value: ")).and_then(|rest| rest.split_once(", expected "));
    if let Some((found, expected)) = parts {
        let mut problem = wrong_type(at, value, found, expected);
        as_was_meant(file, at, path, &mut problem);
        return Some(problem);
    }
    let plain = message.rsplit_once(": ").map_or(message, |(_, rest)| rest);
    Some(Diagnostic::new(Code::BadValue, value, plain.to_owned()))
}

/// A date that is none, at the part of it that is wrong.
fn bad_date(file: &SourceFile, node: &Node<'_>, value: Span, message: &str) -> Diagnostic {
    let mut problem = Diagnostic::new(Code::BadDate, value, message.to_owned());
    if let Some((part, message)) = wrong_part(&file.text, node) {
        problem.span = Span::new(file.id, part);
        problem.message = message;
    }
    if let Some(written) =
        node.scalar().filter(|_| matches!(node.style(), Some(Style::Plain | Style::Single | Style::Double)))
        && let Some(edtf) = meant(written)
    {
        let whole = scalar::source_range(&file.text, node, 0..written.len());
        problem.help(format!("write `{edtf}`")).fix(Span::new(file.id, whole), edtf);
        return problem;
    }
    problem.help("dates are written like 2025-01-17, 2024-11, 2023-12~ or 2024-07-25/2024-07-27");
    problem
}

/// The bytes of a date that are wrong, and why; in a list, of its first date that is.
fn wrong_part(text: &str, node: &Node<'_>) -> Option<(Range<usize>, String)> {
    if let Kind::List(items) = &node.kind {
        return items.iter().find_map(|item| wrong_part(text, item));
    }
    let date = node.scalar()?;
    if date == ".." {
        return None;
    }
    let error = date.parse::<Edtf>().err()?;
    if error.range.is_empty() {
        return None;
    }
    Some((scalar::source_range(text, node, error.range), error.message))
}

/// A value of another type, and how the one that was meant is written.
fn wrong_type(node: &Node<'_>, value: Span, found: &str, expected: &str) -> Diagnostic {
    if expected == "u8" && !found.starts_with("string") {
        let number = found.rsplit(' ').next().unwrap_or_default();
        return Diagnostic::new(
            Code::BadValue,
            value,
            format!("a whole number from 1 to 6 belongs here, not {}", number.trim_matches('`')),
        );
    }
    let message = format!("{} belongs here, not {}", in_words(expected), in_words(found));
    let mut problem = Diagnostic::new(Code::WrongType, value, message);
    let written = node.scalar().unwrap_or_default();
    match expected {
        "f64" | "u8" => {
            // Which number a sign in it makes of it is a question of language, and not of this file alone.
            match written.trim().parse::<f64>() {
                Ok(number) if number.is_finite() => problem.help(format!("write `{}`, without quotes", written.trim())),
                _ => problem.help("write it in digits alone: no sign between thousands, and a point before decimals"),
            };
        }
        "a boolean" => {
            problem.help("write `true` or `false`, without quotes");
        }
        "a sequence" if !written.is_empty() => {
            problem.help(format!("write it as a list: `[{written}]`"));
        }
        "a sequence" => {
            problem.help("start each item with `- `");
        }
        _ if expected.contains("string") && found.starts_with("boolean") => {
            problem.help("put it in quotes");
        }
        _ => {}
    }
    problem
}

/// Adds the edit that makes of a value what it can only have been meant as: a list of tags in one text, a link that YAML takes
/// for two lists.
fn as_was_meant(file: &SourceFile, node: &Node<'_>, path: &[Step], problem: &mut Diagnostic) {
    let Some(Step::Key(key)) = path.last() else { return };
    let range = node.range.start..node.range.start + file.text[node.range.clone()].trim_end().len();
    let written = &file.text[range.clone()];
    let span = Span::new(file.id, range.clone());
    match &node.kind {
        // A comma in a name may be part of it; in tags it never is.
        Kind::Scalar(value, Style::Plain)
            if problem.message.starts_with("a list belongs here")
                && (key == "tags" || !value.contains(','))
                && !value.contains(['"', '\'', '[', ']', '{', '}', '#', '\n']) =>
        {
            let items = value.split(',').map(str::trim).filter(|item| !item.is_empty());
            problem.fix(span, format!("[{}]", items.collect::<Vec<_>>().join(", ")));
        }
        Kind::List(_) if is_one_text(key) && written.starts_with("[[") && !written.contains('\n') => {
            problem.help("put the text in quotes").fix(span, scalar::quoted_as_in(&file.text, written));
        }
        _ => {}
    }
}

/// `rest` is serde's "`x`, expected one of `a`, `b`".
fn unknown(code: Code, span: Span, rest: &str, is: &str, are: &str) -> Diagnostic {
    let mut words = rest.split('`').skip(1).step_by(2);
    let written = words.next().unwrap_or_default();
    let known: Vec<&str> = words.collect();
    let mut problem = Diagnostic::new(code, span, format!("`{written}` {is}"));
    let near = nearest(written, known.iter().copied());
    problem.did_you_mean(near);
    if let (Some(near), true) = (near, code == Code::UnknownKey || span_is(&span, written)) {
        problem.fix(span, near);
    }
    if near.is_none() && !known.is_empty() {
        problem.help(format!("{are} `{}`", known.join("`, `")));
    }
    problem
}

/// Whether a span covers just this word, and not its quotation marks or a longer text.
fn span_is(span: &Span, word: &str) -> bool {
    span.range().len() == word.len()
}

fn in_words(serde: &str) -> String {
    let (kind, rest) = serde.split_once(' ').unwrap_or((serde, ""));
    match (kind, rest) {
        ("string", text) => format!("the text `{}`", text.trim_matches('"')),
        ("integer" | "floating" | "float", number) => {
            format!("the number {}", number.trim_start_matches("point ").trim_matches('`'))
        }
        ("boolean", value) => value.to_owned(),
        ("sequence", _) | ("a", "sequence") => "a list".to_owned(),
        ("map", _) | ("a", "map") | ("struct", _) => "a set of keys and values".to_owned(),
        ("a", "string") => "a text".to_owned(),
        ("a", "boolean") => "`true` or `false`".to_owned(),
        ("unit", _) | ("null", _) => "nothing".to_owned(),
        ("f64" | "u8" | "u32" | "i32", _) => "a number".to_owned(),
        _ => serde.to_owned(),
    }
}
