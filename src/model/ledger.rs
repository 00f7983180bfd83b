//! `dossier.lock`: what a person accepted of each annotation, one line a passage.
//!
//! ```text
//! courier-report#crowd The police counted ⟦20,000 people⟧ on the quay.
//! ```
//!
//! The line names the article and the annotation, and has the passage in its sentence, in normal form: what it says does not depend
//! on how it is typed. Nothing in it depends on when or by whom it was written, and lines stand in order of their names, so that two
//! branches that accept different passages merge line by line.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// Where the ledger stands in a dossier.
pub const LEDGER: &str = "dossier.lock";

/// All that was accepted, by article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    articles: BTreeMap<Box<str>, Arc<AcceptedOn>>,
}

/// What was accepted on one article: the id of each annotation and its passage as the ledger writes it.
///
/// One annotation may have several lines, after git has put two branches together: each was accepted by a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AcceptedOn {
    lines: Vec<(Box<str>, Box<str>)>,
}

/// A passage and the rest of the sentences that it stands in, in normal form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PassageInSentence {
    /// Its sentence up to it.
    pub before: String,
    /// Its own words.
    pub words: String,
    /// Its sentence after it.
    pub after: String,
}

/// What stands around the words of a passage. They are hardly ever in a text; one that has them has them after a `\`.
const OPEN: char = '⟦';
const CLOSE: char = '⟧';

impl PassageInSentence {
    /// The sentence without the marks around the passage.
    pub fn sentence(&self) -> String {
        [&*self.before, &*self.words, &*self.after].concat()
    }

    /// Reads what [`fmt::Display`] writes; `None` for anything else.
    pub fn read(line: &str) -> Option<Self> {
        let mut parts = [String::new(), String::new(), String::new()];
        let mut part = 0;
        let mut chars = line.chars();
        while let Some(c) = chars.next() {
            match (c, part) {
                ('\\', _) => parts[part].push(chars.next()?),
                (OPEN, 0) | (CLOSE, 1) => part += 1,
                (OPEN | CLOSE, _) => return None,
                _ => parts[part].push(c),
            }
        }
        let [before, words, after] = parts;
        (part == 2 && !words.is_empty()).then_some(Self { before, words, after })
    }
}

impl fmt::Display for PassageInSentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { before, words, after } = self;
        write!(f, "{}{OPEN}{}{CLOSE}{}", escaped(before), escaped(words), escaped(after))
    }
}

fn escaped(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains([OPEN, CLOSE, '\\']) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len() + 4);
    for c in text.chars() {
        if matches!(c, OPEN | CLOSE | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.into()
}

impl AcceptedOn {
    /// What was accepted of an annotation.
    pub fn of<'a>(&'a self, annotation: &'a str) -> impl Iterator<Item = &'a str> {
        let first = self.lines.partition_point(|(id, _)| **id < *annotation);
        self.lines[first..].iter().take_while(|(id, _)| **id == *annotation).map(|(_, passage)| &**passage)
    }
}

impl Ledger {
    /// Adds a line.
    pub fn add(&mut self, article: &str, annotation: &str, passage: impl Into<Box<str>>) {
        let accepted = Arc::make_mut(self.articles.entry(article.into()).or_default());
        let line = (annotation.into(), passage.into());
        if let Err(place) = accepted.lines.binary_search(&line) {
            accepted.lines.insert(place, line);
        }
    }

    /// Takes away all lines on an article that are not wanted.
    pub fn retain(&mut self, article: &str, mut wanted: impl FnMut(&str) -> bool) {
        if let Some(accepted) = self.articles.get_mut(article) {
            Arc::make_mut(accepted).lines.retain(|(annotation, _)| wanted(annotation));
        }
    }

    /// What was accepted on an article.
    pub fn on(&self, article: &str) -> Option<&Arc<AcceptedOn>> {
        self.articles.get(article)
    }

    /// The articles that it has lines on, in order.
    pub fn articles(&self) -> impl Iterator<Item = &str> {
        self.articles.keys().map(|article| &**article)
    }
}

/// The file, as `dossier accept` writes it. An empty line after each parts what git would otherwise take for one change, when two branches
/// accept neighbours; old lines would come back beside the new ones.
impl fmt::Display for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "# Passages as they were accepted, for `dossier check` to compare. `dossier accept` writes this file.\n"
        )?;
        for (article, accepted) in &self.articles {
            for (annotation, passage) in &accepted.lines {
                writeln!(f, "{article}#{annotation} {passage}\n")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_passage_is_read_as_it_was_written(parts in prop::array::uniform3("[a⟦⟧\\\\ é#]{0,8}")) {
            let [before, words, after] = parts;
            prop_assume!(!words.is_empty());
            let passage = PassageInSentence { before, words, after };
            prop_assert_eq!(PassageInSentence::read(&passage.to_string()), Some(passage));
        }
    }

    #[test]
    fn what_is_no_passage_is_not_read() {
        for line in ["", "words", "a ⟦b", "a b⟧", "a ⟦⟧ b", "⟦a⟧ ⟦b⟧", "⟦a⟧ ⟧", "⟦a⟧\\"] {
            assert_eq!(PassageInSentence::read(line), None, "{line}");
        }
    }

    #[test]
    fn lines_stand_in_order_and_each_once() {
        let mut ledger = Ledger::default();
        for (article, annotation, passage) in [
            ("b", "x", "⟦1⟧"),
            ("a-b", "x", "⟦2⟧"),
            ("a", "y", "⟦4⟧"),
            ("a", "x", "⟦3⟧"),
            ("a", "y", "⟦4⟧"),
            ("a", "y", "⟦3⟧"),
        ] {
            ledger.add(article, annotation, passage);
        }
        let text = ledger.to_string();
        let lines: Vec<&str> = text.lines().skip(1).filter(|line| !line.is_empty()).collect();
        assert_eq!(lines, ["a#x ⟦3⟧", "a#y ⟦3⟧", "a#y ⟦4⟧", "a-b#x ⟦2⟧", "b#x ⟦1⟧"]);
        assert_eq!(ledger.on("a").map(|on| on.of("y").count()), Some(2));
        ledger.retain("a", |id| id == "x");
        assert!(ledger.to_string().contains("a#x") && !ledger.to_string().contains("a#y"));
    }
}
