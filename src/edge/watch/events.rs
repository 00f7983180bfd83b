//! Changes as the system tells them, proven with a probe file.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Sender};
use std::time::{Duration, Instant};

use notify::{ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::links::Watched;
use super::{Changes, Signal, network};
use crate::edge::read::FOLDERS;

/// An event that takes longer than this to arrive does not arrive.
const PATIENCE: Duration = Duration::from_secs(2);

/// Keeps the system telling.
pub(super) struct Events {
    watcher: RecommendedWatcher,
    /// What links lead to and is watched for that.
    linked: BTreeSet<Watched>,
}

/// Starts to listen to what happens in the dossier at `root`.
///
/// # Errors
/// Why events cannot be relied upon here.
pub(super) fn start(root: &Path, sender: Sender<Signal>) -> Result<Events, String> {
    if let Some(kind) = FOLDERS.iter().find_map(|folder| network::kind(&root.join(folder))).or(network::kind(root)) {
        return Err(format!("this folder is on {kind}, which does not tell of changes that others make"));
    }
    let mut watcher = probed(root, sender)?;
    watcher.watch(root, RecursiveMode::NonRecursive).map_err(explain)?;
    for folder in FOLDERS.iter().map(|folder| root.join(folder)).filter(|folder| folder.is_dir()) {
        watcher.watch(&folder, RecursiveMode::Recursive).map_err(explain)?;
    }
    Ok(Events { watcher, linked: BTreeSet::new() })
}

impl Events {
    /// Watches what a link leads to; tells whether it was not watched before.
    pub(super) fn watch_linked(&mut self, watched: &Watched) -> bool {
        if self.linked.contains(watched) {
            return false;
        }
        let mode = if watched.whole { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
        let is_new = self.watcher.watch(&watched.folder, mode).is_ok();
        if is_new {
            self.linked.insert(watched.clone());
        }
        is_new
    }

    /// A folder of the dossier that is new, or another one under the old name, is watched from now on.
    pub(super) fn watch_new_folders(&mut self, root: &Path, changes: &Changes) {
        for folder in FOLDERS.iter().filter(|folder| changes.paths.contains(**folder) || changes.everything) {
            // It may be gone again: then there is nothing to watch.
            let _ = self.watcher.watch(&root.join(folder), RecursiveMode::Recursive);
        }
    }
}

/// A watcher that has told of a file in `.dossier/`, which is gone again.
fn probed(root: &Path, sender: Sender<Signal>) -> Result<RecommendedWatcher, String> {
    let (proof, proofs) = mpsc::channel();
    let folder = root.join(".dossier");
    let probe = folder.join(format!("probe-{}", std::process::id()));
    let awaited = probe.clone();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        if event.as_ref().is_ok_and(|event| event.paths.contains(&awaited)) {
            let _ = proof.send(());
        }
        if let Some(signal) = signal(event) {
            let _ = sender.send(signal);
        }
    })
    .map_err(explain)?;
    fs::create_dir_all(&folder).map_err(|error| format!("`{}` cannot be made: {error}", folder.display()))?;
    let told = watcher.watch(&folder, RecursiveMode::NonRecursive).map_err(explain).and_then(|()| {
        fs::write(&probe, "").map_err(|error| format!("`{}` cannot be written: {error}", probe.display()))?;
        arrives(&proofs).then_some(()).ok_or_else(|| "the system tells of no changes here".to_owned())
    });
    let _ = watcher.unwatch(&folder);
    let _ = fs::remove_file(&probe);
    // Only an empty folder goes, and that is one that we made.
    let _ = fs::remove_dir(&folder);
    told.map(|()| watcher)
}

fn arrives(proofs: &mpsc::Receiver<()>) -> bool {
    let deadline = Instant::now() + PATIENCE;
    proofs.recv_timeout(deadline.saturating_duration_since(Instant::now())).is_ok()
}

/// What an event means for us. Being read is none: our own reading would never end otherwise.
fn signal(event: notify::Result<Event>) -> Option<Signal> {
    match event {
        Ok(event) if event.need_rescan() => Some(Signal::Everything),
        Ok(Event { kind: EventKind::Access(_), .. }) => None,
        Ok(event) => Some(Signal::Paths(event.paths)),
        Err(error) if matches!(error.kind, ErrorKind::MaxFilesWatch) => Some(Signal::Lost(explain(error))),
        Err(_) => Some(Signal::Everything),
    }
}

fn explain(error: notify::Error) -> String {
    match error.kind {
        ErrorKind::MaxFilesWatch => "the system watches no more folders (`fs.inotify.max_user_watches`)".to_owned(),
        _ => {
            let at: Vec<String> = error.paths.iter().map(|path: &PathBuf| format!("`{}`", path.display())).collect();
            format!(
                "{} cannot be watched: {error}",
                if at.is_empty() { "this folder".to_owned() } else { at.join(", ") }
            )
        }
    }
}
