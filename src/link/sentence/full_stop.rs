//! Full stops that end no sentence: after titles, after initials, after what is written short.
//!
//! Unicode's rules end none before a small letter. Before a capital or a digit it depends on the word before the full stop and on the one
//! after it: `Capt. Zorg`, `in the U.K. The court`. What is known of such words is in `full_stops.txt`.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Words before a German ordinal: `am 3. Mai`, `der 3. Zeuge`.
const BEFORE_ORDINALS: &[&str] =
    &["der", "die", "das", "den", "dem", "des", "am", "vom", "zum", "zur", "im", "ab", "bis", "seit", "so"];

const OPENING: &[char] = &['(', '[', '"', '\'', '“', '„', '‘', '‚', '«', '»', '‹', '›', '¿', '¡', '\u{a0}', '\u{202f}'];

/// The classes of each word, as `full_stops.txt` has them.
static CLASSES: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut classes: HashMap<&str, Vec<&str>> = HashMap::new();
    let lines = include_str!("full_stops.txt").lines().filter(|line| !line.starts_with('#'));
    for (class, words) in lines.filter_map(|line| line.split_once(' ')) {
        words.split(' ').for_each(|word| classes.entry(word).or_default().push(class));
    }
    classes
});

fn is(word: &str, class: &str) -> bool {
    CLASSES.get(word).is_some_and(|classes| classes.contains(&class))
}

/// Whether a sentence goes on after a piece that Unicode's rules have ended, with `after`.
pub(super) fn goes_on(piece: &str, after: &str) -> bool {
    let mut words = piece.split_whitespace().rev();
    let Some(last) = words.next().map(|word| word.trim_start_matches(OPENING)) else { return false };
    let Some(stem) = last.strip_suffix('.') else { return false };
    let small = last.to_lowercase();
    // `Lt.-Col.`
    let joined = last.rsplit(['-', '‐', '‑']).next().unwrap_or_default();
    let classes: Vec<&str> =
        [last, &small, joined].iter().filter_map(|word| CLASSES.get(word)).flatten().copied().collect();
    let class = |class: &str| classes.contains(&class);
    // Nearly all sentences end with a word of which nothing is known.
    if classes.is_empty() && stem.chars().nth(1).is_some() && stem.chars().all(char::is_alphabetic) {
        return false;
    }
    if class("always") {
        return true;
    }
    let before = words.next().unwrap_or_default();
    let next = Next::of(after);
    let parts = || stem.split(['.', '-', '‐', '‑']).filter(|part| !part.is_empty());
    let initials = parts().all(|part| part.chars().count() == 1 && part.starts_with(char::is_alphabetic));
    match parts().count() {
        1 if initials && is(last, "number") && next.is_number() => true,
        1 if initials && is_unit(stem, before) => next.is_number() || next.is_initial() || next.word == "Chr.",
        1 if initials => !next.starts(),
        _ if class("last") => next.is_in_capitals(),
        _ if class("number") => next.is_number() || next.is_initial(),
        _ if class("either") => !next.starts() && !next.may_start(),
        1 => is_ordinal(stem, before, &next),
        // `J.-P. Zorg`, `the U.K. Army`; an abbreviation of many letters is no name, so that a name may begin a sentence after it.
        _ if initials => !next.starts() && !next.may_start(),
        _ => false,
    }
}

/// `5 h.`, `2014 г.`: a letter that says what a number counts.
fn is_unit(letter: &str, before: &str) -> bool {
    letter.chars().all(char::is_lowercase) && before.ends_with(|c: char| c.is_numeric())
}

fn is_ordinal(number: &str, before: &str, next: &Next<'_>) -> bool {
    let short = (1..=2).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    short && (is(next.word, "month") || BEFORE_ORDINALS.contains(&before.to_lowercase().as_str()))
}

/// The word after a full stop.
struct Next<'a> {
    word: &'a str,
}

impl<'a> Next<'a> {
    fn of(after: &'a str) -> Self {
        let after = after.trim_start_matches(OPENING).trim_start();
        let end = after
            .find(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | ')' | '»' | '”'))
            .unwrap_or(after.len());
        Self { word: &after[..end] }
    }

    /// Before an apostrophe that leaves something out, as in `L’armée`, `It's`.
    fn stem(&self) -> &'a str {
        self.word.split(['’', '\'', '.', '!', '?']).next().unwrap_or_default()
    }

    fn starts(&self) -> bool {
        !self.is_initial() && (is(self.word, "starts") || is(self.stem(), "starts"))
    }

    fn may_start(&self) -> bool {
        is(self.stem(), "particle")
    }

    fn is_initial(&self) -> bool {
        self.word
            .strip_suffix('.')
            .is_some_and(|word| word.chars().count() == 1 && word.starts_with(char::is_alphabetic))
    }

    fn is_in_capitals(&self) -> bool {
        let word = self.stem();
        word.chars().count() > 1 && word.chars().all(char::is_uppercase)
    }

    /// In digits, or in Roman ones; a lone `I` is a word.
    fn is_number(&self) -> bool {
        let word = self.stem();
        let roman = !word.is_empty() && word != "I" && word.chars().all(|c| "IVXLCDM".contains(c));
        roman || word.trim_start_matches(['§', '°', '#', '-', '–']).starts_with(char::is_numeric)
    }
}
