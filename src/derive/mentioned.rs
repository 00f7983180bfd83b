//! Where a record is mentioned: every sentence with the mention marked, by who says it, in parts of [`PART`].

use std::ops::Range;

use serde::Serialize;

use super::Context;
use super::around::Writer;
use super::routes::{self, PART, part, relative};
use super::view::{NodeLink, Tongue};
use crate::link::{Backlink, sentence};
use crate::resolve::Node;
use crate::syntax::markdown::html::escaped;

/// The mentions of a record, or a part of them.
#[derive(Clone, Debug, Serialize)]
pub struct Mentioned {
    /// How many there are in all parts.
    pub count: usize,
    /// By who mentions it, in order of kind.
    pub groups: Vec<MentionGroup>,
    /// This part among the others; nothing when there is one.
    pub parts: Option<PartLinks>,
}

/// The mentions in one text.
#[derive(Clone, Debug, Serialize)]
pub struct MentionGroup {
    /// Whose text.
    pub from: NodeLink,
    /// What sort of record that is, in a word; empty for an article.
    pub kind: String,
    /// How many mentions of this part are in it.
    pub count: usize,
    /// The sentences.
    pub sentences: Vec<Sentence>,
}

/// A sentence with its mentions marked.
#[derive(Clone, Debug, Serialize)]
pub struct Sentence {
    /// The sentence.
    pub text_html: String,
    /// Its language.
    pub tongue: Tongue,
}

/// Where a part stands among the parts of a long list.
#[derive(Clone, Debug, Serialize)]
pub struct PartLinks {
    /// `Partie 2 sur 3`
    pub title: String,
    /// The way to each part; empty for this one.
    pub hrefs: Vec<String>,
}

/// A part of the mentions of `node`, whose first page is at `stem`.html; parts count from 1.
pub fn mentioned(context: &Context<'_>, route: &str, node: Node, number: usize) -> Mentioned {
    let count = routes::mentions(context.links, node);
    let mut rows = (number.max(1) - 1) * PART..(number.max(1) * PART).min(count);
    let mut groups = Vec::new();
    let mut before = 0;
    for backlink in context.links.backlinks(node) {
        let all = backlink.mentions.len() + backlink.texts.len();
        let here = rows.start.max(before)..rows.end.min(before + all);
        if !here.is_empty() {
            groups.push(group(context, route, backlink, here.start - before..here.end - before));
            rows.start = here.end;
        }
        before += all;
    }
    Mentioned { count, groups, parts: parts(context, route, node, number, routes::parts(count)) }
}

fn parts(context: &Context<'_>, route: &str, node: Node, number: usize, all: usize) -> Option<PartLinks> {
    let first = routes::route(context.dossier, node);
    let stem = first.strip_suffix(".html").unwrap_or(&first);
    let href = |n: usize| if n == number { String::new() } else { relative(route, &part(stem, n)) };
    let title = context.locale.phrase("nav.part", &[("n", &number.to_string()), ("m", &all.to_string())]);
    (all > 1).then(|| PartLinks { title, hrefs: (1..=all).map(href).collect() })
}

fn group(context: &Context<'_>, route: &str, backlink: &Backlink, rows: Range<usize>) -> MentionGroup {
    let inside = backlink.mentions.len();
    let mentions = &backlink.mentions[rows.start.min(inside)..rows.end.min(inside)];
    let texts = &backlink.texts[rows.start.max(inside) - inside..rows.end.max(inside) - inside];
    let writer = Writer::new(*context, backlink.from, route);
    let tongue = Tongue::new(context, context.language(backlink.from));
    let mut sentences = sentences(context, backlink.from, mentions);
    sentences.extend(texts.iter().map(|text| Sentence { text_html: writer.inline(text), tongue: tongue.clone() }));
    let from = NodeLink::new(context, route, backlink.from);
    let kind = if matches!(from.kind, "article" | "home") { String::new() } else { context.word("kind", from.kind) };
    MentionGroup { from, kind, count: rows.len(), sentences }
}

/// The sentences around passages of a body, each once, with the passages marked.
pub fn sentences(context: &Context<'_>, from: Node, passages: &[Range<usize>]) -> Vec<Sentence> {
    let text = context.links.bodies.get(&from).map_or("", |located| located.prose.text.as_str());
    let tongue = Tongue::new(context, context.language(from));
    let mut found: Vec<(Range<usize>, Vec<Range<usize>>)> = Vec::new();
    for passage in passages {
        let around = sentence::around(text, passage);
        match found.last_mut().filter(|(last, _)| *last == around) {
            Some((_, marks)) => marks.push(passage.clone()),
            None => found.push((around, vec![passage.clone()])),
        }
    }
    let written = found.iter().map(|(around, marks)| marked(text, around, marks));
    written.map(|text_html| Sentence { text_html, tongue: tongue.clone() }).collect()
}

/// A piece of text as HTML, with passages of it in `mark`.
fn marked(text: &str, around: &Range<usize>, marks: &[Range<usize>]) -> String {
    let mut html = String::new();
    let mut at = around.start;
    for mark in marks.iter().filter(|mark| mark.end <= around.end) {
        // Two mentions may share words; the first has them.
        let start = mark.start.max(at);
        if start < mark.end {
            html += &escaped(&text[at..start]);
            html += &format!("<mark>{}</mark>", escaped(&text[start..mark.end]));
            at = mark.end;
        }
    }
    html + &escaped(&text[at..around.end])
}

#[cfg(test)]
mod tests {
    use super::marked;

    #[test]
    fn mentions_are_marked_and_the_text_is_escaped() {
        let text = "A & B met C. D.";
        for (marks, expected) in [
            (&[][..], "A &amp; B met C."),
            (&[0..1, 10..11], "<mark>A</mark> &amp; B met <mark>C</mark>."),
            (&[0..5, 4..5], "<mark>A &amp; B</mark> met C."),
            (&[0..1, 13..14], "<mark>A</mark> &amp; B met C."),
        ] {
            assert_eq!(marked(text, &(0..12), marks), expected);
        }
    }
}
