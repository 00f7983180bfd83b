//! The geometry of a figure's chart: one scale for all rows, and on it dots, ranges and arrows.
//!
//! In go low, best and high of numbers, or days; out come places in percent of the width of a row, which a template draws
//! with SVG attributes. So a chart is as wide as its column, and dots stay round. Nothing here knows a record or a word.
//!
//! ```
//! use dossier::derive::chart::{Mark, Scale};
//! let scale = Scale::of([20.0, 84.0], 5);
//! assert_eq!((scale.low, scale.high), (0.0, 100.0));
//! assert_eq!(scale.number(Some(20.0), None, None), [Mark::to_end(20.0), Mark::dot(20.0, true)]);
//! ```

pub mod days;

use serde::Serialize;

use crate::base::date::{Date, Edtf, End, Parts};

/// A line of numbers, or of days since 1970.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    /// Its left end.
    pub low: f64,
    /// Its right end.
    pub high: f64,
    /// From tick to tick; 0 where ticks are set one by one.
    pub step: f64,
}

/// What is drawn in a row. Places are in percent of its width.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Mark {
    /// `dot`, `line` or `arrow`: the name of the shape, and its class.
    pub shape: &'static str,
    /// Its left end, or its middle.
    pub from: f64,
    /// Its right end; for an arrow, where it points.
    pub to: f64,
    /// A dot that is a bound, not a value; a line or dot that is only about there.
    pub hollow: bool,
}

impl Mark {
    /// A value, or when hollow, a bound.
    pub fn dot(at: f64, hollow: bool) -> Self {
        Self { shape: "dot", from: at, to: at, hollow }
    }

    /// From one bound to the other.
    pub fn line(from: f64, to: f64) -> Self {
        Self { shape: "line", from, to, hollow: false }
    }

    /// Everything above.
    pub fn to_end(from: f64) -> Self {
        Self { shape: "arrow", from, to: 100.0, hollow: false }
    }

    /// Everything below.
    pub fn to_start(from: f64) -> Self {
        Self { shape: "arrow", from, to: 0.0, hollow: false }
    }
}

/// An area behind all rows, in percent.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Band {
    /// Its left edge.
    pub from: f64,
    /// Its width.
    pub width: f64,
}

impl Scale {
    /// A scale with round ends that holds all values, with about `ticks` ticks.
    ///
    /// It starts at zero when there is one value, or the values reach down near it.
    pub fn of(values: impl IntoIterator<Item = f64>, ticks: usize) -> Self {
        let finite = values.into_iter().filter(|value| value.is_finite());
        let (least, most) =
            finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), value| (a.min(value), b.max(value)));
        if least > most {
            return Self { low: 0.0, high: 1.0, step: 1.0 };
        }
        let (least, most) = if least == most { (least.min(0.0), most.max(0.0)) } else { (least, most) };
        let least = if least > 0.0 && least < 0.6 * most { 0.0 } else { least };
        let spread = if most > least { most - least } else { ticks as f64 };
        let step = nice(spread / ticks.max(1) as f64);
        let low = (least / step).floor() * step;
        let high = (most / step).ceil() * step;
        Self { low, high: high.max(low + step), step }
    }

    /// With a step more at an end that an open range (low, best, high) reaches: its arrow would have no length there, and
    /// its dot would hide it. Numbers that start at zero do not go below it.
    pub fn with_room(mut self, ranges: impl IntoIterator<Item = [Option<f64>; 3]>) -> Self {
        let (start, end) = (self.low, self.high);
        for range in ranges {
            let mut values = range.into_iter().flatten();
            match range {
                [Some(_), _, None] if values.any(|value| value >= end) => self.high = end + self.step,
                [None, _, Some(_)] if start > 0.0 && values.any(|value| value <= start) => self.low = start - self.step,
                _ => {}
            }
        }
        self
    }

    /// The place of a value, in percent of the width, to two decimals; what is off the scale is at its end.
    pub fn at(&self, value: f64) -> f64 {
        let share = (value - self.low) / (self.high - self.low);
        (share.clamp(0.0, 1.0) * 10_000.0).round() / 100.0
    }

    /// The values that have a line and a label.
    pub fn ticks(&self) -> Vec<f64> {
        if self.step <= 0.0 {
            return Vec::new();
        }
        let count = ((self.high - self.low) / self.step).round();
        (0..=100u8)
            .map(f64::from)
            .take_while(|n| *n <= count)
            .map(|n| clean(self.low + n * self.step, self.step))
            .collect()
    }

    /// How a number is drawn: its range as a line or an arrow, its bounds hollow, its best value filled.
    pub fn number(&self, low: Option<f64>, best: Option<f64>, high: Option<f64>) -> Vec<Mark> {
        let (low, best, high) = (low.map(|v| self.at(v)), best.map(|v| self.at(v)), high.map(|v| self.at(v)));
        let mut marks = match (low, high) {
            (Some(low), Some(high)) => vec![Mark::line(low, high)],
            (Some(low), None) => vec![Mark::to_end(low)],
            (None, Some(high)) => vec![Mark::to_start(high)],
            (None, None) => Vec::new(),
        };
        let bounds = [low, high].into_iter().flatten().filter(|bound| Some(*bound) != best);
        // Two bounds are the ends of a line; a lone one is an open end, and hollow says so.
        let open = low.is_none() || high.is_none();
        marks.extend(bounds.map(|bound| Mark::dot(bound, open || best.is_some())));
        marks.extend(best.map(|best| Mark::dot(best, false)));
        marks
    }

    /// How a date is drawn: a day as a dot, more days as a line, one of several as dots that are joined.
    pub fn date(&self, date: &Edtf) -> Vec<Mark> {
        match date.parts() {
            Parts::Single(date) => vec![self.stretch(*date)],
            Parts::Interval(start, end) => self.interval(*start, *end),
            Parts::OneOf(dates) => {
                let dots: Vec<Mark> = dates.iter().map(|date| self.stretch(*date)).collect();
                let ends = dots
                    .first()
                    .zip(dots.last())
                    .map(|(first, last)| Mark { hollow: true, ..Mark::line(first.from, last.to) });
                ends.into_iter().chain(dots).collect()
            }
        }
    }

    fn stretch(&self, date: Date) -> Mark {
        let (first, last) = (date.earliest().number() as f64, date.latest().number() as f64);
        let hollow = date.about || date.uncertain;
        if first >= last {
            return Mark::dot(self.at(first + 0.5), hollow);
        }
        Mark { hollow, ..Mark::line(self.at(first), self.at(last + 1.0)) }
    }

    fn interval(&self, start: End, end: End) -> Vec<Mark> {
        let from = start.date().map(|date| self.at(date.earliest().number() as f64));
        let to = end.date().map(|date| self.at(date.latest().number() as f64 + 1.0));
        match (from, to) {
            (Some(from), Some(to)) => vec![Mark::line(from, to)],
            (Some(from), None) => vec![Mark::to_end(from), Mark::dot(from, true)],
            (None, Some(to)) => vec![Mark::to_start(to), Mark::dot(to, true)],
            (None, None) => Vec::new(),
        }
    }

    /// The area between two values; an open side goes to the end.
    pub fn band(&self, low: Option<f64>, high: Option<f64>) -> Option<Band> {
        let (from, to) = match (low, high) {
            (None, None) => return None,
            (low, high) => (low.map_or(0.0, |low| self.at(low)), high.map_or(100.0, |high| self.at(high))),
        };
        // A band of one value is still to be seen.
        let (from, to) = if to - from < 0.8 { (from - 0.4, to + 0.4) } else { (from, to) };
        Some(Band { from: hundredth(from), width: hundredth(to - from) })
    }
}

/// The round number next above: 1, 2, 2.5 or 5 times a power of ten.
fn nice(step: f64) -> f64 {
    let power = 10f64.powf(step.log10().floor());
    let choices = if power >= 10.0 { &[1.0, 2.0, 2.5, 5.0, 10.0][..] } else { &[1.0, 2.0, 5.0, 10.0] };
    choices.iter().map(|n| n * power).find(|candidate| *candidate >= step * 0.999).unwrap_or(10.0 * power)
}

/// Takes away what adding steps such as 0.1 leaves behind.
fn clean(value: f64, step: f64) -> f64 {
    let digits = 10f64.powf((-step.log10().floor()).max(0.0));
    (value * digits).round() / digits
}

fn hundredth(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_have_round_ends_and_a_handful_of_ticks() {
        for (values, low, high, ticks) in [
            (&[20.0, 84.0][..], 0.0, 100.0, "0 20 40 60 80 100"),
            (&[900.0, 4000.0], 0.0, 4000.0, "0 1000 2000 3000 4000"),
            (&[11.0], 0.0, 15.0, "0 5 10 15"),
            (&[0.0], 0.0, 1.0, "0 1"),
            (&[70.0, 80.0], 70.0, 80.0, "70 72 74 76 78 80"),
            (&[0.1, 0.45], 0.0, 0.5, "0 0.1 0.2 0.3 0.4 0.5"),
            (&[-5.0, 5.0], -6.0, 6.0, "-6 -4 -2 0 2 4 6"),
            (&[1.2e9, 3.4e9], 0.0, 4e9, "0 1000000000 2000000000 3000000000 4000000000"),
            (&[], 0.0, 1.0, "0 1"),
            (&[f64::NAN, f64::INFINITY], 0.0, 1.0, "0 1"),
        ] {
            let scale = Scale::of(values.iter().copied(), 5);
            let found: Vec<String> = scale.ticks().iter().map(f64::to_string).collect();
            assert_eq!((scale.low, scale.high, found.join(" ").as_str()), (low, high, ticks), "{values:?}");
        }
    }

    #[test]
    fn an_arrow_has_room() {
        let scale = Scale { low: 70.0, high: 100.0, step: 10.0 };
        for (range, low, high) in [
            ([Some(100.0), None, None], 70.0, 110.0),
            ([Some(80.0), Some(100.0), None], 70.0, 110.0),
            ([Some(90.0), None, None], 70.0, 100.0),
            ([None, None, Some(70.0)], 60.0, 100.0),
            ([None, Some(100.0), None], 70.0, 100.0),
            ([Some(70.0), None, Some(100.0)], 70.0, 100.0),
        ] {
            let found = scale.clone().with_room([range]);
            assert_eq!((found.low, found.high), (low, high), "{range:?}");
        }
        let from_zero = Scale { low: 0.0, high: 100.0, step: 25.0 }.with_room([[None, None, Some(0.0)]]);
        assert_eq!((from_zero.low, from_zero.high), (0.0, 100.0));
    }

    fn shown(marks: &[Mark]) -> String {
        let one = |mark: &Mark| {
            let hollow = if mark.hollow { "~" } else { "" };
            match mark.shape {
                "dot" => format!("{hollow}dot {}", mark.from),
                shape => format!("{hollow}{shape} {}>{}", mark.from, mark.to),
            }
        };
        marks.iter().map(one).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn numbers_are_dots_ranges_and_arrows() {
        let scale = Scale { low: 0.0, high: 100.0, step: 20.0 };
        for (low, best, high, expected) in [
            (None, Some(84.0), None, "dot 84"),
            (Some(20.0), None, None, "arrow 20>100, ~dot 20"),
            (None, None, Some(30.0), "arrow 30>0, ~dot 30"),
            (Some(40.0), None, Some(60.0), "line 40>60, dot 40, dot 60"),
            (Some(40.0), Some(50.0), Some(60.0), "line 40>60, ~dot 40, ~dot 60, dot 50"),
            (Some(46.0), Some(46.0), Some(84.0), "line 46>84, ~dot 84, dot 46"),
            (None, None, None, ""),
        ] {
            assert_eq!(shown(&scale.number(low, best, high)), expected);
        }
    }

    #[test]
    fn dates_look_as_uncertain_as_they_are() -> Result<(), crate::base::date::BadDate> {
        let day = |text: &str| -> Result<f64, crate::base::date::BadDate> {
            Ok(text.parse::<Edtf>()?.earliest().map_or(0.0, |day| day.number() as f64))
        };
        let scale = Scale { low: day("2025-01-01")?, high: day("2025-01-11")?, step: 0.0 };
        for (date, expected) in [
            ("2025-01-03", "dot 25"),
            ("2025-01-03~", "~dot 25"),
            ("2025-01-02/2025-01-04", "line 10>40"),
            ("[2025-01-02,2025-01-04]", "~line 15>35, dot 15, dot 35"),
            ("2025-01-06/..", "arrow 50>100, ~dot 50"),
            ("../2025-01-05", "arrow 50>0, ~dot 50"),
            ("2025-01", "line 0>100"),
        ] {
            assert_eq!(shown(&scale.date(&date.parse()?)), expected, "{date}");
        }
        Ok(())
    }

    #[test]
    fn the_band_is_as_wide_as_the_assessment_and_never_nothing() {
        let scale = Scale { low: 0.0, high: 200.0, step: 50.0 };
        let band = |low, high| scale.band(low, high).map(|band| (band.from, band.width));
        assert_eq!(band(Some(50.0), Some(100.0)), Some((25.0, 25.0)));
        assert_eq!(band(Some(50.0), None), Some((25.0, 75.0)));
        assert_eq!(band(None, Some(50.0)), Some((0.0, 25.0)));
        assert_eq!(band(Some(50.0), Some(50.0)), Some((24.6, 0.8)));
        assert_eq!(band(None, None), None);
    }
}
