//! The lints on wording: over every body, every Markdown text in YAML, and every quote that stands in no body.

use std::ops::Range;
use std::sync::{Arc, LazyLock};

use aho_corasick::AhoCorasick;

use super::about::About;
use super::{Levels, Report, allows, percentage, weekday};
use crate::base::diag::Code;
use crate::base::span::Span;
use crate::model::annotation::Annotation;
use crate::model::settings::Tone;
use crate::model::{Common, Meta};
use crate::resolve::Dossier;
use crate::syntax::markdown::Body;
use crate::syntax::markdown::reading::RawMode;
use crate::syntax::normal::{Normal, has_dropped};
use crate::syntax::yaml::Path;

/// Something wrong with the wording of a text.
#[derive(Clone, Debug)]
pub(super) struct Finding {
    /// Its bytes in the text.
    pub(super) range: Range<usize>,
    /// What is wrong.
    pub(super) message: String,
    /// What would settle it.
    pub(super) help: Vec<String>,
}

/// A lint on wording.
struct Lint {
    code: Code,
    /// A block without any of these has nothing for it; all are looked for at once.
    signs: &'static LazyLock<AhoCorasick>,
    /// What it finds in one block of text in normal form, in a language.
    find: fn(&str, language: &str) -> Vec<Finding>,
}

static LINTS: [Lint; 2] = [
    Lint { code: Code::Weekday, signs: &WEEKDAY_SIGNS, find: weekday::find },
    Lint { code: Code::Percentage, signs: &PERCENTAGE_SIGNS, find: |block, _| percentage::find(block) },
];

static WEEKDAY_SIGNS: LazyLock<AhoCorasick> = LazyLock::new(|| any_of(weekday::PARTS));
static PERCENTAGE_SIGNS: LazyLock<AhoCorasick> = LazyLock::new(|| any_of(&percentage::SIGNS));

fn any_of(signs: &[&str]) -> AhoCorasick {
    AhoCorasick::new(signs).expect("a few short words")
}

impl Lint {
    /// Signs are those of English and French: weekdays of other languages are looked for in any block.
    fn has_sign(&self, block: &str, language: &str) -> bool {
        let other = self.code == Code::Weekday && weekday::knows(language);
        other || self.signs.is_match(block)
    }

    /// Whether a block that is not in normal form is worth bringing into it. Letters and signs stay what they are there; only what
    /// is dropped may have stood between them.
    fn may_find(&self, block: &str, language: &str) -> bool {
        self.has_sign(block, language) || has_dropped(block)
    }
}

/// What is wrong in a text, with places in it. Each block is read alone, in normal form.
fn find(levels: &Levels, text: &str, language: &str) -> Vec<(Code, Finding)> {
    let lints: Vec<&Lint> = LINTS.iter().filter(|lint| levels.is_on(lint.code)).collect();
    let mut found = Vec::new();
    let mut start = 0;
    for block in text.split_inclusive('\n') {
        if block.bytes().any(|byte| byte.is_ascii_digit()) && lints.iter().any(|lint| lint.may_find(block, language)) {
            let normal = Normal::of(block);
            for lint in lints.iter().filter(|lint| lint.has_sign(normal.text(), language)) {
                found.extend((lint.find)(normal.text(), language).into_iter().map(|finding| {
                    let range = normal.original(finding.range);
                    (lint.code, Finding { range: start + range.start..start + range.end, ..finding })
                }));
            }
        }
        start += block.len();
    }
    found
}

/// The body.
pub(super) fn body(report: &mut Report<'_>) {
    let about = report.about;
    let (Some(record), Some(located)) = (about.subject.record(), about.located) else { return };
    let meta = record.meta();
    let language = language(report, meta).to_owned();
    for (code, finding) in find(report.levels, &located.prose.text, &language) {
        if is_known(about, &finding.range, code) {
            continue;
        }
        let span = Span::new(meta.at.file, located.prose.source(&finding.range));
        if let Some(problem) = report.add(code, meta, span, finding.message) {
            problem.help.extend(finding.help);
        }
    }
}

/// The language of a record's texts.
fn language<'r>(report: &'r Report<'_>, meta: &'r Meta) -> &'r str {
    let record = report.about.subject.record().and_then(|record| record.meta().language.as_deref());
    meta.language.as_deref().or(record).unwrap_or(&report.dossier.settings.language)
}

/// Whether an annotation on the passage says that it is wrong, or allows it: then the editors know.
pub(super) fn is_known(about: &About<'_>, passage: &Range<usize>, code: Code) -> bool {
    about.annotations.iter().enumerate().any(|(item, annotation)| {
        let over = about.anchor(item).is_some_and(|at| at.range.start < passage.end && passage.start < at.range.end);
        over && (allows(&annotation.meta, code) || says_wrong(about.dossier, annotation))
    })
}

/// Whether it is a fact check whose verdict is not in favour.
pub(super) fn says_wrong(dossier: &Dossier, annotation: &Annotation) -> bool {
    let Some(check) = annotation.fact_check() else { return false };
    let verdict = dossier.settings.verdicts.iter().find(|verdict| verdict.id == check.verdict);
    verdict.is_some_and(|verdict| matches!(verdict.tone, Tone::Mixed | Tone::Negative))
}

/// The Markdown in YAML, and the quotes that are not found in their article.
pub(super) fn yaml(report: &mut Report<'_>) {
    let about = report.about;
    for record in about.records() {
        record.prose(&mut |path, text| markdown(report, record.meta(), &path, &text.0));
    }
    for (item, annotation) in about.annotations.iter().enumerate() {
        if about.anchor(item).is_none() {
            plain(report, &annotation.meta, &Path::of("quote"), &annotation.target.quote);
        }
        // A claim that is checked and found wrong may well hold the wrong weekday.
        let claim = annotation.fact_check().and_then(|check| check.claim.as_deref());
        if let Some(claim) = claim.filter(|_| !says_wrong(about.dossier, annotation)) {
            plain(report, annotation.meta(), &Path::of("claim"), claim);
        }
    }
}

fn markdown(report: &mut Report<'_>, about: &Meta, path: &Path, text: &str) {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return;
    }
    let prose = Body::new(Arc::from(text), 0, RawMode::Sanitize).prose;
    let language = language(report, about).to_owned();
    for (code, mut finding) in find(report.levels, &prose.text, &language) {
        finding.range = prose.source(&finding.range);
        add(report, about, path, code, finding);
    }
}

fn plain(report: &mut Report<'_>, about: &Meta, path: &Path, text: &str) {
    let language = language(report, about).to_owned();
    for (code, finding) in find(report.levels, text, &language) {
        add(report, about, path, code, finding);
    }
}

fn add(report: &mut Report<'_>, about: &Meta, path: &Path, code: Code, finding: Finding) {
    let span = report.places.inside(about.at, path, finding.range);
    if let Some(problem) = report.add(code, about, span, finding.message) {
        problem.help.extend(finding.help);
    }
}
