//! `dossier new`: a starter dossier, or the first lines of one record. Nothing that exists is written over.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::base::id::is_slug;

/// What can be started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum What {
    /// A whole dossier in a new folder: three short articles about a tram line, to be replaced
    Dossier,
    /// An article, and the file of its annotations
    Article,
    /// A person, organisation, place, piece of equipment or document
    Entity,
    /// Something that happened
    Event,
    /// A disputed number, date or account
    Figure,
    /// A publication or document that is cited
    Source,
}

/// Why nothing was written.
#[derive(Debug)]
pub enum NewError {
    /// What was asked for cannot be done.
    Usage(String),
    /// The disk failed, and where.
    Io(PathBuf, io::Error),
}

/// The first line of a YAML file, by which a YAML language server knows the schema that `dossier schema` writes. None reads
/// the front matter of Markdown, so such a line would be idle there.
macro_rules! modeline {
    ($kind:literal) => {
        concat!("# yaml-language-server: $schema=../../.dossier/schema/", $kind, ".json\n")
    };
}

macro_rules! starter {
    ($($path:literal),+ $(,)?) => { &[$(($path, include_str!(concat!("starter/", $path)))),+] };
}

/// The starter's files, below `content/` but for the first four.
const STARTER: &[(&str, &str)] = starter![
    "site.toml",
    "dossier.lock",
    "gitattributes",
    "gitignore",
    "index.md",
    "articles/council-notice.md",
    "articles/courier-report.md",
    "articles/residents-letter.md",
    "annotations/council-notice.yaml",
    "annotations/courier-report.yaml",
    "annotations/residents-letter.yaml",
    "entities/quai-neuf.md",
    "entities/town-council.md",
    "events/opening.md",
    "figures/opening-crowd.yaml",
    "sources/operator-log.yaml",
    "sources/river-courier.yaml",
];

const ARTICLE: &str = "---\ntitle: \npublished: \nsource: \nsummary: \n---\n\n";
const ANNOTATIONS: &str = concat!(modeline!("annotations"), "# What the desk says of passages in this article.\n");
const ENTITY: &str =
    "---\nname: \nkind: person # person, organisation, place, equipment or document\naliases: []\nsummary: \n---\n\n";
const EVENT: &str = "---\ntitle: \ndate: \nplace: \nparticipants: []\nsummary: \nsources: []\n---\n\n";
const FIGURE: &str =
    concat!(modeline!("figure"), "title: \nkind: number # number, date or account\nunit: \nevent: \nestimates: []\n");
const SOURCE: &str = concat!(
    modeline!("source"),
    "title: \npublisher: \nkind: news\npublished: \nurl: \nreliability: F # A to E, or F when it cannot be judged\n"
);

/// A starter dossier in the folder `to`, which must be new or empty. Returns the files written.
///
/// # Errors
/// The folder has something in it, or the disk failed.
pub fn dossier(to: &Path) -> Result<Vec<PathBuf>, NewError> {
    if fs::read_dir(to).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(NewError::Usage(format!("`{}` is not empty: name a new folder", to.display())));
    }
    let path = |name: &str| match name {
        "site.toml" | "dossier.lock" => to.join(name),
        "gitattributes" | "gitignore" => to.join(format!(".{name}")),
        _ => to.join("content").join(name),
    };
    write_all(STARTER.iter().map(|(name, text)| (path(name), *text)))
}

/// The first lines of a record in the dossier at `root`. Returns the files written.
///
/// # Errors
/// The id is none, the record exists, or the disk failed.
pub fn record(root: &Path, what: What, id: &str) -> Result<Vec<PathBuf>, NewError> {
    if !is_slug(id) {
        let better = crate::base::id::slug_of(id, 80);
        return Err(NewError::Usage(format!(
            "`{id}` is not an id: use lower-case letters a to z, digits and hyphens, as `{better}`"
        )));
    }
    let at = |folder: &str, ending: &str| root.join("content").join(folder).join(format!("{id}.{ending}"));
    match what {
        What::Article => write_all([(at("articles", "md"), ARTICLE), (at("annotations", "yaml"), ANNOTATIONS)]),
        What::Entity => write_all([(at("entities", "md"), ENTITY)]),
        What::Event => write_all([(at("events", "md"), EVENT)]),
        What::Figure => write_all([(at("figures", "yaml"), FIGURE)]),
        What::Source => write_all([(at("sources", "yaml"), SOURCE)]),
        What::Dossier => dossier(Path::new(id)),
    }
}

/// All of the files, or none: what cannot be finished goes again, so that the next try meets nothing of it.
fn write_all<'a>(files: impl IntoIterator<Item = (PathBuf, &'a str)>) -> Result<Vec<PathBuf>, NewError> {
    let mut written = Vec::new();
    for (path, text) in files {
        match write_new(path, text) {
            Ok(path) => written.push(path),
            Err(error) => {
                written.iter().for_each(|path| drop(fs::remove_file(path)));
                return Err(error);
            }
        }
    }
    Ok(written)
}

fn write_new(path: PathBuf, text: &str) -> Result<PathBuf, NewError> {
    let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| {
        let mut file = fs::OpenOptions::new().write(true).create_new(true).open(&path)?;
        file.write_all(text.as_bytes()).inspect_err(|_| drop(fs::remove_file(&path)))
    });
    match written {
        Ok(()) => Ok(path),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            Err(NewError::Usage(format!("`{}` is there already", path.display())))
        }
        Err(error) => Err(NewError::Io(path, error)),
    }
}
