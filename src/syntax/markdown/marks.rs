//! Highlights and links laid over a text: where ranges cross, elements are cut, and the HTML stays well formed.
//!
//! Every piece of text is wrapped in one `<mark>` that names all annotations over it, and in one link where a mention is.
//! So overlapping and nesting need no surgery on the tree: there is never an element that crosses another.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event};
use pulldown_cmark_escape::escape_html;

/// A passage that an annotation points at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Highlight {
    /// Its bytes in the prose. Not empty.
    pub range: Range<usize>,
    /// The annotation's id: the `id` of the passage's first piece; its note has `note_` before it.
    pub id: String,
    /// The annotation's type, as a class.
    pub kind: &'static str,
    /// The tone of its verdict, as a class.
    pub tone: &'static str,
    /// The number that leads to its note.
    pub number: usize,
    /// What that number says aloud.
    pub label: String,
}

/// A mention that is a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MentionLink {
    /// Its bytes in the prose. Not empty; no two overlap.
    pub range: Range<usize>,
    /// Where it leads.
    pub href: String,
    /// The `id` of its first piece.
    pub id: Option<String>,
}

/// A place that others lead to, though nothing is seen there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceInText {
    /// Where, in the prose.
    pub at: usize,
    /// Its `id`.
    pub id: String,
}

/// What is laid over a text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Overlay<'a> {
    /// Passages that annotations point at.
    pub highlights: &'a [Highlight],
    /// Mentions that are links, in order.
    pub mentions: &'a [MentionLink],
    /// Places that others lead to, in order.
    pub places: &'a [PlaceInText],
}

/// Lays highlights and links over pieces of text that come in order.
pub struct Marker<'a> {
    highlights: &'a [Highlight],
    mentions: &'a [MentionLink],
    places: &'a [PlaceInText],
    /// Highlights in order of start.
    order: Vec<usize>,
    cuts: Vec<usize>,
    next_start: usize,
    next_mention: usize,
    next_place: usize,
    active: Vec<usize>,
    open: Option<Cover>,
    named: Vec<bool>,
    /// The mention whose first piece was written last.
    named_mention: Option<usize>,
    pending: Vec<usize>,
    ended: Vec<usize>,
}

/// What covers a piece of text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Cover {
    highlights: Vec<usize>,
    mention: Option<usize>,
}

impl<'a> Marker<'a> {
    /// Lays these.
    pub fn new(overlay: &Overlay<'a>) -> Self {
        let Overlay { highlights, mentions, places } = *overlay;
        let mut order: Vec<usize> = (0..highlights.len()).collect();
        order.sort_by_key(|index| (highlights[*index].range.start, *index));
        let ranges = highlights.iter().map(|h| &h.range).chain(mentions.iter().map(|m| &m.range));
        let mut cuts: Vec<usize> = ranges.flat_map(|range| [range.start, range.end]).collect();
        cuts.extend(places.iter().map(|place| place.at));
        cuts.sort_unstable();
        cuts.dedup();
        Self {
            highlights,
            mentions,
            places,
            order,
            cuts,
            next_start: 0,
            next_mention: 0,
            next_place: 0,
            active: Vec::new(),
            open: None,
            named: vec![false; highlights.len()],
            named_mention: None,
            pending: Vec::new(),
            ended: Vec::new(),
        }
    }

    /// Writes a text that stands at `at` in the prose, cut and wrapped. `links` tells whether mentions may be links here.
    pub fn text<'t>(&mut self, text: &CowStr<'t>, at: usize, links: bool, out: &mut Vec<Event<'t>>) {
        if text.is_empty() {
            return;
        }
        let end = at + text.len();
        let first = self.cuts.partition_point(|cut| *cut <= at);
        let last = self.cuts.partition_point(|cut| *cut < end);
        let mut start = at;
        for cut in first..=last {
            let stop = if cut < last { self.cuts[cut] } else { end };
            self.piece(piece_of(text, start - at..stop - at), start..stop, links, out);
            start = stop;
        }
    }

    /// Ends what is open, and writes the numbers of passages that ended, unless a link is open around them.
    pub fn close(&mut self, in_link: bool, out: &mut Vec<Event<'_>>) {
        if let Some(cover) = self.open.take() {
            if cover.mention.is_some() {
                out.push(html("</a>"));
            }
            if !cover.highlights.is_empty() {
                out.push(html("</mark>"));
            }
        }
        if !in_link {
            for index in std::mem::take(&mut self.pending) {
                out.push(html(reference(&self.highlights[index])));
            }
        }
    }

    /// The highlights that ended since this was asked last.
    pub fn take_ended(&mut self) -> Vec<usize> {
        std::mem::take(&mut self.ended)
    }

    fn piece<'t>(&mut self, text: CowStr<'t>, range: Range<usize>, links: bool, out: &mut Vec<Event<'t>>) {
        let cover = self.cover(range.start, links);
        if self.open.as_ref() != Some(&cover) {
            self.close(!links, out);
            self.start(&cover, out);
            self.open = Some(cover);
        }
        self.place(&range, out);
        out.push(Event::Text(text));
        let highlights = self.highlights;
        let ending = self.active.iter().copied().filter(|index| highlights[*index].range.end == range.end);
        let ending: Vec<usize> = ending.collect();
        self.ended.extend(&ending);
        self.pending.extend(ending);
    }

    /// The place that a piece begins at. One in text that is not shown as such is passed over.
    fn place(&mut self, piece: &Range<usize>, out: &mut Vec<Event<'_>>) {
        while let Some(place) = self.places.get(self.next_place).filter(|place| place.at < piece.end) {
            self.next_place += 1;
            if place.at >= piece.start {
                out.push(html(format!("<span id=\"{}\"></span>", place.id)));
            }
        }
    }

    /// The id of the place at this byte, which then has an element.
    fn place_at(&mut self, at: usize) -> Option<&'a String> {
        let place = self.places.get(self.next_place).filter(|place| place.at == at)?;
        self.next_place += 1;
        Some(&place.id)
    }

    /// What covers the text from `at` to the next cut.
    fn cover(&mut self, at: usize, links: bool) -> Cover {
        while let Some(index) = self.order.get(self.next_start).filter(|i| self.highlights[**i].range.start <= at) {
            self.active.push(*index);
            self.next_start += 1;
        }
        let highlights = self.highlights;
        self.active.retain(|index| highlights[*index].range.end > at);
        while self.mentions.get(self.next_mention).is_some_and(|mention| mention.range.end <= at) {
            self.next_mention += 1;
        }
        let mention = self.mentions.get(self.next_mention).filter(|mention| links && mention.range.start <= at);
        Cover { highlights: self.active.clone(), mention: mention.map(|_| self.next_mention) }
    }

    fn start(&mut self, cover: &Cover, out: &mut Vec<Event<'_>>) {
        if !cover.highlights.is_empty() {
            let fresh: Vec<usize> = cover.highlights.iter().copied().filter(|index| !self.named[*index]).collect();
            for index in &fresh {
                self.named[*index] = true;
            }
            // An element has one id: the second passage that starts here has an empty one before it.
            for index in fresh.iter().skip(1) {
                out.push(html(format!("<span id=\"{}\"></span>", self.highlights[*index].id)));
            }
            out.push(html(self.opening(cover, fresh.first().copied())));
        }
        if let Some(mention) = cover.mention {
            let opening = self.mention(mention);
            out.push(html(opening));
        }
    }

    fn mention(&mut self, index: usize) -> String {
        let MentionLink { href, id, range } = &self.mentions[index];
        let first = self.named_mention != Some(index);
        let id = if first { id.as_ref().or_else(|| self.place_at(range.start)) } else { None };
        let id = id.map(|id| format!(" id=\"{id}\"")).unwrap_or_default();
        self.named_mention = Some(index);
        let (before, after) = (" class=\"mention\" href=\"", "\">");
        // Exactly its length: an event keeps no room that it does not need, and would copy it to give some back.
        let mut opening = String::with_capacity("<a".len() + id.len() + before.len() + href.len() + after.len());
        opening.extend(["<a", &id, before]);
        let _ = escape_html(&mut opening, href);
        opening.push_str(after);
        opening
    }

    fn opening(&self, cover: &Cover, named: Option<usize>) -> String {
        let over = || cover.highlights.iter().map(|index| &self.highlights[*index]);
        let mut kinds: Vec<&str> = over().map(|highlight| highlight.kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        // Of nested passages the inner one, the shortest, gives the tone; one that judges goes before one that does not.
        let tone = over()
            .min_by_key(|highlight| (highlight.tone == "neutral", highlight.range.len()))
            .map_or("neutral", |highlight| highlight.tone);
        let nested = if cover.highlights.len() > 1 { " nested" } else { "" };
        let ids: Vec<&str> = over().map(|highlight| highlight.id.as_str()).collect();
        let id = named.map(|index| format!(" id=\"{}\"", self.highlights[index].id)).unwrap_or_default();
        format!("<mark{id} class=\"{} {tone}{nested}\" data-annotations=\"{}\">", kinds.join(" "), ids.join(" "))
    }
}

/// The number that leads from a passage to its note.
fn reference(highlight: &Highlight) -> String {
    let Highlight { id, number, tone, kind, label, .. } = highlight;
    let mut aloud = String::new();
    let _ = escape_html(&mut aloud, label);
    format!("<a class=\"ref {kind} {tone}\" href=\"#note_{id}\" aria-label=\"{aloud}\">{number}</a>")
}

fn html<'t>(tag: impl Into<CowStr<'t>>) -> Event<'t> {
    Event::InlineHtml(tag.into())
}

/// A piece of a text; one that stands in the Markdown is not copied.
fn piece_of<'t>(text: &CowStr<'t>, range: Range<usize>) -> CowStr<'t> {
    match text {
        CowStr::Borrowed(text) => CowStr::Borrowed(&text[range]),
        own if range == (0..own.len()) => own.clone(),
        own => own[range].to_owned().into(),
    }
}
