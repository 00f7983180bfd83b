//! Changes of verdict: each earlier verdict was replaced by the next one, on the next one's date.

use serde::Serialize;

use super::Context;
use super::around::Writer;
use super::label::Label;
use super::rows::passage;
use super::timeline::datetime;
use super::view::NodeLink;
use crate::base::date::{Edtf, SortKey};
use crate::base::id::Id;
use crate::model::annotation::Annotation;
use crate::resolve::{Dossier, Node};

/// A change of verdict.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    /// The check, under its claim.
    pub check: NodeLink,
    /// What it said before.
    pub from: Label,
    /// What it said then.
    pub to: Label,
    /// When it changed, in words.
    pub date: String,
    /// The date for programs; empty where it is no plain day, month or year.
    pub datetime: String,
    /// The passage that the check is about.
    pub passage: Option<NodeLink>,
    /// Why, as it was noted at the earlier verdict.
    pub note_html: String,
}

/// Where a change stands: after the `n`-th verdict in a check's history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    check: Id<Annotation>,
    n: usize,
    /// When; nothing where that is not known.
    key: Option<SortKey>,
}

/// All changes of verdict, newest first. A verdict that was given again is none.
pub fn changes(dossier: &Dossier) -> Vec<Turn> {
    newest_first(dossier.checks.iter().flat_map(|id| turns(dossier, *id).into_iter().rev()).collect())
}

/// The sort is stable: what one day has stays in the order of checks.
fn newest_first(mut changes: Vec<Turn>) -> Vec<Turn> {
    changes.sort_by_key(|change| std::cmp::Reverse(change.key));
    changes
}

/// The changes of one check, oldest first.
fn turns(dossier: &Dossier, check: Id<Annotation>) -> Vec<Turn> {
    let history = dossier.check(check).map_or(&[][..], |check| &check.history);
    let turn = |n: usize| {
        let (before, (date, after)) = (&history[n].verdict, later(dossier, check, n)?);
        (before.as_str() != after).then(|| Turn { check, n, key: date.map(Edtf::sort_key) })
    };
    (0..history.len()).filter_map(turn).collect()
}

/// The verdict that replaced the `n`-th, and when.
fn later(dossier: &Dossier, check: Id<Annotation>, n: usize) -> Option<(Option<&Edtf>, &str)> {
    let check = dossier.check(check)?;
    let next = check.history.get(n + 1).map(|past| (Some(&past.date), past.verdict.as_str()));
    Some(next.unwrap_or((check.checked.as_ref(), check.verdict.as_str())))
}

/// Changes as rows of the page at `route`.
pub fn rows(context: &Context<'_>, route: &str, changes: &[Turn]) -> Vec<Change> {
    let row = |turn: &Turn| {
        let past = context.dossier.check(turn.check)?.history.get(turn.n)?;
        let (date, verdict) = later(context.dossier, turn.check, turn.n)?;
        Some(Change {
            check: NodeLink::new(context, route, Node::Check(turn.check)),
            from: Label::verdict(context, &past.verdict),
            to: Label::verdict(context, verdict),
            date: date.map(|date| context.date(date)).unwrap_or_default(),
            datetime: datetime(date),
            passage: passage(context, route, turn.check),
            note_html: Writer::new(*context, Node::Check(turn.check), route).inline(&past.note.0),
        })
    };
    changes.iter().filter_map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_comes_first_and_an_undated_one_last() {
        let days = ["2026-10-02", "", "2026-11", "2026-10-02", "2025"];
        let key = |day: &str| day.parse().ok().map(|date: Edtf| date.sort_key());
        let turn = |(n, day): (usize, &&str)| Turn { check: Id::new(0), n, key: key(day) };
        let sorted = newest_first(days.iter().enumerate().map(turn).collect());
        assert_eq!(sorted.iter().map(|turn| turn.n).collect::<Vec<_>>(), [2, 0, 3, 4, 1]);
    }
}
