//! Values that only the whole dossier can judge: verdicts, kinds of entity, ranges, former ids, names of lints.

use super::directory::Directory;
use crate::base::address;
use crate::base::diag::{Code, Diagnostics};
use crate::base::id::{is_reserved, is_slug};
use crate::base::nearest::nearest;
use crate::model::Common;
use crate::model::annotation::{Annotation, AnnotationKind, FactCheck};
use crate::model::article::{Article, SourceField};
use crate::model::entity::Entity;
use crate::model::figure::{Estimate, Figure, FigureKind};
use crate::model::settings::{ENTITY_KINDS, Settings};
use crate::model::source::Source;
use crate::syntax::language::is_language;
use crate::syntax::yaml::{Origin, Path, Places};

/// The largest and smallest number of anything.
const LARGEST: f64 = 1e18;
const SMALLEST: f64 = 1e-18;

/// Checks the values of one record.
pub(super) struct Checker<'a, 'i> {
    pub(super) directory: &'a Directory,
    pub(super) settings: &'a Settings,
    pub(super) places: &'a Places<'i>,
    pub(super) diags: &'a mut Diagnostics,
}

impl Checker<'_, '_> {
    pub(super) fn common(&mut self, record: &dyn Common) {
        let meta = record.meta();
        for (index, former) in meta.former_ids.iter().enumerate().filter(|(_, former)| !is_slug(former)) {
            let span = self.places.value(meta.at, &Path::of("former_ids").index(index));
            self.diags
                .add(Code::BadId, span, format!("`{former}` is not an id"))
                .help("use lower-case letters a to z, digits and hyphens");
        }
        for (index, former) in meta.former_ids.iter().enumerate().filter(|(_, former)| is_reserved(former)) {
            let span = self.places.value(meta.at, &Path::of("former_ids").index(index));
            self.diags
                .add(Code::BadId, span, format!("Windows cannot have a file called `{former}`"))
                .help("remove it");
        }
        if let Some(tag) = meta.language.as_deref() {
            self.language(meta.at, &Path::of("language"), tag);
        }
        let lints = || Code::ALL.iter().filter(|code| code.is_lint()).map(|code| code.name());
        for (index, name) in meta.allow.iter().enumerate().filter(|(_, name)| !lints().any(|lint| lint == *name)) {
            let span = self.places.value(meta.at, &Path::of("allow").index(index));
            self.diags.add(Code::BadValue, span, format!("`{name}` is no lint")).did_you_mean(nearest(name, lints()));
        }
    }

    /// A BCP 47 tag such as `fr`, `pt-BR` or `zh-Hant`.
    fn language(&mut self, at: Origin, path: &Path, tag: &str) {
        if is_language(tag) {
            return;
        }
        let span = self.places.value(at, path);
        let better = tag.replace('_', "-");
        let problem = self.diags.add(Code::BadValue, span, format!("`{tag}` is not a language tag"));
        match is_language(&better) {
            true => problem.help(format!("write `{better}`")).fix(span, better),
            false => problem.help("a language is written as a BCP 47 tag: `fr`, `en`, `ru`, `pt-BR`"),
        };
    }

    /// The keys of a map by language. A text for all languages is kept without a tag.
    fn by_language<'t>(&mut self, at: Origin, key: &'static str, tags: impl Iterator<Item = &'t String>, help: &str) {
        for tag in tags.filter(|tag| !tag.is_empty() && !is_language(tag)) {
            let span = self.places.key(at, &Path::of(key).key_owned(tag));
            self.diags.add(Code::BadValue, span, format!("`{tag}` is not a language tag")).help(help);
        }
    }

    /// A source that is described inside an article is read with it, so its own required key is asked for here.
    pub(super) fn inline_source(&mut self, article: &Article) {
        let Some(SourceField::Inline(source)) = &article.keys.source else { return };
        if let Some(tag) = source.language.as_deref() {
            self.language(article.meta.at, &Path::of("source").key("language"), tag);
        }
        let (at, path) = (article.meta.at, Path::of("source"));
        if source.title.is_empty() && !self.places.is_written(at, &path.key("title")) {
            let span = self.places.value(at, &path);
            self.diags.add(Code::MissingKey, span, "`title` is missing here").help("add `title: …`, the source's own");
        }
        self.source(at, &path, source);
    }

    pub(super) fn source(&mut self, at: Origin, path: &Path, source: &Source) {
        self.address(at, &path.key("url"), source.url.as_deref());
        self.address(at, &path.key("archived"), source.archived.as_deref());
    }

    /// An address that a page leads to.
    fn address(&mut self, at: Origin, path: &Path, written: Option<&str>) {
        let Some(written) = written.filter(|written| address::web(written).is_none()) else { return };
        let span = self.places.value(at, path);
        self.diags
            .add(Code::BadValue, span, format!("`{written}` is not an address that a page can lead to"))
            .help("write it whole, such as `https://example.org/article`");
    }

    pub(super) fn figure(&mut self, figure: &Figure) {
        let tags = figure.keys.unit.iter().flat_map(|unit| unit.0.keys());
        let help = "a unit is one text, or given by language: `{ en: { one: …, other: … }, fr: … }`";
        self.by_language(figure.meta.at, "unit", tags, help);
        for (index, estimate) in figure.keys.estimates.iter().enumerate() {
            let path = Path::of("estimates").index(index);
            self.estimate(figure.meta.at, &path, estimate, figure.kind());
            if estimate.source.0.is_empty() {
                let span = self.places.value(figure.meta.at, &path);
                let problem = self.diags.add(Code::MissingKey, span, "`source` is missing here");
                problem.help("an estimate names who published it");
            }
        }
        if let Some(assessment) = &figure.keys.assessment {
            let estimate = Estimate {
                low: assessment.low,
                best: assessment.best,
                high: assessment.high,
                date: assessment.date.clone(),
                account: assessment.account.clone(),
                ..Estimate::default()
            };
            self.estimate(figure.meta.at, &Path::of("assessment"), &estimate, figure.kind());
        }
    }

    pub(super) fn annotation(&mut self, annotation: &Annotation) {
        match &annotation.kind {
            AnnotationKind::FactCheck(check) => self.fact_check(annotation.meta.at, check),
            AnnotationKind::Figure(claim) => {
                let figure = self.directory.follow(&claim.figure).ok();
                if let Some(kind) = figure.and_then(|figure| self.directory.figure_kind(figure)) {
                    self.estimate(annotation.meta.at, &Path::default(), &claim.estimate(), kind);
                }
            }
            _ => {}
        }
    }

    pub(super) fn entity(&mut self, entity: &Entity) {
        let tags = entity.keys.names.keys();
        let help = "names are given by language, each by its BCP 47 tag: `{ fr: …, ru: … }`";
        self.by_language(entity.meta.at, "names", tags, help);
        let own = self.settings.entity_kinds.iter().map(|kind| kind.id.as_str());
        let kinds: Vec<&str> = ENTITY_KINDS.iter().copied().chain(own).collect();
        let kind = entity.keys.kind.as_str();
        if !kind.is_empty() {
            self.known(entity.meta.at, &Path::of("kind"), kind, &kinds, "kind of entity");
        }
        for (index, same) in entity.keys.same_as.iter().enumerate() {
            self.address(entity.meta.at, &Path::of("same_as").index(index), Some(same));
        }
        if let Some(location) = entity.keys.location {
            for (key, value, limit) in [("lat", location.lat, 90.0), ("lon", location.lon, 180.0)] {
                if !(-limit..=limit).contains(&value) {
                    let span = self.places.value(entity.meta.at, &Path::of("location").key(key));
                    self.diags.add(Code::BadValue, span, format!("`{key}` lies between -{limit} and {limit} degrees"));
                }
            }
        }
    }

    fn fact_check(&mut self, at: Origin, check: &FactCheck) {
        let verdicts: Vec<&str> = self.settings.verdicts.iter().map(|verdict| verdict.id.as_str()).collect();
        if !check.verdict.is_empty() {
            self.known(at, &Path::of("verdict"), &check.verdict, &verdicts, "verdict");
        }
        for (index, past) in check.history.iter().enumerate() {
            self.known(at, &Path::of("history").index(index).key("verdict"), &past.verdict, &verdicts, "verdict");
        }
        for (index, evidence) in check.evidence.iter().enumerate() {
            let path = Path::of("evidence").index(index);
            self.credibility(at, &path, evidence.credibility);
            if evidence.source.is_some() == evidence.article.is_some() {
                let span = self.places.value(at, &path);
                let (code, message) = match evidence.source {
                    None => (Code::MissingKey, "`source` is missing here"),
                    Some(_) => (Code::BadValue, "`source` and `article` cannot both be given"),
                };
                self.diags
                    .add(code, span, message)
                    .help("give one: `source: …`, or `article: …` for an article of this dossier");
            }
        }
    }

    fn known(&mut self, at: Origin, path: &Path, written: &str, known: &[&str], what: &str) {
        if known.contains(&written) {
            return;
        }
        let span = self.places.value(at, path);
        let problem = self.diags.add(Code::BadValue, span, format!("`{written}` is no {what}"));
        let near = nearest(written, known.iter().copied());
        problem.did_you_mean(near).help(format!("it is one of `{}`", known.join("`, `")));
        if matches!(written, "yes" | "no" | "on" | "off" | "true" | "false") {
            problem.help(format!(
                "some programs read `{written}` as yes or no: where it is meant as a word, put it in quotes"
            ));
        }
        if let Some(near) = near.filter(|_| span.range().len() == written.len()) {
            problem.fix(span, near);
        }
    }

    fn credibility(&mut self, at: Origin, path: &Path, credibility: Option<u8>) {
        if credibility.is_some_and(|figure| !(1..=6).contains(&figure)) {
            let span = self.places.value(at, &path.key("credibility"));
            self.diags.add(
                Code::BadValue,
                span,
                "`credibility` is a figure from 1 (confirmed) to 6 (cannot be judged)",
            );
        }
    }

    fn estimate(&mut self, at: Origin, path: &Path, estimate: &Estimate, kind: FigureKind) {
        self.credibility(at, path, estimate.credibility);
        self.order(at, path, estimate);
        let number = estimate.low.is_some() || estimate.best.is_some() || estimate.high.is_some();
        let words = estimate.words.is_some();
        let spoken = words || estimate.none;
        let first = |keys: &[(&'static str, bool)]| keys.iter().find(|(_, given)| *given).map(|(key, _)| *key);
        let numbers =
            [("low", estimate.low.is_some()), ("best", estimate.best.is_some()), ("high", estimate.high.is_some())];
        let date = ("date", estimate.date.is_some());
        let account = ("account", estimate.account.is_some());
        let assessment = path.0.first() == Path::of("assessment").0.first();
        let (given, needed, foreign) = match kind {
            FigureKind::Number => {
                (number || spoken, "`low`, `best` or `high`, `words`, or `none: true`", first(&[date, account]))
            }
            FigureKind::Date => (
                estimate.date.is_some() || spoken,
                "`date`, `words`, or `none: true`",
                first(&numbers).or(first(&[account])),
            ),
            FigureKind::Account => (
                estimate.account.is_some() || spoken,
                "`account`, `words`, or `none: true`",
                first(&numbers).or(first(&[date])),
            ),
        };
        let (code, key, message) = if let Some(key) = foreign {
            let kind = kind.name();
            (Code::BadValue, Some(key), format!("this figure is of kind `{kind}`: an estimate of it has {needed}"))
        } else if estimate.none && (number || estimate.date.is_some() || estimate.account.is_some() || words) {
            let message = "`none: true` says that no figure was given, and one is given here".to_owned();
            (Code::BadValue, Some("none"), message)
        } else if !given && !assessment && !self.tried(at, path) {
            (Code::MissingKey, None, format!("this estimate says nothing: it needs {needed}"))
        } else {
            return;
        };
        let span = self.places.value(at, &key.map_or_else(|| path.clone(), |key| path.key(key)));
        self.diags.add(code, span, message);
    }

    /// Whether a value was written that could not be read, which has been reported.
    fn tried(&self, at: Origin, path: &Path) -> bool {
        let keys = ["low", "best", "high", "words", "none", "date", "account"];
        keys.iter().any(|key| self.places.is_written(at, &path.key(key)))
    }

    fn order(&mut self, at: Origin, path: &Path, estimate: &Estimate) {
        let given = [("low", estimate.low), ("best", estimate.best), ("high", estimate.high)];
        let given: Vec<(&'static str, f64)> =
            given.into_iter().filter_map(|(key, amount)| Some((key, amount?.0))).collect();
        // Beyond these no scale can be drawn, and no sum be trusted.
        let can_be_drawn = |amount: f64| amount == 0.0 || (SMALLEST..=LARGEST).contains(&amount.abs());
        for (key, _) in given.iter().filter(|(_, amount)| !can_be_drawn(*amount)) {
            let span = self.places.value(at, &path.key(key));
            self.diags
                .add(Code::BadValue, span, "this is no number of anything: it is infinite, or has more than 18 digits")
                .help("leave the key out when nothing is known; or count in a larger unit, which `unit` says");
        }
        if let Some(pair) = given.windows(2).find(|pair| pair[0].1 > pair[1].1) {
            let [(smaller, _), (larger, _)] = [pair[0], pair[1]];
            let span = self.places.value(at, &path.key(smaller));
            let problem = self.diags.add(Code::RangeOrder, span, format!("`{smaller}` is more than `{larger}`"));
            problem.label(self.places.value(at, &path.key(larger)), "this is less").help("low ≤ best ≤ high");
        }
    }
}
