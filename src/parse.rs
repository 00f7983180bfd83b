//! Files to records: one file at a time, in parallel, without knowing of any other.

mod annotations;
mod settings;

use std::sync::Arc;

use crate::base::diag::{Code, Diagnostic, Diagnostics};
use crate::base::id::{is_reserved, is_slug};
use crate::base::input::{Inputs, SourceFile};
use crate::base::memo::{Same, Table};
use crate::base::span::Span;
use crate::model::article::{Article, ArticleKeys};
use crate::model::entity::{Entity, EntityKeys};
use crate::model::event::{Event, EventKeys};
use crate::model::figure::{Figure, FigureKeys};
use crate::model::page::{Page, PageKeys};
use crate::model::settings::{RawHtml, Settings};
use crate::model::source::{Source, SourceRecord};
use crate::model::value::Kind;
use crate::model::{Meta, Record};
use crate::syntax::markdown::Body;
use crate::syntax::markdown::reading::RawMode;
use crate::syntax::yaml::values::{self, Record as _};
use crate::syntax::yaml::{Origin, Path, Skipped, body_start, front_matter, tree};

/// What a file is read from: itself, and what becomes of raw HTML.
type Key = (Same<SourceFile>, RawMode);

/// The files that were read before.
#[derive(Debug, Default)]
pub struct Memo(Table<Key, FileRecord>);

/// One file, read.
#[derive(Debug)]
struct FileRecord {
    record: Option<Record>,
    found: Diagnostics,
    skipped: Vec<(Origin, Vec<Path>)>,
}

/// All files, read.
#[derive(Debug, Default)]
pub struct Parsed {
    /// `site.toml`.
    pub settings: Settings,
    /// The records, in order of path.
    pub records: Vec<Record>,
    /// Ids of records that were written but could not be read: references to them are not to blame.
    pub lost: Vec<(Folder, String)>,
    /// The items of lists that the records do not have.
    pub skipped: Skipped,
}

/// A folder of records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Folder {
    /// `content/articles`
    Articles,
    /// `content/annotations`
    Annotations,
    /// `content/entities`
    Entities,
    /// `content/events`
    Events,
    /// `content/figures`
    Figures,
    /// `content/sources`
    Sources,
    /// `content/pages`
    Pages,
    /// `content/index.md`
    Home,
}

impl Folder {
    /// The folder of a content file and whether it has the ending that belongs there; `None` elsewhere.
    pub fn of(path: &str) -> Option<Folder> {
        if path == "content/index.md" {
            return Some(Folder::Home);
        }
        let (folder, ending) = match path.strip_prefix("content/")?.split_once('/')?.0 {
            "articles" => (Folder::Articles, ".md"),
            "annotations" => (Folder::Annotations, ".yaml"),
            "entities" => (Folder::Entities, ".md"),
            "events" => (Folder::Events, ".md"),
            "figures" => (Folder::Figures, ".yaml"),
            "sources" => (Folder::Sources, ".yaml"),
            "pages" => (Folder::Pages, ".md"),
            _ => return None,
        };
        path.ends_with(ending).then_some(folder)
    }

    /// The kind of its records; none for annotations and the home page.
    pub fn kind(self) -> Option<Kind> {
        Some(match self {
            Folder::Articles => Kind::Article,
            Folder::Entities => Kind::Entity,
            Folder::Events => Kind::Event,
            Folder::Figures => Kind::Figure,
            Folder::Sources => Kind::Source,
            Folder::Pages => Kind::Page,
            Folder::Annotations | Folder::Home => return None,
        })
    }
}

/// Reads every file.
pub fn parse(inputs: &Inputs, memo: &mut Memo, diags: &mut Diagnostics) -> Parsed {
    diags.extend(inputs.files.iter().filter_map(|file| file.problem.as_deref().cloned()));
    let settings = settings::read(inputs, diags);
    let raw = match settings.build.raw_html {
        RawHtml::Sanitize => RawMode::Sanitize,
        RawHtml::Escape => RawMode::Escape,
        RawHtml::Allow => RawMode::Allow,
    };
    inputs.files.iter().filter(|file| is_stray(&file.path)).for_each(|file| stray(file, &settings, diags));
    let files: Vec<(&Arc<SourceFile>, Folder)> =
        inputs.files.iter().filter_map(|file| Folder::of(&file.path).map(|folder| (file, folder))).collect();
    let read = memo.0.answer(
        &files,
        |(file, _)| file.id,
        |(file, _)| (Same((*file).clone()), raw),
        |(file, folder)| {
            let (mut found, mut skipped) = (Diagnostics::default(), Vec::new());
            let record = parse_file(file, *folder, raw, &mut skipped, &mut found);
            FileRecord { record, found, skipped }
        },
    );
    let mut parsed = Parsed { settings, ..Parsed::default() };
    for ((file, folder), read) in files.into_iter().zip(read) {
        diags.extend(read.found.iter().cloned());
        parsed.skipped.extend(read.skipped.iter().cloned());
        match &read.record {
            Some(record) => parsed.records.push(record.clone()),
            None => parsed.lost.push((folder, file.stem().to_owned())),
        }
    }
    parsed
}

/// Whether a file looks like a record and is none, for its folder or its ending: `content/annotations/a.yml`.
pub fn is_stray(path: &str) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    path.starts_with("content/")
        && Folder::of(path).is_none()
        && matches!(ending, "md" | "markdown" | "yaml" | "yml" | "toml" | "json")
}

fn stray(file: &SourceFile, settings: &Settings, diags: &mut Diagnostics) {
    let Some(severity) = settings.level(Code::StrayFile) else { return };
    let folder = file.path.split('/').nth(1).unwrap_or_default();
    let folders = ["articles", "annotations", "entities", "events", "figures", "sources", "pages"];
    let problem = diags.add(Code::StrayFile, file.start(), "this file is not read");
    problem.severity = severity;
    match folder {
        "articles" | "entities" | "events" | "pages" => {
            problem.help(format!("files in `content/{folder}/` end in `.md`"))
        }
        "annotations" | "figures" | "sources" => problem.help(format!("files in `content/{folder}/` end in `.yaml`")),
        other => problem
            .did_you_mean(crate::base::nearest::nearest(other, folders))
            .help(format!("the folders of `content/` are `{}`", folders.join("`, `"))),
    };
}

/// Reads one file.
fn parse_file(
    file: &SourceFile,
    folder: Folder,
    raw: RawMode,
    skipped: &mut Vec<(Origin, Vec<Path>)>,
    diags: &mut Diagnostics,
) -> Option<Record> {
    check_id(file, folder, diags);
    if !file.is_readable() {
        return None;
    }
    if file.path.ends_with(".md") && front_matter(&file.text).is_none() {
        missing_front_matter(file, diags);
        return None;
    }
    let mut tree = tree::read(file);
    let readable = tree.root.is_some();
    let explained = !tree.problems.is_empty();
    diags.extend(std::mem::take(&mut tree.problems));
    if folder == Folder::Annotations {
        return Some(Record::Annotations(annotations::read(file, tree.root, skipped, diags)));
    }
    let Some(mut root) = tree.root.filter(|root| !root.is_null()) else {
        if !explained || readable {
            empty_record(file, folder, diags);
        }
        return None;
    };
    let origin = Origin { file: file.id, item: None };
    let id = file.stem();
    let body = || Body::new(file.text.clone(), body_start(&file.text), raw);
    let record = match folder {
        Folder::Articles => {
            let mut keys: ArticleKeys = values::read(file, &mut root, diags)?;
            let meta = keys.take_meta(id, origin);
            Record::Article(Box::new(Article { meta, keys, body: body() }))
        }
        Folder::Entities => {
            let mut keys: EntityKeys = values::read(file, &mut root, diags)?;
            let meta = keys.take_meta(id, origin);
            Record::Entity(Box::new(Entity { meta, keys, body: body() }))
        }
        Folder::Events => {
            let mut keys: EventKeys = values::read(file, &mut root, diags)?;
            let meta = keys.take_meta(id, origin);
            Record::Event(Box::new(Event { meta, keys, body: body() }))
        }
        Folder::Pages | Folder::Home => {
            let (mut keys, meta) = page(file, &mut root, origin, diags)?;
            keys.former_ids.clear();
            let page = Box::new(Page { meta, keys, body: body() });
            if folder == Folder::Home { Record::Home(page) } else { Record::Page(page) }
        }
        Folder::Figures => {
            let mut keys: FigureKeys = values::read(file, &mut root, diags)?;
            let meta = keys.take_meta(id, origin);
            Record::Figure(Box::new(Figure { meta, keys }))
        }
        Folder::Sources => {
            let mut keys: Source = values::read(file, &mut root, diags)?;
            let meta = keys.take_meta(id, origin);
            Record::Source(Box::new(SourceRecord { meta, keys, inline: false }))
        }
        Folder::Annotations => return None,
    };
    skip(&root, origin, skipped);
    Some(record)
}

/// Keeps which items of lists a record does not have.
fn skip(node: &tree::Node<'_>, origin: Origin, skipped: &mut Vec<(Origin, Vec<Path>)>) {
    let items = values::skipped(node);
    if !items.is_empty() {
        skipped.push((origin, items));
    }
}

fn page(
    file: &SourceFile,
    root: &mut tree::Node<'_>,
    origin: Origin,
    diags: &mut Diagnostics,
) -> Option<(PageKeys, Meta)> {
    let mut keys: PageKeys = values::read(file, root, diags)?;
    let meta = keys.take_meta(file.stem(), origin);
    Some((keys, meta))
}

fn check_id(file: &SourceFile, folder: Folder, diags: &mut Diagnostics) {
    let stem = file.stem();
    let name = file.path.rsplit('/').next().unwrap_or(&file.path);
    if is_slug(stem) && name.matches('.').count() == 1 {
        if is_reserved(stem) {
            let problem = diags.add(Code::BadId, file.start(), format!("Windows cannot have a file called `{stem}`"));
            problem.help("give it a longer name; `former_ids` keeps old addresses alive");
        }
        return;
    }
    let better = crate::base::id::slug_of(name.rsplit_once('.').map_or(name, |(stem, _)| stem), 200);
    let problem = diags.add(Code::BadId, file.start(), format!("the file's name `{name}` is not an id"));
    problem.help("use lower-case letters a to z, digits and hyphens");
    if !better.is_empty() && folder != Folder::Home {
        problem.help(format!("for example `{better}{}`", &name[name.rfind('.').unwrap_or(name.len())..]));
    }
}

fn missing_front_matter(file: &SourceFile, diags: &mut Diagnostics) {
    let start = file.start();
    let opened = file.text[start.range().start..].lines().next().is_some_and(|line| line.trim_end() == "---");
    let problem = match opened {
        true => {
            let mut problem = Diagnostic::new(Code::MissingFrontMatter, start, "the front matter is not closed");
            problem.help("put a line `---` between the front matter and the text");
            problem
        }
        false => {
            let mut problem = Diagnostic::new(Code::MissingFrontMatter, start, "the front matter is missing");
            problem.help("start the file with a line `---`, then `title: …` or `name: …`, then another line `---`");
            problem
        }
    };
    diags.push(problem);
}

fn empty_record(file: &SourceFile, folder: Folder, diags: &mut Diagnostics) {
    let required = match folder {
        Folder::Articles => ArticleKeys::REQUIRED,
        Folder::Entities => EntityKeys::REQUIRED,
        Folder::Events => EventKeys::REQUIRED,
        Folder::Figures => FigureKeys::REQUIRED,
        Folder::Sources => Source::REQUIRED,
        Folder::Pages | Folder::Home => PageKeys::REQUIRED,
        Folder::Annotations => &[],
    };
    let at = Span::new(file.id, file.start().range());
    for key in required {
        diags.add(Code::MissingKey, at, format!("`{key}` is missing")).help(format!("add `{key}: …`"));
    }
}
