//! Files of the editors that are copied as they are, and where to: all of `static/` under its own names, and files beside a text
//! that its Markdown links to into the folder of its page.
//!
//! Of the files beside a text only those are copied in which nothing runs (`derive/inert`); what is in `static/` somebody put there.
//!
//! A file of `static/` replaces one that the site would have, for that is how an editor says it differently. A file beside a text
//! takes no other's place: nobody who links to a file means that.

use std::collections::{BTreeMap, BTreeSet};

use super::clash::{self, Capitals};
use super::inert::Nature;
use super::routes::{MANIFEST, PageKey, Routes, route};
use crate::base::diag::{Code, Diagnostics};
use crate::base::input::Inputs;
use crate::base::span::Span;
use crate::resolve::destination::Destination;
use crate::resolve::{Dossier, Node};
use crate::syntax::markdown::{self, Link};
use crate::syntax::yaml::Places;

/// The folder of files that are at the site's root under the same path.
const STATIC: &str = "static/";

/// Where files beside a text are copied, by the record and the file's path from the root of the dossier.
pub type Copies = BTreeMap<Node, BTreeMap<String, String>>;

/// The route of a file that a text of `node` links to; `None` where it is not copied.
pub fn copied<'a>(copies: &'a Copies, node: Node, path: &'a str) -> Option<&'a str> {
    path.strip_prefix(STATIC).or_else(|| copies.get(&node)?.get(path).map(String::as_str))
}

/// Adds all of `static/`.
pub(super) fn of_static(inputs: &Inputs, routes: &mut Routes, diags: &mut Diagnostics) {
    for path in inputs.assets.keys() {
        match path.strip_prefix(STATIC) {
            Some(MANIFEST) => manifest_is_taken(inputs, diags),
            Some(route) => drop(routes.pages.insert(route.to_owned(), PageKey::Copy(path.to_string()))),
            None => {}
        }
    }
}

fn manifest_is_taken(inputs: &Inputs, diags: &mut Diagnostics) {
    let Some(site) = inputs.find("site.toml") else { return };
    diags
        .add(
            Code::RouteClash,
            site.start(),
            format!("`static/{MANIFEST}` would take the place of the list of all files"),
        )
        .help("give it another name: the manifest of a web application may be called `site.webmanifest`");
}

/// A text that links to files beside it: the record whose page they are copied to, and the one whose text it is.
type Linking<'a> = BTreeMap<Node, BTreeMap<&'a str, BTreeSet<Node>>>;

/// Adds files beside the texts that link to them. One whose place is taken is reported at the link, and left out.
pub(super) fn beside_texts(inputs: &Inputs, dossier: &Dossier, routes: &mut Routes, diags: &mut Diagnostics) {
    let linking = linking(dossier);
    if linking.is_empty() {
        return;
    }
    let mut capitals = Capitals::of(routes);
    for (owner, readers) in linking {
        let folder = folder(dossier, owner);
        for (path, name) in names(&readers.keys().copied().collect()) {
            let to = format!("{folder}{name}");
            if let Some(taken) = clash::at(routes, &capitals, &to) {
                let links = readers[path].iter().filter_map(|reader| link(inputs, dossier, *reader, path, |_| true));
                links.take(1).for_each(|link| clash::report(path, &to, &taken, link, diags));
                continue;
            }
            if let Some((nature, link)) = in_which_something_runs(inputs, dossier, path, &readers[path]) {
                let (message, help) = nature.told(path);
                diags.add(Code::ActiveFile, link, message).help(help);
                continue;
            }
            capitals.add(&to);
            for reader in &readers[path] {
                routes.copies.entry(*reader).or_default().insert(path.to_owned(), to.clone());
            }
            routes.pages.insert(to, PageKey::Copy(path.to_owned()));
        }
    }
}

/// What a file is in which something could run, and a link that is to blame. Drawings may be shown.
fn in_which_something_runs(
    inputs: &Inputs,
    dossier: &Dossier,
    path: &str,
    readers: &BTreeSet<Node>,
) -> Option<(Nature, Span)> {
    let nature = Nature::of(path);
    let is_to_blame = |link: &Link| nature != Nature::Drawing || !link.image;
    let mut readers = readers.iter().filter(|_| nature != Nature::Inert);
    Some((nature, readers.find_map(|reader| link(inputs, dossier, *reader, path, is_to_blame))?))
}

/// Whose page each file is copied to, and who links to it.
fn linking(dossier: &Dossier) -> Linking<'_> {
    let mut linking = Linking::new();
    let mut add = |owner: Node, reader: Node, path| {
        if !str::starts_with(path, STATIC) {
            linking.entry(owner).or_default().entry(path).or_default().insert(reader);
        }
    };
    for (node, outgoing) in dossier.subjects().filter_map(|(node, _)| Some((node, dossier.outgoing(node)?))) {
        let in_keys = outgoing.key_files.iter().map(|(_, path)| path);
        outgoing.files.iter().chain(in_keys).for_each(|path| add(node, node, path));
    }
    for (article, _) in dossier.articles.iter() {
        for (item, path) in &dossier.outgoing_of_annotations(article).key_files {
            let Some((id, annotation)) = dossier.annotations_of(article).nth(*item as usize) else { continue };
            // Only a fact check has a page of its own.
            let owner = annotation.fact_check().map_or(Node::Article(article), |_| Node::Check(id));
            add(owner, Node::Check(id), path);
        }
    }
    linking
}

/// What the routes of a record's files begin with: the folder of its page, the root for the home page.
fn folder(dossier: &Dossier, node: Node) -> String {
    match node {
        Node::Home => String::new(),
        _ => format!("{}/", route(dossier, node).trim_end_matches(".html")),
    }
}

/// What each file is called: by its own name, or, where several have that name, by its path from the folder that these have in
/// common.
fn names<'a>(paths: &BTreeSet<&'a str>) -> BTreeMap<&'a str, &'a str> {
    let mut of_name: BTreeMap<String, Vec<&'a str>> = BTreeMap::new();
    for path in paths {
        let name = path.rsplit('/').next().unwrap_or(path);
        of_name.entry(clash::folded(name)).or_default().push(path);
    }
    let named = |of_one_name: Vec<&'a str>| {
        let common = common_folder(&of_one_name);
        of_one_name.into_iter().map(move |path| (path, &path[common..]))
    };
    of_name.into_values().flat_map(named).collect()
}

/// How many bytes of sorted paths are a folder that all of them are in.
fn common_folder(paths: &[&str]) -> usize {
    let [first, .., last] = paths else { return paths.first().and_then(|path| path.rfind('/')).map_or(0, |at| at + 1) };
    // What the first and the last begin with in common, all between them do.
    let same = first.bytes().zip(last.bytes()).take_while(|(a, b)| a == b).count();
    first.as_bytes()[..same].iter().rposition(|byte| *byte == b'/').map_or(0, |at| at + 1)
}

/// The first link of a record to a file that is of a sort, in its body or its keys.
fn link(
    inputs: &Inputs,
    dossier: &Dossier,
    node: Node,
    path: &str,
    is_of_sort: impl Fn(&Link) -> bool,
) -> Option<Span> {
    let record = dossier.record(node)?;
    let at = record.meta().at;
    let file = inputs.get(at.file)?;
    let leads_there = |link: &&Link| {
        let destination = || dossier.destination(file.folder(), &link.target, link.wiki);
        is_of_sort(link) && matches!(destination(), Destination::File(found, _) if found == path)
    };
    let in_body = record.body().and_then(|body| {
        let link = body.links.iter().find(leads_there)?;
        Some(Span::new(file.id, link.target_range(&body.text)))
    });
    let (places, mut in_keys) = (Places::new(inputs, &dossier.skipped), None);
    record.prose(&mut |key, text| {
        if let (None, Some(link)) = (in_keys, markdown::links(&text.0).iter().find(leads_there)) {
            in_keys = Some(places.inside(at, &key, link.target_range(&text.0)));
        }
    });
    in_body.or(in_keys)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_one_name_are_called_by_as_much_of_their_path_as_tells_them_apart() {
        for (paths, expected) in [
            (&["content/a/photo.png"][..], &["photo.png"][..]),
            (&["content/a/2023/photo.png", "content/a/2024/photo.png"], &["2023/photo.png", "2024/photo.png"]),
            (&["content/a/2024/photo.png", "content/a/photo.png"], &["2024/photo.png", "photo.png"]),
            (&["content/a/x/p.png", "content/b/x/p.png"], &["a/x/p.png", "b/x/p.png"]),
            (
                &["content/a/20/p.png", "content/a/201/p.png", "content/a/map.png"],
                &["20/p.png", "201/p.png", "map.png"],
            ),
            (&["content/a/x/P.png", "content/a/y/p.png"], &["x/P.png", "y/p.png"]),
            (&["content/é/p.png", "content/è/p.png"], &["è/p.png", "é/p.png"]),
            (&["p.png"], &["p.png"]),
        ] {
            let names: Vec<&str> = names(&paths.iter().copied().collect()).into_values().collect();
            assert_eq!(names, expected, "{paths:?}");
        }
    }
}
