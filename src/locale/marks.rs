//! Words of the interface in another language than the page's, so that a page can say which language they are.
//!
//! A dossier in Arabic has English words until somebody translates them. They come into a page along many ways: from a template, a
//! view, as part of a phrase around an Arabic date. So they are marked where they come from, by signs that no text has (noncharacters
//! of Unicode, which are for use inside a program), and the marks become elements where the page is written (`render/foreign.rs`).
//! Only the locale that pages are made with has them: files for programs are made with one that marks nothing.

/// Stands before and after a word of the interface.
pub const WORD: [char; 2] = ['\u{fdd0}', '\u{fdd1}'];
/// Stands before and after a value of the page's own language inside one.
pub const VALUE: [char; 2] = ['\u{fdd2}', '\u{fdd3}'];

/// Whether a text has marks.
pub fn has_marks(text: &str) -> bool {
    text.contains(is_mark)
}

/// Whether a character is a mark.
pub fn is_mark(c: char) -> bool {
    ('\u{fdd0}'..='\u{fdd3}').contains(&c)
}

/// A word of the interface. One without a letter of its own (`{label}: {value}`) is of the language of its values; where these are of two, they
/// alone are marked.
pub(super) fn word(text: String) -> String {
    let mut depth = 0;
    let has_letters = text.chars().any(|c| {
        match c {
            _ if c == WORD[0] || c == VALUE[0] => depth += 1,
            _ if c == WORD[1] || c == VALUE[1] => depth -= 1,
            _ => {}
        }
        depth == 0 && c.is_alphabetic()
    });
    match has_letters || text.contains(WORD) && !text.contains(VALUE) {
        true => format!("{}{text}{}", WORD[0], WORD[1]),
        false => text.replace(VALUE, ""),
    }
}

/// A value inside a word. A number needs no mark, nor does what is marked.
pub(super) fn value(text: &str) -> String {
    match text.contains(char::is_alphabetic) && !has_marks(text) {
        true => format!("{}{text}{}", VALUE[0], VALUE[1]),
        false => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{value, word};

    /// With brackets in the place of marks, so that they can be read.
    fn seen(text: &str) -> String {
        text.replace('\u{fdd0}', "[").replace('\u{fdd1}', "]").replace('\u{fdd2}', "{").replace('\u{fdd3}', "}")
    }

    #[test]
    fn words_are_marked_and_their_values_apart() {
        let arabic = value("٥ مايو");
        let english = word("Date".to_owned());
        for (text, expected) in [
            ("Date".to_owned(), "[Date]"),
            (format!("since {arabic}"), "[since {٥ مايو}]"),
            (arabic.clone(), "٥ مايو"),
            (format!("{english}: {arabic}"), "[Date]: ٥ مايو"),
            (format!("{english}, {english}"), "[[Date], [Date]]"),
            ("12".to_owned(), "12"),
            (format!("in {english} {}", value("12")), "[in [Date] 12]"),
        ] {
            assert_eq!(seen(&word(text.clone())), expected, "{text}");
        }
        assert_eq!(value(&english), english, "what is marked stays");
    }
}
