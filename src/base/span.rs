//! Places in the editors' files: byte ranges, and the lines and columns that people read.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// An input file. A file keeps its number while it is edited, and while others come and go, so that what was made from it
/// can be kept. Numbers are therefore in no order, and have none: what is shown is in order of path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FileId(pub u32);

impl FileId {
    /// No file has this number: a place that is in none is shown as `site.toml` itself.
    pub const NONE: FileId = FileId(u32::MAX);
}

/// A range of bytes in one input file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span of `range` in `file`.
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        Self { file, start: offset(range.start), end: offset(range.end) }
    }

    /// The bytes it covers.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Offsets are kept in 32 bits: `edge::read` refuses files that are larger than that.
pub fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// A range of bytes of a text, in half the room: a dossier holds hundreds of thousands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    start: u32,
    end: u32,
}

impl Extent {
    /// The bytes.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }
}

impl From<Range<usize>> for Extent {
    fn from(range: Range<usize>) -> Self {
        Self { start: offset(range.start), end: offset(range.end) }
    }
}

/// A value and where it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its place.
    pub span: Span,
}

/// A position for people: both count from 1, columns in Unicode code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in code points.
    pub column: usize,
}

/// Line and column of a byte offset in `text`; an offset past the end, or inside a character, is clamped to a boundary.
///
/// A line ends at LF, and so does CRLF; a byte order mark at the start takes no column.
pub fn line_column(text: &str, at: usize) -> LineColumn {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let before = &text[..at];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let column = before[line_start..].trim_start_matches('\u{feff}').chars().count() + 1;
    LineColumn { line: before.matches('\n').count() + 1, column }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_code_points_and_lines_count_from_one() {
        let text = "\u{feff}né\r\nà 1";
        assert_eq!(line_column(text, text.find('é').unwrap_or(0)), LineColumn { line: 1, column: 2 });
        assert_eq!(line_column(text, text.find('1').unwrap_or(0)), LineColumn { line: 2, column: 3 });
        assert_eq!(line_column(text, 999), LineColumn { line: 2, column: 4 });
    }
}
