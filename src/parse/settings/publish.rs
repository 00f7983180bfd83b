//! `[publish.<name>]`: each names one place, and no password.

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use url::Url;

use super::Reader;
use crate::base::diag::{Code, Diagnostics};

/// The keys of which a target has one.
const PLACES: &[&str] = &["folder", "bucket", "git"];

pub(super) fn check(reader: &Reader<'_>, table: &DeTable<'_>, diags: &mut Diagnostics) {
    let Some(targets) = table.get("publish").and_then(|value| value.get_ref().as_table()) else { return };
    for (name, target) in targets {
        let Some(keys) = target.get_ref().as_table() else { continue };
        places(reader, name, keys, diags);
        if let Some((written, bucket)) = text(keys, "bucket")
            && bucket.strip_prefix("s3://").is_none_or(|rest| rest.trim_matches('/').is_empty())
        {
            diags
                .add(Code::BadValue, reader.span(written.span()), format!("`{bucket}` is not the address of a bucket"))
                .help("write it as `s3://bucket` or `s3://bucket/folder`");
        }
        let git = keys.get("git").and_then(|git| git.get_ref().as_table());
        let addresses = [text(keys, "folder"), text(keys, "endpoint"), git.and_then(|git| text(git, "remote"))];
        if addresses.into_iter().flatten().any(|(_, address)| holds_secret(address)) {
            // Shown at the name: a message quotes its line, and may end in a log that others read.
            let message = format!("there is a password in an address of `{}`", name.get_ref());
            diags.add(Code::BadValue, reader.span(name.span()), message).help(
                "take it out, and change it: it comes from the environment, or from the files of git, ssh or AWS",
            );
        }
        if let Some((written, branch)) = git.and_then(|git| text(git, "branch"))
            && !is_branch(branch)
        {
            let message = format!("`{branch}` is not the name of a branch");
            diags.add(Code::BadValue, reader.span(written.span()), message).help("GitHub's is usually `gh-pages`");
        }
    }
}

fn places(reader: &Reader<'_>, name: &Spanned<std::borrow::Cow<'_, str>>, keys: &DeTable<'_>, diags: &mut Diagnostics) {
    let mut places = PLACES.iter().filter_map(|place| keys.get_key_value(*place));
    match (places.next(), places.next()) {
        (None, _) if keys.keys().all(|key| matches!(key.get_ref().as_ref(), "endpoint" | "region")) => {
            diags
                .add(Code::MissingKey, reader.span(name.span()), format!("`{}` does not say where to", name.get_ref()))
                .help(
                    "add one of `folder = \"…\"`, `bucket = \"s3://…\"` and `git = { remote = \"…\", branch = \"…\" }`",
                );
        }
        (Some((first, _)), Some((second, _))) => {
            let message =
                format!("`{}` stands beside `{}`, and a target is one place", second.get_ref(), first.get_ref());
            diags
                .add(Code::BadValue, reader.span(second.span()), message)
                .help("give each place a table of its own: `[publish.<name>]`");
        }
        (Some((place, _)), None) if place.get_ref() != "bucket" => {
            for (key, _) in ["endpoint", "region"].iter().filter_map(|key| keys.get_key_value(*key)) {
                let message = format!("`{}` is for a `bucket`, and there is none", key.get_ref());
                diags.add(Code::BadValue, reader.span(key.span()), message).help("take it out");
            }
        }
        _ => {}
    }
}

fn text<'a>(table: &'a DeTable<'a>, key: &str) -> Option<(&'a Spanned<DeValue<'a>>, &'a str)> {
    table.get(key).and_then(|value| Some((value, value.get_ref().as_str()?)))
}

/// A password, or the token that code hosts take in the place of a name.
fn holds_secret(address: &str) -> bool {
    let secret =
        |url: Url| url.password().is_some() || (url.scheme().starts_with("http") && !url.username().is_empty());
    Url::parse(address).is_ok_and(secret)
}

/// The commonest of what `git check-ref-format` asks.
fn is_branch(name: &str) -> bool {
    let odd = |c: char| c.is_control() || " ~^:?*[\\".contains(c);
    let parts = name.split('/').all(|part| !part.is_empty() && !part.starts_with('.') && !part.ends_with(".lock"));
    parts
        && !name.starts_with('-')
        && !name.ends_with('.')
        && !name.contains(odd)
        && !name.contains("..")
        && !name.contains("@{")
}
