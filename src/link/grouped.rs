//! Lists by number, in one allocation: what leads to each node, for all nodes.

use rayon::slice::ParallelSliceMut as _;

/// A list for each number below some count.
#[derive(Clone, Debug)]
pub struct Grouped<T> {
    /// Where each list starts; one more than there are lists.
    starts: Vec<u32>,
    items: Vec<T>,
}

impl<T> Default for Grouped<T> {
    fn default() -> Self {
        Self { starts: Vec::new(), items: Vec::new() }
    }
}

/// A list that is longer is worth sorting on all cores.
const LONG: usize = 8192;

impl<T: Copy> Grouped<T> {
    /// Puts items into the lists of their numbers (counting sort); in each list they stay in the order given.
    pub fn new(lists: usize, numbered: &[(u32, T)]) -> Self {
        let mut starts = vec![0_u32; lists + 1];
        for (number, _) in numbered {
            starts[*number as usize + 1] += 1;
        }
        for list in 0..lists {
            starts[list + 1] += starts[list];
        }
        let mut next = starts.clone();
        let mut items: Vec<T> = numbered.first().map_or_else(Vec::new, |(_, first)| vec![*first; numbered.len()]);
        for (number, item) in numbered {
            let next = &mut next[*number as usize];
            items[*next as usize] = *item;
            *next += 1;
        }
        Self { starts, items }
    }

    /// The list of a number.
    pub fn of(&self, number: usize) -> &[T] {
        match (self.starts.get(number), self.starts.get(number + 1)) {
            (Some(start), Some(end)) => &self.items[*start as usize..*end as usize],
            _ => &[],
        }
    }
}

impl<T: Copy + Ord + Send> Grouped<T> {
    /// The same with each list in order, and nothing in it twice.
    #[must_use]
    pub fn sorted(mut self) -> Self {
        let (mut start, mut kept) = (0, 0);
        for list in 1..self.starts.len() {
            let end = self.starts[list] as usize;
            let items = &mut self.items[start..end];
            match items.len() {
                0 | 1 => {}
                long if long > LONG => items.par_sort_unstable(),
                _ => items.sort_unstable(),
            }
            let first = kept;
            for at in start..end {
                if kept == first || self.items[kept - 1] != self.items[at] {
                    self.items[kept] = self.items[at];
                    kept += 1;
                }
            }
            start = end;
            self.starts[list] = crate::base::span::offset(kept);
        }
        self.items.truncate(kept);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::Grouped;

    #[test]
    fn items_are_with_their_number_in_the_order_given() {
        let grouped = Grouped::new(4, &[(2, 'b'), (0, 'x'), (2, 'a'), (2, 'b')]);
        let lists = |grouped: &Grouped<char>| (0..5).map(|n| grouped.of(n).iter().collect()).collect::<Vec<String>>();
        assert_eq!(lists(&grouped), ["x", "", "bab", "", ""]);
        assert_eq!(lists(&grouped.sorted()), ["x", "", "ab", "", ""]);
        assert_eq!(Grouped::<u8>::new(0, &[]).of(0), &[] as &[u8]);
    }
}
