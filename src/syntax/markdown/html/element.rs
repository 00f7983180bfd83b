//! Tags of raw HTML with addresses: they lead where those of Markdown lead.

use pulldown_cmark::Event;

use super::super::raw::Element;
use super::{Writer, escaped, href, html};

impl<'a> Writer<'a> {
    /// An opening tag. In its links, as in those of Markdown, no other link may stand.
    pub(super) fn element(&mut self, element: &Element, out: &mut Vec<Event<'a>>) {
        let anchor = self.anchor(element);
        let attributes = [anchor.as_str(), &element.attributes].concat();
        match element.name.as_str() {
            "a" => self.raw_link(element, &attributes, out),
            "img" => self.raw_picture(element, &attributes, out),
            "video" | "audio" => self.raw_player(element, &attributes, out),
            "iframe" => self.elsewhere(element, "", out),
            name @ ("source" | "track") => {
                if let Some(address) = self.shown(element, "src") {
                    out.push(html(format!("<{name} src=\"{address}\"{attributes}>")));
                }
            }
            name => out.push(html(super::super::raw::start_of(name, &attributes))),
        }
    }

    /// The attribute by which others lead to it. Of two with one name the first has it.
    fn anchor(&mut self, element: &Element) -> String {
        let Some(name) = element.anchor.as_ref().filter(|_| self.form == super::Form::Body) else {
            return String::new();
        };
        if !self.anchors.insert(name.clone()) {
            return String::new();
        }
        format!(" id=\"{}{}\"", self.around.anchors, escaped(&super::anchor_id(name)))
    }

    fn raw_link(&mut self, element: &Element, attributes: &str, out: &mut Vec<Event<'a>>) {
        let address = element.addresses.first().and_then(|address| (self.around.address)(&address.target, false));
        let address = address.filter(|_| !self.links.contains(&true) && self.pictures.is_empty());
        self.links.push(address.is_some());
        if let Some(address) = address {
            out.push(html(format!("<a href=\"{}\"{}{attributes}>", href(&address), rel(&address))));
        }
    }

    /// A picture of the dossier, or a link to one elsewhere. In a link it is only its words.
    fn raw_picture(&mut self, element: &Element, attributes: &str, out: &mut Vec<Event<'a>>) {
        match self.shown(element, "src") {
            Some(address) => out.push(html(format!("<img src=\"{address}\"{attributes}>"))),
            None => self.elsewhere(element, attributes, out),
        }
    }

    fn raw_player(&mut self, element: &Element, attributes: &str, out: &mut Vec<Event<'a>>) {
        let source = self.shown(element, "src");
        if source.is_none() && element.addresses.iter().any(|address| address.attribute == "src") {
            return self.elsewhere(element, attributes, out);
        }
        let written = |name: &str, address: Option<String>| {
            address.map(|address| format!(" {name}=\"{address}\"")).unwrap_or_default()
        };
        let (source, poster) = (written("src", source), written("poster", self.shown(element, "poster")));
        let preload = if attributes.contains(" preload=") { "" } else { " preload=\"metadata\"" };
        out.push(html(format!("<{} controls{preload}{source}{poster}{attributes}>", element.name)));
        self.players += 1;
    }

    /// A player ends; one that became a link has no end.
    pub(super) fn end_player(&mut self, tag: &str, out: &mut Vec<Event<'a>>) {
        if self.players > 0 {
            self.players -= 1;
            out.push(html(tag.to_owned()));
        }
    }

    /// A link to what a page cannot show, with its words or else its address.
    fn elsewhere(&mut self, element: &Element, attributes: &str, out: &mut Vec<Event<'a>>) {
        let words = ["alt", "title"].iter().find_map(|name| attribute(&element.attributes, name));
        let linked = self.links.contains(&true) || !self.pictures.is_empty();
        let address = element.addresses.iter().find(|address| address.attribute == "src");
        let address = address.and_then(|address| (self.around.address)(&address.target, false)).filter(|_| !linked);
        let id = attribute(attributes, "id").map(|id| format!(" id=\"{id}\"")).unwrap_or_default();
        match (address, words) {
            (Some(address), words) => {
                let (href, rel) = (href(&address), rel(&address));
                let words = words.map_or_else(|| escaped(&address), str::to_owned);
                out.push(html(format!("<a href=\"{href}\"{rel}{id}>{words}</a>")));
            }
            (None, Some(words)) => out.push(html(format!("<span{id}>{words}</span>"))),
            (None, None) => {}
        }
    }

    /// The address of a file of the dossier that a page may show.
    fn shown(&self, element: &Element, attribute: &str) -> Option<String> {
        let address = element.addresses.iter().find(|address| address.attribute == attribute)?;
        (self.around.picture)(&address.target).map(|address| href(&address))
    }
}

/// The value of an attribute, as it is written.
fn attribute<'t>(attributes: &'t str, name: &str) -> Option<&'t str> {
    let (_, value) = attributes.split_once(&format!(" {name}=\""))?;
    Some(value.split_once('"')?.0).filter(|value| !value.is_empty())
}

/// What a link to another site says of itself.
fn rel(address: &str) -> &'static str {
    if address.starts_with("http") && address.contains("://") { " rel=\"noopener noreferrer\"" } else { "" }
}
