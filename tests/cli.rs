//! A handful of runs of the binary itself: exit codes, the closing line, what is written and what is not.

#![expect(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn dossier(root: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dossier"))
        .args(arguments)
        .arg("--root")
        .arg(root)
        .output()
        .expect("the binary runs")
}

/// A small dossier in a folder of its own.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    let site = ("site.toml", "title = \"T\"\nbase_url = \"https://example.org/d/\"\nlanguage = \"en\"\n");
    for (path, text) in [site].iter().chain(files) {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    root
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_build_says_what_it_wrote_and_a_second_one_changes_nothing() {
    let root = folder(&[("content/articles/a.md", "---\ntitle: A\n---\nHello.\n")]);
    let first = dossier(root.path(), &["build"]);
    assert_eq!(first.status.code(), Some(0), "{}", text(&first.stderr));
    let said = text(&first.stdout);
    let line = said.lines().last().unwrap_or_default();
    assert!(
        line.starts_with("built ")
            && line.contains("(1 article, 0 entities, 0 events, 0 checks, 0 figures) into public in "),
        "{line}"
    );
    assert!(said.starts_with("indexed 1 record by 2 words for the search: 4 files, "), "{said}");
    let page = root.path().join("public/articles/a.html");
    let written = fs::metadata(&page).and_then(|metadata| metadata.modified()).expect("a page");
    assert_eq!(dossier(root.path(), &["build"]).status.code(), Some(0));
    assert_eq!(
        fs::metadata(&page).and_then(|metadata| metadata.modified()).expect("a page"),
        written,
        "an unchanged file keeps its time"
    );
    let entries = fs::read_dir(root.path()).expect("a list").map(|entry| entry.expect("an entry").file_name());
    let mut beside: Vec<String> = entries.map(|name| name.to_string_lossy().into_owned()).collect();
    beside.sort();
    assert_eq!(beside, [".dossier", "content", "public", "site.toml"], "nothing is left beside the output");
}

#[test]
fn a_build_without_a_search_has_none() {
    let root = folder(&[("content/articles/a.md", "---\ntitle: A\n---\nHello.\n")]);
    let built = dossier(root.path(), &["build", "--no-search"]);
    assert_eq!(text(&built.stdout).lines().count(), 1, "{}", text(&built.stdout));
    assert!(root.path().join("public/search.html").exists(), "who kept its address is led on");
    assert!(!root.path().join("public/search/index.js").exists());
}

#[test]
fn errors_are_all_shown_and_nothing_is_written() {
    let root = folder(&[
        ("content/articles/a.md", "---\ntitle: A\npublished: 2025-02-30\n---\nB was there.\n"),
        ("content/entities/b.md", "---\nname: B\nkind: persn\n---\n"),
    ]);
    let built = dossier(root.path(), &["build"]);
    assert_eq!(built.status.code(), Some(1));
    let shown = text(&built.stderr);
    assert!(shown.contains("bad-date") && shown.contains("content/articles/a.md:3:"), "{shown}");
    assert!(shown.contains("bad-value") && shown.contains("content/entities/b.md:3:7"), "{shown}");
    assert!(!root.path().join("public").exists());

    let checked = dossier(root.path(), &["check", "--format", "json"]);
    assert_eq!(checked.status.code(), Some(1));
    let report: serde_json::Value = serde_json::from_slice(&checked.stdout).expect("JSON");
    assert_eq!(report["version"], 1);
    assert_eq!(report["errors"], 2);
    let second = &report["diagnostics"][1];
    assert_eq!(
        (second["code"].as_str(), second["line"].as_u64(), second["column"].as_u64()),
        (Some("bad-value"), Some(3), Some(7))
    );
    assert_eq!((second["end_line"].as_u64(), second["end_column"].as_u64()), (Some(3), Some(12)));
    assert_eq!(second["fix"]["replacement"], "person");
}

#[test]
fn fixes_are_shown_and_made_and_no_quote_is_written() {
    let article = "---\ntitle: A\npublished: 6 June 2023\n---\nThe council voted for the new tram line on a rainy evening in May.\n";
    let yaml = "# ours\n- type: note\n  quote: 'voted for the new tram lines on a rainy evening' # why\n  nots: x\n";
    let root = folder(&[("content/articles/a.md", article), ("content/annotations/a.yaml", yaml)]);
    let read = |path: &str| fs::read_to_string(root.path().join(path)).expect("a file");
    assert_eq!(dossier(root.path(), &["check"]).status.code(), Some(1));
    let shown = dossier(root.path(), &["fix", "--dry-run"]);
    assert_eq!(shown.status.code(), Some(0));
    assert!(text(&shown.stdout).contains("+  note: x") && text(&shown.stdout).contains("+published: 2023-06-06"));
    assert_eq!(read("content/annotations/a.yaml"), yaml, "a dry run changes nothing");
    let said = "content/annotations/a.yaml:4: nots → note (unknown-key)\n\
                content/articles/a.md:3: 6 June 2023 → 2023-06-06 (bad-date)\n\
                2 fixes applied in 2 files\n";
    assert_eq!(text(&dossier(root.path(), &["fix"]).stderr), said);
    assert_eq!(read("content/annotations/a.yaml"), yaml.replace("nots", "note"));
    assert_eq!(read("content/articles/a.md"), article.replace("6 June 2023", "2023-06-06"));
    assert_eq!(text(&dossier(root.path(), &["fix"]).stderr), "0 fixes applied in 0 files\n");
}

#[test]
fn the_starter_builds_without_a_warning() {
    let root = folder(&[]);
    let to = root.path().join("tram");
    let started = dossier(root.path(), &["new", "dossier", to.to_str().expect("a path")]);
    assert_eq!(started.status.code(), Some(0), "{}", text(&started.stderr));
    let checked = dossier(&to, &["check", "--locked"]);
    assert_eq!((checked.status.code(), text(&checked.stdout).as_str()), (Some(0), "nothing to report\n"));
    let built = dossier(&to, &["build"]);
    assert_eq!((built.status.code(), text(&built.stderr).as_str()), (Some(0), ""));
    assert!(
        text(&built.stdout).contains("(3 articles, 2 entities, 1 event, 1 check, 1 figure)"),
        "{}",
        text(&built.stdout)
    );
    assert_eq!(
        dossier(root.path(), &["new", "dossier", to.to_str().expect("a path")]).status.code(),
        Some(2),
        "not twice"
    );
    assert_eq!(dossier(&to, &["new", "source", "second-paper"]).status.code(), Some(0));
    assert_eq!(dossier(&to, &["new", "source", "second-paper"]).status.code(), Some(2));
    assert_eq!(dossier(&to, &["new", "entity", "Capital Letters"]).status.code(), Some(2));
}

#[test]
fn a_mistake_in_a_template_is_shown_at_its_line() {
    let root = folder(&[
        ("content/pages/p.md", "---\ntitle: P\n---\nx\n"),
        ("templates/page.html", "<p>\n{{ page.nothing }}</p>\n"),
    ]);
    for command in ["check", "build"] {
        let output = dossier(root.path(), &[command]);
        assert_eq!(output.status.code(), Some(1), "{command}");
        assert!(text(&output.stderr).contains("templates/page.html:2:9"), "{command}: {}", text(&output.stderr));
    }
}

#[test]
fn a_good_dossier_has_nothing_to_report() {
    let root = folder(&[]);
    let checked = dossier(root.path(), &["check"]);
    assert_eq!((checked.status.code(), text(&checked.stdout).as_str()), (Some(0), "nothing to report\n"));
    assert!(checked.stderr.is_empty());
}

#[test]
fn a_folder_that_is_not_ours_is_left_alone() {
    let root = folder(&[("mine/letter.txt", "keep me")]);
    for output in ["mine", "content", "static", "content/public", "."] {
        let output = root.path().join(output);
        let built = dossier(root.path(), &["build", "--output", output.to_str().expect("a path")]);
        assert_eq!(built.status.code(), Some(2), "{}: {}", output.display(), text(&built.stderr));
    }
    assert_eq!(fs::read_to_string(root.path().join("mine/letter.txt")).expect("still there"), "keep me");
}

#[test]
fn a_wrong_command_line_is_told_so() {
    let root = folder(&[]);
    for arguments in [
        &["bild"][..],
        &["build", "--nothing"],
        &["check", "--format", "xml"],
        &["build", "--base-url", "nowhere"],
        &["man", "bild"],
    ] {
        assert_eq!(dossier(root.path(), arguments).status.code(), Some(2), "{arguments:?}");
    }
    let nowhere = dossier(&root.path().join("missing"), &["check"]);
    assert_eq!(nowhere.status.code(), Some(2));
    let help = dossier(root.path(), &["--help"]);
    assert_eq!(help.status.code(), Some(0));
    assert!(["build", "check", "fix", "new", "publish", "verify"].iter().all(|name| text(&help.stdout).contains(name)));
}

#[test]
fn shells_and_manuals_know_every_command() {
    let root = folder(&[]);
    let said = |arguments: &[&str]| {
        let done = dossier(root.path(), arguments);
        assert_eq!(done.status.code(), Some(0), "{arguments:?}: {}", text(&done.stderr));
        text(&done.stdout)
    };
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(["dry-run", "publish"].iter().all(|word| said(&["completions", shell]).contains(word)), "{shell}");
    }
    assert!(said(&["man"]).starts_with(".ie") && said(&["man"]).contains(".TH dossier 1"));
    let build = said(&["man", "build"]);
    assert!(build.contains(".TH dossier\\-build 1") || build.contains(".TH dossier-build 1"), "{build}");
    assert!(build.contains("\\-\\-no\\-search"), "{build}");
    assert!(text(&dossier(root.path(), &["man", "biuld"]).stderr).contains("did you mean `build`?"));
}

#[test]
fn a_disk_that_fails_is_told_so() {
    let root = folder(&[("file", "")]);
    let output = root.path().join("file/public");
    let built = dossier(root.path(), &["build", "--output", output.to_str().expect("a path")]);
    assert_eq!(built.status.code(), Some(3), "{}", text(&built.stderr));
}

#[test]
fn schemas_are_written_where_editors_look_and_nowhere_that_is_not_ours() {
    let root = folder(&[("content/entities/mayor.md", "---\nname: The mayor\nkind: person\n---\n")]);
    let written = dossier(root.path(), &["schema"]);
    assert_eq!(written.status.code(), Some(0), "{}", text(&written.stderr));
    let said = text(&written.stdout);
    let paths: Vec<&str> = said.lines().collect();
    assert_eq!(paths.len(), 8, "{said}");
    for path in &paths {
        let schema: serde_json::Value = serde_json::from_slice(&fs::read(path).expect("a file")).expect("JSON");
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema", "{path}");
    }
    let annotations = fs::read_to_string(root.path().join(".dossier/schema/annotations.json")).expect("a file");
    assert!(annotations.contains("\"mayor\""), "{annotations}");

    let elsewhere = dossier(root.path(), &["schema", "--output", &root.path().join("mine").to_string_lossy()]);
    assert_eq!((elsewhere.status.code(), text(&elsewhere.stderr)), (Some(0), String::new()));
    let refused = dossier(root.path(), &["schema", "--output", &root.path().join("content").to_string_lossy()]);
    assert_eq!(refused.status.code(), Some(2), "{}", text(&refused.stderr));

    // What could be read is in the schemas, even where something else is wrong.
    fs::write(root.path().join("content/entities/tram.md"), "---\nname: The tram\nkind: 7\n---\n").expect("a file");
    let partly = dossier(root.path(), &["schema"]);
    assert_eq!(partly.status.code(), Some(0));
    assert!(text(&partly.stderr).contains("`dossier check` shows them"), "{}", text(&partly.stderr));
}

#[test]
fn the_environment_says_the_day_of_the_site_and_nothing_else() {
    let root = folder(&[("content/pages/p.md", "---\ntitle: P\n---\nText.\n")]);
    let build = |epoch: &str| {
        let mut build = Command::new(env!("CARGO_BIN_EXE_dossier"));
        build.env("SOURCE_DATE_EPOCH", epoch).args(["build", "--root"]).arg(root.path());
        build.output().expect("the binary runs")
    };
    let updated = || {
        let feed = fs::read_to_string(root.path().join("public/feed.xml")).expect("a feed");
        let (_, rest) = feed.split_once("<updated>").expect("a day");
        rest[..10].to_owned()
    };
    for (epoch, day) in [("1700000000", "2023-11-14"), ("", "1970-01-01")] {
        let done = build(epoch);
        assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
        assert_eq!(updated(), day);
    }
    let done = build("yesterday");
    assert_eq!(done.status.code(), Some(2));
    assert!(text(&done.stderr).contains("no number of seconds since 1970"), "{}", text(&done.stderr));
    assert_eq!(updated(), "1970-01-01", "the old site is there");
}
