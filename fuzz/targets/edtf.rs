//! Dates: what is read is written so that it reads as the same, and can be shown.
#![no_main]

use std::sync::LazyLock;

use dossier::base::date::{Edtf, Limit};
use dossier::locale::Locale;
use libfuzzer_sys::fuzz_target;

static LOCALES: LazyLock<Vec<Locale>> = LazyLock::new(|| ["fr", "en"].map(Locale::or_english).into());

fuzz_target!(|text: &str| {
    let date = match text.parse::<Edtf>() {
        Ok(date) => date,
        Err(error) => {
            assert!(!error.message.is_empty() && text.get(error.range.clone()).is_some(), "{error:?}");
            return assert!(text == ".." || text.parse::<Limit>().is_err());
        }
    };
    let written = date.to_string();
    let again: Edtf = written.parse().expect("what is written can be read");
    assert_eq!((&again, again.to_string()), (&date, written));
    assert!(date.earliest().zip(date.latest()).is_none_or(|(first, last)| first <= last));
    assert!(date.overlaps(&date) && date.sort_key() == again.sort_key());
    assert!([date.earliest(), date.latest()].into_iter().flatten().all(|day| date.contains(day)));
    for locale in LOCALES.iter() {
        for shown in [locale.date(&date), locale.date_short(&date), locale.when(&date)] {
            assert!(!shown.trim().is_empty());
        }
        let limit = Limit::Date(date.clone());
        assert!(locale.period(Some(&limit), Some(&Limit::Open)).is_some());
    }
});
