//! A figure in a small picture, for lists: each estimate a thin line, all on one scale.

use serde::Serialize;

use super::scale;
use super::scale::ScaleOf;
use crate::base::id::Id;
use crate::derive::Context;
use crate::derive::chart::{Band, Mark};
use crate::model::figure::Figure;

/// From line to line, in CSS pixels.
const LINE: usize = 9;
/// So many lines are drawn; more make no picture clearer.
const MOST: usize = 8;

/// The picture; templates draw it with `{{<mini of={…} />}}`. It repeats what the words beside it say.
#[derive(Clone, Debug, Serialize)]
pub struct MiniChart {
    /// The estimates that have a value, in its order.
    pub rows: Vec<MiniRow>,
    /// The editors' assessment, behind all rows.
    pub band: Option<Band>,
    /// How high the picture is, in CSS pixels.
    pub height: usize,
    /// What the scale's left end is called …
    pub low: String,
    /// … and its right end.
    pub high: String,
}

/// An estimate in the picture.
#[derive(Clone, Debug, Serialize)]
pub struct MiniRow {
    /// Its place from the top, in CSS pixels.
    pub y: usize,
    /// What is drawn.
    pub marks: Vec<Mark>,
}

impl MiniChart {
    /// The picture of a figure that has two values or more to compare.
    pub fn new(context: &Context<'_>, id: Id<Figure>) -> Option<Self> {
        let (figure, standing) = (&context.dossier.figures[id], &context.links.standings[id.index()]);
        let scale = ScaleOf::new(figure, standing)?;
        let marks = standing.in_order().into_iter().map(|claim| scale.marks(&claim.estimate));
        let marks: Vec<Vec<Mark>> = marks.filter(|marks| !marks.is_empty()).take(MOST).collect();
        if marks.len() < 2 {
            return None;
        }
        let scale::Chart { ticks, band, .. } = scale.chart(context, figure);
        let end = |tick: Option<&scale::Tick>| tick.map(|tick| tick.label.clone()).unwrap_or_default();
        Some(Self {
            height: marks.len() * LINE,
            rows: (0..).zip(marks).map(|(place, marks)| MiniRow { y: place * LINE + LINE / 2, marks }).collect(),
            band,
            low: end(ticks.first()),
            high: end(ticks.last()),
        })
    }
}
