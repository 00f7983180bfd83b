//! Approximate search: where a pattern stands in a text with a bounded number of characters changed.
//!
//! The bit-vector algorithm of Myers ("A fast bit-vector algorithm for approximate string matching based on dynamic
//! programming", J. ACM 46, 1999) over Unicode characters, in blocks of 64 rows as Hyyrö describes them ("A bit-vector
//! algorithm for computing Levenshtein and Damerau edit distances", 2003), with Ukkonen's cut-off: blocks in which every
//! distance is above the limit are not computed. Linear in the text for a given pattern: every column of the table of
//! distances takes a few operations a block.

/// One end of an approximate occurrence of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// Byte of the text: one past the last for [`ends`] and [`prefixes`], the first for [`suffixes`].
    pub at: usize,
    /// Levenshtein distance, in characters.
    pub distance: usize,
}

/// For each place of `text` where a piece at most `limit` away from `pattern` may end: the distance of the nearest piece
/// that ends there. In order.
pub fn ends(pattern: &str, text: &str, limit: usize) -> Vec<Match> {
    search(pattern.chars().collect(), forwards(text), Start::Anywhere, limit)
}

/// The distance of `pattern` to each beginning of `text` where it is at most `limit`. The empty one is left out.
pub fn prefixes(pattern: &str, text: &str, limit: usize) -> Vec<Match> {
    search(pattern.chars().collect(), forwards(text), Start::Here, limit)
}

/// The distance of `pattern` to each ending of `text` where it is at most `limit`, the shortest first. The empty one is
/// left out.
pub fn suffixes(pattern: &str, text: &str, limit: usize) -> Vec<Match> {
    search(pattern.chars().rev().collect(), text.char_indices().rev(), Start::Here, limit)
}

/// The distance of `pattern` to what comes nearest to it at the end of `text`.
pub fn distance_before(pattern: &str, text: &str) -> usize {
    let length = pattern.chars().count();
    let near = text.char_indices().rev().take(2 * length);
    nearest(search(pattern.chars().rev().collect(), near, Start::Here, length), length)
}

/// The distance of `pattern` to what comes nearest to it at the start of `text`.
pub fn distance_after(pattern: &str, text: &str) -> usize {
    let length = pattern.chars().count();
    nearest(search(pattern.chars().collect(), forwards(text).take(2 * length), Start::Here, length), length)
}

fn nearest(matches: Vec<Match>, without: usize) -> usize {
    matches.into_iter().map(|found| found.distance).min().unwrap_or(without)
}

fn forwards(text: &str) -> impl Iterator<Item = (usize, char)> {
    text.char_indices().map(|(at, c)| (at + c.len_utf8(), c))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    Anywhere,
    Here,
}

/// Every column of the table whose last row is at most `limit`. `text` gives each character with the byte to report.
fn search(pattern: Vec<char>, text: impl Iterator<Item = (usize, char)>, start: Start, limit: usize) -> Vec<Match> {
    if pattern.is_empty() {
        return Vec::new();
    }
    let masks = Masks::new(&pattern);
    let mut table = Table::new(pattern.len(), limit);
    let mut found = Vec::new();
    for (at, c) in text {
        table.advance(masks.of(c), start);
        if let Some(distance) = table.distance().filter(|distance| *distance <= limit) {
            found.push(Match { at, distance });
        }
    }
    found
}

const ROWS: usize = u64::BITS as usize;

/// For each character of the pattern, the rows where it stands: one bit a row, one word a block.
struct Masks {
    /// In order, those beyond ASCII.
    others: Vec<char>,
    /// Position in `words` by ASCII code; zero for what is not in the pattern.
    ascii: [usize; 128],
    /// The first `blocks` words are zero.
    words: Vec<u64>,
    blocks: usize,
}

impl Masks {
    fn new(pattern: &[char]) -> Self {
        let blocks = pattern.len().div_ceil(ROWS);
        let mut distinct = pattern.to_vec();
        distinct.sort_unstable();
        distinct.dedup();
        let others: Vec<char> = distinct.iter().copied().filter(|c| !c.is_ascii()).collect();
        let words = vec![0; (distinct.len() + 1) * blocks];
        let mut masks = Self { others, ascii: [0; 128], words, blocks };
        for (index, c) in distinct.iter().filter(|c| c.is_ascii()).enumerate() {
            masks.ascii[*c as usize] = (masks.others.len() + 1 + index) * blocks;
        }
        for (row, c) in pattern.iter().enumerate() {
            let word = masks.position(*c) + row / ROWS;
            masks.words[word] |= 1 << (row % ROWS);
        }
        masks
    }

    fn position(&self, c: char) -> usize {
        match self.ascii.get(c as usize) {
            Some(position) => *position,
            None => self.others.binary_search(&c).map_or(0, |index| (index + 1) * self.blocks),
        }
    }

    fn of(&self, c: char) -> &[u64] {
        let position = self.position(c);
        &self.words[position..position + self.blocks]
    }
}

/// The current column of the table of distances, as differences between rows.
struct Table {
    blocks: Vec<Block>,
    /// How many blocks are computed: below them all distances are above the limit.
    active: usize,
    limit: usize,
}

struct Block {
    /// Rows that are one more than the row above.
    plus: u64,
    /// Rows that are one less.
    minus: u64,
    /// The distance in its last row.
    score: usize,
    /// The bit of its last row.
    last: u64,
    rows: usize,
}

impl Table {
    fn new(length: usize, limit: usize) -> Self {
        let block = |index: usize| {
            let rows = ROWS.min(length - index * ROWS);
            Block { plus: !0, minus: 0, score: index * ROWS + rows, last: 1 << (rows - 1), rows }
        };
        let blocks: Vec<Block> = (0..length.div_ceil(ROWS)).map(block).collect();
        let active = blocks.len().min(limit / ROWS + 1);
        Self { blocks, active, limit }
    }

    /// On to the next column, whose character stands in the rows `equal`.
    fn advance(&mut self, equal: &[u64], start: Start) {
        let mut carry = if start == Start::Here { Carry::Plus } else { Carry::Zero };
        for (block, equal) in self.blocks[..self.active].iter_mut().zip(equal) {
            carry = block.advance(*equal, carry);
        }
        self.adjust(equal, carry);
    }

    /// Takes one more block when its first row may be within the limit, else drops those that are beyond it.
    fn adjust(&mut self, equal: &[u64], carry: Carry) {
        let before = carry.undo(self.blocks[self.active - 1].score);
        let reachable = before <= self.limit && equal.get(self.active).is_some_and(|word| word & 1 != 0);
        let falls = before <= self.limit && carry == Carry::Minus;
        match self.blocks.get_mut(self.active) {
            Some(next) if reachable || falls => {
                (next.plus, next.minus, next.score) = (!0, 0, before + next.rows);
                next.advance(equal[self.active], carry);
                self.active += 1;
            }
            _ => {
                while self.active > 1 && self.blocks[self.active - 1].score >= self.limit + ROWS {
                    self.active -= 1;
                }
            }
        }
    }

    /// The distance in the last row, if it was computed.
    fn distance(&self) -> Option<usize> {
        self.blocks.last().filter(|_| self.active == self.blocks.len()).map(|block| block.score)
    }
}

/// How the last row of a block changes from one column to the next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Carry {
    Minus,
    Zero,
    Plus,
}

impl Carry {
    fn apply(self, score: usize) -> usize {
        match self {
            Carry::Minus => score - 1,
            Carry::Zero => score,
            Carry::Plus => score + 1,
        }
    }

    fn undo(self, score: usize) -> usize {
        match self {
            Carry::Minus => score + 1,
            Carry::Zero => score,
            Carry::Plus => score - 1,
        }
    }
}

impl Block {
    /// Myers' step: the differences of the next column from those of this one, in fifteen operations.
    fn advance(&mut self, equal: u64, carry: Carry) -> Carry {
        let (from_plus, from_minus) = (u64::from(carry == Carry::Plus), u64::from(carry == Carry::Minus));
        let vertical = equal | self.minus;
        let equal = equal | from_minus;
        let horizontal = ((equal & self.plus).wrapping_add(self.plus) ^ self.plus) | equal;
        let rises = self.minus | !(horizontal | self.plus);
        let falls = self.plus & horizontal;
        let carry = match (rises & self.last != 0, falls & self.last != 0) {
            (true, _) => Carry::Plus,
            (_, true) => Carry::Minus,
            _ => Carry::Zero,
        };
        let (rises, falls) = ((rises << 1) | from_plus, (falls << 1) | from_minus);
        self.plus = falls | !(vertical | rises);
        self.minus = rises & vertical;
        self.score = carry.apply(self.score);
        carry
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same, by the definition, with a distance from elsewhere.
    fn ends_by_definition(pattern: &str, text: &str, limit: usize) -> Vec<Match> {
        let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let nearest = |end: usize| {
            bounds.iter().filter(|s| **s <= end).map(|s| strsim::levenshtein(pattern, &text[*s..end])).min()
        };
        let matches = bounds.iter().skip(1).map(|at| Match { at: *at, distance: nearest(*at).unwrap_or(usize::MAX) });
        matches.filter(|found| found.distance <= limit).collect()
    }

    fn prefixes_by_definition(pattern: &str, text: &str, limit: usize) -> Vec<Match> {
        let matches = forwards(text).map(|(at, _)| Match { at, distance: strsim::levenshtein(pattern, &text[..at]) });
        matches.filter(|found| found.distance <= limit).collect()
    }

    /// The same, by the whole table of distances (Sellers 1980), for lengths at which the definition is too slow.
    fn ends_by_table(pattern: &str, text: &str, limit: usize) -> Vec<Match> {
        let pattern: Vec<char> = pattern.chars().collect();
        let mut column: Vec<usize> = (0..=pattern.len()).collect();
        let mut matches = Vec::new();
        for (at, c) in forwards(text) {
            let mut diagonal = 0;
            for row in 1..column.len() {
                let changed = diagonal + usize::from(pattern[row - 1] != c);
                diagonal = column[row];
                column[row] = changed.min(column[row] + 1).min(column[row - 1] + 1);
            }
            matches.push(Match { at, distance: column[pattern.len()] });
        }
        matches.retain(|found| found.distance <= limit);
        matches
    }

    proptest! {
        #[test]
        fn agrees_with_the_definition(pattern in "[abé]{1,12}", text in "[abcé]{0,40}", limit in 0usize..14) {
            prop_assert_eq!(ends(&pattern, &text, limit), ends_by_definition(&pattern, &text, limit));
            prop_assert_eq!(prefixes(&pattern, &text, limit), prefixes_by_definition(&pattern, &text, limit));
        }

        #[test]
        fn agrees_over_several_blocks(pattern in "[abé]{60,200}", cut in 0usize..60, noise in "[abc]{0,20}", limit in 0usize..200) {
            let kept: String = pattern.chars().skip(cut).collect();
            let text = format!("{noise}{kept}{noise}");
            prop_assert_eq!(ends(&pattern, &text, limit), ends_by_table(&pattern, &text, limit));
            prop_assert_eq!(distance_after(&pattern, &kept), strsim::levenshtein(&pattern, &kept).min(cut));
        }

        #[test]
        fn backwards_is_forwards_in_a_mirror(pattern in "[abé]{1,90}", text in "[abé]{0,90}", limit in 0usize..90) {
            let mirror = |text: &str| text.chars().rev().collect::<String>();
            let forward = prefixes(&mirror(&pattern), &mirror(&text), limit);
            let backward = suffixes(&pattern, &text, limit);
            let expected = forward.into_iter().map(|found| Match { at: text.len() - found.at, ..found }).collect::<Vec<_>>();
            prop_assert_eq!(backward, expected);
        }
    }

    #[test]
    fn nothing_is_near_nothing() {
        assert_eq!(ends("", "text", 3), []);
        assert_eq!(ends("text", "", 9), []);
        assert_eq!((distance_before("abc", "x abd"), distance_after("abc", "")), (1, 3));
    }
}
