//! One text as the file of every YAML kind: annotations, a figure, a source.
#![no_main]

use libfuzzer_sys::fuzz_target;

const ARTICLE: &str = "---\ntitle: A\nsource: s\npublished: 2024-07\n---\nThe mayor left with 20 men on Monday 3 June 2024. The mayor wept.\n";
const ENTITY: &str = "---\nname: Mayor\nkind: person\n---\n";
const EVENT: &str = "---\ntitle: E\ndate: 2024-06-03\n---\n";

fuzz_target!(|text: &str| {
    dossier_fuzz::read([
        ("site.toml", dossier_fuzz::SITE),
        ("content/articles/a.md", ARTICLE),
        ("content/entities/mayor.md", ENTITY),
        ("content/events/e.md", EVENT),
        ("content/annotations/a.yaml", text),
        ("content/figures/f.yaml", text),
        ("content/sources/s.yaml", text),
    ]);
});
