//! What stands around the pages of a section, made once for each.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use tera::{Context as Variables, Value};

use super::{Templates, explain};
use crate::base::diag::Diagnostic;
use crate::derive::Context;
use crate::derive::frame::{Frame, is_own};
use crate::derive::head::Head;

/// The frames of a site by the way to its root and the section, as templates see them.
#[derive(Default)]
pub struct Frames(Mutex<BTreeMap<(String, &'static str), Value>>);

impl Frames {
    /// What is around the page at a route.
    ///
    /// # Errors
    /// A template cannot be used, at its file and line.
    pub(super) fn around(
        &self,
        context: &Context<'_>,
        templates: &Templates,
        at: &str,
        head: &Head,
    ) -> Result<Value, Box<Diagnostic>> {
        if is_own(at) {
            return made(context, templates, at, head);
        }
        let key = (head.root.clone(), head.section);
        // Values are shared, not copied; a lock that somebody left in panic still has whole ones.
        let mut frames = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(frame) = frames.get(&key) {
            return Ok(frame.clone());
        }
        let frame = made(context, templates, at, head)?;
        frames.insert(key, frame.clone());
        Ok(frame)
    }
}

fn made(context: &Context<'_>, templates: &Templates, at: &str, head: &Head) -> Result<Value, Box<Diagnostic>> {
    let mut frame = Frame::new(context, at, head);
    let mut variables = Variables::new();
    variables.insert("frame", &frame);
    let html = |name: &'static str| {
        let html = templates.tera.render(name, &variables);
        html.map_err(|error| Box::new(explain(context.inputs, &error, name)))
    };
    (frame.links_html, frame.bar_html, frame.foot_html) = (html("links.html")?, html("bar.html")?, html("foot.html")?);
    Ok(Value::from_serializable(&frame))
}
