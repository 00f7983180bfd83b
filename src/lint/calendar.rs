//! Dates in words, French and English, and in ISO form, as they stand in a text.

use std::ops::Range;

use super::token::{Token, word_at};
use crate::base::date::Day;

/// The months' names; each line a month, full names before short ones, French ones first.
const MONTHS: [(&[&str], &[&str]); 12] = [
    (&["janvier", "janv"], &["january", "jan"]),
    (&["février", "fevrier", "févr", "fév"], &["february", "feb"]),
    (&["mars"], &["march", "mar"]),
    (&["avril", "avr"], &["april", "apr"]),
    (&["mai"], &["may"]),
    (&["juin"], &["june", "jun"]),
    (&["juillet", "juil"], &["july", "jul"]),
    (&["août", "aout"], &["august", "aug"]),
    (&["septembre", "sept"], &["september", "sept", "sep"]),
    (&["octobre", "oct"], &["october", "oct"]),
    (&["novembre", "nov"], &["november", "nov"]),
    (&["décembre", "decembre", "déc"], &["december", "dec"]),
];

/// What is written between two days of one month.
const BETWEEN_DAYS: &[&str] = &["et", "and", "ou", "or", "à", "au", "to", "-", "&", ","];

/// A date in a text: days of a month, or the month as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Written {
    /// Its tokens.
    pub(super) tokens: Range<usize>,
    /// First and last day; none for a whole month.
    pub(super) days: Option<(u8, u8)>,
    /// 1 to 12.
    pub(super) month: u8,
    /// The year, if it is written.
    pub(super) year: Option<i32>,
}

impl Written {
    /// The one day that it is.
    pub(super) fn day(&self) -> Option<Day> {
        let (first, last) = self.days?;
        if first == last { Day::new(self.year?, self.month, first) } else { None }
    }

    /// Its first and last day, in a year.
    pub(super) fn in_year(&self, year: i32) -> Option<(Day, Day)> {
        match self.days {
            Some((first, last)) => Some((Day::new(year, self.month, first)?, Day::new(year, self.month, last)?)),
            None => Some((Day::new(year, self.month, 1)?, Day::last_of_month(year, self.month))),
        }
    }
}

/// All dates of a text.
pub(super) fn dates(tokens: &[Token<'_>]) -> Vec<Written> {
    let mut dates = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match date(tokens, at) {
            Some(date) => {
                at = date.tokens.end;
                dates.push(date);
            }
            None => at += 1,
        }
    }
    dates
}

/// The date that starts at a token.
pub(super) fn date(tokens: &[Token<'_>], at: usize) -> Option<Written> {
    iso(tokens, at).or_else(|| day_first(tokens, at)).or_else(|| month_first(tokens, at))
}

/// `2024-09-16`
fn iso(tokens: &[Token<'_>], at: usize) -> Option<Written> {
    let [year, one, month, two, day] = tokens.get(at..at + 5)? else { return None };
    let joined = one.text == "-" && two.text == "-" && day.end() - year.start == 10;
    let (month, day) = (two_digits(month)?, two_digits(day)?);
    let fits = joined && (1..=12).contains(&month) && (1..=31).contains(&day);
    fits.then_some(Written { tokens: at..at + 5, days: Some((day, day)), month, year: Some(self::year(year)?) })
}

/// `16 septembre 2024`, `1er et 2 mai`, `16th of September, 2024`, `25-27 July 2024`
fn day_first(tokens: &[Token<'_>], at: usize) -> Option<Written> {
    let (days, mut next) = days(tokens, at)?;
    if word_at(tokens, next, &["of"]) {
        next += 1;
    }
    let (month, next) = month(tokens, next)?;
    let (year, end) = year_after(tokens, next);
    Some(Written { tokens: at..end, days: Some(days), month, year })
}

/// `September 16, 2024`, `November 2024`
fn month_first(tokens: &[Token<'_>], at: usize) -> Option<Written> {
    let (month, next) = month(tokens, at)?;
    if let Some(year) = tokens.get(next).and_then(year) {
        return Some(Written { tokens: at..next + 1, days: None, month, year: Some(year) });
    }
    // In French the day comes first: what follows `mars` is no day.
    let english = MONTHS[usize::from(month) - 1].1.contains(&tokens[at].lower().as_str());
    let (days, next) = if english { days(tokens, next)? } else { return None };
    let (year, end) = year_after(tokens, next);
    Some(Written { tokens: at..end, days: Some(days), month, year })
}

/// One day of a month, or the first and last of several; and the token after it.
fn days(tokens: &[Token<'_>], at: usize) -> Option<((u8, u8), usize)> {
    let (first, mut next) = day(tokens, at)?;
    let mut last = first;
    while let Some((more, after)) = day(tokens, next + 1).filter(|_| word_at(tokens, next, BETWEEN_DAYS)) {
        if more <= last {
            return None;
        }
        (last, next) = (more, after);
    }
    Some(((first, last), next))
}

fn day(tokens: &[Token<'_>], at: usize) -> Option<(u8, usize)> {
    let number = tokens.get(at)?;
    let day = u8::try_from(number.digits(2)?).ok().filter(|day| (1..=31).contains(day))?;
    let ordinal = tokens
        .get(at + 1)
        .is_some_and(|next| next.start == number.end() && next.is_one_of(&["er", "ᵉʳ", "e", "st", "nd", "rd", "th"]));
    Some((day, at + 1 + usize::from(ordinal)))
}

fn month(tokens: &[Token<'_>], at: usize) -> Option<(u8, usize)> {
    let word = tokens.get(at)?;
    let lower = word.lower();
    // `may` and `march` are words too: English months have a capital.
    let is = |(french, english): &(&[&str], &[&str])| {
        french.contains(&lower.as_str()) || (english.contains(&lower.as_str()) && word.is_capital())
    };
    let month = u8::try_from(MONTHS.iter().position(is)? + 1).ok()?;
    let short = word.text.chars().count() <= 5;
    let point = short && tokens.get(at + 1).is_some_and(|next| next.text == "." && next.start == word.end());
    Some((month, at + 1 + usize::from(point)))
}

fn year_after(tokens: &[Token<'_>], at: usize) -> (Option<i32>, usize) {
    let comma = usize::from(word_at(tokens, at, &[","]));
    match tokens.get(at + comma).and_then(year) {
        Some(year) => (Some(year), at + comma + 1),
        None => (None, at),
    }
}

/// A year of the calendar that is in use everywhere; older dates may follow another.
fn year(token: &Token<'_>) -> Option<i32> {
    let year = token.digits(4).filter(|year| (1800..=2199).contains(year))?;
    Some(i32::from(year))
}

fn two_digits(token: &Token<'_>) -> Option<u8> {
    token.digits(2).filter(|_| token.text.len() == 2).and_then(|number| u8::try_from(number).ok())
}

/// Whether a word is a month's name.
pub(super) fn is_month(tokens: &[Token<'_>], at: usize) -> bool {
    month(tokens, at).is_some()
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::dates;

    #[test]
    fn dates_in_words() {
        for (text, expected) in [
            ("le 16 septembre 2024.", "16-16 9 2024"),
            ("1er janvier 2024", "1-1 1 2024"),
            ("16 sept. 2024", "16-16 9 2024"),
            ("September 16, 2024", "16-16 9 2024"),
            ("16th of September 2024", "16-16 9 2024"),
            ("on 16 and 17 January", "16-17 1"),
            ("du 25 au 27 juillet 2024", "25-27 7 2024"),
            ("in November 2024, that", "month 11 2024"),
            ("2024-09-16", "16-16 9 2024"),
            ("20 may come, mars 5, 2024-13-01, 40 juin, le 5 du mois", ""),
        ] {
            let found = dates(&tokens(text));
            let shown: Vec<String> = found
                .iter()
                .map(|date| {
                    let days = date.days.map_or("month".to_owned(), |(first, last)| format!("{first}-{last}"));
                    let year = date.year.map_or(String::new(), |year| format!(" {year}"));
                    format!("{days} {}{year}", date.month)
                })
                .collect();
            assert_eq!(shown.join("; "), expected, "{text}");
        }
    }
}
