//! A look at two letters that tells of nearly all words that they are not among some.

/// The first two and the last two bytes of words, as bits, whatever their case.
#[derive(Debug)]
pub(super) struct Outlines {
    starts: [u64; 64],
    ends: [u64; 64],
    /// Whether words may have another before them without a space, as after Arabic "and".
    any: bool,
}

impl Outlines {
    /// Those of some words.
    pub(super) fn of<'w>(words: impl Iterator<Item = &'w &'w str>, any: bool) -> Self {
        let mut outlines = Self { starts: [0; 64], ends: [0; 64], any };
        for word in words.map(|word| word.as_bytes()) {
            match *word {
                [] => {}
                // What stands beside it is anything.
                [byte] => (0..=u8::MAX).for_each(|other| {
                    set(&mut outlines.starts, byte, other);
                    set(&mut outlines.ends, other, byte);
                }),
                [first, second, ..] => {
                    set(&mut outlines.starts, first, second);
                    set(&mut outlines.ends, word[word.len() - 2], word[word.len() - 1]);
                }
            }
        }
        outlines
    }

    /// Whether one of the words, or a digit, may end `before`, and one begin `after`, but for spaces and hyphens.
    #[inline]
    pub(super) fn may_meet(&self, before: &str, after: &str) -> bool {
        let sign = |byte: &u8| matches!(byte, b' ' | b'-');
        let (before, after) = (before.as_bytes(), after.as_bytes());
        let starts = match after[after.iter().take_while(|byte| sign(byte)).count()..] {
            [first, second, ..] => has(&self.starts, first, second),
            ref rest => !rest.is_empty(),
        };
        let ends = || match before[..before.len() - before.iter().rev().take_while(|byte| sign(byte)).count()] {
            // A digit of another script is not known by its bytes.
            [.., last] if last.is_ascii_digit() || !last.is_ascii() => true,
            [.., second, last] => has(&self.ends, second, last),
            ref rest => !rest.is_empty(),
        };
        self.any || starts && ends()
    }
}

/// Letters of both cases differ in these bits of their bytes, in scripts that have case.
fn bit(first: u8, second: u8) -> (usize, u64) {
    (usize::from((first | 0x21) & 0x3f), 1 << ((second | 0x21) & 0x3f))
}

fn set(bits: &mut [u64; 64], first: u8, second: u8) {
    let (place, bit) = bit(first, second);
    bits[place] |= bit;
}

fn has(bits: &[u64; 64], first: u8, second: u8) -> bool {
    let (place, bit) = bit(first, second);
    bits[place] & bit != 0
}
