//! `manifest.json`: every file of a site with its size and SHA-256. By it a copy is proved, and a publication knows what changed.
//!
//! ```json
//! { "format": 1,
//!   "site": "https://example.org/dossier/",
//!   "files": {
//!     "404.html": { "sha256": "ba78…", "size": 1204 },
//!     "articles/index.html": { "sha256": "9f3a…", "size": 5120 } } }
//! ```

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read as _, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::base::hash::{Sha256, Sha256Sum};
use crate::derive::routes;

/// Where it stands in a site.
pub const PATH: &str = routes::MANIFEST;

/// The version of its form.
const FORMAT: u32 = 1;

/// What a site holds. Itself it does not list, nor the mark by which a build knows its folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// The address that it was built for.
    pub site: String,
    /// Each file by its path from the site's root, with `/` between folders.
    pub files: BTreeMap<String, Entry>,
}

/// A file as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Entry {
    /// Of its bytes.
    pub sha256: Sha256,
    /// Its length in bytes.
    pub size: u64,
}

#[derive(Deserialize)]
struct Written {
    format: u32,
    site: String,
    files: BTreeMap<String, Entry>,
}

impl Entry {
    /// Of a file with these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self { sha256: Sha256::of(bytes), size: bytes.len() as u64 }
    }

    /// Of a file on the disk, read piece by piece.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn of_file(path: &Path) -> io::Result<Self> {
        let (mut file, mut piece) = (File::open(path)?, vec![0; 1 << 16]);
        let (mut sum, mut size) = (Sha256Sum::default(), 0);
        loop {
            let length = file.read(&mut piece)?;
            if length == 0 {
                return Ok(Self { sha256: sum.finish(), size });
            }
            sum.update(&piece[..length]);
            size += length as u64;
        }
    }
}

impl Manifest {
    /// As it is written.
    pub fn to_json(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.files.len() * 130);
        // A vector takes every byte.
        let _ = self.write(&mut out);
        out
    }

    /// Writes it, a line a file in the order of paths, so that a difference between two is readable.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "{{ \"format\": {FORMAT},\n  \"site\": ")?;
        serde_json::to_writer(&mut *out, &self.site)?;
        out.write_all(b",\n  \"files\": {")?;
        for (number, (path, entry)) in self.files.iter().enumerate() {
            out.write_all(if number == 0 { b"\n    " } else { b",\n    " })?;
            serde_json::to_writer(&mut *out, path)?;
            write!(out, ": {{ \"sha256\": \"{}\", \"size\": {} }}", entry.sha256, entry.size)?;
        }
        out.write_all(b" } }\n")
    }

    /// Reads one.
    ///
    /// # Errors
    /// It is no manifest, or names a path that is not below the site's root; and why.
    pub fn from_json(bytes: &[u8]) -> Result<Self, String> {
        let written: Written = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        if written.format != FORMAT {
            return Err(format!("its format is {}, and this program knows {FORMAT}", written.format));
        }
        match written.files.keys().find(|path| !is_below(path)) {
            Some(path) => Err(format!("`{path}` is no path below the site")),
            None => Ok(Self { site: written.site, files: written.files }),
        }
    }

    /// Every file of a copy: those that it lists, and itself.
    pub fn with_itself(&self) -> BTreeMap<String, Entry> {
        let mut all = self.files.clone();
        all.insert(PATH.to_owned(), Entry::of(&self.to_json()));
        all
    }

    /// The bytes of all its files.
    pub fn size(&self) -> u64 {
        self.files.values().map(|entry| entry.size).sum()
    }
}

/// Whether a path stays below the root: a manifest may come from anywhere, and files are written and removed by it.
pub(super) fn is_below(path: &str) -> bool {
    let windows = path.contains(['\\', ':']) && cfg!(windows);
    !windows && !path.contains('\0') && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(paths: &[&str]) -> Manifest {
        let site = "https://example.org/".to_owned();
        Manifest { site, files: paths.iter().map(|path| ((*path).to_owned(), Entry::of(path.as_bytes()))).collect() }
    }

    #[test]
    fn what_is_written_is_read_back() {
        for paths in [&[][..], &["index.html"], &["a/b c.html", "é\"\\\u{1}.css", "index.html"]] {
            let manifest = manifest(paths);
            assert_eq!(Manifest::from_json(&manifest.to_json()), Ok(manifest));
        }
    }

    #[test]
    fn a_path_out_of_the_site_is_refused() {
        for path in ["../x", "/etc/passwd", "a/../../x", "a//b", "", "./a", "a/", "a\0b"] {
            assert!(Manifest::from_json(&manifest(&[path]).to_json()).is_err(), "{path:?}");
        }
    }

    #[test]
    fn another_format_is_refused() {
        for text in
            ["", "{}", "[]", "{\"format\": 2, \"site\": \"\", \"files\": {}}", "{\"name\": \"a web application\"}"]
        {
            assert!(Manifest::from_json(text.as_bytes()).is_err(), "{text}");
        }
    }
}
