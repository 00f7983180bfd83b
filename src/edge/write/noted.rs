//! Of which foreign files in an output an editor has been told: each is told of once. `.dossier/kept.json` has a list for each
//! output, by its path from the dossier where it is in it, so that a dossier that moves remembers no other's.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::edge::whole::OwnFolder;

/// Where it stands in a dossier.
const PATH: &str = ".dossier/kept.json";

type Noted = BTreeMap<String, BTreeSet<PathBuf>>;

/// The foreign files and folders in an output that were told of.
pub fn noted(root: &Path, output: &Path) -> BTreeSet<PathBuf> {
    all(root).remove(&name(root, output)).unwrap_or_default()
}

/// Notes that an editor is told of what is foreign in an output; what of it is new. That it cannot be remembered is no reason to
/// fail: it is told again.
pub fn note(root: &Path, output: &Path, kept: &[PathBuf]) -> Vec<PathBuf> {
    let (mut all, name) = (all(root), name(root, output));
    let before = all.remove(&name).unwrap_or_default();
    let now: BTreeSet<PathBuf> = kept.iter().cloned().collect();
    let new = now.difference(&before).cloned().collect();
    if now != before {
        if !now.is_empty() {
            all.insert(name, now);
        }
        let _ = OwnFolder(root).write(PATH, &serde_json::to_vec(&all).unwrap_or_default());
    }
    new
}

fn all(root: &Path) -> Noted {
    OwnFolder(root).read(PATH).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
}

fn name(root: &Path, output: &Path) -> String {
    let inside = root.canonicalize().ok().and_then(|root| output.strip_prefix(root).ok().map(Path::to_path_buf));
    inside.as_deref().unwrap_or(output).to_string_lossy().into_owned()
}
