//! What a figure annotation says, and what its quote says.

use super::Report;
use super::number::same;
use super::token::{Token, tokens, word_at};
use super::wording;
use crate::base::diag::Code;
use crate::base::id::slug_of;
use crate::link::anchor::Tongue;
use crate::locale::Signs;
use crate::model::annotation::{Annotation, AnnotationKind, FigureClaim};
use crate::syntax::normal::Normal;
use crate::syntax::yaml::Path;

/// Checks every figure annotation.
pub(super) fn check(report: &mut Report<'_>) {
    if !report.is_on(Code::NumberNotInQuote) && !report.is_on(Code::NumberFormat) {
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
    let quote = with_plain_digits(&Normal::of(&annotation.target.quote).into_text());
    let said = Said::of(&quote);
    let is_known = matches!(language(report).split('-').next(), Some("en" | "fr"));
    for (key, amount) in given.into_iter().filter_map(|(key, amount)| Some((key, amount?.0))) {
        if regrouped(report, annotation, &said, key, amount) || said.says(amount) {
            continue;
        }
        if !is_known && (said.may_say(amount) || Tongue::of(language(report)).may_spell_a_number(&quote)) {
            continue;
        }
        let span = report.places.value(annotation.meta.at, &Path::of(key));
        let message = format!("`{key}` is {amount}, and the quote does not say so");
        if let Some(problem) = report.add(Code::NumberNotInQuote, &annotation.meta, span, message) {
            problem.help(said.help());
        }
    }
}

/// The language of the article.
fn language<'r>(report: &'r Report<'_>) -> &'r str {
    let own = report.about.subject.record().and_then(|record| record.meta().language.as_deref());
    own.unwrap_or(&report.dossier.settings.language)
}

/// The text with the digits of every script as ours, and the signs between them: `٣٤`, `١٬٥٠٠`, `１２０`.
fn with_plain_digits(text: &str) -> String {
    let plain = |c: char| match c {
        // An apostrophe groups thousands in any language.
        '\u{66c}' => '\'',
        '\u{66b}' | '．' => '.',
        '，' => ',',
        '²' | '³' | '¹' | '¼'..='¾' | '\u{2070}'..='\u{2bff}' => c,
        c if c.is_ascii() || !c.is_numeric() => c,
        c => slug_of(c.encode_utf8(&mut [0; 4]), 2).parse().ok().filter(char::is_ascii_digit).unwrap_or(c),
    };
    text.chars().map(plain).collect()
}

/// Reports an amount that is a number of the quote read by the signs of another language: 1.5 beside "1,500 people" in English.
/// Tells whether it is one, so that nothing else is said of it.
fn regrouped(
    report: &mut Report<'_>,
    annotation: &Annotation,
    said: &Said<'_>,
    key: &'static str,
    amount: f64,
) -> bool {
    let other_ways: Vec<&Token<'_>> = said.tokens.iter().filter(|token| token.regrouped(amount)).collect();
    if other_ways.is_empty() {
        return false;
    }
    let language = language(report).to_owned();
    let Some(signs) = Signs::of(&language) else { return false };
    let value =
        |token: &Token<'_>| signs.read(token.text).and_then(|number| Some((number.parse::<f64>().ok()?, number)));
    if said.tokens.iter().filter(|token| token.number.is_some()).filter_map(value).any(|(own, _)| same(own, amount)) {
        return false;
    }
    let Some((token, (own, _))) = other_ways.into_iter().find_map(|token| Some((token, value(token)?))) else {
        return false;
    };
    let span = report.places.value(annotation.meta.at, &Path::of(key));
    let message =
        format!("`{key}` is {amount}, and `{}` in the quote is {own} in its language (`{language}`)", token.text);
    if let Some(problem) = report.add(Code::NumberFormat, &annotation.meta, span, message) {
        problem.help(format!("write `{own}`: digits alone, with a point before decimals"));
        problem.help(
            "if the article writes its numbers as another country does, say so with its `language`: `es-MX`, `de-CH`",
        );
    }
    true
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

/// `½`
fn fraction(text: &str) -> Option<f64> {
    Some(match text {
        "½" => 0.5,
        "¼" => 0.25,
        "¾" => 0.75,
        "⅓" => 1.0 / 3.0,
        "⅔" => 2.0 / 3.0,
        _ => return None,
    })
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
        let minus = amount < 0.0 && self.has(&["minus", "moins", "below"]);
        self.is_there(amount)
            || (minus && self.is_there(-amount))
            || (more && self.is_there(amount - 1.0))
            || (fewer && self.is_there(amount + 1.0))
    }

    /// Whether there is white space, or nothing, before a token.
    fn starts_here(&self, at: usize) -> bool {
        at == 0 || self.tokens[at - 1].end() < self.tokens[at].start
    }

    fn has(&self, words: &[&str]) -> bool {
        (0..self.tokens.len()).any(|at| word_at(&self.tokens, at, words))
    }

    fn is_there(&self, amount: f64) -> bool {
        let in_digits = (0..self.tokens.len()).any(|at| {
            let Some(number) = &self.tokens[at].number else { return false };
            let half = self.tokens.get(at + 1).and_then(|token| fraction(token.text)).unwrap_or(0.0);
            let factor = self.factor(at + 1 + usize::from(half > 0.0)).or_else(|| self.factor_of_range(at + 1));
            let is = |value: f64| same(value + half, amount);
            let is_scaled = |value: f64| factor.is_some_and(|factor| same((value + half) * factor, amount));
            // A hyphen before a number is a sign where nothing stands before it.
            let is_negative = at > 0 && self.tokens[at - 1].text == "-" && self.starts_here(at - 1);
            // `20k` is never 20; `20 m` may be metres, and a figure may count in millions.
            let is_thousands = self
                .tokens
                .get(at + 1)
                .is_some_and(|next| next.is_one_of(&["k"]) && next.start == self.tokens[at].end());
            let mut values = number.values.iter().copied();
            values.any(|value| is_scaled(value) || !is_thousands && is(value) || is_negative && is(-value))
        });
        in_digits || self.in_words.iter().any(|value| same(*value, amount))
    }

    /// Whether it may be there in words that are not known here: said with digits and a word for a power of ten, or in words alone.
    fn may_say(&self, amount: f64) -> bool {
        let numbers = || self.tokens.iter().filter_map(|token| token.number.as_ref()).flat_map(|number| &number.values);
        let is_scaled = |value: &f64| (1..=12).any(|zeros| same(value * 10_f64.powi(zeros), amount));
        numbers().next().is_none() || numbers().any(is_scaled)
    }

    /// What multiplies the number before a token.
    fn factor(&self, at: usize) -> Option<f64> {
        let word = self.tokens.get(at)?.lower();
        Some(match word.as_str() {
            "dizaines" => 10.0,
            "dozen" | "dozens" | "douzaine" | "douzaines" => 12.0,
            "hundred" | "hundreds" | "cent" | "cents" | "centaines" => 100.0,
            "k" | "mille" | "thousand" | "thousands" | "millier" | "milliers" => 1e3,
            "lakh" | "lakhs" => 1e5,
            "m" | "mn" | "mln" | "million" | "millions" => 1e6,
            "crore" | "crores" => 1e7,
            "b" | "bn" | "bln" | "md" | "mds" | "mrd" | "milliard" | "milliards" | "billion" | "billions" => 1e9,
            "t" | "tn" | "trn" | "trillion" | "trillions" => 1e12,
            _ => return None,
        })
    }

    /// The same where the number is the first of a range: `2-3 million`, `entre 20 et 30 millions`.
    fn factor_of_range(&self, at: usize) -> Option<f64> {
        let ranges = word_at(&self.tokens, at, &["-", "to", "and", "or", "à", "et", "ou"]);
        let second = self.tokens.get(at + 1).filter(|token| ranges && token.number.is_some());
        second.and_then(|_| self.factor(at + 2))
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
