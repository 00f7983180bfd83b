//! The JSON-LD of every page: by the rules of its types, and nothing that is not known.

use dossier::Site;
use serde_json::Value;

use super::site::{faults, file, fixture, hostile, pages, sample};

const RULES: &str = include_str!("page.schema.json");
const OPENING: &str = "<script type=\"application/ld+json\">";

/// The graph of a page, as a browser finds it: up to the first end of a script element.
fn graph(site: &Site, route: &str) -> Option<Value> {
    let page = file(site, route);
    let (_, rest) = page.split_once(OPENING)?;
    let (content, _) = rest.split_once("</script").expect("the element ends");
    assert!(!content.contains('<'), "{route}: a text of an editor can end the element");
    assert!(!rest.contains(OPENING), "{route}: one element a page");
    Some(serde_json::from_str(content).unwrap_or_else(|error| panic!("{route}: {error}: {content}")))
}

fn of_type<'a>(graph: &'a Value, wanted: &str) -> Option<&'a Value> {
    graph["@graph"].as_array()?.iter().find(|node| node["@type"] == wanted)
}

#[test]
fn every_page_keeps_the_rules() {
    for site in [sample(), hostile()] {
        let mut wrong = Vec::new();
        let mut graphs = 0;
        for route in pages(&site) {
            if let Some(graph) = graph(&site, route) {
                graphs += 1;
                wrong.extend(faults(RULES, &graph).iter().map(|fault| format!("{route}{fault}")));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong[..wrong.len().min(10)].join("\n"));
        assert!(graphs > 50, "{graphs}");
    }
}

#[test]
fn the_rules_find_what_is_wrong() {
    let site = sample();
    let good = graph(&site, "checks/damas-novembre.html").expect("a graph");
    let spoilt: &[(&str, Value)] = &[
        ("/@context", "http://schema.org".into()),
        ("/@graph/0/reviewRating/alternateName", "".into()),
        ("/@graph/0/reviewRating/worstRating", 0.into()),
        ("/@graph/0/reviewRating/bestRating", Value::Null),
        ("/@graph/0/datePublished", "2024-07~".into()),
        ("/@graph/0/url", "checks/damas-novembre.html".into()),
        ("/@graph/0/author/@type", "Thing".into()),
        ("/@graph/1/itemListElement/1/position", 3.into()),
    ];
    assert!(faults(RULES, &good).is_empty());
    for (place, value) in spoilt {
        let mut bad = good.clone();
        *bad.pointer_mut(place).unwrap_or_else(|| panic!("{place} in {good:#}")) = value.clone();
        assert!(!faults(RULES, &bad).is_empty(), "{place}");
    }
}

const SMALL: &str = "\
=== site.toml
title = \"The fire\"
base_url = \"https://example.org/x/\"
language = \"en\"
[publisher]
name = \"The desk\"
url = \"https://desk.example/\"
=== content/index.md
---
title: Briefing
summary: One night.
---
=== content/articles/own.md
---
title: What we read
published: 2025-02
source: paper
digest: true
tags: [fire]
---
The fire killed forty. It started at noon.
=== content/articles/words.md
---
title: Forty dead
published: 2025-02-03
source: { title: Forty dead, publisher: The Paper, author: [Bo Li, The Paper], kind: news, url: 'https://paper.example/1' }
---
Forty dead.
=== content/annotations/own.yaml
- { type: fact_check, id: forty, quote: killed forty, claim: Forty died., verdict: inaccurate, rationale: Thirty did.,
    checked: 2025-03-02, checked_by: [Al Bo, desk], claimed_by: entity:mayor, evidence: [{ source: paper }, { article: words }],
    history: [{ date: 2025-03-01, verdict: disputed }] }
- { type: fact_check, id: noon, quote: at noon, verdict: opinion, checked: 2025-03~ }
=== content/sources/paper.yaml
title: '[An article on the fire]'
publisher: The Paper
kind: agency
published: 2025-02-01
url: https://paper.example/0
archived: https://archive.example/0
origin: words
=== content/figures/dead.yaml
title: Dead
summary: How many died.
event: fire
=== content/events/fire.md
---
title: Fire
date: 2025-01-31/2025-02-01
place: town
part_of: week
aliases: [the fire]
---
=== content/events/week.md
---
title: The week
date: 2025-01~
---
=== content/entities/town.md
---
name: Town
kind: place
names: { fr: Ville }
part_of: land
location: { lat: 1.5, lon: 2.5 }
same_as: https://www.wikidata.org/wiki/Q1
---
=== content/entities/land.md
---
name: Land
kind: place
location: { lat: 1, lon: 2, precision: region }
---
=== content/entities/mayor.md
---
name: Mayor
kind: person
part_of: council
---
=== content/entities/council.md
---
name: Council
kind: organisation
location: { lat: 1, lon: 2, precision: exact }
---
=== content/entities/engine.md
---
name: Engine
kind: equipment
part_of: council
---
";

/// A page says these things, and does not say those that are null.
#[track_caller]
fn check(route: &str, subject: &str, expected: Value) {
    let graph = graph(&fixture(SMALL), route).unwrap_or_else(|| panic!("{route} has no graph"));
    let node = of_type(&graph, subject).unwrap_or_else(|| panic!("{route}: no {subject} in {graph:#}"));
    for (property, value) in expected.as_object().expect("properties") {
        assert_eq!(&node[property], value, "{route}: {property} in {node:#}");
    }
}

#[test]
fn a_check_is_a_review_of_the_claim_by_the_desk() {
    let desk = serde_json::json!({ "@type": "Organization", "name": "The desk", "url": "https://desk.example/" });
    check(
        "checks/forty.html",
        "ClaimReview",
        serde_json::json!({
            "url": "https://example.org/x/checks/forty.html",
            "claimReviewed": "Forty died.",
            // A name that is part of the desk's own is no person.
            "author": [desk, { "@type": "Person", "name": "Al Bo" }],
            "datePublished": "2025-03-01",
            "dateModified": "2025-03-02",
            "reviewRating": {
                "@type": "Rating", "alternateName": "Inaccurate", "ratingValue": 1, "bestRating": 5, "worstRating": 1,
            },
        }),
    );
    let graph = graph(&fixture(SMALL), "checks/forty.html").expect("a graph");
    let claim = &of_type(&graph, "ClaimReview").expect("a review")["itemReviewed"];
    assert_eq!(claim["author"]["name"], "Mayor");
    assert_eq!(claim["datePublished"], "2025-02");
    assert_eq!(claim["appearance"]["url"], "https://paper.example/0");
    let cited = &of_type(&graph, "ClaimReview").expect("a review")["citation"];
    assert_eq!(cited.as_array().map(Vec::len), Some(2), "{cited:#}");
    // What stands in brackets is no title.
    assert_eq!(cited[0]["name"], Value::Null);
    assert_eq!(cited[0]["description"], "An article on the fire");
}

#[test]
fn a_verdict_outside_the_scale_has_no_number_and_an_uncertain_date_is_left_out() {
    check(
        "checks/noon.html",
        "ClaimReview",
        serde_json::json!({
            "claimReviewed": "at noon",
            "reviewRating": { "@type": "Rating", "alternateName": "Opinion" },
            "datePublished": null,
            "dateModified": null,
        }),
    );
}

#[test]
fn a_text_is_said_to_be_by_whom_it_is() {
    // The editors' own account, after the source.
    check(
        "articles/own.html",
        "Article",
        serde_json::json!({ "author": { "@type": "Organization", "name": "The desk", "url": "https://desk.example/" }, "datePublished": null }),
    );
    let graph = graph(&fixture(SMALL), "articles/own.html").expect("a graph");
    assert_eq!(of_type(&graph, "Article").expect("an article")["isBasedOn"]["url"], "https://paper.example/0");
    // The source's words, by their author; who is named as publisher too is no person.
    check(
        "articles/words.html",
        "NewsArticle",
        serde_json::json!({
            "author": { "@type": "Person", "name": "Bo Li" },
            "publisher": { "@type": "Organization", "name": "The Paper" },
            "datePublished": "2025-02-03",
            "url": "https://paper.example/1",
            "mainEntityOfPage": "https://example.org/x/articles/words.html",
            "isBasedOn": null,
        }),
    );
    check(
        "sources/paper.html",
        "NewsArticle",
        serde_json::json!({ "archivedAt": "https://archive.example/0", "mainEntityOfPage": "https://example.org/x/sources/paper.html" }),
    );
}

#[test]
fn records_have_the_types_that_are_true_of_them() {
    let land =
        serde_json::json!({ "@type": "Place", "name": "Land", "url": "https://example.org/x/entities/land.html" });
    let council = serde_json::json!({ "@type": "Organization", "name": "Council", "url": "https://example.org/x/entities/council.html" });
    let town_at = serde_json::json!({ "@type": "GeoCoordinates", "latitude": 1.5, "longitude": 2.5 });
    check(
        "entities/town.html",
        "Place",
        serde_json::json!({ "alternateName": ["Ville"], "geo": town_at, "containedInPlace": land, "sameAs": ["https://www.wikidata.org/wiki/Q1"] }),
    );
    // A point somewhere in the region is not where the land is.
    check("entities/land.html", "Place", serde_json::json!({ "geo": null }));
    check("entities/mayor.html", "Person", serde_json::json!({ "memberOf": council }));
    check(
        "entities/council.html",
        "Organization",
        serde_json::json!({ "geo": null, "location": { "@type": "Place", "geo": { "@type": "GeoCoordinates", "latitude": 1.0, "longitude": 2.0 } } }),
    );
    check("entities/engine.html", "Thing", serde_json::json!({ "memberOf": null, "parentOrganization": null }));
    check(
        "events/fire.html",
        "Event",
        serde_json::json!({ "startDate": "2025-01-31", "endDate": "2025-02-01", "alternateName": ["the fire"] }),
    );
    check("events/week.html", "Event", serde_json::json!({ "startDate": null, "endDate": null, "location": null }));
    check("figures/dead.html", "WebPage", serde_json::json!({ "description": "How many died." }));
    check(
        "index.html",
        "WebSite",
        serde_json::json!({ "name": "The fire", "url": "https://example.org/x/", "dateModified": "2025-03-02" }),
    );
    check("data.html", "Dataset", serde_json::json!({ "temporalCoverage": "2025-01-01/2025-02-01" }));
}

#[test]
fn the_way_to_a_page_goes_over_its_list() {
    let step = |position: usize, name: &str, item: &str| {
        let item = format!("https://example.org/x/{item}");
        serde_json::json!({ "@type": "ListItem", "position": position, "name": name, "item": item })
    };
    for (route, steps) in [
        (
            "events/fire.html",
            vec![step(1, "The fire", ""), step(2, "Events", "events/index.html"), step(3, "Fire", "events/fire.html")],
        ),
        ("events/index.html", vec![step(1, "The fire", ""), step(2, "Events", "events/index.html")]),
        ("timeline.html", vec![step(1, "The fire", ""), step(2, "Timeline", "timeline.html")]),
    ] {
        check(route, "BreadcrumbList", serde_json::json!({ "itemListElement": steps }));
    }
    for route in ["404.html", "search.html"] {
        assert_eq!(graph(&fixture(SMALL), route), None, "{route}");
    }
}
