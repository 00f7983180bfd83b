//! One build at a time: a lock beside the output that the system itself lets go of when its holder is gone, however it went.

use std::fs::{self, File, Permissions, TryLockError};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use super::swap::beside;
use super::{WriteError, at};
use crate::edge::whole::open_unlinked;

/// Held while an output is written or read as a whole; let go when dropped.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    file: File,
}

impl Lock {
    /// Takes the lock of an output folder; `None` on a disk that knows no locks.
    ///
    /// # Errors
    /// Another process holds it, or its file cannot be made.
    pub fn take(output: &Path) -> Result<Option<Self>, WriteError> {
        let path = beside(output, "lock");
        loop {
            let mut file = open(&path).map_err(|error| beside_is_closed(&path, error))?;
            match file.try_lock() {
                Ok(()) if is_still_there(&file, &path) => {
                    is_ours(&mut file).map_err(|()| not_ours(&path))?;
                    // Only so that others can name us; the lock holds without.
                    let _ = file.set_len(0).and_then(|()| write!(file, "{}", std::process::id()));
                    return Ok(Some(Self { path, file }));
                }
                // Its last holder removed it between our opening and our locking.
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(held(output, file)),
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => return Ok(None),
                Err(TryLockError::Error(error)) => return Err(at(&path)(error)),
            }
        }
    }
}

impl Lock {
    /// The rights that a new file gets here today.
    pub(super) fn rights(&self) -> Option<Permissions> {
        Some(self.file.metadata().ok()?.permissions())
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while held: whoever has it open sees that it is gone and makes another.
        let _ = fs::remove_file(&self.path);
    }
}

fn open(path: &Path) -> io::Result<File> {
    open_unlinked(File::options().read(true).write(true).create(true).truncate(false), path)
}

/// A lock holds nothing but the number of who held it last; another file of that name is somebody's.
fn is_ours(file: &mut File) -> Result<(), ()> {
    let mut start = String::new();
    let read = file.take(32).read_to_string(&mut start).and_then(|_| file.rewind());
    if read.is_ok() && start.bytes().all(|byte| byte.is_ascii_digit()) { Ok(()) } else { Err(()) }
}

fn not_ours(path: &Path) -> WriteError {
    WriteError::Refused(format!(
        "`{}` is not the lock that a build puts there, so it is left alone: move it away, and build again",
        path.display()
    ))
}

#[cfg(unix)]
fn is_still_there(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    match (file.metadata(), fs::metadata(path)) {
        (Ok(ours), Ok(there)) => (ours.dev(), ours.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_still_there(_: &File, path: &Path) -> bool {
    path.exists()
}

fn held(output: &Path, file: File) -> WriteError {
    let mut holder = String::new();
    let named = file.take(32).read_to_string(&mut holder).is_ok() && holder.parse::<u32>().is_ok();
    let by = if named { format!(" (process {holder})") } else { String::new() };
    WriteError::Hindered(format!(
        "another dossier{by} is at work on `{}`: wait until it is done, or stop it, and try again",
        output.display()
    ))
}

/// The folder around the output takes no new files: the commonest cause has a way around it.
fn beside_is_closed(path: &Path, error: io::Error) -> WriteError {
    let parent = path.parent().unwrap_or(path);
    match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => WriteError::Hindered(format!(
            "there is no permission to write in `{}`, and a build is made there before it takes its place: \
             build into a folder of your own with `--output`, or ask whoever owns that one",
            parent.display()
        )),
        _ => at(path)(error),
    }
}
