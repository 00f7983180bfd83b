//! Who we are, from `~/.aws/credentials` and `~/.aws/config`, where the environment does not say it.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::PathBuf;

use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};

/// The keys that we take over.
const KEYS: &[(&str, AmazonS3ConfigKey)] = &[
    ("aws_access_key_id", AmazonS3ConfigKey::AccessKeyId),
    ("aws_secret_access_key", AmazonS3ConfigKey::SecretAccessKey),
    ("aws_session_token", AmazonS3ConfigKey::Token),
];

/// Adds what the files say of the profile in `AWS_PROFILE`, or of `default`.
pub(super) fn apply(mut builder: AmazonS3Builder) -> AmazonS3Builder {
    let name = env::var("AWS_PROFILE").unwrap_or_else(|_| "default".to_owned());
    let config = file("AWS_CONFIG_FILE", "config");
    if builder.get_config_value(&AmazonS3ConfigKey::Region).is_none()
        && let Some(region) = section(&config, &format!("profile {name}"))
            .or(section(&config, &name))
            .and_then(|keys| keys.get("region").cloned())
    {
        builder = builder.with_region(region);
    }
    if builder.get_config_value(&AmazonS3ConfigKey::AccessKeyId).is_some() {
        return builder;
    }
    let credentials = file("AWS_SHARED_CREDENTIALS_FILE", "credentials");
    let keys = section(&credentials, &name).unwrap_or_default();
    for (key, config) in KEYS {
        if let Some(value) = keys.get(*key) {
            builder = builder.with_config(*config, value);
        }
    }
    builder
}

/// A file of `~/.aws`, or the one that the environment names; empty where there is none.
fn file(variable: &str, name: &str) -> String {
    let path = env::var_os(variable).map(PathBuf::from);
    let path = path.or_else(|| env::home_dir().map(|home| home.join(".aws").join(name)));
    path.and_then(|path| fs::read_to_string(path).ok()).unwrap_or_default()
}

/// The keys under `[name]`.
fn section(text: &str, name: &str) -> Option<BTreeMap<String, String>> {
    let mut lines = text
        .lines()
        .map(str::trim)
        .skip_while(|line| line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).map(str::trim) != Some(name));
    lines.next()?;
    let keys = lines.take_while(|line| !line.starts_with('[')).filter(|line| !line.starts_with(['#', ';']));
    Some(
        keys.filter_map(|line| line.split_once('='))
            .map(|(key, value)| (key.trim().to_owned(), value.trim().to_owned()))
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::section;

    #[test]
    fn a_profile_is_its_own_section_alone() {
        let text = "[default]\nregion = eu-west-3\n# region = no\n\n[profile desk]\naws_access_key_id=AK=1\n[other]\nregion=x\n";
        assert_eq!(section(text, "default").and_then(|keys| keys.get("region").cloned()).as_deref(), Some("eu-west-3"));
        let desk = section(text, "profile desk").expect("a section");
        assert_eq!(desk.into_iter().collect::<Vec<_>>(), [("aws_access_key_id".to_owned(), "AK=1".to_owned())]);
        assert_eq!(section(text, "nobody"), None);
    }
}
