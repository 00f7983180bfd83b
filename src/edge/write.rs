//! A site to a folder: complete or not at all.
//!
//! Everything is written into a new folder beside the output, and the two change places in one step. A file whose bytes are
//! those of the last build is linked, not written, so it keeps its time.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::Site;
use crate::base::diag::Diagnostic;
use crate::derive::routes::PageKey;

/// By this file a folder is known as one that we made.
pub const MARK: &str = ".dossier-build.json";

/// What went wrong while writing.
#[derive(Debug)]
pub enum WriteError {
    /// The output is no folder that may be replaced, and why.
    Refused(String),
    /// The machine failed, and where.
    Io(PathBuf, io::Error),
    /// A page could not be made.
    Page(Box<Diagnostic>),
}

/// What was written.
#[derive(Debug, Default)]
pub struct Written {
    /// Files in the site.
    pub files: usize,
    /// Pages among them.
    pub pages: usize,
    /// Files whose bytes had changed, or were new.
    pub changed: usize,
}

/// Writes all of `site` to the folder `output` of the dossier in `root`.
///
/// # Errors
/// The output may not be replaced, the disk failed, or a page could not be made; the old output is whole in each case.
pub fn write(site: &Site, root: &Path, output: &Path) -> Result<Written, WriteError> {
    check_output(root, output)?;
    let parent = output.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(at(parent))?;
    let name = output.file_name().map_or_else(|| "public".into(), |name| name.to_string_lossy().into_owned());
    let fresh = parent.join(format!(".{name}.new-{}", std::process::id()));
    if fresh.exists() {
        fs::remove_dir_all(&fresh).map_err(at(&fresh))?;
    }
    let written = fill(site, root, output, &fresh);
    let written = written.and_then(|written| swap(&fresh, output).map(|()| written));
    if fresh.exists() {
        // After the exchange this is the old site; after a failure it is what was begun.
        let removed = fs::remove_dir_all(&fresh).map_err(at(&fresh));
        return written.and_then(|written| removed.map(|()| written));
    }
    written
}

/// The folders of a dossier that only its editors write to.
const OWN: [&str; 3] = ["content", "templates", "static"];

/// The editors' own folder that a path lies in, links followed.
///
/// # Errors
/// The dossier's folder cannot be read.
pub fn own_folder(root: &Path, path: &Path) -> io::Result<Option<&'static str>> {
    let (real_root, real) = (root.canonicalize()?, real_path(&std::path::absolute(path)?));
    Ok(OWN.into_iter().find(|own| real.starts_with(real_root.join(own))))
}

/// An output that we did not make is somebody's work, and the dossier's own folders are the editors'.
fn check_output(root: &Path, output: &Path) -> Result<(), WriteError> {
    let real = real_path(&std::path::absolute(output).map_err(at(output))?);
    let real_root = root.canonicalize().map_err(at(root))?;
    let inside = own_folder(root, output).map_err(at(output))?;
    let own = inside.or_else(|| OWN.into_iter().find(|own| real_root.join(own).starts_with(&real)));
    if let Some(own) = own {
        return Err(WriteError::Refused(format!(
            "`{}` holds or lies inside `{own}/`, which is the editors' own",
            output.display()
        )));
    }
    if !output.exists() {
        return Ok(());
    }
    if !output.is_dir() {
        return Err(WriteError::Refused(format!("`{}` is a file, not a folder", output.display())));
    }
    let empty = fs::read_dir(output).map_err(at(output))?.next().is_none();
    if empty || output.join(MARK).is_file() {
        return Ok(());
    }
    Err(WriteError::Refused(format!(
        "`{}` was not made by dossier (it has no `{MARK}`), so it is left alone",
        output.display()
    )))
}

/// The path with links followed as far as it exists.
fn real_path(path: &Path) -> PathBuf {
    for (count, ancestor) in path.ancestors().enumerate() {
        if let Ok(real) = ancestor.canonicalize() {
            let rest: Vec<_> = path.components().collect();
            let rest: PathBuf = rest[rest.len() - count..].iter().collect();
            return real.join(rest);
        }
    }
    path.to_path_buf()
}

fn fill(site: &Site, root: &Path, old: &Path, fresh: &Path) -> Result<Written, WriteError> {
    for folder in folders(site) {
        let folder = fresh.join(folder);
        fs::create_dir_all(&folder).map_err(at(&folder))?;
    }
    let changed = AtomicUsize::new(0);
    let routes: Vec<(&String, &PageKey)> = site.routes.pages.iter().collect();
    routes.par_iter().try_for_each_init(Vec::new, |buffer, (route, key)| {
        buffer.clear();
        if let PageKey::Copy(path) = key {
            return copy(&root.join(path), &old.join(route), &fresh.join(route), &changed);
        }
        site.render_to(route, buffer).map_err(WriteError::Page)?;
        place(buffer, &old.join(route), &fresh.join(route), &changed)
    })?;
    for (route, bytes) in site.assets() {
        place(bytes, &old.join(route), &fresh.join(route), &changed)?;
    }
    let mark = fresh.join(MARK);
    fs::write(&mark, "{ \"made_by\": \"dossier\", \"version\": 1 }\n").map_err(at(&mark))?;
    let is_page = |(route, key): &&(&String, &PageKey)| route.ends_with(".html") && !matches!(key, PageKey::Copy(_));
    let pages = routes.iter().filter(is_page).count();
    Ok(Written { files: routes.len() + site.assets().count(), pages, changed: changed.into_inner() })
}

/// Every folder of the site, each once.
fn folders(site: &Site) -> std::collections::BTreeSet<&str> {
    let routes = site.routes.pages.keys().map(String::as_str).chain(site.assets().map(|(route, _)| route));
    let folders = routes.map(|route| route.rsplit_once('/').map_or("", |(folder, _)| folder));
    folders.collect()
}

/// Writes a file, or links the old one when its bytes are the same.
fn place(bytes: &[u8], old: &Path, new: &Path, changed: &AtomicUsize) -> Result<(), WriteError> {
    let same = fs::metadata(old).is_ok_and(|metadata| metadata.is_file() && metadata.len() == bytes.len() as u64)
        && fs::read(old).is_ok_and(|existing| existing == bytes);
    if same && fs::hard_link(old, new).is_ok() {
        return Ok(());
    }
    changed.fetch_add(1, Ordering::Relaxed);
    let mut file = fs::File::create(new).map_err(at(new))?;
    file.write_all(bytes).map_err(at(new))
}

fn copy(from: &Path, old: &Path, new: &Path, changed: &AtomicUsize) -> Result<(), WriteError> {
    let bytes = fs::read(from).map_err(at(from))?;
    place(&bytes, old, new, changed)
}

/// Puts the new folder in the place of the old one.
fn swap(fresh: &Path, output: &Path) -> Result<(), WriteError> {
    if !output.exists() {
        return fs::rename(fresh, output).map_err(at(output));
    }
    if exchange(fresh, output).is_ok() {
        return Ok(());
    }
    // No exchange on this system: two renames, and the first is undone when the second fails.
    let aside = fresh.with_extension("old");
    fs::rename(output, &aside).map_err(at(output))?;
    if let Err(error) = fs::rename(fresh, output) {
        let _ = fs::rename(&aside, output);
        return Err(WriteError::Io(output.to_path_buf(), error));
    }
    fs::remove_dir_all(&aside).map_err(at(&aside))
}

#[cfg(target_os = "linux")]
fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
}

#[cfg(not(target_os = "linux"))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

fn at(path: &Path) -> impl Fn(io::Error) -> WriteError {
    let path = path.to_path_buf();
    move |error| WriteError::Io(path.clone(), error)
}
