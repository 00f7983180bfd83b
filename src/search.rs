//! What readers can find, and the files that their browser finds it by.
//!
//! ```text
//! Dossier, Links ─▶ record ─▶ words ─▶ postings ─▶ files
//!                   what is   what is   which word  what the
//!                   found     compared  is where    browser loads
//! ```
//!
//! Each word of each record has a number: its place in the whole dossier, counted through. The index says for each word
//! which places it has; a phrase is a row of places that follow one another. Words are kept as written but for case and
//! accents ([`words`]); their endings are the reader's script's business, `static/search/words.js`, so that a reader who
//! types half a word, or its plural, is answered by the same files. `docs/architecture.md` says why it is our own.

mod files;
mod postings;
mod record;
mod subjects;
pub mod words;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::derive::Context;
use postings::Postings;
use record::Record;

pub use files::KEPT;
pub use record::Found;

/// How many records are read together on one core.
const BLOCK: usize = 256;

/// The files that the search page loads, and what is in them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Index {
    /// Each file by its route.
    pub files: BTreeMap<String, Vec<u8>>,
    /// How many records can be found.
    pub records: usize,
    /// How many words there are, each counted once.
    pub words: usize,
}

impl Index {
    /// The bytes of all its files.
    pub fn size(&self) -> usize {
        self.files.values().map(Vec::len).sum()
    }
}

/// Makes the index of all that a reader of the site can see.
pub fn index(context: &Context<'_>) -> Index {
    let found = record::all(context);
    let blocks: Vec<Block> = found.par_chunks(BLOCK).map(|found| Block::new(context, found)).collect();
    let records = found.len();
    let mut index = Index { records, ..Index::default() };
    let columns = files::columns(context, blocks.iter().flat_map(|block| &block.lines));
    let mut texts = Vec::new();
    let mut words = Vec::new();
    for block in blocks {
        texts.extend(block.texts);
        words.push((block.words, block.length));
    }
    let mut postings = Postings::merged(words);
    index.words = postings.len();
    postings.extend(subjects::subjects(context, &found));
    files::write(context, &columns, texts, postings, &mut index.files);
    index
}

/// Some records, read.
struct Block {
    /// What is asked of each without its text.
    lines: Vec<files::Line>,
    /// Their texts, as pieces of files, each with the number of its records.
    texts: Vec<(usize, String)>,
    /// Their words.
    words: postings::Words,
    /// How many places they take.
    length: u32,
}

impl Block {
    fn new(context: &Context<'_>, found: &[Found]) -> Self {
        let mut counter = postings::Counter::default();
        let mut block = Self { lines: Vec::new(), texts: Vec::new(), words: Vec::new(), length: 0 };
        for found in found {
            let record = Record::new(context, *found);
            block.lines.push(files::Line::new(&record, &mut counter));
            files::push_text(&record, &mut block.texts);
        }
        (block.words, block.length) = counter.finish();
        block
    }
}
