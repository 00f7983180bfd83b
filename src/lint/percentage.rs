//! "from 584 to 1,277, +54 %", which is +118.7 %.
//!
//! A sentence is judged only when it is plain what belongs to what: one change and one percentage, or as many of both, taking
//! turns. A percentage counts when a sign or a word says that it is a change, and a pair of numbers when words join them.

mod change;

use std::ops::Range;

use change::{Change, Value, change, value};

use super::text::Finding;
use super::token::{Token, tokens, word_at};
use crate::link::sentence::around;

/// A longer block is no prose, and finding its sentences again and again would take long.
const LONGEST: usize = 16 << 10;

/// A text without any of these has no percentage: `percent`, `per cent`, `pour cent`.
pub(super) const SIGNS: [&str; 2] = ["%", "cent"];

/// Looks for changes in one block of text in normal form.
pub(super) fn find(block: &str) -> Vec<Finding> {
    if block.len() > LONGEST {
        return Vec::new();
    }
    let mut marks: Vec<usize> = ["%", " cent", "percent"]
        .iter()
        .flat_map(|mark| memchr::memmem::find_iter(block.as_bytes(), mark.as_bytes()))
        .collect();
    marks.sort_unstable();
    let mut found = Vec::new();
    let mut from = 0;
    for at in marks {
        if at < from {
            continue;
        }
        let sentence = around(block, &(at..at + 1)).range;
        from = sentence.end.max(at + 1);
        found.extend(in_sentence(&block[sentence.clone()]).into_iter().map(|finding| Finding {
            range: finding.range.start + sentence.start..finding.range.end + sentence.start,
            ..finding
        }));
    }
    found
}

/// A change in per cent.
#[derive(Clone, Debug)]
struct Percent {
    tokens: Range<usize>,
    value: Value,
    falls: bool,
}

enum Item {
    Change(Change),
    Percent(Percent),
    /// Something that makes the sentence hard to judge.
    Doubt,
}

fn in_sentence(sentence: &str) -> Vec<Finding> {
    let tokens = tokens(sentence);
    let items = items(&tokens);
    if items.len() % 2 == 1 {
        return Vec::new();
    }
    let mut found = Vec::new();
    for pair in items.chunks(2) {
        match pair {
            [Item::Change(change), Item::Percent(percent)] | [Item::Percent(percent), Item::Change(change)] => {
                found.extend(wrong(&tokens, change, percent));
            }
            _ => return Vec::new(),
        }
    }
    let first_is_change = |pair: &[Item]| matches!(pair, [Item::Change(_), ..]);
    let same_turns = items.chunks(2).all(|pair| first_is_change(pair) == first_is_change(&items));
    if same_turns { found } else { Vec::new() }
}

fn items(tokens: &[Token<'_>]) -> Vec<Item> {
    let mut items = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let (item, end) = if let Some(change) = change(tokens, at) {
            let end = change.tokens.end;
            (Some(Item::Change(change)), end)
        } else if let Some(end) = percent_end(tokens, at) {
            (percent(tokens, at, end), end)
        } else {
            (None, at + 1)
        };
        items.extend(item);
        at = end;
    }
    items
}

/// Where a percentage ends whose number is at `at`.
fn percent_end(tokens: &[Token<'_>], at: usize) -> Option<usize> {
    tokens.get(at)?.number.as_ref()?;
    if word_at(tokens, at + 1, &["%", "percent", "pct"]) {
        return Some(at + 2);
    }
    (word_at(tokens, at + 1, &["per", "pour"]) && word_at(tokens, at + 2, &["cent"])).then_some(at + 3)
}

const RISE: &[&str] = &[
    "hausse",
    "augmentation",
    "augmenté",
    "augmente",
    "augmentent",
    "progression",
    "progressé",
    "croissance",
    "bond",
    "bondi",
    "accru",
    "grimpé",
    "rise",
    "rises",
    "rose",
    "risen",
    "increase",
    "increased",
    "increases",
    "growth",
    "grew",
    "grown",
    "up",
    "jump",
    "jumped",
    "surge",
    "surged",
    "more",
    "higher",
    "plus",
    "supplémentaires",
];
const FALL: &[&str] = &[
    "baisse",
    "baissé",
    "diminution",
    "diminué",
    "diminue",
    "recul",
    "reculé",
    "chute",
    "chuté",
    "réduction",
    "réduit",
    "fall",
    "falls",
    "fell",
    "fallen",
    "decrease",
    "decreased",
    "decline",
    "declined",
    "drop",
    "dropped",
    "down",
    "less",
    "fewer",
    "lower",
    "moins",
];

/// The percentage, if something says that it is a change; a doubt, if it is a range.
fn percent(tokens: &[Token<'_>], at: usize, end: usize) -> Option<Item> {
    let before = |back: usize| at.checked_sub(back).map(|index| &tokens[index]);
    let is_number = |token: Option<&Token<'_>>| token.is_some_and(|token| token.number.is_some() || token.text == "%");
    let joined =
        before(1).is_some_and(|token| token.is_one_of(&["à", "to", "and", "et", "ou", "or", "-", "cent", "percent"]));
    if joined && is_number(before(2)) {
        return Some(Item::Doubt);
    }
    let sign = before(1).map(|token| token.text).filter(|text| matches!(*text, "+" | "-"));
    let falls = match sign {
        Some(sign) => sign == "-",
        None => direction(tokens, at, end)?,
    };
    let value = value(tokens, at)?;
    Some(Item::Percent(Percent { tokens: at..end, value, falls }))
}

/// Whether words around a percentage say that it is a fall; `None` when they do not say that it is a change.
fn direction(tokens: &[Token<'_>], at: usize, end: usize) -> Option<bool> {
    let after = &tokens[end..tokens.len().min(end + 3)];
    let more =
        after.iter().position(|token| token.is_one_of(&["plus", "moins", "more", "less", "fewer", "higher", "lower"]));
    // "a rise of 54 % of the total", "54 % des cas" are shares.
    let share = word_at(tokens, end, &["of", "du", "des", "d", "de"]) && more != Some(1);
    if share {
        return None;
    }
    let near = tokens[at.saturating_sub(5)..at].iter().chain(after.iter().take(2));
    let words: Vec<&Token<'_>> = near.collect();
    let rise = words.iter().any(|token| token.is_one_of(RISE));
    let fall = words.iter().any(|token| token.is_one_of(FALL));
    (rise != fall).then_some(fall)
}

fn wrong(tokens: &[Token<'_>], change: &Change, percent: &Percent) -> Option<Finding> {
    let mut nearest: Option<(f64, f64)> = None;
    for from in &change.from.values {
        for to in &change.to.values {
            let rate = |to: f64, from: f64| (to - from) / from * 100.0;
            let least = rate(to - change.to.slack, from + change.from.slack);
            let most = rate(to + change.to.slack, from - change.from.slack);
            for given in &percent.value.values {
                let given = if percent.falls { -given } else { *given };
                // Half of the last digit, a whole point, or a hundredth of the change: whichever is more.
                let tolerance = percent.value.slack.max(1.0).max(rate(*to, *from).abs() / 100.0);
                if (least - tolerance..=most + tolerance).contains(&given) {
                    return None;
                }
                nearest.get_or_insert((rate(*to, *from), given));
            }
        }
    }
    let (right, given) = nearest?;
    let (from, to) = (&change.from.text, &change.to.text);
    let mut help = vec![format!("write {right:+.1} %, or correct one of the two values")];
    if let (Some(a), Some(b)) = (change.from.values.first(), change.to.values.first())
        && ((b - a) / b * 100.0 - given).abs() <= 1.0
    {
        help.push("the change was divided by the new value; it is divided by the old one".to_owned());
    }
    let range = tokens[percent.tokens.start].start..tokens[percent.tokens.end - 1].end();
    Some(Finding { range, message: format!("from {from} to {to} is {right:+.1} %, not {given:+} %"), help })
}

#[cfg(test)]
mod tests {
    use super::find;

    fn messages(text: &str) -> String {
        find(text).iter().map(|found| found.message.as_str()).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn published_errors_are_found() {
        for (text, message) in [
            ("Les tués sont passés de 584 à 1 277, soit +54 %.", "from 584 to 1 277 is +118.7 %, not +54 %"),
            ("From 744 to 372 (-58 %)", "from 744 to 372 is -50.0 %, not -58 %"),
            (
                "Les tués passent de 584 à 1 277 (+54 %), les enlevés de 744 à 372 (-58 %) et les blessés de 531 à 401 (-24,5 %).",
                "from 584 to 1 277 is +118.7 %, not +54 %; from 744 to 372 is -50.0 %, not -58 %",
            ),
            ("584 to 1,277, a rise of 54 per cent", "from 584 to 1,277 is +118.7 %, not +54 %"),
            ("584 → 1,277: +54 %", "from 584 to 1,277 is +118.7 %, not +54 %"),
            (
                "1 277 civils tués en 2022 contre 584 en 2021, soit une hausse de 54 %",
                "from 584 to 1 277 is +118.7 %, not +54 %",
            ),
            (
                "1,277 civilians killed, up from 584 in 2021, an increase of 54 percent",
                "from 584 to 1,277 is +118.7 %, not +54 %",
            ),
            (
                "une hausse de 54 pour cent, de 584 civils tués en 2021 à 1 277",
                "from 584 to 1 277 is +118.7 %, not +54 %",
            ),
            ("from 100 to 50, a rise of 50 %", "from 100 to 50 is -50.0 %, not +50 %"),
            ("from 1.2 million to 2.4 million, up 50%", "from 1.2 to 2.4 is +100.0 %, not +50 %"),
        ] {
            assert_eq!(messages(text), message, "{text}");
        }
    }

    #[test]
    fn what_is_right_or_not_sure_is_left_alone() {
        for text in [
            "de 584 à 1 277, soit +119 %",
            "de 531 à 401, soit une baisse de 24,5 %",
            "from 3 to 5 million, up 60%",
            "70 à 80 % des membres viennent de Wagner",
            "de 54 % à 60 %, une hausse de 6 points",
            "de 2021 à 2022, une hausse de 54 %",
            "from 5 to 10 years old, a rise of 54 %",
            "from 10 March to 15 April, a rise of 54 %",
            "10 to 15 people were killed, up 20 % on last year",
            "de 10 à 15 personnes, dont 54 % de femmes",
            "allant de 10 à 15, en hausse de 20 %",
            "from about 10 to 15, a rise of 20 %",
            "from 10 to 15 and from 20 to 80, a rise of 54 %",
            "passé de 584 à 1 277. La hausse est de 54 % ailleurs.",
            "de 100 à 200 : 54 % du total",
            "from 1,000 to 1,200, up 20 %",
            "entre 10 et 15, soit +20 %",
        ] {
            assert_eq!(messages(text), "", "{text}");
        }
    }
}
