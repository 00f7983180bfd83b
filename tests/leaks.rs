//! Nothing that is not meant for readers is in what is written: drafts, comments, lists of lints, files that nothing links to.
//!
//! Each secret is one word that stands nowhere else. Beyond looking for it in every file, the site with secrets is compared with
//! one made without them: byte for byte the same, so that no index, count or date tells that there is something either.

#![expect(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::Command;

/// What every secret starts with.
const SECRET: &str = "qzxleak";

/// What is published.
const PUBLIC: &[(&str, &str)] = &[
    ("content/index.md", "---\ntitle: Home\n---\nSee [[a]].\n"),
    (
        "content/articles/a.md",
        "---\ntitle: A\nsource: s\npublished: 2024-05-01\n---\nThe mayor said that 20 people met on the square of Alpha. ![map](map.png)\n",
    ),
    ("content/articles/map.png", "a map"),
    ("content/entities/alpha.md", "---\nname: Alpha\nkind: place\n---\nA town.\n"),
    ("content/events/e.md", "---\ntitle: The meeting\ndate: 2024-04-30\nplace: alpha\n---\nx\n"),
    ("content/sources/s.yaml", "title: S\nurl: https://example.org/s\n"),
    ("content/figures/f.yaml", "title: F\nabout: [alpha]\nevent: e\nunit: people\n"),
    ("content/pages/p.md", "---\ntitle: P\n---\nText.\n"),
    ("static/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
];

/// The annotations, where a published one and one that is a draft stand side by side.
const ANNOTATIONS: &str = "\
- type: fact_check
  id: met
  quote: 20 people met
  verdict: accurate
  rationale: It was counted.
  evidence: [{ source: s, stance: supports }]
  checked: 2024-06-01
- type: figure
  quote: 20 people
  figure: f
  best: 20
";

/// What is not: by path, with its secrets.
const SECRET_FILES: &[(&str, &str)] = &[
    (
        "content/articles/qzxleakone.md",
        "---\ntitle: qzxleaktwo\ndraft: true\nformer_ids: [qzxleakthree]\n---\nqzxleakfour Alpha [file](leak.pdf)\n",
    ),
    ("content/articles/leak.pdf", "qzxleakfive"),
    ("content/annotations/qzxleakone.yaml", "- type: note\n  quote: qzxleakfour\n  note: qzxleaksix\n"),
    (
        "content/entities/qzxleakseven.md",
        "---\nname: qzxleakeight\nkind: person\ndraft: true\naliases: [the mayor, qzxleaknine]\n---\nqzxleakten [[alpha]]\n",
    ),
    (
        "content/events/qzxleakeleven.md",
        "---\ntitle: qzxleaktwelve\ndate: 2024-04-29\nparticipants: [alpha]\ndraft: true\n---\nx\n",
    ),
    (
        "content/figures/qzxleakthirteen.yaml",
        "title: qzxleakfourteen\nabout: [alpha]\ndraft: true\nestimates: [{ source: s, best: 3 }]\n",
    ),
    ("content/sources/qzxleakfifteen.yaml", "title: qzxleaksixteen\norigin: s\ndraft: true\n"),
    ("content/pages/qzxleakseventeen.md", "---\ntitle: qzxleakeighteen\ndraft: true\n---\n[[alpha]]\n"),
    // Beside an article, and nothing links to it.
    ("content/articles/qzxleaknineteen.png", "qzxleaktwenty"),
    // Hidden files, wherever they are.
    ("static/.env", "PASSWORD=qzxleaka"),
    ("static/.htaccess~", "qzxleakb"),
    ("static/.git/config", "qzxleakc"),
    ("static/folder/.well-known/x", "qzxleakd"),
    ("content/.notes/qzxleake.md", "qzxleakf"),
    ("content/articles/.a.md.swp", "qzxleakg"),
    // Beside the folders that are read.
    ("notes/qzxleakh.md", "qzxleaki"),
    ("static/../.env", "qzxleakj"),
];

fn put(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    fs::write(path, text).expect("a file");
}

/// A dossier, with its secrets or without.
fn dossier(secrets: bool) -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    let settings = "title = \"T\"\nbase_url = \"https://example.org/d/\"\n[lints]\norphan-entity = \"off\"\n";
    PUBLIC.iter().for_each(|(path, text)| put(root.path(), path, text));
    if !secrets {
        put(root.path(), "site.toml", settings);
        put(root.path(), "content/annotations/a.yaml", ANNOTATIONS);
        return root;
    }
    SECRET_FILES.iter().for_each(|(path, text)| put(root.path(), path, text));
    put(root.path(), "site.toml", &format!("# qzxleakk\n{settings}missing-archive = \"off\" # qzxleakl\n"));
    let annotations = ANNOTATIONS.replace(
        "  verdict: accurate",
        "  # qzxleakm\n  verdict: accurate # qzxleakn\n  allow: [check-without-evidence]",
    );
    let draft = "- type: fact_check\n  id: qzxleako\n  draft: true\n  quote: The mayor said\n  claim: qzxleakp\n  verdict: inaccurate\n  checked: 2029-01-01\n";
    put(root.path(), "content/annotations/a.yaml", &format!("# qzxleakq\n{annotations}{draft}"));
    let alpha = "---\n# qzxleakr\nname: Alpha\nkind: place\nallow: [orphan-entity] # qzxleaks\n---\nA town.\n";
    put(root.path(), "content/entities/alpha.md", alpha);
    put(root.path(), "content/pages/p.md", "---\ntitle: P\n---\nText.<!-- qzxleakt -->\n");
    root
}

/// Every file of a built site by path, with what a compressed one holds.
fn built(root: &Path, drafts: bool) -> BTreeMap<String, Vec<u8>> {
    let mut build = Command::new(env!("CARGO_BIN_EXE_dossier"));
    build.args(["build", "--root"]).arg(root).args(drafts.then_some("--drafts"));
    let output = build.output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let public = root.join("public");
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(&public) {
        let entry = entry.expect("an entry");
        let path = entry.path().strip_prefix(&public).expect("below it").to_string_lossy().into_owned();
        let mut bytes = if entry.file_type().is_file() { fs::read(entry.path()).expect("a file") } else { Vec::new() };
        if bytes.starts_with(&[0x1f, 0x8b]) {
            let mut held = Vec::new();
            flate2::read::GzDecoder::new(&bytes[..]).read_to_end(&mut held).expect("a compressed file");
            bytes.extend(held);
        }
        files.insert(path, bytes);
    }
    files
}

/// The files that hold a word, in whatever case, in their bytes or their path.
fn with_word<'a>(files: &'a BTreeMap<String, Vec<u8>>, word: &str) -> Vec<&'a str> {
    let holds = |bytes: &[u8]| memchr::memmem::find(&bytes.to_ascii_lowercase(), word.as_bytes()).is_some();
    let found = files.iter().filter(|(path, bytes)| holds(bytes) || holds(path.as_bytes()));
    found.map(|(path, _)| path.as_str()).collect()
}

#[test]
fn no_secret_is_in_any_file() {
    let root = dossier(true);
    let files = built(root.path(), false);
    assert_eq!(with_word(&files, SECRET), [""; 0]);
    let place = root.path().file_name().expect("a name").to_string_lossy().to_ascii_lowercase();
    assert_eq!(with_word(&files, &place), [""; 0], "where it was built");
    assert!(!with_word(&files, "20 people met").is_empty(), "what is published can be found");
}

#[test]
fn nothing_tells_that_there_are_secrets() {
    let (with, without) = (dossier(true), dossier(false));
    let (with, without) = (built(with.path(), false), built(without.path(), false));
    assert_eq!(with.keys().collect::<Vec<_>>(), without.keys().collect::<Vec<_>>());
    let different: Vec<&String> =
        with.iter().filter(|(path, bytes)| without[*path] != **bytes).map(|(path, _)| path).collect();
    assert!(different.is_empty(), "{different:?}");
}

#[test]
fn drafts_are_there_when_they_are_asked_for_and_other_secrets_never() {
    let root = dossier(true);
    let files = built(root.path(), true);
    for draft in [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "o",
        "p",
    ] {
        let word = format!("{SECRET}{draft}");
        assert!(!with_word(&files, &word).is_empty(), "{word} is of a draft");
    }
    for secret in ["nineteen", "twenty", "a", "b", "c", "d", "ee", "g", "h", "i", "j", "k", "l", "m", "q", "r", "t"] {
        let word = format!("{SECRET}{secret}");
        let found = files.iter().filter(|(_, bytes)| {
            let text = String::from_utf8_lossy(bytes).to_ascii_lowercase();
            text.match_indices(&word)
                .any(|(at, _)| !text[at + word.len()..].starts_with(|c: char| c.is_ascii_alphabetic()))
        });
        assert_eq!(found.count(), 0, "{word}");
    }
}

#[test]
fn a_place_is_told_no_finer_than_its_precision() {
    let root = dossier(false);
    for (id, kind, precision) in
        [("alpha", "place", "region"), ("beta", "organisation", "region"), ("gamma", "place", "near")]
    {
        let location = format!("{{ lat: -12.639217, lon: 47.864523, precision: {precision} }}");
        let text = format!("---\nname: {id}\nkind: {kind}\nlocation: {location}\npart_of: delta\n---\nA town.\n");
        put(root.path(), &format!("content/entities/{id}.md"), &text);
    }
    put(
        root.path(),
        "content/entities/delta.md",
        "---\nname: delta\nkind: place\nlocation: { lat: 0.4, lon: -0.4, precision: region }\n---\n",
    );
    // All that a template can see of a place.
    let own = "{% extends \"base.html\" %}{% block main %}{{ page }}{% endblock main %}";
    put(root.path(), "templates/entity.html", own);
    let files = built(root.path(), false);
    for finer in ["12.639", "12.6392", "47.864", "12,639", "47,864"] {
        assert_eq!(with_word(&files, finer), [""; 0], "{finer}");
    }
    let text = |path: &str| String::from_utf8_lossy(&files[path]).into_owned();
    let places = text("places.geojson");
    for (id, point) in
        [("alpha", "[48.0,-13.0]"), ("beta", "[48.0,-13.0]"), ("gamma", "[47.86,-12.64]"), ("delta", "[0.0,0.0]")]
    {
        let feature = places.split("\"Feature\"").find(|feature| feature.contains(&format!("\"id\":\"{id}\"")));
        assert!(feature.is_some_and(|feature| feature.contains(point)), "{id} is not at {point}: {places}");
    }
}

#[test]
fn a_site_with_drafts_is_for_no_search_engine_and_drafts_are_no_news() {
    let root = dossier(true);
    let article = "---\ntitle: qzxleakz\ndraft: true\npublished: 2029-01-02\n---\nNobody said this.\n";
    put(root.path(), "content/articles/z.md", article);
    let check = "- { type: fact_check, id: qzxleaky, quote: Nobody said this, verdict: accurate, checked: 2029-01-03,\n    history: [{ date: 2029-01-02, verdict: inaccurate }] }\n";
    put(root.path(), "content/annotations/z.yaml", check);
    let (with, without) = (built(root.path(), true), built(root.path(), false));
    let text = |files: &BTreeMap<String, Vec<u8>>, path: &str| String::from_utf8_lossy(&files[path]).into_owned();
    for path in ["feed.xml", "corrections.xml", "sitemap.xml"] {
        let named = text(&with, path);
        assert!(!named.contains(SECRET) && !named.contains("2029"), "{path}: {named}");
    }
    assert!(
        text(&with, "sitemap.xml").contains("articles/a.html") && text(&with, "feed.xml").contains("20 people met")
    );
    assert!(text(&with, "robots.txt").contains("Disallow: /\n") && text(&without, "robots.txt").contains("Allow: /\n"));
    for path in with.keys().filter(|path| path.ends_with(".html")) {
        assert!(text(&with, path).contains("<meta name=\"robots\" content=\"noindex"), "{path}");
    }
    assert!(!text(&without, "articles/a.html").contains("noindex"));
}
