//! The walk over a Markdown text that decides what a reader sees.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::footnotes::Events;
use super::links::{cut_links, target};
use super::loss::{Loss, Lost};
use super::raw::{Element, Piece, RawHtml, Written};
use crate::syntax::legible::{is_unfit, legible};
use crate::syntax::normal::{begins_unspaced, ends_unspaced};

/// What becomes of raw HTML.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum RawMode {
    /// Harmless tags stay, all else goes.
    #[default]
    Sanitize,
    /// It is shown as it was typed.
    Escape,
    /// It is passed on.
    Allow,
}

/// One event, and what a reader sees of it.
#[derive(Clone, Debug)]
pub struct Step<'a> {
    /// The event, ready to be written: raw HTML is safe, links without words have theirs.
    pub event: Event<'a>,
    /// Its bytes in the Markdown.
    pub source: Range<usize>,
    /// What it adds to the prose.
    pub text: Cow<'a, str>,
    /// Whether it ends a block: the prose then goes on in a new line.
    pub ends_block: bool,
    /// Whether mentions are not looked for in its text, whatever is around it.
    pub blocked: bool,
    /// Whether its text stands in for the words of a link that has none.
    pub named: bool,
    /// The tag of raw HTML that it is, where that can only be written by who knows what its addresses lead to.
    pub element: Option<Box<Element>>,
}

/// A link of which the words come.
struct OpenLink {
    target: String,
    raw: bool,
    /// Whether a reader has seen something of it.
    seen: bool,
}

/// The extensions of CommonMark that a dossier has.
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_WIKILINKS
}

/// The steps of a Markdown text, in the order in which a page shows them: footnotes come last.
pub struct Reading<'a> {
    markdown: &'a str,
    events: Events<'a>,
    name: &'a dyn Fn(&str) -> Option<String>,
    raw: RawHtml,
    ready: VecDeque<Step<'a>>,
    images: usize,
    links: usize,
    /// Whether nothing has been seen since the last block ended.
    at_line_start: bool,
    /// The words that stand in for those of the link that is open.
    words: Option<String>,
    /// The links that are open.
    open_links: Vec<OpenLink>,
    html_block: Option<(String, Written)>,
    /// Where the block ends that began last.
    block_end: usize,
    /// Where the cell of a table ends that began last.
    cell_end: usize,
    /// Whether the text so far ends in a script without spaces.
    unspaced: bool,
    /// The line break among the ready steps of which the text behind it says whether it is a space.
    undecided: Option<usize>,
    losses: Vec<Loss>,
}

impl<'a> Reading<'a> {
    /// Reads `markdown`; `name` knows what the target of a link without words is called.
    pub fn new(markdown: &'a str, mode: RawMode, name: &'a dyn Fn(&str) -> Option<String>) -> Self {
        Self {
            markdown,
            events: Events::new(Parser::new_ext(markdown, options())),
            name,
            raw: RawHtml::new(mode),
            ready: VecDeque::new(),
            images: 0,
            links: 0,
            at_line_start: true,
            words: None,
            open_links: Vec::new(),
            html_block: None,
            block_end: 0,
            cell_end: 0,
            unspaced: false,
            undecided: None,
            losses: Vec::new(),
        }
    }

    /// The bytes of the definition `[label]: target` in the text.
    pub fn definition(&self, label: &str) -> Option<Range<usize>> {
        self.events.definition(label)
    }

    /// The labels of all such definitions with their bytes, in order.
    pub fn definitions(&self) -> Vec<(&str, Range<usize>)> {
        self.events.definitions()
    }

    /// What pages leave out of the text, as far as it has been read.
    pub fn take_losses(&mut self) -> Vec<Loss> {
        let twice = self.events.take_twice().into_iter();
        let twice = twice.map(|twice| Loss { what: Lost::Footnote(twice.first.into()), source: twice.again.into() });
        self.losses.extend(twice);
        std::mem::take(&mut self.losses)
    }

    /// Whether a container of raw HTML is open at the top, or what is in it still comes: the next step belongs to the same
    /// block.
    pub fn inside_raw(&self) -> bool {
        self.raw.is_open() || self.ready.iter().any(|step| !step.ends_block)
    }

    fn take(&mut self, event: Event<'a>, source: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, source),
            Event::End(end) => self.end(end, source),
            Event::Html(html) if self.html_block.is_some() => {
                if let Some((text, written)) = &mut self.html_block {
                    written.line(text.len(), source.start);
                    text.push_str(&html);
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => self.raw_html(&html, Written::at(source.start), false),
            Event::Text(_) | Event::Code(_) | Event::SoftBreak | Event::HardBreak if self.raw.drops_text() => {}
            Event::Text(text) => self.text(text, source),
            Event::Code(code) if self.images == 0 => {
                let text = code.to_string();
                self.push_blocked(Event::Code(code), inner_code(&source, text.len()), Cow::Owned(text));
            }
            Event::SoftBreak if self.images == 0 => self.soft_break(source),
            Event::HardBreak if self.images == 0 => self.push(event, source, Cow::Borrowed(" ")),
            other => self.push(other, source, Cow::Borrowed("")),
        }
    }

    fn start(&mut self, tag: Tag<'a>, source: Range<usize>) {
        let is_block = is_block(&tag.to_end());
        if is_block {
            self.end_raw_block();
            self.block_end = source.end;
        }
        if matches!(tag, Tag::FootnoteDefinition(_)) {
            // What the text left open does not go on in its footnotes.
            let open = self.raw.close_all();
            self.push_tags(open, source.start);
        }
        let cell = self.raw.enter(is_block && !matches!(tag, Tag::HtmlBlock));
        self.push_tags(cell, source.start);
        match &tag {
            Tag::TableCell => self.cell_end = source.end,
            Tag::TableHead | Tag::TableRow => self.tell_cut_links(&source),
            Tag::HtmlBlock => {
                self.html_block = Some((String::new(), Written::default()));
                return;
            }
            Tag::Image { .. } => {
                self.images += 1;
                self.links_are_seen();
            }
            Tag::Link { link_type, dest_url, .. } => {
                self.links += 1;
                self.open_link(target(*link_type, dest_url).into_owned(), false);
                self.raw.in_markdown_link = true;
                if matches!(link_type, LinkType::WikiLink { has_pothole: false }) && self.images == 0 {
                    self.words = Some((self.name)(dest_url).unwrap_or_else(|| dest_url.to_string()));
                }
            }
            _ => {}
        }
        if is_block {
            self.break_line(source.start);
        }
        self.push(Event::Start(tag), source, Cow::Borrowed(""));
    }

    fn end(&mut self, end: TagEnd, source: Range<usize>) {
        if end == TagEnd::HtmlBlock {
            if let Some((html, written)) = self.html_block.take() {
                self.raw.leave_flow();
                self.raw_html(&html, written, true);
                self.end_raw_block();
                self.break_line(source.end);
            }
            return;
        }
        match end {
            TagEnd::Image => self.images = self.images.saturating_sub(1),
            TagEnd::TableRow => self.leave_cells(source.end),
            TagEnd::Link => {
                self.links = self.links.saturating_sub(1);
                self.raw.in_markdown_link = self.links > 0;
                if let Some(words) = self.words.take() {
                    self.push(Event::Text(words.clone().into()), source.clone(), Cow::Owned(words));
                }
                self.end_link(&source, false);
            }
            _ => {}
        }
        let open = self.raw.leave();
        self.push_tags(open, source.end);
        self.push(Event::End(end), source.clone(), Cow::Borrowed(""));
        if is_block(&end) {
            self.end_raw_block();
            self.break_line(source.end);
        }
    }

    fn tell_cut_links(&mut self, row: &Range<usize>) {
        let written = self.markdown.get(row.clone()).unwrap_or_default();
        let places = cut_links(written).map(|at| row.start + at.start..row.start + at.end);
        self.losses.extend(places.map(|source| Loss { what: Lost::CutLink, source: source.into() }));
    }

    /// Leaves out the cells of a row that no column of the table is for: the parser gives none of them.
    fn leave_cells(&mut self, row_end: usize) {
        let rest = self.markdown.get(self.cell_end..row_end).unwrap_or_default();
        let cells = rest.trim_matches(|c: char| c == '|' || c.is_whitespace());
        if !cells.is_empty() {
            let start = self.cell_end + rest.find(cells).unwrap_or_default();
            self.losses.push(Loss { what: Lost::Cells, source: (start..start + cells.len()).into() });
        }
    }

    fn end_raw_block(&mut self) {
        self.raw.end_block();
        self.keep_losses();
    }

    fn keep_losses(&mut self) {
        let losses = self.raw.take_losses().into_iter();
        self.losses.extend(losses.map(|(what, source)| Loss { what, source: source.into() }));
    }

    fn text(&mut self, text: CowStr<'a>, source: Range<usize>) {
        if self.words.is_some() {
            return;
        }
        let is_seen = self.images == 0 && !self.raw.is_silent() && !self.raw.in_player();
        let seen = if is_seen { seen(&text) } else { Cow::Borrowed("") };
        self.push(Event::Text(text), source, seen);
    }

    /// The end of a line: a space, but none between two characters of a script that has none.
    fn soft_break(&mut self, source: Range<usize>) {
        self.settle(false);
        self.undecided = self.unspaced.then_some(self.ready.len());
        self.unspaced = false;
        self.push(Event::SoftBreak, source, Cow::Borrowed(" "));
    }

    /// Decides on the line break that waited for the text behind it.
    fn settle(&mut self, joins: bool) {
        let Some(step) = self.undecided.take().and_then(|at| self.ready.get_mut(at)).filter(|_| joins) else { return };
        (step.event, step.text) = (Event::Text("".into()), Cow::Borrowed(""));
    }

    fn raw_html(&mut self, html: &str, written: Written, flow: bool) {
        if self.images > 0 {
            self.raw.inside_image(html, written);
            return self.keep_losses();
        }
        let end = written.range(&(html.len()..html.len())).end;
        let after = if flow { "" } else { self.markdown.get(end..self.block_end).unwrap_or_default() };
        let pieces = self.raw.pieces(html, written, flow, after);
        self.keep_losses();
        let mut preformatted = false;
        for (piece, source) in pieces {
            match piece {
                // As a hard break of Markdown, a raw one is a space to the reader.
                Piece::Tag(tag) if tag.starts_with("<br") => {
                    self.push(Event::InlineHtml(tag.into()), source, Cow::Borrowed(" "))
                }
                Piece::Tag(tag) => {
                    if tag == "</a>" {
                        self.end_link(&source, true);
                    }
                    preformatted = flow && (preformatted || tag.starts_with("<pre")) && tag != "</pre>";
                    let tag = legible(&tag).into_owned();
                    self.push(Event::InlineHtml(tag.into()), source, Cow::Borrowed(""));
                }
                Piece::Element(element) => self.push_element(element, source),
                Piece::Break => self.break_line(source.start),
                Piece::Unseen(text) => self.push(Event::Text(text.into()), source, Cow::Borrowed("")),
                Piece::Text(text) | Piece::Linked(text) if preformatted => self.lines(text, source),
                // Between blocks, white space is nothing; within one, a line end is a space, as a soft break is.
                Piece::Text(text) | Piece::Linked(text) if flow && self.at_line_start && text.trim().is_empty() => {
                    self.push(Event::InlineHtml(text.into()), source, Cow::Borrowed(""));
                }
                Piece::Text(text) | Piece::Linked(text) if flow => self.flow_text(&text, source),
                Piece::Linked(text) => self.push_blocked(Event::Text(text.clone().into()), source, Cow::Owned(text)),
                Piece::Text(text) => self.push(Event::Text(text.clone().into()), source, Cow::Owned(text)),
            }
        }
    }

    /// Preformatted text: its lines stay. The first, where it is empty, is not shown.
    fn lines(&mut self, text: String, source: Range<usize>) {
        let first = if self.at_line_start && text.starts_with('\n') { 1 } else { 0 };
        if first > 0 {
            self.push(Event::InlineHtml("\n".into()), source.start..source.start + 1, Cow::Borrowed(""));
        }
        let rest = text[first..].to_owned();
        if !rest.is_empty() {
            let source = if first > 0 { source.start + 1..source.end } else { source };
            self.push_blocked(Event::Text(rest.clone().into()), source, Cow::Owned(rest));
        }
    }

    /// Text of a block of raw HTML, in which the ends of lines are soft breaks.
    fn flow_text(&mut self, text: &str, source: Range<usize>) {
        let mut start = 0;
        for (at, _) in text.match_indices('\n') {
            let (before, after) = (text[start..at].trim_end(), text[at..].trim_start());
            // Most scripts have spaces, and most text stays in one piece.
            if at < start || !ends_unspaced(before).unwrap_or(self.unspaced) || begins_unspaced(after) == Some(false) {
                continue;
            }
            self.flow_piece(before, source.start + start..source.start + start + before.len());
            let next = text.len() - after.len();
            self.soft_break(source.start + start + before.len()..source.start + next);
            start = next;
        }
        let whole = start == 0;
        self.flow_piece(&text[start..], if whole { source } else { source.start + start..source.end });
    }

    fn flow_piece(&mut self, text: &str, source: Range<usize>) {
        if !text.is_empty() {
            let seen = text.replace('\n', " ");
            self.push_blocked(Event::Text(seen.clone().into()), source, Cow::Owned(seen));
        }
    }

    fn open_link(&mut self, target: String, raw: bool) {
        self.open_links.push(OpenLink { target, raw, seen: self.images > 0 });
    }

    fn links_are_seen(&mut self) {
        self.open_links.iter_mut().for_each(|link| link.seen = true);
    }

    /// A link ends. One without words has its target's name, or else its address.
    fn end_link(&mut self, source: &Range<usize>, raw: bool) {
        let Some(link) = self.open_links.pop_if(|link| link.raw == raw).filter(|link| !link.seen) else { return };
        let target = &*link.target;
        let written = || target.trim_start_matches('#').trim_start_matches("mailto:").trim_start_matches("tel:").trim();
        let words = (self.name)(target).unwrap_or_else(|| written().to_owned());
        let (event, text) = (Event::Text(words.clone().into()), Cow::Owned(words));
        self.add(Step {
            event,
            source: source.clone(),
            text,
            ends_block: false,
            blocked: true,
            named: true,
            element: None,
        });
    }

    fn push_tags(&mut self, tags: Vec<String>, at: usize) {
        for tag in tags {
            if tag == "</a>" {
                self.end_link(&(at..at), true);
            }
            self.push(Event::InlineHtml(tag.into()), at..at, Cow::Borrowed(""));
        }
    }

    fn push_element(&mut self, element: Element, source: Range<usize>) {
        match element.addresses.first() {
            Some(address) if element.name == "a" => {
                let has_label = element.attributes.contains(" aria-label=");
                self.open_link(address.target.clone(), true);
                self.open_links.iter_mut().filter(|_| has_label).for_each(|link| link.seen = true);
            }
            _ => self.links_are_seen(),
        }
        let event = Event::InlineHtml("".into());
        let element = Element { attributes: legible(&element.attributes).into_owned(), ..element };
        let element = Some(Box::new(element));
        let text = Cow::Borrowed("");
        self.add(Step { event, source, text, ends_block: false, blocked: false, named: false, element });
    }

    fn push(&mut self, event: Event<'a>, source: Range<usize>, text: Cow<'a, str>) {
        let blocked = self.raw.in_link() && !text.is_empty();
        self.add(Step { event, source, text, ends_block: false, blocked, named: false, element: None });
    }

    fn push_blocked(&mut self, event: Event<'a>, source: Range<usize>, text: Cow<'a, str>) {
        self.add(Step { event, source, text, ends_block: false, blocked: true, named: false, element: None });
    }

    fn add(&mut self, mut step: Step<'a>) {
        self.leave_unfit(&mut step);
        self.at_line_start &= step.text.is_empty();
        if !self.open_links.is_empty() && !step.text.trim().is_empty() {
            self.links_are_seen();
        }
        if !step.text.is_empty() && !matches!(step.event, Event::SoftBreak) {
            if let Some(joins) = begins_unspaced(&step.text).filter(|_| self.undecided.is_some()) {
                self.settle(joins);
            }
            self.unspaced = ends_unspaced(&step.text).unwrap_or(self.unspaced);
        }
        self.ready.push_back(step);
    }

    /// Leaves out what no page has a place for. It was written as `&#27;`, or as it is.
    fn leave_unfit(&mut self, step: &mut Step<'a>) {
        let (Event::Text(text) | Event::Code(text)) = &mut step.event else { return };
        let Cow::Owned(fit) = legible(text) else { return };
        let literal = text.len() == step.source.len();
        for (at, c) in text.char_indices().filter(|(_, c)| is_unfit(*c) && !c.is_whitespace()) {
            let start = step.source.start + at;
            let source = if literal { start..start + c.len_utf8() } else { step.source.clone() };
            self.losses.push(Loss { what: Lost::Character(c), source: source.into() });
        }
        if !step.text.is_empty() {
            step.text = Cow::Owned(fit.clone());
        }
        *text = fit.into();
    }

    fn break_line(&mut self, at: usize) {
        self.settle(false);
        (self.at_line_start, self.unspaced) = (true, false);
        let (event, text) = (Event::Text("".into()), Cow::Borrowed(""));
        let source = at..at;
        self.ready.push_back(Step {
            event,
            source,
            text,
            ends_block: true,
            blocked: false,
            named: false,
            element: None,
        });
    }
}

impl<'a> Iterator for Reading<'a> {
    type Item = Step<'a>;

    fn next(&mut self) -> Option<Step<'a>> {
        while self.ready.is_empty() || self.undecided.is_some() {
            match self.events.next() {
                Some((event, source)) => self.take(event, source),
                None => {
                    self.settle(false);
                    self.end_raw_block();
                    let rest = self.raw.close_all();
                    self.push_tags(rest, 0);
                    if self.ready.is_empty() {
                        return None;
                    }
                }
            }
        }
        self.ready.pop_front()
    }
}

/// A text as it is seen. Most stand in the Markdown word for word.
fn seen<'a>(text: &CowStr<'a>) -> Cow<'a, str> {
    match text {
        CowStr::Borrowed(text) => Cow::Borrowed(text),
        other => Cow::Owned(other.to_string()),
    }
}

/// The code between its backticks. They are as many before as after; a space beside them may have been dropped.
fn inner_code(source: &Range<usize>, length: usize) -> Range<usize> {
    let around = source.len().saturating_sub(length) / 2;
    source.start + around..(source.start + around + length).min(source.end)
}

/// Whether it ends a line of its own.
fn is_block(end: &TagEnd) -> bool {
    !matches!(
        end,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}
