//! What looks like several sources and is one: the same word from the same mouth, counted twice.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

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

fn evidence(report: &mut Report<'_>) {
    let dossier = report.dossier;
    for annotation in report.about.annotations {
        let Some(check) = annotation.fact_check() else { continue };
        let mut before: Vec<(Stance, Voice)> = Vec::new();
        for (index, evidence) in check.evidence.iter().enumerate() {
            // What only explains a claim does not look like one more witness.
            let Some(stance) = evidence.stance.filter(|stance| *stance != Stance::Context) else { continue };
            let Some((node, key)) = node_of(dossier, evidence) else { continue };
            let at = (annotation.meta.at, Path::of("evidence").index(index).key(key));
            let voice = Voice { node, origin: dossier.origin(node), at };
            let other = before.iter().find(|(known, other)| *known == stance && echoes(&voice, other));
            if let Some((_, other)) = other {
                echo(report, &annotation.meta, &voice, other);
            }
            before.push((stance, voice));
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
    // Thousands may speak of one figure: of those of one origin that say the same, the first is kept, and the first other one.
    let mut before: HashMap<(Node, Value<'_>), (Voice, Option<Voice>)> = HashMap::new();
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
        match before.entry((voice.origin, value(&claim.estimate))) {
            Entry::Vacant(free) => drop(free.insert((voice, None))),
            Entry::Occupied(mut said) => {
                let (first, second) = said.get_mut();
                let other = if echoes(&voice, first) { Some(&*first) } else { second.as_ref() };
                let about = claim.annotation.map_or(&figure.meta, |annotation| &dossier.annotations[annotation].meta);
                if let Some(other) = other.filter(|_| !super::allows(&figure.meta, Code::SameOrigin)) {
                    echo(report, about, &voice, other);
                }
                if second.is_none() && echoes(&voice, first) {
                    *second = Some(voice);
                }
            }
        }
    }
}

/// Whether two voices are different ones from one origin.
fn echoes(one: &Voice, other: &Voice) -> bool {
    one.node != other.node && one.origin == other.origin
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
