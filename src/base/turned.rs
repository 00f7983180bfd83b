//! Characters that turn the direction of the text after them, so that a page shows other words than are written: after U+202E readers
//! see `1248` as 8421.
//!
//! The isolates U+2066 to U+2068 are what Unicode has for a name in another script, as long as each is ended; so are the marks U+200E
//! and U+200F. Embeddings and overrides (U+202A to U+202E) are never needed, and an isolate without an end takes the rest of its
//! paragraph along.

use std::borrow::Cow;
use std::ops::Range;

/// Whether a character is an embedding or override, or an isolate or its end.
pub fn is_control(c: char) -> bool {
    is_override(c) || matches!(c, '\u{2066}'..='\u{2069}')
}

fn is_override(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}')
}

/// Whether there is any of them in a text. All are three bytes that begin alike.
pub fn has_control(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(0xe2, bytes)
        .any(|at| matches!(bytes.get(at + 1..at + 3), Some([0x80, 0xaa..=0xae] | [0x81, 0xa6..=0xa9])))
}

/// Looks at a text character by character, and tells which of them mislead.
#[derive(Default)]
pub struct Misleading {
    found: Vec<Range<usize>>,
    open: Vec<Range<usize>>,
}

impl Misleading {
    /// A character, and where it is written.
    pub fn see(&mut self, c: char, range: Range<usize>) {
        match c {
            '\u{2066}'..='\u{2068}' => self.open.push(range),
            '\u{2069}' if self.open.pop().is_some() => {}
            '\u{2069}' => self.found.push(range),
            c if is_override(c) => self.found.push(range),
            _ => {}
        }
    }

    /// A paragraph ends, and what is open is open for ever.
    pub fn end_paragraph(&mut self) {
        self.found.append(&mut self.open);
    }

    /// All that was found, in order of place.
    pub fn found(mut self) -> Vec<Range<usize>> {
        self.end_paragraph();
        self.found.sort_by_key(|range| range.start);
        self.found
    }
}

/// A text without what misleads in it; each line is a paragraph.
pub fn plain(text: &str) -> Cow<'_, str> {
    if !has_control(text) {
        return text.into();
    }
    let mut misleading = Misleading::default();
    for (at, c) in text.char_indices() {
        if c == '\n' {
            misleading.end_paragraph();
        }
        misleading.see(c, at..at + c.len_utf8());
    }
    without(text, &misleading.found()).into()
}

/// A page without what misleads in it. What stands in tags goes in any case: nothing there is shown as a paragraph of its own.
pub fn page(html: &str) -> Cow<'_, str> {
    if !has_control(html) {
        return html.into();
    }
    let (mut misleading, mut in_tags) = (Misleading::default(), Vec::new());
    let mut at = 0;
    while at < html.len() {
        let (end, is_tag) = match html[at..].starts_with('<') {
            true => (at + tag_length(&html[at..]), true),
            false => (html[at..].find('<').map_or(html.len(), |length| at + length), false),
        };
        if is_tag && !is_inline(&html[at..end]) {
            misleading.end_paragraph();
        }
        for (start, c) in html[at..end].char_indices().filter(|(_, c)| is_control(*c)) {
            let range = at + start..at + start + c.len_utf8();
            if is_tag { in_tags.push(range) } else { misleading.see(c, range) }
        }
        at = end;
    }
    let mut found = misleading.found();
    found.extend(in_tags);
    found.sort_by_key(|range| range.start);
    without(html, &found).into()
}

/// How long a tag is; a `>` in an attribute's quotes ends none.
fn tag_length(html: &str) -> usize {
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate().skip(1) {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            // No tag: a sign that was left as it is.
            (None, b'<') => return at,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    html.len()
}

/// Whether a tag stands in a line of text.
fn is_inline(tag: &str) -> bool {
    let name = tag.trim_start_matches(['<', '/']);
    let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    matches!(
        name,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "i"
            | "ins"
            | "kbd"
            | "mark"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "u"
            | "var"
            | "wbr"
    )
}

fn without(text: &str, ranges: &[Range<usize>]) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    for range in ranges {
        kept.push_str(&text[at..range.start]);
        at = range.end;
    }
    kept + &text[at..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_turns_a_text_around_goes_and_what_belongs_to_it_stays() {
        for (text, expected) in [
            ("1248", "1248"),
            ("killed \u{202e}1248\u{202c} men", "killed 1248 men"),
            ("\u{202b}نص\u{202c} and \u{202d}x", "نص and x"),
            ("by \u{2067}علي\u{2069} here", "by \u{2067}علي\u{2069} here"),
            ("\u{2066}a \u{2067}b\u{2069} c\u{2069}", "\u{2066}a \u{2067}b\u{2069} c\u{2069}"),
            ("a \u{2067}12 – 48", "a 12 – 48"),
            ("a \u{2067}b\n\u{2069}c", "a b\nc"),
            ("a\u{2069}", "a"),
            ("\u{200f}\u{200e}’\u{202f}»", "\u{200f}\u{200e}’\u{202f}»"),
        ] {
            assert_eq!(plain(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_page_keeps_the_isolates_that_end_in_their_paragraph() {
        for (html, expected) in [
            ("<p>\u{202e}1248</p>", "<p>1248</p>"),
            ("<p>a \u{2067}<b>b</b>\u{2069} c</p>", "<p>a \u{2067}<b>b</b>\u{2069} c</p>"),
            ("<p>a \u{2067}b</p><p>c\u{2069}</p>", "<p>a b</p><p>c</p>"),
            ("<li>\u{2068}a<br>b", "<li>a<br>b"),
            ("<a title=\"x > \u{202e}y\">\u{202d}</a>", "<a title=\"x > y\"></a>"),
            ("a < b \u{202e}<p>", "a < b <p>"),
            ("<", "<"),
        ] {
            assert_eq!(page(html), expected, "{html:?}");
        }
    }
}
