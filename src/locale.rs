//! What depends on a reader's language: dates, numbers, the order of names, the interface's words.
//!
//! In goes a language tag (BCP 47) as in `language: fr`, out comes a [`Locale`] that turns values into text by the Unicode
//! consortium's data (CLDR, through the ICU crates). French and English are complete; any other language has its own dates,
//! numbers and order, and English words.
//!
//! ```
//! use dossier::locale::Locale;
//! let french = Locale::new("fr")?;
//! let date = "2024-07-25/2024-07-27".parse()?;
//! assert_eq!(french.date(&date), "du 25 au 27\u{a0}juillet 2024");
//! assert_eq!(french.count("count.report", 2), "2\u{a0}comptes rendus");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod collate;
mod date;
mod direction;
pub mod marks;
mod number;
mod words;

pub use direction::{direction, turns_around};
pub use number::{Plural, Signs};
pub use words::{Word, Words};

use crate::base::date::{Day, Edtf, Limit};
use icu_locale_core::Locale as Tag;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;

/// A reader's language. Making one loads its data, so it is made once for each language and shared by reference.
#[derive(Debug)]
pub struct Locale {
    tag: String,
    language: words::Language,
    dates: date::Dates,
    numbers: number::Numbers,
    /// Plural categories of the words' own language, which may be English where the numbers are German.
    counting: number::Numbers,
    collation: collate::Collation,
    /// Where words are marked as those of another language: each with its marks, by key.
    marked: Option<BTreeMap<&'static str, String>>,
}

impl Locale {
    /// The locale of a language tag, such as `fr`, `en-GB` or `ru`.
    ///
    /// English without a country puts the day before the month, as most of the world does.
    pub fn new(tag: &str) -> Result<Locale, BadLanguage> {
        let parsed = Tag::try_from_str(tag)
            .map_err(|_| BadLanguage(format!("`{tag}` is not a language tag such as `fr`, `en` or `pt-BR`")))?;
        let language = words::Language::of(&parsed.id);
        Ok(Locale {
            tag: parsed.to_string(),
            language,
            dates: date::Dates::new(&parsed, language)?,
            numbers: number::Numbers::new(&parsed)?,
            counting: number::Numbers::new(&Tag::try_from_str(language.tag()).unwrap_or(parsed.clone()))?,
            collation: collate::Collation::new(&parsed)?,
            marked: None,
        })
    }

    /// Whether the interface has words in the language of a tag.
    pub fn has_words(tag: &str) -> bool {
        Tag::try_from_str(tag).is_ok_and(|tag| words::Language::of(&tag.id).tag() == tag.id.language.as_str())
    }

    /// The language of the interface's words where it is not the reader's own: for `lang` in HTML.
    pub fn foreign_words(&self) -> Option<&'static str> {
        (!Self::has_words(&self.tag)).then(|| self.words_tag())
    }

    /// The same language, whose words are [marked](marks) for pages; nothing where they are the reader's own.
    pub fn marked(&self) -> Option<Locale> {
        self.foreign_words()?;
        let mut locale = Locale::new(&self.tag).ok()?;
        let words = locale.words().iter();
        locale.marked = Some(words.map(|(key, word)| (key.as_str(), marks::word(word.text().to_owned()))).collect());
        locale.dates.mark();
        Some(locale)
    }

    /// A text made of the interface's words, with marks where this locale has them.
    fn made(&self, text: String) -> String {
        if self.marked.is_some() { marks::word(text) } else { text }
    }

    /// The locale of a language tag; English for one that is none, which is reported where it was written.
    #[expect(
        clippy::missing_panics_doc,
        clippy::expect_used,
        reason = "`en` is a language tag, and its data is compiled in"
    )]
    pub fn or_english(tag: &str) -> Locale {
        Locale::new(tag).unwrap_or_else(|_| Locale::new("en").expect("English is always there"))
    }

    /// The tag in its canonical form, as `en-GB`.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// The tag of the language that [`Locale::word`] answers in: `fr` or `en`.
    pub fn words_tag(&self) -> &'static str {
        self.language.tag()
    }

    /// A date in a sentence's words: `17 janvier 2025`, `vers décembre 2023`, `du 25 au 27 juillet 2024`.
    pub fn date(&self, date: &Edtf) -> String {
        self.made(self.dates.long(date))
    }

    /// A date for a table's cell: `17 janv. 2025`, `25–27 juil. 2024`, `2024 ?`.
    pub fn date_short(&self, date: &Edtf) -> String {
        self.made(self.dates.short(date))
    }

    /// A date as an adverb, for after a verb: `le 17 janvier 2025`, `in November 2024`.
    pub fn when(&self, date: &Edtf) -> String {
        self.made(self.dates.when(date))
    }

    /// From one limit to another, as relations have them: `depuis décembre 2023 environ`. An end that is not given says
    /// nothing: `à partir de 2023` is not `depuis 2023`, which goes on. `None` when there is nothing to say.
    pub fn period(&self, from: Option<&Limit>, until: Option<&Limit>) -> Option<String> {
        self.dates.period(from, until).map(|period| self.made(period))
    }

    /// One day: `17 janvier 2025`.
    pub fn day(&self, day: Day) -> String {
        self.date(&Edtf::from(day))
    }

    /// The name of the day of the week: `vendredi`.
    pub fn weekday(&self, day: Day) -> String {
        self.dates.weekday(day)
    }

    /// A number, grouped and pointed: `1 277` with a narrow no-break space in French, `1,277` in English.
    pub fn number(&self, number: f64) -> String {
        self.numbers.format(number)
    }

    /// The plural category of a number in this language, for words that editors give, as a figure's unit.
    pub fn plural(&self, number: f64) -> Plural {
        self.numbers.plural(number)
    }

    /// The order of two names. Total: it is `Equal` only for equal texts.
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        self.collation.compare(a, b)
    }

    /// A key whose bytes are in the order of [`Locale::compare`], for long lists.
    pub fn sort_key(&self, text: &str) -> Vec<u8> {
        self.collation.key(text)
    }

    /// The interface's word for a key, such as `verdict.accurate`; a key that there is not is its own word.
    pub fn word<'a>(&'a self, key: &'a str) -> &'a str {
        let marked = self.marked.as_ref().and_then(|words| words.get(key));
        marked.map_or_else(|| self.language.word(key).map_or(key, Word::text), String::as_str)
    }

    /// The word of a name in a table, such as `accurate` in `verdict`; where there is none, the key is its own word.
    pub fn named(&self, table: &str, name: &str) -> Cow<'static, str> {
        match self.language.named(table, name) {
            Some(word) if self.marked.is_some() => Cow::Owned(marks::word(word.text().to_owned())),
            Some(word) => Cow::Borrowed(word.text()),
            None => Cow::Owned(format!("{table}.{name}")),
        }
    }

    /// The word with values in its places: `phrase("nav.part", &[("n", "2"), ("m", "3")])` is `Part 2 of 3`.
    pub fn phrase(&self, key: &str, values: &[(&str, &str)]) -> String {
        let word = self.language.word(key).map_or(key, Word::text);
        if self.marked.is_none() {
            return words::fill(word, values);
        }
        let marked: Vec<(&str, String)> = values.iter().map(|(name, value)| (*name, marks::value(value))).collect();
        let values: Vec<(&str, &str)> = marked.iter().map(|(name, value)| (*name, value.as_str())).collect();
        marks::word(words::fill(word, &values))
    }

    /// The word's form for a number, with the number in its place `{n}`: `1 277 sources`.
    pub fn count(&self, key: &str, n: usize) -> String {
        let form = self.language.word(key).map_or(key, |word| word.form(self.counting.plural_of(n)));
        self.made(words::fill(form, &[("n", &self.numbers.whole(n))]))
    }

    /// All words of the interface, in order of key.
    pub fn words(&self) -> &'static Words {
        self.language.words()
    }
}

/// Why a text is no language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadLanguage(String);

impl BadLanguage {
    /// ICU's data is part of the program and falls back to what all languages share, so this is not met in practice.
    fn load(error: impl fmt::Display) -> BadLanguage {
        BadLanguage(format!("the data of this language cannot be read: {error}"))
    }
}

impl fmt::Display for BadLanguage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BadLanguage {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_that_is_none_is_refused_and_any_other_is_taken() {
        for tag in ["", "français", "e", "12", "fr--FR"] {
            assert!(Locale::new(tag).is_err_and(|error| error.to_string().contains("not a language tag")), "{tag}");
        }
        for (tag, canonical, words) in
            [("fr", "fr", "fr"), ("FR-ca", "fr-CA", "fr"), ("de", "de", "en"), ("qaa", "qaa", "en")]
        {
            let locale = Locale::new(tag).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!((locale.tag(), locale.words_tag()), (canonical, words));
        }
    }

    #[test]
    fn words_are_found_filled_and_counted() -> Result<(), BadLanguage> {
        let (french, english, german) = (Locale::new("fr")?, Locale::new("en")?, Locale::new("de")?);
        assert_eq!(french.word("verdict.accurate"), "Exact");
        assert_eq!(german.word("verdict.accurate"), "Accurate");
        assert_eq!(english.word("verdict.no_such"), "verdict.no_such");
        assert_eq!(english.phrase("nav.part", &[("n", "2"), ("m", "3")]), "Part 2 of 3");
        for (n, fr, en) in [
            (0, "0\u{a0}compte rendu", "0\u{a0}reports"),
            (1, "1\u{a0}compte rendu", "1\u{a0}report"),
            (2, "2\u{a0}comptes rendus", "2\u{a0}reports"),
            (1277, "1\u{202f}277\u{a0}comptes rendus", "1,277\u{a0}reports"),
        ] {
            assert_eq!((french.count("count.report", n).as_str(), english.count("count.report", n).as_str()), (fr, en));
        }
        assert_eq!(german.count("count.report", 1277), "1.277\u{a0}reports");
        Ok(())
    }

    #[test]
    fn a_locale_is_shared_by_threads() {
        fn shared<T: Send + Sync>() {}
        shared::<Locale>();
    }
}
