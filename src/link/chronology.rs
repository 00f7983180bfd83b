//! The order of events in time.

use std::ops::Range;

use crate::base::id::Id;
use crate::model::event::Event;
use crate::resolve::Dossier;

/// All events by earliest possible day, then by latest, then by id; those without a date come last.
#[derive(Clone, Debug, Default)]
pub struct Chronology {
    /// The events in order.
    pub order: Vec<Id<Event>>,
    /// The places in that order of the events that begin in each year, year by year; those that begin at no known time, and those
    /// without a date, are together too.
    pub years: Vec<Range<usize>>,
    /// The place of each event in that order, by event.
    places: Vec<usize>,
}

/// Whether the same events have the same dates in both.
pub(super) fn is_the_same(one: &Dossier, other: &Dossier) -> bool {
    one.events.is_like(&other.events, |one, other| one.keys.date == other.keys.date)
}

impl Chronology {
    /// Puts the events in order.
    pub fn of(dossier: &Dossier) -> Self {
        let mut order: Vec<Id<Event>> = dossier.events.iter().map(|(id, _)| id).collect();
        order.sort_by_cached_key(|id| {
            let key = dossier.events[*id].keys.date.as_ref().map(|date| date.sort_key());
            (key.is_none(), key, *id)
        });
        let mut places = vec![0; order.len()];
        for (place, id) in order.iter().enumerate() {
            places[id.index()] = place;
        }
        let year = |id: &Id<Event>| {
            let date = dossier.events[*id].keys.date.as_ref();
            date.map(|date| date.earliest().map(|day| day.year()))
        };
        let mut end = 0;
        let years = order.chunk_by(|one, next| year(one) == year(next)).map(|events| {
            end += events.len();
            end - events.len()..end
        });
        Self { years: years.collect(), order, places }
    }

    /// How many events come before one.
    pub fn place(&self, event: Id<Event>) -> usize {
        self.places.get(event.index()).copied().unwrap_or_default()
    }

    /// The event just before and the one just after.
    pub fn around(&self, event: Id<Event>) -> (Option<Id<Event>>, Option<Id<Event>>) {
        let Some(place) = self.places.get(event.index()).copied() else { return (None, None) };
        let before = place.checked_sub(1).and_then(|at| self.order.get(at));
        (before.copied(), self.order.get(place + 1).copied())
    }
}
