//! Which records there are, by kind and id, and at which paths: all that a reference or a link needs of the whole dossier.
//!
//! Writing in a text changes nothing here, so most builds take over the directory of the last one, and with it every
//! reference that was looked up in it.

use std::collections::{BTreeMap, HashMap};
use std::num::NonZeroU32;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization as _;

use super::names::Unresolved;
use super::{Dossier, Node};
use crate::base::id::{Arena, Id};
use crate::base::input::Inputs;
use crate::model::annotation::Annotation;
use crate::model::figure::FigureKind;
use crate::model::reference::{Kinds, Ref};
use crate::model::value::Kind;
use crate::model::{Common, Meta};
use crate::parse::Folder;

/// The names of a dossier's records.
#[derive(Debug, Default)]
pub struct Directory {
    /// For each id, the record of each kind, by its number; for a check by its place in order of id.
    by_id: HashMap<Box<str>, Numbers>,
    by_path: HashMap<Arc<str>, Node>,
    /// All ids of each kind, in order.
    ids: [Vec<Box<str>>; KINDS],
    /// Names that are known and have no record here.
    absent: Absent,
    /// The ids that records had before, with those that have them now.
    former: BTreeMap<String, Vec<(Kind, String)>>,
    /// The annotations of the checks, in order of id.
    checks: Vec<Id<Annotation>>,
    /// Which sources are described inside an article.
    inline: Vec<bool>,
    figure_kinds: Vec<FigureKind>,
    /// All files of text.
    texts: Vec<Arc<str>>,
    /// All other files.
    assets: Vec<Arc<str>>,
    /// The paths with accents, by how they are in NFC: some systems write accents apart from their letters, and readers see no
    /// difference.
    composed: HashMap<Box<str>, Arc<str>>,
}

const KINDS: usize = Kind::ALL.len();

/// The number of the record of each kind, counted from 1: what is not there then takes no room of its own.
type Numbers = [Option<NonZeroU32>; KINDS];

/// Names that are known and have no record.
pub(super) type Absent = BTreeMap<(Kind, String), Absence>;

/// Why a name has no record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Absence {
    /// Its file could not be read, which has been reported.
    Lost,
    /// It is a draft, and drafts are left out.
    Draft,
}

/// What a directory was made from, and is kept with.
pub(super) struct Made<'a> {
    pub(super) inputs: &'a Inputs,
    pub(super) dossier: &'a Dossier,
    pub(super) absent: &'a Absent,
}

impl Directory {
    /// The directory of the last build if it says the same, else a new one.
    pub(super) fn take_over(last: Option<(&Inputs, &Dossier)>, now: &Made<'_>) -> Arc<Self> {
        match last {
            Some((inputs, dossier)) if now.is_like(inputs, dossier) => dossier.directory.clone(),
            _ => Arc::new(Self::new(now)),
        }
    }

    fn new(made: &Made<'_>) -> Self {
        let Made { inputs, dossier, absent } = made;
        let mut directory = Self {
            absent: (*absent).clone(),
            former: former(dossier),
            inline: dossier.sources.iter().map(|(_, source)| source.inline).collect(),
            figure_kinds: dossier.figures.iter().map(|(_, figure)| figure.kind()).collect(),
            checks: checks(dossier),
            texts: inputs.files.iter().map(|file| file.path.clone()).collect(),
            assets: inputs.assets.keys().cloned().collect(),
            composed: composed(inputs),
            ..Self::default()
        };
        directory.add(Kind::Article, inputs, metas(&dossier.articles));
        directory.add(Kind::Entity, inputs, metas(&dossier.entities));
        directory.add(Kind::Event, inputs, metas(&dossier.events));
        directory.add(Kind::Figure, inputs, metas(&dossier.figures));
        directory.add(Kind::Source, inputs, metas(&dossier.sources));
        let checks: Vec<&Meta> = directory.checks.iter().map(|id| &dossier.annotations[*id].meta).collect();
        directory.add(Kind::Check, inputs, checks.into_iter());
        directory.add(Kind::Page, inputs, metas(&dossier.pages));
        if let Some(home) = &dossier.home {
            directory.by_path.insert(inputs.file(home.meta.at.file).path.clone(), Node::Home);
        }
        directory
    }

    /// Adds the records of a kind, in order of id. Of two checks with one id, the first counts.
    fn add<'a>(&mut self, kind: Kind, inputs: &Inputs, records: impl Iterator<Item = &'a Meta>) {
        for (number, meta) in (0..).zip(records) {
            let id: Box<str> = meta.id.as_str().into();
            self.ids[kind as usize].push(id.clone());
            self.by_id.entry(id).or_default()[kind as usize].get_or_insert(NonZeroU32::MIN.saturating_add(number));
            let is_inline = kind == Kind::Source && self.inline[number as usize];
            if kind != Kind::Check && !is_inline {
                let node = self.node(kind, number);
                self.by_path.insert(inputs.file(meta.at.file).path.clone(), node);
            }
        }
    }

    /// The node of that kind and id.
    pub fn named(&self, kind: Kind, id: &str) -> Option<Node> {
        self.by_id.get(id)?[kind as usize].map(|number| self.node(kind, number.get() - 1))
    }

    fn node(&self, kind: Kind, number: u32) -> Node {
        let index = number as usize;
        match kind {
            Kind::Article => Node::Article(Id::new(index)),
            Kind::Entity => Node::Entity(Id::new(index)),
            Kind::Event => Node::Event(Id::new(index)),
            Kind::Figure => Node::Figure(Id::new(index)),
            Kind::Source => Node::Source(Id::new(index)),
            Kind::Check => Node::Check(self.checks[index]),
            Kind::Page => Node::Page(Id::new(index)),
        }
    }

    /// The node of a reference as written, among the kinds that can stand there.
    ///
    /// # Errors
    /// Why there is none.
    pub fn find(&self, reference: &str, wanted: &[Kind]) -> Result<Node, Unresolved> {
        let (only, id) = match reference.split_once(':').and_then(|(kind, id)| Some((Kind::from_name(kind)?, id))) {
            Some((kind, id)) => (Some(kind), id),
            None => (None, reference),
        };
        let meant = || Kind::ALL.iter().copied().filter(move |kind| only.is_none_or(|only| only == *kind));
        let Some(numbers) = self.by_id.get(id) else { return Err(self.absence(meant(), id)) };
        let found = || meant().filter_map(|kind| Some((kind, self.node(kind, numbers[kind as usize]?.get() - 1))));
        let mut fitting = found().filter(|(kind, _)| wanted.contains(kind));
        match (fitting.next(), fitting.next(), fitting.next()) {
            (Some((_, node)), None, _) => Ok(node),
            // A source described inside an article has the article's id, and is no second thing of that name.
            (Some((_, article @ Node::Article(_))), Some((_, Node::Source(source))), None)
                if self.inline[source.index()] =>
            {
                Ok(article)
            }
            (Some(_), ..) => {
                let fitting = found().filter(|(kind, _)| wanted.contains(kind));
                Err(Unresolved::Ambiguous(fitting.map(|(kind, _)| kind).collect()))
            }
            (None, ..) if found().next().is_none() => Err(self.absence(meant(), id)),
            (None, ..) => Err(Unresolved::WrongKind(found().map(|(kind, _)| kind).collect())),
        }
    }

    /// The node of a reference, among the kinds that its type can name.
    ///
    /// # Errors
    /// Why there is none.
    pub fn follow<const KINDS: Kinds>(&self, reference: &Ref<KINDS>) -> Result<Node, Unresolved> {
        self.find(&reference.0, Ref::<KINDS>::KINDS)
    }

    fn absence(&self, kinds: impl Iterator<Item = Kind>, id: &str) -> Unresolved {
        let absences = kinds.filter_map(|kind| self.absent.get(&(kind, id.to_owned())));
        match absences.min_by_key(|absence| **absence == Absence::Draft) {
            Some(Absence::Lost) => Unresolved::Lost,
            Some(Absence::Draft) => Unresolved::Draft,
            None => Unresolved::Unknown,
        }
    }

    /// Why a record that has a file is not there.
    pub(super) fn why_absent(&self, kind: Kind, id: &str) -> Option<Unresolved> {
        let absence = self.absent.get(&(kind, id.to_owned()))?;
        Some(if *absence == Absence::Lost { Unresolved::Lost } else { Unresolved::Draft })
    }

    /// The id that a record of one of these kinds has now, where it is the only one that had another before.
    pub(super) fn renamed(&self, former: &str, kinds: &[Kind]) -> Option<(Kind, &str)> {
        let mut now = self.former.get(former)?.iter().filter(|(kind, _)| kinds.contains(kind));
        let (kind, id) = now.next()?;
        now.next().is_none().then_some((*kind, id))
    }

    /// The record at a path, whichever way its accents are written.
    pub(super) fn at_path(&self, path: &str) -> Option<Node> {
        let found = self.by_path.get(path).or_else(|| self.by_path.get(self.with_accents(path)?));
        found.copied()
    }

    fn with_accents(&self, path: &str) -> Option<&Arc<str>> {
        if path.is_ascii() { None } else { self.composed.get(path.nfc().collect::<String>().as_str()) }
    }

    /// The ids of records of a kind that have a file which could not be read.
    pub(super) fn lost(&self, kind: Kind) -> impl Iterator<Item = &str> {
        let absent = self.absent.iter().filter(move |((of, _), why)| *of == kind && **why == Absence::Lost);
        absent.map(|((_, id), _)| id.as_str())
    }

    /// All ids of a kind, in order.
    pub(super) fn ids(&self, kind: Kind) -> impl Iterator<Item = &str> {
        self.ids[kind as usize].iter().map(|id| &**id)
    }

    /// The paths of all files that a link can lead to, in order: of records, then of others.
    pub(super) fn linkable(&self) -> impl Iterator<Item = &str> {
        let records = self.texts.iter().filter(|path| self.by_path.contains_key(*path));
        records.chain(&self.assets).map(|path| &**path)
    }

    /// Whether there is a file of text at a path.
    pub(super) fn text_at(&self, path: &str) -> Option<&str> {
        self.texts.binary_search_by(|other| (**other).cmp(path)).ok().map(|at| &*self.texts[at])
    }

    /// The path of a file that is no text, whichever way its accents are written.
    pub(super) fn asset_at(&self, path: &str) -> Option<&str> {
        let find = |path: &str| self.assets.binary_search_by(|other| (**other).cmp(path)).ok();
        let at = find(path).or_else(|| find(self.with_accents(path)?))?;
        Some(&self.assets[at])
    }

    /// The stems of the articles' files.
    pub(super) fn article_stems(&self) -> impl Iterator<Item = &str> {
        let articles = self.texts.iter().filter(|path| Folder::of(path) == Some(Folder::Articles));
        articles.map(|path| crate::base::input::stem(path))
    }

    /// What a figure is about.
    pub(super) fn figure_kind(&self, figure: Node) -> Option<FigureKind> {
        if let Node::Figure(id) = figure { Some(self.figure_kinds[id.index()]) } else { None }
    }

    /// The fact checks, in order of id.
    pub(super) fn checks(&self) -> &[Id<Annotation>] {
        &self.checks
    }
}

impl Made<'_> {
    /// Whether a directory of those would say the same.
    fn is_like(&self, inputs: &Inputs, dossier: &Dossier) -> bool {
        let now = self.dossier;
        let same = |old: &Meta, new: &Meta| {
            old.id == new.id
                && old.former_ids == new.former_ids
                && inputs.file(old.at.file).path == self.inputs.file(new.at.file).path
        };
        let same_home = match (&dossier.home, &now.home) {
            (Some(old), Some(new)) => same(&old.meta, &new.meta),
            (old, new) => old.is_none() && new.is_none(),
        };
        let same_check = |old: &Annotation, new: &Annotation| match (old.fact_check(), new.fact_check()) {
            (Some(_), Some(_)) => old.meta.id == new.meta.id && old.meta.former_ids == new.meta.former_ids,
            (old, new) => old.is_none() && new.is_none(),
        };
        let same_paths = inputs.files.len() == self.inputs.files.len()
            && inputs
                .files
                .iter()
                .zip(&self.inputs.files)
                .all(|(old, new)| Arc::ptr_eq(old, new) || old.path == new.path)
            && inputs.assets.keys().eq(self.inputs.assets.keys());
        same_paths
            && same_home
            && dossier.directory.absent == *self.absent
            && dossier.articles.is_like(&now.articles, |old, new| same(&old.meta, &new.meta))
            && dossier.entities.is_like(&now.entities, |old, new| same(&old.meta, &new.meta))
            && dossier.events.is_like(&now.events, |old, new| same(&old.meta, &new.meta))
            && dossier.pages.is_like(&now.pages, |old, new| same(&old.meta, &new.meta))
            && dossier.figures.is_like(&now.figures, |old, new| same(&old.meta, &new.meta) && old.kind() == new.kind())
            && dossier.sources.is_like(&now.sources, |old, new| same(&old.meta, &new.meta) && old.inline == new.inline)
            && dossier.annotations.is_like(&now.annotations, same_check)
    }
}

/// The paths that are not ASCII, by their NFC.
fn composed(inputs: &Inputs) -> HashMap<Box<str>, Arc<str>> {
    let paths = inputs.files.iter().map(|file| &file.path).chain(inputs.assets.keys());
    let paths = paths.filter(|path| !path.is_ascii());
    paths.map(|path| (path.nfc().collect::<String>().into(), path.clone())).collect()
}

/// The fact checks in order of id, then of article and place.
fn checks(dossier: &Dossier) -> Vec<Id<Annotation>> {
    let all = dossier.annotations.iter().filter(|(_, annotation)| annotation.fact_check().is_some());
    let mut checks: Vec<Id<Annotation>> = all.map(|(id, _)| id).collect();
    checks.sort_by(|a, b| dossier.annotations[*a].meta.id.cmp(&dossier.annotations[*b].meta.id));
    checks
}

/// The former ids of all records that can be referred to.
fn former(dossier: &Dossier) -> BTreeMap<String, Vec<(Kind, String)>> {
    let records =
        dossier.subjects().filter_map(|(node, subject)| Some((Dossier::kind(node)?, subject.record()?.meta())));
    let checks = dossier.annotations.iter().filter(|(_, annotation)| annotation.fact_check().is_some());
    let checks = checks.map(|(_, annotation)| (Kind::Check, &annotation.meta));
    let mut all: BTreeMap<String, Vec<(Kind, String)>> = BTreeMap::new();
    for (kind, meta) in records.chain(checks) {
        for former in &meta.former_ids {
            all.entry(former.clone()).or_default().push((kind, meta.id.clone()));
        }
    }
    all
}

fn metas<T: Common>(arena: &Arena<T>) -> impl Iterator<Item = &Meta> {
    arena.iter().map(|(_, record)| record.meta())
}
