//! Nouns that every stage shares: files and places, diagnostics, ids, dates, hashes. Knows no file format and no page.

pub mod address;
pub mod date;
pub mod diag;
pub mod hash;
pub mod id;
pub mod input;
pub mod memo;
pub mod nearest;
pub mod span;
pub mod turned;
