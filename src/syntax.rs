//! Text to values and trees, with places. Knows nothing of dossiers.

pub mod highlight;
pub mod language;
pub mod legible;
pub mod markdown;
pub mod normal;
pub mod prose;
pub mod yaml;
