//! A site into an empty folder, on all cores.

use std::collections::BTreeSet;
use std::fs::{self, Permissions};
use std::path::Path;
use std::time::Instant;

use rayon::prelude::*;

use super::foreign::{self, Foreign};
use super::output::MARK;
use super::place::{Before, Placed, copy, keep_proved, place, stream};
use super::swap::BEGUN;
use super::wrote::{Stood, Wrote};
use super::{Searched, WriteError, Written, at};
use crate::Site;
use crate::derive::routes::{DataFile, PageKey};
use crate::edge::manifest::{self, Manifest};
use crate::edge::read::copied_file;
use crate::search::Index;

/// What a file of the site comes from.
#[derive(Clone, Copy)]
enum Origin<'a> {
    /// A page: rendered.
    Page,
    /// A file for programs: written as it is made.
    Data(DataFile),
    /// A picture whose name changes with what is on it: drawn, unless the last build has it.
    Picture,
    /// A file of the editors, by its path from the dossier's root.
    Copied(&'a str),
    /// A file with a hash in its name, or one of the search.
    Held(&'a [u8]),
}

/// So many files are made on one core in a go: few enough that no core waits for another at the end.
const PIECE: usize = 64;

/// A site that was written, and has not taken its place.
pub(super) struct Filled {
    /// What was written.
    pub(super) written: Written,
    /// What stands in the output and has to move over.
    pub(super) foreign: Vec<Foreign>,
    /// Files of the last build that somebody changed, and whose bytes go.
    pub(super) edited: Vec<String>,
}

/// Writes the site to `fresh`, which is empty, beside what the last build `wrote`. The mark of a complete build comes last.
pub(super) fn fill(site: &Site, root: &Path, wrote: &Wrote, fresh: &Path) -> Result<Filled, WriteError> {
    let started = Instant::now();
    let index = site.search_index();
    let took = started.elapsed();
    let files: Vec<(&str, Origin<'_>)> = files(site, &index).collect();
    let routes: BTreeSet<&str> = files.iter().map(|(route, _)| *route).collect();
    let folders = folders(&routes);
    let foreign = foreign::found(wrote, &folders)?;
    foreign::refuse(&foreign, &wrote.folder, &routes, &folders)?;
    let begun = fresh.join(BEGUN);
    fs::write(&begun, "{ \"made_by\": \"dossier\", \"version\": 1 }\n").map_err(at(&begun))?;
    // Which rights a new file gets here.
    let rights = fs::metadata(&begun).map_err(at(&begun))?.permissions();
    for folder in folders {
        let folder = fresh.join(folder);
        fs::create_dir_all(&folder).map_err(at(&folder))?;
    }
    // A first build asks nothing of files that are not there.
    let old = wrote.folder.is_dir().then_some(wrote);
    let placed: Vec<(Placed, Stood)> = files
        .par_iter()
        .with_max_len(PIECE)
        .map_init(Vec::new, |buffer, (route, origin)| {
            let placed = put(site, root, old, (fresh, &rights), (route, *origin), buffer)?;
            let stood = old.filter(|_| placed.changed).map_or(Stood::Ours, |old| old.stood(route));
            Ok((placed, stood))
        })
        .collect::<Result<_, WriteError>>()?;
    let stood = |wanted: Stood| files.iter().zip(&placed).filter(move |(_, (_, stood))| *stood == wanted);
    let taken: Vec<&Path> = stood(Stood::Foreign).map(|((route, _), _)| Path::new(*route)).collect();
    foreign::taken_places(&wrote.folder, &taken)?;
    let gone: Vec<&str> = wrote.files().filter(|path| !routes.contains(path)).collect();
    let gone = gone.into_par_iter().filter(|path| wrote.stood(path) == Stood::Edited).map(str::to_owned);
    let mut edited: Vec<String> = gone.collect();
    edited.extend(stood(Stood::Edited).map(|((route, _), _)| (*route).to_owned()));
    edited.sort();
    let entries = files.iter().zip(&placed).map(|((route, _), (placed, _))| ((*route).to_owned(), placed.entry));
    let manifest = Manifest { site: site.dossier.settings.base_url.clone(), files: entries.collect() };
    let listed = fresh.join(manifest::PATH);
    let before = old.map(|old| old.folder.join(manifest::PATH));
    let before = before.as_deref().map(|path| Before { path, rights: &rights });
    stream(|out| manifest.write(out).map_err(at(&listed)), before, &listed)?;
    fs::rename(&begun, fresh.join(MARK)).map_err(at(&begun))?;
    let is_page = |(route, origin): &&(&str, Origin<'_>)| route.ends_with(".html") && matches!(origin, Origin::Page);
    let written = Written {
        files: files.len(),
        pages: files.iter().filter(is_page).count(),
        changed: placed.iter().filter(|(placed, _)| placed.changed).count(),
        search: Searched {
            records: index.records,
            words: index.words,
            files: index.files.len(),
            size: index.size(),
            took,
        },
        ..Written::default()
    };
    Ok(Filled { written, foreign, edited })
}

/// Makes a file and puts it in its place.
fn put(
    site: &Site,
    root: &Path,
    old: Option<&Wrote>,
    (fresh, rights): (&Path, &Permissions),
    (route, origin): (&str, Origin<'_>),
    buffer: &mut Vec<u8>,
) -> Result<Placed, WriteError> {
    let (before, new) = (old.map(|old| old.folder.join(route)), fresh.join(route));
    let before = before.as_deref().map(|path| Before { path, rights });
    if matches!(origin, Origin::Picture)
        && let Some(entry) = old.and_then(|old| old.entry(route))
        && let Some(placed) = before.and_then(|before| keep_proved(entry, before, &new))
    {
        return Ok(placed);
    }
    match origin {
        Origin::Page | Origin::Picture => {
            buffer.clear();
            site.render_to(route, buffer).map_err(WriteError::Page)?;
            place(buffer, before, &new)
        }
        Origin::Data(file) => stream(|out| site.stream(file, out).map_err(at(&new)), before, &new),
        Origin::Copied(path) => {
            let from = copied_file(root, path).map_err(|error| WriteError::Source(root.join(path), error))?;
            copy(&from, before, &new)
        }
        Origin::Held(bytes) => place(bytes, before, &new),
    }
}

/// Every file of the site but the manifest. The data, which take longest, come first.
fn files<'a>(site: &'a Site, index: &'a Index) -> impl Iterator<Item = (&'a str, Origin<'a>)> {
    let routes = || site.routes.pages.iter().map(|(route, key)| (route.as_str(), origin(key)));
    let is_data = |(_, origin): &(&str, Origin<'_>)| matches!(origin, Origin::Data(_));
    let data = routes().filter(is_data);
    let rest = routes().filter(move |file| !is_data(file));
    let found = index.files.iter().map(|(route, bytes)| (route.as_str(), bytes.as_slice()));
    // A file of the editors' own stays in its place.
    let found = found.filter(|(route, _)| !site.routes.pages.contains_key(*route));
    data.chain(rest).chain(site.assets().chain(found).map(|(route, bytes)| (route, Origin::Held(bytes))))
}

fn origin(key: &PageKey) -> Origin<'_> {
    match key {
        PageKey::Copy(path) => Origin::Copied(path),
        PageKey::File(file) => Origin::Data(*file),
        PageKey::Preview(_) => Origin::Picture,
        _ => Origin::Page,
    }
}

/// Every folder of the site, each once.
fn folders<'a>(routes: &BTreeSet<&'a str>) -> BTreeSet<&'a str> {
    let above = |route: &&'a str| std::iter::successors(folder_of(route), |folder| folder_of(folder));
    routes.iter().flat_map(above).collect()
}

fn folder_of(path: &str) -> Option<&str> {
    path.rsplit_once('/').map(|(folder, _)| folder)
}
