//! "Did you mean": the known name that a typing mistake most likely meant.

/// The nearest of `known` to `written`, if one is near enough to be worth a question: at most a third of the letters
/// wrong (transpositions count once), the case not counted. Ties go to the first in order.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = written.to_lowercase();
    let limit = (wanted.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&wanted, &name.to_lowercase()), name))
        .filter(|(distance, name)| *distance <= limit && *distance < name.chars().count())
        .min()
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_is_recognised_and_another_word_is_not() {
        let known = ["wagner", "jnim", "tinzaouaten"];
        for (written, expected) in [
            ("wagnr", Some("wagner")),
            ("Wagner", Some("wagner")),
            ("jnmi", Some("jnim")),
            ("bamako", None),
            ("x", None),
        ] {
            assert_eq!(nearest(written, known), expected, "{written}");
        }
    }
}
