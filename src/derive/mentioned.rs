//! Where a record is mentioned: every sentence with the mention marked, by who says it.

use std::ops::Range;

use serde::Serialize;

use super::Context;
use super::around::Writer;
use super::mentions::place_id;
use super::parts::Window;
use super::routes::{self, part, relative, route};
use super::view::{NodeLink, Tongue};
use crate::base::id::Id;
use crate::link::graph::Role;
use crate::link::locate::Spot;
use crate::link::sentence::{self, Around};
use crate::link::{Backlink, KeyText};
use crate::model::annotation::Annotation;
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
    /// Whether no text speaks of it: none names it, and no annotation says that a passage is about it.
    pub silent: bool,
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

/// A sentence with its mentions marked, each of which leads to its place.
#[derive(Clone, Debug, Serialize)]
pub struct Sentence {
    /// The sentence.
    pub text_html: String,
    /// Its language.
    pub tongue: Tongue,
    /// Where it stands, for a note beside a passage; else empty.
    pub href: String,
}

/// A place in a body that speaks of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// The words.
    pub range: Range<usize>,
    /// The sentence that they stand in.
    pub sentence: Around,
    /// The way to them.
    pub href: String,
}

/// The mentions of `node` that are in this part of its page; they are its last section.
pub fn mentioned(context: &Context<'_>, at: &str, node: Node, window: &mut Window) -> Mentioned {
    let first = route(context.dossier, node);
    let begins = part(first.strip_suffix(".html").unwrap_or(&first), window.part_of_next());
    let href = if begins == at { "#mentions".to_owned() } else { format!("{}#mentions", relative(at, &begins)) };
    let count = routes::mentions(context.links, node);
    let here = context.links.backlinks_in(node, window.next(count));
    let groups = here.iter().map(|backlink| group(context, at, backlink)).collect();
    Mentioned { count, groups, href, silent: !is_spoken_of(context, node) }
}

/// Whether any text names a record, or an annotation says that a passage is about it.
fn is_spoken_of(context: &Context<'_>, node: Node) -> bool {
    let links = context.links;
    let annotated = |figure: Node, of: Option<usize>| match figure {
        Node::Check(_) => true,
        Node::Figure(id) => {
            let claims = links.standings[id.index()].estimates.iter().enumerate();
            claims.filter(|(n, _)| of.is_none_or(|of| of == *n)).any(|(_, claim)| claim.annotation.is_some())
        }
        _ => false,
    };
    let by_key = || {
        links.graph.to(node).iter().any(|edge| match edge.role {
            Role::Subject | Role::Claimant => annotated(edge.from, None),
            Role::Estimator(_) => annotated(edge.from, Some(edge.role.number())),
            _ => false,
        })
    };
    links.count_backlinks(node) > 0 || !links.cross_references(node).is_empty() || by_key()
}

fn group(context: &Context<'_>, at: &str, backlink: &Backlink<'_>) -> MentionGroup {
    let mut sentences = sentences(context, backlink.from, named(context, at, backlink.from, backlink.mentions));
    sentences.extend(in_keys(context, at, backlink));
    let from = NodeLink::new(context, at, backlink.from);
    let kind = if matches!(from.kind, "article" | "home") { String::new() } else { context.word("kind", from.kind) };
    MentionGroup { from, kind, count: backlink.count(), sentences }
}

/// The texts of keys that lead to the record.
pub fn in_keys(context: &Context<'_>, at: &str, backlink: &Backlink<'_>) -> Vec<Sentence> {
    let writer = Writer::new(*context, backlink.from, at);
    let tongue = Tongue::new(context, context.language(backlink.from));
    let text = |key: &&KeyText| Sentence {
        text_html: writer.inline(&key.text),
        tongue: tongue.clone(),
        href: key.annotation.map(|id| way_to_note(context, at, id)).unwrap_or_default(),
    };
    backlink.texts.iter().map(text).collect()
}

fn way_to_note(context: &Context<'_>, at: &str, id: Id<Annotation>) -> String {
    let annotation = &context.dossier.annotations[id];
    // What is said of a check stands on its own page.
    let article = context.dossier.article_of(id).filter(|_| annotation.fact_check().is_none());
    let way = |article| format!("{}#note_{}", relative(at, &route(context.dossier, article)), annotation.meta.id);
    article.map(|article| way(Node::Article(article))).unwrap_or_default()
}

/// The places at which a body names a record.
pub fn named(context: &Context<'_>, at: &str, from: Node, mentions: &[Spot]) -> Vec<Spoken> {
    let Some(located) = context.links.bodies.get(&from) else { return Vec::new() };
    let page = relative(at, &route(context.dossier, from));
    let spoken = |spot: &Spot| Spoken {
        range: spot.range(),
        sentence: Around { range: spot.sentence(), cut: spot.cut() },
        href: format!("{page}#{}", place_id(located.place_number(spot))),
    };
    mentions.iter().map(spoken).collect()
}

/// The passage of an annotation, on its article's page; nothing for one that stands nowhere.
pub fn annotated(context: &Context<'_>, at: &str, id: Id<Annotation>) -> Option<Spoken> {
    let from = Node::Article(context.dossier.article_of(id)?);
    let (range, text) = (context.links.anchor(id)?.range, &context.links.bodies.get(&from)?.prose.text);
    let page = relative(at, &route(context.dossier, from));
    let sentence = sentence::around(text, &range);
    Some(Spoken { sentence, range, href: format!("{page}#{}", context.dossier.annotations[id].meta.id) })
}

/// The sentences around places in a body, each once, with the places marked.
pub fn sentences(context: &Context<'_>, from: Node, mut spoken: Vec<Spoken>) -> Vec<Sentence> {
    let text = context.links.bodies.get(&from).map_or("", |located| located.prose.text.as_str());
    let tongue = Tongue::new(context, context.language(from));
    spoken.sort_by_key(|spoken| (spoken.sentence.range.start, spoken.range.start, spoken.range.end));
    let mut sentences: Vec<(Around, Vec<Spoken>)> = Vec::new();
    for spoken in spoken {
        match sentences.last_mut() {
            // A passage of several sentences has those of the mentions in it.
            Some((around, inside)) if spoken.sentence.range.start < around.range.end => {
                around.extend(&spoken.sentence);
                inside.push(spoken);
            }
            _ => sentences.push((spoken.sentence.clone(), vec![spoken])),
        }
    }
    let sentence = |(around, inside): (Around, Vec<Spoken>)| Sentence {
        text_html: marked(text, &around, inside),
        tongue: tongue.clone(),
        href: String::new(),
    };
    sentences.into_iter().map(sentence).collect()
}

/// A sentence as HTML, with each place in `mark`, a link to where it stands.
fn marked(text: &str, around: &Around, mut spoken: Vec<Spoken>) -> String {
    let (cut, around) = (around.cut, &around.range);
    spoken.sort_by_key(|spoken| (spoken.range.start, spoken.range.end));
    let mut html = String::with_capacity(around.len() + spoken.len() * "<a href=\"\"><mark></mark></a>".len() * 3);
    html += cut.opening();
    let mut at = around.start;
    for Spoken { range, href, .. } in spoken {
        // Two places may share words; the first has them. A sentence that was cut has not all of a long passage.
        let (start, end) = (range.start.max(at), range.end.min(around.end));
        if start < end {
            escape(&mut html, &text[at..start]);
            html += "<a href=\"";
            escape(&mut html, &href);
            html += "\"><mark>";
            escape(&mut html, &text[start..end]);
            html += "</mark></a>";
            at = end;
        }
    }
    escape(&mut html, &text[at..around.end]);
    html += cut.closing();
    html
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::{Spoken, marked};
    use crate::link::sentence::{Around, Cut};

    #[test]
    fn mentions_are_marked_and_the_text_is_escaped() {
        let text = "A & B met C. D.";
        let link = |words: &str| format!("<a href=\"p#m_0\"><mark>{words}</mark></a>");
        let whole = Around { range: 0..12, cut: Cut::default() };
        let spoken =
            |mark: &Range<usize>| Spoken { range: mark.clone(), sentence: whole.clone(), href: "p#m_0".to_owned() };
        for (marks, expected) in [
            (&[][..], "A &amp; B met C.".to_owned()),
            (&[0..1, 10..11], format!("{} &amp; B met {}.", link("A"), link("C"))),
            (&[0..5, 4..5], format!("{} met C.", link("A &amp; B"))),
            (&[0..1, 13..14], format!("{} &amp; B met C.", link("A"))),
            (&[10..14, 0..1], format!("{} &amp; B met {}", link("A"), link("C."))),
        ] {
            assert_eq!(marked(text, &whole, marks.iter().map(spoken).collect()), expected);
        }
        let part = Around { range: 6..12, cut: Cut { start: true, end: true } };
        assert_eq!(marked(text, &part, vec![spoken(&(10..11))]), format!("…\u{a0}met {}.\u{a0}…", link("C")));
    }
}
