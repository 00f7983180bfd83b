//! Files that no editor meant: each gives a clear finding in bounded time, through a real folder. Nothing here may panic.

#![expect(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use dossier::base::diag::{Code, Diagnostic};
use dossier::base::input::{Inputs, Options};
use dossier::edge::read;
use tempfile::TempDir;

/// A folder with these files, and a `site.toml` without lints.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let root = tempfile::tempdir().expect("a temporary folder");
    let mut settings = "title = \"T\"\nbase_url = \"https://example.org/\"\n[lints]\n".to_owned();
    for code in Code::ALL.iter().filter(|code| code.is_lint()) {
        settings.push_str(&format!("{} = \"off\"\n", code.name()));
    }
    put(root.path(), "site.toml", settings.as_bytes());
    for (path, bytes) in files {
        put(root.path(), path, bytes);
    }
    root
}

fn put(root: &Path, path: &str, bytes: &[u8]) {
    let file = root.join(path);
    fs::create_dir_all(file.parent().expect("a folder")).expect("the folder can be made");
    fs::write(file, bytes).expect("the file can be written");
}

/// What is reported about a folder, as `file:code`.
fn found(root: &Path) -> (Arc<Inputs>, Vec<Diagnostic>) {
    let inputs = Arc::new(read::folder(root, Options::default()).expect("the folder can be read"));
    let started = Instant::now();
    let (_, diags) = dossier::build(&inputs);
    assert!(started.elapsed() < Duration::from_secs(120), "took {:?}", started.elapsed());
    (inputs, diags.into_iter().collect())
}

#[track_caller]
fn check(root: &Path, expected: &[(&str, Code)]) -> Vec<Diagnostic> {
    let (inputs, found) = found(root);
    let shown: Vec<(&str, Code)> =
        found.iter().map(|found| (&*inputs.file(found.span.file).path, found.code)).collect();
    assert_eq!(shown, expected, "{found:#?}");
    found
}

const ARTICLE: &[u8] = b"---\ntitle: A\n---\nThe mayor left.\n";

#[test]
fn invalid_utf8_is_shown_where_it_starts() {
    let root = folder(&[("content/sources/s.yaml", b"title: S\nnote: caf\xe9\n")]);
    let found = check(root.path(), &[("content/sources/s.yaml", Code::NotUtf8)]);
    assert_eq!(found[0].span.start, 18);
    assert!(found[0].message.contains("0xe9") && !found[0].help.is_empty(), "{found:?}");
}

#[test]
fn another_encoding_of_the_whole_file() {
    let utf16: Vec<u8> = "title: S\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let root = folder(&[("content/sources/s.yaml", &[b"\xff\xfe", utf16.as_slice()].concat())]);
    check(root.path(), &[("content/sources/s.yaml", Code::NotUtf8)]);
}

#[test]
fn invalid_utf8_in_an_article_does_not_blame_its_annotations() {
    let root = folder(&[
        ("content/articles/a.md", b"---\ntitle: \xc3\n---\n"),
        ("content/annotations/a.yaml", b"- { type: note, quote: x, note: y }\n"),
        ("content/pages/p.md", b"---\ntitle: P\n---\n[[article:a]] [a](../articles/a.md)\n"),
    ]);
    check(root.path(), &[("content/articles/a.md", Code::NotUtf8)]);
}

#[test]
fn nul_bytes() {
    let root = folder(&[("content/entities/e.md", b"---\nname: E\0\n---\n"), ("content/articles/a.md", ARTICLE)]);
    check(root.path(), &[("content/entities/e.md", Code::NotUtf8)]);
}

#[test]
fn a_settings_file_that_is_not_text() {
    let root = folder(&[("site.toml", b"title = \"\xff\"\n")]);
    let (_, found) = found(root.path());
    assert_eq!(found.iter().map(|found| found.code).collect::<Vec<_>>(), [Code::NotUtf8], "{found:#?}");
}

#[test]
fn a_folder_where_a_file_should_be() {
    let root = folder(&[("content/articles/a.md/x.txt", b"x")]);
    check(root.path(), &[("content/articles/a.md", Code::Unreadable)]);
}

#[test]
fn a_folder_instead_of_the_settings() {
    let root = folder(&[]);
    fs::remove_file(root.path().join("site.toml")).expect("it is there");
    put(root.path(), "site.toml/x", b"x");
    check(root.path(), &[("site.toml", Code::Unreadable)]);
}

#[cfg(unix)]
#[test]
fn a_file_without_permission() {
    use std::os::unix::fs::PermissionsExt as _;
    let root = folder(&[("content/articles/a.md", ARTICLE)]);
    let file = root.path().join("content/articles/a.md");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).expect("permissions can be set");
    // The superuser reads everything.
    if fs::read(&file).is_err() {
        let found = check(root.path(), &[("content/articles/a.md", Code::Unreadable)]);
        assert!(found[0].message.contains("permission"), "{found:?}");
    }
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_out_of_the_dossier() {
    let outside = tempfile::tempdir().expect("a temporary folder");
    put(outside.path(), "secret.md", ARTICLE);
    put(outside.path(), "folder/secret.md", ARTICLE);
    let root = folder(&[("content/articles/real.md", ARTICLE)]);
    let link = |to: &Path, from: &str| std::os::unix::fs::symlink(to, root.path().join(from)).expect("a link");
    link(&outside.path().join("secret.md"), "content/articles/out.md");
    link(&outside.path().join("folder"), "content/articles/folder");
    link(&root.path().join("nowhere.md"), "content/articles/gone.md");
    link(&root.path().join("content/articles/loop.md"), "content/articles/loop.md");
    link(&root.path().join("content/articles/real.md"), "content/articles/same.md");
    let (inputs, found) = found(root.path());
    assert!(!inputs.files.iter().any(|file| file.path.contains("secret")));
    let paths: Vec<&str> = found.iter().map(|found| &*inputs.file(found.span.file).path).collect();
    for path in ["out", "gone", "loop"] {
        assert!(paths.contains(&format!("content/articles/{path}.md").as_str()), "{path}: {found:#?}");
    }
    assert!(found.iter().all(|found| found.code == Code::Unreadable), "{found:#?}");
}

#[cfg(unix)]
#[test]
fn a_link_to_a_folder_is_read_inside_the_dossier() {
    let root = folder(&[
        ("content/articles/a.md", ARTICLE),
        ("texts/second.md", b"---\ntitle: S\n---\n![x](p.jpg)\n"),
        ("texts/p.jpg", b"x"),
        ("texts/.hidden.md", ARTICLE),
        ("media/old/q.jpg", b"x"),
        (".secret/third.md", ARTICLE),
    ]);
    fs::create_dir(root.path().join("static")).expect("a folder");
    let link = |to: &str, from: &str| std::os::unix::fs::symlink(to, root.path().join(from)).expect("a link");
    link("../../texts", "content/articles/more");
    link("../media", "static/photos");
    link("../../.secret", "content/articles/secret");
    // Into themselves, alone and in turns.
    link("..", "content/articles/up");
    link("../media", "texts/media");
    link("../texts", "media/texts");
    let (inputs, found) = found(root.path());
    let texts: Vec<&str> = inputs.files.iter().filter(|file| file.is_readable()).map(|file| &*file.path).collect();
    assert_eq!(texts, ["content/articles/a.md", "content/articles/more/second.md", "site.toml"]);
    let assets: Vec<&str> = inputs.assets.keys().map(|path| &**path).collect();
    assert_eq!(
        assets,
        [
            "content/articles/more/media/old/q.jpg",
            "content/articles/more/p.jpg",
            "static/photos/old/q.jpg",
            "static/photos/texts/p.jpg",
            "static/photos/texts/second.md",
        ]
    );
    let told: Vec<(&str, Code)> = found.iter().map(|found| (&*inputs.file(found.span.file).path, found.code)).collect();
    let unreadable = |path| (path, Code::Unreadable);
    assert_eq!(
        told,
        [
            unreadable("content/articles/more/media/texts"),
            unreadable("content/articles/secret"),
            unreadable("content/articles/up"),
            unreadable("static/photos/texts/media"),
        ],
        "{found:#?}"
    );
    // What is read again is what is read anew.
    put(root.path(), "texts/third.md", ARTICLE);
    fs::remove_file(root.path().join("texts/p.jpg")).expect("a file");
    let again = read::apply(root.path(), &inputs, &["content/articles/more".into()]).expect("it can be read");
    let anew = read::folder(root.path(), Options::default()).expect("it can be read");
    let all = |inputs: &Inputs| {
        let texts: Vec<String> = inputs.files.iter().map(|file| format!("{} {}", file.path, file.text)).collect();
        (texts, inputs.assets.keys().cloned().collect::<Vec<_>>(), inputs.links.clone())
    };
    assert_eq!(all(&again), all(&anew));
}

#[cfg(unix)]
#[test]
fn a_tangle_of_links_comes_to_an_end() {
    let root = folder(&[("content/articles/a.md", ARTICLE)]);
    let link = |to: String, from: String| std::os::unix::fs::symlink(to, root.path().join(from)).expect("a link");
    // Each folder leads twice into the next: without an end, 2^40 ways.
    for step in 0..40 {
        fs::create_dir_all(root.path().join(format!("d{step}"))).expect("a folder");
        link(format!("../d{}", step + 1), format!("d{step}/a"));
        link(format!("../d{}", step + 1), format!("d{step}/b"));
    }
    fs::create_dir_all(root.path().join("d40")).expect("a folder");
    link("../../d0".to_owned(), "content/articles/d".to_owned());
    let (_, found) = found(root.path());
    assert_eq!(found.len(), 1 << 8);
    assert!(
        found.iter().all(|found| found.code == Code::Unreadable && found.message.contains("8 links")),
        "{found:#?}"
    );
}

#[test]
fn a_file_that_is_too_large() {
    let mut bytes = b"title: S\nnote: ".to_vec();
    bytes.resize(20 << 20, b'x');
    let root = folder(&[("content/sources/s.yaml", &bytes)]);
    let found = check(root.path(), &[("content/sources/s.yaml", Code::TooLarge)]);
    assert!(found[0].message.contains("16 MB"), "{found:?}");
}

#[test]
fn names_that_are_no_ids() {
    let root = folder(&[
        ("content/articles/My Article.md", ARTICLE),
        ("content/articles/UPPER.md", ARTICLE),
        ("content/articles/con.md", ARTICLE),
        ("content/sources/aux.yaml", b"title: S\n"),
        ("content/sources/lpt1.yaml", b"title: S\n"),
    ]);
    let found = check(
        root.path(),
        &[
            ("content/articles/My Article.md", Code::BadId),
            ("content/articles/UPPER.md", Code::BadId),
            ("content/articles/con.md", Code::BadId),
            ("content/sources/aux.yaml", Code::BadId),
            ("content/sources/lpt1.yaml", Code::BadId),
        ],
    );
    assert!(found.iter().all(|found| !found.help.is_empty()), "{found:#?}");
}

#[test]
fn a_map_of_a_hundred_thousand_keys() {
    let mut yaml = String::from("title: S\n");
    (0..100_000).for_each(|number| yaml.push_str(&format!("key{number}: x\n")));
    let root = folder(&[("content/sources/s.yaml", yaml.as_bytes())]);
    let (_, found) = found(root.path());
    assert!(found.iter().all(|found| found.code == Code::UnknownKey) && found.len() >= 10, "{}", found.len());
}

#[test]
fn the_same_key_a_hundred_thousand_times() {
    let yaml = "title: S\n".repeat(100_000);
    let root = folder(&[("content/sources/s.yaml", yaml.as_bytes())]);
    let (_, found) = found(root.path());
    assert!(found.iter().all(|found| found.code == Code::RepeatedKey), "{}", found.len());
}

#[test]
fn ten_thousand_annotations_with_a_mistake_each() {
    let yaml = "- { type: note, quote: mayor, note: [x] }\n".repeat(10_000);
    let root = folder(&[("content/articles/a.md", ARTICLE), ("content/annotations/a.yaml", yaml.as_bytes())]);
    let (_, found) = found(root.path());
    assert_eq!(found.len(), 10_000);
}

#[test]
fn hostile_texts_neither_panic_nor_hang() {
    let deep = |open: &str, close: &str| format!("{}{}", open.repeat(10_000), close.repeat(10_000));
    let texts = [
        format!("title: {}", deep("[", "]")),
        format!("title: {}", deep("{a: ", "}")),
        format!("title: {}x", "- ".repeat(10_000)),
        format!("title: S\nnote: {}", "x".repeat(1 << 20)),
        format!("title: S\nnote: \"{}", "\\".repeat(1 << 16)),
        format!("title: S\nnote: |\n{}", "  x\n".repeat(1 << 16)),
        format!("title: S\nnote: {}", "&a *a ".repeat(10_000)),
        "? ".repeat(10_000),
        ": ".repeat(10_000),
        "\t\t\t".to_owned(),
        "\u{feff}\u{feff}title: S".to_owned(),
        "title: S\r\rnote: x\r".to_owned(),
        "title: \u{2028}\u{85}S".to_owned(),
        "--- ---\n---\n...\n---".to_owned(),
    ];
    for text in texts {
        let root = folder(&[("content/sources/s.yaml", text.as_bytes())]);
        let started = Instant::now();
        let _ = found(root.path());
        assert!(started.elapsed() < Duration::from_secs(5), "{}", text.chars().take(40).collect::<String>());
    }
}

#[test]
fn hostile_bodies_neither_panic_nor_hang() {
    let texts = [
        "[".repeat(50_000),
        "![".repeat(20_000),
        "> ".repeat(5_000),
        "*a **b ".repeat(10_000),
        "[[".repeat(20_000),
        "<div>".repeat(5_000),
        "from 1 to 2, 3 % ".repeat(5_000),
        "mardi 16 septembre 2024 ".repeat(5_000),
        "1 000 ".repeat(20_000),
        "|a".repeat(10_000),
    ];
    for text in texts {
        let page = format!("---\ntitle: P\n---\n{text}\n");
        let root = folder(&[("content/pages/p.md", page.as_bytes())]);
        put(root.path(), "site.toml", b"title = \"T\"\nbase_url = \"https://example.org/\"\n");
        let started = Instant::now();
        let _ = found(root.path());
        assert!(started.elapsed() < Duration::from_secs(5), "{}", text.chars().take(40).collect::<String>());
    }
}

/// What an attacker writes to make a terminal, a log or a program that reads them believe something else.
#[test]
fn what_is_reported_stays_what_it_is() {
    let evil = "x\u{1b}[31m\u{1b}]0;evil\u{7}\u{202e}y\r\n::error::z%0A";
    let name = "content/articles/b\u{1b}[31m\u{202e}\n::error::.md";
    let yaml = format!("- {{ type: mention, quote: mayor, of: {evil:?} }}\n- {{ {evil:?}: 1, type: note }}\n")
        .replace("\\u{1b}", "\\e")
        .replace("\\u{7}", "\\a")
        .replace("\\u{202e}", "\\u202E");
    let root = folder(&[
        ("content/articles/a.md", ARTICLE),
        ("content/annotations/a.yaml", yaml.as_bytes()),
        (name, b"\x1b[2Jx"),
        ("static/c\u{1b}[31m.css", b""),
    ]);
    for format in ["human", "json", "sarif", "github"] {
        let mut check = std::process::Command::new(env!("CARGO_BIN_EXE_dossier"));
        check.args(["check", "--color", "never", "--format", format, "--root"]).arg(root.path());
        let done = check.output().expect("it runs");
        assert_eq!(done.status.code(), Some(1), "{format}");
        let said = String::from_utf8([done.stdout, done.stderr].concat()).expect("text");
        // A log shows what it is sent; the escapes of a terminal are its own affair.
        let unseen = said.chars().filter(|c| c.is_control() && *c != '\n' && format != "github").collect::<String>();
        assert_eq!(unseen, "", "{format}: {said}");
        if format == "github" {
            assert!(said.lines().all(|line| line.starts_with("::error file=") || line.starts_with("::warning file=")));
        }
        if format == "human" {
            assert!(!said.contains('\u{202e}') && !said.lines().any(|line| line.starts_with("::")), "{said}");
        }
    }
}

/// Letters of another script that look the same make another name, and no id.
#[test]
fn ids_are_of_letters_that_nobody_can_mistake() {
    for name in [
        "w\u{430}gner",
        "wagner\u{200b}",
        "wa\u{202e}gner",
        "wagn\u{435}r",
        "ｗagner",
        "wagner\u{301}",
        "wágner",
        "wagner\u{a0}",
        "wagner\"><script>",
    ] {
        let path = format!("content/entities/{name}.md");
        let root = folder(&[(&path, b"---\nname: W\nkind: person\n---\n")]);
        let (_, found) = found(root.path());
        assert!(found.iter().any(|found| found.code == Code::BadId), "{name:?}: {found:#?}");
    }
}

/// A title of a megabyte in every kind of record: it is shown as text, and no page holds it more often than it names the record.
#[test]
fn titles_of_a_megabyte() {
    let title = "<script>run()</script>&\\\"' ".repeat(40_000);
    let files: Vec<(String, String)> = [
        ("content/articles/a.md", "title", "published: 2025-01-01\nsource: s\n", "The mayor left.\n"),
        ("content/entities/e.md", "name", "kind: person\n", ""),
        ("content/events/v.md", "title", "date: 2024\n", ""),
        ("content/pages/p.md", "title", "", ""),
    ]
    .into_iter()
    .map(|(path, key, more, body)| (path.to_owned(), format!("---\n{key}: \"{title}\"\n{more}---\n{body}")))
    .chain([("content/sources/s.yaml".to_owned(), format!("title: \"{title}\"\npublisher: P\nkind: news\n"))])
    .collect();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(path, text)| (path.as_str(), text.as_bytes())).collect();
    let root = folder(&files);
    let inputs = Arc::new(read::folder(root.path(), Options::default()).expect("the folder can be read"));
    let (site, found) = dossier::build(&inputs);
    assert_eq!(found.errors(), 0, "{:?}", found.iter().map(|found| found.code).collect::<Vec<_>>());
    for route in [
        "index.html",
        "articles/a.html",
        "entities/e.html",
        "events/v.html",
        "p.html",
        "timeline.html",
        "dossier.json",
        "feed.xml",
    ] {
        let mut bytes = Vec::new();
        site.render_to(route, &mut bytes).expect("a page");
        let page = String::from_utf8(bytes).expect("text");
        assert!(!route.ends_with(".html") || !page.contains("<script>run()"), "{route}");
        assert!(page.len() < 64 * title.len(), "{route}: {} bytes", page.len());
    }
}

/// A link is published as what it leads to, and held to the rules of that.
#[cfg(unix)]
#[test]
fn a_link_gives_no_file_another_name_under_which_it_is_published() {
    let outside = tempfile::tempdir().expect("a temporary folder");
    put(outside.path(), "key.txt", b"secret");
    let root = folder(&[
        (
            "content/articles/a.md",
            b"---\ntitle: A\n---\n[1](1.txt) [2](2.txt) [3](3.txt) [4](4.txt) [5](5.txt) [6](6.txt)\n",
        ),
        ("content/articles/draft.md", b"---\ntitle: D\ndraft: true\n---\nsecret\n"),
        ("content/articles/real.txt", b"open"),
        ("templates/foot.html", b"secret"),
        (".git/config", b"secret"),
        ("content/.hidden/x.txt", b"secret"),
        ("static/open.txt", b"open"),
    ]);
    let link = |to: &Path, from: &str| std::os::unix::fs::symlink(to, root.path().join(from)).expect("a link");
    let targets =
        [".git/config", "content/.hidden/x.txt", "site.toml", "content/articles/draft.md", "templates/foot.html"];
    for (number, target) in targets.into_iter().enumerate() {
        link(&root.path().join(target), &format!("content/articles/{}.txt", number + 1));
    }
    link(Path::new("real.txt"), "content/articles/6.txt");
    link(&outside.path().join("key.txt"), "static/key.txt");
    link(&root.path().join(".git/config"), "content/articles/config.md");
    let (inputs, found) = found(root.path());
    let published: Vec<&str> = inputs.assets.keys().map(|path| &**path).collect();
    assert_eq!(published, ["content/articles/6.txt", "content/articles/real.txt", "static/open.txt"]);
    let unreadable = found.iter().filter(|found| found.code == Code::Unreadable);
    let unreadable: Vec<&str> = unreadable.map(|found| &*inputs.file(found.span.file).path).collect();
    let names =
        ["1.txt", "2.txt", "3.txt", "4.txt", "5.txt", "config.md"].map(|name| format!("content/articles/{name}"));
    assert_eq!(unreadable, names.iter().map(String::as_str).chain(["static/key.txt"]).collect::<Vec<_>>());
    let output = root.path().join("public");
    let mut build = std::process::Command::new(env!("CARGO_BIN_EXE_dossier"));
    assert!(!build.args(["build", "--root"]).arg(root.path()).status().expect("it runs").success());
    assert!(!output.exists());
}

/// What turns a text around is on no page, wherever it comes from and however it is written.
#[test]
fn no_page_shows_a_number_the_other_way_round() {
    let title = "\u{202e}1248\u{202c}";
    let article = format!(
        "---\ntitle: '{title} A'\nsummary: '{title}'\npublished: 2025-01-01\nsource: {{ title: '{title}', publisher: '{title}' }}\n---\n\
         # {title}\n\nThe army lost {title} men, &#x202E;1248, <b title='{title}'>x</b>, `{title}`, <bdo dir='rtl'>4321</bdo>.\n\n\
         By \u{2067}him\u{2069}, and \u{2067}5678.\n"
    );
    let check = format!(
        "- type: fact_check\n  id: c\n  quote: The army lost 1248 men\n  claim: '{title}'\n  verdict: accurate\n  checked: 2025-02-02\n  rationale: '{title}'\n"
    );
    let entity = format!("---\nname: '{title}'\nkind: person\naliases: ['\u{202d}army']\n---\n{title}\n");
    let root = folder(&[
        ("content/articles/a.md", article.as_bytes()),
        ("content/annotations/a.yaml", check.as_bytes()),
        ("content/entities/e.md", entity.as_bytes()),
    ]);
    let inputs = Arc::new(read::folder(root.path(), Options::default()).expect("the folder can be read"));
    let (site, found) = dossier::build(&inputs);
    assert_eq!(found.errors(), 0, "{found:?}");
    let turned = |c: char| matches!(c, '\u{202a}'..='\u{202e}');
    for route in site
        .routes
        .pages
        .keys()
        .filter(|route| route.ends_with(".html") || route.ends_with(".xml") || route.ends_with(".js"))
    {
        let mut bytes = Vec::new();
        site.render_to(route, &mut bytes).expect("a page");
        let page = String::from_utf8(bytes).expect("text");
        assert!(!page.contains(turned) && !page.contains("<bdo"), "{route}");
        if route == "articles/a.html" {
            assert!(
                page.contains(" lost <span id=\"m_1\"></span>1248 men")
                    && page.contains("By \u{2067}him\u{2069}, and 5678."),
                "{page}"
            );
        }
    }
    for (route, bytes) in &site.search_index().files {
        assert!(!String::from_utf8_lossy(bytes).contains(turned), "{route}");
    }
}

/// A text of a megabyte that is nothing but the start of something costs about as much as any other.
#[test]
fn what_begins_and_never_ends_takes_no_longer() {
    for text in ["<b>", "<b>a</i>", "<p>", "<div><i>", "<table><tr><td>", "[x](#h) # h\n\n", "<video>", "&#x2067;"] {
        let page = format!("---\ntitle: P\n---\n{}\n", text.repeat(200_000 / text.len()));
        let root = folder(&[("content/pages/p.md", page.as_bytes())]);
        put(root.path(), "site.toml", b"title = \"T\"\nbase_url = \"https://example.org/\"\n");
        let started = Instant::now();
        let (_, found) = found(root.path());
        assert!(started.elapsed() < Duration::from_secs(60), "{text}");
        if text.starts_with("<b>") {
            assert!(found.iter().any(|found| found.message.contains("so many tags are open")), "{text}: it is told");
        }
    }
}
