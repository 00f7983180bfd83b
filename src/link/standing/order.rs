//! The order in which pages show the estimates of a figure. It is found once: a long list stands on many pages.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::Claim;
use crate::base::date::Day;
use crate::base::span::offset;
use crate::model::figure::{Amount, Estimate, FigureKind};

/// The places of estimates in that order: numbers and dates by value; accounts by what they say, the most told first, and those
/// that tell nothing last.
pub(super) fn of(kind: FigureKind, estimates: &[Claim]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..offset(estimates.len())).collect();
    let at = |place: &u32| &estimates[*place as usize];
    match kind {
        FigureKind::Account => {
            let mut told: BTreeMap<Option<&str>, (usize, u32)> = BTreeMap::new();
            for place in &order {
                told.entry(at(place).account()).or_insert((0, *place)).0 += 1;
            }
            order.sort_by_cached_key(|place| {
                let account = at(place).account();
                let (tellers, first) = told[&account];
                (account.is_none(), Reverse(tellers), first)
            });
        }
        FigureKind::Number | FigureKind::Date => order.sort_by(|one, other| {
            let (one, other) = (value(&at(one).estimate), value(&at(other).estimate));
            one.partial_cmp(&other).unwrap_or(std::cmp::Ordering::Equal)
        }),
    }
    order
}

/// What estimates are sorted by: those without a value come last, with words before those without.
fn value(estimate: &Estimate) -> (u8, f64, f64) {
    let amount = |amount: Option<Amount>| amount.map(|amount| amount.0);
    let (low, best, high) = (amount(estimate.low), amount(estimate.best), amount(estimate.high));
    let day = |day: Option<Day>, none: f64| day.map_or(none, |day| day.number() as f64);
    match (low.or(best).or(high), &estimate.date) {
        (_, Some(date)) => (0, day(date.earliest(), f64::NEG_INFINITY), day(date.latest(), f64::INFINITY)),
        (Some(first), _) => (0, first, high.or(best).unwrap_or(f64::INFINITY)),
        (None, None) => (if estimate.words.is_some() { 1 } else { 2 }, 0.0, 0.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::Node;

    fn check(kind: FigureKind, estimates: impl IntoIterator<Item = Estimate>, expected: &[u32]) {
        let claims = estimates.into_iter().map(|estimate| Claim { from: Node::Home, annotation: None, estimate });
        assert_eq!(of(kind, &claims.collect::<Vec<_>>()), expected);
    }

    #[test]
    fn estimates_are_in_order_of_value_and_those_without_come_last() {
        let number = |low: Option<f64>, best: Option<f64>, high: Option<f64>| Estimate {
            low: low.map(Amount),
            best: best.map(Amount),
            high: high.map(Amount),
            ..Estimate::default()
        };
        let words = Estimate { words: Some("dozens".to_owned()), ..Estimate::default() };
        let none = Estimate { none: true, ..Estimate::default() };
        let numbers = [
            none,
            words,
            number(None, None, Some(84.0)),
            number(None, Some(46.0), None),
            number(Some(20.0), None, None),
            number(Some(20.0), None, Some(30.0)),
        ];
        check(FigureKind::Number, numbers, &[5, 4, 3, 2, 1, 0]);
        let date = |text: &str| Estimate { date: text.parse().ok(), ..Estimate::default() };
        check(FigureKind::Date, ["2025-01-18", "2025-01", "2025-01-17"].map(date), &[1, 2, 0]);
    }

    #[test]
    fn accounts_are_together_and_the_most_told_come_first() {
        let told = |text: &str| Estimate { account: Some(text.to_owned()), ..Estimate::default() };
        let accounts = [Estimate::default(), told("by sea"), told("by air"), told("from Syria "), told("from Syria")];
        check(FigureKind::Account, accounts, &[3, 4, 1, 2, 0]);
    }
}
