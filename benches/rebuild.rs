//! Where the time goes after an edit: the stages of `rebuild`, one line an edit, on one generated dossier in memory.
//!
//! ```text
//! cargo bench --bench rebuild -- [ARTICLES]               10,000 unless said otherwise
//! ```
//!
//! It leaves out the watcher, the disk and the server, which `--bench serve` measures from outside.

#![expect(clippy::disallowed_methods, clippy::disallowed_macros, reason = "a benchmark reaches outside")]

mod corpus;
mod edits;

use std::fs;
use std::sync::Arc;
use std::time::Instant;

use dossier::base::diag::Diagnostics;
use dossier::base::input::{Inputs, Options};
use dossier::base::memo::Kept;
use dossier::derive::order::{self, Orders};
use dossier::derive::routes;
use dossier::edge::read;
use dossier::locale::Locale;
use dossier::render::{Frames, Templates};
use dossier::{Site, link, lint, parse, render, resolve};
use edits::{Edit, edits};

/// Edits of each kind.
const TIMES: usize = 9;

/// What is timed, in its order.
const STAGES: &[&str] =
    &["read", "parse", "resolve", "link", "lint", "routes", "orders", "templates", "finish", "page", "drop"];

#[derive(Default)]
struct Memo {
    parsed: parse::Memo,
    resolved: resolve::Memo,
    linked: link::Memo,
    linted: lint::Memo,
    routes: routes::Memo,
    locale: Kept<String, Locale>,
    orders: order::Memo,
    templates: Kept<render::MadeFrom, Templates>,
}

fn main() {
    let articles = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(10_000);
    let corpus = corpus::corpus(articles, 1);
    let folder = edits::written(&corpus.files);
    let root = folder.path();
    println!("{articles} articles, {} annotations; median ms of {TIMES} edits", corpus.annotations.len());
    drop(corpus);
    print!("{:>12}", "");
    STAGES.iter().chain(&["all"]).for_each(|stage| print!("{stage:>10}"));
    println!();
    let mut memo = Memo::default();
    let mut inputs = Arc::new(read::folder(root, Options::default()).expect("a folder"));
    let mut laps = Laps::default();
    let mut site = build(&inputs, &mut memo, &mut laps);
    laps.line("first");
    for edit in edits(articles) {
        let path = root.join(&edit.file);
        let original = fs::read_to_string(&path).unwrap_or_else(|_| edits::template());
        let mut laps: Vec<Laps> = Vec::new();
        for n in 0..TIMES {
            let mut lap = Laps::default();
            edits::put(&path, &edit.after(&original, n));
            lap.start();
            inputs = Arc::new(read::apply(root, &inputs, std::slice::from_ref(&path)).expect("a folder"));
            lap.lap();
            let next = build(&inputs, &mut memo, &mut lap);
            lap.start();
            show(&next, &edit, n);
            lap.lap();
            lap.start();
            drop(std::mem::replace(&mut site, next));
            lap.lap();
            laps.push(lap);
        }
        Laps::median(&laps).line(edit.name);
        edit.undo(&path, &original);
        inputs = Arc::new(read::apply(root, &inputs, &[path]).expect("a folder"));
        site = build(&inputs, &mut memo, &mut Laps::default());
    }
    drop(site);
}

/// The pipeline of `dossier::rebuild`, a lap a stage.
fn build(inputs: &Arc<Inputs>, memo: &mut Memo, laps: &mut Laps) -> Site {
    let mut diags = Diagnostics::default();
    laps.start();
    let parsed = parse::parse(inputs, &mut memo.parsed, &mut diags);
    laps.lap();
    let dossier = resolve::resolve(inputs, &parsed, &mut memo.resolved, &mut diags);
    laps.lap();
    let links = link::link(inputs, &dossier, &mut memo.linked, &mut diags);
    laps.lap();
    lint::lint(inputs, &dossier, &links, &mut memo.linted, &mut diags);
    laps.lap();
    let routes = routes::routes(inputs, &dossier, &links, &mut memo.routes, &mut diags);
    laps.lap();
    let language = &dossier.settings.language;
    let locale = memo.locale.get(language.clone(), || Locale::or_english(language));
    let orders = Orders::new(&dossier, &links, &locale, &mut memo.orders);
    laps.lap();
    let templates = memo.templates.get(render::MadeFrom::of(inputs, &dossier, &locale), || {
        render::templates(inputs, &dossier, &locale, &mut diags)
    });
    laps.lap();
    drop(diags.finish(inputs));
    laps.lap();
    let frames = Frames::default();
    Site { inputs: inputs.clone(), dossier, links, routes, orders, locale, templates, frames }
}

fn show(site: &Site, edit: &Edit, n: usize) {
    let mut page = Vec::new();
    site.render_to(edit.page.trim_start_matches('/'), &mut page).expect("the templates are good");
    assert!(String::from_utf8_lossy(&page).contains(&edit.word(n)), "{} does not show {}", edit.page, edit.file);
}

/// How long each stage took, in ms.
#[derive(Clone, Default)]
struct Laps {
    from: Option<Instant>,
    took: Vec<f64>,
}

impl Laps {
    fn start(&mut self) {
        self.from = Some(Instant::now());
    }

    fn lap(&mut self) {
        let now = Instant::now();
        self.took.extend(self.from.map(|from| (now - from).as_secs_f64() * 1e3));
        self.from = Some(now);
    }

    fn median(all: &[Self]) -> Self {
        let stage = |stage: usize| {
            let mut took: Vec<f64> = all.iter().map(|laps| laps.took[stage]).collect();
            took.sort_by(f64::total_cmp);
            took[took.len() / 2]
        };
        Self { from: None, took: (0..STAGES.len()).map(stage).collect() }
    }

    fn line(&self, name: &str) {
        print!("{name:>12}");
        // The first build has neither been read nor is a page of it asked for.
        (self.took.len()..STAGES.len()).take(1).for_each(|_| print!("{:>10}", ""));
        self.took.iter().for_each(|ms| print!("{ms:10.1}"));
        println!("{:10.1}", self.took.iter().sum::<f64>());
    }
}
