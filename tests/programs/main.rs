//! What is written for other programs: JSON-LD, Open Graph, feeds, the sitemap, Web Annotations, GeoJSON, preview pictures.
//!
//! Everything is read as those programs read it, and held to their rules, for the sample and for texts that try to break out.

mod annotations;
mod built;
mod feeds;
mod json_ld;
mod previews;
mod site;
mod sitemap;
mod social;
