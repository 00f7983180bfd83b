//! What symbolic links of the dossier lead to: the system tells of a link itself, and not of what changes behind it.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

/// The links by what they lead to, without links in it.
#[derive(Default)]
pub(super) struct Links(BTreeMap<PathBuf, BTreeSet<String>>);

/// A folder that is to be watched.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Watched {
    pub(super) folder: PathBuf,
    /// With all that is in it; else for one file, which may be another under the same name after each save.
    pub(super) whole: bool,
}

impl Links {
    pub(super) fn of<'p>(root: &Path, links: impl Iterator<Item = &'p str>) -> Self {
        let mut all = Self::default();
        for link in links {
            if let Ok(target) = target(&root.join(link)) {
                all.0.entry(target).or_default().insert(link.to_owned());
            }
        }
        all
    }

    /// The links behind which a path is.
    pub(super) fn over<'l>(&'l self, path: &'l Path) -> impl Iterator<Item = &'l String> {
        path.ancestors().filter_map(|above| self.0.get(above)).flatten()
    }

    /// The links that lead into a folder.
    pub(super) fn below<'l>(&'l self, folder: &'l Path) -> impl Iterator<Item = &'l String> {
        self.0.iter().filter(move |(target, _)| target.starts_with(folder)).flat_map(|(_, links)| links)
    }

    /// What is to be watched, without what is outside `root`: that is not read either.
    pub(super) fn watched(&self, root: &Path) -> BTreeSet<Watched> {
        let inside = self.0.keys().filter(|target| target.starts_with(root));
        let watched = inside.map(|target| match target.is_dir() {
            true => Watched { folder: target.clone(), whole: true },
            false => Watched { folder: target.parent().unwrap_or(target).to_path_buf(), whole: false },
        });
        // The root is watched as far as it is the dossier's.
        watched.filter(|watched| watched.folder != root).collect()
    }
}

/// Where a link leads, or would lead if that were there.
fn target(link: &Path) -> io::Result<PathBuf> {
    link.canonicalize().or_else(|_| {
        let written = link.parent().unwrap_or(link).join(link.read_link()?);
        let folder = written.parent().unwrap_or(&written).canonicalize()?;
        Ok(folder.join(written.file_name().unwrap_or_default()))
    })
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn what_links_lead_to_is_watched() {
        let root = tempfile::tempdir().expect("a folder");
        let root = root.path().canonicalize().expect("a path");
        for folder in ["content", "texts/old", "other"] {
            fs::create_dir_all(root.join(folder)).expect("a folder");
        }
        fs::write(root.join("other/f.md"), "").expect("a file");
        let all = [
            ("../texts", "t"),
            ("../other/f.md", "f"),
            ("../other/gone.md", "g"),
            ("..", "r"),
            ("/", "o"),
            ("../no/x", "n"),
        ];
        all.iter().for_each(|(to, name)| symlink(to, root.join("content").join(name)).expect("a link"));
        let paths: Vec<String> = all.iter().map(|(_, name)| format!("content/{name}")).collect();
        let links = Links::of(&root, paths.iter().map(String::as_str));
        let watched = links.watched(&root).into_iter();
        let watched: Vec<(PathBuf, bool)> = watched.map(|watched| (watched.folder, watched.whole)).collect();
        assert_eq!(watched, [(root.join("other"), false), (root.join("texts"), true)]);
        for (changed, expected) in [
            ("texts/old/a.md", &["content/t", "content/r"][..]),
            ("other/f.md", &["content/f", "content/r"]),
            ("other/gone.md", &["content/g", "content/r"]),
        ] {
            let changed = root.join(changed);
            let over: Vec<&String> = links.over(&changed).filter(|link| *link != "content/o").collect();
            assert_eq!(over, expected);
        }
    }
}
