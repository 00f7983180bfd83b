//! Where HTML was written: in a list or a quotation, other signs stand between its lines.

use std::ops::Range;

/// For each of its lines where it starts, in the HTML and in the Markdown.
#[derive(Clone, Debug, Default)]
pub struct Written {
    lines: Vec<(usize, usize)>,
}

impl Written {
    /// HTML in one piece that starts there.
    pub fn at(start: usize) -> Self {
        Self { lines: vec![(0, start)] }
    }

    /// What follows at `html` of the HTML starts there.
    pub fn line(&mut self, html: usize, start: usize) {
        let goes_on = |(first, at): &(usize, usize)| html - first == start.wrapping_sub(*at);
        if !self.lines.last().is_some_and(goes_on) {
            self.lines.push((html, start));
        }
    }

    /// Where a part of the HTML was written, with what stands between.
    pub fn range(&self, html: &Range<usize>) -> Range<usize> {
        let start = self.place(html.start);
        let end = if html.is_empty() { start } else { self.place(html.end - 1) + 1 };
        start..end
    }

    fn place(&self, html: usize) -> usize {
        let after = self.lines.partition_point(|(first, _)| *first <= html);
        let (first, at) = after.checked_sub(1).map_or((0, 0), |line| self.lines[line]);
        at + (html - first)
    }
}
