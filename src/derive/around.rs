//! Markdown as a page shows it: links lead where the dossier has them, relative to the page.

use super::Context;
use super::copies::copied;
use super::routes::{relative, route};
use crate::base::address;
use crate::model::value::Kind;
use crate::resolve::Node;
use crate::resolve::destination::Destination;
use crate::syntax::markdown::Body;
use crate::syntax::markdown::html::{self, Rendered, Surroundings};
use crate::syntax::markdown::marks::Overlay;
use crate::syntax::markdown::reading::RawMode;

/// Writes the Markdown of one record into one page.
pub struct Writer<'a> {
    context: Context<'a>,
    /// The record whose Markdown it is.
    node: Node,
    /// The page it is written into.
    page: &'a str,
    /// What all anchors begin with.
    anchors: String,
    /// How many levels of headings are above the text.
    above: u8,
    /// What the way to a page begins with; empty for relative links.
    base: &'a str,
}

impl<'a> Writer<'a> {
    /// For the Markdown of `node` on the page at the route `page`.
    pub fn new(context: Context<'a>, node: Node, page: &'a str) -> Self {
        Self { context, node, page, anchors: String::new(), above: 0, base: "" }
    }

    /// For a text among others on one page: its anchors begin with `anchors`, its headings go `above` levels down.
    pub fn among(mut self, anchors: String, above: u8) -> Self {
        (self.anchors, self.above) = (anchors, above);
        self
    }

    /// With absolute links, for a text that is read elsewhere; the page is one at the site's root.
    pub fn absolute(mut self) -> Self {
        self.base = &self.context.dossier.settings.base_url;
        self
    }

    /// The body, with marks over it.
    pub fn body(&self, body: &Body, overlay: &Overlay<'_>) -> Rendered {
        self.with(|around| html::render(body, overlay, around))
    }

    /// A short text as blocks of HTML.
    pub fn blocks(&self, markdown: &str) -> String {
        self.with(|around| html::short(markdown, around))
    }

    /// A short text as the content of one line of HTML.
    pub fn inline(&self, markdown: &str) -> String {
        self.with(|around| html::inline(markdown, around))
    }

    /// A short text without its markup, on one line.
    pub fn plain(&self, markdown: &str) -> String {
        if markdown.is_empty() {
            return String::new();
        }
        let dossier = self.context.dossier;
        let name =
            |target: &str| dossier.find(target, Kind::ALL).ok().map(|node| dossier.title_in_text(node).to_owned());
        let body = Body::new(markdown.into(), 0, RawMode::Sanitize);
        let text = body.named(&name).map_or(body.prose, |(prose, _)| prose).text.clone();
        // A space that does not break is a writer's own: French has one before `;`.
        text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn with<T>(&self, render: impl FnOnce(&Surroundings<'_>) -> T) -> T {
        let dossier = self.context.dossier;
        let name =
            |target: &str| dossier.find(target, Kind::ALL).ok().map(|node| dossier.title_in_text(node).to_owned());
        let address = |target: &str, wiki: bool| self.address(target, wiki);
        let picture = |target: &str| self.picture(target);
        render(&Surroundings {
            name: &name,
            address: &address,
            picture: &picture,
            anchors: &self.anchors,
            above: self.above,
        })
    }

    fn address(&self, target: &str, wiki: bool) -> Option<String> {
        let dossier = self.context.dossier;
        match self.destination(target, wiki)? {
            Destination::Record(node, fragment) => Some(self.way(&route(dossier, node)) + &self.place(node, &fragment)),
            Destination::File(path) => self.way_to_copy(&path),
            Destination::Elsewhere(address) if address.starts_with('#') => Some(self.here(&address)),
            Destination::Elsewhere(address) => Some(address),
            Destination::Nowhere => None,
        }
    }

    /// A place in a page by the id that it has there; `#` and all.
    fn place(&self, node: Node, fragment: &str) -> String {
        let name = fragment.strip_prefix('#').unwrap_or_default();
        if name.is_empty() { String::new() } else { format!("#{}", self.context.links.goals.id(node, name)) }
    }

    /// A place in the text's own page, seen from the page on which the text stands. What the desk says of an article is read with it.
    fn here(&self, fragment: &str) -> String {
        let dossier = self.context.dossier;
        let own = match self.node {
            Node::Check(check) => dossier.article_of(check).map_or(self.node, Node::Article),
            node => node,
        };
        let place = self.place(own, fragment);
        match (route(dossier, own), place.strip_prefix('#')) {
            (_, None) => fragment.to_owned(),
            (_, Some(id)) if !self.anchors.is_empty() => format!("#{}{id}", self.anchors),
            (own, _) if own == self.page && self.base.is_empty() => place,
            (own, _) => self.way(&own) + &place,
        }
    }

    fn way(&self, to: &str) -> String {
        format!("{}{}", self.base, relative(self.page, to))
    }

    fn way_to_copy(&self, path: &str) -> Option<String> {
        let to = copied(&self.context.routes.copies, self.node, path)?;
        Some(self.way(&address::escaped_path(to)))
    }

    fn picture(&self, target: &str) -> Option<String> {
        match self.destination(target, false)? {
            Destination::File(path) => self.way_to_copy(&path),
            _ => None,
        }
    }

    fn destination(&self, target: &str, wiki: bool) -> Option<Destination> {
        let Context { inputs, dossier, .. } = self.context;
        let folder = inputs.file(dossier.record(self.node)?.meta().at.file).folder();
        Some(dossier.destination(folder, target, wiki))
    }
}
