//! The only place with files, terminal, clock, environment and other programs: commands, reading, writing, reporting, publishing.

pub mod accept;
pub mod cli;
pub mod epoch;
pub mod explain;
pub mod fix;
pub mod manifest;
pub mod new;
mod printed;
pub mod program;
pub mod publish;
pub mod read;
pub mod report;
pub mod sarif;
pub mod schema;
#[cfg(feature = "serve")]
pub mod serve;
pub mod stamp;
pub mod verify;
#[cfg(feature = "serve")]
pub mod watch;
mod whole;
pub mod write;
