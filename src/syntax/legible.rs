//! Characters that no page, feed, file or terminal has a place for. They come into a text as `&#27;` or as `"\x0b"`, so a text is
//! looked at when it has been read.

use std::borrow::Cow;

/// Whether a character is left out wherever it stands: it shows nothing and tells a terminal what to do. (What turns the order of
/// letters around is told by `lint/turned`, and left out where a page is written.)
pub fn is_unfit(c: char) -> bool {
    matches!(c, '\u{fffe}' | '\u{ffff}') || (c.is_control() && !matches!(c, '\n' | '\t' | '\r'))
}

/// Whether a character ends a line, or goes on at another place of it.
fn moves_on(c: char) -> bool {
    c.is_whitespace() && (c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'))
}

/// A text without what is unfit. What moves on is a space.
pub fn legible(text: &str) -> Cow<'_, str> {
    if !may_be_unfit(text) || !text.contains(is_unfit) {
        return Cow::Borrowed(text);
    }
    let fit = |c: char| if is_unfit(c) { moves_on(c).then_some(' ') } else { Some(c) };
    Cow::Owned(text.chars().filter_map(fit).collect())
}

/// The same on one line: a title, a name.
pub fn on_one_line(text: &str) -> Cow<'_, str> {
    if !may_be_unfit(text) && !text.contains(['\n', '\t', '\r']) {
        return Cow::Borrowed(text);
    }
    if !text.contains(|c: char| is_unfit(c) || moves_on(c)) {
        return Cow::Borrowed(text);
    }
    let lines = text.split(moves_on).map(|line| line.trim_matches(' ')).filter(|line| !line.is_empty());
    let line = lines.collect::<Vec<_>>().join(" ");
    Cow::Owned(line.chars().filter(|c| !is_unfit(*c)).collect())
}

/// Whether a text has such a character, or ends a line by one of Unicode's own (U+2028, U+2029). Told by bytes, which most texts have none
/// of: `é` and `«` begin otherwise, or go on otherwise.
fn may_be_unfit(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().any(|(at, byte)| match byte {
        b'\n' | b'\t' | b'\r' => false,
        ..b' ' | 0x7f => true,
        0xc2 => bytes[at + 1] < 0xa0,
        0xe2 => matches!(bytes[at + 1..], [0x80, 0xa8 | 0xa9, ..]),
        0xef => matches!(bytes[at + 1..], [0xbf, 0xbe | 0xbf, ..]),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::{legible, on_one_line};

    #[test]
    fn a_text_keeps_what_can_be_shown() {
        for (text, expected, line) in [
            ("A ribbon, cut twice\n", "A ribbon, cut twice\n", "A ribbon, cut twice"),
            ("\n a \n\t b\r\n", "\n a \n\t b\r\n", "a b"),
            ("a\u{b}b\u{85}c\u{c}", "a b c ", "a b c"),
            ("\u{1b}[31ma\u{7}\u{0}\u{7f}\u{9b}b\u{ffff}", "[31mab", "[31mab"),
            ("a\u{2028}b\u{2029}", "a\u{2028}b\u{2029}", "a b"),
            (
                " « été »\u{a0}! \u{2067}שלום\u{2069} ",
                " « été »\u{a0}! \u{2067}שלום\u{2069} ",
                " « été »\u{a0}! \u{2067}שלום\u{2069} ",
            ),
        ] {
            assert_eq!(legible(text), expected);
            assert_eq!(on_one_line(text), line);
        }
    }
}
