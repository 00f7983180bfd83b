//! The home page: the briefing, and the dossier's state at a glance.

use serde::Serialize;

use super::Context;
use super::around::Writer;
use super::head::Head;
use super::mentions;
use crate::resolve::Node;

/// The briefing.
#[derive(Clone, Debug, Serialize)]
pub struct Home {
    /// Around the content.
    pub head: Head,
    /// The text, block by block.
    pub blocks_html: Vec<String>,
}

impl Home {
    /// The page at `route`.
    pub fn new(context: &Context<'_>, route: &str) -> Self {
        let head = Head::new(context, route, context.dossier.title(Node::Home), "home");
        let writer = Writer::new(*context, Node::Home, route);
        let links = mentions::links(context, Node::Home, route);
        let body = context.dossier.home.as_ref().map(|home| writer.body(&home.body, &[], &links));
        let blocks_html = body.unwrap_or_default().blocks.into_iter().map(|block| block.html).collect();
        Self { head, blocks_html }
    }
}
