//! Parts of files: of bytes alone, and with `If-Range` only of the file that the browser has the rest of (RFC 9110, 13.1.5 and 14.2).

use std::path::Path;
use std::time::{Duration, SystemTime};

use axum::extract::Request;
use axum::http::{HeaderValue, Method, header};
use tower_http::services::ServeFile;

/// A file that was written so lately may be written again in the same second, which its date would not tell.
const SETTLED: Duration = Duration::from_secs(1);

/// The request without its range, where its condition does not hold: then all of the file is sent.
pub(super) async fn held_to_its_condition(mut request: Request, path: &Path) -> Request {
    let headers = request.headers_mut();
    let is_of_bytes = |range: &HeaderValue| range.as_bytes().to_ascii_lowercase().starts_with(b"bytes=");
    // Whoever asks for a unit that nobody knows gets all.
    if headers.get(header::RANGE).is_some_and(|range| !is_of_bytes(range)) {
        headers.remove(header::RANGE);
    }
    let condition = headers.remove(header::IF_RANGE);
    if headers.contains_key(header::RANGE)
        && let Some(condition) = condition
        && !holds(&condition, path).await
    {
        request.headers_mut().remove(header::RANGE);
    }
    request
}

/// Whether what the browser has is what stands there: by a strong tag, or by the very date that was sent with it.
async fn holds(condition: &HeaderValue, path: &Path) -> bool {
    let mut question = Request::new(axum::body::Body::empty());
    *question.method_mut() = Method::HEAD;
    let Ok(now) = ServeFile::new(path).try_call(question).await else { return false };
    let is = |name: header::HeaderName| now.headers().get(name).is_some_and(|value| value == condition);
    match condition.as_bytes() {
        [b'W', b'/', ..] => false,
        [b'"', ..] => is(header::ETAG),
        _ => is(header::LAST_MODIFIED) && is_settled(path),
    }
}

fn is_settled(path: &Path) -> bool {
    let modified = path.metadata().and_then(|metadata| metadata.modified());
    modified.is_ok_and(|time| SystemTime::now().duration_since(time).is_ok_and(|age| age > SETTLED))
}
