//! Which folder is written, and whether it may be: one that we did not make is somebody's work, and the dossier's own folders are
//! the editors'.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::{WriteError, at};

/// By this file a folder is known as one that we made.
pub const MARK: &str = ".dossier-build.json";

/// A link that leads to a link that leads to a link … ends here, as on Linux.
const MOST_LINKS: usize = 40;

/// The folder itself, absolute and with links followed, so that what stands beside it is on the same disk.
///
/// # Errors
/// It holds or lies inside a folder of the editors' own, or the disk failed.
pub fn locate(root: &Path, output: &Path) -> Result<PathBuf, WriteError> {
    let real_root = root.canonicalize().map_err(at(root))?;
    let real = follow(&std::path::absolute(output).map_err(at(output))?).map_err(at(output))?;
    for own in ["content", "templates", "static"] {
        let own_folder = real_root.join(own);
        if real.starts_with(&own_folder) || own_folder.starts_with(&real) {
            return Err(WriteError::Refused(format!(
                "`{}` holds or lies inside `{own}/`, which is the editors' own",
                output.display()
            )));
        }
    }
    Ok(real)
}

/// Whether the folder may be replaced: it is not there, empty, or ours.
pub(super) fn check(output: &Path) -> Result<(), WriteError> {
    if !output.exists() {
        return Ok(());
    }
    if !output.is_dir() {
        return Err(WriteError::Refused(format!("`{}` is a file, not a folder", output.display())));
    }
    let empty = fs::read_dir(output).map_err(at(output))?.next().is_none();
    if empty || output.join(MARK).is_file() {
        return Ok(());
    }
    Err(WriteError::Refused(format!(
        "`{}` was not made by dossier (it has no `{MARK}`), so it is left alone",
        output.display()
    )))
}

/// The path with links followed as far as it exists; a link to what is not there yet names the place where it will be.
fn follow(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_path_buf();
    for _ in 0..MOST_LINKS {
        match path.canonicalize() {
            Ok(real) => return Ok(real),
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Err(_) => match path.read_link() {
                Ok(target) => path = path.parent().unwrap_or(Path::new("/")).join(target),
                Err(_) => return Ok(real_as_far_as_it_exists(&path)),
            },
        }
    }
    Err(io::Error::other("its links lead nowhere"))
}

fn real_as_far_as_it_exists(path: &Path) -> PathBuf {
    for ancestor in path.ancestors() {
        if let (Ok(mut real), Ok(rest)) = (ancestor.canonicalize(), path.strip_prefix(ancestor)) {
            for part in rest.components() {
                match part {
                    Component::ParentDir => drop(real.pop()),
                    Component::Normal(name) => real.push(name),
                    _ => {}
                }
            }
            return real;
        }
    }
    path.to_path_buf()
}
