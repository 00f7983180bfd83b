//! Files for programs: `dossier.json`, tables, W3C annotations, places, the feeds, the sitemap.
//!
//! Absent values are left out, every list is in the order of ids, and the same dossier gives the same bytes. A file is written
//! as it is made, piece by piece: whatever its size, only a few hundred records of it are in memory.

mod annotations;
mod dossier;
mod feed;
mod places;
mod points;
pub mod sitemap;
mod tables;
mod xml;

use std::io::{self, Write};

use rayon::prelude::*;

use super::Context;
use super::routes::DataFile;

/// Writes one of the files.
///
/// # Errors
/// Those of `out`.
pub fn write(context: &Context<'_>, file: DataFile, out: &mut dyn Write) -> io::Result<()> {
    match file {
        DataFile::Dossier => dossier::write(context, out),
        DataFile::Annotations => annotations::write(context, out),
        DataFile::Figures => tables::figures(context, out),
        DataFile::Events => tables::events(context, out),
        DataFile::Checks => tables::checks(context, out),
        DataFile::Places => places::write(context, out),
        DataFile::Sitemap => sitemap::write(context, out),
        DataFile::SitemapPart(part) => sitemap::write_part(context, part, out),
        DataFile::Robots => sitemap::robots(context, out),
        DataFile::Feed => feed::write(context, out),
        DataFile::Corrections => feed::write_corrections(context, out),
    }
}

/// So many records are made in one go, …
const PIECE: usize = 32;

/// … and so many are in memory before they are written.
const BATCH: usize = 16 * PIECE;

/// Writes what `make` adds for each item with its number, in order. Several pieces are made at a time.
fn each<T: Sync>(out: &mut dyn Write, items: &[T], make: impl Fn(&mut Vec<u8>, usize, &T) + Sync) -> io::Result<()> {
    for (batch, some) in items.chunks(BATCH).enumerate() {
        let pieces = some.par_chunks(PIECE).enumerate().map(|(piece, few)| {
            let mut bytes = Vec::new();
            for (index, item) in few.iter().enumerate() {
                make(&mut bytes, batch * BATCH + piece * PIECE + index, item);
            }
            bytes
        });
        for piece in pieces.collect::<Vec<_>>() {
            out.write_all(&piece)?;
        }
    }
    Ok(())
}

/// Writes a list of JSON values, one a line.
fn list<T: Sync, V: serde::Serialize>(
    out: &mut dyn Write,
    items: &[T],
    value: impl Fn(&T) -> V + Sync,
) -> io::Result<()> {
    out.write_all(b"[")?;
    each(out, items, |bytes, index, item| {
        bytes.extend_from_slice(if index == 0 { b"\n" } else { b",\n" });
        // A value of ours always has a form in JSON, and a vector takes every byte.
        let _ = serde_json::to_writer(bytes, &value(item));
    })?;
    out.write_all(b"]")
}

/// Writes a value as JSON.
fn json(out: &mut dyn Write, value: &impl serde::Serialize) -> io::Result<()> {
    Ok(serde_json::to_writer(out, value)?)
}
