//! The fixes that findings carry, applied to the editors' files: each replaces its own bytes and no others.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use similar::TextDiff;

use crate::base::diag::{Diagnostics, Fix};
use crate::base::input::{Inputs, SourceFile};

/// A file as it was and as it will be.
pub struct Change<'a> {
    /// Its path from the root.
    pub path: &'a str,
    /// Its text before.
    pub before: &'a str,
    /// Its text after.
    pub after: String,
    /// How many fixes that takes.
    pub fixes: usize,
}

/// What the fixes of `diags` make of the files, in order of path. Of two fixes that overlap the first is taken; the other comes
/// at the next run.
pub fn changes<'a>(inputs: &'a Inputs, diags: &Diagnostics) -> Vec<Change<'a>> {
    let mut by_file: BTreeMap<usize, Vec<&Fix>> = BTreeMap::new();
    for fix in diags.iter().filter_map(|found| found.fix.as_ref()) {
        by_file.entry(inputs.position(fix.span.file)).or_default().push(fix);
    }
    by_file.into_iter().map(|(file, fixes)| change(&inputs.files[file], fixes)).collect()
}

fn change<'a>(source: &'a SourceFile, mut fixes: Vec<&Fix>) -> Change<'a> {
    fixes.sort_by_key(|fix| (fix.span.start, fix.span.end, &fix.replacement));
    fixes.dedup();
    let (mut after, mut at, mut applied) = (String::with_capacity(source.text.len()), 0, 0);
    for fix in fixes {
        let range = fix.span.range();
        if range.start < at {
            continue;
        }
        after.push_str(&source.text[at..range.start]);
        after.push_str(&fix.replacement);
        at = range.end;
        applied += 1;
    }
    after.push_str(&source.text[at..]);
    Change { path: &source.path, before: &source.text, after, fixes: applied }
}

/// The change as a unified diff, as `patch` reads it.
pub fn diff(change: &Change<'_>) -> String {
    let (old, new) = (format!("a/{}", change.path), format!("b/{}", change.path));
    TextDiff::from_lines(change.before, &change.after).unified_diff().header(&old, &new).to_string()
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
    let written = fs::write(&fresh, &change.after)
        .and_then(|()| fs::set_permissions(&fresh, permissions))
        .and_then(|()| fs::rename(&fresh, &path));
    if written.is_err() {
        let _ = fs::remove_file(&fresh);
    }
    written.map_err(failed)
}
