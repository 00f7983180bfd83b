//! Which pages there are, and where: one flat file a page, every link relative.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use super::copies::{self, Copies};
use super::data::sitemap;
use super::{article, card, changes, clash, entity, event, figure, matrix, source};
use crate::base::diag::{Code, Diagnostics};
use crate::base::id::Id;
use crate::base::input::Inputs;
use crate::link::Links;
use crate::model::annotation::Annotation;
use crate::model::article::Article;
use crate::model::entity::Entity;
use crate::model::event::Event;
use crate::model::figure::Figure;
use crate::model::page::Page;
use crate::model::source::SourceRecord;
use crate::resolve::{Dossier, Node};
use crate::syntax::yaml::{Path, Places};

/// Rows of a page above this many go on in a further part.
pub const PART: usize = 500;

/// What a file of the site is made from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PageKey {
    /// The briefing.
    Home,
    /// A part of the list of a kind, from 1.
    List(ListOf, usize),
    /// A part of an article's page, from 1.
    Article(Id<Article>, usize),
    /// A part of an entity's page, from 1.
    Entity(Id<Entity>, usize),
    /// A part of an event's page, from 1.
    Event(Id<Event>, usize),
    /// A part of a fact check's page, from 1.
    Check(Id<Annotation>, usize),
    /// A part of a disputed figure's page, from 1.
    Figure(Id<Figure>, usize),
    /// A part of a source's page, from 1.
    Source(Id<SourceRecord>, usize),
    /// One page.
    Page(Id<Page>),
    /// A part of the events on one line, from 1.
    Timeline(usize),
    /// Who says what, or a part of the ways to it, from 1.
    Matrix(usize),
    /// A part of the changes of verdict, from 1.
    Corrections(usize),
    /// The whole dossier for paper.
    Print,
    /// The downloads.
    Data,
    /// Where readers search; without an index it leads to the page that has everything.
    Search,
    /// For addresses that lead nowhere.
    NotFound,
    /// A file for programs.
    File(DataFile),
    /// A file for the host.
    Host(HostFile),
    /// The picture of a check or figure that other programs show.
    Preview(Node),
    /// The cards of these records, for the reader's script.
    Cards(Vec<Node>),
    /// A page that moved: its new route.
    Redirect(String),
    /// A file that is copied as it is: its path from the root of the dossier.
    Copy(String),
}

/// The kinds that have a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ListOf {
    /// `articles/index.html`
    Articles,
    /// `entities/index.html`
    Entities,
    /// `events/index.html`
    Events,
    /// `checks/index.html`
    Checks,
    /// `figures/index.html`
    Figures,
    /// `sources/index.html`
    Sources,
}

/// Files for programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DataFile {
    /// All of the dossier.
    Dossier,
    /// The annotations as W3C Web Annotations.
    Annotations,
    /// The estimates.
    Figures,
    /// The events.
    Events,
    /// The fact checks.
    Checks,
    /// The places.
    Places,
    /// For search engines: all addresses, or where the parts are.
    Sitemap,
    /// A part of a sitemap that is too long for one file, from 1.
    SitemapPart(usize),
    /// For robots.
    Robots,
    /// For feed readers: all that is new.
    Feed,
    /// For feed readers: changes of verdict.
    Corrections,
}

/// Files that hosts read and readers do not: each host those that it knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum HostFile {
    /// What to say with each file: how long to keep it, what a page may load.
    Headers,
    /// Which pages moved where.
    Redirects,
    /// That the files are served as they are.
    NoJekyll,
}

/// By this file a copy of the site is proved; it is made of all others, so it is written after them.
pub const MANIFEST: &str = "manifest.json";

impl ListOf {
    /// All lists.
    pub const ALL: &'static [ListOf] =
        &[Self::Articles, Self::Entities, Self::Events, Self::Checks, Self::Figures, Self::Sources];

    /// The folder of its pages.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Articles => "articles",
            Self::Entities => "entities",
            Self::Events => "events",
            Self::Checks => "checks",
            Self::Figures => "figures",
            Self::Sources => "sources",
        }
    }

    /// The kind of its records: `article`, `entity` …
    pub fn kind(self) -> &'static str {
        match self {
            Self::Articles => "article",
            Self::Entities => "entity",
            Self::Events => "event",
            Self::Checks => "check",
            Self::Figures => "figure",
            Self::Sources => "source",
        }
    }

    /// How many rows it has.
    pub fn rows(self, dossier: &Dossier) -> usize {
        match self {
            Self::Articles => dossier.articles.len(),
            Self::Entities => dossier.entities.len(),
            Self::Events => dossier.events.len(),
            Self::Checks => dossier.checks.len(),
            Self::Figures => dossier.figures.len(),
            Self::Sources => dossier.sources.len(),
        }
    }
}

impl DataFile {
    /// All that every site has, with their routes.
    pub const ALL: &'static [(DataFile, &'static str)] = &[
        (Self::Dossier, "dossier.json"),
        (Self::Annotations, "annotations.jsonld"),
        (Self::Figures, "figures.csv"),
        (Self::Events, "events.csv"),
        (Self::Checks, "checks.csv"),
        (Self::Places, "places.geojson"),
        (Self::Sitemap, "sitemap.xml"),
        (Self::Robots, "robots.txt"),
        (Self::Feed, "feed.xml"),
        (Self::Corrections, "corrections.xml"),
    ];
}

impl HostFile {
    /// All of them, with their routes.
    pub const ALL: &'static [(HostFile, &'static str)] =
        &[(Self::Headers, "_headers"), (Self::Redirects, "_redirects"), (Self::NoJekyll, ".nojekyll")];
}

/// The files of a site by route: a path from its root with `/` between folders.
#[derive(Clone, Debug, Default)]
pub struct Routes {
    /// What each file is made from.
    pub pages: BTreeMap<String, PageKey>,
    /// The pictures of checks and figures, where there are any.
    pub previews: BTreeMap<Node, String>,
    /// The files beside texts that are copied.
    pub copies: Copies,
}

impl Routes {
    /// Adds pictures, each at its route, where no file of the editors stands.
    pub fn add_previews(&mut self, previews: Vec<(Node, String)>) {
        for (node, route) in &previews {
            self.pages.entry(route.clone()).or_insert(PageKey::Preview(*node));
        }
        self.previews.extend(previews);
    }

    /// Adds the parts of a sitemap that is too long for one file; called when all pages are there.
    pub fn add_sitemap_parts(&mut self) {
        for part in 1..=sitemap::parts(self) {
            self.pages.entry(sitemap_part(part)).or_insert(PageKey::File(DataFile::SitemapPart(part)));
        }
    }
}

/// The route of a part of the sitemap: `sitemap.2.xml`.
pub fn sitemap_part(part: usize) -> String {
    format!("sitemap.{part}.xml")
}

/// How many parts `rows` rows make; an empty list is one part.
pub fn parts(rows: usize) -> usize {
    rows.div_ceil(PART).max(1)
}

/// The route of a part: `entities/wagner.html`, `entities/wagner.2.html`.
pub fn part(stem: &str, part: usize) -> String {
    if part == 1 { format!("{stem}.html") } else { format!("{stem}.{part}.html") }
}

/// The route of a node's page.
pub fn route(dossier: &Dossier, node: Node) -> String {
    match Dossier::kind(node) {
        None => "index.html".to_owned(),
        Some(kind) if kind.folder().is_empty() => [dossier.id(node), ".html"].concat(),
        Some(kind) => [kind.folder(), "/", dossier.id(node), ".html"].concat(),
    }
}

/// The way from one route to another: what a link between the two pages says.
pub fn relative(from: &str, to: &str) -> String {
    let up = from.matches('/').count();
    let from_folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    match to.strip_prefix(from_folder).and_then(|rest| rest.strip_prefix('/')) {
        Some(rest) if up > 0 => rest.to_owned(),
        _ => {
            let mut way = String::with_capacity("../".len() * up + to.len());
            (0..up).for_each(|_| way.push_str("../"));
            way.push_str(to);
            way
        }
    }
}

/// What routes were made from, and what came out.
#[derive(Default)]
pub struct Memo(Option<(Arc<Dossier>, Arc<Links>, Arc<Routes>)>);

/// All routes of a dossier. Two pages at one address are reported, and the first of these kinds stays.
///
/// Where neither a record came or went nor a reference, there are the same pages with as many rows, and the last routes stand.
pub fn routes(
    inputs: &Inputs,
    dossier: &Arc<Dossier>,
    links: &Arc<Links>,
    memo: &mut Memo,
    diags: &mut Diagnostics,
) -> Arc<Routes> {
    if let Some((last, last_links, routes)) = &memo.0
        && links.lead_to_the_same(last_links)
        && are_at_the_same(last, dossier)
    {
        let routes = routes.clone();
        memo.0 = Some((dossier.clone(), links.clone(), routes.clone()));
        return routes;
    }
    let mut found = Diagnostics::default();
    let routes = Arc::new(made(inputs, dossier, links, &mut found));
    // A finding has a place, which may move while the routes do not.
    let is_clean = found.iter().next().is_none();
    memo.0 = is_clean.then(|| (dossier.clone(), links.clone(), routes.clone()));
    diags.extend(found);
    routes
}

/// Whether the records of both dossiers are at the same addresses, given that they refer to the same: records whose pages
/// have lists are the same, and of articles and annotations all that [`made`] reads. The paths of all files are in the directory.
fn are_at_the_same(last: &Dossier, now: &Dossier) -> bool {
    let same_home = match (&last.home, &now.home) {
        (Some(last), Some(now)) => Arc::ptr_eq(last, now),
        (last, now) => last.is_none() && now.is_none(),
    };
    let same_annotation = |last: &Annotation, now: &Annotation| {
        let histories = [last, now].map(|one| one.fact_check().is_some_and(|check| !check.history.is_empty()));
        last.meta.id == now.meta.id && last.meta.former_ids == now.meta.former_ids && histories == [false, false]
    };
    Arc::ptr_eq(&last.directory, &now.directory)
        && same_home
        && last.entities.is_like(&now.entities, |_, _| false)
        && last.events.is_like(&now.events, |_, _| false)
        && last.figures.is_like(&now.figures, |_, _| false)
        && last.sources.is_like(&now.sources, |last, now| last.meta.former_ids == now.meta.former_ids)
        && last.pages.is_like(&now.pages, |_, _| false)
        && last.articles.is_like(&now.articles, |last, now| last.meta.former_ids == now.meta.former_ids)
        && last.annotations.is_like(&now.annotations, same_annotation)
        && last.copy_the_same(now)
}

fn made(inputs: &Inputs, dossier: &Dossier, links: &Links, diags: &mut Diagnostics) -> Routes {
    let mut routes = Routes::default();
    fixed(dossier, &mut routes);
    records(dossier, links, &mut routes);
    cards(dossier, &mut routes);
    pages(inputs, dossier, &mut routes, diags);
    copies::of_static(inputs, &mut routes, diags);
    redirects(inputs, dossier, &mut routes, diags);
    routes.add_sitemap_parts();
    clash::in_static(inputs, &routes, diags);
    copies::beside_texts(inputs, dossier, &mut routes, diags);
    routes
}

fn fixed(dossier: &Dossier, routes: &mut Routes) {
    let single = [
        ("index.html", PageKey::Home),
        ("print.html", PageKey::Print),
        ("data.html", PageKey::Data),
        ("search.html", PageKey::Search),
        ("404.html", PageKey::NotFound),
    ];
    routes.pages.extend(single.map(|(route, key)| (route.to_owned(), key)));
    routes.pages.extend(DataFile::ALL.iter().map(|(file, route)| ((*route).to_owned(), PageKey::File(*file))));
    routes.pages.extend(HostFile::ALL.iter().map(|(file, route)| ((*route).to_owned(), PageKey::Host(*file))));
    let pages = &mut routes.pages;
    for list in ListOf::ALL {
        let stem = format!("{}/index", list.folder());
        in_parts(pages, &stem, list.rows(dossier), |number| PageKey::List(*list, number));
    }
    in_parts(pages, "timeline", dossier.events.len(), PageKey::Timeline);
    in_parts(pages, "matrix", matrix::rows(dossier), PageKey::Matrix);
    in_parts(pages, "corrections", changes::changes(dossier).len(), PageKey::Corrections);
}

/// Adds a page of so many rows in its parts.
fn in_parts(pages: &mut BTreeMap<String, PageKey>, stem: &str, rows: usize, key: impl Fn(usize) -> PageKey) {
    pages.extend((1..=parts(rows)).map(|number| (part(stem, number), key(number))));
}

fn records(dossier: &Dossier, links: &Links, routes: &mut Routes) {
    let pages = &mut routes.pages;
    let referring = |node: Node| article::referring_rows(links, node);
    for (id, article) in dossier.articles.iter() {
        let stem = format!("articles/{}", article.meta.id);
        in_parts(pages, &stem, referring(Node::Article(id)), |number| PageKey::Article(id, number));
    }
    for id in &dossier.checks {
        let stem = format!("checks/{}", dossier.annotations[*id].meta.id);
        in_parts(pages, &stem, referring(Node::Check(*id)), |number| PageKey::Check(*id, number));
    }
    for (id, figure) in dossier.figures.iter() {
        let stem = format!("figures/{}", figure.meta.id);
        in_parts(pages, &stem, figure::rows(links, id), |number| PageKey::Figure(id, number));
    }
    for (id, source) in dossier.sources.iter() {
        let stem = format!("sources/{}", source.meta.id);
        in_parts(pages, &stem, source::rows(links, id), |number| PageKey::Source(id, number));
    }
    for (id, entity) in dossier.entities.iter() {
        let stem = format!("entities/{}", entity.meta.id);
        in_parts(pages, &stem, entity::rows(dossier, links, id), |number| PageKey::Entity(id, number));
    }
    for (id, event) in dossier.events.iter() {
        let stem = format!("events/{}", event.meta.id);
        in_parts(pages, &stem, event::rows(dossier, links, id), |number| PageKey::Event(id, number));
    }
}

/// The files that hold the cards, each with those of a few records.
fn cards(dossier: &Dossier, routes: &mut Routes) {
    let files = card::files(dossier);
    let mut cards: Vec<Vec<Node>> = vec![Vec::new(); files];
    let mut add = |node: Node| {
        let route = route(dossier, node);
        cards[card::file(route.trim_end_matches(".html"), files)].push(node);
    };
    dossier.articles.iter().for_each(|(id, _)| add(Node::Article(id)));
    dossier.entities.iter().for_each(|(id, _)| add(Node::Entity(id)));
    dossier.events.iter().for_each(|(id, _)| add(Node::Event(id)));
    dossier.checks.iter().for_each(|id| add(Node::Check(*id)));
    dossier.figures.iter().for_each(|(id, _)| add(Node::Figure(id)));
    dossier.sources.iter().for_each(|(id, _)| add(Node::Source(id)));
    let files = cards.into_iter().enumerate();
    routes.pages.extend(files.map(|(number, nodes)| (format!("cards/{number}.js"), PageKey::Cards(nodes))));
}

/// How many rows the list of mentions on a node's page has.
pub fn mentions(links: &Links, node: Node) -> usize {
    links.count_backlinks(node)
}

fn pages(inputs: &Inputs, dossier: &Dossier, routes: &mut Routes, diags: &mut Diagnostics) {
    for (id, page) in dossier.pages.iter() {
        let at = route(dossier, Node::Page(id));
        match routes.pages.entry(at) {
            Entry::Vacant(free) => drop(free.insert(PageKey::Page(id))),
            Entry::Occupied(taken) => {
                let message = format!("the page `{}` would take the place of another, `{}`", page.meta.id, taken.key());
                let start = inputs.file(page.meta.at.file).start();
                diags.add(Code::RouteClash, start, message).help("give the file another name");
            }
        }
    }
}

fn redirects(inputs: &Inputs, dossier: &Dossier, routes: &mut Routes, diags: &mut Diagnostics) {
    let places = Places::new(inputs, &dossier.skipped);
    let mut moved: Vec<(String, Node, usize)> = Vec::new();
    dossier.each_record(&mut |node, record| {
        let inline = matches!(node, Node::Source(id) if dossier.sources[id].inline);
        let is_page = Some(record.meta().id.as_str()) == Some(dossier.id(node));
        if let (Some(kind), false, true) = (Dossier::kind(node), inline, is_page) {
            let folder = if kind.folder().is_empty() { String::new() } else { format!("{}/", kind.folder()) };
            let former = record.meta().former_ids.iter().enumerate();
            moved.extend(former.map(|(index, former)| (format!("{folder}{former}.html"), node, index)));
        }
    });
    for (from, node, index) in moved {
        let Some(record) = dossier.record(node).filter(|_| routes.pages.contains_key(&from)) else {
            routes.pages.insert(from, PageKey::Redirect(route(dossier, node)));
            continue;
        };
        let message = format!("a page stands at `{from}`, so `{}` cannot redirect from there", record.meta().id);
        let at = places.value(record.meta().at, &Path::of("former_ids").index(index));
        diags.add(Code::RouteClash, at, message).help("remove that id from `former_ids`");
    }
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn links_are_relative() {
        for (from, to, expected) in [
            ("index.html", "entities/wagner.html", "entities/wagner.html"),
            ("entities/wagner.html", "entities/mali.html", "mali.html"),
            ("entities/wagner.html", "index.html", "../index.html"),
            ("entities/a.html", "events/b.html", "../events/b.html"),
        ] {
            assert_eq!(relative(from, to), expected);
        }
    }
}
