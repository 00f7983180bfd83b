//! Printed quotation marks around a value that is no text for readers: a date, an id, an address. YAML knows `"` and `'` alone,
//! and takes “ and ” for part of the value. In a text they may be meant, so there they stay.

use crate::base::diag::{Code, Diagnostic};
use crate::base::input::SourceFile;
use crate::base::span::Span;
use crate::syntax::yaml::prose::Within;
use crate::syntax::yaml::scalar::{Style, without_printed_marks};
use crate::syntax::yaml::tree::{Kind, Node};

/// Reports such values, and drops them. Tells whether there were any.
pub(super) fn drop_marked(file: &SourceFile, node: &mut Node<'_>, found: &mut Vec<Diagnostic>) -> bool {
    if file.text[node.range.clone()].is_ascii() {
        return false;
    }
    let before = found.len();
    walk(file, node, Within::default(), found);
    found.len() > before
}

fn walk(file: &SourceFile, node: &mut Node<'_>, within: Within<'_>, found: &mut Vec<Diagnostic>) {
    match &mut node.kind {
        Kind::Map(entries) => {
            for entry in entries.iter_mut().filter(|entry| !entry.value.dropped) {
                walk(file, &mut entry.value, within.key(&entry.key), found);
            }
        }
        Kind::List(items) => items.iter_mut().for_each(|item| walk(file, item, within, found)),
        Kind::Scalar(value, Style::Plain) if !within.is_prose() => {
            let Some(inside) = without_printed_marks(value).filter(|inside| !inside.contains(['"', '\\'])) else {
                return;
            };
            let span = Span::new(file.id, node.range.start..node.range.start + value.len());
            let message = "these quotation marks are part of the value";
            let mut problem = Diagnostic::new(Code::BadValue, span, message);
            problem.help("YAML knows `\"` and `'` alone").fix(span, format!("\"{inside}\""));
            found.push(problem);
            node.dropped = true;
        }
        Kind::Scalar(..) => {}
    }
}
