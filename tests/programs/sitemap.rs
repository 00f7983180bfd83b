//! The sitemap and `robots.txt`: every page that readers look for, and in parts where they are too many for one file.

use std::sync::Arc;

use std::collections::BTreeSet;

use dossier::Site;
use dossier::derive::routes::{PageKey, sitemap_part};
use roxmltree::{Document, Node};

use super::site::{file, fixture, pages, sample};

const SCHEMA: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
/// What sitemaps.org allows in one file.
const MOST: usize = 50_000;

fn text(of: Node<'_, '_>, name: &str) -> Option<String> {
    of.children().find(|child| child.has_tag_name((SCHEMA, name)))?.text().map(str::to_owned)
}

/// The addresses in a file, each with the day it changed, and what the file is: `urlset` or `sitemapindex`.
fn read(site: &Site, route: &str) -> (String, Vec<(String, Option<String>)>) {
    let xml = file(site, route);
    let document = Document::parse(&xml).unwrap_or_else(|error| panic!("{route}: {error}"));
    let root = document.root_element();
    assert_eq!(root.tag_name().namespace(), Some(SCHEMA));
    let entries = root.children().filter(Node::is_element);
    let entries = entries.map(|entry| (text(entry, "loc").expect("an address"), text(entry, "lastmod")));
    (root.tag_name().name().to_owned(), entries.collect())
}

#[test]
fn it_has_every_page_that_readers_look_for() {
    let site = sample();
    let (_, listed) = read(&site, "sitemap.xml");
    let base = &site.dossier.settings.base_url;
    let moved = |route: &str| matches!(site.routes.pages.get(route), Some(PageKey::Redirect(_)));
    let shown = pages(&site).filter(|route| !["404.html", "search.html"].contains(route) && !moved(route));
    let expected = shown.map(|route| format!("{base}{}", if route == "index.html" { "" } else { route }));
    assert_eq!(listed.iter().map(|(address, _)| address.clone()).collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    assert!(file(&site, "robots.txt").ends_with(&format!("\nSitemap: {base}sitemap.xml\n")));
}

#[test]
fn it_says_when_a_page_changed_where_the_records_say_it() {
    let site = sample();
    let (_, listed) = read(&site, "sitemap.xml");
    let base = &site.dossier.settings.base_url;
    for (route, day) in [
        ("", Some("2026-11-20")),
        ("checks/damas-novembre.html", Some("2026-11-20")),
        ("articles/convoi-bamako.html", Some("2026-11-20")),
        ("entities/wagner.html", None),
    ] {
        let found = listed.iter().find(|(address, _)| *address == format!("{base}{route}")).expect("the page");
        assert_eq!(found.1.as_deref(), day, "{route}");
    }
}

/// A dossier whose sitemap has that many addresses.
fn site(addresses: usize) -> Site {
    let mut site = fixture("=== site.toml\ntitle = \"t\"\nbase_url = \"https://example.org/a&b/\"\n");
    let own = read(&site, "sitemap.xml").1.len();
    let routes = Arc::make_mut(&mut site.routes);
    routes.pages.extend((own..addresses).map(|number| (format!("x/{number:06}.html"), PageKey::Timeline(1))));
    routes.add_sitemap_parts();
    site
}

#[test]
fn as_many_as_are_allowed_are_one_file() {
    let site = site(MOST);
    let (kind, listed) = read(&site, "sitemap.xml");
    assert_eq!((kind.as_str(), listed.len()), ("urlset", MOST));
    assert!(!site.routes.pages.contains_key("sitemap.1.xml"));
}

#[test]
fn more_are_an_index_of_parts_that_have_each_address_once() {
    let site = site(2 * MOST + 1);
    let (kind, parts) = read(&site, "sitemap.xml");
    assert_eq!(kind, "sitemapindex");
    let expected = [1, 2, 3].map(|part| format!("https://example.org/a&b/{}", sitemap_part(part)));
    assert_eq!(parts.into_iter().map(|(address, _)| address).collect::<Vec<_>>(), expected);
    let parts = [1, 2, 3].map(|part| read(&site, &sitemap_part(part)).1);
    assert_eq!(parts.each_ref().map(Vec::len), [MOST, MOST, 1]);
    let addresses: BTreeSet<String> = parts.into_iter().flatten().map(|(address, _)| address).collect();
    assert_eq!(addresses.len(), 2 * MOST + 1);
    assert!(addresses.iter().all(|address| address.starts_with("https://example.org/a&b/")));
}
