//! `entities/<id>.html`: one person, organisation, place or thing, and all that is said of it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Context;
use super::around::Writer;
use super::article::{ReferredBy, referred_by, referring_rows};
use super::head::Head;
use super::mentioned::{Mentioned, mentioned};
use super::parts::{PartLinks, Window};
use super::relation::{self, RelationRow, Told};
use super::rows::{self, CheckRow, EventRow, FigureRow};
use super::text::Text;
use super::view::{NodeLink, Tongue};
use crate::base::id::Id;
use crate::link::Links;
use crate::link::graph::{Edge, Role};
use crate::link::related::Together;
use crate::model::entity::{Entity, Precision, PublishedLocation};
use crate::model::event::Event;
use crate::model::figure::Figure;
use crate::resolve::{Dossier, Node};

/// What `entity.html` shows.
#[derive(Clone, Debug, Serialize)]
pub struct EntityPage {
    /// Around the content.
    pub head: Head,
    /// What kind of thing it is, in a word.
    pub kind: String,
    /// The language of its name.
    pub tongue: Tongue,
    /// Whether it is a draft.
    pub draft: bool,
    /// One or two sentences.
    pub summary_html: String,
    /// Its name in other languages.
    pub names: Vec<Name>,
    /// Other names, with those that are never looked for.
    pub aliases: Vec<String>,
    /// What it belongs to.
    pub part_of: Option<NodeLink>,
    /// What belongs to it.
    pub members: Vec<NodeLink>,
    /// Where it is.
    pub place: Option<Place>,
    /// The same thing elsewhere: addresses, as they are and as they are shown.
    pub same_as: Vec<(String, String)>,
    /// The text.
    pub text: Text,
    /// How it stands to others, and they to it.
    pub relations: Vec<RelationRow>,
    /// The checks about it.
    pub checks: Vec<CheckRow>,
    /// The checks of what it claims.
    pub claims: Vec<CheckRow>,
    /// The figures about it.
    pub figures: Vec<FigureRow>,
    /// The figures it gives.
    pub estimates: Vec<FigureRow>,
    /// The events it took part in, or that took place there, in order of time.
    pub events: Vec<EventRow>,
    /// Who is named with it most often; nobody on a further part.
    pub related: Vec<Related>,
    /// Passages that refer to it.
    pub referred_by: Vec<ReferredBy>,
    /// Where it is mentioned.
    pub mentioned: Mentioned,
    /// Whether this is a further part: of lists alone.
    pub further: bool,
    /// This part among the others; nothing when there is one.
    pub parts: Option<PartLinks>,
}

/// A name in a language.
#[derive(Clone, Debug, Serialize)]
pub struct Name {
    /// The name.
    pub text: String,
    /// Its language, for `lang` and `dir`.
    pub tongue: Tongue,
    /// What that language is called.
    pub language: String,
}

/// A place on the map.
#[derive(Clone, Debug, Serialize)]
pub struct Place {
    /// Latitude and longitude.
    pub text: String,
    /// How near that is, in words; empty where it is not said.
    pub precision: String,
    /// A map of it elsewhere.
    pub href: String,
}

/// An entity that is named with this one.
#[derive(Clone, Debug, Serialize)]
pub struct Related {
    /// The other.
    pub entity: NodeLink,
    /// How often, in words: `4 passages, 1 événement`.
    pub reason: String,
}

/// What others say of an entity, section by section.
struct Lists<'a> {
    members: &'a [Edge],
    relations: Vec<Told>,
    events: Vec<(Id<Event>, Role)>,
    checks: &'a [Edge],
    claims: &'a [Edge],
    figures: &'a [Edge],
    estimates: Vec<(Id<Figure>, usize)>,
    referring: usize,
}

impl<'a> Lists<'a> {
    fn of(dossier: &Dossier, links: &'a Links, id: Id<Entity>) -> Self {
        let node = Node::Entity(id);
        let (figures, checks) = rows::about(links, node);
        Self {
            members: links.graph.in_role(node, Role::Whole),
            relations: relation::of_entity(dossier, links, id),
            events: events(links, id),
            checks,
            claims: links.graph.in_role(node, Role::Claimant),
            figures,
            estimates: rows::estimates(links, node, &[Role::Estimator(0)]),
            referring: referring_rows(links, node),
        }
    }

    fn rows(&self) -> usize {
        let Self { members, relations, events, checks, claims, figures, estimates, referring } = self;
        let lists = [members.len(), relations.len(), events.len(), checks.len(), claims.len(), figures.len()];
        lists.iter().sum::<usize>() + estimates.len() + referring
    }
}

/// How many rows the lists of an entity's page have, in all parts.
pub fn rows(dossier: &Dossier, links: &Links, id: Id<Entity>) -> usize {
    Lists::of(dossier, links, id).rows()
}

impl EntityPage {
    /// The view of a part of an entity's page.
    pub fn new(context: &Context<'_>, route: &str, id: Id<Entity>, part: usize) -> Self {
        let (entity, node) = (&context.dossier.entities[id], Node::Entity(id));
        let (keys, writer) = (&entity.keys, Writer::new(*context, node, route));
        let lists = Lists::of(context.dossier, context.links, id);
        let window = &mut Window::of(part);
        let parts = PartLinks::new(context, route, &format!("entities/{}", entity.meta.id), part, lists.rows());
        let head = Head::new(context, route, &keys.name, "entities").describe(writer.plain(&keys.summary.0));
        let event = |(id, role): &(Id<Event>, Role)| EventRow::new(context, route, *id, *role, node);
        // The sections are cut in the order in which they stand here.
        Self {
            members: rows::links(context, route, window.cut(lists.members)),
            relations: relation::rows(context, route, window.cut(&lists.relations)),
            events: window.cut(&lists.events).iter().map(event).collect(),
            checks: rows::check_rows(context, route, window.cut(lists.checks)),
            claims: rows::check_rows(context, route, window.cut(lists.claims)),
            figures: rows::figure_rows(context, route, window.cut(lists.figures)),
            estimates: rows::estimate_rows(context, route, window.cut(&lists.estimates)),
            referred_by: referred_by(context, node, route, window),
            mentioned: mentioned(context, route, node, window),
            head: head.in_part(context, part, parts.as_ref()),
            parts,
            further: part > 1,
            kind: context.entity_kind(&keys.kind, false),
            tongue: Tongue::new(context, context.language(node)),
            draft: entity.meta.draft,
            summary_html: writer.inline(&keys.summary.0),
            names: names(context, entity),
            aliases: keys.aliases.iter().map(|alias| alias.text.clone()).collect(),
            part_of: rows::link(context, route, keys.part_of.as_ref()),
            place: keys.location.map(|location| Place::new(context, location.published())),
            same_as: keys.same_as.iter().filter_map(|address| elsewhere(address)).collect(),
            text: Text::of(context, node, route),
            related: if part > 1 { Vec::new() } else { nearest(context, route, id) },
        }
    }
}

fn nearest(context: &Context<'_>, route: &str, id: Id<Entity>) -> Vec<Related> {
    let nearest = context.links.related(context.dossier, id).iter();
    nearest.map(|(other, why)| Related::new(context, route, *other, *why)).collect()
}

fn names(context: &Context<'_>, entity: &Entity) -> Vec<Name> {
    let own = context.language(Node::Home);
    let name = |(tag, text): (&String, &String)| {
        let tongue = Tongue::new(context, tag);
        let language = tongue.name(context);
        let language = if language.is_empty() { context.word("language", own) } else { language };
        Name { text: text.clone(), tongue, language }
    };
    entity.keys.names.iter().map(name).collect()
}

/// An address on the web, and the piece of it that people know it by.
fn elsewhere(written: &str) -> Option<(String, String)> {
    let address = super::source_card::web_address(Some(written));
    let shown = address.split_once("://").map(|(_, rest)| rest.trim_start_matches("www.").trim_end_matches('/'))?;
    Some((address.clone(), shown.to_owned()))
}

/// The events of an entity in order of time, each once: as a participant rather than as a place. What happened at a part of a place
/// happened there.
fn events(links: &Links, id: Id<Entity>) -> Vec<(Id<Event>, Role)> {
    let mut found = BTreeMap::new();
    let participants = links.graph.in_role(Node::Entity(id), Role::Participant(0));
    let places = with_parts(links, id);
    let at_places = places.iter().flat_map(|place| links.graph.in_role(Node::Entity(*place), Role::Place));
    // The last one stays: the place itself over its parts, a participant over both.
    for edge in participants.iter().chain(at_places).collect::<Vec<_>>().into_iter().rev() {
        if let Node::Event(id) = edge.from {
            found.insert(links.chronology.place(id), (id, edge.role));
        }
    }
    found.into_values().collect()
}

/// An entity, what is part of it, and so on, each once: a ring is an error that has been reported, and the walk must still end.
fn with_parts(links: &Links, id: Id<Entity>) -> Vec<Id<Entity>> {
    let (mut all, mut seen, mut at) = (vec![id], BTreeSet::from([id]), 0);
    while let Some(whole) = all.get(at).copied() {
        let parts = links.graph.in_role(Node::Entity(whole), Role::Whole).iter();
        all.extend(parts.filter_map(|edge| match edge.from {
            Node::Entity(part) if seen.insert(part) => Some(part),
            _ => None,
        }));
        at += 1;
    }
    all
}

impl Place {
    fn new(context: &Context<'_>, location: PublishedLocation) -> Self {
        let PublishedLocation { lat, lon, precision } = location;
        let half = |value: f64, positive: &str, negative: &str| {
            let side = if value < 0.0 { negative } else { positive };
            format!("{}°\u{a0}{side}", context.locale.number(value.abs()))
        };
        let (north, south) = (context.word("compass", "north"), context.word("compass", "south"));
        let (east, west) = (context.word("compass", "east"), context.word("compass", "west"));
        Self {
            text: format!("{}, {}", half(lat, &north, &south), half(lon, &east, &west)),
            precision: precision.map(|precision| context.word("precision", precision.name())).unwrap_or_default(),
            // A region has no point that a pin could stand on.
            href: match precision {
                Some(Precision::Region) => format!("https://www.openstreetmap.org/#map=6/{lat}/{lon}"),
                _ => format!("https://www.openstreetmap.org/?mlat={lat}&mlon={lon}#map=8/{lat}/{lon}"),
            },
        }
    }
}

impl Related {
    fn new(context: &Context<'_>, route: &str, id: Id<Entity>, why: Together) -> Self {
        let counts = [("count.passage", why.paragraphs), ("count.event", why.events)];
        let said = counts.into_iter().filter(|(_, n)| *n > 0).map(|(key, n)| context.locale.count(key, n));
        Self { entity: NodeLink::new(context, route, Node::Entity(id)), reason: said.collect::<Vec<_>>().join(", ") }
    }
}
