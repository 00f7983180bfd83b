//! What looks like several sources and is one: the same word from the same mouth, counted twice.

use std::collections::HashMap;
use std::hash::Hash;

use super::Report;
use crate::base::date::Edtf;
use crate::base::diag::Code;
use crate::base::span::Span;
use crate::model::Meta;
use crate::model::annotation::Evidence;
use crate::model::figure::{Amount, Estimate, Figure};
use crate::model::value::Stance;
use crate::resolve::subject::Subject;
use crate::resolve::{Dossier, Node};
use crate::syntax::yaml::Path;

/// Checks the evidence of fact checks and the estimates of a figure.
pub(super) fn check(report: &mut Report<'_>) {
    if !report.is_on(Code::SameOrigin) {
        return;
    }
    evidence(report);
    if let Subject::Figure(figure) = report.about.subject {
        estimates(report, figure);
    }
}

/// Something that speaks, and where it was written.
struct Voice {
    node: Node,
    origin: Node,
    at: (crate::syntax::yaml::Origin, Path),
}

/// Who said what before: of those of one origin that said the same, the first, and the first other one. More are not needed to find
/// an echo, and thousands may speak.
struct Heard<W>(HashMap<(Node, W), Vec<Voice>>);

impl<W: Eq + Hash> Heard<W> {
    /// Hears a voice; calls `echo` with the first other one of its origin that said the same.
    fn hear(&mut self, what: W, voice: Voice, echo: impl FnOnce(&Voice, &Voice)) {
        let said = self.0.entry((voice.origin, what)).or_default();
        let is_other = |other: &&Voice| other.node != voice.node;
        if let Some(other) = said.iter().find(is_other) {
            echo(&voice, other);
        }
        if said.len() < 2 && said.iter().all(|other| is_other(&other)) {
            said.push(voice);
        }
    }
}

fn evidence(report: &mut Report<'_>) {
    let dossier = report.dossier;
    for annotation in report.about.annotations {
        let Some(check) = annotation.fact_check() else { continue };
        let mut heard = Heard(HashMap::new());
        for (index, evidence) in check.evidence.iter().enumerate() {
            // What only explains a claim does not look like one more witness.
            let Some(stance) = evidence.stance.filter(|stance| *stance != Stance::Context) else { continue };
            let Some((node, key)) = node_of(dossier, evidence) else { continue };
            let at = (annotation.meta.at, Path::of("evidence").index(index).key(key));
            let voice = Voice { node, origin: dossier.origin(node), at };
            heard.hear(stance, voice, |voice, other| echo(report, &annotation.meta, voice, other));
        }
    }
}

fn node_of(dossier: &Dossier, evidence: &Evidence) -> Option<(Node, &'static str)> {
    let (node, key) = match (&evidence.source, &evidence.article) {
        (Some(source), _) => (dossier.follow(source), "source"),
        (None, article) => (dossier.follow(article.as_ref()?), "article"),
    };
    Some((node.ok()?, key))
}

fn estimates(report: &mut Report<'_>, figure: &Figure) {
    let (dossier, claims) = (report.dossier, report.about.claims);
    // The figure's own estimates come last, in their order; those without a known source are not among the claims.
    let known = |estimate: &Estimate| dossier.follow(&estimate.source).is_ok();
    let mut own = figure.keys.estimates.iter().enumerate().filter(|(_, estimate)| known(estimate));
    let mut heard = Heard(HashMap::new());
    for claim in claims {
        let at = match claim.annotation {
            Some(annotation) => (dossier.annotations[annotation].meta.at, Path::of("figure")),
            None => {
                let Some((index, _)) = own.next() else { return };
                (figure.meta.at, Path::of("estimates").index(index).key("source"))
            }
        };
        if !says_something(&claim.estimate) {
            continue;
        }
        let voice = Voice { node: claim.from, origin: dossier.origin(claim.from), at };
        let about = claim.annotation.map_or(&figure.meta, |annotation| &dossier.annotations[annotation].meta);
        heard.hear(value(&claim.estimate), voice, |voice, other| {
            if !super::allows(&figure.meta, Code::SameOrigin) {
                echo(report, about, voice, other);
            }
        });
    }
}

/// Whether an estimate has a value: words alone cannot be compared.
fn says_something(estimate: &Estimate) -> bool {
    let number = estimate.low.is_some() || estimate.best.is_some() || estimate.high.is_some();
    number || estimate.date.is_some() || estimate.account.is_some()
}

/// What an estimate says: its low, best and high, its date, its account.
type Value<'a> = ([Option<u64>; 3], Option<&'a Edtf>, Option<&'a str>);

fn value(estimate: &Estimate) -> Value<'_> {
    // A zero that is negative is the same number.
    let number = |amount: Option<Amount>| amount.map(|amount| (amount.0 + 0.0).to_bits());
    let numbers = [estimate.low, estimate.best, estimate.high].map(number);
    (numbers, estimate.date.as_ref(), estimate.account.as_deref())
}

fn echo(report: &mut Report<'_>, about: &Meta, voice: &Voice, other: &Voice) {
    let span = |report: &Report<'_>, voice: &Voice| -> Span { report.places.value(voice.at.0, &voice.at.1) };
    let (here, there) = (span(report, voice), span(report, other));
    let dossier = report.dossier;
    let (one, two, origin) = (dossier.id(voice.node), dossier.id(other.node), dossier.id(voice.origin));
    let message = if voice.origin == other.node {
        format!("`{one}` rests on `{two}`: one voice, not two")
    } else if voice.origin == voice.node {
        format!("`{two}` rests on `{one}`: one voice, not two")
    } else {
        format!("`{one}` and `{two}` both rest on `{origin}`: one voice, not two")
    };
    if let Some(problem) = report.add(Code::SameOrigin, about, here, message) {
        problem
            .label(there, "the other one")
            .help("keep the origin alone, or say `allow: [same-origin]` when both are meant to be shown");
    }
}
