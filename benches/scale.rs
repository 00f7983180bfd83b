//! Where the time goes: one line a stage, for dossiers of growing size. `cargo bench --bench scale -- [ARTICLES..]`
//!
//! With `--write DIR` the first dossier is written there instead, to be built and timed as a whole process.

#![expect(clippy::disallowed_methods, clippy::disallowed_macros, reason = "a benchmark reaches outside")]

mod corpus;

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use dossier::base::diag::Diagnostics;
use dossier::base::input::{Inputs, Options};
use dossier::derive::routes::{PageKey, routes};
use dossier::{link, parse, resolve};
use rayon::prelude::*;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let sizes: Vec<usize> = arguments.iter().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1_000, 10_000] } else { sizes };
    if let Some(at) = arguments.iter().position(|argument| argument == "--write") {
        return write(Path::new(&arguments[at + 1]), sizes[0]);
    }
    for size in sizes {
        stages(size);
    }
}

fn write(folder: &Path, articles: usize) {
    for (path, text) in corpus::corpus(articles, 1).files {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).expect("a folder");
        }
        std::fs::write(path, text).expect("a file");
    }
}

fn stages(articles: usize) {
    let corpus = corpus::corpus(articles, 1);
    let bytes: usize = corpus.files.iter().map(|(_, text)| text.len()).sum();
    println!("\n{articles} articles, {} files, {:.1} MB", corpus.files.len(), megabytes(bytes));
    let inputs = Arc::new(Inputs::new(corpus.files, Options::default()));
    let mut diags = Diagnostics::default();
    let parsed = timed("parse", bytes, || parse::parse(&inputs, &mut parse::Memo::default(), &mut diags));
    let dossier =
        timed("resolve", bytes, || resolve::resolve(&inputs, &parsed, &mut resolve::Memo::default(), &mut diags));
    let links = timed("link", bytes, || link::link(&inputs, &dossier, &mut diags));
    timed("routes", bytes, || routes(&inputs, &dossier, &links, &mut diags));
    let (site, _) = timed("build, all of these again", bytes, || dossier::build(&inputs));
    let all: Vec<(&String, &PageKey)> = site.routes.pages.iter().collect();
    let mut rendered: Vec<(f64, usize, &str)> = timed("derive and render", bytes, || {
        let pages = all.par_iter().filter(|(_, key)| !matches!(key, PageKey::File(_)));
        pages
            .map_init(Vec::new, |buffer, (route, _)| {
                buffer.clear();
                let start = Instant::now();
                site.render_to(route, buffer).expect("built-in templates are good");
                (start.elapsed().as_secs_f64(), buffer.len(), route.as_str())
            })
            .collect()
    });
    let written = rendered.iter().map(|(_, length, _)| length).sum();
    println!("{:>28} {:8.1} MB in {} pages", "of HTML", megabytes(written), all.len());
    by_folder(&rendered);
    rendered.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (seconds, length, route) in rendered.iter().take(5) {
        println!("{route:>28} {:8.1} ms {:8.1} MB", seconds * 1e3, megabytes(*length));
    }
    for (route, key) in all.iter().filter(|(_, key)| matches!(key, PageKey::File(_))) {
        let PageKey::File(_) = key else { continue };
        let mut buffer = Vec::new();
        timed(route, bytes, || site.render_to(route, &mut buffer).expect("data has no template"));
    }
    println!("{:>28} {:8} MB", "peak memory", peak());
}

/// How long the pages of each folder took together, on one core.
fn by_folder(rendered: &[(f64, usize, &str)]) {
    let folder = |route: &str| route.split_once('/').map_or(String::new(), |(folder, _)| folder.to_owned());
    let mut folders: std::collections::BTreeMap<String, (f64, usize)> = std::collections::BTreeMap::new();
    for (seconds, _, route) in rendered {
        let entry = folders.entry(folder(route)).or_default();
        entry.0 += seconds;
        entry.1 += 1;
    }
    for (folder, (seconds, pages)) in folders {
        println!("{:>28} {:8.1} ms {pages:8} pages", format!("{folder}/"), seconds * 1e3);
    }
}

fn timed<T>(name: &str, bytes: usize, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    let seconds = start.elapsed().as_secs_f64();
    println!("{name:>28} {:8.1} ms {:8.1} MB/s", seconds * 1e3, megabytes(bytes) / seconds);
    result
}

#[expect(clippy::cast_precision_loss, reason = "shown with one digit")]
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

/// The largest resident size of this process so far, where the system tells.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok())
        .map_or("?".to_owned(), |kb| (kb >> 10).to_string())
}
