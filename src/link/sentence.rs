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
    let begin = start + sure_start(&text[start..end], passage.start - start);
    trimmed(text, shortened(text, in_block(text, start..end, begin, passage), passage))
}

/// The sentence of a passage in its block, whose sentences are read from `begin` on: the start of one.
fn in_block(text: &str, Range { start, end }: Range<usize>, begin: usize, passage: &Range<usize>) -> Range<usize> {
    let mut sentence = start..end;
    let mut from = begin;
    let mut at = begin;
    for piece in pieces(&text[begin..end]) {
        at += piece.len();
        let stop = at;
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
    sentence
}

/// Where a sentence surely begins in a block, not after `at`: a capital after a word that ends with a full stop or its like.
/// By every rule of Unicode's it does, whatever stands before; so a block of ten thousand sentences is not read from its start.
fn sure_start(block: &str, at: usize) -> usize {
    let bytes = block.as_bytes();
    let begins = |space: &usize| {
        let before = &block[..=*space];
        let word = before.trim_end_matches(' ').strip_suffix(['.', '!', '?']).unwrap_or_default();
        let word = word.rsplit(char::is_whitespace).next().unwrap_or_default();
        bytes.get(space + 1).is_some_and(u8::is_ascii_uppercase)
            && word.ends_with(|c: char| c.is_ascii_lowercase())
            && word.chars().all(char::is_alphabetic)
            && !is_unfinished(before)
    };
    let mut spaces = (1..at).rev().filter(|at| bytes[*at] == b' ' && matches!(bytes[at - 1], b'.' | b'!' | b'?'));
    spaces.find(begins).map_or(0, |space| space + 1)
}

/// Where the first sentences of `text` end: the first of all, and those after it while they fit into `most` bytes.
pub fn lead(text: &str, most: usize) -> usize {
    let (mut end, mut at) = (0, 0);
    for piece in pieces(text) {
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

/// The sentences of a text as Unicode divides it (UAX 29): `unicode_segmentation`'s own pieces, found with less work.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (piece, after) = rest.split_at(first_piece(rest));
        rest = after;
        (!piece.is_empty()).then_some(piece)
    })
}

/// Where the first sentence of a text ends.
///
/// Without a sign that may end it, it goes on. What such a sign does depends on what stands after it and on the letter before
/// it, so the rules are asked from the start of its word on; all that comes before is passed over.
fn first_piece(text: &str) -> usize {
    let Some(sign) = text.find(may_end) else { return text.len() };
    let word = text[..sign].rfind(' ').unwrap_or(0);
    text[word..].split_sentence_bounds().next().map_or(text.len(), |piece| word + piece.len())
}

/// Whether a sentence may end at `c`. Signs that are rare in the scripts of Europe are left to the rules.
fn may_end(c: char) -> bool {
    match c {
        '.' | '!' | '?' | '\n' | '\r' => true,
        '\0'..='\u{7f}' | '\u{a0}'..='\u{24f}' | '\u{2010}'..='\u{2023}' | '\u{2025}'..='\u{2027}' | '\u{202f}' => {
            false
        }
        _ => true,
    }
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
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    use super::{around, lead, pieces};

    proptest! {
        #[test]
        fn a_sentence_is_the_same_from_wherever_it_is_looked_for(
            text in "((M|Dr|col|été|ab|Ab|c|a!col|e.g|U)?[.!?] ?|[A-Ca-c]{1,2} ?|[»1\n\u{a0}é]){0,40}",
            share in 0.0f64..1.0,
        ) {
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            prop_assume!(!places.is_empty());
            let at = places[((places.len() as f64 * share) as usize).min(places.len() - 1)];
            let end = at + text[at..].chars().next().map_or(0, char::len_utf8);
            let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
            let stop = text[end..].find('\n').map_or(text.len(), |newline| end + newline);
            let sure = start + super::sure_start(&text[start..stop], at - start);
            let whole = super::in_block(&text, start..stop, start, &(at..end));
            prop_assert_eq!(super::in_block(&text, start..stop, sure, &(at..end)), whole, "{:?} at {}", text, at);
        }

        #[test]
        fn sentences_are_those_of_unicode(text in "([a-cA-C1-2é .!?)»,\r\u{308}\u{ad}\u{2028}…。٣ⅰ\\-]|[a-c]{3} |\\PC){0,60}") {
            let (found, expected): (Vec<&str>, Vec<&str>) =
                (pieces(&text).collect(), text.split_sentence_bounds().collect());
            prop_assert_eq!(found, expected);
        }
    }

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
