//! Marks over Markdown: whatever the ranges, the HTML is well formed and its text is the text without them.

use std::sync::Arc;

use dossier::syntax::markdown::Body;
use dossier::syntax::markdown::html::{Rendered, Surroundings, render};
use dossier::syntax::markdown::marks::{Highlight, MentionLink, Overlay};
use dossier::syntax::markdown::reading::RawMode;
use proptest::prelude::*;

const VOID: &[&str] = &["br", "hr", "img", "input", "wbr"];

fn rendered(markdown: &str, highlights: &[Highlight], mentions: &[MentionLink]) -> Rendered {
    let body = Body::new(Arc::from(markdown), 0, RawMode::Sanitize);
    let (name, address) = (|_: &str| None, |target: &str, _: bool| Some(target.to_owned()));
    let around = Surroundings { name: &name, address: &address, picture: &|_| None, anchors: "", above: 0 };
    render(&body, &Overlay { highlights, mentions, places: &[] }, &around)
}

/// The text of HTML, after checking that every element closes where it should, and that no link lies in another.
fn text_of(html: &str) -> Result<String, String> {
    let (mut text, mut open, mut rest) = (String::new(), Vec::<&str>::new(), html);
    // What is in a number that leads to a note, or back from one, is not the article's text.
    let mut hidden = None;
    while let Some(start) = rest.find('<') {
        if hidden.is_none() {
            text.push_str(&rest[..start]);
        }
        let end = start + rest[start..].find('>').ok_or("a tag without its end")?;
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        if let Some(closing) = tag.strip_prefix('/') {
            let last = open.pop();
            if last != Some(closing.trim()) {
                return Err(format!("</{closing}> closes {last:?} in {html}"));
            }
            hidden = hidden.filter(|depth| *depth <= open.len());
        } else if !VOID.contains(&name) {
            if name == "a" && open.contains(&"a") {
                return Err(format!("a link in a link: {html}"));
            }
            if hidden.is_none() && (tag.starts_with("a class=\"ref") || tag.starts_with("sup class=\"footnote\"")) {
                hidden = Some(open.len() + 1);
            }
            open.push(name);
        }
    }
    text.push_str(rest);
    if !open.is_empty() {
        return Err(format!("not closed: {open:?} in {html}"));
    }
    Ok(text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&"))
}

fn all_html(rendered: &Rendered) -> String {
    let blocks = rendered.blocks.iter().map(|block| block.html.as_str());
    blocks.chain(rendered.footnotes.iter().map(|note| note.html.as_str())).collect()
}

fn visible(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn highlight(range: std::ops::Range<usize>, number: usize) -> Highlight {
    let kind = ["fact_check", "figure", "note"][number % 3];
    Highlight { range, id: format!("n{number}"), kind, tone: "neutral", number: number + 1, label: "a note".to_owned() }
}

/// Pieces of Markdown with every construct that a mark may have to be cut at.
fn piece() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "A plain line of words, and *some of them **nested** in* each other.",
        "Un lien [vers *la* page](https://example.org/ \"titre\") et `du code` ici.",
        "- one item\n- two **items**\n  - and a nested one\n- three",
        "1. first\n\n   with a second paragraph\n2. second",
        "> quoted words\n> over two lines",
        "| a | b |\n|---|--:|\n| *c* d | e |",
        "```rust\nlet x = \"y\"; // z\n```",
        "## A heading with `code` and *stress*",
        "Words with a footnote[^1] in them.\n\n[^1]: The *footnote* itself.",
        "Another[^b], and it again[^B].\n\n[^b]: With a list:\n\n    - one[^1]\n    - <b>two\n\n[^unused]: Nobody refers to it.",
        "两国外长周二会晤\n并签署*协议*，\n“好”",
        "<table><tr><td>a<td>b\n\n**c** d\n\n<tr><th>e</table>",
        "<video src=a.mp4>no</video> and <audio><source src=https://e.org/b.mp3>none</audio> <title>x <script>y</script> <svg><text>z</text>",
        "<pre>\na  b\n  c\n</pre>",
        "Entities &amp; &nbsp; &eacute; and \\*escapes\\* and <https://example.org/auto>.",
        "Raw <b>bold <i>both</b> html</i> and <br> a break<script>alert(1)</script>.",
        "Raw <a href=\"https://a.example/x\">link *with* words</a>, and [one <a href=\"https://a.example/y\">in</a> another](z.html), and <a href=\"https://a.example/u\">[one](v)</a>.",
        "<ul><li>raw <a href=\"https://a.example/x\">link</a></li><li>two</li></ul>\n<table><tr><td>a</td><td>b</td></tr></table>",
        "<div title=\"x\">\n\nA paragraph inside raw HTML.\n\n</div>",
        "<details><summary>More</summary>\n\nHidden *words*.\n\n</details>",
        "A line  \nwith a hard break\nand a soft one ![an image with *alt*](i.png) after it.",
        "[[somewhere]] and [[somewhere|with words]] and ~~struck~~ out.",
        "- [ ] to do\n- [x] done",
        "    indented code\n    in two lines",
        "<p>raw paragraph\n<ul><li>raw item",
        "l’été à Ségou : « déjà » — c’est 1\u{202f}277 …",
    ])
    .prop_map(str::to_owned)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_marks_leave_the_text_and_the_form_alone(
        pieces in prop::collection::vec(piece(), 1..6),
        cuts in prop::collection::vec((0.0f64..1.0, 0.0f64..1.0, 0.0f64..1.0), 0..12),
    ) {
        let markdown = pieces.join("\n\n");
        let body = Body::new(Arc::from(markdown.as_str()), 0, RawMode::Sanitize);
        let prose = &body.prose.text;
        let at = |share: f64| {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a share of a short text")]
            let mut at = (share * prose.len() as f64) as usize;
            while !prose.is_char_boundary(at) { at -= 1; }
            at
        };
        let mut highlights = Vec::new();
        let mut mentions: Vec<MentionLink> = Vec::new();
        for (number, (a, b, kind)) in cuts.iter().enumerate() {
            let (start, end) = (at(a.min(*b)), at(a.max(*b)));
            // As anchors are: not empty, and neither end at white space.
            let inner = prose[start..end].trim();
            if inner.is_empty() { continue; }
            let start = start + prose[start..end].find(inner).unwrap_or(0);
            let range = start..start + inner.len();
            if *kind < 0.7 {
                highlights.push(highlight(range, number));
            } else if mentions.iter().all(|other| other.range.end <= range.start || range.end <= other.range.start) {
                mentions.push(MentionLink { range, href: "x.html".to_owned(), id: None });
            }
        }
        mentions.sort_by_key(|mention| mention.range.start);
        let plain = all_html(&rendered(&markdown, &[], &[]));
        let marked = rendered(&markdown, &highlights, &mentions);
        let html = all_html(&marked);
        let plain = text_of(&plain).map_err(TestCaseError::fail)?;
        let text = text_of(&html).map_err(TestCaseError::fail)?;
        prop_assert_eq!(visible(&text), visible(&plain));
        // Every passage has its anchor once, its number once, and its note beside one block.
        let notes: Vec<usize> = marked.blocks.iter().flat_map(|b| b.notes.clone()).chain(marked.footnotes.iter().flat_map(|f| f.notes.clone())).collect();
        for (index, highlight) in highlights.iter().enumerate() {
            prop_assert_eq!(html.matches(&format!(" id=\"{}\"", highlight.id)).count(), 1, "anchor in {}", html);
            prop_assert_eq!(html.matches(&format!("href=\"#note_{}\"", highlight.id)).count(), 1, "number in {}", html);
            prop_assert_eq!(notes.iter().filter(|note| **note == index).count(), 1);
        }
    }

    #[test]
    fn a_mark_covers_exactly_its_words(pieces in prop::collection::vec(piece(), 1..4), a in 0.0f64..1.0, b in 0.0f64..1.0) {
        let markdown = pieces.join("\n\n");
        let prose = Body::new(Arc::from(markdown.as_str()), 0, RawMode::Sanitize).prose.text.clone();
        let words: Vec<(usize, &str)> = prose.split_whitespace().map(|word| (word.as_ptr() as usize - prose.as_ptr() as usize, word)).collect();
        if words.is_empty() { return Ok(()); }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a share of a short list")]
        let (first, last) = ((a.min(b) * words.len() as f64) as usize, (a.max(b) * words.len() as f64) as usize);
        let range = words[first].0..words[last].0 + words[last].1.len();
        let html = all_html(&rendered(&markdown, &[highlight(range.clone(), 0)], &[]));
        let mut covered = String::new();
        let mut rest = html.as_str();
        while let Some(start) = rest.find("<mark") {
            let end = rest[start..].find("</mark>").map_or(rest.len(), |end| start + end);
            covered.push_str(&text_of_part(&rest[start..end]));
            rest = &rest[end..];
        }
        // A footnote stands at the end of the page, so the letters are compared without their order.
        let sorted = |text: &str| { let mut letters: Vec<char> = visible(text).chars().collect(); letters.sort_unstable(); letters };
        prop_assert_eq!(sorted(&covered), sorted(&prose[range]), "{}", html);
    }
}

/// The text of a part of HTML, tags left out whatever they are.
fn text_of_part(html: &str) -> String {
    let mut text = String::new();
    for part in html.split('<') {
        text.push_str(part.split_once('>').map_or("", |(_, after)| after));
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// `None` where the block has no such words.
fn check(markdown: &str, words: &str, expected: &str) {
    let prose = Body::new(Arc::from(markdown), 0, RawMode::Sanitize).prose.text.clone();
    let start = prose.find(words).unwrap_or_else(|| panic!("{words:?} is not in {prose:?}"));
    let html = all_html(&rendered(markdown, &[highlight(start..start + words.len(), 0)], &[]));
    assert_eq!(html.trim(), expected);
}

const MARK: &str = "<mark id=\"n0\" class=\"fact_check neutral\" data-annotations=\"n0\">";
const AGAIN: &str = "<mark class=\"fact_check neutral\" data-annotations=\"n0\">";
const REF: &str = "<a class=\"ref fact_check neutral\" href=\"#note_n0\" aria-label=\"a note\">1</a>";

#[test]
fn an_image_or_a_link_that_leads_nowhere_is_its_words() {
    for (markdown, expected) in [
        ("![a *b*](nowhere.png) c", "<p>a <em>b</em> c</p>"),
        ("![a ![b](nowhere.png) c](nowhere.png)", "<p>a b c</p>"),
        ("![a ![b](nowhere.png) c](d.png)", "<p><img src=\"d.png\" alt=\"a b c\"></p>"),
        ("![a ![b](d.png) c](nowhere.png)", "<p>a b c</p>"),
        ("[a ![b](nowhere.png) c](nowhere.html)", "<p>a b c</p>"),
    ] {
        let body = Body::new(Arc::from(markdown), 0, RawMode::Sanitize);
        let address = |target: &str, _: bool| (!target.starts_with("nowhere")).then(|| target.to_owned());
        let picture = |target: &str| address(target, false);
        let around = Surroundings { name: &|_| None, address: &address, picture: &picture, anchors: "", above: 0 };
        let html = all_html(&render(&body, &Overlay::default(), &around));
        assert_eq!(html.trim(), expected, "{markdown}");
    }
}

#[test]
fn a_mark_over_emphasis_is_cut_at_its_tags() {
    check("a *b c* d", "b c d", &format!("<p>a <em>{MARK}b c</mark></em>{AGAIN} d</mark>{REF}</p>"));
}

#[test]
fn a_mark_over_two_paragraphs_is_cut_between_them() {
    check(
        "one two\n\nthree four",
        "two\nthree",
        &format!("<p>one {MARK}two</mark></p>\n<p>{AGAIN}three</mark>{REF} four</p>"),
    );
}

#[test]
fn the_number_of_a_mark_inside_a_link_stands_after_the_link() {
    check("[a b](x.html) c", "b", &format!("<p><a href=\"x.html\">a {MARK}b</mark></a>{REF} c</p>"));
}

#[test]
fn blocks_of_raw_html_stand_in_lines_of_their_own() {
    for (markdown, expected) in [
        ("<ul><li>a</li><li>b</li></ul>", "a\nb\n"),
        ("<table><tr><td>a</td><td>b</td></tr></table>\n\nc", "a\nb\nc\n"),
        ("a<br>b <b>c</b>d", "a b cd\n"),
        ("<blockquote><p>a &amp; b</p>&mdash; c</blockquote>", "a & b\n— c\n"),
    ] {
        assert_eq!(Body::new(Arc::from(markdown), 0, RawMode::Sanitize).prose.text, expected, "{markdown}");
    }
}

#[test]
fn footnotes_are_read_after_the_text() {
    for (markdown, expected) in [
        ("One.[^1]\n\n[^1]: Note.\n\nTwo.", "One.\nTwo.\nNote.\n"),
        ("a[^y] b[^x]\n\n[^x]: X.\n\n[^y]: Y.\n\n- c", "a b\nc\nY.\nX.\n"),
        ("<div>\n\na[^1]\n\n[^1]: b\n\n</div>\n\nc", "a\nc\nb\n"),
        ("a\n\n[^1]: b", "a\nb\n"),
        ("a[^1]\n\n[^1]: b\n\n[^1]: c", "a\nb\n"),
    ] {
        assert_eq!(Body::new(Arc::from(markdown), 0, RawMode::Sanitize).prose.text, expected, "{markdown}");
    }
}

#[test]
fn addresses_in_the_text_are_no_mentions() {
    let prose = Body::new(Arc::from("See https://e.org/Wagner/x and `a` or Wagner@e.org."), 0, RawMode::Sanitize).prose;
    let blocked: Vec<&str> = prose.blocked.iter().map(|range| &prose.text[range.range()]).collect();
    assert_eq!(blocked, ["https://e.org/Wagner/x", "a", "Wagner@e.org."]);
}

/// What grows with the square of its length would not be done here in an hour; how long it takes is for `benches/odd`.
#[test]
fn a_hundred_kilobytes_of_anything_are_read() {
    for piece in [
        "<script> ",
        "<a ",
        "<a '>",
        "<b \">",
        "<!-- ",
        "<table><tr>",
        "<td>",
        "[^a]: ",
        "[^a] ",
        "« ",
        "»",
        "中 ",
        "中« ",
        "“ ",
        "](",
        "@",
        "a@b.",
        "<svg>",
        "<video>",
        "<pre>\n",
        "<div>\n\n",
        "&amp;",
        "中\n",
        "[a](#b) ",
        "<source src=x>",
    ] {
        let markdown = piece.repeat(100_000 / piece.len());
        let body = Body::new(Arc::from(markdown.as_str()), 0, RawMode::Sanitize);
        let block = Body::new(Arc::from(format!("<div>{markdown}")), 0, RawMode::Sanitize);
        assert!(body.prose.text.len() <= 2 * markdown.len() && block.links.len() <= markdown.len());
        dossier::syntax::normal::Normal::of(&markdown);
    }
}

#[test]
fn mentions_are_not_looked_for_in_links_code_headings_and_blocks_of_raw_html() {
    for (markdown, blocked) in [
        ("# one\n\ntwo `three` [four](x) five", "one|three|four"),
        ("<div>one <b>two</b></div>\n\nthree <i>four</i> <a href=\"https://a.example/\">five</a>", "one two|five"),
        ("    one\n\ntwo", "one\n"),
    ] {
        let prose = Body::new(Arc::from(markdown), 0, RawMode::Sanitize).prose.clone();
        let words: Vec<&str> = prose.blocked.iter().map(|range| &prose.text[range.range()]).collect();
        assert_eq!(words.join("|"), blocked, "{markdown}");
    }
}
