//! Ids of records, and tables kept by them.
//!
//! A record is *named* by its slug, which an editor wrote; within one run it is *numbered* by an [`Id`], its position in
//! order of slug. Numbers are handed out anew each time, so output never depends on the order of files or threads.

use std::marker::PhantomData;
use std::sync::Arc;

/// Ids as a regular expression, for programs that check while an editor types: [`is_slug`] and not [`is_reserved`].
pub const PATTERN: &str = "^(?!(con|prn|aux|nul|com[0-9]|lpt[0-9])$)[a-z0-9][a-z0-9-]*$";

/// Whether `text` may be an id: `[a-z0-9][a-z0-9-]*`.
pub fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with('-')
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// Whether Windows keeps a file name for itself, whatever its ending: such a page could not be written there.
pub fn is_reserved(slug: &str) -> bool {
    let numbered = |name: &str| slug.strip_prefix(name).is_some_and(|rest| matches!(rest.as_bytes(), [b'0'..=b'9']));
    matches!(slug, "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

/// An id made from any text in any script: transliterated, lower case, other signs as single hyphens; empty when
/// nothing is left. At most `longest` bytes, cut at a hyphen where there is one.
pub fn slug_of(text: &str, longest: usize) -> String {
    let mut slug = String::new();
    for c in deunicode::deunicode(text).chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') && c != '\'' {
            slug.push('-');
        }
    }
    if slug.len() > longest {
        let cut = slug[..longest].rfind('-').unwrap_or(longest);
        slug.truncate(cut);
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// The number of a record of kind `T` among its kind.
pub struct Id<T> {
    index: u32,
    kind: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    /// The id of the record at `index`.
    pub fn new(index: usize) -> Self {
        Self { index: super::span::offset(index), kind: PhantomData }
    }

    /// Its position.
    pub fn index(self) -> usize {
        self.index as usize
    }
}

// Written out because `derive` would ask the same of `T`.
impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.index.cmp(&other.index)
    }
}
impl<T> std::hash::Hash for Id<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.index.hash(state);
    }
}
impl<T> std::fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{}", self.index)
    }
}

/// Records of one kind in order of slug. They are shared with the next build, which takes over those that have not changed.
#[derive(Clone, Debug)]
pub struct Arena<T> {
    records: Vec<Arc<T>>,
}

impl<T> Default for Arena<T> {
    fn default() -> Self {
        Self { records: Vec::new() }
    }
}

/// What an [`Arena`] can hold: something with a slug.
pub trait Named {
    /// Its slug.
    fn slug(&self) -> &str;
}

impl<T: Named> Arena<T> {
    /// Sorts the records by slug; of two with one slug, the first given stays.
    pub fn new(mut records: Vec<Arc<T>>) -> Self {
        records.sort_by(|a, b| a.slug().cmp(b.slug()));
        records.dedup_by(|later, first| later.slug() == first.slug());
        Self { records }
    }

    /// The record of that slug.
    pub fn find(&self, slug: &str) -> Option<Id<T>> {
        self.records.binary_search_by(|record| record.slug().cmp(slug)).ok().map(Id::new)
    }
}

impl<T> Arena<T> {
    /// Records in an order of their own, such as that of the text they are about.
    pub fn in_order(records: Vec<Arc<T>>) -> Self {
        Self { records }
    }

    /// All records with their ids, in order of slug.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (Id<T>, &T)> + ExactSizeIterator {
        self.records.iter().enumerate().map(|(index, record)| (Id::new(index), &**record))
    }

    /// The records, in order of slug.
    pub fn records(&self) -> &[Arc<T>] {
        &self.records
    }

    /// Whether both hold the same records at the same places, or others that `same` takes for them.
    pub fn is_like(&self, other: &Self, same: impl Fn(&T, &T) -> bool) -> bool {
        let pairs = || self.records.iter().zip(&other.records);
        self.len() == other.len() && pairs().all(|(one, two)| Arc::ptr_eq(one, two) || same(one, two))
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }
}

impl<T> std::ops::Index<Id<T>> for Arena<T> {
    type Output = T;
    fn index(&self, id: Id<T>) -> &T {
        &self.records[id.index()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs() {
        for (text, expected) in [
            ("L’État d’urgence", "letat-durgence"),
            ("Москва 2024 — bilan", "moskva-2024-bilan"),
            ("  --  ", ""),
            ("plus de vingt mercenaires russes", "plus-de-vingt"),
        ] {
            assert_eq!(slug_of(text, 18), expected);
            assert!(expected.is_empty() || is_slug(expected));
        }
        assert!(!is_slug("-a") && !is_slug("A") && !is_slug("") && !is_slug("a/b"));
    }
}
