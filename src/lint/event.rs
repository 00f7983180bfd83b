//! The date of an event, and the dates in the quotes that are anchored to it.

use super::calendar::{Written, dates};
use super::token::tokens;
use super::{Report, text};
use crate::base::date::{Day, Edtf};
use crate::base::diag::Code;
use crate::model::annotation::{Annotation, AnnotationKind, CrossRelation};
use crate::model::event::Event;
use crate::model::reference::Ref;
use crate::resolve::Node;
use crate::syntax::normal::Normal;
use crate::syntax::yaml::Path;

/// Checks every annotation that is about an event.
pub(super) fn check(report: &mut Report<'_>) {
    if !report.is_on(Code::DateMismatch) {
        return;
    }
    let about = report.about;
    for (item, annotation) in about.annotations.iter().enumerate() {
        let events = events(report, annotation);
        if events.is_empty() {
            continue;
        }
        let known = text::says_wrong(report.dossier, annotation)
            || about.anchor(item).is_some_and(|anchor| text::is_known(about, &anchor.range, Code::DateMismatch));
        if !known {
            compare(report, annotation, &events);
        }
    }
}

/// The events that an annotation says its passage is about. One that contradicts, explains or updates may well name another day.
fn events<'a>(report: &Report<'a>, annotation: &Annotation) -> Vec<&'a Event> {
    let dossier = report.dossier;
    let all = |references: &[Ref]| references.iter().filter_map(|reference| dossier.follow(reference).ok()).collect();
    let about: Vec<Node> = match &annotation.kind {
        AnnotationKind::FactCheck(check) => all(&check.about),
        AnnotationKind::Mention(mention) => dossier.follow(&mention.of).into_iter().collect(),
        AnnotationKind::CrossReference(reference) => match reference.relation {
            None | Some(CrossRelation::Supports | CrossRelation::Repeats) => all(&reference.to),
            Some(CrossRelation::Contradicts | CrossRelation::Context | CrossRelation::Updates) => Vec::new(),
        },
        AnnotationKind::Figure(_) | AnnotationKind::Note(_) => Vec::new(),
    };
    about
        .into_iter()
        .filter_map(|node| if let Node::Event(id) = node { Some(&dossier.events[id]) } else { None })
        .collect()
}

/// Reports when every date in the quote is another than those of all its events.
fn compare(report: &mut Report<'_>, annotation: &Annotation, events: &[&Event]) {
    let normal = Normal::of(&annotation.target.quote);
    let tokens = tokens(normal.text());
    let written = dates(&tokens);
    let Some(first) = written.first() else { return };
    if written.iter().any(|date| events.iter().any(|event| may_be(date, event))) {
        return;
    }
    let Some((event, date)) = events.iter().find_map(|event| Some((*event, event.keys.date.as_ref()?))) else { return };
    let bytes = tokens[first.tokens.start].start..tokens[first.tokens.end - 1].end();
    let said = &normal.text()[bytes.clone()];
    let message = format!("the quote says “{said}”, and the event `{}` is dated {date}", event.meta.id);
    let span = report.places.inside(annotation.meta.at, &Path::of("quote"), normal.original(bytes));
    let label = report.places.value(event.meta.at, &Path::of("date"));
    if let Some(problem) = report.add(Code::DateMismatch, &annotation.meta, span, message) {
        problem.label(label, "the event's date");
        problem.help("correct the event's date, or give it `reported: …` when that is the day it became known");
        problem.help(
            "when the article is wrong, say so in a fact check; when it means another day, `allow: [date-mismatch]`",
        );
    }
}

/// Whether a date in a text may be that of an event, or the day it became known. What is not sure may be.
fn may_be(written: &Written, event: &Event) -> bool {
    let dates: Vec<&Edtf> = [&event.keys.date, &event.keys.reported].into_iter().flatten().collect();
    dates.is_empty() || dates.iter().any(|date| fits(written, date))
}

fn fits(written: &Written, date: &Edtf) -> bool {
    let text = date.to_string();
    let (Some(earliest), Some(latest)) = (date.earliest(), date.latest()) else { return true };
    if text.contains(['~', '?', '%']) {
        return true;
    }
    let years = written.year.map_or(earliest.year()..=latest.year(), |year| year..=year);
    years.take(50).any(|year| match written.in_year(year) {
        Some((first, last)) => overlap((first, last), (earliest, latest)),
        // No such day in that year: nothing to compare.
        None => true,
    })
}

fn overlap(one: (Day, Day), other: (Day, Day)) -> bool {
    one.0 <= other.1 && other.0 <= one.1
}
