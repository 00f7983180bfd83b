//! `dossier fix`: what the fixes that findings carry make of the editors' files. Each replaces its own bytes and no others.

mod quote;
mod repair;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use similar::TextDiff;

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
    let (old, new) = (format!("a/{}", change.path), format!("b/{}", change.path));
    TextDiff::from_lines(change.before, change.after).unified_diff().header(&old, &new).to_string()
}

/// Writes the change: into a new file beside the old one, which it then replaces, so that neither is ever half there. A symbolic
/// link stays one, and what it leads to is written.
///
/// # Errors
/// The file has changed since it was read, or cannot be written.
pub fn apply(root: &Path, change: &Change<'_>) -> Result<(), (PathBuf, io::Error)> {
    let path = root.join(change.path);
    let failed = |error| (path.clone(), error);
    let path = path.canonicalize().map_err(failed)?;
    let now = fs::read(&path).map_err(failed)?;
    if now == change.after.as_bytes() {
        // Under another name.
        return Ok(());
    }
    if now != change.before.as_bytes() {
        return Err(failed(io::Error::other("it has changed since it was read")));
    }
    let permissions = fs::metadata(&path).map_err(failed)?.permissions();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // Hidden, so that nobody reads it meanwhile, or after a kill.
    let fresh = path.with_file_name(format!(".{name}.fix-{}", std::process::id()));
    let written = fs::write(&fresh, change.after)
        .and_then(|()| fs::set_permissions(&fresh, permissions))
        .and_then(|()| fs::rename(&fresh, &path));
    if written.is_err() {
        let _ = fs::remove_file(&fresh);
    }
    written.map_err(failed)
}
