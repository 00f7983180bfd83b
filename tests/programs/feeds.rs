//! The feeds, read by an XML parser and held to RFC 4287: every "MUST" of it that our feeds can break.

use std::collections::BTreeSet;

use dossier::Site;
use roxmltree::{Document, Node};

use super::site::{file, fixture, hostile, sample};

const ATOM: &str = "http://www.w3.org/2005/Atom";
const FEEDS: [&str; 2] = ["feed.xml", "corrections.xml"];

fn children<'a>(of: Node<'a, 'a>, name: &'a str) -> impl Iterator<Item = Node<'a, 'a>> {
    of.children().filter(move |node| node.has_tag_name((ATOM, name)))
}

/// The text of the only child of that name.
#[track_caller]
fn only<'a>(of: Node<'a, 'a>, name: &'a str) -> &'a str {
    let all: Vec<_> = children(of, name).collect();
    assert_eq!(all.len(), 1, "one {name}");
    all[0].text().unwrap_or_default()
}

/// RFC 3339, as Atom has it: with a capital T and a time zone.
fn is_time(text: &str) -> bool {
    text.strip_suffix("T00:00:00Z").is_some_and(|day| {
        day.len() == 10 && day.parse::<dossier::base::date::Edtf>().is_ok_and(|date| date.day().is_some())
    })
}

fn is_address(text: &str) -> bool {
    url::Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "https" | "http") && url.has_host())
}

/// Links and pictures in the HTML of an entry lead somewhere from everywhere.
fn relative_links(html: &str) -> Vec<&str> {
    let links = html.split(" href=\"").skip(1).chain(html.split(" src=\"").skip(1));
    links.filter_map(|rest| rest.split('"').next()).filter(|link| !link.contains(':')).collect()
}

fn check_feed(site: &Site, route: &str) -> usize {
    let text = file(site, route);
    let document = Document::parse(&text).unwrap_or_else(|error| panic!("{route}: {error}\n{text}"));
    let feed = document.root_element();
    assert!(feed.has_tag_name((ATOM, "feed")));
    let known = ["id", "title", "subtitle", "updated", "author", "link", "entry"];
    let unknown = feed.children().filter(Node::is_element).find(|node| !known.contains(&node.tag_name().name()));
    assert!(unknown.is_none(), "{unknown:?}");
    let base = &site.dossier.settings.base_url;
    assert_eq!(only(feed, "id"), format!("{base}{route}"));
    assert!(!only(feed, "title").is_empty() && is_time(only(feed, "updated")));
    check_links(feed, &[("alternate", base.clone()), ("self", format!("{base}{route}"))]);
    let author = children(feed, "author").next().expect("an author");
    assert!(!only(author, "name").trim().is_empty());
    assert!(children(author, "uri").all(|uri| is_address(uri.text().unwrap_or_default())));
    let entries: Vec<Node<'_, '_>> = children(feed, "entry").collect();
    let ids: BTreeSet<&str> = entries.iter().map(|entry| only(*entry, "id")).collect();
    assert_eq!(ids.len(), entries.len(), "each id once");
    let times: Vec<&str> = entries.iter().map(|entry| only(*entry, "updated")).collect();
    assert!(times.is_sorted_by(|newer, older| newer >= older), "the newest first");
    assert_eq!(times.first().unwrap_or(&"1970-01-01T00:00:00Z"), &only(feed, "updated"));
    for entry in &entries {
        check_entry(site, *entry);
    }
    entries.len()
}

#[track_caller]
fn check_links(of: Node<'_, '_>, expected: &[(&str, String)]) {
    let links = of.children().filter(|node| node.has_tag_name((ATOM, "link")));
    let links: Vec<(&str, String)> = links
        .map(|link| {
            (link.attribute("rel").expect("a relation"), link.attribute("href").expect("an address").to_owned())
        })
        .collect();
    assert_eq!(links, expected);
}

fn check_entry(site: &Site, entry: Node<'_, '_>) {
    let known = ["id", "title", "updated", "link", "category", "content", "summary"];
    let unknown = entry.children().filter(Node::is_element).find(|node| !known.contains(&node.tag_name().name()));
    assert!(unknown.is_none(), "{unknown:?}");
    assert!(is_address(only(entry, "id")) && is_time(only(entry, "updated")) && !only(entry, "title").is_empty());
    let link = children(entry, "link").next().and_then(|link| link.attribute("href")).expect("a link");
    let route = link.strip_prefix(site.dossier.settings.base_url.as_str()).expect("below the base");
    assert!(site.routes.pages.contains_key(route), "{route}");
    assert!(
        children(entry, "category").all(|category| category.attribute("term").is_some_and(|term| !term.is_empty()))
    );
    for content in children(entry, "content") {
        assert_eq!(content.attribute("type"), Some("html"));
        let html = content.text().unwrap_or_default();
        assert_eq!(relative_links(html), Vec::<&str>::new());
        assert!(!html.contains("<script"), "{html}");
    }
}

#[test]
fn feeds_are_atom() {
    let sample = sample();
    // 5 articles of which 3 have a date, 28 checks; and the changes of verdict.
    assert!(check_feed(&sample, "feed.xml") > 30);
    assert!(check_feed(&sample, "corrections.xml") > 0);
    let hostile = hostile();
    FEEDS.iter().for_each(|route| assert!(check_feed(&hostile, route) > 0, "{route}"));
    let empty = fixture("=== site.toml\ntitle = \"t\"\nbase_url = \"https://example.org/\"\n");
    FEEDS.iter().for_each(|route| assert_eq!(check_feed(&empty, route), 0));
}

const CHECK: &str = "\
=== site.toml
title = \"t\"
base_url = \"https://example.org/\"
=== content/articles/a.md
---
title: A
---
The words. [[e]]
=== content/entities/e.md
---
name: E
kind: person
---
=== content/annotations/a.yaml
- type: fact_check
  id: NEW
  FORMER
  quote: The words
  verdict: inaccurate
  rationale: See [[e]] and [there](https://example.net/).
  checked: 2025-03-04
  history:
    - { date: 2025-03-01, verdict: disputed, note: Early. }
    - { date: 2025-03-02, verdict: disputed, note: Again. }
    - { date: 2025-03-03, verdict: misleading }
";

fn ids(site: &Site, route: &str) -> Vec<String> {
    let text = file(site, route);
    let document = Document::parse(&text).expect("XML");
    let entries = children(document.root_element(), "entry");
    entries
        .map(|entry| format!("{} {}", only(entry, "updated").split('T').next().unwrap_or_default(), only(entry, "id")))
        .collect()
}

#[test]
fn corrections_are_the_changes_of_verdict() {
    let site = fixture(&CHECK.replace("NEW", "c").replace("  FORMER\n", ""));
    // The verdict of the 2nd was that of the 1st again.
    let changes = [
        "2025-03-04 https://example.org/checks/c.html#correction-3",
        "2025-03-03 https://example.org/checks/c.html#correction-2",
    ];
    assert_eq!(ids(&site, "corrections.xml"), changes);
    assert_eq!(ids(&site, "feed.xml"), [changes[0], "2025-03-04 https://example.org/checks/c.html", changes[1]]);
    let feed = file(&site, "feed.xml");
    assert!(feed.contains("href=&quot;https://example.org/entities/e.html&quot;"), "{feed}");
}

#[test]
fn a_record_with_a_new_name_is_no_news() {
    let before = fixture(&CHECK.replace("NEW", "c").replace("  FORMER\n", ""));
    let after = fixture(&CHECK.replace("NEW", "renamed").replace("FORMER", "former_ids: [c, second]"));
    assert!(after.routes.pages.contains_key("checks/renamed.html"));
    FEEDS.iter().for_each(|route| assert_eq!(ids(&before, route), ids(&after, route)));
}

#[test]
fn a_feed_does_not_grow_with_the_dossier() {
    let mut text = "=== site.toml\ntitle = \"t\"\nbase_url = \"https://example.org/\"\n".to_owned();
    for number in 0..150 {
        let (month, day) = (number / 28 + 1, number % 28 + 1);
        text.push_str(&format!(
            "=== content/articles/a{number:03}.md\n---\ntitle: T\npublished: 2025-{month:02}-{day:02}\n---\n"
        ));
    }
    let site = fixture(&text);
    assert_eq!(check_feed(&site, "feed.xml"), 100);
    assert!(ids(&site, "feed.xml")[0].ends_with("articles/a149.html"));
}
