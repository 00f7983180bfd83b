//! Laws of anchoring, over random texts.

use proptest::prelude::*;

use super::*;

/// Few different pieces, so that much stands twice; and those that the normal form changes.
fn text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "the ",
        "quay ",
        "mayor ",
        "la ",
        "mairie ",
        "été ",
        "e\u{301}te\u{301} ",
        "l’",
        "d'",
        "« ",
        " »",
        "\u{a0}",
        "\n\n",
        "\r\n",
        ". ",
        ", ",
        "… ",
        "— ",
        "--",
        "\u{2011}",
        "20 ",
        "1,5 ",
        "3",
        "000 ",
        "x\u{ad}y ",
        "\u{200b}",
        "👩\u{200d}👧 ",
        "порт ",
        "ميناء ",
        "x\u{323}\u{307} ",
        "(a) ",
        "\u{feff}",
    ]);
    prop::collection::vec(piece, 1..60).prop_map(|pieces| pieces.concat())
}

fn no_names(_: &str) -> Vec<u32> {
    Vec::new()
}

/// A passage of the text: bytes in normal form that do not start or end with white space, nor cut a number or a character.
fn passage(normal: &Normal, from: usize, length: usize) -> Option<Range<usize>> {
    let text = normal.text();
    let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let start = bounds[from % bounds.len()];
    let end = bounds[(from % bounds.len() + length).min(bounds.len() - 1)];
    let cut = occurrence::cuts(text, start, Tongue::of("en")) || occurrence::cuts(text, end, Tongue::of("en"));
    let whole = start < end && !cut && normal.covering(normal.original(start..end)) == (start..end);
    let spaced = text[start..end].starts_with(' ') || text[start..end].ends_with(' ');
    (whole && !spaced).then_some(start..end)
}

fn places(anchoring: Anchoring) -> Vec<Range<usize>> {
    match anchoring {
        Anchoring::Exact(range) => vec![range],
        Anchoring::Ambiguous { places } => places.into_iter().map(|place| place.range).collect(),
        _ => Vec::new(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn a_quote_from_anywhere_anchors_there(text in text(), from in 0usize..200, length in 1usize..60) {
        let normal = Normal::of(&text);
        let Some(range) = passage(&normal, from, length) else { return Ok(()) };
        let here = normal.original(range.clone());
        // As an editor copies it from the file, and as the normal form writes it.
        for exact in [&text[here.clone()], &normal.text()[range.clone()]] {
            let quote = Quote { exact, ..Quote::default() };
            let found = places(anchor(&normal, &quote, Tongue::of("en"), &no_names));
            let same_words = Normal::of(exact).text() == &normal.text()[range.clone()];
            prop_assert!(!same_words || found.contains(&here), "{:?} at {:?}: {:?}", exact, here, found);
        }
    }

    #[test]
    fn a_quote_with_its_context_anchors_there(text in text(), from in 0usize..200, length in 1usize..30, beside in 1usize..30) {
        let normal = Normal::of(&text);
        let Some(range) = passage(&normal, from, length) else { return Ok(()) };
        let before = &normal.text()[..range.start];
        let after = &normal.text()[range.end..];
        let prefix: String = before.chars().skip(before.chars().count().saturating_sub(beside)).collect();
        let suffix: String = after.chars().take(beside).collect();
        prop_assume!(Normal::of(&prefix).text() == prefix.trim() && Normal::of(&suffix).text() == suffix.trim());
        let quote = Quote { exact: &normal.text()[range.clone()], prefix: Some(&prefix), suffix: Some(&suffix) };
        prop_assert!(places(anchor(&normal, &quote, Tongue::of("en"), &no_names)).contains(&normal.original(range)));
    }

    #[test]
    fn what_settles_a_place_settles_it(text in text(), from in 0usize..200, length in 1usize..9) {
        let normal = Normal::of(&text);
        let Some(range) = passage(&normal, from, length) else { return Ok(()) };
        let quote = Quote { exact: &normal.text()[range], ..Quote::default() };
        let Anchoring::Ambiguous { places } = anchor(&normal, &quote, Tongue::of("en"), &no_names) else { return Ok(()) };
        for place in places {
            let settled = match place.settle {
                None => continue,
                Some(Settle::Prefix(words)) => Quote { prefix: Some(&text[words]), ..quote },
                Some(Settle::Suffix(words)) => Quote { suffix: Some(&text[words]), ..quote },
            };
            prop_assert_eq!(anchor(&normal, &settled, Tongue::of("en"), &no_names), Anchoring::Exact(place.range), "{:?}", settled);
        }
    }

    #[test]
    fn what_has_drifted_is_exact_in_its_new_words(text in text(), from in 0usize..200, length in 12usize..60, at in 0usize..60) {
        let normal = Normal::of(&text);
        let Some(range) = passage(&normal, from, length) else { return Ok(()) };
        let mut exact: Vec<char> = normal.text()[range].chars().collect();
        let at = at % exact.len();
        exact[at] = 'q';
        let exact: String = exact.into_iter().collect();
        let quote = Quote { exact: &exact, ..Quote::default() };
        if let Anchoring::Drifted { range, distance } = anchor(&normal, &quote, Tongue::of("en"), &no_names) {
            prop_assert!(distance * 100 <= exact.chars().count() * 15);
            let again = Quote { exact: &text[range.clone()], ..Quote::default() };
            prop_assert_eq!(anchor(&normal, &again, Tongue::of("en"), &no_names), Anchoring::Exact(range));
        }
    }
}
