//! A folder of another machine, by `rsync`: over ssh, or to an rsync server.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::Command;

use super::turn::Turn;
use super::{PublishError, Target};
use crate::edge::manifest::Entry;
use crate::edge::program::{self, Ended};

/// A place that `rsync` knows how to reach.
pub(super) struct Rsync {
    /// As `rsync` takes it, with a slash at its end.
    address: String,
    _turn: Option<Turn>,
}

/// Whether a folder is on another machine: `user@host:path`, `host::module/path`, `rsync://host/module/path`.
pub(super) fn is_remote(folder: &str) -> bool {
    // One letter before a colon is a disk of Windows.
    folder.starts_with("rsync://")
        || folder.split('/').next().is_some_and(|host| host.find(':').is_some_and(|at| at > 1))
}

/// So many files go in one run; each run starts a connection, and between two there is progress to show.
const BATCH: usize = 2_000;

/// A connection that says nothing for so many seconds is lost.
const TIMEOUT: &str = "--timeout=60";

impl Rsync {
    /// The folder at an address.
    ///
    /// # Errors
    /// Somebody on this machine publishes there.
    pub(super) fn open(folder: &str) -> Result<Self, PublishError> {
        let address = format!("{}/", folder.trim_end_matches('/'));
        let turn = Turn::of_address(&address)?;
        Ok(Self { address, _turn: turn })
    }

    fn run(&self, arguments: &[&OsStr], input: &[u8]) -> Result<Ended, PublishError> {
        let mut rsync = Command::new("rsync");
        // Paths are not read by a shell over there.
        rsync.args(["--protect-args", TIMEOUT]).args(arguments);
        let ended = program::run_patiently(&mut rsync, input, is_passing);
        ended.map_err(|error| {
            PublishError::Failed(format!("`rsync` is needed for this, and could not be started: {error}"))
        })
    }

    fn must(&self, arguments: &[&OsStr], input: &[u8]) -> Result<Ended, PublishError> {
        let ended = self.run(arguments, input)?;
        match ended.is_good() {
            true => Ok(ended),
            false => Err(PublishError::Failed(format!("rsync: {ended}"))),
        }
    }
}

/// Socket and protocol errors, time-outs, and a connection of ssh that failed: by rsync's own numbers.
fn is_passing(ended: &Ended) -> bool {
    matches!(ended.code, Some(5 | 10 | 12 | 30 | 35 | 255)) && !is_missing(ended)
}

/// What is asked for is not there yet: the file, or the folder.
fn is_missing(ended: &Ended) -> bool {
    ended.said.contains("No such file or directory")
}

/// Paths from standard input, each ended by a NUL.
const FROM_INPUT: [&str; 2] = ["--from0", "--files-from=-"];

fn list(paths: &[&str]) -> Vec<u8> {
    paths.iter().flat_map(|path| path.bytes().chain([0])).collect()
}

/// The folders of paths, each once.
fn folders<'a>(paths: &[&'a str]) -> BTreeSet<&'a str> {
    paths.iter().filter_map(|path| Some(path.rsplit_once('/')?.0)).collect()
}

fn with<'a>(options: &'a [&'a str], places: &[&'a OsStr]) -> Vec<&'a OsStr> {
    let options = options.iter().map(OsStr::new).chain([OsStr::new("--")]);
    options.chain(places.iter().copied()).collect()
}

impl Target for Rsync {
    fn read(&mut self, path: &str) -> Result<Option<Vec<u8>>, PublishError> {
        let failed = |error: std::io::Error| PublishError::Failed(format!("a temporary file cannot be used: {error}"));
        let here = tempfile::tempdir().map_err(failed)?;
        let there = format!("{}{path}", self.address);
        let ended = self.run(&with(&["--ignore-missing-args"], &[there.as_ref(), here.path().as_ref()]), &[])?;
        match fs::read(here.path().join(path)) {
            Ok(bytes) if ended.is_good() => Ok(Some(bytes)),
            _ if ended.is_good() || is_missing(&ended) => Ok(None),
            _ => Err(PublishError::Failed(format!("rsync: {ended}"))),
        }
    }

    fn list(&mut self) -> Result<BTreeSet<String>, PublishError> {
        let failed =
            |error: std::io::Error| PublishError::Failed(format!("a temporary folder cannot be made: {error}"));
        let empty = tempfile::tempdir().map_err(failed)?;
        // What would be fetched into an empty folder is what there is.
        let options = ["--recursive", "--links", "--dry-run", "--8-bit-output", "--out-format=%n"];
        let ended = self.run(&with(&options, &[self.address.as_ref(), empty.path().as_ref()]), &[])?;
        match ended.is_good() || is_missing(&ended) {
            true => Ok(ended.text().lines().filter(|line| !line.ends_with('/')).map(str::to_owned).collect()),
            false => Err(PublishError::Failed(format!("rsync: {ended}"))),
        }
    }

    fn holds(&mut self, _: &[&str]) -> Result<BTreeMap<String, Entry>, PublishError> {
        // It is sent again, which costs little: rsync sends what differs.
        Ok(BTreeMap::new())
    }

    fn put(&mut self, from: &Path, paths: &[&str], sent: &mut dyn FnMut(usize)) -> Result<(), PublishError> {
        let [from0, files] = FROM_INPUT;
        // We know what differs; size and time would not tell it of a file that was made twice in a second.
        let options = ["--times", "--ignore-times", "--compress", "--links", from0, files];
        let from = from.join("");
        for (number, batch) in paths.chunks(BATCH).enumerate() {
            self.must(&with(&options, &[from.as_ref(), self.address.as_ref()]), &list(batch))?;
            sent(number * BATCH + batch.len());
        }
        Ok(())
    }

    fn delete(&mut self, paths: &[&str]) -> Result<(), PublishError> {
        let failed =
            |error: std::io::Error| PublishError::Failed(format!("a temporary folder cannot be made: {error}"));
        let empty = tempfile::tempdir().map_err(failed)?;
        let [from0, files] = FROM_INPUT;
        // A file that is asked for and not here is deleted over there; its folder must be here, or rsync says that it vanished.
        let options = ["--delete-missing-args", from0, files];
        let from = empty.path().join("");
        for batch in paths.chunks(BATCH) {
            for folder in folders(batch) {
                fs::create_dir_all(empty.path().join(folder)).map_err(failed)?;
            }
            self.must(&with(&options, &[from.as_ref(), self.address.as_ref()]), &list(batch))?;
        }
        Ok(())
    }

    fn finish(&mut self, _: &str) -> Result<(), PublishError> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::is_remote;

    #[test]
    fn a_folder_is_here_or_elsewhere() {
        for folder in ["me@host:site", "host:/var/www", "host::module/site", "rsync://host/module", "me@host:"] {
            assert!(is_remote(folder), "{folder}");
        }
        for folder in ["/var/www", "../site", "site", "C:\\site", "./a:b", "/a:b/c", "~/site"] {
            assert!(!is_remote(folder), "{folder}");
        }
    }
}
