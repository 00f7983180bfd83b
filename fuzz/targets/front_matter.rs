//! One text as the record of every Markdown kind.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    dossier_fuzz::read([
        ("site.toml", dossier_fuzz::SITE),
        ("content/articles/a.md", text),
        ("content/entities/b.md", text),
        ("content/events/c.md", text),
        ("content/pages/d.md", text),
        ("content/index.md", text),
    ]);
});
