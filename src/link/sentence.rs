//! The sentence around a passage.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// A longer sentence is cut to about this many bytes around the passage.
const LONGEST: usize = 480;

/// Words before a full stop that do not end a sentence.
const ABBREVIATIONS: &[&str] = &[
    "M.", "MM.", "Mme.", "Dr.", "Mr.", "Mrs.", "Ms.", "St.", "Gen.", "gén.", "Col.", "col.", "Lt.", "Cf.", "cf.",
    "art.", "p.", "vol.", "n.", "no.", "No.", "etc.", "env.", "av.", "apr.", "J.-C.", "vs.", "e.g.", "i.e.", "U.S.",
    "U.N.", "janv.", "févr.", "juill.", "sept.", "oct.", "nov.", "déc.", "Jan.", "Feb.", "Aug.", "Sept.", "Oct.",
    "Nov.", "Dec.",
];

/// The sentence of `text` that a passage stands in, within its block; from the first to the last sentence for a longer one.
pub fn around(text: &str, passage: &Range<usize>) -> Range<usize> {
    let start = text[..passage.start].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[passage.end..].find('\n').map_or(text.len(), |newline| passage.end + newline);
    let mut sentence = start..end;
    let mut from = start;
    for (at, piece) in text[start..end].split_sentence_bound_indices() {
        let stop = start + at + piece.len();
        if is_unfinished(piece) && stop < end {
            continue;
        }
        if stop <= passage.start {
            from = stop;
        } else if stop >= passage.end {
            sentence = from..stop;
            break;
        }
    }
    trimmed(text, shortened(text, sentence, passage))
}

/// Where the first sentences of `text` end: the first of all, and those after it while they fit into `most` bytes.
pub fn lead(text: &str, most: usize) -> usize {
    let (mut end, mut at) = (0, 0);
    for piece in text.split_sentence_bounds() {
        at += piece.len();
        if is_unfinished(piece) && at < text.len() {
            continue;
        }
        if end > 0 && text[..at].trim_end().len() > most {
            break;
        }
        end = at;
    }
    end
}

fn is_unfinished(piece: &str) -> bool {
    let last = piece.split_whitespace().next_back().unwrap_or_default();
    let initial = last.len() <= 3 && last.ends_with('.') && last.starts_with(char::is_uppercase);
    initial || ABBREVIATIONS.contains(&last)
}

/// Cuts a sentence that is too long to be read as context, at spaces.
fn shortened(text: &str, sentence: Range<usize>, passage: &Range<usize>) -> Range<usize> {
    if sentence.len() <= LONGEST + passage.len() {
        return sentence;
    }
    let before = passage.start.saturating_sub(LONGEST / 2).max(sentence.start);
    let after = (passage.end + LONGEST / 2).min(sentence.end);
    let start = match before == sentence.start {
        true => before,
        false => (before..passage.start).find(|at| text.as_bytes()[*at] == b' ').unwrap_or(passage.start),
    };
    let end = match after == sentence.end {
        true => after,
        false => (passage.end..after).rfind(|at| text.as_bytes()[*at] == b' ').unwrap_or(passage.end),
    };
    start..end
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let piece = &text[range.clone()];
    let start = range.start + (piece.len() - piece.trim_start().len());
    let end = start + piece.trim().len();
    start..end
}

#[cfg(test)]
mod tests {
    use super::{around, lead};

    #[test]
    fn the_sentence_around_a_word() {
        let text = "Un titre\nM. Dupont est venu. Le général Camara a parlé ; il est parti. Fin.\n";
        for (word, expected) in [
            ("Dupont", "M. Dupont est venu."),
            ("Camara", "Le général Camara a parlé ; il est parti."),
            ("titre", "Un titre"),
            ("Fin", "Fin."),
        ] {
            let at = text.find(word).unwrap_or(0);
            assert_eq!(&text[around(text, &(at..at + word.len()))], expected);
        }
    }

    #[test]
    fn the_first_sentences() {
        let text = "M. Dupont est venu. Il est parti. Rien ne dit où il est allé.";
        for (most, expected) in [(5, "M. Dupont est venu. "), (40, "M. Dupont est venu. Il est parti. "), (500, text)] {
            assert_eq!(&text[..lead(text, most)], expected);
        }
        assert_eq!(lead("", 9), 0);
    }
}
