//! `timeline.html`: every event in the order of time, its uncertainty drawn and said.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Serialize;

use super::Context;
use super::around::Writer;
use super::head::Head;
use super::parts::{PartLinks, Window};
use super::routes::{PART, part, relative};
use super::rows;
use super::view::NodeLink;
use crate::base::date::{Date, Edtf, End, Parts, Precision};
use crate::base::id::Id;
use crate::link::graph::Role;
use crate::link::standing::Status;
use crate::model::event::Event;
use crate::model::figure::FigureKind;
use crate::resolve::Node;

/// What `timeline.html` shows.
#[derive(Clone, Debug, Serialize)]
pub struct Timeline {
    /// Around the content.
    pub head: Head,
    /// How many events there are.
    pub count: usize,
    /// All years, in order: the ways to them.
    pub contents: Vec<YearLink>,
    /// The years of this part, in order.
    pub years: Vec<Year>,
    /// The shapes that occur, for the legend; names of `timeline.` words and classes.
    pub shapes: Vec<&'static str>,
    /// This part among the others; nothing when there is one.
    pub parts: Option<PartLinks>,
}

/// The way to a year.
#[derive(Clone, Debug, Serialize)]
pub struct YearLink {
    /// The address of its first event's part, with the year's anchor.
    pub href: String,
    /// The year, or what stands for it.
    pub title: String,
    /// How many events it has in all parts.
    pub count: usize,
}

/// The events that begin in one year.
#[derive(Clone, Debug, Serialize)]
pub struct Year {
    /// The anchor.
    pub id: String,
    /// The year, or what stands for it.
    pub title: String,
    /// Its events, in order.
    pub events: Vec<Entry>,
}

/// An event on a line of time.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// The event.
    pub link: NodeLink,
    /// When, in words.
    pub date: String,
    /// The date for programs, where it is a day, a month or a year; empty otherwise.
    pub datetime: String,
    /// How the date is drawn: `day`, `within` (a month or a year of which the day is not given), `interval`, `about`, `uncertain`,
    /// `one_of`, `open` (it goes on), `ended` (nothing is said of its beginning), `unknown_end` (it began or ended on an unknown date)
    /// or `undated`.
    pub shape: &'static str,
    /// When it became known; empty where that is the same.
    pub reported: String,
    /// One or two sentences.
    pub summary_html: String,
    /// Where it was.
    pub place: Option<NodeLink>,
    /// The event that it belongs to.
    pub whole: Option<NodeLink>,
    /// Figures that put its date in dispute.
    pub disputed: Vec<NodeLink>,
}

impl Timeline {
    /// The view of a part of the page, at `route`.
    pub fn new(context: &Context<'_>, route: &str, part: usize) -> Self {
        let head = Head::new(context, route, context.locale.word("nav.timeline"), "timeline");
        let head = head.describe(context.locale.word("timeline.explanation"));
        let order = &context.links.chronology.order;
        let mut years: Vec<Year> = Vec::new();
        for id in Window::of(part).cut(order) {
            let date = context.dossier.events[*id].keys.date.as_ref();
            let (id_of_year, title) = year(context, date);
            if years.last().is_none_or(|last| last.id != id_of_year) {
                years.push(Year { id: id_of_year, title, events: Vec::new() });
            }
            if let Some(year) = years.last_mut() {
                year.events.push(Entry::new(context, route, *id));
            }
        }
        let mut seen: BTreeMap<usize, &'static str> = BTreeMap::new();
        for entry in years.iter().flat_map(|year| &year.events) {
            seen.insert(SHAPES.iter().position(|shape| *shape == entry.shape).unwrap_or_default(), entry.shape);
        }
        let shapes = seen.into_values().collect();
        let parts = PartLinks::new(context, route, "timeline", part, order.len());
        let head = head.in_part(context, part, parts.as_ref());
        Self { head, count: order.len(), contents: contents(context, route), years, shapes, parts }
    }
}

fn contents(context: &Context<'_>, route: &str) -> Vec<YearLink> {
    let chronology = &context.links.chronology;
    let link = |events: &Range<usize>| {
        let first = chronology.order[events.start];
        let (_, title) = year(context, context.dossier.events[first].keys.date.as_ref());
        YearLink { href: anchor(context, route, first), title, count: events.len() }
    };
    chronology.years.iter().map(link).collect()
}

/// How dates can be drawn, the plainest first.
const SHAPES: &[&str] =
    &["day", "within", "interval", "one_of", "about", "uncertain", "open", "ended", "unknown_end", "undated"];

/// The anchor and title of the year that a date begins in.
fn year(context: &Context<'_>, date: Option<&Edtf>) -> (String, String) {
    match date.map(Edtf::earliest) {
        Some(Some(day)) => {
            let year = Edtf::of_year(day.year());
            (format!("y{year}"), context.date(&year))
        }
        Some(None) => ("before".to_owned(), context.locale.word("timeline.before").to_owned()),
        None => ("undated".to_owned(), context.locale.word("event.undated").to_owned()),
    }
}

/// How a date is drawn.
pub fn shape(date: Option<&Edtf>) -> &'static str {
    let vague = |date: &Date| if date.about { Some("about") } else { date.uncertain.then_some("uncertain") };
    match date.map(Edtf::parts) {
        None => "undated",
        Some(Parts::OneOf(_)) => "one_of",
        Some(Parts::Interval(start, end)) => match (start, end) {
            (End::Date(start), End::Date(end)) => vague(start).or(vague(end)).unwrap_or("interval"),
            (End::Unknown, _) | (_, End::Unknown) => "unknown_end",
            (_, End::Open) => "open",
            (End::Open, _) => "ended",
        },
        Some(Parts::Single(date)) => {
            vague(date).unwrap_or(if date.earliest() == date.latest() { "day" } else { "within" })
        }
    }
}

/// A date as ISO 8601 says it: a plain day, month or year, with a sign before a year that is not of four digits after Christ;
/// empty for any other.
pub fn iso_date(date: &Edtf) -> String {
    let Parts::Single(date @ Date { about: false, uncertain: false, .. }) = date.parts() else { return String::new() };
    let day = date.earliest().to_string();
    let cut = match date.precision {
        Precision::Year => "-01-01".len(),
        Precision::Month(_) => "-01".len(),
        Precision::Day(..) => 0,
        _ => return String::new(),
    };
    day[..day.len() - cut].to_owned()
}

/// A date as the `datetime` of HTML's `time` takes it: a plain day, month or year; empty for any other.
pub fn datetime(date: Option<&Edtf>) -> String {
    // HTML has no years before 1, and this is not the place for those after 9999.
    date.map(iso_date).filter(|text| !text.starts_with(['-', '+']) && !text.starts_with("0000")).unwrap_or_default()
}

impl Entry {
    /// The event on the page at `route`.
    pub fn new(context: &Context<'_>, route: &str, id: Id<Event>) -> Self {
        let (keys, node) = (&context.dossier.events[id].keys, Node::Event(id));
        let link = |node: Node| NodeLink::new(context, route, node);
        let reported = keys.reported.as_ref().map(|date| context.locale.when(date));
        Self {
            link: link(node),
            date: keys
                .date
                .as_ref()
                .map_or_else(|| context.locale.word("event.undated").to_owned(), |d| context.date(d)),
            datetime: datetime(keys.date.as_ref()),
            shape: shape(keys.date.as_ref()),
            reported: reported
                .map(|when| context.locale.phrase("timeline.reported", &[("when", &when)]))
                .unwrap_or_default(),
            summary_html: Writer::new(*context, node, route).inline(&keys.summary.0),
            place: rows::link(context, route, keys.place.as_ref()),
            whole: rows::link(context, route, keys.part_of.as_ref()),
            disputed: disputed_dates(context, node).into_iter().map(link).collect(),
        }
    }
}

/// The figures that put the date of an event in dispute.
pub fn disputed_dates(context: &Context<'_>, event: Node) -> Vec<Node> {
    let about = context.links.graph.from(event, Role::Subject);
    let is_disputed_date = |node: &Node| match node {
        Node::Figure(id) => {
            let is_date = context.dossier.figures[*id].kind() == FigureKind::Date;
            is_date && context.links.standings[id.index()].status == Status::Disputed
        }
        _ => false,
    };
    about.filter(is_disputed_date).collect()
}

/// The way to a fragment of the timeline, for pages that show a piece of it.
pub fn anchor(context: &Context<'_>, from: &str, event: Id<Event>) -> String {
    let (id, _) = year(context, context.dossier.events[event].keys.date.as_ref());
    let at = part("timeline", context.links.chronology.place(event) / PART + 1);
    if at == from { format!("#{id}") } else { format!("{}#{id}", relative(from, &at)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_read_dates_before_christ() -> Result<(), crate::base::date::BadDate> {
        for (date, expected) in [
            ("2025-01-17", "2025-01-17"),
            ("2025-01", "2025-01"),
            ("-0043-03-15", "-0043-03-15"),
            ("-0043-03", "-0043-03"),
            ("-0043", "-0043"),
            ("0000", "0000"),
            ("Y-17000", "-17000"),
            ("Y170002", "+170002"),
            ("-0043~", ""),
            ("-004X", ""),
            ("2024-22", ""),
            ("2024-07-XX", ""),
            ("2024/2025", ""),
        ] {
            assert_eq!(iso_date(&date.parse()?), expected, "{date}");
        }
        Ok(())
    }

    #[test]
    fn the_shape_says_how_sure_a_date_is() {
        for (date, expected_shape, expected_datetime) in [
            ("2025-01-17", "day", "2025-01-17"),
            ("2025-01", "within", "2025-01"),
            ("2025", "within", "2025"),
            ("2025-21", "within", ""),
            ("2024-07-XX", "within", ""),
            ("202X", "within", ""),
            ("2016?", "uncertain", ""),
            ("1964/2008", "interval", ""),
            ("../2006", "ended", ""),
            ("/2006", "unknown_end", ""),
            ("2004-06-01/", "unknown_end", ""),
            ("2004-06-01~/..", "open", ""),
            ("Y170002", "within", ""),
            ("2023-12~", "about", ""),
            ("2024?", "uncertain", ""),
            ("2024-07-25/2024-07-27", "interval", ""),
            ("2024-07~/2024-08", "about", ""),
            ("2023-11/..", "open", ""),
            ("[2025-01-17,2025-01-18]", "one_of", ""),
            ("-0044-03-15", "day", ""),
        ] {
            let date: Option<Edtf> = date.parse().ok();
            assert_eq!((shape(date.as_ref()), datetime(date.as_ref()).as_str()), (expected_shape, expected_datetime));
        }
        assert_eq!((shape(None), datetime(None).as_str()), ("undated", ""));
    }
}
