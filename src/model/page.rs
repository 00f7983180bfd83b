//! `content/pages/<id>.md` and `content/index.md`

use super::value::{Kind, Markdown};
use super::{Common, Meta, record};
use crate::syntax::markdown::Body;
use crate::syntax::yaml::Path;

record! {
    /// The front matter of a page.
    PageKeys requires &["title"];
    /// Its title.
    title: String,
    /// What it is about, in one or two sentences. Markdown.
    summary: Markdown,
}

/// A page that is no article: the method, about; or the home page.
#[derive(Clone, Debug)]
pub struct Page {
    /// What any record has.
    pub meta: Meta,
    /// Its front matter.
    pub keys: PageKeys,
    /// Its text.
    pub body: Body,
}

impl Common for Page {
    fn meta(&self) -> &Meta {
        &self.meta
    }

    fn references(&self, _: &mut dyn FnMut(Path, &str, &'static [Kind])) {}

    fn prose(&self, see: &mut dyn FnMut(Path, &Markdown)) {
        see(Path::of("summary"), &self.keys.summary);
    }

    fn body(&self) -> Option<&Body> {
        Some(&self.body)
    }
}
