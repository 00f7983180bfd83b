//! Pages without a family: those that editors wrote, those that moved, and the one for addresses that lead nowhere.

use serde::Serialize;

use super::Context;
use super::around::Writer;
use super::head::Head;
use super::routes::relative;
use super::text::Text;
use crate::base::id::Id;
use crate::model::page::Page;
use crate::resolve::Node;

/// A page that editors wrote.
#[derive(Clone, Debug, Serialize)]
pub struct PageView {
    /// Around the content.
    pub head: Head,
    /// One or two sentences.
    pub summary_html: String,
    /// Its text.
    pub text: Text,
    /// Whether it is a draft.
    pub draft: bool,
}

impl PageView {
    /// The page at `route`.
    pub fn new(context: &Context<'_>, route: &str, id: Id<Page>) -> Self {
        let (page, node) = (&context.dossier.pages[id], Node::Page(id));
        let writer = Writer::new(*context, node, route);
        Self {
            head: Head::new(context, route, &page.keys.title, "").describe(writer.plain(&page.keys.summary.0)),
            summary_html: writer.inline(&page.keys.summary.0),
            text: Text::of(context, node, route),
            draft: page.meta.draft,
        }
    }
}

/// A page that moved.
#[derive(Clone, Debug, Serialize)]
pub struct RedirectView {
    /// Around the content; its address is the new one.
    pub head: Head,
    /// The way to the new address.
    pub href: String,
}

impl RedirectView {
    /// The page at `route`, which moved to the route `to`.
    pub fn new(context: &Context<'_>, route: &str, to: &str) -> Self {
        let mut head = Head::new(context, route, context.locale.word("redirect.title"), "");
        head.canonical = format!("{}{to}", context.dossier.settings.base_url);
        Self { head, href: relative(route, to) }
    }
}

/// The page for addresses that lead nowhere. A host may serve it at any depth.
#[derive(Clone, Debug, Serialize)]
pub struct NotFoundView {
    /// Around the content.
    pub head: Head,
}

impl NotFoundView {
    /// The page at `route`.
    pub fn new(context: &Context<'_>, route: &str) -> Self {
        Self { head: Head::new(context, route, context.locale.word("not_found.title"), "") }
    }
}
