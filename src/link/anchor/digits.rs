//! Numbers written in digits, as they are meant: `1 277` and `1277` are one number, `1,5` and `15` are two.

use super::Tongue;

/// Languages that write `1,277` for 1277, and others that write `1.277`. Elsewhere either may be a decimal sign.
const COMMA_GROUPS: [&str; 6] = ["en", "he", "ja", "ko", "th", "zh"];
const POINT_GROUPS: [&str; 12] = ["cs", "de", "fr", "it", "nl", "pl", "pt", "ru", "sv", "tr", "uk", "vi"];

/// The number that `text` starts with: its digits with a point for the decimal sign, and how many bytes it takes.
///
/// A sign that may part thousands or decimals is kept as it is, unless the language or a second such sign tells.
pub(super) fn read(text: &str, tongue: Tongue) -> (String, usize) {
    let groups = groups(text);
    let length = groups.last().map_or(0, |group| group.end);
    let (Some(first), rest) = (groups.first(), groups.get(1..).unwrap_or_default()) else { return (String::new(), 0) };
    let mut number = first.digits.to_owned();
    for group in rest {
        let alike = || rest.iter().filter(|other| other.separator == group.separator && other.is_three()).count();
        match group.separator {
            ' ' | '\'' => {}
            ',' if group.is_three() && (alike() > 1 || tongue.is(&COMMA_GROUPS)) => {}
            '.' if group.is_three() && (alike() > 1 || tongue.is(&POINT_GROUPS)) => {}
            separator if group.is_three() && !tongue.is(&COMMA_GROUPS) && !tongue.is(&POINT_GROUPS) => {
                number.push(separator);
            }
            _ => number.push('.'),
        }
        number.push_str(group.digits);
    }
    (number, length)
}

/// A run of digits, and what parts it from the one before.
struct Group<'t> {
    separator: char,
    digits: &'t str,
    end: usize,
}

impl Group<'_> {
    fn is_three(&self) -> bool {
        self.digits.chars().count() == 3
    }
}

/// The runs of digits of one number: after a point or comma any, after a space or apostrophe three.
fn groups(text: &str) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    let (mut at, mut separator) = (0, '\0');
    loop {
        let length = text[at..].find(|c: char| !c.is_numeric()).unwrap_or(text.len() - at);
        let group = Group { separator, digits: &text[at..at + length], end: at + length };
        let follows = |before: &Group<'_>| before.digits.chars().count() <= 3 && group.is_three();
        let fits = match separator {
            ' ' | '\'' => groups.last().is_some_and(follows),
            _ => length > 0,
        };
        if !fits {
            return groups;
        }
        at += length;
        groups.push(group);
        match text[at..].chars().next() {
            Some(next @ ('.' | ',' | ' ' | '\'' | '٫' | '٬')) => (at, separator) = (at + next.len_utf8(), next),
            _ => return groups,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_they_are_meant() {
        for (language, text, expected) in [
            ("en", "1 277 people", "1277"),
            ("en", "1,277", "1277"),
            ("en", "1.277", "1.277"),
            ("fr", "1.277", "1277"),
            ("fr", "1,277", "1.277"),
            ("es", "1,277", "1,277"),
            ("es", "1.277", "1.277"),
            ("es", "1.277.000,5", "1277000.5"),
            ("xx", "1,277,000", "1277000"),
            ("en", "1'277", "1277"),
            ("en", "1277", "1277"),
            ("xx", "1,5 and", "1.5"),
            ("xx", "3.25%", "3.25"),
            ("en", "2024-2025", "2024"),
            ("en", "2024 100", "2024"),
            ("en", "12.10.2024", "12.10.2024"),
            ("en", "12 000 000", "12000000"),
            ("en", "12 0000", "12"),
            ("en", "20.", "20"),
            ("ar", "٣٤ و", "٣٤"),
            ("en", "½", "½"),
            ("en", "no", ""),
        ] {
            let (number, length) = read(text, Tongue::of(language));
            assert_eq!(number, expected, "{language}: {text}");
            assert!(text[length..].chars().next().is_none_or(|next| !next.is_numeric()), "{text}");
        }
    }
}
