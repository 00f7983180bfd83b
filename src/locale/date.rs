//! EDTF dates as a reader's words: what is about, uncertain, open or one of several says so.
//!
//! The names and the order of day, month and year are ICU's ([`calendar`]); the words around them, whose grammar CLDR does
//! not have, are written for French and English ([`wording`]).

mod calendar;
mod english;
mod french;
#[cfg(test)]
mod tests;
mod wording;

use super::BadLanguage;
use super::marks;
use super::words::Language;
use crate::base::date::{Date, Day, Edtf, End, Limit, Parts, Precision};
use calendar::{Calendar, Length};
use icu_locale_core::Locale as Tag;
use wording::{Said, Shape, Wording, dash};

#[derive(Debug)]
pub(super) struct Dates {
    calendar: Calendar,
    wording: &'static dyn Wording,
    /// Whether the calendar's texts are [marked](super::marks) as values among words of another language.
    marks: bool,
}

impl Dates {
    pub(super) fn new(tag: &Tag, language: Language) -> Result<Self, BadLanguage> {
        let wording: &'static dyn Wording = match language {
            Language::French => &french::French,
            Language::English => &english::English,
        };
        Ok(Self { calendar: Calendar::new(tag, wording)?, wording, marks: false })
    }

    /// From now on, marks the calendar's texts.
    pub(super) fn mark(&mut self) {
        self.marks = true;
    }

    fn own(&self, text: String) -> String {
        if self.marks { marks::value(&text) } else { text }
    }

    pub(super) fn long(&self, date: &Edtf) -> String {
        self.write(date, Length::Long)
    }

    pub(super) fn short(&self, date: &Edtf) -> String {
        self.write(date, Length::Short)
    }

    pub(super) fn when(&self, date: &Edtf) -> String {
        match date.parts() {
            Parts::Single(date) if !date.about => {
                self.wording.when(&self.said(*date, Length::Long)) + &self.notes(*date, Length::Long)
            }
            _ => self.long(date),
        }
    }

    pub(super) fn weekday(&self, day: Day) -> String {
        self.calendar.weekday(day)
    }

    pub(super) fn period(&self, from: Option<&Limit>, until: Option<&Limit>) -> Option<String> {
        let (start, end) = (from.and_then(Limit::date), until.and_then(Limit::date));
        Some(match (start, end) {
            (Some(start), Some(end)) => self.between(start, end),
            (Some(start), None) if until.is_some() => self.wording.since(&self.said_whole(start)),
            (Some(start), None) => self.wording.starting(&self.said_whole(start)),
            (None, Some(end)) => self.wording.until(&self.said_whole(end)),
            (None, None) => return None,
        })
    }

    fn between(&self, start: &Edtf, end: &Edtf) -> String {
        match (start.parts(), end.parts()) {
            (Parts::Single(start), Parts::Single(end)) => self.interval(*start, *end, Length::Long),
            _ => self.wording.between(&self.said_whole(start), &self.said_whole(end)),
        }
    }

    fn write(&self, date: &Edtf, length: Length) -> String {
        match date.parts() {
            Parts::Single(date) => self.single(*date, length),
            Parts::Interval(End::Date(start), End::Date(end)) => self.interval(*start, *end, length),
            Parts::Interval(End::Date(start), End::Open) => self.wording.since(&self.said_within(*start, length)),
            Parts::Interval(End::Open, End::Date(end)) => self.wording.until(&self.said_within(*end, length)),
            Parts::Interval(start, end) => {
                self.wording.between(&self.said_end(*start, length), &self.said_end(*end, length))
            }
            Parts::OneOf(dates) => self.wording.either(&self.sharing(dates, length)),
        }
    }

    fn single(&self, date: Date, length: Length) -> String {
        let said = self.said(date, length);
        let text = if date.about { self.wording.about(&said, length) } else { said.text };
        text + &self.notes(date, length)
    }

    fn interval(&self, start: Date, end: Date, length: Length) -> String {
        if start == end {
            return self.single(start, length);
        }
        let qualified = [start, end].into_iter().any(|date| date.about || date.uncertain);
        if qualified {
            return self.wording.between(&self.said_within(start, length), &self.said_within(end, length));
        }
        let texts = self.sharing(&[start, end], length);
        match (texts.as_slice(), length) {
            ([first, last], Length::Short) => dash(first, last),
            ([first, last], Length::Long) => {
                let said = |date: Date, text: &String| Said { shape: shape(date.precision), text: text.clone() };
                self.wording.range(&said(start, first), &said(end, last))
            }
            _ => String::new(),
        }
    }

    /// The texts of dates that are named together: all but the last leave out the year, or the month and year, that all share.
    fn sharing(&self, dates: &[Date], length: Length) -> Vec<String> {
        let shared = if self.calendar.year_is_last() { shared(dates) } else { Shared::Nothing };
        let brief = |date: &Date| match (shared, date.precision) {
            (Shared::MonthAndYear, Precision::Day(_, day)) => self.wording.day_number(day),
            (Shared::Year, Precision::Day(month, day)) => {
                self.own(self.calendar.month_day(date.year, month, day, length))
            }
            (Shared::Year, Precision::Month(month)) => self.own(self.calendar.month_alone(date.year, month, length)),
            _ => self.said(*date, length).text,
        };
        let Some((last, others)) = dates.split_last() else { return Vec::new() };
        others.iter().map(brief).chain([self.said(*last, length).text]).collect()
    }

    /// A date without what qualifies it.
    fn said(&self, date: Date, length: Length) -> Said {
        let year = date.year;
        let text = match date.precision {
            Precision::Decade if year >= 1000 => self.wording.decade(year),
            Precision::Century | Precision::Decade => self.years(year, date.last_year()),
            Precision::Year | Precision::MonthUnknown | Precision::MonthAndDayUnknown => {
                self.own(self.calendar.year(year))
            }
            Precision::Season(season) => self.wording.season(season, &self.own(self.calendar.year(year))),
            Precision::Month(month) | Precision::DayUnknown(month) => {
                self.own(self.calendar.month(year, month, length))
            }
            Precision::Day(month, day) => self.own(self.calendar.day(year, month, day, length)),
        };
        Said { shape: shape(date.precision), text }
    }

    /// All years of one to another, with the era once where both have the same.
    fn years(&self, first: i32, last: i32) -> String {
        let number = if first > 0 { first } else { 1 - first };
        let same_era = (first > 0) == (last > 0);
        let first = if same_era { number.to_string() } else { self.own(self.calendar.year(first)) };
        self.wording.years(&first, &self.own(self.calendar.year(last)))
    }

    /// A date as the end of something, with what qualifies it.
    fn said_within(&self, date: Date, length: Length) -> Said {
        let Said { shape, text } = self.said(date, length);
        let text = if date.about { self.wording.about_within(&text) } else { text };
        Said { shape, text: text + &self.notes(date, length) }
    }

    fn said_end(&self, end: End, length: Length) -> Said {
        match end.date() {
            Some(date) => self.said_within(date, length),
            None => Said { shape: Shape::Unknown, text: self.wording.unknown_date().to_owned() },
        }
    }

    fn said_whole(&self, date: &Edtf) -> Said {
        match date.parts() {
            Parts::Single(date) => self.said_within(*date, Length::Long),
            Parts::OneOf(dates) => {
                let shape = dates.first().map_or(Shape::Unknown, |date| shape(date.precision));
                Said { shape, text: self.long(date) }
            }
            Parts::Interval(start, end) => {
                self.said_end(if start.date().is_some() { *start } else { *end }, Length::Long)
            }
        }
    }

    fn notes(&self, date: Date, length: Length) -> String {
        if length == Length::Short {
            return if date.uncertain { self.wording.doubt().to_owned() } else { String::new() };
        }
        let unknown = match date.precision {
            Precision::DayUnknown(_) | Precision::MonthAndDayUnknown => Some(self.wording.day_unknown()),
            Precision::MonthUnknown => Some(self.wording.month_unknown()),
            _ => None,
        };
        let notes: Vec<&str> = unknown.into_iter().chain(date.uncertain.then(|| self.wording.uncertain())).collect();
        if notes.is_empty() { String::new() } else { format!(" ({})", notes.join(", ")) }
    }
}

fn shape(precision: Precision) -> Shape {
    match precision {
        Precision::Century | Precision::Decade => Shape::Years,
        Precision::Year | Precision::MonthUnknown | Precision::MonthAndDayUnknown => Shape::Year,
        Precision::Season(season) => Shape::Season(season),
        Precision::Month(_) | Precision::DayUnknown(_) => Shape::Month,
        Precision::Day(..) => Shape::Day,
    }
}

#[derive(Clone, Copy)]
enum Shared {
    Nothing,
    Year,
    MonthAndYear,
}

/// What dates of one kind have in common; a day and a month beside it are named in full.
fn shared(dates: &[Date]) -> Shared {
    let Some(first) = dates.first() else { return Shared::Nothing };
    let same_kind = |date: &Date| match (first.precision, date.precision) {
        (Precision::Day(..), Precision::Day(..)) | (Precision::Month(_), Precision::Month(_)) => {
            date.year == first.year
        }
        _ => false,
    };
    let same_month = |date: &Date| match (first.precision, date.precision) {
        (Precision::Day(a, _), Precision::Day(b, _)) => a == b,
        _ => false,
    };
    match (dates.iter().all(same_kind), dates.iter().all(same_month)) {
        (true, true) => Shared::MonthAndYear,
        (true, false) => Shared::Year,
        _ => Shared::Nothing,
    }
}
