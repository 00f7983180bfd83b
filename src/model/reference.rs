//! References to records, as written; which kinds one can name is part of its type.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use super::schema::NAMES;
use super::value::{Absent, Kind};
use crate::syntax::yaml::Path;

/// A set of kinds, as a type can carry it: one bit a kind.
pub type Kinds = u8;

/// An article.
pub const ARTICLE: Kinds = 1 << Kind::Article as Kinds;
/// An entity.
pub const ENTITY: Kinds = 1 << Kind::Entity as Kinds;
/// An event.
pub const EVENT: Kinds = 1 << Kind::Event as Kinds;
/// A disputed figure.
pub const FIGURE: Kinds = 1 << Kind::Figure as Kinds;
/// A source.
pub const SOURCE: Kinds = 1 << Kind::Source as Kinds;
/// What can be cited for something: a publication, or an article of the dossier.
pub const CITED: Kinds = SOURCE | ARTICLE;
/// Who can say something: a party, a publication or an article.
pub const PARTY: Kinds = ENTITY | CITED;
/// What a passage can be about without naming it.
pub const MENTIONED: Kinds = ENTITY | EVENT;
/// A record of any kind.
pub const ANY: Kinds = Kinds::MAX;

/// A reference as written, `wagner` or `entity:wagner`, whose type says the kinds that it can name.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Ref<const KINDS: Kinds = ANY>(pub String);

impl<const KINDS: Kinds> Ref<KINDS> {
    /// The kinds that it can name. Articles come last: what can be cited is a source, or else an article.
    pub const KINDS: &'static [Kind] = Self::MEMBERS.0.split_at(Self::MEMBERS.1).0;
    const MEMBERS: &'static ([Kind; Kind::ALL.len()], usize) = &members(KINDS);

    /// Shows what was written, with its path and the kinds that it can name.
    pub fn show(&self, path: Path, see: &mut dyn FnMut(Path, &str, &'static [Kind])) {
        see(path, &self.0, Self::KINDS);
    }
}

/// The kinds of a set, in order, and how many there are.
const fn members(kinds: Kinds) -> ([Kind; Kind::ALL.len()], usize) {
    let all = [Kind::Entity, Kind::Event, Kind::Figure, Kind::Source, Kind::Check, Kind::Page, Kind::Article];
    let (mut members, mut count, mut at) = (all, 0, 0);
    while at < all.len() {
        if kinds & (1 << all[at] as Kinds) != 0 {
            members[count] = all[at];
            count += 1;
        }
        at += 1;
    }
    (members, count)
}

impl<const KINDS: Kinds> JsonSchema for Ref<KINDS> {
    fn schema_name() -> Cow<'static, str> {
        let kinds: Vec<&str> = Self::KINDS.iter().map(|kind| kind.name()).collect();
        if KINDS == ANY { "reference".into() } else { format!("reference_to_{}", kinds.join("_or_")).into() }
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ NAMES: Self::KINDS })
    }
}

impl<const KINDS: Kinds> Absent for Ref<KINDS> {
    fn absent(&self) -> bool {
        self.0.is_empty()
    }
}

impl<const KINDS: Kinds> From<String> for Ref<KINDS> {
    fn from(text: String) -> Self {
        Ref(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_names_its_kinds() {
        assert_eq!(Ref::<PARTY>::KINDS, &[Kind::Entity, Kind::Source, Kind::Article]);
        assert_eq!(Ref::<FIGURE>::KINDS, &[Kind::Figure]);
        assert!(Kind::ALL.iter().all(|kind| Ref::<ANY>::KINDS.contains(kind)));
    }
}
