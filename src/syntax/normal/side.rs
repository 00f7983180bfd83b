//! Which side of a character is its inside: for « », and for lines of scripts that have no spaces.
//!
//! Both are decided by what stands beside, and not by what was open before: so a part of a sentence reads as it does in the
//! whole, but for what stands at its very ends.

use super::class::{Class, class, extends};
use crate::syntax::language::is_unspaced;

/// Whether `«` has its inside on the right, given the character before it: in French. In German it ends what » began, and stands
/// close to the last word.
///
/// Where there is no space after it, nothing depends on it.
pub(super) fn opens(before: Option<char>) -> bool {
    before.is_none_or(|c| match c {
        '\u{2018}' | '\u{2039}' | '\u{203a}' => false,
        '(' | '[' | '{' | '<' | '/' | '=' | '+' | '*' | '|' | ':' | '¿' | '¡' | '\'' | '"' | '„' | '（' | '：' => {
            true
        }
        c => matches!(class(c), Class::Space | Class::Dash | Class::Apostrophe),
    })
}

/// Whether `»` has its inside on the left, given the character after it: in French. In German it begins what « ends, and stands
/// close to the first word.
///
/// Where there is no space before it, nothing depends on it.
pub(super) fn closes(after: Option<char>) -> bool {
    after.is_none_or(|c| match c {
        '\u{2039}' | '\u{203a}' | '‚' | '„' => false,
        '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '>' | '/' | '*' | '|' | '\'' | '"' => true,
        '،' | '؛' | '؟' | '۔' | '।' | '、' | '。' | '，' | '；' | '：' | '！' | '？' | '）' | '·' => {
            true
        }
        '⁰' | '¹' | '²' | '³' | '⁴'..='⁹' => true,
        c => !matches!(class(c), Class::Other),
    })
}

/// Whether white space between these two texts is none: both are written in scripts without spaces where they meet. There a line
/// ends wherever it is full. Two dashes stay two.
pub(crate) fn joins(before: &str, after: &str) -> bool {
    // Most white space stands after such a letter.
    if before.as_bytes().last().is_some_and(u8::is_ascii_alphanumeric) {
        return false;
    }
    let is_dash = |c: Option<char>| c.is_some_and(|c| class(c) == Class::Dash);
    let kept = |c: &char| class(*c) != Class::Dropped;
    let dashes = || is_dash(before.chars().rev().find(kept)) && is_dash(after.chars().find(kept));
    ends_unspaced(before) == Some(true) && begins_unspaced(after) == Some(true) && !dashes()
}

/// Whether the text ends in a script without spaces; `None` where it has nothing but signs that all scripts share.
pub(crate) fn ends_unspaced(text: &str) -> Option<bool> {
    let mut rest = text;
    while let Some(c) = rest.chars().next_back() {
        rest = match rest.strip_suffix(DOTS) {
            Some(shorter) => shorter,
            None if is_shared(c) => &rest[..rest.len() - c.len_utf8()],
            None => return Some(is_unspaced(c)),
        };
    }
    None
}

/// The same of its beginning. A mark that would join what is before it begins nothing.
pub(crate) fn begins_unspaced(text: &str) -> Option<bool> {
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        rest = match rest.strip_prefix(DOTS) {
            Some(shorter) => shorter,
            // White space inside is none.
            None if c == '«' => after_space(&rest[c.len_utf8()..]),
            None if class(c) == Class::Space && after_space(rest).starts_with('»') => after_space(rest),
            None if is_shared(c) => &rest[c.len_utf8()..],
            None => return Some(is_unspaced(c) && !extends(c)),
        };
    }
    None
}

/// The text without the white space that it starts with.
fn after_space(text: &str) -> &str {
    text.trim_start_matches(|c| matches!(class(c), Class::Space | Class::Dropped))
}

/// The normal form of an ellipsis, which Chinese has at the end of a line too.
const DOTS: &str = "...";

/// Signs that are wide or narrow as the text around them is: “ ”, …, —.
fn is_shared(c: char) -> bool {
    matches!(c, '"' | '\'') || !matches!(class(c), Class::Other | Class::Space)
}
