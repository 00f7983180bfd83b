//! A copy on the web, asked for by `curl`, which has the machine's certificates and proxies.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use url::Url;

use super::{Report, VerifyError};
use crate::edge::manifest::{self, Entry, Manifest};
use crate::edge::program;

/// So many files are asked for by one `curl`, and stand on the disk at once.
const BATCH: usize = 200;

/// So many requests are under way at once: as many as a browser sends.
const AT_ONCE: &str = "6";

/// The manifest of a site on the web, and a copy of it against that manifest or a given one. `progress` is told how many files
/// have been looked at, and of how many.
///
/// # Errors
/// The network failed, there is no manifest, or `curl` is missing.
pub fn website(
    address: &Url,
    manifest: Option<Manifest>,
    mut progress: impl FnMut(usize, usize),
) -> Result<(Manifest, Report), VerifyError> {
    let scratch = tempfile::tempdir().map_err(|error| VerifyError::Io(std::env::temp_dir(), error))?;
    let manifest = match manifest {
        Some(manifest) => manifest,
        None => fetch_manifest(address, &scratch)?,
    };
    let right: BTreeSet<Entry> = manifest.files.values().copied().collect();
    let all = manifest.with_itself();
    let files: Vec<(&String, &Entry)> = all.iter().collect();
    let mut report = Report::default();
    for (number, batch) in files.chunks(BATCH).enumerate() {
        let paths: Vec<&str> = batch.iter().map(|(path, _)| path.as_str()).collect();
        let answers = fetch(address, &paths, &scratch)?;
        for (index, (path, entry)) in batch.iter().enumerate() {
            let Some(answer) = answers.get(&index) else { continue };
            match answer {
                Answer { entry: Some(found), .. } if found == *entry => {}
                Answer { entry: Some(found), led_on: true } if right.contains(found) => {
                    report.led_on.push((*path).clone());
                }
                Answer { entry: Some(_), .. } => report.changed.push((*path).clone()),
                Answer { entry: None, .. } if is_for_hosts(path) => report.kept.push((*path).clone()),
                Answer { entry: None, .. } => report.missing.push((*path).clone()),
            }
        }
        progress((number * BATCH + batch.len()).min(files.len()), files.len());
    }
    Ok((manifest, report))
}

/// What a host may keep to itself: its settings, and hidden files.
fn is_for_hosts(path: &str) -> bool {
    matches!(path, "_headers" | "_redirects") || path.split('/').any(|part| part.starts_with('.'))
}

fn fetch_manifest(address: &Url, scratch: &TempDir) -> Result<Manifest, VerifyError> {
    let answers = fetch(address, &[manifest::PATH], scratch)?;
    if answers.get(&0).is_none_or(|answer| answer.entry.is_none()) {
        return Err(VerifyError::Manifest(format!("there is no `{}` at {address}", manifest::PATH)));
    }
    super::manifest(&saved(scratch, 0)).map_err(|error| match error {
        VerifyError::Manifest(_) => {
            VerifyError::Manifest(format!("`{}` at {address} is no manifest of a site", manifest::PATH))
        }
        other => other,
    })
}

/// What came of one request.
struct Answer {
    /// What was sent; `None` for a file that is not there.
    entry: Option<Entry>,
    /// Whether the host led on to another address.
    led_on: bool,
}

fn saved(scratch: &TempDir, number: usize) -> PathBuf {
    scratch.path().join(number.to_string())
}

/// Asks for files, and gives the answers by their number. What is saved stands in `scratch` until the next batch.
fn fetch(address: &Url, paths: &[&str], scratch: &TempDir) -> Result<BTreeMap<usize, Answer>, VerifyError> {
    let mut settings = String::from(
        "silent\nshow-error\nfail\nlocation\nmax-redirs = 5\nproto = \"=http,https\"\nretry = 3\nconnect-timeout = 20\n\
         write-out = \"%{urlnum} %{http_code} %{num_redirects}\\n\"\n",
    );
    let _ = writeln!(settings, "parallel\nparallel-max = {AT_ONCE}");
    for (number, path) in paths.iter().enumerate() {
        let _ = fs::remove_file(saved(scratch, number));
        let _ = writeln!(settings, "url = \"{}\"\noutput = \"{number}\"", below(address, path));
    }
    let (lines, problem) = curl(&settings, scratch.path())?;
    let mut answers = BTreeMap::new();
    for line in lines.lines() {
        let mut words = line.split(' ').map(|word| word.parse::<usize>().unwrap_or_default());
        let (Some(number), Some(status), Some(redirects)) = (words.next(), words.next(), words.next()) else {
            continue;
        };
        let file = saved(scratch, number);
        let entry = match status {
            200..300 => Some(Entry::of_file(&file).map_err(|error| VerifyError::Io(file, error))?),
            400..500 => None,
            _ => return Err(VerifyError::Network(reason(address, status, &problem))),
        };
        answers.insert(number, Answer { entry, led_on: redirects > 0 });
    }
    match answers.len() == paths.len() {
        true => Ok(answers),
        false => Err(VerifyError::Network(reason(address, 0, &problem))),
    }
}

fn reason(address: &Url, status: usize, problem: &str) -> String {
    match (status, problem.lines().next()) {
        (100.., _) => format!("{address} answered with status {status}"),
        (_, Some(line)) => format!("{address} could not be asked: {}", line.trim_start_matches("curl: ")),
        (_, None) => format!("{address} could not be asked"),
    }
}

/// Runs `curl` in a folder; its lines, and what it complained of.
fn curl(settings: &str, folder: &Path) -> Result<(String, String), VerifyError> {
    let mut curl = Command::new("curl");
    curl.args(["--disable", "--config", "-"]).current_dir(folder);
    match program::run(&mut curl, settings.as_bytes()) {
        Ok(ended) => Ok((ended.text(), ended.said)),
        Err(error) => {
            let message = format!("`curl` is needed to ask a website, and could not be started: {error}");
            Err(VerifyError::Network(message))
        }
    }
}

/// The address of a file below the site's.
fn below(address: &Url, path: &str) -> Url {
    let mut address = address.clone();
    address.set_query(None);
    address.set_fragment(None);
    if let Ok(mut segments) = address.path_segments_mut() {
        segments.pop_if_empty().extend(path.split('/'));
    }
    address
}
