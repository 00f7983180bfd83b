//! `dossier fix`: what the fixes that findings carry make of the editors' files. Each replaces its own bytes and no others.

mod quote;
mod repair;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use similar::TextDiff;

use super::{printed, whole};
use crate::base::input::Inputs;
pub use repair::{Repair, Repaired, repaired};

/// A file as it was and as it will be.
pub struct Change<'a> {
    /// Its path from the root.
    pub path: &'a str,
    /// Its text before.
    pub before: &'a str,
    /// Its text after.
    pub after: &'a str,
}

/// The files that differ, in order of path.
pub fn changes<'a>(before: &'a Inputs, after: &'a Inputs) -> Vec<Change<'a>> {
    let pairs = before.files.iter().zip(&after.files).filter(|(old, new)| old.text != new.text);
    pairs.map(|(old, new)| Change { path: &old.path, before: &old.text, after: &new.text }).collect()
}

/// The change as a unified diff, as `patch` reads it.
pub fn diff(change: &Change<'_>) -> String {
    let path = printed::on_one_line(change.path);
    let (old, new) = (format!("a/{path}"), format!("b/{path}"));
    TextDiff::from_lines(change.before, change.after).unified_diff().header(&old, &new).to_string()
}

/// Writes the change: into a new file beside the old one, which it then replaces, so that neither is ever half there. A symbolic
/// link stays one, and what it leads to is written, where that is a file of the dossier.
///
/// # Errors
/// The file has changed since it was read, is read-only or outside of the dossier, or cannot be written.
pub fn apply(root: &Path, change: &Change<'_>) -> Result<(), (PathBuf, io::Error)> {
    let path = root.join(change.path);
    let failed = |error| (path.clone(), error);
    let path = path.canonicalize().map_err(failed)?;
    if !path.starts_with(root.canonicalize().map_err(failed)?) {
        return Err(failed(io::Error::other("it is a link that leads out of the dossier")));
    }
    let now = fs::read(&path).map_err(failed)?;
    if now == change.after.as_bytes() {
        // Under another name.
        return Ok(());
    }
    if now != change.before.as_bytes() {
        return Err(failed(io::Error::other("it has changed since it was read")));
    }
    whole::write_whole(&path, change.after.as_bytes()).map_err(failed)
}
