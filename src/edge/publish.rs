//! A built site to where readers find it: what changed, in an order in which no page names what is not there yet.
//!
//! ```text
//! survey ─▶ plan ─▶ journal ─▶ assets ─▶ new pages ─▶ changed pages ─▶ manifest ─▶ deletions
//! ```
//!
//! A target's `manifest.json` says what was sent the last time, and a journal beside it what is being changed now. So a
//! publication that was killed goes on where it stopped, and only what was sent by one is ever deleted.

#[cfg(feature = "publish-s3")]
mod bucket;
mod folder;
mod git;
mod plan;
mod rsync;
mod turn;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rayon::prelude::*;

use super::manifest::{self, Entry, Manifest};
use crate::model::settings::Publish;

pub use plan::{JOURNAL, Journal, Refusal, Step, Survey, plan};

/// A place that holds files by path. All that is asked of it may be asked again: a publication may have been killed before.
pub trait Target {
    /// A small file; `None` where there is none.
    ///
    /// # Errors
    /// The place cannot be asked.
    fn read(&mut self, path: &str) -> Result<Option<Vec<u8>>, PublishError>;

    /// The path of every file.
    ///
    /// # Errors
    /// The place cannot be asked.
    fn list(&mut self) -> Result<BTreeSet<String>, PublishError>;

    /// What some files hold, as far as the place can tell without sending them; nothing of a file that is not there.
    ///
    /// # Errors
    /// The place cannot be asked.
    fn holds(&mut self, paths: &[&str]) -> Result<BTreeMap<String, Entry>, PublishError>;

    /// Puts files from below a folder, in any order; `sent` is told how many are done. Each is there as a whole or as it was before.
    ///
    /// # Errors
    /// One could not be sent; others may have been.
    fn put(&mut self, from: &Path, paths: &[&str], sent: &mut dyn FnMut(usize)) -> Result<(), PublishError>;

    /// Deletes files; one that is not there is no error.
    ///
    /// # Errors
    /// One could not be deleted; others may have been.
    fn delete(&mut self, paths: &[&str]) -> Result<(), PublishError>;

    /// Everything was put and deleted; in a few words, what.
    ///
    /// # Errors
    /// What was put could not be made visible.
    fn finish(&mut self, summary: &str) -> Result<(), PublishError>;
}

/// Why nothing, or not all, was published.
#[derive(Debug)]
pub enum PublishError {
    /// It was asked for what cannot be done, and what would help.
    Refused(String),
    /// The machine, the network or a program failed; and how.
    Failed(String),
}

/// Opens the place of a `[publish.<name>]`. `root` is the dossier's folder, `output` the site's.
///
/// # Errors
/// There is no such place, or it cannot be asked.
pub fn open(settings: &Publish, root: &Path, output: &Path) -> Result<Box<dyn Target>, PublishError> {
    match settings {
        Publish { folder: Some(folder), .. } if rsync::is_remote(folder) => Ok(Box::new(rsync::Rsync::open(folder)?)),
        Publish { folder: Some(folder), .. } => Ok(Box::new(folder::Folder::open(folder, root, output)?)),
        Publish { git: Some(git), .. } => Ok(Box::new(git::Git::fetch(git, root)?)),
        #[cfg(feature = "publish-s3")]
        Publish { bucket: Some(bucket), .. } => Ok(Box::new(bucket::Bucket::open(bucket, settings)?)),
        #[cfg(not(feature = "publish-s3"))]
        Publish { bucket: Some(_), .. } => Err(PublishError::Refused(
            "this `dossier` was built without buckets: install it with `cargo install dossier --features publish-s3`, or let \
             another program copy the output folder"
                .to_owned(),
        )),
        Publish { .. } => Err(PublishError::Refused("it does not say where to".to_owned())),
    }
}

/// Asks a target what stands there.
///
/// # Errors
/// It cannot be asked.
pub fn survey(target: &mut dyn Target, new: &Manifest, force: bool) -> Result<Survey, PublishError> {
    let manifest = target.read(manifest::PATH)?.and_then(|bytes| Manifest::from_json(&bytes).ok());
    let journal = target.read(JOURNAL)?.and_then(|bytes| Journal::from_json(&bytes));
    let mut survey = Survey { manifest, journal, ..Survey::default() };
    survey.files = match survey.manifest.is_none() && survey.journal.is_none() {
        true => target.list()?,
        false => unknown(target, &survey, new)?,
    };
    let uncertain = survey.uncertain(force);
    let uncertain: Vec<&str> = uncertain.iter().filter(|path| new.files.contains_key(**path)).copied().collect();
    if !uncertain.is_empty() {
        survey.holds = target.holds(&uncertain)?;
    }
    Ok(survey)
}

/// What stands where the new site has a file and an earlier one had none, with other bytes. A target that has to be sent the bytes to
/// tell takes them for others.
fn unknown(target: &mut dyn Target, survey: &Survey, new: &Manifest) -> Result<BTreeSet<String>, PublishError> {
    let known = survey.ours(false);
    let added: Vec<&str> = new.files.keys().map(String::as_str).filter(|path| !known.contains_key(path)).collect();
    if added.is_empty() {
        return Ok(BTreeSet::new());
    }
    let there = target.list()?;
    let there: Vec<&str> = added.into_iter().filter(|path| there.contains(*path)).collect();
    let holds = if there.is_empty() { BTreeMap::new() } else { target.holds(&there)? };
    let others = there.into_iter().filter(|path| holds.get(*path) != new.files.get(*path));
    Ok(others.map(str::to_owned).collect())
}

/// Takes the steps of a plan. `site` is the folder of the built site; `progress` is told how many files are done.
///
/// # Errors
/// The target failed, or the site's files are not those of its manifest; what was done is gone on from the next time.
pub fn run(
    steps: &[Step],
    site: &Path,
    new: &Manifest,
    target: &mut dyn Target,
    mut progress: impl FnMut(usize),
) -> Result<(), PublishError> {
    check(steps, site, new)?;
    let (mut done, mut ours) = (0, Journal::default());
    for step in steps {
        match step {
            Step::Begin(journal) => ours = put_journal(target, journal)?,
            Step::Put(paths) => {
                let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
                target.put(site, &paths, &mut |sent| progress(done + sent))?;
                done += paths.len();
            }
            Step::Manifest => {
                still_alone(target, &ours)?;
                target.put(site, &[manifest::PATH], &mut |_| {})?;
            }
            Step::Delete(paths) => {
                target.delete(&paths.iter().map(String::as_str).collect::<Vec<_>>())?;
                done += paths.len();
                progress(done);
            }
            Step::End => {
                still_alone(target, &ours)?;
                target.delete(&[JOURNAL])?;
            }
        }
    }
    match steps {
        [] => Ok(()),
        _ => target.finish(&plan::summary(steps)),
    }
}

/// What is about to be sent is what the manifest says. A program that writes to the output knows of no lock.
fn check(steps: &[Step], site: &Path, new: &Manifest) -> Result<(), PublishError> {
    let paths: Vec<&String> = steps.iter().flat_map(Step::sends).collect();
    let wrong = paths.par_iter().find_first(|path| {
        let found = Entry::of_file(&site.join(path)).ok();
        found != new.files.get(path.as_str()).copied()
    });
    match wrong {
        None => Ok(()),
        Some(path) => Err(PublishError::Failed(format!(
            "`{}` is not as it was built: another program may be at work there; publish again",
            site.join(path).display()
        ))),
    }
}

/// Writes the journal, with letters by chance and a name that tell it from that of another publication.
fn put_journal(target: &mut dyn Target, journal: &Journal) -> Result<Journal, PublishError> {
    let failed =
        |error: std::io::Error| PublishError::Failed(format!("a temporary file could not be written: {error}"));
    let folder = tempfile::Builder::new().rand_bytes(16).tempdir().map_err(failed)?;
    let run = folder.path().file_name().unwrap_or_default().to_string_lossy().into_owned();
    let journal = Journal { run, by: turn::ourselves(), ..journal.clone() };
    std::fs::write(folder.path().join(JOURNAL), journal.to_json()).map_err(failed)?;
    target.put(folder.path(), &[JOURNAL], &mut |_| {})?;
    Ok(journal)
}

/// Whether no other publication has begun meanwhile: where there is no lock, its journal says so. Then the place is its affair, and
/// what was sent is among what it looks at again.
fn still_alone(target: &mut dyn Target, ours: &Journal) -> Result<(), PublishError> {
    match target.read(JOURNAL)?.and_then(|bytes| Journal::from_json(&bytes)) {
        Some(journal) if journal.run == ours.run => Ok(()),
        Some(journal) if journal.by.is_empty() => Err(turn::taken("another dossier")),
        Some(journal) => Err(turn::taken(&journal.by)),
        None => Err(PublishError::Failed("another publication has been there meanwhile".to_owned())),
    }
}

#[cfg(test)]
mod tests;
