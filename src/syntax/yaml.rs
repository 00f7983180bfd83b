//! YAML: text to typed values, and the place of any path in it. The only home of the two YAML crates.
//!
//! Two readers, because neither does both. A pass over events with marks ([`tree`]) refuses what is hostile (aliases, deep
//! nesting, repeated keys) in linear time and keeps where everything stands; serde then reads the values, record by record
//! ([`values`]). A value that does not fit costs itself: it is reported at its place, left out, and the record is read again.
//!
//! Records keep no places. Whoever finds a fault later names its [`Path`], and [`Places`] turns that into a span.

pub mod comment;
mod mend;
mod prose;
pub mod scalar;
pub mod tree;
pub mod values;
mod wording;

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

use crate::base::input::{Inputs, SourceFile};
use crate::base::span::{FileId, Span};
use tree::{Node, Tree};

/// One step down into YAML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the value of a key.
    Key(Cow<'static, str>),
    /// To an item of a list, from 0.
    Index(usize),
}

/// The way from a record's own node to a value in it, such as `evidence[0].source`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Path(pub Vec<Step>);

impl Path {
    /// The path of one key.
    pub fn of(key: &'static str) -> Self {
        Self::default().key(key)
    }

    /// One step further, to a key.
    pub fn key(&self, key: &'static str) -> Self {
        self.step(Step::Key(Cow::Borrowed(key)))
    }

    /// One step further, to an item.
    pub fn index(&self, index: usize) -> Self {
        self.step(Step::Index(index))
    }

    /// One step further, to a key that is only known when the file is read.
    pub fn key_owned(&self, key: &str) -> Self {
        self.step(Step::Key(Cow::Owned(key.to_owned())))
    }

    fn step(&self, step: Step) -> Self {
        let mut steps = Vec::with_capacity(self.0.len() + 1);
        steps.extend_from_slice(&self.0);
        steps.push(step);
        Self(steps)
    }

    /// The same path with the items of lists counted as they were written, `skipped` ones too.
    fn as_written(&self, skipped: &[Path]) -> Self {
        let mut written = Self::default();
        for step in &self.0 {
            let step = match step {
                Step::Index(index) => Step::Index(skipped.iter().fold(*index, |index, skipped| {
                    let before = skipped.0.split_last().is_some_and(|(last, list)| {
                        *list == *written.0 && matches!(last, Step::Index(at) if *at <= index)
                    });
                    index + usize::from(before)
                })),
                Step::Key(_) => step.clone(),
            };
            written.0.push(step);
        }
        written
    }
}

/// The items of lists that records do not have, because they say nothing or could not be read, in order, by the record that
/// they were written in. Paths in records count the others alone.
pub type Skipped = HashMap<Origin, Vec<Path>>;

/// Where a record was written: its file, and its position when the file is a list of records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Origin {
    /// The file.
    pub file: FileId,
    /// The item of a list file, from 0; `None` when the file is one record.
    pub item: Option<u32>,
}

/// The part of a file that is YAML: the front matter of a Markdown file, or all of it.
///
/// `None` for a Markdown file without front matter.
pub fn region(file: &SourceFile) -> Option<Range<usize>> {
    if file.path.ends_with(".md") {
        front_matter(&file.text)
    } else {
        Some(file.start().range().start..file.text.len())
    }
}

/// The front matter between a first line `---` and the next such line, without the two.
pub fn front_matter(text: &str) -> Option<Range<usize>> {
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut lines = text[mark..].split_inclusive('\n');
    let mut at = mark;
    let first = lines.next()?;
    if first.trim_end() != "---" {
        return None;
    }
    at += first.len();
    let start = at;
    for line in lines {
        if line.trim_end() == "---" {
            return Some(start..at);
        }
        at += line.len();
    }
    None
}

/// Where the body of a Markdown record starts: after its front matter, or after a byte order mark.
pub fn body_start(text: &str) -> usize {
    match front_matter(text) {
        Some(yaml) => yaml.end + text[yaml.end..].find('\n').map_or(text.len() - yaml.end, |newline| newline + 1),
        None => text.len() - text.trim_start_matches('\u{feff}').len(),
    }
}

/// Finds the places of paths, keeping the tree of the file it was last asked about: findings come file by file.
pub struct Places<'a> {
    inputs: &'a Inputs,
    skipped: &'a Skipped,
    last: RefCell<Option<(FileId, Tree<'a>)>>,
}

impl<'a> Places<'a> {
    /// Places in these inputs, by the paths of records that do not have the `skipped` items.
    pub fn new(inputs: &'a Inputs, skipped: &'a Skipped) -> Self {
        Self { inputs, skipped, last: RefCell::new(None) }
    }

    /// The value at a path, or, where there is none, the nearest thing above it that was written.
    pub fn value(&self, origin: Origin, path: &Path) -> Span {
        let path = self.as_written(origin, path);
        self.find(origin, |record, text| record.nearest(&path.0).shown(text))
    }

    /// The key that a path ends with, or the nearest thing above it that was written.
    pub fn key(&self, origin: Origin, path: &Path) -> Span {
        let path = self.as_written(origin, path);
        self.find(origin, |record, text| record.key_of(&path.0).unwrap_or_else(|| record.nearest(&path.0).shown(text)))
    }

    /// Where a record starts: its first key.
    pub fn record(&self, origin: Origin) -> Span {
        self.find(origin, |record, text| record.shown(text))
    }

    /// The bytes of the file that `within`, a range of a scalar's value, was written with.
    pub fn inside(&self, origin: Origin, path: &Path, within: Range<usize>) -> Span {
        let path = self.as_written(origin, path);
        self.find(origin, |record, text| scalar::source_range(text, record.nearest(&path.0), within))
    }

    /// How a scalar was written, and where; `None` where there is none.
    pub fn scalar(&self, origin: Origin, path: &Path) -> Option<(Span, scalar::Style)> {
        let path = self.as_written(origin, path);
        let mut found = None;
        self.find(origin, |record, _| {
            let node = record.nearest(&path.0);
            found = node.style().map(|style| (Span::new(origin.file, node.range.clone()), style));
            node.range.clone()
        });
        found
    }

    /// Whether a key was written, even if its value could not be read.
    pub fn is_written(&self, origin: Origin, path: &Path) -> bool {
        let path = self.as_written(origin, path);
        let mut written = false;
        self.find(origin, |record, _| {
            written = record.key_of(&path.0).is_some();
            record.range.clone()
        });
        written
    }

    /// Whether a list with items was written at a key, even if none of them could be read.
    pub fn has_items(&self, origin: Origin, key: &'static str) -> bool {
        let mut has = false;
        self.find(origin, |record, _| {
            has = record.get(key).is_some_and(|list| !list.items().is_empty());
            record.range.clone()
        });
        has
    }

    fn as_written<'p>(&self, origin: Origin, path: &'p Path) -> Cow<'p, Path> {
        match self.skipped.get(&origin) {
            Some(skipped) => Cow::Owned(path.as_written(skipped)),
            None => Cow::Borrowed(path),
        }
    }

    fn find(&self, origin: Origin, range: impl FnOnce(&Node<'a>, &str) -> Range<usize>) -> Span {
        let file = self.inputs.file(origin.file);
        let mut last = self.last.borrow_mut();
        if last.as_ref().is_none_or(|(id, _)| *id != origin.file) {
            *last = Some((origin.file, tree::read(file)));
        }
        let root = last.as_ref().and_then(|(_, tree)| tree.root.as_ref());
        let record = root.and_then(|root| match origin.item {
            Some(item) => root.items().get(item as usize),
            None => Some(root),
        });
        record.map_or_else(|| file.start(), |record| Span::new(origin.file, range(record, &file.text)))
    }
}
