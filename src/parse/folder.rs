//! Which files are records, and of which kind: the folder says so, and the ending.

use crate::model::value::Kind;

/// A folder of records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Folder {
    /// `content/articles`
    Articles,
    /// `content/annotations`
    Annotations,
    /// `content/entities`
    Entities,
    /// `content/events`
    Events,
    /// `content/figures`
    Figures,
    /// `content/sources`
    Sources,
    /// `content/pages`
    Pages,
    /// `content/index.md`
    Home,
}

impl Folder {
    /// The folder of a content file and whether it has the ending that belongs there; `None` elsewhere.
    pub fn of(path: &str) -> Option<Folder> {
        if path == "content/index.md" {
            return Some(Folder::Home);
        }
        let (folder, ending) = match path.strip_prefix("content/")?.split_once('/')?.0 {
            "articles" => (Folder::Articles, ".md"),
            "annotations" => (Folder::Annotations, ".yaml"),
            "entities" => (Folder::Entities, ".md"),
            "events" => (Folder::Events, ".md"),
            "figures" => (Folder::Figures, ".yaml"),
            "sources" => (Folder::Sources, ".yaml"),
            "pages" => (Folder::Pages, ".md"),
            _ => return None,
        };
        path.ends_with(ending).then_some(folder)
    }

    /// The kind of its records; none for annotations and the home page.
    pub fn kind(self) -> Option<Kind> {
        Some(match self {
            Folder::Articles => Kind::Article,
            Folder::Entities => Kind::Entity,
            Folder::Events => Kind::Event,
            Folder::Figures => Kind::Figure,
            Folder::Sources => Kind::Source,
            Folder::Pages => Kind::Page,
            Folder::Annotations | Folder::Home => return None,
        })
    }
}
