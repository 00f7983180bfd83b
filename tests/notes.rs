//! What stands beside a passage: one note an annotation, each saying in a word what it is.

use std::sync::Arc;

use dossier::base::input::Inputs;

const DOSSIER: &str = "\
=== site.toml
title = \"t\"
base_url = \"https://example.org/\"
language = \"en\"
=== content/articles/a.md
---
title: A
---
One claim, two dozen oxen, three words, four more.
=== content/figures/f.yaml
title: F
unit: { en: { one: ox, other: oxen } }
estimates: []
=== content/annotations/a.yaml
- type: fact_check
  id: c
  quote: One claim
  verdict: inaccurate
  confidence: low
  checked: 2024-12-01
  rationale: >-
    The first sentence says why, at some length and with a *word* marked in it. The second sentence goes on about it and
    makes the whole too long to be read beside a passage, so that it is folded away. The third ends it.
- { type: figure, quote: two dozen oxen, figure: f, low: 20, words: two dozen }
- { type: cross_reference, quote: three words, to: figure:f, relation: contradicts, note: Short. }
- { type: note, quote: four more, note: \"- a list\\n- stays one\" }
";

#[test]
fn each_kind_says_in_a_word_what_it_is() {
    let (site, _) = dossier::build(&Arc::new(Inputs::from_fixture(DOSSIER)));
    let mut page = Vec::new();
    site.render_to("articles/a.html", &mut page).expect("the page can be rendered");
    let page = String::from_utf8(page).expect("text");
    for expected in [
        // A check: its verdict, the first sentence with its markup, the rest folded, the way to its page.
        "<div class=\"note check negative\" id=\"note_c\">",
        "<span>Inaccurate <small>· low confidence</small></span>",
        "<em>word</em> marked in it.</p></div>",
        "<details><summary>More</summary><div class=\"reason\"><p>The second sentence",
        "<a href=\"../checks/c.html\">",
        // A figure: its status, and what is said of it with the words as they were.
        "<span>Figure from a single source</span>",
        "<span class=\"words\">“two dozen”</span>, at least 20 oxen</p>",
        // A cross-reference: the relation and the other record.
        "<span>Contradicts</span>",
        "<p class=\"to\"><a href=\"../figures/f.html\">F</a></p>",
        // A remark keeps its list.
        "<li>stays one</li>",
        // The passage and its note lead to one another.
        "<mark id=\"c\" class=\"check negative\" data-annotations=\"c\">One claim</mark>",
        "href=\"#note_c\" aria-label=\"Note 1: Inaccurate\">1</a>",
        "<a class=\"number\" href=\"#c\"",
    ] {
        assert!(page.contains(expected), "{expected}\nis not in\n{page}");
    }
}
