//! The dossiers that are looked at: the sample, and one whose texts are hostile.

use std::path::Path;
use std::sync::Arc;

use dossier::Site;
use dossier::base::input::{Inputs, Options};
use dossier::edge::read;
use serde_json::Value;

/// The sample dossier.
pub(crate) fn sample() -> Site {
    let inputs =
        read::folder(Path::new(env!("CARGO_MANIFEST_DIR")), Options::default()).expect("the sample can be read");
    dossier::build(&Arc::new(inputs)).0
}

/// A dossier from one string, each file under a line `=== path`.
pub(crate) fn fixture(text: &str) -> Site {
    dossier::build(&Arc::new(Inputs::from_fixture(text))).0
}

/// A dossier in which every text tries to end the element, attribute or document that it is in, every date is uncertain in
/// another way, and everything optional is missing.
pub(crate) fn hostile() -> Site {
    let evil = r#"\"'></title></script><script>alert(1)</script><!--<script>]]>&amp;\u0001\u000b\u2028\u202e\ufffe]]\uD83D\uDE80"#;
    let evil = evil.replace("\\uD83D\\uDE80", "🚀").replace("\\u202e", "\u{202e}");
    let mut text = format!(
        "=== site.toml\ntitle = \"{evil}\"\nbase_url = \"https://example.org/a'b/\"\ndescription = \"{evil}\"\n\
         language = \"ar\"\n[publisher]\nname = \"{evil}\"\nurl = \"javascript:alert(1)\"\n\
         [[verdicts]]\nid = \"only\"\nrating = 0\n[[verdicts]]\nid = \"evil\"\nlabel = \"{evil}\"\n",
    );
    let dates = [
        "2024?",
        "2024-11~",
        "2024-XX",
        "202X",
        "2024-21",
        "'[2024-01-01,2024-01-02]'",
        "2023-11/..",
        "../2024",
        "-0044-03-15",
        "2024-02-01/2024-02-03",
    ];
    let kinds = ["person", "organisation", "place", "equipment", "document"];
    for (number, date) in dates.iter().enumerate() {
        let kind = kinds[number % kinds.len()];
        text.push_str(&format!(
            "=== content/entities/e{number}.md\n---\nname: \"{evil}{number}\"\nkind: {kind}\naliases: [\"{evil}\", x]\n\
             summary: \"{evil}\"\npart_of: e{}\nsame_as: [\"javascript:alert(1)\", \"https://example.org/<x>\"]\n\
             location: {{ lat: {number}, lon: -{number}.5{} }}\n---\n\
             === content/events/v{number}.md\n---\ntitle: \"{evil}\"\ndate: {date}\nplace: e{number}\nsummary: \"{evil}\"\n---\n\
             === content/sources/s{number}.yaml\ntitle: \"{evil}\"\npublished: {date}\nurl: \"javascript:alert(1)\"\nauthor: [\"{evil}\"]\n\
             === content/figures/f{number}.yaml\ntitle: \"{evil}\"\nkind: date\nevent: v{number}\nestimates:\n\
             - {{ source: s{number}, date: {date} }}\n\
             === content/articles/a{number}.md\n---\ntitle: \"{evil}\"\npublished: {date}\nsource: s{number}\n\
             digest: {}\ntags: [\"{evil}\"]\nsummary: \"{evil}\"\n---\nThe words of text {number}.\n\
             === content/annotations/a{number}.yaml\n- type: fact_check\n  id: c{number}\n  quote: The words\n  claim: \"{evil}\"\n\
             \x20 claimed_by: entity:e{number}\n  verdict: {}\n  rationale: \"{evil}\"\n  checked: {date}\n  checked_by: [\"{evil}\"]\n\
             \x20 evidence: [{{ source: s{number} }}, {{ article: a{number} }}]\n\
             \x20 history: [{{ date: {date}, verdict: only, note: \"{evil}\" }}]\n",
            (number + kinds.len()) % dates.len(),
            ["", ", precision: near", ", precision: region"][number % 3],
            number % 2 == 0,
            if number % 2 == 0 { "evil" } else { "only" },
        ));
    }
    fixture(&text)
}

/// A file of a site as text.
pub(crate) fn file(site: &Site, route: &str) -> String {
    String::from_utf8(bytes(site, route)).expect("text")
}

/// A file of a site.
pub(crate) fn bytes(site: &Site, route: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    site.render_to(route, &mut bytes).unwrap_or_else(|problem| panic!("{route}: {problem:?}"));
    bytes
}

/// Every page of a site.
pub(crate) fn pages(site: &Site) -> impl Iterator<Item = &str> {
    site.routes.pages.keys().map(String::as_str).filter(|route| route.ends_with(".html"))
}

/// What is wrong with a value, by a JSON Schema.
pub(crate) fn faults(schema: &str, value: &Value) -> Vec<String> {
    let schema: Value = serde_json::from_str(schema).expect("a schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    validator.iter_errors(value).map(|fault| format!("{}: {fault}", fault.instance_path())).collect()
}
