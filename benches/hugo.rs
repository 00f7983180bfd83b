//! The same prose as a site for Hugo: entities and events are taxonomies, a page for each of their terms.
//!
//! Its templates show what a minimal site has: a home page with the newest 50, a list of articles, a list of terms, a sitemap
//! and a feed of 50. Quotations, verdicts, mentions and backlinks have no counterpart; for them Hugo does nothing.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::corpus::Corpus;

const SETTINGS: &str = "\
baseURL = \"https://example.org/\"
title = \"Generated\"
disableKinds = []
[taxonomies]
entity = \"entities\"
event = \"events\"
[services.rss]
limit = 50
[markup.goldmark.renderer]
unsafe = true
";

const LAYOUTS: &[(&str, &str)] = &[
    (
        "baseof.html",
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{{ .Title }}</title>\
         <link rel=\"canonical\" href=\"{{ .Permalink }}\"></head><body>\
         <nav><a href=\"/\">{{ site.Title }}</a> <a href=\"/articles/\">Articles</a> <a href=\"/entities/\">Entities</a> \
         <a href=\"/events/\">Events</a></nav><main>{{ block \"main\" . }}{{ end }}</main></body></html>\n",
    ),
    (
        "index.html",
        "{{ define \"main\" }}<h1>{{ .Title }}</h1><ul>{{ range first 50 (where site.RegularPages \"Section\" \"articles\") }}\
         <li><a href=\"{{ .RelPermalink }}\">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}\n",
    ),
    (
        "_default/single.html",
        "{{ define \"main\" }}<article><h1>{{ .Title }}</h1><p>{{ .Date.Format \"2 January 2006\" }}</p>\
         <p>{{ .Params.summary }}</p>{{ .Content }}\
         <ul>{{ range .GetTerms \"entities\" }}<li><a href=\"{{ .RelPermalink }}\">{{ .Title }}</a></li>{{ end }}\
         {{ range .GetTerms \"events\" }}<li><a href=\"{{ .RelPermalink }}\">{{ .Title }}</a></li>{{ end }}</ul>\
         </article>{{ end }}\n",
    ),
    (
        "_default/list.html",
        "{{ define \"main\" }}<h1>{{ .Title }}</h1>{{ .Content }}<ul>{{ range .Pages }}\
         <li><a href=\"{{ .RelPermalink }}\">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}\n",
    ),
    (
        "_default/term.html",
        "{{ define \"main\" }}<h1>{{ .Title }}</h1><p>{{ .Params.summary }}</p>{{ .Content }}<ul>{{ range .Pages }}\
         <li><a href=\"{{ .RelPermalink }}\">{{ .Title }}</a> <time>{{ .Date.Format \"2 January 2006\" }}</time></li>{{ end }}\
         </ul>{{ end }}\n",
    ),
];

/// The site as paths and texts.
pub(crate) fn site(corpus: &Corpus) -> Vec<(String, String)> {
    let mut files = vec![("hugo.toml".to_owned(), SETTINGS.to_owned())];
    files.extend(LAYOUTS.iter().map(|(name, text)| (format!("layouts/{name}"), (*text).to_owned())));
    let terms = terms(corpus);
    for (path, text) in &corpus.files {
        let Some((folder, name)) = path.strip_prefix("content/").and_then(|path| path.split_once('/')) else {
            continue;
        };
        let Some(id) = name.strip_suffix(".md") else { continue };
        match folder {
            "articles" => files.push((format!("content/articles/{name}"), article(text, terms.get(id)))),
            "entities" => {
                files.push((format!("content/entities/{id}/_index.md"), text.replacen("name: ", "title: ", 1)))
            }
            _ => files.push((format!("content/events/{id}/_index.md"), text.clone())),
        }
    }
    files
}

/// The ids of an article's entities and events.
type Terms<'a> = (Vec<&'a str>, Vec<&'a str>);

fn terms(corpus: &Corpus) -> BTreeMap<&str, Terms<'_>> {
    let mut terms: BTreeMap<&str, Terms<'_>> = BTreeMap::new();
    for (article, entity, _) in &corpus.mentions {
        terms.entry(article).or_default().0.push(entity);
    }
    for (article, event) in &corpus.events {
        terms.entry(article).or_default().1.push(event);
    }
    terms
}

/// An article with its terms in the front matter.
fn article(text: &str, terms: Option<&Terms<'_>>) -> String {
    let (entities, events) = terms.cloned().unwrap_or_default();
    let body = text.strip_prefix("---\n").unwrap_or(text).replacen("published: ", "date: ", 1);
    let mut out = String::from("---\n");
    let _ = writeln!(out, "entities: [{}]\nevents: [{}]", entities.join(", "), events.join(", "));
    out + &body
}
