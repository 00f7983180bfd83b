//! The stages of one build, each with its time, its speed and the most memory that was in use while it ran.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use dossier::base::diag::Diagnostics;
use dossier::base::input::Options;
use dossier::derive::order::{self, Orders};
use dossier::derive::routes::{self, PageKey};
use dossier::edge::write::last;
use dossier::edge::{read, write};
use dossier::locale::Locale;
use dossier::render::Frames;
use dossier::{Site, link, lint, parse, render, resolve};
use rayon::prelude::*;

/// Runs the stages over the dossier in `root`; `pages` asks for the pages that take the most time.
pub(crate) fn stages(root: &Path, pages: bool) {
    let whole = Watch::start();
    println!("\n{:<20} {:>9} {:>9} {:>9} {:>9}", name(root), "ms", "cpu ms", "MB/s", "peak MB");
    let watch = Watch::start();
    let inputs = Arc::new(read::folder(root, Options::default()).expect("the folder was written"));
    let bytes = inputs.files.iter().map(|file| file.text.len()).sum();
    watch.line("read", bytes);
    timed("hash", bytes, || last::made_from(root, &inputs, None));
    let mut diags = Diagnostics::default();
    let parsed = timed("parse", bytes, || parse::parse(&inputs, &mut parse::Memo::default(), &mut diags));
    let dossier =
        timed("resolve", bytes, || resolve::resolve(&inputs, &parsed, &mut resolve::Memo::default(), &mut diags));
    let found = timed("locate", bytes, || link::find(&inputs, &dossier, &mut link::Memo::default(), &mut diags));
    let links = timed("link", bytes, || link::connect(&dossier, found, &mut link::Memo::default()));
    timed("lint", bytes, || lint::lint(&inputs, &dossier, &links, &mut lint::Memo::default(), &mut diags));
    let routes =
        timed("routes", bytes, || routes::routes(&inputs, &dossier, &links, &mut routes::Memo::default(), &mut diags));
    let locale = Arc::new(Locale::or_english(&dossier.settings.language));
    let orders = timed("orders", bytes, || Orders::new(&dossier, &links, &locale, &mut order::Memo::default()));
    let templates = timed("templates", bytes, || Arc::new(render::templates(&inputs, &dossier, &locale, &mut diags)));
    let frames = Frames::default();
    let site = Site { inputs, dossier, links, routes, orders, locale, templates, frames };
    let watch = Watch::start();
    let made = render_all(&site);
    let total = made.iter().map(|made| made.bytes).sum();
    watch.line("derive, render", total);
    let output = root.join("public");
    let _ = fs::remove_dir_all(&output);
    timed("the same, and write", total, || write::write(&site, root, &output).expect("the folder can be written"));
    timed("nothing to write", total, || write::write(&site, root, &output).expect("the folder can be written"));
    whole.line("all of this", bytes);
    let (read, written) = (site.inputs.files.len(), made.len());
    println!("{read} files of {:.1} MB became {written} of {:.1} MB", megabytes(bytes), megabytes(total));
    if pages {
        by_folder(&made);
    }
}

fn name(root: &Path) -> String {
    root.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// A file that was made.
struct Made<'a> {
    route: &'a str,
    seconds: f64,
    bytes: usize,
}

fn render_all(site: &Site) -> Vec<Made<'_>> {
    let all: Vec<(&String, &PageKey)> = site.routes.pages.iter().collect();
    let made = all.par_iter().map_init(Vec::new, |buffer, (route, _)| {
        buffer.clear();
        let start = Instant::now();
        site.render_to(route, buffer).expect("built-in templates are good");
        Made { route, seconds: start.elapsed().as_secs_f64(), bytes: buffer.len() }
    });
    made.collect()
}

/// How long the files of each folder took together, on one core, and how large they are; then the slowest, and the largest.
fn by_folder(made: &[Made<'_>]) {
    let mut folders: BTreeMap<&str, (usize, f64, usize)> = BTreeMap::new();
    for one in made {
        let folder = one.route.split_once('/').map_or("", |(folder, _)| folder);
        let (count, seconds, bytes) = folders.entry(folder).or_default();
        (*count, *seconds, *bytes) = (*count + 1, *seconds + one.seconds, *bytes + one.bytes);
    }
    let show = |name: &str, seconds: f64, bytes: usize| {
        println!("{name:>32} {:9.1} ms {:9.3} MB", seconds * 1e3, megabytes(bytes));
    };
    folders
        .iter()
        .for_each(|(folder, (count, seconds, bytes))| show(&format!("{count} in {folder}/"), *seconds, *bytes));
    let mut all: Vec<&Made<'_>> = made.iter().collect();
    all.sort_by(|a, b| b.seconds.total_cmp(&a.seconds));
    all.iter().take(8).for_each(|one| show(one.route, one.seconds, one.bytes));
    all.sort_by_key(|one| std::cmp::Reverse(one.bytes));
    all.iter().take(8).for_each(|one| show(one.route, one.seconds, one.bytes));
}

fn timed<T>(stage: &str, bytes: usize, work: impl FnOnce() -> T) -> T {
    let watch = Watch::start();
    let result = work();
    watch.line(stage, bytes);
    result
}

/// What a stage has used since it began.
struct Watch {
    start: Instant,
    processor: f64,
}

impl Watch {
    fn start() -> Self {
        // From here on the system counts the peak anew, where it can.
        let _ = fs::write("/proc/self/clear_refs", "5");
        Self { start: Instant::now(), processor: processor() }
    }

    /// Prints the line of a stage that went through `bytes`.
    fn line(&self, stage: &str, bytes: usize) {
        let seconds = self.start.elapsed().as_secs_f64();
        let (cpu, speed) = (processor() - self.processor, megabytes(bytes) / seconds);
        println!("{stage:<20} {:9.0} {:9.0} {speed:9.0} {:>9}", seconds * 1e3, cpu * 1e3, peak());
    }
}

/// The seconds that this process has used on all processors, in steps of a hundredth, where the system tells.
fn processor() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(") ").next().unwrap_or_default().split(' ');
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// The most memory that was in use since the last start, in MB, where the system tells.
fn peak() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.map_or("?".to_owned(), |kilobytes| (kilobytes * 1024 / 1_000_000).to_string())
}

#[expect(clippy::cast_precision_loss, reason = "shown with one digit")]
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}
