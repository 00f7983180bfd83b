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
use crate::syntax::markdown::marks::Overlay;

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
    /// The name, as it is written.
    pub name: String,
    /// The id that it would have.
    pub id: String,
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
            let known = known(dossier, bodies, node);
            let before = goals.doubtful.len();
            for link in links {
                let compared = if goals.doubtful.len() - before < COMPARED { &*known.names } else { &[] };
                goals.follow(node, link, &known, compared);
            }
        }
        goals
    }

    fn follow(&mut self, node: Node, link: &PlaceLink, known: &Known, compared: &[String]) {
        let name = unescaped_path(&link.name);
        let heading = heading_id(&slug_of(&name, SLUG));
        let forms = [name.clone(), anchor_id(&name), heading_id(&name), heading];
        let found = forms.into_iter().find(|id| known.ids.contains(id)).or_else(|| by_other_programs(&name, known));
        let id = found.clone().or_else(|| own_place(node, &name)).unwrap_or_else(|| name.clone());
        if found.is_none() {
            let near = nearest(&name, compared.iter().map(String::as_str)).map(str::to_owned);
            let names = known.names.iter().take(SHOWN).cloned().collect();
            self.doubtful.push(Doubt { node, name, id: id.clone(), span: link.span, near, names });
        }
        if id != link.name {
            self.ids.insert((node, link.name.clone()), id);
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

/// What stands on the page of a node because of its text.
#[derive(Default)]
struct Known {
    ids: BTreeSet<String>,
    /// How links name those of its text that have no links of their own.
    names: Vec<String>,
    /// The id of the first heading with some words, by their letters.
    headings: BTreeMap<String, String>,
}

/// The letters and digits of a text, in lower case and without accents: all that is the same in the anchors of all programs.
fn letters(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    slug_of(&text, usize::MAX).replace('-', "")
}

/// A heading by the anchor that other programs give it: GitHub leaves signs out (`#v12` for "v1.2"), and calls the second "The works"
/// `#the-works-1`.
fn by_other_programs(name: &str, known: &Known) -> Option<String> {
    known.headings.get(&letters(name)).cloned().or_else(|| {
        let (first, number) = name.rsplit_once('-')?;
        let first = known.headings.get(&letters(first))?;
        let id = format!("{first}_{}", number.parse::<usize>().ok()?.checked_add(1)?);
        known.ids.contains(&id).then_some(id)
    })
}

/// What a page itself has beside a text. On the page of an article no id of its own is one that an annotation can have: each has an
/// underscore, and a text may name it without what is before that.
fn own_place(node: Node, name: &str) -> Option<String> {
    let own = match node {
        Node::Article(_) => &["main", "footnotes", "mentions", "mentioned-in", "referred-by"][..],
        _ => &["main"],
    };
    own.contains(&name).then(|| format!("page_{name}"))
}

/// The longest slug of a heading, in bytes.
const SLUG: usize = 60;

/// How a link names a place with that id; footnotes and passages have their own links.
fn written(id: &str) -> Option<String> {
    let name = id.strip_prefix("h_").or_else(|| id.strip_prefix("a_"))?;
    (!name.is_empty()).then(|| name.to_owned())
}

fn known(dossier: &Dossier, bodies: &Bodies, node: Node) -> Known {
    let body = dossier.record(node).and_then(|record| record.body());
    let mut known = body.map(|body| in_text(dossier, node, body)).unwrap_or_default();
    let Node::Article(article) = node else { return known };
    for (item, annotation) in dossier.shared_annotations_of(article).iter().enumerate() {
        let has_note = !matches!(&annotation.kind, AnnotationKind::Mention(mention) if mention.note.0.is_empty());
        if has_note && bodies.get(&node).is_some_and(|located| located.anchor(item).is_some()) {
            known.ids.insert(format!("note_{}", annotation.meta.id));
            known.ids.insert(annotation.meta.id.clone());
        }
    }
    known
}

fn in_text(dossier: &Dossier, node: Node, body: &Body) -> Known {
    let leads = dossier.outgoing(node).map_or(&[][..], |outgoing| &outgoing.links);
    let name = |target: &str| {
        let link = body.links.iter().position(|link| link.bare && &*link.target == target)?;
        leads.get(link).copied().flatten().map(|node| dossier.title_in_text(node).to_owned())
    };
    let address = |target: &str, _: bool| Some(target.to_owned());
    let around = Surroundings { name: &name, address: &address, picture: &|_| None, anchors: "", above: 0 };
    let rendered = render(body, &Overlay::default(), &around);
    let texts = rendered.blocks.iter().map(|block| &block.html).chain(rendered.footnotes.iter().map(|note| &note.html));
    let found =
        texts.flat_map(|html| html.split(" id=\"").skip(1)).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned()));
    let ids: BTreeSet<String> =
        found.chain(rendered.footnotes.iter().map(|note| format!("fn_{}", note.number))).collect();
    let mut headings = BTreeMap::new();
    for heading in rendered.headings {
        headings.entry(letters(&heading.text)).or_insert(heading.id);
    }
    headings.remove("");
    Known { names: ids.iter().filter_map(|id: &String| written(id)).collect(), ids, headings }
}
