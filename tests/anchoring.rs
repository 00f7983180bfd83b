//! The anchoring corpus (`tests/anchoring/README.md`): what becomes of a quote when its article is edited.
//!
//! Prints precision and recall of this generator and, for the same cases, of the scoring that the Hypothesis client
//! publishes; fails if any of our anchors is wrong or too many edited quotes are lost.

#![expect(clippy::disallowed_macros, reason = "the scores are printed")]

#[path = "anchoring/corpus.rs"]
mod corpus;
#[path = "anchoring/hypothesis.rs"]
mod hypothesis;

use std::collections::BTreeMap;
use std::ops::Range;

use corpus::{Case, Expected};
use dossier::link::anchor::{Anchoring, Quote, Tongue, anchor};
use dossier::link::mention::{Alias, Automaton, Case as LetterCase, names_in};
use dossier::syntax::normal::Normal;

/// What became of the anchors of one method.
#[derive(Default)]
struct Tally {
    right: usize,
    wrong: BTreeMap<String, usize>,
    /// Found and sought: quotes that are unedited, edited within docs/format.md's bounds, and beyond them; of those within, the
    /// ones that only a spelling parts from the article.
    recall: BTreeMap<&'static str, (usize, usize)>,
}

impl Tally {
    fn add(&mut self, case: &Case, found: Option<&Range<usize>>) {
        let right = found.is_some_and(|found| case.place.as_ref().is_some_and(|place| is_there(found, place)));
        self.right += usize::from(right);
        if found.is_some() && !right {
            *self.wrong.entry(case.kind.clone()).or_default() += 1;
        }
        let group = match case.expected {
            Expected::Exact => "unedited",
            Expected::Drifted => "edited",
            Expected::Refused => "beyond",
            Expected::None | Expected::Ambiguous(_) => return,
        };
        let spelling = (group == "edited" && case.kind == "spelling").then_some("misspelled");
        for group in [Some(group), spelling].into_iter().flatten() {
            let (of, all) = self.recall.entry(group).or_default();
            (*of, *all) = (*of + usize::from(right), *all + 1);
        }
    }

    fn recall(&self, group: &str) -> f64 {
        self.recall.get(group).map_or(1.0, |(found, all)| *found as f64 / *all as f64)
    }

    fn report(&self, name: &str) {
        let wrong: usize = self.wrong.values().sum();
        let precision = self.right as f64 / (self.right + wrong) as f64;
        println!("{name}: {} anchors, {wrong} wrong, precision {precision:.3}", self.right + wrong);
        for (group, (found, all)) in &self.recall {
            println!("    recall of {group} quotes {:.3} ({found} of {all})", self.recall(group));
        }
        println!("    wrong by kind of edit: {:?}", self.wrong);
    }
}

/// Whether two ranges are the same passage: they share four fifths of what they cover. (Methods differ in whether an end
/// may fall within a word.)
fn is_there(found: &Range<usize>, place: &Range<usize>) -> bool {
    let shared = found.end.min(place.end).saturating_sub(found.start.max(place.start));
    let covered = found.end.max(place.end) - found.start.min(place.start);
    shared * 5 >= covered * 4
}

fn ours(case: &Case) -> Anchoring {
    let alias = |(of, name)| Alias { text: name, case: LetterCase::Exact, of };
    let names = Automaton::new((0..).zip(case.names.iter().map(String::as_str)).map(alias));
    let quote = Quote { exact: &case.quote, prefix: case.prefix.as_deref(), suffix: case.suffix.as_deref() };
    anchor(&Normal::of(&case.edited), &quote, Tongue::of(case.language), &|piece| names_in(&names, piece))
}

fn place(anchoring: &Anchoring) -> Option<&Range<usize>> {
    match anchoring {
        Anchoring::Exact(range) | Anchoring::Drifted { range, .. } => Some(range),
        _ => None,
    }
}

/// Whether ours is what the label says. A drifted quote may be missed, within the recall that is asked for.
fn is_expected(case: &Case, found: &Anchoring) -> bool {
    match (&case.expected, found) {
        (Expected::Exact, Anchoring::Exact(range)) => Some(range) == case.place.as_ref(),
        (Expected::Drifted, Anchoring::Drifted { range, .. }) => Some(range) == case.place.as_ref(),
        (Expected::Drifted, Anchoring::NotFound { .. }) => true,
        (Expected::Ambiguous(n), Anchoring::Ambiguous { places }) => places.len() == *n,
        (Expected::None | Expected::Refused, Anchoring::NotFound { .. }) => true,
        _ => false,
    }
}

#[test]
fn no_wrong_anchor_and_most_misspelled_quotes_found() {
    let cases = corpus::read();
    let (mut our_tally, mut their_tally) = (Tally::default(), Tally::default());
    let mut unexpected = 0;
    for case in &cases {
        let found = ours(case);
        our_tally.add(case, place(&found));
        if !is_expected(case, &found) || (case.expected == Expected::Drifted && place(&found).is_none()) {
            println!("{}\n    {found:?}, {:?}", case.line, place(&found).map(|range| &case.edited[range.clone()]));
        }
        unexpected += usize::from(!is_expected(case, &found));
        if let Some(context) = &case.made {
            their_tally.add(case, hypothesis::anchor(&case.edited, context).as_ref());
        }
    }
    println!("{} cases", cases.len());
    our_tally.report("dossier");
    their_tally.report("Hypothesis' scoring");
    let count = |wanted: &dyn Fn(&Case) -> bool| cases.iter().filter(|case| wanted(case)).count();
    assert!(cases.len() >= 1000);
    assert!(count(&|case| case.expected == Expected::None) >= 500);
    assert!(count(&|case| case.expected == Expected::Drifted && case.kind == "spelling") >= 200);
    assert_eq!(unexpected, 0, "see above");
    assert!(our_tally.wrong.is_empty());
    assert!(our_tally.recall("edited") >= 0.85);
}
