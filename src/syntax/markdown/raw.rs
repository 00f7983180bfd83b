//! Raw HTML in Markdown: cut into tags and text, made harmless, and kept in balance with the Markdown around it.
//!
//! Each tag is cleaned alone (ammonia decides on attributes and addresses), because Markdown gives an opening and a closing
//! tag as two events with anything between. What looks like no tag is text, and is escaped when it is written; so whatever
//! the cutting does with hostile input, nothing but cleaned tags and escaped text can come out.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use pulldown_cmark::{Event, Parser};

use super::reading::RawMode;

/// A piece of raw HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A tag, ready to be written.
    Tag(String),
    /// Text, entities decoded.
    Text(String),
    /// Text inside a link.
    Linked(String),
    /// A tag that starts or ends a block, kept or not: what comes next stands in a line of its own.
    Break,
}

/// Tags that may stand inside a paragraph.
const PHRASING: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "data", "del", "dfn", "em", "i", "img", "ins", "kbd", "q",
    "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
];
/// Tags that may stand around paragraphs, and so may close in a later block than they open in.
const SPANNING: &[&str] = &["aside", "blockquote", "details", "div", "figure", "section"];
/// Tags that must close in the block they open in.
const LOCAL: &[&str] = &["dd", "dl", "dt", "figcaption", "hr", "li", "ol", "p", "pre", "summary", "ul"];
/// Further tags that start or end a block, and are dropped themselves.
const BLOCKS: &[&str] = &[
    "address", "article", "caption", "fieldset", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "main", "nav", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
];
/// Tags without an end.
const VOID: &[&str] = &["br", "hr", "img", "wbr"];
/// Tags whose content is no text.
const SILENT: &[&str] = &[
    "script", "style", "iframe", "object", "noscript", "template", "svg", "math", "textarea", "title", "select", "xmp",
];

/// Whether a tag, opening or closing, may stand inside a paragraph.
pub(super) fn is_phrasing(tag: &str) -> bool {
    let name = tag.trim_start_matches(['<', '/']);
    let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
    PHRASING.contains(&name)
}

/// The state of raw HTML in one Markdown text.
pub struct RawHtml {
    mode: RawMode,
    /// Open tags, each with the depth of the Markdown container it was opened in.
    open: Vec<(String, usize)>,
    depth: usize,
    silent: Option<String>,
    /// Whether a Markdown link is open, in which no other may start.
    pub(super) in_markdown_link: bool,
}

impl RawHtml {
    /// Nothing open yet.
    pub fn new(mode: RawMode) -> Self {
        Self { mode, open: Vec::new(), depth: 0, silent: None, in_markdown_link: false }
    }

    /// A Markdown container starts.
    pub fn enter(&mut self) {
        self.depth += 1;
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
        self.open.iter().any(|(tag, _)| tag == "a")
    }

    fn close_while(&mut self, which: impl Fn(&str, usize) -> bool) -> Vec<String> {
        let mut closing = Vec::new();
        while let Some((tag, _)) = self.open.pop_if(|(tag, depth)| which(tag, *depth)) {
            closing.push(format!("</{tag}>"));
        }
        closing
    }

    /// Cuts `html` into tags and text. `flow` tells a block from a tag inside a paragraph.
    pub fn pieces(&mut self, html: &str, flow: bool) -> Vec<(Piece, Range<usize>)> {
        if self.mode == RawMode::Escape {
            return vec![(Piece::Text(html.to_owned()), 0..html.len())];
        }
        let mut pieces = Vec::new();
        for token in tokens(html) {
            let text = &html[token.range.clone()];
            match token.tag {
                Some(tag) => self.tag(&tag, text, flow, &token.range, &mut pieces),
                None if self.silent.is_some() && self.mode == RawMode::Allow => {
                    pieces.push((Piece::Tag(text.to_owned()), token.range));
                }
                None if self.silent.is_some() || token.comment => {}
                None => decode(text, token.range.start, self.in_link(), &mut pieces),
            }
        }
        if flow && self.mode == RawMode::Sanitize {
            let depth = self.depth;
            for tag in self.close_while(|tag, at| at >= depth && !SPANNING.contains(&tag)) {
                pieces.push((Piece::Tag(tag), html.len()..html.len()));
            }
        }
        pieces
    }

    fn tag(
        &mut self,
        tag: &TagName,
        text: &str,
        flow: bool,
        range: &Range<usize>,
        out: &mut Vec<(Piece, Range<usize>)>,
    ) {
        let name = tag.name.as_str();
        if let Some(silent) = &self.silent {
            if tag.closing && silent == name {
                self.silent = None;
            }
            if self.mode == RawMode::Allow {
                out.push((Piece::Tag(text.to_owned()), range.clone()));
            }
            return;
        }
        if SILENT.contains(&name) && !tag.closing {
            self.silent = Some(name.to_owned());
        }
        let is_block = [SPANNING, LOCAL, BLOCKS].iter().any(|tags| tags.contains(&name));
        if is_block && flow {
            out.push((Piece::Break, range.clone()));
            if BLOCKS.contains(&name) && self.mode == RawMode::Sanitize {
                // The tag is gone, and the words on either side of it must not run together.
                out.push((Piece::Tag("\n".to_owned()), range.clone()));
            }
        }
        if self.mode == RawMode::Allow {
            out.push((Piece::Tag(text.to_owned()), range.clone()));
            return;
        }
        let allowed = PHRASING.contains(&name) || (flow && (SPANNING.contains(&name) || LOCAL.contains(&name)));
        if !allowed || (name == "a" && !tag.closing && (self.in_link() || self.in_markdown_link)) {
            return;
        }
        if is_block {
            // A paragraph holds no block: its end need not be written.
            self.close_open_paragraph(range, out);
        }
        if tag.closing {
            self.close(name, range, out);
        } else if name == "img" {
            let linked = self.in_link() || self.in_markdown_link;
            out.extend(picture(text, linked).map(|link| (Piece::Tag(link), range.clone())));
        } else if let Some(clean) = clean(name, text) {
            if !VOID.contains(&name) {
                self.open.push((name.to_owned(), self.depth));
            }
            out.push((Piece::Tag(clean), range.clone()));
        }
    }

    fn close_open_paragraph(&mut self, range: &Range<usize>, out: &mut Vec<(Piece, Range<usize>)>) {
        let around =
            self.open.iter().rposition(|(tag, depth)| *depth == self.depth && !PHRASING.contains(&tag.as_str()));
        if around.is_some_and(|at| self.open[at].0 == "p") {
            self.close("p", range, out);
        }
    }

    /// Closes the nearest such tag of this container and what was opened inside it; nothing when there is none.
    fn close(&mut self, name: &str, range: &Range<usize>, out: &mut Vec<(Piece, Range<usize>)>) {
        let here = self.open.iter().rposition(|(tag, depth)| tag == name && *depth == self.depth);
        let Some(at) = here.filter(|at| self.open[*at..].iter().all(|(_, depth)| *depth == self.depth)) else { return };
        for (tag, _) in self.open.drain(at..).rev() {
            out.push((Piece::Tag(format!("</{tag}>")), range.clone()));
        }
    }
}

/// A tag's name.
struct TagName {
    name: String,
    closing: bool,
}

struct Token {
    range: Range<usize>,
    tag: Option<TagName>,
    comment: bool,
}

/// Cuts HTML into tags, comments and text. A `<` that starts neither is text.
fn tokens(html: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let (mut at, mut text) = (0, 0);
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        let Some((end, tag, comment)) = markup(html, start) else {
            at = start + 1;
            continue;
        };
        if text < start {
            tokens.push(Token { range: text..start, tag: None, comment: false });
        }
        tokens.push(Token { range: start..end, tag, comment });
        at = end;
        text = end;
    }
    if text < html.len() {
        tokens.push(Token { range: text..html.len(), tag: None, comment: false });
    }
    tokens
}

/// What starts at `<`: where it ends, and its tag, or that it is a comment, a declaration or an instruction.
fn markup(html: &str, start: usize) -> Option<(usize, Option<TagName>, bool)> {
    let rest = &html[start..];
    if rest.starts_with("<!--") {
        return Some((start + rest.find("-->").map_or(rest.len(), |end| end + 3), None, true));
    }
    if rest.starts_with("<!") || rest.starts_with("<?") {
        return Some((start + rest.find('>').map_or(rest.len(), |end| end + 1), None, true));
    }
    let closing = rest.starts_with("</");
    let name_start = start + if closing { 2 } else { 1 };
    let name_length = html[name_start..].bytes().take_while(u8::is_ascii_alphanumeric).count();
    if name_length == 0 || !html.as_bytes()[name_start].is_ascii_alphabetic() {
        return None;
    }
    let name = html[name_start..name_start + name_length].to_ascii_lowercase();
    let end = tag_end(html, name_start + name_length);
    Some((end, Some(TagName { name, closing }), false))
}

/// One past the `>` that ends a tag; one inside quotes does not.
fn tag_end(html: &str, from: usize) -> usize {
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate().skip(from) {
        match (byte, quote) {
            (b'"' | b'\'', None) => quote = Some(byte),
            (byte, Some(open)) if byte == open => quote = None,
            (b'>', None) => return at + 1,
            _ => {}
        }
    }
    html.len()
}

static CLEANER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = ammonia::Builder::default();
    cleaner
        .tags(HashSet::from(["a", "img", "span", "bdo", "data", "time", "br"]))
        .clean_content_tags(HashSet::new())
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href", "hreflang"])),
            ("img", HashSet::from(["src", "alt", "width", "height"])),
            ("data", HashSet::from(["value"])),
            ("time", HashSet::from(["datetime"])),
        ]))
        .generic_attributes(HashSet::from(["lang", "dir", "title"]))
        // A relative address in raw HTML is that of the page it was copied from, and leads to nothing here.
        .url_relative(ammonia::UrlRelative::Deny)
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .link_rel(Some("noopener noreferrer"));
    cleaner
});

/// The opening tag with harmless attributes only.
///
/// It is cleaned under a name that may stand anywhere (a `<li>` alone would be dropped), then given its own again.
fn clean(name: &str, tag: &str) -> Option<String> {
    let own = ["a", "img", "bdo", "data", "time"].contains(&name);
    let standing = if own { name } else { "span" };
    let attributes = tag.get(1 + name.len()..)?.trim_end_matches('>').trim_end_matches('/');
    let cleaned = CLEANER.clean(&format!("<{standing}{attributes}>")).to_string();
    let end = tag_end(&cleaned, 1);
    let opening = cleaned.get(..end)?.strip_prefix('<')?.strip_prefix(standing)?;
    match name {
        "a" if !opening.contains(" href=") => None,
        "img" if !opening.contains(" src=") => None,
        _ => Some(format!("<{name}{opening}")),
    }
}

/// An image, as a link to it: raw HTML keeps whole addresses alone, and a page asks no other host for anything. In a link it
/// is only its words.
fn picture(tag: &str, linked: bool) -> Option<String> {
    let tag = clean("img", tag)?;
    let attribute = |name: &str| {
        let (_, value) = tag.split_once(&format!(" {name}=\""))?;
        Some(value.split_once('"')?.0).filter(|value| !value.is_empty())
    };
    let address = attribute("src")?;
    let words = attribute("alt");
    match linked {
        true => words.map(|words| format!("<span>{words}</span>")),
        false => Some(format!("<a href=\"{address}\" rel=\"noopener noreferrer\">{}</a>", words.unwrap_or(address))),
    }
}

/// Text with its entities as the characters they stand for, each a piece of its own so that offsets stay exact.
fn decode(text: &str, start: usize, linked: bool, out: &mut Vec<(Piece, Range<usize>)>) {
    let piece = |text: String| if linked { Piece::Linked(text) } else { Piece::Text(text) };
    let mut at = 0;
    while at < text.len() {
        let entity = text[at..].find('&').map_or(text.len(), |found| at + found);
        if at < entity {
            out.push((piece(text[at..entity].to_owned()), start + at..start + entity));
        }
        if entity == text.len() {
            return;
        }
        let end = entity + entity_length(&text[entity..]);
        out.push((piece(decoded(&text[entity..end])), start + entity..start + end));
        at = end;
    }
}

fn entity_length(text: &str) -> usize {
    let name = text[1..].bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
    if text[1 + name..].starts_with(';') { name + 2 } else { 1 }
}

/// What an entity stands for, by the Markdown parser's own table.
fn decoded(entity: &str) -> String {
    let mut text = String::new();
    for event in Parser::new(entity) {
        if let Event::Text(part) = event {
            text.push_str(&part);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &str) {
        let mut raw = RawHtml::new(RawMode::Sanitize);
        let mut out = String::new();
        for (piece, _) in raw.pieces(html, true) {
            match piece {
                Piece::Tag(tag) => out.push_str(&tag),
                Piece::Text(text) | Piece::Linked(text) => {
                    out.push_str(&text.replace('&', "&amp;").replace('<', "&lt;"))
                }
                Piece::Break => {}
            }
        }
        out.extend(raw.close_all());
        assert_eq!(out, expected, "{html}");
    }

    #[test]
    fn raw_html_is_made_harmless() {
        check(
            "<div onclick=\"x()\" title=\"a>b\">caf&eacute; &amp; <b>x</b></div>",
            "<div title=\"a&gt;b\">café &amp; <b>x</b></div>",
        );
        check("<script>alert(1)</script>after", "after");
        check("<img src=x onerror=alert(1)>", "");
        let link = "<a href=\"https://a.example/x.png\" rel=\"noopener noreferrer\">";
        check("<img src=https://a.example/x.png onerror=alert(1) alt='a < b'>", &format!("{link}a &lt; b</a>"));
        check("<img src=https://a.example/x.png>", &format!("{link}https://a.example/x.png</a>"));
        check(
            "<a href=https://a.example/y><img src=https://a.example/x.png alt=b></a>",
            "<a href=\"https://a.example/y\" rel=\"noopener noreferrer\"><span>b</span></a>",
        );
        check("<a href=../x.html>x</a>", "x");
        check("<p>a<ul><li>b</ul><p>c</p>", "<p>a</p><ul><li>b</li></ul><p>c</p>");
        check("<a href=\"javascript:alert(1)\">x</a>", "x");
        check("<b><i>x</b>y", "<b><i>x</i></b>y");
        check("</div>x", "x");
        check("<div>x", "<div>x</div>");
        check("1 < 2 <", "1 &lt; 2 &lt;");
        check("<!-- gone -->x<p>y", "x<p>y</p>");
        check("<svg><a href=x>y</a></svg>z", "z");
    }
}
