//! Records as the editors wrote them: one file a kind. References are names, not ids; nothing here is computed.

pub mod annotation;
pub mod article;
pub mod either;
pub mod entity;
pub mod event;
pub mod figure;
pub mod ledger;
pub mod page;
pub mod reference;
pub mod schema;
pub mod settings;
pub mod source;
pub mod value;

use std::sync::Arc;

use crate::syntax::markdown::Body;
use crate::syntax::yaml::{Origin, Path};
use annotation::Annotation;
use value::{Kind, Markdown};

/// What any record may have, and where it was written.
#[derive(Clone, Debug)]
pub struct Meta {
    /// Its id: the file's stem, or an annotation's own.
    pub id: String,
    /// Where it was written.
    pub at: Origin,
    /// Not to be published yet.
    pub draft: bool,
    /// Ids it had before: a redirect page stands at each.
    pub former_ids: Box<[String]>,
    /// Lints whose findings about it are not reported.
    pub allow: Box<[String]>,
    /// The language of its text, where it is not the dossier's.
    pub language: Option<Box<str>>,
}

impl Meta {
    /// The id, and those it had before.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&*self.id).chain(self.former_ids.iter().map(|id| &**id))
    }
}

/// What all records have in common.
pub trait Common: Send + Sync {
    /// Id, place and the keys that any record may have.
    fn meta(&self) -> &Meta;

    /// Every reference in it, with its path and the kinds that can stand there.
    fn references(&self, see: &mut dyn FnMut(Path, &str, &'static [Kind]));

    /// Every Markdown text in its YAML, with its path.
    fn prose(&self, see: &mut dyn FnMut(Path, &Markdown));

    /// Its Markdown body.
    fn body(&self) -> Option<&Body> {
        None
    }
}

/// One file, read: its record or its annotations.
#[derive(Clone, Debug)]
pub enum Record {
    /// `content/articles/<id>.md`
    Article(Arc<article::Article>),
    /// `content/entities/<id>.md`
    Entity(Arc<entity::Entity>),
    /// `content/events/<id>.md`
    Event(Arc<event::Event>),
    /// `content/figures/<id>.yaml`
    Figure(Arc<figure::Figure>),
    /// `content/sources/<id>.yaml`
    Source(Arc<source::SourceRecord>),
    /// `content/pages/<id>.md`
    Page(Arc<page::Page>),
    /// `content/index.md`
    Home(Arc<page::Page>),
    /// `content/annotations/<article>.yaml`
    Annotations(Vec<Arc<Annotation>>),
}

/// Gives a record type its keys, those that any record may have, and [`Common::meta`].
///
/// The keys are read by serde under their own names; a key that is not listed is an error.
macro_rules! record {
    ($(#[$doc:meta])* $name:ident requires $required:expr; $($(#[$field_doc:meta])* $field:ident: $type:ty,)*) => {
        #[derive(Clone, Debug, Default, serde::Deserialize, serde::Serialize, schemars::JsonSchema)]
        #[serde(default, deny_unknown_fields)]
        #[schemars(transform = crate::model::schema::required::<$name>)]
        $(#[$doc])*
        pub struct $name {
            $($(#[$field_doc])* #[serde(skip_serializing_if = "crate::model::value::Absent::absent")] pub $field: $type,)*
            /// `true`: not to be published yet. `build` leaves it out unless `--drafts` is given.
            #[serde(skip_serializing)]
            pub draft: bool,
            /// Ids that it had before: a page that leads here stands at each.
            #[serde(skip_serializing)]
            #[schemars(with = "Vec<crate::model::schema::Slug>")]
            pub former_ids: Vec<String>,
            /// Lints that are not to be reported about it.
            #[serde(skip_serializing)]
            #[schemars(with = "Vec<crate::model::schema::Lint>")]
            pub allow: Vec<String>,
            /// The language of its text, where it is not the dossier's: a BCP 47 tag such as `fr` or `pt-BR`.
            #[serde(skip_serializing_if = "Option::is_none")]
            #[schemars(with = "Option<crate::model::schema::Language>")]
            pub language: Option<String>,
        }

        impl crate::syntax::yaml::values::Record for $name {
            const REQUIRED: &'static [&'static str] = $required;
        }

        impl $name {
            /// Takes out what any record may have.
            pub fn take_meta(&mut self, id: &str, at: crate::syntax::yaml::Origin) -> crate::model::Meta {
                crate::model::Meta {
                    id: id.to_owned(),
                    at,
                    draft: self.draft,
                    former_ids: std::mem::take(&mut self.former_ids).into(),
                    allow: std::mem::take(&mut self.allow).into(),
                    language: self.language.as_deref().map(Box::from),
                }
            }
        }
    };
}
pub(crate) use record;
