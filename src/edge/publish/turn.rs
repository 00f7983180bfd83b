//! One publication at a time to one place: a lock where there can be one, and a name for who holds it.

use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use super::PublishError;
use crate::base::hash::Sha256;
use crate::edge::whole::open_unlinked;

/// What the file of a lock begins with, so that nobody else's is taken for one.
const START: &str = "dossier publish: ";

/// Held while a place is published to; let go when dropped, or when its process ends, however it does.
pub(super) struct Turn {
    path: PathBuf,
    file: File,
}

/// Who publishes, for whoever has to wait.
pub(super) fn ourselves() -> String {
    let user = ["USER", "LOGNAME", "USERNAME"].into_iter().find_map(|name| std::env::var(name).ok());
    let user = user.filter(|user| !user.is_empty()).unwrap_or_else(|| "somebody".to_owned());
    let host = host().map(|host| format!("@{host}")).unwrap_or_default();
    format!("{user}{host}, process {}", std::process::id())
}

#[cfg(unix)]
fn host() -> Option<String> {
    let name = rustix::system::uname();
    name.nodename().to_str().ok().map(str::to_owned)
}

#[cfg(not(unix))]
fn host() -> Option<String> {
    std::env::var("COMPUTERNAME").ok()
}

impl Turn {
    /// Takes a place on this machine by a file in it; `None` where there can be no such file, or no lock.
    ///
    /// # Errors
    /// Somebody publishes there, or the file is not ours.
    pub(super) fn take(path: &Path) -> Result<Option<Self>, PublishError> {
        loop {
            let file = open_unlinked(File::options().read(true).write(true).create(true).truncate(false), path);
            let mut file = match file {
                Ok(file) => file,
                Err(error) if is_no_place(&error) => return Ok(None),
                Err(error) => return Err(PublishError::Failed(format!("`{}`: {error}", path.display()))),
            };
            let holder = holder(&mut file).ok_or_else(|| not_ours(path))?;
            match lock(&file) {
                Ok(true) if is_still_there(&file, path) => {
                    // Only so that others can name us; the lock holds without.
                    let _ = file.rewind().and_then(|()| file.set_len(0));
                    let _ = write!(file, "{START}{}", ourselves());
                    return Ok(Some(Self { path: path.to_path_buf(), file }));
                }
                // Its last holder removed it between our opening and our locking.
                Ok(true) => {}
                Ok(false) => return Err(taken(&holder)),
                Err(_) => return Ok(None),
            }
        }
    }

    /// The same for a place that is elsewhere: two publications of this machine at least do not meet there.
    ///
    /// # Errors
    /// Somebody publishes there.
    pub(super) fn of_address(address: &str) -> Result<Option<Self>, PublishError> {
        let name = format!("dossier-publish-{}.lock", &Sha256::of(address.as_bytes()).to_string()[..16]);
        Self::take(&std::env::temp_dir().join(name))
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        // Removed while held: whoever has it open sees that it is gone and makes another.
        if is_still_there(&self.file, &self.path) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

fn is_no_place(error: &io::Error) -> bool {
    use io::ErrorKind::{NotADirectory, NotFound, PermissionDenied, ReadOnlyFilesystem};
    matches!(error.kind(), NotFound | NotADirectory | PermissionDenied | ReadOnlyFilesystem)
}

/// Who held it last; `None` where the file is no lock.
fn holder(file: &mut File) -> Option<String> {
    let mut text = String::new();
    file.take(400).read_to_string(&mut text).ok()?;
    if text.is_empty() { Some("another dossier".to_owned()) } else { text.strip_prefix(START).map(str::to_owned) }
}

/// A lock that holds on disks of the network too.
#[cfg(unix)]
fn lock(file: &File) -> io::Result<bool> {
    use rustix::fs::{FlockOperation, fcntl_lock};
    use rustix::io::Errno;
    match fcntl_lock(file, FlockOperation::NonBlockingLockExclusive) {
        Err(Errno::ACCESS | Errno::AGAIN) => Ok(false),
        locked => Ok(locked.map(|()| true)?),
    }
}

#[cfg(not(unix))]
fn lock(file: &File) -> io::Result<bool> {
    match file.try_lock() {
        Ok(()) => Ok(true),
        Err(fs::TryLockError::WouldBlock) => Ok(false),
        Err(fs::TryLockError::Error(error)) => Err(error),
    }
}

#[cfg(unix)]
fn is_still_there(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    match (file.metadata(), path.symlink_metadata()) {
        (Ok(ours), Ok(there)) => (ours.dev(), ours.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_still_there(_: &File, path: &Path) -> bool {
    path.exists()
}

/// What is said to who comes second.
pub(super) fn taken(holder: &str) -> PublishError {
    PublishError::Failed(format!("{holder} publishes there now: wait until that is done"))
}

fn not_ours(path: &Path) -> PublishError {
    PublishError::Refused(format!("`{}` is not a lock of dossier's, so it is left alone: move it away", path.display()))
}
