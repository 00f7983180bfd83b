//! What a figure annotation says, and what its quote says.

use super::Report;
use super::number::same;
use super::token::{Token, tokens, word_at};
use super::wording;
use crate::base::diag::Code;
use crate::model::annotation::{Annotation, AnnotationKind, FigureClaim};
use crate::syntax::normal::Normal;
use crate::syntax::yaml::Path;

/// Checks every figure annotation.
pub(super) fn check(report: &mut Report<'_>) {
    if !report.is_on(Code::NumberNotInQuote) {
        return;
    }
    for annotation in report.about.annotations {
        if let AnnotationKind::Figure(claim) = &annotation.kind {
            numbers(report, annotation, claim);
            words(report, annotation, claim);
        }
    }
}

fn numbers(report: &mut Report<'_>, annotation: &Annotation, claim: &FigureClaim) {
    let given = [("low", claim.low), ("best", claim.best), ("high", claim.high)];
    let quote = Normal::of(&annotation.target.quote).into_text();
    let said = Said::of(&quote);
    for (key, amount) in given.into_iter().filter_map(|(key, amount)| Some((key, amount?.0))) {
        if said.says(amount) {
            continue;
        }
        let span = report.places.value(annotation.meta.at, &Path::of(key));
        let message = format!("`{key}` is {amount}, and the quote does not say so");
        if let Some(problem) = report.add(Code::NumberNotInQuote, &annotation.meta, span, message) {
            problem.help(said.help());
        }
    }
}

fn words(report: &mut Report<'_>, annotation: &Annotation, claim: &FigureClaim) {
    let Some(words) = &claim.words else { return };
    let plain = |text: &str| Normal::of(text).into_text().to_lowercase();
    if plain(&annotation.target.quote).contains(plain(words).trim()) {
        return;
    }
    let span = report.places.value(annotation.meta.at, &Path::of("words"));
    let message = "these words are not in the quote".to_owned();
    if let Some(problem) = report.add(Code::NumberNotInQuote, &annotation.meta, span, message) {
        problem.help("`words` is what the article says: copy it from the quote, or quote the passage that says it");
    }
}

/// The numbers of a quote.
struct Said<'a> {
    tokens: Vec<Token<'a>>,
    in_words: Vec<f64>,
}

impl<'a> Said<'a> {
    fn of(quote: &'a str) -> Self {
        let tokens = tokens(quote);
        let in_words = wording::values(&tokens);
        Self { tokens, in_words }
    }

    /// Whether the number is there, or follows from "more than" or "fewer than" the one that is.
    fn says(&self, amount: f64) -> bool {
        let more = self.has(&["plus", "more", "over", "above", "dépasse", "au-delà"]);
        let fewer = self.has(&["moins", "fewer", "less", "under", "below"]);
        self.is_there(amount) || (more && self.is_there(amount - 1.0)) || (fewer && self.is_there(amount + 1.0))
    }

    fn has(&self, words: &[&str]) -> bool {
        (0..self.tokens.len()).any(|at| word_at(&self.tokens, at, words))
    }

    fn is_there(&self, amount: f64) -> bool {
        let in_digits = (0..self.tokens.len()).any(|at| {
            let Some(number) = &self.tokens[at].number else { return false };
            let factor = self.factor(at + 1);
            number.may_be(amount) || factor.is_some_and(|factor| number.values.iter().any(|v| same(v * factor, amount)))
        });
        in_digits || self.in_words.iter().any(|value| same(*value, amount))
    }

    fn factor(&self, at: usize) -> Option<f64> {
        let word = self.tokens.get(at)?.lower();
        Some(match word.as_str() {
            "k" | "mille" | "thousand" => 1e3,
            "m" | "million" | "millions" => 1e6,
            "milliard" | "milliards" | "billion" | "billions" => 1e9,
            _ => return None,
        })
    }

    fn help(&self) -> String {
        let numbers: Vec<&str> = self.tokens.iter().filter(|t| t.number.is_some()).map(|t| t.text).collect();
        match numbers.is_empty() {
            true => "quote the passage that gives the number, or say `words: …` or `none: true`".to_owned(),
            false => {
                format!("the quote has {}: correct the number, or quote the passage that gives it", numbers.join(", "))
            }
        }
    }
}
