//! What a language must say around a date, whatever it is.

use super::calendar::Length;
use crate::base::date::Season;
use std::fmt::Debug;

/// A date's text, and what the grammar around it must know.
pub(super) struct Said {
    pub(super) shape: Shape,
    pub(super) text: String,
}

/// What kind of word a date is: French says *le* 17 janvier, *en* janvier, *au* printemps, *à l’*été, *les* années 2020.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Day,
    Month,
    Year,
    Season(Season),
    Years,
    Unknown,
}

/// The words of one language.
pub(super) trait Wording: Debug + Send + Sync {
    /// The day of the month before its month.
    fn day_number(&self, day: u8) -> String;
    /// A season of a year.
    fn season(&self, season: Season, year: &str) -> String;
    /// Between three digits and the next.
    fn thousands(&self) -> &'static str;
    /// The ten years from `first`, of four digits.
    fn decade(&self, first: i32) -> String;
    /// All years from one to another.
    fn years(&self, first: &str, last: &str) -> String;

    /// Near a date that stands alone.
    fn about(&self, said: &Said, length: Length) -> String;
    /// Near a date that is the end of something.
    fn about_within(&self, text: &str) -> String;
    /// The mark of doubt in a table's cell.
    fn doubt(&self) -> &'static str;
    fn uncertain(&self) -> &'static str;
    fn day_unknown(&self) -> &'static str;
    fn month_unknown(&self) -> &'static str;
    fn unknown_date(&self) -> &'static str;

    /// As an adverb.
    fn when(&self, said: &Said) -> String;
    /// From then on, still so.
    fn since(&self, said: &Said) -> String;
    /// From then on, for who knows how long.
    fn starting(&self, said: &Said) -> String;
    /// Up to then.
    fn until(&self, said: &Said) -> String;
    /// From one to the other, when an end is qualified or unknown.
    fn between(&self, first: &Said, last: &Said) -> String;
    /// From one to the other, when both are plain dates.
    fn range(&self, first: &Said, last: &Said) -> String;
    /// One of these.
    fn either(&self, texts: &[String]) -> String;
}

/// A range in signs: `25–27 July 2024`, and with spaces once a side has more than one word: `30 June – 2 July 2024`.
pub(super) fn dash(first: &str, last: &str) -> String {
    let one_word = !first.contains([' ', '\u{a0}']);
    if one_word { format!("{first}–{last}") } else { format!("{first}\u{a0}– {last}") }
}

/// `a, b or c`.
pub(super) fn alternatives(texts: &[String], or: &str) -> String {
    match texts.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} {or} {last}", others.join(", ")),
        _ => texts.concat(),
    }
}
