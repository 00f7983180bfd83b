//! The order of names: É beside E, 9 before 10.

use super::BadLanguage;
use icu_collator::options::CollatorOptions;
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{CollatorBorrowed, CollatorPreferences};
use icu_locale_core::Locale as Tag;
use std::cmp::Ordering;

#[derive(Debug)]
pub(super) struct Collation(CollatorBorrowed<'static>);

impl Collation {
    pub(super) fn new(tag: &Tag) -> Result<Self, BadLanguage> {
        let mut preferences = CollatorPreferences::from(tag);
        preferences.numeric_ordering = Some(CollationNumericOrdering::True);
        CollatorBorrowed::try_new(preferences, CollatorOptions::default()).map(Self).map_err(BadLanguage::load)
    }

    /// Texts that the language holds for equal are put in order of their bytes, so that the order is total.
    pub(super) fn compare(&self, a: &str, b: &str) -> Ordering {
        self.0.compare(a, b).then_with(|| a.cmp(b))
    }

    /// The collation's key has no zero byte, so a zero keeps it apart from the text that breaks ties.
    pub(super) fn key(&self, text: &str) -> Vec<u8> {
        let mut key = Vec::new();
        let Ok(()) = self.0.write_sort_key_to(text, &mut key);
        key.push(0);
        key.extend_from_slice(text.as_bytes());
        key
    }
}

#[cfg(test)]
mod tests {
    use crate::locale::Locale;
    use proptest::prelude::*;

    #[test]
    fn names_are_in_the_order_of_the_language() -> Result<(), crate::locale::BadLanguage> {
        for (tag, sorted) in [
            ("fr", &["article 9", "article 10", "cote", "coté", "côte", "côté", "École", "œil", "zèbre"][..]),
            ("en", &["Aïr", "Bamako", "éclair", "Eclair 2", "Tinzaouaten", "Wagner", "Москва"]),
            ("sv", &["zebra", "ål", "ära", "öl"]),
        ] {
            let locale = Locale::new(tag)?;
            let mut names = sorted.to_vec();
            names.reverse();
            names.sort_by(|a, b| locale.compare(a, b));
            assert_eq!(names, sorted);
            names.reverse();
            names.sort_by_key(|name| locale.sort_key(name));
            assert_eq!(names, sorted);
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn the_key_says_what_the_comparison_says(a in "[aàAÀ01 '’éE\u{301}-]{0,6}|.{0,6}", b in "[aàAÀ01 '’éE\u{301}-]{0,6}|.{0,6}") {
            for tag in ["fr", "en"] {
                let locale = Locale::new(tag).map_err(|error| TestCaseError::fail(error.to_string()))?;
                prop_assert_eq!(locale.compare(&a, &b), locale.sort_key(&a).cmp(&locale.sort_key(&b)));
            }
        }
    }
}
