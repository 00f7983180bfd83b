//! The sample dossier exercises everything: each feature of the format occurs in it at least once, and it is as large as promised.

use std::path::Path;
use std::sync::Arc;

use dossier::Site;
use dossier::base::date::{Edtf, Parts};
use dossier::base::input::Options;
use dossier::edge::read;
use dossier::link::standing::{Status, origins_of_evidence};
use dossier::model::annotation::{AnnotationKind, CrossRelation};
use dossier::model::entity::Match;
use dossier::model::figure::{Estimate, FigureKind};

fn sample() -> Site {
    let inputs =
        read::folder(Path::new(env!("CARGO_MANIFEST_DIR")), Options::default()).expect("the sample can be read");
    dossier::build(&Arc::new(inputs)).0
}

/// Every anchored passage: its article's id, its words, and where they stand.
fn passages(site: &Site) -> Vec<(String, String, std::ops::Range<usize>)> {
    let annotations = site.dossier.annotations.iter();
    annotations
        .filter_map(|(id, annotation)| {
            let article = site.dossier.articles.find(&annotation.article)?;
            let text = &site.links.bodies.get(&dossier::resolve::Node::Article(article))?.prose.text;
            let range = site.links.anchor(id)?.range.clone();
            Some((annotation.article.to_string(), text[range.clone()].to_owned(), range))
        })
        .collect()
}

fn scripts(names: impl Iterator<Item = char>) -> usize {
    let script = |c: char| match c {
        'a'..='z' | 'A'..='Z' => Some("latin"),
        '\u{400}'..='\u{4ff}' => Some("cyrillic"),
        '\u{600}'..='\u{6ff}' => Some("arabic"),
        _ => None,
    };
    let mut found: Vec<&str> = names.filter_map(script).collect();
    found.sort_unstable();
    found.dedup();
    found.len()
}

#[test]
fn every_feature_occurs() {
    let site = sample();
    let dossier = &site.dossier;
    let passages = passages(&site);
    let pairs =
        || passages.iter().flat_map(|a| passages.iter().map(move |b| (a, b))).filter(|(a, b)| a.0 == b.0 && a.2 != b.2);
    let kinds: Vec<&AnnotationKind> = dossier.annotations.records().iter().map(|annotation| &annotation.kind).collect();
    let relation = |wanted: CrossRelation| {
        kinds
            .iter()
            .any(|kind| matches!(kind, AnnotationKind::CrossReference(reference) if reference.relation == Some(wanted)))
    };
    let estimates: Vec<&Estimate> =
        site.links.standings.iter().flat_map(|standing| &standing.estimates).map(|claim| &claim.estimate).collect();
    let estimate = |test: &dyn Fn(&Estimate) -> bool| estimates.iter().any(|estimate| test(estimate));
    let dates: Vec<_> = dossier.events.records().iter().filter_map(|event| event.keys.date.as_ref()).collect();
    let all_dates = || dates.iter().copied().chain(estimates.iter().filter_map(|estimate| estimate.date.as_ref()));
    let relations = dossier.entities.records().iter().flat_map(|entity| &entity.keys.relations);
    let relations = relations.flat_map(|relation| [relation.dates().0, relation.dates().1]).flatten();
    let is_about = |date: &Edtf| matches!(date.parts(), Parts::Single(date) if date.about);
    let sources = |name: &str| site.inputs.find(&format!("content/articles/{name}.md")).map_or("", |file| &file.text);

    let features = [
        ("a fact check", kinds.iter().any(|kind| matches!(kind, AnnotationKind::FactCheck(_)))),
        ("a cross-reference", kinds.iter().any(|kind| matches!(kind, AnnotationKind::CrossReference(_)))),
        ("a figure annotation", kinds.iter().any(|kind| matches!(kind, AnnotationKind::Figure(_)))),
        ("a mention annotation", kinds.iter().any(|kind| matches!(kind, AnnotationKind::Mention(_)))),
        ("a note", kinds.iter().any(|kind| matches!(kind, AnnotationKind::Note(_)))),
        ("nested annotations", pairs().any(|(a, b)| a.2.start <= b.2.start && b.2.end <= a.2.end)),
        (
            "overlapping annotations",
            pairs().any(|(a, b)| a.2.start < b.2.start && b.2.start < a.2.end && a.2.end < b.2.end),
        ),
        ("a quote over two paragraphs", passages.iter().any(|passage| passage.1.contains('\n'))),
        (
            "a quote over emphasis",
            passages.iter().any(|(article, words, _)| {
                !sources(article)
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ")
                    .contains(&words.split_whitespace().collect::<Vec<_>>().join(" "))
            }),
        ),
        ("the relation supports", relation(CrossRelation::Supports)),
        ("the relation contradicts", relation(CrossRelation::Contradicts)),
        ("the relation repeats", relation(CrossRelation::Repeats)),
        ("the relation context", relation(CrossRelation::Context)),
        ("the relation updates", relation(CrossRelation::Updates)),
        ("a number in dispute", dossier.figures.records().iter().any(|figure| figure.kind() == FigureKind::Number)),
        ("a date in dispute", dossier.figures.records().iter().any(|figure| figure.kind() == FigureKind::Date)),
        ("an account in dispute", dossier.figures.records().iter().any(|figure| figure.kind() == FigureKind::Account)),
        ("a single figure", site.links.standings.iter().any(|standing| standing.status == Status::Single)),
        ("an agreed figure", site.links.standings.iter().any(|standing| standing.status == Status::Agreed)),
        ("a disputed figure", site.links.standings.iter().any(|standing| standing.status == Status::Disputed)),
        ("an estimate without a figure", estimate(&|estimate| estimate.none)),
        ("an estimate in words", estimate(&|estimate| estimate.words.is_some())),
        (
            "an open-ended estimate",
            estimate(&|estimate| estimate.low.is_some() && estimate.best.is_none() && estimate.high.is_none()),
        ),
        ("an interval of dates", all_dates().any(|date| matches!(date.parts(), Parts::Interval(..)))),
        ("a one-of set of dates", all_dates().any(|date| matches!(date.parts(), Parts::OneOf(_)))),
        ("an approximate date", all_dates().chain(relations).any(is_about)),
        (
            "fewer origins than reports",
            dossier.checks.iter().any(|id| {
                origins_of_evidence(dossier, *id).len() < dossier.check(*id).map_or(0, |check| check.evidence.len())
            }) || site.links.standings.iter().any(|standing| standing.origins < standing.estimates.len()),
        ),
        (
            "a verdict with history",
            dossier.checks.iter().any(|id| dossier.check(*id).is_some_and(|check| !check.history.is_empty())),
        ),
        (
            "names in three scripts",
            dossier.entities.records().iter().any(|entity| {
                scripts(entity.keys.name.chars().chain(entity.keys.names.values().flat_map(|name| name.chars()))) >= 3
            }),
        ),
        (
            "an alias that is never matched",
            dossier
                .entities
                .records()
                .iter()
                .any(|entity| entity.keys.aliases.iter().any(|alias| alias.matching == Match::Never)),
        ),
        ("a place with coordinates", dossier.entities.records().iter().any(|entity| entity.keys.location.is_some())),
        (
            "a code block",
            dossier.pages.find("methode").is_some_and(|page| dossier.pages[page].body.markdown().contains("```yaml")),
        ),
        ("the page a-propos", dossier.pages.find("a-propos").is_some()),
        ("a home page", dossier.home.is_some()),
    ];
    let missing: Vec<&str> = features.iter().filter(|(_, there)| !there).map(|(name, _)| *name).collect();
    assert!(missing.is_empty(), "missing: {missing:?}");
}

#[test]
fn it_is_as_large_as_promised() {
    let site = sample();
    let dossier = &site.dossier;
    for (what, count, least) in [
        ("articles", dossier.articles.len(), 5),
        ("entities", dossier.entities.len(), 30),
        ("events", dossier.events.len(), 12),
        ("figures", dossier.figures.len(), 12),
        ("checks", dossier.checks.len(), 15),
        ("sources", dossier.sources.len(), 25),
        ("annotations", dossier.annotations.len(), 60),
    ] {
        assert!(count >= least, "{count} {what}, and {least} were promised");
    }
    for (_, article) in dossier.articles.iter() {
        let words = article.body.prose.text.split_whitespace().count();
        assert!((250..=450).contains(&words), "{}: {words} words", article.meta.id);
        assert!(article.keys.digest, "{} is a digest", article.meta.id);
    }
}

#[test]
fn every_source_is_graded_with_a_reason_and_dated_where_it_can_be() {
    let site = sample();
    let sources = site.dossier.sources.records();
    let without = |test: &dyn Fn(&dossier::model::source::Source) -> bool| -> Vec<&str> {
        sources.iter().filter(|source| !test(&source.keys)).map(|source| source.meta.id.as_str()).collect()
    };
    assert_eq!(
        without(&|source| source.reliability.is_some() && !source.note.0.is_empty()),
        [""; 0],
        "a grade and its reason"
    );
    assert_eq!(without(&|source| source.kind.is_some() && source.publisher.is_some()), [""; 0], "kind and publisher");
    assert!(sources.iter().any(|source| source.keys.origin.is_some()), "one that rests on another");
}
