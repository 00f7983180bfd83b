//! The order of events in time.

use crate::base::id::Id;
use crate::model::event::Event;
use crate::resolve::Dossier;

/// All events by earliest possible day, then by latest, then by id; those without a date come last.
#[derive(Clone, Debug, Default)]
pub struct Chronology {
    /// The events in order.
    pub order: Vec<Id<Event>>,
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
        Self { order, places }
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
