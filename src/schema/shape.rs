//! What serde's derive says of a type, as an editor's program wants to hear it.

use serde_json::{Map, Value, json};

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

/// Lets a text be written without quotes even where YAML then sees a number, `true` or `false`: the reader takes it as it is
/// written. Said without their types, so that no program offers `true` where a title belongs.
pub(super) fn with_plain_text(schema: &mut Map<String, Value>) {
    let any = schema.get("pattern").is_none_or(|pattern| pattern == r"\S")
        && !schema.contains_key("enum")
        && !schema.contains_key("const");
    if schema.get("type").is_none_or(|kind| kind != "string") || !any {
        return;
    }
    let mut text = json!({ "type": "string", "errorMessage": "a text belongs here" });
    schema.shift_remove("type");
    if let Some(pattern) = schema.shift_remove("pattern") {
        text["pattern"] = pattern;
        text["errorMessage"] = "a text is missing here".into();
    }
    schema.insert("anyOf".to_owned(), json!([text, { "not": { "type": ["string", "array", "object", "null"] } }]));
}

/// Lets every key that need not be there, and every item, be written without a value: the reader passes over it.
pub(super) fn with_null(schema: &mut Map<String, Value>) {
    let required: Vec<Value> = schema.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
    for keyword in ["properties", "patternProperties"] {
        let Some(Value::Object(named)) = schema.get_mut(keyword) else { continue };
        named
            .iter_mut()
            .filter(|(key, _)| !required.contains(&Value::from(key.as_str())))
            .for_each(|(_, v)| or_null(v));
    }
    if let Some(items) = schema.get_mut("items") {
        or_null(items);
    }
}

/// The value or nothing. Nothing is said without its type where that can be, so that no program offers `null`.
fn or_null(schema: &mut Value) {
    let Some(object) = schema.as_object_mut() else { return };
    let nothing = json!({ "not": { "type": ["string", "number", "boolean", "array", "object"] } });
    if let Some(Value::Array(options)) = object.get_mut("anyOf") {
        options.retain(|option| option["type"] != "null");
        options.push(nothing);
        return;
    }
    if let Some(reference) = object.shift_remove("$ref") {
        object.insert("anyOf".to_owned(), json!([{ "$ref": reference }, nothing]));
        return;
    }
    let types = match object.shift_remove("type") {
        Some(Value::Array(types)) => types.into_iter().filter(|name| name != "null").collect(),
        Some(one) => vec![one],
        None => return,
    };
    let list_or_map = |name: &Value| name == "array" || name == "object";
    if let [one] = types.as_slice()
        && !list_or_map(one)
    {
        let mut value = Map::from_iter([("type".to_owned(), one.clone())]);
        let keep = |keyword: &str| matches!(keyword, "description" | "title" | "default");
        let keywords: Vec<String> = object.keys().filter(|keyword| !keep(keyword)).cloned().collect();
        value.extend(keywords.into_iter().filter_map(|keyword| object.shift_remove_entry(&keyword)));
        object.insert("anyOf".to_owned(), json!([value, nothing]));
    } else {
        object.insert("type".to_owned(), types.into_iter().chain(["null".into()]).collect());
    }
}
