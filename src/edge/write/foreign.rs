//! What stands in an output and is somebody else's: a repository, `CNAME`, an editor's own pages. It is kept where it is.
//!
//! A new site takes the place of the folder as a whole, so what is foreign in the old one moves over: a folder in one step,
//! however much is in it. Before the exchange nothing moves; after it the old folder is emptied entry by entry, never as a whole,
//! and whoever kills the program in between leaves the rest to the next start ([`super::swap::recover`]).

use std::collections::BTreeSet;
use std::fs::{self, DirEntry, FileType, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use super::output::MARK;
use super::wrote::Wrote;
use super::{WriteError, at};
use crate::edge::manifest::{self, Entry};

/// One of them; a folder in which there is nothing of ours is one.
#[derive(Debug)]
pub(super) struct Foreign {
    /// Its path from the output.
    pub(super) path: PathBuf,
    kind: FileType,
}

/// All that is foreign in an output, in order of path. `folders` are those of the new site.
///
/// # Errors
/// The output cannot be listed, or something is mounted in it.
pub(super) fn found(wrote: &Wrote, folders: &BTreeSet<&str>) -> Result<Vec<Foreign>, WriteError> {
    let Ok(output) = fs::metadata(&wrote.folder) else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    look(wrote, folders, "", &mut found).map_err(at(&wrote.folder))?;
    found.sort_by(|a, b| a.path.cmp(&b.path));
    let elsewhere = |foreign: &&Foreign| {
        let metadata = fs::symlink_metadata(wrote.folder.join(&foreign.path));
        metadata.is_ok_and(|metadata| !is_on_the_same_disk(&metadata, &output))
    };
    match found.iter().find(elsewhere) {
        None => Ok(found),
        Some(mounted) => Err(WriteError::Hindered(format!(
            "`{}` is a disk of its own (something is mounted there), and cannot move into a new site in one step: take it out of \
             the output folder",
            wrote.folder.join(&mounted.path).display()
        ))),
    }
}

fn look(wrote: &Wrote, folders: &BTreeSet<&str>, folder: &str, found: &mut Vec<Foreign>) -> io::Result<()> {
    for entry in fs::read_dir(wrote.folder.join(folder))? {
        let entry = entry?;
        let kind = entry.file_type()?;
        match site_path(&entry, folder) {
            Some(path) if kind.is_file() && wrote.lists(&path) => {}
            Some(path) if kind.is_dir() && (wrote.has_folder(&path) || folders.contains(path.as_str())) => {
                look(wrote, folders, &path, found)?;
            }
            _ => found.push(Foreign { path: Path::new(folder).join(entry.file_name()), kind }),
        }
    }
    Ok(())
}

/// The path from the root of an entry in a folder, if a site can have such a path.
fn site_path(entry: &DirEntry, folder: &str) -> Option<String> {
    let name = entry.file_name();
    let name = name.to_str()?;
    Some(if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") })
}

/// Whether the new site needs a place where something foreign stands. A file where it has a file too is no matter here: its bytes
/// may be the same.
///
/// # Errors
/// It does.
pub(super) fn refuse(
    found: &[Foreign],
    output: &Path,
    routes: &BTreeSet<&str>,
    folders: &BTreeSet<&str>,
) -> Result<(), WriteError> {
    let is_needed = |foreign: &&Foreign| {
        foreign.path.to_str().is_some_and(|path| {
            let is_file = routes.contains(path) || path == manifest::PATH || path == MARK;
            folders.contains(path) || (is_file && !foreign.kind.is_file())
        })
    };
    let taken: Vec<&Path> = found.iter().filter(is_needed).map(|foreign| foreign.path.as_path()).collect();
    taken_places(output, &taken)
}

/// Refuses to write where foreign files stand.
///
/// # Errors
/// There is one.
pub(super) fn taken_places(output: &Path, taken: &[&Path]) -> Result<(), WriteError> {
    let Some(first) = taken.first() else { return Ok(()) };
    let more = match taken.len() {
        1 => String::new(),
        files => format!(" (and {} more)", files - 1),
    };
    Err(WriteError::Refused(format!(
        "`{}`{more} was not written by dossier, and the site has something else for that place: move it away, or take that place \
         from the dossier, and build again; nothing was written",
        output.join(first).display()
    )))
}

/// Moves what was found from the old site to the new one, at once after they changed places. What cannot move now is tried again
/// when the old folder is emptied, which says why.
pub(super) fn move_over(found: &[Foreign], old: &Path, output: &Path) {
    for foreign in found {
        let _ = move_one(&old.join(&foreign.path), &output.join(&foreign.path));
    }
}

/// Empties and removes a folder that a new site has replaced: what a build wrote goes, what is foreign moves over.
///
/// # Errors
/// Something foreign cannot move, or something of ours cannot be removed; the rest is done.
pub(super) fn clear(wrote: &Wrote, output: &Path) -> io::Result<()> {
    let old = &wrote.folder;
    empty(wrote, output, "")?;
    // By these two the folder is known, so they go when nothing else is there.
    for last in [manifest::PATH, MARK] {
        match fs::remove_file(old.join(last)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    fs::remove_dir(old)
}

fn empty(wrote: &Wrote, output: &Path, folder: &str) -> io::Result<()> {
    let from = wrote.folder.join(folder);
    open(&from)?;
    let mut failed = Ok(());
    for entry in fs::read_dir(&from)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        let done = match site_path(&entry, folder) {
            Some(path) if kind.is_file() && matches!(path.as_str(), manifest::PATH | MARK) => Ok(()),
            Some(path) if kind.is_file() && wrote.lists(&path) => fs::remove_file(entry.path()),
            Some(path) if kind.is_dir() && wrote.has_folder(&path) => {
                empty(wrote, output, &path).and_then(|()| fs::remove_dir(entry.path()))
            }
            _ => move_one(&entry.path(), &output.join(folder).join(entry.file_name())),
        };
        failed = failed.and(done);
    }
    failed
}

/// Moves a file or folder to where nothing stands, or to a folder of the same name, or to a file of the same bytes.
fn move_one(from: &Path, to: &Path) -> io::Result<()> {
    let moved = match rename(from, to) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            to.parent().map_or(Ok(()), fs::create_dir_all)?;
            rename(from, to)
        }
        moved => moved,
    };
    match moved {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let (here, there) = (fs::symlink_metadata(from)?, fs::symlink_metadata(to)?);
            if here.is_dir() && there.is_dir() {
                for entry in fs::read_dir(from)? {
                    let entry = entry?;
                    move_one(&entry.path(), &to.join(entry.file_name()))?;
                }
                return fs::remove_dir(from);
            }
            let same = here.is_file() && there.is_file() && Entry::of_file(from)? == Entry::of_file(to)?;
            if same { fs::remove_file(from) } else { Err(error) }
        }
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => opened(from, || rename(from, to)),
        moved => moved,
    }
}

/// Renames, and takes the place of nothing.
#[cfg(target_os = "linux")]
fn rename(from: &Path, to: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
        // A disk that does not know the call.
        Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => rename_where_free(from, to),
        renamed => Ok(renamed?),
    }
}

#[cfg(not(target_os = "linux"))]
fn rename(from: &Path, to: &Path) -> io::Result<()> {
    rename_where_free(from, to)
}

fn rename_where_free(from: &Path, to: &Path) -> io::Result<()> {
    match fs::symlink_metadata(to) {
        Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
        Err(_) => fs::rename(from, to),
    }
}

/// Opens a folder of ours that somebody closed: out of a closed folder nothing can be taken.
#[cfg(unix)]
fn open(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = fs::metadata(folder)?.permissions().mode();
    if mode & 0o700 == 0o700 { Ok(()) } else { fs::set_permissions(folder, fs::Permissions::from_mode(mode | 0o700)) }
}

#[cfg(not(unix))]
fn open(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Does something to a folder that is closed while it is open: a folder that moves to another one is written to. It is closed again
/// wherever it stands then.
#[cfg(unix)]
fn opened(folder: &Path, act: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
    let closed = fs::symlink_metadata(folder)?;
    if !closed.is_dir() {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    let held = fs::File::open(folder)?;
    open(folder)?;
    let done = act();
    held.set_permissions(closed.permissions())?;
    done
}

#[cfg(not(unix))]
fn opened(_: &Path, act: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
    act()
}

#[cfg(unix)]
fn is_on_the_same_disk(a: &Metadata, b: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    a.dev() == b.dev()
}

#[cfg(not(unix))]
fn is_on_the_same_disk(_: &Metadata, _: &Metadata) -> bool {
    true
}
