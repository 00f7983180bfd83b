//! Numbers: grouped and pointed as the language does, and its plural categories.

use super::BadLanguage;
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_locale_core::Locale as Tag;
use icu_plurals::{PluralCategory, PluralRules};
use serde::Serialize;

/// What a number asks of the word beside it (the plural categories of CLDR).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Plural {
    /// `zero`, as in Arabic.
    Zero,
    /// `one`: 1 in English; 0, 1 and 1.5 in French.
    One,
    /// `two`, as in Arabic.
    Two,
    /// `few`, as in Russian.
    Few,
    /// `many`, as in Russian; in French a million.
    Many,
    /// `other`, which every language has.
    Other,
}

impl Plural {
    /// The category of that name in CLDR and in docs/format.md's units.
    pub fn from_name(name: &str) -> Option<Plural> {
        PluralCategory::get_for_cldr_string(name).map(Plural::from)
    }

    /// Its name in CLDR and in docs/format.md's units.
    pub fn name(self) -> &'static str {
        match self {
            Plural::Zero => "zero",
            Plural::One => "one",
            Plural::Two => "two",
            Plural::Few => "few",
            Plural::Many => "many",
            Plural::Other => "other",
        }
    }
}

impl From<PluralCategory> for Plural {
    fn from(category: PluralCategory) -> Self {
        match category {
            PluralCategory::Zero => Plural::Zero,
            PluralCategory::One => Plural::One,
            PluralCategory::Two => Plural::Two,
            PluralCategory::Few => Plural::Few,
            PluralCategory::Many => Plural::Many,
            PluralCategory::Other => Plural::Other,
        }
    }
}

/// The signs that a language puts into its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signs {
    /// Between thousands; none where they are written together.
    pub grouping: Option<char>,
    /// Before decimals.
    pub decimal: char,
}

impl Signs {
    /// The signs of a language; `None` for a tag that is none.
    pub fn of(language: &str) -> Option<Signs> {
        let tag = Tag::try_from_str(language).ok()?;
        let formatter = DecimalFormatter::try_new((&tag).into(), Default::default()).ok()?;
        let written = formatter.format(&decimal(12_345_678.5)?).to_string();
        let signs: Vec<char> = written.chars().filter(|c| !c.is_numeric()).collect();
        let (decimal, grouping) = signs.split_last()?;
        Some(Signs { grouping: grouping.first().copied(), decimal: *decimal })
    }

    /// The number that a text is in this language, as YAML writes it: digits alone, with a point before decimals. `None` for what
    /// is no number, or has a sign in it that the language does not use so. A space or an apostrophe groups in any language.
    pub fn read(self, written: &str) -> Option<String> {
        let (minus, digits) = match written.trim().strip_prefix(['-', '\u{2212}']) {
            Some(digits) => ("-", digits),
            None => ("", written.trim()),
        };
        let (whole, decimals) = match digits.split_once(self.decimal) {
            Some((whole, decimals)) => (whole, Some(decimals)),
            None => (digits, None),
        };
        let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let is_grouping = |c: char| Some(c) == self.grouping || c.is_whitespace() || matches!(c, '\'' | '’');
        let groups: Vec<&str> = whole.split(is_grouping).collect();
        let (first, rest) = groups.split_first()?;
        // The last group has three digits; those before it two in India.
        let (last, middle) = rest.split_last().map_or((None, rest), |(last, middle)| (Some(last), middle));
        let is_grouped = last.is_none_or(|last| last.len() == 3 && first.len() <= 3)
            && middle.iter().all(|group| matches!(group.len(), 2 | 3));
        let is_number = groups.iter().all(|group| is_digits(group)) && decimals.is_none_or(is_digits);
        let decimals = decimals.map_or(String::new(), |decimals| format!(".{decimals}"));
        (is_number && is_grouped).then(|| format!("{minus}{}{decimals}", groups.concat()))
    }
}

#[derive(Debug)]
pub(super) struct Numbers {
    decimal: DecimalFormatter,
    plurals: PluralRules,
    digits: [String; 10],
}

impl Numbers {
    pub(super) fn new(tag: &Tag) -> Result<Self, BadLanguage> {
        let decimal = DecimalFormatter::try_new(tag.into(), Default::default()).map_err(BadLanguage::load)?;
        let digits = std::array::from_fn(|digit| decimal.format(&Decimal::from(digit)).to_string());
        Ok(Self { decimal, plurals: PluralRules::try_new_cardinal(tag.into()).map_err(BadLanguage::load)?, digits })
    }

    pub(super) fn format(&self, number: f64) -> String {
        decimal(number).map_or_else(|| number.to_string(), |decimal| self.decimal.format(&decimal).to_string())
    }

    /// A whole number. Pages count a great deal, and little of anything: below a thousand no language groups digits.
    pub(super) fn whole(&self, number: usize) -> String {
        if number >= 1000 {
            return self.decimal.format(&Decimal::from(number)).to_string();
        }
        let mut written = String::new();
        for power in [100, 10, 1].into_iter().filter(|power| *power == 1 || *power <= number) {
            written.push_str(&self.digits[number / power % 10]);
        }
        written
    }

    pub(super) fn plural_of(&self, number: usize) -> Plural {
        self.plurals.category_for(number).into()
    }

    pub(super) fn plural(&self, number: f64) -> Plural {
        decimal(number).map_or(Plural::Other, |decimal| self.plurals.category_for(&decimal).into())
    }
}

/// The shortest decimal that reads back as the number, as Rust writes it; none for infinity. Zero has no sign.
fn decimal(number: f64) -> Option<Decimal> {
    let number = if number == 0.0 { 0.0 } else { number };
    number.to_string().parse().ok()
}

#[cfg(test)]
mod tests {
    use crate::locale::Locale;
    use crate::locale::number::{Plural, Signs};

    #[test]
    fn numbers_are_grouped_as_the_language_does() -> Result<(), crate::locale::BadLanguage> {
        let (french, english, german) = (Locale::new("fr")?, Locale::new("en")?, Locale::new("de")?);
        for (number, fr, en, de) in [
            (1277.0, "1\u{202f}277", "1,277", "1.277"),
            (0.0, "0", "0", "0"),
            (-0.0, "0", "0", "0"),
            (-1234.5, "-1\u{202f}234,5", "-1,234.5", "-1.234,5"),
            (0.1, "0,1", "0.1", "0,1"),
            (1e9, "1\u{202f}000\u{202f}000\u{202f}000", "1,000,000,000", "1.000.000.000"),
            (f64::INFINITY, "inf", "inf", "inf"),
        ] {
            let found = [french.number(number), english.number(number), german.number(number)];
            assert_eq!(found, [fr, en, de], "{number}");
        }
        Ok(())
    }

    #[test]
    fn a_number_is_read_by_the_signs_of_its_language() {
        for (language, written, read) in [
            ("en", "1,500", Some("1500")),
            ("en", "1.500", Some("1.500")),
            ("en", "12,34,567", Some("1234567")),
            ("de", "1.500", Some("1500")),
            ("de", "1,5", Some("1.5")),
            ("fr", "1\u{202f}500,5", Some("1500.5")),
            ("fr", "1 500", Some("1500")),
            ("fr", "1.500", None),
            ("de-CH", "1’500.5", Some("1500.5")),
            ("es", "-12.500", Some("-12500")),
            ("en", "1,50", None),
            ("en", "1500,000", None),
            ("en", "dozens", None),
            ("en", "", None),
            ("no tag", "1", None),
        ] {
            let found = Signs::of(language).and_then(|signs| signs.read(written));
            assert_eq!(found.as_deref(), read, "{language} {written}");
        }
    }

    #[test]
    fn whole_numbers_are_written_as_all_others() -> Result<(), crate::locale::BadLanguage> {
        for tag in ["fr", "en", "ar-EG", "hi", "es", "pl", "mr"] {
            let locale = Locale::new(tag)?;
            for number in (0_u32..1100).chain([9_999, 10_000, 1_234_567]) {
                let all = (locale.number(number.into()), locale.plural(number.into()));
                let number = number as usize;
                assert_eq!((locale.numbers.whole(number), locale.numbers.plural_of(number)), all, "{tag}");
            }
        }
        Ok(())
    }

    #[test]
    fn french_and_english_do_not_count_alike() -> Result<(), crate::locale::BadLanguage> {
        let (french, english) = (Locale::new("fr")?, Locale::new("en")?);
        for (number, fr, en) in [
            (0.0, Plural::One, Plural::Other),
            (1.0, Plural::One, Plural::One),
            (1.5, Plural::One, Plural::Other),
            (2.0, Plural::Other, Plural::Other),
            (1e6, Plural::Many, Plural::Other),
            (f64::NAN, Plural::Other, Plural::Other),
        ] {
            assert_eq!((french.plural(number), english.plural(number)), (fr, en), "{number}");
        }
        assert!([Plural::Zero, Plural::Many].into_iter().all(|p| Plural::from_name(p.name()) == Some(p)));
        Ok(())
    }
}
