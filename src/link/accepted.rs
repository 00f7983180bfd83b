//! Whether each passage is the one that a person accepted.
//!
//! A quote can stay exact and mean something else: its sentence may be denied, hedged or turned around by words beside it, or the
//! first sentence goes and another that has the same words stays. So what was accepted is the sentence, not the quote.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::anchor::Anchoring;
use super::locate::Located;
use super::sentence::Sentences;
use crate::model::annotation::Annotation;
use crate::model::ledger::{AcceptedOn, PassageInSentence};
use crate::syntax::normal::Normal;

/// What has become of a passage since it was accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Acceptance {
    /// Its sentence is one that was accepted.
    Accepted(PassageInSentence),
    /// It is exact, and was never accepted.
    New(PassageInSentence),
    /// It is exact, and its sentence is none that was accepted.
    Changed {
        /// What was accepted: several where git has put branches together.
        accepted: Vec<PassageInSentence>,
        /// What stands there.
        now: PassageInSentence,
    },
    /// It is not exact, but near: when it is accepted, the quote gets its words.
    Drifted {
        /// What was accepted.
        accepted: Vec<PassageInSentence>,
        /// What stands there.
        now: PassageInSentence,
    },
    /// It stands nowhere, or in several places: there is nothing to accept.
    Nowhere,
}

impl Acceptance {
    /// What stands there, where that waits for a person to accept it.
    pub fn waiting(&self) -> Option<&PassageInSentence> {
        match self {
            Self::New(now) | Self::Changed { now, .. } | Self::Drifted { now, .. } => Some(now),
            Self::Accepted(_) | Self::Nowhere => None,
        }
    }

    /// What was accepted instead of it.
    pub fn before(&self) -> &[PassageInSentence] {
        match self {
            Self::Changed { accepted, .. } | Self::Drifted { accepted, .. } => accepted,
            _ => &[],
        }
    }

    /// The word for it in JSON.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Accepted(_) => "accepted",
            Self::New(_) => "new",
            Self::Changed { .. } => "changed",
            Self::Drifted { .. } => "drifted",
            Self::Nowhere => "nowhere",
        }
    }
}

/// What has become of the passages of `annotations`, which stand in `located`, since `on` said what was accepted.
pub fn acceptances(located: &Located, annotations: &[Arc<Annotation>], on: &[&Arc<AcceptedOn>]) -> Vec<Acceptance> {
    let mut passages = Passages::of(&located.prose.text);
    let acceptance = |(annotation, anchoring): (&Arc<Annotation>, &Option<Anchoring>)| match anchoring {
        Some(Anchoring::Exact(range)) => exact(passages.at(range), annotation, on),
        Some(Anchoring::Drifted { range, .. }) => {
            Acceptance::Drifted { accepted: read_lines(annotation, on), now: passages.at(range) }
        }
        _ => Acceptance::Nowhere,
    };
    annotations.iter().zip(&located.anchorings).map(acceptance).collect()
}

fn exact(now: PassageInSentence, annotation: &Annotation, on: &[&Arc<AcceptedOn>]) -> Acceptance {
    let line = now.to_string();
    // The id of now first: mostly nothing else is asked for.
    if on.iter().flat_map(|accepted| accepted.of(&annotation.meta.id)).any(|accepted| *accepted == *line) {
        return Acceptance::Accepted(now);
    }
    let accepted = read_lines(annotation, on);
    // An editor may quote more or less of a sentence: it is the sentence that was accepted.
    let sentence = now.sentence();
    if accepted.iter().any(|accepted| accepted.sentence() == sentence) {
        return Acceptance::Accepted(now);
    }
    if accepted.is_empty() { Acceptance::New(now) } else { Acceptance::Changed { accepted, now } }
}

/// What was accepted of an annotation, under the ids that it has and had.
fn read_lines(annotation: &Annotation, on: &[&Arc<AcceptedOn>]) -> Vec<PassageInSentence> {
    let ids: Vec<Cow<'_, str>> = annotation.accepted_as().collect();
    let lines = on.iter().flat_map(|accepted| ids.iter().flat_map(|id| accepted.of(id)));
    lines.filter_map(PassageInSentence::read).collect()
}

/// The passages of a text, each in its sentence.
struct Passages<'a> {
    text: &'a str,
    sentences: Sentences<'a>,
}

impl<'a> Passages<'a> {
    fn of(text: &'a str) -> Self {
        Self { text, sentences: Sentences::of(text) }
    }

    /// The passage at some bytes of the text.
    fn at(&mut self, range: &Range<usize>) -> PassageInSentence {
        let sentence = self.sentences.whole(range);
        let sentence = sentence.start.min(range.start)..sentence.end.max(range.end);
        let normal = Normal::of(&self.text[sentence.clone()]);
        let words = normal.covering(range.start - sentence.start..range.end - sentence.start);
        let piece = |range: Range<usize>| normal.text()[range].to_owned();
        PassageInSentence {
            before: piece(0..words.start),
            words: piece(words.clone()),
            after: piece(words.end..normal.text().len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The passage of `words` (their first place) in `text`, as the ledger writes it.
    #[track_caller]
    fn check(text: &str, words: &str, expected: &str) {
        let start = text.find(words).unwrap_or_else(|| panic!("{words:?} in {text:?}"));
        let passage = Passages::of(text).at(&(start..start + words.len()));
        assert_eq!(passage.to_string(), expected, "{words:?} in {text:?}");
    }

    #[test]
    fn a_passage_has_the_sentences_that_it_has_a_part_in() {
        for (text, words, expected) in [
            ("It rained. The shop opened. All left.\n", "shop", "The ⟦shop⟧ opened."),
            ("It rained. The shop opened. All left.\n", "rained. The", "It ⟦rained. The⟧ shop opened."),
            ("A title\nThe shop opened.\nAll left.\n", "title\nThe", "A ⟦title The⟧ shop opened."),
        ] {
            check(text, words, expected);
        }
    }

    #[test]
    fn it_is_written_in_normal_form() {
        check("Il dit : «\u{a0}L’État a payé\u{202f}!\u{a0}»\n", "L’État a payé", "Il dit : \"⟦L'État a payé⟧ !\"");
        check("A [⟦b⟧] \\ c.\n", "⟦b⟧", "A [⟦\\⟦b\\⟧⟧] \\\\ c.");
    }
}
