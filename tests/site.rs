//! The sample dossier as a whole site: every link leads somewhere, every page is well formed, and the bytes depend on the
//! input alone.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use dossier::base::input::{Inputs, Options, SourceFile};
use dossier::derive::routes::PageKey;
use dossier::edge::read;
use dossier::{Site, build};

fn sample() -> Inputs {
    read::folder(Path::new(env!("CARGO_MANIFEST_DIR")), Options::default()).expect("the sample can be read")
}

/// Every file of a site that is made and not copied, by route.
fn files(site: &Site) -> BTreeMap<String, Vec<u8>> {
    let made = site.routes.pages.iter().filter(|(_, key)| !matches!(key, PageKey::Copy(_)));
    let mut files: BTreeMap<String, Vec<u8>> = made
        .map(|(route, _)| {
            let mut bytes = Vec::new();
            site.render_to(route, &mut bytes).unwrap_or_else(|problem| panic!("{route}: {problem:?}"));
            (route.clone(), bytes)
        })
        .collect();
    files.extend(site.assets().map(|(route, bytes)| (route.to_owned(), bytes.to_vec())));
    files.extend(site.search_index().files);
    files
}

fn pages(files: &BTreeMap<String, Vec<u8>>) -> impl Iterator<Item = (&String, &str)> {
    let html = files.iter().filter(|(route, _)| route.ends_with(".html"));
    html.map(|(route, bytes)| (route, std::str::from_utf8(bytes).expect("a page is UTF-8")))
}

/// A tag of a page: its name, whether it closes, and its attributes.
struct Tag<'a> {
    name: &'a str,
    closing: bool,
    attributes: Vec<(&'a str, String)>,
}

/// The tags of our own pages, which are written strictly: attributes in double quotes, `<` escaped in text.
fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        if rest.starts_with('!') {
            continue;
        }
        let closing = rest.starts_with('/');
        let name_start = usize::from(closing);
        let name_end = rest[name_start..].find([' ', '>', '\n', '/']).map_or(rest.len(), |end| name_start + end);
        let name = &rest[name_start..name_end];
        let mut attributes = Vec::new();
        rest = &rest[name_end..];
        while !rest.starts_with('>') && !rest.is_empty() {
            rest = rest.trim_start_matches([' ', '\n', '/']);
            let Some(end) = rest.find(['=', ' ', '>', '\n']) else { break };
            let key = &rest[..end];
            rest = &rest[end..];
            if let Some(quoted) = rest.strip_prefix("=\"") {
                let close = quoted.find('"').expect("a closed attribute");
                attributes.push((key, unescaped(&quoted[..close])));
                rest = &quoted[close + 1..];
            } else if !key.is_empty() {
                attributes.push((key, String::new()));
            }
        }
        tags.push(Tag { name, closing, attributes });
        if !closing && (name == "style" || name == "script") {
            rest = rest.find("</").map_or("", |end| &rest[end..]);
        }
    }
    tags
}

fn unescaped(text: &str) -> String {
    text.replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

fn ids(html: &str) -> Vec<String> {
    tags(html).into_iter().flat_map(|tag| tag.attributes).filter(|(key, _)| *key == "id").map(|(_, id)| id).collect()
}

/// The route that a relative link on a page leads to.
fn target(page: &str, link: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            ".." => drop(parts.pop().expect("no link leaves the site")),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// A reader who listens is told of each list and each region.
#[test]
fn nothing_is_announced_that_is_empty() {
    let (site, _) = build(&Arc::new(sample()));
    let files = files(&site);
    for (route, html) in pages(&files) {
        for name in ["ul", "ol", "dl", "table", "section", "aside", "nav"] {
            for (end, close) in html.match_indices(&format!("</{name}>")) {
                let before = html[..end].trim_end();
                let last = before.rfind('<').map_or("", |start| &before[start..]);
                let opens = last.strip_prefix('<').and_then(|tag| tag.strip_prefix(name)?.strip_suffix('>'));
                assert!(opens.is_none_or(|rest| rest.contains('>')), "{route}: {last}{close}");
            }
        }
    }
}

#[test]
fn every_link_and_fragment_leads_somewhere() {
    let (site, _) = build(&Arc::new(sample()));
    let files = files(&site);
    let anchors: BTreeMap<&String, BTreeSet<String>> =
        pages(&files).map(|(route, html)| (route, ids(html).into_iter().collect())).collect();
    let copied: BTreeSet<&String> = site.routes.pages.keys().collect();
    let mut broken = Vec::new();
    // The page for addresses that lead nowhere has absolute links: a host may show it at any depth.
    for (route, html) in pages(&files).filter(|(route, _)| *route != "404.html") {
        let links =
            tags(html).into_iter().flat_map(|tag| tag.attributes).filter(|(key, _)| matches!(*key, "href" | "src"));
        for (_, link) in
            links.filter(|(_, link)| !link.contains("://") && !link.starts_with("mailto:") && !link.starts_with("tel:"))
        {
            let (path, fragment) =
                link.split_once('#').map_or((link.as_str(), None), |(path, fragment)| (path, Some(fragment)));
            let to = if path.is_empty() { route.clone() } else { target(route, path) };
            let exists = files.contains_key(&to) || copied.contains(&to);
            let there = fragment.is_none_or(|fragment| anchors.get(&to).is_some_and(|ids| ids.contains(fragment)));
            if !exists || !there || path.starts_with('/') {
                broken.push(format!("{route}: {link}"));
            }
        }
    }
    assert!(broken.is_empty(), "{} broken links:\n{}", broken.len(), broken[..broken.len().min(40)].join("\n"));
}

#[test]
fn every_page_is_well_formed_and_has_each_id_once() {
    const VOID: &[&str] = &["meta", "link", "br", "hr", "img", "input", "wbr", "col", "source"];
    let (site, _) = build(&Arc::new(sample()));
    let files = files(&site);
    let mut wrong = Vec::new();
    for (route, html) in pages(&files) {
        let mut open: Vec<&str> = Vec::new();
        for tag in tags(html).iter().filter(|tag| !VOID.contains(&tag.name)) {
            // Shapes in a drawing close themselves.
            let shape = ["circle", "line", "path", "rect", "use", "polygon", "ellipse"].contains(&tag.name);
            match (tag.closing, open.last()) {
                (false, _) if !shape => open.push(tag.name),
                (true, Some(last)) if *last == tag.name => drop(open.pop()),
                (true, last) if !shape => {
                    wrong.push(format!("{route}: </{}> closes <{}>", tag.name, last.unwrap_or(&"nothing")))
                }
                _ => {}
            }
        }
        if !open.is_empty() {
            wrong.push(format!("{route}: not closed: {open:?}"));
        }
        let mut seen = BTreeSet::new();
        wrong.extend(
            ids(html).into_iter().filter(|id| !seen.insert(id.clone())).map(|id| format!("{route}: the id {id} twice")),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong[..wrong.len().min(40)].join("\n"));
}

/// An annotation may be called `main`, `mentions`, or as anything else that a template calls a place.
#[test]
fn no_id_of_an_article_page_or_of_paper_is_one_that_an_annotation_can_have() {
    let mut inputs = sample();
    let article =
        inputs.files.iter().find(|file| file.path.starts_with("content/articles/")).expect("an article").clone();
    let text = format!("{}\n\nA note.[^1]\n\n[^1]: Below.\n", article.text).into();
    inputs.replace(Arc::new(SourceFile { text, ..SourceFile::clone(&article) }));
    let (site, _) = build(&Arc::new(inputs));
    let annotations: BTreeSet<&str> = site.dossier.annotations.records().iter().map(|one| &*one.meta.id).collect();
    let files = files(&site);
    let articles = pages(&files).filter(|(route, _)| route.starts_with("articles/") && !route.ends_with("index.html"));
    let all: BTreeSet<String> = articles.flat_map(|(_, page)| ids(page)).collect();
    for own in ["page_main", "page_footnotes", "page_mentions", "page_referred-by", "fn_1"] {
        assert!(all.contains(own), "the sample shows no {own}");
    }
    let own: Vec<&String> = all.iter().filter(|id| !annotations.contains(&***id) && !id.contains('_')).collect();
    assert_eq!(own, [""; 0], "an id of a template on this page needs an underscore");
    // There each id of an annotation begins with that of its article, and an underscore.
    let (_, print) = pages(&files).find(|(route, _)| *route == "print.html").expect("a page for paper");
    assert!(ids(print).iter().all(|id| id.contains('_') || !annotations.contains(&**id)));
}

#[test]
fn the_same_input_gives_the_same_bytes_with_any_number_of_threads() {
    let inputs = Arc::new(sample());
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| files(&build(&inputs).0))
    };
    let first = with(1);
    assert!(first == with(4), "one thread or four");
    // Files in another order, as another disk would list them.
    let texts: Vec<(String, String)> =
        inputs.files.iter().rev().map(|file| (file.path.to_string(), file.text.to_string())).collect();
    let mut shuffled = Inputs::new(texts, Options::default());
    shuffled.assets.clone_from(&inputs.assets);
    assert!(first == files(&build(&Arc::new(shuffled)).0), "another order of files");
}

#[test]
fn the_sample_has_nothing_to_report() {
    let inputs = sample();
    let (_, diags) = build(&Arc::new(inputs.clone()));
    assert_eq!(diags.iter().count(), 0, "{}", dossier::edge::report::human(&inputs, &diags, false));
}
