//! One file of a folder of records: its record or its annotations, and what is wrong with it.

use std::sync::Arc;

use super::annotations;
use super::folder::Folder;
use super::number;
use crate::base::diag::{Code, Diagnostic, Diagnostics};
use crate::base::id::{is_reserved, is_slug};
use crate::base::input::SourceFile;
use crate::base::span::Span;
use crate::model::article::{Article, ArticleKeys, SourceField};
use crate::model::entity::{Entity, EntityKeys};
use crate::model::event::{Event, EventKeys};
use crate::model::figure::{Figure, FigureKeys};
use crate::model::page::{Page, PageKeys};
use crate::model::source::{Source, SourceRecord};
use crate::model::{Meta, Record};
use crate::syntax::markdown::Body;
use crate::syntax::markdown::reading::RawMode;
use crate::syntax::yaml::values::{self, Record as _};
use crate::syntax::yaml::{Origin, Skipped, body_start, comment, front_matter, tree};

/// What is kept of a file beside its record.
#[derive(Default)]
pub(super) struct Aside {
    /// The items of lists that its records do not have.
    pub(super) skipped: Skipped,
    /// Where numbers stand that may have been meant as thousands.
    pub(super) like_thousands: Vec<Span>,
}

/// Reads one file.
pub(super) fn read(
    file: &SourceFile,
    folder: Folder,
    raw: RawMode,
    aside: &mut Aside,
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
    if let Some(root) = &tree.root {
        comment::check(file, root, diags);
    }
    if folder == Folder::Annotations {
        return Some(Record::Annotations(annotations::read(file, tree.root, &mut aside.skipped, diags)));
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
            Record::Article(Arc::new(Article { meta, keys, body: body() }))
        }
        Folder::Entities => {
            let mut keys: EntityKeys = values::read(file, &mut root, diags)?;
            let meta = keys.take_meta(id, origin);
            Record::Entity(Arc::new(Entity { meta, keys, body: body() }))
        }
        Folder::Events => {
            let mut keys: EventKeys = values::read(file, &mut root, diags)?;
            let meta = keys.take_meta(id, origin);
            Record::Event(Arc::new(Event { meta, keys, body: body() }))
        }
        Folder::Pages | Folder::Home => {
            let (mut keys, meta) = page(file, &mut root, origin, diags)?;
            keys.former_ids.clear();
            let page = Arc::new(Page { meta, keys, body: body() });
            if folder == Folder::Home { Record::Home(page) } else { Record::Page(page) }
        }
        Folder::Figures => {
            number::like_thousands(file, &root, &mut aside.like_thousands);
            let mut keys: FigureKeys = values::read(file, &mut root, diags)?;
            let meta = keys.take_meta(id, origin);
            Record::Figure(Arc::new(Figure { meta, keys }))
        }
        Folder::Sources => {
            let mut keys: Source = values::read(file, &mut root, diags)?;
            let meta = keys.take_meta(id, origin);
            Record::Source(Arc::new(SourceRecord { meta, keys, inline: false }))
        }
        Folder::Annotations => return None,
    };
    skip(&root, origin, &mut aside.skipped);
    Some(record)
}

/// Keeps which items of lists a record does not have.
pub(super) fn skip(node: &tree::Node<'_>, origin: Origin, skipped: &mut Skipped) {
    let items = values::skipped(node);
    if !items.is_empty() {
        skipped.insert(origin, items);
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

/// The source that is described inside an article; it has the article's id.
pub(super) fn inline_source(record: &Record) -> Option<Arc<SourceRecord>> {
    let Record::Article(article) = record else { return None };
    let Some(SourceField::Inline(source)) = &article.keys.source else { return None };
    let language = source.language.as_deref().map(Box::from).or_else(|| article.meta.language.clone());
    let allow = article.meta.allow.iter().chain(&source.allow).cloned().collect();
    let meta = Meta { former_ids: Box::default(), language, allow, ..article.meta.clone() };
    Some(Arc::new(SourceRecord { meta, keys: (**source).clone(), inline: true }))
}
