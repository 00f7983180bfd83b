//! What the case rules let a name be written as.

use super::{Alias, Case};
use crate::syntax::normal::Normal;

/// What the text may say for `alias`, in normal form: nothing for an empty alias. Lower case for one that is found
/// whatever the case.
pub(super) fn spellings(alias: &Alias) -> Vec<String> {
    let text = Normal::of(alias.text).into_text();
    match alias.case {
        _ if text.is_empty() => Vec::new(),
        Case::Any => vec![folded(&text)],
        Case::Exact => match capitalised(&text) {
            Some(capitalised) => vec![text, capitalised],
            None => vec![text],
        },
    }
}

/// A text that is all lower case, with a capital first letter.
fn capitalised(text: &str) -> Option<String> {
    if text.chars().any(char::is_uppercase) {
        return None;
    }
    let (at, first) = text.char_indices().find(|(_, c)| c.is_alphanumeric())?;
    let capital: String = first.to_uppercase().collect();
    let rest = &text[at + first.len_utf8()..];
    first.is_lowercase().then(|| format!("{}{capital}{rest}", &text[..at]))
}

/// `text` without case.
pub(super) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        fold(c, &mut folded);
    }
    folded
}

/// Appends `c` without case: in lower case, but alike for all that have one capital form.
///
/// `ß` is `ss`, since its capital is `SS`; `İ` is `i`, as Turkish readers expect, and so is the `i̇` that programs make
/// of it; `ς` is `σ`; letters whose capitals have no composed form are taken apart, as their capitals are.
pub(super) fn fold(c: char, folded: &mut String) {
    match c {
        _ if c.is_ascii() => folded.push(c.to_ascii_lowercase()),
        'ß' | 'ẞ' => folded.push_str("ss"),
        'İ' => folded.push('i'),
        '\u{307}' if folded.ends_with('i') => {}
        'ς' => folded.push('σ'),
        'ǰ' | 'ẖ' | 'ẗ' | 'ẘ' | 'ẙ' | 'ΐ' | 'ΰ' => {
            unicode_normalization::char::decompose_canonical(c, |part| folded.push(part));
        }
        _ => folded.extend(c.to_lowercase()),
    }
}
