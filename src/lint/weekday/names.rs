//! The weekdays and months of languages other than English and French, as CLDR has them.

use std::sync::OnceLock;

use super::{Named, misnamed};
use crate::base::date::{Day, Edtf};
use crate::lint::text::Finding;
use crate::lint::token::{Token, tokens, word_at};
use crate::locale::Locale;

/// Languages that write day, month and year in this order, so that a date can be told from anything else.
static LANGUAGES: [(&str, OnceLock<Option<Names>>); 15] = {
    const fn of(language: &'static str) -> (&'static str, OnceLock<Option<Names>>) {
        (language, OnceLock::new())
    }
    [
        of("cs"),
        of("da"),
        of("de"),
        of("es"),
        of("fi"),
        of("id"),
        of("it"),
        of("nb"),
        of("nl"),
        of("pl"),
        of("ro"),
        of("ru"),
        of("sk"),
        of("sv"),
        of("uk"),
    ]
};

/// What may stand between a weekday and the day, and around the month.
const BETWEEN: &[&str] =
    &[",", "(", ".", "den", "der", "dem", "el", "del", "de", "da", "il", "di", "d", "dne", "ziua", "dia", "día"];

/// The names of a language.
#[derive(Debug)]
pub(super) struct Names {
    /// From Monday.
    weekdays: [String; 7],
    /// From January, as they stand in a date.
    months: Vec<String>,
}

impl Names {
    /// Those of a language; none for English and French, and where they are not known.
    pub(super) fn of(language: &str) -> Option<&'static Names> {
        let primary = language.split('-').next().unwrap_or_default();
        let (tag, names) = LANGUAGES.iter().find(|(tag, _)| *tag == primary)?;
        names.get_or_init(|| Names::load(tag)).as_ref()
    }

    fn load(tag: &str) -> Option<Names> {
        let locale = Locale::new(tag).ok()?;
        // The first of January 2001 was a Monday.
        let first = Day::new(2001, 1, 1)?;
        let weekdays = [0, 1, 2, 3, 4, 5, 6].map(|n| first.plus(n).map(|day| locale.weekday(day)).unwrap_or_default());
        let dates: Option<Vec<String>> =
            (1..=12).map(|month| Some(locale.date(&Edtf::from(Day::new(2001, month, 25)?)).to_lowercase())).collect();
        let dates = dates?;
        let months: Option<Vec<String>> = dates.iter().map(|date| month(date, &dates)).collect();
        Some(Names { weekdays, months: months? })
    }

    /// What is wrong with the weekday at a token.
    pub(super) fn wrong(&self, tokens: &[Token<'_>], at: usize) -> Option<Finding> {
        let number = self.weekdays.iter().position(|name| stands_at(name, tokens, at))?;
        let end = at + self::tokens(&self.weekdays[number]).len();
        // `Santo Domingo`, `Barbara Sonntag`: after a name it is one; the first word of a text has a capital in any case.
        let is_name = tokens[at].is_capital() && at > 1 && tokens[at - 1].is_capital();
        let is_place = at > 0 && word_at(tokens, at - 1, &["santo", "são"]);
        if is_name || is_place || at == 1 && tokens[0].is_capital() && tokens[0].text.chars().count() > 3 {
            return None;
        }
        misnamed(tokens, at, &Named { number, all: &self.weekdays, end }, self.day(tokens, end)?)
    }

    /// The day that is written from a token on: `, 16. September 2024`, `16 de septiembre de 2024`.
    fn day(&self, tokens: &[Token<'_>], at: usize) -> Option<Day> {
        let at = past(tokens, at);
        let day = u8::try_from(tokens.get(at)?.digits(2)?).ok()?;
        let at = past(tokens, at + 1);
        let name = tokens.get(at)?.lower();
        let month = self.months.iter().position(|month| *month == name)?;
        let year = tokens.get(past(tokens, at + 1))?.digits(4).filter(|year| (1800..=2199).contains(year))?;
        Day::new(year.into(), u8::try_from(month).ok()? + 1, day)
    }
}

/// The word of a date that no other month has in its place.
fn month(date: &str, all: &[String]) -> Option<String> {
    let others = |word: &str| {
        all.iter().filter(|other| *other != date).any(|other| tokens(other).iter().any(|token| token.text == word))
    };
    tokens(date).iter().find(|token| token.number.is_none() && !others(token.text)).map(|token| token.text.to_owned())
}

fn stands_at(name: &str, text: &[Token<'_>], at: usize) -> bool {
    let words = tokens(name);
    words.iter().enumerate().all(|(n, word)| text.get(at + n).is_some_and(|token| token.lower() == word.lower()))
}

/// The token after what may stand between the parts of a date, two at most.
fn past(tokens: &[Token<'_>], at: usize) -> usize {
    at + (0..2).take_while(|n| word_at(tokens, at + n, BETWEEN)).count()
}
