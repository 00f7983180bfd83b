//! Days, months and years by ICU, in the Gregorian calendar whatever the country's own is: that is what EDTF writes.

use super::super::BadLanguage;
use super::wording::Wording;
use crate::base::date::Day;
use icu_datetime::fieldsets::{E, M, MD, Y, YM, YMD};
use icu_datetime::input::Date;
use icu_datetime::options::YearStyle;
use icu_datetime::preferences::CalendarAlgorithm;
use icu_datetime::{DateTimeFormatter, DateTimeFormatterPreferences};
use icu_locale_core::{Locale as Tag, locale};

/// For sentences, or for the cells of tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Length {
    Long,
    Short,
}

#[derive(Debug)]
pub(super) struct Calendar {
    long: Names,
    short: Names,
    year: DateTimeFormatter<Y>,
    weekday: DateTimeFormatter<E>,
    wording: &'static dyn Wording,
    year_is_last: bool,
}

#[derive(Debug)]
struct Names {
    day: DateTimeFormatter<YMD>,
    month: DateTimeFormatter<YM>,
    month_day: DateTimeFormatter<MD>,
    month_alone: DateTimeFormatter<M>,
}

/// A macro because the type of ICU's date has a name only in another crate. ICU's calendar has every day that ours has; were
/// one missing, its numbers would do.
macro_rules! show {
    ($formatter:expr, $year:expr, $month:expr, $day:expr) => {
        match Date::try_new_iso($year, $month, $day) {
            Ok(date) => $formatter.format(&date).to_string(),
            Err(_) => format!("{}-{:02}-{:02}", $year, $month, $day),
        }
    };
}

impl Calendar {
    pub(super) fn new(tag: &Tag, wording: &'static dyn Wording) -> Result<Self, BadLanguage> {
        // CLDR's plain `en` is American; an international reader expects the day first.
        let english = locale!("en-GB");
        let plain_english = tag.id.language == english.id.language && tag.id.region.is_none();
        let calendar = Self::load(if plain_english { &english } else { tag }, wording)?;
        // Without data for a language ICU numbers the months, as M11; English names say more.
        if calendar.month(2001, 11, Length::Long).contains("M11") {
            Self::load(&english, wording)
        } else {
            Ok(calendar)
        }
    }

    fn load(tag: &Tag, wording: &'static dyn Wording) -> Result<Self, BadLanguage> {
        let mut preferences = DateTimeFormatterPreferences::from(tag);
        preferences.calendar_algorithm = Some(CalendarAlgorithm::Gregory);
        let year = Y::long().with_year_style(YearStyle::Full);
        let mut calendar = Self {
            long: Names::new(preferences, YMD::long(), YM::long(), MD::long(), M::long())?,
            short: Names::new(preferences, YMD::medium(), YM::medium(), MD::medium(), M::medium())?,
            year: DateTimeFormatter::try_new(preferences, year).map_err(BadLanguage::load)?,
            weekday: DateTimeFormatter::try_new(preferences, E::long()).map_err(BadLanguage::load)?,
            wording,
            year_is_last: false,
        };
        let example = [Length::Long, Length::Short].map(|length| calendar.day(2001, 11, 25, length));
        calendar.year_is_last = example.iter().all(|text| text.starts_with("25\u{a0}") && text.ends_with("2001"));
        Ok(calendar)
    }

    /// Whether a date is day, month, year in words, so that what is shared can be said once, at the end.
    pub(super) fn year_is_last(&self) -> bool {
        self.year_is_last
    }

    pub(super) fn day(&self, year: i32, month: u8, day: u8, length: Length) -> String {
        let text = show!(self.names(length).day, year, month, day);
        self.bind_year(year, self.bind_day(day, text))
    }

    pub(super) fn month(&self, year: i32, month: u8, length: Length) -> String {
        self.bind_year(year, show!(self.names(length).month, year, month, 1))
    }

    pub(super) fn year(&self, year: i32) -> String {
        self.plain_year(year).replace(' ', "\u{a0}")
    }

    pub(super) fn month_day(&self, year: i32, month: u8, day: u8, length: Length) -> String {
        self.bind_day(day, show!(self.names(length).month_day, year, month, day))
    }

    pub(super) fn month_alone(&self, year: i32, month: u8, length: Length) -> String {
        show!(self.names(length).month_alone, year, month, 1)
    }

    pub(super) fn weekday(&self, day: Day) -> String {
        show!(self.weekday, day.year(), day.month(), day.day())
    }

    fn names(&self, length: Length) -> &Names {
        match length {
            Length::Long => &self.long,
            Length::Short => &self.short,
        }
    }

    fn plain_year(&self, year: i32) -> String {
        if (-9998..=9999).contains(&year) { show!(self.year, year, 1, 1) } else { self.long_year(year) }
    }

    /// ICU ends at four digits: the words around a year are those of the last that it has, its digits stand in groups.
    fn long_year(&self, year: i32) -> String {
        let (last, number) = if year < 0 { (-9998, 1 - i64::from(year)) } else { (9999, i64::from(year)) };
        let around: String = show!(self.year, last, 1, 1);
        let digits = number.to_string();
        let groups: Vec<&str> =
            digits.as_bytes().rchunks(3).rev().filter_map(|group| std::str::from_utf8(group).ok()).collect();
        match around.contains("9999") {
            true => around.replace("9999", &groups.join(self.wording.thousands())),
            false => year.to_string(),
        }
    }

    /// The day and the month beside it stay on one line, and French writes 1er, which CLDR has not.
    fn bind_day(&self, day: u8, text: String) -> String {
        match text.strip_prefix(&format!("{day} ")) {
            Some(rest) => format!("{}\u{a0}{rest}", self.wording.day_number(day)),
            None => text.replacen(&format!(" {day},"), &format!("\u{a0}{day},"), 1),
        }
    }

    /// A year and its era, as in 44 av. J.-C., stay on one line.
    fn bind_year(&self, year: i32, text: String) -> String {
        if year >= 1000 { text } else { text.replace(&self.plain_year(year), &self.year(year)) }
    }
}

impl Names {
    fn new(
        preferences: DateTimeFormatterPreferences,
        day: YMD,
        month: YM,
        month_day: MD,
        alone: M,
    ) -> Result<Self, BadLanguage> {
        let (day, month) = (day.with_year_style(YearStyle::Full), month.with_year_style(YearStyle::Full));
        Ok(Self {
            day: DateTimeFormatter::try_new(preferences, day).map_err(BadLanguage::load)?,
            month: DateTimeFormatter::try_new(preferences, month).map_err(BadLanguage::load)?,
            month_day: DateTimeFormatter::try_new(preferences, month_day).map_err(BadLanguage::load)?,
            month_alone: DateTimeFormatter::try_new(preferences, alone).map_err(BadLanguage::load)?,
        })
    }
}
