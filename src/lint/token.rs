//! A text in normal form as words, numbers and signs.

use super::number::{self, Number};

/// A word, a number or a sign.
#[derive(Clone, Debug)]
pub(super) struct Token<'a> {
    pub(super) text: &'a str,
    pub(super) start: usize,
    pub(super) number: Option<Number>,
}

/// The tokens of a text, without its white space.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let (length, number) = if c.is_ascii_digit() {
            let number = number::read(rest);
            (number.length, Some(number))
        } else if c.is_alphabetic() {
            (rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len()), None)
        } else {
            (c.len_utf8(), None)
        };
        if !c.is_whitespace() {
            tokens.push(Token { text: &rest[..length], start: at, number });
        }
        at += length;
    }
    tokens
}

impl Token<'_> {
    /// One past its last byte.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Whether it is one of these, which are lower case.
    pub(super) fn is_one_of(&self, words: &[&str]) -> bool {
        let lower = self.lower();
        words.contains(&lower.as_str())
    }

    /// Whether it is a number with one sign in it, of which an amount is what comes out when that is taken for another sort of
    /// sign: a decimal sign for one that groups thousands, or the reverse.
    pub(super) fn regrouped(&self, amount: f64) -> bool {
        let mut parts = self.text.split(|c: char| !c.is_ascii_digit());
        let (Some(head), Some(rest), None) = (parts.next(), parts.next(), parts.next()) else { return false };
        let is = |written: String| written.parse::<f64>().is_ok_and(|value| number::same(value, amount));
        let is_group = self.number.is_some() && matches!(head.len(), 1..=3) && rest.len() == 3;
        is_group && (is(format!("{head}{rest}")) || is(format!("{head}.{rest}")))
    }

    /// It in lower case.
    pub(super) fn lower(&self) -> String {
        self.text.to_lowercase()
    }

    /// Whether it starts with a capital.
    pub(super) fn is_capital(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }

    /// Its value when it is nothing but at most `longest` digits.
    pub(super) fn digits(&self, longest: usize) -> Option<u16> {
        let plain = self.text.len() <= longest && self.text.bytes().all(|byte| byte.is_ascii_digit());
        if plain { self.text.parse().ok() } else { None }
    }
}

/// Whether the token at `index` is one of these words.
pub(super) fn word_at(tokens: &[Token<'_>], index: usize, words: &[&str]) -> bool {
    tokens.get(index).is_some_and(|token| token.is_one_of(words))
}
