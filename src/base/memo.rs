//! What is kept from one build to the next: for each file the value that was made of it, and a key of all it was made from.
//!
//! Nothing records who depends on whom. A value is used again when its key is the same, and its key covers everything that
//! its maker reads; so there is nothing to forget, and nothing to clear. A key is no hash but the things themselves: most are
//! behind an [`Arc`], and where that is [`Same`] they need not be looked at.
//!
//! A question is a struct that holds all its answer may depend on, and the answer is made from that struct alone:
//!
//! ```
//! use dossier::base::memo::{Question, Same, Table};
//! use dossier::base::span::FileId;
//! use std::sync::Arc;
//!
//! /// How many words does a text have?
//! struct Words<'a>(&'a Arc<str>);
//!
//! impl Question for Words<'_> {
//!     type Key = Same<str>;
//!     type Answer = usize;
//!     fn file(&self) -> FileId { FileId(0) }
//!     fn is(&self, key: &Same<str>) -> bool { key.is(self.0) }
//!     fn key(&self) -> Same<str> { Same(self.0.clone()) }
//!     fn answer(&self, _: Option<&usize>) -> usize { self.0.split_whitespace().count() }
//! }
//!
//! let (text, mut table) = (Arc::from("one two"), Table::default());
//! let first = table.answer((), &[Words(&text)]);
//! let again = table.answer((), &[Words(&text)]);
//! assert!(*first[0] == 2 && Arc::ptr_eq(&first[0], &again[0]));
//! ```

use std::sync::Arc;

use rayon::prelude::*;

use super::span::FileId;

/// Something that has not changed since: the same allocation, which nobody writes to and which a key keeps alive.
#[derive(Debug)]
pub struct Same<T: ?Sized>(pub Arc<T>);

impl<T: ?Sized> Same<T> {
    /// Whether it is this one.
    pub fn is<U: ?Sized>(&self, other: &Arc<U>) -> bool {
        std::ptr::addr_eq(Arc::as_ptr(&self.0), Arc::as_ptr(other))
    }

    /// Whether it is what this leads to.
    pub fn points_to<U: ?Sized>(&self, other: &U) -> bool {
        std::ptr::addr_eq(Arc::as_ptr(&self.0), std::ptr::from_ref(other))
    }
}

impl<T: ?Sized> Clone for Same<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T: ?Sized> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        self.is(&other.0)
    }
}

/// Whether it is the same thing, or is not there as before.
pub fn is<T: ?Sized>(key: Option<&Same<T>>, thing: Option<&Arc<T>>) -> bool {
    match (key, thing) {
        (Some(key), Some(thing)) => key.is(thing),
        (key, thing) => key.is_none() && thing.is_none(),
    }
}

/// Whether these are the same things, in the same order.
pub fn are<T: ?Sized>(keys: &[Same<T>], things: &[Arc<T>]) -> bool {
    keys.len() == things.len() && keys.iter().zip(things).all(|(key, thing)| key.is(thing))
}

/// `new`, or what was there before if it is equal: then what was made from that still stands.
pub fn keep<T: PartialEq>(old: Option<&Arc<T>>, new: T) -> Arc<T> {
    old.filter(|old| ***old == new).cloned().unwrap_or_else(|| Arc::new(new))
}

/// What is asked of a file. It holds everything that the answer is made from.
pub trait Question: Sync {
    /// What the answer was made from.
    type Key: Send + Sync;
    /// What is kept.
    type Answer: Send + Sync;

    /// The file. No two questions of one build are of the same.
    fn file(&self) -> FileId;

    /// Whether the answer would be made from the same again.
    fn is(&self, key: &Self::Key) -> bool;

    /// What the answer is made from.
    fn key(&self) -> Self::Key;

    /// Whether an answer of the last build, made from the same, still stands. It does not where something changed that
    /// is in no key, and this answer was made from the part that changed.
    fn stands(&self, _: &Self::Answer) -> bool {
        true
    }

    /// Makes the answer. The last one, to a question with another key, may be looked at to [`keep`] parts of it.
    fn answer(&self, last: Option<&Self::Answer>) -> Self::Answer;
}

/// The last answer about each file. What the last build did not ask is not kept.
///
/// `A` is what all answers are made from beside their own key, such as the settings.
#[derive(Debug)]
pub struct Table<A, K, V> {
    all: Option<A>,
    /// By number of the file.
    slots: Vec<Option<(K, Arc<V>)>>,
}

impl<A, K, V> Default for Table<A, K, V> {
    fn default() -> Self {
        Self { all: None, slots: Vec::new() }
    }
}

/// So many questions, or some more, are answered on one core in a go: few enough that no core waits for another at the end.
const PIECE: usize = 64;

impl<A: PartialEq, K: Send + Sync, V: Send + Sync> Table<A, K, V> {
    /// The answer to each of `questions`: the one that is kept if it was made from the same, else a new one.
    pub fn answer<Q: Question<Key = K, Answer = V>>(&mut self, all: A, questions: &[Q]) -> Vec<Arc<V>> {
        let stands = self.all.as_ref() == Some(&all);
        let slots = &self.slots;
        let answers: Vec<(Arc<V>, bool)> = questions
            .par_iter()
            .with_min_len(PIECE)
            .with_max_len(4 * PIECE)
            .map(|question| {
                let kept = slots.get(index(question.file())).and_then(Option::as_ref);
                match kept {
                    Some((key, value)) if stands && question.is(key) && question.stands(value) => {
                        (value.clone(), false)
                    }
                    _ => (Arc::new(question.answer(kept.map(|(_, value)| &**value))), true),
                }
            })
            .collect();
        self.all = Some(all);
        self.store(questions, &answers);
        answers.into_iter().map(|(value, _)| value).collect()
    }

    /// Puts new answers in their slots, and empties those that were not asked for.
    fn store<Q: Question<Key = K, Answer = V>>(&mut self, questions: &[Q], answers: &[(Arc<V>, bool)]) {
        let last = questions.iter().map(|question| index(question.file()) + 1).max().unwrap_or_default();
        self.slots.resize_with(last, || None);
        let mut asked = vec![false; last];
        for (question, (value, is_new)) in questions.iter().zip(answers) {
            let file = index(question.file());
            asked[file] = true;
            if *is_new {
                self.slots[file] = Some((question.key(), value.clone()));
            }
        }
        for (slot, _) in self.slots.iter_mut().zip(asked).filter(|(_, asked)| !asked) {
            *slot = None;
        }
    }

    /// How many answers are kept.
    pub fn len(&self) -> usize {
        self.slots.iter().flatten().count()
    }

    /// Whether none is kept.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

fn index(file: FileId) -> usize {
    file.0 as usize
}

/// The last answer to one question about the whole.
#[derive(Debug)]
pub struct Kept<K, V>(Option<(K, Arc<V>)>);

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Self(None)
    }
}

impl<K: PartialEq, V> Kept<K, V> {
    /// The value that is kept if it was made from the same, else a new one. `key` covers everything that `make` reads.
    pub fn get(&mut self, key: K, make: impl FnOnce() -> V) -> Arc<V> {
        let (old, value) = match self.0.take() {
            Some((old, value)) if old == key => (old, value),
            _ => (key, Arc::new(make())),
        };
        self.0 = Some((old, value.clone()));
        value
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    /// Is asked in capitals, and notes each answer.
    struct Capitals<'a>(u32, &'static str, &'a Mutex<Vec<&'static str>>);

    impl Question for Capitals<'_> {
        type Key = &'static str;
        type Answer = String;

        fn file(&self) -> FileId {
            FileId(self.0)
        }

        fn is(&self, key: &&'static str) -> bool {
            self.1 == *key
        }

        fn key(&self) -> &'static str {
            self.1
        }

        fn answer(&self, _: Option<&String>) -> String {
            self.2.lock().expect("no panic").push(self.1);
            self.1.to_uppercase()
        }
    }

    #[test]
    fn only_what_changed_is_made_again_and_only_what_is_asked_for_is_kept() {
        let mut table = Table::default();
        let mut check = |all: u8, questions: &[(u32, &'static str)], answers: &str, made: &str| {
            let log = Mutex::new(Vec::new());
            let questions: Vec<_> = questions.iter().map(|(file, text)| Capitals(*file, text, &log)).collect();
            let found = table.answer(all, &questions);
            let found: Vec<&str> = found.iter().map(|answer| answer.as_str()).collect();
            let mut log = log.lock().expect("no panic").clone();
            log.sort_unstable();
            assert_eq!((found.join(" ").as_str(), log.join(" ").as_str()), (answers, made));
            assert_eq!(table.len(), questions.len());
        };
        check(0, &[(0, "a"), (7, "b")], "A B", "a b");
        check(0, &[(7, "c"), (0, "a")], "C A", "c");
        check(0, &[(7, "c")], "C", "");
        check(0, &[(7, "c"), (0, "a")], "C A", "a");
        check(1, &[(7, "c"), (0, "a")], "C A", "a c");
    }

    #[test]
    fn what_is_equal_is_kept() {
        let old = Arc::new(vec![1, 2]);
        assert!(Arc::ptr_eq(&old, &keep(Some(&old), vec![1, 2])));
        assert!(!Arc::ptr_eq(&old, &keep(Some(&old), vec![1])));
        let mut kept = Kept::default();
        let first = kept.get(1, || "one");
        assert!(Arc::ptr_eq(&first, &kept.get(1, || "another")));
        assert_eq!(*kept.get(2, || "two"), "two");
    }
}
