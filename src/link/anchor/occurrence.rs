//! Every place where a quote stands, word for word.

use std::ops::Range;

use memchr::memmem::Finder;
use unicode_normalization::char::is_combining_mark;

use super::Tongue;
use super::numeral;
use crate::syntax::normal::Normal;

/// All places of `wanted` (in normal form) in `text`, those that overlap included, in order.
///
/// Not where the quote would end before a combining mark: accents count. Not where it would cut a number: `20 dead` is
/// not in `120 dead`, nor `1,5` in `1,55`, nor `two dead` in `twenty-two dead`; it is a passage whose number was changed.
/// Not within a character of the original: `fin.` is not in `fin…`.
pub(super) fn all(text: &Normal, wanted: &str, tongue: Tongue) -> Vec<Range<usize>> {
    let finder = Finder::new(wanted);
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = finder.find(&text.text().as_bytes()[from..]) {
        let range = from + at..from + at + wanted.len();
        from = range.start + wanted.chars().next().map_or(1, char::len_utf8);
        let whole = || text.covering(text.original(range.clone())) == range;
        let cut = |at| cuts(text.text(), at, tongue);
        if !cut(range.start) && !cut(range.end) && whole() {
            found.push(range);
        }
    }
    found
}

/// Whether a boundary at byte `at` would part what is one sign to a reader: a letter and its accent, or a number.
pub(super) fn cuts(text: &str, at: usize, tongue: Tongue) -> bool {
    let (before, after) = text.split_at(at);
    let accent = after.chars().next().is_some_and(is_combining_mark) && !before.is_empty();
    accent || cuts_number(before, after) || numeral::cuts(text, at, tongue)
}

/// Between two digits; beside a decimal sign between digits; at the space or apostrophe of `20 000`; after a minus.
fn cuts_number(before: &str, after: &str) -> bool {
    let last = |nth: usize| before.chars().rev().nth(nth).unwrap_or('\0');
    let first = |nth: usize| after.chars().nth(nth).unwrap_or('\0');
    let sign = |c: char| matches!(c, '.' | ',' | '٫' | '٬');
    let gap = |c: char| matches!(c, ' ' | '\'');
    match (last(0), first(0)) {
        (a, b) if a.is_numeric() && b.is_numeric() => true,
        (a, b) if a.is_numeric() && sign(b) => first(1).is_numeric(),
        (a, b) if sign(a) && b.is_numeric() => last(1).is_numeric(),
        (a, b) if a.is_numeric() && gap(b) => thousands(before, &after[1..]),
        (a, b) if gap(a) && b.is_numeric() => thousands(&before[..before.len() - 1], after),
        ('-' | '+' | '±', b) => is_amount(b, first(1)) && !last(1).is_alphanumeric(),
        _ => false,
    }
}

/// Whether a number starts here, perhaps with its currency: a sign before it is the number's own.
fn is_amount(first: char, second: char) -> bool {
    first.is_numeric() || is_currency(first) && second.is_numeric()
}

/// Whether `c` is the sign of a currency.
fn is_currency(c: char) -> bool {
    matches!(c, '$' | '¢'..='¥' | '\u{20a0}'..='\u{20cf}')
}

/// Whether `before` ends with one to three digits and `after` starts with a group of exactly three.
fn thousands(before: &str, after: &str) -> bool {
    let digits = |c: &char| c.is_ascii_digit();
    (1..=3).contains(&before.chars().rev().take(4).take_while(digits).count())
        && after.chars().take(4).take_while(digits).count() == 3
}
