//! Inside one scalar: which bytes of the file a part of its value was written with.

use std::ops::Range;

use super::tree::Node;

/// How a scalar was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// In `'…'`.
    Single,
    /// In `"…"`.
    Double,
    /// As a block after `|`.
    Literal,
    /// As a block after `>`.
    Folded,
}

/// The bytes of the file that a range of a scalar's value was written with; the whole scalar where that cannot be told.
///
/// The value is walked beside what was written. White space in a value may have been any line break and indentation, an
/// escape any sequence after `\`; everything else stands for itself, so the two stay in step.
pub fn source_range(text: &str, node: &Node<'_>, within: Range<usize>) -> Range<usize> {
    let Some(value) = node.scalar() else { return node.shown(text) };
    let style = node.style().unwrap_or(Style::Plain);
    let mut at = node.range.start + usize::from(matches!(style, Style::Single | Style::Double));
    let mut start = None;
    for (offset, wanted) in value.char_indices() {
        if offset >= within.end {
            break;
        }
        let Some(written) = next_written(text, at, node.range.end, wanted, style) else { return node.shown(text) };
        if offset >= within.start {
            start.get_or_insert(written.start);
        }
        at = written.end;
    }
    start.map_or_else(|| node.shown(text), |start| start..at)
}

/// Where the character `wanted` of the value is written, from `at` on.
fn next_written(text: &str, mut at: usize, end: usize, wanted: char, style: Style) -> Option<Range<usize>> {
    loop {
        let c = text.get(at..end)?.chars().next()?;
        let here = at..at + c.len_utf8();
        if style == Style::Double && c == '\\' {
            return Some(at..escape_end(text, here.end, end));
        }
        if style == Style::Single && c == '\'' {
            return Some(at..(here.end + 1).min(end));
        }
        if c == wanted || (wanted.is_whitespace() && c.is_whitespace()) {
            return Some(here);
        }
        if !c.is_whitespace() {
            return None;
        }
        at = here.end;
    }
}

fn escape_end(text: &str, after_backslash: usize, end: usize) -> usize {
    let Some(kind) = text.get(after_backslash..end).and_then(|rest| rest.chars().next()) else { return end };
    let digits = match kind {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        _ => 0,
    };
    (after_backslash + kind.len_utf8() + digits).min(end)
}
