//! Nodes to typed values. Each value that does not fit is reported at its place and left out; the rest is kept.

mod lines;
mod marks;
mod message;
mod valueless;

use std::fmt::Write as _;
use std::ops::Range;

use serde::de::DeserializeOwned;
use serde_path_to_error::Segment;

use message::report;

use super::tree::{Kind, Node};
use super::{Path, Step};
use crate::base::diag::{Code, Diagnostic, Diagnostics};
use crate::base::input::SourceFile;
use crate::base::span::Span;

/// A record type and what it must have. Its other keys are those that serde knows.
pub trait Record: DeserializeOwned {
    /// Keys that must be there.
    const REQUIRED: &'static [&'static str];
}

/// Reads one record. `None` only when the node is no map at all.
///
/// The text is given to serde as it was written. When something is wrong it is given again without it, as often as needed:
/// each turn drops at least one node, so this ends.
pub fn read<T: Record>(file: &SourceFile, node: &mut Node<'_>, diags: &mut Diagnostics) -> Option<T> {
    if !matches!(node.kind, Kind::Map(_)) {
        let span = Span::new(file.id, node.shown(&file.text));
        let problem = diags.add(Code::WrongType, span, "a record belongs here: keys and values");
        match node.kind {
            Kind::List(_) => problem.help("one file is one record: write `key: value` lines without `- ` before them"),
            _ => problem.help("write one `key: value` a line"),
        };
        return None;
    }
    let mut found = Vec::new();
    valueless::check::<T>(file, node, &mut found);
    let changed = drop_nulls(node) | marks::drop_marked(file, node, &mut found) | drop_empty::<T>(file, node, diags);
    let changed = lines::set_on_lines(node, false) | changed;
    let value = read_map(file, node, changed, &mut found);
    for key in T::REQUIRED
        .iter()
        .filter(|key| !node.entries().iter().any(|entry| entry.key == **key && !entry.value.is_null()))
    {
        if !found.iter().any(|other| is_meant(other, key)) {
            let span = Span::new(file.id, node.shown(&file.text));
            diags.add(Code::MissingKey, span, format!("`{key}` is missing")).help(format!("add `{key}: …`"));
        }
    }
    diags.extend(found);
    value
}

/// Whether a finding about an unknown key asks if this one was meant: then it is not missing as well.
fn is_meant(found: &Diagnostic, key: &str) -> bool {
    found.code == Code::UnknownKey && found.help.iter().any(|help| *help == format!("did you mean `{key}`?"))
}

fn read_map<T: Record>(
    file: &SourceFile,
    node: &mut Node<'_>,
    changed: bool,
    found: &mut Vec<Diagnostic>,
) -> Option<T> {
    let mut source = if changed { emit(node) } else { excerpt(&file.text, node) };
    // Nearly all records are as they should be. To know the path of what is not takes time, and so another reading.
    if let Ok(value) = T::deserialize(serde_yaml::Deserializer::from_str(&source)) {
        return Some(value);
    }
    let mut work = 0;
    loop {
        work += source.len();
        if found.len() >= MOST && work > MOST_WORK {
            return None;
        }
        match serde_path_to_error::deserialize(serde_yaml::Deserializer::from_str(&source)) {
            Ok(value) => return Some(value),
            Err(error) => {
                let path: Vec<Step> = error.path().iter().filter_map(step).collect();
                let message = error.inner().to_string();
                let problem = report(file, node, &path, &message);
                found.extend(problem.filter(|problem| !is_told(found, problem, node.nearest(&real_path(node, &path)))));
                if !drop_at(node, &path) {
                    return None;
                }
                source = emit(node);
            }
        }
    }
}

/// Whether a key that is missing in `at` was misspelt there, which has been reported.
fn is_told(found: &[Diagnostic], problem: &Diagnostic, at: &Node<'_>) -> bool {
    let key = problem.message.split('`').nth(1).unwrap_or_default();
    let within =
        |other: &Diagnostic| at.range.start <= other.span.range().start && other.span.range().end <= at.range.end;
    problem.code == Code::MissingKey && found.iter().any(|other| is_meant(other, key) && within(other))
}

/// A required text with nothing in it is reported, and read as if it were not there. Tells whether there was one.
fn drop_empty<T: Record>(file: &SourceFile, node: &mut Node<'_>, diags: &mut Diagnostics) -> bool {
    let Kind::Map(entries) = &mut node.kind else { return false };
    let mut changed = false;
    for entry in entries.iter_mut().filter(|entry| T::REQUIRED.contains(&&*entry.key) && !entry.value.dropped) {
        if entry.value.scalar().is_some_and(|text| text.trim().is_empty()) {
            let span = Span::new(file.id, entry.value.shown(&file.text));
            diags
                .add(Code::MissingKey, span, format!("`{}` is empty", entry.key))
                .help("write it, or remove the record");
            entry.value.dropped = true;
            changed = true;
        }
    }
    changed
}

/// A record with more mistakes than this is read no further when each new reading takes long: a hostile file must not hold us up.
const MOST: usize = 10;
const MOST_WORK: usize = 4 << 20;

fn step(segment: &Segment) -> Option<Step> {
    match segment {
        Segment::Map { key } => Some(Step::Key(key.clone().into())),
        Segment::Seq { index } => Some(Step::Index(*index)),
        Segment::Enum { .. } | Segment::Unknown => None,
    }
}

/// The node as it was written. The columns before its first line are filled up, so that its own indentation still holds.
fn excerpt(text: &str, node: &Node<'_>) -> String {
    let line = text[..node.range.start].rfind('\n').map_or(0, |newline| newline + 1);
    let column = text[line..node.range.start].chars().filter(|c| *c != '\u{feff}').count();
    let mut source = " ".repeat(column);
    source.push_str(&text[node.range.clone()]);
    source
}

/// The node without what was dropped, in flow style. Numbers, `true` and `false` stay plain, all else is quoted.
fn emit(node: &Node<'_>) -> String {
    let mut out = String::new();
    write_flow(node, &mut out);
    out
}

fn write_flow(node: &Node<'_>, out: &mut String) {
    match &node.kind {
        Kind::Scalar(value, style) => match *style == super::scalar::Style::Plain && is_plain_value(value) {
            true => out.push_str(value),
            false => out.push_str(&serde_json::Value::from(&**value).to_string()),
        },
        Kind::List(items) => {
            out.push('[');
            for item in items.iter().filter(|item| !item.dropped) {
                write_flow(item, out);
                out.push_str(", ");
            }
            out.push(']');
        }
        Kind::Map(entries) => {
            out.push('{');
            for entry in entries.iter().filter(|entry| !entry.value.dropped) {
                let _ = write!(out, "{}: ", serde_json::Value::from(&*entry.key));
                write_flow(&entry.value, out);
                out.push_str(", ");
            }
            out.push('}');
        }
    }
}

fn is_plain_value(value: &str) -> bool {
    matches!(value, "true" | "false") || (value.parse::<f64>().is_ok() && !value.contains(['n', 'N', 'f']))
}

/// A key without a value says nothing: it is read as if it were not there. Tells whether the node now differs from its text.
fn drop_nulls(node: &mut Node<'_>) -> bool {
    let mut changed = false;
    match &mut node.kind {
        Kind::Map(entries) => {
            for entry in entries {
                entry.value.dropped |= entry.value.is_null();
                changed |= entry.value.dropped || drop_nulls(&mut entry.value);
            }
        }
        Kind::List(items) => {
            for item in items {
                item.dropped |= item.is_null();
                changed |= item.dropped || drop_nulls(item);
            }
        }
        Kind::Scalar(..) => {}
    }
    changed
}

/// Drops what is at a path of the text that serde saw, where dropped items were not counted.
fn drop_at(node: &mut Node<'_>, path: &[Step]) -> bool {
    if path.is_empty() {
        return false;
    }
    let real = real_path(node, path);
    let target = node.nearest_mut(&real);
    let new = !target.dropped;
    target.dropped = true;
    new
}

/// The items of lists that were dropped, in order.
pub fn skipped(node: &Node<'_>) -> Vec<Path> {
    fn has_dropped(node: &Node<'_>) -> bool {
        node.entries().iter().any(|entry| has_dropped(&entry.value))
            || node.items().iter().any(|item| item.dropped || has_dropped(item))
    }
    if !has_dropped(node) {
        return Vec::new();
    }
    fn walk(node: &Node<'_>, path: &Path, found: &mut Vec<Path>) {
        for entry in node.entries().iter().filter(|entry| !entry.value.dropped) {
            walk(&entry.value, &path.key_owned(&entry.key), found);
        }
        for (index, item) in node.items().iter().enumerate() {
            match item.dropped {
                true => found.push(path.index(index)),
                false => walk(item, &path.index(index), found),
            }
        }
    }
    let mut found = Vec::new();
    walk(node, &Path::default(), &mut found);
    found
}

/// The path with items counted as they were written.
fn real_path(node: &Node<'_>, path: &[Step]) -> Vec<Step> {
    let mut real: Vec<Step> = Vec::new();
    for step in path {
        let here = node.nearest(&real);
        real.push(match step {
            Step::Index(seen) => {
                let kept = here.items().iter().enumerate().filter(|(_, item)| !item.dropped).nth(*seen);
                Step::Index(kept.map_or(*seen, |(index, _)| index))
            }
            Step::Key(_) => step.clone(),
        });
    }
    real
}

/// The bytes of the whole record that a node is, for a finding about all of it.
pub fn shown(file: &SourceFile, node: &Node<'_>) -> Range<usize> {
    node.shown(&file.text)
}
