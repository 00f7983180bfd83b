//! The small values that records are made of.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

/// A reference as written: `wagner` or `entity:wagner`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Ref(pub String);

/// Markdown in a YAML value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(transparent)]
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
impl Absent for Ref {
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

/// An enumeration that editors write as a word: its values, their names, and all of them.
macro_rules! choices {
    ($(#[$doc:meta])* $name:ident { $($(#[$value_doc:meta])* $value:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize, serde::Serialize)]
        pub enum $name { $($(#[$value_doc])* #[serde(rename = $word)] $value,)+ }

        impl $name {
            /// The word in the files, in JSON and in the keys of the interface's words.
            pub fn name(self) -> &'static str {
                match self { $(Self::$value => $word,)+ }
            }
        }

        impl crate::model::value::Absent for $name {
            fn absent(&self) -> bool { false }
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

/// Reads a text, or else a set of keys, as one type: `wagner` or `{ entity: wagner, role: ambushed }`.
pub fn text_or<'de, D, T, M>(deserializer: D, of_text: fn(String) -> T, of_map: fn(M) -> T) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    M: Deserialize<'de>,
{
    struct TextOr<T, M>(fn(String) -> T, fn(M) -> T);

    impl<'de, T, M: Deserialize<'de>> Visitor<'de> for TextOr<T, M> {
        type Value = T;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a text, or a set of keys and values")
        }
        fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
            Ok((self.0)(text.to_owned()))
        }
        fn visit_bool<E: Error>(self, value: bool) -> Result<T, E> {
            self.visit_str(if value { "true" } else { "false" })
        }
        fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
            self.visit_str(&value.to_string())
        }
        fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
            self.visit_str(&value.to_string())
        }
        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
            M::deserialize(MapAccessDeserializer::new(map)).map(self.1)
        }
    }
    deserializer.deserialize_any(TextOr(of_text, of_map))
}

/// Reads one item or a list of them.
pub fn one_or_many<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + From<String>,
{
    struct OneOrMany<T>(PhantomData<T>);

    impl<'de, T: Deserialize<'de> + From<String>> Visitor<'de> for OneOrMany<T> {
        type Value = Vec<T>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a text, or a list of texts")
        }
        fn visit_str<E: Error>(self, text: &str) -> Result<Vec<T>, E> {
            Ok(vec![T::from(text.to_owned())])
        }
        fn visit_u64<E: Error>(self, value: u64) -> Result<Vec<T>, E> {
            self.visit_str(&value.to_string())
        }
        fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Vec<T>, A::Error> {
            Vec::deserialize(SeqAccessDeserializer::new(list))
        }
    }
    deserializer.deserialize_any(OneOrMany(PhantomData))
}

impl From<String> for Ref {
    fn from(text: String) -> Self {
        Ref(text)
    }
}
