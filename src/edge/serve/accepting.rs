//! The preview's buttons: what is found now is what is meant. The only request that changes files, so it is asked for more than others.

use std::sync::{Arc, PoisonError};

use axum::extract::{Query, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::Preview;
use super::edition::Edition;
use crate::base::span::Span;
use crate::edge::accept::{self, Passage};
use crate::syntax::yaml::{Path, Places};

/// The path of the request.
pub(super) const PATH: &str = "/.dossier/accept";

/// The header in which a page sends back what it was given: a page of another site cannot read ours, and a form cannot send it.
const TOKEN: &str = "dossier-token";

/// What is said to who does not have it.
pub(super) const NOT_OURS: &str = "only the preview's own pages may ask for this\n";

/// Whether a page sent back in a header what it was given.
pub(super) fn is_ours(preview: &Preview, headers: &HeaderMap) -> bool {
    headers.get(TOKEN).is_some_and(|token| token.as_bytes() == preview.token.as_bytes())
}

/// What a page proves that it is ours by, another one each time the preview starts: 128 bits from the system.
pub(super) fn token() -> std::io::Result<String> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Other machines may read, where they were let in, and do not write.
pub(super) const EXPOSED: &str =
    "other machines can reach this preview, so nothing is written from it: use `dossier accept`";

/// Whether a request is the one that changes files: by a method that no link can make.
pub(super) fn is_asked(method: &Method, path: &str) -> bool {
    *method == Method::POST && path == PATH
}

/// The passage, as `article#annotation`.
#[derive(Deserialize)]
pub(super) struct Asked {
    name: String,
}

/// Accepts one passage as the edition shows it. A file that has changed since is not written.
pub(super) async fn accept(
    State(preview): State<Arc<Preview>>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    if !is_ours(&preview, &headers) {
        return (StatusCode::FORBIDDEN, NOT_OURS).into_response();
    }
    let work = preview.clone();
    match preview.make(move || write(&work, &asked.name)).await {
        Some(Ok(())) => StatusCode::NO_CONTENT.into_response(),
        Some(Err((status, why))) => (status, why).into_response(),
        None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn write(preview: &Preview, name: &str) -> Result<(), (StatusCode, String)> {
    // One after the other: each reads what the one before has written.
    let _turn = preview.accepting.lock().unwrap_or_else(PoisonError::into_inner);
    let edition = preview.edition();
    let site = &edition.site;
    let gone = || (StatusCode::NOT_FOUND, "There is nothing to accept here any more.".to_owned());
    let article = name.split_once('#').and_then(|(article, _)| site.dossier.articles.find(article));
    let passages = accept::passages_on(site, article.ok_or_else(gone)?);
    let passage = passages.iter().find(|passage| passage.name() == name && passage.waits()).ok_or_else(gone)?;
    let accepting = accept::accepting(site, &passages, &[passage], |_| false);
    let accepting = accepting.map_err(|why| (StatusCode::CONFLICT, why))?;
    accepting
        .write(&preview.root)
        .map(drop)
        .map_err(|(path, error)| (StatusCode::CONFLICT, format!("{} was not written: {error}.", path.display())))
}

/// The passage whose quote a finding is about, where it waits: `article#annotation`.
pub(super) fn waiting_at(edition: &Edition, span: Span) -> Option<String> {
    let site = &edition.site;
    let article = site.dossier.articles.find(site.inputs.get(span.file)?.stem())?;
    let places = Places::new(&site.inputs, &site.dossier.skipped);
    let is_it = |passage: &&Passage<'_>| places.value(passage.annotation.meta.at, &Path::of("quote")) == span;
    accept::passages_on(site, article).iter().filter(|passage| passage.waits()).find(is_it).map(Passage::name)
}
