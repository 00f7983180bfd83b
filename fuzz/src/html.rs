//! Whether HTML is well formed.

const VOID: &[&str] = &["br", "col", "hr", "img", "input", "link", "meta", "wbr"];

/// Every element closes where it should, no link lies in another, no paragraph in a paragraph, and every quotation mark of a
/// tag has its second.
///
/// # Panics
/// Where that is not so.
pub fn hold(html: &str) {
    let (mut open, mut rest) = (Vec::<&str>::new(), html);
    while let Some(start) = rest.find('<') {
        let end = start + end_of_tag(&rest[start..]).unwrap_or_else(|| panic!("a tag without its end in {html}"));
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        let name = tag.trim_start_matches('/').split([' ', '/', '\n']).next().unwrap_or_default();
        assert!(name.starts_with(|c: char| c.is_ascii_alphabetic()), "<{tag}> is no tag in {html}");
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "in {html}");
        } else if !tag.ends_with('/') && !VOID.contains(&name) {
            assert!(!matches!(name, "a" | "p") || !open.contains(&name), "<{name}> in <{name}>: {html}");
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?} are not closed in {html}");
}

/// Where a tag's `>` is, that of no attribute.
fn end_of_tag(tag: &str) -> Option<usize> {
    let mut quoted = false;
    tag.find(|c| {
        quoted ^= c == '"';
        c == '>' && !quoted
    })
}
