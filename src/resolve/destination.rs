//! Where a link in Markdown leads: to a record, a file beside it, another site, or nowhere.

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
    /// To a record, and perhaps to a place in its page (`#…`).
    Record(Node, String),
    /// To a file of the folder, by path from the root.
    File(String),
    /// To another site, or to a place in the same page.
    Elsewhere(String),
    /// To nothing: a name or path without a record or file, or an address that must not be followed (`javascript:`).
    Nowhere,
}

impl Directory {
    /// Where `target`, written in a file of `folder`, leads.
    pub fn destination(&self, folder: &str, target: &str, wiki: bool) -> Destination {
        if wiki {
            return self
                .find(target, Kind::ALL)
                .map_or(Destination::Nowhere, |node| Destination::Record(node, String::new()));
        }
        if target.starts_with('#') {
            return Destination::Elsewhere(target.to_owned());
        }
        if let Some(scheme) = scheme(target) {
            let safe = matches!(scheme.as_str(), "http" | "https" | "mailto" | "tel");
            return if safe { Destination::Elsewhere(target.to_owned()) } else { Destination::Nowhere };
        }
        if target.starts_with("//") {
            return Destination::Nowhere;
        }
        let (path, fragment) = target.split_once('#').map_or((target, ""), |(path, fragment)| (path, fragment));
        let Some(path) = join(folder, path) else { return Destination::Nowhere };
        match self.at_path(&path) {
            Some(node) if fragment.is_empty() => Destination::Record(node, String::new()),
            Some(node) => Destination::Record(node, format!("#{fragment}")),
            None if self.is_asset(&path) => Destination::File(path),
            None => Destination::Nowhere,
        }
    }
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
        problem.help("addresses start with `https://`, `http://`, `mailto:` or `tel:`");
        return;
    }
    let path = join(folder, target.split('#').next().unwrap_or_default());
    if let Some(other) = path.as_deref().and_then(|path| directory.text_at(path)) {
        without_page(directory, other, span, diags);
        return;
    }
    let near =
        path.as_deref().and_then(|path| near_file(path, directory.linkable())).map(|near| relative(folder, near));
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
    fn schemes_are_seen_through_spaces() {
        assert_eq!(scheme("java\nscript:x").as_deref(), Some("javascript"));
        assert_eq!(scheme("a/b:c"), None);
    }
}
