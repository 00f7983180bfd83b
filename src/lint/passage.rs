//! Passages that are not what a person accepted.

use super::Report;
use crate::base::diag::{Code, Diagnostic};
use crate::base::span::Span;
use crate::link::accepted::{Acceptance, acceptances};
use crate::link::difference::Difference;
use crate::link::locate::Located;
use crate::model::annotation::Annotation;
use crate::model::ledger::PassageInSentence;
use crate::syntax::yaml::Path;

/// Compares every passage with what was accepted of it. Without a ledger there is nothing to compare with, and only who asks for
/// one hears of what is not in it.
pub(super) fn check(report: &mut Report<'_>) {
    let about = report.about;
    let Some(located) = about.located.filter(|_| !about.annotations.is_empty()) else { return };
    if about.dossier.ledger.is_none() && !about.inputs.options.locked {
        return;
    }
    let found = acceptances(located, about.annotations, &about.accepted);
    for (item, (annotation, acceptance)) in about.annotations.iter().zip(found).enumerate() {
        match acceptance {
            Acceptance::New(_) if about.inputs.options.locked => new(report, annotation, located, item),
            Acceptance::Changed { accepted, now } => changed(report, annotation, located, item, &accepted, &now),
            _ => {}
        }
    }
}

fn new(report: &mut Report<'_>, annotation: &Annotation, located: &Located, item: usize) {
    let span = report.places.value(annotation.meta.at, &Path::of("quote"));
    let mut problem = Diagnostic::new(Code::PassageNew, span, "nobody has accepted this passage yet");
    label(report, located, item, &mut problem);
    problem.help(format!("read it in its sentence, then `dossier accept {}`", annotation.meta.id));
    report.diags.push(problem);
}

fn changed(
    report: &mut Report<'_>,
    annotation: &Annotation,
    located: &Located,
    item: usize,
    accepted: &[PassageInSentence],
    now: &PassageInSentence,
) {
    let span = report.places.value(annotation.meta.at, &Path::of("quote"));
    let message = "the sentence of this passage is not the one that was accepted".to_owned();
    let Some(mut problem) = report.levels.finding(Code::PassageChanged, &annotation.meta, span, message) else {
        return;
    };
    label(report, located, item, &mut problem);
    let sentence = now.sentence();
    for accepted in accepted {
        problem.help(format!("since then: “{}”", Difference::between(&accepted.sentence(), &sentence)));
    }
    problem.help(format!(
        "if what is said of it still holds, `dossier accept {}`; else change or remove the annotation",
        annotation.meta.id
    ));
    report.diags.push(problem);
}

/// Shows where the passage stands.
fn label(report: &Report<'_>, located: &Located, item: usize, problem: &mut Diagnostic) {
    let article = report.about.subject.record().map(|record| record.meta().at.file);
    if let (Some(file), Some(anchor)) = (article, located.anchor(item)) {
        problem.label(Span::new(file, located.prose.source(&anchor.range)), "the passage now");
    }
}
