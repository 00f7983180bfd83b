//! An S3-compatible bucket.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use object_store::aws::{AmazonS3, AmazonS3Builder, AmazonS3ConfigKey};
use object_store::path::Path as Key;
use object_store::{
    Attribute, Attributes, BackoffConfig, GetOptions, ObjectStore as _, ObjectStoreExt as _, PutOptions, RetryConfig,
};
use tokio::runtime::Runtime;
use tokio::task::JoinSet;

use super::turn::Turn;
use super::{PublishError, Target};
use crate::edge::manifest::Entry;
use crate::model::settings::Publish;
use crate::search;

mod profile;

/// So many requests are under way at once.
const AT_ONCE: usize = 16;

/// Under this name each object carries the SHA-256 of its bytes: a bucket's own tags differ from host to host.
const HASH: &str = "sha256";

/// A bucket, or a folder in one.
pub(super) struct Bucket {
    store: Arc<AmazonS3>,
    prefix: Key,
    runtime: Runtime,
    _turn: Option<Turn>,
}

impl Bucket {
    /// The bucket at `s3://bucket/prefix`. Who we are is in the environment, in `~/.aws`, or what the machine says that runs us.
    pub(super) fn open(address: &str, settings: &Publish) -> Result<Self, PublishError> {
        let (bucket, prefix) = address.trim_start_matches("s3://").split_once('/').unwrap_or((&address[5..], ""));
        let retry = RetryConfig {
            backoff: BackoffConfig { init_backoff: Duration::from_millis(250), ..BackoffConfig::default() },
            max_retries: 6,
            retry_timeout: Duration::from_secs(120),
        };
        let mut builder = profile::apply(AmazonS3Builder::from_env()).with_bucket_name(bucket).with_retry(retry);
        if let Some(region) = &settings.region {
            builder = builder.with_region(region);
        } else if builder.get_config_value(&AmazonS3ConfigKey::Region).is_none() {
            builder = builder.with_region("us-east-1");
        }
        if let Some(endpoint) = &settings.endpoint {
            builder = builder.with_endpoint(endpoint).with_allow_http(endpoint.starts_with("http://"));
        }
        let prefix = Key::parse(prefix.trim_matches('/')).map_err(|error| failed(address, &error.into()))?;
        let store = Arc::new(builder.build().map_err(|error| failed(bucket, &error))?);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| PublishError::Failed(format!("the network cannot be used: {error}")))?;
        Ok(Self { store, prefix, runtime, _turn: Turn::of_address(address)? })
    }

    /// The name of a file's object: letter by letter, where `Key::from` would write `é` as `%C3%A9`.
    fn key(&self, path: &str) -> Result<Key, PublishError> {
        let below = if self.prefix.as_ref().is_empty() { path.to_owned() } else { format!("{}/{path}", self.prefix) };
        Key::parse(below).map_err(|error| failed(path, &error.into()))
    }

    /// Does the same with each path, some at once, and hands over what comes of it.
    fn each<T: Send + 'static, F: Future<Output = Result<T, PublishError>> + Send + 'static>(
        &self,
        paths: &[&str],
        work: impl Fn(Arc<AmazonS3>, Key, String) -> F,
        mut done: impl FnMut(T),
    ) -> Result<(), PublishError> {
        self.runtime.block_on(async {
            let (mut paths, mut running) = (paths.iter(), JoinSet::new());
            loop {
                while running.len() < AT_ONCE
                    && let Some(path) = paths.next()
                {
                    running.spawn(work(self.store.clone(), self.key(path)?, (*path).to_owned()));
                }
                match running.join_next().await {
                    None => return Ok(()),
                    Some(Ok(result)) => done(result?),
                    Some(Err(error)) => return Err(PublishError::Failed(format!("a request was broken off: {error}"))),
                }
            }
        })
    }
}

impl Target for Bucket {
    fn read(&mut self, path: &str) -> Result<Option<Vec<u8>>, PublishError> {
        let (store, key) = (&self.store, self.key(path)?);
        self.runtime.block_on(async {
            match store.get(&key).await {
                Ok(found) => Ok(Some(found.bytes().await.map_err(|error| failed(path, &error))?.to_vec())),
                Err(object_store::Error::NotFound { .. }) => Ok(None),
                Err(error) => Err(failed(path, &error)),
            }
        })
    }

    fn list(&mut self) -> Result<BTreeSet<String>, PublishError> {
        let listed = self.runtime.block_on(async {
            let mut found = Vec::new();
            let mut folders = vec![self.prefix.clone()];
            while let Some(folder) = folders.pop() {
                let list = self.store.list_with_delimiter(Some(&folder)).await?;
                folders.extend(list.common_prefixes);
                found.extend(list.objects);
            }
            Ok(found)
        });
        let listed = listed.map_err(|error: object_store::Error| failed("the bucket", &error))?;
        let below = |key: &Key| {
            let parts = key.prefix_match(&self.prefix)?;
            Some(parts.map(|part| part.as_ref().to_owned()).collect::<Vec<_>>().join("/"))
        };
        Ok(listed.iter().filter_map(|object| below(&object.location)).collect())
    }

    fn holds(&mut self, paths: &[&str]) -> Result<BTreeMap<String, Entry>, PublishError> {
        let mut holds = BTreeMap::new();
        let head = |store: Arc<AmazonS3>, key: Key, path: String| async move {
            match store.get_opts(&key, GetOptions { head: true, ..GetOptions::default() }).await {
                Ok(found) => {
                    let hash =
                        found.attributes.get(&Attribute::Metadata(HASH.into())).and_then(|hash| hash.parse().ok());
                    Ok(hash.map(|sha256| (path, Entry { sha256, size: found.meta.size })))
                }
                Err(object_store::Error::NotFound { .. }) => Ok(None),
                Err(error) => Err(failed(&path, &error)),
            }
        };
        self.each(paths, head, |found| holds.extend(found))?;
        Ok(holds)
    }

    fn put(&mut self, from: &Path, paths: &[&str], sent: &mut dyn FnMut(usize)) -> Result<(), PublishError> {
        let mut done = 0;
        let put = |store: Arc<AmazonS3>, key: Key, path: String| {
            let file = from.join(&path);
            async move {
                let bytes = std::fs::read(&file)
                    .map_err(|error| PublishError::Failed(format!("`{}`: {error}", file.display())))?;
                let options = PutOptions { attributes: attributes(&path, &bytes), ..PutOptions::default() };
                store.put_opts(&key, bytes.into(), options).await.map_err(|error| failed(&path, &error))
            }
        };
        self.each(paths, put, |_| {
            done += 1;
            sent(done);
        })
    }

    fn delete(&mut self, paths: &[&str]) -> Result<(), PublishError> {
        let delete = |store: Arc<AmazonS3>, key: Key, path: String| async move {
            match store.delete(&key).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
                Err(error) => Err(failed(&path, &error)),
            }
        };
        self.each(paths, delete, |()| {})
    }

    fn finish(&mut self, _: &str) -> Result<(), PublishError> {
        Ok(())
    }
}

/// What a bucket that serves a website says with a file: its kind, and how long to keep it.
fn attributes(path: &str, bytes: &[u8]) -> Attributes {
    let hash = Entry::of(bytes).sha256.to_string();
    let own_folder =
        path.starts_with("previews/") || path.strip_prefix(search::KEPT).is_some_and(|rest| rest.starts_with('/'));
    let stamped = own_folder || path.contains(&format!(".{}.", &hash[..10]));
    let keep = if stamped { "public, max-age=31536000, immutable" } else { "no-cache" };
    Attributes::from_iter([(Attribute::ContentType, kind(path)), (Attribute::CacheControl, keep)])
        .into_iter()
        .map(|(name, value)| (name.clone(), value.clone()))
        .chain([(Attribute::Metadata(HASH.into()), hash.into())])
        .collect()
}

/// Media types of what a site holds.
fn kind(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "jsonld" => "application/ld+json",
        "geojson" => "application/geo+json",
        "csv" => "text/csv; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/vnd.microsoft.icon",
        "pdf" => "application/pdf",
        "woff2" => "font/woff2",
        "wasm" => "application/wasm",
        "mp4" => "video/mp4",
        "mp3" => "audio/mpeg",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

fn failed(what: &str, error: &object_store::Error) -> PublishError {
    PublishError::Failed(format!("`{what}`: {error}"))
}
