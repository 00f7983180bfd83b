//! Tables of raw HTML: ends that need not be written, and cells for what stands in none. A browser would put that before the
//! table, where its reader does not expect it.

use std::ops::Range;

use super::parts::{NO_SUMMARY, implied_item};
use super::tags::{Place, place};
use super::{Piece, Pieces, RawHtml, end_of, start_of};

/// In which tags a part of a table may stand.
fn around(part: &str) -> &'static [&'static str] {
    match part {
        "td" | "th" => &["tr"],
        "tr" => &["thead", "tbody", "tfoot", "table"],
        "col" => &["colgroup"],
        _ => &["table"],
    }
}

impl RawHtml {
    /// Makes room for a tag where tables are concerned; `false` for a part of a table that stands in none.
    pub(super) fn fits_table(&mut self, name: &str, range: &Range<usize>, out: &mut Pieces) -> bool {
        if name == "table" || place(name) != Place::Table {
            self.open_cell(range, out);
            return true;
        }
        let here = |tag: &str, depth: usize, at: usize| tag == "table" && depth == at;
        let Some(table) = self.open.iter().rposition(|(tag, depth)| here(tag, *depth, self.depth)) else {
            return false;
        };
        let inside = |raw: &Self, parents: &[&str]| {
            raw.open[table..].iter().rposition(|(tag, _)| parents.contains(&tag.as_str())).map(|at| table + at)
        };
        for implied in ["tr", "colgroup"].iter().filter(|implied| around(name) == [**implied]) {
            if inside(self, &[implied]).is_none() {
                let parent = inside(self, around(implied)).unwrap_or(table);
                self.close_from(parent + 1, range, out);
                self.open_part(implied, range, out);
            }
        }
        let Some(parent) = inside(self, around(name)) else { return false };
        if parent + 1 < self.open.len() {
            self.close_from(parent + 1, range, out);
        }
        // What could not be closed belongs to the Markdown around.
        parent + 1 == self.open.len()
    }

    /// Opens the cell or the item that text or a tag needs, where it would stand between the parts of a table or a list.
    pub(super) fn open_cell(&mut self, range: &Range<usize>, out: &mut Pieces) {
        let mut tags = Vec::new();
        self.imply_cell(&mut tags);
        out.extend(tags.into_iter().map(|tag| (Piece::Tag(tag), range.clone())));
    }

    /// The tags of that cell or item, and the summary of a fold that starts with something else.
    pub(super) fn imply_cell(&mut self, tags: &mut Vec<String>) {
        if self.open.pop_if(|(tag, depth)| tag == "colgroup" && *depth == self.depth).is_some() {
            tags.push(end_of("colgroup"));
        }
        if self.awaits_summary && self.open.last().is_some_and(|(_, depth)| *depth == self.depth) {
            self.awaits_summary = false;
            tags.push(NO_SUMMARY.to_owned());
        }
        let missing: &[&str] = match self.open.last() {
            Some((tag, depth)) if *depth == self.depth => match tag.as_str() {
                "table" | "thead" | "tbody" | "tfoot" => &["tr", "td"],
                "tr" => &["td"],
                list => implied_item(list),
            },
            _ => &[],
        };
        for name in missing {
            self.push_open(name);
            tags.push(start_of(name, ""));
        }
    }

    fn open_part(&mut self, name: &str, range: &Range<usize>, out: &mut Pieces) {
        self.push_open(name);
        out.push((Piece::Tag(start_of(name, "")), range.clone()));
    }
}
