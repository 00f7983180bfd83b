//! Entities and events.

use super::vocabulary::{Event as EventNode, Geo, Thing};
use super::{Context, Head, address};
use crate::base::date::{Edtf, End, Parts};
use crate::base::id::Id;
use crate::derive::source_card::web_address;
use crate::derive::timeline::iso_date;
use crate::model::entity::{Entity, Location, Precision};
use crate::model::event::Event;
use crate::resolve::Node;

/// An entity on its own page.
pub(super) fn entity(context: &Context<'_>, id: Id<Entity>, head: &Head) -> Thing {
    let keys = &context.dossier.entities[id].keys;
    let whole =
        keys.part_of.as_ref().and_then(|whole| related(context, context.dossier.follow(whole).ok()?)).map(Box::new);
    let part_of = |wanted: &'static str| whole.clone().filter(|whole| whole.kind == wanted);
    let own = named(context, id);
    let others = keys.names.values().chain(keys.aliases.iter().map(|alias| &alias.text));
    let mut alternate_name: Vec<String> = Vec::new();
    for name in others.filter(|name| **name != keys.name) {
        if !alternate_name.contains(name) {
            alternate_name.push(name.clone());
        }
    }
    let same_as = keys.same_as.iter().map(|address| web_address(Some(address)));
    let there = keys.location.and_then(position);
    Thing {
        alternate_name,
        description: head.description.clone(),
        same_as: same_as.filter(|address| address.starts_with("http")).collect(),
        geo: there.filter(|_| own.kind == "Place"),
        location: there.filter(|_| own.kind == "Organization").map(|geo| Box::new(place_at(geo))),
        contained_in_place: part_of("Place").filter(|_| own.kind == "Place"),
        member_of: part_of("Organization").filter(|_| own.kind == "Person"),
        parent_organization: part_of("Organization").filter(|_| own.kind == "Organization"),
        ..own
    }
}

/// An event on its own page.
pub(super) fn event(context: &Context<'_>, id: Id<Event>, head: &Head) -> EventNode {
    let keys = &context.dossier.events[id].keys;
    let place = keys.place.as_ref().and_then(|place| related(context, context.dossier.follow(place).ok()?));
    let whole = keys.part_of.as_ref().and_then(|whole| related(context, context.dossier.follow(whole).ok()?));
    let (start_date, end_date) = keys.date.as_ref().map(ends).unwrap_or_default();
    EventNode {
        name: keys.title.clone(),
        alternate_name: keys.aliases.iter().map(|alias| alias.text.clone()).collect(),
        description: head.description.clone(),
        url: head.canonical.clone(),
        start_date,
        end_date,
        location: place.filter(|place| place.kind == "Place"),
        super_event: whole,
    }
}

/// Another record by its kind, name and address.
pub(super) fn related(context: &Context<'_>, node: Node) -> Option<Thing> {
    match node {
        Node::Entity(id) => {
            let location = context.dossier.entities[id].keys.location;
            let own = named(context, id);
            Some(Thing { geo: location.and_then(position).filter(|_| own.kind == "Place"), ..own })
        }
        Node::Event(id) => Some(Thing {
            kind: "Event",
            name: context.dossier.events[id].keys.title.clone(),
            url: address(context, node),
            ..Thing::default()
        }),
        _ => None,
    }
}

fn named(context: &Context<'_>, id: Id<Entity>) -> Thing {
    let keys = &context.dossier.entities[id].keys;
    let kind = match keys.kind.as_str() {
        "person" => "Person",
        "organisation" => "Organization",
        "place" => "Place",
        "document" => "CreativeWork",
        // A tank is no `Product`: nobody sells it here.
        _ => "Thing",
    };
    Thing { kind, name: keys.name.clone(), url: address(context, Node::Entity(id)), ..Thing::default() }
}

/// A point that is the thing's own. One that is only near, or somewhere in the region, would be read as the thing's.
fn position(location: Location) -> Option<Geo> {
    let exact = location.precision.is_none_or(|precision| precision == Precision::Exact);
    let published = location.published();
    exact.then_some(Geo { latitude: published.lat, longitude: published.lon })
}

fn place_at(geo: Geo) -> Thing {
    Thing { kind: "Place", geo: Some(geo), ..Thing::default() }
}

/// The first and the last date of an event, each empty where it is not plainly known.
fn ends(date: &Edtf) -> (String, String) {
    match date.parts() {
        Parts::Single(_) => (iso_date(date), String::new()),
        Parts::Interval(start, end) => {
            let plain = |end: &End| end.to_string().parse().map(|date| iso_date(&date)).unwrap_or_default();
            (plain(start), plain(end))
        }
        Parts::OneOf(_) => Default::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::ends;

    #[test]
    fn only_dates_that_are_plainly_known_are_said() {
        for (date, start, end) in [
            ("2024-07-25", "2024-07-25", ""),
            ("2024-07", "2024-07", ""),
            ("2024", "2024", ""),
            ("2024-07-25/2024-07-27", "2024-07-25", "2024-07-27"),
            ("2024-07-25/..", "2024-07-25", ""),
            ("../2024", "", "2024"),
            ("2024-07-25~/2024-07-27", "", "2024-07-27"),
            ("-0043-03-15", "-0043-03-15", ""),
            ("-0099/-0043-03", "-0099", "-0043-03"),
            ("Y-17000/", "-17000", ""),
            ("2024-07~", "", ""),
            ("2024?", "", ""),
            ("2024-07-XX", "", ""),
            ("202X", "", ""),
            ("2024-21", "", ""),
            ("[2025-01-17,2025-01-18]", "", ""),
        ] {
            let date = date.parse().unwrap_or_else(|error| panic!("{date}: {error}"));
            assert_eq!(ends(&date), (start.to_owned(), end.to_owned()), "{date}");
        }
    }
}
