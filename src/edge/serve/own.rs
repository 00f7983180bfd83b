//! The preview's own script and style, and the two lines that bring them into a page.

use std::sync::LazyLock;

use super::OWN;
use crate::base::hash::Sha256;

const FILES: &[(&str, &str, &str)] = &[
    ("preview.js", "text/javascript; charset=utf-8", include_str!("browser/preview.js")),
    ("sent.js", "text/javascript; charset=utf-8", include_str!("browser/sent.js")),
    ("panel.js", "text/javascript; charset=utf-8", include_str!("browser/panel.js")),
    ("preview.css", "text/css; charset=utf-8", include_str!("browser/preview.css")),
    ("panel.css", "text/css; charset=utf-8", include_str!("browser/panel.css")),
];

/// What changes when the files do: a page that is open while the preview is started anew from another version is loaded again.
pub(super) static VERSION: LazyLock<String> = LazyLock::new(|| {
    let texts: Vec<&str> = FILES.iter().map(|(_, _, text)| *text).collect();
    Sha256::of(texts.concat().as_bytes()).to_string()
});

/// A file's type and text by its name.
pub(super) fn file(name: &str) -> Option<(&'static str, &'static str)> {
    FILES.iter().find(|(known, ..)| *known == name).map(|(_, kind, text)| (*kind, *text))
}

/// A page with our script and style. They come first in its head, so that the script sees the page as it was sent.
pub(super) fn added(page: &[u8], hash: &str, status: u16, token: &str) -> Vec<u8> {
    let version = &*VERSION;
    let lines = format!(
        "<link rel=\"stylesheet\" href=\"{OWN}preview.css\">\n\
         <script type=\"module\" src=\"{OWN}preview.js\" data-hash=\"{hash}\" data-status=\"{status}\" data-version=\"{version}\" data-token=\"{token}\"></script>\n"
    );
    let (before, after) = page.split_at(place(page));
    [before, lines.as_bytes(), after].concat()
}

/// After the first `<head>` and the end of its line; for a page without one after the doctype, which has to stay first.
fn place(page: &[u8]) -> usize {
    let end = tag_end(page, b"<head").or_else(|| tag_end(page, b"<!doctype")).unwrap_or(0);
    end + usize::from(end > 0 && page.get(end) == Some(&b'\n'))
}

/// Where a tag of this name ends.
fn tag_end(page: &[u8], name: &[u8]) -> Option<usize> {
    let is_tag =
        |window: &[u8]| window[..name.len()].eq_ignore_ascii_case(name) && !window[name.len()].is_ascii_alphanumeric();
    let start = page.windows(name.len() + 1).position(is_tag)?;
    let length = page[start..].iter().position(|byte| *byte == b'>')?;
    Some(start + length + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_lines_are_added_where_they_do_no_harm() {
        for (page, before) in [
            ("<!doctype html>\n<html>\n<HEAD>\n<meta charset=utf-8>", "<!doctype html>\n<html>\n<HEAD>\n"),
            ("<html><head lang='x'><title>", "<html><head lang='x'>"),
            ("<!DOCTYPE html><header>x</header>", "<!DOCTYPE html>"),
            ("<p>x", ""),
            ("", ""),
        ] {
            let added = String::from_utf8(added(page.as_bytes(), "h", 200, "t")).expect("text");
            let (start, rest) = added.split_at(before.len());
            assert_eq!(start, before, "{page}");
            let lines: Vec<&str> = rest.splitn(3, '\n').collect();
            assert!(lines[0].contains("preview.css") && lines[1].contains("data-hash=\"h\""), "{added}");
            assert_eq!(format!("{start}{}", lines[2]), page);
        }
    }
}
