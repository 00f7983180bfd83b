//! Two numbers and what joins them: `from 584 to 1,277`, `de 584 à 1 277`, `1 277 contre 584`, `584 → 1,277`.

use std::ops::Range;

use super::super::calendar::is_month;
use super::super::token::{Token, word_at};
use super::{FALL, RISE};

/// Two values, from the one to the other.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub(super) tokens: Range<usize>,
    pub(super) from: Value,
    pub(super) to: Value,
}

/// A number with what it may mean, and how far it may have been rounded.
#[derive(Clone, Debug)]
pub(super) struct Value {
    pub(super) text: String,
    pub(super) values: Vec<f64>,
    pub(super) slack: f64,
}

impl Value {
    /// Takes over the scale of the number it stands beside, unless it is large enough to have none.
    fn scale(&mut self, factor: f64) {
        if self.values.iter().all(|value| *value < 1000.0) {
            self.values.iter_mut().for_each(|value| *value *= factor);
            self.slack = self.slack.max(0.5) * factor;
        }
    }
}

const HEDGES: &[&str] = &[
    "environ",
    "about",
    "nearly",
    "almost",
    "over",
    "around",
    "some",
    "quelque",
    "quelques",
    "près",
    "plus",
    "more",
    "moins",
    "less",
    "fewer",
    "presque",
    "roughly",
    "approximately",
    "au",
    "at",
];
const RANGES: &[&str] = &[
    "range", "ranges", "ranging", "ranged", "vary", "varies", "varying", "allant", "va", "vont", "varie", "varient",
    "aged", "âgés", "âgées",
];
/// What follows a number that is no amount: hours, ages, spans, factors.
const UNITS: &[&str] = &[
    "h", "heure", "heures", "am", "pm", "hours", "ans", "an", "years", "year", "mois", "months", "jours", "days",
    "semaines", "weeks", "minutes", "fois", "times", "points", "%",
];

/// A change that starts at a token: `from A to B`, `de A à B`, `B contre A`, `A → B`, `A to B, a rise`.
pub(super) fn change(tokens: &[Token<'_>], at: usize) -> Option<Change> {
    let opened = word_at(tokens, at, &["from", "de"]);
    let range_before = at > 0 && word_at(tokens, at - 1, RANGES);
    // After `from` or `de` it has been looked at, from there.
    let seen = at > 0 && word_at(tokens, at - 1, &["from", "de"]);
    let first = if opened { at + 1 } else { at };
    let (mut one, after_one) = amount(tokens, first)?;
    let (join, second) = joint(tokens, after_one)?;
    let (two, end) = amount(tokens, second)?;
    // "from 3 to 5 million": both are millions.
    if let Some(factor) = scale(tokens, second + 1).filter(|_| scale(tokens, first + 1).is_none()) {
        one.scale(factor);
    }
    let inside = at > 0 && (tokens[at - 1].number.is_some() || word_at(tokens, at - 1, HEDGES));
    if range_before || inside || is_unit(tokens, end) || is_unit(tokens, after_one) || (is_year(&one) && is_year(&two))
    {
        return None;
    }
    let (from, to) = match join {
        Join::To if opened || (!seen && announces_change(tokens, end)) => (one, two),
        Join::Arrow => (one, two),
        Join::Against if !opened => (two, one),
        _ => return None,
    };
    let zero = from.values.contains(&0.0);
    (!zero).then_some(Change { tokens: at..end, from, to })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Join {
    To,
    Against,
    Arrow,
}

/// What joins the two numbers, after at most six words for what is counted and when; and where the second number is.
fn joint(tokens: &[Token<'_>], mut at: usize) -> Option<(Join, usize)> {
    for _ in 0..7 {
        let token = tokens.get(at)?;
        if token.is_one_of(&["to", "à"]) {
            return Some((Join::To, at + 1));
        }
        if token.is_one_of(&["contre", "against"]) {
            return Some((Join::Against, at + 1));
        }
        if word_at(tokens, at, &["up", "down"]) && word_at(tokens, at + 1, &["from"]) {
            return Some((Join::Against, at + 2));
        }
        if token.text == "→" {
            return Some((Join::Arrow, at + 1));
        }
        if token.text == "-" && word_at(tokens, at + 1, &[">"]) {
            return Some((Join::Arrow, at + 2));
        }
        let when = token.is_one_of(&["en", "in"]) && tokens.get(at + 1).is_some_and(|next| next.digits(4).is_some());
        let word = token.text.chars().all(char::is_alphabetic) || matches!(token.text, "'" | "-");
        match (when, word) {
            (true, _) => at += 2,
            // A comma stands before "up from" and "contre", nowhere else.
            (false, true) => at += 1,
            (false, false) if token.text == "," && word_at(tokens, at + 1, &["up", "down", "contre", "against"]) => {
                at += 1
            }
            (false, false) => return None,
        }
    }
    None
}

/// A number without a hedge, and the token after it and its scale.
fn amount(tokens: &[Token<'_>], at: usize) -> Option<(Value, usize)> {
    let value = value(tokens, at)?;
    let scaled = scale(tokens, at + 1).is_some();
    Some((value, at + 1 + usize::from(scaled)))
}

pub(super) fn value(tokens: &[Token<'_>], at: usize) -> Option<Value> {
    let token = tokens.get(at)?;
    let number = token.number.as_ref()?;
    let scale = scale(tokens, at + 1);
    let factor = scale.unwrap_or(1.0);
    let rounded = scale.is_some() || number.decimals > 0;
    let places = i32::try_from(number.decimals.min(9)).unwrap_or(9);
    let slack = if rounded { 0.5 * factor / 10f64.powi(places) } else { 0.0 };
    let values = number.values.iter().map(|value| value * factor).collect();
    Some(Value { text: token.text.to_owned(), values, slack })
}

fn scale(tokens: &[Token<'_>], at: usize) -> Option<f64> {
    let word = tokens.get(at)?.lower();
    Some(match word.as_str() {
        "mille" | "thousand" => 1e3,
        "million" | "millions" => 1e6,
        "milliard" | "milliards" | "billion" | "billions" => 1e9,
        _ => return None,
    })
}

fn is_unit(tokens: &[Token<'_>], at: usize) -> bool {
    word_at(tokens, at, UNITS)
        || is_month(tokens, at)
        || (word_at(tokens, at, &["per", "pour"]) && word_at(tokens, at + 1, &["cent"]))
}

fn is_year(value: &Value) -> bool {
    value.text.len() == 4 && value.values.iter().all(|value| (1900.0..=2100.0).contains(value))
}

/// `, a rise of`, `, soit une hausse de`, `(+`: what must follow two numbers that only "to" joins.
fn announces_change(tokens: &[Token<'_>], at: usize) -> bool {
    let stop = word_at(tokens, at, &[",", "(", ";", "-"]);
    let next = tokens.get(at + 1..tokens.len().min(at + 5)).unwrap_or_default();
    let signed = next.first().is_some_and(|token| matches!(token.text, "+" | "-"));
    stop && (signed || next.iter().any(|token| token.is_one_of(RISE) || token.is_one_of(FALL)))
}
