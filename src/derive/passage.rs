//! An article's text in rows: a block, and beside it what the desk says of it.
//!
//! Notes take more room than the words they are about. So that they stay beside them, a passage with many shows those that fit,
//! the weightiest first, and folds the others under it: nothing is left out, and no text is torn apart for its notes.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Context;
use super::note::Note;
use super::text::FootnoteText;
use crate::syntax::markdown::html::Rendered;

/// Letters in a line of text, and in a line of a note.
const TEXT_LINE: usize = 62;
const NOTE_LINE: usize = 36;
/// So many lines of notes stand beside one line of text: they are smaller, and in two columns.
const BESIDE: f64 = 2.4;
/// So many lines more may reach down beside what follows.
const BELOW: f64 = 2.0;
/// So few notes are never folded, and so few are seen in any case.
const FEW: usize = 3;
const LEAST: usize = 2;

/// A row: a block of text and its notes.
#[derive(Clone, Debug, Serialize)]
pub struct Passage {
    /// The block.
    pub text_html: String,
    /// Its notes.
    pub notes: Notes,
}

/// A footnote and its notes.
#[derive(Clone, Debug, Serialize)]
pub struct FootnotePassage {
    /// The footnote.
    pub footnote: FootnoteText,
    /// The notes.
    pub notes: Notes,
}

/// The notes on one passage; templates write them with `{{<notes of={…} />}}`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Notes {
    /// What they are called aloud: `Notes 3 à 8`; empty where there are none.
    pub label: String,
    /// Those that are seen at once, in the order of their marks.
    pub shown: Vec<Note>,
    /// The others, in the same order.
    pub folded: Vec<Note>,
    /// What those are called: `5 autres notes`; empty where there are none.
    pub more: String,
}

/// Gives each block its notes. A passage whose end is in no block (raw HTML) has its note beside the last.
pub fn passages(context: &Context<'_>, rendered: Rendered, notes: &[Note]) -> (Vec<Passage>, Vec<FootnotePassage>) {
    let pick = |html: &str, indices: &[usize]| {
        let sorted: BTreeSet<usize> = indices.iter().copied().collect();
        Notes::new(context, html, sorted.into_iter().map(|index| notes[index].clone()).collect())
    };
    let passages = rendered.blocks.into_iter();
    let passages = passages.map(|block| Passage { notes: pick(&block.html, &block.notes), text_html: block.html });
    let footnotes = rendered.footnotes.into_iter();
    let footnotes = footnotes
        .map(|footnote| FootnotePassage { notes: pick(&footnote.html, &footnote.notes), footnote: footnote.into() });
    (passages.collect(), footnotes.collect())
}

impl Notes {
    /// The notes on the block `html`, in the order of their marks.
    fn new(context: &Context<'_>, html: &str, notes: Vec<Note>) -> Self {
        let (Some(first), Some(last)) = (notes.first(), notes.last()) else { return Self::default() };
        let (first, last) = (first.number.to_string(), last.number.to_string());
        let label = match notes.len() {
            1 => context.locale.phrase("article.note_number", &[("n", &first)]),
            _ => context.locale.phrase("article.notes_range", &[("first", &first), ("last", &last)]),
        };
        let kept = kept(letters(html), &notes);
        let (shown, folded): (Vec<Note>, Vec<Note>) = notes.into_iter().partition(|note| kept.contains(&note.number));
        let more =
            if folded.is_empty() { String::new() } else { context.locale.count("count.more_notes", folded.len()) };
        Self { label, shown, folded, more }
    }
}

/// The numbers of the notes that are seen at once beside a text of so many letters.
fn kept(letters: usize, notes: &[Note]) -> BTreeSet<usize> {
    let all = || notes.iter().map(|note| note.number).collect();
    let room = lines(letters, TEXT_LINE) * BESIDE + BELOW;
    if notes.len() <= FEW || notes.iter().map(height).sum::<f64>() <= room {
        return all();
    }
    let mut weightiest: Vec<&Note> = notes.iter().collect();
    weightiest.sort_by_key(|note| (weight(note), note.number));
    let mut kept = BTreeSet::new();
    let mut taken = 0.0;
    for note in weightiest {
        taken += height(note);
        if kept.len() >= LEAST && taken > room {
            break;
        }
        kept.insert(note.number);
    }
    // To fold one note alone saves no room.
    if kept.len() + 1 >= notes.len() { all() } else { kept }
}

/// What is seen first: what is wrong, then what is in doubt, then all other judgements, figures and the rest.
fn weight(note: &Note) -> usize {
    let tone = note.label.as_ref().map_or("", |label| label.tone);
    match (note.kind, tone) {
        ("check", "negative") => 0,
        ("check", "mixed") => 1,
        ("check", _) => 2,
        ("figure", _) => 3,
        _ => 4,
    }
}

/// How many lines a note takes: its head, its words, where it leads, and what is between it and the next.
fn height(note: &Note) -> f64 {
    let links: f64 = note.links.iter().map(|link| lines(link.title.chars().count(), NOTE_LINE)).sum();
    let links = if note.kind == "check" { 1.5 } else { links };
    let said = if note.said.is_some() { 1.0 } else { 0.0 };
    1.8 + links + said + lines(letters(&note.lead_html), NOTE_LINE)
}

fn lines(letters: usize, per_line: usize) -> f64 {
    // Texts are far shorter than 2^53 lines.
    letters.div_ceil(per_line) as f64
}

/// The letters of a piece of HTML, its tags left out.
fn letters(html: &str) -> usize {
    let mut inside = false;
    let is_letter = |letter: char| {
        inside = letter == '<' || inside && letter != '>';
        !inside && letter != '>'
    };
    html.chars().map(is_letter).filter(|counts| *counts).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::derive::label::Label;

    fn note(number: usize, kind: &'static str, tone: &'static str) -> Note {
        let lead_html = format!("<p>{}</p>", "a ".repeat(60));
        Note { number, kind, label: Some(Label::new(tone, "x")), lead_html, ..Note::default() }
    }

    #[test]
    fn a_short_passage_with_many_notes_shows_the_weightiest() {
        let notes: Vec<Note> = [
            ("reference", "neutral"),
            ("figure", "neutral"),
            ("check", "positive"),
            ("remark", "neutral"),
            ("check", "negative"),
            ("check", "mixed"),
        ]
        .into_iter()
        .zip(1..)
        .map(|((kind, tone), number)| note(number, kind, tone))
        .collect();
        for (letters, expected) in [(5_000, vec![1, 2, 3, 4, 5, 6]), (400, vec![5, 6]), (20, vec![5, 6])] {
            assert_eq!(kept(letters, &notes), expected.into_iter().collect(), "{letters}");
        }
        assert_eq!(kept(20, &notes[..3]).len(), 3, "few notes are never folded");
    }

    #[test]
    fn letters_are_counted_without_tags() {
        assert_eq!(letters("<p>ab <b class=\"c\">é</b>.</p>"), 5);
    }
}
