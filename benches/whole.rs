//! Whole processes, as an editor waits for them: what `docs/performance.md` says of times, memory and sizes.
//!
//! ```text
//! cargo bench --bench whole -- [ARTICLES] [--rounds N] [--hugo PROGRAM]        10,000 articles, 3 rounds
//! ```
//!
//! The programs take turns, so that a busy minute of the machine hits all of them; medians are shown. `cp -r` copies what the build
//! has written: a program that writes so many files can hardly be faster.

#![expect(clippy::disallowed_methods, clippy::disallowed_macros, reason = "a benchmark reaches outside")]

mod corpus;
mod hugo;
#[path = "whole/process.rs"]
mod process;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use process::{Run, Table};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let option =
        |name: &str| arguments.iter().position(|argument| argument == name).map(|at| arguments[at + 1].clone());
    let articles = arguments.first().and_then(|argument| argument.parse().ok()).unwrap_or(10_000);
    let rounds = option("--rounds").and_then(|rounds| rounds.parse().ok()).unwrap_or(3);
    println!("{}", process::machine());

    let place = tempfile::tempdir_in(concat!(env!("CARGO_MANIFEST_DIR"), "/target")).expect("a folder");
    let place = place.path();
    sample(place, rounds.max(5));
    let corpus = corpus::corpus(articles, 1);
    let dossier = Dossier::written(&place.join("dossier"), &corpus.files);
    let hugo = option("--hugo").map(|program| Hugo::written(program, &place.join("hugo"), &hugo::site(&corpus)));
    drop(corpus);

    let mut table = Table::default();
    for _ in 0..rounds {
        dossier.measure(&mut table, place);
        hugo.iter().for_each(|hugo| table.add("hugo, the same prose", hugo.clean(place)));
    }
    println!("\n{articles} articles, {rounds} rounds; output without search: {}", size(&dossier.output));
    table.print();
    dossier.compare(&table);
}

/// The program's own sample dossier.
fn sample(place: &Path, rounds: usize) {
    let dossier = Dossier { root: env!("CARGO_MANIFEST_DIR").into(), output: place.join("sample") };
    let mut table = Table::default();
    for _ in 0..rounds {
        put_aside(place, &dossier.output);
        table.add("clean build", dossier.build(&[]));
        table.add("the same again", dossier.build(&[]));
    }
    println!("\nthe sample dossier, {rounds} rounds; output: {}", size(&dossier.output));
    table.print();
    downloads(&dossier.output);
}

/// What a browser loads for each article of the sample: the page, and the style sheets and scripts that it names.
fn downloads(output: &Path) {
    let articles = fs::read_dir(output.join("articles")).expect("a folder").flatten();
    let mut pages: Vec<PathBuf> = articles.map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    pages.sort();
    for page in pages {
        let html = fs::read_to_string(&page).expect("a page");
        let named = html.split('"').filter(|value| value.ends_with(".css") || value.ends_with(".js"));
        let assets: usize =
            named.map(|value| fs::read(output.join("articles").join(value)).map_or(0, |b| b.len())).sum();
        let name = page.file_name().unwrap_or_default().to_string_lossy();
        println!("{name:>32} {:7.1} kB, and {:.1} kB of styles and scripts", kilobytes(html.len()), kilobytes(assets));
    }
}

/// A dossier on the disk, and where it is built.
struct Dossier {
    root: PathBuf,
    output: PathBuf,
}

const CLEAN: &str = "clean build";
const AGAIN: &str = "the same again";
const COPY: &str = "cp -r of its output";

impl Dossier {
    fn written(root: &Path, files: &[(String, String)]) -> Self {
        write(root, files);
        Self { root: root.to_path_buf(), output: root.join("public") }
    }

    fn build(&self, options: &[&str]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dossier"));
        command.args(["build", "--quiet", "--root"]).arg(&self.root).arg("--output").arg(&self.output).args(options);
        process::run(command)
    }

    /// One round.
    fn measure(&self, table: &mut Table, place: &Path) {
        put_aside(place, &self.output);
        table.add("clean build, with search", self.build(&[]));
        put_aside(place, &self.output);
        table.add(CLEAN, self.build(&["--no-search"]));
        table.add(AGAIN, self.build(&["--no-search"]));
        let article = self.root.join("content/articles/a1.md");
        let text = fs::read_to_string(&article).expect("an article");
        fs::write(&article, format!("{text}\nOne sentence more.\n")).expect("a file");
        table.add("one article changed", self.build(&["--no-search"]));
        fs::write(&article, text).expect("a file");
        let copy = place.join("copy");
        let mut command = Command::new("cp");
        command.arg("-r").arg(&self.output).arg(&copy);
        table.add(COPY, process::run(command));
        put_aside(place, &copy);
    }

    fn compare(&self, table: &Table) {
        for (over, under) in [(CLEAN, COPY), (AGAIN, CLEAN), (CLEAN, "hugo, the same prose")] {
            if let (Some(over_s), Some(under_s)) = (table.wall(over), table.wall(under)) {
                println!("{over}: {:.2} × {under}", over_s / under_s);
            }
        }
    }
}

/// The same prose for Hugo.
struct Hugo {
    program: String,
    root: PathBuf,
}

impl Hugo {
    fn written(program: String, root: &Path, files: &[(String, String)]) -> Self {
        write(root, files);
        Self { program, root: root.to_path_buf() }
    }

    fn clean(&self, place: &Path) -> Run {
        let output = self.root.join("public");
        let mut command = Command::new(&self.program);
        command.args(["--quiet", "--source"]).arg(&self.root).arg("--destination").arg(&output);
        let run = process::run(command);
        put_aside(place, &output);
        run
    }
}

fn write(root: &Path, files: &[(String, String)]) {
    for (path, text) in files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
}

/// Puts a folder out of the way. It is removed with all others at the end: for some minutes after thousands of files were removed,
/// ext4 looks at each of their numbers before it gives one to a new file, and whoever writes next pays for it.
fn put_aside(place: &Path, folder: &Path) {
    let number = fs::read_dir(place).map_or(0, Iterator::count);
    let _ = fs::rename(folder, place.join(format!("aside-{number}")));
}

/// `37684 files, 558.1 MB`
fn size(folder: &Path) -> String {
    let files = walkdir::WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    let sizes: Vec<usize> = files.map(|entry| entry.metadata().map_or(0, |m| m.len() as usize)).collect();
    format!("{} files, {:.1} MB", sizes.len(), kilobytes(sizes.iter().sum()) / 1e3)
}

#[expect(clippy::cast_precision_loss, reason = "shown with one digit")]
fn kilobytes(bytes: usize) -> f64 {
    bytes as f64 / 1e3
}
