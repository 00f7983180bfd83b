//! Files that hosts read: `_headers` and `_redirects` (Netlify, Cloudflare Pages; GitLab Pages the second alone), `.nojekyll`
//! (GitHub Pages). Each keeps to what all of them understand, and to the tightest of their limits.

use std::fmt::Write as _;

use super::assets::Assets;
use crate::derive::Context;
use crate::derive::head::path_of;
use crate::derive::routes::{HostFile, PageKey};
use crate::search;

/// What a page may load: its own site, and nothing else. Every page says the same or less of itself, so only what a page cannot
/// say is new here: who may put it into a frame.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; \
                      connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

/// Cloudflare Pages takes 100 rules; an editor's own may join ours.
const MOST_HEADERS: usize = 80;

/// GitLab Pages takes 1,000 rules in 64 KiB, Cloudflare Pages 2,000 in 100 KiB. Pages that moved beyond that are still led on by
/// the page that stands at their old address.
const MOST_REDIRECTS: usize = 1_000;
const LARGEST_REDIRECTS: usize = 60 << 10;

/// Writes one of the files.
pub(super) fn write(context: &Context<'_>, assets: &Assets, file: HostFile, out: &mut Vec<u8>) {
    let root = path_of(&context.dossier.settings.base_url);
    match file {
        HostFile::Headers => out.extend(headers(&root, assets, context).bytes()),
        HostFile::Redirects => out.extend(redirects(&root, context).bytes()),
        HostFile::NoJekyll => {}
    }
}

/// Pages are asked for anew each time, which is what hosts do by themselves; only files with a hash in their name are kept. No
/// header is said twice of one file: some hosts would join the two.
fn headers(root: &str, assets: &Assets, context: &Context<'_>) -> String {
    let mut text = format!(
        "{root}*\n  Content-Security-Policy: {POLICY}\n  X-Content-Type-Options: nosniff\n  \
         Referrer-Policy: strict-origin-when-cross-origin\n"
    );
    let plain =
        |route: &str| route.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'/'));
    let _ = write!(text, "{root}{}/*\n  Cache-Control: public, max-age=31536000, immutable\n", search::KEPT);
    // In a rule, a space ends the address and `*` and `:` are wild.
    let mut left = MOST_HEADERS;
    for route in drawings(context).filter(|route| plain(route)).take(MOST_HEADERS / 2) {
        let _ = write!(text, "{root}{route}\n  Content-Security-Policy: sandbox\n");
        left -= 1;
    }
    for (route, _) in assets.stamped().filter(|(route, _)| plain(route)).take(left) {
        let _ = write!(text, "{root}{route}\n  Cache-Control: public, max-age=31536000, immutable\n");
    }
    if !context.routes.previews.is_empty() {
        let _ = write!(text, "{root}previews/*\n  Cache-Control: public, max-age=31536000, immutable\n");
    }
    text
}

/// The drawings beside texts: a picture in a page, and by itself a page that may hold scripts. Of two policies for one file both hold,
/// also where a host joins them.
fn drawings<'a>(context: &Context<'a>) -> impl Iterator<Item = &'a str> {
    let copies = context
        .routes
        .pages
        .iter()
        .filter(|(_, key)| matches!(key, PageKey::Copy(path) if path.starts_with("content/")));
    copies.map(|(route, _)| route.as_str()).filter(|route| route.to_ascii_lowercase().ends_with(".svg"))
}

/// Each old address with and without its ending: some hosts drop it.
fn redirects(root: &str, context: &Context<'_>) -> String {
    let mut text = String::new();
    let moved = context.routes.pages.iter().filter_map(|(from, key)| match key {
        PageKey::Redirect(to) => Some((from.trim_end_matches(".html"), to)),
        _ => None,
    });
    for (from, to) in moved.take(MOST_REDIRECTS / 2) {
        let rules = format!("{root}{from} {root}{to} 301\n{root}{from}.html {root}{to} 301\n");
        if text.len() + rules.len() > LARGEST_REDIRECTS {
            break;
        }
        text.push_str(&rules);
    }
    text
}
