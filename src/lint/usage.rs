//! Records that nothing uses, addresses without a copy, images without words.

use super::Report;
use crate::base::diag::Code;
use crate::base::span::Span;
use crate::model::Common;
use crate::model::entity::Entity;
use crate::model::source::SourceRecord;
use crate::resolve::destination::Destination;
use crate::resolve::subject::Subject;
use crate::syntax::markdown::media::Medium;
use crate::syntax::markdown::{self, Link};
use crate::syntax::yaml::Path;

/// Checks a record.
pub(super) fn check(report: &mut Report<'_>) {
    let about = report.about;
    match about.subject {
        Subject::Source(source) if about.is_used => archive(report, source),
        Subject::Source(source) => unused(report, source),
        Subject::Entity(entity) if !about.is_used => orphan(report, entity),
        _ => {}
    }
    if let Some(source) = about.inline {
        archive(report, source);
    }
    images(report);
    remote_images(report);
}

fn orphan(report: &mut Report<'_>, entity: &Entity) {
    let span = report.places.value(entity.meta.at, &Path::of("name"));
    let message = format!("nothing mentions `{}`", entity.meta.id);
    if let Some(problem) = report.add(Code::OrphanEntity, &entity.meta, span, message) {
        problem.help("give it the alias that the articles use, or add a `mention` annotation; or remove it");
    }
}

fn unused(report: &mut Report<'_>, source: &SourceRecord) {
    let span = report.places.value(source.meta.at, &Path::of("title"));
    let message = format!("nothing cites `{}`", source.meta.id);
    if let Some(problem) = report.add(Code::UnusedSource, &source.meta, span, message) {
        problem.help("cite it as evidence, in an estimate or an event, or remove it");
    }
}

fn archive(report: &mut Report<'_>, source: &SourceRecord) {
    if source.keys.url.is_none() || source.keys.archived.is_some() {
        return;
    }
    let path = if source.inline { Path::of("source").key("url") } else { Path::of("url") };
    let span = report.places.value(source.meta.at, &path);
    let message = "this address has no archived copy".to_owned();
    if let Some(problem) = report.add(Code::MissingArchive, &source.meta, span, message) {
        problem.help("save it, for instance at https://web.archive.org/save, and add `archived: …`");
    }
}

fn images(report: &mut Report<'_>) {
    let Some((record, body)) = report.about.subject.record().and_then(|record| Some((record, record.body()?))) else {
        return;
    };
    for range in &body.bare_images {
        let span = Span::new(record.meta().at.file, range.clone());
        let message = "this image has no alternative text".to_owned();
        if let Some(problem) = report.add(Code::AltMissing, record.meta(), span, message) {
            problem.help("say what it shows between the brackets: `![a column of lorries](…)`; in raw HTML in `alt`");
        }
    }
}

/// Images of other hosts: in bodies, and in the Markdown of keys.
fn remote_images(report: &mut Report<'_>) {
    if !report.is_on(Code::RemoteImage) {
        return;
    }
    let (about, dossier) = (report.about, report.dossier);
    let is_remote = |record: &dyn Common, link: &Link| {
        let folder = about.inputs.file(record.meta().at.file).folder();
        let leads = || dossier.destination(folder, &link.target, false);
        link.image && matches!(leads(), Destination::Elsewhere(_) | Destination::Here(_) | Destination::Record(..))
    };
    for record in about.records() {
        if let Some(body) = record.body() {
            for link in body.links.iter().filter(|link| is_remote(record, link)) {
                remote_image(report, record, link, Span::new(record.meta().at.file, link.target_range(&body.text)));
            }
        }
        record.prose(&mut |path, text| {
            if !text.0.contains(['!', '<']) {
                return;
            }
            for link in markdown::links(&text.0).iter().filter(|link| is_remote(record, link)) {
                let span = report.places.inside(record.meta().at, &path, link.target_range(&text.0));
                remote_image(report, record, link, span);
            }
        });
    }
}

fn remote_image(report: &mut Report<'_>, record: &dyn Common, link: &Link, span: Span) {
    let what = match Medium::of(&link.target) {
        Medium::Picture => "image",
        Medium::Film => "film",
        Medium::Sound => "sound",
        Medium::Document => "document",
    };
    let message = format!("this {what} is not in the dossier, so the page has a link to it");
    if let Some(problem) = report.add(Code::RemoteImage, record.meta(), span, message) {
        problem.help("download it beside the text, and write its file's name here");
    }
}
