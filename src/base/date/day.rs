//! One day of the calendar, and stretches of days.

use serde::{Serialize, Serializer};
use std::fmt;

/// A day of the proleptic Gregorian calendar (ISO 8601; the year 0 is 1 BC).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: i32,
    month: u8,
    day: u8,
}

/// The year farthest from 0 that a date can have: of nine digits, as EDTF's own example.
pub(super) const LAST_YEAR: i32 = 999_999_999;

impl Day {
    /// The first day there is.
    pub const FIRST: Day = Day { year: -LAST_YEAR, month: 1, day: 1 };
    /// The last day there is.
    pub const LAST: Day = Day { year: LAST_YEAR, month: 12, day: 31 };

    /// That day, if the calendar has it.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Day> {
        let has = (-LAST_YEAR..=LAST_YEAR).contains(&year) && (1..=12).contains(&month);
        (has && (1..=days_of(year, month)).contains(&day)).then_some(Day { year, month, day })
    }

    /// The day, in UTC, on which that many seconds have passed since 1970-01-01; `None` outside the years of four digits,
    /// which is all that a clock means.
    pub fn of_seconds(seconds: i64) -> Option<Day> {
        Day::of_number(seconds.div_euclid(24 * 60 * 60)).filter(|day| (0..=9999).contains(&day.year))
    }

    /// The last day of a month from 1 to 12; past the years that can be written, the last day there is.
    pub fn last_of_month(year: i32, month: u8) -> Day {
        Day::new(year, month, 1).map_or(Day::LAST, |first| Day { day: days_of(year, month), ..first })
    }

    /// The year; 0 is 1 BC.
    pub fn year(self) -> i32 {
        self.year
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u8 {
        self.day
    }

    /// The day of the week as ISO 8601 counts: 1 is Monday, 7 is Sunday.
    pub fn weekday(self) -> u8 {
        // The first of 1970 was a Thursday.
        let from_monday = (self.number() + 3).rem_euclid(7);
        u8::try_from(from_monday).unwrap_or_default() + 1
    }

    /// The day that many days later, or earlier for a negative number; `None` outside the calendar.
    pub fn plus(self, days: i64) -> Option<Day> {
        Day::of_number(self.number().checked_add(days)?)
    }

    /// Days since 1970-01-01, negative before: a place on a line of time.
    pub fn number(self) -> i64 {
        // Howard Hinnant's `days_from_civil`: eras of 400 years from 1 March of the year 0.
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let of_year = (153 * ((i64::from(self.month) + 9) % 12) + 2) / 5 + i64::from(self.day) - 1;
        era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year - 719_468
    }

    /// The way back from [`Day::number`]; `None` outside the calendar.
    pub fn of_number(number: i64) -> Option<Day> {
        // His `civil_from_days`.
        let shifted = number.checked_add(719_468)?;
        let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * of_year + 2) / 153;
        let of_month = of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Day::new(i32::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(of_month).ok()?)
    }
}

fn days_of(year: i32, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for Day {
    /// As ISO 8601 writes it: `2025-01-17`, `-0044-03-15`, `+12000-01-01`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.year > 9999 { "+" } else { "" };
        write!(f, "{sign}{}-{:02}-{:02}", FourDigits(self.year), self.month, self.day)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A year as EDTF writes it: a sign if negative, four digits; a longer one after a `Y`.
pub(super) struct Year(pub(super) i32);

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letter = if self.0.abs() > 9999 { "Y" } else { "" };
        write!(f, "{letter}{}", FourDigits(self.0))
    }
}

/// A year in four digits at least.
struct FourDigits(i32);

impl fmt::Display for FourDigits {
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
