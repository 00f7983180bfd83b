//! Why a quote does not stand where its editor thought, and which names are on two records: as findings.

use std::ops::Range;

use super::anchor::{Anchoring, Place, Settle};
use super::locate::{Locate, Located};
use super::marks;
use super::names::Names;
use crate::base::diag::{Code, Diagnostic, Diagnostics};
use crate::base::input::{Inputs, SourceFile};
use crate::base::span::{Span, line_column};
use crate::model::annotation::Annotation;
use crate::resolve::Dossier;
use crate::syntax::yaml::{Origin, Path, Places};

/// Reports the quotes of an article that are not exact.
pub(super) fn quotes(question: &Locate<'_>, located: &mut Located) {
    let Some(record) = question.subject.record() else { return };
    let inputs = question.inputs;
    let places = Places::new(inputs, question.skipped);
    let mut found = Diagnostics::default();
    let text = Text { article: inputs.file(record.meta().at.file), located };
    for (annotation, anchoring) in question.annotations.iter().zip(&located.anchorings) {
        // Places are looked up for findings alone: a clean file is not read twice.
        let origin = annotation.meta.at;
        let quote = Quote { origin, places: &places };
        let is_exact = matches!(anchoring, None | Some(Anchoring::Exact(_)));
        let is_sought = !is_exact && !matches!(anchoring, Some(Anchoring::Unsought));
        if is_sought && let Some(problem) = marks::around(question, located, annotation, &places) {
            found.push(problem);
            continue;
        }
        match anchoring {
            None | Some(Anchoring::Exact(_)) => {}
            Some(Anchoring::Drifted { range, distance }) => {
                drifted(&text, &quote, &annotation.meta.id, range, *distance, &mut found);
            }
            Some(Anchoring::Ambiguous { places }) => ambiguous(&text, &quote, places, &mut found),
            Some(Anchoring::Unsought) => unsought(annotation, quote.span(), &mut found),
            Some(Anchoring::NotFound { nearest }) => {
                not_found(&text, annotation, quote.span(), nearest.as_ref(), &mut found);
            }
        }
    }
    located.found = found;
}

/// A quote as it was written, to point at it and to mend it.
struct Quote<'a> {
    origin: Origin,
    places: &'a Places<'a>,
}

impl Quote<'_> {
    fn span(&self) -> Span {
        self.places.value(self.origin, &Path::of("quote"))
    }
}

/// An article's text, to show places in it.
struct Text<'a> {
    article: &'a SourceFile,
    located: &'a Located,
}

impl Text<'_> {
    fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.article.id, self.located.prose.source(range))
    }

    fn line(&self, range: &Range<usize>) -> usize {
        line_column(&self.article.text, self.span(range).range().start).line
    }

    /// The words of a passage, shortened in the middle when long.
    fn words(&self, range: &Range<usize>) -> String {
        let text: String = self.located.prose.text[range.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
        let length = text.chars().count();
        if length <= 160 {
            return text;
        }
        let start: String = text.chars().take(90).collect();
        let end: String = text.chars().skip(length - 60).collect();
        format!("{start} … {end}")
    }
}

fn drifted(
    text: &Text<'_>,
    quote: &Quote<'_>,
    id: &str,
    range: &Range<usize>,
    distance: usize,
    diags: &mut Diagnostics,
) {
    let letters = if distance == 1 { "1 character".to_owned() } else { format!("{distance} characters") };
    let problem = diags.add(
        Code::QuoteDrifted,
        quote.span(),
        format!("the passage has changed by {letters} since it was quoted"),
    );
    problem
        .label(text.span(range), "the passage now")
        .help(format!("it now reads “{}”", text.words(range)))
        .help(format!("if it still means the same, `dossier accept {id}` writes that here"));
}

/// So many places of an ambiguous quote are shown, and so many lines named.
const MOST_PLACES: usize = 10;
const MOST_LINES: usize = 30;

fn ambiguous(text: &Text<'_>, quote: &Quote<'_>, places: &[Place], diags: &mut Diagnostics) {
    let message = format!("this stands {} times in the article", places.len());
    let problem = diags.add(Code::QuoteAmbiguous, quote.span(), message);
    let mut unsettled = Vec::new();
    for place in places.iter().take(MOST_PLACES) {
        problem.label(text.span(&place.range), "it stands here");
        let line = text.line(&place.range);
        match &place.settle {
            Some(Settle::Prefix(range)) => {
                problem.help(format!("for line {line}, add `prefix: \"{}\"`", text.words(range)));
            }
            Some(Settle::Suffix(range)) => {
                problem.help(format!("for line {line}, add `suffix: \"{}\"`", text.words(range)));
            }
            None => unsettled.push(line),
        }
    }
    if !unsettled.is_empty() {
        problem.help(format!("for {}, quote more of the sentence", lines(unsettled)));
    }
    if places.len() > MOST_PLACES {
        let all = places.iter().map(|place| text.line(&place.range)).collect();
        problem.help(format!("it stands in {}", lines(all)));
    }
}

/// Lines in words, each once: `line 4`, `lines 4, 7, 9`; the first [`MOST_LINES`] of them.
fn lines(mut numbers: Vec<usize>) -> String {
    numbers.dedup();
    let words: Vec<String> = numbers.iter().take(MOST_LINES).map(ToString::to_string).collect();
    let more = if numbers.len() > MOST_LINES { " …" } else { "" };
    format!("{} {}{more}", if numbers.len() == 1 { "line" } else { "lines" }, words.join(", "))
}

/// There are too many like it in a text that is too long.
fn unsought(annotation: &Annotation, at: Span, diags: &mut Diagnostics) {
    let message = format!(
        "this does not stand in one place of the article `{}`, and was not looked for further",
        annotation.article
    );
    diags.add(Code::QuoteNotFound, at, message).help(
        "so many quotes of this long article are edited, missing or ambiguous that it would take minutes: settle the others first",
    );
}

fn not_found(
    text: &Text<'_>,
    annotation: &Annotation,
    at: Span,
    nearest: Option<&Range<usize>>,
    diags: &mut Diagnostics,
) {
    let (target, article) = (&annotation.target, &annotation.article);
    let problem = diags.add(Code::QuoteNotFound, at, format!("this is not in the article `{article}`"));
    let Some(range) = nearest else {
        problem.help("quote the article's own words: copy them from its page");
        return;
    };
    problem.label(text.span(range), "the nearest passage");
    if target.prefix.is_some() || target.suffix.is_some() {
        problem.help(format!("it stands in line {}, but not with this prefix and suffix", text.line(range)));
    } else {
        problem.help(format!("the nearest passage is “{}”, in line {}", text.words(range), text.line(range)));
    }
}

/// Reports names that two records share, at both.
pub(super) fn clashes(inputs: &Inputs, dossier: &Dossier, names: &Names, diags: &mut Diagnostics) {
    let places = Places::new(inputs, &dossier.skipped);
    let place = |index: u32| {
        let entry = &names.entries[index as usize];
        let at = dossier.record(entry.of).map(|record| record.meta().at);
        at.map(|at| places.value(at, &entry.path))
    };
    for (first, second) in names.clashes.iter().copied() {
        let (Some(there), Some(here)) = (place(first), place(second)) else { continue };
        let (one, two) = (&names.entries[first as usize], &names.entries[second as usize]);
        let message = format!("`{}` is also a name of `{}`", two.text, dossier.reference(one.of));
        let mut problem = Diagnostic::new(Code::AliasClash, here, message);
        problem.label(there, format!("here, on `{}`", dossier.id(one.of)));
        problem.help("keep it on one record; on the other write `{ text: …, match: never }`, or remove it");
        diags.push(problem);
    }
}
