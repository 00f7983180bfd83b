//! The law of the preview: whatever is edited, `rebuild` gives what `build` gives, every byte of every page and every finding.
//!
//! A seeded editor changes a dossier on the disk at random. After each step the inputs that were kept up to date must be those
//! of a fresh reading, and the site that was rebuilt from them must be the one that is built from nothing.

#![expect(clippy::disallowed_methods, reason = "the test edits files")]

#[path = "../benches/corpus.rs"]
mod corpus;
#[path = "incremental/editor.rs"]
mod editor;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use dossier::base::diag::Diagnostics;
use dossier::base::input::{Inputs, Options};
use dossier::derive::routes::PageKey;
use dossier::edge::{read, report};
use dossier::{Memo, Site, build, rebuild};
use editor::Editor;
use rayon::prelude::*;

/// What can be seen of inputs: everything but the numbers of the files.
fn seen(inputs: &Inputs) -> String {
    let file = |file: &Arc<dossier::base::input::SourceFile>| {
        let problem = file.problem.as_ref().map(|problem| (problem.code, &problem.message, problem.span.range()));
        format!("{} {:?} {problem:?}\n", file.path, file.text)
    };
    let files: String = inputs.files.iter().map(file).collect();
    format!("{files}{:?}\n{:?}\n{:?}", inputs.assets, inputs.links, inputs.options)
}

/// Every file of a site by route, and what `serve` and `check` say.
///
/// Two kinds of work are left out, since they can only follow from what is compared. A picture is drawn from what is on it alone,
/// and its route has a hash of that. And [`Site::template_problems`] asks for the same pages again: each that fails is here.
fn outcome(site: &Site, diags: &Diagnostics) -> BTreeMap<String, String> {
    let all: Vec<(&String, &PageKey)> = site.routes.pages.iter().collect();
    let render = |(route, key): &(&String, &PageKey)| {
        let mut bytes = Vec::new();
        let shown = match key {
            PageKey::Copy(path) => format!("a copy of {path}"),
            PageKey::Preview(node) => format!("a picture of {node:?}"),
            _ => match site.render_to(route, &mut bytes) {
                Ok(()) => String::from_utf8_lossy(&bytes).into_owned(),
                Err(problem) => format!("{} {:?}", problem.message, problem.span.range()),
            },
        };
        ((*route).clone(), shown)
    };
    let mut files: BTreeMap<String, String> = all.par_iter().map(render).collect();
    files.extend(site.assets().map(|(route, _)| (route.to_owned(), "built in".to_owned())));
    files.insert("(findings)".to_owned(), report::json(&site.inputs, diags));
    files
}

#[track_caller]
fn compare(what: &str, rebuilt: &BTreeMap<String, String>, built: &BTreeMap<String, String>) {
    let routes = |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(routes(rebuilt), routes(built), "{what}: other files");
    for (route, fresh) in built {
        let kept = &rebuilt[route];
        let at = kept.bytes().zip(fresh.bytes()).take_while(|(a, b)| a == b).count().saturating_sub(80);
        let near = |text: &str| String::from_utf8_lossy(&text.as_bytes()[at..]).chars().take(400).collect::<String>();
        assert!(kept == fresh, "{what}: {route}\n  rebuilt: {}\n  built: {}", near(kept), near(fresh));
    }
}

/// Edits a dossier some hundred times and compares after each.
fn check(seed: u64, steps: usize) {
    let root = tempfile::tempdir().expect("a temporary folder");
    let mut editor = Editor::new(root.path(), seed);
    let options = Options { drafts: seed.is_multiple_of(3), ..Options::default() };
    let mut memo = Memo::default();
    let mut inputs = Arc::new(read::folder(root.path(), options.clone()).expect("a folder"));
    for step in 0..steps {
        let (edits, changed) = editor.edit();
        let what = format!("seed {seed}, step {step}: {edits}");
        inputs = Arc::new(read::apply(root.path(), &inputs, &changed).expect("a folder"));
        let fresh = Arc::new(read::folder(root.path(), options.clone()).expect("a folder"));
        assert_eq!(seen(&inputs), seen(&fresh), "{what}: what was read");
        let (rebuilt, found) = rebuild(&inputs, &mut memo);
        let (built, found_anew) = build(&fresh);
        compare(&what, &outcome(&rebuilt, &found), &outcome(&built, &found_anew));
    }
}

#[test]
fn rebuilding_after_any_edits_gives_what_building_gives() {
    (1..=6).into_par_iter().for_each(|seed| check(seed, 60));
}

/// The dossier of this repository, with one edit of each kind, and back.
#[test]
fn an_edit_undone_gives_the_same_site_again() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let first = Arc::new(read::folder(root, Options::default()).expect("the sample can be read"));
    let mut memo = Memo::default();
    let (site, found) = rebuild(&first, &mut memo);
    let before = outcome(&site, &found);
    let without = |folder: &str| {
        let texts = first.files.iter().filter(|file| !file.path.starts_with(folder));
        let texts = texts.map(|file| (file.path.to_string(), file.text.to_string()));
        Arc::new(Inputs::new(texts, Options::default()))
    };
    for folder in ["content/entities/wagner", "content/annotations", "content/events", "templates", "site.toml"] {
        let fewer = without(folder);
        let (rebuilt, found) = rebuild(&fewer, &mut memo);
        let (built, found_anew) = build(&fewer);
        compare(folder, &outcome(&rebuilt, &found), &outcome(&built, &found_anew));
    }
    let (again, found) = rebuild(&first, &mut memo);
    compare("undone", &outcome(&again, &found), &before);
}
