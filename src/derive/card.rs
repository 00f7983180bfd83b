//! A record in a few lines: what a reader sees of it over a link to it, before following.
//!
//! Cards are made once a record and not once a link: they stand in files of their own, `cards/<n>.js`, each a call with the cards
//! of some 32 records. A page therefore weighs nothing more for its links, and does not grow with the dossier. They are
//! scripts, because a page that was opened from a folder may read nothing else.

use serde::Serialize;

use super::Context;
use super::around::Writer;
use super::estimate::assessed;
use super::label::Label;
use super::routes;
use super::rows::corroboration;
use super::source_card::SourceCard;
use super::view::Tongue;
use crate::link::sentence;
use crate::link::standing::origins_of_evidence;
use crate::model::value::Kind;
use crate::resolve::{Dossier, Node};

/// So many cards stand in one file.
const FILE: usize = 32;
/// The text of a card is cut after the sentence that passes this many bytes.
const LONG: usize = 260;

/// A record in a few lines; `card` in `card.html`. What there is none of is empty.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Card {
    /// What it is, in a word: a person, a check, a news article …
    pub kind: String,
    /// What it is called.
    pub title: String,
    /// The language of its title.
    pub tongue: Tongue,
    /// The judgement on it: a verdict, a status.
    pub label: Option<Label>,
    /// A few words beside that: how sure.
    pub detail: String,
    /// Dates, places, publishers, counts.
    pub facts: Vec<String>,
    /// Its first sentences, without markup.
    pub text: String,
    /// The language of the text.
    pub text_tongue: Tongue,
}

/// How many files the cards of a dossier stand in.
pub fn files(dossier: &Dossier) -> usize {
    let records = [
        dossier.articles.len(),
        dossier.entities.len(),
        dossier.events.len(),
        dossier.checks.len(),
        dossier.figures.len(),
        dossier.sources.len(),
    ];
    records.iter().sum::<usize>().div_ceil(FILE)
}

/// Which of `files` files the card of the page at `stem` (its route without `.html`) stands in. The reader's script counts the same:
/// FNV-1a, 32 bits.
pub fn file(stem: &str, files: usize) -> usize {
    let hash = stem.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash as usize % files.max(1)
}

impl Card {
    /// The card of a record; nothing for a page of free text.
    pub fn new(context: &Context<'_>, node: Node) -> Option<Self> {
        let card = match node {
            Node::Article(_) => Self::article(context, node),
            Node::Entity(_) => Self::entity(context, node),
            Node::Event(_) => Self::event(context, node),
            Node::Check(_) => Self::check(context, node),
            Node::Figure(_) => Self::figure(context, node),
            Node::Source(_) => Self::source(context, node),
            Node::Page(_) | Node::Home => None,
        }?;
        Some(Self {
            title: context.dossier.title(node).to_owned(),
            tongue: Tongue::new(context, context.title_language(node)),
            text_tongue: Tongue::new(context, context.language(node)),
            facts: card.facts.into_iter().filter(|fact| !fact.is_empty()).collect(),
            ..card
        })
    }

    /// A record in one line, for a page without a summary: `Événement · 17 janvier 2025 · Bamako`, `Personne · 3 mentions`.
    pub fn in_short(context: &Context<'_>, node: Node) -> String {
        let Some(card) = Self::new(context, node) else { return String::new() };
        let mentions = matches!(node, Node::Entity(_))
            .then(|| context.locale.count("count.mention", routes::mentions(context.links, node)));
        std::iter::once(card.kind).chain(card.facts).chain(mentions).collect::<Vec<_>>().join(" · ")
    }

    fn article(context: &Context<'_>, node: Node) -> Option<Self> {
        let Node::Article(id) = node else { return None };
        let article = &context.dossier.articles[id];
        let source = context.dossier.source_of(id).map(|source| &context.dossier.sources[source].keys);
        let published = article.keys.published.as_ref().or(source.and_then(|source| source.published.as_ref()));
        Some(Self {
            kind: context.word("kind", "article"),
            facts: vec![
                source.and_then(|source| source.publisher.clone()).unwrap_or_default(),
                published.map(|date| context.date(date)).unwrap_or_default(),
            ],
            text: text(context, node, &article.keys.summary.0),
            ..Self::default()
        })
    }

    fn entity(context: &Context<'_>, node: Node) -> Option<Self> {
        let Node::Entity(id) = node else { return None };
        let keys = &context.dossier.entities[id].keys;
        Some(Self {
            kind: context.entity_kind(&keys.kind, false),
            text: text(context, node, &keys.summary.0),
            ..Self::default()
        })
    }

    fn event(context: &Context<'_>, node: Node) -> Option<Self> {
        let Node::Event(id) = node else { return None };
        let keys = &context.dossier.events[id].keys;
        let place = keys.place.as_ref().and_then(|place| context.dossier.find(&place.0, &[Kind::Entity]).ok());
        Some(Self {
            kind: context.word("kind", "event"),
            facts: vec![
                keys.date.as_ref().map(|date| context.date(date)).unwrap_or_default(),
                place.map(|place| context.dossier.title(place).to_owned()).unwrap_or_default(),
            ],
            text: text(context, node, &keys.summary.0),
            ..Self::default()
        })
    }

    fn check(context: &Context<'_>, node: Node) -> Option<Self> {
        let Node::Check(id) = node else { return None };
        let check = context.dossier.check(id)?;
        let (reports, origins) = (check.evidence.len(), origins_of_evidence(context.dossier, id).len());
        Some(Self {
            kind: context.word("kind", "check"),
            label: Some(Label::verdict(context, &check.verdict)),
            detail: check.confidence.map(|sure| context.word("confidence_phrase", sure.name())).unwrap_or_default(),
            facts: if reports == 0 { Vec::new() } else { vec![context.corroboration(reports, origins)] },
            text: text(context, node, &check.rationale.0),
            ..Self::default()
        })
    }

    fn figure(context: &Context<'_>, node: Node) -> Option<Self> {
        let Node::Figure(id) = node else { return None };
        let (figure, standing) = (&context.dossier.figures[id], &context.links.standings[id.index()]);
        let own = figure.keys.assessment.as_ref().map(|own| assessed(context, figure, own).plain());
        let own = own.map(|own| {
            context.locale.phrase("ui.label", &[("label", &context.word("figure", "assessment")), ("value", &own)])
        });
        Some(Self {
            kind: context.word("figure_kind", figure.kind().name()),
            label: Some(Label::status(context, standing.status)),
            facts: vec![corroboration(context, standing), own.unwrap_or_default()],
            text: text(context, node, &figure.keys.summary.0),
            ..Self::default()
        })
    }

    fn source(context: &Context<'_>, node: Node) -> Option<Self> {
        let Node::Source(id) = node else { return None };
        let SourceCard { kind, publisher, date, reliability, .. } = SourceCard::new(context, "", id);
        let kind = if kind.is_empty() { context.word("kind", "source") } else { kind };
        Some(Self {
            kind,
            facts: vec![publisher, date, reliability],
            text: text(context, node, &context.dossier.sources[id].keys.note.0),
            ..Self::default()
        })
    }
}

/// The first sentences of a text, without markup.
fn text(context: &Context<'_>, node: Node, markdown: &str) -> String {
    let mut text = Writer::new(*context, node, "").plain(markdown);
    if text.len() > LONG {
        text.truncate(sentence::lead(&text, LONG));
        text.truncate(text.trim_end().len());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::file;

    #[test]
    fn a_card_is_found_by_the_hash_of_its_page() {
        // The published values of FNV-1a, 32 bits.
        for (stem, hash) in [("", 0x811c_9dc5_usize), ("a", 0xe40c_292c), ("foobar", 0xbf9c_f968)] {
            assert_eq!(file(stem, usize::MAX), hash, "{stem}");
        }
        assert_eq!(file("entities/wagner", 0), 0);
    }
}
