//! What is known of the language that a text is written in: its number words, and for six languages its spelling.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{LazyLock, OnceLock};

use super::lexicon::Lexicon;
use super::numeral::Numbers;

/// The language of a text, as far as quotes in it depend on that.
///
/// It only names tables: none is read before a quote needs it.
#[derive(Clone, Copy, Debug)]
pub struct Tongue<'a> {
    primary: &'a str,
    numbers: Option<&'static NumberLine>,
}

impl<'a> Tongue<'a> {
    /// The language of a BCP 47 tag; what narrows it down does not count. Any other text is a language that nothing is
    /// known of.
    pub fn of(tag: &'a str) -> Self {
        let primary = tag.split(['-', '_']).next().unwrap_or(tag);
        Self { primary, numbers: NUMBERS.get(primary) }
    }

    /// Whether it is one of these.
    pub(super) fn is(self, languages: &[&str]) -> bool {
        languages.contains(&self.primary)
    }

    /// Whether a text may have a number in words. Of a language whose number words are not known, any may.
    pub fn may_spell_a_number(self, text: &str) -> bool {
        self.numbers().is_none_or(|numbers| numbers.may_be_in(text))
    }

    /// How it spells numbers out.
    pub(super) fn numbers(self) -> Option<&'static Numbers> {
        self.numbers.map(NumberLine::read)
    }

    /// What an edit of its words may be.
    pub(super) fn lists(self) -> Option<&'static Lists> {
        LISTS.iter().find(|(language, _)| *language == self.primary).map(|(language, lists)| {
            let words = lexicon(language);
            lists.get_or_init(|| Lists::of(language, words))
        })
    }
}

/// The languages that have lists.
static LISTS: [(&str, OnceLock<Lists>); 6] = [
    ("ar", OnceLock::new()),
    ("de", OnceLock::new()),
    ("en", OnceLock::new()),
    ("es", OnceLock::new()),
    ("fr", OnceLock::new()),
    ("ru", OnceLock::new()),
];

/// Those of which all words are known. German is not among them, for want of a list under a fit licence, and Arabic needs
/// none: any other root letter makes another word.
fn lexicon(language: &str) -> Option<Lexicon> {
    let file: &[u8] = match language {
        "en" => include_bytes!("words/en.words"),
        "es" => include_bytes!("words/es.words"),
        "fr" => include_bytes!("words/fr.words"),
        "ru" => include_bytes!("words/ru.words"),
        _ => return None,
    };
    Some(Lexicon::of(file))
}

/// What may differ between a quote and its passage in one language.
#[derive(Debug)]
pub(super) struct Lists {
    /// All its words of five letters and more.
    pub(super) lexicon: Option<Lexicon>,
    /// Words that may neither change, come nor go.
    pub(super) fixed: BTreeSet<&'static str>,
    /// Articles, in groups of which one may stand for another.
    pub(super) articles: Vec<Vec<&'static str>>,
    /// Articles that are pronouns elsewhere.
    pub(super) pronouns: BTreeSet<&'static str>,
    /// Words after which those are articles.
    pub(super) before_articles: BTreeSet<&'static str>,
    /// Words beside which an article says something: `few`, `a few`.
    pub(super) quantities: BTreeSet<&'static str>,
    /// Two spellings of one piece of a word: `colour`, `color`.
    pub(super) spellings: Vec<(&'static str, &'static str)>,
    /// Two spellings of one ending: `ise`, `ize`.
    pub(super) endings: Vec<(&'static str, &'static str)>,
    /// Two pieces that make different words where the rest is the same: `inter`, `intra`.
    pub(super) apart: Vec<(&'static str, &'static str)>,
    /// Prefixes that turn a word into its opposite.
    pub(super) reversing: BTreeSet<&'static str>,
}

impl Lists {
    fn of(language: &str, lexicon: Option<Lexicon>) -> Self {
        let all = |class: &str| by_hand(language, class).flat_map(str::split_whitespace).collect::<BTreeSet<_>>();
        let mut fixed = all("fixed");
        fixed.extend(line(include_str!("words/fixed.txt"), language).unwrap_or_default().split(' '));
        let pairs = |class: &str| {
            let pairs = by_hand(language, class).flat_map(str::split_whitespace);
            pairs.filter_map(|pair| pair.split_once('=')).collect()
        };
        Self {
            lexicon,
            fixed,
            articles: by_hand(language, "articles").map(|group| group.split_whitespace().collect()).collect(),
            pronouns: all("pronoun"),
            before_articles: all("before"),
            quantities: all("quantity"),
            spellings: pairs("spelling"),
            endings: pairs("ending"),
            apart: pairs("apart"),
            reversing: all("reversing"),
        }
    }
}

/// The lines of a language and a class in the list that is kept by hand.
pub(super) fn by_hand<'l>(language: &'l str, class: &'l str) -> impl Iterator<Item = &'static str> + 'l {
    include_str!("words/hand.txt").lines().filter_map(move |line| {
        let (key, words) = line.split_once(": ")?;
        (key.split_once(' ') == Some((language, class))).then_some(words)
    })
}

/// What a table has for a language: the rest of the line that starts with its tag.
fn line(table: &'static str, language: &str) -> Option<&'static str> {
    table.lines().filter_map(|line| line.split_once('\t')).find(|(tag, _)| *tag == language).map(|(_, rest)| rest)
}

/// The line of a language in the table of numbers, which is read when it is first needed.
#[derive(Debug)]
struct NumberLine {
    language: &'static str,
    line: &'static str,
    read: OnceLock<Numbers>,
}

impl NumberLine {
    fn read(&self) -> &Numbers {
        self.read.get_or_init(|| Numbers::of(self.language, self.line))
    }
}

static NUMBERS: LazyLock<BTreeMap<&'static str, NumberLine>> = LazyLock::new(|| {
    let lines = include_str!("words/numbers.txt").lines().filter_map(|line| line.split_once('\t'));
    lines.map(|(language, line)| (language, NumberLine { language, line, read: OnceLock::new() })).collect()
});

/// How each language spells numbers out.
pub(super) fn all_numbers() -> impl Iterator<Item = &'static Numbers> {
    NUMBERS.values().map(NumberLine::read)
}
