//! Files beside a text that it links to: where they are copied, how pages lead there, and that none takes another's place.

use std::sync::Arc;

use dossier::base::diag::{Code, Diagnostic};
use dossier::base::input::{Asset, Inputs};
use dossier::base::span::line_column;
use dossier::derive::routes::PageKey;
use dossier::{Site, build};

/// A dossier of texts and, where the text is `-`, files that are not read.
fn dossier(files: &[(&str, &str)]) -> (Site, Vec<String>) {
    let mut fixture = "=== site.toml\ntitle = \"T\"\nbase_url = \"https://example.org/\"\n".to_owned();
    for (path, text) in files.iter().filter(|(_, text)| *text != "-") {
        let text = if path.ends_with(".md") { format!("---\ntitle: T\n---\n{text}") } else { (*text).to_owned() };
        fixture.push_str(&format!("=== {path}\n{text}\n"));
    }
    let mut inputs = Inputs::from_fixture(&fixture);
    for (path, _) in files.iter().filter(|(_, text)| *text == "-") {
        inputs.assets.insert((*path).into(), Asset { size: 0, bytes: None });
    }
    let inputs = Arc::new(inputs);
    let (site, diags) = build(&inputs);
    let is_told = |code| matches!(code, Code::RouteClash | Code::BrokenLink | Code::ActiveFile);
    let errors = diags.iter().filter(|found| is_told(found.code));
    let line = |found: &Diagnostic| {
        let file = inputs.file(found.span.file);
        let at = line_column(&file.text, found.span.start as usize);
        format!("{}:{}:{} {}", file.path, at.line, at.column, found.message)
    };
    let errors = errors.map(line).collect();
    (site, errors)
}

/// `route ← file` for all that is copied.
fn copies(site: &Site) -> Vec<String> {
    let copy = |(route, key): (&String, &PageKey)| match key {
        PageKey::Copy(path) => Some(format!("{route} ← {path}")),
        _ => None,
    };
    site.routes.pages.iter().filter_map(copy).collect()
}

fn page(site: &Site, route: &str) -> String {
    let mut bytes = Vec::new();
    site.render_to(route, &mut bytes).unwrap_or_else(|problem| panic!("{route}: {problem:?}"));
    String::from_utf8(bytes).expect("a text")
}

const A: &str = "content/articles/a.md";

/// Where the links of a page that are called `x` lead.
fn addresses(page: &str) -> Vec<String> {
    // What others lead to has a place in front.
    let places = ["<span id=\"m_0\"></span>", "<span id=\"m_1\"></span>"];
    let page = places.iter().fold(page.to_owned(), |page, place| page.replace(place, ""));
    let links = page.split("<a href=\"").skip(1).filter_map(|rest| rest.split_once('>'));
    links
        .filter(|(_, rest)| rest.starts_with("x</a>"))
        .map(|(tag, _)| tag.split('"').next().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn an_address_keeps_all_that_it_says() {
    for (target, expected) in [
        ("scan.pdf#page=3", "a/scan.pdf#page=3"),
        ("scan.pdf?v=1#page=3", "a/scan.pdf?v=1#page=3"),
        ("what?.txt", "a/what%3F.txt"),
        ("what%3F.txt?v=1", "a/what%3F.txt?v=1"),
        ("Report%20%233.pdf#a%20b", "a/Report%20%233.pdf#a%20b"),
        // Accents in one sign or in two.
        ("\u{e9}t\u{e9}.pdf", "a/%C3%A9t%C3%A9.pdf"),
        ("e%CC%81te%CC%81.pdf", "a/%C3%A9t%C3%A9.pdf"),
        ("n\u{e9}e.pdf", "a/ne%CC%81e.pdf"),
        ("../events/\u{e9}/e.md", "../events/e.html"),
        ("../events/e%CC%81/e.md?v=1#h", "../events/e.html?v=1#h_h"),
        ("/\u{e9}.txt#h", "../%C3%A9.txt#h"),
        ("#h", "#h_h"),
        ("#top", "#top"),
        ("#:~:text=h", "#:~:text=h"),
        ("a.md#h", "a.html#h_h"),
        ("https:e.org/a", "https://e.org/a"),
        ("HTTPS://E.org/\u{dc}?q=\u{e4} b", "HTTPS://E.org/%C3%9C?q=%C3%A4%20b"),
        ("mailto:d@e.org?subject=a b", "mailto:d@e.org?subject=a%20b"),
        ("TEL:+49", "TEL:+49"),
    ] {
        let text = format!("## h\n\n[x](<{target}>) <a href=\"{target}\">x</a>");
        let (site, errors) = dossier(&[
            (A, &text),
            ("content/events/e\u{301}/e.md", "## h\n"),
            ("content/articles/scan.pdf", "-"),
            ("content/articles/what?.txt", "-"),
            ("content/articles/Report #3.pdf", "-"),
            ("content/articles/\u{e9}t\u{e9}.pdf", "-"),
            ("content/articles/ne\u{301}e.pdf", "-"),
            ("static/\u{e9}.txt", "-"),
        ]);
        assert_eq!(errors, [""; 0], "{target}");
        let page = page(&site, "articles/a.html");
        assert_eq!(addresses(&page), [expected, expected].map(|address| address.replace("\"", "")), "{target}");
    }
}

#[test]
fn an_address_in_a_feed_or_on_paper_is_whole() {
    let article = "---\ntitle: T\npublished: 2024-01-01\nsummary: '[x](<f.pdf#page=3>) [x](#h) [x](#top) ![y](f.png) [x](b.md#h) [x](https://e.org/a?b=c#d)'\n---\n## h\n\n[x](#h) [x](#top) [x](#:~:text=h)\n";
    let fixture = format!(
        "=== site.toml\ntitle = \"T\"\nbase_url = \"https://example.org/d/\"\n=== {A}\n{article}=== content/articles/b.md\n---\ntitle: B\n---\n## h\n"
    );
    let mut inputs = Inputs::from_fixture(&fixture);
    for path in ["content/articles/f.pdf", "content/articles/f.png"] {
        inputs.assets.insert(path.into(), Asset { size: 0, bytes: None });
    }
    let (site, _) = build(&Arc::new(inputs));
    let feed = page(&site, "feed.xml").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    let a = "https://example.org/d/articles/a";
    assert_eq!(
        addresses(&feed),
        [
            &format!("{a}/f.pdf#page=3"),
            &format!("{a}.html#h_h"),
            &format!("{a}.html#top"),
            "https://example.org/d/articles/b.html#h_h",
            "https://e.org/a?b=c#d"
        ]
    );
    assert!(feed.contains(&format!("<img src=\"{a}/f.png\"")), "{feed}");
    let print = page(&site, "print.html");
    assert_eq!(addresses(&print), ["#a_h_h", "articles/a.html#top", "articles/a.html#:~:text=h"]);
}

#[test]
fn a_file_is_copied_into_the_folder_of_each_page_that_links_to_it() {
    for (files, expected) in [
        (
            &[(A, "[x](map.png)"), ("content/articles/map.png", "-")][..],
            &["articles/a/map.png ← content/articles/map.png"][..],
        ),
        (
            &[
                (A, "![x](2023/p.png) ![y](2024/p.png)"),
                ("content/articles/2023/p.png", "-"),
                ("content/articles/2024/p.png", "-"),
            ],
            &[
                "articles/a/2023/p.png ← content/articles/2023/p.png",
                "articles/a/2024/p.png ← content/articles/2024/p.png",
            ],
        ),
        // What has its name to itself keeps the address that it has had.
        (
            &[
                (A, "![x](p.png) ![y](../events/p.png) ![z](../q.png)"),
                ("content/articles/p.png", "-"),
                ("content/events/p.png", "-"),
                ("content/q.png", "-"),
            ],
            &[
                "articles/a/articles/p.png ← content/articles/p.png",
                "articles/a/events/p.png ← content/events/p.png",
                "articles/a/q.png ← content/q.png",
            ],
        ),
        (
            &[
                ("content/articles/x/a.md", "[x](p.png)"),
                ("content/events/a.md", "[x](../articles/x/p.png)"),
                ("content/articles/x/p.png", "-"),
            ],
            &["articles/a/p.png ← content/articles/x/p.png"],
        ),
        (
            &[
                ("content/index.md", "[x](a/p.png) [y](b/p.png) [z](c.pdf)"),
                ("content/a/p.png", "-"),
                ("content/b/p.png", "-"),
                ("content/c.pdf", "-"),
            ],
            &["a/p.png ← content/a/p.png", "b/p.png ← content/b/p.png", "c.pdf ← content/c.pdf"],
        ),
        // The keys of a record are Markdown too, and so are the annotations on it.
        (
            &[
                (A, "Words."),
                (
                    "content/annotations/a.yaml",
                    "- { type: note, quote: Words, note: '[x](n.txt)' }\n\
                     - { type: fact_check, id: c, quote: Words, verdict: accurate, checked: 2024, rationale: '[y](d.pdf)' }",
                ),
                ("content/annotations/n.txt", "-"),
                ("content/annotations/d.pdf", "-"),
            ],
            &["articles/a/n.txt ← content/annotations/n.txt", "checks/c/d.pdf ← content/annotations/d.pdf"],
        ),
    ] {
        let (site, errors) = dossier(files);
        let found: Vec<String> = copies(&site).into_iter().filter(|copy| !copy.contains("events/a/")).collect();
        assert_eq!((found, errors), (expected.iter().map(ToString::to_string).collect(), vec![]), "{files:?}");
    }
}

#[test]
fn a_page_leads_to_the_file_that_was_meant_whatever_its_name() {
    for (link, file, expected) in [
        ("![x](2023/p.png)", "content/articles/2023/p.png", "src=\"a/p.png\""),
        ("[x](Report%20%233.pdf)", "content/articles/Report #3.pdf", "href=\"a/Report%20%233.pdf\""),
        ("[x](<Report %233.pdf>)", "content/articles/Report #3.pdf", "href=\"a/Report%20%233.pdf\""),
        ("[x](a%2520b.pdf)", "content/articles/a%20b.pdf", "href=\"a/a%2520b.pdf\""),
        ("[x](what%3F.txt)", "content/articles/what?.txt", "href=\"a/what%3F.txt\""),
        ("[x](été.txt)", "content/articles/été.txt", "href=\"a/%C3%A9t%C3%A9.txt\""),
        ("[x](/s%23t.txt)", "static/s#t.txt", "href=\"../s%23t.txt\""),
        ("[x](/100%25.txt)", "static/100%.txt", "href=\"../100%25.txt\""),
        ("![x](/a%26b.png)", "static/a&b.png", "src=\"../a&amp;b.png\""),
    ] {
        let (site, errors) = dossier(&[(A, link), (file, "-")]);
        assert!(errors.is_empty(), "{errors:?}");
        let html = page(&site, "articles/a.html");
        assert!(html.contains(expected), "{link}: {html}");
    }
    let (site, _) = dossier(&[("content/index.md", "[x](a%3Ab.pdf)"), ("content/a:b.pdf", "-")]);
    assert!(page(&site, "index.html").contains("href=\"a%3Ab.pdf\""), "no scheme");
}

#[test]
fn a_file_beside_a_text_takes_no_place_of_another() {
    const HOME: &str = "content/index.md";
    for (files, expected) in [
        (
            &[(HOME, "[x](_headers)"), ("content/_headers", "-")][..],
            "4:5 `content/_headers` would take the place of `_headers`",
        ),
        (
            &[(HOME, "[x](index.html)"), ("content/index.html", "-")],
            "4:5 `content/index.html` would take the place of `index.html`",
        ),
        (
            &[(HOME, "w [x](feed.xml)"), ("content/feed.xml", "-")],
            "4:7 `content/feed.xml` would take the place of `feed.xml`",
        ),
        (
            &[(HOME, "[x](manifest.json)"), ("content/manifest.json", "-")],
            "4:5 `content/manifest.json` would take the place of `manifest.json`",
        ),
        (
            &[(HOME, "[x](Feed.XML)"), ("content/Feed.XML", "-")],
            "4:5 `content/Feed.XML` would be copied to `Feed.XML`, and `feed.xml` is in its way",
        ),
        (
            &[(HOME, "[x](events)"), ("content/events", "-")],
            "4:5 `content/events` would be copied to `events`, and `events/index.html` is in its way",
        ),
        (
            &[(HOME, "[x](search)"), ("content/search", "-")],
            "4:5 `content/search` would be copied to `search`, and `search/` is in its way",
        ),
        (
            &[(HOME, "[x](logo.png)"), ("content/logo.png", "-"), ("static/logo.png", "-")],
            "4:5 `content/logo.png` would take the place of `static/logo.png`",
        ),
        (
            &[(HOME, "[x](LOGO.png)"), ("content/LOGO.png", "-"), ("static/Logo.png", "-")],
            "4:5 `content/LOGO.png` would be copied to `LOGO.png`, and `static/Logo.png` is in its way",
        ),
        (
            &[(HOME, "[x](e\u{301}.png)"), ("content/e\u{301}.png", "-"), ("static/é.png", "-")],
            "4:5 `content/e\u{301}.png` would be copied to `e\u{301}.png`, and `static/é.png` is in its way",
        ),
        (
            &[(HOME, "[x](p.png) [y](P.png)"), ("content/p.png", "-"), ("content/P.png", "-")],
            "4:5 `content/p.png` would be copied to `p.png`, and `content/P.png` is in its way",
        ),
    ] {
        let (site, errors) = dossier(files);
        assert_eq!(errors.len(), 1, "{files:?} {errors:?}");
        assert!(errors[0].ends_with(expected), "{} {expected}", errors[0]);
        assert!(errors[0].starts_with(HOME));
        assert!(!matches!(&site.routes.pages["index.html"], PageKey::Copy(_)));
    }
    // A page whose folder is that of a kind.
    let page = ("content/pages/articles.md", "[x](a.html)");
    let (_, errors) = dossier(&[page, ("content/pages/a.html", "-"), (A, "x")]);
    assert_eq!(
        errors,
        ["content/pages/articles.md:4:5 `content/pages/a.html` would take the place of `articles/a.html`"]
    );
    // In a key.
    let check = "- { type: fact_check, id: c, quote: Words, verdict: accurate, checked: 2024, rationale: '[y](P.pdf) [z](p.pdf)' }";
    let (_, errors) = dossier(&[
        (A, "Words."),
        ("content/annotations/a.yaml", check),
        ("content/annotations/p.pdf", "-"),
        ("content/annotations/P.pdf", "-"),
    ]);
    assert_eq!(errors.len(), 1);
    assert!(errors[0].starts_with("content/annotations/a.yaml:1:"), "{errors:?}");
}

#[test]
fn a_file_of_static_replaces_a_file_and_no_folder() {
    for (paths, expected) in [
        (&["static/_headers", "static/index.html", "static/feed.xml"][..], &[][..]),
        (
            &["static/articles"],
            &["`static/articles` would be copied to `articles`, and `articles/index.html` is in its way"],
        ),
        (
            &["static/Articles"],
            &["`static/Articles` would be copied to `Articles`, and `articles/index.html` is in its way"],
        ),
        (
            &["static/index.html/x.png"],
            &["`static/index.html/x.png` would be copied to `index.html/x.png`, and `index.html` is in its way"],
        ),
        (&["static/articles/x.png"], &[]),
    ] {
        let files: Vec<(&str, &str)> = paths.iter().map(|path| (*path, "-")).collect();
        let (_, errors) = dossier(&files);
        let expected: Vec<String> = expected.iter().map(|message| format!("site.toml:1:1 {message}")).collect();
        assert_eq!(errors, expected, "{paths:?}");
    }
}

/// Whatever could run in the site's name is no copy of a file beside a text, and the first link to it is told.
#[test]
fn of_files_beside_a_text_those_are_copied_in_which_nothing_runs() {
    for name in
        ["x.pdf", "x.png", "x.MP4", "x.csv", "x.csv.gz", "x.docx", "x.zip", "x.json", "x.txt", "x.ogg", "x.v1.2.xlsx"]
    {
        let file = format!("content/articles/{name}");
        let (site, errors) = dossier(&[(A, &format!("[x]({name})")), (&file, "-")]);
        assert_eq!((copies(&site).len(), errors), (1, vec![]), "{name}");
    }
    for (link, name) in [
        ("[x](x.html)", "x.html"),
        ("![x](x.htm)", "x.htm"),
        ("[x](x.XHTML)", "x.XHTML"),
        ("[x](x.js)", "x.js"),
        ("[x](x.xml)", "x.xml"),
        ("[x](x.xsl)", "x.xsl"),
        ("[x](x.html.gz)", "x.html.gz"),
        ("[x](x.php.png)", "x.php.png"),
        ("[x](x.wasm)", "x.wasm"),
        ("[x](x)", "x"),
        ("[x](x.what)", "x.what"),
        ("<a href=\"x.html\">x</a>", "x.html"),
        ("<iframe src=\"x.html\"></iframe>", "x.html"),
        ("[x][y]\n\n[y]: x.html", "x.html"),
        ("[x](x.svg)", "x.svg"),
        ("![x](x.svg) and [x](x.svg)", "x.svg"),
        ("<iframe src=\"x.svg\"></iframe>", "x.svg"),
        ("<object data=\"x.svg\"></object>", "x.svg"),
    ] {
        let file = format!("content/articles/{name}");
        let (site, errors) = dossier(&[(A, link), (&file, "-")]);
        assert_eq!(copies(&site), Vec::<String>::new(), "{link}");
        assert_eq!(errors.len(), 1, "{link}: {errors:?}");
        assert!(errors[0].contains(&format!("`{file}` is ")), "{link}: {errors:?}");
        assert!(!page(&site, "articles/a.html").contains(&format!("a/{name}")), "{link}");
    }
    // An editor's own, in the folder that is copied as it is.
    let (site, errors) = dossier(&[(A, "[x](/x.html) [y](/y.svg)"), ("static/x.html", "-"), ("static/y.svg", "-")]);
    assert_eq!((copies(&site).len(), errors), (2, vec![]));
    // A drawing is a picture.
    let (site, errors) = dossier(&[(A, "![x](x.svg) <img src=\"x.svg\" alt=\"x\">"), ("content/articles/x.svg", "-")]);
    assert_eq!((copies(&site).len(), errors), (1, vec![]));
    assert!(page(&site, "_headers").contains("/articles/a/x.svg\n  Content-Security-Policy: sandbox\n"));
}
