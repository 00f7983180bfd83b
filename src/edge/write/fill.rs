//! A site into an empty folder. A file whose bytes are those of the last build is linked, not written, so it keeps its time.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufReader, Read, Write as _};
use std::path::Path;

use rayon::prelude::*;

use super::output::MARK;
use super::{WriteError, Written, at};
use crate::Site;
use crate::base::hash::Sha256Sum;
use crate::derive::routes::PageKey;
use crate::edge::manifest::{self, Entry, Manifest};

/// What a file of the site comes from.
#[derive(Clone, Copy)]
enum Origin<'a> {
    /// A page or a file for programs: rendered.
    Made,
    /// A file of the editors, by its path from the dossier's root.
    Copied(&'a str),
    /// A file with a hash in its name.
    Asset(&'a [u8]),
}

/// A file that was put in its place.
struct Placed {
    entry: Entry,
    changed: bool,
}

/// Writes the site to `fresh`, which is not there yet, beside the last build in `old`, which need not be there. The mark of a
/// complete build comes last.
pub(super) fn fill(site: &Site, root: &Path, old: &Path, fresh: &Path) -> Result<Written, WriteError> {
    let files: Vec<(&str, Origin<'_>)> = files(site).collect();
    for folder in folders(&files) {
        let folder = fresh.join(folder);
        fs::create_dir_all(&folder).map_err(at(&folder))?;
    }
    let placed: Vec<Placed> = files
        .par_iter()
        .map_init(Vec::new, |buffer, (route, origin)| {
            let (old, new) = (old.join(route), fresh.join(route));
            match origin {
                Origin::Made => {
                    buffer.clear();
                    site.render_to(route, buffer).map_err(WriteError::Page)?;
                    place(buffer, &old, &new)
                }
                Origin::Copied(path) => copy(&root.join(path), &old, &new),
                Origin::Asset(bytes) => place(bytes, &old, &new),
            }
        })
        .collect::<Result<_, WriteError>>()?;
    let entries = files.iter().zip(&placed).map(|((route, _), placed)| ((*route).to_owned(), placed.entry));
    let manifest = Manifest { files: entries.collect() };
    place(&manifest.to_json(), &old.join(manifest::PATH), &fresh.join(manifest::PATH))?;
    place(b"{ \"made_by\": \"dossier\", \"version\": 1 }\n", &old.join(MARK), &fresh.join(MARK))?;
    let is_page = |(route, origin): &&(&str, Origin<'_>)| route.ends_with(".html") && matches!(origin, Origin::Made);
    Ok(Written {
        files: files.len(),
        pages: files.iter().filter(is_page).count(),
        changed: placed.iter().filter(|placed| placed.changed).count(),
        left: Vec::new(),
    })
}

/// Every file of the site but the manifest.
fn files(site: &Site) -> impl Iterator<Item = (&str, Origin<'_>)> {
    let routes = site.routes.pages.iter().map(|(route, key)| match key {
        PageKey::Copy(path) => (route.as_str(), Origin::Copied(path)),
        _ => (route.as_str(), Origin::Made),
    });
    routes.chain(site.assets().map(|(route, bytes)| (route, Origin::Asset(bytes))))
}

/// Every folder of the site, each once.
fn folders<'a>(files: &[(&'a str, Origin<'_>)]) -> BTreeSet<&'a str> {
    files.iter().map(|(route, _)| route.rsplit_once('/').map_or("", |(folder, _)| folder)).collect()
}

/// Writes a file, or links the old one when its bytes are the same.
fn place(bytes: &[u8], old: &Path, new: &Path) -> Result<Placed, WriteError> {
    let same = is_of_size(old, bytes.len() as u64) && fs::read(old).is_ok_and(|existing| existing == bytes);
    if !(same && fs::hard_link(old, new).is_ok()) {
        let mut file = File::create(new).map_err(at(new))?;
        file.write_all(bytes).map_err(at(new))?;
        if same {
            keep_time(old, &file).map_err(at(new))?;
        }
    }
    Ok(Placed { entry: Entry::of(bytes), changed: !same })
}

/// Copies a file piece by piece: a film does not fit in memory.
fn copy(from: &Path, old: &Path, new: &Path) -> Result<Placed, WriteError> {
    let size = fs::metadata(from).map_err(at(from))?.len();
    if is_of_size(old, size)
        && let Some(entry) = same_bytes(from, old).map_err(at(from))?
        && (fs::hard_link(old, new).is_ok() || copy_with_time(old, new).is_ok())
    {
        return Ok(Placed { entry, changed: false });
    }
    let mut source = File::open(from).map_err(at(from))?;
    let mut file = File::create(new).map_err(at(new))?;
    let (mut sum, mut size, mut piece) = (Sha256Sum::default(), 0, vec![0; PIECE]);
    loop {
        let length = source.read(&mut piece).map_err(at(from))?;
        if length == 0 {
            return Ok(Placed { entry: Entry { sha256: sum.finish(), size }, changed: true });
        }
        sum.update(&piece[..length]);
        size += length as u64;
        file.write_all(&piece[..length]).map_err(at(new))?;
    }
}

/// How much of a file is held at once.
const PIECE: usize = 1 << 18;

/// What two files hold, if it is the same.
fn same_bytes(a: &Path, b: &Path) -> io::Result<Option<Entry>> {
    let Ok(b) = File::open(b) else { return Ok(None) };
    let (mut a, mut b) = (File::open(a)?, BufReader::with_capacity(PIECE, b));
    let (mut sum, mut size, mut ours, mut theirs) = (Sha256Sum::default(), 0, vec![0; PIECE], vec![0; PIECE]);
    loop {
        let length = a.read(&mut ours)?;
        if length == 0 {
            let ends = b.read(&mut theirs).is_ok_and(|more| more == 0);
            return Ok(ends.then(|| Entry { sha256: sum.finish(), size }));
        }
        if b.read_exact(&mut theirs[..length]).is_err() || ours[..length] != theirs[..length] {
            return Ok(None);
        }
        sum.update(&ours[..length]);
        size += length as u64;
    }
}

fn is_of_size(path: &Path, size: u64) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.is_file() && metadata.len() == size)
}

/// On a disk without links an unchanged file is written again, as old as it was.
fn keep_time(old: &Path, new: &File) -> io::Result<()> {
    new.set_modified(fs::metadata(old)?.modified()?)
}

fn copy_with_time(old: &Path, new: &Path) -> io::Result<()> {
    fs::copy(old, new)?;
    keep_time(old, &File::options().write(true).open(new)?)
}
