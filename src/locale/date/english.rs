//! The words around a date in English.

use super::calendar::Length;
use super::wording::{Said, Shape, Wording, alternatives, dash};
use crate::base::date::Season;

#[derive(Debug)]
pub(super) struct English;

impl Wording for English {
    fn day_number(&self, day: u8) -> String {
        day.to_string()
    }

    fn season(&self, season: Season, year: &str) -> String {
        let name = match season {
            Season::Spring => "spring",
            Season::Summer => "summer",
            Season::Autumn => "autumn",
            Season::Winter => "winter",
        };
        format!("{name} {year}")
    }

    fn thousands(&self) -> &'static str {
        ","
    }

    fn decade(&self, first: i32) -> String {
        format!("{first}s")
    }

    fn years(&self, first: &str, last: &str) -> String {
        format!("years {first}–{last}")
    }

    fn about(&self, said: &Said, length: Length) -> String {
        match length {
            Length::Long => format!("around {}", the(said)),
            Length::Short => format!("c.\u{a0}{}", said.text),
        }
    }

    fn about_within(&self, text: &str) -> String {
        format!("around {text}")
    }

    fn doubt(&self) -> &'static str {
        "?"
    }

    fn uncertain(&self) -> &'static str {
        "date uncertain"
    }

    fn day_unknown(&self) -> &'static str {
        "day unknown"
    }

    fn month_unknown(&self) -> &'static str {
        "month unknown"
    }

    fn unknown_date(&self) -> &'static str {
        "an unknown date"
    }

    fn when(&self, said: &Said) -> String {
        let preposition = if said.shape == Shape::Day { "on" } else { "in" };
        format!("{preposition} {}", the(said))
    }

    fn since(&self, said: &Said) -> String {
        format!("since {}", the(said))
    }

    fn starting(&self, said: &Said) -> String {
        format!("from {}", the(said))
    }

    fn until(&self, said: &Said) -> String {
        format!("until {}", the(said))
    }

    fn between(&self, first: &Said, last: &Said) -> String {
        format!("from {} to {}", the(first), the(last))
    }

    fn range(&self, first: &Said, last: &Said) -> String {
        dash(&first.text, &last.text)
    }

    fn either(&self, texts: &[String]) -> String {
        alternatives(texts, "or")
    }
}

fn the(said: &Said) -> String {
    let article = if said.shape == Shape::Years { "the " } else { "" };
    format!("{article}{}", said.text)
}
