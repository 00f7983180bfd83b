//! One scalar: which bytes of the file a part of its value was written with, and how to write another value there.

use std::borrow::Cow;
use std::ops::Range;

use super::tree::{self, Node};
use super::{Origin, Path};
use crate::base::input::SourceFile;
use crate::base::span::Span;

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

/// What to write in place of a scalar so that its value becomes `value`, in its own style where that can be; every other byte
/// stays. White space in the value may come out as other white space: quotes are compared without regard to it.
///
/// What comes out has been read back: `None` when no style gives the value, or there is no scalar at the path.
pub fn rewrite(file: &SourceFile, origin: Origin, path: &Path, value: &str) -> Option<(Span, String)> {
    let read = tree::read(file);
    let node = record(read.root.as_ref()?, origin)?.nearest(&path.0);
    let style = node.style()?;
    let range = match style {
        Style::Literal | Style::Folded => {
            node.range.start..node.range.start + file.text[node.range.clone()].trim_end().len()
        }
        _ => node.range.clone(),
    };
    let words: Vec<&str> = value.split_whitespace().collect();
    let fits = |written: &String| {
        let mut text = file.text.to_string();
        text.replace_range(range.clone(), written);
        let again = SourceFile { text: text.into(), ..file.clone() };
        let tree = tree::read(&again);
        let value = tree
            .root
            .as_ref()
            .and_then(|root| record(root, origin))
            .and_then(|record| record.nearest(&path.0).scalar());
        value.is_some_and(|value| value.split_whitespace().eq(words.iter().copied()))
    };
    let old: Vec<&str> = node.scalar().unwrap_or_default().split_whitespace().collect();
    let candidates = [
        word_by_word(&file.text[range.clone()], style, &old, &words),
        Some(written(&file.text, &range, style, &words)),
        Some(written(&file.text, &range, Style::Double, &words)),
    ];
    candidates.into_iter().flatten().find(fits).map(|text| (Span::new(file.id, range.clone()), text))
}

/// A text without quotes as the same text in quotes: in those that are usual in the file, and the other sort where that needs no
/// escapes. Its line breaks mean in quotes what they mean without. Quotation marks of print around it were meant for these.
pub fn quoted_as_in(file: &str, text: &str) -> String {
    let text = without_printed_marks(text).unwrap_or(text);
    let is_single = file.matches(": '").count() > file.matches(": \"").count();
    let is_single = match is_single {
        true => !text.contains('\'') || text.contains(['"', '\\']),
        false => text.contains(['"', '\\']) && !text.contains('\''),
    };
    match is_single {
        true => format!("'{}'", text.replace('\'', "''")),
        false => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
    }
}

/// What stands between the quotation marks that printers use, where they are the first and the last sign and there are no others
/// of their kind: YAML does not know them, and a word processor makes them of the ones that it knows.
pub fn without_printed_marks(text: &str) -> Option<&str> {
    const PAIRS: [(char, char); 7] =
        [('“', '”'), ('„', '“'), ('„', '”'), ('«', '»'), ('»', '«'), ('‘', '’'), ('”', '”')];
    PAIRS.iter().find_map(|(open, close)| {
        let inside = text.strip_prefix(*open)?.strip_suffix(*close)?;
        // An apostrophe looks like the mark that closes ‘…’.
        let is_lone = !inside.contains(*open) && (*close == '’' || !inside.contains(*close));
        (is_lone && !inside.trim().is_empty()).then(|| inside.trim())
    })
}

fn record<'n, 'a>(root: &'n Node<'a>, origin: Origin) -> Option<&'n Node<'a>> {
    match origin.item {
        Some(item) => root.items().get(item as usize),
        None => Some(root),
    }
}

/// A scalar as it is written, with each word that is another now in the place of the old one: its white space and line ends stay.
/// `None` where there are more words or fewer, or one is not written letter by letter.
fn word_by_word(written: &str, style: Style, old: &[&str], new: &[&str]) -> Option<String> {
    let (mut out, mut at) = (String::with_capacity(written.len()), 0);
    if old.len() != new.len() {
        return None;
    }
    for (old, new) in old.iter().zip(new) {
        let (old, new) = (escaped(old, style), escaped(new, style));
        let start = at + written[at..].find(&*old)?;
        out.push_str(&written[at..start]);
        out.push_str(&new);
        at = start + old.len();
    }
    out.push_str(&written[at..]);
    Some(out)
}

/// A word as a scalar of a style has it.
fn escaped(word: &str, style: Style) -> Cow<'_, str> {
    match style {
        Style::Single => word.replace('\'', "''").into(),
        Style::Double => serde_json::Value::from(word).to_string().trim_matches('"').to_owned().into(),
        Style::Plain | Style::Literal | Style::Folded => word.into(),
    }
}

/// Words as a scalar of a style. A block keeps its indentation and is broken where its lines were.
fn written(text: &str, range: &Range<usize>, style: Style, words: &[&str]) -> String {
    let line = words.join(" ");
    match style {
        Style::Plain => line,
        Style::Single => format!("'{}'", line.replace('\'', "''")),
        Style::Double => serde_json::Value::from(line).to_string(),
        Style::Literal | Style::Folded => {
            let start = text[..range.start].rfind('\n').map_or(0, |newline| newline + 1);
            let indent = &text[start..range.start];
            let width = text[range.clone()].lines().map(|line| line.trim().chars().count()).max().unwrap_or(0);
            let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
            wrapped(words, width.max(40), &format!("{newline}{indent}"))
        }
    }
}

fn wrapped(words: &[&str], width: usize, newline: &str) -> String {
    let (mut out, mut column) = (String::new(), 0);
    for word in words {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > width {
            out.push_str(newline);
            column = 0;
        } else if column > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
    }
    out
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::input::{Inputs, Options};

    /// Rewrites the `q` of the second item, and returns the file.
    fn check(yaml: &str, value: &str, expected: &str) {
        let inputs = Inputs::new([("content/annotations/a.yaml".to_owned(), yaml.to_owned())], Options::default());
        let file = &inputs.files[0];
        let (span, text) =
            rewrite(file, Origin { file: file.id, item: Some(1) }, &Path::of("q"), value).expect("a scalar");
        let mut out = yaml.to_owned();
        out.replace_range(span.range(), &text);
        assert_eq!(out, expected);
    }

    #[test]
    fn a_scalar_is_rewritten_in_its_own_style() {
        check("- q: x\n- q: old words # why\n  z: 1\n", "new words", "- q: x\n- q: new words # why\n  z: 1\n");
        check("- q: x\n- q: 'it''s'\n", "it's new", "- q: x\n- q: 'it''s new'\n");
        check("- q: x\n- q: \"a \\\"b\\\"\"\n", "c \"d\"", "- q: x\n- q: \"c \\\"d\\\"\"\n");
        check(
            "- q: x\n- q: |\n    one\n    two\n\n  z: 1\n",
            "one three",
            "- q: x\n- q: |\n    one\n    three\n\n  z: 1\n",
        );
        check("- q: x\n- { q: a b, z: 1 }\n", "a c", "- q: x\n- { q: a c, z: 1 }\n");
        check(
            "- q: x\n- q: >-\n    some words that were\n    broken in two lines here\n",
            "some words that are broken in two lines and more here",
            "- q: x\n- q: >-\n    some words that are broken in two lines\n    and more here\n",
        );
        for (old, new, yaml) in [
            ("goverment", "government", "- q: x\n- q: |\n    The goverment said that the harbour was shut\n  z: 1\n"),
            ("goverment", "government", "- q: x\r\n- q: >-\r\n    The goverment\r\n    said so\r\n  z: 1\r\n"),
            ("goverment", "government", "- q: x\n- q: The goverment\n    said so # why\n"),
            ("wont", "won't", "- q: x\n- q: 'It''s  wont, it\n    is'\n"),
            ("wont", "won't", "- q: x\n- { q: \"It \\\"is\\\"  wont\", z: 1 }\n"),
        ] {
            let quoted = new.replace('\'', if yaml.contains("'It") { "''" } else { "'" });
            let inputs = Inputs::new([("content/annotations/a.yaml".to_owned(), yaml.to_owned())], Options::default());
            let read = tree::read(&inputs.files[0]);
            let value = read.root.as_ref().and_then(|root| root.items()[1].get("q")?.scalar().map(str::to_owned));
            check(yaml, &value.expect("a scalar").replace(old, new), &yaml.replace(old, &quoted));
        }
    }

    #[test]
    fn a_value_that_its_style_cannot_hold_is_quoted() {
        check("- q: x\n- q: old\n", "new: words", "- q: x\n- q: \"new: words\"\n");
        check("- q: x\n- { q: a, z: 1 }\n", "a, b", "- q: x\n- { q: \"a, b\", z: 1 }\n");
        check("- q: x\n- q: old\n", "« new » # 1", "- q: x\n- q: \"« new » # 1\"\n");
    }
}
