//! `content/articles/<id>.md`

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize};

use super::either::{name_or_schema, text_or};
use super::reference::{Ref, SOURCE};
use super::source::Source;
use super::value::{Absent, Kind, Markdown};
use super::{Common, Meta, record};
use crate::base::date::Edtf;
use crate::syntax::markdown::Body;
use crate::syntax::yaml::Path;

record! {
    /// The front matter of an article.
    ArticleKeys requires &["title"];
    /// The headline.
    title: String,
    /// When it was published.
    published: Option<Edtf>,
    /// Where it comes from: a source's id, or a source's keys in place.
    source: Option<SourceField>,
    /// What it says, in one or two sentences. Markdown.
    summary: Markdown,
    /// `true`: the text is the editors' own account of the source, not the source's words.
    digest: bool,
    /// Labels of the editors' own choice.
    tags: Vec<String>,
}

/// An article.
#[derive(Clone, Debug)]
pub struct Article {
    /// What any record has.
    pub meta: Meta,
    /// Its front matter.
    pub keys: ArticleKeys,
    /// Its text.
    pub body: Body,
}

/// Where an article comes from: a source by name, or described in place (it then has the article's id).
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum SourceField {
    /// A source's id.
    Name(Ref<SOURCE>),
    /// A source described in place.
    Inline(Box<Source>),
}

impl<'de> Deserialize<'de> for SourceField {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text_or(deserializer, |text| Self::Name(Ref(text)), |source| Self::Inline(Box::new(source)))
    }
}

impl JsonSchema for SourceField {
    fn schema_name() -> Cow<'static, str> {
        "SourceField".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        name_or_schema::<Ref<SOURCE>, Source>(generator)
    }
}

impl Absent for SourceField {
    fn absent(&self) -> bool {
        false
    }
}

impl Common for Article {
    fn meta(&self) -> &Meta {
        &self.meta
    }

    fn references(&self, see: &mut dyn FnMut(Path, &str, &'static [Kind])) {
        match &self.keys.source {
            Some(SourceField::Name(name)) => name.show(Path::of("source"), see),
            Some(SourceField::Inline(source)) => source.references_at(&Path::of("source"), see),
            None => {}
        }
    }

    fn prose(&self, see: &mut dyn FnMut(Path, &Markdown)) {
        see(Path::of("summary"), &self.keys.summary);
        if let Some(SourceField::Inline(source)) = &self.keys.source {
            see(Path::of("source").key("note"), &source.note);
        }
    }

    fn body(&self) -> Option<&Body> {
        Some(&self.body)
    }
}
