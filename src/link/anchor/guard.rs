//! What an edited passage must still have in common with a quote, however near it is.
//!
//! A few characters make another statement of it: a number, a name, a "not". All guards err on the side of refusing; what
//! they refuse is shown to the editor as the nearest passage.

mod number;
mod signal;

use crate::link::approximate;
use crate::link::mention::is_word_part;

/// Whether `quote` and `passage` (normal form, the passage out of `text`) have the same numbers and entity names in the
/// same order, no capitalised name replaced by another, and no signal word turned into its opposite.
pub(super) fn says_the_same(quote: &str, passage: &str, text: &str, names: &dyn Fn(&str) -> Vec<u32>) -> bool {
    number::all(quote) == number::all(passage)
        && signal::same(quote, passage)
        && !replaced(&capitalised(quote, text), &capitalised(passage, text), |a, b| is_same_name(a, b))
        && names(quote) == names(passage)
}

/// Whether something was replaced: neither list is the other with some left out.
///
/// What was only added or only left out is an editor's abridgement; one name *instead* of another is another statement.
fn replaced<T>(a: &[T], b: &[T], same: impl Fn(&T, &T) -> bool) -> bool {
    let (shorter, longer) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let mut rest = longer.iter();
    !shorter.iter().all(|one| rest.any(|other| same(one, other)))
}

/// The words that are names for all one can see: those with a capital letter within a sentence, or at its start if the
/// text never writes them without one. The dossier need not know them as entities.
fn capitalised(piece: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut opens = true;
    for word in words(piece) {
        match word.chars().next() {
            Some(first) if first.is_uppercase() => {
                let word = word.to_lowercase();
                let elided = word.len() == 1;
                if !elided && (!opens || !has_word(text, &word)) {
                    found.push(word);
                }
                opens = false;
            }
            Some(first) if is_word_part(first) => opens = false,
            _ => opens |= matches!(word, "." | "!" | "?" | ":" | "\""),
        }
    }
    found
}

fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let inside = |at| super::place::is_within_word(text, at);
        !inside(at) && !inside(at + word.len())
    })
}

/// One letter in five may differ: the spelling of a name, not who it is (`Tinzaouatène`, `Tinzaouaten`; but not `Iran`,
/// `Iraq`).
fn is_same_name(a: &str, b: &str) -> bool {
    let letters = a.chars().count().min(b.chars().count());
    a == b || approximate::prefixes(a, b, letters / 5).last().is_some_and(|whole| whole.at == b.len())
}

/// Words, and each sign that is no white space by itself.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(' ');
        let first = rest.chars().next()?;
        let length = rest.find(|c| !is_word_part(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(length.max(first.len_utf8()));
        rest = after;
        Some(word)
    })
}

#[cfg(test)]
mod tests {
    use super::says_the_same;

    #[test]
    fn one_name_instead_of_another_is_another_statement() {
        let text = "However, the mayor spoke. But the council, however, did not.";
        for (quote, passage, expected) in [
            ("the mayor, Jean Dupont, spoke", "the mayor, Jean Durand, spoke", false),
            ("the mayor, Jean Dupont, spoke", "the mayor, Jean Dupond, spoke", true),
            ("the mayor, Jean Dupont, spoke", "the mayor spoke", true),
            ("he left Iran at once", "he left Iraq at once", false),
            ("near Tinzaouatène today", "near Tinzaouaten today", true),
            ("Dupont spoke at length", "Durand spoke at length", false),
            ("However, they spoke", "But they spoke", true),
            ("from Oslo to Rome", "from Rome to Oslo", false),
        ] {
            assert_eq!(says_the_same(quote, passage, text, &|_| Vec::new()), expected, "{quote} / {passage}");
        }
    }

    #[test]
    fn entities_are_the_same_by_any_of_their_names() {
        let names = |text: &str| if text.contains("Corps") { vec![1] } else { vec![2] };
        assert!(says_the_same("the Corps came", "the Africa Corps came", "", &names));
        assert!(!says_the_same("the corps came", "the Corps came", "", &names));
    }
}
