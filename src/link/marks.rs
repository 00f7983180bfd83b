//! Printed quotation marks around a quote in YAML, which were meant for YAML's own: “put the dead at 21”.

use super::anchor::{Anchoring, Quote, Tongue, anchor};
use super::locate::{Locate, Located};
use super::mention::names_in;
use crate::base::diag::{Code, Diagnostic};
use crate::model::annotation::Annotation;
use crate::syntax::normal::Normal;
use crate::syntax::yaml::scalar::{Style, quoted_as_in, without_printed_marks};
use crate::syntax::yaml::{Path, Places};

/// The finding about a quote that stands nowhere with the marks around it, and exactly without them.
///
/// A quote that the article itself has in such marks is exact with them, and is never asked about.
pub(super) fn around(
    question: &Locate<'_>,
    located: &Located,
    annotation: &Annotation,
    places: &Places<'_>,
) -> Option<Diagnostic> {
    let target = &annotation.target;
    let exact = without_printed_marks(target.quote.trim())?;
    let at = annotation.meta.at;
    let (span, _) = places.scalar(at, &Path::of("quote")).filter(|(_, style)| *style == Style::Plain)?;
    let quote = Quote { exact, prefix: target.prefix.as_deref(), suffix: target.suffix.as_deref() };
    let (tongue, named) = (Tongue::of(question.language), |text: &str| names_in(&question.names.automaton, text));
    let Anchoring::Exact(_) = anchor(&Normal::of(&located.prose.text), &quote, tongue, &named) else { return None };
    let text = &question.inputs.file(at.file).text;
    let message = "these quotation marks are part of the quote, and the article does not have them there";
    let mut problem = Diagnostic::new(Code::QuoteNotFound, span, message);
    problem.help("YAML knows `\"` and `'` alone").fix(span, quoted_as_in(text, text[span.range()].trim_end()));
    Some(problem)
}
