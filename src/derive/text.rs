//! The body of a page without notes: its blocks, footnotes and headings, with mentions as links.

use serde::Serialize;

use super::Context;
use super::around::Writer;
use super::mentions;
use super::view::Tongue;
use crate::resolve::Node;
use crate::syntax::markdown::html::{Footnote, Heading, reference_id};
use crate::syntax::markdown::marks::Overlay;

/// A text as it is shown; templates write it with `{{<text of={…} />}}`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Text {
    /// Its blocks: paragraphs, lists, headings …
    pub blocks_html: Vec<String>,
    /// Its footnotes.
    pub footnotes: Vec<FootnoteText>,
    /// Its headings, for a table of contents.
    pub contents: Vec<ContentsEntry>,
    /// Its language.
    pub tongue: Tongue,
}

/// A footnote; its anchor is `fn_<number>`.
#[derive(Clone, Debug, Serialize)]
pub struct FootnoteText {
    /// Its number in the text.
    pub number: usize,
    /// What it says.
    pub text_html: String,
    /// Whether the text refers to it, at the anchor `fnref_<number>`.
    pub used: bool,
    /// The anchors of all places where it does, in order: `fnref_1`, `fnref_1_2`.
    pub ways_back: Vec<String>,
}

/// A heading in the text.
#[derive(Clone, Debug, Serialize)]
pub struct ContentsEntry {
    /// 2 to 6.
    pub level: u8,
    /// Its anchor.
    pub id: String,
    /// Its words.
    pub text: String,
}

impl Text {
    /// The body of `node` on the page at the route `page`; empty for a node without one.
    pub fn of(context: &Context<'_>, node: Node, page: &str) -> Self {
        let Some(body) = context.dossier.record(node).and_then(|record| record.body()) else { return Self::default() };
        let links = mentions::links(context, node, page);
        let places = mentions::places(context, node);
        let overlay = Overlay { mentions: &links, places: &places, ..Overlay::default() };
        let rendered = Writer::new(*context, node, page).body(body, &overlay);
        Self {
            blocks_html: rendered.blocks.into_iter().map(|block| block.html).collect(),
            footnotes: rendered.footnotes.into_iter().map(FootnoteText::from).collect(),
            contents: rendered.headings.into_iter().map(ContentsEntry::from).collect(),
            tongue: Tongue::new(context, context.language(node)),
        }
    }
}

impl From<Footnote> for FootnoteText {
    fn from(footnote: Footnote) -> Self {
        let Footnote { number, html: text_html, uses, .. } = footnote;
        let ways_back = (1..=uses).map(|used| reference_id(number, used)).collect();
        Self { number, text_html, used: uses > 0, ways_back }
    }
}

impl From<Heading> for ContentsEntry {
    fn from(heading: Heading) -> Self {
        Self { level: heading.level, id: heading.id, text: heading.text }
    }
}
