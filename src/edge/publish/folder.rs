//! A folder of this machine.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::{PublishError, Target};
use crate::edge::manifest::Entry;
use crate::edge::write;

/// Files are copied to here first, and then take their place in one step.
const SCRATCH: &str = ".dossier-publish.new";

/// A folder that a web server reads, or that another program takes further.
pub(super) struct Folder {
    root: PathBuf,
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
        Ok(Self { root })
    }

    /// Where a path is. Nothing is written or deleted through a link, which leads to somebody else's files.
    fn below(&self, path: &str) -> io::Result<PathBuf> {
        let folders = path.match_indices('/').map(|(at, _)| self.root.join(&path[..at]));
        match folders.into_iter().find(|folder| folder.is_symlink()) {
            Some(link) => Err(io::Error::other(format!("`{}` is a link: put a folder in its place", link.display()))),
            None => Ok(self.root.join(path)),
        }
    }

    fn put_one(&self, number: usize, from: &Path, path: &str) -> io::Result<()> {
        let (to, scratch) = (self.below(path)?, self.root.join(SCRATCH).join(number.to_string()));
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        let from = from.join(path);
        fs::copy(&from, &scratch)?;
        let time = fs::metadata(&from)?.modified()?;
        fs::File::options().write(true).open(&scratch)?.set_modified(time)?;
        fs::rename(&scratch, &to)
    }

    fn delete_one(&self, path: &str) -> io::Result<()> {
        // What is behind a link was not sent by us.
        let Ok(file) = self.below(path) else { return Ok(()) };
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
        match fs::read(self.root.join(path)) {
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
                files.insert(parts.join("/"));
            }
        }
        Ok(files)
    }

    fn holds(&mut self, paths: &[&str]) -> Result<BTreeMap<String, Entry>, PublishError> {
        let one = |path: &&str| Some(((*path).to_owned(), Entry::of_file(&self.root.join(path)).ok()?));
        Ok(paths.par_iter().filter_map(one).collect())
    }

    fn put(&mut self, from: &Path, paths: &[&str], sent: &mut dyn FnMut(usize)) -> Result<(), PublishError> {
        let scratch = self.root.join(SCRATCH);
        fs::create_dir_all(&scratch).map_err(|error| failed(&scratch, &error))?;
        let done = AtomicUsize::new(0);
        for batch in paths.chunks(500) {
            batch.par_iter().try_for_each(|path| {
                let number = done.fetch_add(1, Ordering::Relaxed);
                self.put_one(number, from, path).map_err(|error| failed(&self.root.join(path), &error))
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
        let scratch = self.root.join(SCRATCH);
        fs::remove_dir_all(&scratch).map_err(|error| failed(&scratch, &error))
    }
}

fn failed(path: &Path, error: &io::Error) -> PublishError {
    PublishError::Failed(format!("`{}`: {error}", path.display()))
}
