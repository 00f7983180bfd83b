//! Parts that stand in one element alone, as an item in a list: ends that need not be written, what a list needs around other
//! things in it, and which tags fit where they stand. What fits nowhere is left out and told, so that a page stays valid.

use std::ops::Range;

use super::tags::{Place, place};
use super::{Pieces, RawHtml};

/// What a fold shows that was given no summary. It has no words, since those would be in some language.
pub(super) const NO_SUMMARY: &str = "<summary>…</summary>";

/// In which elements a part may stand; nothing for a tag that is no part of another.
fn wholes(part: &str) -> &'static [&'static str] {
    match part {
        "li" => &["ul", "ol"],
        "dt" | "dd" => &["dl"],
        "rt" | "rp" => &["ruby"],
        "figcaption" => &["figure"],
        "summary" => &["details"],
        _ => &[],
    }
}

/// Which parts the start of one ends.
fn ended_by(part: &str) -> &'static [&'static str] {
    match part {
        "li" => &["li"],
        "dt" | "dd" => &["dt", "dd"],
        "rt" | "rp" => &["rt", "rp"],
        _ => &[],
    }
}

/// What a list needs around anything that is no item.
pub(super) fn implied_item(list: &str) -> &'static [&'static str] {
    match list {
        "ul" | "ol" => &["li"],
        "dl" => &["dd"],
        _ => &[],
    }
}

impl RawHtml {
    /// Makes room for a tag; `false` where none can be made.
    pub(super) fn fits(&mut self, name: &str, range: &Range<usize>, out: &mut Pieces) -> bool {
        if !wholes(name).is_empty() {
            return self.fits_whole(name, range, out);
        }
        if name == "div" && self.innermost() == Some("dl") {
            return true;
        }
        let is_part_of_table = name != "table" && place(name) == Place::Table;
        (place(name) == Place::Phrasing || is_part_of_table || !self.is_in_words()) && self.fits_table(name, range, out)
    }

    /// Whether only words can stand here, and what words may have around them.
    pub(super) fn is_in_words(&self) -> bool {
        for (tag, _) in self.open.iter().rev() {
            match (place(tag), tag.as_str()) {
                (Place::Phrasing, "a" | "ins" | "del") => {}
                (Place::Phrasing, _) | (_, "pre" | "summary") => return true,
                _ => return false,
            }
        }
        false
    }

    fn fits_whole(&mut self, name: &str, range: &Range<usize>, out: &mut Pieces) -> bool {
        self.end_part(ended_by(name), range, out);
        let Some(around) = self.innermost() else { return false };
        let is_whole = wholes(name).contains(&around);
        // Terms and what they mean may be in groups.
        let is_group = around == "div"
            && wholes(name) == ["dl"]
            && self.open.iter().rev().nth(1).is_some_and(|(tag, _)| tag == "dl");
        (is_whole || is_group) && (name != "summary" || std::mem::take(&mut self.awaits_summary))
    }

    /// Ends the nearest of these, as a browser does: not over the end of what holds other parts.
    fn end_part(&mut self, parts: &[&str], range: &Range<usize>, out: &mut Pieces) {
        let stops = |tag: &str| place(tag) != Place::Phrasing && !matches!(tag, "div" | "p");
        let nearest = self.open.iter().rposition(|(tag, _)| parts.contains(&tag.as_str()) || stops(tag));
        if let Some(at) = nearest.filter(|at| parts.contains(&self.open[*at].0.as_str())) {
            self.close_from(at, range, out);
        }
    }

    /// What is open here, innermost.
    fn innermost(&self) -> Option<&str> {
        self.open.last().filter(|(_, depth)| *depth == self.depth).map(|(tag, _)| tag.as_str())
    }
}
