//! Values that editors write in one of two ways. What each accepts is said twice, to serde and to the schema, side by side.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

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

/// What [`text_or`] reads: any text, or the keys of `M`.
pub fn text_or_schema<M: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    // `true` or `false`, said without that type: no program is to offer them where a name belongs.
    let boolean = json_schema!({ "not": { "type": ["string", "number", "array", "object", "null"] } });
    json_schema!({ "anyOf": [{ "type": ["string", "integer"] }, boolean, generator.subschema_for::<M>()] })
}

/// What [`text_or`] reads where the text names a record: `R`, or the keys of `M`.
pub fn name_or_schema<R: JsonSchema, M: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    json_schema!({ "anyOf": [generator.subschema_for::<R>(), generator.subschema_for::<M>()] })
}

/// One item or a list of them, for `#[serde(with = …)]` on a `Vec`.
pub struct OneOrMany<T>(PhantomData<T>);

impl<T> OneOrMany<T> {
    /// Reads one item or a list of them.
    ///
    /// # Errors
    /// It is neither.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error>
    where
        T: Deserialize<'de> + From<String>,
    {
        deserializer.deserialize_any(Self(PhantomData))
    }

    /// Writes a list, whatever was written.
    ///
    /// # Errors
    /// The serializer's own.
    pub fn serialize<S: Serializer>(list: &[T], serializer: S) -> Result<S::Ok, S::Error>
    where
        T: Serialize,
    {
        list.serialize(serializer)
    }
}

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

impl<T: JsonSchema> JsonSchema for OneOrMany<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("one_or_many_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let item = generator.subschema_for::<T>();
        let one = if item.get("type").is_some_and(|kind| kind == "string") {
            json_schema!({ "type": ["string", "integer"] })
        } else {
            item.clone()
        };
        json_schema!({ "anyOf": [one, { "type": "array", "items": item }] })
    }
}
