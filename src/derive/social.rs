//! What other programs show of a page that somebody shares there: Open Graph (ogp.me) and its like.

use serde::Serialize;

use super::Context;
use super::preview;
use super::routes::PageKey;
use super::timeline::datetime;
use crate::resolve::Node;

/// A page as other programs show it; templates write it with `{{<social of={…} />}}`.
#[derive(Clone, Debug, Serialize)]
pub struct Social {
    /// `article` for a text with a date of its own, `website` for any other page.
    pub kind: &'static str,
    /// The language as Open Graph has it: `fr_FR`.
    pub locale: String,
    /// When it was published: a plain day, month or year; empty where that is not known.
    pub published: String,
    /// When it was changed; empty where that is not known.
    pub modified: String,
    /// An article's labels.
    pub tags: Vec<String>,
    /// The absolute address of its picture; empty where there is none.
    pub image: String,
    /// The picture's width and height, in pixels.
    pub image_size: (u32, u32),
    /// What is on it, for those who do not see it.
    pub image_alt: String,
}

impl Social {
    /// Of the page of that key; `None` for one that nobody shares.
    pub fn of(context: &Context<'_>, key: &PageKey) -> Option<Self> {
        let settings = &context.dossier.settings;
        let (kind, published, modified, tags) = match key {
            PageKey::NotFound | PageKey::Redirect(_) => return None,
            PageKey::Article(id, _) => {
                let keys = &context.dossier.articles[*id].keys;
                // The date of a digest is its source's.
                let published = keys.published.as_ref().filter(|_| !keys.digest);
                ("article", datetime(published), String::new(), keys.tags.clone())
            }
            PageKey::Check(id, _) => {
                let check = context.dossier.check(*id)?;
                let checked = datetime(check.checked.as_ref());
                match check.history.first() {
                    Some(first) => ("article", datetime(Some(&first.date)), checked, Vec::new()),
                    None => ("article", checked, String::new(), Vec::new()),
                }
            }
            _ => ("website", String::new(), String::new(), Vec::new()),
        };
        let image = match key {
            PageKey::Check(id, _) => picture(context, Node::Check(*id)),
            PageKey::Figure(id, _) => picture(context, Node::Figure(*id)),
            _ => None,
        };
        let (image, image_alt) = image.unwrap_or_default();
        let locale = locale(&settings.language);
        Some(Self { kind, locale, published, modified, tags, image, image_size: preview::SIZE, image_alt })
    }
}

/// The address of a check's or figure's picture, and what is on it.
fn picture(context: &Context<'_>, node: Node) -> Option<(String, String)> {
    let route = context.routes.previews.get(&node)?;
    let judged = match node {
        Node::Check(id) => context.verdict_label(&context.dossier.check(id)?.verdict),
        Node::Figure(id) => context.word("status", context.links.standings[id.index()].status.name()),
        _ => return None,
    };
    let alt = context.locale.phrase("ui.label", &[("label", &judged), ("value", context.dossier.title(node))]);
    Some((format!("{}{route}", context.dossier.settings.base_url), alt))
}

/// Open Graph names a country with the language; where the editors name none, the interface's own languages have one.
fn locale(tag: &str) -> String {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default().to_ascii_lowercase();
    let country = parts.find(|part| part.len() == 2).map(str::to_ascii_uppercase);
    match (language.as_str(), country) {
        (_, Some(country)) => format!("{language}_{country}"),
        ("fr", None) => "fr_FR".to_owned(),
        ("en", None) => "en_GB".to_owned(),
        (_, None) => language,
    }
}

#[cfg(test)]
mod tests {
    use super::locale;

    #[test]
    fn locales_have_a_country() {
        for (tag, expected) in [
            ("fr", "fr_FR"),
            ("en", "en_GB"),
            ("en-US", "en_US"),
            ("pt-br", "pt_BR"),
            ("zh-Hant-TW", "zh_TW"),
            ("ru", "ru"),
        ] {
            assert_eq!(locale(tag), expected, "{tag}");
        }
    }
}
