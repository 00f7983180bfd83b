//! Folders behind symbolic links: they are read in the place of the link, inside the dossier only.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::{Found, is_hidden, joined, relative, sort_found};

/// Through so many links a path may lead: more would be a tangle, in which each link can double what is read.
const DEEPEST: usize = 8;

/// The folders in which the links stand that a path leads through, the outermost first; each without links.
pub(super) type Way = Vec<PathBuf>;

/// Finds everything in the folder that a link leads to. What it is called begins with the name of the link.
pub(super) fn follow(root: &Path, real_root: &Path, link: &Path, way: &Way, found: &mut Found) {
    let Some(path) = relative(root, link) else { return };
    match entered(real_root, link, way) {
        Err(why) => drop(found.broken.insert(path, why)),
        Ok(way) => {
            let inside = WalkDir::new(link).min_depth(1).follow_root_links(true);
            let is_meant = |path: &Path| !relative(root, path).is_some_and(|path| is_hidden(&path));
            for entry in inside.into_iter().filter_entry(|entry| entry.depth() == 0 || is_meant(entry.path())) {
                sort_found(root, real_root, entry, &path, &way, found);
            }
        }
    }
}

/// The way with this link at its end.
///
/// # Errors
/// Its folder must not be read, and why.
fn entered(real_root: &Path, link: &Path, way: &Way) -> Result<Way, String> {
    let real = |path: &Path| path.canonicalize().map_err(|error| super::reason(Some(&error)));
    let (target, stands_in) = (real(link)?, real(link.parent().unwrap_or(link))?);
    let Ok(inside) = target.strip_prefix(real_root) else {
        return Err("it is a link that leads out of the dossier".to_owned());
    };
    if is_hidden(&joined(inside)) {
        return Err("it is a link to a hidden folder, which is never published".to_owned());
    }
    let mut way = way.clone();
    way.push(stands_in);
    if way.iter().any(|folder| folder.starts_with(&target)) {
        return Err("it is a link to a folder that it stands in, so it has no end".to_owned());
    }
    if way.len() > DEEPEST {
        return Err(format!("it leads through more than {DEEPEST} links"));
    }
    Ok(way)
}
