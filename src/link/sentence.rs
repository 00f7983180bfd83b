//! The sentence around a passage.

mod full_stop;

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// A longer sentence is cut to about this many bytes around the passage.
const LONGEST: usize = 480;

/// What a passage means may hang on any word of its sentence, so that much of it counts when one is accepted: two thousand bytes on
/// each side. It bounds what ten thousand annotations along one endless sentence would write down.
const MEANT: usize = 4000;

/// A sentence is looked for in so many bytes on each side of the passage: one that reaches further is cut in any case.
const REACH: usize = 4 * LONGEST;

/// A sentence, or what is shown of a long one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Around {
    /// Its bytes.
    pub range: Range<usize>,
    /// What is missing of it.
    pub cut: Cut,
}

/// Where a sentence that is too long to be read was cut: a reader is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cut {
    /// Before what is shown.
    pub start: bool,
    /// After it.
    pub end: bool,
}

impl Around {
    /// Takes in a sentence that begins inside of this one.
    pub fn extend(&mut self, next: &Self) {
        if next.range.end > self.range.end {
            (self.range.end, self.cut.end) = (next.range.end, next.cut.end);
        }
    }
}

impl Cut {
    /// What stands before a sentence: an ellipsis where it was cut.
    pub fn opening(self) -> &'static str {
        if self.start { "…\u{a0}" } else { "" }
    }

    /// What stands after it.
    pub fn closing(self) -> &'static str {
        if self.end { "\u{a0}…" } else { "" }
    }
}

/// The sentence of `text` that a passage stands in, within its block; from the first to the last sentence for a longer one.
pub fn around(text: &str, passage: &Range<usize>) -> Around {
    within(text, passage, REACH, LONGEST)
}

/// The same, looking no further than `reach` on each side. A block may have megabytes, and each of its words may ask.
fn within(text: &str, passage: &Range<usize>, reach: usize, longest: usize) -> Around {
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
    let mut found = Vec::new();
    let (mut at, mut is_quoted) = (block.start, false);
    for piece in pieces(&text[block.clone()]) {
        at += piece.len();
        is_quoted ^= piece.matches('"').count() % 2 == 1;
        let rest = &text[at..block.end];
        if rest.is_empty() || !full_stop::goes_on(piece, rest) {
            found.extend(closed(rest, is_quoted).map(|length| at + length));
        }
    }
    found
}

/// How much of what stands after the end of a sentence still belongs to it, as `»`, before which French puts a space at which Unicode's rules
/// have ended the sentence; nothing where the sentence goes on: `“No!” he said.`
fn closed(rest: &str, is_quoted: bool) -> Option<usize> {
    let marks = rest.len() - rest.trim_start_matches(|c: char| closes(c, is_quoted)).len();
    let after = &rest[marks..];
    // Before a word such a mark opens: `"Yes`, `»Ja«` in German, `...and`.
    if marks == 0 || after.starts_with(|c: char| c.is_alphanumeric()) {
        return (!starts_small(rest)).then_some(0);
    }
    let goes_on = starts_small(after) || after.trim_start().starts_with([',', ';', ':', '-', '–', '—']);
    (!goes_on).then(|| rest.len() - after.trim_start().len())
}

/// Whether a character at the start of what follows a sentence may be the last of that sentence. A straight quotation mark is where one
/// was opened.
fn closes(c: char, is_quoted: bool) -> bool {
    let is_mark =
        matches!(c, '»' | '›' | '”' | '’' | ')' | ']' | '}' | '」' | '』' | '】' | '）' | '》' | '〉' | '“' | '‘');
    is_mark || matches!(c, '.' | '!' | '?' | '…' | '！' | '？' | '。' | '؟' | '\'') || (c == '"' && is_quoted)
}

/// Whether the first word, behind a dash or an opening mark, is a small one: `« Partez ! » — dit-il`.
fn starts_small(rest: &str) -> bool {
    let opening = ['(', '[', '"', '“', '„', '«', '‘', '—', '–', '-', ' ', '\u{a0}', '\u{202f}'];
    rest.trim_start_matches(opening).starts_with(char::is_lowercase)
}

/// The sentence of a passage in a block whose sentences end at `ends`, cut to about `longest` bytes around the passage.
fn among(text: &str, block: &Range<usize>, ends: &[usize], passage: &Range<usize>, longest: usize) -> Around {
    let before = ends.partition_point(|end| *end <= passage.start);
    let from = before.checked_sub(1).map_or(block.start, |last| ends[last]);
    let after = ends[before..].iter().find(|end| **end >= passage.end);
    // Nothing ends after a passage without words at the end of a block.
    let sentence = after.map_or(block.clone(), |to| from..*to);
    let shown = shortened(text, sentence.clone(), passage, longest);
    let cut = Cut { start: shown.start > sentence.start, end: shown.end < sentence.end };
    Around { range: trimmed(text, shown), cut }
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
    pub fn around(&mut self, passage: &Range<usize>) -> Around {
        self.of_passage(passage, LONGEST)
    }

    /// The whole sentence, or all that the passage has a part in. Of one that no reader could take in at once, two thousand bytes on
    /// each side.
    pub fn whole(&mut self, passage: &Range<usize>) -> Range<usize> {
        self.of_passage(passage, MEANT).range
    }

    fn of_passage(&mut self, passage: &Range<usize>, longest: usize) -> Around {
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
        if at < text.len() && full_stop::goes_on(piece, &text[at..]) {
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

    use super::{LONGEST, REACH, Sentences, around, ends, lead, pieces, within};

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

    /// Texts with a line between each two of their sentences: each word has its own.
    const DIVIDED: &str = include_str!("sentence/divided.txt");

    #[test]
    fn texts_are_divided_as_a_reader_would() {
        let mut wrong = Vec::new();
        for line in DIVIDED.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let text = line.replace(" | ", " ");
            let mut start = 0;
            let ends = ends(&text, &(0..text.len())).into_iter();
            let found =
                ends.map(|end| text[std::mem::replace(&mut start, end)..end].trim()).collect::<Vec<_>>().join(" | ");
            wrong.extend((found != line).then(|| format!("\n{line}\n{found}")));
        }
        assert!(wrong.is_empty(), "{}", wrong.concat());
    }

    #[test]
    fn the_sentence_around_a_word() {
        let text = "Un titre\nM. Dupont est venu. Fin.\n« Nous partons ! » dit Zorg. Elle a dit : « Oui. »\n";
        for (word, expected) in [
            ("Dupont", "M. Dupont est venu."),
            ("titre", "Un titre"),
            ("Fin", "Fin."),
            ("partons", "« Nous partons ! » dit Zorg."),
            ("Oui", "Elle a dit : « Oui. »"),
        ] {
            let at = text.find(word).unwrap_or(0);
            assert_eq!(&text[around(text, &(at..at + word.len())).range], expected);
        }
    }

    #[test]
    fn a_long_sentence_says_where_it_is_cut() {
        let (before, after) = ("and he ".repeat(90), " or she".repeat(90));
        for (text, expected) in [
            (format!("{before}Zorg{after}."), ("…\u{a0}", "\u{a0}…")),
            (format!("Zorg{after}."), ("", "\u{a0}…")),
            (format!("No. He left. {before}Zorg."), ("…\u{a0}", "")),
            ("Zorg left.".to_owned(), ("", "")),
        ] {
            let at = text.find("Zorg").unwrap_or(0);
            let cut = around(&text, &(at..at + 4)).cut;
            assert_eq!((cut.opening(), cut.closing()), expected, "{text}");
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
