//! Records of all files, sorted into kinds; which of two with one id counts; what drafts leave behind.

use std::collections::BTreeMap;

use super::{Absence, Dossier, Node};
use crate::base::diag::{Code, Diagnostics};
use crate::base::id::{Arena, Id, Named};
use crate::base::input::Inputs;
use crate::model::annotation::Annotation;
use crate::model::article::SourceField;
use crate::model::source::SourceRecord;
use crate::model::value::Kind;
use crate::model::{Common, Meta, Record};
use crate::parse::{Folder, Parsed};
use crate::syntax::yaml::{Path, Places};

/// Puts the records into their arenas.
pub(super) fn gather(inputs: &Inputs, parsed: Parsed, diags: &mut Diagnostics) -> Dossier {
    let mut kinds = Kinds::default();
    for record in parsed.records {
        kinds.add(record);
    }
    kinds.add_inline_sources();
    let mut absent = BTreeMap::new();
    for (folder, id) in parsed.lost {
        if let Some(kind) = folder.kind() {
            absent.insert((kind, id), Absence::Lost);
        }
    }
    if !inputs.options.drafts {
        kinds.drop_drafts(&mut absent);
    }
    let articles = arena(inputs, kinds.articles, "article", diags);
    let known = |id: &str| articles.find(id).is_some();
    let annotations = annotations(inputs, kinds.annotations, &known, &absent, diags);
    let mut dossier = Dossier {
        settings: parsed.settings,
        skipped: parsed.skipped,
        entities: arena(inputs, kinds.entities, "entity", diags),
        events: arena(inputs, kinds.events, "event", diags),
        figures: arena(inputs, kinds.figures, "figure", diags),
        sources: arena(inputs, kinds.sources, "source", diags),
        pages: arena(inputs, kinds.pages, "page", diags),
        home: kinds.home,
        articles,
        annotations,
        absent,
        ..Dossier::default()
    };
    index(inputs, &mut dossier);
    unique_annotation_ids(inputs, &dossier, diags);
    dossier
}

#[derive(Default)]
struct Kinds {
    articles: Vec<crate::model::article::Article>,
    annotations: Vec<Annotation>,
    entities: Vec<crate::model::entity::Entity>,
    events: Vec<crate::model::event::Event>,
    figures: Vec<crate::model::figure::Figure>,
    sources: Vec<SourceRecord>,
    pages: Vec<crate::model::page::Page>,
    home: Option<crate::model::page::Page>,
}

impl Kinds {
    fn add(&mut self, record: Record) {
        match record {
            Record::Article(record) => self.articles.push(*record),
            Record::Entity(record) => self.entities.push(*record),
            Record::Event(record) => self.events.push(*record),
            Record::Figure(record) => self.figures.push(*record),
            Record::Source(record) => self.sources.push(*record),
            Record::Page(record) => self.pages.push(*record),
            Record::Home(record) => self.home = Some(*record),
            Record::Annotations(records) => self.annotations.extend(records),
        }
    }

    /// A source described inside an article has the article's id. It comes before those with files of their own, as their
    /// paths do.
    fn add_inline_sources(&mut self) {
        let files = std::mem::take(&mut self.sources);
        for article in &self.articles {
            if let Some(SourceField::Inline(source)) = &article.keys.source {
                let meta = Meta { former_ids: Vec::new(), ..article.meta.clone() };
                self.sources.push(SourceRecord { meta, keys: (**source).clone(), inline: true });
            }
        }
        self.sources.extend(files);
    }

    fn drop_drafts(&mut self, absent: &mut BTreeMap<(Kind, String), Absence>) {
        drop_drafts(&mut self.articles, Kind::Article, absent);
        let gone = |id: &str| absent.get(&(Kind::Article, id.to_owned())) == Some(&Absence::Draft);
        self.annotations.iter_mut().for_each(|annotation| annotation.meta.draft |= gone(&annotation.article));
        drop_drafts(&mut self.annotations, Kind::Check, absent);
        drop_drafts(&mut self.entities, Kind::Entity, absent);
        drop_drafts(&mut self.events, Kind::Event, absent);
        drop_drafts(&mut self.figures, Kind::Figure, absent);
        drop_drafts(&mut self.sources, Kind::Source, absent);
        drop_drafts(&mut self.pages, Kind::Page, absent);
        self.home.take_if(|home| home.meta.draft);
    }
}

fn drop_drafts<T: Common>(records: &mut Vec<T>, kind: Kind, absent: &mut BTreeMap<(Kind, String), Absence>) {
    for record in records.iter().filter(|record| record.meta().draft) {
        absent.insert((kind, record.meta().id.clone()), Absence::Draft);
    }
    records.retain(|record| !record.meta().draft);
}

/// Records in order of id. Of two with one id the first in order of path counts, and the second is an error.
fn arena<T: Named + Common>(inputs: &Inputs, mut records: Vec<T>, kind: &str, diags: &mut Diagnostics) -> Arena<T> {
    // They come in order of path, and the sort keeps that.
    records.sort_by(|a, b| a.slug().cmp(b.slug()));
    for pair in records.windows(2).filter(|pair| pair[0].slug() == pair[1].slug()) {
        let start = |record: &T| inputs.file(record.meta().at.file).start();
        let problem = diags.add(
            Code::DuplicateId,
            start(&pair[1]),
            format!("two records of kind {kind} are called `{}`", pair[0].slug()),
        );
        problem.label(start(&pair[0]), "the other is here").help(match kind {
            "source" => {
                "rename one of the two files (a source that is described inside an article has the article's id)"
            }
            _ => "rename one of the two files",
        });
    }
    Arena::new(records)
}

/// Annotations in order of article, then as written; those on no article are an error each file.
fn annotations(
    inputs: &Inputs,
    mut records: Vec<Annotation>,
    known: &dyn Fn(&str) -> bool,
    absent: &BTreeMap<(Kind, String), Absence>,
    diags: &mut Diagnostics,
) -> Arena<Annotation> {
    records.sort_by(|a, b| a.article.cmp(&b.article));
    let mut reported = None;
    records.retain(|annotation| {
        let (article, file) = (&annotation.article, inputs.file(annotation.meta.at.file));
        let lost = absent.contains_key(&(Kind::Article, article.clone()));
        if !known(article) && !lost && reported != Some(file.id) {
            reported = Some(file.id);
            let articles = inputs.files.iter().filter(|file| Folder::of(&file.path) == Some(Folder::Articles));
            let near = crate::base::nearest::nearest(article, articles.map(|file| file.stem()));
            diags
                .add(
                    Code::UnknownArticle,
                    file.start(),
                    format!("there is no article `{article}` for these annotations"),
                )
                .did_you_mean(near)
                .help("the file is named like the article's, with `.yaml`");
        }
        known(article)
    });
    Arena::in_order(records)
}

/// Fills in what is found by position: checks, annotations by article, records by path.
fn index(inputs: &Inputs, dossier: &mut Dossier) {
    let mut checks: Vec<Id<Annotation>> =
        dossier.annotations.iter().filter(|(_, a)| a.fact_check().is_some()).map(|(id, _)| id).collect();
    checks.sort_by_key(|id| (&dossier.annotations[*id].meta.id, *id));
    dossier.checks = checks;
    let all = dossier.annotations.records();
    dossier.of_article = dossier
        .articles
        .records()
        .iter()
        .map(|article| {
            let start = all.partition_point(|annotation| annotation.article < article.meta.id);
            let end = all.partition_point(|annotation| annotation.article <= article.meta.id);
            start..end
        })
        .collect();
    let mut by_path = BTreeMap::new();
    dossier.each_record(&mut |node, record| {
        let inline = matches!(node, Node::Source(id) if dossier.sources[id].inline);
        if record.meta().at.item.is_none() && !inline {
            by_path.insert(inputs.file(record.meta().at.file).path.to_string(), node);
        }
    });
    dossier.by_path = by_path;
}

/// An annotation's id is an anchor and may be a page: it must be the only one in the dossier. Ids that we made may be alike
/// in two articles, for nobody refers to them.
fn unique_annotation_ids(inputs: &Inputs, dossier: &Dossier, diags: &mut Diagnostics) {
    let mut written: Vec<&Annotation> = dossier.annotations.records().iter().filter(|a| a.id_written).collect();
    written.sort_by_key(|annotation| {
        let at = annotation.meta.at;
        (&annotation.meta.id, inputs.position(at.file), at.item)
    });
    let places = Places::new(inputs, &dossier.skipped);
    for pair in written.windows(2).filter(|pair| pair[0].meta.id == pair[1].meta.id) {
        let place = |annotation: &Annotation| places.value(annotation.meta.at, &Path::of("id"));
        let problem =
            diags.add(Code::DuplicateId, place(pair[1]), format!("two annotations are called `{}`", pair[1].meta.id));
        problem.label(place(pair[0]), "the other is here").help("an annotation's id is unique in the dossier");
    }
}
