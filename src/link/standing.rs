//! What the estimates of a figure amount to: a single one, some that agree, or a dispute; and from how many origins.

mod order;

use std::collections::BTreeSet;

use crate::base::date::Edtf;
use crate::base::id::Id;
use crate::model::annotation::{Annotation, AnnotationKind};
use crate::model::figure::{Estimate, Figure, FigureKind};
use crate::resolve::role::Role;
use crate::resolve::{Dossier, Node};

/// The status of a figure. It is computed, never written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Fewer than two estimates have a value.
    Single,
    /// Some value, day or label fits all.
    Agreed,
    /// None does.
    Disputed,
}

impl Status {
    /// The word in the open data, and in the keys of the interface's words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::Agreed => "agreed",
            Self::Disputed => "disputed",
        }
    }
}

/// A figure's estimates and what they amount to.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Its status.
    pub status: Status,
    /// How many independent origins the estimates have.
    pub origins: usize,
    /// The estimates: those of the articles in order of article and place, then those of other sources as written.
    pub estimates: Vec<Claim>,
    /// The places of these in the order in which pages show them.
    order: Vec<u32>,
}

/// One estimate and who makes it.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The article or source.
    pub from: Node,
    /// The annotation it was read from, for an article's.
    pub annotation: Option<Id<Annotation>>,
    /// What it says.
    pub estimate: Estimate,
}

impl Standing {
    /// The estimates as pages show them: numbers and dates in order of value; accounts by what they say, the most told first.
    pub fn in_order(&self) -> Vec<&Claim> {
        self.order.iter().map(|place| &self.estimates[*place as usize]).collect()
    }
}

/// Estimates in order, divided into those that tell the same account.
pub fn by_account<'a, 'c>(claims: &'a [&'c Claim]) -> impl Iterator<Item = &'a [&'c Claim]> {
    claims.chunk_by(|one, other| one.account() == other.account())
}

impl Claim {
    /// The account that it tells, of a figure that is one.
    pub fn account(&self) -> Option<&str> {
        self.estimate.account.as_deref().map(str::trim)
    }
}

/// Gathers the estimates of every figure and judges them.
pub fn standings(dossier: &Dossier) -> Vec<Standing> {
    let mut of_articles = claims_of_articles(dossier);
    let figures = dossier.figures.iter().zip(&mut of_articles);
    figures.map(|((figure, _), claims)| standing(dossier, figure, std::mem::take(claims))).collect()
}

fn standing(dossier: &Dossier, figure: Id<Figure>, mut estimates: Vec<Claim>) -> Standing {
    estimates.extend(claims_of_sources(dossier, figure));
    let kind = dossier.figures[figure].kind();
    let status = status(kind, &estimates.iter().map(|claim| &claim.estimate).collect::<Vec<_>>());
    let origins: BTreeSet<Node> = estimates.iter().map(|claim| dossier.origin(claim.from)).collect();
    Standing { status, origins: origins.len(), order: order::of(kind, &estimates), estimates }
}

/// The independent origins of a fact check's evidence.
pub fn origins_of_evidence(dossier: &Dossier, check: Id<Annotation>) -> BTreeSet<Node> {
    let evidence = dossier.check(check).map_or(&[][..], |check| &check.evidence);
    let nodes = evidence.iter().filter_map(|evidence| match (&evidence.source, &evidence.article) {
        (Some(source), _) => dossier.follow(source).ok(),
        (None, article) => dossier.follow(article.as_ref()?).ok(),
    });
    nodes.map(|node| dossier.origin(node)).collect()
}

/// What the articles say of each figure, by figure; in one pass over what their annotations refer to.
fn claims_of_articles(dossier: &Dossier) -> Vec<Vec<Claim>> {
    let mut claims = vec![Vec::new(); dossier.figures.len()];
    for (article, _) in dossier.articles.iter() {
        let (range, from) = (&dossier.of_article[article.index()], Node::Article(article));
        for reference in &dossier.outgoing_of_annotations(article).references {
            let id = Id::new(range.start + reference.item as usize);
            if let (Role::Figure, Node::Figure(figure), AnnotationKind::Figure(claim)) =
                (reference.role, reference.to, &dossier.annotations[id].kind)
            {
                claims[figure.index()].push(Claim { from, annotation: Some(id), estimate: claim.estimate() });
            }
        }
    }
    claims
}

/// Whether the estimates of both dossiers are the same, given that they refer to the same.
pub(super) fn are_the_same(one: &Dossier, other: &Dossier) -> bool {
    let figures = one.figures.is_like(&other.figures, |_, _| false);
    figures
        && one.annotations.is_like(&other.annotations, |one, other| match (&one.kind, &other.kind) {
            (AnnotationKind::Figure(one), AnnotationKind::Figure(other)) => one.estimate() == other.estimate(),
            (one, other) => !matches!(one, AnnotationKind::Figure(_)) && !matches!(other, AnnotationKind::Figure(_)),
        })
}

fn claims_of_sources(dossier: &Dossier, figure: Id<Figure>) -> impl Iterator<Item = Claim> {
    dossier.figures[figure].keys.estimates.iter().filter_map(|estimate| {
        let from = dossier.follow(&estimate.source).ok()?;
        Some(Claim { from, annotation: None, estimate: estimate.clone() })
    })
}

/// The status that estimates have together.
pub fn status(kind: FigureKind, estimates: &[&Estimate]) -> Status {
    let (values, agree) = match kind {
        FigureKind::Number => {
            let ranges: Vec<(f64, f64)> = estimates.iter().filter_map(|estimate| range(estimate)).collect();
            let low = ranges.iter().map(|range| range.0).fold(f64::NEG_INFINITY, f64::max);
            let high = ranges.iter().map(|range| range.1).fold(f64::INFINITY, f64::min);
            (ranges.len(), low <= high)
        }
        FigureKind::Date => {
            let dates: Vec<&Edtf> = estimates.iter().filter_map(|estimate| estimate.date.as_ref()).collect();
            (dates.len(), Edtf::agree(dates.iter().copied()))
        }
        FigureKind::Account => {
            let labels: Vec<&str> = estimates.iter().filter_map(|estimate| estimate.account.as_deref()).collect();
            (labels.len(), labels.windows(2).all(|pair| pair[0].trim() == pair[1].trim()))
        }
    };
    match (values, agree) {
        (0 | 1, _) => Status::Single,
        (_, true) => Status::Agreed,
        (_, false) => Status::Disputed,
    }
}

/// The values that an estimate allows; `None` when it has none. `low` alone fits every value above it, `high` alone every
/// value below; `best` alone is that value.
fn range(estimate: &Estimate) -> Option<(f64, f64)> {
    let value = |amount: Option<crate::model::figure::Amount>| amount.map(|amount| amount.0);
    match (value(estimate.low), value(estimate.best), value(estimate.high)) {
        (None, None, None) => None,
        (None, Some(best), None) => Some((best, best)),
        (low, _, high) => Some((low.unwrap_or(f64::NEG_INFINITY), high.unwrap_or(f64::INFINITY))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::figure::Amount;

    fn number(low: Option<f64>, best: Option<f64>, high: Option<f64>) -> Estimate {
        Estimate { low: low.map(Amount), best: best.map(Amount), high: high.map(Amount), ..Estimate::default() }
    }

    fn check(kind: FigureKind, estimates: &[Estimate], expected: Status) {
        assert_eq!(status(kind, &estimates.iter().collect::<Vec<_>>()), expected, "{estimates:?}");
    }

    #[test]
    fn numbers() {
        let at_least_20 = number(Some(20.0), None, None);
        let words = Estimate { words: Some("dozens".to_owned()), ..Estimate::default() };
        check(FigureKind::Number, &[], Status::Single);
        check(FigureKind::Number, &[at_least_20.clone(), words], Status::Single);
        check(FigureKind::Number, &[at_least_20.clone(), number(None, Some(84.0), None)], Status::Agreed);
        check(FigureKind::Number, &[at_least_20.clone(), number(None, None, Some(19.0))], Status::Disputed);
        check(
            FigureKind::Number,
            &[number(Some(1.0), None, Some(3.0)), number(Some(3.0), None, Some(9.0))],
            Status::Agreed,
        );
        check(FigureKind::Number, &[number(None, Some(50.0), None), number(None, Some(84.0), None)], Status::Disputed);
    }

    #[test]
    fn dates_and_accounts() {
        let date = |text: &str| Estimate { date: text.parse().ok(), ..Estimate::default() };
        check(FigureKind::Date, &[date("2025-01"), date("2025-01-17")], Status::Agreed);
        check(FigureKind::Date, &[date("2025-01-18"), date("2025-01-17")], Status::Disputed);
        let account = |text: &str| Estimate { account: Some(text.to_owned()), ..Estimate::default() };
        check(FigureKind::Account, &[account("from Syria"), account("from Syria")], Status::Agreed);
        check(FigureKind::Account, &[account("from Syria"), account("by sea")], Status::Disputed);
    }
}
