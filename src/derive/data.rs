//! Files for programs: `dossier.json`, tables, W3C annotations, places, the feed, the sitemap.
//!
//! Absent values are left out, every list is in the order of ids, and the same dossier gives the same bytes.

mod annotations;
mod dossier;
mod places;
mod tables;
mod web;

use super::Context;
use super::routes::DataFile;

/// Writes one of the files.
pub fn write(context: &Context<'_>, file: DataFile, out: &mut Vec<u8>) {
    match file {
        DataFile::Dossier => dossier::write(context, out),
        DataFile::Annotations => annotations::write(context, out),
        DataFile::Figures => tables::figures(context, out),
        DataFile::Events => tables::events(context, out),
        DataFile::Checks => tables::checks(context, out),
        DataFile::Places => places::write(context, out),
        DataFile::Sitemap => web::sitemap(context, out),
        DataFile::Robots => web::robots(context, out),
        DataFile::Feed => web::feed(context, out),
    }
}

/// Adds a value as JSON. A value of ours always has a form in JSON, so there is no error to report.
fn json(out: &mut Vec<u8>, value: &impl serde::Serialize) {
    let _ = serde_json::to_writer(out, value);
}
