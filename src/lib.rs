//! Markdown and YAML in, a linked dossier out.
//!
//! ```text
//! read ─▶ parse ─▶ resolve ─▶ link ─▶ derive ─▶ render ─▶ write
//! edge    per file  whole      whole   per page  per page  edge
//! ```
//!
//! Everything between `read` and `write` is a function of its arguments. A stage never fails: it returns the
//! best value it can and says what is wrong in [`base::diag::Diagnostics`], each with the place in the editor's file.

pub mod base;
pub mod link;
pub mod locale;
pub mod model;
pub mod parse;
pub mod resolve;
pub mod syntax;
