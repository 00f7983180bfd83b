//! What an address shows: a page, a copied file, the way to a folder's list, or the page for addresses that lead nowhere.

use std::sync::Arc;

use super::address;
use super::edition::{Edition, Page};
use crate::base::diag::Diagnostic;
use crate::edge::report::Place;

/// The page for addresses that lead nowhere.
const NOT_FOUND: &str = "404.html";

/// What an address shows.
pub(super) enum Shown {
    /// A file that is made.
    Page {
        /// Where it is in the site.
        route: String,
        /// The file.
        page: Arc<Page>,
        /// The HTTP status that goes with it.
        status: u16,
    },
    /// A file that is copied: its path from the root of the dossier.
    Copy(String),
    /// A folder without its slash.
    Folder,
}

/// What the path of a request shows in an edition. The page is made now: call this where waiting is allowed.
pub(super) fn shown(edition: &Edition, path: &str) -> Shown {
    let Some(route) = route(edition, path) else {
        let list = address::route(path).map(|route| format!("{route}/index.html"));
        if list.is_some_and(|list| edition.has(&list)) {
            return Shown::Folder;
        }
        return made(edition, NOT_FOUND.to_owned(), 404);
    };
    match edition.copy(&route) {
        Some(path) => Shown::Copy(path.to_owned()),
        None => made(edition, route, 200),
    }
}

/// The route that a path asks for, if anything stands there: from the root, or below the path of `base_url`.
pub(super) fn route(edition: &Edition, path: &str) -> Option<String> {
    let base = url::Url::parse(&edition.site.dossier.settings.base_url).ok();
    let below = base.and_then(|base| address::below(base.path(), path));
    [address::route(path), below].into_iter().flatten().find(|route| edition.has(route))
}

fn made(edition: &Edition, route: String, status: u16) -> Shown {
    match edition.page(&route) {
        Ok(Some(page)) => Shown::Page { status: if route == NOT_FOUND { 404 } else { status }, route, page },
        Ok(None) => Shown::Page { route, page: Arc::new(Page::new(Vec::new())), status: 404 },
        Err(problem) => Shown::Page { page: Arc::new(failure(edition, &problem)), route, status: 500 },
    }
}

/// Instead of a page that cannot be made. What is wrong is in the overlay too, with its lines.
fn failure(edition: &Edition, problem: &Diagnostic) -> Page {
    let Place { file, line, column, .. } = Place::of(&edition.site.inputs, problem.span);
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let (place, message) = (escape(&format!("{file}:{line}:{column}")), escape(&problem.message));
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>This page cannot be made</title>\n\
         </head>\n<body>\n<main>\n<h1>This page cannot be made</h1>\n\
         <p>{message}</p>\n<p><code>{place}</code></p>\n</main>\n</body>\n</html>\n"
    );
    Page::new(page.into_bytes())
}
