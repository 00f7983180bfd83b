//! What a tag says, in pages that this program has written itself.

/// Where a tag ends, which begins at 0: past a `>` that is in no quotation marks.
pub(super) fn tag_end(html: &str) -> usize {
    if html.starts_with("<!--") {
        return html.find("-->").map_or(html.len(), |at| at + "-->".len());
    }
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    html.len()
}

/// The name of the element; of an end tag, with its slash.
pub(super) fn name_of(tag: &str) -> &str {
    let tag = tag.trim_start_matches('<');
    &tag[..tag.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(tag.len())]
}

/// The value of an attribute, as it is written.
pub(super) fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, value) = tag.split_once(&format!(" {name}=\""))?;
    value.split_once('"').map(|(value, _)| value)
}
