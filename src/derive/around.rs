//! Markdown as a page shows it: links lead where the dossier has them, relative to the page.

use super::Context;
use super::copies::copied;
use super::routes::{relative, route};
use crate::base::address;
use crate::resolve::Node;
use crate::resolve::destination::{Destination, is_place};
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
        let name = |target: &str| self.name(target);
        let body = Body::new(markdown.into(), 0, RawMode::Sanitize);
        let text = body.named(&name).map_or(body.prose, |(prose, _)| prose).text.clone();
        // A space that does not break is a writer's own: French has one before `;`.
        text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn with<T>(&self, render: impl FnOnce(&Surroundings<'_>) -> T) -> T {
        let name = |target: &str| self.name(target);
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
        match self.destination(target, wiki)? {
            Destination::Record(node, behind) => {
                let place = self.context.links.goals.id(node, &behind.place);
                Some(self.way(&route(self.context.dossier, node)) + &behind.written(place))
            }
            Destination::File(path, behind) => Some(self.way_to_copy(&path)? + &behind.written(&behind.place)),
            Destination::Here(name) => Some(self.here(&name)),
            Destination::Elsewhere(address) => Some(address),
            Destination::Nowhere => None,
        }
    }

    /// A place in the text's own page, seen from the page on which the text stands. What the desk says of an article is read with it.
    fn here(&self, name: &str) -> String {
        let dossier = self.context.dossier;
        let own = match self.node {
            Node::Check(check) => dossier.article_of(check).map_or(self.node, Node::Article),
            node => node,
        };
        let (page, id) = (route(dossier, own), self.context.links.goals.id(own, name));
        match (is_place(name), page == self.page && self.base.is_empty()) {
            (true, _) if !self.anchors.is_empty() => format!("#{}{id}", self.anchors),
            (_, true) => format!("#{id}"),
            (_, false) => format!("{}#{id}", self.way(&page)),
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
            Destination::File(path, behind) => Some(self.way_to_copy(&path)? + &behind.written(&behind.place)),
            _ => None,
        }
    }

    fn destination(&self, target: &str, wiki: bool) -> Option<Destination> {
        Some(self.context.dossier.destination(self.folder()?, target, wiki))
    }

    fn name(&self, target: &str) -> Option<String> {
        self.context.dossier.name_of_target(self.folder()?, target).map(str::to_owned)
    }

    /// The folder of the file that the text stands in.
    fn folder(&self) -> Option<&'a str> {
        let Context { inputs, dossier, .. } = self.context;
        Some(inputs.file(dossier.record(self.node)?.meta().at.file).folder())
    }
}
