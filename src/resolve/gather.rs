//! Records of all files, sorted into kinds; which of two with one id counts; what drafts leave behind.

use std::ops::Range;
use std::sync::Arc;

use super::Dossier;
use super::directory::{Absence, Absent};
use crate::base::diag::{Code, Diagnostics};
use crate::base::id::{Arena, Named};
use crate::base::input::{Inputs, SourceFile};
use crate::model::annotation::Annotation;
use crate::model::article::Article;
use crate::model::entity::Entity;
use crate::model::event::Event;
use crate::model::figure::Figure;
use crate::model::page::Page;
use crate::model::source::SourceRecord;
use crate::model::value::Kind;
use crate::model::{Common, Record};
use crate::parse::{Folder, Parsed};

/// The records of a dossier in their arenas, and what has none.
pub(super) struct Gathered<'a> {
    pub(super) dossier: Dossier,
    pub(super) absent: Absent,
    /// Files of annotations on no article, and it is not that the article could not be read.
    pub(super) astray: Vec<&'a Arc<SourceFile>>,
}

/// Puts the records into their arenas.
pub(super) fn gather<'a>(inputs: &'a Inputs, parsed: &'a Parsed, diags: &mut Diagnostics) -> Gathered<'a> {
    let mut kinds = Kinds { drafts: inputs.options.drafts, ..Kinds::default() };
    for (file, read) in inputs.files.iter().zip(&parsed.files) {
        kinds.absent.extend(read.lost.iter().map(|id| ((Kind::Check, id.clone()), Absence::Lost)));
        match (&read.record, read.folder.and_then(Folder::kind)) {
            (Some(record), _) => kinds.add(file, record, read.inline_source.as_ref()),
            (None, Some(kind)) => drop(kinds.absent.insert((kind, file.stem().to_owned()), Absence::Lost)),
            (None, None) => {}
        }
    }
    let articles = arena(inputs, std::mem::take(&mut kinds.articles), "article", diags);
    let sources = kinds.sources(&articles);
    let annotated = kinds.annotations(&articles);
    let dossier = Dossier {
        settings: parsed.settings.clone(),
        ledger: parsed.ledger.clone(),
        skipped: parsed.files.iter().flat_map(|file| file.skipped.clone()).collect(),
        articles,
        annotations: Arena::in_order(annotated.records),
        of_article: annotated.of_article,
        entities: arena(inputs, kinds.entities, "entity", diags),
        events: arena(inputs, kinds.events, "event", diags),
        figures: arena(inputs, kinds.figures, "figure", diags),
        sources: arena(inputs, sources, "source", diags),
        pages: arena(inputs, kinds.pages, "page", diags),
        home: kinds.home,
        ..Dossier::default()
    };
    Gathered { dossier, absent: kinds.absent, astray: annotated.astray }
}

/// The records by kind, in order of path, without drafts unless they count.
#[derive(Default)]
struct Kinds<'a> {
    drafts: bool,
    articles: Vec<Arc<Article>>,
    inline_sources: Vec<Arc<SourceRecord>>,
    annotations: Vec<OnArticle<'a>>,
    entities: Vec<Arc<Entity>>,
    events: Vec<Arc<Event>>,
    figures: Vec<Arc<Figure>>,
    sources: Vec<Arc<SourceRecord>>,
    pages: Vec<Arc<Page>>,
    home: Option<Arc<Page>>,
    absent: Absent,
}

/// A file of annotations.
struct OnArticle<'a> {
    article: &'a str,
    file: &'a Arc<SourceFile>,
    annotations: &'a [Arc<Annotation>],
}

/// All annotations in order of article, then of path, then as written.
#[derive(Default)]
struct Annotated<'a> {
    records: Vec<Arc<Annotation>>,
    of_article: Vec<Range<usize>>,
    astray: Vec<&'a Arc<SourceFile>>,
}

impl<'a> Kinds<'a> {
    fn add(&mut self, file: &'a Arc<SourceFile>, record: &'a Record, inline: Option<&Arc<SourceRecord>>) {
        match record {
            Record::Article(record) if self.counts(Kind::Article, &**record) => {
                self.articles.push(record.clone());
                self.inline_sources.extend(inline.cloned());
            }
            Record::Entity(record) if self.counts(Kind::Entity, &**record) => self.entities.push(record.clone()),
            Record::Event(record) if self.counts(Kind::Event, &**record) => self.events.push(record.clone()),
            Record::Figure(record) if self.counts(Kind::Figure, &**record) => self.figures.push(record.clone()),
            Record::Source(record) if self.counts(Kind::Source, &**record) => self.sources.push(record.clone()),
            Record::Page(record) if self.counts(Kind::Page, &**record) => self.pages.push(record.clone()),
            Record::Home(record) if self.drafts || !record.meta.draft => self.home = Some(record.clone()),
            Record::Annotations(annotations) => {
                self.annotations.push(OnArticle { article: file.stem(), file, annotations });
            }
            // The source that is described in a draft goes with it.
            Record::Article(_) => inline.iter().for_each(|source| _ = self.counts(Kind::Source, &***source)),
            _ => {}
        }
    }

    /// Whether a record is no draft, or drafts count.
    fn counts(&mut self, kind: Kind, record: &dyn Common) -> bool {
        let counts = self.drafts || !record.meta().draft;
        if !counts {
            self.absent.insert((kind, record.meta().id.clone()), Absence::Draft);
        }
        counts
    }

    /// Sources that are described inside articles come before those with files of their own, as their paths do.
    fn sources(&mut self, articles: &Arena<Article>) -> Vec<Arc<SourceRecord>> {
        let mut sources = std::mem::take(&mut self.inline_sources);
        let article = |source: &SourceRecord| articles.find(&source.meta.id).map(|id| articles[id].meta.at);
        sources.retain(|source| article(source) == Some(source.meta.at));
        sources.append(&mut self.sources);
        sources
    }

    fn annotations(&mut self, articles: &Arena<Article>) -> Annotated<'a> {
        let mut files = std::mem::take(&mut self.annotations);
        files.sort_by(|a, b| a.article.cmp(b.article));
        let mut files = files.into_iter().peekable();
        let mut all = Annotated::default();
        for (_, article) in articles.iter() {
            let id = article.meta.id.as_str();
            while let Some(file) = files.next_if(|file| file.article < id) {
                self.without_article(&file, &mut all);
            }
            let start = all.records.len();
            while let Some(file) = files.next_if(|file| file.article == id) {
                let counting = file.annotations.iter().filter(|annotation| self.counts(Kind::Check, &***annotation));
                all.records.extend(counting.cloned());
            }
            all.of_article.push(start..all.records.len());
        }
        files.for_each(|file| self.without_article(&file, &mut all));
        all
    }

    /// Annotations on no article are drafts if that is one, not to blame if it could not be read, else astray.
    fn without_article(&mut self, file: &OnArticle<'a>, all: &mut Annotated<'a>) {
        let absence = self.absent.get(&(Kind::Article, file.article.to_owned())).copied();
        let mut any = false;
        for annotation in file.annotations {
            if absence == Some(Absence::Draft) {
                self.absent.insert((Kind::Check, annotation.meta.id.clone()), Absence::Draft);
            } else {
                any |= self.counts(Kind::Check, &**annotation);
            }
        }
        if any && absence.is_none() {
            all.astray.push(file.file);
        }
    }
}

/// Records in order of id. Of two with one id the first in order of path counts, and the second is an error.
fn arena<T: Named + Common>(
    inputs: &Inputs,
    mut records: Vec<Arc<T>>,
    kind: &str,
    diags: &mut Diagnostics,
) -> Arena<T> {
    // They come in order of path, and the sort keeps that.
    records.sort_by(|a, b| a.slug().cmp(b.slug()));
    records.dedup_by(|second, first| {
        let twice = first.slug() == second.slug();
        if twice {
            report_twice(inputs, &**first, &**second, kind, diags);
        }
        twice
    });
    Arena::in_order(records)
}

fn report_twice(inputs: &Inputs, first: &dyn Common, second: &dyn Common, kind: &str, diags: &mut Diagnostics) {
    let start = |record: &dyn Common| inputs.file(record.meta().at.file).start();
    let message = format!("two records of kind {kind} are called `{}`", first.meta().id);
    let problem = diags.add(Code::DuplicateId, start(second), message);
    problem.label(start(first), "the other is here").help(match kind {
        "source" => "rename one of the two files (a source that is described inside an article has the article's id)",
        _ => "rename one of the two files",
    });
}
