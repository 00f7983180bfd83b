//! A site to a folder that has one already, again and again while somebody writes: only what changed is written.
//!
//! Nothing is exchanged, so whoever watches or serves the folder keeps it. Each file is replaced in one step.

use std::collections::BTreeSet;

use super::*;

/// A folder that is kept as its site is.
pub struct Update {
    root: PathBuf,
    output: PathBuf,
    /// The files that we put there.
    written: Option<BTreeSet<String>>,
}

impl Update {
    /// The folder `output` of the dossier in `root`.
    pub fn new(root: &Path, output: &Path) -> Self {
        Self { root: root.to_path_buf(), output: output.to_path_buf(), written: None }
    }

    /// Writes all of `site` the first time, and what changed after that.
    ///
    /// # Errors
    /// As [`write`]. When a page cannot be made, nothing was written.
    pub fn write(&mut self, site: &Site) -> Result<Written, WriteError> {
        let routes = site.routes.pages.keys().map(String::as_str).chain(site.assets().map(|(route, _)| route));
        let now: BTreeSet<String> = routes.map(str::to_owned).collect();
        // After a failure nobody knows what is there, and all of it is written again.
        let before = self.written.take().filter(|_| self.output.join(MARK).is_file());
        let written = match before {
            Some(before) => self.change(site, &before, &now)?,
            None => write(site, &self.root, &self.output)?,
        };
        self.written = Some(now);
        Ok(written)
    }

    fn change(&self, site: &Site, before: &BTreeSet<String>, now: &BTreeSet<String>) -> Result<Written, WriteError> {
        let changed = self.changed(site)?;
        for folder in folders(site) {
            let folder = self.output.join(folder);
            fs::create_dir_all(&folder).map_err(at(&folder))?;
        }
        changed.par_iter().try_for_each(|(route, bytes)| replace(&self.output.join(route), bytes))?;
        before.difference(now).try_for_each(|gone| remove(&self.output, gone))?;
        Ok(Written { files: now.len(), pages: pages(site), changed: changed.len() })
    }

    /// The files whose bytes are others than those in the folder.
    fn changed(&self, site: &Site) -> Result<Vec<(String, Vec<u8>)>, WriteError> {
        let pages = site.routes.pages.par_iter().map(|(route, key)| {
            let bytes = match key {
                PageKey::Copy(path) => fs::read(self.root.join(path)).map_err(at(&self.root.join(path)))?,
                _ => {
                    let mut bytes = Vec::new();
                    site.render_to(route, &mut bytes).map_err(WriteError::Page)?;
                    bytes
                }
            };
            Ok((!holds(&self.output.join(route), &bytes)).then(|| (route.clone(), bytes)))
        });
        let mut changed: Vec<(String, Vec<u8>)> = pages.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
        let assets = site.assets().filter(|(route, bytes)| !holds(&self.output.join(route), bytes));
        changed.extend(assets.map(|(route, bytes)| (route.to_owned(), bytes.to_vec())));
        Ok(changed)
    }
}

/// Writes a file beside its place and moves it there, so that nobody reads half of it.
fn replace(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let fresh = path.with_file_name(format!(".{name}.new-{}", std::process::id()));
    let moved = fs::write(&fresh, bytes).and_then(|()| fs::rename(&fresh, path));
    moved.map_err(|error| {
        let _ = fs::remove_file(&fresh);
        WriteError::Io(path.to_path_buf(), error)
    })
}

/// Removes a file and the folders that are empty without it.
fn remove(output: &Path, route: &str) -> Result<(), WriteError> {
    let path = output.join(route);
    match fs::remove_file(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(WriteError::Io(path, error)),
        _ => {}
    }
    let folders = path.ancestors().skip(1).take_while(|folder| *folder != output);
    // A folder that is not empty refuses, and those above it are not empty either.
    let _ = folders.into_iter().try_for_each(|folder| fs::remove_dir(folder));
    Ok(())
}
