//! Files of ours in an output that somebody changed. The site is written as the dossier says, and the change is not lost: a copy
//! stands in `.dossier/edited/`, with a hash of what it holds in its name, so that none takes the place of another.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{WriteError, swap};
use crate::base::hash::Sha256;
use crate::edge::whole::OwnFolder;

/// Where the copies stand in a dossier.
const FOLDER: &str = ".dossier/edited";

/// A file that was changed, and its copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edited {
    /// Where it stands in the output.
    pub file: PathBuf,
    /// Where what stood there is now.
    pub copy: PathBuf,
}

/// Copies changed files of an output, by path from it. They are on the disk before anything takes their place.
///
/// # Errors
/// A copy cannot be made.
pub(super) fn save(root: &Path, output: &Path, paths: &[String]) -> Result<Vec<Edited>, WriteError> {
    if paths.is_empty() {
        return Ok(Vec::new());
    }
    let folder = root.join(FOLDER);
    let made = OwnFolder(root).folder(FOLDER);
    made.map_err(|error| hindered(&output.join(&paths[0]), &folder, &error))?;
    let mut saved = Vec::new();
    for path in paths {
        let file = output.join(path);
        let copy = save_one(&file, path, &folder).map_err(|error| hindered(&file, &folder, &error))?;
        saved.extend(copy.map(|copy| Edited { file, copy }));
    }
    if !saved.is_empty() {
        swap::settle(&folder).map_err(|error| hindered(&saved[0].file, &folder, &error))?;
    }
    Ok(saved)
}

/// Copies a file; nothing of an empty one, in which nothing is lost.
fn save_one(file: &Path, path: &str, folder: &Path) -> io::Result<Option<PathBuf>> {
    let bytes = fs::read(file)?;
    if bytes.is_empty() {
        return Ok(None);
    }
    let copy = named(path, Sha256::of(&bytes));
    let own = OwnFolder(folder);
    if own.read(&copy).ok().as_deref() != Some(&bytes) {
        own.write(&copy, &bytes)?;
    }
    Ok(Some(folder.join(copy)))
}

/// `articles/a.html` to `articles/a.9f3a1c2b0d5e.html`
fn named(path: &str, hash: Sha256) -> String {
    let hash = &hash.to_string()[..12];
    let path = Path::new(path);
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let ending = path.extension().map(|ending| format!(".{}", ending.to_string_lossy())).unwrap_or_default();
    path.with_file_name(format!("{stem}.{hash}{ending}")).to_string_lossy().into_owned()
}

fn hindered(file: &Path, folder: &Path, error: &io::Error) -> WriteError {
    WriteError::Hindered(format!(
        "`{}` was changed since it was built, and a copy of it cannot be kept in `{}` ({error}): move it away, and build again",
        file.display(),
        folder.display()
    ))
}
