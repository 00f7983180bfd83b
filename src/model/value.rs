//! The small values that records are made of.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize};

use super::either::{text_or, text_or_schema};
use super::schema::ByLanguage;

/// Markdown in a YAML value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct Markdown(pub String);

/// Whether a value says nothing, and so is left out of the open data.
pub trait Absent {
    /// True for nothing, an empty text or list, and `false`.
    fn absent(&self) -> bool;
}

impl<T> Absent for Option<T> {
    fn absent(&self) -> bool {
        self.is_none()
    }
}
impl<T> Absent for Vec<T> {
    fn absent(&self) -> bool {
        self.is_empty()
    }
}
impl Absent for String {
    fn absent(&self) -> bool {
        self.is_empty()
    }
}
impl Absent for Markdown {
    fn absent(&self) -> bool {
        self.0.is_empty()
    }
}
impl Absent for bool {
    fn absent(&self) -> bool {
        !*self
    }
}
impl<K, V> Absent for BTreeMap<K, V> {
    fn absent(&self) -> bool {
        self.is_empty()
    }
}

/// An enumeration that editors write as a word: its values, their names, and what each means.
macro_rules! choices {
    ($(#[doc = $doc:literal])+ $name:ident { $($(#[doc = $meaning:literal])+ $value:ident = $word:literal,)+ }) => {
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize, serde::Serialize)]
        pub enum $name { $($(#[doc = $meaning])+ #[serde(rename = $word)] $value,)+ }

        impl $name {
            /// The word in the files, in JSON and in the keys of the interface's words.
            pub fn name(self) -> &'static str {
                match self { $(Self::$value => $word,)+ }
            }
        }

        impl crate::model::value::Absent for $name {
            fn absent(&self) -> bool { false }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> { stringify!($name).into() }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                crate::model::schema::one_of([$(($word, concat!($($meaning),+).trim_ascii())),+])
            }
        }
    };
}
pub(crate) use choices;

choices! {
    /// The kinds of record that a reference can name.
    Kind {
        /// An article.
        Article = "article",
        /// An entity.
        Entity = "entity",
        /// An event.
        Event = "event",
        /// A disputed figure.
        Figure = "figure",
        /// A source.
        Source = "source",
        /// A fact check.
        Check = "check",
        /// Any other page.
        Page = "page",
    }
}

impl Kind {
    /// All kinds, in the order in which FORMAT names them.
    pub const ALL: &'static [Kind] =
        &[Kind::Article, Kind::Entity, Kind::Event, Kind::Figure, Kind::Source, Kind::Check, Kind::Page];

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<Kind> {
        Kind::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// The folder of its pages.
    pub fn folder(self) -> &'static str {
        match self {
            Kind::Article => "articles",
            Kind::Entity => "entities",
            Kind::Event => "events",
            Kind::Figure => "figures",
            Kind::Source => "sources",
            Kind::Check => "checks",
            Kind::Page => "",
        }
    }
}

choices! {
    /// How sure the editors are.
    Confidence {
        /// It would take much to change it.
        High = "high",
        /// Likely, but one good source could change it.
        Moderate = "moderate",
        /// A lean, no more.
        Low = "low",
    }
}

choices! {
    /// What a piece of evidence does for a claim.
    Stance {
        /// Speaks for it.
        Supports = "supports",
        /// Speaks against it.
        Contradicts = "contradicts",
        /// Explains it.
        Context = "context",
    }
}

/// A text for each language, or one for all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Localised(pub BTreeMap<String, String>);

impl Localised {
    /// The text for a language tag: its own, its primary language's, the one for all, English, or the first.
    pub fn get(&self, language: &str) -> &str {
        in_language(&self.0, language).map_or("", String::as_str)
    }
}

impl Absent for Localised {
    fn absent(&self) -> bool {
        self.0.is_empty()
    }
}

/// What a map by language has for a tag; see [`Localised::get`].
pub fn in_language<'a, T>(map: &'a BTreeMap<String, T>, language: &str) -> Option<&'a T> {
    let primary = language.split('-').next().unwrap_or(language);
    [language, primary, "", "en"].into_iter().find_map(|tag| map.get(tag)).or_else(|| map.values().next())
}

impl<'de> Deserialize<'de> for Localised {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text_or(deserializer, |text| Localised(BTreeMap::from([(String::new(), text)])), Localised)
    }
}

impl JsonSchema for Localised {
    fn schema_name() -> Cow<'static, str> {
        "Localised".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        text_or_schema::<ByLanguage<String>>(generator)
    }
}
