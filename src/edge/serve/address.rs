//! What an address asks for. Only names in the table of routes are ever looked up, so no path can lead out of the site; what
//! could mean something to a file system is refused all the same.

use std::borrow::Cow;

/// The route that a request's path asks for; `None` for a path that no page can have.
///
/// `/` asks for `index.html`, `/articles/` for `articles/index.html`. The path is decoded once: what is encoded twice stays
/// encoded, and is no route.
pub fn route(path: &str) -> Option<String> {
    let decoded = decode(path.strip_prefix('/')?)?;
    let mut parts = decoded.split('/');
    let last = parts.next_back().unwrap_or_default();
    let plain = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', '\0']);
    if !parts.all(plain) || !(last.is_empty() || plain(last)) {
        return None;
    }
    Some(if last.is_empty() { format!("{decoded}index.html") } else { decoded.into_owned() })
}

/// The same below the path of `base_url`, which `404.html` uses: it is served at any depth, and cannot link relatively.
pub fn below(base: &str, path: &str) -> Option<String> {
    route(&format!("/{}", path.strip_prefix(base)?))
}

/// A path with its percent signs read. An encoded slash is none between folders, so it is refused.
fn decode(path: &str) -> Option<Cow<'_, str>> {
    if !path.contains('%') {
        return Some(Cow::Borrowed(path));
    }
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let hex = std::str::from_utf8(after.get(..2)?).ok()?;
        let byte = hex.bytes().all(|digit| digit.is_ascii_hexdigit()).then(|| u8::from_str_radix(hex, 16).ok())??;
        if byte == b'/' {
            return None;
        }
        bytes.push(byte);
        rest = &after[2..];
    }
    String::from_utf8(bytes).ok().map(Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_asks_for_a_route_of_the_site_or_for_none() {
        for (path, expected) in [
            ("/", Some("index.html")),
            ("/articles/", Some("articles/index.html")),
            ("/articles", Some("articles")),
            ("/articles/a.html", Some("articles/a.html")),
            ("/caf%C3%A9%20x.pdf", Some("café x.pdf")),
            ("/100%25.html", Some("100%.html")),
            ("/../site.toml", None),
            ("/articles/../../site.toml", None),
            ("/%2e%2e/site.toml", None),
            ("/..%2fsite.toml", None),
            ("/%2e%2e%2fsite.toml", None),
            ("/%252e%252e%252fsite.toml", Some("%2e%2e%2fsite.toml")),
            ("/..\\site.toml", None),
            ("/%5c..%5csite.toml", None),
            ("/articles/a.html%00.png", None),
            ("//etc/passwd", None),
            ("/articles//a.html", None),
            ("/./index.html", None),
            ("/.well-known/security.txt", Some(".well-known/security.txt")),
            ("/%ff", None),
            ("/%4", None),
            ("/%+1", None),
            ("", None),
            ("*", None),
        ] {
            assert_eq!(route(path).as_deref(), expected, "{path}");
        }
        assert_eq!(below("/mali/", "/mali/dossier.css").as_deref(), Some("dossier.css"));
        assert_eq!(below("/mali/", "/malice/dossier.css"), None);
    }
}
