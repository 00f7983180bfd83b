//! Which files of a dossier changed: as the system tells, or by looking again and again where it does not.
//!
//! A [`Watcher`] is started before the files are read, so nothing that happens in between is missed. Events are proven with a
//! probe file and never trusted further than that they name a path: whoever waits reads the path again and compares.

mod events;
mod gather;
mod links;
mod network;
mod poll;
mod stop;

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant};

use super::read::{self, FILES, FOLDERS, is_hidden};
use crate::base::input::Inputs;

pub use stop::Stop;

/// How often files are looked at where the system does not tell, unless `--poll` says otherwise.
const POLL: Duration = Duration::from_millis(500);

/// What happened to the files of a dossier since they were read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Files and folders that came, went or changed, from the root with `/` between folders. A folder stands for all in it.
    pub paths: BTreeSet<String>,
    /// Whether anything may have changed: the system lost count.
    pub everything: bool,
}

impl Changes {
    /// Whether nothing happened.
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty() && !self.everything
    }

    /// Adds what happened later.
    pub fn merge(&mut self, later: Self) {
        self.paths.extend(later.paths);
        self.everything |= later.everything;
    }
}

/// What a source of changes says.
enum Signal {
    /// Something happened at these paths.
    Paths(Vec<PathBuf>),
    /// Something happened, nobody knows where.
    Everything,
    /// No more will be told, and why.
    Lost(String),
}

/// Waits for changes of one dossier.
pub struct Watcher {
    root: PathBuf,
    sender: Sender<Signal>,
    signals: Receiver<Signal>,
    /// Dropped, it tells no more.
    source: Option<events::Events>,
    /// The links of the dossier, as far as they were told.
    links: links::Links,
    /// What was heard and not asked for yet.
    held: Changes,
    /// When something was heard last.
    heard: Instant,
    notice: Option<String>,
}

impl Watcher {
    /// Starts to watch the dossier in `root`. With `poll` its files are looked at that often; without, that is done only
    /// where the system does not tell of changes, and [`Watcher::notice`] says why. Whoever stops the program meanwhile waits
    /// until the probe is gone.
    pub fn start(root: &Path, poll: Option<Duration>, stop: &Stop) -> Self {
        let _whole = stop.hold();
        let root = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
        let (sender, signals) = mpsc::channel();
        let mut watcher = Self {
            root,
            sender,
            signals,
            source: None,
            links: links::Links::default(),
            held: Changes::default(),
            heard: Instant::now(),
            notice: None,
        };
        match poll {
            Some(every) => poll::start(&watcher.root, every, watcher.sender.clone()),
            None => match events::start(&watcher.root, watcher.sender.clone()) {
                Ok(source) => watcher.source = Some(source),
                Err(why) => watcher.fall_back(&why),
            },
        }
        watcher
    }

    /// Watches what these links of the dossier lead to as well, from now on. What may have changed there before that is looked at
    /// again.
    pub fn follow<'p>(&mut self, links: impl Iterator<Item = &'p str>) {
        self.links = links::Links::of(&self.root, links);
        let Some(source) = &mut self.source else { return };
        for watched in self.links.watched(&self.root) {
            let is_new = relevant(&self.root, &watched.folder).is_none() && source.watch_linked(&watched);
            if is_new {
                self.held.paths.extend(self.links.below(&watched.folder).cloned());
            }
        }
    }

    /// What people should know of how changes are found, once.
    pub fn notice(&mut self) -> Option<String> {
        self.notice.take()
    }

    /// Waits until something changed and a burst of changes is over.
    pub fn wait(&mut self) -> Changes {
        self.wait_for(gather::QUIET)
    }

    /// Waits until something changed, and no longer than a save takes: the burst may go on, which [`Watcher::is_quiet`] tells.
    /// What takes a while can so be done meanwhile.
    pub fn start_of_burst(&mut self) -> Changes {
        self.wait_for(gather::PAUSE)
    }

    fn wait_for(&mut self, quiet: Duration) -> Changes {
        loop {
            let first = if self.held.is_empty() { self.signals.recv().ok() } else { None };
            let signals = gather::gather(&self.signals, first, quiet);
            self.heard = Instant::now().checked_sub(quiet).unwrap_or_else(Instant::now);
            self.hear(signals);
            if !self.held.is_empty() {
                return std::mem::take(&mut self.held);
            }
        }
    }

    /// Whether the burst is over that the last changes came from. It waits until that is sure, and no longer than it takes.
    pub fn is_quiet(&mut self) -> bool {
        while self.held.is_empty() {
            match self.signals.recv_timeout(gather::QUIET.saturating_sub(self.heard.elapsed())) {
                Ok(signal) => self.hear(vec![signal]),
                Err(_) => return true,
            }
        }
        false
    }

    fn hear(&mut self, signals: Vec<Signal>) {
        for signal in signals {
            match signal {
                Signal::Paths(paths) => {
                    self.held.paths.extend(paths.iter().filter_map(|path| relevant(&self.root, path)));
                    self.held.paths.extend(paths.iter().flat_map(|path| self.links.over(path)).cloned());
                }
                Signal::Everything => self.held.everything = true,
                Signal::Lost(why) => {
                    self.fall_back(&why);
                    self.held.everything = true;
                }
            }
        }
        if let Some(source) = &mut self.source {
            source.watch_new_folders(&self.root, &self.held);
        }
    }

    fn fall_back(&mut self, why: &str) {
        self.source = None;
        poll::start(&self.root, POLL, self.sender.clone());
        let every = POLL.as_millis();
        self.notice =
            Some(format!("{why}: looking at the files every {every} ms instead (`--poll MS` sets how often)"));
    }
}

/// The inputs after some changes.
///
/// # Errors
/// The root cannot be listed.
pub fn read_again(root: &Path, inputs: &Inputs, changes: &Changes) -> io::Result<Inputs> {
    let everything = changes.everything.then(|| root.to_path_buf());
    let paths: Vec<PathBuf> = changes.paths.iter().map(PathBuf::from).chain(everything).collect();
    read::apply(root, inputs, &paths)
}

/// The path from the root, if a dossier is made from what is there: hidden files and everything outside its folders is not.
fn relevant(root: &Path, path: &Path) -> Option<String> {
    let parts: Vec<_> = path.strip_prefix(root).ok()?.iter().map(|part| part.to_string_lossy()).collect();
    let path = parts.join("/");
    let counts = FILES.contains(&path.as_str()) || parts.first().is_some_and(|first| FOLDERS.contains(&first.as_ref()));
    (counts && !is_hidden(&path)).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_dossier_is_made_from_counts() {
        for (path, expected) in [
            ("/d/site.toml", Some("site.toml")),
            ("/d/content/articles/a.md", Some("content/articles/a.md")),
            ("/d/content", Some("content")),
            ("/d/static/é.css", Some("static/é.css")),
            ("/d/public/index.html", None),
            ("/d/.dossier/probe", None),
            ("/d/content/.a.md.swp", None),
            ("/d/content/.git/x.md", None),
            ("/d/static/.well-known/security.txt", Some("static/.well-known/security.txt")),
            ("/d/site.toml/x", None),
            ("/d", None),
            ("/elsewhere/content/a.md", None),
        ] {
            assert_eq!(relevant(Path::new("/d"), Path::new(path)).as_deref(), expected, "{path}");
        }
    }
}
