//! `corrections.html`: every change of a verdict, newest first.

use std::cmp::Reverse;

use serde::Serialize;

use super::Context;
use super::around::Writer;
use super::head::Head;
use super::label::Label;
use super::timeline::datetime;
use super::view::NodeLink;
use crate::base::date::{Edtf, SortKey};
use crate::base::id::Id;
use crate::model::annotation::{Annotation, FactCheck};
use crate::resolve::Node;

/// What `corrections.html` shows.
#[derive(Clone, Debug, Serialize)]
pub struct Corrections {
    /// Around the content.
    pub head: Head,
    /// The changes, newest first.
    pub changes: Vec<Change>,
}

/// One change of a verdict.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    /// When, in words; empty where it is not known.
    pub date: String,
    /// The date for programs; empty where it is no plain day, month or year.
    pub datetime: String,
    /// The check.
    pub check: NodeLink,
    /// The article that it is about.
    pub article: Option<NodeLink>,
    /// The verdict before.
    pub from: Label,
    /// The verdict after.
    pub to: Label,
    /// Why.
    pub reason_html: String,
}

/// A change of a verdict among the records.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn<'a> {
    /// When the later verdict was given.
    pub date: Option<&'a Edtf>,
    /// The verdict's id before.
    pub from: &'a str,
    /// The verdict's id after.
    pub to: &'a str,
    /// What was said of the earlier one.
    pub note: &'a str,
}

/// The changes of a check's verdict, oldest first. A verdict that was given again is no change.
pub fn turns(check: &FactCheck) -> Vec<Turn<'_>> {
    let later = check.history.iter().skip(1).map(|past| (Some(&past.date), past.verdict.as_str()));
    let later = later.chain([(check.checked.as_ref(), check.verdict.as_str())]);
    let pairs = check.history.iter().zip(later);
    pairs
        .map(|(past, (date, to))| Turn { date, from: &past.verdict, to, note: &past.note.0 })
        .filter(|turn| turn.from != turn.to)
        .collect()
}

impl Corrections {
    /// The view of the page at `route`.
    pub fn new(context: &Context<'_>, route: &str) -> Self {
        let head = Head::new(context, route, context.locale.word("nav.corrections"), "corrections");
        let head = head.describe(context.locale.word("corrections.explanation"));
        let changes =
            newest_first(context).into_iter().map(|(id, turn)| Change::new(context, route, id, &turn)).collect();
        Self { head, changes }
    }
}

/// All changes of the dossier, newest first; on one day, in order of checks.
pub fn newest_first<'a>(context: &Context<'a>) -> Vec<(Id<Annotation>, Turn<'a>)> {
    let dossier = context.dossier;
    let checks = dossier.checks.iter().filter_map(|id| Some((*id, dossier.check(*id)?)));
    let mut all: Vec<(Id<Annotation>, Turn<'a>)> =
        checks.flat_map(|(id, check)| turns(check).into_iter().rev().map(move |turn| (id, turn))).collect();
    // The sort is stable, so that what is not told apart by date stays as it is.
    all.sort_by_key(|(_, turn)| Reverse(turn.date.map(Edtf::sort_key) as Option<SortKey>));
    all
}

impl Change {
    fn new(context: &Context<'_>, route: &str, id: Id<Annotation>, turn: &Turn<'_>) -> Self {
        let (dossier, node) = (context.dossier, Node::Check(id));
        let article = dossier.articles.find(&dossier.annotations[id].article);
        Self {
            date: turn.date.map(|date| context.date(date)).unwrap_or_default(),
            datetime: datetime(turn.date),
            check: NodeLink::new(context, route, node),
            article: article.map(|article| NodeLink::new(context, route, Node::Article(article))),
            from: Label::verdict(context, turn.from),
            to: Label::verdict(context, turn.to),
            reason_html: Writer::new(*context, node, route).inline(turn.note),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::annotation::PastVerdict;

    #[test]
    fn each_verdict_was_changed_on_the_date_of_the_next() {
        let date = |text: &str| -> Edtf { text.parse().unwrap_or_else(|error| panic!("{error}")) };
        let past = |on: &str, verdict: &str, note: &str| PastVerdict {
            date: date(on),
            verdict: verdict.to_owned(),
            note: crate::model::value::Markdown(note.to_owned()),
        };
        let check = FactCheck {
            verdict: "accurate".to_owned(),
            checked: Some(date("2026-11-20")),
            history: vec![
                past("2026-10-02", "unsupported", "No source yet."),
                past("2026-10-09", "disputed", "Two sources."),
                past("2026-11-01", "disputed", "Still two."),
            ],
            ..FactCheck::default()
        };
        let found: Vec<String> = turns(&check)
            .iter()
            .map(|turn| {
                format!(
                    "{} {}>{} {}",
                    turn.date.map(Edtf::to_string).unwrap_or_default(),
                    turn.from,
                    turn.to,
                    turn.note
                )
            })
            .collect();
        assert_eq!(
            found,
            ["2026-10-09 unsupported>disputed No source yet.", "2026-11-20 disputed>accurate Still two."]
        );
        assert!(turns(&FactCheck::default()).is_empty());
    }
}
