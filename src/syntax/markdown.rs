//! Markdown: text to [`Body`] (what a reader sees, what it links to), and body to HTML with marks.
//!
//! [`reading`] is the one walk over the parser's events that decides what a reader sees. The projection to prose and the
//! rendering to HTML both follow it, so that an offset found in the one is right in the other.

mod footnotes;
pub mod html;
mod links;
pub mod loss;
pub mod marks;
pub mod media;
pub mod raw;
pub mod reading;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, Tag, TagEnd};

pub use super::prose::Prose;
use super::prose::exact;
use crate::base::span::Extent;
use links::{definition, link, raw_links};
use loss::{Loss, Lost};
use reading::{RawMode, Reading};

/// A Markdown text: the body of a record.
#[derive(Clone, Debug)]
pub struct Body {
    /// The text of the whole file …
    pub text: Arc<str>,
    /// … and where the body starts in it.
    pub start: usize,
    /// What a reader sees, but for links without words, whose words are their target's name.
    pub prose: Arc<Prose>,
    /// What it links to.
    pub links: Vec<Link>,
    /// Images without an alternative text, as places in the file.
    pub bare_images: Vec<Range<usize>>,
    /// What stands as the target of a link does, and is none because of a space in it; places in the file.
    pub unread: Vec<Range<usize>>,
    /// What its page leaves out, as places in the file.
    pub losses: Vec<Loss>,
    /// What becomes of raw HTML in it.
    pub raw: RawMode,
}

/// A link in Markdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What it leads to, as written.
    pub target: Box<str>,
    /// Whether it is `[[target]]` or `[[target|words]]`.
    pub wiki: bool,
    /// Whether its words are its target's name.
    pub bare: bool,
    /// Whether it is an image.
    pub image: bool,
    /// Whether it stands in raw HTML.
    pub raw: bool,
    /// The whole link in the file.
    pub source: Extent,
    /// Where the file says what it leads to, when that is not in the link: `[x]: target`.
    pub definition: Option<Extent>,
    /// Its words in the prose.
    pub prose: Extent,
}

impl Link {
    /// The bytes of the target, to underline; the whole link where it was written in another way.
    pub fn target_range(&self, text: &str) -> Range<usize> {
        let place = self.definition.unwrap_or(self.source).range();
        let written = &text[place.clone()];
        let after = if self.definition.is_some() { written.find("]:") } else { written.rfind("](") };
        let found = match after.filter(|_| !self.wiki) {
            Some(bracket) => Some(destination(written, bracket + 2)),
            None => written.find(&*self.target).map(|at| at..at + self.target.len()),
        };
        found.map_or(place.clone(), |found| place.start + found.start..place.start + found.end)
    }
}

/// The bytes of a destination that is written from `start` on, white space before it and a title after it left out.
fn destination(written: &str, start: usize) -> Range<usize> {
    let rest = written[start..].trim_start();
    let start = written.len() - rest.len();
    match rest.strip_prefix('<').and_then(|rest| rest.find('>')) {
        Some(length) => start + 1..start + 1 + length,
        None => {
            let first = rest.split_whitespace().next().unwrap_or_default();
            // A link without a title ends right after it.
            let ends_the_link = first.len() == rest.len() && first.matches('(').count() < first.matches(')').count();
            start..start + first.len() - usize::from(ends_the_link)
        }
    }
}

impl Body {
    /// Reads the Markdown of `text` from `start` on.
    pub fn new(text: Arc<str>, start: usize, raw: RawMode) -> Self {
        let projection = project(&text[start..], start, raw, &|_| None);
        Self {
            prose: Arc::new(projection.prose),
            links: projection.links,
            bare_images: projection.bare_images,
            unread: projection.unread,
            losses: projection.losses,
            text,
            start,
            raw,
        }
    }

    /// The Markdown itself.
    pub fn markdown(&self) -> &str {
        &self.text[self.start..]
    }

    /// Fills in the words of links without any: `name` knows what a target is called.
    pub fn named(&self, name: &dyn Fn(&str) -> Option<String>) -> Option<(Arc<Prose>, Vec<Link>)> {
        if !self.links.iter().any(|link| link.bare) {
            return None;
        }
        let projection = project(self.markdown(), self.start, self.raw, name);
        Some((Arc::new(projection.prose), projection.links))
    }
}

/// The links in a short Markdown text, with places in that text.
pub fn links(markdown: &str) -> Vec<Link> {
    project(markdown, 0, RawMode::Sanitize, &|_| None).links
}

/// What pages leave out of a short Markdown text, with places in that text.
pub fn losses(markdown: &str) -> Vec<Loss> {
    project(markdown, 0, RawMode::Sanitize, &|_| None).losses
}

#[derive(Default)]
struct Projection {
    prose: Prose,
    links: Vec<Link>,
    bare_images: Vec<Range<usize>>,
    unread: Vec<Range<usize>>,
    losses: Vec<Loss>,
}

/// Walks the text once and keeps what a reader sees, the links, and where no mention is looked for.
fn project(markdown: &str, start: usize, raw: RawMode, name: &dyn Fn(&str) -> Option<String>) -> Projection {
    let mut out = Projection::default();
    let mut blocked: Vec<Range<usize>> = Vec::new();
    let mut open: Vec<(usize, Option<Link>)> = Vec::new();
    let mut raw_link: Option<(usize, Link)> = None;
    let mut reading = Reading::new(markdown, raw, name);
    while let Some(step) = reading.next() {
        let source = step.source.start + start..step.source.end + start;
        match &step.event {
            Event::Start(Tag::Heading { .. }) => {
                out.prose.sections.push(out.prose.text.len());
                open.push((out.prose.text.len(), None));
            }
            Event::Start(Tag::CodeBlock(_)) => open.push((out.prose.text.len(), None)),
            Event::Start(Tag::Link { link_type, dest_url, id, .. }) => {
                let definition = definition(&reading, *link_type, id, start);
                open.push((out.prose.text.len(), Some(link(*link_type, dest_url, false, &source, definition))));
            }
            Event::Start(Tag::Image { link_type, dest_url, id, .. }) => {
                let empty = markdown[step.source.clone()].starts_with("![]");
                if empty {
                    out.bare_images.push(source.clone());
                }
                let definition = definition(&reading, *link_type, id, start);
                open.push((out.prose.text.len(), Some(link(*link_type, dest_url, true, &source, definition))));
            }
            Event::InlineHtml(tag) if &**tag == "</a>" => {
                if let Some((from, mut link)) = raw_link.take() {
                    link.prose = (from..out.prose.text.len()).into();
                    out.links.push(link);
                }
            }
            Event::End(TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::Link | TagEnd::Image) => {
                if let Some((from, link)) = open.pop() {
                    block(&mut blocked, from..out.prose.text.len());
                    if let Some(mut link) = link {
                        link.prose = (from..out.prose.text.len()).into();
                        out.links.push(link);
                    }
                }
            }
            _ => {}
        }
        if let Some(element) = &step.element {
            let links = raw_links(element, start);
            if element.name == "img" && !element.attributes.contains(" alt=") {
                out.bare_images.push(source.clone());
            }
            match element.name.as_str() {
                "a" => raw_link = links.into_iter().next().map(|link| (out.prose.text.len(), link)),
                _ => out.links.extend(links),
            }
        }
        if step.named {
            let link = raw_link.as_mut().map(|(_, link)| link);
            link.or(open.last_mut().and_then(|(_, link)| link.as_mut())).into_iter().for_each(|link| link.bare = true);
        }
        if step.blocked {
            block(&mut blocked, out.prose.text.len()..out.prose.text.len() + step.text.len());
        }
        match step.ends_block {
            true => out.prose.end_block(),
            false if !step.text.is_empty() => out.prose.push(&step.text, &source),
            false => {}
        }
    }
    out.losses = reading.take_losses();
    out.losses.extend(unused_definitions(&reading, &out.links, start));
    for loss in &mut out.losses {
        loss.move_by(start);
    }
    let is_free = |at: &Range<usize>| {
        let before = blocked.partition_point(|other| other.start <= at.start);
        before.checked_sub(1).is_none_or(|last| blocked[last].end < at.end)
    };
    out.unread = links::unread(&out.prose.text).filter(is_free).map(|at| out.prose.source(&at)).collect();
    let blocked = with_addresses(&out.prose.text, blocked);
    out.prose.blocked = exact(blocked.into_iter().map(Extent::from));
    out.prose.fit();
    out.links = exact(out.links);
    out
}

/// What labels lead to that no link has: such lines are shown nowhere, and `[Editor]: disagreed` looks like a text.
fn unused_definitions(reading: &Reading<'_>, links: &[Link], start: usize) -> Vec<Loss> {
    let used: BTreeSet<usize> =
        links.iter().filter_map(|link| link.definition).map(|at| at.range().start - start).collect();
    let unused = reading.definitions().into_iter().filter(|(_, source)| !used.contains(&source.start));
    unused.map(|(label, source)| Loss { what: Lost::Definition(label.into()), source: source.into() }).collect()
}

/// Blocked ranges with the addresses that are written out in the text: a name in one is no mention.
fn with_addresses(text: &str, blocked: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut addresses = links::addresses(text).peekable();
    if addresses.peek().is_none() {
        return blocked;
    }
    let mut all: Vec<Range<usize>> = blocked.into_iter().chain(addresses).collect();
    all.sort_by_key(|range| (range.start, range.end));
    let mut joined = Vec::with_capacity(all.len());
    all.into_iter().for_each(|range| block(&mut joined, range));
    joined
}

/// Adds a blocked range, joined with those it touches: a link may stand in a heading, and is done before it.
fn block(blocked: &mut Vec<Range<usize>>, range: Range<usize>) {
    if range.is_empty() {
        return;
    }
    let mut range = range;
    while let Some(last) = blocked.last().filter(|last| last.end >= range.start) {
        range = last.start.min(range.start)..last.end.max(range.end);
        blocked.pop();
    }
    blocked.push(range);
}
