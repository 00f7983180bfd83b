//! Dates for programs that check while an editor types: what `parse` and `serial` take, as JSON Schema.
//!
//! A regular expression counts no days: that an interval ends after it starts, and that no date of a set stands twice, is
//! left to the parser. All else is the same, leap years included; a test holds the two together.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::{Edtf, Limit};

const YEAR: &str = "(?!-0000)-?[0-9]{4}";
const LEAP_YEAR: &str = "(?!-0000)-?(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)";
const MONTH: &str = "(?:0[1-9]|1[0-2])";
/// Month and day, but for 29 February.
const DAY: &str = "(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)\
    |02-(?:0[1-9]|1[0-9]|2[0-8]))";

const LONG_YEAR: &str = "Y-?[1-9][0-9]{4,8}";

/// A day, a month or a year.
fn plain() -> String {
    format!("{YEAR}(?:-{MONTH}|-{DAY})?|{LEAP_YEAR}-02-29|{LONG_YEAR}")
}

/// A date as it can stand in an interval.
fn known() -> String {
    format!("(?:{}|{YEAR}-2[1-4])[~?%]?", plain())
}

/// A date that stands alone.
fn single() -> String {
    format!("(?:{}|{YEAR}-(?:2[1-4]|{MONTH}-XX|XX|XX-XX)|-?[0-9]{{3}}X|-?[0-9]{{2}}XX)[~?%]?", plain())
}

/// All of EDTF that we take, as one regular expression.
fn pattern() -> String {
    let (single, known, plain) = (single(), known(), plain());
    let interval = format!(r"{known}/(?:{known}|\.\.)?|(?:\.\.)?/{known}");
    let one_of = format!(r"\[\s*(?:{plain})\s*(?:,\s*(?:{plain})\s*)+\]");
    format!("^(?:{single}|{interval}|{one_of})$")
}

/// A year without quotes is a number to YAML. One before 1000 is a mistyped one, or in quotes.
fn year_as_number() -> Schema {
    json_schema!({ "type": "integer", "minimum": -9999, "maximum": 9999, "not": { "minimum": -999, "maximum": 999 } })
}

impl JsonSchema for Edtf {
    fn schema_name() -> Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let member = json_schema!({
            "anyOf": [{ "type": "string", "pattern": format!(r"^\s*(?:{})\s*$", plain()) }, year_as_number()],
        });
        json_schema!({
            "anyOf": [
                {
                    "type": "string",
                    "pattern": pattern(),
                    "patternErrorMessage": "a date is written like 2025-01-17, 2024-11, 2023-12~ or 2024-07-25/2024-07-27",
                    "examples": ["2025-01-17", "2024-11", "2023-12~", "2024?", "2024-07-25/2024-07-27", "2023-11/.."],
                },
                year_as_number(),
                { "type": "array", "items": member, "minItems": 2, "uniqueItems": true },
            ],
        })
    }
}

impl JsonSchema for Limit {
    fn schema_name() -> Cow<'static, str> {
        "Limit".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [generator.subschema_for::<Edtf>(), { "const": ".." }] })
    }
}
