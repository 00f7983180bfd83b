//! The automaton over marked texts.

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, Input, MatchKind};

use super::marked::Text;

/// A hundred names are shorter.
const MANY_BYTES: usize = 8 << 10;

/// Whose name a pattern is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name {
    pub(super) alias: u32,
    pub(super) of: u32,
}

/// Patterns that are compared in the same way.
#[derive(Clone, Debug)]
pub(super) struct Patterns {
    automaton: AhoCorasick,
    names: Vec<Name>,
}

impl Patterns {
    /// `None` for no patterns (and for more than an automaton can number: two thousand million states).
    pub(super) fn new(patterns: Vec<(Vec<u8>, Name)>) -> Option<Self> {
        if patterns.is_empty() {
            return None;
        }
        let (texts, names): (Vec<Vec<u8>>, Vec<Name>) = patterns.into_iter().unzip();
        let length: usize = texts.iter().map(Vec::len).sum();
        // For few patterns it would take the quickest kind, whose making takes the square of a pattern's length.
        let kind = (length > MANY_BYTES).then_some(AhoCorasickKind::ContiguousNFA);
        let mut builder = AhoCorasick::builder();
        // Every pattern starts with the same mark, which is no rare byte to skip to.
        builder.match_kind(MatchKind::LeftmostLongest).prefilter(false).kind(kind);
        Some(Self { automaton: builder.build(&texts).ok()?, names })
    }
}

/// A name in a marked text.
#[derive(Clone, Debug)]
pub(super) struct Hit {
    pub(super) range: Range<usize>,
    pub(super) name: Name,
}

impl Hit {
    /// The one that starts first, or else is longer, or else whose alias was given first.
    pub(super) fn first(a: Option<Hit>, b: Option<Hit>) -> Option<Hit> {
        let key = |hit: &Hit| (hit.range.start, std::cmp::Reverse(hit.range.end), hit.name.alias);
        a.into_iter().chain(b).min_by_key(key)
    }
}

/// A search from left to right that can be told to go on from further right than its last hit.
///
/// Two of them over one text are merged into one leftmost-longest choice. Each remembers its next hit, so that a dense
/// one does not make the other read the text again and again.
pub(super) struct Search<'a> {
    patterns: Option<&'a Patterns>,
    text: &'a Text,
    until: usize,
    next: Option<Hit>,
    started: bool,
}

impl<'a> Search<'a> {
    pub(super) fn new(patterns: Option<&'a Patterns>, text: &'a Text, until: usize) -> Self {
        Self { patterns, text, until, next: None, started: false }
    }

    /// The first hit that starts at `from` or after it.
    pub(super) fn next(&mut self, from: usize) -> Option<Hit> {
        let stale = self.next.as_ref().is_some_and(|hit| hit.range.start < from);
        if stale || !self.started {
            self.started = true;
            self.next = self.find(from);
        }
        self.next.clone()
    }

    fn find(&self, from: usize) -> Option<Hit> {
        let patterns = self.patterns?;
        let input = Input::new(&self.text.bytes).span(self.text.at(from)..self.text.at(self.until));
        let found = patterns.automaton.find(input)?;
        let range = self.text.back(found.start())..self.text.back(found.end());
        Some(Hit { range, name: patterns.names[found.pattern().as_usize()] })
    }
}
