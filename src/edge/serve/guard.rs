//! Who may ask, and how: only reading, but for a passage that is accepted; only by a name of this machine, and our own files only from
//! our own pages.

use std::net::IpAddr;

use axum::extract::Request;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::{OWN, accepting};

/// The names under which the preview answers. A page of another site can make a browser resolve that site's name to this
/// machine (DNS rebinding), but the browser then still says that name.
#[derive(Clone, Debug)]
pub struct Names {
    /// The name given with `--host`.
    given: String,
    /// Whether other machines can reach it.
    exposed: bool,
}

impl Names {
    /// For a preview that listens at `address` because `given` was asked for.
    pub fn new(given: &str, address: IpAddr) -> Self {
        Self { given: given.to_ascii_lowercase(), exposed: !address.is_loopback() }
    }

    /// Whether other machines can reach the preview.
    pub fn exposed(&self) -> bool {
        self.exposed
    }

    /// Whether a request for this host is meant for us. An address made of numbers cannot be rebound.
    fn allow(&self, host: &str) -> bool {
        let Ok(authority) = host.parse::<Authority>() else { return false };
        if host.contains('@') {
            return false;
        }
        let name = authority.host().trim_matches(['[', ']']).to_ascii_lowercase();
        let name = name.strip_suffix('.').unwrap_or(&name);
        match name.parse::<IpAddr>() {
            Ok(address) => self.exposed || address.is_loopback(),
            Err(_) => name == "localhost" || name.ends_with(".localhost") || name == self.given,
        }
    }
}

/// Answers what may not be asked, and lets everything else pass.
pub async fn guard(names: Names, request: Request, next: Next) -> Response {
    match refusal(&names, &request) {
        Some((status, why)) => (status, [(header::ALLOW, "GET, HEAD")], format!("{why}\n")).into_response(),
        None => next.run(request).await,
    }
}

fn refusal(names: &Names, request: &Request) -> Option<(StatusCode, &'static str)> {
    let (method, path) = (request.method(), request.uri().path());
    let reads = matches!(*method, Method::GET | Method::HEAD);
    if !reads && !accepting::is_asked(method, path) {
        return Some((StatusCode::METHOD_NOT_ALLOWED, "the preview can only be read"));
    }
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else {
        return Some((StatusCode::BAD_REQUEST, "a request has one Host header"));
    };
    let asked = request.uri().authority().map(Authority::as_str);
    let told = host.to_str().unwrap_or_default();
    if !names.allow(told) || asked.is_some_and(|asked| !names.allow(asked)) {
        let why = "this is a preview on another machine than you think: open it by its own address, or start it with `--host NAME`";
        return Some((StatusCode::FORBIDDEN, why));
    }
    // Every browser names the origin of a request that is no question.
    let named = reads || request.headers().contains_key(header::ORIGIN);
    if path.starts_with(OWN) && !(named && from_our_pages(request.headers(), told)) {
        return Some((StatusCode::FORBIDDEN, "only the preview's own pages may ask for this"));
    }
    (!reads && names.exposed()).then_some((StatusCode::FORBIDDEN, accepting::EXPOSED))
}

/// Whether a browser says that one of our own pages asks. Older browsers and other programs say nothing.
fn from_our_pages(headers: &HeaderMap, host: &str) -> bool {
    let text = |name: &str| headers.get(name).map(HeaderValue::to_str);
    let site = match text("sec-fetch-site") {
        Some(site) => matches!(site, Ok("same-origin" | "none")),
        None => true,
    };
    let origin = match text("origin") {
        Some(origin) => origin.is_ok_and(|origin| origin == format!("http://{host}")),
        None => true,
    };
    site && origin
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_answered() {
        let check = |given: &str, address: &str, host: &str, expected: bool| {
            let names = Names::new(given, address.parse().expect("an address"));
            assert_eq!(names.allow(host), expected, "{host} at {address}");
        };
        for (host, expected) in [
            ("127.0.0.1:4000", true),
            ("127.0.0.1", true),
            ("localhost:4000", true),
            ("LOCALHOST.:8000", true),
            ("mali.localhost", true),
            ("[::1]:4000", true),
            ("evil.example", false),
            ("evil.example:4000", false),
            ("127.0.0.1.evil.example", false),
            ("localhost.evil.example", false),
            ("evil.example@127.0.0.1", false),
            ("127.0.0.1@evil.example", false),
            ("192.168.1.20:4000", false),
            ("0.0.0.0", false),
            ("", false),
            ("a b", false),
        ] {
            check("127.0.0.1", "127.0.0.1", host, expected);
        }
        check("0.0.0.0", "0.0.0.0", "192.168.1.20:4000", true);
        check("0.0.0.0", "0.0.0.0", "evil.example", false);
        check("desk.local", "192.168.1.20", "desk.local:4000", true);
    }
}
