//! How entities stand to one another, told from either side.

use serde::Serialize;

use super::Context;
use super::around::Writer;
use super::rows;
use super::view::{NodeLink, Tongue};
use crate::base::id::Id;
use crate::link::graph::Role;
use crate::model::entity::{Entity, Relation};
use crate::resolve::Node;

/// A relation as a line: `succède à Wagner, depuis juin 2025`.
#[derive(Clone, Debug, Serialize)]
pub struct RelationRow {
    /// Who has the relation, where the line is told from the outside; else nothing, for the page's own record.
    pub subject: Option<NodeLink>,
    /// What the one is to the other.
    pub phrase: String,
    /// The language of the phrase.
    pub tongue: Tongue,
    /// The other; nothing for the page's own record.
    pub object: Option<NodeLink>,
    /// Since when and until when; empty where nothing is known.
    pub period: String,
    /// Who says so.
    pub source: Option<NodeLink>,
    /// Anything else.
    pub note_html: String,
}

/// The relations of an entity: its own, then those of others to it.
pub fn of_entity(context: &Context<'_>, route: &str, id: Id<Entity>) -> Vec<RelationRow> {
    let own = &context.dossier.entities[id].keys.relations;
    let mut rows: Vec<RelationRow> = own.iter().map(|relation| outward(context, route, id, relation)).collect();
    rows.extend(toward(context, route, Node::Entity(id)));
    rows
}

/// The relations of others to a node.
pub fn toward(context: &Context<'_>, route: &str, node: Node) -> Vec<RelationRow> {
    let edges = context.links.graph.to(node).iter();
    let relations = edges.filter_map(|edge| match (edge.role, edge.from) {
        (Role::Related(n), Node::Entity(id)) => Some((id, context.dossier.entities[id].keys.relations.get(n)?)),
        _ => None,
    });
    relations.map(|(id, relation)| inward(context, route, id, relation)).collect()
}

/// A relation told from the outside: `Wagner, présent au, Mali`.
pub fn whole(context: &Context<'_>, route: &str, id: Id<Entity>, relation: &Relation) -> RelationRow {
    let subject = Some(NodeLink::new(context, route, Node::Entity(id)));
    RelationRow { subject, ..outward(context, route, id, relation) }
}

fn outward(context: &Context<'_>, route: &str, id: Id<Entity>, relation: &Relation) -> RelationRow {
    let (phrase, tongue) = phrase(context, "entity_relation", relation)
        .unwrap_or_else(|| (relation.relation.clone(), Tongue::new(context, context.language(Node::Entity(id)))));
    RelationRow {
        subject: None,
        phrase,
        tongue,
        object: rows::link(context, route, Some(&relation.to)),
        period: context.locale.period(relation.from.as_ref(), relation.until.as_ref()).unwrap_or_default(),
        source: rows::link(context, route, relation.source.as_ref()),
        note_html: Writer::new(*context, Node::Entity(id), route).inline(&relation.note.0),
    }
}

/// A relation to the page's record. A word of the editors' own cannot be turned around, so its subject stays in front.
fn inward(context: &Context<'_>, route: &str, id: Id<Entity>, relation: &Relation) -> RelationRow {
    let other = NodeLink::new(context, route, Node::Entity(id));
    let row = outward(context, route, id, relation);
    match phrase(context, "entity_relation_inverse", relation) {
        Some((phrase, tongue)) => RelationRow { phrase, tongue, object: Some(other), ..row },
        None => RelationRow { subject: Some(other), object: None, ..row },
    }
}

/// The interface's own word for a relation, if it has one.
fn phrase(context: &Context<'_>, table: &str, relation: &Relation) -> Option<(String, Tongue)> {
    let key = format!("{table}.{}", relation.relation);
    let word = context.locale.word(&key);
    (word != key).then(|| (word.to_owned(), Tongue::default()))
}
