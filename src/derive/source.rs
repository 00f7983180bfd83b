//! `sources/<id>.html`: a publication, how far to trust it, and what rests on it.

use serde::Serialize;

use super::Context;
use super::around::Writer;
use super::head::Head;
use super::relation::{RelationRow, whole};
use super::rows::{self, CheckRow, FigureRow};
use super::source_card::SourceCard;
use super::timeline::Entry;
use super::view::{NodeLink, Tongue};
use crate::base::id::Id;
use crate::link::graph::Role;
use crate::model::source::SourceRecord;
use crate::resolve::Node;

/// What `source.html` shows.
#[derive(Clone, Debug, Serialize)]
pub struct SourcePage {
    /// Around the content.
    pub head: Head,
    /// The language of its title.
    pub tongue: Tongue,
    /// Whether it is a draft.
    pub draft: bool,
    /// What is known of it.
    pub card: SourceCard,
    /// When the editors read it, in words; empty where that is not known.
    pub accessed: String,
    /// Anything else.
    pub note_html: String,
    /// The sources it rests on: the next one, the one that rests on, and so to the end.
    pub chain: Vec<SourceCard>,
    /// The sources that republish it or rest on it alone.
    pub republished: Vec<SourceCard>,
    /// Its articles in this dossier.
    pub articles: Vec<NodeLink>,
    /// The checks of what it claims.
    pub claims: Vec<CheckRow>,
    /// The checks that it is evidence for, with its stance.
    pub checks: Vec<CheckRow>,
    /// The figures that it gives, with what it says.
    pub figures: Vec<FigureRow>,
    /// The events that it reports, in order of time.
    pub events: Vec<Entry>,
    /// The relations that it is the source of.
    pub relations: Vec<RelationRow>,
    /// Whether nothing rests on it.
    pub unused: bool,
}

impl SourcePage {
    /// The view of a source's page.
    pub fn new(context: &Context<'_>, route: &str, id: Id<SourceRecord>) -> Self {
        let (source, node) = (&context.dossier.sources[id], Node::Source(id));
        let (keys, graph) = (&source.keys, &context.links.graph);
        let writer = Writer::new(*context, node, route);
        let articles = graph.from(node, |role| role == Role::Publication);
        Self {
            head: Head::new(context, route, &keys.title, "sources").describe(writer.plain(&keys.note.0)),
            tongue: Tongue::new(context, context.language(node)),
            draft: source.meta.draft,
            card: SourceCard::new(context, route, id),
            accessed: keys.accessed.as_ref().map(|date| context.date(date)).unwrap_or_default(),
            note_html: writer.blocks(&keys.note.0),
            chain: chain(context, id).into_iter().map(|id| SourceCard::new(context, route, id)).collect(),
            republished: republished(context, route, node),
            articles: articles.into_iter().map(|article| NodeLink::new(context, route, article)).collect(),
            claims: rows::checks(context, route, node, |role| role == Role::Claimant),
            checks: evidence(context, route, node),
            figures: rows::estimates(context, route, node, |role| {
                matches!(role, Role::Estimate(_) | Role::Estimator(_))
            }),
            events: events(context, route, node),
            relations: relations(context, route, node),
            unused: graph.to(node).is_empty(),
        }
    }
}

/// The sources that a source rests on, from the next to the last.
fn chain(context: &Context<'_>, id: Id<SourceRecord>) -> Vec<Id<SourceRecord>> {
    let mut chain = vec![id];
    while let Some(Node::Source(next)) = chain.last().and_then(|last| context.dossier.next_origin(*last)) {
        // A ring of origins is an error that has been reported; the walk must still end.
        if chain.contains(&next) {
            break;
        }
        chain.push(next);
    }
    chain.split_off(1)
}

fn republished(context: &Context<'_>, route: &str, node: Node) -> Vec<SourceCard> {
    let sources = context.links.graph.from(node, |role| role == Role::Origin).into_iter();
    sources
        .filter_map(|node| if let Node::Source(id) = node { Some(SourceCard::new(context, route, id)) } else { None })
        .collect()
}

fn evidence(context: &Context<'_>, route: &str, node: Node) -> Vec<CheckRow> {
    let edges = context.links.graph.to(node).iter();
    let mut checks: Vec<_> = edges
        .filter_map(|edge| match (edge.role, edge.from) {
            (Role::Evidence(n), Node::Check(id)) => Some((id, n)),
            _ => None,
        })
        .collect();
    checks.sort_unstable();
    checks.into_iter().map(|(id, n)| CheckRow::evidence(context, route, id, n)).collect()
}

fn events(context: &Context<'_>, route: &str, node: Node) -> Vec<Entry> {
    let from = context.links.graph.from(node, |role| matches!(role, Role::Reporter(_)));
    let mut events: Vec<_> =
        from.into_iter().filter_map(|node| if let Node::Event(id) = node { Some(id) } else { None }).collect();
    events.sort_by_key(|id| context.links.chronology.place(*id));
    events.into_iter().map(|id| Entry::new(context, route, id)).collect()
}

fn relations(context: &Context<'_>, route: &str, node: Node) -> Vec<RelationRow> {
    let edges = context.links.graph.to(node).iter();
    let relations = edges.filter_map(|edge| match (edge.role, edge.from) {
        (Role::RelationSource(n), Node::Entity(id)) => Some((id, context.dossier.entities[id].keys.relations.get(n)?)),
        _ => None,
    });
    relations.map(|(id, relation)| whole(context, route, id, relation)).collect()
}
