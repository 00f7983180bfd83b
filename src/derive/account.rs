//! Who says what of an event: a row for each article and source that mentions it or gives a figure of it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Context;
use super::estimate::{Said, said};
use super::label::Label;
use super::mentioned::{Sentence, Spoken, annotated, in_keys, named, sentences};
use super::rows::{passage, words_language};
use super::source_card::reliability;
use super::view::NodeLink;
use crate::base::id::Id;
use crate::link::graph::Role;
use crate::link::standing::Claim;
use crate::model::annotation::Annotation;
use crate::model::figure::Figure;
use crate::model::source::SourceRecord;
use crate::resolve::Node;

/// More sentences than this are left to the list of mentions.
const MOST_SENTENCES: usize = 3;

/// What one article or source says of an event.
#[derive(Clone, Debug, Serialize)]
pub struct Account {
    /// The article or source.
    pub from: NodeLink,
    /// Who published it; empty where that is not known.
    pub publisher: String,
    /// How reliable it is, in words; empty where that is not said.
    pub reliability: String,
    /// When it was published, in words; empty where that is not known.
    pub date: String,
    /// Whether its text is not in the dossier, so that there is nothing to quote.
    pub outside: bool,
    /// Whether its text is here, and neither names the event nor has a passage that is said to be about it.
    pub silent: bool,
    /// The sentences of an article that name the event or are said to be about it, the first few.
    pub sentences: Vec<Sentence>,
    /// How many more there are.
    pub more: usize,
    /// What it says of figures.
    pub figures: Vec<FigureSaid>,
    /// The verdicts on what it claims.
    pub checks: Vec<CheckSaid>,
}

/// An estimate in an account.
#[derive(Clone, Debug, Serialize)]
pub struct FigureSaid {
    /// The figure.
    pub figure: NodeLink,
    /// What it says.
    pub said: Said,
    /// Whose figure it is, where it is not its own.
    pub by: Option<NodeLink>,
    /// The passage it is read from, where that is in an article.
    pub passage: Option<NodeLink>,
}

/// A verdict in an account.
#[derive(Clone, Debug, Serialize)]
pub struct CheckSaid {
    /// The check.
    pub check: NodeLink,
    /// Its verdict.
    pub label: Label,
}

/// What is found for one article or source, while it is gathered.
#[derive(Default)]
struct Found {
    /// The passages that speak of it.
    spoken: Vec<Spoken>,
    /// The texts of keys that lead to it.
    in_keys: Vec<Sentence>,
    /// Whether the text names it, or an annotation on the text is about it.
    speaks: bool,
    figures: Vec<FigureSaid>,
    checks: Vec<CheckSaid>,
}

/// The accounts of an event by some of its speakers, in their order.
pub fn accounts(context: &Context<'_>, route: &str, event: Node, speakers: &[Node]) -> Vec<Account> {
    let mut found: BTreeMap<Node, Found> = speakers.iter().map(|node| (*node, Found::default())).collect();
    for backlink in context.links.backlinks(event) {
        let Some(entry) = found.get_mut(&backlink.from).filter(|_| matches!(backlink.from, Node::Article(_))) else {
            continue;
        };
        entry.speaks = true;
        entry.spoken = named(context, route, backlink.from, backlink.mentions);
        entry.in_keys = in_keys(context, route, &backlink);
    }
    let mut about = |id: Id<Annotation>| {
        let article = context.dossier.article_of(id);
        if let Some(entry) = article.and_then(|article| found.get_mut(&Node::Article(article))) {
            entry.speaks = true;
            entry.spoken.extend(annotated(context, route, id));
        }
    };
    context.links.cross_references(event).iter().for_each(|id| about(*id));
    for node in context.links.graph.from(event, Role::Subject) {
        match node {
            Node::Check(id) => about(id),
            Node::Figure(id) => {
                let claims = context.links.standings[id.index()].estimates.iter();
                claims.filter_map(|claim| claim.annotation).for_each(&mut about);
            }
            _ => {}
        }
    }
    for node in context.links.graph.from(event, Role::Subject) {
        match node {
            Node::Figure(id) => {
                for claim in &context.links.standings[id.index()].estimates {
                    if let Some(entry) = found.get_mut(&claim.from) {
                        entry.figures.push(FigureSaid::new(context, route, id, claim));
                    }
                }
            }
            Node::Check(id) => {
                let article = context.dossier.article_of(id);
                let entry = article.and_then(|article| found.get_mut(&Node::Article(article)));
                if let (Some(entry), Some(check)) = (entry, context.dossier.check(id)) {
                    let label = Label::verdict(context, &check.verdict);
                    entry.checks.push(CheckSaid { check: NodeLink::new(context, route, node), label });
                }
            }
            _ => {}
        }
    }
    let account = |node: &Node| Account::new(context, route, *node, found.remove(node).unwrap_or_default());
    speakers.iter().map(account).collect()
}

/// The source that answers for what a node says.
pub fn source_of(context: &Context<'_>, node: Node) -> Option<Id<SourceRecord>> {
    match node {
        Node::Source(id) => Some(id),
        Node::Article(id) => context.dossier.source_of(id),
        _ => None,
    }
}

impl Account {
    fn new(context: &Context<'_>, route: &str, node: Node, found: Found) -> Self {
        let source = source_of(context, node).map(|id| &context.dossier.sources[id].keys);
        let article =
            if let Node::Article(id) = node { context.dossier.articles[id].keys.published.as_ref() } else { None };
        let date = article.or(source.and_then(|source| source.published.as_ref()));
        let mut all = sentences(context, node, found.spoken);
        all.extend(found.in_keys);
        Self {
            from: NodeLink::new(context, route, node),
            publisher: source.and_then(|source| source.publisher.clone()).unwrap_or_default(),
            reliability: source
                .and_then(|source| source.reliability)
                .map(|it| reliability(context, it))
                .unwrap_or_default(),
            date: date.map(|date| context.locale.date_short(date)).unwrap_or_default(),
            outside: matches!(node, Node::Source(_)),
            silent: matches!(node, Node::Article(_)) && !found.speaks,
            more: all.len().saturating_sub(MOST_SENTENCES),
            sentences: all.into_iter().take(MOST_SENTENCES).collect(),
            figures: found.figures,
            checks: found.checks,
        }
    }
}

impl FigureSaid {
    fn new(context: &Context<'_>, route: &str, id: Id<Figure>, claim: &Claim) -> Self {
        let figure = &context.dossier.figures[id];
        let by = claim.estimate.by.as_ref().and_then(|by| context.dossier.follow(by).ok());
        Self {
            figure: NodeLink::new(context, route, Node::Figure(id)),
            said: said(context, figure, &claim.estimate, words_language(context, id, claim)),
            by: by.map(|by| NodeLink::new(context, route, by)),
            passage: claim.annotation.and_then(|annotation| passage(context, route, annotation)),
        }
    }
}
