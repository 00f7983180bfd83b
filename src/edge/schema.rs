//! The schemas of a dossier on the disk, where editors' programs look for them.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use super::whole::{OwnFolder, write_whole};
use crate::Site;
use crate::model::Common;
use crate::model::annotation::Annotation;
use crate::resolve::Dossier;
use crate::schema::schemas;

/// Where the schemas are, below the dossier's folder.
pub const FOLDER: &str = ".dossier/schema";

/// Whether the schemas of both dossiers say the same: they name records, with their titles, and languages.
pub fn have_the_same_names(one: &Dossier, other: &Dossier) -> bool {
    let language = |record: &dyn Common| record.meta().language.clone();
    let home = |dossier: &Dossier| dossier.home.as_ref().map(|home| language(&**home));
    Arc::ptr_eq(&one.directory, &other.directory)
        && Arc::ptr_eq(&one.settings, &other.settings)
        && home(one) == home(other)
        && one.articles.is_like(&other.articles, |a, b| a.keys.title == b.keys.title && language(a) == language(b))
        && one.entities.is_like(&other.entities, |a, b| {
            (&a.keys.name, &a.keys.names, language(a)) == (&b.keys.name, &b.keys.names, language(b))
        })
        && one.events.is_like(&other.events, |a, b| a.keys.title == b.keys.title && language(a) == language(b))
        && one.figures.is_like(&other.figures, |a, b| a.keys.title == b.keys.title && language(a) == language(b))
        && one.sources.is_like(&other.sources, |a, b| a.keys.title == b.keys.title && language(a) == language(b))
        && one.pages.is_like(&other.pages, |a, b| a.keys.title == b.keys.title && language(a) == language(b))
        && one.annotations.is_like(&other.annotations, |a, b| {
            let claim = |annotation: &Annotation| annotation.fact_check().map(|check| check.claim.clone());
            (claim(a), &a.target.quote, language(a)) == (claim(b), &b.target.quote, language(b))
        })
}

/// Writes the schema of each kind of file into the dossier's own folder for them, which may be no link: a dossier may come from
/// anywhere. Says how many of them had changed.
///
/// # Errors
/// The folder is a link, or the disk failed.
pub fn write_own(site: &Site, root: &Path) -> io::Result<usize> {
    write(site, &OwnFolder(root).folder(FOLDER)?)
}

/// Writes the schema of each kind of file into `folder`, and returns how many of them had changed. A file whose bytes are the
/// same is left alone, so that no program reads it again; one that has changed is never half there.
///
/// # Errors
/// The disk failed.
pub fn write(site: &Site, folder: &Path) -> io::Result<usize> {
    fs::create_dir_all(folder)?;
    let mut changed = 0;
    for (name, schema) in schemas(&site.dossier) {
        let mut text = format!("{schema:#}");
        text.push('\n');
        if OwnFolder(folder).read(name).is_ok_and(|old| old == text.as_bytes()) {
            continue;
        }
        write_whole(&folder.join(name), text.as_bytes())?;
        changed += 1;
    }
    Ok(changed)
}
