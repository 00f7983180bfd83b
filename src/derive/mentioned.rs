//! Where a record is mentioned: every sentence with the mention marked, by who says it.

use std::ops::Range;

use serde::Serialize;

use super::Context;
use super::around::Writer;
use super::parts::Window;
use super::routes::{self, part, relative};
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
    /// Where the first of them are: a fragment of this page, or of another part.
    pub href: String,
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

/// The mentions of `node` that are in this part of its page; they are its last section.
pub fn mentioned(context: &Context<'_>, route: &str, node: Node, window: &mut Window) -> Mentioned {
    let first = routes::route(context.dossier, node);
    let at = part(first.strip_suffix(".html").unwrap_or(&first), window.part_of_next());
    let href = if at == route { "#mentions".to_owned() } else { format!("{}#mentions", relative(route, &at)) };
    let count = routes::mentions(context.links, node);
    let mut rows = window.next(count);
    let mut groups = Vec::new();
    let mut before = 0;
    for backlink in context.links.backlinks(node) {
        let all = backlink.mentions.len() + backlink.texts.len();
        let here = rows.start.max(before)..rows.end.min(before + all);
        if !here.is_empty() {
            groups.push(group(context, route, &backlink, here.start - before..here.end - before));
            rows.start = here.end;
        }
        before += all;
    }
    Mentioned { count, groups, href }
}

fn group(context: &Context<'_>, route: &str, backlink: &Backlink<'_>, rows: Range<usize>) -> MentionGroup {
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
