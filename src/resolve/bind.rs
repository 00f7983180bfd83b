//! One record, or the annotations on one article, against the names of the dossier: where its references and links lead,
//! and what is wrong with them or with values that only the whole can judge.

use std::sync::Arc;

use super::directory::Directory;
use super::role::{Reference, Role};
use super::subject::{Subject, SubjectKey};
use super::{Node, checks, destination, names};
use crate::base::diag::{Code, Diagnostic, Diagnostics};
use crate::base::input::{Inputs, SourceFile};
use crate::base::memo::{self, Question, Same};
use crate::base::nearest::nearest;
use crate::base::span::{FileId, Span};
use crate::model::Common;
use crate::model::article::{Article, SourceField};
use crate::model::settings::Settings;
use crate::model::value::Kind;
use crate::resolve::destination::{Destination, is_place};
use crate::syntax::markdown;
use crate::syntax::yaml::{Path, Places, Skipped};

/// Where the references and links of a record lead, or of the annotations on an article; in the order written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outgoing {
    /// The references in its keys that lead to a record.
    pub references: Vec<Reference>,
    /// The record that each link of its body leads to.
    pub links: Vec<Option<Node>>,
    /// The records whose names are the words of links in its body that have none, in their order.
    pub titled: Vec<Node>,
    /// The checks among the annotations that do not say who makes the claim.
    pub unclaimed: Vec<u32>,
    /// The files that links of its body lead to.
    pub files: Vec<String>,
    /// The links in the Markdown of its keys that lead to a record.
    pub texts: Vec<KeyLink>,
    /// The files that links in the Markdown of its keys lead to; for annotations with which of its article's, else 0.
    pub key_files: Vec<(u32, String)>,
    /// The links to places in pages, in its body and in its keys.
    pub places: Vec<PlaceLink>,
}

/// A link to a place in a page.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceLink {
    /// Whose page; nothing for the text's own.
    pub to: Option<Node>,
    /// The name of the place, as written.
    pub name: String,
    /// Where it is written.
    pub span: Span,
}

impl PlaceLink {
    /// Of a link that leads there; nothing for one that leads to a page as a whole.
    fn of(to: &Destination, span: Span) -> Option<Self> {
        let (to, name) = match to {
            Destination::Record(node, behind) => (Some(*node), &behind.place),
            Destination::Here(name) => (None, name),
            Destination::File(..) | Destination::Elsewhere(_) | Destination::Nowhere => return None,
        };
        is_place(name).then(|| Self { to, name: name.clone(), span })
    }
}

/// A link in the Markdown of a key.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyLink {
    /// For annotations, which of its article's; else 0.
    pub item: u32,
    /// The record it leads to.
    pub to: Node,
    /// The text that it stands in.
    pub text: Arc<str>,
}

/// What is kept of a record.
#[derive(Debug)]
pub(super) struct Bound {
    pub(super) outgoing: Arc<Outgoing>,
    pub(super) found: Diagnostics,
}

/// What all records are bound with.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Around {
    pub(super) directory: Same<Directory>,
    pub(super) settings: Same<Settings>,
}

/// Where does this lead?
pub(super) struct Bind<'a> {
    /// The file that the answer is kept with.
    pub(super) file: FileId,
    /// What it is about.
    pub(super) subject: Subject<'a>,
    /// What all are bound with.
    pub(super) around: &'a Around,
    /// Of which only the files of the subject are looked at: they are what it was read from.
    pub(super) inputs: &'a Inputs,
    /// Of which only those of the subject are looked at: they follow from its files.
    pub(super) skipped: &'a Skipped,
}

impl Question for Bind<'_> {
    type Key = SubjectKey;
    type Answer = Bound;

    fn file(&self) -> FileId {
        self.file
    }

    fn is(&self, key: &SubjectKey) -> bool {
        self.subject.is(key)
    }

    fn key(&self) -> SubjectKey {
        self.subject.key()
    }

    fn answer(&self, last: Option<&Bound>) -> Bound {
        let mut binder = Binder {
            directory: &self.around.directory.0,
            settings: &self.around.settings.0,
            inputs: self.inputs,
            places: Places::new(self.inputs, self.skipped),
            outgoing: Outgoing::default(),
            found: Diagnostics::default(),
        };
        match self.subject {
            Subject::Article(article) => binder.article(article),
            Subject::Entity(entity) => binder.record(0, &**entity, |checker| checker.entity(entity)),
            Subject::Event(event) => binder.record(0, &**event, |_| {}),
            Subject::Figure(figure) => binder.record(0, &**figure, |checker| checker.figure(figure)),
            Subject::Source(source) => {
                binder.record(0, &**source, |checker| checker.source(source.meta.at, &Path::default(), &source.keys));
            }
            Subject::Page(page) => binder.record(0, &**page, |_| {}),
            Subject::Annotations(all) => (0..).zip(all).for_each(|(item, annotation)| {
                binder.record(item, &**annotation, |checker| checker.annotation(annotation));
                if annotation.fact_check().is_some_and(|check| check.claimed_by.is_none()) {
                    binder.outgoing.unclaimed.push(item);
                }
            }),
            Subject::Astray(file) => binder.astray(file),
        }
        let outgoing = memo::keep(last.map(|last| &last.outgoing), binder.outgoing);
        Bound { outgoing, found: binder.found }
    }
}

struct Binder<'a> {
    directory: &'a Directory,
    settings: &'a Settings,
    inputs: &'a Inputs,
    places: Places<'a>,
    outgoing: Outgoing,
    found: Diagnostics,
}

impl Binder<'_> {
    fn article(&mut self, article: &Article) {
        self.record(0, article, |checker| checker.inline_source(article));
        // A source that is described inside an article has its id; there is no reference to it.
        let inline = matches!(article.keys.source, Some(SourceField::Inline(_)));
        if let Some(to) = self.directory.named(Kind::Source, &article.meta.id).filter(|_| inline) {
            self.outgoing.references.push(Reference { item: 0, role: Role::Publication, to });
        }
    }

    fn record(&mut self, item: u32, record: &dyn Common, own: impl FnOnce(&mut checks::Checker<'_, '_>)) {
        self.references(item, record);
        self.body_links(record);
        self.key_links(item, record);
        let Self { directory, settings, places, found, .. } = self;
        let mut checker = checks::Checker { directory, settings, places, diags: found };
        checker.common(record);
        own(&mut checker);
    }

    fn references(&mut self, item: u32, record: &dyn Common) {
        let Self { directory, places, outgoing, found, .. } = self;
        let at = record.meta().at;
        record.references(&mut |path, reference, wanted| {
            // A required reference that is missing or empty has been reported.
            let required = path == Path::of("of") || path == Path::of("figure");
            if reference.is_empty() && (required || !places.is_written(at, &path)) {
                return;
            }
            match directory.find(reference, wanted) {
                Ok(to) => {
                    outgoing.references.extend(Role::at(&path).map(|role| Reference { item, role, to }));
                }
                Err(why) => {
                    let span = places.value(at, &path);
                    names::report(directory, reference, wanted, &why, span, found);
                }
            }
        });
    }

    fn body_links(&mut self, record: &dyn Common) {
        let Some(body) = record.body() else { return };
        let file = self.inputs.file(record.meta().at.file);
        for target in &body.unread {
            let written = &body.text[target.clone()];
            let span = Span::new(file.id, target.clone());
            let problem =
                self.found.add(Code::BrokenLink, span, "this is no link, because of the space in its address");
            problem.help(format!("write it in angle brackets: `<{written}>`")).fix(span, format!("<{written}>"));
        }
        for link in &body.links {
            let to = self.directory.destination(file.folder(), &link.target, link.wiki);
            if to == Destination::Nowhere {
                let span = Span::new(file.id, link.target_range(&body.text));
                report_nowhere(self.settings, self.directory, file.folder(), link, span, &mut self.found);
            }
            if link.target.contains('#') {
                let span = Span::new(file.id, link.target_range(&body.text));
                self.outgoing.places.extend(PlaceLink::of(&to, span));
            }
            let node = if let Destination::Record(node, _) = &to { Some(*node) } else { None };
            self.outgoing.links.push(node);
            self.outgoing.titled.extend(node.filter(|_| link.bare));
            if let Destination::File(path, _) = to {
                self.outgoing.files.push(path);
            }
        }
    }

    fn key_links(&mut self, item: u32, record: &dyn Common) {
        let at = record.meta().at;
        let Self { directory, settings, places, outgoing, found, inputs, .. } = self;
        let folder = inputs.file(at.file).folder();
        record.prose(&mut |path, text| {
            if !text.0.contains(['[', '<']) {
                return;
            }
            let mut shared: Option<Arc<str>> = None;
            for link in markdown::links(&text.0) {
                let to = directory.destination(folder, &link.target, link.wiki);
                if link.target.contains('#') {
                    let span = places.inside(at, &path, link.target_range(&text.0));
                    outgoing.places.extend(PlaceLink::of(&to, span));
                }
                match to {
                    Destination::Record(to, _) => {
                        let text = shared.get_or_insert_with(|| text.0.as_str().into()).clone();
                        outgoing.texts.push(KeyLink { item, to, text });
                    }
                    Destination::Nowhere => {
                        let span = places.inside(at, &path, link.target_range(&text.0));
                        report_nowhere(settings, directory, folder, &link, span, found);
                    }
                    Destination::File(path, _) => outgoing.key_files.push((item, path)),
                    Destination::Here(_) | Destination::Elsewhere(_) => {}
                }
            }
        });
    }

    fn astray(&mut self, file: &SourceFile) {
        let article = file.stem();
        let near = nearest(article, self.directory.article_stems());
        let message = format!("there is no article `{article}` for these annotations");
        let problem = self.found.add(Code::UnknownArticle, file.start(), message);
        problem.did_you_mean(near).help("the file is named like the article's, with `.yaml`");
    }
}

/// Reports a link that leads nowhere. In raw HTML, which may come from anywhere, pages leave its address out, and say so.
fn report_nowhere(
    settings: &Settings,
    directory: &Directory,
    folder: &str,
    link: &markdown::Link,
    span: Span,
    diags: &mut Diagnostics,
) {
    if !link.raw {
        return destination::report(directory, folder, link, span, diags);
    }
    let Some(severity) = settings.level(Code::HtmlDropped) else { return };
    let mut found = Diagnostics::default();
    destination::report(directory, folder, link, span, &mut found);
    diags.extend(found.into_iter().map(|problem| Diagnostic { code: Code::HtmlDropped, severity, ..problem }));
}
