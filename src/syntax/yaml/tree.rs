//! Where everything in a YAML text stands, from one pass over its events; and what no dossier may contain.

use std::borrow::Cow;
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError};

use super::Step;
use super::mend;
use super::scalar::Style;
use super::wording;
use crate::base::diag::{Code, Diagnostic};
use crate::base::input::SourceFile;
use crate::base::span::Span;

/// No record needs more than a few levels; what is deeper is a mistake or an attack.
pub const DEEPEST: usize = 64;

/// A value and its place.
#[derive(Clone, Debug)]
pub struct Node<'a> {
    /// Its bytes in the file. A block's range may end in white space or comments.
    pub range: Range<usize>,
    /// What it is.
    pub kind: Kind<'a>,
    /// Whether it was found wrong and is to be read as if it were not there.
    pub dropped: bool,
}

/// What a node is.
#[derive(Clone, Debug)]
pub enum Kind<'a> {
    /// A text, number, `true`, `false` or `null`, unescaped.
    Scalar(Cow<'a, str>, Style),
    /// A list.
    List(Vec<Node<'a>>),
    /// Keys and values in the order written.
    Map(Vec<Entry<'a>>),
}

/// A key and its value.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// The key.
    pub key: Cow<'a, str>,
    /// The key's bytes in the file.
    pub key_range: Range<usize>,
    /// The value.
    pub value: Node<'a>,
}

/// A file's YAML.
#[derive(Clone, Debug, Default)]
pub struct Tree<'a> {
    /// Its value; `None` when it is empty or cannot be read.
    pub root: Option<Node<'a>>,
    /// What is wrong with its form.
    pub problems: Vec<Diagnostic>,
}

/// Reads the YAML of a file: all of a `.yaml` file, the front matter of a `.md` file.
pub fn read(file: &SourceFile) -> Tree<'_> {
    let Some(region) = super::region(file) else { return Tree::default() };
    let mut builder = Builder::new(file, region);
    match builder.run() {
        Ok(()) => Tree { root: builder.root, problems: builder.problems },
        Err(problem) => {
            let mut problems = std::mem::take(&mut builder.problems);
            problems.push(mend::mended(file, &builder.region, *problem));
            Tree { root: None, problems }
        }
    }
}

/// Why the YAML of a file cannot be read; `None` for one that can.
pub(super) fn first_problem(file: &SourceFile) -> Option<Diagnostic> {
    let mut builder = Builder::new(file, super::region(file)?);
    builder.run().err().map(|problem| *problem)
}

impl<'a> Node<'a> {
    /// The items of a list; none for anything else.
    pub fn items(&self) -> &[Node<'a>] {
        if let Kind::List(items) = &self.kind { items } else { &[] }
    }

    /// The items of a list, to be changed.
    pub fn items_mut(&mut self) -> &mut [Node<'a>] {
        if let Kind::List(items) = &mut self.kind { items } else { &mut [] }
    }

    /// The entries of a map; none for anything else.
    pub fn entries(&self) -> &[Entry<'a>] {
        if let Kind::Map(entries) = &self.kind { entries } else { &[] }
    }

    /// The value of a key, unless it is dropped.
    pub fn get(&self, key: &str) -> Option<&Node<'a>> {
        self.entries().iter().find(|entry| entry.key == key && !entry.value.dropped).map(|entry| &entry.value)
    }

    /// A scalar's value.
    pub fn scalar(&self) -> Option<&str> {
        if let Kind::Scalar(value, _) = &self.kind { Some(value) } else { None }
    }

    /// A scalar's style.
    pub fn style(&self) -> Option<Style> {
        if let Kind::Scalar(_, style) = &self.kind { Some(*style) } else { None }
    }

    /// Whether it says nothing: `~`, `null`, or no value at all.
    pub fn is_null(&self) -> bool {
        matches!(&self.kind, Kind::Scalar(value, Style::Plain) if matches!(&**value, "" | "~" | "null" | "Null" | "NULL"))
    }

    /// The node at a path, or the last one on the way to it.
    pub fn nearest(&self, path: &[Step]) -> &Node<'a> {
        match path.split_first().and_then(|(step, rest)| self.child(step).map(|child| (child, rest))) {
            Some((child, rest)) => child.nearest(rest),
            None => self,
        }
    }

    /// The node at a path, or the last one on the way to it, to be changed.
    pub fn nearest_mut(&mut self, path: &[Step]) -> &mut Node<'a> {
        match path.split_first() {
            Some((step, rest)) if self.child(step).is_some() => match (&mut self.kind, step) {
                (Kind::Map(entries), Step::Key(key)) => {
                    match entries.iter_mut().position(|entry| entry.key == *key && !entry.value.dropped) {
                        Some(at) => entries[at].value.nearest_mut(rest),
                        None => unreachable!("the child was just found"),
                    }
                }
                (Kind::List(items), Step::Index(index)) => items[*index].nearest_mut(rest),
                _ => unreachable!("the child was just found"),
            },
            _ => self,
        }
    }

    /// The bytes of the key that a path ends with.
    pub fn key_of(&self, path: &[Step]) -> Option<Range<usize>> {
        let (Step::Key(key), above) = path.split_last()? else { return None };
        let entry = self.nearest(above).entries().iter().find(|entry| entry.key == *key)?;
        Some(entry.key_range.clone())
    }

    /// The bytes to underline: a scalar's own, a map's first key, the first line of anything longer.
    pub fn shown(&self, text: &str) -> Range<usize> {
        let range = match &self.kind {
            Kind::Map(entries) if !entries.is_empty() => entries[0].key_range.clone(),
            _ => self.range.clone(),
        };
        let line = text[range.clone()].lines().next().unwrap_or("").trim_end().len();
        range.start..range.start + line
    }

    fn child(&self, step: &Step) -> Option<&Node<'a>> {
        match step {
            Step::Key(key) => self.get(key),
            Step::Index(index) => self.items().get(*index),
        }
    }
}

/// A list or map whose end has not come yet.
struct Open<'a> {
    node: Node<'a>,
    key: Option<(Cow<'a, str>, Range<usize>)>,
}

struct Builder<'a> {
    file: &'a SourceFile,
    region: Range<usize>,
    /// Byte offset of every character, as the parser counts characters; empty for ASCII, where the two are the same.
    offsets: Vec<u32>,
    open: Vec<Open<'a>>,
    root: Option<Node<'a>>,
    documents: usize,
    problems: Vec<Diagnostic>,
}

impl<'a> Builder<'a> {
    fn new(file: &'a SourceFile, region: Range<usize>) -> Self {
        let yaml = &file.text[region.clone()];
        let offsets = match yaml.is_ascii() {
            true => Vec::new(),
            false => yaml.char_indices().map(|(at, _)| crate::base::span::offset(at)).collect(),
        };
        Self { file, region, offsets, open: Vec::new(), root: None, documents: 0, problems: Vec::new() }
    }

    fn run(&mut self) -> Result<(), Box<Diagnostic>> {
        let mut parser = Parser::new_from_str(&self.file.text[self.region.clone()]);
        while let Some(next) = parser.next_event() {
            let (event, span) = next.map_err(|error| self.syntax_error(&error))?;
            let range = self.byte(span.start.index())..self.byte(span.end.index());
            self.event(event, range)?;
        }
        Ok(())
    }

    fn event(&mut self, event: Event<'a>, range: Range<usize>) -> Result<(), Box<Diagnostic>> {
        match event {
            Event::Scalar(.., anchor, tag) | Event::SequenceStart(anchor, tag) | Event::MappingStart(anchor, tag)
                if anchor != 0 || tag.is_some() =>
            {
                let (what, sign) = if anchor != 0 { ("anchors (`&name`)", '&') } else { ("tags (`!name`)", '!') };
                // The event's own place is that of the value after it.
                let before = &self.file.text[self.region.start..range.start];
                let from = before.rfind(sign).map_or(range.start, |at| self.region.start + at);
                let word = self.file.text[from..self.region.end].find(char::is_whitespace);
                let range = from..word.map_or(self.region.end, |length| from + length);
                Err(self.refuse(
                    range,
                    &format!("{what} are not used in a dossier"),
                    "write the value itself, or quote it",
                ))
            }
            Event::Alias(_) => Err(self.refuse(
                range,
                "aliases (`*name`) are not used in a dossier",
                "write the value itself, or quote it",
            )),
            Event::DocumentStart(_) => {
                self.documents += 1;
                match self.documents {
                    1 => Ok(()),
                    _ => Err(self.refuse(
                        range,
                        "a second document starts here",
                        "one file holds one document: remove the `---`",
                    )),
                }
            }
            Event::Scalar(value, style, ..) => {
                let empty = range.is_empty() && value == "~";
                let value = if empty { Cow::Borrowed("") } else { value };
                let range = match style {
                    ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => quoted(&self.file.text, range),
                    _ => range,
                };
                self.complete(Node { range, kind: Kind::Scalar(value, Style::of(style)), dropped: false });
                Ok(())
            }
            Event::SequenceStart(..) => self.descend(range, Kind::List(Vec::new())),
            Event::MappingStart(..) => self.descend(range, Kind::Map(Vec::new())),
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(Open { mut node, .. }) = self.open.pop() {
                    node.range.end = range.end.max(node.range.start);
                    if let Kind::Map(entries) = &mut node.kind {
                        self.drop_repeated(entries);
                    }
                    self.complete(node);
                }
                Ok(())
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
        }
    }

    fn descend(&mut self, range: Range<usize>, kind: Kind<'a>) -> Result<(), Box<Diagnostic>> {
        if self.open.len() >= DEEPEST {
            let mut problem = Diagnostic::new(
                Code::TooDeep,
                self.span(range.start..range.end.max(range.start + 1).min(self.region.end)),
                format!("nested more than {DEEPEST} deep"),
            );
            problem.help("no record needs this: look for a bracket that is not closed");
            return Err(Box::new(problem));
        }
        let node = Node { range, kind, dropped: false };
        self.open.push(Open { node, key: None });
        Ok(())
    }

    /// Puts a complete node where it belongs: into the list or map around it, or at the root.
    fn complete(&mut self, node: Node<'a>) {
        let Some(parent) = self.open.last_mut() else {
            self.root = Some(node);
            return;
        };
        match (&mut parent.node.kind, parent.key.take()) {
            (Kind::List(items), _) => items.push(node),
            (Kind::Map(_), Some((key, key_range))) => self.entry(Entry { key, key_range, value: node }),
            (Kind::Map(_), None) => {
                let key = self.as_key(node);
                if let Some(parent) = self.open.last_mut() {
                    parent.key = Some(key);
                }
            }
            (Kind::Scalar(..), _) => {}
        }
    }

    fn as_key(&mut self, node: Node<'a>) -> (Cow<'a, str>, Range<usize>) {
        match node.kind {
            Kind::Scalar(value, _) if !value.is_empty() => (value, node.range),
            Kind::Scalar(..) => {
                let span = self.span(node.range.clone());
                let mut problem = Diagnostic::new(Code::UnknownKey, span, "a value without a key is not read");
                problem.help("write `key: value`; a text that begins with a colon goes in quotes");
                self.problems.push(problem);
                (Cow::Borrowed(""), node.range)
            }
            _ => {
                let span = self.span(node.shown(&self.file.text));
                self.problems.push(Diagnostic::new(
                    Code::WrongType,
                    span,
                    "a key must be one word, not a list or a map",
                ));
                (Cow::Borrowed(""), node.range)
            }
        }
    }

    fn entry(&mut self, mut entry: Entry<'a>) {
        let Some(open) = self.open.last_mut() else { return };
        let Kind::Map(entries) = &mut open.node.kind else { return };
        entry.value.dropped = entry.key.is_empty();
        entries.push(entry);
    }

    /// Reports the keys of a map that stand in it before, and drops their values.
    fn drop_repeated(&mut self, entries: &mut [Entry<'a>]) {
        let mut order: Vec<usize> = (0..entries.len()).collect();
        // Stable: the first of the same is the one that was written first.
        order.sort_by(|one, other| entries[*one].key.cmp(&entries[*other].key));
        let same = order.chunk_by(|one, other| entries[*one].key == entries[*other].key);
        let named = same.filter(|same| !entries[same[0]].key.is_empty());
        let repeated: Vec<(usize, usize)> =
            named.flat_map(|same| same[1..].iter().map(|again| (same[0], *again))).collect();
        for (first, again) in repeated {
            let (first, here) = (self.span(entries[first].key_range.clone()), entries[again].key_range.clone());
            let message = format!("`{}` stands twice", entries[again].key);
            let mut problem = Diagnostic::new(Code::RepeatedKey, self.span(here), message);
            problem.label(first, "first here").help("keep one of the two");
            self.problems.push(problem);
            entries[again].value.dropped = true;
        }
    }

    fn byte(&self, character: usize) -> usize {
        let inside = match self.offsets.is_empty() {
            true => character.min(self.region.len()),
            false => self.offsets.get(character).map_or(self.region.len(), |at| *at as usize),
        };
        self.region.start + inside
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file.id, range)
    }

    fn refuse(&self, range: Range<usize>, message: &str, help: &str) -> Box<Diagnostic> {
        let mut problem = Diagnostic::new(Code::YamlSyntax, self.span(range), message);
        problem.help(help);
        Box::new(problem)
    }

    fn syntax_error(&self, error: &ScanError) -> Box<Diagnostic> {
        let at = self.byte(error.marker().index()).min(self.region.end);
        let (yaml, start) = (&self.file.text[..self.region.end], self.region.start);
        let (message, help) = wording::explain(error.info(), &yaml[start..at]);
        let span = self.span(wording::place(error.info(), yaml, start, at));
        let code = if error.info().contains("recursion limit") { Code::TooDeep } else { Code::YamlSyntax };
        let mut problem = Diagnostic::new(code, span, message);
        if let Some(open) = self.open.iter().rev().find(|open| self.is_open_bracket(&open.node)) {
            problem.label(self.span(open.node.range.start..open.node.range.start + 1), "this bracket is still open");
        }
        if let Some(help) = help {
            problem.help(help);
        }
        Box::new(problem)
    }

    fn is_open_bracket(&self, node: &Node<'_>) -> bool {
        self.file.text[node.range.start..].starts_with(['[', '{'])
    }
}

/// A quoted scalar up to its closing mark: the parser's own end comes after white space and a comment.
fn quoted(text: &str, range: Range<usize>) -> Range<usize> {
    let mark = text.as_bytes().get(range.start).copied().unwrap_or_default();
    let mut bytes = text[range.clone()].bytes().enumerate().skip(1).peekable();
    while let Some((at, byte)) = bytes.next() {
        let doubled = mark == b'\'' && byte == mark && bytes.peek().is_some_and(|(_, next)| *next == mark);
        if doubled || (mark == b'"' && byte == b'\\') {
            bytes.next();
        } else if byte == mark {
            return range.start..range.start + at + 1;
        }
    }
    range
}

impl Style {
    fn of(style: ScalarStyle) -> Self {
        match style {
            ScalarStyle::Plain => Self::Plain,
            ScalarStyle::SingleQuoted => Self::Single,
            ScalarStyle::DoubleQuoted => Self::Double,
            ScalarStyle::Literal => Self::Literal,
            ScalarStyle::Folded => Self::Folded,
        }
    }
}
