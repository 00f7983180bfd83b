//! Templates are an interface: each is embedded, described in `docs/templates.md` with all that it sees, and can be replaced.

#![expect(clippy::disallowed_methods, reason = "tests look at the disk")]

#[path = "templates/shapes.rs"]
mod shapes;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use dossier::base::input::{Inputs, Options};
use dossier::derive::card::Card;
use dossier::derive::frame::Frame;
use dossier::derive::routes::PageKey;
use dossier::derive::{Context, view};
use dossier::edge::read;
use dossier::{Site, build};
use shapes::Shapes;

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

/// A text of the repository.
fn text(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("a text")
}

/// The code spans that begin the rows of the tables in a piece of Markdown.
fn listed(markdown: &str) -> BTreeSet<String> {
    let rows = markdown.lines().filter_map(|line| line.strip_prefix("| `"));
    rows.filter_map(|row| Some(row.split_once('`')?.0.to_owned())).collect()
}

/// What is under a heading, up to the next one.
fn under<'a>(markdown: &'a str, heading: &str) -> &'a str {
    let (_, rest) = markdown.split_once(&format!("\n{heading}\n")).unwrap_or_else(|| panic!("no `{heading}`"));
    rest.split_once("\n#").map_or(rest, |(text, _)| text)
}

/// What the views of a site are made of.
fn collect(site: &Site, shapes: &mut Shapes) {
    let Site { inputs, dossier, links, routes, orders, locale, .. } = site;
    let context = Context { inputs, dossier, links, routes, orders, locale };
    shapes.add(&view::Site::of(dossier));
    for (route, key) in &routes.pages {
        if let PageKey::Cards(nodes) = key {
            nodes.iter().filter_map(|node| Card::new(&context, *node)).for_each(|card| shapes.add(&card));
        }
        if let Some(view) = view::view(&context, route, key) {
            shapes.add(&view);
            shapes.add(&Frame::new(&context, route, view.head()));
        }
    }
}

/// What the sample has none of: a former address, a passage that drifted, so many records that pages have parts, and so many
/// articles that the matrix is a list of questions.
fn rare() -> Inputs {
    let mut fixture = String::from(
        "=== site.toml\ntitle = \"t\"\nbase_url = \"https://example.org/\"\nlanguage = \"en\"\n\
         === content/articles/a.md\n---\ntitle: A\nformer_ids: [b]\n---\nThe quick brown fox jumps over the lazy dog.[^1]\n\n[^1]: A footnote.\n\
         === content/annotations/a.yaml\n- { type: note, quote: The quick browwn fox jumps over, note: n }\n\
         === content/events/v.md\n---\ntitle: V\ndate: 2024\n---\n",
    );
    for number in 0..=500 {
        // Writing to a text cannot fail.
        let _ = write!(fixture, "=== content/entities/e{number}.md\n---\nname: E{number}\nkind: person\n---\n");
    }
    for number in 0..=200 {
        let _ = write!(fixture, "=== content/articles/a{number}.md\n---\ntitle: A\n---\nAt [[v]], [[v]], [[v]].\n");
    }
    Inputs::from_fixture(&fixture)
}

/// The page describes what there is, and nothing else.
#[track_caller]
fn same(what: &str, described: &BTreeSet<String>, there: &BTreeSet<String>) {
    let missing: Vec<_> = there.difference(described).collect();
    let invented: Vec<_> = described.difference(there).collect();
    let message =
        format!("{what}: docs/templates.md leaves out {missing:?} and names {invented:?}, which there are not");
    assert!(missing.is_empty() && invented.is_empty(), "{message}");
}

#[test]
fn every_template_field_and_component_is_described() {
    let page = text("docs/templates.md");
    let mut templates = listed(under(&page, "## What a template sees"));
    templates.retain(|name| name.ends_with(".html"));
    same("templates", &templates, &names("templates").into_iter().collect());

    let sample = read::folder(Path::new(env!("CARGO_MANIFEST_DIR")), Options::default()).expect("the sample");
    let mut shapes = Shapes::default();
    for inputs in [sample, rare()] {
        collect(&build(&Arc::new(inputs)).0, &mut shapes);
    }
    // `### Note`, and ``### `article.html`: ArticleView``
    let described: BTreeMap<String, BTreeSet<String>> = page
        .lines()
        .filter(|line| line.starts_with("### "))
        .map(|heading| (heading.rsplit(' ').next().unwrap_or_default().to_owned(), listed(under(&page, heading))))
        .collect();
    let structs = |of: &BTreeMap<String, BTreeSet<String>>| of.keys().cloned().collect::<BTreeSet<String>>();
    same("structs", &structs(&described), &structs(&shapes.0));
    for (name, fields) in &shapes.0 {
        same(&format!("fields of {name}"), &described[name], fields);
    }

    for file in ["components.html", "records.html"] {
        let source = text(&format!("templates/{file}"));
        let defined = source.match_indices("component ").filter_map(|(at, word)| {
            let rest = &source[at + word.len()..];
            source[..at].ends_with("{%- ").then(|| rest[..rest.find(')').map_or(0, |end| end + 1)].to_owned())
        });
        let list = page.split_once(&format!("In `{file}`:")).map_or("", |(_, rest)| rest);
        let list = &list[..list.find("\nIn `").or(list.find("\n## ")).unwrap_or(list.len())];
        let defined: BTreeSet<String> = defined.filter(|signature| signature.contains('(')).collect();
        same(&format!("components of {file}"), &listed(list), &defined);
    }
}

/// A small dossier with an own template.
fn with(name: &str, template: &str) -> Site {
    let inputs = Inputs::from_fixture(
        "=== site.toml\ntitle = \"My dossier\"\nbase_url = \"https://example.org/\"\nlanguage = \"en\"\n\
         === content/entities/e.md\n---\nname: Ada\nkind: person\n---\n",
    );
    let texts = inputs.files.iter().map(|file| (file.path.to_string(), file.text.to_string()));
    let own = (format!("templates/{name}"), template.to_owned());
    let inputs = Inputs::new(texts.chain([own]).collect::<Vec<_>>(), Options::default());
    let (site, diags) = build(&Arc::new(inputs));
    assert_eq!(diags.errors(), 0, "templates/{name}");
    site
}

fn rendered(site: &Site, route: &str) -> String {
    let mut bytes = Vec::new();
    site.render_to(route, &mut bytes).unwrap_or_else(|problem| panic!("{route}: {}", problem.message));
    String::from_utf8(bytes).expect("text")
}

#[test]
fn the_example_of_the_page_replaces_a_template() {
    let page = text("docs/templates.md");
    let example = page.split_once("```jinja\n").and_then(|(_, rest)| rest.split_once("```")).expect("an example").0;
    let site = with("list.html", example);
    let list = rendered(&site, "entities/index.html");
    for expected in
        ["<li><a href=\"e.html\">Ada</a></li>", "<a href=\"../index.html\">My dossier</a>", "<header class=\"bar\">"]
    {
        assert!(list.contains(expected), "{expected} in {list}");
    }
}

#[test]
fn a_copy_of_any_template_changes_nothing() {
    let plain = with("unused.html", "");
    for name in names("templates") {
        let site = with(&name, &text(&format!("templates/{name}")));
        for route in plain.routes.pages.keys().filter(|route| route.ends_with(".html")) {
            assert_eq!(rendered(&site, route), rendered(&plain, route), "{route} with a copy of {name}");
        }
    }
}
