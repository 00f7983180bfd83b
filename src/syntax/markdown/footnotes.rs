//! The parser's events in the order in which a page shows them: footnotes after the text, in the order of their numbers.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::Range;
use std::vec::IntoIter;

use pulldown_cmark::{Event, OffsetIter, Parser, Tag, TagEnd};
use unicase::UniCase;

/// An event and where it was written.
type Placed<'a> = (Event<'a>, Range<usize>);

/// The events of a Markdown text. The labels of footnotes are in one case: `[^Note]` and `[^note]` are one.
pub(super) struct Events<'a> {
    parser: OffsetIter<'a>,
    notes: Notes<'a>,
    /// The labels that the text refers to …
    referred: BTreeSet<String>,
    /// … and of these the ones whose footnotes still come, in order.
    wanted: VecDeque<String>,
    /// The rest of the footnote that is being given.
    rest: IntoIter<Placed<'a>>,
    text_is_done: bool,
}

/// A footnote that is defined a second time: the page shows the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Twice {
    /// Where it is defined first.
    pub(super) first: Range<usize>,
    /// Where it is defined again.
    pub(super) again: Range<usize>,
}

/// The footnotes that have been put aside, in the order in which they end.
#[derive(Default)]
struct Notes<'a> {
    all: Vec<Note<'a>>,
    by_label: BTreeMap<String, usize>,
    /// Those before it have been given.
    next: usize,
    twice: Vec<Twice>,
}

/// A footnote.
struct Note<'a> {
    label: String,
    source: Range<usize>,
    /// What it says, with its start and its end; nothing once it has been given.
    events: Vec<Placed<'a>>,
}

impl<'a> Events<'a> {
    pub(super) fn new(parser: Parser<'a>) -> Self {
        Self {
            parser: parser.into_offset_iter(),
            notes: Notes::default(),
            referred: BTreeSet::new(),
            wanted: VecDeque::new(),
            rest: Vec::new().into_iter(),
            text_is_done: false,
        }
    }

    /// The bytes of the definition `[label]: target` in the text.
    pub(super) fn definition(&self, label: &str) -> Option<Range<usize>> {
        self.parser.reference_definitions().get(label).map(|definition| definition.span.clone())
    }

    /// The labels of all such definitions with their bytes, in order.
    pub(super) fn definitions(&self) -> Vec<(&str, Range<usize>)> {
        let all = self.parser.reference_definitions().iter();
        let mut all: Vec<_> = all.map(|(label, definition)| (label, definition.span.clone())).collect();
        all.sort_by_key(|(_, span)| span.start);
        all
    }

    /// The footnotes that were defined again, as far as the text has been read.
    pub(super) fn take_twice(&mut self) -> Vec<Twice> {
        std::mem::take(&mut self.notes.twice)
    }

    /// Puts a footnote aside, and those that are defined inside it: each stands alone.
    fn put_aside(&mut self, label: &str, source: Range<usize>) {
        let mut open = vec![Note::begin(label, source)];
        while let Some(mut note) = open.pop() {
            let Some((event, source)) = self.parser.next() else { return };
            match event {
                Event::Start(Tag::FootnoteDefinition(label)) => {
                    open.push(note);
                    open.push(Note::begin(&label, source));
                }
                Event::End(TagEnd::FootnoteDefinition) => {
                    note.events.push((event, source));
                    self.notes.add(note);
                }
                event => {
                    note.events.push((event, source));
                    open.push(note);
                }
            }
        }
    }

    /// The start of the next footnote: of those that are referred to the first, then the others as they were written.
    fn next_note(&mut self) -> Option<Placed<'a>> {
        let events = loop {
            let Some(label) = self.wanted.pop_front() else { break self.notes.next_other()? };
            if let Some(events) = self.notes.take(&label) {
                break events;
            }
        };
        self.rest = events.into_iter();
        self.rest.next()
    }
}

impl<'a> Notes<'a> {
    fn add(&mut self, note: Note<'a>) {
        match self.by_label.get(&note.label) {
            Some(first) => {
                self.twice.push(Twice { first: self.all[*first].source.clone(), again: note.source });
            }
            None => {
                self.by_label.insert(note.label.clone(), self.all.len());
                self.all.push(note);
            }
        }
    }

    fn take(&mut self, label: &str) -> Option<Vec<Placed<'a>>> {
        let events = std::mem::take(&mut self.all[*self.by_label.get(label)?].events);
        Some(events).filter(|events| !events.is_empty())
    }

    fn next_other(&mut self) -> Option<Vec<Placed<'a>>> {
        loop {
            let note = self.all.get_mut(self.next)?;
            self.next += 1;
            if !note.events.is_empty() {
                return Some(std::mem::take(&mut note.events));
            }
        }
    }
}

impl Note<'_> {
    fn begin(label: &str, source: Range<usize>) -> Self {
        let label = folded(label);
        let start = Event::Start(Tag::FootnoteDefinition(label.clone().into()));
        Self { label, source: source.clone(), events: vec![(start, source)] }
    }
}

impl<'a> Iterator for Events<'a> {
    type Item = Placed<'a>;

    fn next(&mut self) -> Option<Placed<'a>> {
        loop {
            let next = match self.rest.next() {
                None if !self.text_is_done => self.parser.next(),
                next => next,
            };
            match next {
                Some((Event::Start(Tag::FootnoteDefinition(label)), source)) => self.put_aside(&label, source),
                Some((Event::FootnoteReference(label), source)) => {
                    let label = folded(&label);
                    if self.referred.insert(label.clone()) {
                        self.wanted.push_back(label.clone());
                    }
                    return Some((Event::FootnoteReference(label.into()), source));
                }
                None if !self.text_is_done => self.text_is_done = true,
                None => return self.next_note(),
                other => return other,
            }
        }
    }
}

/// A label as it is compared, as the parser does: case folding of Unicode, where `ẞ`, `ß` and `SS` are one, `ı` and `i` two.
fn folded(label: &str) -> String {
    UniCase::new(label).to_folded_case()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::markdown::reading::options;

    /// The text of the events, footnotes as `{label:…}` and references as `^label`.
    #[track_caller]
    fn check(markdown: &str, expected: &str, twice: usize) {
        let mut events = Events::new(Parser::new_ext(markdown, options()));
        let mut text = String::new();
        for (event, source) in events.by_ref() {
            assert!(source.end <= markdown.len());
            match event {
                Event::Text(words) => text.push_str(&words),
                Event::FootnoteReference(label) => text.push_str(&format!("^{label}")),
                Event::Start(Tag::FootnoteDefinition(label)) => text.push_str(&format!("{{{label}:")),
                Event::End(TagEnd::FootnoteDefinition) => text.push('}'),
                _ => {}
            }
        }
        assert_eq!((text.as_str(), events.take_twice().len()), (expected, twice), "{markdown}");
    }

    #[test]
    fn footnotes_come_last_in_the_order_of_their_numbers() {
        for (markdown, expected, twice) in [
            ("a[^1]\n\n[^1]: b\n\nc", "a^1c{1:b}", 0),
            ("a[^y]b[^x]\n\n[^x]: X\n\n[^y]: Y[^z]\n\n[^z]: Z", "a^yb^x{y:Y^z}{x:X}{z:Z}", 0),
            ("a[^Note]b[^note]\n\n[^NOTE]: c", "a^noteb^note{note:c}", 0),
            ("a[^straße]\n\n[^STRASSE]: c", "a^strasse{strasse:c}", 0),
            ("a[^STRAẞE]b[^ΟΔΟΣ]\n\n[^straße]: c\n\n[^οδος]: d", "a^strasseb^οδοσ{strasse:c}{οδοσ:d}", 0),
            ("a[^sınır]b[^SINIR]\n\n[^sınır]: c\n\n[^sinir]: d", "a^sınırb^sinir{sınır:c}{sinir:d}", 0),
            ("a[^\u{212a}]\n\n[^k]: c", "a^k{k:c}", 0),
            ("a[^1]\n\n[^1]: b\n\n[^1]: c[^2]\n\n[^2]: d", "a^1{1:b}{2:d}", 1),
            ("[^2]: not used\n\na[^1]\n\n[^1]: b[^1]", "a^1{1:b^1}{2:not used}", 0),
            ("> a[^1]\n>\n> [^1]: b\n\nc", "a^1c{1:b}", 0),
            ("a[^1]\n\n[^1]: b\n\n    [^2]: c\n\n    d[^2]\n\ne", "a^1e{1:b}{2:cd^2}", 0),
            ("a[^none]", "a[^none]", 0),
        ] {
            check(markdown, expected, twice);
        }
    }
}
