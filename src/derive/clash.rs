//! Whether a file that is copied would take another's place: at the same route, at one that differs in capitals alone or in how an
//! accent is written, which macOS and Windows take for the same, or as a file where others need a folder.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization as _;

use super::routes::{MANIFEST, PageKey, Routes};
use crate::base::diag::{Code, Diagnostics};
use crate::base::input::Inputs;
use crate::base::span::Span;

/// Folders that the site fills when all routes are known.
const FILLED_LATER: &[&str] = &["previews/checks", "previews/figures", "search"];

/// A route as a system reads it that makes nothing of capitals.
pub(super) fn folded(route: &str) -> String {
    match route.is_ascii() {
        true => route.to_ascii_lowercase(),
        false => route.nfc().collect::<String>().to_lowercase().nfc().collect(),
    }
}

/// The routes that are not as such a system reads them, by what it reads. Those of pages all are: ids have no capitals.
#[derive(Default)]
pub(super) struct Capitals(BTreeMap<String, String>);

impl Capitals {
    pub(super) fn of(routes: &Routes) -> Self {
        let mut capitals = Self::default();
        let copied = routes.pages.iter().filter(|(_, key)| matches!(key, PageKey::Copy(_)));
        copied.for_each(|(route, _)| drop(capitals.add(route)));
        capitals
    }

    /// Adds a route; the one that is in its place, if there is one.
    pub(super) fn add(&mut self, route: &str) -> Option<String> {
        let folded = folded(route);
        if folded == route { None } else { self.0.insert(folded, route.to_owned()) }
    }
}

/// What is in the way of a route.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Taken {
    /// Where it stands.
    route: String,
    /// The file that is copied there, from the root of the dossier; `None` for one that the site makes.
    file: Option<String>,
}

/// What is in the way of a route that is not among `routes` yet.
pub(super) fn at(routes: &Routes, capitals: &Capitals, route: &str) -> Option<Taken> {
    let folded = folded(route);
    let above = || folded.match_indices('/').map(|(at, _)| &folded[..at]);
    let holds = |folder: &&&str| std::iter::once(&*folded).chain(above()).any(|path| path == **folder);
    if let Some(folder) = FILLED_LATER.iter().find(holds) {
        return Some(Taken { route: format!("{folder}/"), file: None });
    }
    if folded == MANIFEST || above().any(|path| path == MANIFEST) {
        return Some(Taken { route: MANIFEST.to_owned(), file: None });
    }
    let other = std::iter::once(&*folded).chain(above()).find_map(|path| in_place(routes, capitals, path));
    let other = other.or_else(|| below(routes, capitals, &folded))?;
    let file = match &routes.pages[other] {
        PageKey::Copy(file) => Some(file.clone()),
        _ => None,
    };
    Some(Taken { route: other.to_owned(), file })
}

fn in_place<'a>(routes: &'a Routes, capitals: &'a Capitals, folded: &str) -> Option<&'a str> {
    let same = routes.pages.get_key_value(folded).map(|(route, _)| route);
    same.or_else(|| capitals.0.get(folded)).map(String::as_str)
}

/// A route in the folder that this one would be.
fn below<'a>(routes: &'a Routes, capitals: &'a Capitals, folded: &str) -> Option<&'a str> {
    let inside = format!("{folded}/");
    let written = routes.pages.range(inside.clone()..).map(|(route, _)| (route, route)).next();
    let read = capitals.0.range(inside.clone()..).next();
    let found = written.into_iter().chain(read).find(|(folded, _)| folded.starts_with(&inside));
    found.map(|(_, route)| route.as_str())
}

/// Reports a file beside a text whose place is taken.
pub(super) fn report(file: &str, to: &str, taken: &Taken, link: Span, diags: &mut Diagnostics) {
    let other = taken.file.as_ref().unwrap_or(&taken.route);
    let message = match taken.route == to {
        true => format!("`{file}` would take the place of `{other}`"),
        false => format!("`{file}` would be copied to `{to}`, and `{other}` is in its way"),
    };
    let problem = diags.add(Code::RouteClash, link, message);
    match taken.file {
        None => problem.help("give the file another name; only a file in `static/` may replace one of the site's own"),
        Some(_) => problem.help("give one of the two files another name"),
    };
}

/// Reports files of `static/` that macOS and Windows take for another, and those that stand where the site has a folder or the
/// reverse; the site is not written with them.
pub(super) fn in_static(inputs: &Inputs, routes: &Routes, diags: &mut Diagnostics) {
    let Some(site) = inputs.find("site.toml") else { return };
    let (mut seen, capitals) = (Capitals::default(), Capitals::of(routes));
    for (route, key) in &routes.pages {
        let PageKey::Copy(file) = key else { continue };
        let folded = folded(route);
        let same =
            if folded == *route { None } else { routes.pages.get_key_value(&folded).map(|(other, _)| other.clone()) };
        if let Some(other) = same.or(seen.add(route)) {
            let message = format!("`{route}` and `{other}` are one file on macOS and Windows");
            diags.add(Code::RouteClash, site.start(), message).help("give one of them another name");
            continue;
        }
        let above = folded.match_indices('/').find_map(|(at, _)| in_place(routes, &capitals, &folded[..at]));
        if let Some(other) = above.or_else(|| below(routes, &capitals, &folded)) {
            let message = format!("`{file}` would be copied to `{route}`, and `{other}` is in its way");
            diags.add(Code::RouteClash, site.start(), message).help("give the file another name");
        }
    }
}
