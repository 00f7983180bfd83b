//! The scale that all estimates of a figure are drawn on, with its labels in the page's language.

use serde::Serialize;

use crate::derive::Context;
use crate::derive::chart::days::{self, DateTick};
use crate::derive::chart::{Band, Mark, Scale};
use crate::link::standing::Standing;
use crate::model::figure::{Amount, Estimate, Figure, FigureKind};

/// A chart on a phone has room for so many labels.
const TICKS: usize = 4;

/// A scale.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Chart {
    /// Its ends in words, for those who do not see it.
    pub title: String,
    /// Its ticks.
    pub ticks: Vec<Tick>,
    /// The editors' assessment, behind all rows.
    pub band: Option<Band>,
}

/// A line across all rows, and its label.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tick {
    /// Its place, in percent of the width.
    pub at: f64,
    /// Its label.
    pub label: String,
    /// Which side of its place the label is on, as SVG's `text-anchor`.
    pub anchor: &'static str,
}

/// The scale of a figure with values.
pub(in crate::derive) struct ScaleOf {
    scale: Scale,
    dates: Vec<DateTick>,
}

impl ScaleOf {
    pub(in crate::derive) fn new(figure: &Figure, standing: &Standing) -> Option<Self> {
        let own = figure.keys.assessment.as_ref();
        match figure.kind() {
            FigureKind::Number => {
                let said = standing.estimates.iter().map(|claim| &claim.estimate);
                let said = said.map(|estimate| [estimate.low, estimate.best, estimate.high]);
                let own = own.map(|own| [own.low, own.best, own.high]);
                let ranges = said.chain(own).map(|range| range.map(|amount| amount.map(|amount| amount.0)));
                let ranges: Vec<[Option<f64>; 3]> = ranges.collect();
                let values: Vec<f64> = ranges.iter().flatten().flatten().copied().collect();
                let scale = (!values.is_empty()).then(|| Scale::of(values, TICKS).with_room(ranges))?;
                Some(Self { scale, dates: Vec::new() })
            }
            FigureKind::Date => {
                let said = standing.estimates.iter().filter_map(|claim| claim.estimate.date.as_ref());
                let (scale, dates) = days::scale(said.chain(own.and_then(|own| own.date.as_ref())))?;
                Some(Self { scale, dates })
            }
            FigureKind::Account => None,
        }
    }

    /// How an estimate is drawn.
    pub(in crate::derive) fn marks(&self, estimate: &Estimate) -> Vec<Mark> {
        let value = |amount: Option<Amount>| amount.map(|amount| amount.0);
        match &estimate.date {
            Some(date) => self.scale.date(date),
            None => self.scale.number(value(estimate.low), value(estimate.best), value(estimate.high)),
        }
    }

    /// The scale as it is shown.
    pub(in crate::derive) fn chart(&self, context: &Context<'_>, figure: &Figure) -> Chart {
        let numbers = self.scale.ticks().into_iter().map(|value| (self.scale.at(value), context.locale.number(value)));
        let dates = self.dates.iter().map(|tick| (tick.at, context.locale.date_short(&tick.date)));
        let labels: Vec<(f64, String)> = if self.dates.is_empty() { numbers.collect() } else { dates.collect() };
        let end = |label: Option<&(f64, String)>| label.map(|(_, label)| label.clone()).unwrap_or_default();
        let (low, high) = (end(labels.first()), end(labels.last()));
        Chart {
            title: context.locale.phrase("figure.scale", &[("low", &low), ("high", &high)]),
            ticks: labels.into_iter().map(|(at, label)| Tick { at, label, anchor: anchor(at) }).collect(),
            band: self.band(figure),
        }
    }

    fn band(&self, figure: &Figure) -> Option<Band> {
        let own = figure.keys.assessment.as_ref()?;
        let value = |amount: Option<Amount>| amount.map(|amount| amount.0);
        match &own.date {
            Some(date) => {
                let first = date.earliest().map(|day| day.number() as f64);
                self.scale.band(first, date.latest().map(|day| day.number() as f64 + 1.0))
            }
            None if own.low.is_none() && own.high.is_none() => self.scale.band(value(own.best), value(own.best)),
            None => self.scale.band(value(own.low), value(own.high)),
        }
    }
}

/// A label at an end of the scale stays inside it.
fn anchor(at: f64) -> &'static str {
    match at {
        at if at < 6.0 => "start",
        at if at > 94.0 => "end",
        _ => "middle",
    }
}

#[cfg(test)]
mod tests {
    use super::anchor;

    #[test]
    fn labels_stay_inside_the_scale() {
        assert_eq!([0.0, 50.0, 100.0].map(anchor), ["start", "middle", "end"]);
    }
}
