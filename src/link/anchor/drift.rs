//! A quote that stands nowhere: was its passage edited, or is it gone?

use std::ops::Range;

use super::place::is_within_word;
use super::{Anchoring, Tongue, Wanted, aligned, occurrence};
use crate::link::approximate::{self, Match};
use crate::link::mention::is_word_part;
use crate::syntax::normal::Normal;

/// A shorter quote (in characters) has too many look-alikes to be taken for an edited passage.
const SHORTEST: usize = 12;

/// So many characters in a hundred may differ: a word of a sentence, not its sense.
const DRIFT: usize = 15;

/// No other passage may come within so many in a hundred of it: two that are alike are two to choose from.
const ALONE: usize = 10;

/// What is shown as the nearest passage differs by no more than so many in a hundred; beyond that, it is chance.
const NEAREST: usize = 40;

/// How many ends are tried for one passage. The best is among the first few; this only bounds the work.
const TRIES: usize = 32;

/// Drifted to the one passage that is near and says the same, else not found.
pub(super) fn anchor(text: &Normal, wanted: &Wanted, tongue: Tongue, names: &dyn Fn(&str) -> Vec<u32>) -> Anchoring {
    let length = wanted.exact.chars().count();
    let ends = ends(text.text(), wanted, length);
    let Some(best) = ends.iter().min_by_key(|end| end.distance) else {
        return Anchoring::NotFound { nearest: None };
    };
    let reach = wanted.exact.len() / 2;
    let (here, elsewhere): (Vec<Match>, Vec<Match>) = ends.iter().partition(|end| end.at.abs_diff(best.at) <= reach);
    // First which passage it would be, then whether that is near: not what of it would be near enough.
    let drifted = passage(text.text(), wanted, tongue, &here, share(length, DRIFT + ALONE)).filter(|found| {
        let near = length >= SHORTEST && found.distance <= share(length, DRIFT);
        let rival = |other: &Match| other.distance <= found.distance + share(length, ALONE);
        near && !elsewhere.iter().any(rival) && is_the_same(text, wanted, found, tongue, names)
    });
    if let Some(Passage { range, distance }) = drifted {
        return Anchoring::Drifted { range: text.original(range), distance };
    }
    let nearest = passage(text.text(), &wanted.alone(), tongue, &here, length);
    Anchoring::NotFound { nearest: nearest.map(|found| text.original(found.range)) }
}

fn share(length: usize, hundredths: usize) -> usize {
    length * hundredths / 100
}

/// Where near passages end: all that matter for the decision, or else the nearest to show.
fn ends(text: &str, wanted: &Wanted, length: usize) -> Vec<Match> {
    let near = approximate::ends(&wanted.exact, text, share(length, DRIFT + ALONE));
    if near.is_empty() { approximate::ends(&wanted.exact, text, share(length, NEAREST)) } else { near }
}

/// A piece of the text (bytes in normal form) and its distance to the quote.
struct Passage {
    range: Range<usize>,
    distance: usize,
}

/// The likeliest passage that has one of `ends`, from word to word, beside the prefix and suffix, at most `limit` away.
///
/// The distance at an end is that of the nearest piece that ends there, whole words or not; so the ends are tried from
/// the least on, until no other can be better.
fn passage(text: &str, wanted: &Wanted, tongue: Tongue, ends: &[Match], limit: usize) -> Option<Passage> {
    let mut ends: Vec<&Match> = ends.iter().filter(|end| may_end(text, wanted, tongue, end.at)).collect();
    ends.sort_by_key(|end| (end.distance, end.at));
    let mut best: Option<(usize, Passage)> = None;
    for end in ends.into_iter().take(TRIES) {
        let limit = best.as_ref().map_or(limit, |(cost, _)| limit.min(*cost));
        if end.distance > limit {
            break;
        }
        let passages = passages(text, wanted, tongue, end.at, limit).map(|found| (cost(text, wanted, &found), found));
        best = best.into_iter().chain(passages).min_by_key(|(cost, found)| (*cost, found.range.len()));
    }
    best.map(|(_, passage)| passage)
}

/// All passages with that end that may start where they do.
fn passages(text: &str, wanted: &Wanted, tongue: Tongue, end: usize, limit: usize) -> impl Iterator<Item = Passage> {
    let longest = wanted.exact.chars().count() + limit;
    let first = text[..end].char_indices().rev().take(longest).last().map_or(end, |(at, _)| at);
    let starts = approximate::suffixes(&wanted.exact, &text[first..end], limit).into_iter();
    let passages = starts.map(move |start| Passage { range: first + start.at..end, distance: start.distance });
    passages.filter(move |found| may_start(text, wanted, tongue, found.range.start))
}

/// What it costs to take `found` for the quote: its distance, and more for ends that are not the quote's.
///
/// By distance alone, a word that was put in near an end would push the last word out of the passage, and one that was
/// replaced at an end would be left out with it.
fn cost(text: &str, wanted: &Wanted, found: &Passage) -> usize {
    let (quote, passage) = (wanted.exact.as_str(), &text[found.range.clone()]);
    let capital = |text: &str| text.starts_with(char::is_uppercase);
    found.distance
        + unlike(first_word(quote), first_word(passage))
        + unlike(last_word(quote), last_word(passage))
        + if capital(quote) == capital(passage) { 0 } else { 2 }
        + if text[..found.range.start].ends_with(['\'', '-']) { 3 } else { 0 }
        + if text[found.range.end..].starts_with(['\'', '-']) { 3 } else { 0 }
}

/// Another word at an end of the passage than at that of the quote, or even no word where there was one.
fn unlike(a: &str, b: &str) -> usize {
    match (a.to_lowercase() == b.to_lowercase(), a.starts_with(is_word_part) == b.starts_with(is_word_part)) {
        (true, _) => 0,
        (false, true) => 3,
        (false, false) => 4,
    }
}

/// The letters and digits that `text` starts with, or the sign.
fn first_word(text: &str) -> &str {
    let end = text.find(|c| !is_word_part(c)).unwrap_or(text.len());
    &text[..end.max(text.chars().next().map_or(0, char::len_utf8))]
}

/// The letters and digits that `text` ends with, or the sign.
fn last_word(text: &str) -> &str {
    let start =
        text.rfind(|c| !is_word_part(c)).map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
    &text[start.min(text.len() - text.chars().next_back().map_or(0, char::len_utf8))..]
}

fn may_start(text: &str, wanted: &Wanted, tongue: Tongue, at: usize) -> bool {
    is_edge(text, tongue, at)
        && !text[at..].starts_with(' ')
        && super::before(text, &(at..at)).ends_with(&wanted.prefix)
}

fn may_end(text: &str, wanted: &Wanted, tongue: Tongue, at: usize) -> bool {
    is_edge(text, tongue, at) && !text[..at].ends_with(' ') && super::after(text, &(at..at)).starts_with(&wanted.suffix)
}

/// Half a word is no passage. Chinese and Japanese words do not show where they end.
fn is_edge(text: &str, tongue: Tongue, at: usize) -> bool {
    let (before, after) = (text[..at].chars().next_back(), text[at..].chars().next());
    let unspaced = before.is_some_and(is_unspaced) || after.is_some_and(is_unspaced);
    (unspaced || !is_within_word(text, at)) && !occurrence::cuts(text, at, tongue)
}

/// Han and Hiragana, which are written without spaces.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{309f}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether the passage says what the quote says, as far as that can be told, and its words are exact where it stands.
fn is_the_same(
    text: &Normal,
    wanted: &Wanted,
    found: &Passage,
    tongue: Tongue,
    names: &dyn Fn(&str) -> Vec<u32>,
) -> bool {
    let passage = &text.text()[found.range.clone()];
    let alone = || {
        let all = occurrence::all(text, passage, tongue);
        all.iter().filter(|at| wanted.stands_beside(text.text(), at)).count() == 1
    };
    let (before, after) = (&text.text()[..found.range.start], &text.text()[found.range.end..]);
    let begins = !before.trim_end().ends_with(is_word_part);
    ends_alike(&wanted.exact, passage, after)
        && aligned::says_the_same(&wanted.exact, passage, begins, tongue, names)
        && alone()
}

/// Whether a sentence that ends in the quote ends with the passage too, and asks nothing now.
fn ends_alike(quote: &str, passage: &str, after: &str) -> bool {
    let ends = |text: &str| text.trim_end_matches(['"', '\'', ')']).ends_with(['.', '!', '…', '。', '।', '۔', '！']);
    let next = after.trim_start().chars().next();
    !ends(quote) || ends(passage) || !next.is_some_and(|next| is_word_part(next) || matches!(next, '?' | '؟' | '？'))
}
