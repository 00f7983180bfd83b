//! Settings: whatever is written, there are some that pages can rely on.
#![no_main]

use libfuzzer_sys::fuzz_target;

const ENTITY: &str = "---\nname: B\nkind: vessel\n---\n";
const ARTICLE: &str = "---\ntitle: A\n---\nText of B.\n";
const ANNOTATIONS: &str = "- { type: fact_check, id: c, quote: Text, verdict: accurate, checked: 2024 }\n";

fuzz_target!(|text: &str| {
    let read = dossier_fuzz::read([
        ("site.toml", text),
        ("content/articles/a.md", ARTICLE),
        ("content/annotations/a.yaml", ANNOTATIONS),
        ("content/entities/b.md", ENTITY),
    ]);
    let settings = &read.dossier.settings;
    assert!(settings.base_url.starts_with("http") && settings.base_url.ends_with('/'), "{}", settings.base_url);
    assert!(!settings.verdicts.is_empty() || text.contains("verdicts"));
});
