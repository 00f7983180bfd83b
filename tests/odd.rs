//! Dossiers that nobody means to have, in a size that a test can bear: they are built, and twice as much gives about twice as much
//! of a site, for about twice the memory. `cargo bench --bench odd` builds them at full size.

#![cfg(target_os = "linux")]
#![expect(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use dossier::edge::verify;

#[path = "odd/cases.rs"]
mod cases;
#[path = "odd/measure.rs"]
mod measure;

use cases::{CASES, Case};

/// More than this no small dossier needs, without optimisation either.
const MEMORY: u64 = 256 << 20;

/// What a build of a case made of it.
struct Built {
    place: tempfile::TempDir,
    peak: u64,
    files: usize,
    bytes: u64,
    /// The bytes that it was made from.
    given: u64,
}

impl Built {
    fn new(case: &Case, size: usize) -> Self {
        let place = tempfile::tempdir().expect("a folder");
        let (root, site) = (place.path().join("dossier"), place.path().join("site"));
        let files = (case.files)(size);
        let given = files.iter().map(|(_, text)| text.len() as u64).sum();
        measure::write(&root, files);
        let mut build = Command::new(env!("CARGO_BIN_EXE_dossier"));
        build.args(["build", "--quiet", "--root"]).arg(&root).arg("--output").arg(&site);
        let measured = measure::measured(&mut build, &place.path().join("said"));
        assert_eq!(measured.status.code(), Some(0), "{}: {}", case.name, measured.said);
        let manifest = verify::manifest(&site.join("manifest.json")).expect("a manifest");
        assert!(verify::folder(&site, &manifest).expect("a copy").is_whole(), "{}", case.name);
        let bytes = manifest.files.values().map(|entry| entry.size).sum();
        assert!(measured.peak < MEMORY, "{}: {} MB", case.name, measured.peak >> 20);
        Self { peak: measured.peak, files: manifest.files.len(), bytes, given, place }
    }

    fn page(&self, path: &str) -> String {
        fs::read_to_string(self.place.path().join("site").join(path)).unwrap_or_default()
    }
}

#[track_caller]
fn case(name: &str) -> &'static Case {
    CASES.iter().find(|case| case.name == name).expect("one of them")
}

/// Builds a case small and twice as large.
#[track_caller]
fn grown(name: &str) -> (usize, Built) {
    let sort = case(name);
    let (one, two) = (Built::new(sort, sort.small), Built::new(sort, 2 * sort.small));
    static NONE: LazyLock<(u64, usize)> = LazyLock::new(|| {
        let none = Built::new(case("nothing"), 0);
        (none.bytes, none.files)
    });
    let (bytes, files) = *NONE;
    // What is there without any of it (style, scripts, lists) does not grow; the rest as what is written.
    let more = |built: &Built| built.bytes.saturating_sub(bytes);
    let told = format!("{} of {}: {} bytes, {} bytes of twice as many", sort.small, sort.of, more(&one), more(&two));
    assert!(more(&two) * one.given < more(&one) * two.given * 5 / 4, "{told}");
    assert!(two.files - files <= 2 * (one.files - files) + 4, "{}: {} and {} files", name, one.files, two.files);
    assert!(two.peak < 2 * one.peak + (8 << 20), "{name}: {} and {} MB", one.peak >> 20, two.peak >> 20);
    (2 * sort.small, two)
}

#[test]
fn many_annotations_of_one_article() {
    let (size, built) = grown("annotations");
    assert_eq!(anchors(&built), size);
}

#[test]
fn one_long_paragraph() {
    let (_, built) = grown("paragraph");
    let linked: usize = pages(&built, "articles/a").iter().map(|page| page.matches("entities/bob.html").count()).sum();
    assert!(linked > 0);
}

#[test]
fn tags_without_an_end() {
    let (_, built) = grown("endless");
    let page = built.page("articles/a.html");
    assert_eq!(page.matches("<b>").count(), page.matches("</b>").count(), "in balance");
    assert!(page.matches("<b>").count() <= 256);
}

#[test]
fn aliases_that_begin_alike() {
    let (size, built) = grown("prefixes");
    let page = built.page("articles/a.html");
    assert!(page.contains(&format!(">A{}</a>", "a".repeat(size))), "the longest is linked whole");
    assert!(!page.contains(&format!(">A{}</a>", "a".repeat(size - 1))), "and no part of it");
}

#[test]
fn one_name_on_every_page() {
    let (_, built) = grown("mentions");
    assert!(built.page("entities/bob.html").contains("a0"));
}

#[test]
fn many_names_in_one_article() {
    let (size, built) = grown("crowd");
    let page = built.page("articles/a.html");
    assert!(page.contains(&format!("href=\"../entities/e{}.html\"", size - 1)));
    assert!(!built.page("entities/e0.html").contains("class=\"related\""), "no paragraph names two");
}

#[test]
fn annotations_over_one_another() {
    for name in ["chain", "pile"] {
        let (size, built) = grown(name);
        assert_eq!(anchors(&built), size, "{name}");
    }
}

#[test]
fn many_accounts_of_one_figure() {
    let (size, built) = grown("accounts");
    let rows = |page: &String| page.matches("It was ").count();
    let pages: Vec<usize> = pages(&built, "figures/f").iter().map(rows).collect();
    assert_eq!((pages.iter().sum(), pages.iter().max()), (size, Some(&500)), "each in one part: {pages:?}");
}

#[test]
fn many_speak_of_one_event() {
    let (size, built) = grown("speakers");
    let rows: usize = pages(&built, "events/v").iter().map(|page| page.matches("<tr><th scope=\"row\">").count()).sum();
    assert_eq!(rows, size, "each in one part");
}

#[test]
fn articles_without_a_word() {
    let (size, built) = grown("empty");
    assert!(built.page(&format!("articles/a{}.html", size - 1)).contains("<h1>"));
}

#[test]
fn events_of_all_ages() {
    let built = Built::new(case("years"), 0);
    let timeline = built.page("timeline.html");
    let at = |title: &str| timeline.find(&format!("The {title}")).unwrap_or_else(|| panic!("{title} is missing"));
    assert!(at("caesar") < at("first") && at("first") < at("now") && at("now") < at("late"));
    assert!(timeline.contains("BC") || timeline.contains("−44") || timeline.contains("-0044"), "{timeline}");
}

#[test]
fn names_as_long_as_a_file_may_be_named() {
    let built = Built::new(case("names"), 200);
    let id = "a".repeat(200);
    for folder in ["articles", "entities", "events", "figures"] {
        assert!(built.page(&format!("{folder}/{id}.html")).contains("<h1"), "{folder}");
    }
}

#[test]
fn a_dossier_of_nothing() {
    let built = Built::new(case("nothing"), 0);
    assert!(built.page("index.html").contains("<main") && built.page("timeline.html").contains("<main"));
    assert!(Path::new(&built.place.path().join("site/dossier.json")).is_file());
}

/// How many checks of the article can be linked to.
fn anchors(built: &Built) -> usize {
    pages(built, "articles/a").iter().map(|page| page.matches("id=\"c").count()).sum()
}

/// The pages of an article, which a long one has several of.
fn pages(built: &Built, start: &str) -> Vec<String> {
    let manifest = verify::manifest(&built.place.path().join("site/manifest.json")).expect("a manifest");
    let paths = manifest.files.keys().filter(|path| path.starts_with(start) && path.ends_with(".html"));
    paths.map(|path| built.page(path)).collect()
}
