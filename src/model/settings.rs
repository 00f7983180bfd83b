//! `site.toml`

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use super::schema::{Language, SettingId, WebAddress, WebOrMailAddress};
use super::value::{Localised, choices};
use crate::base::diag::{Code, Severity};

/// The settings of a dossier, as written.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The dossier's name.
    pub title: String,
    /// The address where it will be published; may have a path.
    #[schemars(with = "WebAddress")]
    pub base_url: String,
    /// The interface's language, and every record's unless it says otherwise: `fr`, `en`.
    #[serde(default = "english")]
    #[schemars(with = "Language")]
    pub language: String,
    /// What it is, in one sentence.
    #[serde(default)]
    pub description: String,
    /// Who answers for it.
    #[serde(default)]
    pub publisher: Publisher,
    /// How it is built.
    #[serde(default)]
    pub build: Build,
    /// How lints are reported, by their names.
    #[serde(default)]
    #[schemars(schema_with = "lints")]
    pub lints: BTreeMap<String, LintLevel>,
    /// The scale of verdicts, best first. It replaces the built-in one.
    #[serde(default = "built_in_verdicts")]
    pub verdicts: Vec<Verdict>,
    /// Kinds of entity beside the built-in ones (person, organisation, place, equipment, document).
    #[serde(default)]
    pub entity_kinds: Vec<EntityKind>,
    /// Where the site is sent, by name.
    #[serde(default)]
    pub publish: BTreeMap<String, Publish>,
}

impl Default for Settings {
    /// What a dossier is shown with whose `site.toml` cannot be read.
    fn default() -> Self {
        Self {
            title: String::new(),
            base_url: "http://localhost/".to_owned(),
            language: english(),
            description: String::new(),
            publisher: Publisher::default(),
            build: Build::default(),
            lints: BTreeMap::new(),
            verdicts: built_in_verdicts(),
            entity_kinds: Vec::new(),
            publish: BTreeMap::new(),
        }
    }
}

impl Settings {
    /// What a lint is reported as; `None` for one that is off.
    pub fn level(&self, lint: Code) -> Option<Severity> {
        match self.lints.get(lint.name()) {
            Some(LintLevel::Error) => Some(Severity::Error),
            Some(LintLevel::Warn) => Some(Severity::Warning),
            Some(LintLevel::Off) => None,
            None => lint.severity(),
        }
    }
}

/// Who answers for the dossier.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Publisher {
    /// Their name.
    pub name: String,
    /// Their address on the web.
    #[schemars(with = "WebAddress")]
    pub url: String,
    /// The address that readers report errors to: `mailto:…` or a page.
    #[schemars(with = "WebOrMailAddress")]
    pub corrections: String,
}

/// How the site is built.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Build {
    /// The folder that the site is written to.
    pub output: String,
    /// What becomes of raw HTML in Markdown.
    pub raw_html: RawHtml,
    /// Which automatic mentions become links.
    pub mentions: MentionLinks,
    /// Whether each check and figure has a preview picture; where it is not said, a dossier with few of them does.
    pub previews: Option<bool>,
}

impl Default for Build {
    fn default() -> Self {
        Self {
            output: "public".to_owned(),
            raw_html: RawHtml::Sanitize,
            mentions: MentionLinks::Section,
            previews: None,
        }
    }
}

/// A place where the site is sent: one of `folder`, `bucket` and `git`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Publish {
    /// A folder of this machine, by a path from the dossier; or of another, as `rsync` names it: `user@host:path`, `rsync://…`.
    pub folder: Option<String>,
    /// An S3-compatible bucket, with a prefix if need be: `s3://bucket/prefix`.
    pub bucket: Option<String>,
    /// Where the bucket is, for one that is not Amazon's.
    pub endpoint: Option<String>,
    /// The bucket's region.
    pub region: Option<String>,
    /// A branch of a repository.
    pub git: Option<GitBranch>,
}

/// A branch that holds the site and nothing else.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GitBranch {
    /// The repository, as `git push` names it.
    pub remote: String,
    /// The branch: `gh-pages`.
    pub branch: String,
}

choices! {
    /// What becomes of raw HTML in Markdown.
    RawHtml {
        /// Harmless tags stay, all else goes.
        Sanitize = "sanitize",
        /// It is shown as it was typed.
        Escape = "escape",
        /// It is passed on: for texts that only the editors write.
        Allow = "allow",
    }
}

choices! {
    /// Which automatic mentions become links.
    MentionLinks {
        /// The first in each section.
        Section = "section",
        /// The first in each text.
        First = "first",
        /// All.
        All = "all",
        /// None.
        None = "none",
    }
}

choices! {
    /// How a lint is reported.
    LintLevel {
        /// It stops the build.
        Error = "error",
        /// It is shown.
        Warn = "warn",
        /// It is not looked for.
        Off = "off",
    }
}

choices! {
    /// What a verdict says of a claim, as a colour can say it.
    Tone {
        /// Right.
        Positive = "positive",
        /// Partly right.
        Mixed = "mixed",
        /// Wrong.
        Negative = "negative",
        /// Neither.
        Neutral = "neutral",
    }
}

/// One verdict of the scale.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Verdict {
    /// Its id.
    #[schemars(with = "SettingId")]
    pub id: String,
    /// Its name; the interface's own word where it is empty.
    #[serde(default)]
    pub label: Localised,
    /// Its place on the scale, 5 best; none for a verdict outside it.
    #[serde(default)]
    pub rating: Option<u8>,
    /// Its tone.
    #[serde(default = "neutral")]
    pub tone: Tone,
}

/// A kind of entity.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EntityKind {
    /// Its id.
    #[schemars(with = "SettingId")]
    pub id: String,
    /// Its name.
    #[serde(default)]
    pub label: Localised,
    /// Its name for several.
    #[serde(default)]
    pub plural: Localised,
}

/// The kinds of entity that every dossier has.
pub const ENTITY_KINDS: &[&str] = &["person", "organisation", "place", "equipment", "document"];

/// A level for each lint, by its name.
fn lints(generator: &mut SchemaGenerator) -> Schema {
    let level = generator.subschema_for::<LintLevel>();
    let lints = Code::ALL.iter().filter(|code| code.is_lint());
    let levels = lints.map(|lint| {
        let mut level = level.clone();
        level.insert("description".to_owned(), lint.meaning().into());
        (lint.name().to_owned(), level.to_value())
    });
    let levels: serde_json::Map<String, serde_json::Value> = levels.collect();
    json_schema!({ "type": "object", "properties": levels, "additionalProperties": false })
}

fn english() -> String {
    "en".to_owned()
}

fn neutral() -> Tone {
    Tone::Neutral
}

fn built_in_verdicts() -> Vec<Verdict> {
    [
        ("accurate", Some(5), Tone::Positive),
        ("mostly_accurate", Some(4), Tone::Positive),
        ("disputed", Some(3), Tone::Mixed),
        ("misleading", Some(2), Tone::Mixed),
        ("inaccurate", Some(1), Tone::Negative),
        ("unsupported", None, Tone::Neutral),
        ("unverifiable", None, Tone::Neutral),
        ("opinion", None, Tone::Neutral),
        ("void", None, Tone::Neutral),
    ]
    .into_iter()
    .map(|(id, rating, tone)| Verdict { id: id.to_owned(), label: Localised::default(), rating, tone })
    .collect()
}
