//! Which way a language is written, for `dir` in HTML.

/// Languages that are written from right to left where their tag names no script.
const RIGHT_TO_LEFT: &[&str] = &[
    "ar", "arc", "ckb", "dv", "fa", "he", "iw", "khw", "ks", "lrc", "mzn", "nqo", "pnb", "ps", "sd", "syr", "ug", "ur",
    "yi",
];

/// Scripts that are.
const SCRIPTS: &[&str] = &["adlm", "arab", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"];

/// `rtl` or `ltr`, by a language tag: its script where it names one, else its language.
pub fn direction(tag: &str) -> &'static str {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    let script = parts.find(|part| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_alphabetic()));
    let is_among = |part: &str, known: &[&str]| known.iter().any(|one| one.eq_ignore_ascii_case(part));
    let right = script.map_or_else(|| is_among(language, RIGHT_TO_LEFT), |script| is_among(script, SCRIPTS));
    if right { "rtl" } else { "ltr" }
}

/// Blocks of letters that are written from right to left, with what may still come into them (the defaults of UAX 9, table 4).
const RIGHT_TO_LEFT_BLOCKS: &[std::ops::RangeInclusive<char>] = &[
    '\u{590}'..='\u{8ff}',
    '\u{fb1d}'..='\u{fdcf}',
    '\u{fdf0}'..='\u{feff}',
    '\u{10800}'..='\u{10fff}',
    '\u{1e800}'..='\u{1efff}',
];

/// Whether a text has letters that are written the other way than `direction`: between others it would tear them apart.
pub fn turns_around(text: &str, direction: &str) -> bool {
    let is_other = |c: char| {
        let from_right = RIGHT_TO_LEFT_BLOCKS.iter().any(|block| block.contains(&c));
        c.is_alphabetic() && from_right != (direction == "rtl")
    };
    text.chars().any(is_other)
}

#[cfg(test)]
mod tests {
    use super::{direction, turns_around};

    #[test]
    fn a_text_turns_around_by_its_letters() {
        for (text, left, right) in [
            ("Le Monde", false, true),
            ("وكالة", true, false),
            ("לשון 5", true, false),
            ("AFP وكالة", true, true),
            ("12 · 5", false, false),
            ("新華社", false, true),
            ("ﷺ ﻻ", true, false),
        ] {
            assert_eq!((turns_around(text, "ltr"), turns_around(text, "rtl")), (left, right), "{text}");
        }
    }

    #[test]
    fn by_script_then_by_language() {
        for (tag, expected) in [
            ("fr", "ltr"),
            ("ar", "rtl"),
            ("ar-ML", "rtl"),
            ("ff-Adlm", "rtl"),
            ("az-Arab-IR", "rtl"),
            ("ks-Deva", "ltr"),
            ("", "ltr"),
        ] {
            assert_eq!(direction(tag), expected, "{tag}");
        }
    }
}
