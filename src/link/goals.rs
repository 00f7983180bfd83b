//! Places in pages that links name: `#the-works` leads to the heading "The works", by the id that it has there.
//!
//! What a text has is known from the text. What else is on a page follows from its template, so a name that the text does not
//! have is only in doubt, until the page has been made (`Site::broken_anchors`).

use std::collections::{BTreeMap, BTreeSet};

use super::bodies::Bodies;
use crate::base::address::unescaped_path;
use crate::base::id::slug_of;
use crate::base::nearest::nearest;
use crate::base::span::Span;
use crate::model::annotation::AnnotationKind;
use crate::resolve::PlaceLink;
use crate::resolve::{Dossier, Node};
use crate::syntax::markdown::Body;
use crate::syntax::markdown::html::{Surroundings, anchor_id, heading_id, render};

/// Where links to places in pages lead.
#[derive(Clone, Debug, Default)]
pub struct Goals {
    /// By the page and the name that is written, the id that it has, where that is another.
    ids: BTreeMap<(Node, String), String>,
    /// Names that no text has.
    pub doubtful: Vec<Doubt>,
}

/// A name of which the page itself must show whether it has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// Whose page.
    pub node: Node,
    /// The name, as it would be an id.
    pub name: String,
    /// Where it is written.
    pub span: Span,
    /// The name that was most likely meant.
    pub near: Option<String>,
    /// What its text has, in order; the first of them.
    pub names: Vec<String>,
}

/// So many names are shown of a page.
const SHOWN: usize = 8;

/// For so many wrong names of a page the nearest right one is looked for: each is compared with all that the page has.
const COMPARED: usize = 200;

impl Goals {
    /// Follows all links to places in pages.
    pub(super) fn of(dossier: &Dossier, bodies: &Bodies) -> Self {
        let mut goals = Self::default();
        let mut pages: BTreeMap<Node, Vec<&PlaceLink>> = BTreeMap::new();
        for (node, _) in dossier.subjects() {
            let article = if let Node::Article(id) = node { Some(id) } else { None };
            let annotations = article.map(|id| dossier.outgoing_of_annotations(id));
            for link in dossier.outgoing(node).into_iter().chain(annotations).flat_map(|outgoing| &outgoing.places) {
                pages.entry(link.to.unwrap_or(node)).or_default().push(link);
            }
        }
        for (node, links) in pages {
            let ids = ids(dossier, bodies, node);
            let names: Vec<String> = ids.iter().filter_map(|id| written(id)).collect();
            let before = goals.doubtful.len();
            for link in links {
                let compared = if goals.doubtful.len() - before < COMPARED { &*names } else { &[] };
                goals.follow(node, link, &ids, &names, compared);
            }
        }
        goals
    }

    fn follow(&mut self, node: Node, link: &PlaceLink, ids: &BTreeSet<String>, names: &[String], compared: &[String]) {
        let name = unescaped_path(&link.name);
        let heading = heading_id(&slug_of(&name, SLUG));
        let known =
            [name.clone(), anchor_id(&name), heading_id(&name), heading].into_iter().find(|id| ids.contains(id));
        match known {
            Some(id) if id == link.name => {}
            Some(id) => drop(self.ids.insert((node, link.name.clone()), id)),
            None => {
                let near = nearest(&name, compared.iter().map(String::as_str)).map(str::to_owned);
                let names = names.iter().take(SHOWN).cloned().collect();
                self.doubtful.push(Doubt { node, name, span: link.span, near, names });
            }
        }
    }

    /// The id on the page of a node of what is called `name` there.
    pub fn id<'a>(&'a self, node: Node, name: &'a str) -> &'a str {
        if self.ids.is_empty() {
            return name;
        }
        self.ids.get(&(node, name.to_owned())).map_or(name, String::as_str)
    }
}

/// The longest slug of a heading, in bytes.
const SLUG: usize = 60;

/// How a link names a place with that id; footnotes and passages have their own links.
fn written(id: &str) -> Option<String> {
    let name = id.strip_prefix("h_").or_else(|| id.strip_prefix("a_"))?;
    (!name.is_empty()).then(|| name.to_owned())
}

/// The ids that a node's text has on its page.
fn ids(dossier: &Dossier, bodies: &Bodies, node: Node) -> BTreeSet<String> {
    let mut ids =
        dossier.record(node).and_then(|record| record.body()).map(|body| in_text(dossier, body)).unwrap_or_default();
    let Node::Article(article) = node else { return ids };
    for (item, annotation) in dossier.shared_annotations_of(article).iter().enumerate() {
        let has_note = !matches!(&annotation.kind, AnnotationKind::Mention(mention) if mention.note.0.is_empty());
        if has_note && bodies.get(&node).is_some_and(|located| located.anchor(item).is_some()) {
            ids.insert(format!("note_{}", annotation.meta.id));
            ids.insert(annotation.meta.id.clone());
        }
    }
    ids
}

fn in_text(dossier: &Dossier, body: &Body) -> BTreeSet<String> {
    let name = |target: &str| dossier.find(target, crate::model::value::Kind::ALL).ok();
    let name = |target: &str| name(target).map(|node| dossier.title_in_text(node).to_owned());
    let address = |target: &str, _: bool| Some(target.to_owned());
    let around = Surroundings { name: &name, address: &address, picture: &|_| None, anchors: "", above: 0 };
    let rendered = render(body, &[], &[], &around);
    let texts = rendered.blocks.iter().map(|block| &block.html).chain(rendered.footnotes.iter().map(|note| &note.html));
    let found =
        texts.flat_map(|html| html.split(" id=\"").skip(1)).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned()));
    found.chain(rendered.footnotes.iter().map(|note| format!("fn_{}", note.number))).collect()
}
