//! What stands after a word of another language and is of its line.
//!
//! `2 reports`, `usually reliable` and `(B)` come from three places. Were each word an element alone, the signs around them would take
//! the direction of the page: `(B) usually reliable`, and a full stop in front of its sentence.

use crate::locale::marks::{WORD, is_mark};

/// How a text goes on after the end of a word.
pub(super) struct Sequel<'t> {
    /// What belongs into the element of the word.
    pub own: &'t str,
    /// What stands after that, and whether it goes on in the element: it then began with another word.
    pub rest: &'t str,
    pub goes_on: bool,
}

/// Takes another word of the line with the signs between, or the signs that end one.
pub(super) fn after_word(text: &str) -> Sequel<'_> {
    let between = text.find(is_mark).unwrap_or(text.len());
    let (own, rest) = text.split_at(between);
    match rest.strip_prefix(WORD[0]) {
        Some(rest) if is_of_no_language(own) => Sequel { own, rest, goes_on: true },
        _ => {
            let (own, rest) = text.split_at(closing(text));
            Sequel { own, rest, goes_on: false }
        }
    }
}

/// A grade has a letter and is no word.
fn is_of_no_language(text: &str) -> bool {
    text.replace("&nbsp;", " ").split(|c: char| !c.is_alphabetic()).all(|letters| letters.len() <= 1)
}

/// The length of a grade in parentheses and a full stop.
fn closing(text: &str) -> usize {
    let bare = text.trim_start_matches([' ', '\u{a0}']);
    let grade = match bare.as_bytes() {
        [b'(', grade, b')', ..] if grade.is_ascii_alphanumeric() => text.len() - bare.len() + 3,
        _ => 0,
    };
    grade + usize::from(text[grade..].starts_with('.'))
}
