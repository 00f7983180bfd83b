//! Which word is where: the places of each word of the dossier, counted through.

use std::collections::HashMap;

use rayon::prelude::*;

use super::words::words;

/// Words in their order, each with its places in theirs.
pub(super) type Words = Vec<(String, Vec<u32>)>;

/// Counts the words of a block of records from 0.
#[derive(Default)]
pub(super) struct Counter {
    places: HashMap<String, Vec<u32>>,
    next: u32,
}

impl Counter {
    /// Reads a text; says how many words it has. The place after its last is left free, so that no phrase runs on into the next.
    pub(super) fn read(&mut self, text: &str) -> u32 {
        let start = self.next;
        words(text, &mut |word| {
            match self.places.get_mut(word) {
                Some(places) => places.push(self.next),
                None => drop(self.places.insert(word.to_owned(), vec![self.next])),
            }
            self.next += 1;
        });
        let count = self.next - start;
        self.next += 1;
        count
    }

    /// The words, and how many places they take.
    pub(super) fn finish(self) -> (Words, u32) {
        let mut words: Words = self.places.into_iter().collect();
        words.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        (words, self.next)
    }
}

/// Every word of the dossier with its places.
#[derive(Debug, Default)]
pub(super) struct Postings {
    words: Words,
}

impl Postings {
    /// Puts the words of blocks together, each with how many places it takes, in their order.
    pub(super) fn merged(blocks: Vec<(Words, u32)>) -> Self {
        let mut next = 0;
        let mut starts = Vec::with_capacity(blocks.len());
        for (_, length) in &blocks {
            starts.push(next);
            next += length;
        }
        let moved = blocks.into_par_iter().zip(starts).map(|((mut words, _), start)| {
            words.iter_mut().flat_map(|(_, places)| places).for_each(|place| *place += start);
            words
        });
        Self { words: moved.reduce(Vec::new, merge) }
    }

    /// Adds lists of numbers under names that are no words.
    pub(super) fn extend(&mut self, lists: Words) {
        self.words = merge(std::mem::take(&mut self.words), lists);
    }

    /// How many words.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// The words in their order.
    pub(super) fn into_words(self) -> Words {
        self.words
    }
}

/// The words of both; the places of the second are all after those of the first.
fn merge(first: Words, second: Words) -> Words {
    let mut merged = Words::with_capacity(first.len().max(second.len()));
    let (mut first, mut second) = (first.into_iter().peekable(), second.into_iter().peekable());
    while let (Some(a), Some(b)) = (first.peek(), second.peek()) {
        let order = a.0.cmp(&b.0);
        let from_first = if order.is_le() { first.next() } else { None };
        let from_second = if order.is_ge() { second.next() } else { None };
        match (from_first, from_second) {
            (Some((word, mut places)), Some((_, more))) => {
                places.extend(more);
                merged.push((word, places));
            }
            (one, other) => merged.extend(one.or(other)),
        }
    }
    merged.extend(first);
    merged.extend(second);
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_through_all_records() {
        let block = |texts: &[&str]| {
            let mut counter = Counter::default();
            texts.iter().for_each(|text| assert!(counter.read(text) < 9));
            counter.finish()
        };
        let postings = Postings::merged(vec![block(&["Le Mali", "au Mali, le"]), block(&["", "Mali"])]);
        let expected = [("au", &[3][..]), ("le", &[0, 5]), ("mali", &[1, 4, 8])];
        assert_eq!(postings.into_words(), expected.map(|(word, places)| (word.to_owned(), places.to_vec())));
    }
}
