//! `data.html`: the open data, what each file holds, and what may be done with it.

use serde::Serialize;

use super::Context;
use super::head::Head;
use super::routes::DataFile;

/// What `data.html` shows.
#[derive(Clone, Debug, Serialize)]
pub struct DataPage {
    /// Around the content.
    pub head: Head,
    /// The files.
    pub files: Vec<Download>,
}

/// A file for programs.
#[derive(Clone, Debug, Serialize)]
pub struct Download {
    /// Its name, which is also its address.
    pub name: &'static str,
    /// What form it has.
    pub format: &'static str,
    /// What it holds, in words.
    pub contents: String,
}

impl DataPage {
    /// The view of the page at `route`.
    pub fn new(context: &Context<'_>, route: &str) -> Self {
        let locale = context.locale;
        let head = Head::new(context, route, locale.word("data.title"), "").describe(locale.word("data.explanation"));
        let file = |(file, name): &(DataFile, &'static str)| {
            let (format, key) = about(*file)?;
            Some(Download { name, format, contents: context.word("data", key) })
        };
        Self { head, files: DataFile::ALL.iter().filter_map(file).collect() }
    }
}

/// The form of a file and the word for what it holds; `None` for files that are no data.
fn about(file: DataFile) -> Option<(&'static str, &'static str)> {
    match file {
        DataFile::Dossier => Some(("JSON", "dossier_json")),
        DataFile::Annotations => Some(("JSON-LD", "annotations_jsonld")),
        DataFile::Figures => Some(("CSV", "figures_csv")),
        DataFile::Events => Some(("CSV", "events_csv")),
        DataFile::Checks => Some(("CSV", "checks_csv")),
        DataFile::Places => Some(("GeoJSON", "places_geojson")),
        DataFile::Feed => Some(("Atom", "feed_xml")),
        DataFile::Sitemap | DataFile::Robots => None,
    }
}
