//! `dossier verify`: a copy of the site against its manifest.

use std::path::{Path, PathBuf};

use clap::Args;
use url::Url;

use super::super::manifest::{self, Manifest};
use super::super::printed;
use super::super::verify::{self, Report, VerifyError};
use super::terminal::{Progress, say, tell};
use super::{DONE, ERRORS, Failure, Globals, MACHINE, Outcome, USAGE, count};
use crate::base::hash::Sha256;

#[derive(Args)]
pub(super) struct VerifyArgs {
    /// The copy: a folder, or the address of a website
    #[arg(value_name = "DIR|URL")]
    copy: String,
    /// What it should be [default: the copy's own `manifest.json`]
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
}

pub(super) fn run(globals: &Globals, args: &VerifyArgs) -> Outcome {
    let given = args.manifest.as_deref().map(verify::manifest).transpose().map_err(explain)?;
    let (manifest, report) = match website(&args.copy)? {
        Some(address) => {
            let mut progress = Progress::new(globals, "compared", "file", "files");
            verify::website(&address, given, |done, of| progress.show(done, of)).map_err(explain)?
        }
        None => folder(Path::new(&args.copy), given)?,
    };
    say(&listing(&report))?;
    if !globals.quiet {
        tell(&notes(&report));
        say(&format!("{}\n", closing(&manifest, &report)))?;
    }
    Ok(if report.is_whole() { DONE } else { ERRORS })
}

/// The address of a website; `None` for what is no address but a path.
fn website(copy: &str) -> Result<Option<Url>, Failure> {
    match Url::parse(copy) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(Some(url)),
        Ok(url) if copy.contains("://") => Err(Failure::new(
            USAGE,
            format!("`{}://` is not asked: name a folder, or an `https://` address", url.scheme()),
        )),
        _ => Ok(None),
    }
}

fn folder(folder: &Path, given: Option<Manifest>) -> Result<(Manifest, Report), Failure> {
    if !folder.is_dir() {
        return Err(Failure::new(USAGE, format!("there is no folder `{}`", folder.display())));
    }
    let manifest = match given {
        Some(manifest) => manifest,
        None => verify::manifest(&folder.join(manifest::PATH)).map_err(explain)?,
    };
    let report = verify::folder(folder, &manifest).map_err(explain)?;
    Ok((manifest, report))
}

fn explain(error: VerifyError) -> Failure {
    let message = match error {
        VerifyError::Io(path, error) => format!("`{}` cannot be read: {error}", path.display()),
        VerifyError::Manifest(why) => {
            format!("{why}; a copy can only be compared with the manifest that was written with it")
        }
        VerifyError::Network(why) => why,
    };
    Failure::new(MACHINE, message)
}

/// A line a file that is not as it should be.
fn listing(report: &Report) -> String {
    let kinds = [("missing", &report.missing), ("changed", &report.changed), ("extra", &report.extra)];
    kinds
        .iter()
        .flat_map(|(word, paths)| paths.iter().map(move |path| format!("{word}  {}\n", printed::on_one_line(path))))
        .collect()
}

fn notes(report: &Report) -> String {
    let mut notes = String::new();
    if !report.kept.is_empty() {
        notes += &format!("the host keeps to itself: {}\n", printed::on_one_line(&report.kept.join(", ")));
    }
    if !report.led_on.is_empty() {
        let files = count(report.led_on.len(), "address", "addresses");
        notes += &format!("the host leads {files} on to the page that took its place\n");
    }
    notes
}

/// The manifest's own hash lets two copies be compared by one line.
fn closing(manifest: &Manifest, report: &Report) -> String {
    let (files, hash) = (count(manifest.files.len(), "file", "files"), Sha256::of(&manifest.to_json()));
    match report.is_whole() {
        true => format!("whole: {files}, as the manifest with SHA-256 {hash} says"),
        false => {
            let Report { missing, changed, extra, .. } = report;
            format!(
                "not whole: {} missing, {} changed, {} extra, of {files}",
                missing.len(),
                changed.len(),
                extra.len()
            )
        }
    }
}
