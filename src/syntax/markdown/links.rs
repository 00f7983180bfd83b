//! Links of Markdown and of raw HTML, in one form; and addresses that are written out in a text.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::LinkType;

use super::Link;
use super::raw::{Address, Element};
use super::reading::Reading;
use crate::base::span::Extent;

/// Where the file defines what a link leads to, for one that has a label in its place.
pub(super) fn definition(
    reading: &Reading<'_>,
    link_type: LinkType,
    label: &str,
    start: usize,
) -> Option<Range<usize>> {
    use LinkType::{Collapsed, Reference, Shortcut};
    let definition = matches!(link_type, Reference | Collapsed | Shortcut).then(|| reading.definition(label)).flatten();
    definition.map(|range| start + range.start..start + range.end)
}

pub(super) fn link(
    link_type: LinkType,
    written: &str,
    image: bool,
    source: &Range<usize>,
    definition: Option<Range<usize>>,
) -> Link {
    let (wiki, bare) = match link_type {
        LinkType::WikiLink { has_pothole } => (true, !has_pothole),
        _ => (false, false),
    };
    let (source, definition) = (source.clone().into(), definition.map(Extent::from));
    Link {
        target: target(link_type, written).into(),
        wiki,
        bare,
        image,
        raw: false,
        source,
        definition,
        prose: Extent::default(),
    }
}

/// Where a `|` in a link ends a cell of this row, so that readers see two halves of it: `[[wagner|the group]]`.
pub(super) fn cut_links(row: &str) -> impl Iterator<Item = Range<usize>> {
    let mut last = 0;
    row.match_indices("]]").filter_map(move |(at, mark)| {
        let first = std::mem::replace(&mut last, at + mark.len());
        let start = first + row[first..at].rfind("[[")?;
        let ends_cell = row[start..at].replace("\\|", "").contains('|');
        ends_cell.then_some(start..last)
    })
}

/// The links that a tag of raw HTML has: where it leads, what it shows.
pub(super) fn raw_links(element: &Element, start: usize) -> Vec<Link> {
    let image = !matches!(element.name.as_str(), "a" | "iframe" | "frame" | "object" | "embed");
    let link = |address: &Address| Link {
        target: address.target.as_str().into(),
        wiki: false,
        bare: false,
        image,
        raw: true,
        source: (start + address.source.start..start + address.source.end).into(),
        definition: None,
        prose: Extent::default(),
    };
    element.addresses.iter().map(link).collect()
}

/// What a link leads to, as written: for a mail address in `< >` with its scheme; in a table, where the sign between target and words
/// needs a backslash, without that.
pub(super) fn target(link_type: LinkType, written: &str) -> Cow<'_, str> {
    match link_type {
        LinkType::Email => format!("mailto:{written}").into(),
        LinkType::WikiLink { has_pothole: true } => written.strip_suffix('\\').unwrap_or(written).into(),
        _ => written.into(),
    }
}

/// Addresses of the web and of mail that are written out in a text: words with `://`, with `www.` before them, or with an `@` between a
/// name and a host.
pub(super) fn addresses(text: &str) -> impl Iterator<Item = Range<usize>> {
    let is_gap = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '«' | '»' | '“' | '”');
    // Most texts have none of these.
    let has = |sign: &str| memchr::memmem::find(text.as_bytes(), sign.as_bytes()).is_some();
    let text = if has("://") || has("www.") || has("@") { text } else { "" };
    let words = text.split(is_gap).filter(|word| {
        let mail = || {
            word.split_once('@')
                .is_some_and(|(name, host)| !name.is_empty() && host.trim_end_matches('.').contains('.'))
        };
        word.contains("://") || word.starts_with("www.") || mail()
    });
    words.map(move |word| {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        start..start + word.len()
    })
}

/// What stands in a text as the target of a link does, and is none because of a space in it: `[x](my file.pdf)`.
pub(super) fn unread(text: &str) -> impl Iterator<Item = Range<usize>> {
    memchr::memmem::find_iter(text.as_bytes(), b"](").filter_map(|at| {
        let (before, after) = (&text[text.floor_char_boundary(at.saturating_sub(LONGEST))..at], &text[at + 2..]);
        let after = &after[..after.floor_char_boundary(LONGEST)];
        let target = &after[..after.find([')', '\n'])?];
        let is_file = target.trim().contains(' ') && target.contains('.') && !target.contains(['<', '"']);
        let opens = before.rfind(['[', '\n']).is_some_and(|open| before[open..].starts_with('['));
        (is_file && opens && after[target.len()..].starts_with(')')).then_some(at + 2..at + 2 + target.len())
    })
}

/// The longest target that is looked for, and the longest words of a link, in bytes.
const LONGEST: usize = 300;

#[cfg(test)]
mod tests {
    use super::{addresses, cut_links};

    #[test]
    fn a_sign_in_a_link_ends_its_cell() {
        for (row, expected) in [
            ("| [[e|x]] | [[e]] |", "[[e|x]]"),
            (r"| [[e\|x]] | [[e]] | [[f|y]] |", "[[f|y]]"),
            ("| [[ a | b [[e|é]] | ]] [[e|z]]", "[[e|é]] [[e|z]]"),
            ("| ]] | [[ | a[0][1] |", ""),
        ] {
            let found: Vec<&str> = cut_links(row).map(|range| &row[range]).collect();
            assert_eq!(found.join(" "), expected, "{row}");
        }
    }

    #[test]
    fn addresses_are_words_of_a_text() {
        for (text, expected) in [
            ("", ""),
            ("no address: a/b, @handle, a@b", ""),
            ("See https://e.org/Wagner/x, or www.e.org", "https://e.org/Wagner/x,|www.e.org"),
            ("Mail «desk@e.org» or <a.b@e.org>.", "desk@e.org|a.b@e.org"),
            ("@ @@ a@ @b.c", ""),
        ] {
            let found: Vec<&str> = addresses(text).map(|range| &text[range]).collect();
            assert_eq!(found.join("|"), expected, "{text}");
        }
    }
}
