//! What the normal form does with each character.

use std::iter::once;

use unicode_normalization::char::{canonical_combining_class, decompose_canonical};
use unicode_normalization::{IsNormalized, is_nfc_quick};

/// How a character is written in normal form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Not at all: soft hyphens, what has no width, and what only chooses between the shapes of a character.
    Dropped,
    /// White space, of any width.
    Space,
    /// A hyphen, dash or minus.
    Dash,
    /// An apostrophe or single quotation mark that has a plain form.
    Apostrophe,
    /// A double quotation mark that has a plain form.
    QuotationMark,
    /// `«`.
    LeftGuillemet,
    /// `»`.
    RightGuillemet,
    /// `…`.
    Ellipsis,
    /// As it is, composed.
    Other,
}

/// The class of `c`.
///
/// Apostrophes and quotation marks are what people type where others type `'` and `"`: beside the typographic ones, the letters
/// that stand for ayin, hamza and okina in transliterations, accents and primes that stand alone, and the Hebrew geresh. A sign
/// that means something else beside a letter (a tone mark, a stroke of a formula) is none.
pub(super) fn class(c: char) -> Class {
    match c {
        // Nearly all letters of the languages of Europe.
        'a'..='z' | 'A'..='Z' | 'À'..='\u{24f}' => Class::Other,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' => Class::Dropped,
        '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => Class::Dropped,
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => Class::Dropped,
        '-' | '\u{58a}' | '\u{5be}' | '\u{1400}' | '\u{1806}' | '\u{2010}'..='\u{2015}' | '\u{2212}' => Class::Dash,
        '\u{2e17}' | '\u{2e1a}' | '\u{2e3a}' | '\u{2e3b}' | '\u{2e40}' | '\u{2e5d}' => Class::Dash,
        '\u{301c}' | '\u{3030}' | '\u{30a0}' | '\u{fe31}' | '\u{fe32}' | '\u{fe58}' | '\u{fe63}' => Class::Dash,
        '\u{ff0d}' | '\u{10d6e}' | '\u{10ead}' => Class::Dash,
        '\u{2018}'..='\u{201b}' | '\u{2039}' | '\u{203a}' | '\u{275b}' | '\u{275c}' | '\u{275f}' => Class::Apostrophe,
        '`' | '\u{b4}' | '\u{2b9}' | '\u{2bb}'..='\u{2bf}' | '\u{374}' | '\u{55a}' | '\u{5f3}' => Class::Apostrophe,
        '\u{2032}' | '\u{2035}' | '\u{a78b}' | '\u{a78c}' | '\u{ff07}' | '\u{ff40}' => Class::Apostrophe,
        // Unicode composes these two to U+0060 and U+00B4.
        '\u{1fef}' | '\u{1ffd}' => Class::Apostrophe,
        '\u{201c}'..='\u{201f}' | '\u{2e42}' | '\u{275d}' | '\u{275e}' | '\u{2760}' => Class::QuotationMark,
        '\u{2ba}' | '\u{5f4}' | '\u{2033}' | '\u{2036}' | '\u{301d}'..='\u{301f}' | '\u{ff02}' => Class::QuotationMark,
        '\u{1f676}'..='\u{1f678}' => Class::QuotationMark,
        '«' => Class::LeftGuillemet,
        '»' => Class::RightGuillemet,
        '…' => Class::Ellipsis,
        c if c.is_whitespace() => Class::Space,
        _ => Class::Other,
    }
}

/// Where the stretch of plain text from `at` on, ASCII and Latin letters up to U+027F, ends: it is copied as it is.
///
/// A space or hyphen alone between plain bytes belongs to it (a space before a quotation mark does not: it may be none, as the
/// letter behind the mark says). What precedes a character that might compose with it does
/// not; no character below U+0300 does, so that most accented text has no such stop.
pub(super) fn plain_end(bytes: &[u8], at: usize) -> usize {
    let mut end = at;
    while let Some(&byte) = bytes.get(end) {
        let follows = |next: u8| is_plain(next) && !(byte == b' ' && matches!(next, b'"' | b'\''));
        let alone = || end > at && bytes.get(end + 1).is_some_and(|next| follows(*next));
        if !is_plain(byte) && (!matches!(byte, b' ' | b'-') || !alone()) {
            break;
        }
        end += 1;
    }
    let composes = match bytes.get(end..end + 2) {
        Some([0xc2, 0xad]) => true,
        Some([lead, _]) => *lead >= 0xcc,
        _ => false,
    };
    if composes && end > at { last_start(bytes, end) } else { end }
}

/// Where the character of one or two bytes starts that ends at `end`.
fn last_start(bytes: &[u8], end: usize) -> usize {
    if bytes[end - 1].is_ascii() { end - 1 } else { end - 2 }
}

const fn is_plain(byte: u8) -> bool {
    const PLAIN: [bool; 256] = {
        let mut table = [false; 256];
        let mut byte = 0;
        while byte < 0x80 {
            table[byte] = !matches!(byte as u8, b'\t'..=b'\r' | b' ' | b'-' | b'`');
            byte += 1;
        }
        // The first and the second byte of a letter from U+00C0 to U+027F; other characters end the stretch at their first.
        while byte <= 0xc9 {
            table[byte] = byte < 0xc0 || byte >= 0xc3;
            byte += 1;
        }
        table
    };
    PLAIN[byte as usize]
}

/// Whether `c` alone is composed already.
pub(super) fn composed(c: char) -> bool {
    c < '\u{300}' || is_nfc_quick(once(c)) != IsNormalized::No
}

/// Whether `c` may compose or change places with what is before it: a combining mark, a vowel or final of a Korean
/// syllable.
pub(super) fn extends(c: char) -> bool {
    if c < '\u{300}' || class(c) != Class::Other {
        return false;
    }
    let mut first = None;
    decompose_canonical(c, |part| {
        first.get_or_insert(part);
    });
    let first = first.unwrap_or(c);
    canonical_combining_class(first) != 0 || is_nfc_quick(once(first)) == IsNormalized::Maybe
}
