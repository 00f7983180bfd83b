//! Addresses that a page can lead to: which they are is decided here alone.

use std::fmt::Write as _;

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

/// A path of the site as an address has it: what would end the path there, or be read as something else, is written as `%23`.
pub fn escaped_path(path: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=@/".contains(&byte);
    let mut address = String::with_capacity(path.len());
    for byte in path.bytes() {
        match is_plain(byte) {
            true => address.push(char::from(byte)),
            false => drop(write!(address, "%{byte:02X}")),
        }
    }
    address
}

/// A path as an editor types it in a link: as it is, but for the signs that a link or an address reads as something else.
pub fn typed_path(path: &str) -> String {
    let mut typed = String::with_capacity(path.len());
    for c in path.chars() {
        match c.is_ascii_control() || " %#?<>()\\\"`".contains(c) {
            true => drop(write!(typed, "%{:02X}", u32::from(c))),
            false => typed.push(c),
        }
    }
    typed
}

/// The path that an address stands for, its percent signs read; as it is where that would be no text.
pub fn unescaped_path(address: &str) -> String {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let [byte, after @ ..] = rest {
        let escaped = match rest {
            [b'%', high, low, after @ ..] => digit(*high).zip(digit(*low)).map(|digits| (digits, after)),
            _ => None,
        };
        let (byte, after) = match escaped {
            Some(((high, low), after)) => (u8::try_from(high * 16 + low).unwrap_or(b'?'), after),
            None => (*byte, after),
        };
        bytes.push(byte);
        rest = after;
    }
    String::from_utf8(bytes).unwrap_or_else(|_| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{escaped_path, typed_path, unescaped_path};

    #[test]
    fn a_path_is_written_so_that_it_is_read_back() {
        for (path, address) in [
            ("a/photo.png", "a/photo.png"),
            ("a/Report #3.pdf", "a/Report%20%233.pdf"),
            ("a%20b.pdf", "a%2520b.pdf"),
            ("100 % sure?.txt", "100%20%25%20sure%3F.txt"),
            ("a:b.pdf", "a%3Ab.pdf"),
            ("été/l'avis (2).pdf", "%C3%A9t%C3%A9/l'avis%20(2).pdf"),
            ("\u{1}\\\"<>|`^{}[]", "%01%5C%22%3C%3E%7C%60%5E%7B%7D%5B%5D"),
        ] {
            assert_eq!(escaped_path(path), address);
            assert_eq!(unescaped_path(address), path);
            assert_eq!(unescaped_path(&typed_path(path)), path);
        }
        assert_eq!(typed_path("été/avis #2 (b).pdf"), "été/avis%20%232%20%28b%29.pdf");
    }
}
