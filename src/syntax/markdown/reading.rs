//! The walk over a Markdown text that decides what a reader sees.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, OffsetIter, Options, Parser, Tag, TagEnd};

use super::raw::{Piece, RawHtml};

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
}

/// The extensions of CommonMark that a dossier has.
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_WIKILINKS
}

/// The steps of a Markdown text, in its order.
pub struct Reading<'a> {
    events: OffsetIter<'a>,
    name: &'a dyn Fn(&str) -> Option<String>,
    raw: RawHtml,
    ready: VecDeque<Step<'a>>,
    images: usize,
    links: usize,
    /// Whether nothing has been seen since the last block ended.
    at_line_start: bool,
    /// The words that stand in for those of the link that is open.
    words: Option<String>,
    html_block: Option<(String, Range<usize>)>,
}

impl<'a> Reading<'a> {
    /// Reads `markdown`; `name` knows what the target of a link without words is called.
    pub fn new(markdown: &'a str, mode: RawMode, name: &'a dyn Fn(&str) -> Option<String>) -> Self {
        Self {
            events: Parser::new_ext(markdown, options()).into_offset_iter(),
            name,
            raw: RawHtml::new(mode),
            ready: VecDeque::new(),
            images: 0,
            links: 0,
            at_line_start: true,
            words: None,
            html_block: None,
        }
    }

    /// The bytes of the definition `[label]: target` in the text.
    pub fn definition(&self, label: &str) -> Option<Range<usize>> {
        self.events.reference_definitions().get(label).map(|definition| definition.span.clone())
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
                if let Some((text, range)) = &mut self.html_block {
                    text.push_str(&html);
                    range.end = source.end;
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => self.raw_html(&html, &source, false),
            Event::Text(text) => self.text(text, source),
            Event::Code(code) if self.images == 0 => {
                let text = code.to_string();
                self.push_blocked(Event::Code(code), inner_code(&source, text.len()), Cow::Owned(text));
            }
            Event::SoftBreak | Event::HardBreak if self.images == 0 => self.push(event, source, Cow::Borrowed(" ")),
            other => self.push(other, source, Cow::Borrowed("")),
        }
    }

    fn start(&mut self, tag: Tag<'a>, source: Range<usize>) {
        self.raw.enter();
        match &tag {
            Tag::HtmlBlock => {
                self.html_block = Some((String::new(), source.start..source.start));
                return;
            }
            Tag::Image { .. } => self.images += 1,
            Tag::Link { link_type, dest_url, .. } => {
                self.links += 1;
                self.raw.in_markdown_link = true;
                if matches!(link_type, LinkType::WikiLink { has_pothole: false }) && self.images == 0 {
                    self.words = Some((self.name)(dest_url).unwrap_or_else(|| dest_url.to_string()));
                }
            }
            _ => {}
        }
        if is_block(&tag.to_end()) {
            self.break_line(source.start);
        }
        self.push(Event::Start(tag), source, Cow::Borrowed(""));
    }

    fn end(&mut self, end: TagEnd, source: Range<usize>) {
        if end == TagEnd::HtmlBlock {
            if let Some((html, range)) = self.html_block.take() {
                self.raw.leave_flow();
                self.raw_html(&html, &range, true);
                self.break_line(source.end);
            }
            return;
        }
        match end {
            TagEnd::Image => self.images = self.images.saturating_sub(1),
            TagEnd::Link => {
                self.links = self.links.saturating_sub(1);
                self.raw.in_markdown_link = self.links > 0;
                if let Some(words) = self.words.take() {
                    self.push(Event::Text(words.clone().into()), source.clone(), Cow::Owned(words));
                }
            }
            _ => {}
        }
        for tag in self.raw.leave() {
            self.push(Event::InlineHtml(tag.into()), source.end..source.end, Cow::Borrowed(""));
        }
        self.push(Event::End(end), source.clone(), Cow::Borrowed(""));
        if is_block(&end) {
            self.break_line(source.end);
        }
    }

    fn text(&mut self, text: CowStr<'a>, source: Range<usize>) {
        if self.words.is_some() {
            return;
        }
        let seen = if self.images == 0 { seen(&text) } else { Cow::Borrowed("") };
        self.push(Event::Text(text), source, seen);
    }

    fn raw_html(&mut self, html: &str, source: &Range<usize>, flow: bool) {
        if self.images > 0 {
            return;
        }
        for (piece, range) in self.raw.pieces(html, flow) {
            let source = source.start + range.start..source.start + range.end;
            match piece {
                // As a hard break of Markdown, a raw one is a space to the reader.
                Piece::Tag(tag) if tag.starts_with("<br") => {
                    self.push(Event::InlineHtml(tag.into()), source, Cow::Borrowed(" "))
                }
                Piece::Tag(tag) => self.push(Event::InlineHtml(tag.into()), source, Cow::Borrowed("")),
                Piece::Break => self.break_line(source.start),
                // Between blocks, white space is nothing; within one, a line end is a space, as a soft break is.
                Piece::Text(text) | Piece::Linked(text) if flow && self.at_line_start && text.trim().is_empty() => {
                    self.push(Event::InlineHtml(text.into()), source, Cow::Borrowed(""));
                }
                Piece::Text(text) | Piece::Linked(text) if flow => {
                    let seen = text.replace('\n', " ");
                    self.push_blocked(Event::Text(seen.clone().into()), source, Cow::Owned(seen));
                }
                Piece::Linked(text) => self.push_blocked(Event::Text(text.clone().into()), source, Cow::Owned(text)),
                Piece::Text(text) => self.push(Event::Text(text.clone().into()), source, Cow::Owned(text)),
            }
        }
    }

    fn push(&mut self, event: Event<'a>, source: Range<usize>, text: Cow<'a, str>) {
        let blocked = self.raw.in_link() && !text.is_empty();
        self.add(Step { event, source, text, ends_block: false, blocked });
    }

    fn push_blocked(&mut self, event: Event<'a>, source: Range<usize>, text: Cow<'a, str>) {
        self.add(Step { event, source, text, ends_block: false, blocked: true });
    }

    fn add(&mut self, step: Step<'a>) {
        self.at_line_start &= step.text.is_empty();
        self.ready.push_back(step);
    }

    fn break_line(&mut self, at: usize) {
        self.at_line_start = true;
        let event = Event::Text("".into());
        self.ready.push_back(Step { event, source: at..at, text: Cow::Borrowed(""), ends_block: true, blocked: false });
    }
}

impl<'a> Iterator for Reading<'a> {
    type Item = Step<'a>;

    fn next(&mut self) -> Option<Step<'a>> {
        while self.ready.is_empty() {
            match self.events.next() {
                Some((event, source)) => self.take(event, source),
                None => {
                    let rest = self.raw.close_all();
                    if rest.is_empty() {
                        return None;
                    }
                    for tag in rest {
                        self.push(Event::InlineHtml(tag.into()), 0..0, Cow::Borrowed(""));
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
