//! Findings for other programs' viewers: SARIF 2.1.0, and the workflow commands of GitHub Actions.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::explain::why;
use super::report::Place;
use crate::base::diag::{Code, Diagnostic, Diagnostics, Fix, Severity};
use crate::base::input::Inputs;
use crate::base::span::Span;

/// All findings as one SARIF run. Columns count code points, as ours do.
pub fn sarif(inputs: &Inputs, diags: &Diagnostics) -> String {
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "dossier",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": Code::ALL.iter().map(|code| rule(*code)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": diags.iter().map(|diagnostic| result(inputs, diagnostic)).collect::<Vec<_>>(),
        }],
    });
    let mut text = serde_json::to_string_pretty(&log).unwrap_or_default();
    text.push('\n');
    text
}

fn rule(code: Code) -> Value {
    let level = code.severity().map_or("none", level);
    json!({
        "id": code.name(),
        "shortDescription": { "text": code.meaning() },
        "fullDescription": { "text": why(code) },
        "defaultConfiguration": { "level": level, "enabled": code.severity().is_some() },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn result(inputs: &Inputs, diagnostic: &Diagnostic) -> Value {
    let mut text = diagnostic.message.clone();
    for help in &diagnostic.help {
        let _ = write!(text, "\n{help}");
    }
    let mut result = json!({
        "ruleId": diagnostic.code.name(),
        "ruleIndex": Code::ALL.iter().position(|code| *code == diagnostic.code),
        "level": level(diagnostic.severity),
        "message": { "text": text },
        "locations": [{ "physicalLocation": physical(inputs, diagnostic.span) }],
    });
    let labels = diagnostic.labels.iter().enumerate();
    let related: Vec<Value> = labels
        .map(|(id, label)| {
            json!({ "id": id, "physicalLocation": physical(inputs, label.span), "message": { "text": label.message } })
        })
        .collect();
    if !related.is_empty() {
        result["relatedLocations"] = related.into();
    }
    if let Some(fix) = &diagnostic.fix {
        result["fixes"] = json!([change(inputs, fix)]);
    }
    result
}

fn change(inputs: &Inputs, fix: &Fix) -> Value {
    let place = physical(inputs, fix.span);
    json!({
        "description": { "text": format!("write `{}`", fix.replacement) },
        "artifactChanges": [{
            "artifactLocation": place["artifactLocation"],
            "replacements": [{
                "deletedRegion": place["region"],
                "insertedContent": { "text": fix.replacement },
            }],
        }],
    })
}

fn physical(inputs: &Inputs, span: Span) -> Value {
    let place = Place::of(inputs, span);
    json!({
        "artifactLocation": { "uri": uri(place.file), "uriBaseId": "%SRCROOT%" },
        "region": {
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.end_line,
            "endColumn": place.end_column,
        },
    })
}

/// A path as a relative reference: all but letters, digits, `-._~` and slashes as `%XX`.
fn uri(path: &str) -> String {
    path.bytes().fold(String::new(), |mut uri, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
        uri
    })
}

/// All findings as commands that GitHub Actions shows beside the lines of a change.
pub fn github(inputs: &Inputs, diags: &Diagnostics) -> String {
    let mut out = String::new();
    for diagnostic in diags.iter() {
        let Place { file, line, column, end_line, end_column } = Place::of(inputs, diagnostic.span);
        // Columns are only understood within one line, and an end must lie after its start.
        let columns = match end_line == line && end_column > column {
            true => format!(",col={column},endColumn={end_column}"),
            false => format!(",col={column}"),
        };
        let message = std::iter::once(&diagnostic.message).chain(&diagnostic.help).map(String::as_str);
        let _ = writeln!(
            out,
            "::{} file={},line={line},endLine={end_line}{columns},title={}::{}",
            level(diagnostic.severity),
            property(file),
            diagnostic.code.name(),
            data(&message.collect::<Vec<_>>().join("\n")),
        );
    }
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reported(render: fn(&Inputs, &Diagnostics) -> String) -> String {
        let inputs = Inputs::from_fixture(
            "=== site.toml\ntitle = \"T\"\nbase_url = \"https://example.org/\"\n\
             === content/entities/été 1.md\n---\nname: É\nkind: persn\nallow: [orphan-entity]\n---\n",
        );
        let (_, diags) = crate::build(&std::sync::Arc::new(inputs.clone()));
        render(&inputs, &diags)
    }

    #[test]
    fn sarif_has_rules_places_and_fixes() {
        let log: Value = serde_json::from_str(&reported(sarif)).expect("JSON");
        let run = &log["runs"][0];
        assert_eq!(run["tool"]["driver"]["rules"].as_array().map(Vec::len), Some(Code::ALL.len()));
        let found = &run["results"][1];
        assert_eq!(found["ruleId"], "bad-value");
        let index = found["ruleIndex"].as_u64().and_then(|index| usize::try_from(index).ok()).expect("an index");
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], "bad-value");
        let place = &found["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "content/entities/%C3%A9t%C3%A9%201.md");
        assert_eq!(place["region"], json!({ "startLine": 3, "startColumn": 7, "endLine": 3, "endColumn": 12 }));
        let replacement = &found["fixes"][0]["artifactChanges"][0]["replacements"][0];
        assert_eq!(replacement["insertedContent"]["text"], "person");
    }

    #[test]
    fn github_commands_are_one_line_each() {
        let commands = reported(github);
        assert_eq!(commands.lines().count(), 2, "{commands}");
        let second = commands.lines().nth(1).unwrap_or_default();
        assert!(
            second.starts_with(
                "::error file=content/entities/été 1.md,line=3,endLine=3,col=7,endColumn=12,title=bad-value::"
            ),
            "{second}"
        );
        assert!(second.contains("%0Adid you mean `person`?"), "{second}");
    }
}
