//! A scale of time: days, months or years, whichever gives a handful of ticks.

use super::Scale;
use crate::base::date::{Day, Edtf};

/// More labels than this run into one another on a phone.
const MOST_TICKS: usize = 5;

/// A tick on a scale of time.
#[derive(Clone, Debug, PartialEq)]
pub struct DateTick {
    /// Its place, in percent.
    pub at: f64,
    /// What it stands for: a day, a month or a year.
    pub date: Edtf,
}

/// How far it is from tick to tick.
#[derive(Clone, Copy)]
enum Unit {
    Days(i64),
    Months(i64),
}

/// Finest first.
const UNITS: &[Unit] = &[
    Unit::Days(1),
    Unit::Days(2),
    Unit::Days(7),
    Unit::Days(14),
    Unit::Months(1),
    Unit::Months(2),
    Unit::Months(3),
    Unit::Months(6),
    Unit::Months(12),
    Unit::Months(24),
    Unit::Months(60),
    Unit::Months(120),
    Unit::Months(600),
    Unit::Months(1200),
    Unit::Months(6000),
    Unit::Months(12_000),
    Unit::Months(60_000),
    Unit::Months(120_000),
    Unit::Months(600_000),
    Unit::Months(1_200_000),
    Unit::Months(6_000_000),
    Unit::Months(12_000_000),
    Unit::Months(60_000_000),
    Unit::Months(120_000_000),
    Unit::Months(600_000_000),
    Unit::Months(1_200_000_000),
    Unit::Months(6_000_000_000),
];

/// The scale that holds all the days that dates may mean, and its ticks. `None` when no date has an end.
pub fn scale<'a>(dates: impl IntoIterator<Item = &'a Edtf>) -> Option<(Scale, Vec<DateTick>)> {
    let ends: Vec<i64> =
        dates.into_iter().flat_map(|date| [date.earliest(), date.latest()]).flatten().map(Day::number).collect();
    let (first, last) = (*ends.iter().min()?, *ends.iter().max()? + 1);
    let margin = ((last - first) / 20).max(1);
    let (first, last) = (first - margin, last + margin);
    let scale = Scale { low: first as f64, high: last as f64, step: 0.0 };
    // A margin may go beyond the calendar; ticks do not.
    let (first, last) = (first.max(Day::FIRST.number()), last.min(Day::LAST.number()));
    let ticks = UNITS.iter().map(|unit| unit.ticks(first, last)).find(|ticks| ticks.len() <= MOST_TICKS)?;
    let place = |(at, date): (f64, Edtf)| DateTick { at: scale.at(at), date };
    let ticks = ticks.into_iter().map(place).collect();
    Some((scale, ticks))
}

impl Unit {
    /// One tick more than would do tells that these are too many.
    fn ticks(self, first: i64, last: i64) -> Vec<(f64, Edtf)> {
        match self {
            Unit::Days(step) => (first + step / 2..last)
                .step_by(usize::try_from(step).unwrap_or(1))
                .filter_map(|number| Some((number as f64 + 0.5, Edtf::from(Day::of_number(number)?))))
                .take(MOST_TICKS + 1)
                .collect(),
            Unit::Months(step) => months(first, last, step).take(MOST_TICKS + 1).collect(),
        }
    }
}

/// The months, counted from the year 0, whose first day is on the scale.
fn months(first: i64, last: i64, step: i64) -> impl Iterator<Item = (f64, Edtf)> {
    let start = Day::of_number(first).map_or(0, |day| i64::from(day.year()) * 12 + i64::from(day.month()) - 1);
    let start = (start + step - 1).div_euclid(step) * step;
    let all = (0..).map(move |n| start + n * step).map_while(move |month| {
        let (year, number) = (i32::try_from(month.div_euclid(12)).ok()?, u8::try_from(month.rem_euclid(12) + 1).ok()?);
        let day = Day::new(year, number, 1)?;
        let date = if step % 12 == 0 { Edtf::of_year(year) } else { Edtf::of_month(year, number) };
        (day.number() < last).then_some((day.number(), date))
    });
    all.filter(move |(at, _)| *at >= first).map(|(at, date)| (at as f64, date))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_days_months_or_years() {
        for (dates, expected) in [
            (&["2025-01-17"][..], "2025-01-16 2025-01-17 2025-01-18"),
            (&["2025-01-17", "[2025-01-17,2025-01-18]"], "2025-01-16 2025-01-17 2025-01-18 2025-01-19"),
            (&["2024-12-30", "2025-01-06"], "2024-12-30 2025-01-01 2025-01-03 2025-01-05 2025-01-07"),
            (&["2024-11", "2025-01-18"], "2024-11 2024-12 2025-01"),
            (&["2021", "2025-06"], "2021 2022 2023 2024 2025"),
            (&["1960/.."], "1959-12-31 1960-01-01 1960-01-02"),
            (&["0900", "2024"], "1000 1500 2000"),
            (&["-0043-02-20", "-0043-04-15"], "-0043-02-25 -0043-03-11 -0043-03-25 -0043-04-08"),
            (&["-0260", "-0100"], "-0250 -0200 -0150 -0100"),
            (&["Y-170000002", "Y-60000000"], "Y-150000000 Y-100000000"),
            (&["Y-999999999", "Y999999999"], "Y-500000000 0000 Y500000000"),
        ] {
            let dates: Vec<Edtf> = dates.iter().filter_map(|date| date.parse().ok()).collect();
            let ticks = scale(&dates).map(|(_, ticks)| ticks).unwrap_or_default();
            let found: Vec<String> = ticks.iter().map(|tick| tick.date.to_string()).collect();
            assert_eq!(found.join(" "), expected, "{dates:?}");
        }
        assert_eq!(scale(&[]), None);
    }
}
