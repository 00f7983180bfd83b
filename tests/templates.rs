//! Templates are an interface: each is embedded, and none prints what was not made to be HTML.

#![expect(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::fs;
use std::path::Path;

fn names(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).expect("a folder");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn every_template_and_asset_is_part_of_the_binary() {
    let source =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/render/builtin.rs")).expect("a source file");
    for folder in ["templates", "static", "static/search"] {
        for name in names(folder) {
            assert!(
                source.contains(&format!("../../{folder}/{name}")),
                "{folder}/{name} is not in src/render/builtin.rs"
            );
        }
    }
}

#[test]
fn only_fields_made_of_html_are_printed_as_they_are() {
    let mut wrong = Vec::new();
    for name in names("templates") {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("templates").join(&name))
            .expect("a template");
        for (number, line) in text.lines().enumerate() {
            for (at, _) in line.match_indices("safe") {
                let before = line[..at].trim_end().trim_end_matches('|').trim_end();
                if line[..at].trim_end().ends_with('|') && !before.ends_with("html") {
                    wrong.push(format!("templates/{name}:{}: {}", number + 1, line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "`| safe` is for fields named `…_html`:\n{}", wrong.join("\n"));
}
