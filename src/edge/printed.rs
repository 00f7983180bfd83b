//! What people see in a terminal is text and nothing else. Texts and names come from whoever sent the article, and an escape among
//! them would move the cursor, change colours, set the title or the clipboard, or turn the direction of what follows.

use std::borrow::Cow;

use crate::base::turned;

/// A name on one line: what is no text is shown as �.
pub(super) fn on_one_line(name: &str) -> Cow<'_, str> {
    replaced(name, &|_, _| false)
}

/// A text of several lines, with tabs, and with whatever line ends it has.
pub(super) fn in_lines(text: &str) -> Cow<'_, str> {
    replaced(text, &is_of_lines)
}

/// The same of a text with colours of ours, in which everything else has been printed [`in_lines`] already.
pub(super) fn in_colour(text: &str) -> Cow<'_, str> {
    replaced(text, &|c, next| c == '\x1b' || is_of_lines(c, next))
}

fn is_of_lines(c: char, next: Option<char>) -> bool {
    matches!((c, next), ('\n' | '\t', _) | ('\r', Some('\n')))
}

fn replaced<'a>(text: &'a str, stays: &dyn Fn(char, Option<char>) -> bool) -> Cow<'a, str> {
    let is_text = |c: char| !(c.is_control() || turned::is_control(c) || matches!(c, '\u{2028}' | '\u{2029}'));
    if text.chars().all(is_text) {
        return text.into();
    }
    let mut shown = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        shown.push(if is_text(c) || stays(c, rest.peek().copied()) { c } else { '\u{fffd}' });
    }
    shown.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_is_not_printed() {
        let evil = "a\x1b[31m\u{9b}2J\u{202e}b\x07\r\nc\rd\te\u{2028}\u{7f}\u{200f}ع";
        assert_eq!(on_one_line(evil), "a�[31m�2J�b���c�d�e��\u{200f}ع");
        assert_eq!(in_lines(evil), "a�[31m�2J�b�\r\nc�d\te��\u{200f}ع");
        assert_eq!(in_colour("\x1b[1ma\u{9b}\x1b[0m\n"), "\x1b[1ma�\x1b[0m\n");
    }
}
