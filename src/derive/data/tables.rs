//! Tables as CSV (RFC 4180): the estimates, the events, the fact checks.

use std::io::{self, Write};

use super::{Context, each};
use crate::model::figure::Amount;
use crate::resolve::Node;

/// Adds a row. A cell with a comma, a quotation mark or a line end is quoted.
///
/// A cell that a spreadsheet would take for a formula starts with an apostrophe: the text may be a stranger's.
fn row(out: &mut Vec<u8>, cells: &[String]) {
    for (index, cell) in cells.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        let formula =
            cell.starts_with(['=', '+', '@', '\t', '\r']) || (cell.starts_with('-') && cell.parse::<f64>().is_err());
        let cell = if formula { format!("'{cell}") } else { cell.clone() };
        match cell.contains([',', '"', '\n', '\r']) {
            true => out.extend(format!("\"{}\"", cell.replace('"', "\"\"")).bytes()),
            false => out.extend(cell.bytes()),
        }
    }
    out.extend_from_slice(b"\r\n");
}

fn head(out: &mut dyn Write, names: &str) -> io::Result<()> {
    write!(out, "{}\r\n", names.replace(' ', ","))
}

fn text<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn number(amount: Option<Amount>) -> String {
    text(amount.map(|amount| amount.0))
}

/// One row an estimate.
pub(super) fn figures(context: &Context<'_>, out: &mut dyn Write) -> io::Result<()> {
    head(out, "figure title kind status from by low best high words none date account basis as_of credibility note")?;
    for (id, figure) in context.dossier.figures.iter() {
        let standing = &context.links.standings[id.index()];
        each(out, &standing.estimates, |out, _, claim| {
            let estimate = &claim.estimate;
            row(
                out,
                &[
                    figure.meta.id.clone(),
                    figure.keys.title.clone(),
                    figure.kind().name().to_owned(),
                    standing.status.name().to_owned(),
                    context.dossier.reference(claim.from),
                    text(estimate.by.as_ref().map(|by| &by.0)),
                    number(estimate.low),
                    number(estimate.best),
                    number(estimate.high),
                    text(estimate.words.as_ref()),
                    if estimate.none { "true".to_owned() } else { String::new() },
                    text(estimate.date.as_ref()),
                    text(estimate.account.as_ref()),
                    text(estimate.basis.map(|basis| basis.name())),
                    text(estimate.as_of.as_ref()),
                    text(estimate.credibility),
                    estimate.note.0.clone(),
                ],
            );
        })?;
    }
    Ok(())
}

/// One row an event.
pub(super) fn events(context: &Context<'_>, out: &mut dyn Write) -> io::Result<()> {
    head(out, "id title date earliest latest reported place participants part_of")?;
    each(out, context.dossier.events.records(), |out, _, event| {
        let keys = &event.keys;
        let participants: Vec<&str> =
            keys.participants.iter().map(|participant| participant.entity.0.as_str()).collect();
        row(
            out,
            &[
                event.meta.id.clone(),
                keys.title.clone(),
                text(keys.date.as_ref()),
                text(keys.date.as_ref().and_then(crate::base::date::Edtf::earliest)),
                text(keys.date.as_ref().and_then(crate::base::date::Edtf::latest)),
                text(keys.reported.as_ref()),
                text(keys.place.as_ref().map(|place| &place.0)),
                participants.join(" "),
                text(keys.part_of.as_ref().map(|whole| &whole.0)),
            ],
        );
    })
}

/// One row a fact check.
pub(super) fn checks(context: &Context<'_>, out: &mut dyn Write) -> io::Result<()> {
    head(out, "id article claim claimed_by verdict confidence checked evidence origins")?;
    each(out, &context.dossier.checks, |out, _, id| {
        let annotation = &context.dossier.annotations[*id];
        let Some(check) = annotation.fact_check() else { return };
        let by = check.claimed_by.as_ref().map(|by| by.0.clone());
        let source = || context.dossier.article_of(*id).and_then(|article| context.dossier.source_of(article));
        row(
            out,
            &[
                annotation.meta.id.clone(),
                annotation.article.to_string(),
                context.dossier.claim(*id).to_owned(),
                by.or_else(|| source().map(|source| context.dossier.reference(Node::Source(source))))
                    .unwrap_or_default(),
                check.verdict.clone(),
                text(check.confidence.map(|confidence| confidence.name())),
                text(check.checked.as_ref()),
                check.evidence.len().to_string(),
                super::dossier::origins(context, *id).to_string(),
            ],
        );
    })
}
