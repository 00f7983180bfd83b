//! A text as words, numbers and signs: what a quote and its passage are compared by.

use unicode_segmentation::UnicodeSegmentation;

use super::{Tongue, digits};

/// A word, a number or a sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) text: String,
    /// Whether a sentence may begin here, so that a capital letter says nothing.
    pub(super) opens: bool,
    /// Whether it has a capital letter, or what stands before its apostrophe has.
    pub(super) capital: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Number,
    Sign,
}

/// The tokens of a text in normal form. White space is none; every other sign is one, for a comma or a full stop can turn a sentence
/// around: `No, soldiers came`, `No soldiers came`.
///
/// Words are those of Unicode segmentation (UAX 29), parted after each apostrophe: `l'armée` is two.
pub(super) fn all(text: &str, tongue: Tongue) -> Vec<Token> {
    let text: String = text.chars().map(half_width).collect();
    let mut tokens: Vec<Token> = Vec::new();
    let (mut at, mut opens) = (0, true);
    // Whether a word with a capital letter goes on after its apostrophe.
    let mut goes_on = false;
    while let Some(first) = text[at..].chars().next() {
        let (kind, text_of, length) = if first.is_numeric() {
            let (number, length) = digits::read(&text[at..], tongue);
            (Kind::Number, number, length)
        } else {
            let piece = piece(&text[at..]);
            let is_word = piece.chars().any(char::is_alphanumeric);
            (if is_word { Kind::Word } else { Kind::Sign }, piece.to_owned(), piece.len())
        };
        if !first.is_whitespace() {
            let capital = goes_on || text_of.chars().any(char::is_uppercase);
            goes_on = capital && text_of.len() > 1 && text_of.ends_with('\'');
            tokens.push(Token { kind, text: text_of, opens, capital });
        }
        opens = match kind {
            Kind::Sign => opens || matches!(first, '.' | '!' | '?' | ':' | '"' | '(' | '¡' | '¿' | '…'),
            _ => false,
        };
        at += length;
    }
    tokens
}

/// The word that `text` starts with, up to an apostrophe within it, or one sign.
fn piece(text: &str) -> &str {
    let segment = text.split_word_bounds().next().unwrap_or(text);
    let sign = text.chars().next().map_or(0, char::len_utf8);
    if !segment.chars().any(char::is_alphanumeric) {
        return &text[..sign];
    }
    segment.find('\'').map_or(segment, |apostrophe| &segment[..=apostrophe])
}

/// The form of a character that is as wide as a Latin letter.
fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '｡' => '。',
        '､' => '、',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_as_tokens() {
        for (language, text, expected) in [
            ("en", "The army, he said, lost 1,277 men.", "The army , he said , lost 1277 men ."),
            ("fr", "L'armée n'a pas dit: \"non!\"", "L' armée n' a pas dit : \" non ! \""),
            ("en", "anti-war - or not - at -5 °C, 30%", "anti - war - or not - at - 5 ° C , 30 %"),
            ("en", "10:30, 2024-2025, 5 - 10", "10 : 30 , 2024 - 2025 , 5 - 10"),
            ("en", "U.S. T-72, 17th, 5km 3.5", "U.S . T - 72 , 17 th , 5 km 3.5"),
            ("ja", "軍、１２％。", "軍 、 12 % 。"),
            ("el", "Πού; Εδώ;", "Πού ; Εδώ ;"),
            ("ar", "قال، إن", "قال ، إن"),
            ("en", "", ""),
        ] {
            let tokens = all(text, Tongue::of(language));
            let tokens: Vec<&str> = tokens.iter().map(|token| token.text.as_str()).collect();
            assert_eq!(tokens.join(" "), expected, "{text}");
        }
    }

    #[test]
    fn sentences_open_after_their_end() {
        let tokens = all("The war. The \"Peace\" came: so", Tongue::of("en"));
        let opens: Vec<&str> = tokens.iter().filter(|token| token.opens).map(|token| token.text.as_str()).collect();
        assert_eq!(opens, ["The", "The", "Peace", "came", "so"]);
    }
}
