//! What a fact check rests on: something, and something that was there when the check was made.

use super::Report;
use crate::base::date::Edtf;
use crate::base::diag::Code;
use crate::model::Meta;
use crate::model::annotation::{Evidence, FactCheck};
use crate::resolve::Dossier;
use crate::syntax::yaml::Path;

/// The verdict that needs no evidence.
const OPINION: &str = "opinion";

/// Checks every fact check.
pub(super) fn check(report: &mut Report<'_>) {
    for annotation in report.about.annotations {
        let Some(check) = annotation.fact_check() else { continue };
        none(report, &annotation.meta, check);
        for (index, evidence) in check.evidence.iter().enumerate() {
            newer(report, &annotation.meta, check, index, evidence);
        }
    }
}

fn none(report: &mut Report<'_>, meta: &Meta, check: &FactCheck) {
    if !check.evidence.is_empty() || check.verdict == OPINION || check.verdict.is_empty() {
        return;
    }
    // Evidence that could not be read has been reported.
    if report.places.has_items(meta.at, "evidence") {
        return;
    }
    let span = report.places.value(meta.at, &Path::of("verdict"));
    let message = "this verdict rests on no evidence".to_owned();
    if let Some(problem) = report.add(Code::CheckWithoutEvidence, meta, span, message) {
        problem.help("add `evidence:` with what was read, or say `verdict: opinion` when there is nothing to check");
    }
}

fn newer(report: &mut Report<'_>, meta: &Meta, check: &FactCheck, index: usize, evidence: &Evidence) {
    let Some((key, published)) = published(report.dossier, evidence) else { return };
    let checked = check.checked.as_ref().and_then(Edtf::latest);
    let (Some(earliest), Some(checked)) = (published.earliest(), checked) else { return };
    if earliest <= checked {
        return;
    }
    let span = report.places.value(meta.at, &Path::of("evidence").index(index).key(key));
    let label = report.places.value(meta.at, &Path::of("checked"));
    let message = format!("this was published {published}, after the check was made");
    if let Some(problem) = report.add(Code::EvidenceNewerThanCheck, meta, span, message) {
        problem
            .label(label, "checked here")
            .help("give the day of the latest look as `checked`, or correct `published`");
    }
}

/// The key that names a piece of evidence, and when that was published.
fn published<'a>(dossier: &'a Dossier, evidence: &Evidence) -> Option<(&'static str, &'a Edtf)> {
    let (key, node) = match (&evidence.source, &evidence.article) {
        (Some(source), _) => ("source", dossier.follow(source)),
        (None, article) => ("article", dossier.follow(article.as_ref()?)),
    };
    Some((key, dossier.published(node.ok()?)?))
}
