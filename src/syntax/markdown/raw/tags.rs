//! Which tags and attributes of raw HTML a page keeps.
//!
//! The tables say which names stay; ammonia writes the attributes, so that a value is escaped by the same code that a browser's
//! makers read. Addresses are taken out before: they lead where those of Markdown lead.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use super::tokens::{Attribute, attributes, tag_end};

/// What becomes of a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// It may stand inside a paragraph.
    Phrasing,
    /// It may stand around paragraphs, and so may close in a later block than it opens in.
    Spanning,
    /// It is a part of a table, and may close in a later block too.
    Table,
    /// It must close in the block it opens in.
    Local,
    /// It starts or ends a block, and is dropped itself.
    Block,
    /// It goes with all that is in it, which no reader sees.
    Silent,
    /// It goes, and so do the tags in it; words stay.
    Drawing,
    /// It goes.
    Other,
}

/// The place of a tag, by its name.
pub(super) fn place(name: &str) -> Place {
    match name {
        "a" | "abbr" | "audio" | "b" | "bdi" | "br" | "cite" | "code" | "data" | "del" | "dfn" | "em" | "i" | "img"
        | "ins" | "kbd" | "q" | "rp" | "rt" | "ruby" | "s" | "samp" | "small" | "source" | "span" | "strong"
        | "sub" | "sup" | "time" | "track" | "u" | "var" | "video" | "wbr" => Place::Phrasing,
        "aside" | "blockquote" | "details" | "div" | "figure" | "section" => Place::Spanning,
        "caption" | "col" | "colgroup" | "table" | "tbody" | "td" | "tfoot" | "th" | "thead" | "tr" => Place::Table,
        "dd" | "dl" | "dt" | "figcaption" | "hr" | "li" | "ol" | "p" | "pre" | "summary" | "ul" => Place::Local,
        "address" | "article" | "center" | "fieldset" | "footer" | "form" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
        | "header" | "main" | "nav" => Place::Block,
        "iframe" | "script" | "style" | "template" => Place::Silent,
        "math" | "svg" => Place::Drawing,
        _ => Place::Other,
    }
}

/// Whether a tag, opening or closing, may stand inside a paragraph.
pub(in super::super) fn is_phrasing(tag: &str) -> bool {
    let name = tag.trim_start_matches(['<', '/']);
    let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
    place(name) == Place::Phrasing
}

/// Whether a tag has no end.
pub(super) fn is_void(name: &str) -> bool {
    matches!(name, "br" | "col" | "hr" | "img" | "source" | "track" | "wbr")
}

/// An attribute with an address, which leads where one of Markdown does.
fn is_address(tag: &str, attribute: &str) -> bool {
    matches!(
        (tag, attribute),
        ("a", "href")
            | ("img" | "video" | "audio" | "source" | "track" | "iframe" | "embed", "src")
            | ("object", "data")
            | ("video", "poster")
    )
}

/// Whether a tag keeps an attribute with such a value.
fn keeps(tag: &str, attribute: &str, value: &str) -> bool {
    match attribute {
        "lang" | "dir" | "title" => true,
        "hreflang" => tag == "a",
        "alt" | "loading" | "decoding" => tag == "img",
        "width" | "height" => matches!(tag, "img" | "video"),
        "value" => matches!(tag, "data" | "li"),
        "datetime" => matches!(tag, "time" | "del" | "ins"),
        "colspan" | "rowspan" => matches!(tag, "td" | "th"),
        "scope" | "abbr" => tag == "th",
        "span" => matches!(tag, "col" | "colgroup"),
        "start" | "reversed" => tag == "ol",
        "open" => tag == "details",
        "controls" | "loop" | "muted" => matches!(tag, "audio" | "video"),
        "preload" => matches!(tag, "audio" | "video") && matches!(value, "none" | "metadata"),
        "kind" | "srclang" | "label" | "default" => tag == "track",
        "type" => matches!(tag, "source" | "ol"),
        _ => false,
    }
}

/// All that some tag keeps.
const KEPT: &[&str] = &[
    "lang", "dir", "title", "hreflang", "alt", "loading", "decoding", "width", "height", "value", "datetime",
    "colspan", "rowspan", "scope", "abbr", "span", "start", "reversed", "open", "loop", "muted", "preload", "kind",
    "srclang", "label", "default", "type",
];

static CLEANER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = ammonia::Builder::default();
    cleaner
        .tags(HashSet::from(["span"]))
        .clean_content_tags(HashSet::new())
        .tag_attributes(HashMap::new())
        .generic_attributes(KEPT.iter().copied().collect());
    cleaner
});

/// An address in a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The attribute that it stands in.
    pub attribute: &'static str,
    /// Where it leads, as written.
    pub target: String,
    /// Where that is written.
    pub source: Range<usize>,
}

/// An opening tag, cut into what a page may have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Opening {
    /// Harmless attributes, ready to be written, each with a space before it.
    pub(super) attributes: String,
    /// What other places may lead to it by.
    pub(super) anchor: Option<String>,
    /// Its addresses.
    pub(super) addresses: Vec<Address>,
    /// The names of attributes that are left out, with their places in the tag.
    pub(super) dropped: Vec<(String, Range<usize>)>,
}

/// Reads the tag `name`; most have no attributes.
pub(super) fn opening(name: &str, tag: &str) -> Opening {
    let mut opening = Opening::default();
    let mut kept = String::new();
    for Attribute { name: attribute, value, written, range } in attributes(tag, 1 + name.len()) {
        let is_anchor = attribute == "id" || (name == "a" && attribute == "name");
        if is_address(name, &attribute) && !opening.addresses.iter().any(|address| address.attribute == attribute) {
            let attribute = if attribute == "href" {
                "href"
            } else if attribute == "src" {
                "src"
            } else {
                "poster"
            };
            // What browsers leave out, so that it is seen whole by what judges it.
            let target: Cow<'_, str> = value.trim().into();
            let source =
                written.find(&*target).map_or(range.clone(), |at| range.start + at..range.start + at + target.len());
            opening.addresses.push(Address { attribute, target: target.into_owned(), source });
        } else if is_anchor && !value.is_empty() && !value.contains(char::is_whitespace) {
            opening.anchor.get_or_insert(value);
        } else if keeps(name, &attribute, &value) {
            kept.extend([" ", written]);
        } else {
            opening.dropped.push((attribute, range));
        }
    }
    if !kept.is_empty() {
        opening.attributes = cleaned(&kept);
    }
    opening
}

/// Attributes as ammonia writes them: those of a tag that may stand anywhere.
fn cleaned(attributes: &str) -> String {
    let cleaned = CLEANER.clean(&format!("<span{attributes}>")).to_string();
    let opening = tag_end(&cleaned, 1).and_then(|end| cleaned.get("<span".len()..end - 1));
    opening.unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_table_names_stays() {
        for (name, tag, expected) in [
            ("div", "<div onclick=\"x()\" title=\"a>b\" style=x>", " title=\"a&gt;b\" - onclick style"),
            ("td", "<td colspan=2 ROWSPAN='3' align=right>", " colspan=\"2\" rowspan=\"3\" - align"),
            ("span", "<span colspan=2 lang=uk dir=ltr>", " lang=\"uk\" dir=\"ltr\" - colspan"),
            ("p", "<p title='\"><img src=x onerror=y>'>", " title=\"&quot;&gt;&lt;img src=x onerror=y&gt;\" -"),
            ("audio", "<audio preload=auto loop autoplay>", " loop=\"\" - preload autoplay"),
            ("b", "<b>", " -"),
        ] {
            let opening = opening(name, tag);
            let dropped: String = opening.dropped.iter().map(|(name, _)| format!(" {name}")).collect();
            assert_eq!(format!("{} -{dropped}", opening.attributes).replace("  -", " -"), expected, "{tag}");
        }
    }

    #[test]
    fn addresses_and_anchors_are_told_from_the_rest() {
        let opening = opening("a", "<a href=' ../x.html ' name=y id=z>");
        assert_eq!(opening.addresses, [Address { attribute: "href", target: "../x.html".into(), source: 10..19 }]);
        assert_eq!((opening.anchor.as_deref(), opening.attributes.as_str()), (Some("y"), ""));
    }
}
