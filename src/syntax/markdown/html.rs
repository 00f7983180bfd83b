//! Markdown to HTML, block by block, with marks over it.

mod block;
mod element;
mod picture;

use std::collections::{BTreeMap, BTreeSet};

use picture::Picture;
use pulldown_cmark::{Alignment, CodeBlockKind, CowStr, Event, HeadingLevel, Tag, TagEnd};
use pulldown_cmark_escape::{escape_href, escape_html};

use super::Body;
use super::links::target;
use super::marks::{Marker, Overlay};
use super::raw::is_phrasing;
use super::reading::{RawMode, Reading, Step};
use crate::syntax::legible::legible;

/// What a text needs to know of the dossier around it.
pub struct Surroundings<'a> {
    /// What the target of a link without words is called.
    pub name: &'a dyn Fn(&str) -> Option<String>,
    /// The address of a link's target; `None` for what must not be a link. The flag tells `[[…]]`.
    pub address: &'a dyn Fn(&str, bool) -> Option<String>,
    /// The address of a picture that is part of the site; `None` for any other. A page asks no other host for anything, so a
    /// picture elsewhere is a link to it.
    pub picture: &'a dyn Fn(&str) -> Option<String>,
    /// What all anchors begin with, where several texts stand on one page.
    pub anchors: &'a str,
    /// How many levels of headings are above the text, beside the page's title.
    pub above: u8,
}

/// A text as HTML.
#[derive(Clone, Debug, Default)]
pub struct Rendered {
    /// Its blocks at the top level, in order.
    pub blocks: Vec<Block>,
    /// Its footnotes, in the order of their numbers.
    pub footnotes: Vec<Footnote>,
    /// Its headings.
    pub headings: Vec<Heading>,
}

/// A paragraph, a list, a table …
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// Its HTML.
    pub html: String,
    /// The highlights whose passages end in it, by their positions in the list given: their notes belong beside it.
    pub notes: Vec<usize>,
}

/// A footnote.
#[derive(Clone, Debug, Default)]
pub struct Footnote {
    /// Its number in the text, from 1.
    pub number: usize,
    /// Its HTML.
    pub html: String,
    /// The highlights whose passages end in it.
    pub notes: Vec<usize>,
    /// How many times the text refers to it; the first time has the anchor `fnref_<number>`.
    pub uses: usize,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 2 to 6: a text's first level comes under the page's title.
    pub level: u8,
    /// Its anchor.
    pub id: String,
    /// Its words.
    pub text: String,
}

/// Renders a body with highlights, links and places over it. All are ranges of the body's prose with names filled in.
pub fn render(body: &Body, overlay: &Overlay<'_>, around: &Surroundings<'_>) -> Rendered {
    Writer::new(overlay, around).run(body.markdown(), body.raw)
}

/// Renders a short text, such as a rationale, as blocks. Its footnotes come last.
pub fn short(markdown: &str, around: &Surroundings<'_>) -> String {
    if markdown.is_empty() {
        return String::new();
    }
    let rendered =
        Writer { form: Form::Short, ..Writer::new(&Overlay::default(), around) }.run(markdown, RawMode::Sanitize);
    let mut html: String = rendered.blocks.into_iter().map(|block| block.html).collect();
    for Footnote { number, html: text, .. } in rendered.footnotes {
        html.push_str(&format!("<p class=\"footnote\"><sup>{number}</sup> {}</p>\n", text.trim()));
    }
    html.truncate(html.trim_end().len());
    html
}

/// Renders a short text as the content of one line: blocks are joined, their tags left out. Its footnotes come last.
pub fn inline(markdown: &str, around: &Surroundings<'_>) -> String {
    if markdown.is_empty() {
        return String::new();
    }
    let rendered =
        Writer { form: Form::Line, ..Writer::new(&Overlay::default(), around) }.run(markdown, RawMode::Sanitize);
    let blocks = rendered.blocks.iter().map(|block| block.html.trim().to_owned()).filter(|html| !html.is_empty());
    let footnotes = rendered.footnotes.iter();
    let footnotes = footnotes.map(|footnote| format!("<sup>{}</sup> {}", footnote.number, footnote.html.trim()));
    blocks.chain(footnotes).collect::<Vec<_>>().join(" ")
}

/// What becomes of a text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// The body of a page, with anchors for its headings and footnotes.
    Body,
    /// Blocks among others: several such texts stand on one page, so their footnotes have no anchors.
    Short,
    /// The content of one paragraph of ours.
    Line,
}

struct Writer<'a> {
    marker: Marker<'a>,
    around: &'a Surroundings<'a>,
    form: Form,
    out: Rendered,
    /// Position in the prose.
    at: usize,
    depth: usize,
    /// Open links: whether each is written as one.
    links: Vec<bool>,
    /// Open images: what becomes of each.
    pictures: Vec<Picture>,
    /// The players of raw HTML that are open.
    players: usize,
    /// The names by which others lead to a place in raw HTML.
    anchors: BTreeSet<String>,
    footnote_numbers: BTreeMap<String, usize>,
    footnote_uses: BTreeMap<usize, usize>,
    /// The footnote that is open, by its number, and its events so far.
    footnote: Option<usize>,
    footnote_events: Vec<Event<'a>>,
    heading: Option<OpenHeading>,
    heading_ids: BTreeMap<String, usize>,
    /// The headings that the text is under, by their levels as written.
    levels: Vec<u8>,
    code: Option<(String, String)>,
    table: Table,
}

struct OpenHeading {
    level: u8,
    text: String,
    /// Where its first event will stand.
    start: usize,
}

#[derive(Default)]
struct Table {
    alignments: Vec<Alignment>,
    head: bool,
    cell: usize,
}

impl<'a> Writer<'a> {
    fn new(overlay: &Overlay<'a>, around: &'a Surroundings<'a>) -> Self {
        Self {
            marker: Marker::new(overlay),
            around,
            form: Form::Body,
            out: Rendered::default(),
            at: 0,
            depth: 0,
            links: Vec::new(),
            pictures: Vec::new(),
            players: 0,
            anchors: BTreeSet::new(),
            footnote_numbers: BTreeMap::new(),
            footnote_uses: BTreeMap::new(),
            footnote: None,
            footnote_events: Vec::new(),
            heading: None,
            heading_ids: BTreeMap::new(),
            levels: Vec::new(),
            code: None,
            table: Table::default(),
        }
    }

    fn run(mut self, markdown: &'a str, raw: RawMode) -> Rendered {
        let mut reading = Reading::new(markdown, raw, self.around.name);
        let mut events: Vec<Event<'a>> = Vec::new();
        let mut ends_in_newline = true;
        while let Some(step) = reading.next() {
            if step.ends_block {
                if self.at > 0 && !ends_in_newline {
                    self.at += 1;
                    ends_in_newline = true;
                }
                continue;
            }
            if let Some(last) = step.text.chars().next_back() {
                ends_in_newline = last == '\n';
            }
            let length = step.text.len();
            if self.footnote.is_some() {
                let mut inside = std::mem::take(&mut self.footnote_events);
                self.step(step, &mut inside);
                self.footnote_events = inside;
            } else {
                self.step(step, &mut events);
            }
            self.at += length;
            if self.depth == 0 && self.footnote.is_none() && !reading.inside_raw() {
                self.finish_block(&mut events);
            }
        }
        self.marker.close(false, &mut events);
        self.finish_block(&mut events);
        for footnote in &mut self.out.footnotes {
            footnote.uses = self.footnote_uses.get(&footnote.number).copied().unwrap_or_default();
        }
        self.out.footnotes.sort_by_key(|footnote| footnote.number);
        self.out
    }

    fn finish_block(&mut self, events: &mut Vec<Event<'a>>) {
        self.marker.close(false, events);
        let notes = self.marker.take_ended();
        if events.is_empty() && notes.is_empty() {
            return;
        }
        let html = to_html(events.drain(..));
        self.out.blocks.push(Block { html, notes });
    }

    fn step(&mut self, step: Step<'a>, out: &mut Vec<Event<'a>>) {
        // A line break that is no space parts nothing.
        if matches!(&step.event, Event::Text(text) if text.is_empty()) {
            return;
        }
        let text_like = matches!(step.event, Event::Text(_) | Event::SoftBreak);
        if !text_like || step.text.is_empty() {
            self.marker.close(!self.links.is_empty(), out);
        }
        if let Some(element) = step.element {
            return self.element(&element, out);
        }
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(&step.text);
        }
        match step.event {
            Event::Start(tag) => self.start(tag, out),
            Event::End(end) => self.end(end, out),
            Event::Text(text) => self.text(text, !step.text.is_empty(), out),
            Event::SoftBreak => self.soft_break(out),
            Event::Code(code) if !self.pictures.is_empty() => out.push(Event::Text(code)),
            Event::Code(code) => self.code(&code, out),
            Event::FootnoteReference(name) => self.footnote_reference(&name, out),
            Event::TaskListMarker(done) => out.push(html(if done { "☑ " } else { "☐ " })),
            Event::InlineHtml(tag) => self.raw_tag(tag, out),
            Event::Rule if self.in_line() => out.push(html(" ")),
            other => out.push(other),
        }
    }

    /// The level of a heading on the page, where none is skipped: under the page's title comes 2, and one below another is one more.
    fn level(&mut self, written: HeadingLevel) -> u8 {
        let written = level_of(written);
        self.levels.retain(|above| *above < written);
        self.levels.push(written);
        1 + u8::try_from(self.levels.len()).unwrap_or_default()
    }

    /// Whether the text comes into a paragraph that is not its own, so that no block may start.
    fn in_line(&self) -> bool {
        self.form == Form::Line || self.form == Form::Short && self.footnote.is_some()
    }

    fn soft_break(&mut self, out: &mut Vec<Event<'a>>) {
        self.marker.text(&" ".into(), self.at, self.links.is_empty(), out);
    }

    /// A tag of the author's own.
    fn raw_tag(&mut self, tag: CowStr<'a>, out: &mut Vec<Event<'a>>) {
        match &*tag {
            block if self.in_line() && !is_phrasing(block) => out.push(html(" ")),
            "</video>" | "</audio>" => self.end_player(&tag, out),
            "</a>" => {
                if self.links.pop() != Some(false) {
                    out.push(html(tag));
                }
            }
            _ => {
                // Where raw HTML is passed on, a link is known by its tag.
                if tag.starts_with("<a ") {
                    self.links.push(true);
                }
                out.push(html(tag));
            }
        }
    }

    fn text(&mut self, text: CowStr<'a>, seen: bool, out: &mut Vec<Event<'a>>) {
        if let Some((_, code)) = &mut self.code {
            code.push_str(&text);
        } else if seen {
            self.marker.text(&text, self.at, self.links.is_empty(), out);
        } else {
            out.push(Event::Text(text));
        }
    }

    fn code(&mut self, code: &CowStr<'a>, out: &mut Vec<Event<'a>>) {
        out.push(html("<code>"));
        self.marker.text(code, self.at, false, out);
        self.marker.close(true, out);
        out.push(html("</code>"));
    }

    fn start(&mut self, tag: Tag<'a>, out: &mut Vec<Event<'a>>) {
        self.depth += 1;
        match tag {
            Tag::CodeBlock(_) if self.in_line() => out.push(html("<code>")),
            ref block if self.in_line() && is_block(&block.to_end()) => {}
            Tag::Heading { level, .. } => {
                let level = self.level(level);
                self.heading = Some(OpenHeading {
                    level: (level + self.around.above).min(6),
                    text: String::new(),
                    start: out.len(),
                });
            }
            Tag::CodeBlock(kind) => self.code = Some((language(&kind), String::new())),
            Tag::Link { dest_url, title, link_type, .. } => {
                let wiki = matches!(link_type, pulldown_cmark::LinkType::WikiLink { .. });
                let free = self.links.is_empty() && self.pictures.is_empty();
                let address = (self.around.address)(&target(link_type, &dest_url), wiki).filter(|_| free);
                self.links.push(address.is_some());
                if let Some(address) = address {
                    out.push(html(link_tag(&address, &title)));
                }
            }
            Tag::Image { link_type, dest_url, title, id } => {
                self.open_picture((link_type, &dest_url, &title, &id), out);
            }
            Tag::FootnoteDefinition(name) => {
                self.marker.close(false, out);
                self.footnote = Some(self.footnote_number(&name));
            }
            Tag::Table(alignments) => {
                self.table = Table { alignments, ..Table::default() };
                out.push(html("<div class=\"scroll\" tabindex=\"0\"><table>"));
            }
            Tag::TableHead | Tag::TableRow => {
                self.table.head = matches!(tag, Tag::TableHead);
                self.table.cell = 0;
                out.push(html(if self.table.head { "<thead><tr>" } else { "<tr>" }));
            }
            Tag::TableCell => {
                let (name, class) = self.cell();
                out.push(html(format!("<{name}{class}>")));
            }
            other => out.push(Event::Start(other)),
        }
    }

    fn end(&mut self, end: TagEnd, out: &mut Vec<Event<'a>>) {
        self.depth = self.depth.saturating_sub(1);
        match end {
            TagEnd::CodeBlock if self.in_line() => out.push(html("</code> ")),
            block if self.in_line() && is_block(&block) => out.push(html(" ")),
            TagEnd::Heading(_) => self.end_heading(out),
            TagEnd::CodeBlock => self.end_code(out),
            TagEnd::Link => {
                if self.links.pop() == Some(true) {
                    out.push(html("</a>"));
                }
            }
            TagEnd::Image => self.close_picture(out),
            TagEnd::FootnoteDefinition => self.end_footnote(out),
            TagEnd::Table => out.push(html("</tbody></table></div>\n")),
            TagEnd::TableHead => out.push(html("</tr></thead><tbody>\n")),
            TagEnd::TableRow => out.push(html("</tr>\n")),
            TagEnd::TableCell => {
                let (name, _) = self.cell();
                self.table.cell += 1;
                out.push(html(format!("</{name}>")));
            }
            other => out.push(Event::End(other)),
        }
    }
}

/// Whether a tag is left out of a text on one line. Footnotes are put aside there too.
fn is_block(end: &TagEnd) -> bool {
    use TagEnd::{Emphasis, FootnoteDefinition, Image, Link, Strikethrough, Strong, Subscript, Superscript};
    !matches!(end, Emphasis | Strong | Strikethrough | Superscript | Subscript | Link | Image | FootnoteDefinition)
}

fn level_of(level: HeadingLevel) -> u8 {
    (level as u8).max(2)
}

fn language(kind: &CodeBlockKind<'_>) -> String {
    match kind {
        CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or_default().to_owned(),
        CodeBlockKind::Indented => String::new(),
    }
}

/// The id of a heading, by its words as a slug. An underscore cannot stand in a record's id, so it takes no annotation's anchor.
pub fn heading_id(slug: &str) -> String {
    format!("h_{slug}")
}

/// The id of the place that refers to a footnote for the first, second … time.
pub fn reference_id(number: usize, time: usize) -> String {
    if time == 1 { format!("fnref_{number}") } else { format!("fnref_{number}_{time}") }
}

/// The id of a place in raw HTML.
pub fn anchor_id(name: &str) -> String {
    format!("a_{name}")
}

fn link_tag(address: &str, title: &str) -> String {
    let mut tag = String::with_capacity(address.len() + title.len() + "<a href=\"\" title=\"\">".len());
    tag.push_str("<a href=\"");
    tag.push_str(&href(address));
    tag.push('"');
    if !title.is_empty() {
        tag.push_str(" title=\"");
        tag.push_str(&escaped(&legible(title)));
        tag.push('"');
    }
    tag.push('>');
    tag
}

/// An address as the value of an attribute. The brackets of a host (`http://[::1]/`) stay, and a second `#` is none.
fn href(address: &str) -> String {
    let in_brackets = || address.split_once("://[").and_then(|(scheme, rest)| Some((scheme, rest.split_once(']')?.0)));
    let (host, rest) = match in_brackets() {
        Some((scheme, host)) => address.split_at(scheme.len() + "://[".len() + host.len() + 1),
        None => ("", address),
    };
    let (before, place) = rest.split_once('#').map_or((rest, None), |(before, place)| (before, Some(place)));
    let mut href = escaped(host);
    // A string takes every text.
    let _ = escape_href(&mut href, before);
    if let Some(place) = place {
        href.push('#');
        let _ = escape_href(&mut href, &place.replace('#', "%23"));
    }
    href
}

/// A text as the content of HTML or of an attribute.
pub fn escaped(text: &str) -> String {
    let mut out = String::new();
    escape(&mut out, text);
    out
}

/// Adds text to HTML.
pub fn escape(out: &mut String, text: &str) {
    // A string takes every text.
    let _ = escape_html(out, text);
}

fn html<'a>(tag: impl Into<CowStr<'a>>) -> Event<'a> {
    Event::InlineHtml(tag.into())
}

/// How long a block of HTML often is, in bytes.
const OFTEN: usize = 1024;

fn to_html<'a>(events: impl Iterator<Item = Event<'a>>) -> String {
    let mut html = String::with_capacity(OFTEN);
    pulldown_cmark::html::push_html(&mut html, events);
    if html.contains(" />") { without_slashes(&html) } else { html }
}

/// HTML has no slash at the end of `<br />`; a drawing that is passed on has.
fn without_slashes(html: &str) -> String {
    let html = html.replace("<br />", "<br>").replace("<hr />", "<hr>");
    let mut images = html.split("<img ");
    let mut out = images.next().unwrap_or_default().to_owned();
    for image in images {
        out.push_str("<img ");
        match image.split_once('>').and_then(|(tag, rest)| Some((tag.strip_suffix(" /")?, rest))) {
            Some((tag, rest)) => [tag, ">", rest].iter().for_each(|piece| out.push_str(piece)),
            None => out.push_str(image),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOWHERE: Surroundings<'static> =
        Surroundings { name: &|_| None, address: &|_, _| None, picture: &|_| None, anchors: "", above: 0 };

    #[test]
    fn a_container_of_raw_html_is_one_block() {
        let text = "Before.\n\n<div>raw <b>html</b> words</div>\n\nAfter.\n";
        let rendered = render(&Body::new(text.into(), 0, RawMode::Sanitize), &Overlay::default(), &NOWHERE);
        let blocks: Vec<&str> = rendered.blocks.iter().map(|block| block.html.trim()).collect();
        assert_eq!(blocks, ["<p>Before.</p>", "<div>raw <b>html</b> words</div>", "<p>After.</p>"]);
    }

    #[test]
    fn one_line_has_no_blocks() {
        let cases = [
            ("a *b*\n\nc", "a <em>b</em> c"),
            ("1. a\n2. b", "a b"),
            ("> a\n>\n> - b\n", "a b"),
            ("# a\n\n---\n\nb", "a b"),
            ("| a | b |\n|---|---|\n| c | d |", "a b c d"),
            ("```rust\nlet a;\n```\nb", "<code>let a; </code> b"),
            ("<div><p>a</p> <b>b</b></div>\n\nc<br>d", "a <b>b</b> c<br>d"),
            ("a[^1]\n\n[^1]: b\n\n    c", "a<sup>1</sup> <sup>1</sup> b c"),
        ];
        for (text, expected) in cases {
            let line = inline(text, &NOWHERE);
            assert_eq!(line.split_whitespace().collect::<Vec<_>>().join(" "), expected);
        }
    }

    #[test]
    fn footnotes_of_a_short_text_have_no_anchors() {
        let html = short("a[^1]\n\n- b\n\n[^1]: c\n\n    | d |\n    |---|\n", &NOWHERE);
        assert_eq!(
            html.split_whitespace().collect::<Vec<_>>().join(" "),
            "<p>a<sup>1</sup></p> <ul> <li>b</li> </ul> <p class=\"footnote\"><sup>1</sup> c d</p>"
        );
    }

    #[test]
    fn in_a_link_of_raw_html_the_number_of_a_footnote_is_no_link() {
        let text = "<a href=\"https://a.example/\">b[^1]</a> c[^1]\n\n[^1]: d\n";
        let address = |target: &str, _: bool| Some(target.to_owned());
        let around = Surroundings { address: &address, ..NOWHERE };
        let rendered = render(&Body::new(text.into(), 0, RawMode::Sanitize), &Overlay::default(), &around);
        let html = rendered.blocks[0].html.trim();
        assert!(html.contains("b<sup class=\"footnote\" id=\"fnref_1\">1</sup></a> c<sup"), "{html}");
        assert!(html.contains("<a href=\"#fn_1\" id=\"fnref_1_2\">1</a>"), "{html}");
        assert_eq!(rendered.footnotes[0].uses, 2, "there is a way back to both");
    }

    /// The HTML of a body, whose addresses all lead where they say.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let address = |target: &str, _: bool| Some(target.to_owned());
        let picture = |target: &str| (!target.contains(':')).then(|| target.to_owned());
        let around = Surroundings { address: &address, picture: &picture, ..NOWHERE };
        let rendered = render(&Body::new(text.into(), 0, RawMode::Sanitize), &Overlay::default(), &around);
        let html: String = rendered.blocks.iter().map(|block| block.html.as_str()).collect();
        assert_eq!(html.trim(), expected, "{text}");
    }

    #[test]
    fn raw_html_of_the_dossier_is_shown() {
        check(
            "<video src=\"a.mp4\" muted>no</video>",
            "<p><video controls preload=\"metadata\" src=\"a.mp4\" muted=\"\">no</video></p>",
        );
        check(
            "<video src=\"https://e.org/a.mp4\"></video> b",
            "<p><a href=\"https://e.org/a.mp4\" rel=\"noopener noreferrer\">https://e.org/a.mp4</a> b</p>",
        );
        check(
            "<audio controls>\n<source src=\"a.mp3\">\n</audio>",
            "<audio controls preload=\"metadata\"><source src=\"a.mp3\">\n</audio>",
        );
        check("<img src=\"a.png\" alt=\"b\">", "<img src=\"a.png\" alt=\"b\">");
        check("<a href=\"../a b.pdf\">c</a>", "<p><a href=\"../a%20b.pdf\">c</a></p>");
        check("<div id=\"x\">a</div>\n\n<b id=x>c</b>", "<div id=\"a_x\">a</div>\n<p><b>c</b></p>");
        check(
            "<iframe src=\"https://e.org/\"></iframe>",
            "<a href=\"https://e.org/\" rel=\"noopener noreferrer\">https://e.org/</a>",
        );
        check("<pre>\na  b\n  c &lt;\n</pre>\n\nd", "<pre tabindex=\"0\">\na  b\n  c &lt;\n</pre>\n<p>d</p>");
        check(
            "<table>\n<tr><td>\n\n**a**\n\n</td></tr>\n</table>",
            "<div class=\"scroll\" tabindex=\"0\"><table>\n<tr><td>\n<p><strong>a</strong></p>\n</td></tr>\n</table></div>",
        );
    }

    #[test]
    fn what_swallows_text_ends_with_its_block() {
        check(
            "The <title> said.\n\n<div>12 dead</div>\n\n<b>c</b>",
            "<p>The  said.</p>\n<div>12 dead</div>\n<p><b>c</b></p>",
        );
        check("a <script>b</script> c <script>d\n\ne", "<p>a  c d</p>\n<p>e</p>");
        check("<script>\na\n", "a");
    }

    #[test]
    fn a_line_break_between_letters_of_a_script_without_spaces_is_none() {
        check("会晤\n并*签*\n“署”", "<p>会晤并<em>签</em>“署”</p>");
        check("a\n会\nb", "<p>a 会 b</p>");
        check("<div>会晤\n  并签 x\ny</div>", "<div>会晤并签 x y</div>");
        check("The tram\nof Quai\n===", "<h2 id=\"h_the-tram-of-quai\">The tram of Quai</h2>");
        check("北\n京\n===", "<h2 id=\"h_bei-jing\">北京</h2>");
        check("The tram  \nof Quai\n===", "<h2 id=\"h_the-tram-of-quai\">The tram<br>\nof Quai</h2>");
        check(
            "## A<br>`b` *c* &amp; [d](e.html)",
            "<h2 id=\"h_a-b-c-d\">A<br><code>b</code> <em>c</em> &amp; <a href=\"e.html\">d</a></h2>",
        );
    }

    #[test]
    fn a_player_or_a_link_stands_where_a_picture_cannot() {
        check(
            "![a *b*](c.mp4)",
            "<p><video controls preload=\"metadata\" src=\"c.mp4\" aria-label=\"a b\"></video></p>",
        );
        check("![](c.ogg)", "<p><audio controls preload=\"metadata\" src=\"c.ogg\"></audio></p>");
        check("![a](c.pdf)", "<p><a href=\"c.pdf\">a</a></p>");
        check("[![a](c.mp4)](d.html)", "<p><a href=\"d.html\">a</a></p>");
    }

    #[test]
    fn no_level_of_headings_is_skipped() {
        check(
            "### a\n\n##### b\n\n#### c\n\n# d\n\n## e\n\n### f",
            "<h2 id=\"h_a\">a</h2>\n<h3 id=\"h_b\">b</h3>\n<h3 id=\"h_c\">c</h3>\n<h2 id=\"h_d\">d</h2>\n<h2 id=\"h_e\">e</h2>\n<h3 id=\"h_f\">f</h3>",
        );
    }

    #[test]
    fn what_is_written_is_valid() {
        check(
            "[a](<http://[2001:db8::]/a[b]?c[]#d#e>)",
            "<p><a href=\"http://[2001:db8::]/a%5Bb%5D?c%5B%5D#d%23e\">a</a></p>",
        );
        check("a  \nb\n\n---", "<p>a<br>\nb</p>\n<hr>");
    }

    #[test]
    fn a_link_without_words_has_some() {
        check("[](a.html)", "<p><a href=\"a.html\">a.html</a></p>");
        check("[ ](https://e.org/)", "<p><a href=\"https://e.org/\"> https://e.org/</a></p>");
        check("[<!-- -->](#the-works)", "<p><a href=\"#the-works\">the-works</a></p>");
        check("[[a|]] [[b| ]]", "<p><a href=\"a\">a</a> <a href=\"b\"> b</a></p>");
        check(
            "| [[a\\|]] |\n|---|",
            "<div class=\"scroll\" tabindex=\"0\"><table><thead><tr><th><a href=\"a\">a</a></th></tr></thead><tbody>\n</tbody></table></div>",
        );
        check("[![](b.png)](a.html)", "<p><a href=\"a.html\"><img src=\"b.png\" alt=\"\"></a></p>");
        check("<a href=\"mailto:a@e.org\"></a>", "<p><a href=\"mailto:a@e.org\">a@e.org</a></p>");
        check("<a href=\"a.html\"><img src=\"b.png\"></a>", "<p><a href=\"a.html\"><img src=\"b.png\"></a></p>");
    }

    #[test]
    fn a_footnote_knows_whether_it_is_used() {
        let text = "a[^1] b[^1]\n\n[^1]: used\n\n[^2]: not\n";
        let rendered = render(&Body::new(text.into(), 0, RawMode::Sanitize), &Overlay::default(), &NOWHERE);
        assert_eq!(rendered.footnotes.iter().map(|footnote| footnote.uses).collect::<Vec<_>>(), [2, 0]);
    }
}
