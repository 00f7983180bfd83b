//! Records as rows of lists on the pages of others: a check with its verdict, a figure with its status, an event with
//! its date; and the words that go with them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::around::Writer;
use super::estimate::{Said, assessed, said};
use super::label::Label;
use super::timeline::Entry;
use super::view::{NodeLink, Tongue};
use super::{Context, check as check_page};
use crate::base::id::Id;
use crate::link::Links;
use crate::link::graph::{Edge, Role};
use crate::link::standing::{Claim, Standing};
use crate::model::annotation::Annotation;
use crate::model::event::Event;
use crate::model::figure::Figure;
use crate::model::reference::{Kinds, Ref};
use crate::resolve::Node;

/// A check in a list.
#[derive(Clone, Debug, Serialize)]
pub struct CheckRow {
    /// The check, under its claim.
    pub check: NodeLink,
    /// The verdict.
    pub label: Label,
    /// How sure, in words; empty where that is not said.
    pub confidence: String,
    /// The passage it is about.
    pub passage: Option<NodeLink>,
    /// Who makes the claim.
    pub claimant: Option<NodeLink>,
    /// What it has to do with the page's record: a stance and the like; else empty.
    pub role: String,
    /// Anything that is said of that.
    pub note_html: String,
}

/// A figure in a list.
#[derive(Clone, Debug, Serialize)]
pub struct FigureRow {
    /// The figure.
    pub figure: NodeLink,
    /// Its status.
    pub status: Label,
    /// How many estimates from how many origins, in words.
    pub corroboration: String,
    /// The editors' own assessment.
    pub assessment: Option<Said>,
    /// What the page's record says it is, where it says something.
    pub said: Vec<Said>,
}

/// An event in a list, with what the page's record has to do with it.
#[derive(Clone, Debug, Serialize)]
pub struct EventRow {
    /// The event, its date and summary.
    pub entry: Entry,
    /// As what: a participant's role, that it is the place; else empty.
    pub role: String,
    /// The language of the role.
    pub tongue: Tongue,
}

impl CheckRow {
    /// A check on the page at `route`.
    pub fn new(context: &Context<'_>, route: &str, id: Id<Annotation>) -> Self {
        let dossier = context.dossier;
        let check = dossier.check(id);
        let claimant = check.and_then(|check| dossier.follow(check.claimed_by.as_ref()?).ok());
        let confidence = check.and_then(|check| check.confidence);
        Self {
            check: NodeLink::new(context, route, Node::Check(id)),
            label: Label::verdict(context, check.map_or("", |check| &check.verdict)),
            confidence: confidence.map(|it| context.word("confidence_phrase", it.name())).unwrap_or_default(),
            passage: passage(context, route, id),
            claimant: claimant.map(|node| check_page::claimant(context, route, node)),
            role: String::new(),
            note_html: String::new(),
        }
    }

    /// The same, as what the page's record is evidence for.
    pub fn evidence(context: &Context<'_>, route: &str, id: Id<Annotation>, n: usize) -> Self {
        let evidence = context.dossier.check(id).and_then(|check| check.evidence.get(n));
        let stance = evidence.and_then(|evidence| evidence.stance);
        let note = evidence.map_or("", |evidence| &evidence.note.0);
        Self {
            role: stance.map(|stance| context.word("stance", stance.name())).unwrap_or_default(),
            note_html: Writer::new(*context, Node::Check(id), route).inline(note),
            ..Self::new(context, route, id)
        }
    }
}

impl FigureRow {
    /// A figure on the page at `route`.
    pub fn new(context: &Context<'_>, route: &str, id: Id<Figure>) -> Self {
        let (figure, standing) = (&context.dossier.figures[id], &context.links.standings[id.index()]);
        let assessment = figure.keys.assessment.as_ref();
        Self {
            figure: NodeLink::new(context, route, Node::Figure(id)),
            status: Label::status(context, standing.status),
            corroboration: corroboration(context, standing),
            assessment: assessment.map(|own| assessed(context, figure, own)).filter(|said| said.given),
            said: Vec::new(),
        }
    }
}

impl EventRow {
    /// An event with what the record `of` the page has to do with it.
    pub fn new(context: &Context<'_>, route: &str, id: Id<Event>, role: Role, of: Node) -> Self {
        let participant = match role {
            Role::Participant(_) => context.dossier.events[id].keys.participants.get(role.number()),
            _ => None,
        };
        let own = participant.and_then(|participant| participant.role.clone());
        let place = context.dossier.events[id].keys.place.as_ref();
        // At a part of the place, the part is named instead.
        let is_here = role == Role::Place && place.is_some_and(|place| context.dossier.follow(place) == Ok(of));
        let language = if own.is_some() { context.language(Node::Event(id)) } else { "" };
        let mut entry = Entry::new(context, route, id);
        if is_here {
            entry.place = None;
        }
        Self {
            entry,
            role: own.unwrap_or_else(|| if is_here { context.word("event", "place") } else { String::new() }),
            tongue: Tongue::new(context, language),
        }
    }
}

/// How many speak of a figure, and how many of them independently: `5 comptes rendus, 4 origines`.
pub fn corroboration(context: &Context<'_>, standing: &Standing) -> String {
    context.corroboration(standing.estimates.len(), standing.origins)
}

/// The passage of an annotation in its article; the article alone where the passage was not found.
pub fn passage(context: &Context<'_>, route: &str, id: Id<Annotation>) -> Option<NodeLink> {
    let annotation = &context.dossier.annotations[id];
    let article = context.dossier.article_of(id)?;
    let link = NodeLink::new(context, route, Node::Article(article));
    Some(if context.links.anchor(id).is_some() { link.at(&annotation.meta.id) } else { link })
}

/// The figures about a node, and the checks about it.
pub fn about(links: &Links, node: Node) -> (&[Edge], &[Edge]) {
    let all = links.graph.in_role(node, Role::Subject);
    all.split_at(all.partition_point(|edge| edge.from < Node::Check(Id::new(0))))
}

/// The estimates of a node, as their author or where they are read: the figure and its `n`-th estimate.
pub fn estimates(links: &Links, node: Node, kinds: &[Role]) -> Vec<(Id<Figure>, usize)> {
    let edges = kinds.iter().flat_map(|kind| links.graph.in_role(node, *kind));
    let mut found: Vec<_> = edges
        .filter_map(|edge| if let Node::Figure(id) = edge.from { Some((id, edge.role.number())) } else { None })
        .collect();
    // Stable: of one figure, those that are read here come before those that are only by its author.
    found.sort_by_key(|(id, _)| *id);
    found
}

/// The checks that refer to a node, as rows.
pub fn check_rows(context: &Context<'_>, route: &str, checks: &[Edge]) -> Vec<CheckRow> {
    let row =
        |edge: &Edge| if let Node::Check(id) = edge.from { Some(CheckRow::new(context, route, id)) } else { None };
    checks.iter().filter_map(row).collect()
}

/// The figures that refer to a node, as rows.
pub fn figure_rows(context: &Context<'_>, route: &str, figures: &[Edge]) -> Vec<FigureRow> {
    let row =
        |edge: &Edge| if let Node::Figure(id) = edge.from { Some(FigureRow::new(context, route, id)) } else { None };
    figures.iter().filter_map(row).collect()
}

/// The figures of estimates as rows, with what each estimate says.
pub fn estimate_rows(context: &Context<'_>, route: &str, estimates: &[(Id<Figure>, usize)]) -> Vec<FigureRow> {
    let mut rows: BTreeMap<Id<Figure>, FigureRow> = BTreeMap::new();
    for (id, n) in estimates {
        let Some(claim) = context.links.standings[id.index()].estimates.get(*n) else { continue };
        let figure = &context.dossier.figures[*id];
        let row = rows.entry(*id).or_insert_with(|| FigureRow::new(context, route, *id));
        row.said.push(said(context, figure, &claim.estimate, words_language(context, *id, claim)));
    }
    rows.into_values().collect()
}

/// Links to those who refer to a node.
pub fn links(context: &Context<'_>, route: &str, edges: &[Edge]) -> Vec<NodeLink> {
    edges.iter().map(|edge| NodeLink::new(context, route, edge.from)).collect()
}

/// The language of an estimate's words: the article's for one read there, the figure's for one written in its file.
pub fn words_language<'a>(context: &Context<'a>, figure: Id<Figure>, claim: &Claim) -> &'a str {
    context.language(if claim.annotation.is_some() { claim.from } else { Node::Figure(figure) })
}

/// The link to what a reference names; `None` for nothing.
pub fn link<const KINDS: Kinds>(
    context: &Context<'_>,
    route: &str,
    reference: Option<&Ref<KINDS>>,
) -> Option<NodeLink> {
    let node = context.dossier.follow(reference?).ok()?;
    Some(NodeLink::new(context, route, node))
}
