//! What stands at a target and what should, to the steps from the one to the other. No file is touched here.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::edge::manifest::{self, Entry, Manifest};

/// Where a target keeps what is being changed there.
pub const JOURNAL: &str = ".dossier-publish.json";

/// The files that publications began to change since the target's manifest was written: what they hold now is not certain.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Journal {
    /// Their paths.
    pub touched: BTreeSet<String>,
    /// Which publication wrote it last: letters by chance. A plan has none yet.
    #[serde(default)]
    pub run: String,
    /// Who that is.
    #[serde(default)]
    pub by: String,
}

impl Journal {
    /// As it is written.
    pub fn to_json(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// Reads one; `None` for what is none.
    pub fn from_json(bytes: &[u8]) -> Option<Self> {
        let journal: Self = serde_json::from_slice(bytes).ok()?;
        journal.touched.iter().all(|path| manifest::is_below(path)).then_some(journal)
    }
}

/// What stands at a target.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    /// What the last publication left, if it left anything.
    pub manifest: Option<Manifest>,
    /// What a publication that did not end was changing.
    pub journal: Option<Journal>,
    /// Every file, where there is neither; else those that stand where the new site has one and that no publication is known to
    /// have sent.
    pub files: BTreeSet<String>,
    /// What files hold that are not certain, as far as the target could tell.
    pub holds: BTreeMap<String, Entry>,
}

/// A step of a publication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Writes down what will be changed.
    Begin(Journal),
    /// Sends files of the site, in any order.
    Put(Vec<String>),
    /// Sends the manifest: from here on the target is the new site.
    Manifest,
    /// Deletes files.
    Delete(Vec<String>),
    /// Nothing is being changed any more.
    End,
}

/// Why a target is left alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Files of other people, or of a publication whose manifest is lost, stand where the site's would: how many, and one.
    Taken(usize, String),
    /// It has the site of another address.
    Other(String),
}

impl Survey {
    /// The files whose bytes are not certain; with `force`, all: others may have changed what the manifest lists.
    pub(super) fn uncertain(&self, force: bool) -> BTreeSet<&str> {
        let touched = self.journal.iter().flat_map(|journal| &journal.touched);
        let listed = self.manifest.iter().flat_map(|manifest| manifest.files.keys());
        touched.chain(self.files.iter().chain(listed).filter(|_| force)).map(String::as_str).collect()
    }

    /// The files that publications sent, each with what it holds, where that is certain.
    pub(super) fn ours(&self, force: bool) -> BTreeMap<&str, Option<Entry>> {
        let written = self.manifest.iter().flat_map(|manifest| &manifest.files);
        let mut ours: BTreeMap<&str, Option<Entry>> =
            written.map(|(path, entry)| (path.as_str(), Some(*entry))).collect();
        ours.extend(self.uncertain(force).into_iter().map(|path| (path, self.holds.get(path).copied())));
        ours.remove(manifest::PATH);
        ours.remove(JOURNAL);
        ours
    }
}

/// The steps that make a target the new site; none where it is that already.
///
/// What is not known to be ours is never overwritten nor deleted, unless `force` says that everything there is; hidden files stay even then.
///
/// # Errors
/// The target holds something else, and there is no `force`.
pub fn plan(survey: &Survey, new: &Manifest, force: bool) -> Result<Vec<Step>, Refusal> {
    if !force {
        refuse(survey, new)?;
    }
    let ours = survey.ours(force);
    let changed = new.files.iter().filter(|(path, entry)| ours.get(path.as_str()) != Some(&Some(**entry)));
    let mut changed: Vec<&String> = changed.map(|(path, _)| path).collect();
    let gone = ours.keys().filter(|path| !new.files.contains_key(**path));
    let gone: Vec<String> = gone.filter(|path| !is_others(path, survey)).map(|path| (*path).to_owned()).collect();
    let stale = survey.manifest.as_ref() != Some(new);
    if changed.is_empty() && gone.is_empty() && !stale && survey.journal.is_none() {
        return Ok(Vec::new());
    }
    let (in_the_way, gone): (Vec<String>, Vec<String>) = gone.into_iter().partition(|path| is_in_the_way(path, new));
    let rank = |path: &String| rank(path, ours.contains_key(path.as_str()));
    changed.sort_by_key(|path| (rank(path), *path));
    let puts = changed.chunk_by(|a, b| rank(a) == rank(b)).map(|paths| paths.iter().copied().cloned().collect());
    let mut touched = survey.journal.clone().unwrap_or_default().touched;
    touched.extend(changed.iter().copied().chain(&in_the_way).chain(&gone).cloned());
    let mut steps = vec![Step::Begin(Journal { touched, ..Journal::default() })];
    steps.extend((!in_the_way.is_empty()).then_some(Step::Delete(in_the_way)));
    steps.extend(puts.map(Step::Put));
    steps.extend(stale.then_some(Step::Manifest));
    steps.extend((!gone.is_empty()).then_some(Step::Delete(gone)));
    steps.push(Step::End);
    Ok(steps)
}

fn refuse(survey: &Survey, new: &Manifest) -> Result<(), Refusal> {
    if let Some(manifest) = survey.manifest.as_ref().filter(|manifest| manifest.site != new.site) {
        return Err(Refusal::Other(manifest.site.clone()));
    }
    let taken = |path: &&String| new.files.contains_key(path.as_str()) || *path == manifest::PATH;
    let mut taken = survey.files.iter().filter(taken);
    match taken.next() {
        None => Ok(()),
        Some(first) => Err(Refusal::Taken(1 + taken.count(), first.clone())),
    }
}

/// Hidden files of which nothing says that we sent them.
fn is_others(path: &str, survey: &Survey) -> bool {
    survey.files.contains(path) && path.split('/').any(|part| part.starts_with('.'))
}

/// Whether a file stands where the new site has a folder, or below a path where it has a file.
fn is_in_the_way(path: &str, new: &Manifest) -> bool {
    let folder = format!("{path}/");
    let inside = new.files.range(folder.clone()..).next().is_some_and(|(next, _)| next.starts_with(&folder));
    inside || path.match_indices('/').any(|(at, _)| new.files.contains_key(&path[..at]))
}

/// Which files go first: what pages need, then new pages, then pages that may name them, then what announces them.
fn rank(path: &str, was_there: bool) -> u8 {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => 1 + u8::from(was_there),
        Some("xml") => 3,
        _ => 0,
    }
}

impl Step {
    /// The files of the site that it sends.
    pub fn sends(&self) -> &[String] {
        match self {
            Self::Put(paths) => paths,
            _ => &[],
        }
    }

    /// The files that it deletes.
    pub fn deletes(&self) -> &[String] {
        match self {
            Self::Delete(paths) => paths,
            _ => &[],
        }
    }
}

/// `12 files sent, 3 deleted`
pub(super) fn summary(steps: &[Step]) -> String {
    let of = |paths: fn(&Step) -> &[String]| steps.iter().map(|step| paths(step).len()).sum::<usize>();
    let (sent, deleted) = (of(Step::sends), of(Step::deletes));
    format!("{sent} {} sent, {deleted} deleted", if sent == 1 { "file" } else { "files" })
}
