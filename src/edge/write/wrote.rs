//! What of an output the last build wrote: the files that its manifest lists. Everything else is somebody's, and stays.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::output::MARK;
use super::{WriteError, at};
use crate::edge::manifest::{self, Entry, Manifest};
use crate::edge::whole::OwnFolder;

/// A folder, and what a build wrote into it.
#[derive(Debug)]
pub(super) struct Wrote {
    /// The folder.
    pub(super) folder: PathBuf,
    files: BTreeMap<String, Entry>,
}

/// What stands where the site has a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stood {
    /// Nothing, or the very bytes that the last build wrote.
    Ours,
    /// A file that the last build wrote, and somebody changed.
    Edited,
    /// A file that no build wrote.
    Foreign,
}

impl Wrote {
    /// Of a folder that need not be there. Without a manifest nothing in it is known to be ours: somebody emptied it by hand.
    ///
    /// # Errors
    /// Something else stands in the place of the manifest, or it cannot be read.
    pub(super) fn of(folder: &Path) -> Result<Self, WriteError> {
        let path = folder.join(manifest::PATH);
        let bytes = match OwnFolder(folder).read(manifest::PATH) {
            Ok(bytes) => bytes,
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Vec::new(),
            Err(error) => return Err(at(&path)(error)),
        };
        let manifest = match bytes.is_empty() {
            true => Manifest::default(),
            false => Manifest::from_json(&bytes).map_err(|why| not_ours(&path, &why))?,
        };
        Ok(Self { folder: folder.to_path_buf(), files: manifest.files })
    }

    /// The same, in the folder where it stands now.
    pub(super) fn moved(self, folder: PathBuf) -> Self {
        Self { folder, ..self }
    }

    /// Whether it is a file of ours, if it is a file.
    pub(super) fn lists(&self, path: &str) -> bool {
        path == manifest::PATH || path == MARK || self.files.contains_key(path)
    }

    /// Whether a file of ours was written somewhere below a folder.
    pub(super) fn has_folder(&self, path: &str) -> bool {
        let inside = format!("{path}/");
        self.files.range(inside.clone()..).next().is_some_and(|(next, _)| next.starts_with(&inside))
    }

    /// What it wrote at a path.
    pub(super) fn entry(&self, path: &str) -> Option<Entry> {
        self.files.get(path).copied()
    }

    /// The path of every file.
    pub(super) fn files(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// What stands at a path now. The file is read: ask where its bytes are about to go, and nowhere else.
    pub(super) fn stood(&self, path: &str) -> Stood {
        let file = self.folder.join(path);
        if !file.symlink_metadata().is_ok_and(|metadata| metadata.is_file()) {
            return Stood::Ours;
        }
        match self.entry(path) {
            None => Stood::Foreign,
            Some(entry) if Entry::of_file(&file).is_ok_and(|found| found == entry) => Stood::Ours,
            Some(_) => Stood::Edited,
        }
    }
}

fn not_ours(path: &Path, why: &str) -> WriteError {
    WriteError::Refused(format!(
        "`{}` is not the list of files that dossier wrote ({why}), so nobody can tell which are yours: move it away, and build \
         again",
        path.display()
    ))
}
