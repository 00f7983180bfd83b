//! `sources/<id>.html`: a publication, how far to trust it, and what rests on it.

use serde::Serialize;

use super::Context;
use super::around::Writer;
use super::article::{ReferredBy, referred_by, referring_rows};
use super::head::Head;
use super::mentioned::{Mentioned, mentioned};
use super::parts::{PartLinks, Window};
use super::relation::{self, RelationRow, Told};
use super::rows::{self, CheckRow, FigureRow};
use super::source_card::SourceCard;
use super::timeline::Entry;
use super::view::{NodeLink, Tongue};
use crate::base::id::Id;
use crate::link::Links;
use crate::link::graph::{Edge, Role};
use crate::model::event::Event;
use crate::model::figure::Figure;
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
    /// Passages that refer to it.
    pub referred_by: Vec<ReferredBy>,
    /// Where texts link to it.
    pub mentioned: Mentioned,
    /// Whether nothing rests on it.
    pub unused: bool,
    /// Whether this is a further part: of lists alone.
    pub further: bool,
    /// This part among the others; nothing when there is one.
    pub parts: Option<PartLinks>,
}

/// What rests on a source, section by section.
struct Lists<'a> {
    republished: &'a [Edge],
    articles: &'a [Edge],
    claims: &'a [Edge],
    checks: &'a [Edge],
    figures: Vec<(Id<Figure>, usize)>,
    events: Vec<Id<Event>>,
    relations: Vec<Told>,
    referring: usize,
}

impl<'a> Lists<'a> {
    fn of(links: &'a Links, id: Id<SourceRecord>) -> Self {
        let node = Node::Source(id);
        Self {
            republished: links.graph.in_role(node, Role::Origin),
            articles: links.graph.in_role(node, Role::Publication),
            claims: links.graph.in_role(node, Role::Claimant),
            checks: links.graph.in_role(node, Role::Evidence(0)),
            figures: rows::estimates(links, node, &[Role::Estimate(0), Role::Estimator(0)]),
            events: events(links, node),
            relations: relation::reported(links, node),
            referring: referring_rows(links, node),
        }
    }

    fn rows(&self) -> usize {
        let Self { republished, articles, claims, checks, figures, events, relations, referring } = self;
        let lists = [republished.len(), articles.len(), claims.len(), checks.len(), figures.len(), events.len()];
        lists.iter().sum::<usize>() + relations.len() + referring
    }
}

/// How many rows the lists of a source's page have, in all parts.
pub fn rows(links: &Links, id: Id<SourceRecord>) -> usize {
    Lists::of(links, id).rows()
}

impl SourcePage {
    /// The view of a part of a source's page.
    pub fn new(context: &Context<'_>, route: &str, id: Id<SourceRecord>, part: usize) -> Self {
        let (source, node) = (&context.dossier.sources[id], Node::Source(id));
        let (keys, writer) = (&source.keys, Writer::new(*context, node, route));
        let lists = Lists::of(context.links, id);
        let window = &mut Window::of(part);
        let parts = PartLinks::new(context, route, &format!("sources/{}", source.meta.id), part, lists.rows());
        let head = Head::new(context, route, &keys.title, "sources").describe(writer.plain(&keys.note.0));
        let card = |edge: &Edge| match edge.from {
            Node::Source(id) => Some(SourceCard::new(context, route, id)),
            _ => None,
        };
        let evidence = |edge: &Edge| match edge.from {
            Node::Check(id) => Some(CheckRow::evidence(context, route, id, edge.role.number())),
            _ => None,
        };
        // The sections are cut in the order in which they stand here.
        Self {
            republished: window.cut(lists.republished).iter().filter_map(card).collect(),
            articles: rows::links(context, route, window.cut(lists.articles)),
            claims: rows::check_rows(context, route, window.cut(lists.claims)),
            checks: window.cut(lists.checks).iter().filter_map(evidence).collect(),
            figures: rows::estimate_rows(context, route, window.cut(&lists.figures)),
            events: window.cut(&lists.events).iter().map(|id| Entry::new(context, route, *id)).collect(),
            relations: relation::rows(context, route, window.cut(&lists.relations)),
            referred_by: referred_by(context, node, route, window),
            mentioned: mentioned(context, route, node, window),
            head: head.in_part(context, part, parts.as_ref()),
            parts,
            further: part > 1,
            tongue: Tongue::new(context, context.language(node)),
            draft: source.meta.draft,
            card: SourceCard::new(context, route, id),
            accessed: keys.accessed.as_ref().map(|date| context.date(date)).unwrap_or_default(),
            note_html: writer.blocks(&keys.note.0),
            chain: chain(context, id).into_iter().map(|id| SourceCard::new(context, route, id)).collect(),
            unused: !context.links.is_used(node),
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

fn events(links: &Links, node: Node) -> Vec<Id<Event>> {
    let from = links.graph.from(node, Role::Reporter(0));
    let mut events: Vec<_> = from.filter_map(|node| if let Node::Event(id) = node { Some(id) } else { None }).collect();
    events.sort_by_key(|id| links.chronology.place(*id));
    events
}
