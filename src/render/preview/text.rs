//! Words to letters in place: which font has them, which way they run, where a line ends.

use std::ops::Range;
use std::sync::LazyLock;

use harfrust::font::glyph::outline::{DrawMemory, DrawOptions, PathElement};
use harfrust::{Buffer, Direction, Font, GlyphId, ShapeOptions, ShaperFont};
use unicode_bidi::{BidiInfo, Level};

use crate::base::turned;

/// How heavy letters are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    Regular,
    Bold,
}

/// A font of [`FONTS`].
pub(super) type FaceId = usize;

/// Noto Sans for Latin, Greek and Cyrillic; DejaVu Sans where it has none: Arabic, Hebrew, Armenian, Georgian.
static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    let fonts = [notosans::REGULAR_TTF, notosans::BOLD_TTF, dejavu::sans::bold()];
    fonts.into_iter().filter_map(|bytes| Font::new(bytes, 0)).collect()
});

/// The fonts of a face, in the order in which they are asked for a letter.
fn fonts(face: Face) -> [FaceId; 2] {
    match face {
        Face::Regular => [0, 2],
        Face::Bold => [1, 2],
    }
}

/// A letter in its place: in ems from the start of the line, upward from the baseline.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph {
    pub(super) face: FaceId,
    pub(super) id: u32,
    pub(super) x: f32,
    pub(super) y: f32,
    /// How wide it is.
    advance: f32,
    /// Where its character is in the text.
    byte: usize,
}

/// Letters in one line, from left to right.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub(super) glyphs: Vec<Glyph>,
    /// In ems.
    pub(super) width: f32,
}

/// A text that all letters of are in some font; of any other, nothing.
pub(super) struct Text {
    /// What is drawn of it.
    text: String,
    /// Each word's bytes in the text, and its width in ems.
    words: Vec<(Range<usize>, f32)>,
    face: Face,
    /// The direction of the whole, which each of its lines keeps; `None` where it has no letters.
    base: Option<Level>,
}

/// A text longer than this many characters is cut before it is measured.
const LONGEST: usize = 600;

impl Text {
    /// Measures a text. Signs that no font has are passed over; where a letter is missing, the words would say something else.
    pub(super) fn new(text: &str, face: Face) -> Self {
        let drawn = |c: &char| font_of(*c, face).is_some();
        let text = turned::plain(text);
        let text = text.chars().take(LONGEST);
        // A hyphen that does not break is drawn as one that does.
        let text: String = text.map(|c| if c == '\u{2011}' { '-' } else { c }).collect();
        let known = text.chars().all(|c| !c.is_alphanumeric() || drawn(&c));
        let text: String = if known { text.chars().filter(drawn).collect() } else { String::new() };
        let base = BidiInfo::new(&text, None).paragraphs.first().map(|paragraph| paragraph.level);
        let mut words: Vec<(Range<usize>, f32)> = Vec::new();
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let start = word.as_ptr().addr() - text.as_ptr().addr();
            words.push((start..start + word.len(), 0.0));
        }
        // One look at the whole text gives the widths of all words.
        for glyph in line(&text, face, base).glyphs {
            let at = words.partition_point(|(word, _)| word.end <= glyph.byte);
            if let Some((_, width)) = words.get_mut(at).filter(|(word, _)| word.contains(&glyph.byte)) {
                *width += glyph.advance;
            }
        }
        Self { text, words, face, base }
    }

    /// Whether there is nothing to draw.
    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The lines in the first of these sizes, each with its most lines, that has room in `width` pixels; in the last, as far
    /// as there is room.
    pub(super) fn fit(&self, width: f32, sizes: &[(f32, usize)]) -> (f32, Vec<Line>) {
        for (size, most) in sizes {
            if let Some(lines) = self.wrapped(width / size, *most) {
                return (*size, lines.iter().map(|words| self.line(words)).collect());
            }
        }
        let (size, most) = sizes.last().copied().unwrap_or((30.0, 1));
        (size, self.cut(width / size, most))
    }

    /// One line, with an ellipsis where there is no room; `width` is in ems. `None` where there is nothing to draw.
    pub(super) fn elided(&self, width: f32) -> Option<Line> {
        self.cut(width, 1).into_iter().next()
    }

    /// The words of each line, the lines about as long as each other; `None` where they need more lines.
    fn wrapped(&self, width: f32, most: usize) -> Option<Vec<Vec<usize>>> {
        let mut lines = self.greedy(width).filter(|lines| lines.len() <= most)?;
        // Narrower, as long as it takes no more lines.
        let mut narrow = width;
        while narrow > width * 0.5 {
            narrow -= width * 0.04;
            match self.greedy(narrow).filter(|other| other.len() == lines.len()) {
                Some(balanced) => lines = balanced,
                None => break,
            }
        }
        Some(lines)
    }

    /// As many words in each line as fit; `None` where a word is wider than a line.
    fn greedy(&self, width: f32) -> Option<Vec<Vec<usize>>> {
        let mut lines: Vec<Vec<usize>> = Vec::new();
        let mut used = f32::INFINITY;
        for (index, (_, wide)) in self.words.iter().enumerate() {
            if *wide > width {
                return None;
            }
            used += SPACE + wide;
            match lines.last_mut().filter(|_| used <= width) {
                Some(line) => line.push(index),
                None => {
                    lines.push(vec![index]);
                    used = *wide;
                }
            }
        }
        Some(lines)
    }

    fn line(&self, words: &[usize]) -> Line {
        let words: Vec<&str> = words.iter().map(|index| self.word(*index)).collect();
        self.shaped(&words.join(" "))
    }

    fn word(&self, index: usize) -> &str {
        self.words.get(index).map_or("", |(word, _)| &self.text[word.clone()])
    }

    fn shaped(&self, text: &str) -> Line {
        line(text, self.face, self.base)
    }

    /// At most so many lines, the last with an ellipsis where words are left, and words cut that are wider than a line.
    fn cut(&self, width: f32, most: usize) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut rest: Vec<&str> = (0..self.words.len()).map(|index| self.word(index)).collect();
        while !rest.is_empty() && lines.len() < most {
            let last = lines.len() + 1 == most;
            let all = self.shaped(&rest.join(" "));
            if all.width <= width {
                lines.push(all);
                break;
            }
            let fits = |words: usize| self.shaped(&with_end(&rest[..words], last)).width <= width;
            let words = (1..rest.len()).take_while(|words| fits(*words)).count();
            if words == 0 {
                lines.push(self.cut_word(rest[0], width));
                rest.remove(0);
                continue;
            }
            lines.push(self.shaped(&with_end(&rest[..words], last)));
            rest.drain(..words);
        }
        lines
    }

    /// The beginning of a word that is wider than a line.
    fn cut_word(&self, word: &str, width: f32) -> Line {
        let mut cut = Line::default();
        for (end, _) in word.char_indices().skip(1) {
            let next = self.shaped(&format!("{}…", &word[..end]));
            if next.width > width {
                break;
            }
            cut = next;
        }
        cut
    }
}

fn with_end(words: &[&str], elided: bool) -> String {
    let words = words.join(" ");
    if elided { format!("{}…", words.trim_end_matches([',', ';', ':', '.'])) } else { words }
}

/// The width of a space in ems, as both faces of Noto Sans have it.
const SPACE: f32 = 0.26;

/// The font of a face that has a character; white space and marks that are not seen are in the first.
fn font_of(c: char, face: Face) -> Option<FaceId> {
    let unseen = c.is_whitespace()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{ad}' | '\u{feff}');
    let mut fonts = fonts(face).into_iter();
    if unseen {
        return fonts.next();
    }
    fonts.find(|font| FONTS.get(*font).is_some_and(|font| font.charmap().map_unicode(c).is_some()))
}

/// The letters of a text in one line, in a text of that direction.
fn line(text: &str, face: Face, base: Option<Level>) -> Line {
    let bidi = BidiInfo::new(text, base);
    let mut line = Line::default();
    for paragraph in &bidi.paragraphs {
        let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            let rtl = levels.get(run.start).is_some_and(|level| level.is_rtl());
            let mut pieces = by_font(text, run, face);
            if rtl {
                pieces.reverse();
            }
            for (font, piece) in pieces {
                shape(font, text, piece, rtl, &mut line);
            }
        }
    }
    line
}

/// A run of a text in pieces of one font each.
fn by_font(text: &str, run: Range<usize>, face: Face) -> Vec<(FaceId, Range<usize>)> {
    let mut pieces: Vec<(FaceId, Range<usize>)> = Vec::new();
    let mut start = run.start;
    let mut font = None;
    for (at, c) in text[run.clone()].char_indices() {
        let at = run.start + at;
        // A space goes with the letters before it, so that Arabic words keep their own spaces.
        let of = if c.is_whitespace() && font.is_some() { font } else { font_of(c, face) };
        if let Some(known) = font.filter(|_| of != font) {
            pieces.push((known, start..at));
            start = at;
        }
        font = of;
    }
    pieces.extend(font.map(|font| (font, start..run.end)));
    pieces
}

/// Adds the letters of a piece of a text to a line.
fn shape(font: FaceId, text: &str, piece: Range<usize>, rtl: bool, line: &mut Line) {
    let Some(of) = FONTS.get(font) else { return };
    let mut buffer = Buffer::new();
    buffer.push_str(&text[piece.clone()]);
    buffer.guess_segment_properties();
    buffer.set_direction(if rtl { Direction::RightToLeft } else { Direction::LeftToRight });
    if harfrust::shape(&ShaperFont::new(of), &mut buffer, ShapeOptions::new()).is_err() {
        return;
    }
    let em = f32::from(of.units_per_em().max(1));
    for (info, position) in buffer.glyph_infos().iter().zip(buffer.glyph_positions()) {
        let (x, y) = (position.x_offset as f32 / em, position.y_offset as f32 / em);
        let advance = position.x_advance as f32 / em;
        let byte = piece.start + info.cluster as usize;
        line.glyphs.push(Glyph { face: font, id: info.glyph_id, x: line.width + x, y, advance, byte });
        line.width += advance;
    }
}

/// The outline of a letter at a size in pixels; y goes upward.
pub(super) fn outline(font: FaceId, glyph: u32, size: f32) -> Vec<PathElement> {
    let mut path = Vec::new();
    if let Some(found) = FONTS.get(font).and_then(|font| font.outline_glyphs().get(GlyphId::new(glyph))) {
        // A letter without an outline is a space.
        let _ = found.draw(&DrawOptions::new().with_ppem(Some(size)), DrawMemory::Scratch, &mut path);
    }
    path
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn letters(text: &str) -> Vec<Glyph> {
        line(text, Face::Bold, None).glyphs
    }

    #[test]
    fn a_text_is_drawn_whole_or_not_at_all() {
        for (text, words) in [
            ("Wagner s’en va", 3),
            ("Вагнер ушёл", 2),
            ("غادرت فاغنر مالي", 3),
            ("«\u{a0}oui\u{a0}»\u{202f}: 2\u{2011}3", 2),
            // A picture sign is no word; where words are missing, the rest would say something else.
            ("🚀 gone", 1),
            ("瓦格纳 left", 0),
            ("", 0),
        ] {
            assert_eq!(Text::new(text, Face::Bold).words.len(), words, "{text}");
        }
        assert_eq!(Text::new("🚀gone", Face::Bold).text, "gone");
    }

    #[test]
    fn arabic_runs_from_right_to_left_and_its_letters_join() {
        let word = letters("مالي");
        let alone: Vec<u32> = "مالي".chars().flat_map(|c| letters(&c.to_string())).map(|glyph| glyph.id).collect();
        assert!(word.iter().all(|glyph| !alone[..3].contains(&glyph.id) || glyph.id == alone[1]), "joined forms");
        // In a French line, the Arabic word stands after the French one, and its first letter at its right end.
        let mixed = letters("Mali مالي");
        let latin = mixed.iter().position(|glyph| glyph.face == 1).expect("Latin letters");
        assert!(latin < mixed.iter().position(|glyph| glyph.face == 2).expect("Arabic letters"));
    }

    #[test]
    fn every_line_keeps_the_direction_of_the_whole() {
        let text = Text::new("قال موقع Maghrebi.org ذلك", Face::Bold);
        // Maghrebi.org begins this line, so it stands at its right end.
        let line = text.line(&[2, 3]);
        assert_eq!((line.glyphs[0].face, line.glyphs.last().map(|glyph| glyph.face)), (2, Some(1)));
    }

    #[test]
    fn lines_are_about_as_long_as_each_other() {
        let text = Text::new("Damas est tombée aux mains des rebelles en novembre 2024.", Face::Bold);
        let lines = text.wrapped(24.0, 4).expect("room");
        let widths: Vec<f32> = lines.iter().map(|words| text.line(words).width).collect();
        let (least, most) = widths.iter().fold((f32::MAX, 0f32), |(a, b), width| (a.min(*width), b.max(*width)));
        assert!(lines.len() == 2 && most < least * 1.2, "{widths:?}");
    }

    proptest! {
        #[test]
        fn any_text_stays_in_its_room_and_has_no_empty_boxes(text in "(?s)[\\PC ]{0,80}", width in 3.0f32..40.0) {
            let text = Text::new(&text, Face::Regular);
            let (size, lines) = text.fit(width * 30.0, &[(40.0, 2), (30.0, 3)]);
            for line in lines.iter().chain(text.elided(width * 30.0 / size).iter()) {
                prop_assert!(line.width <= width * 30.0 / size + 0.5, "{} in {width}", line.width);
                prop_assert!(line.glyphs.iter().all(|glyph| glyph.id != 0));
            }
            prop_assert!(lines.len() <= 3);
        }
    }
}
