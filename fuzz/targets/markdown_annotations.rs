//! Markdown with annotations, through anchoring and rendering.
//!
//! The input is Markdown; then, after a line `%%`, a quote a line. `12 30` quotes what a reader sees from the twelfth character
//! to the thirtieth; `@Wagner` is no quote but an entity of that name; anything else is quoted as it stands, with the words
//! before a first tab as its prefix and those after a second as its suffix.
#![no_main]

use std::fmt::Write as _;
use std::sync::{Arc, LazyLock};

use dossier::base::id::Id;
use dossier::derive::Context;
use dossier::derive::article::ArticleView;
use dossier::link::anchor::Anchoring;
use dossier::locale::Locale;
use dossier::model::article::Article;
use dossier::resolve::Node;
use dossier::syntax::markdown::Body;
use dossier::syntax::markdown::reading::RawMode;
use dossier::syntax::normal::Normal;
use dossier_fuzz::{Read, html};
use libfuzzer_sys::fuzz_target;

static LOCALE: LazyLock<Locale> = LazyLock::new(|| Locale::or_english("fr"));

fuzz_target!(|text: &str| {
    let (markdown, lines) = text.split_once("\n%%\n").unwrap_or((text, ""));
    let prose = Body::new(Arc::from(markdown), 0, RawMode::Sanitize).prose.clone();
    let (mut annotations, mut aliases) = (String::new(), Vec::new());
    for line in lines.lines().take(16) {
        match line.strip_prefix('@') {
            Some(name) => aliases.push(name),
            None => annotation(line, &prose.text, &mut annotations),
        }
    }
    let article = format!("---\ntitle: A\n---\n{markdown}");
    let entity = format!("---\nname: The mayor of Port-Neuf\nkind: person\naliases: {}\n---\n", yaml(&*aliases));
    let read = dossier_fuzz::read([
        ("site.toml", dossier_fuzz::SITE),
        ("content/articles/a.md", &article),
        ("content/annotations/a.yaml", &annotations),
        ("content/entities/b.md", &entity),
    ]);
    for (node, located) in read.links.bodies.iter() {
        located.mentions.iter().for_each(|mention| assert!(located.prose.text.get(mention.range()).is_some()));
        if let Node::Article(id) = node {
            anchors_hold(&read, id, located);
        }
    }
    rendered_holds(&read);
});

fn anchors_hold(read: &Read, article: Id<Article>, located: &dossier::link::locate::Located) {
    let words =
        |range: &std::ops::Range<usize>| located.prose.text.get(range.clone()).expect("a range of whole characters");
    for ((_, annotation), anchoring) in read.dossier.annotations_of(article).zip(&located.anchorings) {
        let Some(anchoring) = anchoring else { continue };
        let quote = Normal::of(&annotation.target.quote);
        match anchoring {
            Anchoring::Exact(range) => assert_eq!(Normal::of(words(range)).text(), quote.text()),
            Anchoring::Drifted { range, distance } => {
                assert!(distance * 100 <= quote.text().chars().count() * 15 && !words(range).is_empty());
            }
            Anchoring::Ambiguous { places } => {
                assert!(places.len() > 1);
                places.iter().for_each(|place| assert_eq!(Normal::of(words(&place.range)).text(), quote.text()));
            }
            Anchoring::NotFound { nearest } => nearest.iter().for_each(|range| assert!(!words(range).is_empty())),
            Anchoring::Unsought => {}
        }
    }
}

fn rendered_holds(read: &Read) {
    let Read { inputs, dossier, links, routes, orders } = read;
    let context = Context { inputs, dossier, links, routes, orders, locale: &LOCALE };
    let Some((id, _)) = dossier.articles.iter().next() else { return };
    let view = ArticleView::new(&context, "articles/a.html", id, 1);
    let mut all = String::new();
    view.passages.iter().for_each(|passage| all.push_str(&passage.text_html));
    view.footnotes.iter().for_each(|footnote| all.push_str(&footnote.footnote.text_html));
    html::hold(&all);
    let beside_text = view.passages.iter().map(|passage| &passage.notes);
    let notes = beside_text.chain(view.footnotes.iter().map(|footnote| &footnote.notes));
    for note in notes.flat_map(|notes| notes.shown.iter().chain(&notes.folded)) {
        assert_eq!(all.matches(&format!(" id=\"{}\"", note.id)).count(), 1, "the anchor of {} in {all}", note.id);
    }
}

fn annotation(line: &str, prose: &str, out: &mut String) {
    let place = line.split_once(' ').and_then(|(from, to)| Some((from.parse().ok()?, to.parse().ok()?)));
    let quoted: String = match place {
        Some((from, to)) => prose.chars().take(to).skip(from).collect(),
        None => String::new(),
    };
    let parts: Vec<&str> = if quoted.is_empty() { line.split('\t').collect() } else { vec![&quoted] };
    let (prefix, quote, suffix) = match parts.as_slice() {
        [prefix, quote, suffix, ..] => (*prefix, *quote, *suffix),
        [prefix, quote] => (*prefix, *quote, ""),
        _ => ("", parts.first().copied().unwrap_or_default(), ""),
    };
    let (prefix, quote, suffix) = (yaml(prefix), yaml(quote), yaml(suffix));
    let _ = writeln!(out, "- {{ type: note, note: n, quote: {quote}, prefix: {prefix}, suffix: {suffix} }}");
}

/// As YAML writes it in double quotes.
fn yaml(value: impl Into<serde_json::Value>) -> String {
    value.into().to_string()
}
