//! Addresses that a page can lead to: which they are is decided here alone.

use url::Url;

/// Addresses that [`web`] takes, as a regular expression for programs that check while an editor types. It leaves the host to
/// the parser, which also takes too few slashes, as browsers do.
pub const WEB_PATTERN: &str = r"^\s*[Hh][Tt][Tt][Pp][Ss]?:[/\\]*[^/\\?#\s]";

/// The same for [`web_or_mail`].
pub const WEB_OR_MAIL_PATTERN: &str = r"^\s*([Hh][Tt][Tt][Pp][Ss]?:[/\\]*[^/\\?#\s]|[Mm][Aa][Ii][Ll][Tt][Oo]:)";

/// A whole address of the web, with scheme and host: `https://example.org/dossier/`.
pub fn web(written: &str) -> Option<Url> {
    Url::parse(written).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

/// The same, or an address to write to: `mailto:desk@example.org`.
pub fn web_or_mail(written: &str) -> Option<Url> {
    web(written).or_else(|| Url::parse(written).ok().filter(|url| url.scheme() == "mailto"))
}
