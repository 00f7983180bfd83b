//! A copy of a site against its manifest: what is missing, changed, or there and not listed.

mod web;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::manifest::{Entry, Manifest};
use super::write::MARK;

pub use web::website;

/// What a copy is, beside what it should be. Paths are those of the manifest, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Files that are listed and not there.
    pub missing: Vec<String>,
    /// Files whose bytes are others than those that were written.
    pub changed: Vec<String>,
    /// Files that are there and not listed. Of a website nobody can tell.
    pub extra: Vec<String>,
    /// Files that a host keeps to itself: settings that it reads, hidden files.
    pub kept: Vec<String>,
    /// Pages whose address the host leads on to another file of the site, which is as it should be.
    pub led_on: Vec<String>,
}

impl Report {
    /// Whether the copy is the site.
    pub fn is_whole(&self) -> bool {
        self.missing.is_empty() && self.changed.is_empty() && self.extra.is_empty()
    }
}

/// Why a copy could not be looked at.
#[derive(Debug)]
pub enum VerifyError {
    /// A file of this machine cannot be read.
    Io(PathBuf, io::Error),
    /// There is no manifest, or what stands there is none; and why.
    Manifest(String),
    /// The network, or the program that asks it, failed; and how.
    Network(String),
}

/// The manifest in a file.
///
/// # Errors
/// It cannot be read, or is no manifest.
pub fn manifest(path: &Path) -> Result<Manifest, VerifyError> {
    let bytes = read(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => VerifyError::Manifest(format!("there is no `{}`", path.display())),
        _ => VerifyError::Io(path.to_path_buf(), error),
    })?;
    Manifest::from_json(&bytes)
        .map_err(|why| VerifyError::Manifest(format!("`{}` is no manifest of a site: {why}", path.display())))
}

/// Reads a file: a pipe would be waited for, and a device has no end.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    match fs::metadata(path)?.is_file() {
        true => fs::read(path),
        false => Err(io::Error::other("it is something else than a file")),
    }
}

/// A copy in a folder.
///
/// # Errors
/// A file or folder cannot be read.
pub fn folder(folder: &Path, manifest: &Manifest) -> Result<Report, VerifyError> {
    let all = manifest.with_itself();
    let files: Vec<(&String, &Entry)> = all.iter().collect();
    let states = files.into_par_iter().map(|(path, entry)| Ok((path, state(&folder.join(path), entry)?)));
    let states: Vec<(&String, State)> = states.collect::<Result<_, VerifyError>>()?;
    let of =
        |wanted: State| states.iter().filter(|(_, state)| *state == wanted).map(|(path, _)| (*path).clone()).collect();
    let there = listed(folder)?;
    let extra = there.into_iter().filter(|path| !all.contains_key(path) && path != MARK);
    Ok(Report { missing: of(State::Missing), changed: of(State::Changed), extra: extra.collect(), ..Report::default() })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Same,
    Missing,
    Changed,
}

fn state(path: &Path, entry: &Entry) -> Result<State, VerifyError> {
    let at = |error| VerifyError::Io(path.to_path_buf(), error);
    match fs::metadata(path) {
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            Ok(State::Missing)
        }
        Err(error) => Err(at(error)),
        Ok(metadata) if !metadata.is_file() || metadata.len() != entry.size => Ok(State::Changed),
        Ok(_) if Entry::of_file(path).map_err(at)? == *entry => Ok(State::Same),
        Ok(_) => Ok(State::Changed),
    }
}

/// Every file below a folder, by path from it. A repository's own files are no part of a copy.
fn listed(folder: &Path) -> Result<BTreeSet<String>, VerifyError> {
    let mut files = BTreeSet::new();
    let walk = WalkDir::new(folder).into_iter().filter_entry(|entry| entry.depth() != 1 || entry.file_name() != ".git");
    for entry in walk {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(folder).to_path_buf();
            VerifyError::Io(path, error.into())
        })?;
        if !entry.file_type().is_dir()
            && let Ok(path) = entry.path().strip_prefix(folder)
        {
            let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
            files.insert(parts.join("/"));
        }
    }
    Ok(files)
}
