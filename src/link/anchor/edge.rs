//! What a quote, a prefix or a suffix cannot know of a mark at its edge.
//!
//! On which side of « white space counts is told by the words on both sides of it (`syntax/normal/side.rs`). Where a quote begins or
//! ends with such a mark, one of them is missing; so where the quote as it stands is nowhere, it is read the other way.

use std::ops::Range;

use super::{Tongue, Wanted, after, before, occurrence};
use crate::syntax::normal::Normal;

/// Where a quote in normal form stands.
pub(super) fn occurrences(text: &Normal, exact: &str, tongue: Tongue) -> Vec<Range<usize>> {
    let all = occurrence::all(text, exact, tongue);
    if !all.is_empty() {
        return all;
    }
    let others = readings(exact).into_iter().map(|other| occurrence::all(text, &other, tongue));
    others.into_iter().find(|all| !all.is_empty()).unwrap_or_default()
}

/// The places that stand beside the prefix and the suffix: as they are written, or else with white space beside marks left out.
pub(super) fn beside(text: &str, wanted: &Wanted, all: &[Range<usize>]) -> Vec<Range<usize>> {
    let strictly: Vec<_> = all.iter().filter(|at| wanted.stands_beside(text, at)).cloned().collect();
    if !strictly.is_empty() || ![&wanted.prefix, &wanted.suffix].iter().any(|context| context.contains('"')) {
        return strictly;
    }
    let (prefix, suffix) = (tight(&wanted.prefix), tight(&wanted.suffix));
    let stands = |at: &&Range<usize>| {
        let (before, after) = (before(text, at), after(text, at));
        let from = before.floor_char_boundary(before.len().saturating_sub(2 * wanted.prefix.len()));
        let to = after.floor_char_boundary(2 * wanted.suffix.len());
        tight(&before[from..]).ends_with(&prefix) && tight(&after[..to]).starts_with(&suffix)
    };
    all.iter().filter(stands).cloned().collect()
}

/// The other ways to read a quote that begins or ends with a mark.
fn readings(exact: &str) -> Vec<String> {
    let turned_start = exact.strip_prefix('"').map(|rest| match rest.strip_prefix(' ') {
        Some(close) => ["\"", close].concat(),
        None => ["\" ", rest].concat(),
    });
    let turned_end = |text: &str| {
        text.strip_suffix('"').map(|rest| match rest.strip_suffix(' ') {
            Some(close) => [close, "\""].concat(),
            None => [rest, " \""].concat(),
        })
    };
    let both = turned_start.as_deref().and_then(turned_end);
    turned_start.into_iter().chain(turned_end(exact)).chain(both).collect()
}

/// A text without the spaces beside its marks.
fn tight(text: &str) -> String {
    text.replace("\" ", "\"").replace(" \"", "\"")
}
