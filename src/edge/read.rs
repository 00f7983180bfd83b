//! A folder to [`Inputs`]: texts are read, everything else is listed; and what changed in it to the next inputs.

mod linked;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read as _};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use walkdir::WalkDir;

use crate::base::diag::{Code, Diagnostic};
use crate::base::input::{Asset, Inputs, Options, SourceFile};
use crate::base::span::{FileId, Span};
use crate::model::ledger::LEDGER;
use crate::parse::{Folder, is_stray, looks_like_record, may_be_stray};

/// A text larger than this is not read: no article is, and a mistake (a film, a dump) often is.
pub const LARGEST: u64 = 16 << 20;

/// The ledger grows with the dossier: a hundred thousand articles need some 150 MB.
const LARGEST_LEDGER: u64 = 1 << 30;

/// The folders of a dossier that are read.
pub(super) const FOLDERS: &[&str] = &["content", "templates", "static"];

/// The files beside them that are read.
pub(super) const FILES: &[&str] = &["site.toml", LEDGER];

/// Hidden names that are meant for the web: RFC 8615's folder, and Apache's settings.
const FOR_HOSTS: &[&str] = &[".well-known", ".htaccess"];

/// The nearest folder from `start` upward that has a `site.toml`.
pub fn find_root(start: &Path) -> Option<PathBuf> {
    start.ancestors().find(|folder| folder.join("site.toml").is_file()).map(Path::to_path_buf)
}

/// Reads the dossier in `root`. What cannot be read is a problem of the inputs; only a root that is no folder is an error.
///
/// # Errors
/// The root cannot be listed.
pub fn folder(root: &Path, options: Options) -> io::Result<Inputs> {
    apply(root, &Inputs::empty(options), &[root.to_path_buf()])
}

/// The inputs after something changed at some paths: what [`folder`] would read now, if nothing changed elsewhere.
///
/// A path is from the root, or leads to it: a file or folder that was made, written, moved here or away, or deleted; the root
/// itself means everything. Only these are looked at, and symbolic links, for what they lead to may have changed. A file keeps
/// its number, and its text if that is the same; so a path that did not change costs nothing afterwards.
///
/// # Errors
/// The root cannot be listed.
pub fn apply(root: &Path, inputs: &Inputs, changed: &[PathBuf]) -> io::Result<Inputs> {
    fs::read_dir(root)?;
    let real_root = root.canonicalize()?;
    let changed = changed.iter().filter_map(|path| from_root(root, &real_root, path));
    let starts = starts(root, changed.chain(inputs.links.iter().map(|path| path.to_string())));
    let mut found = Found::default();
    for start in &starts {
        walk(root, &real_root, start, &mut found);
    }
    Ok(read_all(inputs, &starts, found))
}

/// A path as the names from the root down; `None` for one outside.
fn from_root(root: &Path, real_root: &Path, path: &Path) -> Option<String> {
    let inside = path.strip_prefix(root).or_else(|_| path.strip_prefix(real_root));
    match inside {
        Ok(inside) => Some(joined(inside)),
        Err(_) => path.is_relative().then(|| joined(path)),
    }
}

/// Where to walk from, so that everything at and below the changed paths is seen once: none lies below another.
fn starts(root: &Path, changed: impl Iterator<Item = String>) -> BTreeSet<String> {
    let mut starts = BTreeSet::new();
    for path in changed {
        match path.as_str() {
            "" => starts.extend(FILES.iter().chain(FOLDERS).map(|name| (*name).to_owned())),
            path => starts.extend(start(root, path)),
        }
    }
    let inner = |path: &String| ancestors(path).skip(1).any(|above| starts.contains(above));
    starts.iter().filter(|path| !inner(path)).cloned().collect()
}

/// A path that is read, or what stands on the way to it: a file or link where a folder was, or nothing.
fn start(root: &Path, path: &str) -> Option<String> {
    let first = path.split('/').next().unwrap_or(path);
    if FILES.contains(&first) {
        return Some(first.to_owned());
    }
    if !FOLDERS.contains(&first) || is_hidden(path) {
        return None;
    }
    let is_folder = |path: &str| match path.contains('/') {
        true => root.join(path).symlink_metadata().is_ok_and(|metadata| metadata.is_dir()),
        false => root.join(path).is_dir(),
    };
    let way: Vec<&str> = ancestors(path).collect();
    way.into_iter().rev().find(|above| *above == path || !is_folder(above)).map(str::to_owned)
}

/// `a/b/c`, `a/b`, `a`
fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| path.rsplit_once('/').map(|(above, _)| above))
}

/// What was found on the disk, by path from the root.
#[derive(Default)]
struct Found {
    texts: BTreeMap<String, PathBuf>,
    assets: BTreeMap<Arc<str>, Asset>,
    links: BTreeSet<Arc<str>>,
    /// What cannot be read, and why.
    broken: BTreeMap<String, String>,
}

/// Finds everything at and below a path.
fn walk(root: &Path, real_root: &Path, start: &str, found: &mut Found) {
    let at = root.join(start);
    if FILES.contains(&start) {
        if at.is_symlink() {
            found.links.insert(start.into());
        }
        match at.metadata() {
            // Whoever opens a pipe waits for somebody to write.
            Ok(metadata) if !metadata.is_file() && !metadata.is_dir() => {
                found.broken.insert(start.to_owned(), NO_FILE.to_owned());
            }
            Ok(_) => drop(found.texts.insert(start.to_owned(), at)),
            Err(_) => {}
        }
        return;
    }
    let walk = WalkDir::new(at).follow_links(false).follow_root_links(!start.contains('/'));
    for entry in
        walk.into_iter().filter_entry(|entry| !relative(root, entry.path()).is_some_and(|path| is_hidden(&path)))
    {
        sort_found(root, real_root, entry, start, &linked::Way::new(), found);
    }
}

/// Sorts what a walk that began at `start` found. The `way` is that of the links which led there.
fn sort_found(
    root: &Path,
    real_root: &Path,
    entry: walkdir::Result<walkdir::DirEntry>,
    start: &str,
    way: &linked::Way,
    found: &mut Found,
) {
    match entry {
        Ok(entry) => sort_entry(root, real_root, &entry, way, found),
        Err(error) if error.io_error().is_some_and(|io| io.kind() == io::ErrorKind::NotFound) => {}
        Err(error) => {
            // Of a folder that cannot be listed to its end the system names no path.
            let path = error.path().and_then(|path| relative(root, path)).unwrap_or_else(|| start.to_owned());
            found.broken.insert(path, reason(error.io_error()));
        }
    }
}

/// Hidden files are an editor's own affair (`.git`, `.DS_Store`, `.env`) and never published, except the two names directly in
/// `static/` that hosts look for.
pub(super) fn is_hidden(path: &str) -> bool {
    let for_hosts = |depth, name| depth == 1 && path.starts_with("static/") && FOR_HOSTS.contains(&name);
    path.split('/').enumerate().any(|(depth, name)| name.starts_with('.') && !for_hosts(depth, name))
}

/// Decides what a file is: a text to read, an asset to list, or something that is not followed.
fn sort_entry(root: &Path, real_root: &Path, entry: &walkdir::DirEntry, way: &linked::Way, found: &mut Found) {
    let Some(path) = relative(root, entry.path()) else { return };
    let is_text = Folder::of(&path).is_some()
        || path.starts_with("templates/")
        || is_stray(&path)
        || (may_be_stray(&path) && is_record_by_text(root, &path));
    let mut file = entry.file_type().is_file();
    if entry.file_type().is_symlink() {
        found.links.insert(path.as_str().into());
        let is_record = Folder::of(&path).is_some() || path.starts_with("templates/");
        match link_target(real_root, entry.path(), is_record) {
            Ok(target) => file = target.is_file(),
            Err(why) => drop(found.broken.insert(path.clone(), why)),
        }
    }
    let is_broken = found.broken.contains_key(&path);
    if entry.file_type().is_symlink() && !is_text && !is_broken && entry.path().is_dir() {
        return linked::follow(root, real_root, entry.path(), way, found);
    }
    if entry.file_type().is_dir() && is_text {
        found.broken.insert(path, "it is a folder, and a file belongs here".to_owned());
    } else if file && is_text {
        found.texts.insert(path, entry.path().to_path_buf());
    } else if is_text && !is_broken {
        found.broken.insert(path, NO_FILE.to_owned());
    } else if file {
        let size = entry.metadata().map_or(0, |metadata| metadata.len());
        let bytes = is_stamped(&path).then(|| read_bytes(entry.path(), LARGEST).ok()).flatten();
        let bytes = bytes.filter(|bytes| bytes.len() as u64 <= LARGEST).map(Arc::from);
        found.assets.insert(path.into(), Asset { size, bytes });
    }
}

/// What a link leads to, where that may be read in its place, and published: the rules are those of the file itself, whatever the
/// link is called. Without them `photo.jpg` could be `.git/config`, and a draft.
///
/// # Errors
/// It may not, and why.
fn link_target(real_root: &Path, link: &Path, is_record: bool) -> Result<PathBuf, String> {
    let target = link.canonicalize().map_err(|error| reason(Some(&error)))?;
    let Some(path) = relative(real_root, &target) else {
        return Err("it is a link that leads out of the dossier".to_owned());
    };
    let leads_to_record = path.starts_with("templates/") || Folder::of(&path).is_some();
    match (is_hidden(&path), FILES.contains(&&*path) || (leads_to_record && !is_record)) {
        (true, _) => Err("it is a link to a hidden file, which is never published".to_owned()),
        (_, true) => Err(format!("it is a link to `{path}`, which is read and never published as it is")),
        _ => Ok(target),
    }
}

/// Where the file is that is copied from a path; no link makes of it by now what may not be published.
///
/// # Errors
/// It is no file, or may not be published, and why.
pub(super) fn copied_file(root: &Path, path: &str) -> io::Result<PathBuf> {
    let (real_root, file) = (root.canonicalize()?, root.join(path));
    let mut way: Vec<&str> = ancestors(path).collect();
    // The folders that are read may themselves be links, which only somebody at this machine makes.
    way.pop();
    let is_link = way.into_iter().any(|part| root.join(part).is_symlink());
    let file = if is_link { link_target(&real_root, &file, false).map_err(io::Error::other)? } else { file };
    match file.metadata()?.is_file() {
        true => Ok(file),
        false => Err(io::Error::other(NO_FILE)),
    }
}

/// Whether a file that has the ending of no record starts like one.
fn is_record_by_text(root: &Path, path: &str) -> bool {
    let mut start = Vec::new();
    let file = root.join(path);
    // Whoever opens a pipe waits for somebody to write.
    let is_file = file.metadata().is_ok_and(|metadata| metadata.is_file());
    let read = is_file && fs::File::open(file).is_ok_and(|file| file.take(16 << 10).read_to_end(&mut start).is_ok());
    read && looks_like_record(path, &String::from_utf8_lossy(&start))
}

/// Whether a file is one of those that get a hash in their name.
fn is_stamped(path: &str) -> bool {
    path.starts_with("static/") && (path.ends_with(".css") || path.ends_with(".js"))
}

/// The path from the root, with `/` between folders on any system.
fn relative(root: &Path, path: &Path) -> Option<String> {
    path.strip_prefix(root).ok().map(joined)
}

fn joined(path: &Path) -> String {
    let names = path.components().filter(|part| !matches!(part, Component::CurDir));
    names.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// A pipe, a socket, a device.
const NO_FILE: &str = "it is something else than a file";

fn reason(error: Option<&io::Error>) -> String {
    match error.map(io::Error::kind) {
        Some(io::ErrorKind::PermissionDenied) => "there is no permission to read it".to_owned(),
        Some(io::ErrorKind::NotFound) => "it leads to nothing".to_owned(),
        _ => error.map_or_else(|| "it cannot be read".to_owned(), ToString::to_string),
    }
}

/// The earlier inputs, with all that is at and below `starts` replaced by what was found.
fn read_all(earlier: &Inputs, starts: &BTreeSet<String>, found: Found) -> Inputs {
    let mut inputs = earlier.clone();
    let is_read_again = |path: &str| ancestors(path).any(|above| starts.contains(above));
    inputs.assets.retain(|path, _| !is_read_again(path));
    inputs.links.retain(|path| !is_read_again(path));
    let mut all: Vec<(String, Result<PathBuf, String>)> =
        found.texts.into_iter().map(|(path, file)| (path, Ok(file))).collect();
    all.extend(found.broken.into_iter().map(|(path, why)| (path, Err(why))));
    let numbered: Vec<_> = all
        .into_iter()
        .map(|(path, file)| {
            let old = earlier.find(&path);
            let (id, path) = old.map_or_else(|| (inputs.number(), path.into()), |old| (old.id, old.path.clone()));
            (id, path, file)
        })
        .collect();
    let read = numbered.into_par_iter().filter_map(|(id, path, file)| {
        let now = read_one(id, path, file)?;
        let old = earlier.files.get(earlier.position(id)).filter(|old| ***old == now);
        Some(old.cloned().unwrap_or_else(|| Arc::new(now)))
    });
    let read: Vec<Arc<SourceFile>> = read.collect();
    if read.len() == starts.len() && read.iter().all(|file| starts.contains(&*file.path) && inputs.has(file)) {
        // Nothing but these files, and each in its old place: what an editor does most.
        read.into_iter().for_each(|file| inputs.replace(file));
        inputs.assets.extend(found.assets);
        inputs.links.extend(found.links);
        return inputs;
    }
    let kept = std::mem::take(&mut inputs.files).into_iter().filter(|file| !is_read_again(&file.path));
    inputs.set_files(kept.chain(read).collect());
    inputs.assets.extend(found.assets);
    inputs.links.extend(found.links);
    inputs
}

/// Reads a file; `None` for one that is gone since it was found.
fn read_one(id: FileId, path: Arc<str>, file: Result<PathBuf, String>) -> Option<SourceFile> {
    let largest = if &*path == LEDGER { LARGEST_LEDGER } else { LARGEST };
    let bytes = match file.map(|file| (read_bytes(&file, largest), file)) {
        Ok((Err(error), file)) if error.kind() == io::ErrorKind::NotFound && !file.is_symlink() => return None,
        Ok((bytes, _)) => bytes.map_err(|error| reason(Some(&error))),
        Err(why) => Err(why),
    };
    let (text, problem) = match bytes {
        Err(why) => (String::new(), Some((Code::Unreadable, format!("this cannot be read: {why}"), None))),
        Ok(bytes) if bytes.len() as u64 > largest => {
            let message = format!("this is larger than {} MB", largest >> 20);
            (String::new(), Some((Code::TooLarge, message, Some("split it, or link to it as a file"))))
        }
        Ok(bytes) => decode(bytes),
    };
    let at = Span::new(id, text.len()..text.len());
    let problem = problem.map(|(code, message, help)| {
        let mut problem = Diagnostic::new(code, at, message);
        if let Some(help) = help {
            problem.help(help);
        }
        Arc::new(problem)
    });
    Some(SourceFile { id, path, text: text.into(), problem })
}

/// Reads a file, and stops one byte past the largest that is taken.
fn read_bytes(path: &Path, largest: u64) -> io::Result<Vec<u8>> {
    let file = fs::File::open(path)?;
    let size = file.metadata().map_or(0, |metadata| metadata.len().min(largest));
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default() + 1);
    file.take(largest + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

type Problem = (Code, String, Option<&'static str>);

/// The text, or the text up to what is wrong, so that the place can be shown.
fn decode(bytes: Vec<u8>) -> (String, Option<Problem>) {
    match String::from_utf8(bytes) {
        Ok(text) => match text.find('\0') {
            Some(at) => {
                let problem = (Code::NotUtf8, "a NUL byte: this is no text file".to_owned(), Some("save it as UTF-8"));
                (text[..at].to_owned(), Some(problem))
            }
            None => (text, None),
        },
        Err(error) => {
            let good = error.utf8_error().valid_up_to();
            let byte = error.as_bytes()[good];
            let text = String::from_utf8_lossy(&error.as_bytes()[..good]).into_owned();
            (text, Some((Code::NotUtf8, format!("byte {byte:#04x} is not UTF-8"), Some("save the file as UTF-8"))))
        }
    }
}
