//! `mardi 16 septembre 2024`, which was a Monday.

use super::calendar;
use super::text::Finding;
use super::token::{Token, tokens, word_at};
use crate::base::date::Day;

const FRENCH: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
const ENGLISH: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const NAMES: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// A part of each name: a text without any of them has no weekday. (`day` is in all English ones.)
pub(super) const PARTS: [&str; 7] = ["day", "undi", "ardi", "redi", "eudi", "medi", "manche"];

/// Weekdays beside a full date that falls on another day, in one block of text in normal form.
pub(super) fn find(block: &str) -> Vec<Finding> {
    let tokens = tokens(block);
    (0..tokens.len()).filter_map(|at| wrong(&tokens, at)).collect()
}

fn wrong(tokens: &[Token<'_>], at: usize) -> Option<Finding> {
    let (number, french) = weekday(&tokens[at])?;
    let day = date_after(tokens, at).or_else(|| date_before(tokens, at))?;
    if usize::from(day.weekday()) == number + 1 {
        return None;
    }
    let right = usize::from(day.weekday()) - 1;
    let word = if french { format!(" (`{}`)", FRENCH[right]) } else { String::new() };
    let mut help = vec![format!("it was a {}{word}: correct the weekday or the date", NAMES[right])];
    if let Some(near) = nearest(day, number) {
        help.push(format!("the nearest {} is {near}", NAMES[number]));
    }
    Some(Finding { range: tokens[at].range(), message: format!("{day} was not a {}", NAMES[number]), help })
}

/// Its number from Monday, 0, and whether it is French.
fn weekday(token: &Token<'_>) -> Option<(usize, bool)> {
    let lower = token.lower();
    let french = FRENCH.iter().position(|name| *name == lower).map(|number| (number, true));
    french.or_else(|| ENGLISH.iter().position(|name| *name == lower).map(|number| (number, false)))
}

/// `mardi 16 septembre 2024`, `Tuesday, 16 September 2024`, `Tuesday, the 16th of September 2024`, `Tuesday (2024-09-16)`
fn date_after(tokens: &[Token<'_>], weekday: usize) -> Option<Day> {
    let mut at = weekday + 1;
    if word_at(tokens, at, &[",", "("]) {
        at += 1;
    }
    if word_at(tokens, at, &["le", "the"]) {
        at += 1;
    }
    calendar::date(tokens, at)?.day()
}

/// `16 September 2024 (Tuesday)`, `le 16 septembre 2024, un mardi`
fn date_before(tokens: &[Token<'_>], weekday: usize) -> Option<Day> {
    let bracket = weekday > 0 && word_at(tokens, weekday - 1, &["("]);
    let in_words = weekday > 1 && word_at(tokens, weekday - 1, &["a", "un"]) && word_at(tokens, weekday - 2, &[","]);
    let end = match (bracket, in_words) {
        (true, _) => weekday - 1,
        (_, true) => weekday - 2,
        _ => return None,
    };
    let written = (end.saturating_sub(7)..end).filter_map(|at| calendar::date(tokens, at));
    written.filter(|date| date.tokens.end == end).find_map(|date| date.day())
}

/// The nearest day that falls on that weekday.
fn nearest(day: Day, weekday: usize) -> Option<Day> {
    let wanted = i64::try_from(weekday).ok()? + 1;
    let mut offset = (wanted - i64::from(day.weekday())).rem_euclid(7);
    if offset > 3 {
        offset -= 7;
    }
    day.plus(offset)
}

#[cfg(test)]
mod tests {
    use super::find;

    fn words(text: &str) -> String {
        find(text).iter().map(|found| &text[found.range.clone()]).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn published_errors_are_found() {
        for (text, word) in [
            ("Ce mardi 16 septembre 2024, Bamako", "mardi"),
            ("mardi 16 sept. 2024", "mardi"),
            ("le lundi 04 juin 2023", "lundi"),
            ("Tuesday, 16 September 2024", "Tuesday"),
            ("Tuesday 16th September 2024", "Tuesday"),
            ("Tuesday, September 16, 2024", "Tuesday"),
            ("on Tuesday the 16th of September 2024", "Tuesday"),
            ("Tuesday 2024-09-16", "Tuesday"),
            ("16 September 2024 (Tuesday)", "Tuesday"),
            ("le 16 septembre 2024, un mardi", "mardi"),
            ("mardi 1er janvier 2024", "mardi"),
            ("Mardi 16 Septembre 2024", "Mardi"),
        ] {
            assert_eq!(words(text), word, "{text}");
        }
    }

    #[test]
    fn what_is_right_or_not_sure_is_left_alone() {
        for text in [
            "mardi 17 septembre 2024",
            "lundi 1er janvier 2024",
            "Monday, 16 September 2024",
            "Monday, September 16th, 2024",
            "16 September 2024, a Monday",
            "mardi 16 et mercredi 18 septembre 2024",
            "Tuesday, 16-17 September 2024",
            "mardi 16 septembre",
            "every Tuesday. 16 September 2024",
            "mardi 31 février 2024",
            "On 16 September 2024, Tuesday's attack",
            "The day before, 16 September 2024",
            "du lundi 16 au mardi 17 septembre 2024",
            "mardi 16 septembre 1724",
        ] {
            assert_eq!(words(text), "", "{text}");
        }
    }
}
