//! The automaton against the rules one by one, over random texts and aliases.

use proptest::prelude::*;

use super::*;

/// Every place of every alias that the rules allow, then the leftmost-longest choice: as docs/format.md says it, and slow.
fn by_the_rules(aliases: &[Alias], text: &Normal, blocked: &[Range<usize>]) -> Vec<Found> {
    let normal = text.text();
    let bounds: Vec<usize> = normal.char_indices().map(|(at, _)| at).chain([normal.len()]).collect();
    let mut candidates = Vec::new();
    for (number, alias) in (0..).zip(aliases) {
        let spellings = fold::spellings(alias);
        for start in &bounds {
            for end in bounds.iter().filter(|end| *end > start) {
                let piece = &normal[*start..*end];
                let piece = if alias.case == Case::Any { fold::folded(piece) } else { piece.to_owned() };
                let before = normal[..*start].chars().next_back().is_some_and(is_word_part);
                let after = normal[*end..].chars().next().is_some_and(is_word_part);
                let range = text.original(*start..*end);
                let free = blocked.iter().all(|blocked| blocked.end <= range.start || blocked.start >= range.end);
                if spellings.contains(&piece) && !before && !after && free {
                    candidates.push((*start, std::cmp::Reverse(*end), number, alias.of));
                }
            }
        }
    }
    candidates.sort();
    let (mut found, mut from) = (Vec::new(), 0);
    for (start, std::cmp::Reverse(end), alias, of) in candidates {
        if start >= from {
            found.push(Found { of, alias, range: text.original(start..end) });
            from = end;
        }
    }
    found
}

fn pieces(most: usize) -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a", "b", "A", "B", "a b", "é", "É", "e\u{301}", "ß", "ss", "SS", "ẞ", "İ", "i", "I", "i\u{307}", "Ⱥ", "ⱥ",
        " ", " ", " ", "-", "’", "'", "«", "»", "\u{ad}", "\n", "\u{323}", "1", ".", "ς", "Σ", "中",
    ]);
    prop::collection::vec(piece, 1..most).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn finds_what_the_rules_say(
        names in prop::collection::vec((pieces(5), any::<bool>(), 0u32..4), 0..8),
        text in pieces(16),
        cuts in prop::collection::vec(0usize..30, 0..6),
    ) {
        let case = |any: bool| if any { Case::Any } else { Case::Exact };
        let aliases: Vec<Alias> = names.iter().map(|(text, any, of)| Alias { text, case: case(*any), of: *of }).collect();
        let mut cuts: Vec<usize> = cuts.into_iter().filter(|at| text.is_char_boundary(*at)).collect();
        cuts.sort_unstable();
        let blocked: Vec<Range<usize>> = cuts.chunks_exact(2).map(|cut| cut[0]..cut[1]).collect();
        let normal = Normal::of(&text);
        let found = Automaton::new(aliases.iter().copied()).find(&normal, &blocked);
        prop_assert_eq!(found, by_the_rules(&aliases, &normal, &blocked));
    }
}
