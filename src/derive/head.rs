//! What every page has around its content: its name, its address, the ways to all others.

use serde::Serialize;

use super::Context;
use super::parts::PartLinks;
use super::routes::{ListOf, route};
use crate::resolve::Node;

/// Around a page's content; `page.head` in templates.
#[derive(Clone, Debug, Serialize)]
pub struct Head {
    /// The page's title.
    pub title: String,
    /// What the browser shows: the page's title and the dossier's.
    pub document_title: String,
    /// One or two sentences, without markup.
    pub description: String,
    /// The way to the site's root: empty, `../`, or for a page that is served at any depth the path of `base_url`.
    pub root: String,
    /// Its absolute address; empty for a page that has none.
    pub canonical: String,
    /// Which entry of the navigation it belongs to: `articles`, `entities` …; empty for none.
    pub section: &'static str,
    /// The ways in, in the order of the bar.
    pub navigation: Vec<NavigationLink>,
    /// The pages that editors wrote: method, about …
    pub pages: Vec<NavigationLink>,
}

/// An entry of the navigation.
#[derive(Clone, Debug, Serialize)]
pub struct NavigationLink {
    /// The address.
    pub href: String,
    /// What it says.
    pub word: String,
    /// `page` for the page itself, `true` for the section it is in, else empty: the value of `aria-current`.
    pub current: &'static str,
}

impl Head {
    /// For the page at `at`, in a section of the navigation (`articles` …, or empty).
    pub fn new(context: &Context<'_>, at: &str, title: &str, section: &'static str) -> Self {
        let settings = &context.dossier.settings;
        let root = if at == "404.html" { path_of(&settings.base_url) } else { "../".repeat(at.matches('/').count()) };
        Self {
            title: title.to_owned(),
            document_title: document_title(title, &settings.title, at == "index.html"),
            description: String::new(),
            canonical: canonical(&settings.base_url, at),
            section,
            navigation: navigation(context, at, &root, section),
            pages: pages(context, at, &root),
            root,
        }
    }

    /// Of a further part of a page: the browser shows which.
    pub fn in_part(mut self, context: &Context<'_>, number: usize, parts: Option<&PartLinks>) -> Self {
        if let Some(parts) = parts.filter(|_| number > 1) {
            let title = context.locale.phrase("ui.label", &[("label", &self.title), ("value", &parts.title)]);
            self.document_title = document_title(&title, &context.dossier.settings.title, false);
        }
        self
    }

    /// With a description, as text without markup.
    pub fn describe(mut self, text: impl Into<String>) -> Self {
        self.description = text.into();
        self
    }
}

fn document_title(title: &str, dossier: &str, home: bool) -> String {
    match home || title == dossier || title.is_empty() {
        true => dossier.to_owned(),
        false => format!("{title} – {dossier}"),
    }
}

fn canonical(base: &str, at: &str) -> String {
    match at {
        "404.html" => String::new(),
        "index.html" => base.to_owned(),
        _ => format!("{base}{at}"),
    }
}

/// The path of an address, with a slash at its end: where a site begins on its host.
pub fn path_of(base: &str) -> String {
    url::Url::parse(base).map_or_else(|_| "/".to_owned(), |url| url.path().to_owned())
}

/// Lists that have rows, and the pages over all of them.
fn navigation(context: &Context<'_>, at: &str, root: &str, section: &str) -> Vec<NavigationLink> {
    let list = |list: ListOf| {
        (list.rows(context.dossier) > 0).then(|| (list.folder(), format!("{}/index.html", list.folder())))
    };
    let entries = [
        list(ListOf::Articles),
        list(ListOf::Checks),
        list(ListOf::Figures),
        list(ListOf::Events),
        Some(("timeline", "timeline.html".to_owned())),
        Some(("matrix", "matrix.html".to_owned())),
        list(ListOf::Entities),
        list(ListOf::Sources),
        Some(("corrections", "corrections.html".to_owned())),
    ];
    let entry = |(name, to): (&'static str, String)| NavigationLink {
        href: format!("{root}{to}"),
        word: context.word("nav", name),
        current: if to == at {
            "page"
        } else if name == section {
            "true"
        } else {
            ""
        },
    };
    entries.into_iter().flatten().map(entry).collect()
}

fn pages(context: &Context<'_>, at: &str, root: &str) -> Vec<NavigationLink> {
    let nodes = context.dossier.pages.iter().map(|(id, _)| Node::Page(id));
    let entry = |node| {
        let to = route(context.dossier, node);
        let current = if to == at { "page" } else { "" };
        NavigationLink { href: format!("{root}{to}"), word: context.dossier.title(node).to_owned(), current }
    };
    nodes.map(entry).collect()
}
