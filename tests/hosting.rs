//! What hosts read beside the pages: `_headers`, `_redirects`, `.nojekyll`, names with hashes, redirect pages. The rules and limits
//! are those that Netlify, Cloudflare Pages and GitLab Pages document.

use std::collections::BTreeMap;
use std::sync::Arc;

use dossier::base::diag::{Code, Diagnostics};
use dossier::base::input::{Asset, Inputs};
use dossier::{Site, build};

/// A dossier at an address, with further files; those under `static/` are no texts.
fn dossier(base_url: &str, files: &[(&str, &str)]) -> (Site, Diagnostics) {
    let mut fixture = format!("=== site.toml\ntitle = \"T\"\nbase_url = \"{base_url}\"\n");
    for (path, text) in files.iter().filter(|(path, _)| !path.starts_with("static/")) {
        fixture.push_str(&format!("=== {path}\n{text}\n"));
    }
    let mut inputs = Inputs::from_fixture(&fixture);
    for (path, text) in files.iter().filter(|(path, _)| path.starts_with("static/")) {
        let bytes = (path.ends_with(".css") || path.ends_with(".js")).then(|| text.as_bytes().into());
        inputs.assets.insert((*path).into(), Asset { size: text.len() as u64, bytes });
    }
    build(&Arc::new(inputs))
}

fn file(site: &Site, route: &str) -> String {
    let mut bytes = Vec::new();
    site.render_to(route, &mut bytes).unwrap_or_else(|problem| panic!("{route}: {problem:?}"));
    String::from_utf8(bytes).expect("a text")
}

/// The blocks of a `_headers` file: an address at the start of a line, then indented headers.
fn headers(text: &str) -> Vec<(String, BTreeMap<String, String>)> {
    let mut rules: Vec<(String, BTreeMap<String, String>)> = Vec::new();
    for line in text.lines() {
        assert!(line.len() <= 2_000, "Cloudflare reads 2,000 characters of a line: {line}");
        match line.strip_prefix("  ") {
            None => {
                assert!(line.starts_with('/') && !line.contains(char::is_whitespace), "an address: {line}");
                assert!(line.matches('*').count() <= 1, "one wildcard a rule: {line}");
                assert!(!line.trim_end_matches('*').contains('*'), "Netlify knows a wildcard at the end alone: {line}");
                rules.push((line.to_owned(), BTreeMap::new()));
            }
            Some(header) => {
                let (name, value) = header.split_once(": ").expect("a name and a value");
                let rule = rules.last_mut().expect("an address before its headers");
                assert!(rule.1.insert(name.to_owned(), value.to_owned()).is_none(), "{name} twice for {}", rule.0);
            }
        }
    }
    rules
}

/// The headers that a host sends with an address.
fn sent(rules: &[(String, BTreeMap<String, String>)], address: &str) -> BTreeMap<String, String> {
    let mut sent = BTreeMap::new();
    let fits = |rule: &str| rule.strip_suffix('*').map_or(address == rule, |start| address.starts_with(start));
    for (name, value) in rules.iter().filter(|(rule, _)| fits(rule)).flat_map(|(_, headers)| headers) {
        assert!(
            sent.insert(name.clone(), value.clone()).is_none(),
            "two rules say {name} of {address}: hosts join them"
        );
    }
    sent
}

/// The directives of a policy, each with its sources.
fn directives(policy: &str) -> BTreeMap<&str, Vec<&str>> {
    let parts = policy.split(';').map(str::split_whitespace);
    parts.filter_map(|mut words| Some((words.next()?, words.collect()))).collect()
}

/// What a page's own policy allows. Pages without one allow what the host says.
fn own_policy(html: &str) -> Option<String> {
    let at = html.find("http-equiv=\"Content-Security-Policy\"")?;
    let content = html[at..].split_once("content=\"")?.1;
    Some(content.split('"').next()?.replace("&#x27;", "'").replace("&#39;", "'"))
}

#[test]
fn only_files_with_a_hash_in_their_name_are_kept() {
    for (base, root) in [("https://example.org/", "/"), ("https://example.org/a/b/", "/a/b/")] {
        let (site, _) =
            dossier(base, &[("static/own.css", "p {}"), ("static/a b.js", "1"), ("static/logo.svg", "<svg/>")]);
        let rules = headers(&file(&site, "_headers"));
        assert!(rules.len() <= 100, "Cloudflare takes 100 rules");
        let hashed: Vec<&str> = site.assets().map(|(route, _)| route).filter(|route| !route.contains(' ')).collect();
        assert!(hashed.len() >= 3 && hashed.iter().any(|route| route.starts_with("own.")), "{hashed:?}");
        for route in hashed {
            let sent = sent(&rules, &format!("{root}{route}"));
            assert_eq!(sent["Cache-Control"], "public, max-age=31536000, immutable", "{route}");
        }
        let index = site.search_index();
        assert!(index.files.len() > 1, "the index, and the names to filter by");
        for route in index.files.keys() {
            let kept = sent(&rules, &format!("{root}{route}")).contains_key("Cache-Control");
            assert_eq!(kept, route != "search/index.js", "{route}");
        }
        for route in ["", "index.html", "404.html", "own.css", "logo.svg", "dossier.json", "manifest.json"] {
            let sent = sent(&rules, &format!("{root}{route}"));
            assert!(!sent.contains_key("Cache-Control"), "{route} is asked for anew");
            assert_eq!(sent["X-Content-Type-Options"], "nosniff");
        }
    }
}

#[test]
fn a_host_allows_what_pages_allow_and_no_other_site() {
    let (site, _) = dossier("https://example.org/", &[("content/articles/a.md", "---\ntitle: A\n---\nx")]);
    let rules = headers(&file(&site, "_headers"));
    let policy = sent(&rules, "/search.html")["Content-Security-Policy"].clone();
    let allowed = directives(&policy);
    assert_eq!(allowed["default-src"], ["'none'"]);
    for (directive, sources) in &allowed {
        let known = ["'none'", "'self'", "data:"];
        assert!(sources.iter().all(|source| known.contains(source)), "{directive} {sources:?}");
    }
    for route in site.routes.pages.keys().filter(|route| route.ends_with(".html")) {
        let Some(own) = own_policy(&file(&site, route)) else { continue };
        for (directive, sources) in directives(&own) {
            let host = allowed.get(directive).or(allowed.get("default-src")).expect("a default");
            let missing: Vec<&&str> = sources.iter().filter(|s| **s != "'none'" && !host.contains(s)).collect();
            assert!(missing.is_empty(), "{route} allows {directive} {missing:?}, and `_headers` does not");
        }
    }
}

#[test]
fn a_page_that_moved_is_found_at_both_its_old_addresses() {
    let entity = ("content/entities/wagner.md", "---\nname: Wagner\nformer_ids: [pmc-wagner]\n---\nx");
    let page = ("content/pages/method.md", "---\ntitle: Method\nformer_ids: [about]\n---\nx");
    for (base, root) in [("https://example.org/", "/"), ("https://example.org/mali/", "/mali/")] {
        let (site, _) = dossier(base, &[entity, page]);
        let rules = redirects(&file(&site, "_redirects"));
        for (from, to) in [("entities/pmc-wagner", "entities/wagner.html"), ("about", "method.html")] {
            for ending in ["", ".html"] {
                assert_eq!(rules.get(&format!("{root}{from}{ending}")), Some(&format!("{root}{to}")));
            }
            let html = file(&site, &format!("{from}.html"));
            let name = to.rsplit('/').next().unwrap_or(to);
            assert!(html.contains(&format!("content=\"0; url={name}\"")), "{html}");
            assert!(html.contains(&format!("<link rel=\"canonical\" href=\"{base}{to}\">")), "{html}");
        }
        assert!(
            rules.keys().all(|from| !site.routes.pages.contains_key(&format!("{from}.html")) || from.contains("pmc"))
        );
    }
}

/// The rules of a `_redirects` file: from, to, status.
fn redirects(text: &str) -> BTreeMap<String, String> {
    assert!(text.len() <= 64 << 10, "GitLab reads 64 KiB");
    assert!(text.lines().count() <= 1_000, "GitLab reads 1,000 rules");
    let rule = |line: &str| {
        assert!(line.len() <= 1_000, "Cloudflare reads 1,000 characters of a line: {line}");
        let words: Vec<&str> = line.split(' ').collect();
        let [from, to, "301"] = words[..] else { panic!("from, to, status: {line}") };
        assert!(from.starts_with('/') && to.starts_with('/') && !line.contains(['*', ':', '#', '?']), "{line}");
        (from.to_owned(), to.to_owned())
    };
    text.lines().map(rule).collect()
}

#[test]
fn more_moved_pages_than_a_host_takes_still_have_their_redirect_pages() {
    let former: Vec<String> =
        (0..5_000).map(|number| format!("a-rather-long-former-id-of-this-entity-{number}")).collect();
    let entity = format!("---\nname: Wagner\nformer_ids: [{}]\n---\nx", former.join(", "));
    let (site, _) = dossier("https://example.org/", &[("content/entities/wagner.md", &entity)]);
    let rules = redirects(&file(&site, "_redirects"));
    assert!(rules.len() > 500);
    for former in &former {
        assert!(site.routes.pages.contains_key(&format!("entities/{former}.html")), "{former}");
    }
}

#[test]
fn an_editor_can_say_it_differently() {
    let (site, diags) =
        dossier("https://example.org/", &[("static/_headers", "/*\n  X: y\n"), ("static/.nojekyll", "")]);
    assert_eq!(diags.iter().count(), 0);
    for route in ["_headers", ".nojekyll"] {
        let key = format!("{:?}", site.routes.pages[route]);
        assert!(key.contains(&format!("static/{route}")), "{key}");
    }
}

#[test]
fn the_list_of_all_files_has_its_place_to_itself() {
    let (_, diags) = dossier("https://example.org/", &[("static/manifest.json", "{}")]);
    let found: Vec<_> = diags.iter().collect();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].code, Code::RouteClash);
}

#[test]
fn a_template_names_an_asset_and_an_unknown_one_is_a_mistake_at_its_line() {
    let link = |name: &str| format!("<link href=\"{{{{ page.head.root }}}}{{{{ \"{name}\" | asset }}}}\">");
    let page = ("content/pages/p.md", "---\ntitle: P\n---\nx");
    let of = |name: &str| {
        let template = link(name);
        dossier("https://example.org/", &[page, ("static/chart.js", "1"), ("templates/page.html", &template)])
    };
    assert_eq!(file(&of("chart.js").0, "p.html").trim_end(), "<link href=\"chart.6b86b273ff.js\">");
    let (site, _) = of("chart.jss");
    let problem = site.render_to("p.html", &mut Vec::new()).expect_err("there is no such asset");
    assert_eq!(problem.code, Code::TemplateError);
    assert!(problem.message.contains("did you mean `chart.js`?"), "{}", problem.message);
}
