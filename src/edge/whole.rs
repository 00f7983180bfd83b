//! Files that take their place as a whole: written under a random hidden name beside it, on the disk, then renamed. So nobody ever
//! reads half of one, and nothing that lies ready under a name we might use, a link to somebody's file above all, is opened.
//!
//! What is ours in a dossier (`.dossier/`) is reached by [`OwnFolder`], through no link: a dossier may come from anywhere, and a link
//! in it would have us write where its sender likes.

use std::fs::{self, File, Metadata};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// A file of ours larger than this is not one that we wrote.
const LARGEST_OWN: u64 = 1 << 30;

/// Puts bytes in the place of a file, which keeps its owner and who may read it; where there is none, in a new one. A link in that
/// place is replaced, not followed.
///
/// # Errors
/// The file may not be written, it is something else than a file, or the disk failed. What stood there is there still.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let old = path.symlink_metadata().ok().filter(|old| !old.is_symlink());
    if let Some(old) = &old {
        may_be_written(old)?;
    }
    let fresh = fresh_beside(path, bytes)?;
    match old {
        Some(old) if !takes_over(fresh.as_file(), &old)? => write_in_place(path, bytes),
        _ => fresh.persist(path).map(drop).map_err(|error| error.error),
    }
}

/// Puts bytes where nothing stands.
///
/// # Errors
/// Something stands there, a link to nothing too, or the disk failed.
pub(super) fn create_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let fresh = fresh_beside(path, bytes)?;
    fresh.persist_noclobber(path).map(drop).map_err(|error| error.error)
}

/// Who takes from a file all right to write it means it, and a rename would ask nobody.
fn may_be_written(old: &Metadata) -> io::Result<()> {
    if !old.is_file() {
        return Err(io::Error::other("it is something else than a file"));
    }
    match old.permissions().readonly() {
        true => Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is read-only")),
        false => Ok(()),
    }
}

fn fresh_beside(path: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    let name = format!(".{}.new-", path.file_name().unwrap_or_default().to_string_lossy());
    builder.prefix(&name).rand_bytes(12);
    as_new_files_are(&mut builder);
    let mut fresh = builder.tempfile_in(folder)?;
    fresh.write_all(bytes)?;
    Ok(fresh)
}

/// A scratch file is its maker's alone unless it is told to be as new files are here.
#[cfg(unix)]
fn as_new_files_are(builder: &mut tempfile::Builder<'_, '_>) {
    use std::os::unix::fs::PermissionsExt as _;
    builder.permissions(fs::Permissions::from_mode(0o666));
}

#[cfg(not(unix))]
fn as_new_files_are(_: &mut tempfile::Builder<'_, '_>) {}

/// Gives a new file the owner and the rights of an old one; `false` where the owner cannot be kept.
#[cfg(unix)]
fn takes_over(fresh: &File, old: &Metadata) -> io::Result<bool> {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    let now = fresh.metadata()?;
    if (now.uid(), now.gid()) != (old.uid(), old.gid()) && fchown(fresh, Some(old.uid()), Some(old.gid())).is_err() {
        return Ok(false);
    }
    fresh.set_permissions(old.permissions()).map(|()| true)
}

#[cfg(not(unix))]
fn takes_over(fresh: &File, old: &Metadata) -> io::Result<bool> {
    fresh.set_permissions(old.permissions()).map(|()| true)
}

/// For a file of another user that we may write: a new one would be ours. Who is killed here leaves the new text whole beside it.
fn write_in_place(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = open_unlinked(File::options().write(true).truncate(true), path)?;
    file.write_all(bytes)
}

/// Opens a file, and no link to one.
///
/// # Errors
/// It is a link, or it cannot be opened.
#[cfg(unix)]
pub(super) fn open_unlinked(options: &mut fs::OpenOptions, path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    // Whoever opens a pipe otherwise waits for somebody to write.
    let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
    let file =
        options.custom_flags(flags.bits().cast_signed()).open(path).map_err(|error| match path.is_symlink() {
            true => is_a_link(path),
            false => error,
        })?;
    match file.metadata()?.is_file() {
        true => Ok(file),
        false => Err(io::Error::other("it is something else than a file")),
    }
}

/// Opens a file, and no link to one.
///
/// # Errors
/// It is a link, or it cannot be opened.
#[cfg(not(unix))]
pub(super) fn open_unlinked(options: &mut fs::OpenOptions, path: &Path) -> io::Result<File> {
    if path.is_symlink() { Err(is_a_link(path)) } else { options.open(path) }
}

/// A path below a folder, if no part of the way to it is a link; the path itself may be one.
///
/// # Errors
/// A part of the way is a link, which leads to somebody else's files.
pub(super) fn below_unlinked(folder: &Path, path: &str) -> io::Result<PathBuf> {
    let way = path.match_indices('/').map(|(at, _)| folder.join(&path[..at]));
    match way.into_iter().find(|part| part.is_symlink()) {
        Some(link) => Err(is_a_link(&link)),
        None => Ok(folder.join(path)),
    }
}

fn is_a_link(path: &Path) -> io::Error {
    io::Error::other(format!("`{}` is a link: put a folder or file in its place", path.display()))
}

/// What is ours in a dossier, by path from its root.
pub(super) struct OwnFolder<'a>(pub(super) &'a Path);

impl OwnFolder<'_> {
    /// A folder of ours, made if it is not there.
    ///
    /// # Errors
    /// It is a link or below one, or cannot be made.
    pub(super) fn folder(&self, path: &str) -> io::Result<PathBuf> {
        let folder = below_unlinked(self.0, &format!("{path}/"))?;
        fs::create_dir_all(&folder)?;
        Ok(folder)
    }

    /// What a file of ours holds.
    ///
    /// # Errors
    /// It is a link or below one, too large to be ours, or cannot be read.
    pub(super) fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let file = open_unlinked(File::options().read(true), &below_unlinked(self.0, path)?)?;
        let mut bytes = Vec::new();
        file.take(LARGEST_OWN).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Writes a file of ours.
    ///
    /// # Errors
    /// It is below a link, or cannot be written.
    pub(super) fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        if let Some((folder, _)) = path.rsplit_once('/') {
            self.folder(folder)?;
        }
        write_whole(&self.0.join(path), bytes)
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a list").map(|entry| entry.expect("an entry").file_name());
        let mut names: Vec<String> = entries.map(|name| name.to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_replaced_with_its_rights_and_a_link_is_not_followed() {
        let place = tempfile::tempdir().expect("a folder");
        let (file, theirs) = (place.path().join("a.yaml"), place.path().join("theirs"));
        fs::write(&file, "old").expect("a file");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("rights");
        write_whole(&file, b"new").expect("it is written");
        assert_eq!(fs::read_to_string(&file).expect("a file"), "new");
        assert_eq!(fs::metadata(&file).expect("a file").permissions().mode() & 0o777, 0o640);
        fs::write(&theirs, "theirs").expect("a file");
        symlink(&theirs, place.path().join("link")).expect("a link");
        write_whole(&place.path().join("link"), b"ours").expect("it is written");
        assert_eq!(fs::read_to_string(&theirs).expect("a file"), "theirs");
        assert!(create_whole(&file, b"x").is_err());
        symlink(place.path().join("nowhere"), place.path().join("loose")).expect("a link");
        assert!(create_whole(&place.path().join("loose"), b"x").is_err());
        assert_eq!(names(place.path()), ["a.yaml", "link", "loose", "theirs"], "nothing is left beside them");
    }

    #[test]
    fn a_file_that_nobody_may_write_is_not_written() {
        let place = tempfile::tempdir().expect("a folder");
        let file = place.path().join("a.yaml");
        fs::write(&file, "old").expect("a file");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).expect("rights");
        let error = write_whole(&file, b"new").expect_err("it is read-only");
        assert_eq!(error.to_string(), "it is read-only");
        assert_eq!(fs::read_to_string(&file).expect("a file"), "old");
    }

    #[test]
    fn what_is_ours_is_reached_through_no_link() {
        let (place, elsewhere) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        fs::write(elsewhere.path().join("x"), "theirs").expect("a file");
        let own = OwnFolder(place.path());
        own.write(".dossier/a/x", b"ours").expect("it is written");
        assert_eq!(own.read(".dossier/a/x").expect("it is read"), b"ours");
        symlink(elsewhere.path(), place.path().join(".dossier/link")).expect("a link");
        symlink(elsewhere.path().join("x"), place.path().join(".dossier/x")).expect("a link");
        for path in [".dossier/link/x", ".dossier/link/y/z"] {
            assert!(own.write(path, b"ours").is_err() && own.read(path).is_err(), "{path}");
        }
        assert!(own.folder(".dossier/link").is_err() && own.read(".dossier/x").is_err());
        own.write(".dossier/x", b"ours").expect("in the place of the link");
        assert_eq!(fs::read_to_string(elsewhere.path().join("x")).expect("a file"), "theirs");
        assert_eq!(names(elsewhere.path()), ["x"]);
    }
}
