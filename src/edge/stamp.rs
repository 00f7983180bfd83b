//! What tells that a file has changed, without opening it.

use std::fs::Metadata;
use std::time::SystemTime;

/// Size, time of the last writing, and where the system keeps it, of the last change of any sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    size: u64,
    modified: Option<SystemTime>,
    status: (i64, i64),
}

impl Stamp {
    /// Of a file as the system describes it.
    pub fn of(metadata: &Metadata) -> Self {
        Self { size: metadata.len(), modified: metadata.modified().ok(), status: status(metadata) }
    }
}

/// When anything about the file changed. Programs that unpack and copy set the other time back, and nobody can set this one.
#[cfg(unix)]
fn status(metadata: &Metadata) -> (i64, i64) {
    use std::os::unix::fs::MetadataExt as _;
    (metadata.ctime(), metadata.ctime_nsec())
}

#[cfg(not(unix))]
fn status(_: &Metadata) -> (i64, i64) {
    (0, 0)
}
