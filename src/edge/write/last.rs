//! What has not changed needs no build: `.dossier/built.json` says what the last one was made from, and what it left.
//!
//! Both are sums: of the program, the options and every byte of the inputs; and of the path, size and times of every file of the
//! output that is not foreign. What was found is kept too, to be told again. A file that is lost, or that somebody else wrote,
//! costs a build and nothing more. No path of the machine is kept: a dossier that was copied or moved has its output in it.

use std::collections::BTreeSet;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use walkdir::{DirEntry, WalkDir};

use super::lock::Lock;
use super::{noted, output, swap};
use crate::base::diag::Diagnostics;
use crate::base::hash::{Sha256, Sha256Sum};
use crate::base::input::Inputs;
use crate::edge::manifest::Entry;
use crate::edge::stamp::Stamp;
use crate::edge::whole::OwnFolder;

/// Where it stands in a dossier.
const PATH: &str = ".dossier/built.json";

/// A build that may still stand.
#[derive(Debug, Serialize, Deserialize)]
pub struct Last {
    made_from: Sha256,
    left: Sha256,
    /// Where the output is, from the dossier, as `site.toml` says.
    configured: String,
    /// What was found in the inputs.
    pub found: Diagnostics,
    /// What it said of itself.
    pub told: String,
}

/// The sum of all that the site of `inputs` is made from, when it is written where `asked` says; `None` where a file cannot be
/// read.
pub fn made_from(root: &Path, inputs: &Inputs, asked: Option<&Path>) -> Option<Sha256> {
    let program = std::env::current_exe().and_then(fs::metadata).ok()?;
    let texts = inputs.files.par_iter().map(|file| (&*file.path, Sha256::of(file.text.as_bytes())));
    let assets = inputs.assets.par_iter().map(|(path, _)| Some((&**path, Entry::of_file(&root.join(&**path)).ok()?)));
    let (texts, assets): (Vec<_>, Option<Vec<_>>) = rayon::join(|| texts.collect(), || assets.collect());
    let mut sum = Sha256Sum::default();
    sum.update(format!("{} {:?} {:?} {asked:?}\n", times(&program), inputs.options, inputs.links).as_bytes());
    texts.into_iter().for_each(|(path, text)| sum.update(format!("{path:?} {text}\n").as_bytes()));
    assets?.into_iter().for_each(|(path, asset)| sum.update(format!("{path:?} {asset:?}\n").as_bytes()));
    Some(sum.finish())
}

/// The last build, if it was made from the same and nobody has touched what it left where `asked` says. What a killed build left
/// goes as it would with a new one.
pub fn still_stands(root: &Path, asked: Option<&Path>, made_from: Sha256) -> Option<Last> {
    let last: Last = serde_json::from_slice(&OwnFolder(root).read(PATH).ok()?).ok()?;
    if last.made_from != made_from {
        return None;
    }
    let output = output::locate(root, &place(root, asked, &last.configured)).ok()?;
    let lock = Lock::take(&output).ok()??;
    // Who lets others read new files from now on means the old ones too.
    let rights = fs::metadata(output.join(output::MARK)).ok()?.permissions();
    if lock.rights() != Some(rights) {
        return None;
    }
    swap::recover(&output).ok()?;
    (state(&output, &noted::noted(root, &output)).ok()? == last.left).then_some(last)
}

/// Where the site is written: where `asked` says, or `site.toml`.
pub fn place(root: &Path, asked: Option<&Path>, configured: &str) -> PathBuf {
    asked.map_or_else(|| root.join(configured), Path::to_path_buf)
}

/// Remembers a build. That it cannot is no reason to fail: the next build is made in any case.
pub fn remember(
    root: &Path,
    asked: Option<&Path>,
    configured: &str,
    made_from: Sha256,
    found: Diagnostics,
    told: String,
) {
    let output = output::locate(root, &place(root, asked, configured)).ok();
    let left = output.and_then(|output| state(&output, &noted::noted(root, &output)).ok());
    let configured = configured.to_owned();
    let Some(last) = left.map(|left| Last { made_from, left, configured, found, told }) else { return };
    let _ = OwnFolder(root).write(PATH, &serde_json::to_vec(&last).unwrap_or_default());
}

/// The sum of all that can be told of an output's files without opening them. What is known to be `foreign` may change as it likes.
fn state(output: &Path, foreign: &BTreeSet<PathBuf>) -> io::Result<Sha256> {
    let is_ours = |entry: &DirEntry| entry.path().strip_prefix(output).is_ok_and(|path| !foreign.contains(path));
    let walk = WalkDir::new(output).into_iter().filter_entry(is_ours);
    let entries: Vec<DirEntry> = walk.collect::<Result<_, _>>()?;
    let line = |entry: &DirEntry| -> io::Result<(PathBuf, String)> {
        let metadata = entry.metadata()?;
        // Whoever makes or removes a file in a folder changes the folder's times, and is seen by that file.
        let seen = if metadata.is_dir() { "folder".to_owned() } else { times(&metadata) };
        Ok((entry.path().strip_prefix(output).unwrap_or(entry.path()).to_path_buf(), seen))
    };
    let mut lines = entries.par_iter().map(line).collect::<io::Result<Vec<_>>>()?;
    lines.par_sort_unstable();
    let mut sum = Sha256Sum::default();
    for (path, seen) in lines {
        sum.update(path.as_os_str().as_encoded_bytes());
        sum.update(format!("\0{seen}\n").as_bytes());
    }
    Ok(sum.finish())
}

/// A file's kind, size and times.
fn times(metadata: &Metadata) -> String {
    format!("{:?} {:?}", metadata.file_type(), Stamp::of(metadata))
}
