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
    /// The same for programs: its media type.
    pub media_type: &'static str,
    /// What it holds, in words.
    pub contents: String,
}

impl DataPage {
    /// The view of the page at `route`.
    pub fn new(context: &Context<'_>, route: &str) -> Self {
        let locale = context.locale;
        let head = Head::new(context, route, locale.word("data.title"), "").describe(locale.word("data.explanation"));
        Self { head, files: downloads(context) }
    }
}

/// The files of the open data.
pub fn downloads(context: &Context<'_>) -> Vec<Download> {
    let file = |(file, name): &(DataFile, &'static str)| {
        let (format, media_type, key) = about(*file)?;
        Some(Download { name, format, media_type, contents: context.word("data", key) })
    };
    DataFile::ALL.iter().filter_map(file).collect()
}

/// The form of a file, its media type and the word for what it holds; `None` for files that are no data.
fn about(file: DataFile) -> Option<(&'static str, &'static str, &'static str)> {
    match file {
        DataFile::Dossier => Some(("JSON", "application/json", "dossier_json")),
        DataFile::Annotations => Some(("JSON-LD", "application/ld+json", "annotations_jsonld")),
        DataFile::Figures => Some(("CSV", "text/csv", "figures_csv")),
        DataFile::Events => Some(("CSV", "text/csv", "events_csv")),
        DataFile::Checks => Some(("CSV", "text/csv", "checks_csv")),
        DataFile::Places => Some(("GeoJSON", "application/geo+json", "places_geojson")),
        DataFile::Feed => Some(("Atom", "application/atom+xml", "feed_xml")),
        DataFile::Corrections => Some(("Atom", "application/atom+xml", "corrections_xml")),
        DataFile::Sitemap | DataFile::SitemapPart(_) | DataFile::Robots => None,
    }
}
