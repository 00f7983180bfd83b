//! Where the time goes: one line a stage, for dossiers of growing size.
//!
//! ```text
//! cargo bench --bench scale -- [ARTICLES ..]              the stages (1,000 and 10,000 articles unless said otherwise)
//! cargo bench --bench scale -- ARTICLES --write DIR       the dossier, to be built and timed as a whole process
//! cargo bench --bench scale -- ARTICLES --hugo DIR        the same prose as a site for Hugo
//! cargo bench --bench scale -- ARTICLES --pages           which pages take the time
//! ```

#![expect(clippy::disallowed_methods, clippy::disallowed_macros, reason = "a benchmark reaches outside")]

mod corpus;
mod hugo;
mod stages;

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use corpus::Corpus;

/// The same dossier for everybody.
const SEED: u64 = 1;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let given: Vec<usize> = arguments.iter().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if given.is_empty() { vec![1_000, 10_000] } else { given };
    let folder = |option: &str| arguments.iter().position(|argument| argument == option).map(|at| &arguments[at + 1]);
    if let Some(folder) = folder("--write") {
        return write(Path::new(folder), corpus::corpus(sizes[0], SEED).files);
    }
    if let Some(folder) = folder("--hugo") {
        return write(Path::new(folder), hugo::site(&corpus::corpus(sizes[0], SEED)));
    }
    if let Some(folder) = folder("--stages") {
        return stages::stages(Path::new(folder), arguments.iter().any(|argument| argument == "--pages"));
    }
    for size in sizes {
        // A process of its own, so that the peak of memory is that of the build and not of the generator.
        let dossier = on_disk(&corpus::corpus(size, SEED), size);
        let this = std::env::current_exe().expect("a program has a path");
        let mut stages = Command::new(this);
        stages.arg("--stages").arg(dossier).args(arguments.iter().filter(|argument| *argument == "--pages"));
        let done = stages.status().expect("this program can be started");
        assert!(done.success(), "{done}");
    }
}

/// A dossier's folder below `target/`, written when it is not there yet.
fn on_disk(corpus: &Corpus, articles: usize) -> PathBuf {
    let mut hasher = DefaultHasher::new();
    corpus.files.hash(&mut hasher);
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("target/scale/{articles}-{:08x}", hasher.finish() >> 32));
    if !folder.join("site.toml").exists() {
        write(&folder, corpus.files.clone());
    }
    folder
}

/// Writes files; `site.toml` comes last, as a sign that all of them are there.
fn write(folder: &Path, files: Vec<(String, String)>) {
    for (path, text) in files.iter().rev() {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).expect("a folder");
        }
        std::fs::write(path, text).expect("a file");
    }
}
