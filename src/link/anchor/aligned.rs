//! What an edited passage must still have in common with a quote: every word, in order.
//!
//! A few characters make another statement of it: a number, a name, a "not". So no list says which words matter; all do,
//! but for articles in the languages whose articles are known. What is refused is shown to the editor as the nearest passage.

use super::Tongue;
use super::numeral;
use super::spelling;
use super::token::{self, Kind, Token};
use super::tongue::Lists;

/// Whether `quote` and `passage` (normal form) are the same word for word, but for spelling and for articles, and name the
/// same entities in the same order. `begins` says that no word stands just before the passage.
pub(super) fn says_the_same(
    quote: &str,
    passage: &str,
    begins: bool,
    tongue: Tongue,
    names: &dyn Fn(&str) -> Vec<u32>,
) -> bool {
    let (quoted, found) = (token::all(quote, tongue), token::all(passage, tongue));
    // An article that was left out before the passage may have stood before a word that was put in.
    let whole = begins || quoted.first().map(|token| &token.text) == found.first().map(|token| &token.text);
    let first_article = || Place { tokens: &quoted, at: 0 }.article(tongue).is_some();
    (whole || !first_article() || quoted.len() == found.len())
        && are_aligned(&quoted, &found, tongue)
        && names(quote) == names(passage)
}

fn are_aligned(quoted: &[Token], found: &[Token], tongue: Tongue) -> bool {
    let (mut one, mut other) = (0, 0);
    while one < quoted.len() || other < found.len() {
        let (here, there) = (Place { tokens: quoted, at: one }, Place { tokens: found, at: other });
        // Two articles that may not stand for each other are not one left out and one put in.
        let both = here.article(tongue).is_some() && there.article(tongue).is_some();
        if here.is_the_same(there, tongue) || here.is_exchanged_for(there, tongue) {
            (one, other) = (one + 1, other + 1);
        } else if !both && here.may_be_missing(tongue) {
            one += 1;
        } else if !both && there.may_be_missing(tongue) {
            other += 1;
        } else {
            return false;
        }
    }
    true
}

/// A token among its neighbours.
#[derive(Clone, Copy)]
struct Place<'t> {
    tokens: &'t [Token],
    at: usize,
}

impl<'t> Place<'t> {
    fn token(self) -> Option<&'t Token> {
        self.tokens.get(self.at)
    }

    fn before(self) -> Option<&'t Token> {
        self.at.checked_sub(1).map(|at| &self.tokens[at])
    }

    fn after(self) -> Option<&'t Token> {
        self.tokens.get(self.at + 1)
    }

    fn is_the_same(self, other: Self, tongue: Tongue) -> bool {
        let (Some(one), Some(two)) = (self.token(), other.token()) else { return false };
        one.kind == two.kind
            && (one.text == two.text
                || one.kind == Kind::Word
                    && !(one.capital || two.capital)
                    && spelling::is_one_word(&one.text, &two.text, tongue)
                || one.text.to_lowercase() == two.text.to_lowercase()
                    && self.article(tongue).is_some()
                    && other.article(tongue).is_some())
    }

    /// Whether one article stands in the place of another.
    fn is_exchanged_for(self, other: Self, tongue: Tongue) -> bool {
        let (Some((lists, one)), Some((_, two))) = (self.article(tongue), other.article(tongue)) else { return false };
        lists.articles.iter().any(|group| group.contains(&&*one) && group.contains(&&*two))
            && !self.counts(lists, tongue)
            && !other.counts(lists, tongue)
    }

    /// Whether it is an article that says nothing where it stands.
    fn may_be_missing(self, tongue: Tongue) -> bool {
        let Some((lists, word)) = self.article(tongue) else { return false };
        let follows = |before: &Token| lists.before_articles.contains(&*before.text.to_lowercase());
        let at_a_start = self.token().is_some_and(|token| token.opens);
        let is_no_pronoun = !lists.pronouns.contains(&*word) || self.stands_with_a_plural(tongue);
        let in_place = is_no_pronoun || at_a_start || self.before().is_some_and(follows);
        in_place && !self.counts(lists, tongue) && self.stands_with_a_noun(lists, tongue)
    }

    /// French and Spanish articles that are pronouns too stand before a plural as articles, but before verbs of one person.
    fn stands_with_a_plural(self, tongue: Tongue) -> bool {
        let word = self.token().map(|token| token.text.to_lowercase()).unwrap_or_default();
        let plural = |after: &Token| after.text.ends_with('s') && !after.text.ends_with("mos");
        tongue.is(&["es"]) && word.ends_with('s') && self.after().is_some_and(plural)
    }

    /// The article that it is, in small letters; a capital is that of a sentence's start, or of a name.
    fn article(self, tongue: Tongue) -> Option<(&'static Lists, String)> {
        let token = self.token().filter(|token| token.kind == Kind::Word)?;
        let lists = tongue.lists()?;
        let word = token.text.to_lowercase();
        let known = lists.articles.iter().any(|group| group.contains(&&*word));
        (known && (token.opens || word == token.text)).then_some((lists, word))
    }

    /// Whether the article is one of a quantity: `a few`, `the two`. One with no word after it is no article.
    fn counts(self, lists: &Lists, tongue: Tongue) -> bool {
        let says_how_many = |token: &Token| {
            let word = token.text.to_lowercase();
            token.kind == Kind::Number || lists.quantities.contains(&*word) || numeral::is_number(&word, tongue)
        };
        let Some(after) = self.after() else { return true };
        after.kind == Kind::Sign || says_how_many(after) || self.before().is_some_and(says_how_many)
    }

    /// Whether a noun seems to follow. In French an infinitive may, after a preposition, whose object the article is then;
    /// German nouns have a capital letter, and its articles stand for `who` before all else.
    fn stands_with_a_noun(self, lists: &Lists, tongue: Tongue) -> bool {
        let Some(after) = self.after() else { return false };
        let connects = |token: &Token| lists.before_articles.contains(&*token.text) || token.text == "que";
        if tongue.is(&["de"]) {
            let noun = |token: &Token| token.kind == Kind::Word && token.capital;
            let words = self.tokens[self.at + 1..].iter().take_while(|token| token.kind == Kind::Word);
            let indefinite = self.token().is_some_and(|token| token.text.to_lowercase().starts_with("ein"));
            return words.take(if indefinite { 3 } else { 1 }).any(noun);
        }
        let infinitive = ["er", "ir", "re"].iter().any(|ending| after.text.ends_with(ending));
        let after_a_place = |before: &Token| matches!(&*before.text, "dans" | "contre" | "sur" | "sous" | "vers");
        let object = tongue.is(&["fr"]) && infinitive && !self.before().is_some_and(after_a_place);
        !object && !connects(after)
    }
}
