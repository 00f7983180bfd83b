//! The words of a quote are a decision, and no fix makes decisions: neither in `quote`, nor in what says which of several places
//! is meant.

use crate::base::diag::Fix;
use crate::base::input::SourceFile;
use crate::syntax::yaml::tree::{self, Kind, Node};

/// Whether a fix would change words that point at a passage. Quotation marks around them are YAML's.
pub(super) fn is_of_quote(file: &SourceFile, fix: &Fix) -> bool {
    if words(&file.text[fix.span.range()]).eq(words(&fix.replacement)) {
        return false;
    }
    let touches = |node: &Node<'_>| node.range.start < fix.span.range().end && fix.span.range().start < node.range.end;
    tree::read(file).root.is_some_and(|root| any_of_quote(&root, &touches))
}

fn any_of_quote(node: &Node<'_>, touches: &dyn Fn(&Node<'_>) -> bool) -> bool {
    match &node.kind {
        Kind::Map(entries) => entries.iter().any(|entry| match &*entry.key {
            "quote" | "prefix" | "suffix" => touches(&entry.value),
            _ => any_of_quote(&entry.value, touches),
        }),
        Kind::List(items) => items.iter().any(|item| any_of_quote(item, touches)),
        Kind::Scalar(..) => false,
    }
}

/// What is written, without quotation marks, escapes and white space.
fn words(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| !c.is_whitespace() && !"\"'\\“”„«»‘’".contains(*c))
}
