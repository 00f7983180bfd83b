//! Dates as people write them, where they can mean one day or month and no other: what they are in EDTF.

use super::{Day, Edtf};

/// The months in English and French, in lower case; the first of a line is the whole name.
const MONTHS: [&[&str]; 12] = [
    &["january", "janvier", "jan", "janv"],
    &["february", "février", "fevrier", "feb", "févr"],
    &["march", "mars", "mar"],
    &["april", "avril", "apr", "avr"],
    &["may", "mai"],
    &["june", "juin", "jun"],
    &["july", "juillet", "jul", "juil"],
    &["august", "août", "aout", "aug"],
    &["september", "septembre", "sep", "sept"],
    &["october", "octobre", "oct"],
    &["november", "novembre", "nov"],
    &["december", "décembre", "decembre", "dec", "déc"],
];

/// `6 June 2023`, `June 6, 2023`, `1er juin 2023`, `2023/6/6`, `13.06.2023` in EDTF. `None` for what may mean two days
/// (`06/07/2023`), for what is one already, and for anything else.
pub fn meant(written: &str) -> Option<String> {
    let edtf = in_words(written).or_else(|| in_digits(written))?;
    (edtf != written && edtf.parse::<Edtf>().is_ok()).then_some(edtf)
}

fn in_words(written: &str) -> Option<String> {
    let words = written.replace(',', " ");
    let words: Vec<&str> = words.split_whitespace().collect();
    match words.as_slice() {
        [month, year] => Some(format!("{}-{:02}", self::year(year)?, self::month(month)?)),
        [one, other, year] => {
            let (day, month) = match day(one) {
                Some(day) => (day, month(other)?),
                None => (day(other)?, month(one)?),
            };
            Some(format!("{}-{month:02}-{day:02}", self::year(year)?))
        }
        _ => None,
    }
}

fn month(word: &str) -> Option<usize> {
    let word = word.strip_suffix('.').unwrap_or(word).to_lowercase();
    MONTHS.iter().position(|names| names.contains(&&*word)).map(|month| month + 1)
}

/// `6`, `6th`, `1er`
fn day(word: &str) -> Option<u8> {
    let digits = word.trim_end_matches(char::is_alphabetic);
    let is_ordinal = matches!(&word[digits.len()..].to_lowercase()[..], "" | "st" | "nd" | "rd" | "th" | "er");
    let is_number = (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_ordinal && is_number { digits.parse().ok() } else { None }
}

fn year(word: &str) -> Option<&str> {
    (word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit())).then_some(word)
}

/// Three numbers with one sign between them: the year first, or last where only one of the others can be the month.
fn in_digits(written: &str) -> Option<String> {
    let plain = written.replace(['–', '—', '−', '‐', '‑'], "-");
    let separator = plain.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, '/' | '.' | '-'))?;
    let parts: Vec<&str> = plain.split(separator).collect();
    let [first, second, third] = parts.as_slice() else { return None };
    let edtf = |year: &str, month: &str, day: &str| {
        let (month, day) = (self::day(month)?, self::day(day)?);
        let day = Day::new(self::year(year)?.parse().ok()?, month, day)?;
        Some(day.to_string())
    };
    if year(first).is_some() {
        return edtf(first, second, third);
    }
    match (edtf(third, second, first), edtf(third, first, second)) {
        (Some(one), Some(other)) if one == other => Some(one),
        (Some(one), None) | (None, Some(one)) => Some(one),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn what_has_one_meaning_is_understood() {
        for (written, edtf) in [
            ("6 June 2023", Some("2023-06-06")),
            ("June 6, 2023", Some("2023-06-06")),
            ("june 6th 2023", Some("2023-06-06")),
            ("6 juin 2023", Some("2023-06-06")),
            ("1er août 2023", Some("2023-08-01")),
            ("Sept. 9, 2023", Some("2023-09-09")),
            ("juin 2023", Some("2023-06")),
            ("2023/06/06", Some("2023-06-06")),
            ("2023.6.6", Some("2023-06-06")),
            ("2023-6-6", Some("2023-06-06")),
            ("2023–06–06", Some("2023-06-06")),
            ("13/06/2023", Some("2023-06-13")),
            ("06/13/2023", Some("2023-06-13")),
            ("06.06.2023", Some("2023-06-06")),
            ("06/07/2023", None),
            ("06.07.2023", None),
            ("31 June 2023", None),
            ("6 June 23", None),
            ("2023-06-06", None),
            ("2023/2024", None),
            ("about 6 June 2023", None),
            ("6 Juno 2023", None),
            ("", None),
        ] {
            assert_eq!(meant(written).as_deref(), edtf, "{written}");
        }
    }
}
