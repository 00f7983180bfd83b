//! Raw HTML in Markdown: cut into tags and text, made harmless, and kept in balance with the Markdown around it.
//!
//! Each tag is cleaned alone (`raw/tags.rs`), because Markdown gives an opening and a closing tag as two events with anything
//! between. What looks like no tag is text, and is escaped when it is written; so whatever the cutting does with hostile input,
//! nothing but cleaned tags and escaped text can come out.
//!
//! What is left out is told, each with its place.

mod parts;
mod player;
mod table;
mod tags;
mod tokens;
mod written;

use std::ops::Range;

use super::loss::Lost;
use super::reading::RawMode;
use parts::NO_SUMMARY;
pub use tags::Address;
pub(super) use tags::is_phrasing;
use tags::{Opening, Place, is_void, opening, place};
use tokens::{Kind, decode, tokens};
pub(super) use written::Written;

/// A piece of raw HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A tag, ready to be written.
    Tag(String),
    /// A tag that can only be written where it is known what its addresses lead to.
    Element(Element),
    /// Text, entities decoded.
    Text(String),
    /// Text inside a link.
    Linked(String),
    /// Text inside a player, which shows it only where it cannot play.
    Unseen(String),
    /// A tag that starts or ends a block, kept or not: what comes next stands in a line of its own.
    Break,
}

/// An opening tag with addresses, or to which others lead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    /// Its name. An `iframe` is a link to what was embedded.
    pub name: String,
    /// Harmless attributes, ready to be written, each with a space before it.
    pub attributes: String,
    /// By what name others lead to it.
    pub anchor: Option<String>,
    /// Where it leads, and what it shows.
    pub addresses: Vec<Address>,
}

/// More tags are not open at once, in a browser neither. Each that closes is looked for among them.
const MOST_OPEN: usize = 256;

/// Pieces with their places.
type Pieces = Vec<(Piece, Range<usize>)>;

/// The state of raw HTML in one Markdown text.
pub struct RawHtml {
    mode: RawMode,
    /// Open tags, each with the depth of the Markdown container it was opened in.
    open: Vec<(String, usize)>,
    /// How many of these are links …
    links: usize,
    /// … and players: that is asked for every piece of text.
    players: usize,
    depth: usize,
    /// The element that is open and left out with all that is in it. Its end stands in the same block.
    silent: Option<String>,
    /// The drawing or formula that is open, of which the words stay.
    drawing: Option<String>,
    /// A player of which nothing has been seen that it could play, and where it was written.
    waiting: Option<(Element, Range<usize>)>,
    /// Whether the innermost fold has neither a summary nor anything else yet.
    awaits_summary: bool,
    /// Elements of which the block has no end any more.
    endless: Vec<String>,
    /// Whether a Markdown link is open, in which no other may start.
    pub(super) in_markdown_link: bool,
    losses: Vec<(Lost, Range<usize>)>,
    /// Whether more was open than can be.
    is_too_deep: bool,
    /// Where the HTML that is being cut was written.
    written: Written,
}

impl RawHtml {
    /// Nothing open yet.
    pub fn new(mode: RawMode) -> Self {
        Self {
            mode,
            open: Vec::new(),
            links: 0,
            players: 0,
            depth: 0,
            silent: None,
            drawing: None,
            waiting: None,
            awaits_summary: false,
            endless: Vec::new(),
            in_markdown_link: false,
            losses: Vec::new(),
            is_too_deep: false,
            written: Written::default(),
        }
    }

    /// A Markdown container starts: the tags of the table cell that it must stand in, if there is none.
    pub fn enter(&mut self, is_block: bool) -> Vec<String> {
        let mut cell = Vec::new();
        if is_block {
            self.imply_cell(&mut cell);
        }
        self.depth += 1;
        cell
    }

    /// A Markdown container ends: the closing tags for what was opened in it.
    pub fn leave(&mut self) -> Vec<String> {
        let inside = self.depth;
        self.depth = self.depth.saturating_sub(1);
        self.close_while(|_, depth| depth >= inside)
    }

    /// A block of raw HTML ends. It is no container: what it opens may close in a later block.
    pub fn leave_flow(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    /// A block starts or ends: whatever swallows text does not go on in the next.
    pub fn end_block(&mut self) {
        (self.silent, self.drawing) = (None, None);
        self.endless.clear();
        self.give_up_waiting();
    }

    /// The closing tags for all that is open.
    pub fn close_all(&mut self) -> Vec<String> {
        self.close_while(|_, _| true)
    }

    /// Whether a tag is open that the next block is inside of.
    pub fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// Whether a raw link is open.
    pub fn in_link(&self) -> bool {
        self.links > 0
    }

    /// Whether no reader sees the text where it stands …
    pub fn is_silent(&self) -> bool {
        self.silent.is_some()
    }

    /// … and it is left out.
    pub fn drops_text(&self) -> bool {
        self.is_silent() && self.mode == RawMode::Sanitize
    }

    /// Whether text is shown only where a player cannot play.
    pub fn in_player(&self) -> bool {
        self.players > 0
    }

    /// What was left out since this was asked last, with where it was written.
    pub fn take_losses(&mut self) -> Vec<(Lost, Range<usize>)> {
        std::mem::take(&mut self.losses)
    }

    fn push_open(&mut self, name: &str) {
        self.count(name, 1);
        self.open.push((name.to_owned(), self.depth));
    }

    fn count(&mut self, name: &str, by: isize) {
        match name {
            "a" => self.links = self.links.saturating_add_signed(by),
            "video" | "audio" => self.players = self.players.saturating_add_signed(by),
            _ => {}
        }
    }

    fn lose(&mut self, what: Lost, range: &Range<usize>) {
        if self.mode == RawMode::Sanitize {
            self.losses.push((what, self.written.range(range)));
        }
    }

    fn close_while(&mut self, which: impl Fn(&str, usize) -> bool) -> Vec<String> {
        let mut closing = Vec::new();
        while let Some((tag, _)) = self.open.pop_if(|(tag, depth)| which(tag, *depth)) {
            self.count(&tag, -1);
            closing.push(self.ended(&tag));
        }
        closing
    }

    /// The tags in the alternative text of an image, where none can stand.
    pub fn inside_image(&mut self, html: &str, written: Written) {
        self.written = written;
        for token in tokens(html) {
            if let Kind::Tag { name, closing: false } = token.kind {
                self.lose(Lost::Tag(name.into()), &token.range);
            }
        }
    }

    /// Cuts `html` into tags and text, each with where it was written. `flow` tells a block from a tag inside a paragraph;
    /// `after` is what follows in the block.
    pub fn pieces(&mut self, html: &str, written: Written, flow: bool, after: &str) -> Pieces {
        self.written = written;
        let mut pieces = Vec::new();
        match self.mode {
            RawMode::Escape => pieces.push((Piece::Text(html.to_owned()), 0..html.len())),
            _ => self.cut(html, flow, after, &mut pieces),
        }
        pieces.into_iter().map(|(piece, range)| (piece, self.written.range(&range))).collect()
    }

    fn cut(&mut self, html: &str, flow: bool, after: &str, pieces: &mut Pieces) {
        for token in tokens(html) {
            let (range, text) = (token.range.clone(), &html[token.range]);
            let after = if flow { &html[range.end..] } else { after };
            match token.kind {
                Kind::Tag { name, closing } => self.tag(&Tag { name, closing, text, flow, range, after }, pieces),
                Kind::Text => self.text(text, range, pieces),
                _ if self.mode == RawMode::Allow => pieces.push((Piece::Tag(text.to_owned()), range)),
                Kind::Comment { ended: true } => {}
                Kind::Comment { ended: false } => self.lose(Lost::EndlessComment, &range),
                Kind::Declaration => self.lose(Lost::Declaration, &range),
            }
        }
        if flow && self.mode == RawMode::Sanitize {
            let depth = self.depth;
            let is_local = |tag: &str| !matches!(place(tag), Place::Spanning | Place::Table);
            for tag in self.close_while(|tag, at| at >= depth && is_local(tag)) {
                pieces.push((Piece::Tag(tag), html.len()..html.len()));
            }
        }
    }

    fn text(&mut self, text: &str, range: Range<usize>, out: &mut Pieces) {
        if self.silent.is_some() {
            if self.mode == RawMode::Allow {
                out.push((Piece::Tag(text.to_owned()), range));
            }
            return;
        }
        if !text.trim().is_empty() {
            self.open_cell(&range, out);
        }
        let (linked, in_player) = (self.in_link(), self.in_player());
        decode(text, range.start, |text, range| {
            let piece = match (in_player, linked) {
                (true, _) => Piece::Unseen(text),
                (false, true) => Piece::Linked(text),
                (false, false) => Piece::Text(text),
            };
            out.push((piece, range));
        });
    }

    fn tag(&mut self, tag: &Tag<'_>, out: &mut Pieces) {
        let Tag { name, closing, text, flow, range, .. } = tag;
        if self.passes_over(tag, out) {
            return;
        }
        let place = place(name);
        let is_block = matches!(place, Place::Spanning | Place::Table | Place::Local | Place::Block);
        if is_block && *flow {
            out.push((Piece::Break, range.clone()));
            if place == Place::Block && self.mode == RawMode::Sanitize {
                Self::part_words(name, range, out);
            }
        }
        match (self.mode, place) {
            (RawMode::Allow, _) => out.push((Piece::Tag((*text).to_owned()), range.clone())),
            (_, Place::Phrasing) => self.kept(tag, out),
            (_, Place::Spanning | Place::Table | Place::Local) if *flow => self.kept(tag, out),
            _ if *closing => {}
            (_, Place::Drawing) => {
                self.drawing = Some(name.clone());
                self.lose(Lost::Tag(name.as_str().into()), range);
            }
            _ => self.left_out(tag, out),
        }
    }

    /// Whether a tag stands in an element that is left out, or begins one.
    fn passes_over(&mut self, tag: &Tag<'_>, out: &mut Pieces) -> bool {
        let Tag { name, closing, text, range, .. } = tag;
        let allow = self.mode == RawMode::Allow;
        if let Some(silent) = &self.silent {
            if *closing && silent == name {
                self.silent = None;
            }
        } else if place(name) == Place::Silent && !closing && self.has_end(name, tag.after) {
            self.silent = Some(name.clone());
            if !allow && !self.embed(tag, out) {
                self.lose(Lost::Element(name.as_str().into()), range);
            }
        } else if let Some(drawing) = self.drawing.as_ref().filter(|_| !allow) {
            if *closing && drawing == name {
                self.drawing = None;
            }
            return true;
        } else {
            return false;
        }
        if allow {
            out.push((Piece::Tag((*text).to_owned()), range.clone()));
        }
        true
    }

    /// Whether an element ends in what follows in its block. Without an end its words are not swallowed.
    fn has_end(&mut self, name: &str, after: &str) -> bool {
        if self.endless.iter().any(|endless| endless == name) {
            return false;
        }
        let starts = memchr::memmem::find_iter(after.as_bytes(), b"</").map(|at| &after.as_bytes()[at + 2..]);
        let found = starts
            .map(|rest| rest.get(..name.len()))
            .any(|end| end.is_some_and(|end| end.eq_ignore_ascii_case(name.as_bytes())));
        if !found {
            self.endless.push(name.to_owned());
        }
        found
    }

    /// A tag that a page does not keep; what it embeds becomes a link.
    fn left_out(&mut self, tag: &Tag<'_>, out: &mut Pieces) {
        if !self.embed(tag, out) {
            self.lose(Lost::Tag(tag.name.as_str().into()), &tag.range);
        }
    }

    fn embed(&mut self, tag: &Tag<'_>, out: &mut Pieces) -> bool {
        let Tag { name, text, range, .. } = tag;
        if !matches!(name.as_str(), "iframe" | "embed" | "object") || self.in_link() || self.in_markdown_link {
            return false;
        }
        let Opening { attributes, addresses, .. } = opening(name, text);
        if addresses.is_empty() {
            return false;
        }
        self.lose(Lost::Embed(name.as_str().into()), range);
        self.open_cell(range, out);
        out.push((self.element("iframe", attributes, None, addresses, range.start), range.clone()));
        true
    }

    fn kept(&mut self, tag: &Tag<'_>, out: &mut Pieces) {
        let Tag { name, closing, text, range, .. } = tag;
        if place(name) != Place::Phrasing && !(*closing && name == "p") {
            // A paragraph holds no block: its end need not be written.
            self.close_open_paragraph(range, out);
        }
        if *closing {
            return self.close(name, range, out);
        }
        if self.open.len() >= MOST_OPEN && !is_void(name) {
            return self.lose_deep(name, range);
        }
        if *name == "a" && (self.in_link() || self.in_markdown_link) || !self.fits(name, range, out) {
            Self::part_words(name, range, out);
            return self.lose(Lost::Tag(name.as_str().into()), range);
        }
        let opening = opening(name, text);
        for (attribute, at) in &opening.dropped {
            let lost = Lost::Attribute { tag: name.as_str().into(), name: attribute.as_str().into() };
            self.lose(lost, &(range.start + at.start..range.start + at.end));
        }
        match name.as_str() {
            "video" | "audio" => self.player(name, opening, range, out),
            "source" | "track" => self.played(name, opening, range, out),
            _ => self.opened(name, opening, range, out),
        }
    }

    /// The tag of a block is gone, and the words on either side of it must not run together.
    fn part_words(name: &str, range: &Range<usize>, out: &mut Pieces) {
        if place(name) != Place::Phrasing {
            out.push((Piece::Tag("\n".to_owned()), range.clone()));
        }
    }

    /// Told once: whoever forgets one end in a long text forgets many.
    fn lose_deep(&mut self, name: &str, range: &Range<usize>) {
        if !std::mem::replace(&mut self.is_too_deep, true) {
            self.lose(Lost::Deep(name.into()), range);
        }
    }

    fn opened(&mut self, name: &str, opening: Opening, range: &Range<usize>, out: &mut Pieces) {
        let Opening { attributes, anchor, addresses, .. } = opening;
        if name == "a" && addresses.is_empty() && anchor.is_none() {
            return self.lose(Lost::Tag(name.into()), range);
        }
        if name == "img" && addresses.is_empty() {
            return self.lose(Lost::Tag(name.into()), range);
        }
        // An anchor that leads nowhere is a place to lead to.
        let name = if name == "a" && addresses.is_empty() { "span" } else { name };
        if !is_void(name) {
            self.push_open(name);
        }
        self.awaits_summary |= name == "details";
        out.push((self.element(name, attributes, anchor, addresses, range.start), range.clone()));
    }

    /// A tag that is ready where it has no addresses; `at` is where it starts.
    fn element(
        &self,
        name: &str,
        attributes: String,
        anchor: Option<String>,
        mut addresses: Vec<Address>,
        at: usize,
    ) -> Piece {
        if addresses.is_empty() && anchor.is_none() {
            return Piece::Tag(start_of(name, &attributes));
        }
        for address in &mut addresses {
            address.source = self.written.range(&(at + address.source.start..at + address.source.end));
        }
        Piece::Element(Element { name: name.to_owned(), attributes, anchor, addresses })
    }

    fn close_open_paragraph(&mut self, range: &Range<usize>, out: &mut Pieces) {
        let around = self.open.iter().rposition(|(tag, depth)| *depth == self.depth && place(tag) != Place::Phrasing);
        if around.is_some_and(|at| self.open[at].0 == "p") {
            self.close("p", range, out);
        }
    }

    /// Closes the nearest such tag of this container and what was opened inside it; nothing when there is none.
    fn close(&mut self, name: &str, range: &Range<usize>, out: &mut Pieces) {
        if matches!(name, "video" | "audio") {
            self.give_up_waiting();
        }
        let is_named = |tag: &str| tag == name;
        let here = self.open.iter().rposition(|(tag, depth)| is_named(tag) && *depth == self.depth);
        match here {
            Some(at) => self.close_from(at, range, out),
            None => Self::part_words(name, range, out),
        }
    }

    /// The end of a tag, which a browser gives its summary where it is a fold without one.
    fn ended(&mut self, tag: &str) -> String {
        let summary = if tag == "details" && std::mem::take(&mut self.awaits_summary) { NO_SUMMARY } else { "" };
        format!("{summary}{}", end_of(tag))
    }

    /// Closes all that is open from there on, if it was opened in this container.
    fn close_from(&mut self, at: usize, range: &Range<usize>, out: &mut Pieces) {
        if self.open[at..].iter().all(|(_, depth)| *depth == self.depth) {
            for (tag, _) in self.open.split_off(at).into_iter().rev() {
                self.count(&tag, -1);
                out.push((Piece::Tag(self.ended(&tag)), range.clone()));
            }
        }
    }
}

/// A tag in its place.
struct Tag<'t> {
    name: String,
    closing: bool,
    /// As it is written.
    text: &'t str,
    /// Whether it stands in a block of HTML.
    flow: bool,
    range: Range<usize>,
    /// What follows it in its block.
    after: &'t str,
}

/// An opening tag. What may be wider than the page scrolls alone, as a table of Markdown does.
pub(super) fn start_of(name: &str, attributes: &str) -> String {
    match name {
        "table" => format!("<div class=\"scroll\" tabindex=\"0\"><table{attributes}>"),
        "pre" => format!("<pre tabindex=\"0\"{attributes}>"),
        _ => format!("<{name}{attributes}>"),
    }
}

fn end_of(name: &str) -> String {
    if name == "table" { "</table></div>".to_owned() } else { format!("</{name}>") }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The HTML that is written of a block, addresses as they are, and what is left out of it.
    fn cut(html: &str) -> (String, String) {
        let mut raw = RawHtml::new(RawMode::Sanitize);
        let mut out = String::new();
        for (piece, _) in raw.pieces(html, Written::at(0), true, "") {
            match piece {
                Piece::Tag(tag) => out.push_str(&tag),
                Piece::Element(Element { name, attributes, anchor, addresses }) => {
                    let anchor = anchor.map(|anchor| format!(" #{anchor}")).unwrap_or_default();
                    let addresses =
                        addresses.iter().map(|address| format!(" {}={}", address.attribute, address.target));
                    out.push_str(&format!("<{name}{}{anchor}{attributes}>", addresses.collect::<String>()));
                }
                Piece::Text(text) | Piece::Linked(text) => {
                    out.push_str(&text.replace('&', "&amp;").replace('<', "&lt;"))
                }
                Piece::Unseen(text) => out.push_str(&format!("({text})")),
                Piece::Break => {}
            }
        }
        raw.end_block();
        out.extend(raw.close_all());
        let lost = raw.take_losses().into_iter().map(|(what, range)| match what {
            Lost::Tag(tag) | Lost::Deep(tag) => format!("{tag}[{}]", &html[range]),
            Lost::Element(tag) => format!("all of {tag}[{}]", &html[range]),
            Lost::Embed(tag) => format!("link for {tag}[{}]", &html[range]),
            Lost::Attribute { tag, name } => format!("{tag} {name}[{}]", &html[range]),
            Lost::EndlessComment | Lost::Declaration => format!("[{}]", &html[range]),
            Lost::Footnote(_) | Lost::Character(_) | Lost::Cells | Lost::CutLink | Lost::Definition(_) => {
                "no HTML".to_owned()
            }
        });
        (out, lost.collect::<Vec<_>>().join(" "))
    }

    #[track_caller]
    fn check(html: &str, expected: &str, lost: &str) {
        assert_eq!(cut(html), (expected.to_owned(), lost.to_owned()), "{html}");
    }

    #[test]
    fn raw_html_is_made_harmless() {
        check(
            "<div onclick=\"x()\" title=\"a>b\">caf&eacute; &amp; <b>x</b></div>",
            "<div title=\"a&gt;b\">café &amp; <b>x</b></div>",
            "div onclick[onclick=\"x()\"]",
        );
        check("<script>alert(1)</script>after", "after", "all of script[<script>]");
        check("<style>a{}</STYLE >after", "after", "all of style[<style>]");
        check("<img src=x onerror=alert(1)>", "<img src=x>", "img onerror[onerror=alert(1)]");
        check("<a href=../x.html>x</a>", "<a href=../x.html>x</a>", "");
        check("<a href=x><a href=y>z</a></a>", "<a href=x>z</a>", "a[<a href=y>]");
        check("<a name=x>y</a>", "<span #x>y</span>", "");
        check("<a>y</a>", "y", "a[<a>]");
        check("<p>a<ul><li>b</ul><p>c</p>", "<p>a</p><ul><li>b</li></ul><p>c</p>", "");
        check("<b><i>x</b>y", "<b><i>x</i></b>y", "");
        check("</div>x", "\nx", "");
        check("<div>x", "<div>x</div>", "");
        check("1 < 2 <", "1 &lt; 2 &lt;", "");
        check("<!-- gone -->x<p>y", "x<p>y</p>", "");
        check("x<!-- no end", "x", "[<!-- no end]");
        check("<![CDATA[x]]>y<?z?>", "y", "[<![CDATA[x]]>] [<?z?>]");
    }

    #[test]
    fn words_stay_where_a_reader_would_see_them() {
        check("<title>a</title>b", "ab", "title[<title>]");
        check("<title>a", "a", "title[<title>]");
        check("<script>a <b>b</b>", "a <b>b</b>", "script[<script>]");
        check("<center>a</center>", "\na\n", "center[<center>]");
        check("<svg><a href=x>y</a><style>z</style><path d=x /></svg>z", "yz", "svg[<svg>] all of style[<style>]");
        check("<object>a</object><noscript>b</noscript>", "ab", "object[<object>] noscript[<noscript>]");
        check(
            "<iframe src=https://a.example title=b>c</iframe>d",
            "<iframe src=https://a.example title=\"b\">d",
            "link for iframe[<iframe src=https://a.example title=b>]",
        );
    }

    #[test]
    fn tables_are_whole() {
        let table = |inside: &str| format!("<div class=\"scroll\" tabindex=\"0\"><table>{inside}</table></div>");
        for (html, expected, lost) in [
            ("<table><tr><td>a</td></tr></table>", "<tr><td>a</td></tr>", ""),
            ("<table><tr><td>a<td>b<tr><th>c</table>", "<tr><td>a</td><td>b</td></tr><tr><th>c</th></tr>", ""),
            ("<table><td>a</table>", "<tr><td>a</td></tr>", ""),
            ("<table>a<tr>b</table>", "<tr><td>a</td></tr><tr><td>b</td></tr>", ""),
            (
                "<table><caption>a<col span=2><thead><tr><th>b<tbody><tr><td>c</table>",
                "<caption>a</caption><colgroup><col span=\"2\"></colgroup><thead><tr><th>b</th></tr></thead><tbody><tr><td>c</td></tr></tbody>",
                "",
            ),
            ("<table><tr><td bgcolor=red>a</table>", "<tr><td>a</td></tr>", "td bgcolor[bgcolor=red]"),
            ("<table><tr><td><b>a</td><td>b</table>", "<tr><td><b>a</b></td><td>b</td></tr>", ""),
        ] {
            check(html, &table(expected), lost);
        }
        check("<td>a</td>b", "\na\nb", "td[<td>]");
    }

    #[test]
    fn parts_stand_in_their_whole() {
        check("<ul><li>a<li>b</ul>c", "<ul><li>a</li><li>b</li></ul>c", "");
        check(
            "<ol><li><ul><li>a</ul><li><div>b<li>c</ol>",
            "<ol><li><ul><li>a</li></ul></li><li><div>b</div></li><li>c</li></ol>",
            "",
        );
        check("<ul><li>a</li><ul><li>b</ul>c<br></ul>", "<ul><li>a</li><li><ul><li>b</li></ul>c<br></li></ul>", "");
        check("<dl><dt>a<dd>b<dt>c<dd><i>d</dl>", "<dl><dt>a</dt><dd>b</dd><dt>c</dt><dd><i>d</i></dd></dl>", "");
        check("<dl><div><dt>a<dd>b</div></dl>", "<dl><div><dt>a</dt><dd>b</dd></div></dl>", "");
        check("<ruby>a<rt>b<rt>c</ruby>", "<ruby>a<rt>b</rt><rt>c</rt></ruby>", "");
        check("<figure><p>a<figcaption>b</figure>", "<figure><p>a</p><figcaption>b</figcaption></figure>", "");
        check("<li>a</li><li>b", "\na\n\nb", "li[<li>] li[<li>]");
        check("<figcaption>a<dt>b<rt>c", "\na\nbc", "figcaption[<figcaption>] dt[<dt>] rt[<rt>]");
        check("<div><dd>a</div><ul><dd>b</ul>", "<div>\na</div><ul>\n<li>b</li></ul>", "dd[<dd>] dd[<dd>]");
    }

    #[test]
    fn a_fold_has_one_summary() {
        let fold = |inside: &str| format!("<details>{inside}</details>");
        check("<details><summary>a</summary>b</details>", &fold("<summary>a</summary>b"), "");
        check("<details> a</details>", &fold("<summary>…</summary> a"), "");
        check("<details></details>b", &format!("{}b", fold("<summary>…</summary>")), "");
        check("<details><p>a", &fold("<summary>…</summary><p>a</p>"), "");
        check(
            "<details><details><summary>a</details>b</details>",
            &fold("<summary>…</summary><details><summary>a</summary></details>b"),
            "",
        );
        check("<details><summary>a</summary><summary>b", &fold("<summary>a</summary>\nb"), "summary[<summary>]");
        check("<summary>a", "\na", "summary[<summary>]");
    }

    #[test]
    fn no_block_stands_among_words() {
        check("<div><span><p>a</p><p>b</p></span>", "<div><span>\na\n\nb\n</span></div>", "p[<p>] p[<p>]");
        check("<div><b><ul><li>a</ul></b>", "<div><b>\n\na\n</b></div>", "ul[<ul>] li[<li>]");
        check("<pre>a<hr>b</pre>", "<pre tabindex=\"0\">a\nb</pre>", "hr[<hr>]");
        check(
            "<div><a href=x><div>a</div></a><del><p>b</del>",
            "<div><a href=x><div>a</div></a><del><p>b</p></del></div>",
            "",
        );
    }

    #[test]
    fn what_the_dossier_has_is_played_and_what_it_has_not_is_a_link() {
        check("<video src=a.mp4 autoplay>no</video>", "<video src=a.mp4>(no)</video>", "video autoplay[autoplay]");
        check(
            "<audio controls><source src=a.mp3 type=audio/mpeg></audio>",
            "<audio><source src=a.mp3 type=\"audio/mpeg\"></audio>",
            "",
        );
        check("<video><source src=https://a.example/b.mp4>no</video>", "<video src=https://a.example/b.mp4>no", "");
        check("<video src=//a.example/b.mp4></video>", "<video src=//a.example/b.mp4>", "");
        check("<video></video>a<source src=x>", "a", "video[<video>] source[<source src=x>]");
        check("<video src=a poster=https://a.example/>", "<video src=a></video>", "video poster[https://a.example/]");
    }
}
