//! What the case rules let a name be written as.

use unicode_normalization::char::decompose_canonical;

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
    let mut folded = Vec::with_capacity(text.len());
    for c in text.chars() {
        fold(c, &mut folded);
    }
    String::from_utf8_lossy(&folded).into_owned()
}

/// Appends `c` without case: in lower case, but alike for all that have one capital form.
///
/// `ß` is `ss`, since its capital is `SS`; `İ` is `i`, as Turkish readers expect, and so is the `i̇` that programs make
/// of it; `ς` is `σ`; letters whose capitals have no composed form are taken apart, as their capitals are.
pub(super) fn fold(c: char, folded: &mut Vec<u8>) {
    let dotted = c == '\u{307}' && folded.ends_with(b"i");
    let mut push = |c: char| folded.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
    match c {
        _ if c.is_ascii() => push(c.to_ascii_lowercase()),
        'ß' | 'ẞ' => folded.extend_from_slice(b"ss"),
        'İ' => push('i'),
        _ if dotted => {}
        'ς' => push('σ'),
        'ǰ' | 'ẖ' | 'ẗ' | 'ẘ' | 'ẙ' | 'ΐ' | 'ΰ' => decompose_canonical(c, push),
        _ => c.to_lowercase().for_each(push),
    }
}
