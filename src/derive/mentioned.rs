//! Where a record is mentioned: every sentence with the mention marked, by who says it.

use serde::Serialize;

use super::Context;
use super::around::Writer;
use super::parts::Window;
use super::routes::{self, part, relative};
use super::view::{NodeLink, Tongue};
use crate::link::Backlink;
use crate::link::locate::Spot;
use crate::resolve::Node;
use crate::syntax::markdown::html::escape;

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
    let here = context.links.backlinks_in(node, window.next(count));
    let groups = here.iter().map(|backlink| group(context, route, backlink)).collect();
    Mentioned { count, groups, href }
}

fn group(context: &Context<'_>, route: &str, backlink: &Backlink<'_>) -> MentionGroup {
    let writer = Writer::new(*context, backlink.from, route);
    let tongue = Tongue::new(context, context.language(backlink.from));
    let mut sentences = sentences(context, backlink.from, backlink.mentions);
    let texts = backlink.texts.iter();
    sentences.extend(texts.map(|text| Sentence { text_html: writer.inline(text), tongue: tongue.clone() }));
    let from = NodeLink::new(context, route, backlink.from);
    let kind = if matches!(from.kind, "article" | "home") { String::new() } else { context.word("kind", from.kind) };
    MentionGroup { from, kind, count: backlink.count(), sentences }
}

/// The sentences around mentions in a body, each once, with the mentions marked.
pub fn sentences(context: &Context<'_>, from: Node, mentions: &[Spot]) -> Vec<Sentence> {
    let text = context.links.bodies.get(&from).map_or("", |located| located.prose.text.as_str());
    let tongue = Tongue::new(context, context.language(from));
    let of_sentence = mentions.chunk_by(|one, next| one.sentence() == next.sentence());
    of_sentence.map(|spots| Sentence { text_html: marked(text, spots), tongue: tongue.clone() }).collect()
}

/// The sentence of some mentions as HTML, with each in `mark`.
fn marked(text: &str, spots: &[Spot]) -> String {
    let Some((around, cut)) = spots.first().map(|spot| (spot.sentence(), spot.cut())) else { return String::new() };
    let mut html = String::with_capacity(around.len() + spots.len() * "<mark></mark>".len() + 16);
    html += cut.opening();
    let mut at = around.start;
    for mark in spots.iter().map(Spot::range).filter(|mark| mark.end <= around.end) {
        // Two mentions may share words; the first has them.
        let start = mark.start.max(at);
        if start < mark.end {
            escape(&mut html, &text[at..start]);
            html += "<mark>";
            escape(&mut html, &text[start..mark.end]);
            html += "</mark>";
            at = mark.end;
        }
    }
    escape(&mut html, &text[at..around.end]);
    html + cut.closing()
}

#[cfg(test)]
mod tests {
    use super::{Spot, marked};
    use crate::link::sentence::{Around, Cut};

    #[test]
    fn mentions_are_marked_and_the_text_is_escaped() {
        let text = "A & B met C. D.";
        for (marks, expected) in [
            (&[][..], ""),
            (&[0..1, 10..11], "<mark>A</mark> &amp; B met <mark>C</mark>."),
            (&[0..5, 4..5], "<mark>A &amp; B</mark> met C."),
            (&[0..1, 13..14], "<mark>A</mark> &amp; B met C."),
        ] {
            let around = Around { range: 0..12, cut: Cut::default() };
            let spots: Vec<Spot> = marks.iter().map(|mark| Spot::new(mark, around.clone())).collect();
            assert_eq!(marked(text, &spots), expected);
        }
        let around = Around { range: 6..12, cut: Cut { start: true, end: true } };
        assert_eq!(marked(text, &[Spot::new(&(10..11), around)]), "…\u{a0}met <mark>C</mark>.\u{a0}…");
    }
}
