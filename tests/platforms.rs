//! What other systems write and do not tell apart: line ends, marks at the start of a file, capitals in names.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use dossier::base::diag::{Code, Diagnostic};
use dossier::base::input::{Asset, Inputs, Options};
use dossier::build;
use dossier::derive::routes::PageKey;
use dossier::edge::read;

/// The sample dossier, its texts changed, as everything that is made of it. A template may write what it likes.
fn made(change: impl Fn(&str) -> String) -> (BTreeMap<String, Vec<u8>>, Vec<Diagnostic>) {
    let sample = read::folder(Path::new(env!("CARGO_MANIFEST_DIR")), Options::default()).expect("the sample");
    let texts = sample.files.iter().map(|file| match file.path.starts_with("templates/") {
        true => (file.path.to_string(), file.text.to_string()),
        false => (file.path.to_string(), change(&file.text)),
    });
    let mut inputs = Inputs::new(texts, Options::default());
    inputs.assets = sample.assets;
    let (site, found) = build(&Arc::new(inputs));
    // Pictures are drawn from the same words.
    let routes = site.routes.pages.iter().filter(|(_, key)| !matches!(key, PageKey::Copy(_) | PageKey::Preview(_)));
    let files = routes.map(|(route, _)| {
        let mut bytes = Vec::new();
        site.render_to(route, &mut bytes).expect("a page");
        (route.clone(), bytes)
    });
    (files.collect(), found.into_iter().collect())
}

#[test]
fn line_ends_and_marks_of_other_systems_change_nothing() {
    let (files, found) = made(str::to_owned);
    for (name, change) in [
        ("line ends of Windows", (|text: &str| text.replace('\n', "\r\n")) as fn(&str) -> String),
        ("a byte order mark", |text| format!("\u{feff}{text}")),
        ("both", |text| format!("\u{feff}{}", text.replace('\n', "\r\n"))),
    ] {
        let (changed, same) = made(change);
        let told = |found: &[Diagnostic]| -> Vec<String> { found.iter().map(|found| found.message.clone()).collect() };
        assert_eq!(told(&same), told(&found), "{name}");
        assert_eq!(changed.keys().collect::<Vec<_>>(), files.keys().collect::<Vec<_>>(), "{name}");
        for (route, bytes) in &files {
            if changed[route] != *bytes {
                let (one, two) = (String::from_utf8_lossy(bytes), String::from_utf8_lossy(&changed[route]));
                let differs = one.lines().zip(two.lines()).find(|(one, two)| one != two);
                panic!("{name}, {route}: {differs:?}");
            }
        }
    }
}

#[test]
fn names_that_differ_in_capitals_alone_are_reported() {
    for (assets, expected) in [
        (&["static/logo.png", "static/photo.png"][..], &[][..]),
        (&["static/Logo.png", "static/photo.png"], &[]),
        (&["static/Logo.png", "static/logo.png"], &["`Logo.png` and `logo.png`"]),
        (&["static/LOGO.png", "static/Logo.png"], &["`Logo.png` and `LOGO.png`"]),
        (&["static/Été.png", "static/été.png"], &["`Été.png` and `été.png`"]),
        (&["static/Articles/A.html"], &["`Articles/A.html` and `articles/a.html`"]),
        (&["static/Index.html"], &["`Index.html` and `index.html`"]),
        // This one takes the place of the page, as it is meant to.
        (&["static/index.html"], &[]),
        (&["static/img/a.png", "static/IMG/b.png"], &[]),
    ] {
        let texts = [("site.toml", "title = \"T\"\n"), ("content/articles/a.md", "---\ntitle: A\n---\nText.\n")];
        let texts = texts.map(|(path, text)| (path.to_owned(), text.to_owned()));
        let mut inputs = Inputs::new(texts, Options::default());
        inputs.assets = assets.iter().map(|path| ((*path).into(), Asset { size: 0, bytes: None })).collect();
        let (_, found) = build(&Arc::new(inputs));
        let clashes: Vec<String> = found
            .into_iter()
            .filter(|found| found.code == Code::RouteClash)
            .map(|found| found.message.trim_end_matches(" are one file on macOS and Windows").to_owned())
            .collect();
        assert_eq!(clashes, expected, "{assets:?}");
    }
}
