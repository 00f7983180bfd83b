//! Nouns that every stage shares: files and places, diagnostics, ids, dates. Knows no file format and no page.

pub mod date;
pub mod diag;
pub mod id;
pub mod input;
pub mod memo;
pub mod nearest;
pub mod span;
