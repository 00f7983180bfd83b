//! What a link says on paper: nobody can follow it there, so each that leads away from the site has a number, and its address stands under
//! that number at the end of the page. On a screen neither is seen (`dossier.css`).

use std::fmt::Write as _;
use std::ops::Range;

use memchr::memmem;

use crate::locale::Locale;

/// A page with the addresses of its links at the end of its `main`.
pub(super) fn with_addresses(html: String, locale: &Locale) -> String {
    let ends = memmem::find(html.as_bytes(), b"<main").zip(memmem::rfind(html.as_bytes(), b"</main>"));
    let Some((start, end)) = ends.filter(|(start, end)| start < end) else { return html };
    let mut page = String::new();
    let mut addresses: Vec<&str> = Vec::new();
    let mut written = 0;
    for link in leading_away(&html, start..end) {
        let tag = &html[link.clone()];
        let Some(address) = address(tag).filter(|address| !is_written_out(&html[link.start..end], address)) else {
            continue;
        };
        let number = addresses.iter().position(|known| *known == address).unwrap_or(addresses.len());
        if number == addresses.len() {
            addresses.push(address);
        }
        page.push_str(&html[written..link.end]);
        let _ = write!(page, " data-note=\"{}\"", number + 1);
        written = link.end;
    }
    if addresses.is_empty() {
        return html;
    }
    page.push_str(&html[written..end]);
    let _ = write!(page, "<section class=\"addresses\"><h2>{}</h2>\n<ol>\n", locale.word("print.addresses"));
    for (index, address) in addresses.iter().enumerate() {
        let _ = writeln!(page, "<li value=\"{}\">{address}</li>", index + 1);
    }
    page.push_str("</ol></section>\n");
    page.push_str(&html[end..]);
    page
}

/// The start tags of links that lead away from the site, without their `>`, in order. Most pages have many links and few of these, so it
/// is these that are looked for.
fn leading_away(html: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let found = |sign: &str, starts: &'static [&str]| {
        let signs: Vec<usize> =
            memmem::find_iter(&html.as_bytes()[part.clone()], sign).map(|at| part.start + at).collect();
        signs.into_iter().filter(move |at| starts.iter().any(|start| html[..*at].ends_with(start)))
    };
    let web = found("://", &[" href=\"http", " href=\"https"]);
    let mut found: Vec<usize> = web.chain(found("mailto:", &[" href=\""])).collect();
    found.sort_unstable();
    let tag = |at: usize| {
        let start = html[..at].rfind('<').filter(|start| html[*start..].starts_with("<a "))?;
        Some(start..html[at..].find('>').map_or(part.end, |length| at + length))
    };
    found.into_iter().filter_map(tag).collect()
}

/// Where a link leads, as it stands in HTML, if that is away from the site; without the words that a browser looks for there.
fn address(tag: &str) -> Option<&str> {
    let (_, value) = tag.split_once(" href=\"")?;
    let (address, _) = value.split_once('"')?;
    let address = address.split_once(":~:").map_or(address, |(address, _)| address.trim_end_matches('#'));
    ["http://", "https://", "mailto:"].iter().any(|scheme| address.starts_with(scheme)).then_some(address)
}

/// Whether the words of a link are its address.
fn is_written_out(link: &str, address: &str) -> bool {
    let words = link.split_once('>').and_then(|(_, rest)| rest.split_once("</a>")).map_or("", |(words, _)| words);
    words == address || address.strip_prefix("mailto:") == Some(words)
}

#[cfg(test)]
mod tests {
    use super::with_addresses;
    use crate::locale::Locale;

    fn check(html: &str, expected: &str) {
        assert_eq!(with_addresses(html.to_owned(), &Locale::or_english("en")), expected);
    }

    #[test]
    fn links_that_lead_away_are_numbered() {
        check(
            "<a href=\"https://o.org/\">o</a><main><a href=\"b.html\">b</a> <a href=\"https://e.org/?a&amp;b\" rel=\"x\">e</a>\
             <a href=\"https://f.org/#:~:text=g\">f</a><a href=\"https://e.org/?a&amp;b\">again</a></main>",
            "<a href=\"https://o.org/\">o</a><main><a href=\"b.html\">b</a> <a href=\"https://e.org/?a&amp;b\" rel=\"x\" data-note=\"1\">e</a>\
             <a href=\"https://f.org/#:~:text=g\" data-note=\"2\">f</a><a href=\"https://e.org/?a&amp;b\" data-note=\"1\">again</a>\
             <section class=\"addresses\"><h2>Addresses of the links</h2>\n<ol>\n<li value=\"1\">https://e.org/?a&amp;b</li>\n\
             <li value=\"2\">https://f.org/</li>\n</ol></section>\n</main>",
        );
    }

    #[test]
    fn an_address_that_is_read_needs_no_number() {
        for html in [
            "<main><a href=\"https://e.org/\">https://e.org/</a> <a href=\"mailto:a@e.org\">a@e.org</a></main>",
            "<main><a href=\"b.html\">b</a></main>",
            "no main: <a href=\"https://e.org/\">e</a>",
        ] {
            check(html, html);
        }
    }
}
