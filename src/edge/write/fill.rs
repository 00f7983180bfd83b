//! A site into an empty folder, on all cores.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Instant;

use rayon::prelude::*;

use super::output::MARK;
use super::place::{Placed, copy, keep_proved, place, stream};
use super::{Searched, WriteError, Written, at};
use crate::Site;
use crate::derive::routes::{DataFile, PageKey};
use crate::edge::manifest::{self, Manifest};
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

/// Writes the site to `fresh`, which is not there yet, beside the last build in `old`, which need not be there. The mark of a
/// complete build comes last.
pub(super) fn fill(site: &Site, root: &Path, old: &Path, fresh: &Path) -> Result<Written, WriteError> {
    let started = Instant::now();
    let index = site.search_index();
    let took = started.elapsed();
    let files: Vec<(&str, Origin<'_>)> = files(site, &index).collect();
    for folder in folders(&files) {
        let folder = fresh.join(folder);
        fs::create_dir_all(&folder).map_err(at(&folder))?;
    }
    let drawn = files.iter().any(|(_, origin)| matches!(origin, Origin::Picture));
    // A first build asks nothing of files that are not there.
    let old = old.is_dir().then_some(old);
    let proved = old.filter(|_| drawn).and_then(last);
    let placed: Vec<Placed> = files
        .par_iter()
        .with_max_len(PIECE)
        .map_init(Vec::new, |buffer, (route, origin)| {
            let (old, new) = (old.map(|old| old.join(route)), fresh.join(route));
            let old = old.as_deref();
            if matches!(origin, Origin::Picture)
                && let Some(entry) = proved.as_ref().and_then(|proved| proved.files.get(*route))
                && let Some(placed) = old.and_then(|old| keep_proved(*entry, old, &new))
            {
                return Ok(placed);
            }
            match origin {
                Origin::Page | Origin::Picture => {
                    buffer.clear();
                    site.render_to(route, buffer).map_err(WriteError::Page)?;
                    place(buffer, old, &new)
                }
                Origin::Data(file) => stream(|out| site.stream(*file, out).map_err(at(&new)), old, &new),
                Origin::Copied(path) => copy(&root.join(path), old, &new),
                Origin::Held(bytes) => place(bytes, old, &new),
            }
        })
        .collect::<Result<_, WriteError>>()?;
    let entries = files.iter().zip(&placed).map(|((route, _), placed)| ((*route).to_owned(), placed.entry));
    let manifest = Manifest { site: site.dossier.settings.base_url.clone(), files: entries.collect() };
    let listed = fresh.join(manifest::PATH);
    let before = old.map(|old| old.join(manifest::PATH));
    stream(|out| manifest.write(out).map_err(at(&listed)), before.as_deref(), &listed)?;
    let mark = b"{ \"made_by\": \"dossier\", \"version\": 1 }\n";
    place(mark, old.map(|old| old.join(MARK)).as_deref(), &fresh.join(MARK))?;
    let is_page = |(route, origin): &&(&str, Origin<'_>)| route.ends_with(".html") && matches!(origin, Origin::Page);
    Ok(Written {
        files: files.len(),
        pages: files.iter().filter(is_page).count(),
        changed: placed.iter().filter(|placed| placed.changed).count(),
        left: Vec::new(),
        search: Searched {
            records: index.records,
            words: index.words,
            files: index.files.len(),
            size: index.size(),
            took,
        },
    })
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
fn folders<'a>(files: &[(&'a str, Origin<'_>)]) -> BTreeSet<&'a str> {
    files.iter().map(|(route, _)| route.rsplit_once('/').map_or("", |(folder, _)| folder)).collect()
}

/// The manifest of the last build, where it can be read.
fn last(old: &Path) -> Option<Manifest> {
    Manifest::from_json(&fs::read(old.join(manifest::PATH)).ok()?).ok()
}
