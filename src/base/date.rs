//! Dates as editors write them: EDTF, the Extended Date/Time Format of ISO 8601-2.
//!
//! Levels 0 and 1 without times of day, and one-of sets of level 2: `2025-01-17`, `2024-11`, `2023`, `2023-12~` (about),
//! `2024?` (uncertain), `2024-11%` (both), `2024-07-XX` (day unknown), `202X`, `2024-22` (summer), `2023-11/..` (from then on),
//! `Y-17000` (a year of more than four digits), `[2025-01-17,2025-01-18]` (one of these). A date is a claim about days: [`Edtf::earliest`] and [`Edtf::latest`] bound them.
//!
//! ```
//! use dossier::base::date::Edtf;
//! let date: Edtf = "2024-07~".parse()?;
//! assert_eq!(date.latest().map(|day| day.to_string()).as_deref(), Some("2024-07-31"));
//! # Ok::<(), dossier::base::date::BadDate>(())
//! ```

mod day;
mod meant;
mod parse;
mod schema;
mod serial;
#[cfg(test)]
mod tests;

pub use day::{Day, Stretch};
pub use meant::meant;
pub use parse::BadDate;
use std::fmt;
use std::str::FromStr;

/// A date, an interval or a set of dates, as docs/format.md's "Dates" allows them. Made by parsing, so it is always in the
/// calendar, and an interval never ends before it starts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Edtf(Parts);

/// What an [`Edtf`] consists of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Parts {
    /// One date: `2024-07`.
    Single(Date),
    /// All the time between two ends: `2024-07-25/2024-07-27`, `2023-11/..`. At least one end is a date.
    Interval(End, End),
    /// One of these days, months or years: `[2025-01-17,2025-01-18]`. At least two, in order of time, each once.
    OneOf(Vec<Date>),
}

/// An end of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum End {
    /// A date.
    Date(Date),
    /// `..`: there is none; it goes on, or always was.
    Open,
    /// Nothing written: there is one, which is not known.
    Unknown,
}

/// A date with how far it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Date {
    /// The year; 0 is 1 BC. For `202X` the decade's first, for `-004X` too: 50 BC. One of more than four digits stands alone.
    pub year: i32,
    /// What is said below the year.
    pub precision: Precision,
    /// `~` or `%`: near that date.
    pub about: bool,
    /// `?` or `%`: the source of the date is in doubt.
    pub uncertain: bool,
}

/// How finely a date is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Precision {
    /// `20XX`: some year of these hundred.
    Century,
    /// `202X`: some year of these ten.
    Decade,
    /// `2024`.
    Year,
    /// `2024-XX`: a month of the year, not known which.
    MonthUnknown,
    /// `2024-XX-XX`: a day of the year, not known which.
    MonthAndDayUnknown,
    /// `2024-21` to `2024-24`.
    Season(Season),
    /// `2024-07`: the month, 1 to 12.
    Month(u8),
    /// `2024-07-XX`: a day of the month (1 to 12), not known which.
    DayUnknown(u8),
    /// `2024-07-25`: month and day.
    Day(u8, u8),
}

/// A season, which EDTF numbers from 21.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Season {
    /// 21; March to May.
    Spring,
    /// 22; June to August.
    Summer,
    /// 23; September to November.
    Autumn,
    /// 24; December to February of the next year.
    Winter,
}

impl Season {
    /// Its number in EDTF, 21 to 24.
    pub fn number(self) -> u8 {
        21 + self as u8
    }

    /// Its first month. EDTF leaves the months open; these are the meteorologists' of the northern hemisphere, and winter
    /// comes last so that the order of the numbers is the order of time.
    fn first_month(self) -> u8 {
        3 + 3 * (self as u8)
    }
}

impl Date {
    /// The first day it may mean.
    pub fn earliest(self) -> Day {
        let (month, day) = match self.precision {
            Precision::Season(season) => (season.first_month(), 1),
            Precision::Month(month) | Precision::DayUnknown(month) => (month, 1),
            Precision::Day(month, day) => (month, day),
            _ => (1, 1),
        };
        Day::new(self.year, month, day).unwrap_or(Day::FIRST)
    }

    /// The last day it may mean.
    pub fn latest(self) -> Day {
        let year = self.year;
        match self.precision {
            Precision::Century | Precision::Decade => Day::last_of_month(self.last_year(), 12),
            Precision::Season(Season::Winter) if year == 9999 => Day::last_of_month(year, 12),
            Precision::Season(Season::Winter) => Day::last_of_month(year + 1, 2),
            Precision::Season(season) => Day::last_of_month(year, season.first_month() + 2),
            Precision::Month(month) | Precision::DayUnknown(month) => Day::last_of_month(year, month),
            Precision::Day(..) => self.earliest(),
            Precision::Year | Precision::MonthUnknown | Precision::MonthAndDayUnknown => Day::last_of_month(year, 12),
        }
    }

    /// The last year it may mean, but for a winter's.
    pub fn last_year(self) -> i32 {
        let more = match self.precision {
            Precision::Century => 99,
            Precision::Decade => 9,
            _ => 0,
        };
        // `-000X` and `-00XX` have a sign, which the year 0 has not.
        if self.year < 0 { (self.year + more).min(-1).max(self.year) } else { self.year + more }
    }

    /// All days it may mean.
    pub fn stretch(self) -> Stretch {
        Stretch { first: Some(self.earliest()), last: Some(self.latest()) }
    }

    /// Whether a digit of it is written `X`.
    pub fn has_unknown_digits(self) -> bool {
        use Precision::{Century, DayUnknown, Decade, MonthAndDayUnknown, MonthUnknown};
        matches!(self.precision, Century | Decade | MonthUnknown | MonthAndDayUnknown | DayUnknown(_))
    }
}

impl End {
    /// Its date, if it has one.
    pub fn date(self) -> Option<Date> {
        match self {
            End::Date(date) => Some(date),
            End::Open | End::Unknown => None,
        }
    }
}

/// The order of dates: by earliest possible day, then by latest; no start comes first, no end comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SortKey {
    earliest: Option<Day>,
    endless: bool,
    latest: Option<Day>,
}

impl Edtf {
    /// What it consists of.
    pub fn parts(&self) -> &Parts {
        &self.0
    }

    /// The first day it may mean; `None` if its start is open or unknown. A date that is about or uncertain is taken as written.
    pub fn earliest(&self) -> Option<Day> {
        match &self.0 {
            Parts::Single(date) => Some(date.earliest()),
            Parts::Interval(start, _) => start.date().map(Date::earliest),
            Parts::OneOf(dates) => dates.iter().map(|date| date.earliest()).min(),
        }
    }

    /// The last day it may mean; `None` if its end is open or unknown.
    pub fn latest(&self) -> Option<Day> {
        match &self.0 {
            Parts::Single(date) => Some(date.latest()),
            Parts::Interval(_, end) => end.date().map(Date::latest),
            Parts::OneOf(dates) => dates.iter().map(|date| date.latest()).max(),
        }
    }

    /// The day, when it is one day and nothing else: neither about nor uncertain.
    pub fn day(&self) -> Option<Day> {
        match self.0 {
            Parts::Single(date @ Date { precision: Precision::Day(..), about: false, uncertain: false, .. }) => {
                Some(date.earliest())
            }
            _ => None,
        }
    }

    /// The key that puts dates in order.
    pub fn sort_key(&self) -> SortKey {
        let latest = self.latest();
        SortKey { earliest: self.earliest(), endless: latest.is_none(), latest }
    }

    /// All days it may mean: one stretch, or one for each member of a one-of set.
    pub fn stretches(&self) -> Vec<Stretch> {
        match &self.0 {
            Parts::OneOf(dates) => dates.iter().map(|date| date.stretch()).collect(),
            _ => vec![Stretch { first: self.earliest(), last: self.latest() }],
        }
    }

    /// Whether it may mean that day.
    pub fn contains(&self, day: Day) -> bool {
        self.stretches().into_iter().any(|stretch| stretch.contains(day))
    }

    /// Whether some day fits both.
    pub fn overlaps(&self, other: &Edtf) -> bool {
        Edtf::agree([self, other])
    }

    /// Whether some day fits all of them. Two by two is not enough: a one-of set may agree with each of two others on another day.
    pub fn agree<'a>(dates: impl IntoIterator<Item = &'a Edtf>) -> bool {
        let mut common = vec![Stretch { first: None, last: None }];
        for date in dates {
            let stretches = date.stretches();
            common = common.iter().flat_map(|a| stretches.iter().filter_map(|b| a.common(*b))).collect();
        }
        !common.is_empty()
    }
}

impl Edtf {
    /// A year.
    pub fn of_year(year: i32) -> Self {
        Self::plain(year, Precision::Year)
    }

    /// A month of a year.
    pub fn of_month(year: i32, month: u8) -> Self {
        Self::plain(year, Precision::Month(month))
    }

    fn plain(year: i32, precision: Precision) -> Self {
        Edtf(Parts::Single(Date { year, precision, about: false, uncertain: false }))
    }
}

impl FromStr for Edtf {
    type Err = BadDate;
    fn from_str(text: &str) -> Result<Self, BadDate> {
        parse::parts(text).map(Edtf)
    }
}

impl From<Day> for Edtf {
    fn from(day: Day) -> Self {
        Edtf::plain(day.year(), Precision::Day(day.month(), day.day()))
    }
}

/// Where something begins or ends: a date, or `..` for nowhere. For `from` and `until` of relations.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Limit {
    /// `..`: always was, or goes on.
    Open,
    /// A date.
    Date(Edtf),
}

impl Limit {
    /// Its date, if it has one.
    pub fn date(&self) -> Option<&Edtf> {
        match self {
            Limit::Open => None,
            Limit::Date(date) => Some(date),
        }
    }
}

impl FromStr for Limit {
    type Err = BadDate;
    fn from_str(text: &str) -> Result<Self, BadDate> {
        if text == ".." { Ok(Limit::Open) } else { text.parse().map(Limit::Date) }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Limit::Open => f.write_str(".."),
            Limit::Date(date) => date.fmt(f),
        }
    }
}
