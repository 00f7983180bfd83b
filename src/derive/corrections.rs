//! `corrections.html`: every change of a verdict, newest first.

use serde::Serialize;

use super::Context;
use super::changes::{Change, changes};
use super::head::Head;

/// What `corrections.html` shows.
#[derive(Clone, Debug, Serialize)]
pub struct Corrections {
    /// Around the content.
    pub head: Head,
    /// The changes, newest first.
    pub changes: Vec<Change>,
}

impl Corrections {
    /// The view of the page at `route`.
    pub fn new(context: &Context<'_>, route: &str) -> Self {
        let head = Head::new(context, route, context.locale.word("nav.corrections"), "corrections");
        let head = head.describe(context.locale.word("corrections.explanation"));
        Self { head, changes: changes(context, route) }
    }
}
