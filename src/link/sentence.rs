//! The sentence around a passage.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// A longer sentence is cut to about this many bytes around the passage.
const LONGEST: usize = 480;

/// What a passage means may hang on any word of its sentence, so that much of it counts when one is accepted: two thousand bytes on
/// each side. It bounds what ten thousand annotations along one endless sentence would write down.
const MEANT: usize = 4000;

/// A sentence is looked for in so many bytes on each side of the passage: one that reaches further is cut in any case.
const REACH: usize = 4 * LONGEST;

/// Words before a full stop that do not end a sentence.
const ABBREVIATIONS: &[&str] = &[
    "M.",
    "MM.",
    "Mme.",
    "Dr.",
    "Mr.",
    "Mrs.",
    "Ms.",
    "St.",
    "Gen.",
    "gén.",
    "Col.",
    "col.",
    "Lt.",
    "Cf.",
    "cf.",
    "art.",
    "p.",
    "vol.",
    "n.",
    "no.",
    "No.",
    "etc.",
    "env.",
    "av.",
    "apr.",
    "J.-C.",
    "vs.",
    "e.g.",
    "i.e.",
    "U.S.",
    "U.N.",
    "janv.",
    "févr.",
    "juill.",
    "sept.",
    "oct.",
    "nov.",
    "déc.",
    "Jan.",
    "Feb.",
    "Aug.",
    "Sept.",
    "Oct.",
    "Nov.",
    "Dec.",
    "Prof.",
    "Mgr.",
    "Jr.",
    "Sr.",
    "Sra.",
    "Srta.",
    "Sres.",
    "Dra.",
    "Drs.",
    "Mons.",
    "Inc.",
    "Ltd.",
    "Ltda.",
    "Corp.",
    "Co.",
    "Sgt.",
    "Capt.",
    "Maj.",
    "Lt.Cdr.",
    "Pvt.",
    "Rev.",
    "Adm.",
    "Cmdr.",
    "Hr.",
    "Hrn.",
    "Frl.",
    "Fr.",
    "Nr.",
    "Abs.",
    "Str.",
    "Bd.",
    "Tel.",
    "bzw.",
    "ca.",
    "evtl.",
    "ggf.",
    "inkl.",
    "sog.",
    "vgl.",
    "usw.",
    "z.B.",
    "d.h.",
    "u.a.",
    "Sig.",
    "dott.",
    "avv.",
    "Ing.",
    "ing.",
    "Av.",
    "ej.",
    "ex.",
    "fig.",
    "pág.",
    "núm.",
    "проф.",
    "ул.",
    "им.",
    "тыс.",
    "млн.",
    "млрд.",
    "руб.",
    "т.е.",
    "т.д.",
    "гр.",
];

/// Words before a German ordinal: `am 3. Mai`, `der 3. Zeuge`.
const BEFORE_ORDINALS: &[&str] =
    &["der", "die", "das", "den", "dem", "des", "am", "vom", "zum", "zur", "im", "ab", "bis", "seit", "so"];

/// The sentence of `text` that a passage stands in, within its block; from the first to the last sentence for a longer one.
pub fn around(text: &str, passage: &Range<usize>) -> Range<usize> {
    within(text, passage, REACH, LONGEST)
}

/// The same, looking no further than `reach` on each side. A block may have megabytes, and each of its words may ask.
fn within(text: &str, passage: &Range<usize>, reach: usize, longest: usize) -> Range<usize> {
    let first = text.floor_char_boundary(passage.start.saturating_sub(reach));
    let last = text.ceil_char_boundary(passage.end.saturating_add(reach).min(text.len()));
    let start = match text[first..passage.start].rfind('\n') {
        Some(newline) => first + newline + 1,
        None if first == 0 => 0,
        // Not in the middle of a word.
        None => text[first..passage.start].find(' ').map_or(first, |space| first + space + 1),
    };
    let end = text[passage.end..last].find('\n').map_or(last, |newline| passage.end + newline);
    among(text, &(start..end), &ends(text, &(start..end)), passage, longest)
}

/// Where the sentences of a block end.
fn ends(text: &str, block: &Range<usize>) -> Vec<usize> {
    let mut at = block.start;
    let pieces = pieces(&text[block.clone()]).map(|piece| {
        at += piece.len();
        (piece, at)
    });
    let finished = pieces.filter(|(piece, at)| !is_unfinished(piece) || *at == block.end);
    finished.filter_map(|(_, at)| closed(&text[..block.end], at)).collect()
}

/// Where a sentence that ends at `at` is closed; nowhere, if a small letter follows: `“No!” he said.` goes on. French puts a space
/// before `»`, at which Unicode's rules have ended it already: the mark belongs to what it closes.
fn closed(text: &str, at: usize) -> Option<usize> {
    let Some(after) = text[at..].strip_prefix('»') else {
        return (!text[at..].starts_with(char::is_lowercase)).then_some(at);
    };
    let rest = after.trim_start();
    let goes_on = rest.starts_with(|c: char| c.is_lowercase() || matches!(c, '.' | ',' | ';' | ':' | '-' | '–' | '—'));
    (!goes_on).then_some(text.len() - rest.len())
}

/// The sentence of a passage in a block whose sentences end at `ends`, cut to about `longest` bytes around the passage.
fn among(text: &str, block: &Range<usize>, ends: &[usize], passage: &Range<usize>, longest: usize) -> Range<usize> {
    let before = ends.partition_point(|end| *end <= passage.start);
    let from = before.checked_sub(1).map_or(block.start, |last| ends[last]);
    let after = ends[before..].iter().find(|end| **end >= passage.end);
    // Nothing ends after a passage without words at the end of a block.
    let sentence = after.map_or(block.clone(), |to| from..*to);
    trimmed(text, shortened(text, sentence, passage, longest))
}

/// The sentences around many passages of a text. Asked in the order of the text, each block is divided once.
pub struct Sentences<'a> {
    text: &'a str,
    block: Range<usize>,
    /// Where the sentences of the block end.
    ends: Vec<usize>,
}

impl<'a> Sentences<'a> {
    /// Those of a text.
    pub fn of(text: &'a str) -> Self {
        Self { text, block: 0..0, ends: Vec::new() }
    }

    /// What [`around`] gives.
    pub fn around(&mut self, passage: &Range<usize>) -> Range<usize> {
        self.of_passage(passage, LONGEST)
    }

    /// The whole sentence, or all that the passage has a part in. Of one that no reader could take in at once, two thousand bytes on
    /// each side.
    pub fn whole(&mut self, passage: &Range<usize>) -> Range<usize> {
        self.of_passage(passage, MEANT)
    }

    fn of_passage(&mut self, passage: &Range<usize>, longest: usize) -> Range<usize> {
        if self.ends.is_empty() || !(self.block.start..=self.block.end).contains(&passage.start) {
            self.divide(passage.start);
        }
        if passage.end > self.block.end {
            return within(self.text, passage, 4 * longest, longest);
        }
        among(self.text, &self.block, &self.ends, passage, longest)
    }

    /// Divides the block at a place.
    fn divide(&mut self, at: usize) {
        let start = self.text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let end = self.text[at..].find('\n').map_or(self.text.len(), |newline| at + newline);
        self.block = start..end;
        self.ends = ends(self.text, &self.block);
    }
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
    let mut words = piece.split_whitespace().rev();
    let last = words.next().unwrap_or_default();
    let word =
        last.trim_start_matches(['(', '"', '“', '„', '«', '\u{a0}', '\u{202f}']).strip_suffix('.').unwrap_or_default();
    let mut chars = word.chars();
    // `B. Keïta`, `z. B.`; and after an article `am 3. Mai`, which elsewhere would be a number at the end.
    let initial = matches!((chars.next(), chars.next()), (Some(c), None) if c.is_alphabetic());
    let number = (1..=2).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
    let ordinal = number && words.next().is_some_and(|before| BEFORE_ORDINALS.contains(&before));
    initial || ordinal || ABBREVIATIONS.contains(&last)
}

/// Cuts a sentence that is too long to be read as context, at spaces.
fn shortened(text: &str, sentence: Range<usize>, passage: &Range<usize>, longest: usize) -> Range<usize> {
    if sentence.len() <= longest + passage.len() {
        return sentence;
    }
    let before = passage.start.saturating_sub(longest / 2).max(sentence.start);
    let after = (passage.end + longest / 2).min(sentence.end);
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

    use super::{LONGEST, REACH, Sentences, around, lead, pieces, within};

    proptest! {
        #[test]
        fn sentences_are_those_of_unicode(text in "([a-cA-C1-2é .!?)»,\r\u{308}\u{ad}\u{2028}…。٣ⅰ\\-]|[a-c]{3} |\\PC){0,60}") {
            let (found, expected): (Vec<&str>, Vec<&str>) =
                (pieces(&text).collect(), text.split_sentence_bounds().collect());
            prop_assert_eq!(found, expected);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]

        /// Hardly any sentence is longer than can be read; here many are.
        #[test]
        fn what_is_far_away_changes_nothing(
            words in proptest::collection::vec(0..200_usize, 600..900),
            at in any::<proptest::sample::Index>(),
        ) {
            let rare = ["left. ", "M. ", "No! ", "1.5 ", "why? ", "« a »… ", "U.S. ", "end.\n"];
            let usual = ["the ", "Mayor ", "été, ", "town; ", "twelve "];
            let word = |number: &usize| rare.get(*number).unwrap_or(&usual[number % usual.len()]);
            let text: String = words.iter().map(word).copied().collect();
            let starts: Vec<usize> = text.match_indices(' ').map(|(space, _)| space + 1).collect();
            let start = starts[at.index(starts.len() - 1)];
            let passage = start..text[start..].find([' ', '\n']).map_or(text.len(), |length| start + length);
            prop_assert_eq!(within(&text, &passage, REACH, LONGEST), within(&text, &passage, usize::MAX, LONGEST));
        }

        #[test]
        fn many_passages_have_the_sentences_of_each(
            words in proptest::collection::vec(0..60_usize, 1..200),
            lengths in proptest::collection::vec(0..40_usize, 200),
        ) {
            let rare = ["left. ", "M. ", "No! ", "1.5 ", "why? ", "« a »… ", "U.S. ", "end.\n", "\n"];
            let usual = ["the ", "Mayor ", "été, ", "town; ", "twelve "];
            let word = |number: &usize| rare.get(*number).unwrap_or(&usual[number % usual.len()]);
            let text: String = words.iter().map(word).copied().collect();
            let starts = text.match_indices(' ').map(|(space, _)| space + 1);
            let mut sentences = Sentences::of(&text);
            for (start, length) in starts.zip(lengths) {
                let passage = start..text.floor_char_boundary(start + length).max(start);
                prop_assert_eq!(sentences.around(&passage), around(&text, &passage), "{:?}", passage);
            }
        }
    }

    #[test]
    fn the_sentence_around_a_word() {
        let text = "Un titre\nM. Dupont est venu. Le général Camara a parlé ; il est parti. Fin.\n\
                    « Nous partons ! » dit Zorg. « Non ! » Ulm reste. Elle a dit : « Oui. »\n\
                    Es ist falsch, so z. B. Prof. Meier am 3. Mai, dass er kam. Fertig!\n“No!” he denied.\n";
        for (word, expected) in [
            ("Dupont", "M. Dupont est venu."),
            ("Camara", "Le général Camara a parlé ; il est parti."),
            ("titre", "Un titre"),
            ("Fin", "Fin."),
            ("partons", "« Nous partons ! » dit Zorg."),
            ("Zorg", "« Nous partons ! » dit Zorg."),
            ("Non", "« Non ! »"),
            ("Ulm", "Ulm reste."),
            ("Oui", "Elle a dit : « Oui. »"),
            ("falsch", "Es ist falsch, so z. B. Prof. Meier am 3. Mai, dass er kam."),
            ("denied", "“No!” he denied."),
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
