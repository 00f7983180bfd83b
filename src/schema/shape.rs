//! What serde's derive says of a type, as an editor's program wants to hear it.

use serde_json::{Map, Value, json};

use crate::model::schema::{NAMES, NOT_EMPTY};

/// Shows a schema and every schema in it, outermost last.
pub(super) fn each(schema: &mut Value, see: &mut dyn FnMut(&mut Map<String, Value>)) {
    let Some(object) = schema.as_object_mut() else { return };
    for (keyword, value) in object.iter_mut() {
        match (keyword.as_str(), value) {
            ("properties" | "patternProperties" | "$defs", Value::Object(named)) => {
                named.values_mut().for_each(|schema| each(schema, see));
            }
            ("anyOf" | "allOf" | "oneOf", Value::Array(several)) => {
                several.iter_mut().for_each(|schema| each(schema, see));
            }
            ("items" | "additionalProperties" | "then" | "else", schema) => each(schema, see),
            _ => {}
        }
    }
    see(object);
}

/// Leaves out what says nothing to an editor: defaults that are empty, and how Rust holds and writes a value.
pub(super) fn without_noise(schema: &mut Map<String, Value>) {
    let empty = |value: &Value| match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(entries) => entries.values().all(|value| value.as_str().is_some_and(str::is_empty)),
        _ => false,
    };
    if schema.get("default").is_some_and(empty) {
        schema.shift_remove("default");
    }
    schema.shift_remove("writeOnly");
    schema.shift_remove("format");
}

/// What the reader takes for a text, too: a number, `true` or `false` without quotes.
const PLAIN: &str = "#/$defs/plain";
/// A key without a value, which says nothing.
const NOTHING: &str = "#/$defs/nothing";

/// Adds the shapes that the others here refer to. They are said without the types that they are for, so that no program
/// offers `true` where a title belongs, nor `null` anywhere.
pub(super) fn with_scalars(root: &mut Map<String, Value>) {
    let defs = root.entry("$defs").or_insert_with(|| json!({}));
    defs["plain"] = json!({ "not": { "type": ["string", "array", "object", "null"] } });
    defs["nothing"] = json!({ "not": { "type": ["string", "number", "boolean", "array", "object"] } });
}

/// Lets a text be written without quotes where YAML then sees something else: the reader takes it as it is written.
pub(super) fn with_plain_text(schema: &mut Map<String, Value>) {
    let own = ["pattern", "enum", "const", NAMES];
    let any = own.iter().all(|keyword| schema.get(*keyword).is_none_or(|value| value == NOT_EMPTY));
    if schema.get("type").is_none_or(|kind| kind != "string") || !any {
        return;
    }
    let mut text = json!({ "type": "string", "errorMessage": "a text belongs here" });
    schema.shift_remove("type");
    if let Some(pattern) = schema.shift_remove("pattern") {
        text["pattern"] = pattern;
        text["errorMessage"] = "a text is missing here".into();
    }
    schema.insert("anyOf".to_owned(), json!([text, { "$ref": PLAIN }]));
}

/// Lets every key that need not be there, and every item, be written without a value: the reader passes over it.
pub(super) fn with_nothing(schema: &mut Map<String, Value>) {
    let required: Vec<Value> = schema.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
    for keyword in ["properties", "patternProperties"] {
        let Some(Value::Object(named)) = schema.get_mut(keyword) else { continue };
        let optional = named.iter_mut().filter(|(key, _)| !required.contains(&Value::from(key.as_str())));
        optional.for_each(|(_, value)| or_nothing(value));
    }
    if let Some(items) = schema.get_mut("items") {
        or_nothing(items);
    }
}

/// The value or nothing. Lists and maps keep their type, by which programs know how to start them.
fn or_nothing(schema: &mut Value) {
    let Some(object) = schema.as_object_mut() else { return };
    let nothing = json!({ "$ref": NOTHING });
    if let Some(Value::Array(options)) = object.get_mut("anyOf") {
        options.retain(|option| option["type"] != "null");
        options.push(nothing);
        return;
    }
    if let Some(reference) = object.shift_remove("$ref") {
        object.insert("anyOf".to_owned(), json!([{ "$ref": reference }, nothing]));
        return;
    }
    let types: Vec<Value> = match object.shift_remove("type") {
        Some(Value::Array(types)) => types.into_iter().filter(|name| name != "null").collect(),
        Some(one) => vec![one],
        None => return,
    };
    if types.iter().any(|name| name == "array" || name == "object") {
        object.insert("type".to_owned(), types.into_iter().chain(["null".into()]).collect());
        return;
    }
    let about = |keyword: &str| matches!(keyword, "description" | "title" | "default");
    let (keep, mut value): (Map<String, Value>, Map<String, Value>) =
        std::mem::take(object).into_iter().partition(|(keyword, _)| about(keyword));
    *object = keep;
    value.insert("type".to_owned(), if types.len() == 1 { types[0].clone() } else { types.into() });
    object.insert("anyOf".to_owned(), json!([value, nothing]));
}
