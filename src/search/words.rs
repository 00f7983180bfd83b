//! The words of a text as they are compared: without case, without accents, numbers in one piece.
//!
//! `static/search/words.js` does the same in the browser, for what readers type and for the marks over what they find; a test in
//! the browser holds the two to one another. A word is a run of letters, digits and their marks. An apostrophe or hyphen ends
//! it, so that `l’équipe` is found by `equipe`. In scripts that put no space between words each character is one.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Shows each word of `text`, folded, in order.
pub fn words(text: &str, see: &mut impl FnMut(&str)) {
    let mut runs = Runs { text, at: 0 };
    let mut word = String::new();
    let mut next = runs.next();
    while let Some(run) = next {
        next = runs.next();
        word.clear();
        fold(&text[run.clone()], &mut word);
        if is_number(&text[run.clone()], 1..=3) {
            let mut end = run.end;
            while let Some(group) = next.clone().filter(|group| is_group(&text[end..group.start], &text[group.clone()]))
            {
                word.push_str(&text[group.clone()]);
                end = group.end;
                next = runs.next();
            }
        }
        if !word.is_empty() {
            see(&word);
        }
    }
}

/// Whether a run is the next three digits of a number, by what stands between: `1 277`, `1,277`, `1’277`.
fn is_group(between: &str, run: &str) -> bool {
    const SEPARATORS: &[&str] = &[" ", "\u{a0}", "\u{202f}", "\u{2009}", "\u{2007}", ",", ".", "'", "’"];
    is_number(run, 3..=3) && SEPARATORS.contains(&between)
}

fn is_number(run: &str, digits: std::ops::RangeInclusive<usize>) -> bool {
    digits.contains(&run.len()) && run.bytes().all(|byte| byte.is_ascii_digit())
}

/// Appends a run without case and accents: decomposed (NFKD), without the marks that are none of its letters, in lower case.
fn fold(run: &str, word: &mut String) {
    if run.is_ascii() {
        word.extend(run.bytes().map(|byte| byte.to_ascii_lowercase() as char));
        return;
    }
    for c in run.nfkd().filter(|c| !is_accent(*c)).flat_map(char::to_lowercase) {
        match c {
            // Letters that Persian, Urdu and Arabic share, and write with other characters.
            'ی' | 'ى' | 'ے' => word.push('ي'),
            'ک' => word.push('ك'),
            'ہ' | 'ە' => word.push('ه'),
            'ٱ' => word.push('ا'),
            // It only makes a word longer to the eye.
            '\u{640}' => {}
            'œ' => word.push_str("oe"),
            'æ' => word.push_str("ae"),
            'ß' => word.push_str("ss"),
            'þ' => word.push_str("th"),
            'ø' => word.push('o'),
            'đ' | 'ð' => word.push('d'),
            'ł' => word.push('l'),
            'ħ' => word.push('h'),
            'ı' => word.push('i'),
            'ς' => word.push('σ'),
            // Soft hyphens and joiners that stand inside a word are none of its letters.
            c if c.is_alphanumeric() || is_combining_mark(c) => word.push(digit(c).unwrap_or(c)),
            _ => {}
        }
    }
}

/// Whether a mark is an accent, or a vowel or sign that texts write or leave out: of Latin, Greek, Cyrillic, Hebrew, Arabic and Syriac. In other
/// scripts a mark is as good as a letter, as मो and मा, ガ and カ.
fn is_accent(c: char) -> bool {
    let accent = matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}' | '\u{711}' | '\u{730}'..='\u{74a}' | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}'
        | '\u{e0100}'..='\u{e01ef}');
    accent && is_combining_mark(c)
}

/// The zeros of the scripts whose digits are others than ours.
const ZEROS: [u32; 19] = [
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20, 0x1040,
    0x1090, 0x17e0, 0x1810,
];

/// A digit of any script as ours.
fn digit(c: char) -> Option<char> {
    let zero = ZEROS.iter().rev().find(|zero| **zero <= u32::from(c))?;
    char::from_digit(u32::from(c) - zero, 10)
}

/// The runs of a text, as ranges of its bytes.
struct Runs<'a> {
    text: &'a str,
    at: usize,
}

/// What a character is to the words around it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// It ends a word.
    Between,
    /// It belongs to one.
    Inside,
    /// It is one.
    Alone,
}

fn class(c: char) -> Class {
    match c {
        // Thai, Lao, Myanmar, Khmer; kana, Chinese characters.
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' => Class::Alone,
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' => Class::Alone,
        '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => Class::Alone,
        // Letters to Unicode, and apostrophes to who writes them: `Марʼїнка`, `Sanaʿa`.
        '\u{2b9}'..='\u{2bf}' | '\u{a78b}' | '\u{a78c}' => Class::Between,
        // Soft hyphens and what has no width.
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => Class::Inside,
        c if c.is_alphanumeric() || is_combining_mark(c) => Class::Inside,
        _ => Class::Between,
    }
}

impl Runs<'_> {
    /// The character at a byte, with its class and length.
    fn at(&self, at: usize) -> Option<(Class, usize)> {
        match *self.text.as_bytes().get(at)? {
            byte if byte.is_ascii_alphanumeric() => Some((Class::Inside, 1)),
            byte if byte.is_ascii() => Some((Class::Between, 1)),
            _ => self.text[at..].chars().next().map(|c| (class(c), c.len_utf8())),
        }
    }
}

impl Iterator for Runs<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let mut start = self.at;
        let (class, length) = loop {
            match self.at(start)? {
                (Class::Between, length) => start += length,
                found => break found,
            }
        };
        let mut end = start + length;
        while class == Class::Inside
            && let Some((Class::Inside, length)) = self.at(end)
        {
            end += length;
        }
        self.at = end;
        Some(start..end)
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn words_of_a_text() {
        let lines = include_str!("../../tests/browser/words.tsv").lines().skip(1);
        let others = [("d'ÉTAT\u{ad}s e\u{301}", "d etats e"), ("", "")];
        for (text, expected) in lines.filter_map(|line| line.split_once('\t')).chain(others) {
            let mut found = Vec::new();
            words(text, &mut |word| found.push(word.to_owned()));
            assert_eq!(found.join(" "), expected, "{text}");
        }
    }
}
