//! `content/events/<id>.md`

use serde::{Deserialize, Deserializer, Serialize};

use super::entity::Alias;
use super::value::{Kind, Markdown, Ref, text_or};
use super::{Common, Meta, record};
use crate::base::date::Edtf;
use crate::syntax::markdown::Body;
use crate::syntax::yaml::Path;

record! {
    /// The front matter of an event.
    EventKeys requires &["title", "date"];
    /// What happened, as a headline.
    title: String,
    /// When.
    date: Option<Edtf>,
    /// When it became known, where that differs.
    reported: Option<Edtf>,
    /// Where.
    place: Option<Ref>,
    /// Who took part.
    participants: Vec<Participant>,
    /// Names it is found by.
    aliases: Vec<Alias>,
    /// The event that it belongs to.
    part_of: Option<Ref>,
    /// One or two sentences.
    summary: Markdown,
    /// Who reports it.
    #[serde(deserialize_with = "super::value::one_or_many")]
    sources: Vec<Ref>,
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
    pub entity: Ref,
    /// As what.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
}

impl<'de> Deserialize<'de> for Participant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Keys {
            entity: Ref,
            #[serde(default)]
            role: Option<String>,
        }
        text_or(
            deserializer,
            |text| Participant { entity: Ref(text), role: None },
            |keys: Keys| Participant { entity: keys.entity, role: keys.role },
        )
    }
}

impl Common for Event {
    fn meta(&self) -> &Meta {
        &self.meta
    }

    fn references(&self, see: &mut dyn FnMut(Path, &Ref, &'static [Kind])) {
        if let Some(place) = &self.keys.place {
            see(Path::of("place"), place, &[Kind::Entity]);
        }
        for (index, participant) in self.keys.participants.iter().enumerate() {
            see(Path::of("participants").index(index).key("entity"), &participant.entity, &[Kind::Entity]);
        }
        if let Some(whole) = &self.keys.part_of {
            see(Path::of("part_of"), whole, &[Kind::Event]);
        }
        for (index, source) in self.keys.sources.iter().enumerate() {
            see(Path::of("sources").index(index), source, &[Kind::Source, Kind::Article]);
        }
    }

    fn prose(&self, see: &mut dyn FnMut(Path, &Markdown)) {
        see(Path::of("summary"), &self.keys.summary);
    }

    fn body(&self) -> Option<&Body> {
        Some(&self.body)
    }
}
