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
use crate::resolve::Node;

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
    /// For the order.
    #[serde(skip)]
    pub key: Option<SortKey>,
}

/// All changes of verdict on the page at the route `page`, newest first. A verdict that was given again is none.
pub fn changes(context: &Context<'_>, page: &str) -> Vec<Change> {
    let checks = context.dossier.checks.iter();
    let all = checks.flat_map(|id| changes_of(context, page, *id).into_iter().rev());
    newest_first(all.filter(|change| change.from != change.to).collect())
}

/// The sort is stable: what one day has stays in the order of checks.
fn newest_first(mut changes: Vec<Change>) -> Vec<Change> {
    changes.sort_by_key(|change| std::cmp::Reverse(change.key));
    changes
}

/// The changes of one check, oldest first.
pub fn changes_of(context: &Context<'_>, page: &str, id: Id<Annotation>) -> Vec<Change> {
    let Some(check) = context.dossier.check(id) else { return Vec::new() };
    let writer = Writer::new(*context, Node::Check(id), page);
    let later = check.history.iter().skip(1).map(|past| (Some(&past.date), past.verdict.as_str()));
    let later = later.chain([(check.checked.as_ref(), check.verdict.as_str())]);
    let change = |(past, (date, verdict)): (&crate::model::annotation::PastVerdict, (Option<&Edtf>, &str))| Change {
        check: NodeLink::new(context, page, Node::Check(id)),
        from: Label::verdict(context, &past.verdict),
        to: Label::verdict(context, verdict),
        date: date.map(|date| context.date(date)).unwrap_or_default(),
        datetime: datetime(date),
        passage: passage(context, page, id),
        note_html: writer.inline(&past.note.0),
        key: date.map(Edtf::sort_key),
    };
    check.history.iter().zip(later).map(change).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_comes_first_and_an_undated_one_last() {
        let change = |day: &str| Change {
            check: NodeLink { href: day.to_owned(), ..NodeLink::default() },
            from: Label::new("neutral", "a"),
            to: Label::new("neutral", "b"),
            date: String::new(),
            datetime: String::new(),
            passage: None,
            note_html: String::new(),
            key: day.parse().ok().map(|date: Edtf| date.sort_key()),
        };
        let days = ["2026-10-02", "", "2026-11", "2026-10-02", "2025"];
        let sorted: Vec<String> =
            newest_first(days.map(change).into()).into_iter().map(|change| change.check.href).collect();
        assert_eq!(sorted, ["2026-11", "2026-10-02", "2026-10-02", "2025", ""]);
    }
}
