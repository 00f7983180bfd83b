//! One day of the calendar, and stretches of days.

use jiff::civil;
use serde::{Serialize, Serializer};
use std::fmt;

/// A day of the proleptic Gregorian calendar, from -9999-01-01 to 9999-12-31 (ISO 8601; the year 0 is 1 BC).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(civil::Date);

impl Day {
    /// The first day there is.
    pub const FIRST: Day = Day(civil::Date::MIN);
    /// The last day there is.
    pub const LAST: Day = Day(civil::Date::MAX);

    /// That day, if the calendar has it.
    pub fn new(year: i16, month: u8, day: u8) -> Option<Day> {
        civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok().map(Day)
    }

    /// The day, in UTC, on which that many seconds have passed since 1970-01-01; `None` outside the calendar.
    pub fn of_seconds(seconds: i64) -> Option<Day> {
        Day::new(1970, 1, 1)?.plus(seconds.div_euclid(24 * 60 * 60))
    }

    /// The last day of a month from 1 to 12; past the year 9999, the last day there is.
    pub fn last_of_month(year: i16, month: u8) -> Day {
        Day::new(year, month, 1).map_or(Day::LAST, |first| Day(first.0.last_of_month()))
    }

    /// The year; 0 is 1 BC.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        self.0.month().unsigned_abs()
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u8 {
        self.0.day().unsigned_abs()
    }

    /// The day of the week as ISO 8601 counts: 1 is Monday, 7 is Sunday.
    pub fn weekday(self) -> u8 {
        self.0.weekday().to_monday_one_offset().unsigned_abs()
    }

    /// The day that many days later, or earlier for a negative number; `None` outside the calendar.
    pub fn plus(self, days: i64) -> Option<Day> {
        self.0.checked_add(jiff::Span::new().try_days(days).ok()?).ok().map(Day)
    }

    /// Days since 1970-01-01, negative before: a place on a line of time.
    pub fn number(self) -> i64 {
        self.0.duration_since(civil::Date::constant(1970, 1, 1)).as_hours() / 24
    }
}

impl fmt::Display for Day {
    /// As ISO 8601 and EDTF write it: `2025-01-17`, `-0044-03-15`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:02}-{:02}", Year(self.year()), self.month(), self.day())
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A year as EDTF writes it: a sign if negative, four digits.
pub(super) struct Year(pub(super) i16);

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{:04}", self.0.unsigned_abs())
    }
}

/// All days from the first to the last, both included; `None` has no bound on that side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stretch {
    /// The first day.
    pub first: Option<Day>,
    /// The last day.
    pub last: Option<Day>,
}

impl Stretch {
    /// The days that are in both, if any.
    pub fn common(self, other: Stretch) -> Option<Stretch> {
        let first = self.first.max(other.first);
        let last = [self.last, other.last].into_iter().flatten().min();
        let empty = matches!((first, last), (Some(first), Some(last)) if last < first);
        (!empty).then_some(Stretch { first, last })
    }

    /// Whether the day is in it.
    pub fn contains(self, day: Day) -> bool {
        self.first.is_none_or(|first| first <= day) && self.last.is_none_or(|last| day <= last)
    }
}
