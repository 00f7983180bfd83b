//! The schemas of a dossier on the disk, where editors' programs look for them.

use std::fs;
use std::io;
use std::path::Path;

use crate::Site;
use crate::schema::schemas;

/// Where the schemas are, below the dossier's folder.
pub const FOLDER: &str = ".dossier/schema";

/// Writes the schema of each kind of file into `folder`, and returns how many of them had changed. A file whose bytes are the
/// same is left alone, so that no program reads it again; one that has changed is never half there.
///
/// # Errors
/// The disk failed.
pub fn write(site: &Site, folder: &Path) -> io::Result<usize> {
    fs::create_dir_all(folder)?;
    let mut changed = 0;
    for (name, schema) in schemas(&site.dossier) {
        let (path, mut text) = (folder.join(name), format!("{schema:#}"));
        text.push('\n');
        if fs::read(&path).is_ok_and(|old| old == text.as_bytes()) {
            continue;
        }
        let fresh = folder.join(format!(".{name}.new-{}", std::process::id()));
        fs::write(&fresh, text)
            .and_then(|()| fs::rename(&fresh, &path))
            .inspect_err(|_| drop(fs::remove_file(&fresh)))?;
        changed += 1;
    }
    Ok(changed)
}
