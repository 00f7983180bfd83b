//! What records look like, as JSON Schema: the parts that the types beside their readers are described with.
//!
//! What only a whole dossier knows (its ids, verdicts, kinds of entity, languages) is left open here under the keyword
//! [`NAMES`]; the stage `schema` fills it in.

use std::borrow::Cow;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use crate::base::address;
use crate::base::diag::Code;
use crate::base::id;
use crate::syntax::language;
use crate::syntax::yaml::values::Record;

/// The keyword under which a schema says whose names belong there: a list of kinds of record, or one of the words below.
pub const NAMES: &str = "x-names";
/// A text with something in it.
pub const NOT_EMPTY: &str = r"\S";
/// The ids of the scale of verdicts.
pub const VERDICTS: &str = "verdicts";
/// The kinds of entity.
pub const ENTITY_KINDS: &str = "entity_kinds";
/// The tags of the languages in use.
pub const LANGUAGES: &str = "languages";

/// One of some words, each with what it means.
pub fn one_of<'a>(words: impl IntoIterator<Item = (&'a str, &'a str)>) -> Schema {
    let (words, meanings): (Vec<&str>, Vec<&str>) = words.into_iter().unzip();
    json_schema!({ "type": "string", "enum": words, "enumDescriptions": meanings })
}

/// Asks for the keys that a record must have, each with a value; a text is not empty.
pub fn required<T: Record>(schema: &mut Schema) {
    require(schema, T::REQUIRED);
}

/// Asks for keys, each with a value.
pub fn require(schema: &mut Schema, keys: &[&str]) {
    let mut all = keys.to_vec();
    all.extend(schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str));
    all.dedup();
    let required = Value::from(all);
    for key in keys {
        let Some(value) = schema.pointer_mut(&format!("/properties/{key}")) else { continue };
        not_null(value);
        if value["type"] == "string" && value.get("pattern").is_none() {
            value["pattern"] = NOT_EMPTY.into();
        }
    }
    schema.insert("required".to_owned(), required);
}

/// An object in which a key says something.
pub fn given(key: &str) -> Value {
    json!({ "required": [key], "properties": { key: { "not": { "type": "null" } } } })
}

/// An object without some keys.
pub fn without(keys: &[&str]) -> Value {
    let none: Map<String, Value> = keys.iter().map(|key| ((*key).to_owned(), false.into())).collect();
    json!({ "properties": none })
}

/// Takes out what `Option` adds: a required key has a value.
fn not_null(value: &mut Value) {
    let Some(whole) = value.as_object_mut() else { return };
    if let Some(Value::Array(mut options)) = whole.remove("anyOf") {
        options.retain(|option| option["type"] != "null");
        match options.as_slice() {
            [Value::Object(one)] => whole.extend(one.clone()),
            _ => drop(whole.insert("anyOf".to_owned(), options.into())),
        }
    }
    if let Some(Value::Array(types)) = whole.get_mut("type") {
        types.retain(|name| name != "null");
        if let [one] = types.as_slice() {
            let one = one.clone();
            whole.insert("type".to_owned(), one);
        }
    }
}

/// Describes a type of which only the schema needs to know: what a text must be like.
macro_rules! text {
    ($(#[doc = $doc:literal])+ $name:ident: $schema:expr) => {
        $(#[doc = $doc])+
        pub enum $name {}

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    };
}

text! {
    /// A new id.
    Slug: json_schema!({
        "anyOf": [
            {
                "type": "string",
                "pattern": id::PATTERN,
                "patternErrorMessage": "an id has lower-case letters a to z, digits and hyphens",
            },
            // Digits alone are a number to YAML.
            { "type": "integer", "minimum": 0 },
        ],
    })
}
text! {
    /// An address on the web.
    WebAddress: json_schema!({
        "type": "string",
        "pattern": address::WEB_PATTERN,
        "patternErrorMessage": "an address is written whole, such as `https://example.org/article`",
    })
}
text! {
    /// An address on the web, or one to write to.
    WebOrMailAddress: json_schema!({
        "type": "string",
        "pattern": address::WEB_OR_MAIL_PATTERN,
        "patternErrorMessage": "an address is written whole, such as `mailto:desk@example.org` or `https://example.org/corrections`",
    })
}
text! {
    /// The id of a verdict or of a kind of entity, which may have `_` in it.
    SettingId: json_schema!({
        "type": "string",
        "pattern": "^[a-z0-9][a-z0-9_-]*$",
        "patternErrorMessage": "an id has lower-case letters a to z, digits and `_`",
    })
}
text! {
    /// The name of a lint.
    Lint: one_of(Code::ALL.iter().filter(|code| code.is_lint()).map(|code| (code.name(), code.meaning())))
}
text! {
    /// The tag of a language: one in use, or any other.
    Language: json_schema!({
        "anyOf": [{ "type": "string", NAMES: LANGUAGES }, { "type": "string", "pattern": language::PATTERN }],
    })
}
text! {
    /// The id of a verdict.
    VerdictName: json_schema!({ "type": "string", NAMES: VERDICTS })
}
text! {
    /// The name of a kind of entity.
    EntityKindName: json_schema!({ "type": "string", NAMES: ENTITY_KINDS })
}

/// A value for each language, by its tag.
pub struct ByLanguage<T>(PhantomData<T>);

impl<T: JsonSchema> JsonSchema for ByLanguage<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("{}_by_language", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "object",
            NAMES: LANGUAGES,
            "patternProperties": { language::PATTERN: generator.subschema_for::<T>() },
            "additionalProperties": false,
        })
    }
}
