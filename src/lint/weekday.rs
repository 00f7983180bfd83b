//! `mardi 16 septembre 2024`, which was a Monday.

mod names;

use std::sync::LazyLock;

use super::calendar;
use super::text::Finding;
use super::token::{Token, tokens, word_at};
use crate::base::date::Day;
use names::Names;

const FRENCH: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
const ENGLISH: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const NAMES: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// A part of each name and abbreviation: a text without any of them has no weekday. (`day` is in all English names.)
pub(super) const PARTS: &[&str] = &[
    "day", "undi", "ardi", "redi", "eudi", "medi", "manche", "DAY", "UNDI", "ARDI", "REDI", "EUDI", "MEDI", "MANCHE",
    "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN", "lun.", "mar.",
    "mer.", "jeu.", "ven.", "sam.", "dim.", "Lun.", "Mar.", "Mer.", "Jeu.", "Ven.", "Sam.", "Dim.",
];

/// Weekdays beside a full date that falls on another day, in one block of text in normal form.
pub(super) fn find(block: &str, language: &str) -> Vec<Finding> {
    let tokens = tokens(block);
    let names = Names::of(language);
    let wrong = |at| wrong(&tokens, at).or_else(|| names.and_then(|names| names.wrong(&tokens, at)));
    (0..tokens.len()).filter_map(wrong).collect()
}

/// Whether weekdays of a language other than English and French are known.
pub(super) fn knows(language: &str) -> bool {
    Names::of(language).is_some()
}

/// A weekday in a text.
pub(super) struct Named<'a> {
    /// Its number from Monday, 0.
    number: usize,
    /// All seven, in the language that it is in.
    all: &'a [String; 7],
    /// The token after it.
    end: usize,
}

fn wrong(tokens: &[Token<'_>], at: usize) -> Option<Finding> {
    let named = weekday(tokens, at)?;
    let day = date_after(tokens, named.end).or_else(|| date_before(tokens, at))?;
    misnamed(tokens, at, &named, day)
}

/// What is wrong with a weekday beside a day; nothing if it was that.
pub(super) fn misnamed(tokens: &[Token<'_>], at: usize, named: &Named<'_>, day: Day) -> Option<Finding> {
    let right = usize::from(day.weekday()) - 1;
    if right == named.number {
        return None;
    }
    let own = &named.all[right];
    let word = if own == NAMES[right] { String::new() } else { format!(" (`{own}`)") };
    let mut help = vec![format!("it was a {}{word}: correct the weekday or the date", NAMES[right])];
    if let Some(near) = nearest(day, named.number) {
        help.push(format!("the nearest {} is {near}", NAMES[named.number]));
    }
    let range = tokens[at].start..tokens[named.end - 1].end();
    Some(Finding { range, message: format!("{day} was not a {}", NAMES[named.number]), help })
}

/// The weekday of English or French that stands at a token.
fn weekday<'a>(tokens: &[Token<'_>], at: usize) -> Option<Named<'a>> {
    static ALL: LazyLock<[[String; 7]; 2]> = LazyLock::new(|| [NAMES, FRENCH].map(|names| names.map(str::to_owned)));
    let lower = tokens[at].lower();
    let [english, french] = &*ALL;
    for (all, names) in [(french, &FRENCH), (english, &ENGLISH)] {
        if let Some(number) = names.iter().position(|name| *name == lower) {
            return Some(Named { number, all, end: at + 1 });
        }
    }
    let point = tokens.get(at + 1).is_some_and(|next| next.text == "." && next.start == tokens[at].end());
    let end = at + 1 + usize::from(point);
    let number = SHORT_ENGLISH.iter().position(|names| names.contains(&lower.as_str()));
    if let Some(number) = number.filter(|_| tokens[at].is_capital() && (lower.len() > 3 || is_sure(tokens, at, &lower)))
    {
        return Some(Named { number, all: english, end });
    }
    let number = SHORT_FRENCH.iter().position(|name| *name == lower).filter(|_| point && is_introduced(tokens, at))?;
    Some(Named { number, all: french, end })
}

const SHORT_ENGLISH: [&[&str]; 7] =
    [&["mon"], &["tue", "tues"], &["wed"], &["thu", "thur", "thurs"], &["fri"], &["sat"], &["sun"]];
const SHORT_FRENCH: [&str; 7] = ["lun", "mar", "mer", "jeu", "ven", "sam", "dim"];

/// `Sat`, `Sun` and `Wed` are words and names too (`The Sun, 16 September 2024`): they are weekdays where one is announced.
fn is_sure(tokens: &[Token<'_>], at: usize, lower: &str) -> bool {
    !matches!(lower, "sat" | "sun" | "wed")
        || at > 0 && word_at(tokens, at - 1, &["on", "by", "until", "from", "since"])
}

/// `le mar. 16 sept. 2024`; after another word it may end a sentence: `la mer. 16 septembre 2024`.
fn is_introduced(tokens: &[Token<'_>], at: usize) -> bool {
    at == 0 || word_at(tokens, at - 1, &["le", "ce", "du", "au", "("])
}

/// `mardi 16 septembre 2024`, `Tuesday, 16 September 2024`, `Tuesday, the 16th of September 2024`, `Tuesday (2024-09-16)`
fn date_after(tokens: &[Token<'_>], mut at: usize) -> Option<Day> {
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
        words_in(text, "en")
    }

    fn words_in(text: &str, language: &str) -> String {
        find(text, language).iter().map(|found| &text[found.range.clone()]).collect::<Vec<_>>().join(" ")
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
            ("TUESDAY, 16 SEPTEMBER 2024", "TUESDAY"),
            ("MARDI 16 SEPTEMBRE 2024", "MARDI"),
            ("Tue 16 Sept 2024", "Tue"),
            ("Thurs., 16 September 2024", "Thurs."),
            ("on Sat 16 September 2024", "Sat"),
            ("le mar. 16 sept. 2024", "mar."),
            ("16 September 2024 (Fri)", "Fri"),
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
            "Mon 16 September 2024",
            "The Sun, 16 September 2024",
            "The Sun 16 September 2024",
            "the court sat 16 September 2024",
            "The pair wed 17 September 2024",
            "au bord de la mer. 17 septembre 2024 fut",
            "c'est un jeu. 17 septembre 2024",
            "le lun. 16 sept. 2024",
            "Mar 16, 2024",
            "mar 16 September 2024",
            "Thu and Fri, September 2024",
        ] {
            assert_eq!(words(text), "", "{text}");
        }
    }

    #[test]
    fn other_languages_have_their_own_weekdays() {
        for (language, text, word) in [
            ("de", "Am Dienstag, 16. September 2024", "Dienstag"),
            ("de", "Dienstag, den 16. September 2024", "Dienstag"),
            ("de-AT", "Am Montag, 16. September 2024", ""),
            ("de", "Barbara Sonntag, 16. September 2024", ""),
            ("es", "el martes 16 de septiembre de 2024", "martes"),
            ("es", "MARTES, 16 de septiembre de 2024", "MARTES"),
            ("es", "el lunes 16 de septiembre de 2024", ""),
            ("es", "Santo Domingo, 16 de septiembre de 2024", ""),
            ("it", "martedì 16 settembre 2024", "martedì"),
            ("nl", "dinsdag 16 september 2024", "dinsdag"),
            ("ru", "вторник, 16 сентября 2024 года", "вторник"),
            ("ru", "понедельник, 16 сентября 2024 года", ""),
            ("uk", "вівторок, 16 вересня 2024 року", "вівторок"),
            ("pl", "wtorek, 16 września 2024", "wtorek"),
            ("en", "Dienstag, 16. September 2024", ""),
            ("qaa", "Dienstag, 16. September 2024", ""),
        ] {
            assert_eq!(words_in(text, language), word, "{language}: {text}");
        }
    }
}
