//! The schema of annotations: which keys belong to each type.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use super::{Annotation, AnnotationKind, cross_reference, fact_check, figure_claim, mention, note};
use crate::model::schema::{one_of, require};
use crate::syntax::yaml::values::Record;

impl JsonSchema for Annotation {
    fn schema_name() -> Cow<'static, str> {
        "Annotation".into()
    }

    /// Its keys depend on its type, so each type is asked alone: a wrong key is then reported as one, at its place.
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let keys = [
            generator.subschema_for::<fact_check::FactCheck>(),
            generator.subschema_for::<cross_reference::CrossReference>(),
            generator.subschema_for::<figure_claim::FigureClaim>(),
            generator.subschema_for::<mention::Mention>(),
            generator.subschema_for::<note::Note>(),
        ];
        let each = AnnotationKind::NAMES.iter().zip(keys).map(|(name, keys)| {
            json_schema!({
                "if": { "type": "object", "properties": { "type": { "const": name } }, "required": ["type"] },
                "then": keys,
            })
        });
        json_schema!({
            "type": "object",
            "required": ["type"],
            "properties": { "type": generator.subschema_for::<AnnotationType>() },
            "allOf": each.collect::<Vec<Schema>>(),
            "defaultSnippets": [
                snippet::<fact_check::FactCheck>("fact_check"),
                snippet::<cross_reference::CrossReference>("cross_reference"),
                snippet::<figure_claim::FigureClaim>("figure"),
                snippet::<mention::Mention>("mention"),
                snippet::<note::Note>("note"),
            ],
        })
    }
}

/// What an editor's program can start an annotation with: the keys that it must have, to be filled in one after the other.
fn snippet<T: Record>(word: &str) -> Value {
    let places =
        T::REQUIRED.iter().enumerate().map(|(index, key)| ((*key).to_owned(), format!("${}", index + 1).into()));
    let keys: Map<String, Value> = [("type".to_owned(), word.into())].into_iter().chain(places).collect();
    json!({ "label": word, "body": keys })
}

/// Asks for a type of annotation, before anything else.
pub(super) fn of_type(schema: &mut Schema, word: &str) {
    require(schema, &["type"]);
    if let Some(written) = schema.pointer_mut("/properties/type") {
        written["const"] = word.into();
    }
}

/// The word after `type:`, for the schema.
enum AnnotationType {}

impl JsonSchema for AnnotationType {
    fn schema_name() -> Cow<'static, str> {
        "AnnotationType".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        one_of(AnnotationKind::TYPES)
    }
}
