//! Schemas and reader come from one source: what the reader refuses for its form the schema refuses, and nothing else.

#![expect(clippy::disallowed_methods, reason = "tests look at the disk")]

#[path = "diagnostics/fixture.rs"]
#[expect(dead_code, reason = "only the files and their codes are asked for")]
mod fixture;

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use dossier::base::date::Edtf;
use dossier::base::diag::{Code, Diagnostics};
use dossier::base::input::{Inputs, Options, SourceFile};
use dossier::edge::read;
use dossier::parse::Folder;
use dossier::resolve::Dossier;
use dossier::schema::{FileKind, schemas};
use dossier::syntax::yaml::{self, tree};
use dossier::{base, syntax};
use fixture::{Case, File, Marker, fixture_files};
use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::Value;

/// The schemas of a dossier, ready to check files.
struct Schemas(BTreeMap<&'static str, (Value, OnceCell<Validator>)>);

impl Schemas {
    fn of(inputs: &Inputs) -> Self {
        let mut inputs = inputs.clone();
        inputs.options.drafts = true;
        Self(schemas(&resolved(&inputs)).into_iter().map(|(name, schema)| (name, (schema, OnceCell::new()))).collect())
    }

    /// What the schema says of a file, each with its path; `None` for one that is no record or cannot be read at all.
    fn problems(&self, file: &SourceFile) -> Option<Vec<(String, String)>> {
        let (kind, value) = (kind(&file.path)?, value(file)?);
        let (schema, validator) = &self.0[kind.file_name()];
        let validator = validator.get_or_init(|| jsonschema::draft202012::new(schema).expect("a schema"));
        Some(
            validator.iter_errors(&value).map(|error| (error.instance_path().to_string(), error.to_string())).collect(),
        )
    }
}

/// The dossier without its pages.
fn resolved(inputs: &Inputs) -> Arc<Dossier> {
    let inputs = &Arc::new(inputs.clone());
    let mut diags = Diagnostics::default();
    let parsed = dossier::parse::parse(inputs, &mut dossier::parse::Memo::default(), &mut diags);
    dossier::resolve::resolve(inputs, &parsed, &mut dossier::resolve::Memo::default(), &mut diags)
}

fn kind(path: &str) -> Option<FileKind> {
    Some(match Folder::of(path) {
        None if path == "site.toml" => FileKind::Site,
        None => return None,
        Some(Folder::Articles) => FileKind::Article,
        Some(Folder::Annotations) => FileKind::Annotations,
        Some(Folder::Entities) => FileKind::Entity,
        Some(Folder::Events) => FileKind::Event,
        Some(Folder::Figures) => FileKind::Figure,
        Some(Folder::Sources) => FileKind::Source,
        Some(Folder::Pages | Folder::Home) => FileKind::Page,
    })
}

/// The file as JSON.
fn value(file: &SourceFile) -> Option<Value> {
    if file.path.ends_with(".toml") {
        return toml::from_str(file.text.trim_start_matches('\u{feff}')).ok();
    }
    serde_yaml::from_str(&file.text[yaml::region(file)?]).ok()
}

#[test]
fn schemas_are_valid_2020_12() {
    for inputs in [Inputs::default(), sample()] {
        let all = schemas(&resolved(&inputs));
        assert_eq!(all.len(), FileKind::ALL.len());
        for (name, schema) in all {
            assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema", "{name}");
            if let Err(error) = jsonschema::draft202012::meta::validate(&schema) {
                panic!("{name}: {error}");
            }
            assert!(!schema.to_string().contains("x-names"), "{name} has names that were not filled in");
        }
    }
}

fn sample() -> Inputs {
    read::folder(Path::new(env!("CARGO_MANIFEST_DIR")), Options::default()).expect("the sample dossier")
}

#[test]
fn every_file_of_the_sample_dossier_fits_its_schema() {
    let inputs = sample();
    let schemas = Schemas::of(&inputs);
    let mut checked = 0;
    for file in &inputs.files {
        let Some(problems) = schemas.problems(file) else { continue };
        assert!(problems.is_empty(), "{}: {problems:#?}", file.path);
        checked += 1;
    }
    assert!(checked > 100, "only {checked} files");
}

/// What a schema can see: the form of one file, and the names in it.
const FORM: &[Code] = &[
    Code::UnknownKey,
    Code::MissingKey,
    Code::WrongType,
    Code::BadValue,
    Code::BadDate,
    Code::BadId,
    Code::UnknownReference,
    Code::AmbiguousReference,
];

/// A file with one of these is not read as a record.
const UNREADABLE: &[Code] = &[Code::YamlSyntax, Code::TomlSyntax, Code::RepeatedKey, Code::TooDeep];

/// Mistakes that a schema cannot see, by case and what is said, each with the reason.
const UNSEEN: &[(&str, &str, &str)] = &[
    ("an interval backwards", "ends before it starts", "a regular expression does not compare dates"),
    ("in a rationale", "no record is called", "the reference stands in Markdown"),
    ("in a folded scalar, a plain one and a quoted one", "no record is called", "the reference stands in Markdown"),
    ("a line of 5,000 characters", "no record is called", "the reference stands in Markdown"),
    ("a reference to a draft", "is a draft", "a draft may refer to a draft"),
    ("a check that is a draft", "is a draft", "a draft may refer to a draft"),
    ("columns count characters", "no record is called", "the reference stands in Markdown"),
    ("words after a comma", "x, draft", "a key of the record without a value is nothing to a schema"),
    ("an infinite number", "not the number 16", "`0x10` is a number to YAML"),
];

/// What a schema sees and a build without drafts passes over.
const DRAFTS: &[(&str, &str)] = &[("nothing of a draft is looked at, but its form", "content/entities/a.md")];

#[test]
fn a_schema_refuses_what_the_reader_refuses_and_nothing_else() {
    let mut wrong = Vec::new();
    let (mut refused, mut accepted, mut unseen) = (0, 0, BTreeSet::new());
    for path in fixture_files() {
        let file = File::parse(&std::fs::read_to_string(&path).expect("a fixture can be read"));
        for case in file.cases.iter().filter(|case| !case.is_prelude()) {
            let inputs = case.inputs(&file.prelude);
            let schemas = Schemas::of(&inputs);
            for source in case.files.iter().filter_map(|file| inputs.find(&file.path)) {
                let Some(problems) = schemas.problems(source).filter(|_| is_read(case, source)) else { continue };
                let mistakes = mistakes(case, source);
                accepted += usize::from(mistakes.is_empty());
                let is_draft = DRAFTS.iter().any(|(name, path)| *name == case.name && *path == &*source.path);
                if mistakes.is_empty() && !problems.is_empty() && !is_draft {
                    wrong.push(format!("{}, {}: refused: {problems:#?}", case.name, source.path));
                }
                for mistake in mistakes {
                    let seen = problems.iter().any(|(place, _)| is_at(&mistake.path, place));
                    let known =
                        UNSEEN.iter().position(|(name, said, _)| *name == case.name && mistake.said.contains(said));
                    refused += usize::from(seen);
                    unseen.extend(known.filter(|_| !seen));
                    if seen == known.is_some() {
                        let how = if seen { "refused after all" } else { "not refused" };
                        wrong.push(format!("{}, {}: {how}: {mistake:?} {problems:#?}", case.name, source.path));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{} differ", wrong.join("\n"), wrong.len());
    assert_eq!(unseen.len(), UNSEEN.len(), "mistakes that no fixture makes any more");
    assert!(refused > 150 && accepted > 150, "{refused} mistakes refused, {accepted} files accepted");
}

/// A mistake of form that a fixture names.
#[derive(Debug)]
struct Mistake {
    /// Where it is: `/2/about/1`; empty in a file that is no YAML.
    path: String,
    /// What is said of it.
    said: String,
}

/// Whether what a schema says of one place can be about a mistake in another: a choice of shapes is reported as a whole, and
/// a key at the record it is in.
fn is_at(mistake: &str, place: &str) -> bool {
    let below = mistake.strip_prefix(place).filter(|rest| rest.is_empty() || rest.starts_with('/'));
    below.is_some_and(|rest| rest.matches('/').count() <= 2) || place.starts_with(&format!("{mistake}/"))
}

fn markers<'a>(case: &'a Case, source: &SourceFile) -> impl Iterator<Item = &'a Marker> {
    let path = source.path.clone();
    case.files.iter().filter(move |file| file.path == *path).flat_map(|file| &file.markers)
}

fn is_read(case: &Case, source: &SourceFile) -> bool {
    !markers(case, source).any(|marker| marker.code.is_some_and(|code| UNREADABLE.contains(&code)))
}

/// The mistakes of form that the fixture names in a file's YAML or TOML; a schema sees neither a file's name nor its body.
fn mistakes(case: &Case, source: &SourceFile) -> Vec<Mistake> {
    let body = if source.path.ends_with(".md") { yaml::body_start(&source.text) } else { usize::MAX };
    let lines = source.text.get(..body).map_or(usize::MAX, |text| text.matches('\n').count());
    let named = |marker: &Marker| marker.code == Some(Code::BadId) && marker.line == 1 && marker.place == "1-1";
    let form = |marker: &Marker| marker.code.is_some_and(|code| FORM.contains(&code));
    let tree = tree::read(source);
    let seen = markers(case, source).filter(|marker| marker.line <= lines && form(marker) && !named(marker));
    let mistake = |marker: &Marker| {
        let mut path = String::new();
        if let Some(root) = tree.root.as_ref().filter(|_| kind(&source.path) != Some(FileKind::Site)) {
            path_at(root, byte(&source.text, marker), &mut path);
        }
        Mistake { path, said: marker.written.trim().to_owned() }
    };
    seen.map(mistake).collect()
}

/// The first byte that a marker is about.
fn byte(text: &str, marker: &Marker) -> usize {
    let before: usize = text.split_inclusive('\n').take(marker.line - 1).map(str::len).sum();
    let column = marker.place.split('-').next().and_then(|column| column.parse::<usize>().ok()).unwrap_or(1);
    before + text[before..].chars().filter(|c| *c != '\u{feff}').take(column - 1).map(char::len_utf8).sum::<usize>()
}

/// The path of the key or value at a byte, as a JSON pointer.
fn path_at(node: &tree::Node<'_>, at: usize, path: &mut String) {
    for entry in node.entries() {
        if entry.key_range.contains(&at) || entry.value.range.contains(&at) {
            path.push_str(&format!("/{}", entry.key));
            return path_at(&entry.value, at, path);
        }
    }
    if let Some(index) = node.items().iter().position(|item| item.range.contains(&at)) {
        path.push_str(&format!("/{index}"));
        path_at(&node.items()[index], at, path);
    }
}

/// The schema of one key, alone.
fn key(kind: FileKind, pointer: &str) -> Validator {
    let all = schemas(&resolved(&Inputs::default()));
    let (_, whole) = all.iter().find(|(name, _)| *name == kind.file_name()).expect("a schema of every kind");
    let mut part = whole.pointer(pointer).unwrap_or_else(|| panic!("{pointer}")).clone();
    part["$defs"] = whole["$defs"].clone();
    jsonschema::draft202012::new(&part).expect("a schema")
}

/// Texts of the signs of dates, most of them nearly dates.
fn dates() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "2024",
        "2023",
        "1900",
        "2000",
        "-0044",
        "0000",
        "-0000",
        "202X",
        "20XX",
        "-01",
        "-02",
        "-12",
        "-13",
        "-21",
        "-25",
        "-XX",
        "-28",
        "-29",
        "-30",
        "-31",
        "-32",
        "-00",
        "~",
        "?",
        "%",
        "/",
        "..",
        "[",
        "]",
        ",",
        " ",
        "2025-01-17",
        "2024-02-29",
        "x",
    ]);
    prop::collection::vec(part, 1..7).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_date_that_reads_fits_the_schema_and_the_other_way_round(text in dates()) {
        thread_local!(static DATE: Validator = key(FileKind::Event, "/$defs/Date"));
        let fits = DATE.with(|date| date.is_valid(&Value::from(text.as_str())));
        match text.parse::<Edtf>() {
            Ok(_) => prop_assert!(fits, "`{}` is a date", text),
            Err(error) => {
                let counted = error.message.contains("before it starts") || error.message.contains("in the set twice");
                prop_assert!(!fits || counted, "`{}` is none: {}", text, error);
            }
        }
    }

    #[test]
    fn ids_and_tags_that_read_fit_the_schema_and_the_other_way_round(text in "[a-cA-C0-9_./é-]{0,4}|con|com[0-9a]?|lpt1|nul|aux-|fr-[a-zA-Z0-9-]{0,10}") {
        thread_local!(static ID: Validator = key(FileKind::Event, "/$defs/Slug"));
        thread_local!(static TAG: Validator = key(FileKind::Event, "/$defs/Language"));
        let is_id = base::id::is_slug(&text) && !base::id::is_reserved(&text);
        prop_assert_eq!(ID.with(|id| id.is_valid(&Value::from(text.as_str()))), is_id, "{}", text);
        let is_tag = syntax::language::is_language(&text);
        prop_assert_eq!(TAG.with(|tag| tag.is_valid(&Value::from(text.as_str()))), is_tag, "{}", text);
    }
}
