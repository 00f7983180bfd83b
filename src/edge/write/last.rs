//! What has not changed needs no build: `.dossier/built.json` says what the last one was made from, and what it left.
//!
//! Both are sums: of the program, the options and every byte of the inputs; and of the path, size and times of every file of the
//! output. What was found is kept too, to be told again. A file that is lost, or that somebody else wrote, costs a build and
//! nothing more.

use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use walkdir::{DirEntry, WalkDir};

use super::lock::Lock;
use super::{output, swap};
use crate::base::diag::Diagnostics;
use crate::base::hash::{Sha256, Sha256Sum};
use crate::base::input::Inputs;
use crate::edge::manifest::Entry;
use crate::edge::stamp::Stamp;

/// Where it stands in a dossier.
const PATH: &str = ".dossier/built.json";

/// A build that may still stand.
#[derive(Debug, Serialize, Deserialize)]
pub struct Last {
    made_from: Sha256,
    left: Sha256,
    output: PathBuf,
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

/// The last build, if it was made from the same and nobody has touched what it left. What a killed build left goes as it would
/// with a new one.
pub fn still_stands(root: &Path, made_from: Sha256) -> Option<Last> {
    let last: Last = serde_json::from_slice(&fs::read(root.join(PATH)).ok()?).ok()?;
    if last.made_from != made_from {
        return None;
    }
    let output = output::locate(root, &last.output).ok()?;
    let _lock = Lock::take(&output).ok()??;
    swap::recover(&output).ok()?;
    (state(&output).ok()? == last.left).then_some(last)
}

/// Remembers a build. That it cannot is no reason to fail: the next build is made in any case.
pub fn remember(root: &Path, made_from: Sha256, output: PathBuf, found: Diagnostics, told: String) {
    let left = output::locate(root, &output).ok().and_then(|output| state(&output).ok());
    let Some(last) = left.map(|left| Last { made_from, left, output, found, told }) else { return };
    let path = root.join(PATH);
    let fresh = path.with_extension(format!("new-{}", std::process::id()));
    let _ = path.parent().map(fs::create_dir_all);
    let written =
        fs::write(&fresh, serde_json::to_vec(&last).unwrap_or_default()).and_then(|()| fs::rename(&fresh, &path));
    if written.is_err() {
        let _ = fs::remove_file(&fresh);
    }
}

/// The sum of all that can be told of an output's files without opening them.
fn state(output: &Path) -> io::Result<Sha256> {
    let entries: Vec<DirEntry> = WalkDir::new(output).into_iter().collect::<Result<_, _>>()?;
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
