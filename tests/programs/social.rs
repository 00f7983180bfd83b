//! Open Graph and canonical addresses: what other programs show of a page, and where it is.

use std::collections::BTreeMap;

use dossier::Site;

use super::site::{file, fixture, hostile, pages, sample};

/// The properties in the head of a page, as an HTML parser finds them; each name once.
fn properties(site: &Site, route: &str) -> BTreeMap<String, String> {
    let page = file(site, route);
    let head = page.split("<body").next().unwrap_or_default();
    let mut found = BTreeMap::new();
    for tag in head.split('<').filter(|tag| tag.starts_with("meta ") || tag.starts_with("link ")) {
        let tag = tag.split('>').next().unwrap_or_default();
        let attribute = |name: &str| {
            let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
            Some(
                rest.split('"')
                    .next()?
                    .replace("&quot;", "\"")
                    .replace("&#39;", "'")
                    .replace("&lt;", "<")
                    .replace("&amp;", "&"),
            )
        };
        let name = attribute("property").or_else(|| attribute("name")).or_else(|| attribute("rel"));
        let content = attribute("content").or_else(|| attribute("href"));
        if let (Some(name), Some(content)) = (name, content) {
            let several = ["stylesheet", "alternate", "article:tag", "preload", "icon"].contains(&name.as_str());
            let twice = found.insert(name.clone(), content).is_some();
            assert!(!twice || several, "{route}: {name} twice");
        }
    }
    found
}

#[test]
fn every_page_says_what_it_is_and_where() {
    for site in [sample(), hostile()] {
        let base = &site.dossier.settings.base_url;
        for route in pages(&site).filter(|route| *route != "404.html") {
            let found = properties(&site, route);
            let address = if route == "index.html" { base.clone() } else { format!("{base}{route}") };
            let get = |name: &str| found.get(name).map(String::as_str).unwrap_or_default();
            assert_eq!(get("canonical"), address);
            assert_eq!(get("og:url"), address);
            assert!(["article", "website"].contains(&get("og:type")), "{route}");
            assert!(
                !get("og:title").is_empty() && !get("og:site_name").is_empty() && !get("og:locale").is_empty(),
                "{route}"
            );
            assert_eq!(found.get("og:description"), found.get("description"), "{route}");
            let large = if found.contains_key("og:image") { "summary_large_image" } else { "summary" };
            assert_eq!(get("twitter:card"), large, "{route}");
            for time in ["article:published_time", "article:modified_time"] {
                assert!(
                    found.get(time).is_none_or(|time| time.bytes().all(|b| b.is_ascii_digit() || b == b'-')),
                    "{route}"
                );
            }
        }
        assert!(!properties(&site, "404.html").contains_key("canonical"));
    }
}

#[test]
fn the_date_of_a_digest_is_not_ours() {
    let text = |digest: &str| {
        format!(
            "=== site.toml\ntitle = \"t\"\nbase_url = \"https://example.org/\"\n=== content/articles/a.md\n---\ntitle: A\n\
             published: 2025-01-02\ndigest: {digest}\n---\n"
        )
    };
    let published = |digest| properties(&fixture(&text(digest)), "articles/a.html").remove("article:published_time");
    assert_eq!(published("false").as_deref(), Some("2025-01-02"));
    assert_eq!(published("true"), None);
}
