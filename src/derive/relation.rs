//! How entities stand to one another, told from either side.

use serde::Serialize;

use super::Context;
use super::around::Writer;
use super::rows::link;
use super::view::{NodeLink, Tongue};
use crate::base::id::Id;
use crate::link::Links;
use crate::link::graph::{Edge, Role};
use crate::model::entity::{Entity, Relation};
use crate::resolve::{Dossier, Node};

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

/// A relation and from where it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    side: Side,
    /// Who has it …
    of: Id<Entity>,
    /// … and where in their list it stands.
    n: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    /// By the one that has it: `présent au, Mali`.
    Own,
    /// By the other: `lieu de, Wagner`.
    Other,
    /// From the outside: `Wagner, présent au, Mali`.
    Outside,
}

/// The relations of an entity: its own, then those of others to it.
pub fn of_entity(dossier: &Dossier, links: &Links, id: Id<Entity>) -> Vec<Told> {
    let own = (0..dossier.entities[id].keys.relations.len()).map(|n| Told { side: Side::Own, of: id, n });
    own.chain(toward(links, Node::Entity(id))).collect()
}

/// The relations of others to a node.
pub fn toward(links: &Links, node: Node) -> Vec<Told> {
    told(links, node, Role::Related(0), Side::Other)
}

/// The relations that a node is the source of.
pub fn reported(links: &Links, node: Node) -> Vec<Told> {
    told(links, node, Role::RelationSource(0), Side::Outside)
}

fn told(links: &Links, node: Node, role: Role, side: Side) -> Vec<Told> {
    let told = |edge: &Edge| match edge.from {
        Node::Entity(of) => Some(Told { side, of, n: edge.role.number() }),
        _ => None,
    };
    links.graph.in_role(node, role).iter().filter_map(told).collect()
}

/// Relations as rows of the page at `route`.
pub fn rows(context: &Context<'_>, route: &str, told: &[Told]) -> Vec<RelationRow> {
    let row = |told: &Told| {
        let relation = context.dossier.entities[told.of].keys.relations.get(told.n)?;
        Some(match told.side {
            Side::Own => outward(context, route, told.of, relation),
            Side::Other => inward(context, route, told.of, relation),
            Side::Outside => whole(context, route, told.of, relation),
        })
    };
    told.iter().filter_map(row).collect()
}

/// A relation told from the outside: `Wagner, présent au, Mali`.
fn whole(context: &Context<'_>, route: &str, id: Id<Entity>, relation: &Relation) -> RelationRow {
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
        object: link(context, route, Some(&relation.to)),
        period: context.locale.period(relation.from.as_ref(), relation.until.as_ref()).unwrap_or_default(),
        source: link(context, route, relation.source.as_ref()),
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
