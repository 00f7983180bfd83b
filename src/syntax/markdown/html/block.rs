//! Blocks whose HTML is our own: headings with anchors, coloured code, tables without styles, footnotes at the end.

use pulldown_cmark::{Alignment, Event};

use super::{Footnote, Form, Heading, OpenHeading, Writer, escaped, heading_id, html, reference_id, to_html};
use crate::base::id::slug_of;
use crate::syntax::highlight::highlight;

impl<'a> Writer<'a> {
    /// The name of the cell that is open, and the class of its column.
    pub(super) fn cell(&self) -> (&'static str, &'static str) {
        let class = match self.table.alignments.get(self.table.cell) {
            Some(Alignment::Right) => " class=\"right\"",
            Some(Alignment::Center) => " class=\"center\"",
            _ => "",
        };
        (if self.table.head { "th" } else { "td" }, class)
    }

    /// Wraps the heading's events, which have come by now, in its tag.
    pub(super) fn end_heading(&mut self, out: &mut Vec<Event<'a>>) {
        let Some(OpenHeading { level, text, start }) = self.heading.take() else { return };
        let slug = slug_of(&text, 60);
        let count = self.heading_ids.entry(slug.clone()).or_default();
        *count += 1;
        let (prefix, id) = (self.around.anchors, heading_id(&slug));
        let id = if *count == 1 { format!("{prefix}{id}") } else { format!("{prefix}{id}_{count}") };
        out.insert(start, html(format!("<h{level} id=\"{id}\">")));
        out.push(html(format!("</h{level}>\n")));
        self.out.headings.push(Heading { level, id, text });
    }

    /// Writes the block's code, which has come by now, in coloured pieces.
    pub(super) fn end_code(&mut self, out: &mut Vec<Event<'a>>) {
        let Some((language, code)) = self.code.take() else { return };
        let class =
            if language.is_empty() { String::new() } else { format!(" class=\"language-{}\"", escaped(&language)) };
        out.push(html(format!("<pre tabindex=\"0\"><code{class}>")));
        let own = |piece: &str| piece.to_owned().into();
        // The text of the block has been counted already.
        let start = self.at - code.len();
        let mut at = 0;
        for (piece, class) in highlight(&code, &language) {
            self.marker.text(&own(&code[at..piece.start]), start + at, false, out);
            self.marker.close(true, out);
            out.push(html(format!("<span class=\"{class}\">")));
            self.marker.text(&own(&code[piece.clone()]), start + piece.start, false, out);
            self.marker.close(true, out);
            out.push(html("</span>"));
            at = piece.end;
        }
        self.marker.text(&own(&code[at..]), start + at, false, out);
        self.marker.close(true, out);
        out.push(html("</code></pre>\n"));
    }

    /// Footnotes are numbered in the order in which the text refers to them.
    pub(super) fn footnote_number(&mut self, name: &str) -> usize {
        let next = self.footnote_numbers.len() + 1;
        *self.footnote_numbers.entry(name.to_owned()).or_insert(next)
    }

    /// The number that leads to a footnote; each has an anchor of its own to come back to.
    pub(super) fn footnote_reference(&mut self, name: &str, out: &mut Vec<Event<'a>>) {
        let number = self.footnote_number(name);
        if self.form != Form::Body {
            return out.push(html(format!("<sup>{number}</sup>")));
        }
        let uses = self.footnote_uses.entry(number).or_default();
        *uses += 1;
        let prefix = self.around.anchors;
        let id = format!("{prefix}{}", reference_id(number, *uses));
        // In a link no other may stand; the way back leads here all the same.
        out.push(html(match self.links.contains(&true) {
            true => format!("<sup class=\"footnote\" id=\"{id}\">{number}</sup>"),
            false => format!("<sup class=\"footnote\"><a href=\"#{prefix}fn_{number}\" id=\"{id}\">{number}</a></sup>"),
        }));
    }

    /// Puts the footnote aside for the end of the text.
    pub(super) fn end_footnote(&mut self, out: &mut Vec<Event<'a>>) {
        self.marker.close(false, out);
        let number = self.footnote.take().unwrap_or_default();
        let html = to_html(out.drain(..));
        let notes = self.marker.take_ended();
        self.out.footnotes.push(Footnote { number, html, notes, uses: 0 });
    }
}
