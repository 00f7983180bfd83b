//! Changes found by looking: every file's size and time, compared with those of the last look.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::thread;
use std::time::{Duration, Instant};

use walkdir::{DirEntry, WalkDir};

use super::{Signal, relevant};
use crate::edge::read::{FILES, FOLDERS};
use crate::edge::stamp::Stamp;

/// Looking takes at most one part in this many of a core's time.
const SHARE: u32 = 5;

/// Files with what tells that they changed; a symbolic link by what it leads to.
type Look = BTreeMap<PathBuf, Option<Stamp>>;

/// Looks now, and from then on in a thread of its own, until nobody listens.
pub(super) fn start(root: &Path, every: Duration, sender: Sender<Signal>) {
    let root = root.to_path_buf();
    let mut last = look(&root);
    thread::spawn(move || {
        let mut took = Duration::ZERO;
        loop {
            thread::sleep(every.max(took * SHARE));
            let start = Instant::now();
            let now = look(&root);
            took = start.elapsed();
            let changed = differing(&last, &now);
            last = now;
            if !changed.is_empty() && sender.send(Signal::Paths(changed)).is_err() {
                return;
            }
        }
    });
}

fn look(root: &Path) -> Look {
    let mut look = Look::new();
    for name in FOLDERS.iter().chain(FILES) {
        // A folder behind a link is looked at in the place of the link; one outside is not read.
        let is_inside = |path: &Path| path.canonicalize().is_ok_and(|target| target.starts_with(root));
        let counts = |entry: &DirEntry| {
            let leaves = entry.path_is_symlink() && entry.file_type().is_dir() && !is_inside(entry.path());
            relevant(root, entry.path()).is_some() && !leaves
        };
        let walk = WalkDir::new(root.join(name)).follow_links(true);
        let entries = walk.into_iter().filter_entry(counts).flatten();
        for entry in entries.filter(|entry| !entry.file_type().is_dir()) {
            let stamp = fs::metadata(entry.path()).ok().as_ref().map(Stamp::of);
            look.insert(entry.into_path(), stamp);
        }
    }
    look
}

fn differing(before: &Look, after: &Look) -> Vec<PathBuf> {
    let new_or_other = after.iter().filter(|(path, stamp)| before.get(*path) != Some(stamp));
    let gone = before.iter().filter(|(path, _)| !after.contains_key(*path));
    new_or_other.chain(gone).map(|(path, _)| path.clone()).collect()
}
