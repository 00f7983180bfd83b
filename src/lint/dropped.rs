//! What pages leave out of a text: raw HTML that they do not keep, a footnote with the label of another.

use super::Report;
use crate::base::diag::Code;
use crate::base::span::Span;
use crate::model::Common;
use crate::syntax::legible::is_unfit;
use crate::syntax::markdown;
use crate::syntax::markdown::loss::{Loss, Lost};

/// Checks the texts of a record and of the annotations on it.
pub(super) fn check(report: &mut Report<'_>) {
    if ![Code::HtmlDropped, Code::TextDropped, Code::FootnoteTwice].iter().any(|code| report.is_on(*code)) {
        return;
    }
    let about = report.about;
    for record in about.records() {
        let file = record.meta().at.file;
        for loss in record.body().map_or(&[][..], |body| &body.losses) {
            let first = if let Lost::Footnote(first) = loss.what { Some(Span::new(file, first.range())) } else { None };
            add(report, record, loss, Span::new(file, loss.source.range()), first);
        }
        record.prose(&mut |path, text| {
            if !text.0.contains(['<', '^', '&', '|']) && !text.0.contains("]:") && !text.0.contains(is_unfit) {
                return;
            }
            for loss in markdown::losses(&text.0) {
                let at = record.meta().at;
                let span = report.places.inside(at, &path, loss.source.range());
                let first = if let Lost::Footnote(first) = loss.what { Some(first.range()) } else { None };
                let first = first.map(|first| report.places.inside(at, &path, first));
                add(report, record, &loss, span, first);
            }
        });
    }
}

fn add(report: &mut Report<'_>, record: &dyn Common, loss: &Loss, span: Span, first: Option<Span>) {
    let code = match loss.what {
        Lost::Footnote(_) => Code::FootnoteTwice,
        Lost::Cells | Lost::CutLink | Lost::Definition(_) => Code::TextDropped,
        _ => Code::HtmlDropped,
    };
    let Some(problem) = report.add(code, record.meta(), span, message(&loss.what)) else { return };
    problem.help(help(&loss.what));
    if let Some(first) = first {
        problem.label(first, "the page shows this one");
    }
}

fn message(lost: &Lost) -> String {
    match lost {
        Lost::Tag(tag) => format!("pages leave out `<{tag}>`, and keep the words in it"),
        Lost::Deep(tag) => format!("so many tags are open here that pages leave out `<{tag}>`, and those that follow"),
        Lost::Element(tag) => format!("pages leave out `<{tag}>` with all that is in it"),
        Lost::Embed(tag) => format!("pages show nothing in a `<{tag}>`: there is a link to it instead"),
        Lost::Attribute { tag, name } => format!("pages leave out the attribute `{name}` of `<{tag}>`"),
        Lost::EndlessComment => "this comment has no end, so pages leave out all that follows".to_owned(),
        Lost::Declaration => "pages leave this out".to_owned(),
        Lost::Character(c) => format!("pages leave out the character U+{:04X}, which shows nothing", u32::from(*c)),
        Lost::Cells => "the table has no column for this, so pages leave it out".to_owned(),
        Lost::CutLink => "the `|` in this ends a cell, so readers see two halves and no link".to_owned(),
        Lost::Definition(label) => format!("no link is called `[{label}]`, so pages leave this line out"),
        Lost::Footnote(_) => "there is a footnote with this label already, so pages leave this one out".to_owned(),
    }
}

fn help(lost: &Lost) -> &'static str {
    match lost {
        Lost::Tag(_) => "say it in Markdown; or, where the tag itself is meant, put it between backticks",
        Lost::Deep(_) => "end each tag where its words end, as `</b>` ends `<b>`",
        Lost::Element(_) => {
            "pages have no scripts and no styles but their own; where the tag itself is meant, put it between backticks"
        }
        Lost::Embed(_) => "pages ask no other host for anything; write the link in Markdown, with words of your own",
        Lost::Attribute { .. } => "remove it: pages keep what says something, and no styles or scripts",
        Lost::EndlessComment => "end it with `-->`",
        Lost::Declaration => "remove it; to have it shown, put it between backticks",
        Lost::Character(_) => "remove it: it tells a terminal what to do, or turns the order of letters around",
        Lost::Cells => "give the header as many columns; a `|` that is meant as a sign is written `\\|`",
        Lost::CutLink => "write the sign as `\\|` in a table: `[[wagner\\|the group]]`",
        Lost::Definition(_) => "where it is a text, write `\\[` at its start; else remove it",
        Lost::Footnote(_) => "give it another label, and refer to it by that",
    }
}
