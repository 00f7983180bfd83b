use crate::base::date::{Day, Limit};
use crate::locale::{BadLanguage, Locale};

/// EDTF, French, English; a tilde stands for the no-break space.
const LONG: &[(&str, &str, &str)] = &[
    ("2025-01-17", "17~janvier 2025", "17~January 2025"),
    ("2025-02-01", "1er~février 2025", "1~February 2025"),
    ("2025-02-11", "11~février 2025", "11~February 2025"),
    ("2025-01", "janvier 2025", "January 2025"),
    ("2023", "2023", "2023"),
    ("0800", "800~ap.~J.-C.", "800~AD"),
    ("-0043", "44~av.~J.-C.", "44~BC"),
    ("0000", "1~av.~J.-C.", "1~BC"),
    ("-0043-03-15", "15~mars 44~av.~J.-C.", "15~March 44~BC"),
    ("9999-12-31", "31~décembre 9999", "31~December 9999"),
    ("2025-01-17~", "vers le 17~janvier 2025", "around 17~January 2025"),
    ("2023-12~", "vers décembre 2023", "around December 2023"),
    ("2024-21~", "vers le printemps 2024", "around spring 2024"),
    ("2024-22~", "vers l’été 2024", "around summer 2024"),
    ("202X~", "vers les années 2020", "around the 2020s"),
    ("2024?", "2024 (date incertaine)", "2024 (date uncertain)"),
    ("2024-11%", "vers novembre 2024 (date incertaine)", "around November 2024 (date uncertain)"),
    ("2024-07-25/2024-07-27", "du 25 au 27~juillet 2024", "25–27~July 2024"),
    ("2024-05-01/2024-05-03", "du 1er au 3~mai 2024", "1–3~May 2024"),
    ("2024-06-30/2024-07-02", "du 30~juin au 2~juillet 2024", "30~June~– 2~July 2024"),
    ("2024-12-30/2025-01-01", "du 30~décembre 2024 au 1er~janvier 2025", "30~December 2024~– 1~January 2025"),
    ("2024-06/2024-08", "de juin à août 2024", "June–August 2024"),
    ("2024-08/2024-10", "d’août à octobre 2024", "August–October 2024"),
    ("2023-11/2024-02", "de novembre 2023 à février 2024", "November 2023~– February 2024"),
    ("2023/2024", "de 2023 à 2024", "2023–2024"),
    ("2024/2024", "2024", "2024"),
    ("2024-21/2024-22", "du printemps 2024 à l’été 2024", "spring 2024~– summer 2024"),
    ("2024-07-25/2024-08", "du 25~juillet 2024 à août 2024", "25~July 2024~– August 2024"),
    ("2023-12~/2024-06", "de décembre 2023 environ à juin 2024", "from around December 2023 to June 2024"),
    ("2023/2024-08-01?", "de 2023 au 1er~août 2024 (date incertaine)", "from 2023 to 1~August 2024 (date uncertain)"),
    ("2023-11/..", "depuis novembre 2023", "since November 2023"),
    ("2023-11-05/..", "depuis le 5~novembre 2023", "since 5~November 2023"),
    ("2023-12~/..", "depuis décembre 2023 environ", "since around December 2023"),
    ("2023-23/..", "depuis l’automne 2023", "since autumn 2023"),
    ("../2024", "jusqu’en 2024", "until 2024"),
    ("../2024-08", "jusqu’en août 2024", "until August 2024"),
    ("../2024-08-01", "jusqu’au 1er~août 2024", "until 1~August 2024"),
    ("../2024-21", "jusqu’au printemps 2024", "until spring 2024"),
    ("../2024-24", "jusqu’à l’hiver 2024", "until winter 2024"),
    ("2023-11/", "de novembre 2023 à une date inconnue", "from November 2023 to an unknown date"),
    ("/2024", "d’une date inconnue à 2024", "from an unknown date to 2024"),
    ("[2025-01-17,2025-01-18]", "17 ou 18~janvier 2025", "17 or 18~January 2025"),
    ("[2025-02-01,2025-02-02,2025-02-05]", "1er, 2 ou 5~février 2025", "1, 2 or 5~February 2025"),
    ("[2024-06-30,2024-07-02]", "30~juin ou 2~juillet 2024", "30~June or 2~July 2024"),
    ("[2024-11,2024-12]", "novembre ou décembre 2024", "November or December 2024"),
    ("[2023,2024]", "2023 ou 2024", "2023 or 2024"),
    ("[2024-11,2025-01-01]", "novembre 2024 ou 1er~janvier 2025", "November 2024 or 1~January 2025"),
    ("2024-07-XX", "juillet 2024 (jour inconnu)", "July 2024 (day unknown)"),
    ("2024-XX", "2024 (mois inconnu)", "2024 (month unknown)"),
    ("2024-XX-XX?", "2024 (jour inconnu, date incertaine)", "2024 (day unknown, date uncertain)"),
    ("202X", "années 2020", "2020s"),
    ("20XX", "années 2000–2099", "years 2000–2099"),
    ("199X", "années 1990", "1990s"),
    ("00XX", "années 1~av.~J.-C.–99~ap.~J.-C.", "years 1~BC–99~AD"),
    ("001X", "années 10–19~ap.~J.-C.", "years 10–19~AD"),
    ("-004X", "années 50–41~av.~J.-C.", "years 50–41~BC"),
    ("-01XX?", "années 200–101~av.~J.-C. (date incertaine)", "years 200–101~BC (date uncertain)"),
    ("-0099/-0043", "de 100~av.~J.-C. à 44~av.~J.-C.", "100~BC~– 44~BC"),
    ("Y170002", "170\u{202f}002", "170,002"),
    ("Y-17000", "17\u{202f}001~av.~J.-C.", "17,001~BC"),
    ("Y-170000002~", "vers 170\u{202f}000\u{202f}003~av.~J.-C.", "around 170,000,003~BC"),
    ("-9999", "10\u{202f}000~av.~J.-C.", "10,000~BC"),
    ("2024-21", "printemps 2024", "spring 2024"),
    ("2024-22", "été 2024", "summer 2024"),
];

const SHORT: &[(&str, &str, &str)] = &[
    ("2025-01-17", "17~janv. 2025", "17~Jan 2025"),
    ("2025-02-01", "1er~févr. 2025", "1~Feb 2025"),
    ("2023-12~", "vers déc. 2023", "c.~Dec 2023"),
    ("2024?", "2024\u{202f}?", "2024?"),
    ("2024-07-XX", "juil. 2024", "Jul 2024"),
    ("2024-07-25/2024-07-27", "25–27~juil. 2024", "25–27~Jul 2024"),
    ("2024-06-30/2024-07-02", "30~juin~– 2~juil. 2024", "30~Jun~– 2~Jul 2024"),
    ("2023-11/..", "depuis nov. 2023", "since Nov 2023"),
    ("[2025-01-17,2025-01-18]", "17 ou 18~janv. 2025", "17 or 18~Jan 2025"),
];

const WHEN: &[(&str, &str, &str)] = &[
    ("2025-01-17", "le 17~janvier 2025", "on 17~January 2025"),
    ("2025-08", "en août 2025", "in August 2025"),
    ("2024?", "en 2024 (date incertaine)", "in 2024 (date uncertain)"),
    ("2024-21", "au printemps 2024", "in spring 2024"),
    ("2024-22", "à l’été 2024", "in summer 2024"),
    ("202X", "dans les années 2020", "in the 2020s"),
    ("2023-12~", "vers décembre 2023", "around December 2023"),
];

fn check(table: &[(&str, &str, &str)], show: impl Fn(&Locale, &str) -> String) -> Result<(), BadLanguage> {
    let (french, english) = (Locale::new("fr")?, Locale::new("en")?);
    for (edtf, fr, en) in table {
        let found = [show(&french, edtf), show(&english, edtf)];
        assert_eq!(found, [fr.replace('~', "\u{a0}"), en.replace('~', "\u{a0}")], "{edtf}");
    }
    Ok(())
}

fn parsed<T: std::str::FromStr<Err: std::fmt::Display>>(text: &str) -> T {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[test]
fn dates_are_said_in_words() -> Result<(), BadLanguage> {
    check(LONG, |locale, edtf| locale.date(&parsed(edtf)))
}

#[test]
fn dates_are_short_in_tables() -> Result<(), BadLanguage> {
    check(SHORT, |locale, edtf| locale.date_short(&parsed(edtf)))
}

#[test]
fn dates_follow_a_verb() -> Result<(), BadLanguage> {
    check(WHEN, |locale, edtf| locale.when(&parsed(edtf)))
}

#[test]
fn a_relation_says_how_long_it_lasts() -> Result<(), BadLanguage> {
    const PERIODS: &[(&str, &str, &str)] = &[
        ("2023-12~ ..", "depuis décembre 2023 environ", "since around December 2023"),
        ("2023-12 -", "à partir de décembre 2023", "from December 2023"),
        ("2023-08-01 -", "à partir du 1er~août 2023", "from 1~August 2023"),
        (".. 2024", "jusqu’en 2024", "until 2024"),
        ("- 2024-08", "jusqu’en août 2024", "until August 2024"),
        ("2023-11 2024-02", "de novembre 2023 à février 2024", "November 2023~– February 2024"),
        ("[2025-01-17,2025-01-18] 2025", "du 17 ou 18~janvier 2025 à 2025", "from 17 or 18~January 2025 to 2025"),
        (".. ..", "", ""),
        ("- -", "", ""),
    ];
    check(PERIODS, |locale, limits| {
        let limit = |text: &str| (text != "-").then(|| parsed::<Limit>(text));
        let (from, until) = limits.split_once(' ').unwrap_or((limits, "-"));
        locale.period(limit(from).as_ref(), limit(until).as_ref()).unwrap_or_default()
    })
}

#[test]
fn other_languages_have_their_own_dates_and_english_words() -> Result<(), BadLanguage> {
    for (tag, edtf, expected) in [
        ("en-US", "2025-01-17", "January~17, 2025"),
        ("en-US", "2024-07-25/2024-07-27", "July~25, 2024~– July~27, 2024"),
        ("de", "2025-01-17~", "around 17. Januar 2025"),
        ("es", "2024-07-25/2024-07-27", "25–27~de julio de 2024"),
        ("ru", "2025-01", "январь 2025\u{202f}г."),
        ("th", "2025", "ค.ศ.~2025"),
        ("qaa", "2025-01-17", "17~January 2025"),
        ("de", "Y-17000", "17,001~v.~Chr."),
    ] {
        assert_eq!(Locale::new(tag)?.date(&parsed(edtf)), expected.replace('~', "\u{a0}"), "{tag} {edtf}");
    }
    Ok(())
}

#[test]
fn days_have_weekdays() -> Result<(), BadLanguage> {
    let (french, english) = (Locale::new("fr")?, Locale::new("en")?);
    let Some(day) = Day::new(2025, 1, 17) else { panic!("a day of the calendar") };
    assert_eq!((french.weekday(day).as_str(), english.weekday(day).as_str()), ("vendredi", "Friday"));
    assert_eq!(french.day(day), "17\u{a0}janvier 2025");
    Ok(())
}
