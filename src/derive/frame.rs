//! What the pages of a section have around them: what a browser may load, the ways to all lists and pages. It is the same for
//! thousands of pages, and made once.

use serde::Serialize;

use super::Context;
use super::head::Head;
use super::routes::{ListOf, route};
use crate::resolve::Node;

/// What a page may load and do: what comes from its own host, and nothing that stands in the page itself.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; \
                          connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'";

/// Around the pages of a section; `frame` in templates.
#[derive(Clone, Debug, Serialize)]
pub struct Frame {
    /// What the page may load: its Content-Security-Policy.
    pub policy: &'static str,
    /// The way to the site's root: empty, `../`, or for a page that is served at any depth the path of `base_url`.
    pub root: String,
    /// Which entry of the navigation it belongs to: `articles`, `entities` …; empty for none.
    pub section: &'static str,
    /// Whether the site has drafts in it, so that search engines are to leave it alone.
    pub drafts: bool,
    /// The page that searches; empty on itself, and where there is no search.
    pub search: String,
    /// The ways in, in the order of the bar.
    pub navigation: Vec<NavigationLink>,
    /// The pages that editors wrote: method, about …
    pub pages: Vec<NavigationLink>,
    /// What `links.html` makes of it: what the browser is told and loads.
    pub links_html: String,
    /// What `bar.html` makes of it: the head of the page.
    pub bar_html: String,
    /// What `foot.html` makes of it: the foot of the page.
    pub foot_html: String,
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

impl Frame {
    /// For the page at `at` with this head. What templates make of it is still empty.
    pub fn new(context: &Context<'_>, at: &str, head: &Head) -> Self {
        Self {
            policy: POLICY,
            root: head.root.clone(),
            section: head.section,
            drafts: context.inputs.options.drafts,
            search: head.search.clone(),
            navigation: navigation(context, at, &head.root, head.section),
            pages: pages(context, at, &head.root),
            links_html: String::new(),
            bar_html: String::new(),
            foot_html: String::new(),
        }
    }
}

/// Whether the page at `at` has a frame of its own: it may be an entry of the navigation, which says where a reader is. All other
/// pages of a folder have the same.
pub fn is_own(at: &str) -> bool {
    at.rsplit_once('/').is_none_or(|(_, name)| name == "index.html")
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
