//! Tables as CSV (RFC 4180): the estimates, the events, the fact checks.

use std::borrow::Cow;
use std::io::{self, Write};

use super::{Context, each};
use crate::base::turned;
use crate::model::figure::Amount;
use crate::resolve::Node;

/// Adds a row. A cell with a comma, a quotation mark or a line end is quoted.
fn row(out: &mut Vec<u8>, cells: &[String]) {
    for (index, cell) in cells.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        let cell = without_formulas(cell);
        match cell.contains([',', '"', '\n', '\r']) {
            true => out.extend(format!("\"{}\"", cell.replace('"', "\"\"")).bytes()),
            false => out.extend(cell.bytes()),
        }
    }
    out.extend_from_slice(b"\r\n");
}

/// Whatever a spreadsheet would take for a formula starts with an apostrophe: the text may be a stranger's. Where the language of a
/// computer has `;` or a tab between cells, or a line is read as a row, a cell begins in the midst of a text.
fn without_formulas(cell: &str) -> Cow<'_, str> {
    let starts = |at: usize| at == 0 || cell[..at].ends_with([';', '\t', '\r', '\n']);
    let formula = |at: &usize| starts(*at) && is_formula(&cell[*at..]);
    let places: Vec<usize> = cell.char_indices().map(|(at, _)| at).filter(formula).collect();
    if places.is_empty() {
        return cell.into();
    }
    let mut safe = cell.to_owned();
    places.into_iter().rev().for_each(|at| safe.insert(at, '\''));
    safe.into()
}

/// Whether a text starts like a formula. White space, marks that nobody sees and quotation marks before the sign are passed over, as
/// spreadsheets do; the wide signs of East Asia count too. A number may have its minus.
fn is_formula(text: &str) -> bool {
    let is_passed =
        |c: char| c.is_whitespace() || turned::is_control(c) || matches!(c, '"' | '\u{200b}'..='\u{200f}' | '\u{feff}');
    // The next cell is looked at by itself.
    let cell = text.split([';', '\t', '\r', '\n']).next().unwrap_or_default();
    let cell = cell.trim_start_matches(is_passed);
    cell.starts_with(['=', '+', '@', '＝', '＋', '－', '＠'])
        || (cell.starts_with('-') && cell.trim_end().parse::<f64>().is_err())
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

#[cfg(test)]
mod tests {
    use super::without_formulas;

    #[test]
    fn no_cell_is_a_formula_wherever_it_begins() {
        for (cell, expected) in [
            ("=1+1", "'=1+1"),
            (" =1", "' =1"),
            ("\u{a0}\u{200b}@SUM", "'\u{a0}\u{200b}@SUM"),
            ("a;=1;b", "a;'=1;b"),
            ("a; \"=1\"", "a;' \"=1\""),
            ("a\n- b\r\n+c", "a\n'- b\r\n'+c"),
            ("\t=1", "\t'=1"),
            ("＝1", "'＝1"),
            ("－1", "'－1"),
            ("-5", "-5"),
            ("-5.5;-6", "-5.5;-6"),
            ("-a", "'-a"),
            ("a = b; c - d", "a = b; c - d"),
            ("", ""),
        ] {
            assert_eq!(without_formulas(cell), expected, "{cell:?}");
        }
    }
}
