//! A quote that stands nowhere: was its passage edited, or is it gone?

use std::ops::Range;

use super::place::is_within_word;
use super::{Anchoring, Wanted, guard, occurrence};
use crate::link::approximate::{self, Match};
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
pub(super) fn anchor(text: &Normal, wanted: &Wanted, names: &dyn Fn(&str) -> Vec<u32>) -> Anchoring {
    let length = wanted.exact.chars().count();
    let ends = ends(text.text(), wanted, length);
    let Some(best) = ends.iter().min_by_key(|end| end.distance) else {
        return Anchoring::NotFound { nearest: None };
    };
    let reach = wanted.exact.len() / 2;
    let (here, elsewhere): (Vec<Match>, Vec<Match>) = ends.iter().partition(|end| end.at.abs_diff(best.at) <= reach);
    let drifted = passage(text.text(), wanted, &here, share(length, DRIFT)).filter(|found| {
        let rival = |other: &Match| other.distance <= found.distance + share(length, ALONE);
        length >= SHORTEST && !elsewhere.iter().any(rival) && is_the_same(text.text(), wanted, found, names)
    });
    if let Some(Passage { range, distance }) = drifted {
        return Anchoring::Drifted { range: text.original(range), distance };
    }
    let nearest = passage(text.text(), &wanted.alone(), &here, length);
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

/// The nearest passage that has one of `ends`, from word to word, beside the prefix and suffix, at most `limit` away.
///
/// The distance at an end is that of the nearest piece that ends there, whole words or not; so the ends are tried from
/// the least on, until no other can be better. Of two as near, the one whose ends are more like the quote's, then the
/// shorter.
fn passage(text: &str, wanted: &Wanted, ends: &[Match], limit: usize) -> Option<Passage> {
    let mut ends: Vec<&Match> = ends.iter().filter(|end| may_end(text, wanted, end.at)).collect();
    ends.sort_by_key(|end| (end.distance, end.at));
    let mut best: Option<Passage> = None;
    for end in ends.into_iter().take(TRIES) {
        let limit = best.as_ref().map_or(limit, |best| best.distance);
        if end.distance > limit {
            break;
        }
        let starts = approximate::suffixes(&wanted.exact, window(text, end.at, wanted, limit), limit);
        let window_start = end.at - window(text, end.at, wanted, limit).len();
        let starts = starts.into_iter().map(|start| Match { at: window_start + start.at, ..start });
        let passages = starts.filter(|start| may_start(text, wanted, start.at));
        let passages = passages.map(|start| Passage { range: start.at..end.at, distance: start.distance });
        best = best.into_iter().chain(passages).min_by_key(|found| preference(text, wanted, found));
    }
    best
}

/// What comes before `end`, as long as a passage within the limit can be.
fn window<'t>(text: &'t str, end: usize, wanted: &Wanted, limit: usize) -> &'t str {
    let longest = wanted.exact.chars().count() + limit;
    let start = text[..end].char_indices().rev().nth(longest).map_or(0, |(at, _)| at);
    &text[start..end]
}

fn preference(text: &str, wanted: &Wanted, found: &Passage) -> (usize, usize, usize) {
    let passage = &text[found.range.clone()];
    let first = passage.chars().next() != wanted.exact.chars().next();
    let last = passage.chars().next_back() != wanted.exact.chars().next_back();
    (found.distance, usize::from(first) + usize::from(last), found.range.len())
}

fn may_start(text: &str, wanted: &Wanted, at: usize) -> bool {
    is_edge(text, at) && !text[at..].starts_with(' ') && super::before(text, &(at..at)).ends_with(&wanted.prefix)
}

fn may_end(text: &str, wanted: &Wanted, at: usize) -> bool {
    is_edge(text, at) && !text[..at].ends_with(' ') && super::after(text, &(at..at)).starts_with(&wanted.suffix)
}

/// Half a word is no passage.
fn is_edge(text: &str, at: usize) -> bool {
    !is_within_word(text, at) && !occurrence::cuts(text, at)
}

/// Whether the passage says what the quote says, as far as that can be told, and its words are exact where it stands.
fn is_the_same(text: &str, wanted: &Wanted, found: &Passage, names: &dyn Fn(&str) -> Vec<u32>) -> bool {
    let passage = &text[found.range.clone()];
    let alone = || {
        let all = occurrence::all(text, passage);
        all.iter().filter(|at| wanted.stands_beside(text, at)).count() == 1
    };
    guard::says_the_same(&wanted.exact, passage, text, names) && alone()
}
