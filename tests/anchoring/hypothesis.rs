//! The published scoring of the Hypothesis client (`src/annotator/anchoring/match-quote.ts`), as faithfully as a test can.
//!
//! The text is searched for the quote; if it is nowhere, for what comes nearest, with up to half of it changed (at most
//! 256 characters). Candidates are scored by quote (50), prefix (20), suffix (20), each by its similarity, and position (2);
//! the best is taken, however low.

use std::ops::Range;

use super::corpus::Made;

struct Match {
    start: usize,
    end: usize,
    errors: usize,
}

/// The passage (bytes of `text`) that the client would take for the quote.
pub(crate) fn anchor(text: &str, made: &Made) -> Option<Range<usize>> {
    let chars: Vec<char> = text.chars().collect();
    let quote: Vec<char> = made.quote.chars().collect();
    let matches = search(&chars, &quote, 256.min(quote.len() / 2));
    let mut best: Option<(f64, Range<usize>)> = None;
    for found in matches {
        let score = score(&chars, &quote, made, &found);
        if best.as_ref().is_none_or(|(highest, _)| score > *highest) {
            best = Some((score, found.start..found.end));
        }
    }
    let byte = |at: usize| chars[..at].iter().map(|c| c.len_utf8()).sum::<usize>();
    best.map(|(_, range)| byte(range.start)..byte(range.end))
}

fn score(text: &[char], quote: &[char], made: &Made, found: &Match) -> f64 {
    let (prefix, suffix): (Vec<char>, Vec<char>) = (made.before.chars().collect(), made.after.chars().collect());
    let before = &text[found.start.saturating_sub(prefix.len())..found.start];
    let after = &text[found.end..text.len().min(found.end + suffix.len())];
    let quote_score = 1.0 - found.errors as f64 / quote.len() as f64;
    let prefix_score = if prefix.is_empty() { 1.0 } else { similarity(before, &prefix) };
    let suffix_score = if suffix.is_empty() { 1.0 } else { similarity(after, &suffix) };
    let position_score = 1.0 - found.start.abs_diff(made.position) as f64 / text.len() as f64;
    50.0 * quote_score + 20.0 * prefix_score + 20.0 * suffix_score + 2.0 * position_score
}

fn similarity(text: &[char], words: &[char]) -> f64 {
    if text.is_empty() {
        return 0.0;
    }
    let nearest = search(text, words, words.len());
    nearest.first().map_or(0.0, |found| 1.0 - found.errors as f64 / words.len() as f64)
}

/// All exact places, else all places with the least errors.
fn search(text: &[char], words: &[char], most: usize) -> Vec<Match> {
    let exact = |start: &usize| text[*start..].starts_with(words);
    let places: Vec<usize> = (0..text.len()).filter(exact).collect();
    if !places.is_empty() {
        return places.into_iter().map(|start| Match { start, end: start + words.len(), errors: 0 }).collect();
    }
    nearest_ends(text, words, most).into_iter().map(|(end, errors)| with_start(text, words, end, errors)).collect()
}

/// Every end of a piece of `text` that has the least distance to `words`, if that is at most `most`.
fn nearest_ends(text: &[char], words: &[char], most: usize) -> Vec<(usize, usize)> {
    let mut column: Vec<usize> = (0..=words.len()).collect();
    let (mut least, mut found) = (most, Vec::new());
    for (at, c) in text.iter().enumerate() {
        let mut diagonal = 0;
        for row in 1..column.len() {
            let changed = diagonal + usize::from(words[row - 1] != *c);
            diagonal = column[row];
            column[row] = changed.min(column[row] + 1).min(column[row - 1] + 1);
        }
        let errors = column[words.len()];
        if errors < least {
            found.clear();
        }
        if errors <= least {
            least = errors;
            found.push((at + 1, errors));
        }
    }
    found
}

/// The longest piece with that end and so many errors.
fn with_start(text: &[char], words: &[char], end: usize, errors: usize) -> Match {
    let first = end.saturating_sub(words.len() + errors);
    let backwards: Vec<char> = text[first..end].iter().rev().copied().collect();
    let words: Vec<char> = words.iter().rev().copied().collect();
    let longest = nearest_ends(&backwards, &words, errors).into_iter().map(|(length, _)| length).max();
    Match { start: end - longest.unwrap_or(0), end, errors }
}
