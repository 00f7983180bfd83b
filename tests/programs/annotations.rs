//! `annotations.jsonld` by the W3C's model, `places.geojson` by RFC 7946.

use std::collections::BTreeSet;

use serde_json::Value;

use super::site::{faults, file, fixture, hostile, sample};

#[test]
fn annotations_keep_the_model() {
    for site in [sample(), hostile()] {
        let all: Value = serde_json::from_str(&file(&site, "annotations.jsonld")).expect("JSON");
        assert_eq!(faults(include_str!("annotations.schema.json"), &all), Vec::<String>::new());
        let items = all["first"]["items"].as_array().expect("a list");
        assert_eq!(all["total"], items.len());
        let ids: BTreeSet<&str> = items.iter().filter_map(|item| item["id"].as_str()).collect();
        assert_eq!(ids.len(), items.len(), "each id once");
        for item in items {
            let selectors = &item["target"]["selector"];
            let length = selectors[0]["exact"].as_str().expect("a quote").chars().count();
            let place = |end: &str| selectors[1][end].as_u64().expect("a position");
            assert_eq!(usize::try_from(place("end") - place("start")), Ok(length), "{item:#}");
        }
    }
}

#[test]
fn annotations_say_what_they_say() {
    let site = fixture(
        "\
=== site.toml
title = \"t\"
base_url = \"https://example.org/\"
language = \"en\"
[publisher]
name = \"Desk\"
=== content/articles/a.md
---
title: A
---
The dam broke and 1277 people died, says Bo.
=== content/annotations/a.yaml
- { type: figure, id: toll, quote: 1277 people died, figure: dead, low: 1200, best: 1277, by: bo, basis: counted, as_of: 2024-05, note: Later. }
- { type: fact_check, id: broke, quote: The dam broke, verdict: accurate, claim: The dam broke., checked: 2024-06-02, checked_by: [Ann],
    history: [{ date: 2024-06-01, verdict: disputed }], evidence: [{ source: s, stance: supports, locator: p. 3, note: Seen. }] }
=== content/figures/dead.yaml
title: Dead
unit: people
=== content/entities/bo.md
---
name: Bo
kind: person
---
=== content/sources/s.yaml
title: Survey
",
    );
    let all: Value = serde_json::from_str(&file(&site, "annotations.jsonld")).expect("JSON");
    assert_eq!(faults(include_str!("annotations.schema.json"), &all), Vec::<String>::new());
    let [check, figure] = all["first"]["items"].as_array().expect("a list").as_slice() else { panic!("{all:#}") };
    let values = |item: &Value| -> Vec<String> {
        let bodies = item["body"].as_array().expect("bodies").iter();
        bodies.filter_map(|body| body["value"].as_str().or(body["source"].as_str()).map(str::to_owned)).collect()
    };
    assert_eq!(
        values(check),
        ["Accurate", "The dam broke.", "Evidence for: Survey – p. 3 – Seen.", "https://example.org/sources/s.html"]
    );
    assert_eq!(check["created"], "2024-06-01T00:00:00Z");
    assert_eq!(check["modified"], "2024-06-02T00:00:00Z");
    assert_eq!(check["creator"][0]["name"], "Desk");
    assert_eq!(check["creator"][1]["name"], "Ann");
    assert_eq!(
        values(figure),
        [
            "https://example.org/figures/dead.html",
            "at least 1,200, most likely 1,277 people",
            "{\"low\":1200,\"best\":1277,\"by\":\"entity:bo\",\"basis\":\"counted\",\"as_of\":\"2024-05\"}",
            "Later.",
        ]
    );
    assert_eq!(figure["creator"][0]["name"], "Desk");
    assert!(figure.get("created").is_none());
}

#[test]
fn places_keep_the_rules() {
    for (site, places) in [
        (sample(), 1),
        (hostile(), 10),
        (fixture("=== site.toml\ntitle = \"t\"\nbase_url = \"https://example.org/\"\n"), 0),
    ] {
        let all: Value = serde_json::from_str(&file(&site, "places.geojson")).expect("JSON");
        assert_eq!(faults(include_str!("places.schema.json"), &all), Vec::<String>::new());
        assert!(all["features"].as_array().is_some_and(|features| features.len() >= places));
    }
}
