//! What a reader sees of a Markdown text, with a map back to the bytes it was written with.

use std::ops::Range;

use crate::base::span::{Extent, offset};

/// The text that a reader sees: inline markup removed, a soft break a space, each block ended by a newline.
///
/// `text` is as written, not normalised. Offsets are bytes; only the open data counts code points ([`Prose::code_points`]).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prose {
    /// The text.
    pub text: String,
    /// Where mentions are not looked for: links, code, headings. Sorted, disjoint.
    pub blocked: Vec<Extent>,
    /// Where sections start: the first byte of each heading.
    pub sections: Vec<usize>,
    runs: Vec<Run>,
    /// Which of the runs were not written letter by letter: an entity or an escape stands for its characters only as a whole.
    wholes: Vec<u32>,
}

/// A stretch of prose and where it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    prose: u32,
    source: u32,
}

impl Run {
    /// Whether it follows another as if both were one, given that both were written letter by letter.
    fn goes_on(&self, last: &Run) -> bool {
        self.prose - last.prose == self.source.wrapping_sub(last.source)
    }
}

/// The same in as much room as it needs. (To shrink it where it stands gives nothing back while half of the room is used: so
/// the allocator has it.)
pub(super) fn exact<T>(items: impl IntoIterator<Item = T, IntoIter: ExactSizeIterator>) -> Vec<T> {
    let items = items.into_iter();
    let mut exact = Vec::with_capacity(items.len());
    exact.extend(items);
    exact
}

impl Prose {
    /// Adds text that was written as `source`.
    pub fn push(&mut self, text: &str, source: &Range<usize>) {
        let run = Run { prose: offset(self.text.len()), source: offset(source.start) };
        let literal = text.len() == source.len();
        let last = self.runs.len().checked_sub(1).filter(|last| literal && self.is_literal(*last));
        if !last.is_some_and(|last| run.goes_on(&self.runs[last])) {
            if !literal {
                self.wholes.push(offset(self.runs.len()));
            }
            self.runs.push(run);
        }
        self.text.push_str(text);
    }

    /// Ends a block: the next text starts on a line of its own.
    pub fn end_block(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// Gives back the room for what will not be added any more: thousands of proses are held until the end.
    pub fn fit(&mut self) {
        self.text = self.text.as_str().to_owned();
        self.sections = exact(std::mem::take(&mut self.sections));
        self.runs = exact(std::mem::take(&mut self.runs));
        self.wholes = exact(std::mem::take(&mut self.wholes));
    }

    fn is_literal(&self, run: usize) -> bool {
        self.wholes.binary_search(&offset(run)).is_err()
    }

    /// The bytes of the source that a range of the prose was written with; those between them too, where a footnote stands
    /// before the words that it is read after.
    pub fn source(&self, range: &Range<usize>) -> Range<usize> {
        let mut start = self.source_at(range.start);
        if range.is_empty() {
            return start..start;
        }
        let mut end = self.source_at(range.end - 1) + 1;
        let first = self.runs.partition_point(|run| run.prose as usize <= range.start);
        for run in self.runs[first..].iter().take_while(|run| (run.prose as usize) < range.end) {
            start = start.min(run.source as usize);
            end = end.max(self.source_at(run.prose as usize - 1) + 1);
        }
        start..end
    }

    /// Where the byte at `at` was written.
    fn source_at(&self, at: usize) -> usize {
        let after = self.runs.partition_point(|run| run.prose as usize <= at);
        let Some(index) = after.checked_sub(1) else { return 0 };
        let run = self.runs[index];
        let inside = if self.is_literal(index) { at - run.prose as usize } else { 0 };
        run.source as usize + inside
    }

    /// The code points before each of some ascending byte offsets, in one pass.
    pub fn code_points(&self, ascending: impl Iterator<Item = usize>) -> impl Iterator<Item = usize> {
        let (mut at, mut count) = (0, 0);
        ascending.map(move |next| {
            count += self.text[at..next].chars().count();
            at = next;
            count
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::syntax::markdown::Body;
    use crate::syntax::markdown::reading::RawMode;

    #[test]
    fn a_range_over_a_footnote_covers_all_that_it_was_written_with() {
        let markdown = "One[^1] *two*.\n\n[^1]: A &amp; b.\n\nThree.\n";
        let prose = Body::new(markdown.into(), 0, RawMode::Sanitize).prose;
        assert_eq!(prose.text, "One two.\nThree.\nA & b.\n");
        for (words, expected) in [
            ("two.", "two*."),
            ("two.\nThree", "two*.\n\n[^1]: A &amp; b.\n\nThree"),
            ("Three.\nA", "A &amp; b.\n\nThree.\n"),
            ("A & b", "A &amp; b"),
            ("& b", "&amp; b"),
        ] {
            let at = prose.text.find(words).expect("it is there");
            assert_eq!(&markdown[prose.source(&(at..at + words.len()))], expected, "{words}");
        }
    }
}
