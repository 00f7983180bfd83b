//! How many notes fit beside a text.
//!
//! The style sheet lets notes reach down beside the next passages, until one that has notes of its own: those stand below, and
//! what follows their text not above them. So what fits is reckoned down the page, in lines of text: how far the text has come, and
//! how far the notes.

use std::collections::BTreeSet;

use crate::derive::note::Note;
use crate::derive::view::NodeLink;

/// Letters in a line of text, and in a line of a note.
const TEXT_LINE: usize = 62;
const NOTE_LINE: usize = 35;
/// The height of a note's line, in lines of text.
const SMALL: f64 = 0.7;
/// What is left free below a block, and what a heading takes more than its letters, in lines of text.
const BLOCK: f64 = 0.65;
const HEADING: f64 = 0.9;
/// The line that opens the folded notes, in lines of notes.
const FOLD: f64 = 1.9;
/// So far may notes reach down below the end of the text, in lines of text.
const END: f64 = 6.0;
/// A note of so many lines is never folded alone: that saves no room.
const SHORT: f64 = 4.0;

/// The letters of the word that opens the rest of a reason.
const REST: usize = 8;

/// The numbers of the notes that are seen at once, by block: its HTML, and what is said of it.
pub(super) fn seen<'a>(blocks: impl Iterator<Item = (&'a str, &'a [Note])>) -> Vec<BTreeSet<usize>> {
    let (texts, notes): (Vec<f64>, Vec<&[Note]>) = blocks.map(|(html, notes)| (text_height(html), notes)).unzip();
    down_the_page(&texts, &notes)
}

fn down_the_page(texts: &[f64], notes: &[&[Note]]) -> Vec<BTreeSet<usize>> {
    let (mut text, mut beside) = (0.0_f64, 0.0_f64);
    let mut seen = Vec::with_capacity(texts.len());
    for (index, (lines, own)) in texts.iter().zip(notes).enumerate() {
        let start = text;
        text += lines;
        if own.is_empty() {
            seen.push(BTreeSet::new());
            continue;
        }
        let next = (index + 1..notes.len()).find(|next| !notes[*next].is_empty());
        let follow: f64 = texts[index + 1..next.map_or(texts.len(), |next| next + 1)].iter().sum();
        let top = start.max(beside);
        // What follows begins no higher than these notes.
        text = text.max(top);
        let end = text + follow + if next.is_some() { 0.0 } else { END };
        let heights: Vec<f64> = own.iter().map(height).collect();
        let kept = kept((end - top) / SMALL, own, &heights);
        beside = top + stacked(&kept, &heights) * SMALL;
        seen.push(kept.iter().map(|place| own[*place].number).collect());
    }
    seen
}

/// Which of the notes are seen where there is `room` for so many lines of notes, by their places: at least the weightiest.
fn kept(room: f64, notes: &[Note], heights: &[f64]) -> Vec<usize> {
    let all: Vec<usize> = (0..notes.len()).collect();
    if stacked(&all, heights) <= room {
        return all;
    }
    let mut weightiest = all.clone();
    weightiest.sort_by_key(|place| weight(&notes[*place]));
    let mut kept: Vec<usize> = Vec::new();
    for place in weightiest {
        let at = kept.partition_point(|other| *other < place);
        kept.insert(at, place);
        if kept.len() > 1 && stacked(&kept, heights) > room {
            kept.remove(at);
        }
    }
    let is_short = |place: &usize| kept.binary_search(place).is_err() && heights[*place] <= SHORT;
    if kept.len() + 1 == all.len() && all.iter().any(is_short) { all } else { kept }
}

/// How many lines the notes take that are `kept`, by their places, of those with these `heights`: two columns that are as even as
/// their order allows, and the line that opens the others.
fn stacked(kept: &[usize], heights: &[f64]) -> f64 {
    let all: f64 = kept.iter().map(|place| heights[*place]).sum();
    let mut first = 0.0_f64;
    let mut even = all;
    for place in kept {
        first += heights[*place];
        even = even.min(first.max(all - first));
    }
    even + if kept.len() < heights.len() { FOLD } else { 0.0 }
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

/// How many lines a note takes, and what is free below it. As `components.html` writes it: its head, what it leads to, what was
/// said, the reason, and last the way to its page with what speaks for it.
fn height(note: &Note) -> f64 {
    let Note { label, detail, said, by, basis, links, evidence, corroboration, .. } = note;
    let count = |text: &str| text.chars().count();
    let title = |link: &NodeLink| count(&link.title);
    let head = label.as_ref().map_or(0, |label| count(&label.word)) + count(detail) + 6;
    let said = said.as_ref().map_or(0, |said| count(&said.plain()) + by.as_ref().map_or(0, title) + count(basis) + 4);
    let folds = if note.rest_html.is_empty() { 0 } else { REST };
    let beside: usize = evidence.iter().map(|part| count(part) + 2).sum::<usize>() + count(corroboration);
    let more = match note.kind {
        "check" => REST + beside + 8,
        "figure" => links.first().map_or(0, title) + beside,
        _ => 0,
    };
    let to: f64 = if more == 0 { links.iter().map(|link| lines(title(link), NOTE_LINE) + 0.3).sum() } else { 0.0 };
    let parts = [head, said, letters(&note.lead_html) + folds, more].map(|letters| lines(letters, NOTE_LINE));
    let between = parts.iter().filter(|lines| **lines > 0.0).count() as f64 * 0.15;
    parts.iter().sum::<f64>() + to + between + 0.8
}

/// How many lines a block takes, and what is free below it.
fn text_height(html: &str) -> f64 {
    let heading = if html.starts_with("<h") { HEADING } else { 0.0 };
    lines(letters(html), TEXT_LINE) + heading + BLOCK
}

fn lines(letters: usize, per_line: usize) -> f64 {
    // Texts are far shorter than 2^53 lines.
    letters.div_ceil(per_line) as f64
}

/// The letters of a piece of HTML, its tags left out.
fn letters(html: &str) -> usize {
    let (mut letters, mut in_tag) = (0, false);
    for byte in html.bytes() {
        match byte {
            b'<' => in_tag = true,
            b'>' if in_tag => in_tag = false,
            // The further bytes of a letter.
            0x80..=0xbf => {}
            _ => letters += usize::from(!in_tag),
        }
    }
    letters
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
        let all: Vec<usize> = (0..6).collect();
        let heights: Vec<f64> = notes.iter().map(height).collect();
        for (room, expected) in [(40.0, all), (17.0, vec![1, 2, 4, 5]), (10.0, vec![4, 5]), (1.0, vec![4])] {
            assert_eq!(kept(room, &notes, &heights), expected, "{room}");
        }
    }

    #[test]
    fn notes_reach_down_beside_text_that_has_none() {
        let notes = || (1..=4).map(|number| note(number, "check", "neutral")).collect::<Vec<Note>>();
        let seen = |texts: &[f64], notes: &[&[Note]]| {
            down_the_page(texts, notes).iter().map(BTreeSet::len).collect::<Vec<usize>>()
        };
        assert_eq!(seen(&[3.0, 3.0, 3.0], &[&notes(), &notes(), &notes()]), [1, 1, 1], "there is no room for all");
        assert_eq!(seen(&[3.0, 3.0, 30.0], &[&notes(), &[], &notes()]), [4, 0, 4], "there is, beside what follows");
    }

    #[test]
    fn letters_are_counted_without_tags() {
        assert_eq!(letters("<p>ab <b class=\"c\">é</b>.</p>"), 5);
    }
}
