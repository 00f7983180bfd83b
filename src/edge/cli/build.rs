//! `dossier build`: write the site.

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;

use super::super::report;
use super::super::write::{self, WriteError, Written};
use super::terminal::{say, tell};
use super::{DONE, ERRORS, Failure, Globals, MACHINE, Outcome, USAGE, count};
use crate::Site;
use crate::base::address;
use crate::base::diag::Diagnostics;
use crate::base::input::Options;

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
}

pub(super) fn run(globals: &Globals, args: &BuildArgs) -> Outcome {
    let root = globals.root()?;
    let base_url = args.base_url.clone();
    if let Some(address) = base_url.as_deref().filter(|address| address::web(address).is_none()) {
        let message = format!("`{address}` is not an address: write it whole, such as `https://example.org/dossier/`");
        return Err(Failure::new(USAGE, message));
    }
    let started = Instant::now();
    let options = Options { drafts: args.drafts, base_url };
    let (site, output) = prepare(globals, &root, options, args.output.as_deref())?;
    let written = write(globals, &site, &root, &output)?;
    if !globals.quiet {
        let shown = args.output.as_deref().unwrap_or(Path::new(&site.dossier.settings.build.output));
        say(&closing(&site, &written, shown, started));
    }
    Ok(DONE)
}

/// A site without errors, and the folder that it is for: the one that is asked for, or that of site.toml.
pub(super) fn prepare(
    globals: &Globals,
    root: &Path,
    options: Options,
    output: Option<&Path>,
) -> Result<(Site, PathBuf), Failure> {
    let inputs = super::inputs(root, options)?;
    let (site, diags) = crate::build(&inputs);
    globals.show(&inputs, &diags);
    let output = output.map_or_else(|| root.join(&site.dossier.settings.build.output), Path::to_path_buf);
    if diags.errors() > 0 {
        // What stands there must not depend on whether the next edit was a good one.
        let _ = write::recover(root, &output);
        let summary = report::summary(&diags).unwrap_or_default();
        return Err(Failure::new(ERRORS, format!("{summary}; nothing was written")));
    }
    Ok((site, output))
}

/// Writes it.
pub(super) fn write(globals: &Globals, site: &Site, root: &Path, output: &Path) -> Result<Written, Failure> {
    let written = write::write(site, root, output).map_err(|error| explain(globals, site, error))?;
    for (path, error) in &written.left {
        tell(&format!("note: `{}` is of no use any more and could not be removed: {error}\n", path.display()));
    }
    Ok(written)
}

fn explain(globals: &Globals, site: &Site, error: WriteError) -> Failure {
    match error {
        WriteError::Refused(message) => Failure::new(USAGE, message),
        WriteError::Hindered(message) => Failure::new(MACHINE, message),
        WriteError::Io(path, error) => {
            Failure::new(MACHINE, format!("`{}` could not be written: {error}", path.display()))
        }
        WriteError::Page(problem) => {
            let mut found = Diagnostics::default();
            found.push(*problem);
            globals.show(&site.inputs, &found);
            Failure::new(ERRORS, "1 error; nothing was written")
        }
    }
}

/// `built 97 pages (5 articles, 31 entities, 12 events, 15 checks, 12 figures) into public in 38 ms`
fn closing(site: &Site, written: &Written, output: &Path, started: Instant) -> String {
    let dossier = &site.dossier;
    let counts = [
        count(dossier.articles.len(), "article", "articles"),
        count(dossier.entities.len(), "entity", "entities"),
        count(dossier.events.len(), "event", "events"),
        count(dossier.checks.len(), "check", "checks"),
        count(dossier.figures.len(), "figure", "figures"),
    ];
    let pages = count(written.pages, "page", "pages");
    let (counts, output, took) = (counts.join(", "), output.display(), started.elapsed().as_millis());
    format!("built {pages} ({counts}) into {output} in {took} ms\n")
}
