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

#[cfg(test)]
mod tests {
    use super::direction;

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
