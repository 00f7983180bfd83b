//! What each kind of file looks like, as JSON Schema (draft 2020-12) with this dossier's own ids: for programs that complete
//! and check while an editor types.
//!
//! The shapes come from the types that read the files ([`crate::model`]), so the two cannot differ; `names` fills in what
//! only the whole dossier knows. A schema is strict where the reader is: a reference to nothing is refused. It knows one file
//! at a time, so what several files must agree on (a quote and its article, two equal ids) is left to `check`.

mod names;
mod shape;

use std::sync::LazyLock;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use crate::model::annotation::Annotation;
use crate::model::article::ArticleKeys;
use crate::model::entity::EntityKeys;
use crate::model::event::EventKeys;
use crate::model::figure::FigureKeys;
use crate::model::page::PageKeys;
use crate::model::settings::Settings;
use crate::model::source::Source;
use crate::resolve::Dossier;
use names::Names;

/// A kind of file, as the schemas count them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// The front matter of `content/articles/<id>.md`
    Article,
    /// `content/annotations/<article>.yaml`
    Annotations,
    /// The front matter of `content/entities/<id>.md`
    Entity,
    /// The front matter of `content/events/<id>.md`
    Event,
    /// `content/figures/<id>.yaml`
    Figure,
    /// `content/sources/<id>.yaml`
    Source,
    /// The front matter of `content/pages/<id>.md` and `content/index.md`
    Page,
    /// `site.toml`
    Site,
}

impl FileKind {
    /// All kinds of file.
    pub const ALL: [FileKind; 8] = [
        FileKind::Article,
        FileKind::Annotations,
        FileKind::Entity,
        FileKind::Event,
        FileKind::Figure,
        FileKind::Source,
        FileKind::Page,
        FileKind::Site,
    ];

    /// The name of the file that its schema is written to.
    pub fn file_name(self) -> &'static str {
        match self {
            FileKind::Article => "article.json",
            FileKind::Annotations => "annotations.json",
            FileKind::Entity => "entity.json",
            FileKind::Event => "event.json",
            FileKind::Figure => "figure.json",
            FileKind::Source => "source.json",
            FileKind::Page => "page.json",
            FileKind::Site => "site.json",
        }
    }

    /// Its schema before the dossier's names are filled in.
    fn shape(self) -> Value {
        match self {
            FileKind::Article => yaml::<ArticleKeys>("Front matter of an article"),
            FileKind::Annotations => list::<Annotation>("Annotations on an article"),
            FileKind::Entity => yaml::<EntityKeys>("Front matter of an entity"),
            FileKind::Event => yaml::<EventKeys>("Front matter of an event"),
            FileKind::Figure => yaml::<FigureKeys>("A disputed figure"),
            FileKind::Source => yaml::<Source>("A source"),
            FileKind::Page => yaml::<PageKeys>("Front matter of a page"),
            FileKind::Site => root::<Settings>("The settings of a dossier"),
        }
    }
}

/// The shapes, which no dossier changes.
static SHAPES: LazyLock<Vec<(FileKind, Value)>> =
    LazyLock::new(|| FileKind::ALL.into_iter().map(|kind| (kind, kind.shape())).collect());

/// The schema of each kind of file, by the name of the file that it is written to.
pub fn schemas(dossier: &Dossier) -> Vec<(&'static str, Value)> {
    let names = Names::new(dossier);
    let schema = |(kind, shape): &(FileKind, Value)| {
        let mut schema = shape.clone();
        names.fill(&mut schema);
        (kind.file_name(), schema)
    };
    SHAPES.iter().map(schema).collect()
}

/// The schema of a type that is read from YAML.
fn yaml<T: JsonSchema>(title: &str) -> Value {
    let mut schema = root::<T>(title);
    shape::each(&mut schema, &mut shape::with_plain_text);
    shape::each(&mut schema, &mut shape::with_nothing);
    schema.as_object_mut().map(shape::with_scalars);
    schema
}

/// The schema of a list file, which may be empty; each of its items says something.
fn list<T: JsonSchema>(title: &str) -> Value {
    let mut schema = yaml::<Vec<T>>(title);
    schema["type"] = json!(["array", "null"]);
    schema["items"] = json!({ "$ref": format!("#/$defs/{}", T::schema_name()) });
    schema
}

fn root<T: JsonSchema>(title: &str) -> Value {
    let made = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>();
    let mut schema = json!({ "$schema": made.get("$schema"), "title": title });
    for (keyword, value) in made.as_object().into_iter().flatten().filter(|(keyword, _)| *keyword != "title") {
        schema[keyword] = value.clone();
    }
    shape::each(&mut schema, &mut shape::without_noise);
    schema
}
