//! Records to a dossier: each kind in order of id, names to ids, every reference checked.

mod checks;
mod cycles;
pub mod destination;
mod gather;
pub mod names;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::base::diag::Diagnostics;
use crate::base::id::{Arena, Id, Named};
use crate::base::input::Inputs;
use crate::model::Common;
use crate::model::annotation::{Annotation, FactCheck};
use crate::model::article::{Article, SourceField};
use crate::model::entity::Entity;
use crate::model::event::Event;
use crate::model::figure::Figure;
use crate::model::page::Page;
use crate::model::settings::Settings;
use crate::model::source::SourceRecord;
use crate::model::value::Kind;
use crate::parse::Parsed;
use crate::syntax::markdown::Body;
use crate::syntax::yaml::{Places, Skipped};

/// All records of a dossier, each kind in order of id; annotations in order of article, then as written.
#[derive(Debug, Default)]
pub struct Dossier {
    /// `site.toml`.
    pub settings: Settings,
    /// The articles.
    pub articles: Arena<Article>,
    /// The annotations.
    pub annotations: Arena<Annotation>,
    /// The entities.
    pub entities: Arena<Entity>,
    /// The events.
    pub events: Arena<Event>,
    /// The disputed figures.
    pub figures: Arena<Figure>,
    /// The sources, with those described inside articles.
    pub sources: Arena<SourceRecord>,
    /// The pages.
    pub pages: Arena<Page>,
    /// The home page.
    pub home: Option<Page>,
    /// The fact checks among the annotations, in order of id.
    pub checks: Vec<Id<Annotation>>,
    /// The annotations of each article, as a range of [`Dossier::annotations`].
    pub of_article: Vec<Range<usize>>,
    /// The items of lists that the records do not have.
    pub skipped: Skipped,
    /// The record of each content file, by path.
    pub by_path: BTreeMap<String, Node>,
    /// Names that are known and have no record here.
    absent: BTreeMap<(Kind, String), Absence>,
}

/// Why a name has no record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Absence {
    /// Its file could not be read, which has been reported.
    Lost,
    /// It is a draft, and drafts are left out.
    Draft,
}

/// Anything that can be referred to, or that refers. Ordered by kind, then by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// An article.
    Article(Id<Article>),
    /// An entity.
    Entity(Id<Entity>),
    /// An event.
    Event(Id<Event>),
    /// A disputed figure.
    Figure(Id<Figure>),
    /// A source.
    Source(Id<SourceRecord>),
    /// A fact check.
    Check(Id<Annotation>),
    /// A page.
    Page(Id<Page>),
    /// The home page.
    Home,
}

macro_rules! named {
    ($($record:ty),+) => { $(impl Named for $record {
        fn slug(&self) -> &str { &self.meta.id }
    })+ };
}
named!(Article, Entity, Event, Figure, SourceRecord, Page, Annotation);

/// Puts the records together and checks what refers to what.
pub fn resolve(inputs: &Inputs, parsed: Parsed, diags: &mut Diagnostics) -> Dossier {
    let dossier = gather::gather(inputs, parsed, diags);
    let places = Places::new(inputs, &dossier.skipped);
    dossier.each_record(&mut |_, record| {
        names::check_references(&dossier, &places, record, diags);
        destination::check_links(&dossier, inputs, &places, record, diags);
    });
    checks::check(&dossier, &places, diags);
    cycles::check(&dossier, &places, diags);
    dossier
}

impl Dossier {
    /// Shows every record, with its node; an annotation that is no fact check goes with its article.
    pub fn each_record<'a>(&'a self, see: &mut dyn FnMut(Node, &'a dyn Common)) {
        self.articles.iter().for_each(|(id, record)| see(Node::Article(id), record));
        self.entities.iter().for_each(|(id, record)| see(Node::Entity(id), record));
        self.events.iter().for_each(|(id, record)| see(Node::Event(id), record));
        self.figures.iter().for_each(|(id, record)| see(Node::Figure(id), record));
        self.sources.iter().for_each(|(id, record)| see(Node::Source(id), record));
        self.pages.iter().for_each(|(id, record)| see(Node::Page(id), record));
        self.home.iter().for_each(|record| see(Node::Home, record));
        for (id, annotation) in self.annotations.iter() {
            let article = self.articles.find(&annotation.article);
            match (annotation.fact_check(), article) {
                (Some(_), _) => see(Node::Check(id), annotation),
                (None, Some(article)) => see(Node::Article(article), annotation),
                (None, None) => {}
            }
        }
    }

    /// The nodes that have a body, in order.
    pub fn bodies(&self) -> Vec<(Node, &Body)> {
        let mut bodies: Vec<(Node, &Body)> = Vec::new();
        bodies.extend(self.articles.iter().map(|(id, record)| (Node::Article(id), &record.body)));
        bodies.extend(self.entities.iter().map(|(id, record)| (Node::Entity(id), &record.body)));
        bodies.extend(self.events.iter().map(|(id, record)| (Node::Event(id), &record.body)));
        bodies.extend(self.pages.iter().map(|(id, record)| (Node::Page(id), &record.body)));
        bodies.extend(self.home.iter().map(|record| (Node::Home, &record.body)));
        bodies
    }

    /// The record of a node.
    pub fn record(&self, node: Node) -> Option<&dyn Common> {
        Some(match node {
            Node::Article(id) => &self.articles[id],
            Node::Entity(id) => &self.entities[id],
            Node::Event(id) => &self.events[id],
            Node::Figure(id) => &self.figures[id],
            Node::Source(id) => &self.sources[id],
            Node::Check(id) => &self.annotations[id],
            Node::Page(id) => &self.pages[id],
            Node::Home => self.home.as_ref()?,
        })
    }

    /// What a node is called: its title, its name, its claim.
    pub fn title(&self, node: Node) -> &str {
        match node {
            Node::Article(id) => &self.articles[id].keys.title,
            Node::Entity(id) => &self.entities[id].keys.name,
            Node::Event(id) => &self.events[id].keys.title,
            Node::Figure(id) => &self.figures[id].keys.title,
            Node::Source(id) => &self.sources[id].keys.title,
            Node::Check(id) => self.claim(id),
            Node::Page(id) => &self.pages[id].keys.title,
            Node::Home => self.home.as_ref().map_or(&self.settings.title, |home| &home.keys.title),
        }
    }

    /// The claim of a fact check: the one written, or the quote.
    pub fn claim(&self, check: Id<Annotation>) -> &str {
        let annotation = &self.annotations[check];
        let written = annotation.fact_check().and_then(|check| check.claim.as_deref());
        written.unwrap_or(&annotation.target.quote)
    }

    /// A fact check by the id of its annotation; `None` for an annotation of another type.
    pub fn check(&self, check: Id<Annotation>) -> Option<&FactCheck> {
        self.annotations[check].fact_check()
    }

    /// The annotations of an article, as written.
    pub fn annotations_of(&self, article: Id<Article>) -> impl Iterator<Item = (Id<Annotation>, &Annotation)> {
        let range = self.of_article.get(article.index()).cloned().unwrap_or_default();
        range.map(|index| (Id::new(index), &self.annotations.records()[index]))
    }

    /// The source of an article.
    pub fn source_of(&self, article: Id<Article>) -> Option<Id<SourceRecord>> {
        let article = &self.articles[article];
        match article.keys.source.as_ref()? {
            SourceField::Name(name) => match self.follow(name) {
                Ok(Node::Source(id)) => Some(id),
                _ => None,
            },
            SourceField::Inline(_) => self.sources.find(&article.meta.id),
        }
    }

    /// Where a source's word comes from: its `origin`, followed to the end.
    pub fn origin_of(&self, source: Id<SourceRecord>) -> Id<SourceRecord> {
        let mut at = source;
        // A ring of origins is an error that has been reported; the walk must still end.
        for _ in 0..self.sources.len() {
            match self.next_origin(at) {
                Some(Node::Source(next)) if next != at => at = next,
                _ => break,
            }
        }
        at
    }

    /// The source that a source names as its origin.
    pub fn next_origin(&self, source: Id<SourceRecord>) -> Option<Node> {
        self.find(&self.sources[source].keys.origin.as_ref()?.0, &[Kind::Source]).ok()
    }

    /// The origin of what a node says: a source's, or an article's source's; else the node itself.
    pub fn origin(&self, node: Node) -> Node {
        match node {
            Node::Source(id) => Node::Source(self.origin_of(id)),
            Node::Article(id) => self.source_of(id).map_or(node, |source| Node::Source(self.origin_of(source))),
            other => other,
        }
    }
}
