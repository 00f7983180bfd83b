//! The day of the site as a whole: the newest in the records, or the one that the build was given.

use std::sync::Arc;

use dossier::base::date::Day;
use dossier::base::input::Inputs;

use super::site::file;

const DOSSIER: &str = "\
=== site.toml
title = \"t\"
base_url = \"https://example.org/\"
=== content/articles/a.md
---
title: A
published: 2025-05-06
---
The words.
=== content/annotations/a.yaml
- { type: fact_check, id: c, quote: The words, verdict: inaccurate, checked: 2025-03-04,
    history: [{ date: 2025-03-01, verdict: disputed }] }
";

/// The texts in which files say of which day the site is, and those in which they say it of a page or an entry.
fn dates(built: Option<Day>) -> (Vec<String>, Vec<String>) {
    let mut inputs = Inputs::from_fixture(DOSSIER);
    inputs.options.built = built;
    let (site, _) = dossier::build(&Arc::new(inputs));
    let after = |route: &str, start: &str, end: &str| {
        let text = file(&site, route);
        let (_, rest) = text.split_once(start).unwrap_or_else(|| panic!("{start} in {route}: {text}"));
        rest.split(end).next().unwrap_or_default().to_owned()
    };
    let whole = vec![
        after("feed.xml", "<updated>", "T00:00:00Z<"),
        after("corrections.xml", "<updated>", "T00:00:00Z<"),
        after("sitemap.xml", "<loc>https://example.org/</loc><lastmod>", "<"),
        after("sitemap.xml", "matrix.html</loc><lastmod>", "<"),
        after("index.html", "\"dateModified\":\"", "\""),
        after("data.html", "\"dateModified\":\"", "\""),
    ];
    let parts = vec![
        after("sitemap.xml", "checks/c.html</loc><lastmod>", "<"),
        after("sitemap.xml", "articles/a.html</loc><lastmod>", "<"),
        after("sitemap.xml", "corrections.html</loc><lastmod>", "<"),
        after("checks/c.html", "\"dateModified\":\"", "\""),
        after("feed.xml", "checks/c.html\"/>\n<updated>", "T00:00:00Z<"),
    ];
    (whole, parts)
}

#[test]
fn it_is_the_newest_in_the_records() {
    let (whole, parts) = dates(None);
    assert_eq!(whole, ["2025-05-06", "2025-03-04", "2025-03-04", "2025-03-04", "2025-03-04", "2025-03-04"]);
    assert_eq!(parts, ["2025-03-04"; 5]);
}

#[test]
fn it_is_the_one_that_the_build_was_given_and_what_is_in_the_records_stays() {
    let (whole, parts) = dates(Day::new(2026, 7, 8));
    assert_eq!(whole, ["2026-07-08"; 6]);
    assert_eq!(parts, dates(None).1);
}
