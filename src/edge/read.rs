//! A folder to [`Inputs`]: texts are read, everything else is listed.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use walkdir::WalkDir;

use crate::base::diag::{Code, Diagnostic};
use crate::base::input::{Asset, Inputs, Options, SourceFile};
use crate::base::span::{FileId, Span, offset};
use crate::parse::{Folder, is_stray};

/// A text larger than this is not read: no article is, and a mistake (a film, a dump) often is.
pub const LARGEST: u64 = 16 << 20;

/// The folders of a dossier that are read.
const FOLDERS: &[&str] = &["content", "templates", "static"];

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
    fs::read_dir(root)?;
    let real_root = root.canonicalize()?;
    let mut texts: BTreeMap<String, PathBuf> = BTreeMap::new();
    let mut assets = BTreeMap::new();
    let mut broken: BTreeMap<String, String> = BTreeMap::new();
    if root.join("site.toml").exists() {
        texts.insert("site.toml".to_owned(), root.join("site.toml"));
    }
    for name in FOLDERS {
        let walk =
            WalkDir::new(root.join(name)).follow_links(false).into_iter().filter_entry(|entry| !is_hidden(entry));
        for entry in walk {
            match entry {
                Ok(entry) => sort_entry(root, &real_root, &entry, &mut texts, &mut assets, &mut broken),
                Err(error) if error.io_error().is_some_and(|io| io.kind() == io::ErrorKind::NotFound) => {}
                Err(error) => {
                    let path = error.path().and_then(|path| relative(root, path)).unwrap_or_else(|| (*name).to_owned());
                    broken.insert(path, reason(error.io_error()));
                }
            }
        }
    }
    Ok(read_all(texts, assets, broken, options))
}

/// Hidden files are an editor's own affair (`.git`, `.DS_Store`, `.env`) and never published, except the two names directly in
/// `static/` that hosts look for.
fn is_hidden(entry: &walkdir::DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let for_hosts = entry.depth() == 1
        && entry.path().parent().is_some_and(|folder| folder.ends_with("static"))
        && FOR_HOSTS.contains(&&*name);
    entry.depth() > 0 && name.starts_with('.') && !for_hosts
}

/// Decides what a file is: a text to read, an asset to list, or something that is not followed.
fn sort_entry(
    root: &Path,
    real_root: &Path,
    entry: &walkdir::DirEntry,
    texts: &mut BTreeMap<String, PathBuf>,
    assets: &mut BTreeMap<Arc<str>, Asset>,
    broken: &mut BTreeMap<String, String>,
) {
    let Some(path) = relative(root, entry.path()) else { return };
    let is_text = Folder::of(&path).is_some() || path.starts_with("templates/") || is_stray(&path);
    let mut file = entry.file_type().is_file();
    if entry.file_type().is_symlink() {
        match entry.path().canonicalize() {
            Ok(target) if target.starts_with(real_root) => file = target.is_file(),
            Ok(_) => drop(broken.insert(path.clone(), "it is a link that leads out of the dossier".to_owned())),
            Err(error) => drop(broken.insert(path.clone(), reason(Some(&error)))),
        }
    }
    if entry.file_type().is_dir() && is_text {
        broken.insert(path, "it is a folder, and a file belongs here".to_owned());
    } else if file && is_text {
        texts.insert(path, entry.path().to_path_buf());
    } else if file {
        let size = entry.metadata().map_or(0, |metadata| metadata.len());
        let bytes = is_stamped(&path).then(|| read_bytes(entry.path()).ok()).flatten();
        let bytes = bytes.filter(|bytes| bytes.len() as u64 <= LARGEST).map(Arc::from);
        assets.insert(path.into(), Asset { size, bytes });
    }
}

/// Whether a file is one of those that get a hash in their name.
fn is_stamped(path: &str) -> bool {
    path.starts_with("static/") && (path.ends_with(".css") || path.ends_with(".js"))
}

/// The path from the root, with `/` between folders on any system.
fn relative(root: &Path, path: &Path) -> Option<String> {
    let parts = path.strip_prefix(root).ok()?.components().map(|part| part.as_os_str().to_string_lossy());
    Some(parts.collect::<Vec<_>>().join("/"))
}

fn reason(error: Option<&io::Error>) -> String {
    match error.map(io::Error::kind) {
        Some(io::ErrorKind::PermissionDenied) => "there is no permission to read it".to_owned(),
        Some(io::ErrorKind::NotFound) => "it leads to nothing".to_owned(),
        _ => error.map_or_else(|| "it cannot be read".to_owned(), ToString::to_string),
    }
}

fn read_all(
    texts: BTreeMap<String, PathBuf>,
    assets: BTreeMap<Arc<str>, Asset>,
    broken: BTreeMap<String, String>,
    options: Options,
) -> Inputs {
    let mut all: Vec<(String, Result<PathBuf, String>)> =
        texts.into_iter().map(|(path, file)| (path, Ok(file))).collect();
    all.extend(broken.into_iter().map(|(path, why)| (path, Err(why))));
    all.sort_by(|a, b| a.0.cmp(&b.0));
    let read: Vec<(SourceFile, Option<Diagnostic>)> = all
        .into_par_iter()
        .enumerate()
        .map(|(index, (path, file))| read_one(FileId(offset(index)), &path, file))
        .collect();
    let mut inputs = Inputs { assets, options, ..Inputs::default() };
    for (file, problem) in read {
        inputs.files.push(file);
        inputs.problems.extend(problem);
    }
    inputs
}

fn read_one(id: FileId, path: &str, file: Result<PathBuf, String>) -> (SourceFile, Option<Diagnostic>) {
    let (text, problem) = match file {
        Err(why) => (String::new(), Some((Code::Unreadable, format!("this cannot be read: {why}"), None))),
        Ok(file) => match read_bytes(&file) {
            Err(error) => (
                String::new(),
                Some((Code::Unreadable, format!("this cannot be read: {}", reason(Some(&error))), None)),
            ),
            Ok(bytes) if bytes.len() as u64 > LARGEST => {
                let message = format!("this is larger than {} MB", LARGEST >> 20);
                (String::new(), Some((Code::TooLarge, message, Some("split it, or link to it as a file"))))
            }
            Ok(bytes) => decode(bytes),
        },
    };
    let readable = problem.is_none();
    let at = Span::new(id, text.len()..text.len());
    let problem = problem.map(|(code, message, help)| {
        let mut problem = Diagnostic::new(code, at, message);
        if let Some(help) = help {
            problem.help(help);
        }
        problem
    });
    (SourceFile { id, path: path.into(), text: text.into(), readable }, problem)
}

/// Reads a file, and stops one byte past the largest that is taken.
fn read_bytes(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
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
