//! Number words: a quote does not stand where it would cut one, any more than it stands inside of `120`.
//!
//! `two soldiers` is not in `twenty-two soldiers`, nor `dix` in `quatre-vingt-dix` or `zwanzig` in `fünfundzwanzig`. Two number
//! words side by side are one number only if they can be: in `two four-man teams` there are two.

mod outlines;

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use outlines::Outlines;

use super::tongue::{self, Tongue};
use crate::link::mention::is_word_part;

/// How a language spells numbers out.
#[derive(Debug)]
pub(super) struct Numbers {
    values: HashMap<&'static str, u64>,
    /// Words that may stand between those of one number: `and`, `et`, `und`.
    joiners: Vec<&'static str>,
    /// Whether ones come before tens: `fünfundzwanzig`.
    ones_first: bool,
    /// Those of number words and joiners: one look tells of nearly all other words that they are none.
    outlines: Outlines,
}

/// The languages in which ones come before tens.
const ONES_FIRST: [&str; 9] = ["af", "ar", "da", "de", "fo", "fy", "lb", "nl", "sl"];

impl Numbers {
    /// The numbers of a line of `words/numbers.txt` after its tag, with those that are kept by hand.
    pub(super) fn of(language: &'static str, line: &'static str) -> Self {
        let (joiners, words) = line.split_once('\t').unwrap_or_default();
        let by_hand = |class| tongue::by_hand(language, class).flat_map(str::split_whitespace);
        let pairs = words.split_whitespace().chain(by_hand("number")).filter_map(|pair| pair.split_once('='));
        let mut values = HashMap::new();
        for (word, value) in pairs {
            if let (Entry::Vacant(entry), Ok(value)) = (values.entry(word), value.parse()) {
                entry.insert(value);
            }
        }
        let joiners: Vec<&str> = joiners.split_whitespace().chain(by_hand("joiner")).collect();
        let outlines = Outlines::of(values.keys().chain(&joiners), language == "ar");
        Self { values, joiners, ones_first: ONES_FIRST.contains(&language), outlines }
    }

    /// The value of a number word, whatever its case.
    pub(super) fn value(&self, word: &str) -> Option<u64> {
        if word.chars().any(|c| c.is_uppercase() || c == 'ё') {
            return self.values.get(word.to_lowercase().replace('ё', "е").as_str()).copied();
        }
        self.values.get(word).copied()
    }

    /// Whether a number word is in a text, or in a word of it, as in `fünfundzwanzigjährige`. What looks like one may be none.
    pub(super) fn may_be_in(&self, text: &str) -> bool {
        let text = text.to_lowercase().replace('ё', "е");
        self.values.iter().any(|(word, value)| *value != 1 && text.contains(word))
    }

    /// Whether the numbers of two words that stand side by side, perhaps with a joiner between, are one.
    fn are_one(&self, first: u64, second: u64, joined: bool) -> bool {
        let hundreds_of = !joined && second >= 100 && second > first && is_power_of_ten(second) && first > 0;
        let rest_of = second > 0 && second < trailing_power(first);
        let by_twenties = (first, second) == (4, 20) || matches!(first, 60 | 80) && (10..20).contains(&second);
        let year = !joined && (11..=20).contains(&first) && (10..100).contains(&second);
        let ones_first = joined && self.ones_first && (1..10).contains(&first) && (20..100).contains(&second);
        let and_a_half = joined && first > 0 && second == 0;
        hundreds_of || rest_of || by_twenties || year || ones_first || and_a_half
    }

    /// Whether one number goes on from `before` to `after`, between which there may be a space, a hyphen or a joiner.
    fn goes_on(&self, before: &str, after: &str) -> bool {
        if !self.outlines.may_meet(before, after) {
            return false;
        }
        let (Some(right), gap_after) = self.first(after) else { return false };
        let (Some((left, start)), gap_before) = self.last(before) else { return false };
        let Some(joined) = Gap::between(gap_before, gap_after) else { return false };
        // In `one million` the number is that of `million`; not in `twenty-one million`.
        let is_one = left == 1 && is_power_of_ten(right) && !self.goes_on(&before[..start], &before[start..]);
        !is_one && self.are_one(left, right, joined)
    }

    /// The number word that `text` ends with, but for what may stand between two, and where it starts.
    fn last(&self, text: &str) -> (Option<(u64, usize)>, Gap) {
        let mut gap = Gap::default();
        let mut rest = text;
        loop {
            let spaced = rest.trim_end_matches([' ', '-']);
            gap.signs += rest.len() - spaced.len();
            let start = spaced.rfind(|c| !is_word_part(c) && c != '\'').map_or(0, |at| at + sign_length(&spaced[at..]));
            let word = &spaced[start..];
            if !gap.joined && self.joiners.contains(&word) && start > 0 {
                (gap.joined, rest) = (true, &spaced[..start]);
                continue;
            }
            let digits = gap.signs <= 1 && word.ends_with(char::is_numeric);
            let value = if digits { Some(1 + u64::from(word != "1")) } else { self.value(word) };
            return (value.map(|value| (value, start)), gap);
        }
    }

    /// The number word that `text` starts with, but for what may stand between two.
    fn first(&self, text: &str) -> (Option<u64>, Gap) {
        let mut gap = Gap::default();
        let mut rest = text;
        loop {
            let spaced = rest.trim_start_matches([' ', '-']);
            gap.signs += rest.len() - spaced.len();
            let end = spaced.find(|c| !is_word_part(c) && c != '\'').unwrap_or(spaced.len());
            let word = spaced[..end].trim_end_matches('\'');
            if !gap.joined && self.joiners.contains(&word) {
                (gap.joined, rest) = (true, &spaced[word.len()..]);
                continue;
            }
            if let Some(attached) = word.strip_prefix('و').and_then(|word| self.value(word)) {
                gap.joined = true;
                return (Some(attached), gap);
            }
            return (self.value(word), gap);
        }
    }

    /// Whether byte `at` of a word is inside of the number that it starts with: `fünfund|zwanzigjährige`.
    fn cuts_word(&self, word: &str, at: usize) -> bool {
        let word = word.to_lowercase();
        // Where a number word ends, and where a joiner after one does.
        let (mut numbers, mut joiners) = (vec![false; word.len() + 1], vec![false; word.len() + 1]);
        for from in 0..word.len() {
            if from > 0 && !numbers[from] && !joiners[from] {
                continue;
            }
            for end in word[from..].char_indices().map(|(offset, c)| from + offset + c.len_utf8()) {
                let part = &word[from..end];
                numbers[end] |= self.values.get(part).is_some_and(|value| *value > 1 || from > 0);
                joiners[end] |= numbers[from] && self.joiners.contains(&part);
            }
        }
        word.is_char_boundary(at) && numbers[at + 1..].contains(&true)
    }
}

/// What stands between two words: how many spaces and hyphens, and whether a joiner.
#[derive(Clone, Copy, Default)]
struct Gap {
    signs: usize,
    joined: bool,
}

impl Gap {
    /// Whether both halves of a gap may be inside of one number, and then whether it has a joiner.
    fn between(before: Self, after: Self) -> Option<bool> {
        let joined = before.joined || after.joined;
        let longest = if joined { 3 } else { 1 };
        let fits = (1..=longest).contains(&(before.signs + after.signs));
        (fits && !(before.joined && after.joined)).then_some(joined)
    }
}

fn sign_length(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

fn is_power_of_ten(number: u64) -> bool {
    number > 0 && 10_u64.pow(number.ilog10()) == number
}

/// The greatest power of ten that divides a number of 20 and more: what is added to it is less.
fn trailing_power(number: u64) -> u64 {
    let mut power = 1;
    while number >= 20 && number.is_multiple_of(power * 10) {
        power *= 10;
    }
    power
}

/// Whether byte `at` is inside of a number that is spelled out, in part at least.
pub(super) fn cuts(text: &str, at: usize, tongue: Tongue) -> bool {
    let (before, after) = text.split_at(at);
    let (Some(last), Some(first)) = (before.chars().next_back(), after.chars().next()) else { return false };
    if !first.is_ascii() && is_han(first) && (is_han(last) || last.is_numeric() && is_han_power(first)) {
        return true;
    }
    let apart = |c| matches!(c, ' ' | '-');
    let inside = !apart(last) && !apart(first);
    if inside && !(is_word_part(last) && is_word_part(first)) {
        return false;
    }
    match tongue.numbers() {
        Some(numbers) if inside => {
            let start = before.rfind(|c| !is_word_part(c)).map_or(0, |at| at + sign_length(&before[at..]));
            let end = after.find(|c| !is_word_part(c)).unwrap_or(after.len());
            numbers.cuts_word(&text[start..at + end], at - start)
        }
        Some(numbers) => numbers.goes_on(before, after),
        // Of a language that nothing is known of, a hyphen between two number words of any one language says enough.
        None if !inside && (last == '-' || first == '-') => {
            tongue::all_numbers().any(|numbers| numbers.goes_on(before, after))
        }
        None => false,
    }
}

/// Whether `word` is a number word of a language, or one with the others of its own number in it.
pub(super) fn is_number(word: &str, tongue: Tongue) -> bool {
    tongue.numbers().is_some_and(|numbers| {
        let inner = || word.char_indices().skip(1).map(|(at, _)| at);
        numbers.value(word).is_some() || inner().count() > 0 && inner().all(|at| numbers.cuts_word(word, at))
    })
}

/// A numeral of Chinese and Japanese, which are written side by side.
fn is_han(c: char) -> bool {
    matches!(
        c,
        '〇' | '零'
            | '一'
            | '二'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
            | '两'
            | '兩'
            | '廿'
            | '卅'
    ) || is_han_power(c)
}

fn is_han_power(c: char) -> bool {
    matches!(c, '百' | '千' | '万' | '萬' | '亿' | '億' | '兆')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `|` is the boundary.
    #[track_caller]
    fn check(language: &str, cut: bool, texts: &str) {
        for marked in texts.split(';').map(str::trim) {
            let at = marked.find('|').expect("a boundary");
            assert_eq!(cuts(&marked.replacen('|', "", 1), at, Tongue::of(language)), cut, "{language}: {marked}");
        }
    }

    #[test]
    fn a_number_in_words_is_not_cut() {
        check(
            "en",
            true,
            "twenty-|two dead; twenty|-two dead; Twenty |two; two |hundred; two| hundred; two hundred and |five",
        );
        check(
            "en",
            true,
            "two hundred |and five; twenty-one |thousand; 20 |million; 3.5 |billion; six|ty; nineteen |eighty-four",
        );
        check("en", true, "twenty-|second");
        check(
            "fr",
            true,
            "quatre-vingt-|dix; quatre-|vingts; soixante et |onze; deux |cents; vingt |et un; mille |neuf cents",
        );
        check("fr", true, "soixante-|dix; deux et |demi; 20 |millions; deux cent |mille");
        check(
            "de",
            true,
            "fünfund|zwanzig; fünf|undzwanzig; fünfund|zwanzigjährige; drei|zehn; zwei|tausend; zwei |Millionen",
        );
        check("es", true, "treinta y |cinco; dos |mil; veinti|cinco; doscientos |veinte; 20 |millones");
        check("ru", true, "двадцать |пять; двух |тысяч; пять|десят; сорок |четырёх");
        check("ar", true, "خمسة |وعشرون; ثلاثة |آلاف; خمسة |وعشرين");
        check("it", true, "venti|due; due|mila; tre|cento; sei|cento");
        check("nl", true, "vijfen|twintig; twee|honderd");
        check("sv", true, "tjugo|två; tre|tton");
        check("da", true, "femog|tyve; fem og |tyve");
        check("pt", true, "vinte e |cinco; duzentos e |dez; dois |milhões");
        check("pl", true, "dwadzieścia |pięć");
        check("uk", true, "двадцять |п'ять; двадцять |три");
        check("tr", true, "yirmi |beş; iki |yüz");
        check("fi", true, "kaksikymmentä|kaksi");
        check("hu", true, "huszon|öt");
        check("zh", true, "二十|二; 三|万; 3|万; 十|一月");
        check("xx", true, "twenty-|two; quatre-vingt-|dix; zwanzig-|zwei");
    }

    #[test]
    fn what_is_no_number_is_cut_anywhere() {
        check(
            "en",
            false,
            "two, |three; in two |four-man teams; one| soldier; two |soldiers; twenty |soldiers and two; ten |and five",
        );
        check("en", false, "one |million; the |two; of two |and three; the hundred| dead; 20 |dead; twenty |towns");
        check("fr", false, "dix |soldats; un |million; deux, |cents; les |deux; six |ou sept; entre cinq et |vingt");
        check("de", false, "ein|ige; zwei |und drei; dreist|e; Achtung| zwei; eine |Million");
        check("es", false, "dos |y tres; once |soldados");
        check("it", false, "nove|mbre; sei |e otto");
        check("zh", false, "二|人; 第|一; 3|人");
        check("xx", false, "twenty |two; on-|to; one-|off; fünfund|zwanzig");
        check("en", false, "|two; two|");
    }
}
