//! Addresses that a page can lead to: which they are is decided here alone.

use url::Url;

/// A whole address of the web, with scheme and host: `https://example.org/dossier/`.
pub fn web(written: &str) -> Option<Url> {
    Url::parse(written).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

/// The same, or an address to write to: `mailto:desk@example.org`.
pub fn web_or_mail(written: &str) -> Option<Url> {
    web(written).or_else(|| Url::parse(written).ok().filter(|url| url.scheme() == "mailto"))
}
