//! What a build is a function of: the texts of the folder, the names of its other files, and the options.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::date::Day;
use super::diag::Diagnostic;
use super::span::{FileId, Span, offset};

/// A file of text that the dossier is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Its number.
    pub id: FileId,
    /// Its path from the root, with `/` between folders.
    pub path: Arc<str>,
    /// Its text, as on disk (a byte order mark included, so that offsets are those of the file).
    pub text: Arc<str>,
    /// Why it could not be read; its text then ends where the trouble starts.
    pub problem: Option<Arc<Diagnostic>>,
}

impl SourceFile {
    /// Whether it could be read.
    pub fn is_readable(&self) -> bool {
        self.problem.is_none()
    }

    /// The file's name without folders and ending: a record's id.
    pub fn stem(&self) -> &str {
        stem(&self.path)
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

/// A file's name without folders and ending.
pub fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split_once('.').map_or(name, |(stem, _)| stem)
}

/// What the caller asks for beside the files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Whether records with `draft: true` count.
    pub drafts: bool,
    /// Replaces `base_url` of `site.toml`.
    pub base_url: Option<String>,
    /// Whether readers have to do without a search.
    pub no_search: bool,
    /// Whether a passage that was never accepted is an error.
    pub locked: bool,
    /// The day that the site as a whole is dated by; without one, it is the newest in the records.
    pub built: Option<Day>,
}

/// All that is read before anything is made: nothing after it touches the disk until the site is written.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// Texts in order of path.
    pub files: Vec<Arc<SourceFile>>,
    /// Where each [`FileId`] is in this list; nowhere, for a file that is gone.
    positions: Vec<u32>,
    /// Every other file under `content/` and `static/`, by path: copied where a page needs it, not loaded.
    pub assets: BTreeMap<Arc<str>, Asset>,
    /// Paths that are symbolic links: what they lead to can change while they do not.
    pub links: BTreeSet<Arc<str>>,
    /// What the caller asks for.
    pub options: Options,
}

/// The position of a file that is gone.
const GONE: u32 = u32::MAX;

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
        let mut inputs = Self::empty(options);
        let file = |(path, text): (String, String)| {
            Arc::new(SourceFile { id: inputs.number(), path: path.into(), text: text.into(), problem: None })
        };
        let files = sorted.into_iter().map(file).collect();
        inputs.set_files(files);
        inputs
    }

    /// No files yet.
    pub fn empty(options: Options) -> Self {
        Self { options, ..Self::default() }
    }

    /// A number that no file has had.
    pub fn number(&mut self) -> FileId {
        self.positions.push(GONE);
        FileId(offset(self.positions.len() - 1))
    }

    /// Replaces all files, whose numbers are from [`Inputs::number`], each its own.
    pub fn set_files(&mut self, mut files: Vec<Arc<SourceFile>>) {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        self.positions.fill(GONE);
        for (position, file) in files.iter().enumerate() {
            self.positions[file.id.0 as usize] = offset(position);
        }
        self.files = files;
    }

    /// The same files, of which those that are YAML from end to end have no text any more. What it said is in the records: once what
    /// is wrong with it has been shown, nobody reads it again.
    #[must_use]
    pub fn without_yaml(&self) -> Self {
        let mut inputs = self.clone();
        let is_read_once = |file: &SourceFile| file.path.ends_with(".yaml") || file.path.ends_with(".lock");
        for file in inputs.files.iter_mut().filter(|file| is_read_once(file)) {
            *file = Arc::new(SourceFile { text: Arc::default(), ..SourceFile::clone(file) });
        }
        inputs
    }

    /// Whether there is a file of that number at that path.
    pub fn has(&self, file: &SourceFile) -> bool {
        self.get(file.id).is_some_and(|old| old.path == file.path)
    }

    /// Puts a file in the place of the one that has its number and path.
    pub fn replace(&mut self, file: Arc<SourceFile>) {
        let position = self.position(file.id);
        if self.has(&file) {
            self.files[position] = file;
        }
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

    /// The file with that number, if it is still there.
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(self.position(id)).map(|file| &**file)
    }

    /// The file of a span.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[self.position(id)]
    }

    /// Where a file is in the order of paths; behind all others for none.
    pub fn position(&self, id: FileId) -> usize {
        self.positions.get(id.0 as usize).map_or(usize::MAX, |position| *position as usize)
    }

    /// The file at a path.
    pub fn find(&self, path: &str) -> Option<&SourceFile> {
        self.find_shared(path).map(|file| &**file)
    }

    /// The file at a path, to be kept.
    pub fn find_shared(&self, path: &str) -> Option<&Arc<SourceFile>> {
        self.files.binary_search_by(|file| (*file.path).cmp(path)).ok().map(|index| &self.files[index])
    }
}
