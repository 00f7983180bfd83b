//! What may become of a word, in many languages: each pair of `edits.txt`, whichever of the two is quoted.

use super::{Anchoring, Quote, Tongue, anchor};
use crate::syntax::normal::Normal;

/// A pair of words in a sentence of its language.
struct Edit {
    language: &'static str,
    one: String,
    other: String,
    same: bool,
}

fn edits() -> Vec<Edit> {
    let (mut language, mut frame) = ("", "");
    let mut edits = Vec::new();
    for (key, rest) in include_str!("edits.txt").lines().filter_map(|line| line.split_once(' ')) {
        match key {
            "language" => language = rest,
            "frame" => frame = rest,
            "differ" | "same" => edits.extend(rest.split(' ').map(|pair| {
                let (one, other) = pair.split_once('/').expect("two words");
                let whole = |words: &str| frame.replace("{}", &words.replace('_', " "));
                Edit { language, one: whole(one), other: whole(other), same: key == "same" }
            })),
            _ => {}
        }
    }
    edits
}

/// What becomes of a quote in a text that it stands in with the edit.
fn found(quote: &str, text: &str, language: &str) -> &'static str {
    let quote = Quote { exact: quote, ..Quote::default() };
    match anchor(&Normal::of(text), &quote, Tongue::of(language), &|_| Vec::new()) {
        Anchoring::Exact(_) => "exact",
        Anchoring::Drifted { .. } => "drifted",
        Anchoring::Ambiguous { .. } => "ambiguous",
        Anchoring::NotFound { .. } | Anchoring::Unsought => "not found",
    }
}

#[test]
fn another_word_is_another_statement_and_another_spelling_is_not() {
    let mut wrong = Vec::new();
    for edit in edits() {
        for (quote, now) in [(&edit.one, &edit.other), (&edit.other, &edit.one)] {
            let text = format!("Before. {now}. After.");
            let found = found(quote, &text, edit.language);
            if (found == "drifted") != edit.same && !(edit.same && found == "exact") {
                wrong.push(format!("{}: {quote} / {now}: {found}", edit.language));
            }
        }
    }
    assert!(wrong.is_empty(), "{} are wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn there_are_enough_pairs_to_tell() {
    let count = |language: &str, same: bool| {
        edits().iter().filter(|edit| edit.language == language && edit.same == same).count()
    };
    for language in ["en", "fr", "de", "es", "ru", "ar"] {
        assert!(count(language, false) >= 60, "{language}: {}", count(language, false));
    }
    for language in ["pt", "it", "nl", "pl", "uk", "tr", "fi", "zh", "ja", "hi", "he", "fa"] {
        assert!(count(language, false) >= 10, "{language}: {}", count(language, false));
    }
}
