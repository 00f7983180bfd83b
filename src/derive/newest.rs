//! When the editors last changed something, as far as the records say: the days on which they checked.
//!
//! There is no clock here. What was published by others says nothing of the site; a date that is not one plain day is passed over,
//! and so is one before the year 0 or after 9999, which the formats that these days are for cannot say.

use super::Context;
use crate::base::date::{Day, Edtf};
use crate::base::id::Id;
use crate::model::annotation::{Annotation, FactCheck};
use crate::model::article::Article;
use crate::resolve::{Dossier, Node};

/// The day of the site as a whole: the one that the build was given, or the last on which anything was checked.
pub fn of_site(context: &Context<'_>) -> Option<Day> {
    context.inputs.options.built.or_else(|| checked(context.dossier))
}

/// The last day on which anything was checked.
pub fn checked(dossier: &Dossier) -> Option<Day> {
    told(dossier).filter_map(|id| of_check(dossier.check(id)?)).max()
}

/// The checks but those that are drafts: what is not published is no news.
fn told(dossier: &Dossier) -> impl Iterator<Item = Id<Annotation>> {
    dossier.checks.iter().copied().filter(|id| !dossier.is_draft(Node::Check(*id)))
}

/// The last day on which anything in an article was checked.
pub fn of_article(dossier: &Dossier, id: Id<Article>) -> Option<Day> {
    let told = dossier.annotations_of(id).filter(|(_, annotation)| !annotation.meta.draft);
    told.filter_map(|(_, annotation)| of_check(annotation.fact_check()?)).max()
}

/// The last day on which a check was made or changed.
pub fn of_check(check: &FactCheck) -> Option<Day> {
    let earlier = check.history.iter().map(|past| &past.date);
    check.checked.iter().chain(earlier).filter_map(Edtf::day).filter(|day| (0..=9999).contains(&day.year())).max()
}

/// The last day on which a verdict was changed.
pub fn corrected(dossier: &Dossier) -> Option<Day> {
    let checks = told(dossier).filter_map(|id| dossier.check(id));
    checks.filter(|check| !check.history.is_empty()).filter_map(of_check).max()
}
