//! Files to records: one file at a time, in parallel, without knowing of any other.

mod annotations;
mod folder;
mod ledger;
mod number;
mod record;
mod settings;
mod stray;

use std::sync::Arc;

use crate::base::diag::Diagnostics;
use crate::base::input::{Inputs, SourceFile};
use crate::base::memo::{Kept, Question, Same, Table};
use crate::base::span::{FileId, Span};
use crate::model::Record;
use crate::model::ledger::Ledger;
use crate::model::settings::{RawHtml, Settings};
use crate::model::source::SourceRecord;
use crate::syntax::markdown::reading::RawMode;
use crate::syntax::yaml::Skipped;
pub use folder::Folder;
pub use stray::{is_stray, looks_like_record, may_be_stray};

/// All files, read.
#[derive(Debug, Default)]
pub struct Parsed {
    /// `site.toml`.
    pub settings: Arc<Settings>,
    /// `dossier.lock`; none where nothing was ever accepted.
    pub ledger: Option<Arc<Ledger>>,
    /// The files in order of path, each as it is among the inputs.
    pub files: Vec<Arc<File>>,
}

/// One file, read.
#[derive(Debug)]
pub struct File {
    /// The folder of records that it is in.
    pub folder: Option<Folder>,
    /// Its record or its annotations; nothing for a file that could not be read, or that is none.
    pub record: Option<Record>,
    /// The source that is described inside its article.
    pub inline_source: Option<Arc<SourceRecord>>,
    /// The items of lists that its records do not have.
    pub skipped: Skipped,
    /// The ids that are written in a list of annotations, where some of it could not be read: a reference to one is not to blame.
    pub lost: Box<[String]>,
    /// Where numbers stand that may have been meant as thousands.
    like_thousands: Box<[Span]>,
    is_stray: bool,
    found: Diagnostics,
}

/// The files that were read before.
#[derive(Debug, Default)]
pub struct Memo {
    settings: Kept<settings::Key, (Arc<Settings>, Diagnostics)>,
    ledger: Kept<ledger::Key, (Option<Arc<Ledger>>, Diagnostics)>,
    files: Table<RawMode, Same<SourceFile>, File>,
}

/// Reads every file.
pub fn parse(inputs: &Inputs, memo: &mut Memo, diags: &mut Diagnostics) -> Parsed {
    let read = memo.settings.get(settings::key(inputs), || settings::read(inputs));
    let (settings, found) = &*read;
    diags.extend(found.iter().cloned());
    let accepted = memo.ledger.get(ledger::key(inputs), || ledger::read(inputs));
    diags.extend(accepted.1.iter().cloned());
    let raw = match settings.build.raw_html {
        RawHtml::Sanitize => RawMode::Sanitize,
        RawHtml::Escape => RawMode::Escape,
        RawHtml::Allow => RawMode::Allow,
    };
    let questions: Vec<Read> = inputs.files.iter().map(|file| Read { file, raw }).collect();
    let files = memo.files.answer(raw, &questions);
    let parsed = Parsed { settings: settings.clone(), ledger: accepted.0.clone(), files };
    for (file, read) in inputs.files.iter().zip(&parsed.files) {
        match read.like_thousands.is_empty() && !read.found.iter().any(number::is_about_number) {
            true => diags.extend(read.found.iter().cloned()),
            false => number::check(inputs, &parsed, file, read, diags),
        }
        if read.is_stray {
            diags.extend(stray::problem(file, settings));
        }
    }
    parsed
}

/// What does a file say?
struct Read<'a> {
    file: &'a Arc<SourceFile>,
    /// What becomes of raw HTML; the same for all files.
    raw: RawMode,
}

impl Question for Read<'_> {
    type Key = Same<SourceFile>;
    type Answer = File;

    fn file(&self) -> FileId {
        self.file.id
    }

    fn is(&self, key: &Same<SourceFile>) -> bool {
        key.is(self.file)
    }

    fn key(&self) -> Same<SourceFile> {
        Same(self.file.clone())
    }

    fn answer(&self, _: Option<&File>) -> File {
        let Self { file, raw } = self;
        let mut found = Diagnostics::default();
        found.extend(file.problem.as_deref().cloned());
        let folder = Folder::of(&file.path);
        let mut aside = record::Aside::default();
        let record = folder.and_then(|folder| record::read(file, folder, *raw, &mut aside, &mut found));
        let record::Aside { skipped, like_thousands } = aside;
        let like_thousands = like_thousands.into();
        let lost = match folder {
            Some(Folder::Annotations) if found.errors() > 0 => annotations::written_ids(&file.text),
            _ => Box::default(),
        };
        let inline_source = record.as_ref().and_then(record::inline_source);
        File {
            folder,
            record,
            inline_source,
            skipped,
            lost,
            like_thousands,
            is_stray: folder.is_none() && file.path.starts_with("content/"),
            found,
        }
    }
}
