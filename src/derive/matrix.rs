//! `matrix.html`: who says what. A row for each question, a column for each article, and what the one says of the other.
//!
//! Articles stand in tables of [`COLUMNS`], and a table has only the questions that its articles speak of. So the page
//! grows with what is said, not with questions times articles.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Context;
use super::estimate::{Said, said};
use super::head::Head;
use super::label::Label;
use super::mentioned::named;
use super::parts::{PartLinks, Window};
use super::rows::{corroboration, passage};
use super::view::NodeLink;
use crate::base::id::Id;
use crate::link::graph::Role;
use crate::model::annotation::{Annotation, AnnotationKind};
use crate::model::article::Article;
use crate::model::value::Kind;
use crate::resolve::{Dossier, Node};

/// As many articles as can still be compared at a glance.
pub const COLUMNS: usize = 25;

/// More tables than this nobody reads. Then each event's and figure's own page compares what is said of it, and this one leads
/// to them.
const MOST_TABLES: usize = 8;

/// What `matrix.html` shows.
#[derive(Clone, Debug, Serialize)]
pub struct Matrix {
    /// Around the content.
    pub head: Head,
    /// The tables, of [`COLUMNS`] articles each.
    pub tables: Vec<Table>,
    /// Where there are too many articles for tables: the events and figures of this part, by kind.
    pub index: Vec<Questions>,
    /// This part among the others; nothing when there is one.
    pub parts: Option<PartLinks>,
}

/// Questions of one kind that have a comparison on their own page.
#[derive(Clone, Debug, Serialize)]
pub struct Questions {
    /// What they are.
    pub title: String,
    /// The rows.
    pub rows: Vec<Question>,
}

/// The way to what is said of an event or figure.
#[derive(Clone, Debug, Serialize)]
pub struct Question {
    /// The event or figure.
    pub question: NodeLink,
    /// What is to be known of it: the date of an event, the status of a figure.
    pub note: String,
    /// How many speak of it, in words; empty where nobody does.
    pub speakers: String,
}

/// Some articles and all that they speak of.
#[derive(Clone, Debug, Serialize)]
pub struct Table {
    /// Which articles: `Articles 1 à 25 sur 60`; empty when there is one table.
    pub title: String,
    /// The articles, by date of publication.
    pub columns: Vec<Column>,
    /// Claims, figures and events, where there are any.
    pub groups: Vec<TableGroup>,
}

/// An article as a column.
#[derive(Clone, Debug, Serialize)]
pub struct Column {
    /// The article.
    pub article: NodeLink,
    /// When it was published, in words; empty when that is not known.
    pub date: String,
}

/// The rows of one kind.
#[derive(Clone, Debug, Serialize)]
pub struct TableGroup {
    /// What they are.
    pub title: String,
    /// The rows.
    pub rows: Vec<TableRow>,
}

/// A question.
#[derive(Clone, Debug, Serialize)]
pub struct TableRow {
    /// The claim, figure or event.
    pub question: NodeLink,
    /// What is to be known of it: the date of an event, the status of a figure; else empty.
    pub note: String,
    /// What each article says; nothing for one that is silent.
    pub cells: Vec<Vec<CellItem>>,
}

/// One thing that an article says of a question.
#[derive(Clone, Debug, Serialize)]
pub struct CellItem {
    /// The passage, or the article.
    pub href: String,
    /// The verdict on what it says; else nothing.
    pub label: Option<Label>,
    /// The estimate as said; else nothing.
    pub said: Option<Said>,
    /// In a word, where neither of these is there.
    pub word: String,
}

/// What is said, by question and column.
type Cells = BTreeMap<Node, BTreeMap<usize, Vec<CellItem>>>;

/// How many rows the index has; none where the articles stand in tables.
pub fn rows(dossier: &Dossier) -> usize {
    if is_large(dossier) { dossier.events.len() + dossier.figures.len() } else { 0 }
}

fn is_large(dossier: &Dossier) -> bool {
    dossier.articles.len() > COLUMNS * MOST_TABLES
}

impl Matrix {
    /// The view of a part of the page, at `route`.
    pub fn new(context: &Context<'_>, route: &str, part: usize) -> Self {
        let locale = context.locale;
        let head = Head::new(context, route, locale.word("matrix.title"), "matrix")
            .describe(locale.word("matrix.explanation"));
        if is_large(context.dossier) {
            let parts = PartLinks::new(context, route, "matrix", part, rows(context.dossier));
            let head = head.in_part(context, part, parts.as_ref());
            return Self { head, tables: Vec::new(), index: index(context, route, part), parts };
        }
        let articles = in_order(context);
        let several = articles.len() > COLUMNS;
        let tables = articles.chunks(COLUMNS).enumerate().map(|(number, articles_here)| {
            let first = number * COLUMNS + 1;
            let places = [first, first + articles_here.len() - 1, articles.len()].map(|n| locale.number(n as f64));
            let values = [("first", places[0].as_str()), ("last", &places[1]), ("all", &places[2])];
            let title = if several { locale.phrase("matrix.part", &values) } else { String::new() };
            Table::new(context, route, title, articles_here)
        });
        Self { head, tables: tables.collect(), index: Vec::new(), parts: None }
    }
}

/// A part of the events, in order of time, and of the figures.
fn index(context: &Context<'_>, route: &str, part: usize) -> Vec<Questions> {
    let mut window = Window::of(part);
    let row = |node: Node, speakers: usize| Question {
        question: NodeLink::new(context, route, node),
        note: note(context, node),
        speakers: if speakers == 0 { String::new() } else { context.locale.count("count.report", speakers) },
    };
    let events = window.cut(&context.links.chronology.order).iter();
    let events = events.map(|id| row(Node::Event(*id), context.links.speakers(context.dossier, *id).len()));
    let events = Questions { title: context.locale.word("matrix.events").to_owned(), rows: events.collect() };
    let here = window.next(context.dossier.figures.len());
    let figures = here.map(|index| row(Node::Figure(Id::new(index)), context.links.standings[index].estimates.len()));
    let figures = Questions { title: context.locale.word("matrix.figures").to_owned(), rows: figures.collect() };
    [events, figures].into_iter().filter(|questions| !questions.rows.is_empty()).collect()
}

/// The articles by date of publication.
fn in_order(context: &Context<'_>) -> Vec<Id<Article>> {
    let mut articles: Vec<Id<Article>> = context.dossier.articles.iter().map(|(id, _)| id).collect();
    articles.sort_by_cached_key(|id| {
        let key = context.dossier.articles[*id].keys.published.as_ref().map(|date| date.sort_key());
        (key.is_none(), key, *id)
    });
    articles
}

impl Table {
    fn new(context: &Context<'_>, route: &str, title: String, articles: &[Id<Article>]) -> Self {
        let mut cells = Cells::new();
        for (column, article) in articles.iter().enumerate() {
            let mut add = |question: Node, item: CellItem| {
                let cell = cells.entry(question).or_default().entry(column).or_default();
                // The same word a second time, as by a reference and by evidence, says nothing more.
                if !cell.iter().any(|other| other.says_the_same(&item)) {
                    cell.push(item);
                }
            };
            annotations(context, route, *article, &mut add);
            cited(context, route, *article, &mut add);
            events(context, route, *article, &mut add);
        }
        let columns = articles.iter().map(|id| Column::new(context, route, *id)).collect();
        let group = |kind: Kind, word: &str| group(context, route, kind, word, articles.len(), &cells);
        let groups = [
            group(Kind::Check, "matrix.claims"),
            group(Kind::Figure, "matrix.figures"),
            group(Kind::Event, "matrix.events"),
        ];
        Self { title, columns, groups: groups.into_iter().flatten().collect() }
    }
}

impl Column {
    fn new(context: &Context<'_>, route: &str, id: Id<Article>) -> Self {
        let date = context.dossier.articles[id].keys.published.as_ref();
        Self {
            article: NodeLink::new(context, route, Node::Article(id)),
            date: date.map(|date| context.locale.date_short(date)).unwrap_or_default(),
        }
    }
}

/// The rows of a kind; `None` where there are none.
fn group(
    context: &Context<'_>,
    route: &str,
    kind: Kind,
    word: &str,
    columns: usize,
    cells: &Cells,
) -> Option<TableGroup> {
    let mut questions: Vec<Node> = cells.keys().copied().filter(|node| Dossier::kind(*node) == Some(kind)).collect();
    questions.sort_by_key(|node| match node {
        Node::Event(id) => context.links.chronology.place(*id),
        _ => 0,
    });
    let row = |question: Node| TableRow {
        question: NodeLink::new(context, route, question),
        note: note(context, question),
        cells: (0..columns).map(|column| cells[&question].get(&column).cloned().unwrap_or_default()).collect(),
    };
    let rows: Vec<TableRow> = questions.into_iter().map(row).collect();
    (!rows.is_empty()).then(|| TableGroup { title: context.locale.word(word).to_owned(), rows })
}

fn note(context: &Context<'_>, question: Node) -> String {
    match question {
        Node::Event(id) => {
            let date = context.dossier.events[id].keys.date.as_ref();
            date.map(|date| context.locale.date_short(date)).unwrap_or_default()
        }
        Node::Figure(id) => {
            let standing = &context.links.standings[id.index()];
            format!("{} · {}", Label::status(context, standing.status).word, corroboration(context, standing))
        }
        _ => String::new(),
    }
}

/// What the annotations on an article say that it says.
fn annotations(context: &Context<'_>, route: &str, article: Id<Article>, add: &mut dyn FnMut(Node, CellItem)) {
    let dossier = context.dossier;
    for (id, annotation) in dossier.annotations_of(article) {
        let href = passage(context, route, id).map(|link| link.href).unwrap_or_default();
        match &annotation.kind {
            AnnotationKind::FactCheck(check) => {
                let label = Some(Label::verdict(context, &check.verdict));
                add(Node::Check(id), CellItem { href, label, said: None, word: String::new() });
            }
            AnnotationKind::Figure(claim) => {
                if let Ok(node @ Node::Figure(figure)) = dossier.follow(&claim.figure) {
                    let language = context.language(Node::Article(article));
                    let said = Some(said(context, &dossier.figures[figure], &claim.estimate(), language));
                    add(node, CellItem { href, label: None, said, word: String::new() });
                }
            }
            AnnotationKind::CrossReference(reference) => {
                let word = reference.relation.map_or("matrix.mentions", |relation| relation_key(relation.name()));
                for to in &reference.to {
                    if let Ok(node @ (Node::Check(_) | Node::Figure(_) | Node::Event(_))) = dossier.follow(to) {
                        add(node, CellItem::word(href.clone(), context.locale.word(word)));
                    }
                }
            }
            _ => {}
        }
    }
}

fn relation_key(name: &str) -> &'static str {
    match name {
        "supports" => "relation.supports",
        "contradicts" => "relation.contradicts",
        "repeats" => "relation.repeats",
        "updates" => "relation.updates",
        _ => "relation.context",
    }
}

/// Where checks and figures cite an article themselves.
fn cited(context: &Context<'_>, route: &str, article: Id<Article>, add: &mut dyn FnMut(Node, CellItem)) {
    let (dossier, node) = (context.dossier, Node::Article(article));
    let href = NodeLink::new(context, route, node).href;
    for edge in context.links.graph.to(node) {
        let n = edge.role.number();
        match (edge.role, edge.from) {
            (Role::Evidence(_), Node::Check(id)) => {
                let stance = dossier.check(id).and_then(|check| check.evidence.get(n)?.stance);
                let word = stance.map_or_else(
                    || context.locale.word("matrix.mentions").to_owned(),
                    |stance| context.word("stance", stance.name()),
                );
                add(edge.from, CellItem::word(href.clone(), &word));
            }
            (Role::Estimate(_), Node::Figure(id)) => {
                let claim = context.links.standings[id.index()].estimates.get(n);
                if let Some(claim) = claim.filter(|claim| claim.annotation.is_none()) {
                    let said = said(context, &dossier.figures[id], &claim.estimate, context.language(node));
                    add(edge.from, CellItem { href: href.clone(), label: None, said: Some(said), word: String::new() });
                }
            }
            _ => {}
        }
    }
}

/// The events that an article names, or is a source of.
fn events(context: &Context<'_>, route: &str, article: Id<Article>, add: &mut dyn FnMut(Node, CellItem)) {
    let node = Node::Article(article);
    let page = NodeLink::new(context, route, node).href;
    // How often, and where first.
    let mut found: BTreeMap<Node, (usize, String)> = BTreeMap::new();
    if let Some(located) = context.links.bodies.get(&node) {
        for (place, (event, _)) in located.named.iter().enumerate().filter(|(_, (to, _))| matches!(to, Node::Event(_)))
        {
            let spots = located.spots(place);
            let first = named(context, route, node, &spots[..1]).into_iter().next();
            found.insert(*event, (spots.len(), first.map_or_else(|| page.clone(), |first| first.href)));
        }
    }
    for (event, id) in spoken_of(context.dossier, article) {
        let passage = || passage(context, route, id).map_or_else(|| page.clone(), |link| link.href);
        found.entry(event).or_insert_with(|| (0, passage()));
    }
    for event in context.links.graph.from(node, Role::Reporter(0)) {
        found.entry(event).or_insert_with(|| (0, page.clone()));
    }
    for (event, (times, href)) in found {
        let word = match times {
            0 | 1 => context.locale.word("matrix.mentions").to_owned(),
            times => context.locale.count("matrix.mentions_times", times),
        };
        add(event, CellItem::word(href, &word));
    }
}

/// The events that the checks and figures of an article's passages are about.
fn spoken_of(dossier: &Dossier, article: Id<Article>) -> Vec<(Node, Id<Annotation>)> {
    let about = |(id, annotation): (Id<Annotation>, &Annotation)| {
        let subjects: Vec<Node> = match &annotation.kind {
            AnnotationKind::FactCheck(check) => check.about.iter().filter_map(|it| dossier.follow(it).ok()).collect(),
            AnnotationKind::Figure(claim) => match dossier.follow(&claim.figure) {
                Ok(Node::Figure(figure)) => {
                    let keys = &dossier.figures[figure].keys;
                    let event = keys.event.iter().filter_map(|event| dossier.follow(event).ok());
                    event.chain(keys.about.iter().filter_map(|it| dossier.follow(it).ok())).collect()
                }
                _ => Vec::new(),
            },
            _ => Vec::new(),
        };
        subjects.into_iter().filter(|node| matches!(node, Node::Event(_))).map(move |node| (node, id))
    };
    dossier.annotations_of(article).flat_map(about).collect()
}

impl CellItem {
    fn word(href: String, word: &str) -> Self {
        Self { href, label: None, said: None, word: word.to_owned() }
    }

    fn says_the_same(&self, other: &Self) -> bool {
        (&self.label, &self.said, &self.word) == (&other.label, &other.said, &other.word)
    }
}
