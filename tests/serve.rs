//! The preview as a browser meets it, and the watching build: the real program, edited behind its back.

#![cfg(feature = "serve")]
#![expect(clippy::disallowed_methods, reason = "tests edit files and wait")]

#[path = "serve/accepting.rs"]
mod accepting;
#[path = "serve/asking.rs"]
mod asking;
#[cfg(target_os = "linux")]
#[path = "faults/disk.rs"]
mod disk;
#[path = "serve/editing.rs"]
mod editing;
#[path = "serve/ending.rs"]
mod ending;
#[cfg(target_os = "linux")]
#[path = "serve/faults.rs"]
mod faults;
#[path = "serve/following.rs"]
mod following;
#[path = "serve/hostile.rs"]
mod hostile;
#[cfg(target_os = "linux")]
#[path = "serve/load.rs"]
mod load;
#[path = "serve/preview.rs"]
mod preview;

const ARTICLE: &str = "---\ntitle: Tram\n---\nThe council voted for the new tram line on a rainy evening in May.\n";
const NOTES: &str =
    "- type: note\n  quote: the new tram line\n  note: First.\n- type: note\n  quote: rainy evening\n  note: Second.\n";
const COUNCIL: &str = "---\nname: The council\nkind: organisation\n---\nIt sits.\n";

/// The page of the article.
const PAGE: &str = "/articles/tram.html";

/// An article with two notes, another one, an entity, a file.
fn tram() -> tempfile::TempDir {
    preview::folder(&[
        ("content/articles/tram.md", ARTICLE),
        ("content/annotations/tram.yaml", NOTES),
        ("content/articles/other.md", "---\ntitle: Other\n---\nAnother day.\n"),
        ("content/entities/council.md", COUNCIL),
        ("static/numbers.txt", "0123456789"),
    ])
}

/// Every file below a folder.
fn files(folder: &std::path::Path) -> std::collections::BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.expect("an entry"));
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).expect("below").to_string_lossy().into_owned();
            (path, std::fs::read(entry.path()).expect("a file"))
        })
        .collect()
}
