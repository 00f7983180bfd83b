//! How a quote finds its passage: exactly, or not without being told so.
//!
//! An annotation says by words what it is about: the W3C's `TextQuoteSelector`. A verdict on words that the editor did
//! not quote is a false statement about a source, so a wrong anchor is worse than none: no score is summed up, nothing
//! is attached to the best of several passages. Exact search comes first and is all that a clean dossier pays for.
//!
//! Of a quote that stands nowhere, `drift` chooses the passage that it would be, and `aligned` judges whether that still says the
//! same: word for word (`token`), but for spelling (`spelling`, `letter`) and articles, as far as the language is known
//! (`tongue`, `words/README.md`).

mod aligned;
mod digits;
mod drift;
mod edge;
#[cfg(test)]
mod edits;
#[cfg(test)]
mod laws;
mod letter;
mod lexicon;
mod numeral;
mod occurrence;
mod place;
mod spelling;
mod token;
mod tongue;

use std::ops::Range;

use crate::syntax::normal::Normal;

pub use place::{Place, Settle};
pub use tongue::Tongue;

/// What an annotation says of its passage, as written: the W3C Web Annotation `TextQuoteSelector`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Quote<'a> {
    /// The words of the passage.
    pub exact: &'a str,
    /// The words just before it.
    pub prefix: Option<&'a str>,
    /// The words just after it.
    pub suffix: Option<&'a str>,
}

/// Where a quote stands. All ranges are bytes of the original of the [`Normal`] that was searched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Anchoring {
    /// Once.
    Exact(Range<usize>),
    /// Nowhere, but one passage is near: the passage was edited. Its words, as a quote beside the same prefix and
    /// suffix, are exact.
    Drifted {
        /// The passage, from word to word.
        range: Range<usize>,
        /// How many characters differ (Levenshtein, in normal form).
        distance: usize,
    },
    /// More than once, and its prefix and suffix do not settle which.
    Ambiguous {
        /// All places, in order.
        places: Vec<Place>,
    },
    /// Nowhere, and no passage that could be taken for it.
    NotFound {
        /// What comes nearest, for a person to look at. It is the quote itself when only the prefix or suffix is not
        /// there.
        nearest: Option<Range<usize>>,
    },
    /// Not looked for any further: others in the text have taken all the [`Effort`].
    Unsought,
}

/// How much work may go into the quotes of one text that do not stand in one place: each is compared with all of the text. Few
/// thousands of them in a long text would otherwise take minutes.
#[derive(Clone, Copy, Debug)]
pub struct Effort(usize);

impl Default for Effort {
    /// Some seconds: a thousand quotes of a text of ten thousand words, and many more in a shorter one.
    fn default() -> Self {
        Self(200_000_000)
    }
}

impl Effort {
    /// Whether there is so much left; then it is spent.
    fn is_enough_for(&mut self, work: usize) -> bool {
        let left = self.0.checked_sub(work);
        self.0 = left.unwrap_or_default();
        left.is_some()
    }
}

/// A place of an ambiguous quote costs as much as so many characters of a text.
const PLACE: usize = 200;

/// The pattern is compared in pieces of so many characters.
const ROWS: usize = 64;

/// Finds `quote` in `text`, which is written in `tongue`; `names` gives the entities named in a piece of text (normal form), in order.
///
/// - With its prefix and suffix in one place: exact. White space where they meet the quote does not count.
/// - In several: ambiguous, among those places. A prefix or suffix that matches nowhere settles nothing: a quote that
///   stands several times is then ambiguous among all of them.
/// - Once, but not beside its prefix and suffix: *not* found. The editor pointed at something that is not there, and a
///   new quote, the only thing that is ever mended by itself, would not help.
/// - Else drifted or not found, as docs/format.md says. A passage has drifted only if it stands beside the prefix and suffix.
///
/// A quote does not stand where it would cut a number, in digits or in words, or a letter from its accents: `20 dead` is not
/// in `120 dead`, nor `two dead` in `twenty-two dead`. It may stand within another word.
pub fn anchor(text: &Normal, quote: &Quote, tongue: Tongue, names: &dyn Fn(&str) -> Vec<u32>) -> Anchoring {
    anchor_with(text, quote, tongue, names, &mut Effort(usize::MAX))
}

/// The same for one of many quotes of a text, which share an effort. The first quote that needs any gets it.
pub fn anchor_with(
    text: &Normal,
    quote: &Quote,
    tongue: Tongue,
    names: &dyn Fn(&str) -> Vec<u32>,
    effort: &mut Effort,
) -> Anchoring {
    let wanted = Wanted::of(quote);
    if wanted.exact.is_empty() {
        return Anchoring::NotFound { nearest: None };
    }
    let all = edge::occurrences(text, &wanted.exact, tongue);
    let here = edge::beside(text.text(), &wanted, &all);
    match (here.as_slice(), all.as_slice()) {
        ([one], _) => Anchoring::Exact(text.original(one.clone())),
        ([], []) if !effort.is_enough_for(text.text().len() * wanted.exact.len().div_ceil(ROWS)) => Anchoring::Unsought,
        ([], []) => drift::anchor(text, &wanted, tongue, names),
        ([], [one]) => Anchoring::NotFound { nearest: Some(text.original(one.clone())) },
        (_, several) if !effort.is_enough_for(several.len() * PLACE) => Anchoring::Unsought,
        ([], _) => Anchoring::Ambiguous { places: place::all(text, &wanted, &all, &all) },
        (several, _) => Anchoring::Ambiguous { places: place::all(text, &wanted, &all, several) },
    }
}

/// A quote in normal form; no prefix is an empty one.
struct Wanted {
    exact: String,
    prefix: String,
    suffix: String,
}

impl Wanted {
    fn of(quote: &Quote) -> Self {
        let normal = |text: Option<&str>| text.map_or(String::new(), |text| Normal::of(text).into_text());
        Self { exact: normal(Some(quote.exact)), prefix: normal(quote.prefix), suffix: normal(quote.suffix) }
    }

    /// The words without their context.
    fn alone(&self) -> Self {
        Self { exact: self.exact.clone(), prefix: String::new(), suffix: String::new() }
    }

    /// Whether prefix and suffix stand around `at`.
    fn stands_beside(&self, text: &str, at: &Range<usize>) -> bool {
        before(text, at).ends_with(&self.prefix) && after(text, at).starts_with(&self.suffix)
    }
}

/// The text up to `at`, without the white space where they meet.
fn before<'t>(text: &'t str, at: &Range<usize>) -> &'t str {
    text[..at.start].trim_end_matches(' ')
}

/// The text from `at` on, without the white space where they meet.
fn after<'t>(text: &'t str, at: &Range<usize>) -> &'t str {
    text[at.end..].trim_start_matches(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(text: &str, exact: &str, prefix: &str, suffix: &str) -> String {
        let given = |text: &'_ str| (!text.is_empty()).then(|| text.to_owned());
        let (prefix, suffix) = (given(prefix), given(suffix));
        let quote = Quote { exact, prefix: prefix.as_deref(), suffix: suffix.as_deref() };
        let place = |place: &Place| {
            let settle = match &place.settle {
                None => "-".to_owned(),
                Some(Settle::Prefix(range)) => format!("{}<", &text[range.clone()]),
                Some(Settle::Suffix(range)) => format!(">{}", &text[range.clone()]),
            };
            format!("{} {settle}{}", place.range.start, if place.likely { " likely" } else { "" })
        };
        match anchor(&Normal::of(text), &quote, Tongue::of("en"), &|_| Vec::new()) {
            Anchoring::Exact(range) => format!("exact {} {}", range.start, &text[range.clone()]),
            Anchoring::Drifted { range, distance } => format!("drifted {distance} {}", &text[range]),
            Anchoring::Ambiguous { places } => places.iter().map(place).collect::<Vec<_>>().join(" | "),
            Anchoring::NotFound { nearest } => format!("not found {}", nearest.map_or("-", |range| &text[range])),
            Anchoring::Unsought => "unsought".to_owned(),
        }
    }

    /// Each quote that needs a look at the whole text takes from what there is; the first that there is not enough for is told apart.
    #[test]
    fn quotes_that_stand_nowhere_share_an_effort() {
        let text = Normal::of("The harbour office said that the north quay would be closed. It was. It was.");
        let mut effort = Effort(text.text().len() * 2 + PLACE);
        let mut find = |exact: &str| {
            let quote = Quote { exact, ..Quote::default() };
            anchor_with(&text, &quote, Tongue::of("en"), &|_| Vec::new(), &mut effort)
        };
        assert!(matches!(find("harbour ofice said that north quay would"), Anchoring::Drifted { .. }));
        assert!(matches!(find("nobody at all said anything of it"), Anchoring::NotFound { .. }));
        assert_eq!(find("It was"), Anchoring::Unsought, "two places cost more than is left");
        assert_eq!(find("harbor office said that north quay"), Anchoring::Unsought);
        assert!(matches!(find("north quay"), Anchoring::Exact(_)), "what stands in one place costs nothing");
    }

    /// `wanted` is a quote, or `prefix [quote] suffix`.
    #[track_caller]
    fn check(text: &str, wanted: &str, expected: &str) {
        let (prefix, rest) = wanted.split_once('[').unwrap_or(("", wanted));
        let (exact, suffix) = rest.split_once(']').unwrap_or((rest, ""));
        assert_eq!(find(text, exact, prefix, suffix), expected, "{wanted:?} in {text:?}");
    }

    #[test]
    fn a_quote_that_stands_once_is_exact() {
        for (text, wanted, expected) in [
            ("The mayor left.", "mayor", "exact 4 mayor"),
            ("L’État «\u{a0}oui\u{a0}» dit…", "L'État \"oui\" dit...", "exact 0 L’État «\u{a0}oui\u{a0}» dit…"),
            ("one\ntwo", "one two", "exact 0 one\ntwo"),
            ("Er sagte »Nein« und ging", "„Nein“ und", "exact 9 »Nein« und"),
            ("Er sagte »Nein« und ging", "« und ging", "exact 15 « und ging"),
            ("Er sagte »Nein« und ging", "« und[ging]", "exact 22 ging"),
            ("Er sagte »Nein« und ging", "[Nein]« und", "exact 11 Nein"),
            ("les deux pays\n会晤\n并签", "pays 会晤并签", "exact 9 pays\n会晤\n并签"),
            ("Malien", "Mali", "exact 0 Mali"),
            ("été e\u{301}tage", "étage", "exact 6 e\u{301}tage"),
            ("x", "", "not found -"),
            ("x", " \u{200b}", "not found -"),
            ("", "x", "not found -"),
        ] {
            check(text, wanted, expected);
        }
    }

    #[test]
    fn prefix_and_suffix_settle_which() {
        let text = "The mayor said so. The mayor left. A mayor (the mayor) sat.";
        for (wanted, expected) in [
            ("so. [The mayor]", "exact 19 The mayor"),
            ("so.[ The mayor ]left", "exact 19 The mayor"),
            ("[The mayor]said", "exact 0 The mayor"),
            ("A [mayor] (", "exact 37 mayor"),
            ("(the[mayor]", "exact 48 mayor"),
            ("The [mayor]", "4 >said | 23 so. The<"),
            ("left. The[mayor sat]", "not found mayor said"),
            ("wrong [A mayor]", "not found A mayor"),
            ("said soo. [The mayor]", "0 >said | 19 so.< likely"),
            ("wrong [The mayor]", "0 >said | 19 so.<"),
            ("[The mayor]left?", "0 >said | 19 >left likely"),
        ] {
            check(text, wanted, expected);
        }
    }

    #[test]
    fn an_edited_passage_has_drifted_if_it_is_alone_and_says_the_same() {
        let harbour = "The harbour office said that the north quay would be closed until spring. Boats may use the south \
                       quay. The council of Brest paid 1,5 million for it, not the state.";
        for (wanted, expected) in [
            ("the north quay will be closed until spring", "not found the north quay would be closed until spring"),
            ("harbor office said that the north quay would", "drifted 1 harbour office said that the north quay would"),
            ("harbour ofice said that north quay would", "drifted 5 harbour office said that the north quay would"),
            ("harbour office said the north quay would", "not found harbour office said that the north quay would"),
            ("the south quay would be closed until spring", "not found the north quay would be closed until spring"),
            ("Boats may use a quay", "not found Boats may use the"),
            ("Boats may use a south quay", "drifted 3 Boats may use the south quay"),
            ("The council of Brest paid 15 million", "not found The council of Brest paid 1,5 million"),
            ("The council of Nantes paid 1,5 million for it", "not found The council of Brest paid 1,5 million for it"),
            (
                "The council of Brest paid 1,5 million for it and the state",
                "not found The council of Brest paid 1,5 million for it, not the state",
            ),
            ("The council of Breste paid 1,5 million", "not found The council of Brest paid 1,5 million"),
            ("The counsil of Brest paid 1.5 million", "drifted 2 The council of Brest paid 1,5 million"),
            ("Bots may us", "not found Boats may use"),
            ("nothing of the kind was ever written", "not found -"),
            ("said that [the nort quay would be closed] until", "not found the north quay would be closed"),
            ("said that [north quay would be closed] until", "not found north quay would be closed"),
            ("said that [a north quay would be closed] until", "drifted 3 the north quay would be closed"),
            ("claimed [the north quay would be closd]", "not found the north quay would be closed"),
        ] {
            check(harbour, wanted, expected);
        }
    }

    #[test]
    fn of_two_near_passages_none_is_taken() {
        let text = "The clerk read the long list of names. The clerk reads the long list of names.";
        check(text, "The clerk red the long list of names", "not found The clerk read the long list of names");
        check(text, "The clerk read a long list of names", "not found The clerk read the long list of names");
    }

    #[test]
    fn a_number_is_not_cut() {
        let text = "In all 120 boats, 20 000 crates, 3,5 tons and 20 ropes.";
        for (wanted, expected) in [
            ("20 boats", "not found 120 boats"),
            ("000 crates", "not found 20 000 crates"),
            ("5 tons and", "not found tons and"),
            ("20 ropes", "exact 46 20 ropes"),
            ("20", "exact 46 20"),
        ] {
            check(text, wanted, expected);
        }
    }
}
