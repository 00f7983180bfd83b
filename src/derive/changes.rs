//! Changes of verdict: each earlier verdict was replaced by the next one, on the next one's date.

use serde::Serialize;

use super::Context;
use super::around::Writer;
use super::label::Label;
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
    /// Why, as it was noted at the earlier verdict.
    pub note_html: String,
    /// For the order.
    #[serde(skip)]
    pub key: Option<SortKey>,
}

/// All changes of verdict on the page at the route `page`, newest first.
pub fn changes(context: &Context<'_>, page: &str) -> Vec<Change> {
    let checks = context.dossier.checks.iter();
    let mut all: Vec<Change> = checks.flat_map(|id| changes_of(context, page, *id)).collect();
    all.sort_by(|a, b| b.key.cmp(&a.key));
    all
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
        note_html: writer.inline(&past.note.0),
        key: date.map(Edtf::sort_key),
    };
    check.history.iter().zip(later).map(change).collect()
}
