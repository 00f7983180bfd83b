//! What is kept from one build to the next: for each file the value that was made of it, and a key of all it was made from.
//!
//! Nothing records who depends on whom. A value is used again when its key is the same, and its key covers everything that
//! its maker reads; so there is nothing to forget, and nothing to clear. A key is no hash but the things themselves: most are
//! behind an [`Arc`], and where that is [`Same`] they need not be looked at.

use std::sync::Arc;

use rayon::prelude::*;

use super::span::FileId;

/// Something that has not changed since: the same allocation, which nobody writes to and which a key keeps alive.
#[derive(Debug)]
pub struct Same<T: ?Sized>(pub Arc<T>);

impl<T: ?Sized> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// The last value made of each file. What the last build did not ask for is not kept.
#[derive(Debug)]
pub struct Table<K, V> {
    /// By number of the file.
    slots: Vec<Option<(K, Arc<V>)>>,
}

impl<K, V> Default for Table<K, V> {
    fn default() -> Self {
        Self { slots: Vec::new() }
    }
}

impl<K: PartialEq + Send + Sync, V: Send + Sync> Table<K, V> {
    /// The value for each of `questions`: the one that is kept for its file if its key is still the same, else a new one.
    ///
    /// Each question is of a file of its own. `key` must cover everything that `make` reads.
    pub fn answer<Q: Sync>(
        &mut self,
        questions: &[Q],
        file: impl Fn(&Q) -> FileId,
        key: impl Fn(&Q) -> K + Sync,
        make: impl Fn(&Q) -> V + Sync,
    ) -> Vec<Arc<V>> {
        let mut old = std::mem::take(&mut self.slots);
        let kept: Vec<Option<(K, Arc<V>)>> = questions.iter().map(|q| old.get_mut(index(file(q)))?.take()).collect();
        drop(old);
        let now: Vec<(K, Arc<V>)> = questions
            .par_iter()
            .zip(kept)
            .map(|(question, kept)| {
                let key = key(question);
                let kept = kept.filter(|(old, _)| *old == key);
                kept.unwrap_or_else(|| (key, Arc::new(make(question))))
            })
            .collect();
        let values = now.iter().map(|(_, value)| value.clone()).collect();
        let last = questions.iter().map(|question| index(file(question)) + 1).max().unwrap_or_default();
        self.slots.resize_with(last, || None);
        for (question, entry) in questions.iter().zip(now) {
            self.slots[index(file(question))] = Some(entry);
        }
        values
    }

    /// How many values are kept.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_changed_is_made_again_and_only_what_is_asked_for_is_kept() {
        let mut table: Table<&str, String> = Table::default();
        let mut ask = |questions: &[(u32, &'static str)]| {
            let made = std::sync::Mutex::new(Vec::new());
            let values = table.answer(
                questions,
                |(file, _)| FileId(*file),
                |(_, text)| *text,
                |(_, text)| {
                    made.lock().expect("no panic").push(*text);
                    text.to_uppercase()
                },
            );
            let mut made = made.into_inner().expect("no panic");
            made.sort_unstable();
            let values: Vec<String> = values.iter().map(|value| value.to_string()).collect();
            (values.join(" "), made.join(" "), table.len())
        };
        assert_eq!(ask(&[(0, "a"), (7, "b")]), ("A B".to_owned(), "a b".to_owned(), 2));
        assert_eq!(ask(&[(7, "c"), (0, "a")]), ("C A".to_owned(), "c".to_owned(), 2));
        assert_eq!(ask(&[(7, "c")]), ("C".to_owned(), String::new(), 1));
        assert_eq!(ask(&[(7, "c"), (0, "a")]), ("C A".to_owned(), "a".to_owned(), 2));
    }
}
