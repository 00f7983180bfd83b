//! `events/<id>.html`: something that happened, who took part, and who says what of it.

use serde::Serialize;

use super::Context;
use super::account::{Account, accounts, source_of};
use super::around::Writer;
use super::article::{ReferredBy, referred_by, referring_rows};
use super::head::Head;
use super::mentioned::{Mentioned, mentioned};
use super::parts::{PartLinks, Window};
use super::relation::{self, RelationRow, Told};
use super::rows::{self, CheckRow, FigureRow};
use super::source_card::SourceCard;
use super::text::Text;
use super::timeline::{self, Entry};
use super::view::{NodeLink, Tongue};
use crate::base::id::Id;
use crate::link::Links;
use crate::link::graph::{Edge, Role};
use crate::model::event::Event;
use crate::resolve::{Dossier, Node};

/// What `event.html` shows.
#[derive(Clone, Debug, Serialize)]
pub struct EventPage {
    /// Around the content.
    pub head: Head,
    /// The language of its title.
    pub tongue: Tongue,
    /// Whether it is a draft.
    pub draft: bool,
    /// Its date, place and summary, as the timeline has them.
    pub entry: Entry,
    /// When it became known, in words; empty where that is the same.
    pub reported: String,
    /// Other names, with those that are never looked for.
    pub aliases: Vec<String>,
    /// Who took part.
    pub participants: Vec<ParticipantRow>,
    /// What it consists of.
    pub members: Vec<NodeLink>,
    /// Who reports it: sources, and articles.
    pub sources: Vec<Reporter>,
    /// The text.
    pub text: Text,
    /// Who says what.
    pub accounts: Vec<Account>,
    /// The figures about it.
    pub figures: Vec<FigureRow>,
    /// The checks about it.
    pub checks: Vec<CheckRow>,
    /// Relations of entities to it.
    pub relations: Vec<RelationRow>,
    /// The event before it.
    pub before: Option<Entry>,
    /// The event after it.
    pub after: Option<Entry>,
    /// Its year on the timeline.
    pub timeline: String,
    /// Passages that refer to it.
    pub referred_by: Vec<ReferredBy>,
    /// Where it is mentioned.
    pub mentioned: Mentioned,
    /// Whether this is a further part: of lists alone.
    pub further: bool,
    /// This part among the others; nothing when there is one.
    pub parts: Option<PartLinks>,
}

/// Who took part, and as what.
#[derive(Clone, Debug, Serialize)]
pub struct ParticipantRow {
    /// Who.
    pub entity: NodeLink,
    /// As what; empty where it is not said.
    pub role: String,
}

/// Who reports an event.
#[derive(Clone, Debug, Serialize)]
pub struct Reporter {
    /// The source or article.
    pub page: NodeLink,
    /// The card of the source; of an article, that of the source that it has.
    pub card: Option<SourceCard>,
}

/// What others say of an event, section by section.
struct Lists<'a> {
    members: &'a [Edge],
    speakers: &'a [Node],
    figures: &'a [Edge],
    checks: &'a [Edge],
    relations: Vec<Told>,
    referring: usize,
}

impl<'a> Lists<'a> {
    fn of(dossier: &Dossier, links: &'a Links, id: Id<Event>) -> Self {
        let node = Node::Event(id);
        let (figures, checks) = rows::about(links, node);
        Self {
            members: links.graph.in_role(node, Role::Whole),
            speakers: links.speakers(dossier, id),
            figures,
            checks,
            relations: relation::toward(links, node),
            referring: referring_rows(links, node),
        }
    }

    fn rows(&self) -> usize {
        let Self { members, speakers, figures, checks, relations, referring } = self;
        members.len() + speakers.len() + figures.len() + checks.len() + relations.len() + referring
    }
}

/// How many rows the lists of an event's page have, in all parts.
pub fn rows(dossier: &Dossier, links: &Links, id: Id<Event>) -> usize {
    Lists::of(dossier, links, id).rows()
}

impl EventPage {
    /// The view of a part of an event's page.
    pub fn new(context: &Context<'_>, route: &str, id: Id<Event>, part: usize) -> Self {
        let (event, node) = (&context.dossier.events[id], Node::Event(id));
        let keys = &event.keys;
        let lists = Lists::of(context.dossier, context.links, id);
        let window = &mut Window::of(part);
        let parts = PartLinks::new(context, route, &format!("events/{}", event.meta.id), part, lists.rows());
        let summary = Writer::new(*context, node, route).plain(&keys.summary.0);
        let head = Head::new(context, route, &keys.title, "events").describe(summary);
        let entry = |id| Entry::new(context, route, id);
        let (before, after) = context.links.chronology.around(id);
        // The sections are cut in the order in which they stand here.
        Self {
            members: rows::links(context, route, window.cut(lists.members)),
            accounts: accounts(context, route, node, window.cut(lists.speakers)),
            figures: rows::figure_rows(context, route, window.cut(lists.figures)),
            checks: rows::check_rows(context, route, window.cut(lists.checks)),
            relations: relation::rows(context, route, window.cut(&lists.relations)),
            referred_by: referred_by(context, node, route, window),
            mentioned: mentioned(context, route, node, window),
            head: head.in_part(context, part, parts.as_ref()),
            parts,
            further: part > 1,
            tongue: Tongue::new(context, context.language(node)),
            draft: event.meta.draft,
            entry: entry(id),
            reported: keys.reported.as_ref().map(|date| context.date(date)).unwrap_or_default(),
            aliases: keys.aliases.iter().map(|alias| alias.text.clone()).collect(),
            participants: participants(context, route, id),
            sources: reporters(context, route, id),
            text: Text::of(context, node, route),
            before: before.map(entry),
            after: after.map(entry),
            timeline: timeline::anchor(context, route, id),
        }
    }
}

fn participants(context: &Context<'_>, route: &str, id: Id<Event>) -> Vec<ParticipantRow> {
    let participants = context.dossier.events[id].keys.participants.iter();
    let row = |participant: &crate::model::event::Participant| {
        let entity = rows::link(context, route, Some(&participant.entity))?;
        Some(ParticipantRow { entity, role: participant.role.clone().unwrap_or_default() })
    };
    participants.filter_map(row).collect()
}

fn reporters(context: &Context<'_>, route: &str, id: Id<Event>) -> Vec<Reporter> {
    let sources = context.dossier.events[id].keys.sources.iter();
    let nodes = sources.filter_map(|source| context.dossier.follow(source).ok());
    let reporter = |node: Node| Reporter {
        page: NodeLink::new(context, route, node),
        card: source_of(context, node).map(|id| SourceCard::new(context, route, id)),
    };
    nodes.map(reporter).collect()
}
