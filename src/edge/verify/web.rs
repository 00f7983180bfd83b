//! A copy on the web, asked for by `curl`, which has the machine's certificates and proxies.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use url::Url;

use super::{Report, VerifyError};
use crate::edge::manifest::{self, Entry, Manifest};
use crate::edge::program;

/// So many files are asked for by one `curl`, and stand on the disk at once.
const BATCH: usize = 200;

/// So many requests are under way at once: as many as a browser sends.
const AT_ONCE: &str = "6";

/// No manifest is larger.
const LARGEST_MANIFEST: u64 = 256 << 20;

/// A file that has grown by so much above its size is not the one that was written, whatever is still to come.
const ROOM: u64 = 1 << 16;

/// A batch may take so long, and for each hundred kilobytes of it a second more.
const PATIENCE: Duration = Duration::from_secs(120);

/// A website of which so many files are larger than they should be is not worth the traffic.
const MOST_TOO_LARGE: usize = 20;

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
        let wanted: Vec<Wanted<'_>> = batch.iter().map(|(path, entry)| (path.as_str(), entry.size)).collect();
        let answers = fetch(address, &wanted, &scratch)?;
        for (index, (path, entry)) in batch.iter().enumerate() {
            let Some(answer) = answers.get(&index) else { continue };
            match answer {
                Answer { is_too_large: true, .. } => report.changed.push((*path).clone()),
                Answer { entry: Some(found), .. } if found == *entry => {}
                Answer { entry: Some(found), led_on: true, .. } if right.contains(found) => {
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
    let answers = fetch(address, &[(manifest::PATH, LARGEST_MANIFEST)], scratch)?;
    let answer = answers.get(&0);
    if answer.is_some_and(|answer| answer.is_too_large) {
        let size = LARGEST_MANIFEST >> 20;
        return Err(VerifyError::Manifest(format!("`{}` at {address} is larger than {size} MB", manifest::PATH)));
    }
    if answer.is_none_or(|answer| answer.entry.is_none()) {
        return Err(VerifyError::Manifest(format!("there is no `{}` at {address}", manifest::PATH)));
    }
    super::manifest(&saved(scratch, 0)).map_err(|error| match error {
        VerifyError::Manifest(_) => {
            VerifyError::Manifest(format!("`{}` at {address} is no manifest of a site", manifest::PATH))
        }
        other => other,
    })
}

/// A file to ask for: its path, and its size at most.
type Wanted<'a> = (&'a str, u64);

/// What came of one request.
#[derive(Clone, Copy, Default)]
struct Answer {
    /// What was sent; `None` for a file that is not there.
    entry: Option<Entry>,
    /// Whether the host led on to another address.
    led_on: bool,
    /// Whether more was sent, or announced, than there can be.
    is_too_large: bool,
}

fn saved(scratch: &TempDir, number: usize) -> PathBuf {
    scratch.path().join(number.to_string())
}

/// Asks for files, and gives the answers by their number. What is saved stands in `scratch` until the next batch. A file that does not
/// end is broken off, and the others are asked for again.
fn fetch(address: &Url, wanted: &[Wanted<'_>], scratch: &TempDir) -> Result<BTreeMap<usize, Answer>, VerifyError> {
    (0..wanted.len()).for_each(|number| drop(fs::remove_file(saved(scratch, number))));
    let mut answers = BTreeMap::new();
    for _ in 0..MOST_TOO_LARGE {
        let left: Vec<usize> = (0..wanted.len()).filter(|number| !answers.contains_key(number)).collect();
        if left.is_empty() {
            return Ok(answers);
        }
        let asked = ask(address, wanted, &left, scratch)?;
        answers.extend(asked.answers);
        match asked.too_large {
            Some(number) => drop(answers.insert(number, Answer { is_too_large: true, ..Answer::default() })),
            None if answers.len() == wanted.len() => {}
            None => return Err(VerifyError::Network(reason(address, 0, &asked.problem))),
        }
    }
    Err(VerifyError::Network(format!(
        "{address} sends files that are larger than its manifest says, so it was broken off"
    )))
}

/// What one `curl` has brought.
struct Asked {
    answers: BTreeMap<usize, Answer>,
    /// The file for whose sake it was ended.
    too_large: Option<usize>,
    /// What it complained of.
    problem: String,
}

/// Asks for some of the files at once.
fn ask(address: &Url, wanted: &[Wanted<'_>], left: &[usize], scratch: &TempDir) -> Result<Asked, VerifyError> {
    let sizes = || left.iter().map(|number| wanted[*number].1);
    let (total, largest): (u64, u64) = (sizes().sum(), sizes().max().unwrap_or_default());
    let deadline = Instant::now() + PATIENCE + Duration::from_secs(total / 100_000);
    let is_too_large = |number: &usize| {
        let size = fs::metadata(saved(scratch, *number)).map_or(0, |metadata| metadata.len());
        size > wanted[*number].1 + ROOM
    };
    let (mut too_large, mut is_late) = (None, false);
    let mut curl = Command::new("curl");
    curl.args(["--disable", "--config", "-"]).current_dir(scratch.path());
    let ended = program::run_while(&mut curl, settings(address, wanted, left, largest).as_bytes(), || {
        too_large = left.iter().copied().find(is_too_large);
        is_late = Instant::now() > deadline;
        too_large.is_some() || is_late
    });
    let ended = ended.map_err(|error| {
        VerifyError::Network(format!("`curl` is needed to ask a website, and could not be started: {error}"))
    })?;
    if is_late && too_large.is_none() {
        return Err(VerifyError::Network(format!("{address} takes too long to answer")));
    }
    let lines = ended.text();
    let answers = lines.lines().filter_map(|line| read_line(line, address, left, scratch, &ended.said).transpose());
    Ok(Asked { answers: answers.collect::<Result<_, _>>()?, too_large, problem: ended.said })
}

/// How `curl` is to ask. An address is one address, whatever is in it: brackets are no lists.
fn settings(address: &Url, wanted: &[Wanted<'_>], left: &[usize], largest: u64) -> String {
    let mut settings = String::from(
        "silent\nshow-error\nfail\ngloboff\nlocation\nmax-redirs = 5\nproto = \"=http,https\"\nproto-redir = \"=http,https\"\n\
         retry = 3\nretry-max-time = 60\nconnect-timeout = 20\nspeed-limit = 100\nspeed-time = 30\n\
         write-out = \"%{urlnum} %{http_code} %{num_redirects} %{exitcode}\\n\"\n",
    );
    let _ = writeln!(settings, "max-time = {}\nmax-filesize = {}", 60 + largest / 100_000, largest + 1);
    let _ = writeln!(settings, "parallel\nparallel-max = {AT_ONCE}");
    for number in left {
        let _ = writeln!(settings, "url = \"{}\"\noutput = \"{number}\"", below(address, wanted[*number].0));
    }
    settings
}

/// The code with which `curl` ends where a file is larger than it may be.
const TOO_LARGE: usize = 63;

/// An answer by the number of its file; nothing for a line that says nothing.
fn read_line(
    line: &str,
    address: &Url,
    left: &[usize],
    scratch: &TempDir,
    problem: &str,
) -> Result<Option<(usize, Answer)>, VerifyError> {
    let mut words = line.split(' ').map(|word| word.parse::<usize>().unwrap_or_default());
    let (Some(place), Some(status), Some(redirects), code) = (words.next(), words.next(), words.next(), words.next())
    else {
        return Ok(None);
    };
    let Some(number) = left.get(place).copied() else { return Ok(None) };
    let led_on = redirects > 0;
    let answer = match (status, code) {
        (_, Some(TOO_LARGE)) => Answer { is_too_large: true, ..Answer::default() },
        (200..300, Some(0) | None) => {
            let file = saved(scratch, number);
            // An empty file is not saved by every version.
            let entry = if file.exists() { Entry::of_file(&file) } else { Ok(Entry::of(b"")) };
            let entry = entry.map_err(|error| VerifyError::Io(file, error))?;
            Answer { entry: Some(entry), led_on, ..Answer::default() }
        }
        (400..500, _) => Answer { led_on, ..Answer::default() },
        _ => return Err(VerifyError::Network(reason(address, status, problem))),
    };
    Ok(Some((number, answer)))
}

fn reason(address: &Url, status: usize, problem: &str) -> String {
    match (status, problem.lines().next()) {
        (300.., _) => format!("{address} answered with status {status}"),
        (_, Some(line)) => format!("{address} could not be asked: {}", line.trim_start_matches("curl: ")),
        (_, None) => format!("{address} could not be asked"),
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
