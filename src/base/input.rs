//! What a build is a function of: the texts of the folder, the names of its other files, and the options.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::span::{FileId, Span};

/// A file of text that the dossier is made from.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Its number in this run.
    pub id: FileId,
    /// Its path from the root, with `/` between folders.
    pub path: Arc<str>,
    /// Its text, as on disk (a byte order mark included, so that offsets are those of the file).
    pub text: Arc<str>,
    /// Whether it could be read. The text of one that could not ends where the trouble starts.
    pub readable: bool,
}

impl SourceFile {
    /// The file's name without folders and ending: a record's id.
    pub fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or(&self.path);
        name.split_once('.').map_or(name, |(stem, _)| stem)
    }

    /// The folder it is in, without a slash at the end; empty at the root.
    pub fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The first byte that is no byte order mark: where a finding about the file as a whole is shown.
    pub fn start(&self) -> Span {
        let start = if self.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Span::new(self.id, start..start)
    }
}

/// What the caller asks for beside the files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Whether records with `draft: true` count.
    pub drafts: bool,
    /// Replaces `base_url` of `site.toml`.
    pub base_url: Option<String>,
}

/// All that is read before anything is made: nothing after it touches the disk until the site is written.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// Texts in order of path; a [`FileId`] is the position in this list.
    pub files: Vec<SourceFile>,
    /// Every other file under `content/` and `static/`, by path: copied where a page needs it, not loaded.
    pub assets: BTreeMap<Arc<str>, Asset>,
    /// What the caller asks for.
    pub options: Options,
    /// What could not be read.
    pub problems: Vec<super::diag::Diagnostic>,
}

/// A file that is copied as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// Its size in bytes.
    pub size: u64,
    /// What it holds, for the style sheets and scripts of `static/`: their names carry a hash of it.
    pub bytes: Option<Arc<[u8]>>,
}

impl Inputs {
    /// Inputs from paths and texts, in any order.
    pub fn new(texts: impl IntoIterator<Item = (String, String)>, options: Options) -> Self {
        let sorted: BTreeMap<String, String> = texts.into_iter().collect();
        let files = sorted
            .into_iter()
            .enumerate()
            .map(|(index, (path, text))| SourceFile {
                id: FileId(super::span::offset(index)),
                path: path.into(),
                text: text.into(),
                readable: true,
            })
            .collect();
        Self { files, options, ..Self::default() }
    }

    /// Inputs from one string, for tests: each file's text under a line `=== path`.
    pub fn from_fixture(fixture: &str) -> Self {
        let mut texts: Vec<(String, String)> = Vec::new();
        for line in fixture.split_inclusive('\n') {
            match line.strip_prefix("=== ") {
                Some(path) => texts.push((path.trim().to_owned(), String::new())),
                None => {
                    if let Some((_, text)) = texts.last_mut() {
                        text.push_str(line);
                    }
                }
            }
        }
        Self::new(texts, Options::default())
    }

    /// The file of a span.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// The file at a path.
    pub fn find(&self, path: &str) -> Option<&SourceFile> {
        self.files.binary_search_by(|file| (*file.path).cmp(path)).ok().map(|index| &self.files[index])
    }
}
