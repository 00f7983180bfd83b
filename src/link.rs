//! How quotes, mentions and references connect the records.
