//! A text in which marks show where a name may start and end.
//!
//! With the marks in text and patterns alike, plain leftmost-longest search finds whole words only. (A filter after such
//! a search would lose names: in "air francese", "air france" hides "air". A filter after a search for *all* occurrences
//! is right but quadratic when thousands of aliases are each the beginning of the next.)

use std::ops::Range;

use super::search::Hit;
use super::{Found, fold, is_word_part};
use crate::syntax::normal::Normal;

/// A name may end here: what follows is no letter or digit. No byte of UTF-8.
const END: u8 = 0xfe;

/// A name may start here: what precedes is no letter or digit. No byte of UTF-8. After [`END`] where both stand.
const START: u8 = 0xff;

/// A text with marks.
#[derive(Debug, Default)]
pub(super) struct Text {
    pub(super) bytes: Vec<u8>,
    /// Where this text falls out of step with the one that keeps its case: a place in that one, and here.
    shifts: Vec<(usize, usize)>,
}

impl Text {
    /// Where byte `at` of the text that keeps its case is here.
    pub(super) fn at(&self, at: usize) -> usize {
        match self.shifts.partition_point(|shift| shift.0 <= at).checked_sub(1) {
            Some(last) => self.shifts[last].1 + (at - self.shifts[last].0),
            None => at,
        }
    }

    /// Where byte `at` here is in the text that keeps its case.
    pub(super) fn back(&self, at: usize) -> usize {
        match self.shifts.partition_point(|shift| shift.1 <= at).checked_sub(1) {
            Some(last) => self.shifts[last].0 + (at - self.shifts[last].1),
            None => at,
        }
    }
}

/// A text with marks, with and without its case, and the stretches of it in which names may stand.
pub(super) struct Marked {
    pub(super) exact: Text,
    pub(super) folded: Text,
    pub(super) free: Vec<Range<usize>>,
}

impl Marked {
    /// Marks `text`; without its case too if `fold`.
    pub(super) fn new(text: &Normal, blocked: &[Range<usize>], fold: bool) -> Self {
        let exact = mark(text.text(), false);
        let folded = if fold { mark(text.text(), true) } else { Text::default() };
        let free = free(text, blocked, &exact.bytes);
        Self { exact, folded, free }
    }

    /// Hits, in order, as places in the original.
    pub(super) fn back(&self, text: &Normal, hits: Vec<Hit>) -> Vec<Found> {
        let mut cursor = Cursor::new(&self.exact.bytes);
        let mut found = Vec::with_capacity(hits.len());
        for Hit { range, name } in hits {
            let normal = cursor.normal(range.start)..cursor.normal(range.end);
            found.push(Found { of: name.of, alias: name.alias, range: text.original(normal) });
        }
        found
    }
}

/// A name to look for, with marks.
pub(super) fn pattern(text: &str) -> Vec<u8> {
    let mut marked = mark(text, false).bytes;
    if marked.first() == Some(&END) {
        marked.remove(0);
    }
    marked
}

/// Marks all places of `text` where a name may start or end; `folding` leaves its case out.
fn mark(text: &str, folding: bool) -> Text {
    let mut marked = Text { bytes: Vec::with_capacity(2 * text.len() + 1), shifts: Vec::new() };
    let (mut at, mut in_word, mut ahead) = (0, false, Ahead::default());
    while let Some(&byte) = text.as_bytes().get(at) {
        if byte.is_ascii() {
            in_word = marks(&mut marked.bytes, in_word, byte.is_ascii_alphanumeric());
            marked.bytes.push(if folding { byte.to_ascii_lowercase() } else { byte });
            at += 1;
        } else if let Some(c) = text[at..].chars().next() {
            in_word = marks(&mut marked.bytes, in_word, is_word_part(c));
            at += c.len_utf8();
            if folding {
                ahead.fold(c, &mut marked);
            } else {
                marked.bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            }
        }
    }
    marked.bytes.push(END);
    marked
}

/// How many bytes the text that keeps its case is longer so far.
#[derive(Default)]
struct Ahead {
    longer: usize,
    shorter: usize,
}

impl Ahead {
    fn fold(&mut self, c: char, marked: &mut Text) {
        let before = marked.bytes.len();
        fold::fold(c, &mut marked.bytes);
        let (was, is) = (c.len_utf8(), marked.bytes.len() - before);
        if was != is {
            self.longer += was;
            self.shorter += is;
            marked.shifts.push((marked.bytes.len() + self.longer - self.shorter, marked.bytes.len()));
        }
    }
}

/// The marks between two characters, given whether each is part of a word; returns that of the second.
fn marks(bytes: &mut Vec<u8>, before: bool, after: bool) -> bool {
    if !after {
        bytes.push(END);
    }
    if !before {
        bytes.push(START);
    }
    after
}

/// What `blocked` leaves, as ranges of the marked text, each with the marks at both its ends.
fn free(text: &Normal, blocked: &[Range<usize>], marked: &[u8]) -> Vec<Range<usize>> {
    let mut cursor = Cursor::new(marked);
    let mut free = Vec::with_capacity(blocked.len() + 1);
    let mut from = 0;
    for blocked in blocked {
        let blocked = text.covering(blocked.clone());
        if blocked.start > from {
            free.push(cursor.marked(from).start..cursor.marked(blocked.start).end);
        }
        from = from.max(blocked.end);
    }
    free.push(cursor.marked(from).start..marked.len());
    free
}

/// Goes through a marked text from left to right and counts what is no mark.
struct Cursor<'a> {
    bytes: &'a [u8],
    marked: usize,
    normal: usize,
}

impl<'a> Cursor<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, marked: 0, normal: 0 }
    }

    /// The place in the text without marks of byte `marked`, which is not left of the last one asked for.
    fn normal(&mut self, marked: usize) -> usize {
        let passed = self.bytes[self.marked..marked].iter().filter(|byte| !is_mark(**byte)).count();
        self.normal += passed;
        self.marked = marked;
        self.normal
    }

    /// The marks before byte `normal` of the text without marks, which is not left of the last one asked for.
    fn marked(&mut self, normal: usize) -> Range<usize> {
        while self.normal < normal && self.marked < self.bytes.len() {
            self.normal += usize::from(!is_mark(self.bytes[self.marked]));
            self.marked += 1;
        }
        let marks = self.bytes[self.marked..].iter().take_while(|byte| is_mark(**byte)).count();
        self.marked..self.marked + marks
    }
}

fn is_mark(byte: u8) -> bool {
    byte >= END
}
