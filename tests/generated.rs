//! A thousand generated articles, whose truth is known: every quote stands on its words, every name is found, none invented.

#[path = "../benches/corpus.rs"]
mod corpus;

use std::collections::BTreeMap;
use std::sync::Arc;

use dossier::base::input::{Inputs, Options};
use serde_json::Value;

fn built(corpus: &corpus::Corpus) -> Value {
    let inputs = Arc::new(Inputs::new(corpus.files.clone(), Options::default()));
    let (site, diags) = dossier::build(&inputs);
    let errors: Vec<_> =
        diags.iter().filter(|found| found.severity == dossier::base::diag::Severity::Error).take(5).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let mut json = Vec::new();
    site.render_to("dossier.json", &mut json).expect("data has no template");
    serde_json::from_slice(&json).expect("dossier.json is JSON")
}

#[test]
fn every_quote_and_every_mention_is_found_and_none_invented() {
    let corpus = corpus::corpus(1_000, 7);
    let dossier = built(&corpus);
    let list = |name: &str| dossier[name].as_array().cloned().unwrap_or_default();
    let texts: BTreeMap<String, Vec<char>> = list("articles")
        .iter()
        .map(|article| {
            (
                article["id"].as_str().unwrap_or_default().to_owned(),
                article["text"].as_str().unwrap_or_default().chars().collect(),
            )
        })
        .collect();
    let annotations: BTreeMap<String, Value> = list("annotations")
        .into_iter()
        .map(|annotation| (annotation["id"].as_str().unwrap_or_default().to_owned(), annotation))
        .collect();
    assert_eq!(annotations.len(), 6_000);
    for truth in &corpus.annotations {
        let found = &annotations[&truth.id];
        let (start, end) = (position(found, "start"), position(found, "end"));
        let text = &texts[&truth.article];
        let slice: String = text[start..end].iter().collect();
        assert_eq!(found["text"].as_str(), Some(slice.as_str()), "{}", truth.id);
        assert_eq!(found["anchoring"], "exact", "{}", truth.id);
        assert_eq!(corpus::words(&slice).join(" "), truth.words, "{}", truth.id);
        let before: String = text[..start].iter().collect();
        assert_eq!(corpus::words(&before).len(), truth.before, "{}: the right one of equal passages", truth.id);
    }
    let mut found: BTreeMap<(String, String), usize> = BTreeMap::new();
    for article in list("articles") {
        let text = &texts[article["id"].as_str().unwrap_or_default()];
        for mention in article["mentions"].as_array().into_iter().flatten() {
            let slice: String = text[position(mention, "start")..position(mention, "end")].iter().collect();
            assert_eq!(mention["text"].as_str(), Some(slice.as_str()));
            let of = mention["of"].as_str().unwrap_or_default().trim_start_matches("entity:").to_owned();
            *found.entry((article["id"].as_str().unwrap_or_default().to_owned(), of)).or_default() += 1;
        }
    }
    let wanted: BTreeMap<(String, String), usize> =
        corpus.mentions.iter().map(|(article, entity, count)| ((article.clone(), entity.clone()), *count)).collect();
    assert_eq!(found, wanted);
}

fn position(value: &Value, key: &str) -> usize {
    usize::try_from(value[key].as_u64().expect("a position")).expect("a small one")
}

#[test]
fn lints_raise_no_false_alarm() {
    let corpus = corpus::corpus(1_000, 11);
    let inputs = Arc::new(Inputs::new(corpus.files.clone(), Options::default()));
    let (_, diags) = dossier::build(&inputs);
    // The corpus does have what these find: figures with made-up words, checks without evidence, names that nobody uses, a map
    // on another host.
    let right = ["number-not-in-quote", "check-without-evidence", "orphan-entity", "unused-source", "remote-image"];
    let alarms: Vec<_> = diags
        .iter()
        .filter(|found| !right.contains(&found.code.name()))
        .map(|found| (found.code.name(), &found.message))
        .take(5)
        .collect();
    assert!(alarms.is_empty(), "{alarms:#?}");
}
