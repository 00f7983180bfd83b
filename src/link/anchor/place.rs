//! A quote that stands more than once: each place, and the words that would settle it.

use std::cmp::Ordering;
use std::ops::Range;

use super::{Wanted, after, before};
use crate::link::approximate;
use crate::link::mention::is_word_part;
use crate::syntax::normal::Normal;

/// One of several places where a quote stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The passage (bytes of the original).
    pub range: Range<usize>,
    /// What settles on this place when it is written *instead of* the quote's own prefix and suffix.
    ///
    /// On the side of which the quote has something already, if it has one side only; else the shorter. `None` where no
    /// prefix alone and no suffix alone would do, or none of readable length.
    pub settle: Option<Settle>,
    /// Whether the editor most likely meant this place: the quote's own prefix and suffix are nearly what stands here, and
    /// at no other place. Never so for more than one.
    pub likely: bool,
}

/// The shortest words beside a passage that no other place of the quote has, as bytes of the original.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settle {
    /// Whole words that end where the passage starts.
    Prefix(Range<usize>),
    /// Whole words that start where it ends.
    Suffix(Range<usize>),
}

/// A context longer than this is no help (bytes); it also bounds the work when a quote stands ten thousand times.
const LONGEST: usize = 600;

/// A prefix or suffix is close to a place when at most one character in four would have to change.
const CLOSE: usize = 4;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
}

/// The places `among` (which fit the quote's prefix and suffix) out of `all` where the quote stands.
pub(super) fn all(text: &Normal, wanted: &Wanted, all: &[Range<usize>], among: &[Range<usize>]) -> Vec<Place> {
    let before = needed(text.text(), all, Side::Before);
    let after = needed(text.text(), all, Side::After);
    let likely = likely(text.text(), wanted, among);
    let is_among = |at: &Range<usize>| among.binary_search_by_key(&at.start, |other| other.start).is_ok();
    let places = all.iter().zip(before.into_iter().zip(after)).filter(|(at, _)| is_among(at));
    places
        .enumerate()
        .map(|(index, (at, (before, after)))| Place {
            range: text.original(at.clone()),
            settle: choose(text, wanted, before, after),
            likely: likely == Some(index),
        })
        .collect()
}

fn choose(text: &Normal, wanted: &Wanted, before: Option<Range<usize>>, after: Option<Range<usize>>) -> Option<Settle> {
    let (before, after) = (before.filter(|at| reads_alone(text, at)), after.filter(|at| reads_alone(text, at)));
    let prefix = before.clone().map(|range| Settle::Prefix(text.original(range)));
    let suffix = after.clone().map(|range| Settle::Suffix(text.original(range)));
    let length = |range: Option<Range<usize>>| range.map_or(usize::MAX, |range| text.text()[range].chars().count());
    let prefix_first = match (wanted.prefix.is_empty(), wanted.suffix.is_empty()) {
        (false, true) => true,
        (true, false) => false,
        _ => length(before) <= length(after),
    };
    if prefix_first { prefix.or(suffix) } else { suffix.or(prefix) }
}

/// Whether a context has the same normal form without the words around it: not where a guillemet at its edge has its space on the
/// side of which that cannot be told.
fn reads_alone(text: &Normal, at: &Range<usize>) -> bool {
    // A plain mark takes one byte of the original, a typographic one three.
    let is_guillemet = |mark: usize| text.original(mark..mark + 1).len() == '«'.len_utf8();
    let words = &text.text()[at.clone()];
    let at_start = words.starts_with("\" ") && is_guillemet(at.start);
    let at_end = words.ends_with(" \"") && is_guillemet(at.end - 1);
    !at_start && !at_end
}

/// For each place the shortest whole words on that side that no other place has.
///
/// Sorted by what stands beside them, the places that share most are neighbours; so each is compared with two others and
/// not with all.
fn needed(text: &str, places: &[Range<usize>], side: Side) -> Vec<Option<Range<usize>>> {
    let contexts: Vec<&str> = places.iter().map(|at| context(text, at, side)).collect();
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by(|a, b| compare(contexts[*a], contexts[*b], side));
    let mut shared = vec![0; places.len()];
    for pair in order.windows(2) {
        let same = shared_bytes(contexts[pair[0]], contexts[pair[1]], side);
        shared[pair[0]] = shared[pair[0]].max(same);
        shared[pair[1]] = shared[pair[1]].max(same);
    }
    contexts.iter().zip(shared).map(|(context, shared)| whole_words(text, context, shared + 1, side)).collect()
}

fn context<'t>(text: &'t str, at: &Range<usize>, side: Side) -> &'t str {
    match side {
        Side::Before => before(text, at),
        Side::After => after(text, at),
    }
}

fn compare(a: &str, b: &str, side: Side) -> Ordering {
    match side {
        Side::Before => a.bytes().rev().take(LONGEST).cmp(b.bytes().rev().take(LONGEST)),
        Side::After => a.bytes().take(LONGEST).cmp(b.bytes().take(LONGEST)),
    }
}

fn shared_bytes(a: &str, b: &str, side: Side) -> usize {
    let same = |(a, b): &(u8, u8)| a == b;
    match side {
        Side::Before => a.bytes().rev().zip(b.bytes().rev()).take(LONGEST).take_while(same).count(),
        Side::After => a.bytes().zip(b.bytes()).take(LONGEST).take_while(same).count(),
    }
}

/// At least `bytes` of the context next to the passage, on to the end of a word; as a range of the whole text. In a
/// script without spaces, where there may be no such end for long, as few characters as will do.
fn whole_words(text: &str, context: &str, bytes: usize, side: Side) -> Option<Range<usize>> {
    let length = context.len();
    if bytes > length.min(LONGEST) {
        return None;
    }
    let longest = length.min(bytes + LONGEST);
    let is_end = |taken: &usize| is_outer_end(context, *taken, side);
    let is_boundary =
        |taken: &usize| context.is_char_boundary(if side == Side::Before { length - taken } else { *taken });
    let taken = (bytes..=longest).find(is_end).or_else(|| (bytes..=length).find(is_boundary))?;
    let edge = text.len() - length;
    Some(if side == Side::Before { length - taken..length } else { edge..edge + taken })
}

/// Whether a prefix or suffix of `taken` bytes ends well: at the end of the text, or with a word or an opening sign (a
/// prefix: `(the`) or a closing one (a suffix: `left.`).
fn is_outer_end(context: &str, taken: usize, side: Side) -> bool {
    let at = if side == Side::Before { context.len() - taken } else { taken };
    if taken == context.len() || !context.is_char_boundary(at) || is_within_word(context, at) {
        return taken == context.len();
    }
    match side {
        Side::Before => !context[at..].starts_with([' ', '.', ',', ';', ':', '!', '?', ')', ']', '-']),
        Side::After => !context[..at].ends_with([' ', '(', '[', '-']),
    }
}

/// Whether there are letters or digits on both sides of byte `at`.
pub(super) fn is_within_word(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_some_and(is_word_part) && text[at..].chars().next().is_some_and(is_word_part)
}

/// The one place, by its index, that is close to what the editor wrote of the context.
fn likely(text: &str, wanted: &Wanted, places: &[Range<usize>]) -> Option<usize> {
    if places.iter().any(|at| wanted.stands_beside(text, at)) {
        return None;
    }
    let mut close = places.iter().enumerate().filter(|(_, at)| is_close(text, wanted, at));
    let (first, _) = close.next()?;
    close.next().is_none().then_some(first)
}

fn is_close(text: &str, wanted: &Wanted, at: &Range<usize>) -> bool {
    let length = wanted.prefix.chars().count() + wanted.suffix.chars().count();
    let distance = approximate::distance_before(&wanted.prefix, before(text, at))
        + approximate::distance_after(&wanted.suffix, after(text, at));
    distance * CLOSE <= length
}
