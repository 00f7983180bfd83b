//! A site to a folder: complete or not at all.
//!
//! ```text
//! output ─▶ lock ─▶ swap::recover ─▶ fill ─▶ edited ─▶ swap::swap ─▶ foreign
//! ```
//!
//! Everything is written into a new folder beside the output, and the two change places in one step: whoever kills the program,
//! and whenever, the output is the old site or the new one; on Linux also where power fails. What a killed build left beside it goes
//! with the next one.
//!
//! Of an output only that is replaced or removed which the last build wrote, by its manifest (`wrote`). What somebody else put there
//! moves to the new site (`foreign`); where the two want one place, nothing is written.

mod edited;
mod fill;
mod foreign;
pub mod last;
mod lock;
pub mod noted;
mod output;
mod place;
mod swap;
mod wrote;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::Site;
use crate::base::diag::Diagnostic;
use fill::Filled;
use wrote::Wrote;

pub use edited::Edited;
pub use lock::Lock;
pub use output::{MARK, locate};
pub(super) use swap::settle;

/// What went wrong while writing.
#[derive(Debug)]
pub enum WriteError {
    /// The output is no folder that may be replaced, and why.
    Refused(String),
    /// The machine cannot do it now, and what would help.
    Hindered(String),
    /// The machine failed, and where.
    Io(PathBuf, io::Error),
    /// A file that is to be copied can no longer be read.
    Source(PathBuf, io::Error),
    /// A page could not be made.
    Page(Box<Diagnostic>),
}

/// What was written.
#[derive(Debug, Default)]
pub struct Written {
    /// Files in the site.
    pub files: usize,
    /// Pages among them.
    pub pages: usize,
    /// Files whose bytes had changed, or were new.
    pub changed: usize,
    /// What somebody else put into the output, by path from it: it was kept.
    pub foreign: Vec<PathBuf>,
    /// What somebody changed there: it was written anew.
    pub edited: Vec<Edited>,
    /// Folders beside the output that are of no use any more and could not be removed, and why.
    pub left: Vec<(PathBuf, io::Error)>,
    /// What readers search by.
    pub search: Searched,
}

/// What the index for readers has cost.
#[derive(Clone, Copy, Debug, Default)]
pub struct Searched {
    /// How many records can be found.
    pub records: usize,
    /// By how many different words.
    pub words: usize,
    /// Its files.
    pub files: usize,
    /// Their bytes.
    pub size: usize,
    /// How long it took to make, and not to write.
    pub took: Duration,
}

/// Writes all of `site` to the folder `output` of the dossier in `root`. Where `output` is a link to a folder, the link stays and
/// the folder is replaced.
///
/// # Errors
/// The output may not be replaced, somebody's file stands where the site has one, another build is at it, the disk failed, or a
/// page could not be made; the old output is whole in each case.
pub fn write(site: &Site, root: &Path, output: &Path) -> Result<Written, WriteError> {
    write_and_hold(site, root, output).map(|(written, _)| written)
}

/// The same, with the lock: until it is dropped, no other build replaces what was written.
///
/// # Errors
/// As for [`write()`].
pub fn write_and_hold(site: &Site, root: &Path, output: &Path) -> Result<(Written, Option<Lock>), WriteError> {
    let output = output::locate(root, output)?;
    let parent = output.parent().unwrap_or(Path::new("/"));
    fs::create_dir_all(parent).map_err(at(parent))?;
    let lock = Lock::take(&output)?;
    let mut left = if lock.is_some() { swap::recover(&output)? } else { Vec::new() };
    output::check(&output)?;
    let wrote = Wrote::of(&output)?;
    let fresh = swap::fresh(&output)?;
    let filled = fill::fill(site, root, &wrote, &fresh).and_then(|filled| {
        let edited = edited::save(root, &output, &filled.edited)?;
        swap::swap(&fresh, &output).map(|()| (filled, edited))
    });
    let (Filled { written, foreign, .. }, edited) = filled.inspect_err(|_| drop(swap::remove(fresh.clone())))?;
    // The old site is where the new one was, with all that is not of it.
    foreign::move_over(&foreign, &fresh, &output);
    left.extend(swap::cleared(wrote.moved(fresh), &output));
    left.extend(swap::recover(&output)?);
    let foreign = foreign.into_iter().map(|foreign| foreign.path).collect();
    Ok((Written { foreign, edited, left, ..written }, lock))
}

/// Brings back what a killed build had put aside: a site where there is no other, somebody's files. A build does so by itself; this
/// is for when there is nothing to build.
///
/// # Errors
/// As for [`write()`].
pub fn recover(root: &Path, output: &Path) -> Result<(), WriteError> {
    let output = output::locate(root, output)?;
    if swap::left_something(&output) && Lock::take(&output)?.is_some() {
        swap::recover(&output)?;
    }
    Ok(())
}

fn at(path: &Path) -> impl Fn(io::Error) -> WriteError {
    let path = path.to_path_buf();
    move |error| WriteError::Io(path.clone(), error)
}
