//! Texts of a record as they are shown: without what nobody can see or print, and each on one line, but for Markdown.

use crate::syntax::legible::{legible, on_one_line};
use crate::syntax::yaml::tree::{Kind, Node};

/// The keys that hold Markdown, whatever record has them: there the end of a line means something.
const MARKDOWN: &[&str] = &["note", "rationale", "summary"];

/// Tells whether the node now differs from its text.
pub(super) fn set_on_lines(node: &mut Node<'_>, is_markdown: bool) -> bool {
    match &mut node.kind {
        Kind::Map(entries) => entries
            .iter_mut()
            .fold(false, |changed, entry| set_on_lines(&mut entry.value, MARKDOWN.contains(&&*entry.key)) | changed),
        Kind::List(items) => items.iter_mut().fold(false, |changed, item| set_on_lines(item, is_markdown) | changed),
        Kind::Scalar(text, _) => {
            let shown = if is_markdown { legible(text) } else { on_one_line(text) };
            let changed = (*shown != **text).then(|| shown.into_owned());
            changed.map(|shown| *text = shown.into()).is_some()
        }
    }
}
