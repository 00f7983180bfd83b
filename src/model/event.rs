//! `content/events/<id>.md`

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize};

use super::either::{OneOrMany, name_or_schema, text_or};
use super::entity::Alias;
use super::reference::{CITED, ENTITY, EVENT, Ref};
use super::value::{Kind, Markdown};
use super::{Common, Meta, record};
use crate::base::date::Edtf;
use crate::syntax::markdown::Body;
use crate::syntax::yaml::Path;

record! {
    /// The front matter of an event.
    EventKeys requires &["title", "date"];
    /// What happened, as a headline.
    title: String,
    /// When it happened: a day, a month, a year, an interval, one of several days.
    date: Option<Edtf>,
    /// When it became known, where that is not when it happened.
    reported: Option<Edtf>,
    /// Where: the id of an entity.
    place: Option<Ref<ENTITY>>,
    /// Who took part: ids of entities, each alone or as `{ entity: …, role: … }`.
    participants: Vec<Participant>,
    /// Names by which texts mention it.
    aliases: Vec<Alias>,
    /// The larger event that it is part of.
    part_of: Option<Ref<EVENT>>,
    /// What happened, in one or two sentences. Markdown.
    summary: Markdown,
    /// Who reports it: sources, or articles of the dossier.
    #[serde(with = "OneOrMany::<Ref<CITED>>")]
    sources: Vec<Ref<CITED>>,
}

/// Something that happened.
#[derive(Clone, Debug)]
pub struct Event {
    /// What any record has.
    pub meta: Meta,
    /// Its front matter.
    pub keys: EventKeys,
    /// Its text.
    pub body: Body,
}

/// Who took part, and as what.
#[derive(Clone, Debug, Serialize)]
pub struct Participant {
    /// Who.
    pub entity: Ref<ENTITY>,
    /// As what.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
}

impl<'de> Deserialize<'de> for Participant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text_or(
            deserializer,
            |text| Participant { entity: Ref(text), role: None },
            |keys: Participation| Participant { entity: keys.entity, role: keys.role },
        )
    }
}

/// Who took part, and as what.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Participation {
    /// Who: an entity's id.
    entity: Ref<ENTITY>,
    /// As what, in a word or two.
    #[serde(default)]
    role: Option<String>,
}

impl JsonSchema for Participant {
    fn schema_name() -> Cow<'static, str> {
        "Participant".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        name_or_schema::<Ref<ENTITY>, Participation>(generator)
    }
}

impl Common for Event {
    fn meta(&self) -> &Meta {
        &self.meta
    }

    fn references(&self, see: &mut dyn FnMut(Path, &str, &'static [Kind])) {
        if let Some(place) = &self.keys.place {
            place.show(Path::of("place"), see);
        }
        for (index, participant) in self.keys.participants.iter().enumerate() {
            participant.entity.show(Path::of("participants").index(index).key("entity"), see);
        }
        if let Some(whole) = &self.keys.part_of {
            whole.show(Path::of("part_of"), see);
        }
        for (index, source) in self.keys.sources.iter().enumerate() {
            source.show(Path::of("sources").index(index), see);
        }
    }

    fn prose(&self, see: &mut dyn FnMut(Path, &Markdown)) {
        see(Path::of("summary"), &self.keys.summary);
    }

    fn body(&self) -> Option<&Body> {
        Some(&self.body)
    }
}
