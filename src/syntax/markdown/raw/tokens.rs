//! HTML cut into tags, comments and text, and tags into attributes.

use std::ops::Range;

use pulldown_cmark::{Event, Parser};

/// A piece of HTML.
pub(super) struct Token {
    /// Its bytes.
    pub(super) range: Range<usize>,
    /// What it is.
    pub(super) kind: Kind,
}

/// What a piece of HTML is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A tag: its name in lower case.
    Tag { name: String, closing: bool },
    /// `<!-- … -->`; whether it has an end.
    Comment { ended: bool },
    /// `<!DOCTYPE …>`, `<![CDATA[…]]>`, `<?…?>`.
    Declaration,
    /// All else.
    Text,
}

/// Cuts HTML into tags, comments and text. A `<` that starts neither is text, and so is one that nothing ends.
pub(super) fn tokens(html: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let (mut at, mut text) = (0, 0);
    let last = Last {
        end: memchr::memrchr(b'>', html.as_bytes()).unwrap_or_default(),
        instruction: memchr::memmem::rfind(html.as_bytes(), b"?>").unwrap_or_default(),
    };
    while let Some(found) = memchr::memchr(b'<', &html.as_bytes()[at..]) {
        let start = at + found;
        let Some((end, kind)) = markup(html, start, &last) else {
            at = start + 1;
            continue;
        };
        if text < start {
            tokens.push(Token { range: text..start, kind: Kind::Text });
        }
        tokens.push(Token { range: start..end, kind });
        at = end;
        text = end;
    }
    if text < html.len() {
        tokens.push(Token { range: text..html.len(), kind: Kind::Text });
    }
    tokens
}

/// Where the last of its kind stands: what is not there need not be looked for at every `<`.
struct Last {
    /// `>`
    end: usize,
    /// `?>`
    instruction: usize,
}

/// What starts at `<`, and where it ends.
fn markup(html: &str, start: usize, last: &Last) -> Option<(usize, Kind)> {
    let rest = &html[start..];
    let end = |found: Option<usize>, length: usize| start + found.map_or(rest.len(), |end| end + length);
    if rest.starts_with("<!--") {
        let found = rest.find("-->");
        return Some((end(found, 3), Kind::Comment { ended: found.is_some() }));
    }
    if rest.starts_with("<![CDATA[") {
        return Some((end(rest.find("]]>"), 3), Kind::Declaration));
    }
    // One that nothing ends goes on to the next `>`, as browsers have it.
    if rest.starts_with("<?") && start < last.instruction {
        return Some((end(rest.find("?>"), 2), Kind::Declaration));
    }
    if rest.starts_with("<!") || rest.starts_with("<?") {
        return Some((end(rest.find('>'), 1), Kind::Declaration));
    }
    let closing = rest.starts_with("</");
    let name_start = start + if closing { 2 } else { 1 };
    let name_length = html[name_start..].bytes().take_while(u8::is_ascii_alphanumeric).count();
    if name_length == 0 || !html.as_bytes()[name_start].is_ascii_alphabetic() || last.end < name_start {
        return None;
    }
    let name = html[name_start..name_start + name_length].to_ascii_lowercase();
    Some((tag_end(html, name_start + name_length)?, Kind::Tag { name, closing }))
}

/// One past the `>` that ends a tag; one inside quotes does not, unless the quotes have no end.
pub(super) fn tag_end(html: &str, from: usize) -> Option<usize> {
    let first = from + memchr::memchr(b'>', &html.as_bytes()[from..])?;
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate().skip(from) {
        match (byte, quote) {
            (b'"' | b'\'', None) => quote = Some(byte),
            (byte, Some(open)) if byte == open => quote = None,
            (b'>', None) => return Some(at + 1),
            _ => {}
        }
    }
    Some(first + 1)
}

/// An attribute of a tag, as it is written.
pub(super) struct Attribute<'t> {
    /// Its name, in lower case.
    pub(super) name: String,
    /// Its value, entities decoded.
    pub(super) value: String,
    /// The attribute as it is written: bytes of the tag.
    pub(super) written: &'t str,
    /// Where that is.
    pub(super) range: Range<usize>,
}

/// The attributes of a tag; `from` is where its name ends.
pub(super) fn attributes(tag: &str, from: usize) -> Vec<Attribute<'_>> {
    let end = tag.strip_suffix('>').unwrap_or(tag).len();
    let is_between = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'/';
    let length =
        |at: usize, is: &dyn Fn(&u8) -> bool| tag.as_bytes()[at..end].iter().take_while(|byte| is(byte)).count();
    let mut found = Vec::new();
    let mut at = from;
    loop {
        at += length(at, &is_between);
        if at >= end {
            return found;
        }
        let start = at;
        // A `=` at the start of a name is part of it.
        at += 1;
        at += length(at, &|byte| !is_between(byte) && *byte != b'=');
        while !tag.is_char_boundary(at) {
            at += 1;
        }
        let name = tag[start..at].to_ascii_lowercase();
        let equals = at + length(at, &u8::is_ascii_whitespace);
        let value = if tag[equals..end].starts_with('=') {
            let start = equals + 1 + length(equals + 1, &u8::is_ascii_whitespace);
            let (value, after) = value(&tag[..end], start);
            at = after;
            decoded(value)
        } else {
            String::new()
        };
        found.push(Attribute { name, value, written: &tag[start..at], range: start..at });
    }
}

/// The value at `start`, with or without quotes, and where what is written of it ends.
fn value(tag: &str, start: usize) -> (&str, usize) {
    let rest = &tag[start..];
    match rest.chars().next() {
        Some(quote @ ('"' | '\'')) => {
            let length = rest[1..].find(quote).unwrap_or(rest.len() - 1);
            (&rest[1..=length], (start + length + 2).min(tag.len()))
        }
        _ => {
            let length = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
            (&rest[..length], start + length)
        }
    }
}

/// Text with its entities as the characters they stand for, each a piece of its own so that offsets stay exact.
pub(super) fn decode(text: &str, start: usize, mut piece: impl FnMut(String, Range<usize>)) {
    let mut at = 0;
    while at < text.len() {
        let entity = memchr::memchr(b'&', &text.as_bytes()[at..]).map_or(text.len(), |found| at + found);
        if at < entity {
            piece(text[at..entity].to_owned(), start + at..start + entity);
        }
        if entity == text.len() {
            return;
        }
        let end = entity + entity_length(&text[entity..]);
        piece(character(&text[entity..end]), start + entity..start + end);
        at = end;
    }
}

/// The same in one piece.
pub(super) fn decoded(text: &str) -> String {
    let mut all = String::with_capacity(text.len());
    decode(text, 0, |piece, _| all.push_str(&piece));
    all
}

fn entity_length(text: &str) -> usize {
    let name = text[1..].bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
    if text[1 + name..].starts_with(';') { name + 2 } else { 1 }
}

/// What an entity stands for, by the Markdown parser's own table.
fn character(entity: &str) -> String {
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

    #[test]
    fn attributes_as_they_are_written() {
        for (tag, expected) in [
            ("<a>", ""),
            ("<a href=x>", "href=x[href=x]"),
            ("<a HREF = 'x y' b/>", "href=x y[HREF = 'x y'] b=[b]"),
            ("<a x=\"1&amp;2\"y>", "x=1&2[x=\"1&amp;2\"] y=[y]"),
            ("<a x=\"1>", "x=1[x=\"1]"),
            ("<a =x é=ü>", "=x=[=x] é=ü[é=ü]"),
            ("<a/x=/y>", "x=/y[x=/y]"),
            ("<a x=>", "x=[x=]"),
        ] {
            let all = attributes(tag, 2);
            assert!(all.iter().all(|found| &tag[found.range.clone()] == found.written));
            let shown = all.iter().map(|found| format!("{}={}[{}]", found.name, found.value, found.written));
            assert_eq!(shown.collect::<Vec<_>>().join(" "), expected, "{tag}");
        }
    }

    #[test]
    fn what_nothing_ends_is_text() {
        for (html, expected) in [
            ("a <b", "a <b"),
            ("<b x='>c", "<b x='>|c"),
            ("<b x='>'>c", "<b x='>'>|c"),
            ("1 < 2 <3 <c>", "1 < 2 <3 |<c>"),
            ("<!-- x --><?y?><![CDATA[ > ]]>z", "<!-- x -->|<?y?>|<![CDATA[ > ]]>|z"),
        ] {
            let cut: Vec<&str> = tokens(html).iter().map(|token| &html[token.range.clone()]).collect();
            assert_eq!(cut.join("|"), expected);
        }
    }
}
