//! A folder of this machine.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use tempfile::TempDir;
use walkdir::WalkDir;

use super::turn::Turn;
use super::{JOURNAL, PublishError, Target};
use crate::edge::manifest::{self, Entry};
use crate::edge::whole::{OwnFolder, below_unlinked};
use crate::edge::write;

/// Files are copied into a folder first whose name begins so, and then take their place in one step. What comes after is by chance.
const SCRATCH: &str = ".dossier-publish.new-";

/// By this file the folder is held.
const LOCK: &str = ".dossier-publish.lock";

/// A folder that a web server reads, or that another program takes further.
pub(super) struct Folder {
    root: PathBuf,
    /// Files on their way.
    scratch: Option<TempDir>,
    turn: Option<Turn>,
}

impl Folder {
    /// The folder at a path from the dossier's. Its parent has to be there: a disk that is not mounted is no place to publish to.
    pub(super) fn open(folder: &str, dossier: &Path, output: &Path) -> Result<Self, PublishError> {
        let path = match folder.strip_prefix("~/").zip(std::env::home_dir()) {
            Some((rest, home)) => home.join(rest),
            None => dossier.join(folder),
        };
        let root = write::locate(dossier, &path).map_err(|error| match error {
            write::WriteError::Refused(why) => PublishError::Refused(why),
            _ => PublishError::Failed(format!("`{}` cannot be found", path.display())),
        })?;
        let parent = root.parent().unwrap_or(&root);
        if !parent.is_dir() {
            return Err(PublishError::Failed(format!("there is no folder `{}`: is its disk there?", parent.display())));
        }
        if output.canonicalize().is_ok_and(|output| root.starts_with(&output) || output.starts_with(&root)) {
            let message = format!(
                "`{}` and the output folder are one inside the other: publish to another place",
                root.display()
            );
            return Err(PublishError::Refused(message));
        }
        let turn = Turn::take(&root.join(LOCK))?;
        Ok(Self { root, scratch: None, turn })
    }

    /// Makes the folder if it is not there, and holds it.
    fn hold(&mut self) -> Result<(), PublishError> {
        if self.turn.is_none() {
            fs::create_dir_all(&self.root).map_err(|error| failed(&self.root, &error))?;
            self.turn = Turn::take(&self.root.join(LOCK))?;
            // It was looked at when nobody held it.
            if [manifest::PATH, JOURNAL].iter().any(|path| self.root.join(path).exists()) && self.scratch.is_none() {
                return Err(PublishError::Failed("another publication has been there meanwhile".to_owned()));
            }
        }
        if self.scratch.is_none() {
            self.clear_scratch();
            let made = tempfile::Builder::new().prefix(SCRATCH).rand_bytes(12).tempdir_in(&self.root);
            self.scratch = Some(made.map_err(|error| failed(&self.root, &error))?);
        }
        Ok(())
    }

    /// Takes away what a killed publication left: files with a number in a folder with a name of ours, and nothing else.
    fn clear_scratch(&self) {
        let entries = fs::read_dir(&self.root).into_iter().flatten().flatten();
        let is_left = |entry: &fs::DirEntry| {
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            is_folder && entry.file_name().to_string_lossy().starts_with(SCRATCH)
        };
        for folder in entries.filter(is_left).map(|entry| entry.path()) {
            for file in fs::read_dir(&folder).into_iter().flatten().flatten() {
                let is_number = file.file_name().to_string_lossy().bytes().all(|byte| byte.is_ascii_digit());
                if is_number && file.file_type().is_ok_and(|kind| kind.is_file()) {
                    let _ = fs::remove_file(file.path());
                }
            }
            let _ = fs::remove_dir(folder);
        }
    }

    fn put_one(&self, scratch: &Path, number: usize, from: &Path, path: &str) -> io::Result<()> {
        let (to, scratch) = (below_unlinked(&self.root, path)?, scratch.join(number.to_string()));
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut source = File::open(from.join(path))?;
        let metadata = source.metadata()?;
        let mut fresh = File::options().write(true).create_new(true).open(&scratch)?;
        io::copy(&mut source, &mut fresh)?;
        fresh.set_permissions(metadata.permissions())?;
        fresh.set_modified(metadata.modified()?)?;
        fs::rename(&scratch, &to)
    }

    fn delete_one(&self, path: &str) -> io::Result<()> {
        // What is behind a link was not sent by us, nor was a link.
        let Ok(file) = below_unlinked(&self.root, path) else { return Ok(()) };
        if file.is_symlink() {
            return Ok(());
        }
        match fs::remove_file(&file) {
            Err(error) if !matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Err(error);
            }
            _ => {}
        }
        // Folders that are empty now; the first that is not ends it.
        let above = file.ancestors().skip(1).take_while(|folder| *folder != self.root);
        for folder in above {
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
        Ok(())
    }
}

impl Target for Folder {
    fn read(&mut self, path: &str) -> Result<Option<Vec<u8>>, PublishError> {
        match OwnFolder(&self.root).read(path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(failed(&self.root.join(path), &error)),
        }
    }

    fn list(&mut self) -> Result<BTreeSet<String>, PublishError> {
        let mut files = BTreeSet::new();
        for entry in WalkDir::new(&self.root) {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) if error.depth() == 0 => return Ok(files),
                Err(error) => return Err(PublishError::Failed(format!("a folder cannot be listed: {error}"))),
            };
            if !entry.file_type().is_dir()
                && let Ok(path) = entry.path().strip_prefix(&self.root)
            {
                let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
                let path = parts.join("/");
                let is_ours = path == LOCK || path.starts_with(SCRATCH);
                files.extend((!is_ours).then_some(path));
            }
        }
        Ok(files)
    }

    fn holds(&mut self, paths: &[&str]) -> Result<BTreeMap<String, Entry>, PublishError> {
        let entry = |path: &str| {
            let file = below_unlinked(&self.root, path).ok()?;
            file.symlink_metadata().ok()?.is_file().then(|| Entry::of_file(&file).ok())?
        };
        let one = |path: &&str| Some(((*path).to_owned(), entry(path)?));
        Ok(paths.par_iter().filter_map(one).collect())
    }

    fn put(&mut self, from: &Path, paths: &[&str], sent: &mut dyn FnMut(usize)) -> Result<(), PublishError> {
        self.hold()?;
        let scratch = self.scratch.as_ref().map_or(&*self.root, TempDir::path);
        let done = AtomicUsize::new(0);
        for batch in paths.chunks(500) {
            batch.par_iter().try_for_each(|path| {
                let number = done.fetch_add(1, Ordering::Relaxed);
                self.put_one(scratch, number, from, path).map_err(|error| failed(&self.root.join(path), &error))
            })?;
            sent(done.load(Ordering::Relaxed));
        }
        // The journal is on the disk before what it lists changes, and all that was sent before the journal goes.
        write::settle(&self.root).map_err(|error| failed(&self.root, &error))
    }

    fn delete(&mut self, paths: &[&str]) -> Result<(), PublishError> {
        paths.iter().try_for_each(|path| self.delete_one(path).map_err(|error| failed(&self.root.join(path), &error)))
    }

    fn finish(&mut self, _: &str) -> Result<(), PublishError> {
        let Some(scratch) = self.scratch.take() else { return Ok(()) };
        let path = scratch.path().to_path_buf();
        scratch.close().map_err(|error| failed(&path, &error))
    }
}

fn failed(path: &Path, error: &io::Error) -> PublishError {
    PublishError::Failed(format!("`{}`: {error}", path.display()))
}
