//! The examples of CommonMark and of GitHub's extensions, through our own rendering: same text, same structure.
//!
//! The examples are not copied here. They come with the parser, in whose package they are tests; cargo knows where that lies.
//! What pages do otherwise on purpose is in [`as_pages_have_it`] where it is the same everywhere, and in the tables below, each with
//! its reason, where it is about a few examples. An example in a table that does not differ fails the test as well.

#![expect(clippy::disallowed_methods, reason = "tests look at the disk, and ask cargo")]

#[path = "commonmark/html.rs"]
mod html;

use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;

use dossier::syntax::markdown::Body;
use dossier::syntax::markdown::html::{Surroundings, render};
use dossier::syntax::markdown::marks::Overlay;
use dossier::syntax::markdown::reading::RawMode;

/// An example: `spec 42`, what is written, and its HTML.
struct Example {
    name: String,
    markdown: String,
    html: String,
}

/// The folder of the parser's package.
fn parser() -> PathBuf {
    let rustc = Command::new("rustc").arg("-vV").output().expect("rustc can be started");
    let versions = String::from_utf8(rustc.stdout).expect("a text");
    let host = versions.lines().find_map(|line| line.strip_prefix("host: ")).expect("a platform");
    // What other platforms need may not be on this machine.
    let cargo = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", host])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo can be started");
    let metadata: serde_json::Value = serde_json::from_slice(&cargo.stdout).expect("what cargo knows");
    let packages = metadata["packages"].as_array().expect("packages");
    let parser = packages.iter().find(|package| package["name"] == "pulldown-cmark").expect("the parser");
    let manifest = PathBuf::from(parser["manifest_path"].as_str().expect("a path"));
    manifest.parent().expect("a folder").to_path_buf()
}

/// The examples of one of its files.
fn examples(of: &str) -> Vec<Example> {
    let path = parser().join(format!("tests/suite/{of}.rs"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let literal = |text: &str, name: &str| {
        let (_, rest) = text.split_once(&format!("let {name} = r##\""))?;
        Some(rest.split_once("\"##;")?.0.to_owned())
    };
    let example = |(number, text): (usize, &str)| Example {
        name: format!("{of} {number}"),
        markdown: literal(text, "original").expect("an example"),
        html: literal(text, "expected").expect("its HTML"),
    };
    text.split("#[test]").enumerate().skip(1).map(example).collect()
}

/// The HTML of a text whose links and pictures all lead where they say.
fn rendered(markdown: &str, raw: RawMode) -> String {
    let address = |target: &str, _: bool| Some(target.to_owned());
    let picture = |target: &str| Some(target.to_owned());
    let around = Surroundings { name: &|_| None, address: &address, picture: &picture, anchors: "", above: 0 };
    let rendered = render(&Body::new(Arc::from(markdown), 0, raw), &Overlay::default(), &around);
    let notes = rendered.footnotes.iter().map(|note| note.html.as_str());
    rendered.blocks.iter().map(|block| block.html.as_str()).chain(notes).collect()
}

/// The HTML of an example as pages have it everywhere.
fn as_pages_have_it(html: &str) -> String {
    let mut html = html.to_owned();
    // Pages have no styles in their text, and a task is a sign.
    for side in ["right", "center"] {
        html = html.replace(&format!(" style=\"text-align: {side}\""), &format!(" class=\"{side}\""));
    }
    html = html.replace(" style=\"text-align: left\"", "");
    html = html.replace("<input disabled=\"\" type=\"checkbox\"/>", "☐");
    html.replace("<input disabled=\"\" type=\"checkbox\" checked=\"\"/>", "☑")
}

#[track_caller]
fn compare(examples: &[Example], different: &[(&str, &str)], same: impl Fn(&Example) -> Result<(), String>) {
    let mut wrong = Vec::new();
    for example in examples {
        let reason = different.iter().find(|(name, _)| name.split(", ").any(|name| name == example.name));
        match (same(example), reason) {
            (Ok(()), None) | (Err(_), Some(_)) => {}
            (Ok(()), Some((_, reason))) => wrong.push(format!("{} does not differ: {reason}", example.name)),
            (Err(how), None) => wrong.push(format!("{}\n{}\n{how}", example.name, example.markdown)),
        }
    }
    let known = |name: &str| examples.iter().any(|example| example.name == name);
    let unknown: Vec<&str> =
        different.iter().flat_map(|(names, _)| names.split(", ")).filter(|name| !known(name)).collect();
    assert_eq!(unknown, [""; 0], "no such example");
    assert!(wrong.is_empty(), "{} of {} differ\n\n{}", wrong.len(), examples.len(), wrong.join("\n\n"));
}

fn same_structure(example: &Example) -> Result<(), String> {
    let expected = html::tokens(&as_pages_have_it(&example.html));
    let found = html::tokens(&rendered(&example.markdown, RawMode::Allow));
    if expected == found {
        Ok(())
    } else {
        Err(format!("expected {}\nfound    {}", expected.join(" "), found.join(" ")))
    }
}

fn same_text(example: &Example) -> Result<(), String> {
    let expected = html::text(&example.html);
    let found = html::text(&rendered(&example.markdown, RawMode::Sanitize));
    if expected == found { Ok(()) } else { Err(format!("expected {expected:?}\nfound    {found:?}")) }
}

#[test]
fn commonmark_has_its_structure() {
    let examples = examples("spec");
    assert!(examples.len() >= 650, "only {} examples", examples.len());
    compare(&examples, STRUCTURE, same_structure);
}

#[test]
fn commonmark_has_its_text_without_raw_html() {
    compare(&examples("spec"), TEXT, same_text);
}

#[test]
fn extensions_of_github_have_their_structure() {
    for (file, at_least) in [("gfm_table", 8), ("gfm_strikethrough", 2), ("gfm_tasklist", 2), ("table", 20)] {
        let examples = examples(file);
        assert!(examples.len() >= at_least, "only {} examples in {file}", examples.len());
        compare(&examples, &[], same_structure);
    }
}

/// Examples of CommonMark with another structure, raw HTML passed on.
const STRUCTURE: &[(&str, &str)] = &[
    ("spec 148", "in a paragraph the end of a line is a space, in a `<pre>` of raw HTML that it stands in too"),
    ("spec 156, spec 157, spec 158", "a tag that nothing ends is text: it could take the page with it"),
    ("spec 484", "a link without words has those of its target"),
    ("spec 548, spec 559, spec 590", "`[[…]]` is a link to a record"),
];

/// Examples of CommonMark with another text, raw HTML made harmless.
const TEXT: &[(&str, &str)] = &[
    ("spec 156, spec 157, spec 158", "a tag that nothing ends is text"),
    (
        "spec 170, spec 172, spec 176, spec 178",
        "scripts and styles are left out with what is in them, which no reader sees either",
    ),
    (
        "spec 21, spec 31, spec 476, spec 477, spec 484, spec 630, spec 631, spec 642, spec 643",
        "a link without words has its address",
    ),
    ("spec 548, spec 559, spec 590", "`[[…]]` is a link to a record"),
    ("spec 629", "`<![CDATA[…]]>` is left out with what is in it"),
];
