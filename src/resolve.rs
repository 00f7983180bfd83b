//! Records to a dossier: each kind in order of id, names to ids, every reference checked.
//!
//! What a record's references lead to depends on the record and on the [`Directory`] of all names alone; so it is kept from
//! build to build (`bind`), and writing in one file binds one file. The rest moves ids.

mod bind;
mod checks;
mod cycles;
pub mod destination;
pub mod directory;
mod duplicates;
mod gather;
pub mod names;
pub mod numbering;
pub mod origins;
pub mod role;
pub mod subject;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use crate::base::date::Edtf;
use crate::base::diag::Diagnostics;
use crate::base::id::{Arena, Id, Named};
use crate::base::input::Inputs;
use crate::base::memo::{self, Same, Table};
use crate::model::Common;
use crate::model::annotation::{Annotation, FactCheck};
use crate::model::article::Article;
use crate::model::entity::Entity;
use crate::model::event::Event;
use crate::model::figure::Figure;
use crate::model::ledger::{AcceptedOn, Ledger};
use crate::model::page::Page;
use crate::model::settings::Settings;
use crate::model::source::SourceRecord;
use crate::model::value::Kind;
use crate::parse::Parsed;
use crate::syntax::markdown::Body;
use crate::syntax::yaml::{Places, Skipped};
use bind::{Around, Bind, Bound};
pub use bind::{KeyLink, Outgoing, PlaceLink};
use destination::Destination;
use directory::{Directory, Made};
use gather::Gathered;
use numbering::Numbering;
use origins::Origins;
use role::Role;
use subject::{Subject, SubjectKey};

/// All records of a dossier, each kind in order of id; annotations in order of article, then as written.
#[derive(Debug, Default)]
pub struct Dossier {
    /// `site.toml`.
    pub settings: Arc<Settings>,
    /// What was accepted of the annotations; none where nothing ever was.
    pub ledger: Option<Arc<Ledger>>,
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
    pub home: Option<Arc<Page>>,
    /// The fact checks among the annotations, in order of id.
    pub checks: Vec<Id<Annotation>>,
    /// The annotations of each article, as a range of [`Dossier::annotations`].
    pub of_article: Vec<Range<usize>>,
    /// The items of lists that the records do not have.
    pub skipped: Skipped,
    /// The names of all of these.
    pub directory: Arc<Directory>,
    /// The ids that several annotations have.
    repeated: Arc<BTreeSet<String>>,
    /// Where the sources come from.
    pub origins: Arc<Origins>,
    /// What each record refers to, by number; nothing for a source that is described inside its article.
    outgoing: Vec<Option<Arc<Outgoing>>>,
    /// What the annotations on each article refer to, by article.
    outgoing_of_annotations: Vec<Arc<Outgoing>>,
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

/// What was resolved before.
#[derive(Default)]
pub struct Memo {
    last: Option<(Arc<Inputs>, Arc<Dossier>)>,
    records: Table<Around, SubjectKey, Bound>,
    annotations: Table<Around, SubjectKey, Bound>,
}

/// Puts the records together and checks what refers to what.
pub fn resolve(inputs: &Arc<Inputs>, parsed: &Parsed, memo: &mut Memo, diags: &mut Diagnostics) -> Arc<Dossier> {
    let Gathered { mut dossier, absent, astray } = gather::gather(inputs, parsed, diags);
    let last = memo.last.as_ref().map(|(inputs, dossier)| (&**inputs, &**dossier));
    dossier.directory = Directory::take_over(last, &Made { inputs, dossier: &dossier, absent: &absent });
    dossier.checks = dossier.directory.checks().to_vec();
    let settings = Same(dossier.settings.clone());
    let around = Around { directory: Same(dossier.directory.clone()), settings };
    let bind = |file, subject| Bind { file, subject, around: &around, inputs, skipped: &dossier.skipped };
    let subjects =
        || dossier.subjects().filter(|(_, subject)| !matches!(subject, Subject::Source(source) if source.inline));
    let records: Vec<Bind<'_>> = subjects().map(|(_, subject)| bind(subject.file(), subject)).collect();
    let on_articles = dossier
        .articles
        .iter()
        .map(|(id, article)| bind(article.meta.at.file, Subject::Annotations(dossier.shared_annotations_of(id))));
    let on_nothing = astray.into_iter().map(|file| bind(file.id, Subject::Astray(file)));
    let annotations: Vec<Bind<'_>> = on_articles.chain(on_nothing).collect();
    let records = memo.records.answer(around.clone(), &records);
    let annotations = memo.annotations.answer(around.clone(), &annotations);
    for bound in records.iter().chain(&annotations) {
        diags.extend(bound.found.iter().cloned());
    }
    let of_records = subjects().map(|(node, _)| node).zip(records.iter().map(|bound| bound.outgoing.clone()));
    dossier.outgoing = dossier.by_number(of_records);
    let of_annotations = annotations.iter().take(dossier.articles.len()).map(|bound| bound.outgoing.clone());
    dossier.outgoing_of_annotations = of_annotations.collect();
    dossier.origins = memo::keep(last.map(|(_, dossier)| &dossier.origins), Origins::of(&dossier));
    dossier.repeated = duplicates::take_over(last.map(|(_, dossier)| dossier), &dossier);
    let places = Places::new(inputs, &dossier.skipped);
    cycles::check(&dossier, &places, diags);
    duplicates::check(inputs, &dossier, &places, diags);
    let dossier = Arc::new(dossier);
    memo.last = Some((inputs.clone(), dossier.clone()));
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
        self.home.iter().for_each(|record| see(Node::Home, &**record));
        for (id, annotation) in self.annotations.iter() {
            let article = self.article_of(id);
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
            Node::Home => &**self.home.as_ref()?,
        })
    }

    /// Whether a record is a draft, or a check on an article that is one.
    pub fn is_draft(&self, node: Node) -> bool {
        let article = if let Node::Check(check) = node { self.article_of(check).map(Node::Article) } else { None };
        let is = |node: Node| self.record(node).is_some_and(|record| record.meta().draft);
        is(node) || article.is_some_and(is)
    }

    /// The same, to keep it.
    pub fn shared(&self, node: Node) -> Option<Arc<dyn Common>> {
        Some(match node {
            Node::Article(id) => self.articles.records()[id.index()].clone(),
            Node::Entity(id) => self.entities.records()[id.index()].clone(),
            Node::Event(id) => self.events.records()[id.index()].clone(),
            Node::Figure(id) => self.figures.records()[id.index()].clone(),
            Node::Source(id) => self.sources.records()[id.index()].clone(),
            Node::Check(id) => self.annotations.records()[id.index()].clone(),
            Node::Page(id) => self.pages.records()[id.index()].clone(),
            Node::Home => self.home.clone()?,
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

    /// What a link to a node says within a text when its writer gave it no words: its title; of a claim, which is a
    /// sentence itself, without its full stop.
    pub fn title_in_text(&self, node: Node) -> &str {
        let title = self.title(node);
        match node {
            Node::Check(_) => title.strip_suffix('.').unwrap_or(title),
            _ => title,
        }
    }

    /// What a link of a file in `folder` says that has no words: the title of the record that it leads to.
    pub fn name_of_target(&self, folder: &str, target: &str) -> Option<&str> {
        let node = self.find(target, Kind::ALL).ok().or_else(|| match self.destination(folder, target, false) {
            Destination::Record(node, _) => Some(node),
            _ => None,
        });
        node.map(|node| self.title_in_text(node))
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
        range.map(|index| (Id::new(index), &*self.annotations.records()[index]))
    }

    /// The article that an annotation is on; `None` where that is not there.
    pub fn article_of(&self, annotation: Id<Annotation>) -> Option<Id<Article>> {
        let index = annotation.index();
        let article = self.of_article.partition_point(|range| range.end <= index);
        self.of_article.get(article).filter(|range| range.contains(&index)).map(|_| Id::new(article))
    }

    /// What a record refers to.
    pub fn outgoing(&self, node: Node) -> Option<&Arc<Outgoing>> {
        self.outgoing.get(self.numbering().number(node))?.as_ref()
    }

    /// What the annotations on an article refer to; the item of a reference is the annotation's place among them.
    pub fn outgoing_of_annotations(&self, article: Id<Article>) -> &Arc<Outgoing> {
        &self.outgoing_of_annotations[article.index()]
    }

    /// The record that another refers to in a role that only one has.
    fn reference_to(&self, from: Node, role: Role) -> Option<Node> {
        let references = &self.outgoing(from)?.references;
        references.iter().find(|reference| reference.role == role).map(|reference| reference.to)
    }

    /// The numbers of its nodes.
    pub fn numbering(&self) -> Numbering {
        Numbering::of(self)
    }

    /// When an article or source was published; nothing for any other node.
    pub fn published(&self, node: Node) -> Option<&Edtf> {
        match node {
            Node::Article(id) => self.articles[id].keys.published.as_ref(),
            Node::Source(id) => self.sources[id].keys.published.as_ref(),
            _ => None,
        }
    }

    /// The source of an article.
    pub fn source_of(&self, article: Id<Article>) -> Option<Id<SourceRecord>> {
        self.origins.source_of(article)
    }

    /// Where a source's word comes from: its `origin`, followed to the end.
    pub fn origin_of(&self, source: Id<SourceRecord>) -> Id<SourceRecord> {
        self.origins.of_source(source)
    }

    /// The source that a source names as its origin.
    pub fn next_origin(&self, source: Id<SourceRecord>) -> Option<Node> {
        self.origins.next(source).map(Node::Source)
    }

    /// The origin of what a node says: a source's, or an article's source's; else the node itself.
    pub fn origin(&self, node: Node) -> Node {
        self.origins.of_node(node)
    }

    /// Every record but the annotations, in order.
    pub fn subjects(&self) -> impl Iterator<Item = (Node, Subject<'_>)> {
        fn all<T>(arena: &Arena<T>) -> impl Iterator<Item = (Id<T>, &Arc<T>)> {
            arena.records().iter().enumerate().map(|(index, record)| (Id::new(index), record))
        }
        let articles = all(&self.articles).map(|(id, record)| (Node::Article(id), Subject::Article(record)));
        let entities = all(&self.entities).map(|(id, record)| (Node::Entity(id), Subject::Entity(record)));
        let events = all(&self.events).map(|(id, record)| (Node::Event(id), Subject::Event(record)));
        let figures = all(&self.figures).map(|(id, record)| (Node::Figure(id), Subject::Figure(record)));
        let sources = all(&self.sources).map(|(id, record)| (Node::Source(id), Subject::Source(record)));
        let pages = all(&self.pages).map(|(id, record)| (Node::Page(id), Subject::Page(record)));
        let home = self.home.iter().map(|record| (Node::Home, Subject::Page(record)));
        articles.chain(entities).chain(events).chain(figures).chain(sources).chain(pages).chain(home)
    }

    /// The annotations of an article, as written.
    pub fn shared_annotations_of(&self, article: Id<Article>) -> &[Arc<Annotation>] {
        &self.annotations.records()[self.of_article[article.index()].clone()]
    }

    /// What was accepted of the annotations on an article, under the ids that it has and had.
    pub fn accepted_on(&self, article: &Article) -> Vec<&Arc<AcceptedOn>> {
        let Some(ledger) = &self.ledger else { return Vec::new() };
        article.meta.ids().filter_map(|id| ledger.on(id)).collect()
    }

    /// A table by number of node.
    pub fn by_number<T>(&self, of: impl Iterator<Item = (Node, T)>) -> Vec<Option<T>> {
        let numbering = self.numbering();
        let mut table: Vec<Option<T>> = (0..numbering.count()).map(|_| None).collect();
        for (node, value) in of {
            table[numbering.number(node)] = Some(value);
        }
        table
    }

    /// Whether the links of all texts lead to the same files, given that both have the same records under the same numbers.
    pub fn copy_the_same(&self, other: &Self) -> bool {
        let same = |one: &Arc<Outgoing>, other: &Arc<Outgoing>| {
            Arc::ptr_eq(one, other) || (&one.files, &one.key_files) == (&other.files, &other.key_files)
        };
        let records = || self.outgoing.iter().zip(&other.outgoing);
        let annotations = || self.outgoing_of_annotations.iter().zip(&other.outgoing_of_annotations);
        self.outgoing.len() == other.outgoing.len()
            && records().all(|pair| match pair {
                (Some(one), Some(other)) => same(one, other),
                (one, other) => one.is_none() && other.is_none(),
            })
            && annotations().all(|(one, other)| same(one, other))
    }

    /// Whether both have the same records under the same numbers, and these refer to the same in the same way.
    pub fn refers_to_the_same(&self, other: &Self) -> bool {
        let same = |one: &Arc<Outgoing>, other: &Arc<Outgoing>| Arc::ptr_eq(one, other);
        let records = || self.outgoing.iter().zip(&other.outgoing);
        let annotations = || self.outgoing_of_annotations.iter().zip(&other.outgoing_of_annotations);
        Arc::ptr_eq(&self.directory, &other.directory)
            && Arc::ptr_eq(&self.origins, &other.origins)
            && self.of_article == other.of_article
            && self.outgoing.len() == other.outgoing.len()
            && annotations().all(|(one, other)| same(one, other))
            && records().all(|pair| match pair {
                (Some(one), Some(other)) => same(one, other),
                (one, other) => one.is_none() && other.is_none(),
            })
    }
}
