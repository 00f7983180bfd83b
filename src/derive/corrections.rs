//! `corrections.html`: every change of a verdict, newest first.

use serde::Serialize;

use super::Context;
use super::changes::{Change, changes, rows};
use super::head::Head;
use super::parts::{PartLinks, Window};

/// What `corrections.html` shows.
#[derive(Clone, Debug, Serialize)]
pub struct Corrections {
    /// Around the content.
    pub head: Head,
    /// How many changes there are.
    pub count: usize,
    /// The changes of this part, newest first.
    pub changes: Vec<Change>,
    /// This part among the others; nothing when there is one.
    pub parts: Option<PartLinks>,
}

impl Corrections {
    /// The view of a part of the page, at `route`.
    pub fn new(context: &Context<'_>, route: &str, part: usize) -> Self {
        let head = Head::new(context, route, context.locale.word("nav.corrections"), "corrections");
        let head = head.describe(context.locale.word("corrections.explanation"));
        let all = changes(context.dossier);
        let parts = PartLinks::new(context, route, "corrections", part, all.len());
        Self {
            head: head.in_part(context, part, parts.as_ref()),
            count: all.len(),
            changes: rows(context, route, Window::of(part).cut(&all)),
            parts,
        }
    }
}
