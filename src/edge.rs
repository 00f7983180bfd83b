//! The only place with files, terminal, clock and environment: commands, reading, writing, reporting.

pub mod cli;
pub mod explain;
pub mod fix;
pub mod manifest;
pub mod new;
pub mod read;
pub mod report;
pub mod sarif;
pub mod schema;
pub mod write;
