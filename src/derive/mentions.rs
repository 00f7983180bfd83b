//! Which mentions in a text become links: as `build.mentions` in `site.toml` says, so that a text stays readable.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::Context;
use super::routes::{relative, route};
use crate::link::locate::Located;
use crate::link::{Mention, MentionedBy};
use crate::model::annotation::AnnotationKind;
use crate::model::settings::MentionLinks;
use crate::resolve::Node;
use crate::syntax::markdown::marks::{MentionLink, PlaceInText};

/// The links for the mentions in the body of `node`, on the page at the route `page`; in order, none overlapping another.
pub fn links(context: &Context<'_>, node: Node, page: &str) -> Vec<MentionLink> {
    let Some(located) = context.links.bodies.get(&node) else { return Vec::new() };
    let which = context.dossier.settings.build.mentions;
    let chosen = chosen(which, &located.prose.sections, &located.mentions);
    let anchors = anchors(context, node, located);
    let link = |mention: &Mention| MentionLink {
        range: mention.range(),
        href: relative(page, &route(context.dossier, mention.of)),
        id: match mention.by {
            MentionedBy::Annotation => anchors.get(&place(&mention.range())).map(|id| (*id).to_owned()),
            _ => None,
        },
    };
    chosen.into_iter().map(link).collect()
}

/// The mentions that become links. One that an editor annotated always does; one that the author linked is a link already,
/// and counts as the first of its record.
fn chosen<'a>(which: MentionLinks, sections: &[usize], mentions: &'a [Mention]) -> Vec<&'a Mention> {
    let mut seen: BTreeSet<(Node, usize)> = BTreeSet::new();
    let mut end = 0;
    let mut chosen = Vec::new();
    for mention in mentions {
        let section = match which {
            MentionLinks::Section => sections.partition_point(|start| *start <= mention.range().start),
            _ => 0,
        };
        let first = seen.insert((mention.of, section));
        let wanted = match (mention.by, which) {
            (MentionedBy::Reference, _) | (MentionedBy::Alias, MentionLinks::None) => false,
            (MentionedBy::Annotation, _) | (MentionedBy::Alias, MentionLinks::All) => true,
            (MentionedBy::Alias, MentionLinks::Section | MentionLinks::First) => first,
        };
        if wanted && mention.range().start >= end && !mention.range().is_empty() {
            end = mention.range().end;
            chosen.push(mention);
        }
    }
    chosen
}

/// The anchors of all places at which the body of `node` names something, so that who is named can lead there.
pub fn places(context: &Context<'_>, node: Node) -> Vec<PlaceInText> {
    let places = context.links.bodies.get(&node).map_or(&[][..], Located::places).iter();
    places.enumerate().map(|(number, at)| PlaceInText { at: *at as usize, id: place_id(number) }).collect()
}

/// The id of a place by its number. No annotation's id has an underscore.
pub fn place_id(number: usize) -> String {
    format!("m_{number}")
}

/// Where a passage starts and ends.
fn place(range: &Range<usize>) -> (usize, usize) {
    (range.start, range.end)
}

/// The anchors of annotated mentions by their places: the id of the annotation, unless that has a note and so a mark of its own.
/// Of two on one passage, the first counts.
fn anchors<'a>(context: &Context<'a>, node: Node, located: &Located) -> BTreeMap<(usize, usize), &'a str> {
    let mut anchors = BTreeMap::new();
    let Node::Article(article) = node else { return anchors };
    for (item, (_, annotation)) in context.dossier.annotations_of(article).enumerate() {
        let plain = matches!(&annotation.kind, AnnotationKind::Mention(mention) if mention.note.0.is_empty());
        if let Some(anchor) = located.anchor(item).filter(|_| plain) {
            anchors.entry(place(&anchor.range)).or_insert(annotation.meta.id.as_str());
        }
    }
    anchors
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::id::Id;

    /// `12a0`: at 12, by alias (`a`), annotation (`n`) or reference (`r`), of record 0; each three bytes long.
    fn mentions(text: &str) -> Vec<Mention> {
        let parse = |item: &str| {
            let at = item.find(char::is_alphabetic).expect("a letter");
            let start: usize = item[..at].parse().expect("a place");
            let by = match &item[at..=at] {
                "a" => MentionedBy::Alias,
                "n" => MentionedBy::Annotation,
                _ => MentionedBy::Reference,
            };
            let of = Node::Entity(Id::new(item[at + 1..].parse().expect("a number")));
            Mention::new(of, start..start + 3, by)
        };
        text.split_whitespace().map(parse).collect()
    }

    #[test]
    fn mentions_become_links_as_the_settings_say() {
        for (which, text, expected) in [
            (MentionLinks::Section, "0a0 5a0 9a1 20a0 25a1 28a1", vec![0, 9, 20, 25]),
            (MentionLinks::First, "0a0 5a0 9a1 20a0 25a1", vec![0, 9]),
            (MentionLinks::All, "0a0 5a0 20r0", vec![0, 5]),
            (MentionLinks::None, "0a0 5n0 9n0", vec![5, 9]),
            // The author's own link is the first.
            (MentionLinks::Section, "0r0 5a0 21a0", vec![21]),
            // Annotated ones are links wherever they are, but for those over another.
            (MentionLinks::Section, "0a0 5n0 6n1 9n0", vec![0, 5, 9]),
            (MentionLinks::Section, "5n0 10a0", vec![5]),
        ] {
            let mentions = mentions(text);
            let starts: Vec<usize> =
                chosen(which, &[0, 20], &mentions).into_iter().map(|mention| mention.range().start).collect();
            assert_eq!(starts, expected, "{which:?} {text}");
        }
    }
}
