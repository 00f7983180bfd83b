//! What a question is about: one record, or the annotations on one article.

use std::sync::Arc;

use crate::base::input::SourceFile;
use crate::base::memo::{self, Same};
use crate::base::span::FileId;
use crate::model::Common;
use crate::model::annotation::Annotation;
use crate::model::article::Article;
use crate::model::entity::Entity;
use crate::model::event::Event;
use crate::model::figure::Figure;
use crate::model::page::Page;
use crate::model::source::SourceRecord;
use crate::syntax::markdown::Body;

/// A record, or several.
#[derive(Clone, Copy)]
pub enum Subject<'a> {
    /// An article.
    Article(&'a Arc<Article>),
    /// An entity.
    Entity(&'a Arc<Entity>),
    /// An event.
    Event(&'a Arc<Event>),
    /// A disputed figure.
    Figure(&'a Arc<Figure>),
    /// A source.
    Source(&'a Arc<SourceRecord>),
    /// A page, or the home page.
    Page(&'a Arc<Page>),
    /// The annotations on one article.
    Annotations(&'a [Arc<Annotation>]),
    /// A file of annotations on no article.
    Astray(&'a Arc<SourceFile>),
}

/// What a subject was. One with this key is the same: nobody writes to a record.
pub enum SubjectKey {
    /// A record.
    Record(Same<dyn Common>),
    /// Annotations.
    Annotations(Vec<Same<Annotation>>),
    /// A file.
    File(Same<SourceFile>),
}

impl<'a> Subject<'a> {
    /// Whether it is still the same.
    pub fn is(&self, key: &SubjectKey) -> bool {
        match (self, key) {
            (Self::Article(record), SubjectKey::Record(key)) => key.is(record),
            (Self::Entity(record), SubjectKey::Record(key)) => key.is(record),
            (Self::Event(record), SubjectKey::Record(key)) => key.is(record),
            (Self::Figure(record), SubjectKey::Record(key)) => key.is(record),
            (Self::Source(record), SubjectKey::Record(key)) => key.is(record),
            (Self::Page(record), SubjectKey::Record(key)) => key.is(record),
            (Self::Annotations(records), SubjectKey::Annotations(keys)) => memo::are(keys, records),
            (Self::Astray(file), SubjectKey::File(key)) => key.is(file),
            _ => false,
        }
    }

    /// What it is.
    pub fn key(&self) -> SubjectKey {
        match *self {
            Self::Article(record) => SubjectKey::Record(Same(record.clone())),
            Self::Entity(record) => SubjectKey::Record(Same(record.clone())),
            Self::Event(record) => SubjectKey::Record(Same(record.clone())),
            Self::Figure(record) => SubjectKey::Record(Same(record.clone())),
            Self::Source(record) => SubjectKey::Record(Same(record.clone())),
            Self::Page(record) => SubjectKey::Record(Same(record.clone())),
            Self::Annotations(records) => SubjectKey::Annotations(records.iter().cloned().map(Same).collect()),
            Self::Astray(file) => SubjectKey::File(Same(file.clone())),
        }
    }

    /// The one record that it is.
    pub fn record(&self) -> Option<&'a dyn Common> {
        Some(match *self {
            Self::Article(record) => &**record,
            Self::Entity(record) => &**record,
            Self::Event(record) => &**record,
            Self::Figure(record) => &**record,
            Self::Source(record) => &**record,
            Self::Page(record) => &**record,
            Self::Annotations(_) | Self::Astray(_) => return None,
        })
    }

    /// The body of that record.
    pub fn body(&self) -> Option<&'a Body> {
        self.record()?.body()
    }

    /// The file that an answer about it is kept with: that of the record, or of the first annotation.
    pub fn file(&self) -> FileId {
        match (self, self.record()) {
            (_, Some(record)) => record.meta().at.file,
            (Self::Annotations(records), None) => records.first().map_or(FileId::NONE, |first| first.meta.at.file),
            (Self::Astray(file), None) => file.id,
            _ => FileId::NONE,
        }
    }
}
