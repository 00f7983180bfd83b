//! Estimates in words: `au moins 20 combattants tués`, `de 46 à 84, plutôt 82`, `« dizaines », sans chiffre`.

use serde::Serialize;

use super::Context;
use super::view::Tongue;
use crate::locale::{Locale, Plural};
use crate::model::figure::{Amount, Assessment, Estimate, Figure, FigureKind, Unit};

/// What somebody says of a figure; templates write it with `{{<said of={…} />}}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Said {
    /// The value in the page's language, with its unit; a date; an account; that none was given.
    pub text: String,
    /// The same without its unit, for tables that name the unit once.
    pub bare: String,
    /// What was said, in quotation marks; empty where it was the value itself.
    pub words: String,
    /// The language of the words and of an account.
    pub tongue: Tongue,
    /// Whether `text` is what the party wrote (an account), and so in its language.
    pub verbatim: bool,
    /// Whether a value was given.
    pub given: bool,
}

impl Said {
    /// All of it as one text without markup, for names of pictures and the like.
    pub fn plain(&self) -> String {
        [self.words.as_str(), self.text.as_str()]
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join(", ")
    }
}

/// What an estimate of `figure` says; `language` is that of its words.
pub fn said(context: &Context<'_>, figure: &Figure, estimate: &Estimate, language: &str) -> Said {
    let locale = context.locale;
    let tongue = Tongue::new(context, language);
    match figure.kind() {
        FigureKind::Number => {
            let values = Values { low: estimate.low, best: estimate.best, high: estimate.high };
            number(context, &values, figure.keys.unit.as_ref(), estimate.words.as_deref(), tongue)
        }
        FigureKind::Date => dated(locale, estimate.date.as_ref().map(|date| context.date(date))),
        FigureKind::Account => account(locale, estimate.account.as_deref(), tongue),
    }
}

/// The editors' own assessment of `figure`.
pub fn assessed(context: &Context<'_>, figure: &Figure, assessment: &Assessment) -> Said {
    let Assessment { low, best, high, date, account, .. } = assessment;
    let (date, account) = (date.clone(), account.clone());
    let estimate = Estimate { low: *low, best: *best, high: *high, date, account, ..Estimate::default() };
    said(context, figure, &estimate, figure.meta.language.as_deref().unwrap_or(&context.dossier.settings.language))
}

fn dated(locale: &Locale, date: Option<String>) -> Said {
    let given = date.is_some();
    let text = date.unwrap_or_else(|| locale.word("figure.date_none").to_owned());
    Said { bare: text.clone(), text, given, ..Said::default() }
}

fn account(locale: &Locale, account: Option<&str>, tongue: Tongue) -> Said {
    match account {
        Some(account) => {
            let text = account.trim().to_owned();
            Said { bare: text.clone(), text, tongue, verbatim: true, given: true, ..Said::default() }
        }
        None => {
            let text = locale.word("figure.account_none").to_owned();
            Said { bare: text.clone(), text, ..Said::default() }
        }
    }
}

fn number(context: &Context<'_>, values: &Values, unit: Option<&Unit>, words: Option<&str>, tongue: Tongue) -> Said {
    let locale = context.locale;
    let quoted = |words: &str| locale.phrase("ui.quote", &[("text", words.trim())]);
    match (values.phrase(locale), words) {
        (Some((bare, last)), words) => {
            let text = with_unit(locale, &bare, last, unit, &context.dossier.settings.language);
            let words = words.filter(|words| !is_same(words, &bare)).map(quoted).unwrap_or_default();
            Said { text, bare, words, tongue, verbatim: false, given: true }
        }
        (None, Some(words)) => {
            let none = locale.word("amount.no_number").to_owned();
            Said { text: none.clone(), bare: none, words: quoted(words), tongue, ..Said::default() }
        }
        (None, None) => {
            let none = locale.word("amount.none").to_owned();
            Said { text: none.clone(), bare: none, ..Said::default() }
        }
    }
}

/// Whether words only repeat the phrase made of the number.
fn is_same(words: &str, phrase: &str) -> bool {
    let plain =
        |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect() };
    plain(words) == plain(phrase)
}

struct Values {
    low: Option<Amount>,
    best: Option<Amount>,
    high: Option<Amount>,
}

impl Values {
    /// The phrase, and the number that the unit agrees with: the last one that stands before it.
    fn phrase(&self, locale: &Locale) -> Option<(String, f64)> {
        let value = |amount: Option<Amount>| amount.map(|amount| amount.0);
        let (low, best, high) = (value(self.low), value(self.best), value(self.high));
        let (key, last) = match (low, best, high) {
            (None, None, None) => return None,
            (Some(low), best, Some(high)) if low == high && best.is_none_or(|best| best == low) => ("exact", high),
            (None, Some(best), None) => ("exact", best),
            (Some(low), None, None) => ("at_least", low),
            (None, None, Some(high)) => ("at_most", high),
            (Some(_), None, Some(high)) => ("range", high),
            (Some(_), Some(best), Some(_)) => ("best_range", best),
            (Some(_), Some(best), None) => ("best_at_least", best),
            (None, Some(best), Some(_)) => ("best_at_most", best),
        };
        let shown = |number: Option<f64>| number.map(|number| locale.number(number)).unwrap_or_default();
        let (low, best, high, n) = (shown(low), shown(best), shown(high), locale.number(last));
        let places = [("low", low.as_str()), ("best", &best), ("high", &high), ("n", &n)];
        let places = places.map(|(name, value)| (name, if value.is_empty() { n.as_str() } else { value }));
        Some((locale.phrase(&format!("amount.{key}"), &places), last))
    }
}

fn with_unit(locale: &Locale, amount: &str, last: f64, unit: Option<&Unit>, language: &str) -> String {
    match unit.and_then(|unit| unit.forms(language)) {
        Some(forms) => {
            let form = if locale.plural(last) == Plural::One { &forms.one } else { &forms.other };
            locale.phrase("amount.with_unit", &[("amount", amount), ("unit", form)])
        }
        None => amount.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `low best high`, with `-` for none.
    fn values(text: &str) -> Values {
        let mut parts = text.split(' ').map(|part| part.parse().ok().map(Amount));
        let mut next = || parts.next().flatten();
        Values { low: next(), best: next(), high: next() }
    }

    #[test]
    fn amounts_in_words_with_their_unit() {
        let unit: Unit = serde_json::from_str(
            r#"{"fr": {"one": "combattant tué", "other": "combattants tués"}, "en": {"one": "fighter", "other": "fighters"}}"#,
        )
        .expect("a unit");
        let (french, english) = (Locale::or_english("fr"), Locale::or_english("en"));
        for (amounts, fr, en) in [
            ("- - -", None, None),
            ("20 - -", Some("au moins 20\u{a0}combattants tués"), Some("at least 20 fighters")),
            ("- - 1", Some("au plus 1\u{a0}combattant tué"), Some("at most 1 fighter")),
            ("- 0 -", Some("0\u{a0}combattant tué"), Some("0 fighters")),
            ("- 1277 -", Some("1\u{202f}277\u{a0}combattants tués"), Some("1,277 fighters")),
            ("46 - 84", Some("de 46 à 84\u{a0}combattants tués"), Some("46 to 84 fighters")),
            (
                "46 82 84",
                Some("de 46 à 84, plutôt 82\u{a0}combattants tués"),
                Some("46 to 84, most likely 82 fighters"),
            ),
            (
                "46 82 -",
                Some("au moins 46, plutôt 82\u{a0}combattants tués"),
                Some("at least 46, most likely 82 fighters"),
            ),
            (
                "- 82 84",
                Some("au plus 84, plutôt 82\u{a0}combattants tués"),
                Some("at most 84, most likely 82 fighters"),
            ),
            ("7 - 7", Some("7\u{a0}combattants tués"), Some("7 fighters")),
            ("1.5 - -", Some("au moins 1,5\u{a0}combattant tué"), Some("at least 1.5 fighters")),
        ] {
            for (locale, expected) in [(&french, fr), (&english, en)] {
                let found = values(amounts)
                    .phrase(locale)
                    .map(|(amount, last)| with_unit(locale, &amount, last, Some(&unit), locale.tag()));
                assert_eq!(found.as_deref(), expected, "{amounts}");
            }
        }
    }

    #[test]
    fn words_that_repeat_the_number_are_seen() {
        for (words, phrase, same) in [
            ("au moins 46", "au moins 46", true),
            ("Au moins 1 277", "au moins 1\u{202f}277", true),
            ("over 100", "au moins 100", false),
        ] {
            assert_eq!(is_same(words, phrase), same, "{words}");
        }
    }
}
