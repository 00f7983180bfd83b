//! A fact check as a `ClaimReview`, by the rules of schema.org and of Google's fact check markup.

use super::vocabulary::{Agent, Claim, ClaimReview, Many, Rating, Work};
use super::work::{agent, desk, source, voice};
use super::{Context, Head, address};
use crate::base::id::Id;
use crate::derive::check::claimed_by;
use crate::derive::source_card::web_address;
use crate::derive::timeline::datetime;
use crate::model::annotation::{Annotation, FactCheck};
use crate::resolve::Node;

/// The review on a check's page; `None` for an annotation that is no check.
pub(super) fn of(context: &Context<'_>, id: Id<Annotation>, head: &Head) -> Option<ClaimReview> {
    let (dossier, check) = (context.dossier, context.dossier.check(id)?);
    let checked = datetime(check.checked.as_ref());
    // The first verdict published the review; a later one changed it.
    let first = check.history.first().map(|past| datetime(Some(&past.date)));
    Some(ClaimReview {
        url: head.canonical.clone(),
        claim_reviewed: dossier.claim(id).to_owned(),
        description: head.description.clone(),
        in_language: dossier.settings.language.clone(),
        author: reviewers(context, check),
        date_published: first.clone().unwrap_or_else(|| checked.clone()),
        date_modified: if first.is_some() { checked } else { String::new() },
        review_rating: Some(rating(context, &check.verdict)),
        item_reviewed: claim(context, &dossier.annotations[id], check),
        citation: evidence(context, check),
    })
}

/// The desk, then the persons who checked it; a name that is part of the desk's own is no person.
fn reviewers(context: &Context<'_>, check: &FactCheck) -> Many<Agent> {
    let desk = desk(context);
    let persons = check.checked_by.iter().filter(|name| !name.is_empty() && !desk.name.contains(name.as_str()));
    let persons: Vec<Agent> = persons.map(|name| agent("Person", name)).collect();
    Many(std::iter::once(desk).chain(persons).collect())
}

/// The verdict's word, and its number where it is on the scale. Google counts from 1, and the ends must differ.
fn rating(context: &Context<'_>, verdict: &str) -> Rating {
    let ratings = || context.dossier.settings.verdicts.iter().filter_map(|verdict| verdict.rating);
    let ends = ratings().max().zip(ratings().min()).filter(|(best, worst)| best > worst && *worst > 0);
    let value = context.verdict(verdict).and_then(|verdict| verdict.rating).filter(|_| ends.is_some());
    let (best_rating, worst_rating) = ends.filter(|_| value.is_some()).unzip();
    Rating { alternate_name: context.verdict_label(verdict), rating_value: value, best_rating, worst_rating }
}

/// The claim: who makes it, when, and where it was read.
fn claim(context: &Context<'_>, annotation: &Annotation, check: &FactCheck) -> Option<Claim> {
    let dossier = context.dossier;
    let article = dossier.articles.find(&annotation.article)?;
    let keys = &dossier.articles[article].keys;
    let appearance = match dossier.source_of(article) {
        Some(id) => source(context, id),
        None => Work {
            kind: "Article",
            name: keys.title.clone(),
            url: address(context, Node::Article(article)),
            ..Work::default()
        },
    };
    let published = datetime(keys.published.as_ref());
    Some(Claim {
        author: claimants(context, claimed_by(context, annotation, check)),
        date_published: if published.is_empty() { appearance.date_published.clone() } else { published },
        appearance: Some(appearance),
    })
}

/// Those who make a claim, where they are persons or organisations: a place or a thing claims nothing.
fn claimants(context: &Context<'_>, by: Option<Node>) -> Many<Agent> {
    let dossier = context.dossier;
    match by {
        Some(Node::Source(id)) => voice(&dossier.sources[id].keys),
        Some(Node::Article(id)) => dossier.source_of(id).map(|id| voice(&dossier.sources[id].keys)).unwrap_or_default(),
        Some(Node::Entity(id)) => {
            let keys = &dossier.entities[id].keys;
            let kind = match keys.kind.as_str() {
                "person" => "Person",
                "organisation" => "Organization",
                _ => return Many::default(),
            };
            let same_as = keys.same_as.iter().map(|address| web_address(Some(address)));
            let same_as = same_as.filter(|address| address.starts_with("http")).collect();
            Many(vec![Agent { same_as, url: address(context, Node::Entity(id)), ..agent(kind, &keys.name) }])
        }
        _ => Many::default(),
    }
}

/// What the verdict rests on, each work once.
fn evidence(context: &Context<'_>, check: &FactCheck) -> Vec<Work> {
    let dossier = context.dossier;
    let mut cited = Vec::new();
    for evidence in &check.evidence {
        let found = match (&evidence.source, &evidence.article) {
            (Some(source), _) => dossier.follow(source).ok(),
            (None, article) => article.as_ref().and_then(|article| dossier.follow(article).ok()),
        };
        let id = match found {
            Some(Node::Source(id)) => Some(id),
            Some(Node::Article(id)) => dossier.source_of(id),
            _ => None,
        };
        if let Some(id) = id.filter(|id| !cited.contains(id)) {
            cited.push(id);
        }
    }
    cited.into_iter().map(|id| source(context, id)).collect()
}
