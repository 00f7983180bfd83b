//! What a page says of itself: its name, its address, what it is about.

use serde::Serialize;

use super::Context;
use super::card::Card;
use super::json_ld;
use super::parts::PartLinks;
use super::routes::PageKey;
use super::social::Social;
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
    /// The page that searches; empty on itself, and where there is no search.
    pub search: String,
    /// What other programs show of it; nothing for a page that nobody shares.
    pub social: Option<Social>,
    /// What it is about, as JSON-LD for a `script` element; empty for a page that is about nothing.
    pub json_ld_html: String,
}

/// A description is cut at this many characters: search engines show half of that.
const DESCRIPTION: usize = 300;

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
            search: match context.inputs.options.no_search || section == "search" {
                true => String::new(),
                false => format!("{root}search.html"),
            },
            social: None,
            json_ld_html: String::new(),
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
        self.description = shortened(text.into());
        self
    }

    /// Adds what is for programs, once title and description are known.
    pub fn for_programs(&mut self, context: &Context<'_>, at: &str, key: &PageKey) {
        self.social = Social::of(context, key);
        self.json_ld_html = json_ld::of_page(context, at, key, self);
        // JSON-LD has each of these facts under its own name, and no need of them in a line.
        if self.description.is_empty() {
            self.description = in_short(context, key);
        }
    }
}

/// What the page of a record without a summary is described by.
fn in_short(context: &Context<'_>, key: &PageKey) -> String {
    let node = match key {
        PageKey::Article(id, _) => Node::Article(*id),
        PageKey::Entity(id, _) => Node::Entity(*id),
        PageKey::Event(id, _) => Node::Event(*id),
        PageKey::Source(id, _) => Node::Source(*id),
        _ => return String::new(),
    };
    Card::in_short(context, node)
}

/// The text, or its beginning up to the end of a word.
fn shortened(mut text: String) -> String {
    let Some((end, _)) = text.char_indices().nth(DESCRIPTION) else { return text };
    let cut = text[..end].rfind(' ').unwrap_or(end);
    text.truncate(cut);
    text.truncate(text.trim_end_matches([' ', ',', ';', ':', '.', '\u{a0}', '\u{202f}']).len());
    text.push('…');
    text
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

#[cfg(test)]
mod tests {
    use super::{DESCRIPTION, shortened};

    #[test]
    fn a_long_description_ends_with_a_word() {
        let words = "été ".repeat(200);
        let short = shortened(words);
        assert!(short.ends_with("été…") && short.chars().count() <= DESCRIPTION, "{short}");
        assert_eq!(shortened("é".repeat(DESCRIPTION + 1)).chars().count(), DESCRIPTION + 1);
        assert_eq!(shortened("short.".to_owned()), "short.");
    }
}
