//! Values that only the whole dossier can judge: verdicts, kinds of entity, ranges, former ids, names of lints.

use super::Dossier;
use crate::base::diag::{Code, Diagnostics};
use crate::base::id::is_slug;
use crate::base::nearest::nearest;
use crate::model::Common;
use crate::model::annotation::{AnnotationKind, FactCheck};
use crate::model::figure::{Estimate, FigureKind};
use crate::model::settings::ENTITY_KINDS;
use crate::model::value::Kind;
use crate::syntax::yaml::{Origin, Path, Places};

/// Checks every record.
pub(super) fn check(dossier: &Dossier, places: &Places<'_>, diags: &mut Diagnostics) {
    let mut checker = Checker { dossier, places, diags };
    dossier.each_record(&mut |_, record| checker.common(record));
    for (_, source) in dossier.sources.iter().filter(|(_, source)| source.inline && source.keys.title.is_empty()) {
        let span = places.value(source.meta.at, &Path::of("source"));
        checker
            .diags
            .add(Code::MissingKey, span, "`title` is missing here")
            .help("a source described in place has a title too");
    }
    for (_, entity) in dossier.entities.iter() {
        checker.entity(entity);
    }
    for (_, figure) in dossier.figures.iter() {
        for (index, estimate) in figure.keys.estimates.iter().enumerate() {
            let path = Path::of("estimates").index(index);
            checker.estimate(figure.meta.at, &path, estimate, figure.kind());
            if estimate.source.0.is_empty() {
                let span = places.value(figure.meta.at, &path);
                checker
                    .diags
                    .add(Code::MissingKey, span, "`source` is missing here")
                    .help("an estimate names who published it");
            }
        }
        if let Some(assessment) = &figure.keys.assessment {
            let estimate = Estimate {
                low: assessment.low,
                best: assessment.best,
                high: assessment.high,
                date: assessment.date.clone(),
                account: assessment.account.clone(),
                ..Estimate::default()
            };
            checker.estimate(figure.meta.at, &Path::of("assessment"), &estimate, figure.kind());
        }
    }
    for (_, annotation) in dossier.annotations.iter() {
        match &annotation.kind {
            AnnotationKind::FactCheck(check) => checker.fact_check(annotation.meta.at, check),
            AnnotationKind::Figure(claim) => {
                if let Ok(super::Node::Figure(figure)) = dossier.find(&claim.figure.0, &[Kind::Figure]) {
                    let kind = dossier.figures[figure].kind();
                    checker.estimate(annotation.meta.at, &Path::default(), &claim.estimate(), kind);
                }
            }
            _ => {}
        }
    }
}

struct Checker<'a, 'i> {
    dossier: &'a Dossier,
    places: &'a Places<'i>,
    diags: &'a mut Diagnostics,
}

impl Checker<'_, '_> {
    fn common(&mut self, record: &dyn Common) {
        let meta = record.meta();
        for (index, former) in meta.former_ids.iter().enumerate().filter(|(_, former)| !is_slug(former)) {
            let span = self.places.value(meta.at, &Path::of("former_ids").index(index));
            self.diags
                .add(Code::BadId, span, format!("`{former}` is not an id"))
                .help("use lower-case letters a to z, digits and hyphens");
        }
        let lints = || Code::ALL.iter().filter(|code| code.is_lint()).map(|code| code.name());
        for (index, name) in meta.allow.iter().enumerate().filter(|(_, name)| !lints().any(|lint| lint == *name)) {
            let span = self.places.value(meta.at, &Path::of("allow").index(index));
            self.diags.add(Code::BadValue, span, format!("`{name}` is no lint")).did_you_mean(nearest(name, lints()));
        }
    }

    fn entity(&mut self, entity: &crate::model::entity::Entity) {
        let own = self.dossier.settings.entity_kinds.iter().map(|kind| kind.id.as_str());
        let kinds: Vec<&str> = ENTITY_KINDS.iter().copied().chain(own).collect();
        let kind = entity.keys.kind.as_str();
        if !kind.is_empty() {
            self.known(entity.meta.at, &Path::of("kind"), kind, &kinds, "kind of entity");
        }
        if let Some(location) = entity.keys.location {
            for (key, value, limit) in [("lat", location.lat, 90.0), ("lon", location.lon, 180.0)] {
                if !(-limit..=limit).contains(&value) {
                    let span = self.places.value(entity.meta.at, &Path::of("location").key(key));
                    self.diags.add(Code::BadValue, span, format!("`{key}` lies between -{limit} and {limit} degrees"));
                }
            }
        }
    }

    fn fact_check(&mut self, at: Origin, check: &FactCheck) {
        let verdicts: Vec<&str> = self.dossier.settings.verdicts.iter().map(|verdict| verdict.id.as_str()).collect();
        if !check.verdict.is_empty() {
            self.known(at, &Path::of("verdict"), &check.verdict, &verdicts, "verdict");
        }
        for (index, past) in check.history.iter().enumerate() {
            self.known(at, &Path::of("history").index(index).key("verdict"), &past.verdict, &verdicts, "verdict");
        }
        for (index, evidence) in check.evidence.iter().enumerate() {
            let path = Path::of("evidence").index(index);
            self.credibility(at, &path, evidence.credibility);
            if evidence.source.is_some() == evidence.article.is_some() {
                let span = self.places.value(at, &path);
                let (code, message) = match evidence.source {
                    None => (Code::MissingKey, "`source` is missing here"),
                    Some(_) => (Code::BadValue, "`source` and `article` cannot both be given"),
                };
                self.diags
                    .add(code, span, message)
                    .help("give one: `source: …`, or `article: …` for an article of this dossier");
            }
        }
    }

    fn known(&mut self, at: Origin, path: &Path, written: &str, known: &[&str], what: &str) {
        if known.contains(&written) {
            return;
        }
        let span = self.places.value(at, path);
        let problem = self.diags.add(Code::BadValue, span, format!("`{written}` is no {what}"));
        let near = nearest(written, known.iter().copied());
        problem.did_you_mean(near).help(format!("it is one of `{}`", known.join("`, `")));
        if let Some(near) = near.filter(|_| span.range().len() == written.len()) {
            problem.fix(span, near);
        }
    }

    fn credibility(&mut self, at: Origin, path: &Path, credibility: Option<u8>) {
        if credibility.is_some_and(|figure| !(1..=6).contains(&figure)) {
            let span = self.places.value(at, &path.key("credibility"));
            self.diags.add(
                Code::BadValue,
                span,
                "`credibility` is a figure from 1 (confirmed) to 6 (cannot be judged)",
            );
        }
    }

    fn estimate(&mut self, at: Origin, path: &Path, estimate: &Estimate, kind: FigureKind) {
        self.credibility(at, path, estimate.credibility);
        self.order(at, path, estimate);
        let number = estimate.low.is_some() || estimate.best.is_some() || estimate.high.is_some();
        let spoken = estimate.words.is_some() || estimate.none;
        let assessment = path.0.first() == Path::of("assessment").0.first();
        let (given, needed, foreign) = match kind {
            FigureKind::Number => (
                number || spoken,
                "`low`, `best` or `high`, `words`, or `none: true`",
                estimate.date.is_some() || estimate.account.is_some(),
            ),
            FigureKind::Date => (
                estimate.date.is_some() || spoken,
                "`date`, `words`, or `none: true`",
                number || estimate.account.is_some(),
            ),
            FigureKind::Account => (
                estimate.account.is_some() || spoken,
                "`account`, `words`, or `none: true`",
                number || estimate.date.is_some(),
            ),
        };
        let (code, message) = if foreign {
            (Code::BadValue, format!("this figure is of kind `{}`: an estimate of it has {needed}", kind.name()))
        } else if estimate.none
            && (number || estimate.date.is_some() || estimate.account.is_some() || estimate.words.is_some())
        {
            (Code::BadValue, "`none: true` says that no figure was given, and one is given here".to_owned())
        } else if !given && !assessment {
            (Code::MissingKey, format!("this estimate says nothing: it needs {needed}"))
        } else {
            return;
        };
        let span = self.places.value(at, path);
        self.diags.add(code, span, message);
    }

    fn order(&mut self, at: Origin, path: &Path, estimate: &Estimate) {
        let given = [("low", estimate.low), ("best", estimate.best), ("high", estimate.high)];
        let given: Vec<(&'static str, f64)> =
            given.into_iter().filter_map(|(key, amount)| Some((key, amount?.0))).collect();
        if let Some(pair) = given.windows(2).find(|pair| pair[0].1 > pair[1].1) {
            let [(smaller, _), (larger, _)] = [pair[0], pair[1]];
            let span = self.places.value(at, &path.key(smaller));
            let problem = self.diags.add(Code::RangeOrder, span, format!("`{smaller}` is more than `{larger}`"));
            problem.label(self.places.value(at, &path.key(larger)), "this is less").help("low ≤ best ≤ high");
        }
    }
}
