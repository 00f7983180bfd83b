//! The map in `lib.rs` is kept by this table: which stage may name which.

#![expect(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A module of `src/`, and the modules it may use.
const ALLOWED: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("locale", &["base"]),
    ("syntax", &["base"]),
    ("model", &["base", "syntax"]),
    ("parse", &["base", "locale", "syntax", "model"]),
    ("resolve", &["base", "syntax", "model", "parse"]),
    ("link", &["base", "syntax", "model", "resolve"]),
    ("lint", &["base", "locale", "syntax", "model", "resolve", "link"]),
    ("schema", &["base", "locale", "syntax", "model", "resolve"]),
    ("derive", &["base", "locale", "syntax", "model", "resolve", "link"]),
    ("search", &["base", "model", "resolve", "derive"]),
    ("render", &["base", "locale", "resolve", "derive", "search"]),
    (
        "edge",
        &[
            "base", "locale", "syntax", "model", "parse", "resolve", "link", "lint", "schema", "derive", "render",
            "search", "build", "rebuild", "Memo", "Site",
        ],
    ),
];

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("src/ can be listed") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// The words after `crate::` in a line: one, or several in `crate::{a, b}`.
fn used(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (at, _) in line.match_indices("crate::") {
        let rest = &line[at + "crate::".len()..];
        let list = rest.strip_prefix('{').map_or(rest, |list| list.split('}').next().unwrap_or(list));
        let several = rest.starts_with('{');
        for part in list.split(',').take(if several { usize::MAX } else { 1 }) {
            words.push(part.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    words
}

#[test]
fn every_module_uses_only_what_is_before_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let allowed: BTreeMap<&str, &[&str]> = ALLOWED.iter().copied().collect();
    let mut files = Vec::new();
    rust_files(&root, &mut files);
    let mut wrong = Vec::new();
    for file in files {
        let relative = file.strip_prefix(&root).expect("below src/").to_string_lossy().replace('\\', "/");
        let module = relative.split('/').next().unwrap_or_default().trim_end_matches(".rs").to_owned();
        if matches!(module.as_str(), "lib" | "main") {
            continue;
        }
        let Some(may) = allowed.get(module.as_str()) else {
            wrong.push(format!("src/{relative}: `{module}` is not in the table of tests/layers.rs"));
            continue;
        };
        let text = fs::read_to_string(&file).expect("a source file");
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            for word in used(line).into_iter().filter(|word| *word != module && !may.contains(&word.as_str())) {
                wrong.push(format!("src/{relative}:{}: `{module}` may not use `{word}`", number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
