//! Which passage each annotation is about, and where each name stands: what the records say, found in the texts.

pub mod anchor;
pub mod approximate;
pub mod mention;
