//! The rows of a part of a list, under their headings.

use std::ops::Range;

use super::{Group, Row};
use crate::base::date::Edtf;
use crate::base::id::Id;
use crate::derive::Context;
use crate::derive::around::Writer;
use crate::derive::article::{Counted, verdicts};
use crate::derive::estimate::assessed;
use crate::derive::figure::MiniChart;
use crate::derive::label::Label;
use crate::derive::routes::{self, ListOf};
use crate::derive::source_card::SourceCard;
use crate::derive::view::NodeLink;
use crate::model::annotation::Annotation;
use crate::model::article::Article;
use crate::resolve::Node;

/// A heading, by which neighbouring rows are put together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Heading {
    title: String,
    label: Option<Label>,
}

/// The rows of a list at `range` of its order, under their headings.
pub(super) fn groups(context: &Context<'_>, route: &str, of: ListOf, range: Range<usize>) -> Vec<Group> {
    let mut groups: Vec<(Heading, Vec<Row>)> = Vec::new();
    for node in context.orders.of(of).get(range).unwrap_or_default() {
        let (heading, row) = (heading(context, *node), row(context, route, *node));
        match groups.last_mut() {
            Some((last, rows)) if *last == heading => rows.push(row),
            _ => groups.push((heading, vec![row])),
        }
    }
    let group = |(heading, rows): (Heading, Vec<Row>)| Group {
        title: heading.title,
        label: heading.label,
        count: rows.len(),
        rows,
    };
    groups.into_iter().map(group).collect()
}

fn heading(context: &Context<'_>, node: Node) -> Heading {
    let dossier = context.dossier;
    let titled = |title: String| Heading { title, label: None };
    let labelled = |label: Label| Heading { title: label.word.clone(), label: Some(label) };
    match node {
        Node::Entity(id) => titled(context.entity_kind(&dossier.entities[id].keys.kind, true)),
        Node::Event(id) => {
            let day = dossier.events[id].keys.date.as_ref().and_then(|date| date.earliest().or(date.latest()));
            titled(day.map_or_else(|| context.word("event", "undated"), |day| context.date(&Edtf::of_year(day.year()))))
        }
        Node::Check(id) => {
            labelled(Label::verdict(context, dossier.check(id).map_or("", |check| check.verdict.as_str())))
        }
        Node::Figure(id) => labelled(Label::status(context, context.links.standings[id.index()].status)),
        _ => Heading::default(),
    }
}

fn row(context: &Context<'_>, route: &str, node: Node) -> Row {
    let row = Row {
        link: NodeLink::new(context, route, node),
        when: String::new(),
        label: None,
        facts: Vec::new(),
        verdicts: Vec::new(),
        summary_html: String::new(),
        chart: None,
    };
    let inline = |markdown: &str| Writer::new(*context, node, route).inline(markdown);
    let dossier = context.dossier;
    match node {
        Node::Article(id) => {
            let keys = &dossier.articles[id].keys;
            let when =
                keys.published.as_ref().map_or_else(|| context.word("article", "undated"), |date| context.date(date));
            Row {
                when,
                facts: article_facts(context, route, id),
                verdicts: given(context, id),
                summary_html: inline(&keys.summary.0),
                ..row
            }
        }
        Node::Event(id) => {
            let keys = &dossier.events[id].keys;
            let when = keys.date.as_ref().map(|date| context.date(date)).unwrap_or_default();
            let place = keys.place.as_ref().and_then(|place| dossier.follow(place).ok());
            let facts = place.map(|place| dossier.title(place).to_owned()).into_iter().collect();
            Row { when, facts, summary_html: inline(&keys.summary.0), ..row }
        }
        Node::Entity(id) => {
            let mentions = context.locale.count("count.mention", routes::mentions(context.links, node));
            Row { facts: vec![mentions], summary_html: inline(&dossier.entities[id].keys.summary.0), ..row }
        }
        Node::Check(id) => Row { facts: check_facts(context, id), ..row },
        Node::Figure(id) => {
            let (figure, standing) = (&dossier.figures[id], &context.links.standings[id.index()]);
            let own = figure.keys.assessment.as_ref().map(|own| assessed(context, figure, own).plain());
            let corroboration = context.corroboration(standing.estimates.len(), standing.origins);
            Row { facts: own.into_iter().chain([corroboration]).collect(), chart: MiniChart::new(context, id), ..row }
        }
        Node::Source(id) => {
            let card = SourceCard::new(context, route, id);
            let facts = [card.publisher, card.kind, card.date, card.reliability, card.language];
            Row { facts: facts.into_iter().filter(|fact| !fact.is_empty()).collect(), ..row }
        }
        Node::Page(_) | Node::Home => row,
    }
}

fn article_facts(context: &Context<'_>, route: &str, id: Id<Article>) -> Vec<String> {
    let source = context.dossier.source_of(id).map(|source| SourceCard::new(context, route, source));
    let source = source.map(|card| [card.publisher, card.kind, card.reliability, card.language]);
    let notes = context.dossier.of_article.get(id.index()).map_or(0, ExactSizeIterator::len);
    let count = context.locale.count("count.annotation", notes);
    source.into_iter().flatten().chain([count]).filter(|fact| !fact.is_empty()).collect()
}

fn given(context: &Context<'_>, id: Id<Article>) -> Vec<Counted> {
    let checks = context.dossier.annotations_of(id).filter_map(|(_, annotation)| annotation.fact_check());
    verdicts(context, checks.map(|check| check.verdict.as_str()))
}

fn check_facts(context: &Context<'_>, id: Id<Annotation>) -> Vec<String> {
    let dossier = context.dossier;
    let sure = dossier.check(id).and_then(|check| check.confidence);
    let article = dossier.article_of(id);
    let sure = sure.map(|sure| context.word("confidence_phrase", sure.name()));
    let article = article.map(|article| dossier.title(Node::Article(article)).to_owned());
    sure.into_iter().chain(article).collect()
}
