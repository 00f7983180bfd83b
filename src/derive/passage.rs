//! An article's text in rows: a block, and beside it what the desk says of it.
//!
//! Notes take more room than the words they are about. So that they stay beside them, a passage with many shows those that fit,
//! the weightiest first, and folds the others under it: nothing is left out, and no text is torn apart for its notes.

mod room;

use std::collections::BTreeSet;

use serde::Serialize;

use super::Context;
use super::note::Note;
use super::text::FootnoteText;
use crate::syntax::markdown::html::Rendered;

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
pub fn passages(context: &Context<'_>, rendered: Rendered, notes: Vec<Note>) -> (Vec<Passage>, Vec<FootnotePassage>) {
    let mut notes: Vec<Option<Note>> = notes.into_iter().map(Some).collect();
    let mut pick = |indices: &[usize]| -> Vec<Note> {
        let sorted: BTreeSet<usize> = indices.iter().copied().collect();
        // A passage ends once.
        sorted.into_iter().filter_map(|index| notes[index].take()).collect()
    };
    let own: Vec<Vec<Note>> = rendered.blocks.iter().map(|block| pick(&block.notes)).collect();
    let kept = room::seen(rendered.blocks.iter().map(|block| block.html.as_str()).zip(own.iter().map(Vec::as_slice)));
    let passages = rendered.blocks.into_iter().zip(own).zip(kept);
    let passages =
        passages.map(|((block, own), kept)| Passage { text_html: block.html, notes: Notes::new(context, own, &kept) });
    // Notes on footnotes follow them: they take no room from another text.
    let footnotes = rendered.footnotes.into_iter().map(|footnote| {
        let own = pick(&footnote.notes);
        let all = own.iter().map(|note| note.number).collect();
        FootnotePassage { notes: Notes::new(context, own, &all), footnote: footnote.into() }
    });
    (passages.collect(), footnotes.collect())
}

impl Notes {
    /// The notes on a block, in the order of their marks; those whose numbers are `kept` are seen at once.
    fn new(context: &Context<'_>, notes: Vec<Note>, kept: &BTreeSet<usize>) -> Self {
        let (Some(first), Some(last)) = (notes.first(), notes.last()) else { return Self::default() };
        let (first, last) = (first.number.to_string(), last.number.to_string());
        let label = match notes.len() {
            1 => context.locale.phrase("article.note_number", &[("n", &first)]),
            _ => context.locale.phrase("article.notes_range", &[("first", &first), ("last", &last)]),
        };
        let (shown, folded): (Vec<Note>, Vec<Note>) = notes.into_iter().partition(|note| kept.contains(&note.number));
        let more =
            if folded.is_empty() { String::new() } else { context.locale.count("count.more_notes", folded.len()) };
        Self { label, shown, folded, more }
    }
}
