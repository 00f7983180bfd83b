//! All words of a language, as an automaton in a few hundred kilobytes.

/// A set of words. The form of the file is described beside the program that writes it (`tools/lexicon/automaton.py`).
#[derive(Clone, Copy, Debug)]
pub(super) struct Lexicon {
    alphabet: &'static str,
    nodes: &'static [u8],
    root: usize,
}

/// A letter on the way to a word.
#[derive(Clone, Copy)]
struct Edge {
    letter: usize,
    ends_a_word: bool,
    is_the_last: bool,
    target: Option<usize>,
    /// Where the next one is.
    end: usize,
}

impl Lexicon {
    /// The words of a file.
    pub(super) fn of(file: &'static [u8]) -> Self {
        let end = file.iter().position(|byte| *byte == b'\n').unwrap_or(file.len());
        let alphabet = std::str::from_utf8(&file[..end]).unwrap_or_default();
        let (root, nodes) = file.get(end + 1..).and_then(<[u8]>::split_first_chunk).unwrap_or((&[0; 4], &[]));
        Self { alphabet, nodes, root: u32::from_le_bytes(*root) as usize }
    }

    /// Whether it has a word, in small letters. Russian words are in it without `ё`.
    pub(super) fn has(&self, word: &str) -> bool {
        let mut from = Some(self.root);
        let mut whole = false;
        for c in word.chars().map(|c| if c == 'ё' { 'е' } else { c }) {
            let letter = self.alphabet.chars().position(|known| known == c);
            let edge = from.zip(letter).and_then(|(from, letter)| self.edge(from, letter));
            let Some(edge) = edge else { return false };
            (whole, from) = (edge.ends_a_word, edge.target);
        }
        whole
    }

    /// The edge with a letter, of the node at `from`.
    fn edge(&self, mut from: usize, letter: usize) -> Option<Edge> {
        loop {
            let edge = self.read(from)?;
            if edge.letter == letter {
                return Some(edge);
            }
            if edge.is_the_last {
                return None;
            }
            from = edge.end;
        }
    }

    /// The edge at byte `at`.
    fn read(&self, at: usize) -> Option<Edge> {
        let (head, rest) = self.nodes.get(at..)?.split_first()?;
        let length = rest.iter().position(|byte| byte & 0x80 == 0)? + 1;
        let distance = rest[..length].iter().rev().fold(0, |distance, byte| distance << 7 | usize::from(byte & 0x7f));
        Some(Edge {
            letter: usize::from(head & 0x3f),
            ends_a_word: head & 0x40 != 0,
            is_the_last: head & 0x80 != 0,
            target: at.checked_sub(distance).filter(|_| distance > 0),
            end: at + 1 + length,
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::link::anchor::tongue::Tongue;

    #[test]
    fn words_are_known_in_all_their_forms() {
        for (language, known, unknown) in [
            (
                "en",
                "hired fired adopted adapted wounded soldiers zygotes aback",
                "recieve publised soldierz abac zygotess",
            ),
            ("fr", "importé importe exporté élevé abaissa œuvre évènement zozotait", "evenement importéz abaiss"),
            ("es", "hablo habló importado murieron abadejo", "hablobo inportado murieronn"),
            ("ru", "сообщали сообщили взяты зелёный зеленый ящиками", "сообщщали ящикамии"),
        ] {
            let lexicon = Tongue::of(language).lists().and_then(|lists| lists.lexicon).expect("a lexicon");
            let missing = |wanted| move |word: &&str| lexicon.has(word) != wanted;
            assert_eq!(known.split(' ').find(missing(true)), None);
            assert_eq!(unknown.split(' ').find(missing(false)), None);
            assert!(!lexicon.has("") && !lexicon.has("日本"));
        }
    }
}
