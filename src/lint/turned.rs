//! Characters that turn the direction of the text after them: readers would see another number than the one that is written.

use std::ops::Range;

use super::Report;
use crate::base::diag::Code;
use crate::base::input::SourceFile;
use crate::base::span::Span;
use crate::base::turned::{Misleading, has_control, is_control};
use crate::model::{Common, Meta};
use crate::syntax::yaml::tree::{self, Kind, Node};

/// Checks the files of a record and of the annotations on it: each is told of once, however many there are in it.
pub(super) fn check(report: &mut Report<'_>) {
    let about = report.about;
    if !report.is_on(Code::TurnedText) {
        return;
    }
    let mut seen = Vec::new();
    for record in about.records() {
        let meta = record.meta();
        if seen.contains(&meta.at.file) {
            continue;
        }
        seen.push(meta.at.file);
        let Some(file) = about.inputs.get(meta.at.file) else { continue };
        let found = in_file(file);
        let Some(first) = found.first() else { continue };
        let about = owner(report, file, meta, first);
        let Some(problem) =
            report.add(Code::TurnedText, about, Span::new(file.id, first.clone()), message(file, first))
        else {
            continue;
        };
        problem.help("remove it: pages leave it out; a name in another script needs none, or U+2068 before it and U+2069 after it");
        if found.len() > 1 {
            problem.help(format!("{} more of them in this file", found.len() - 1));
        }
    }
}

/// The annotation that a place is in, which may allow it; else the record.
fn owner<'a>(report: &Report<'a>, file: &SourceFile, record: &'a Meta, place: &Range<usize>) -> &'a Meta {
    let annotations = report.about.annotations.iter().map(|annotation| annotation.meta());
    let mut own = annotations.filter(|meta| meta.at.file == file.id);
    let Some(Kind::List(items)) = tree::read(file).root.map(|root| root.kind) else { return record };
    let item = items.iter().position(|item| item.range.start <= place.start && place.start < item.range.end);
    own.find(|meta| meta.at.item.map(|at| at as usize) == item).unwrap_or(record)
}

fn message(file: &SourceFile, range: &Range<usize>) -> String {
    match file.text[range.clone()].chars().next().filter(|c| is_control(*c)) {
        Some(c) => format!("U+{:04X} turns the direction of what follows: readers would see it in another order", c as u32),
        None => "this stands for a character that turns the direction of what follows: readers would see it in another order"
            .to_owned(),
    }
}

/// Where such characters are written in a file: as they are, as references of HTML (`&#x202E;`), as escapes of YAML.
fn in_file(file: &SourceFile) -> Vec<Range<usize>> {
    let text = &*file.text;
    if !has_control(text) && !text.contains("&#") && !text.contains("\\u") && !text.contains("\\U") {
        return Vec::new();
    }
    let mut misleading = Misleading::default();
    let mut line_is_empty = false;
    for (at, c) in text.char_indices() {
        match c {
            '\n' if line_is_empty => misleading.end_paragraph(),
            '&' => drop(reference(&text[at..]).map(|(c, length)| misleading.see(c, at..at + length))),
            c => misleading.see(c, at..at + c.len_utf8()),
        }
        line_is_empty = c == '\n' || (line_is_empty && c.is_whitespace());
    }
    let mut found = misleading.found();
    if let Some(root) = tree::read(file).root {
        escaped(text, &root, &mut found);
    }
    found.sort_by_key(|range| range.start);
    found
}

/// The character of a reference like `&#x202E;`, and how long that is.
fn reference(text: &str) -> Option<(char, usize)> {
    let digits = text.strip_prefix("&#")?;
    let (radix, skipped) = if digits.starts_with(['x', 'X']) { (16, 1) } else { (10, 0) };
    let end = digits.find(|c: char| !c.is_ascii_alphanumeric())?;
    let number = u32::from_str_radix(&digits[skipped..end], radix).ok()?;
    let c = char::from_u32(number).filter(|c| is_control(*c))?;
    let ended = usize::from(digits[end..].starts_with(';'));
    Some((c, "&#".len() + end + ended))
}

/// Texts that have more of them than are written.
fn escaped(text: &str, node: &Node<'_>, found: &mut Vec<Range<usize>>) {
    match &node.kind {
        Kind::Scalar(value, _) => {
            let mut misleading = Misleading::default();
            value.chars().for_each(|c| misleading.see(c, 0..0));
            if !misleading.found().is_empty() && !has_control(&text[node.range.clone()]) {
                found.push(node.range.clone());
            }
        }
        Kind::List(items) => items.iter().for_each(|item| escaped(text, item, found)),
        Kind::Map(entries) => entries.iter().for_each(|entry| escaped(text, &entry.value, found)),
    }
}
