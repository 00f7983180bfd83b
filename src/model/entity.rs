//! `content/entities/<id>.md`

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::either::{OneOrMany, text_or, text_or_schema};
use super::reference::{CITED, ENTITY, MENTIONED, Ref};
use super::schema::{ByLanguage, EntityKindName, WebAddress};
use super::value::{Kind, Markdown, choices};
use super::{Common, Meta, record};
use crate::base::date::{Edtf, Limit};
use crate::syntax::markdown::Body;
use crate::syntax::yaml::Path;

record! {
    /// The front matter of an entity.
    EntityKeys requires &["name", "kind"];
    /// Its name, as pages show it and as texts mention it.
    name: String,
    /// What it is: `person`, `organisation`, `place`, `equipment`, `document`, or a kind of `site.toml`.
    #[schemars(with = "EntityKindName")]
    kind: String,
    /// Its name in other languages: `{ fr: …, ru: … }`. Texts are searched for them too.
    #[schemars(with = "ByLanguage<String>")]
    names: BTreeMap<String, String>,
    /// Other names by which texts mention it. One that is all lower case is also found with a capital.
    aliases: Vec<Alias>,
    /// What it is, in one or two sentences. Markdown.
    summary: Markdown,
    /// The entity that it belongs to, such as the organisation above it.
    part_of: Option<Ref<ENTITY>>,
    /// How it stands to other entities or events, and when.
    relations: Vec<Relation>,
    /// Where it is on the map.
    location: Option<Location>,
    /// Addresses of the same thing elsewhere, such as Wikidata.
    #[serde(with = "OneOrMany::<String>")]
    #[schemars(with = "OneOrMany<WebAddress>")]
    same_as: Vec<String>,
}

/// A person, organisation, place, piece of equipment, document, or whatever `site.toml` adds.
#[derive(Clone, Debug)]
pub struct Entity {
    /// What any record has.
    pub meta: Meta,
    /// Its front matter.
    pub keys: EntityKeys,
    /// Its text.
    pub body: Body,
}

/// Another name, and how it is looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Alias {
    /// The name.
    pub text: String,
    /// How it is looked for.
    #[serde(rename = "match")]
    pub matching: Match,
}

choices! {
    /// How an alias is looked for.
    Match {
        /// As written; one that is all lower case also with a capital first letter.
        ExactCase = "exact_case",
        /// Whatever the case.
        AnyCase = "any_case",
        /// Not at all: it is shown, and readers can search for it.
        Never = "never",
    }
}

impl<'de> Deserialize<'de> for Alias {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text_or(
            deserializer,
            |text| Alias { text, matching: Match::ExactCase },
            |keys: AliasKeys| Alias { text: keys.text, matching: keys.matching.unwrap_or(Match::ExactCase) },
        )
    }
}

/// Another name, and how it is looked for.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct AliasKeys {
    /// The name.
    text: String,
    /// How it is looked for; `exact_case` unless it says otherwise.
    #[serde(rename = "match", default)]
    matching: Option<Match>,
}

impl JsonSchema for Alias {
    fn schema_name() -> Cow<'static, str> {
        "Alias".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        text_or_schema::<AliasKeys>(generator)
    }
}

/// How an entity stands to another.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Relation {
    /// The other entity or event.
    pub to: Ref<MENTIONED>,
    /// What it does or is to the other, in a word or two: `succeeds`, `commands`.
    #[serde(rename = "type")]
    pub relation: String,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Limit>,
    /// Until when; `..` when it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Limit>,
    /// Who says so: a source, or an article of the dossier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Ref<CITED>>,
    /// Anything else.
    #[serde(default, skip_serializing_if = "super::value::Absent::absent")]
    pub note: Markdown,
}

/// A point on the map, WGS 84, degrees. What is serialised is what may be [published](Location::published).
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Location {
    /// Latitude, north positive.
    #[schemars(range(min = -90, max = 90))]
    pub lat: f64,
    /// Longitude, east positive.
    #[schemars(range(min = -180, max = 180))]
    pub lon: f64,
    /// How near the point is to the thing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub precision: Option<Precision>,
}

choices! {
    /// How near a point is to the thing.
    Precision {
        /// At it.
        Exact = "exact",
        /// In the neighbourhood.
        Near = "near",
        /// Somewhere in the region.
        Region = "region",
    }
}

impl Location {
    /// The point as it may be told: no finer than its precision says. An editor who writes `region` may know the house.
    pub fn published(self) -> PublishedLocation {
        let steps = match self.precision {
            // A hundredth of a degree is a kilometre, a whole one a hundred.
            Some(Precision::Near) => 100.0,
            Some(Precision::Region) => 1.0,
            Some(Precision::Exact) | None => {
                return PublishedLocation { lat: self.lat, lon: self.lon, precision: self.precision };
            }
        };
        // Without the sign of a zero.
        let rounded = |degrees: f64| (degrees * steps).round() / steps + 0.0;
        PublishedLocation { lat: rounded(self.lat), lon: rounded(self.lon), precision: self.precision }
    }
}

/// A point no finer than its precision: the only form in which one leaves the dossier.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct PublishedLocation {
    /// Latitude, north positive.
    pub lat: f64,
    /// Longitude, east positive.
    pub lon: f64,
    /// How near the point is to the thing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub precision: Option<Precision>,
}

impl Serialize for Location {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.published().serialize(serializer)
    }
}

/// Every name that a record is looked for by, with the path it was written at.
pub fn names<'a>(
    name: (&'static str, &'a str),
    names: &'a BTreeMap<String, String>,
    aliases: &'a [Alias],
) -> impl Iterator<Item = (Path, &'a str, Match)> {
    let own = std::iter::once((Path::of(name.0), name.1, Match::ExactCase));
    let foreign = names.iter().map(|(tag, text)| (Path::of("names").key_owned(tag), text.as_str(), Match::ExactCase));
    let others = aliases
        .iter()
        .enumerate()
        .map(|(index, alias)| (Path::of("aliases").index(index), alias.text.as_str(), alias.matching));
    own.filter(|(_, text, _)| !text.is_empty()).chain(foreign).chain(others)
}

impl Common for Entity {
    fn meta(&self) -> &Meta {
        &self.meta
    }

    fn references(&self, see: &mut dyn FnMut(Path, &str, &'static [Kind])) {
        if let Some(whole) = &self.keys.part_of {
            whole.show(Path::of("part_of"), see);
        }
        for (index, relation) in self.keys.relations.iter().enumerate() {
            let path = Path::of("relations").index(index);
            relation.to.show(path.key("to"), see);
            if let Some(source) = &relation.source {
                source.show(path.key("source"), see);
            }
        }
    }

    fn prose(&self, see: &mut dyn FnMut(Path, &Markdown)) {
        see(Path::of("summary"), &self.keys.summary);
        for (index, relation) in self.keys.relations.iter().enumerate() {
            see(Path::of("relations").index(index).key("note"), &relation.note);
        }
    }

    fn body(&self) -> Option<&Body> {
        Some(&self.body)
    }
}

impl Relation {
    /// The first and last date as one interval, for showing; `None` where neither is known.
    pub fn dates(&self) -> (Option<&Edtf>, Option<&Edtf>) {
        (self.from.as_ref().and_then(Limit::date), self.until.as_ref().and_then(Limit::date))
    }
}
