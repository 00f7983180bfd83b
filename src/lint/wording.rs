//! Numbers as words, French and English: `vingt-deux`, `deux cents`, `one hundred and six`, `a dozen`, `une centaine`, `half a
//! million`, `deux milliards`, `un million et demi`.

use super::token::{Token, word_at};

const ONES: &[(&str, u64)] = &[
    ("zéro", 0),
    ("zero", 0),
    ("aucun", 0),
    ("aucune", 0),
    ("none", 0),
    ("nobody", 0),
    ("nil", 0),
    ("nul", 0),
    ("nulle", 0),
    ("personne", 0),
    ("no", 0),
    ("un", 1),
    ("une", 1),
    ("one", 1),
    ("a", 1),
    ("an", 1),
    ("deux", 2),
    ("two", 2),
    ("both", 2),
    ("trois", 3),
    ("three", 3),
    ("quatre", 4),
    ("four", 4),
    ("cinq", 5),
    ("five", 5),
    ("six", 6),
    ("sept", 7),
    ("seven", 7),
    ("huit", 8),
    ("eight", 8),
    ("neuf", 9),
    ("nine", 9),
    ("dix", 10),
    ("ten", 10),
    ("onze", 11),
    ("eleven", 11),
    ("douze", 12),
    ("twelve", 12),
    ("treize", 13),
    ("thirteen", 13),
    ("quatorze", 14),
    ("fourteen", 14),
    ("quinze", 15),
    ("fifteen", 15),
    ("seize", 16),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("vingt", 20),
    ("vingts", 20),
    ("twenty", 20),
    ("trente", 30),
    ("thirty", 30),
    ("quarante", 40),
    ("forty", 40),
    ("cinquante", 50),
    ("fifty", 50),
    ("soixante", 60),
    ("sixty", 60),
    ("septante", 70),
    ("seventy", 70),
    ("huitante", 80),
    ("octante", 80),
    ("eighty", 80),
    ("nonante", 90),
    ("ninety", 90),
];

/// What multiplies the words before it.
const TIMES: &[(&str, u64)] = &[
    ("cent", 100),
    ("cents", 100),
    ("hundred", 100),
    ("mille", 1000),
    ("thousand", 1000),
    ("million", 1_000_000),
    ("millions", 1_000_000),
    ("milliard", 1_000_000_000),
    ("milliards", 1_000_000_000),
    ("billion", 1_000_000_000),
    ("billions", 1_000_000_000),
    ("trillion", 1_000_000_000_000),
    ("trillions", 1_000_000_000_000),
    ("lakh", 100_000),
    ("lakhs", 100_000),
    ("crore", 10_000_000),
    ("crores", 10_000_000),
];

/// Words for a rounded number; in the plural, for two or three times it as well.
const ROUND: &[(&str, u64)] = &[
    ("couple", 2),
    ("pair", 2),
    ("paire", 2),
    ("dizaine", 10),
    ("douzaine", 12),
    ("dozen", 12),
    ("quinzaine", 15),
    ("score", 20),
    ("vingtaine", 20),
    ("trentaine", 30),
    ("quarantaine", 40),
    ("cinquantaine", 50),
    ("soixantaine", 60),
    ("centaine", 100),
    ("millier", 1000),
];

/// Every number that the words of a text may mean.
pub(super) fn values(tokens: &[Token<'_>]) -> Vec<f64> {
    // Numbers are written with hyphens and without: `one-and-a-half million`.
    let tokens: Vec<Token<'_>> = tokens.iter().filter(|token| token.text != "-").cloned().collect();
    let tokens = tokens.as_slice();
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        found.extend(rounded(tokens, at));
        found.extend(half(tokens, at));
        found.extend(roman(tokens[at].text));
        match compound(tokens, at) {
            Some((value, end)) => {
                found.push(as_f64(value));
                // `two dozen`, `trois douzaines`
                let units = tokens.get(end).map(|unit| round(&unit.lower())).unwrap_or_default();
                found.extend(units.first().map(|unit| as_f64(value.saturating_mul(*unit))));
                // `un million et demi`, `two and a half million`
                found.extend(and_a_half(tokens, at, end, value));
                found.extend(range(tokens, end, value));
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

#[expect(clippy::cast_precision_loss, reason = "a number in words is far below 2^53")]
fn as_f64(number: u64) -> f64 {
    number as f64
}

/// What a word for a rounded number may mean, and together with another such word after it: `dizaines de milliers`.
fn rounded(tokens: &[Token<'_>], at: usize) -> Vec<f64> {
    let own = round(&tokens[at].lower());
    let of = if word_at(tokens, at + 1, &["de", "of"]) { tokens.get(at + 2) } else { None };
    let scale = of.and_then(|unit| {
        let word = unit.lower();
        round(&word).first().copied().or_else(|| look_up(TIMES, &word))
    });
    let scaled = own.iter().filter_map(|value| value.checked_mul(scale?));
    own.iter().copied().chain(scaled).map(as_f64).collect()
}

/// `half a million`, `half a dozen`, `demi-douzaine`, `un demi-million`
fn half(tokens: &[Token<'_>], at: usize) -> Option<f64> {
    let (part, of): (f64, &[&str]) = match tokens[at].lower().as_str() {
        "half" | "demi" => (2.0, &["a", "an"]),
        "quarter" | "quart" => (4.0, &["of", "de", "d"]),
        _ => return None,
    };
    let mut unit = at + 1 + usize::from(word_at(tokens, at + 1, of));
    unit += usize::from(word_at(tokens, unit, &["a", "'", "un"]));
    unit += usize::from(word_at(tokens, unit, &["un"]));
    let word = tokens.get(unit)?.lower();
    let whole = look_up(TIMES, &word).or_else(|| round(&word).first().copied())?;
    Some(as_f64(whole) / part)
}

/// The number at `start..end` and a half of its last unit: `un million et demi`, `two and a half million`.
fn and_a_half(tokens: &[Token<'_>], start: usize, end: usize, value: u64) -> Option<f64> {
    let unit = look_up(TIMES, &tokens[end - 1].lower()).unwrap_or(1);
    if word_at(tokens, end, &["et"]) && word_at(tokens, end + 1, &["demi", "demie"]) {
        return Some(as_f64(value) + as_f64(unit) / 2.0);
    }
    let is_half =
        word_at(tokens, end, &["and"]) && word_at(tokens, end + 1, &["a"]) && word_at(tokens, end + 2, &["half"]);
    let after = tokens.get(end + 3).and_then(|unit| look_up(TIMES, &unit.lower())).unwrap_or(1);
    (is_half && start < end).then(|| (as_f64(value) + 0.5) * as_f64(after))
}

/// The first number of a range whose unit stands after the second: `two to three million`, `deux ou trois mille`.
fn range(tokens: &[Token<'_>], end: usize, value: u64) -> Option<f64> {
    let second = end + usize::from(word_at(tokens, end, &["to", "or", "and", "à", "ou", "et"]));
    let (_, last) = compound(tokens, second)?;
    let factor = look_up(TIMES, &tokens.get(last.checked_sub(1)?)?.lower())?;
    (value < 1000).then(|| as_f64(value) * as_f64(factor))
}

/// `XIV`; a letter alone is most often something else.
fn roman(text: &str) -> Option<f64> {
    const LETTERS: [(char, u32); 7] = [('I', 1), ('V', 5), ('X', 10), ('L', 50), ('C', 100), ('D', 500), ('M', 1000)];
    let values: Option<Vec<u32>> =
        text.chars().map(|c| LETTERS.iter().find(|(letter, _)| *letter == c).map(|(_, value)| *value)).collect();
    let values = values.filter(|values| values.len() > 1)?;
    let mut total = 0;
    for (at, value) in values.iter().enumerate() {
        let is_less = values.get(at + 1).is_some_and(|next| next > value);
        total = if is_less { total } else { total + value };
        if at > 0 && values[at - 1] < *value {
            total -= values[at - 1];
        }
    }
    Some(f64::from(total))
}

/// The number that starts at a token, as long as it goes, and where it ends.
fn compound(tokens: &[Token<'_>], start: usize) -> Option<(u64, usize)> {
    let (mut total, mut group) = (0_u64, None::<u64>);
    let mut end = start;
    let mut at = start;
    while let Some(token) = tokens.get(at) {
        let word = token.lower();
        let joins = end > start && matches!(word.as_str(), "-" | "et" | "and");
        if let Some(value) = look_up(ONES, &word) {
            // `quatre-vingt` is four times twenty, `soixante-dix` sixty and ten, `a hundred` one hundred.
            group = Some(match group {
                Some(before) if before % 100 == 4 && value == 20 => before + 76,
                Some(before) if fits_below(before, value) => before + value,
                Some(_) => break,
                None => value,
            });
        } else if let Some(factor) = look_up(TIMES, &word) {
            let times = group.unwrap_or(1).max(1);
            if factor == 100 {
                group = Some(times.checked_mul(100)?);
            } else {
                total = total.checked_add(times.checked_mul(factor)?)?;
                group = None;
            }
        } else if joins {
            at += 1;
            continue;
        } else {
            break;
        }
        at += 1;
        end = at;
    }
    (end > start).then_some((total.checked_add(group.unwrap_or(0))?, end))
}

/// Whether `value` can follow `before` in one number: `vingt` `deux`, `cent` `vingt`, and not `deux` `trois`.
fn fits_below(before: u64, value: u64) -> bool {
    if before >= 100 && before.is_multiple_of(100) {
        return value < 100;
    }
    let tens = before % 100;
    match tens {
        60 | 80 => value > 0 && value < 20,
        20 | 30 | 40 | 50 | 70 | 90 => value > 0 && value < 10,
        10 => (7..=9).contains(&value),
        // `soixante-dix-sept`, `quatre-vingt-dix-sept`
        _ => false,
    }
}

fn look_up(words: &[(&str, u64)], word: &str) -> Option<u64> {
    words.iter().find(|(known, _)| *known == word).map(|(_, value)| *value)
}

fn round(word: &str) -> Vec<u64> {
    if let Some(value) = look_up(ROUND, word) {
        return vec![value];
    }
    let singular = word.strip_suffix('s').unwrap_or(word);
    match look_up(ROUND, singular).or_else(|| look_up(TIMES, singular).filter(|_| singular != word)) {
        Some(12) => vec![12, 20, 24, 30, 36],
        Some(value) => vec![value, 2 * value, 3 * value],
        None => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::values;

    #[test]
    fn numbers_in_words() {
        for (text, expected) in [
            ("vingt mercenaires", 20.0),
            ("vingt-deux morts", 22.0),
            ("vingt et un", 21.0),
            ("soixante-dix-sept", 77.0),
            ("quatre-vingt-dix-sept", 97.0),
            ("quatre-vingts véhicules", 80.0),
            ("deux cents", 200.0),
            ("deux cent quatre-vingt-quatre", 284.0),
            ("une centaine", 100.0),
            ("dozens of fighters", 24.0),
            ("a dozen", 12.0),
            ("one hundred and six", 106.0),
            ("twenty-two", 22.0),
            ("three thousand two hundred", 3200.0),
            ("trois mille", 3000.0),
            ("des milliers", 2000.0),
            ("hundreds", 200.0),
            ("no casualties", 0.0),
            ("half a dozen soldiers", 6.0),
            ("une demi-douzaine", 6.0),
            ("two dozen", 24.0),
            ("half a million", 500_000.0),
            ("two and a half million", 2_500_000.0),
            ("un million et demi", 1_500_000.0),
            ("two billion dollars", 2e9),
            ("deux milliards", 2e9),
            ("des dizaines de milliers", 20_000.0),
            ("tens of thousands, hundreds of thousands", 200_000.0),
            ("one-and-a-half million", 1_500_000.0),
            ("a quarter of a million", 250_000.0),
            ("un quart de million", 250_000.0),
            ("two to three million", 2_000_000.0),
            ("deux à trois mille", 2_000.0),
            ("deux ou trois cents", 200.0),
            ("three trillion", 3e12),
            ("two lakh", 200_000.0),
            ("nobody was hurt", 0.0),
            ("soixante-et-onze", 71.0),
            ("deux-cent-vingt-et-un", 221.0),
            ("XIV dead", 14.0),
            ("MCMXC", 1990.0),
        ] {
            let found = values(&tokens(text));
            assert!(found.contains(&expected), "{text}: {found:?}");
        }
    }
}
