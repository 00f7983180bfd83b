//! Requests to answers.

use std::path::Path;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path as Parameter, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use tower_http::services::ServeFile;

use super::editor::{Hindrance, Place};
use super::guard::{self, Names};
use super::shown::{self, Shown, shown};
use super::{Preview, accepting, events, jump, own, range};
use crate::edge::read::copied_file;

/// What every answer says: nothing is kept by the browser, no other site may use it. What a page may load it says itself, as it
/// will on any host.
const HEADERS: &[(&str, &str)] = &[
    ("cache-control", "no-store"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-frame-options", "DENY"),
];

/// What no policy of a page can say: nobody puts the preview into a frame, and has its buttons pressed unseen.
const UNFRAMED: &str = "frame-ancestors 'none'";

/// A copied file that is opened by itself is no page of ours: what runs in it, if anything does, has nothing of the preview.
const SANDBOX: &str = "sandbox; frame-ancestors 'none'";

/// A page in `static/` is the editors' own work, and its scripts belong to it.
const SANDBOX_OF_STATIC: &str =
    "sandbox allow-scripts allow-forms allow-popups allow-modals allow-downloads; frame-ancestors 'none'";

/// Everything that can be asked for.
pub(super) fn router(preview: Arc<Preview>, names: Names) -> Router {
    Router::new()
        .route("/.dossier/events", get(events::events))
        .route("/.dossier/open", get(open))
        .route(accepting::PATH, post(accepting::accept))
        .route("/.dossier/{file}", get(own_file))
        .fallback(site)
        .with_state(preview)
        .layer(middleware::from_fn(move |request: Request, next: Next| guard::guard(names.clone(), request, next)))
        .layer(middleware::map_response(with_headers))
}

async fn with_headers(mut response: Response) -> Response {
    for (name, value) in HEADERS {
        response.headers_mut().insert(*name, HeaderValue::from_static(value));
    }
    let policy = response.headers_mut().entry(header::CONTENT_SECURITY_POLICY);
    policy.or_insert(HeaderValue::from_static(UNFRAMED));
    response
}

async fn own_file(Parameter(name): Parameter<String>) -> Response {
    match own::file(&name) {
        Some((kind, text)) => ([(header::CONTENT_TYPE, kind)], text).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn site(State(preview): State<Arc<Preview>>, request: Request) -> Response {
    let (edition, path) = (preview.edition(), request.uri().path().to_owned());
    let asked = path.clone();
    match preview.make(move || shown(&edition, &asked)).await {
        Some(Shown::Copy(file)) => copy(&preview.root, &file, request).await,
        Some(Shown::Folder) => (StatusCode::FOUND, [(header::LOCATION, format!("{path}/"))]).into_response(),
        Some(Shown::Page { route, page, status }) => {
            let status = StatusCode::from_u16(status).unwrap_or_default();
            let is_page = route.ends_with(".html");
            if is_page {
                preview.note_opened(&route);
            }
            let tag = format!("\"{}\"", page.hash);
            let headers = [(header::ETAG, tag.as_str()), (header::CONTENT_TYPE, &kind(&route))];
            if status == StatusCode::OK && is_known(request.headers(), &tag) {
                return (StatusCode::NOT_MODIFIED, headers).into_response();
            }
            let bytes = if is_page {
                own::added(&page.bytes, &page.hash, status.as_u16(), &preview.token)
            } else {
                page.bytes.clone()
            };
            (status, headers, bytes).into_response()
        }
        None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Whether the browser has it already.
fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let mut tags = known.flat_map(|tags| tags.split(','));
    tags.any(|known| known.trim() == "*" || known.trim().trim_start_matches("W/") == tag)
}

/// The type of the file at a route.
fn kind(route: &str) -> String {
    match route {
        "feed.xml" => "application/atom+xml; charset=utf-8".to_owned(),
        _ => {
            let kind = mime_guess::from_path(route).first_or_octet_stream();
            let is_text = kind.type_() == "text" || matches!(kind.subtype().as_str(), "javascript" | "xml");
            if is_text { format!("{}; charset=utf-8", kind.essence_str()) } else { kind.essence_str().to_owned() }
        }
    }
}

/// A file of the dossier as it is now, with its ranges; nothing that a symbolic link makes of it by now.
async fn copy(root: &Path, file: &str, request: Request) -> Response {
    let Ok(path) = copied_file(root, file) else { return StatusCode::NOT_FOUND.into_response() };
    let request = range::held_to_its_condition(request, &path).await;
    match ServeFile::new(path).try_call(request).await {
        Ok(response) => {
            let mut response = response.map(Body::new);
            if let Ok(kind) = HeaderValue::from_str(&kind(file)) {
                response.headers_mut().insert(header::CONTENT_TYPE, kind);
            }
            if let Some(policy) = sandbox(file) {
                response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
            }
            response
        }
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

/// How a copied file is shut in. A PDF is not: browsers show none in a sandbox, and run nothing of it in the preview's name.
fn sandbox(file: &str) -> Option<&'static str> {
    match file.starts_with("static/") {
        _ if kind(file) == "application/pdf" => None,
        true => Some(SANDBOX_OF_STATIC),
        false => Some(SANDBOX),
    }
}

/// What the editor is to open: a line of a file, or an annotation by its page.
#[derive(Deserialize)]
struct Wanted {
    file: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    page: Option<String>,
    annotation: Option<String>,
}

/// What the page does then: it follows the address, or the editor was started and there is nothing to do.
#[derive(Serialize)]
struct Opened {
    address: Option<String>,
}

/// Opens a place of the dossier in the editor. No file is named that the dossier is not made from, and only a page of ours
/// has what is sent back with the request.
async fn open(State(preview): State<Arc<Preview>>, Query(wanted): Query<Wanted>, headers: HeaderMap) -> Response {
    if !accepting::is_ours(&preview, &headers) {
        return (StatusCode::FORBIDDEN, accepting::NOT_OURS).into_response();
    }
    if preview.exposed && preview.editor.is_command() {
        let why = "Other machines can reach this preview, so it starts no editor: open the file yourself, or give `--editor` an address.";
        return (StatusCode::FORBIDDEN, why).into_response();
    }
    let edition = preview.edition();
    let Some((file, line, column)) = place(&edition, &wanted) else { return StatusCode::NOT_FOUND.into_response() };
    let path = preview.root.join(file);
    let place = Place { path: &path, line, column };
    match preview.editor.run(place, &preview.editing) {
        Ok(()) => Json(Opened { address: preview.editor.address(place) }).into_response(),
        Err(Hindrance::Open) => (StatusCode::CONFLICT, Hindrance::Open.to_string()).into_response(),
        Err(hindrance) => (StatusCode::INTERNAL_SERVER_ERROR, hindrance.to_string()).into_response(),
    }
}

fn place(edition: &super::Edition, wanted: &Wanted) -> Option<(String, usize, usize)> {
    let inputs = &edition.site.inputs;
    if let (Some(page), Some(annotation)) = (&wanted.page, &wanted.annotation) {
        let route = shown::route(edition, page)?;
        let (file, place) = jump::place(&edition.site, &route, annotation)?;
        return Some((file.to_owned(), place.line, place.column));
    }
    let file = inputs.find(wanted.file.as_deref()?)?;
    Some((file.path.to_string(), wanted.line.unwrap_or(1), wanted.column.unwrap_or(1)))
}
