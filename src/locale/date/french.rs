//! The words around a date in French, where article and preposition depend on what kind of date it is, and join.

use super::calendar::Length;
use super::wording::{Said, Shape, Wording, alternatives};
use crate::base::date::Season;

#[derive(Debug)]
pub(super) struct French;

impl Wording for French {
    fn day_number(&self, day: u8) -> String {
        if day == 1 { "1er".to_owned() } else { day.to_string() }
    }

    fn season(&self, season: Season, year: &str) -> String {
        let name = match season {
            Season::Spring => "printemps",
            Season::Summer => "été",
            Season::Autumn => "automne",
            Season::Winter => "hiver",
        };
        format!("{name} {year}")
    }

    fn thousands(&self) -> &'static str {
        "\u{202f}"
    }

    fn decade(&self, first: i32) -> String {
        format!("années {first}")
    }

    fn years(&self, first: &str, last: &str) -> String {
        format!("années {first}–{last}")
    }

    fn about(&self, said: &Said, _: Length) -> String {
        format!("vers {}", the(said))
    }

    fn about_within(&self, text: &str) -> String {
        format!("{text} environ")
    }

    fn doubt(&self) -> &'static str {
        "\u{202f}?"
    }

    fn uncertain(&self) -> &'static str {
        "date incertaine"
    }

    fn day_unknown(&self) -> &'static str {
        "jour inconnu"
    }

    fn month_unknown(&self) -> &'static str {
        "mois inconnu"
    }

    fn unknown_date(&self) -> &'static str {
        "une date inconnue"
    }

    fn when(&self, said: &Said) -> String {
        match said.shape {
            Shape::Day => format!("le {}", said.text),
            Shape::Month | Shape::Year => format!("en {}", said.text),
            Shape::Years => format!("dans les {}", said.text),
            Shape::Season(_) | Shape::Unknown => to(said),
        }
    }

    fn since(&self, said: &Said) -> String {
        format!("depuis {}", the(said))
    }

    fn starting(&self, said: &Said) -> String {
        format!("à partir {}", of(said))
    }

    fn until(&self, said: &Said) -> String {
        match said.shape {
            Shape::Month | Shape::Year => format!("jusqu’en {}", said.text),
            _ => format!("jusqu’{}", to(said)),
        }
    }

    fn between(&self, first: &Said, last: &Said) -> String {
        format!("{} {}", of(first), to(last))
    }

    fn range(&self, first: &Said, last: &Said) -> String {
        self.between(first, last)
    }

    fn either(&self, texts: &[String]) -> String {
        alternatives(texts, "ou")
    }
}

/// With its article: le 17 janvier, le printemps, l’été, les années 2020; months and years have none.
fn the(Said { shape, text }: &Said) -> String {
    match shape {
        Shape::Day | Shape::Season(Season::Spring) => format!("le {text}"),
        Shape::Season(_) => format!("l’{text}"),
        Shape::Years => format!("les {text}"),
        Shape::Month | Shape::Year | Shape::Unknown => text.clone(),
    }
}

/// With *de*, which joins *le* and *les* and drops its vowel before another: du 17 janvier, d’août, de l’été.
fn of(said @ Said { shape, text }: &Said) -> String {
    match shape {
        Shape::Day | Shape::Season(Season::Spring) => format!("du {text}"),
        Shape::Years => format!("des {text}"),
        _ if text.starts_with(['a', 'e', 'i', 'o', 'u', 'é']) && the(said) == *text => format!("d’{text}"),
        _ => format!("de {}", the(said)),
    }
}

/// With *à*, which joins *le* and *les*: au 17 janvier, à août, à l’été.
fn to(said @ Said { shape, text }: &Said) -> String {
    match shape {
        Shape::Day | Shape::Season(Season::Spring) => format!("au {text}"),
        Shape::Years => format!("aux {text}"),
        _ => format!("à {}", the(said)),
    }
}
