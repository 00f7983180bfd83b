//! Where a link in Markdown leads: to a record, a file beside it, another site, or nowhere.

use url::Url;

use super::directory::Directory;
use super::{Dossier, Node, names};
use crate::base::address;
use crate::base::diag::{Code, Diagnostics};
use crate::base::input::stem;
use crate::base::nearest::nearest;
use crate::base::span::Span;
use crate::model::value::Kind;
use crate::parse::Folder;
use crate::syntax::markdown::Link;

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// To a record's page.
    Record(Node, Behind),
    /// To a file of the folder, by path from the root.
    File(String, Behind),
    /// To a place in the same page, by its name.
    Here(String),
    /// To another site.
    Elsewhere(String),
    /// To nothing: a name or path without a record or file, or an address that must not be followed (`javascript:`).
    Nowhere,
}

/// What an address says behind its path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Behind {
    /// `?page=2`; empty where there is none.
    pub query: String,
    /// The name of a place, without its `#`; empty where there is none.
    pub place: String,
}

impl Behind {
    fn new(query: &str, place: &str) -> Self {
        Self { query: query.to_owned(), place: place.to_owned() }
    }

    /// As it stands in an address whose place has the id `id`.
    pub fn written(&self, id: &str) -> String {
        let sign = if id.is_empty() { "" } else { "#" };
        [&self.query, sign, id].concat()
    }
}

/// Whether a name is that of a place in a text. Browsers know the top of a page by its name, and a passage by its words.
pub fn is_place(name: &str) -> bool {
    !name.is_empty() && !name.eq_ignore_ascii_case("top") && !name.starts_with(":~:")
}

impl Directory {
    /// Where `target`, written in a file of `folder`, leads.
    pub fn destination(&self, folder: &str, target: &str, wiki: bool) -> Destination {
        if wiki {
            let found = self.find(target, Kind::ALL);
            return found.map_or(Destination::Nowhere, |node| Destination::Record(node, Behind::default()));
        }
        if let Some(name) = target.strip_prefix('#') {
            return Destination::Here(name.to_owned());
        }
        if let Some(scheme) = scheme(target) {
            return elsewhere(&scheme, target).map_or(Destination::Nowhere, Destination::Elsewhere);
        }
        if target.starts_with("//") {
            return Destination::Nowhere;
        }
        self.in_folder(folder, target).unwrap_or(Destination::Nowhere)
    }

    /// The record or file at a path. What follows a `?` may be a part of its name, although that should be written `%3F`.
    fn in_folder(&self, folder: &str, target: &str) -> Option<Destination> {
        let (path, place) = target.split_once('#').unwrap_or((target, ""));
        let query = path.find('?').unwrap_or(path.len());
        let whole = || self.at(&join(folder, path)?, Behind::new("", place));
        whole().or_else(|| self.at(&join(folder, &path[..query])?, Behind::new(&path[query..], place)))
    }

    fn at(&self, path: &str, behind: Behind) -> Option<Destination> {
        match self.at_path(path) {
            Some(node) => Some(Destination::Record(node, behind)),
            None => self.asset_at(path).map(|path| Destination::File(path.to_owned(), behind)),
        }
    }
}

/// An address outside the dossier that a page can lead to. One of the web has a host, and is whole: with too few slashes a browser
/// may take it for a path of the page's own host.
fn elsewhere(scheme: &str, target: &str) -> Option<String> {
    let url = match scheme {
        "http" | "https" => address::web(target)?,
        "mailto" | "tel" => Url::parse(target).ok()?,
        _ => return None,
    };
    let is_whole = !url.has_host() || target.contains("://");
    Some(if is_whole { target.to_owned() } else { url.into() })
}

impl Dossier {
    /// Where `target`, written in a file of `folder`, leads.
    pub fn destination(&self, folder: &str, target: &str, wiki: bool) -> Destination {
        self.directory.destination(folder, target, wiki)
    }
}

/// The scheme of an address, in lower case. Browsers leave out control characters and spaces in it, so that is done here.
fn scheme(target: &str) -> Option<String> {
    let (scheme, _) = target.split_once(':')?;
    let scheme: String = scheme.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    let valid = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    valid.then(|| scheme.to_ascii_lowercase())
}

/// The path from the root that `path` means in `folder`; `None` when it leaves the root. A leading `/` means `static/`.
fn join(folder: &str, path: &str) -> Option<String> {
    let decoded = address::unescaped_path(path);
    let (start, rest) = match decoded.strip_prefix('/') {
        Some(rest) => ("static", rest),
        None => (folder, decoded.as_str()),
    };
    let mut parts: Vec<&str> = start.split('/').filter(|part| !part.is_empty()).collect();
    for part in rest.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Reports a link that leads nowhere.
pub(super) fn report(directory: &Directory, folder: &str, link: &Link, span: Span, diags: &mut Diagnostics) {
    if link.wiki {
        if let Err(why) = directory.find(&link.target, Kind::ALL) {
            names::report(directory, &link.target, Kind::ALL, &why, span, diags);
        }
        return;
    }
    let target = &link.target;
    if scheme(target).is_some() || target.starts_with("//") {
        let problem =
            diags.add(Code::BrokenLink, span, format!("`{target}` is not an address that a page can lead to"));
        problem.help("addresses start with `https://` and a host, `http://`, `mailto:` or `tel:`");
        return;
    }
    if target.trim().is_empty() {
        let problem = diags.add(Code::BrokenLink, span, "this link leads nowhere: it has no address");
        problem.help("write one between the brackets `( )`");
        return;
    }
    let named_so = join(folder, target).filter(|path| target.contains('#') && directory.asset_at(path).is_some());
    let path = named_so.or_else(|| join(folder, target.split(['#', '?']).next().unwrap_or_default()));
    if let Some(other) = path.as_deref().and_then(|path| directory.text_at(path)) {
        without_page(directory, other, span, diags);
        return;
    }
    let near = path.as_deref().and_then(|path| near_file(path, directory.linkable()));
    let near = near.map(|near| address::typed_path(&relative(folder, near)));
    diags
        .add(Code::BrokenLink, span, format!("there is no file `{}`", path.as_deref().unwrap_or(target)))
        .did_you_mean(near.as_deref());
}

/// A file of that name elsewhere, or one of nearly that name in the same folder.
fn near_file<'a>(path: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let parts = |path: &'a str| path.rsplit_once('/').unwrap_or(("", path));
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let known: Vec<&str> = known.collect();
    let stem = |name: &'a str| name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let elsewhere = known.iter().copied().find(|path| parts(path).1 == name);
    let beside = || {
        let same = |path: &&&'a str| parts(path).0 == folder && path.ends_with(ending);
        let beside: Vec<&'a str> = known.iter().filter(same).copied().collect();
        let written = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let near = nearest(written, beside.iter().map(|path| stem(parts(path).1)))?;
        beside.into_iter().find(|path| stem(parts(path).1) == near)
    };
    elsewhere.or_else(beside)
}

/// How a file of `folder` links to a path from the root.
fn relative(folder: &str, path: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = path.split('/').collect();
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = vec![".."; from.len() - common];
    up.into_iter().chain(to[common..].iter().copied()).collect::<Vec<_>>().join("/")
}

/// A link to a file of the dossier that has no page: a draft, a list of annotations, a template.
fn without_page(directory: &Directory, path: &str, span: Span, diags: &mut Diagnostics) {
    let kind = Folder::of(path).and_then(Folder::kind);
    match kind.and_then(|kind| directory.why_absent(kind, stem(path))) {
        // What could not be read has been reported, and the link is not to blame.
        Some(why) => names::report(directory, stem(path), &[], &why, span, diags),
        None => {
            diags
                .add(Code::BrokenLink, span, format!("`{path}` has no page"))
                .help("link to an article, an entity, an event, a figure, a source or a page");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined_and_never_leave_the_root() {
        for (folder, path, expected) in [
            ("content/articles", "../events/a.md", Some("content/events/a.md")),
            ("content/articles/2024", "./map%20one.png", Some("content/articles/2024/map one.png")),
            ("content", "../../x", None),
            ("content/pages", "/logo.svg", Some("static/logo.svg")),
        ] {
            assert_eq!(join(folder, path).as_deref(), expected, "{folder} {path}");
        }
    }

    #[test]
    fn an_address_elsewhere_is_whole() {
        for (target, expected) in [
            ("https://e.org/Ü?q=ä b#ç", Some("https://e.org/Ü?q=ä b#ç")),
            ("HTTPS://E.org", Some("HTTPS://E.org")),
            ("https:e.org/a", Some("https://e.org/a")),
            ("https:/e.org", Some("https://e.org/")),
            ("https://", None),
            ("http://a b/", None),
            ("ht tp://e.org", None),
            ("MAILTO:a@e.org?subject=x y", Some("MAILTO:a@e.org?subject=x y")),
            ("tel:+49 30", Some("tel:+49 30")),
            ("javascript:x", None),
            ("a+b:c", None),
        ] {
            let found = scheme(target).and_then(|scheme| elsewhere(&scheme, target));
            assert_eq!(found.as_deref(), expected, "{target}");
        }
    }

    #[test]
    fn schemes_are_seen_through_spaces() {
        assert_eq!(scheme("java\nscript:x").as_deref(), Some("javascript"));
        assert_eq!(scheme("a/b:c"), None);
    }
}
