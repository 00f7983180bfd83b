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
