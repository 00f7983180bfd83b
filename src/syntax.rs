//! Text to trees with places; knows nothing of dossiers.

pub mod normal;
