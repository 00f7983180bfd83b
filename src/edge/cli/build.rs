//! `dossier build`: write the site.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use clap::Args;

use super::super::write::{self, Edited, Lock, Searched, WriteError, Written, last, noted};
use super::super::{printed, report};
use super::terminal::{say, tell};
use super::{DONE, ERRORS, Failure, Globals, MACHINE, Outcome, USAGE, count};
use crate::Site;
use crate::base::address;
use crate::base::diag::Diagnostics;
use crate::base::input::{Inputs, Options};

/// So many files are named in one note.
const NAMED: usize = 5;

#[derive(Args)]
pub(super) struct BuildArgs {
    /// Where to write it [default: `output` of `[build]` in site.toml, or `public`]
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// The address it will have, instead of `base_url` in site.toml
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// With records that have `draft: true`
    #[arg(long)]
    drafts: bool,
    /// Without a search for readers
    #[arg(long)]
    no_search: bool,
    #[cfg(feature = "serve")]
    #[command(flatten)]
    watch: super::watch::WatchArgs,
}

pub(super) fn run(globals: &Globals, args: &BuildArgs) -> Outcome {
    let root = globals.root()?;
    let base_url = args.base_url.clone();
    if let Some(address) = base_url.as_deref().filter(|address| address::web(address).is_none()) {
        let message = format!("`{address}` is not an address: write it whole, such as `https://example.org/dossier/`");
        return Err(Failure::new(USAGE, message));
    }
    let options = Options { drafts: args.drafts, base_url, no_search: args.no_search, ..Options::default() };
    #[cfg(feature = "serve")]
    if args.watch.watch {
        return super::watch::run(globals, &args.watch, &root, args.output.as_deref(), options);
    }
    let started = Instant::now();
    let inputs = super::inputs(&root, options)?;
    let asked = args.output.as_deref();
    let took = || format!(" in {} ms\n", started.elapsed().as_millis());
    let made_from = last::made_from(&root, &inputs, asked);
    if let Some(last) = made_from.and_then(|made_from| last::still_stands(&root, asked, made_from)) {
        globals.show(&inputs, &last.found);
        if !globals.quiet {
            say(&(last.told + &took()))?;
        }
        return Ok(DONE);
    }
    let (mut site, diags) = checked(globals, &inputs, crate::build(&inputs), &root, asked)?;
    // A sixth of the texts, which pages need no more: the room is theirs.
    site.inputs = Arc::new(site.inputs.without_yaml());
    drop(inputs);
    // Held to the end: what is remembered is what this build left.
    let (written, output, _lock) = write(globals, &site, &root, asked)?;
    let told = closing(&site, &written, &output);
    if let Some(made_from) = made_from {
        last::remember(&root, asked, &site.dossier.settings.build.output, made_from, diags, told.clone());
    }
    if !globals.quiet {
        say(&indexed(&written.search))?;
        say(&(told + &took()))?;
    }
    // The program ends here, and the system takes its memory faster as a whole than in a million pieces.
    std::mem::forget(site);
    Ok(DONE)
}

/// The site made of these inputs and its findings, which are printed; a failure when there are errors among them.
pub(super) fn checked(
    globals: &Globals,
    inputs: &Arc<Inputs>,
    (site, diags): (Site, Diagnostics),
    root: &Path,
    asked: Option<&Path>,
) -> Result<(Site, Diagnostics), Failure> {
    globals.show(inputs, &diags);
    if diags.errors() == 0 {
        return Ok((site, diags));
    }
    // What stands there must not depend on whether the next edit was a good one.
    let _ = write::recover(root, &output(&site, root, asked));
    let summary = report::summary(&diags).unwrap_or_default();
    Err(Failure::new(ERRORS, format!("{summary}; nothing was written")))
}

/// Where the site is written: where `asked` says, or `site.toml`.
pub(super) fn output(site: &Site, root: &Path, asked: Option<&Path>) -> PathBuf {
    last::place(root, asked, &site.dossier.settings.build.output)
}

/// Writes the site where `asked` says, or `site.toml`; what was written, what to call the folder, and the lock: until it is dropped,
/// no other build replaces what was written.
pub(super) fn write(
    globals: &Globals,
    site: &Site,
    root: &Path,
    asked: Option<&Path>,
) -> Result<(Written, PathBuf, Option<Lock>), Failure> {
    let configured = Path::new(&site.dossier.settings.build.output);
    let output = output(site, root, asked);
    let written = write::write_and_hold(site, root, &output);
    let (written, lock) = written.map_err(|error| explain(globals, site, error))?;
    tell(&notes(&written, root, &output));
    Ok((written, asked.unwrap_or(configured).to_path_buf(), lock))
}

/// What an editor has to know of the output, a line each. Names of files may hold anything.
fn notes(written: &Written, root: &Path, output: &Path) -> String {
    let left = written.left.iter().map(|(path, error)| format!("`{}` could not be removed: {error}", path.display()));
    let edited = written.edited.iter().take(NAMED).map(|Edited { file, copy }| {
        let (file, copy) = (file.display(), copy.display());
        format!("`{file}` was changed by hand and is written anew; what stood there is kept as `{copy}`")
    });
    let more = written.edited.len().saturating_sub(NAMED);
    let edited = edited.chain((more > 0).then(|| format!("so were {}", count(more, "other file", "other files"))));
    let folder = write::locate(root, output).unwrap_or_else(|_| output.to_path_buf());
    let new = noted::note(root, &folder, &written.foreign);
    let kept =
        (!new.is_empty()).then(|| format!("`{}` keeps what dossier did not write: {}", output.display(), some(&new)));
    let lines = left.chain(edited).chain(kept);
    lines.map(|line| format!("note: {}\n", printed::on_one_line(&line))).collect()
}

/// The first names of many.
fn some(paths: &[PathBuf]) -> String {
    let named: Vec<String> = paths.iter().take(NAMED).map(|path| format!("`{}`", path.display())).collect();
    let more = paths.len() - named.len();
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    named.join(", ") + &more
}

fn explain(globals: &Globals, site: &Site, error: WriteError) -> Failure {
    match error {
        WriteError::Refused(message) => Failure::new(USAGE, message),
        WriteError::Hindered(message) => Failure::new(MACHINE, message),
        WriteError::Io(path, error) => {
            Failure::new(MACHINE, format!("`{}` could not be written: {error}", path.display()))
        }
        WriteError::Source(path, error) => Failure::new(
            MACHINE,
            format!("`{}` could not be read: {error}; what was there before the build still is", path.display()),
        ),
        WriteError::Page(problem) => {
            let mut found = Diagnostics::default();
            found.push(*problem);
            globals.show(&site.inputs, &found);
            Failure::new(ERRORS, "1 error; nothing was written")
        }
    }
}

/// `indexed 310 records by 5102 words for the search: 17 files, 281 kB, in 6 ms`; nothing without a search.
fn indexed(search: &Searched) -> String {
    if search.files == 0 {
        return String::new();
    }
    let (records, words) = (count(search.records, "record", "records"), count(search.words, "word", "words"));
    let (files, took) = (count(search.files, "file", "files"), search.took.as_millis());
    format!("indexed {records} by {words} for the search: {files}, {} kB, in {took} ms\n", search.size.div_ceil(1000))
}

/// `built 97 pages (5 articles, 31 entities, 12 events, 15 checks, 12 figures) into public`
pub(super) fn closing(site: &Site, written: &Written, output: &Path) -> String {
    let dossier = &site.dossier;
    let counts = [
        count(dossier.articles.len(), "article", "articles"),
        count(dossier.entities.len(), "entity", "entities"),
        count(dossier.events.len(), "event", "events"),
        count(dossier.checks.len(), "check", "checks"),
        count(dossier.figures.len(), "figure", "figures"),
    ];
    let pages = count(written.pages, "page", "pages");
    format!("built {pages} ({}) into {}", counts.join(", "), output.display())
}
