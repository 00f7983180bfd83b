//! Whether two words are one word, spelled in two ways.
//!
//! Two real words are often a letter apart: hired and fired, *importé* and *exporté*. So a spelling may differ only where all
//! words of the language are known and one of the two is none, or where the rules of the language allow both.

use unicode_normalization::UnicodeNormalization;

use super::letter;
use super::lexicon::Lexicon;
use super::tongue::Lists;
use super::{Tongue, numeral};
use crate::link::approximate;

/// A shorter word (in letters) has too many others beside it.
const SHORTEST: usize = 5;

/// So many characters may differ.
const MOST: usize = 2;

/// Before an ending that is spelled in two ways there is the rest of a long word: `realise`, but not `prise`.
const STEM: usize = 4;

/// Whether two different words are spellings of one. A word with a capital letter or a digit has one spelling.
pub(super) fn is_one_word(one: &str, other: &str, tongue: Tongue) -> bool {
    let plain = |word: &str| word.chars().all(|c| !c.is_uppercase() && !c.is_numeric());
    if !plain(one) || !plain(other) {
        return false;
    }
    match tongue.lists() {
        Some(lists) => is_free(one, other, lists, tongue) && is_listed_spelling(one, other, lists, tongue),
        None => letter::are_variants(one, other, tongue) || letter::differ_by_an_accent(one, other, tongue),
    }
}

/// Whether neither word is one that may not change, and neither is the other turned into its opposite.
fn is_free(one: &str, other: &str, lists: &Lists, tongue: Tongue) -> bool {
    let fixed = |word: &str| lists.fixed.contains(word) || numeral::is_number(word, tongue);
    let (shorter, longer) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let reversed = longer.strip_suffix(shorter).is_some_and(|prefix| lists.reversing.contains(prefix));
    let (first, second) = (format!("^{one}$"), format!("^{other}$"));
    let apart = |(a, b): &(&str, &str)| is_replaced(&first, &second, a, b) || is_replaced(&first, &second, b, a);
    !fixed(one) && !fixed(other) && !reversed && !lists.apart.iter().any(apart)
}

/// Whether a word becomes another when one piece of it is replaced. `^` and `$` are its ends.
fn is_replaced(one: &str, other: &str, piece: &str, by: &str) -> bool {
    one.match_indices(piece).any(|(at, _)| [&one[..at], by, &one[at + piece.len()..]].concat() == other)
}

fn is_listed_spelling(one: &str, other: &str, lists: &Lists, tongue: Tongue) -> bool {
    let letters = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count();
    let shorter = letters(one).min(letters(other));
    if letter::are_variants(one, other, tongue) {
        return true;
    }
    match &lists.lexicon {
        _ if shorter < SHORTEST => false,
        _ if is_accepted(one, other, lists) => true,
        // In Spanish an accent on the last letter says who, and when: *torpedo*, *torpedó*.
        Some(_) if tongue.is(&["es"]) && one.chars().next_back() != other.chars().next_back() => false,
        Some(lexicon) => are_near(one, other) && keeps_its_ends(one, other, shorter) && is_a_slip(one, other, lexicon),
        None => tongue.is(&["de"]) && shorter >= LONG && is_doubled(one, other),
    }
}

/// Of a German word as long as this, another with a consonant twice is no word, but for forms of `lesen` and `lassen`.
const LONG: usize = 8;

/// Of a word as long as this (in letters), one with another first letter is no word, as far as the language has words.
const LONG_ENOUGH: usize = 6;

/// Whether no ending is another: a list of words may lack one form of a word that it has, but a slip seldom is in the last
/// letter. Two that changed places are one.
fn keeps_its_ends(one: &str, other: &str, letters: usize) -> bool {
    let bare = |c: Option<char>| c.map(base);
    let first = bare(one.chars().next()) == bare(other.chars().next());
    let last = bare(one.chars().next_back()) == bare(other.chars().next_back());
    is_transposed(one, other) || last && (first || letters >= LONG_ENOUGH && are_within(one, other, 1))
}

fn are_near(one: &str, other: &str) -> bool {
    are_within(one, other, MOST)
}

fn are_within(one: &str, other: &str, distance: usize) -> bool {
    approximate::prefixes(one, other, distance).last().is_some_and(|whole| whole.at == other.len())
}

/// Whether one of two words is none. Where neither is known, it may only be a letter that is written twice, or two that
/// changed places.
fn is_a_slip(one: &str, other: &str, lexicon: &Lexicon) -> bool {
    match (lexicon.has(one), lexicon.has(other)) {
        (true, true) => false,
        (false, false) => is_doubled(one, other) || is_transposed(one, other),
        _ => true,
    }
}

fn is_doubled(one: &str, other: &str) -> bool {
    let (shorter, longer) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let (shorter, longer): (Vec<char>, Vec<char>) = (shorter.chars().collect(), longer.chars().collect());
    let twice =
        |at: usize| longer[at] == longer[at - 1] && shorter[..at] == longer[..at] && shorter[at..] == longer[at + 1..];
    let vowel = |at: usize| matches!(base(longer[at]), 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    longer.len() == shorter.len() + 1
        && (1..longer.len()).any(|at| twice(at) && !vowel(at) && !is_read_or_let(&longer, at))
}

/// Whether the consonant at `at` parts forms of German *lesen* (`verlasen`) and *lassen* (`verlassen`).
fn is_read_or_let(word: &[char], at: usize) -> bool {
    word[at] == 's' && at >= 3 && word[at - 3..at - 1] == ['l', 'a']
}

fn is_transposed(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let differ: Vec<usize> =
        one.iter().zip(&other).enumerate().filter(|(_, (a, b))| a != b).map(|(at, _)| at).collect();
    one.len() == other.len()
        && matches!(differ[..], [first, second] if second == first + 1 && one[first] == other[second] && one[second] == other[first])
}

/// Whether both words are spellings that are taught: `colour` and `color`, *connaître* and *connaitre*.
fn is_accepted(one: &str, other: &str, lists: &Lists) -> bool {
    let standard = |word: &str| {
        let ending = lists
            .endings
            .iter()
            .find(|(ending, _)| word.strip_suffix(ending).is_some_and(|stem| stem.chars().count() >= STEM));
        let word = ending.map_or(word.to_owned(), |(from, to)| format!("{}{to}", &word[..word.len() - from.len()]));
        lists.spellings.iter().fold(word, |word, (from, to)| word.replace(from, to))
    };
    standard(one) == standard(other)
}

/// A letter without its marks.
fn base(letter: char) -> char {
    std::iter::once(letter).nfd().next().unwrap_or(letter)
}
