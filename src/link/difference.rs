//! Two wordings of a sentence, word by word: what both have, what the first has, what the second has.

use std::fmt;

use similar::utils::diff_unicode_words;
use similar::{Algorithm, ChangeTag};

/// A stretch of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wording {
    /// In both.
    Kept(String),
    /// In the first alone.
    Removed(String),
    /// In the second alone.
    Added(String),
}

/// How one text became another: words in order, what was removed before what was added in its place.
///
/// As text it is what `git diff --word-diff` prints: `the [-old-]{+new+} words`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference(pub Vec<Wording>);

impl Difference {
    /// Between two texts. Words are Unicode's (UAX 29), so that scripts without spaces are compared word by word too.
    pub fn between(old: &str, new: &str) -> Self {
        let mut stretches = Stretches::default();
        for (tag, text) in diff_unicode_words(Algorithm::Myers, old, new) {
            match tag {
                ChangeTag::Equal => stretches.keep(text),
                ChangeTag::Delete => stretches.removed.push_str(text),
                ChangeTag::Insert => stretches.added.push_str(text),
            }
        }
        stretches.end_change();
        Self(stretches.done)
    }

    /// What was removed and added, without what was kept: the same for equal changes of different sentences.
    pub fn changes(&self) -> impl Iterator<Item = &Wording> {
        self.0.iter().filter(|wording| !matches!(wording, Wording::Kept(_)))
    }
}

#[derive(Default)]
struct Stretches {
    done: Vec<Wording>,
    removed: String,
    added: String,
}

impl Stretches {
    /// Words that both have end a change. The white space between two changed words does not: it would tear what reads as one.
    fn keep(&mut self, text: &str) {
        if text.trim().is_empty() && !(self.removed.is_empty() && self.added.is_empty()) {
            self.removed.push_str(text);
            self.added.push_str(text);
            return;
        }
        let space = self.end_change();
        match self.done.last_mut() {
            Some(Wording::Kept(kept)) => kept.push_str(&(space + text)),
            _ => self.done.push(Wording::Kept(space + text)),
        }
    }

    /// Ends a change; returns the white space after it, which both have.
    fn end_change(&mut self) -> String {
        let (mut removed, mut added) = (std::mem::take(&mut self.removed), std::mem::take(&mut self.added));
        let mut space = String::new();
        while let (Some(' '), Some(' ')) = (removed.chars().next_back(), added.chars().next_back()) {
            removed.pop();
            added.pop();
            space.push(' ');
        }
        if !removed.is_empty() {
            self.done.push(Wording::Removed(removed));
        }
        if !added.is_empty() {
            self.done.push(Wording::Added(added));
        }
        space
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|wording| match wording {
            Wording::Kept(text) => write!(f, "{text}"),
            Wording::Removed(text) => write!(f, "[-{text}-]"),
            Wording::Added(text) => write!(f, "{{+{text}+}}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Difference;

    #[test]
    fn words_that_differ_are_marked() {
        for (old, new, expected) in [
            ("The shop opened.", "The shop opened.", "The shop opened."),
            (
                "The shop opened.",
                "Nobody claims that the shop opened.",
                "[-The-]{+Nobody claims that the+} shop opened.",
            ),
            ("He admitted it.", "He denied it.", "He [-admitted-]{+denied+} it."),
            ("It rained all day.", "It rained.", "It rained[- all day-]."),
            ("one two three", "one 2 3", "one [-two three-]{+2 3+}"),
            ("", "new", "{+new+}"),
            ("军队进入城市。", "军队离开城市。", "军队[-进入-]{+离开+}城市。"),
        ] {
            let difference = Difference::between(old, new);
            assert_eq!(difference.to_string(), expected);
        }
    }
}
