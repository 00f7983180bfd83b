//! The interface's words: one TOML table per language, by dotted key, as `verdict.accurate`.
//!
//! In goes `fr.toml`, out comes a sorted map of key to [`Word`]. A language without a table has the words of English.

use super::number::Plural;
use icu_locale_core::LanguageIdentifier;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;
use std::sync::LazyLock;

/// The words of one language by key, in order of key.
pub type Words = BTreeMap<String, Word>;

/// A word or phrase; `{name}` in it is the place of a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Word {
    /// The same for every number.
    Plain(String),
    /// One form for each plural category that the language tells apart; there always is an `other`.
    Counted(BTreeMap<Plural, String>),
}

impl Word {
    /// The form for a plural category.
    pub fn form(&self, plural: Plural) -> &str {
        match self {
            Word::Plain(text) => text,
            Word::Counted(forms) => forms.get(&plural).or_else(|| forms.get(&Plural::Other)).map_or("", String::as_str),
        }
    }

    /// The form for no number in particular.
    pub fn text(&self) -> &str {
        self.form(Plural::Other)
    }
}

/// A language whose words are complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    English,
    French,
}

impl Language {
    pub(super) fn of(id: &LanguageIdentifier) -> Language {
        if id.language.as_str() == "fr" { Language::French } else { Language::English }
    }

    pub(super) fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::French => "fr",
        }
    }

    pub(super) fn words(self) -> &'static Words {
        static ENGLISH: LazyLock<Words> = LazyLock::new(|| read(include_str!("en.toml")));
        static FRENCH: LazyLock<Words> = LazyLock::new(|| read(include_str!("fr.toml")));
        match self {
            Language::English => &ENGLISH,
            Language::French => &FRENCH,
        }
    }

    /// The word of a key.
    pub(super) fn word(self, key: &str) -> Option<&'static Word> {
        let (table, name) = parts(key);
        self.named(table, name)
    }

    /// The word of a name in a table. A page asks for a hundred of them, so they are not looked for in the sorted map, and no key
    /// is put together.
    pub(super) fn named(self, table: &str, name: &str) -> Option<&'static Word> {
        static ENGLISH: LazyLock<ByName> = LazyLock::new(|| by_name(Language::English.words()));
        static FRENCH: LazyLock<ByName> = LazyLock::new(|| by_name(Language::French.words()));
        match self {
            Language::English => find(&ENGLISH, table, name),
            Language::French => find(&FRENCH, table, name),
        }
    }
}

/// Words by table and name: `verdict.accurate` is `accurate` in the table `verdict`.
type ByName = HashMap<(&'static str, &'static str), &'static Word>;

fn by_name(words: &'static Words) -> ByName {
    words.iter().map(|(key, word)| (parts(key), word)).collect()
}

// A map of longer lives is one of shorter lives, in which any text can be looked for.
fn find<'a>(
    words: &HashMap<(&'a str, &'a str), &'static Word>,
    table: &'a str,
    name: &'a str,
) -> Option<&'static Word> {
    words.get(&(table, name)).copied()
}

/// The table of a key, and the name in it.
fn parts(key: &str) -> (&str, &str) {
    key.rsplit_once('.').unwrap_or(("", key))
}

/// The tables are part of the program, so one that cannot be read is a fault that the tests below find.
fn read(text: &str) -> Words {
    let mut words = Words::new();
    let table = text.parse::<toml::Table>().unwrap_or_default();
    flatten("", &table, &mut words);
    words
}

fn flatten(prefix: &str, table: &toml::Table, words: &mut Words) {
    for (name, value) in table {
        let key = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
        match value {
            toml::Value::String(text) => drop(words.insert(key, Word::Plain(text.clone()))),
            toml::Value::Table(inner) => match forms(inner) {
                Some(forms) => drop(words.insert(key, Word::Counted(forms))),
                None => flatten(&key, inner, words),
            },
            _ => {}
        }
    }
}

/// The plural forms, if that is what the table holds.
fn forms(table: &toml::Table) -> Option<BTreeMap<Plural, String>> {
    let form = |(name, value): (&String, &toml::Value)| Some((Plural::from_name(name)?, value.as_str()?.to_owned()));
    let forms: BTreeMap<_, _> = table.iter().map(form).collect::<Option<_>>()?;
    forms.contains_key(&Plural::Other).then_some(forms)
}

/// Puts values into their places; a place without a value stays, so that it is seen.
pub(super) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let longer: usize = values.iter().map(|(_, value)| value.len()).sum();
    let mut filled = String::with_capacity(text.len() + longer);
    let mut rest = text;
    while let Some((before, name, after)) = next_place(rest) {
        filled.push_str(before);
        match values.iter().find(|(key, _)| *key == name) {
            Some((_, value)) => filled.push_str(value),
            None => drop(write!(filled, "{{{name}}}")),
        }
        rest = after;
    }
    filled + rest
}

/// The text before the next `{name}`, the name, the text after it.
fn next_place(text: &str) -> Option<(&str, &str, &str)> {
    let (before, from) = text.split_once('{')?;
    let (name, after) = from.split_once('}')?;
    Some((before, name, after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn places(word: &Word) -> BTreeSet<String> {
        let texts: Vec<&str> = match word {
            Word::Plain(text) => vec![text],
            Word::Counted(forms) => forms.values().map(String::as_str).collect(),
        };
        let mut found = BTreeSet::new();
        for mut text in texts {
            while let Some((_, name, after)) = next_place(text) {
                found.insert(name.to_owned());
                text = after;
            }
        }
        found
    }

    fn texts(words: &Words) -> impl Iterator<Item = (&str, &str)> {
        words.iter().flat_map(|(key, word)| match word {
            Word::Plain(text) => vec![(key.as_str(), text.as_str())],
            Word::Counted(forms) => forms.values().map(|text| (key.as_str(), text.as_str())).collect(),
        })
    }

    #[test]
    fn both_languages_have_the_same_keys_and_places() {
        let (english, french) = (Language::English.words(), Language::French.words());
        assert!(english.len() > 300, "a table cannot be read");
        assert!(english.keys().eq(french.keys()), "{:?}", difference(english, french));
        for (key, word) in english {
            assert_eq!(places(word), places(&french[key]), "{key}");
            assert_eq!(matches!(word, Word::Plain(_)), matches!(french[key], Word::Plain(_)), "{key}");
        }
    }

    fn difference<'a>(a: &'a Words, b: &'a Words) -> Vec<&'a String> {
        a.keys().filter(|key| !b.contains_key(*key)).chain(b.keys().filter(|key| !a.contains_key(*key))).collect()
    }

    #[test]
    fn keys_are_snake_case_and_values_are_clean() {
        for (key, text) in texts(Language::English.words()).chain(texts(Language::French.words())) {
            // A single capital is a letter of the Admiralty code.
            let snake = |part: &str| part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
            assert!(key.split('.').all(|part| snake(part) || part.len() == 1), "{key}");
            assert!(!text.is_empty() && text == text.trim() && !text.contains("  "), "{key}: {text:?}");
            assert!(!text.contains(['\'', '"']), "straight quotation mark in {key}: {text:?}");
        }
    }

    #[test]
    fn french_words_keep_french_typography() {
        for (key, text) in texts(Language::French.words()) {
            assert!(french_spaces(text), "{key}: {text:?}");
        }
        for wrong in ["Quoi ?", "Quoi?", "« oui »", "a\u{202f}: b", "a: b", "«\u{202f}oui»"] {
            assert!(!french_spaces(wrong), "{wrong}");
        }
    }

    fn french_spaces(text: &str) -> bool {
        let signs: Vec<char> = text.chars().collect();
        let after = |at: usize| signs.get(at + 1).copied();
        signs.iter().enumerate().all(|(at, sign)| {
            let before = at.checked_sub(1).and_then(|before| signs.get(before)).copied();
            match sign {
                ';' | '!' | '?' | '»' => before == Some('\u{202f}'),
                ':' => before == Some('\u{a0}'),
                '«' => after(at) == Some('\u{202f}'),
                _ => true,
            }
        })
    }

    #[test]
    fn a_place_without_a_value_stays_visible() {
        let values = [("n", "3"), ("m", "{n}")];
        assert_eq!(fill("{n} of {m}, {what} {", &values), "3 of {n}, {what} {");
    }
}
