//! What each page shows: one struct a family of pages, and what all of them have around their content.

use serde::Serialize;

use super::Context;
use super::around::Writer;
use super::routes::{PageKey, relative};
use crate::resolve::{Dossier, Node};

/// All that a template can see of one page.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum View {
    /// `home.html`
    Home(Home),
}

impl View {
    /// The template that shows it.
    pub fn template(&self) -> &'static str {
        match self {
            Self::Home(_) => "home.html",
        }
    }
}

/// What every template sees as `site`.
#[derive(Clone, Debug, Serialize)]
pub struct Site {
    /// The dossier's name.
    pub title: String,
    /// The interface's language, a BCP 47 tag.
    pub language: String,
    /// One sentence on the dossier.
    pub description: String,
    /// Who answers for it.
    pub publisher: String,
    /// Their address.
    pub publisher_url: String,
    /// Where errors are reported.
    pub corrections: String,
}

impl Site {
    /// From the settings.
    pub fn of(dossier: &Dossier) -> Self {
        let settings = &dossier.settings;
        Self {
            title: settings.title.clone(),
            language: settings.language.clone(),
            description: settings.description.clone(),
            publisher: settings.publisher.name.clone(),
            publisher_url: settings.publisher.url.clone(),
            corrections: settings.publisher.corrections.clone(),
        }
    }
}

/// What every page has around its content; `page.head` in templates.
#[derive(Clone, Debug, Serialize)]
pub struct Head {
    /// The page's title.
    pub title: String,
    /// One or two sentences, without markup.
    pub description: String,
    /// The way to the site's root: empty, or `../`.
    pub root: String,
    /// Its absolute address.
    pub canonical: String,
    /// Which entry of the navigation it belongs to: `articles`, `entities` …; empty for none.
    pub section: &'static str,
    /// The language of its main text.
    pub language: String,
}

impl Head {
    /// For the page at `route`.
    pub fn new(context: &Context<'_>, route: &str, title: &str, section: &'static str) -> Self {
        Self {
            title: title.to_owned(),
            description: String::new(),
            root: "../".repeat(route.matches('/').count()),
            canonical: format!("{}{route}", context.dossier.settings.base_url),
            section,
            language: context.dossier.settings.language.clone(),
        }
    }
}

/// A link to a node's page.
#[derive(Clone, Debug, Serialize)]
pub struct NodeLink {
    /// The address, relative to the page.
    pub href: String,
    /// What it is called.
    pub title: String,
    /// Its kind: `article`, `entity` …
    pub kind: &'static str,
    /// The language of its name.
    pub language: String,
}

impl NodeLink {
    /// The link from the page at `from` to a node.
    pub fn new(context: &Context<'_>, from: &str, node: Node) -> Self {
        Self {
            href: relative(from, &super::routes::route(context.dossier, node)),
            title: context.dossier.title(node).to_owned(),
            kind: Dossier::kind(node).map_or("home", |kind| kind.name()),
            language: context.language(node).to_owned(),
        }
    }
}

/// The view of the page at a route; `None` for what is no page.
pub fn view(context: &Context<'_>, route: &str, key: &PageKey) -> Option<View> {
    Some(match key {
        PageKey::Home => View::Home(Home::new(context, route)),
        _ => return None,
    })
}

/// The briefing.
#[derive(Clone, Debug, Serialize)]
pub struct Home {
    /// Around the content.
    pub head: Head,
    /// The text, block by block.
    pub blocks_html: Vec<String>,
}

impl Home {
    fn new(context: &Context<'_>, route: &str) -> Self {
        let head = Head::new(context, route, context.dossier.title(Node::Home), "home");
        let writer = Writer::new(*context, Node::Home, route);
        let body = context.dossier.home.as_ref().map(|home| writer.body(&home.body, &[], &[]));
        let blocks_html = body.unwrap_or_default().blocks.into_iter().map(|block| block.html).collect();
        Self { head, blocks_html }
    }
}
