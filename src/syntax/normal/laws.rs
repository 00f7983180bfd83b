//! Laws of the normal form, over texts made of the characters that are most likely to break it.

use proptest::prelude::*;
use unicode_normalization::{UnicodeNormalization, char::compose};

use super::class::{Class, class, composed, extends};
use super::*;

/// The same by the rules of docs/format.md one after the other, each over the whole text.
fn by_the_rules(text: &str) -> String {
    let kept: Vec<char> = text.chars().filter(|c| class(*c) != Class::Dropped).nfc().collect();
    let is_space = |c: &char| class(*c) == Class::Space;
    let is_guillemet = |c: &char| matches!(c, '«' | '»');
    let mut written = String::new();
    for (at, c) in kept.iter().enumerate() {
        let (before, after) = (&kept[..at], &kept[at + 1..]);
        match class(*c) {
            Class::Space => {
                let left: Vec<char> = before.iter().copied().skip_while(is_space).collect();
                let right: String = after.iter().skip_while(|c| is_space(c)).collect();
                // What stands before and after the guillemets beside the white space, if there are some.
                let run_before = left.iter().rev().find(|c| !is_guillemet(c)).copied();
                let run_after = right.chars().find(|c| !is_guillemet(c));
                let inside_left = left.last() == Some(&'«') && side::opens(run_before);
                let inside_right = right.starts_with('»') && side::closes(run_after);
                let first = !before.last().is_some_and(is_space);
                let inside = inside_left || inside_right || left.is_empty() || right.is_empty();
                if first && !inside && !joins(&written, &right) {
                    written.push(' ');
                }
            }
            Class::Dash if before.last().is_some_and(|c| class(*c) == Class::Dash) => {}
            Class::Dash => written.push('-'),
            Class::Apostrophe => written.push('\''),
            Class::QuotationMark | Class::LeftGuillemet | Class::RightGuillemet => written.push('"'),
            Class::Ellipsis => written.push_str("..."),
            _ => written.push(*c),
        }
    }
    written
}

fn nasty() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        " ",
        " ",
        "\n",
        "\r\n",
        "\t",
        "\u{a0}",
        "\u{202f}",
        "\u{2028}",
        "\u{ad}",
        "\u{200b}",
        "\u{200d}",
        "\u{200f}",
        "\u{feff}",
        "\u{fe0f}",
        "\u{e0100}",
        "\u{34f}",
        "a",
        "b",
        "e",
        "E",
        "i",
        "I",
        "x",
        "word",
        "é",
        "e\u{301}",
        "ê",
        "\u{301}",
        "\u{302}",
        "\u{323}",
        "\u{307}",
        "\u{338}",
        "\u{344}",
        "=",
        "<",
        "\u{212b}",
        "\u{1e9b}",
        "\u{fb1d}",
        "\u{958}",
        "-",
        "-",
        "–",
        "—",
        "\u{2011}",
        "−",
        "«",
        "»",
        "« ",
        " »",
        "»a",
        "a«",
        "‹",
        "›",
        "’",
        "'",
        "“",
        "\"",
        "…",
        ".",
        "..",
        ",",
        "(",
        "1",
        "20",
        "\u{1100}",
        "\u{1161}",
        "\u{11a8}",
        "가",
        "각",
        "👩",
        "👧",
        "🏽",
        "🇫",
        "م",
        "ا",
        "\u{653}",
        "َ",
        "ш",
        "й",
        "и\u{306}",
        "中",
        "中",
        "文\n",
        "。",
        "か",
        "\u{3099}",
        "１",
        "ก",
        "`",
        "´",
        "ʿ",
        "\u{1fef}",
        "״",
        "ำ",
        "\u{9c7}",
        "\u{9be}",
        "\u{f71}",
        "\u{f72}",
        "\u{f73}",
        "\u{1fef}",
        "\u{0}",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn boundaries(text: &str) -> Vec<usize> {
    text.char_indices().map(|(at, _)| at).chain([text.len()]).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn is_what_the_rules_say(text in nasty()) {
        prop_assert_eq!(Normal::of(&text).into_text(), by_the_rules(&text));
    }

    #[test]
    fn is_what_the_rules_say_of_any_text(text in "\\PC{0,40}") {
        prop_assert_eq!(Normal::of(&text).into_text(), by_the_rules(&text));
    }

    #[test]
    fn normalising_twice_is_normalising_once(text in nasty()) {
        let once = Normal::of(&text);
        let twice = Normal::of(once.text());
        prop_assert_eq!(twice.text(), once.text());
        prop_assert_eq!(twice.original(0..twice.text().len()), 0..once.text().len());
    }

    #[test]
    fn offsets_map_back_to_the_same_characters(text in nasty(), from in 0usize..80, length in 1usize..20) {
        let normal = Normal::of(&text);
        let bounds = boundaries(normal.text());
        let range = bounds[from % bounds.len()]..bounds[(from % bounds.len() + length).min(bounds.len() - 1)];
        let original = normal.original(range.clone());
        prop_assert!(text.is_char_boundary(original.start) && text.is_char_boundary(original.end));
        let again = Normal::of(&text[original.clone()]);
        // What a mark at either end does with the white space beside it follows from what is beyond.
        let piece = normal.text()[range.clone()].trim_matches([' ', '"', '\'', '-', '.']);
        prop_assert!(again.text().contains(piece), "{:?} {:?}", again.text(), piece);
        let covering = normal.covering(original.clone());
        prop_assert!(covering.start <= range.start && covering.end >= range.end);
        prop_assert!(normal.original(covering) == original);
        let edge = |c: Option<char>| c.is_none_or(|c| class(c) != Class::Dropped);
        let mut ends = text[original].chars();
        prop_assert!(edge(ends.next()) && edge(ends.next_back()));
    }

    #[test]
    fn offsets_keep_their_order(text in nasty()) {
        let normal = Normal::of(&text);
        let there: Vec<usize> = boundaries(&text).into_iter().map(|at| normal.normal_offset(at)).collect();
        prop_assert!(there.is_sorted());
        let back: Vec<usize> = boundaries(normal.text()).into_iter().map(|at| normal.original(at..at).start).collect();
        prop_assert!(back.is_sorted());
    }
}

#[test]
fn every_character_alone() {
    for c in ('\0'..=char::MAX).filter(|c| !('\u{20000}'..='\u{2f7ff}').contains(c)) {
        let once = Normal::of(&c.to_string()).into_text();
        assert_eq!(once, by_the_rules(&c.to_string()), "{c:?}");
        assert_eq!(Normal::of(&once).text(), once, "{c:?}");
        assert!(c >= '\u{300}' || (composed(c) && !extends(c)), "{c:?}");
    }
}

/// What the streaming relies on: these never become part of another character.
#[test]
fn no_mark_composes_with_white_space_dashes_and_quotation_marks() {
    let marks = ('\u{300}'..'\u{1f000}').filter(|c| extends(*c));
    let marks: Vec<char> = marks.collect();
    for c in ('\0'..'\u{11000}').filter(|c| !matches!(class(*c), Class::Other | Class::Dropped)) {
        assert!(marks.iter().all(|mark| compose(c, *mark).is_none()), "{c:?}");
        assert!(!extends(c));
    }
}
