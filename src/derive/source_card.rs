//! Who published something, and how far to trust them: beside an article, and for each piece of evidence.

use serde::Serialize;

use super::Context;
use super::view::{NodeLink, Tongue};
use crate::base::address;
use crate::base::id::Id;
use crate::model::source::{Reliability, SourceRecord};
use crate::resolve::Node;

/// A source as it is shown; templates write it with `{{<source_card of={…} />}}`. What is not known is empty.
#[derive(Clone, Debug, Serialize)]
pub struct SourceCard {
    /// Its page, under its title.
    pub page: NodeLink,
    /// Who published it.
    pub publisher: String,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// What sort of publication it is, in a word.
    pub kind: String,
    /// When it was published, in words.
    pub date: String,
    /// How reliable it is, in words with the letter: `habituellement fiable (B)`.
    pub reliability: String,
    /// The letter alone.
    pub grade: &'static str,
    /// The language it is in, in words, where it is not the page's.
    pub language: String,
    /// Its address on the web.
    pub url: String,
    /// The address of a copy that stays.
    pub archived: String,
    /// The source it republishes or rests on, at the end of the chain.
    pub origin: Option<NodeLink>,
}

impl SourceCard {
    /// The card of a source on the page at `from`.
    pub fn new(context: &Context<'_>, from: &str, id: Id<SourceRecord>) -> Self {
        let source = &context.dossier.sources[id].keys;
        let tongue = Tongue::new(context, context.language(Node::Source(id)));
        let origin = context.dossier.origin_of(id);
        Self {
            page: NodeLink::new(context, from, Node::Source(id)),
            publisher: source.publisher.clone().unwrap_or_default(),
            authors: source.author.clone(),
            kind: source.kind.map(|kind| context.word("source_kind", kind.name())).unwrap_or_default(),
            date: source.published.as_ref().map(|date| context.date(date)).unwrap_or_default(),
            reliability: source.reliability.map(|grade| reliability(context, grade)).unwrap_or_default(),
            grade: source.reliability.map_or("", Reliability::name),
            language: tongue.name(context),
            url: web_address(source.url.as_deref()),
            archived: web_address(source.archived.as_deref()),
            origin: (origin != id).then(|| NodeLink::new(context, from, Node::Source(origin))),
        }
    }
}

/// The letter of the Admiralty code in words: `habituellement fiable (B)`.
pub fn reliability(context: &Context<'_>, grade: Reliability) -> String {
    let words = context.word("reliability", grade.name());
    context.locale.phrase("admiralty.phrase", &[("words", &words), ("code", grade.name())])
}

/// The figure of the Admiralty code in words: `probablement vraie (2)`; empty where none was given.
pub fn credibility(context: &Context<'_>, grade: Option<u8>) -> String {
    let Some(grade) = grade else { return String::new() };
    let words = context.word("credibility", &grade.to_string());
    context.locale.phrase("admiralty.phrase", &[("words", &words), ("code", &grade.to_string())])
}

/// An address that a page may lead to; empty for any other (`javascript:` and the like).
pub fn web_address(written: Option<&str>) -> String {
    written.and_then(address::web_or_mail).map(String::from).unwrap_or_default()
}
