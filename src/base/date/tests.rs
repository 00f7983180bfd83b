use super::*;
use proptest::prelude::*;

/// Text, canonical text (`=`: the same), earliest and latest day (`..`: none).
const GOOD: &[(&str, &str, &str, &str)] = &[
    ("2025-01-17", "=", "2025-01-17", "2025-01-17"),
    ("2024-02-29", "=", "2024-02-29", "2024-02-29"),
    ("2024-11", "=", "2024-11-01", "2024-11-30"),
    ("2023", "=", "2023-01-01", "2023-12-31"),
    ("0000", "=", "0000-01-01", "0000-12-31"),
    ("9999", "=", "9999-01-01", "9999-12-31"),
    ("-0044", "=", "-0044-01-01", "-0044-12-31"),
    ("-0044-03-15", "=", "-0044-03-15", "-0044-03-15"),
    ("-9999", "=", "-9999-01-01", "-9999-12-31"),
    ("2023-12~", "=", "2023-12-01", "2023-12-31"),
    ("2024?", "=", "2024-01-01", "2024-12-31"),
    ("2024-11%", "=", "2024-11-01", "2024-11-30"),
    ("-0044~", "=", "-0044-01-01", "-0044-12-31"),
    ("2024-07-25/2024-07-27", "=", "2024-07-25", "2024-07-27"),
    ("2023-11/..", "=", "2023-11-01", ".."),
    ("../2024", "=", "..", "2024-12-31"),
    ("2023-11/", "=", "2023-11-01", ".."),
    ("/2024?", "=", "..", "2024-12-31"),
    ("2023-12~/2024-06%", "=", "2023-12-01", "2024-06-30"),
    ("2024/2024", "=", "2024-01-01", "2024-12-31"),
    ("2024-07-25/2024-07", "=", "2024-07-25", "2024-07-31"),
    ("-0100/-0044", "=", "-0100-01-01", "-0044-12-31"),
    ("2024-07-XX", "=", "2024-07-01", "2024-07-31"),
    ("2024-02-XX?", "=", "2024-02-01", "2024-02-29"),
    ("2024-XX", "=", "2024-01-01", "2024-12-31"),
    ("2024-XX-XX", "=", "2024-01-01", "2024-12-31"),
    ("202X", "=", "2020-01-01", "2029-12-31"),
    ("20XX", "=", "2000-01-01", "2099-12-31"),
    ("000X", "=", "0000-01-01", "0009-12-31"),
    ("-004X", "=", "-0049-01-01", "-0040-12-31"),
    ("-01XX?", "=", "-0199-01-01", "-0100-12-31"),
    ("-000X", "=", "-0009-01-01", "-0001-12-31"),
    ("-00XX~", "=", "-0099-01-01", "-0001-12-31"),
    ("Y17000", "=", "+17000-01-01", "+17000-12-31"),
    ("Y170002", "=", "+170002-01-01", "+170002-12-31"),
    ("Y-170000002", "=", "-170000002-01-01", "-170000002-12-31"),
    ("Y-17000%", "=", "-17000-01-01", "-17000-12-31"),
    ("Y999999999", "=", "+999999999-01-01", "+999999999-12-31"),
    ("Y-20000/-9999", "=", "-20000-01-01", "-9999-12-31"),
    ("Y-20000~/..", "=", "-20000-01-01", ".."),
    ("[Y-20000,Y-30000]", "[Y-30000,Y-20000]", "-30000-01-01", "-20000-12-31"),
    ("1985-04-XX~", "=", "1985-04-01", "1985-04-30"),
    ("1985-XX?", "=", "1985-01-01", "1985-12-31"),
    ("-1985-04", "=", "-1985-04-01", "-1985-04-30"),
    ("-0004-02-29", "=", "-0004-02-29", "-0004-02-29"),
    ("-0044-XX", "=", "-0044-01-01", "-0044-12-31"),
    ("-0044-24", "=", "-0044-12-01", "-0043-02-28"),
    ("1984-06-02?/2004-08-08~", "=", "1984-06-02", "2004-08-08"),
    ("1984-06-02?/..", "=", "1984-06-02", ".."),
    ("1984-06-02?/", "=", "1984-06-02", ".."),
    ("../1985-04%", "=", "..", "1985-04-30"),
    ("2001-21/2003", "=", "2001-03-01", "2003-12-31"),
    ("99XX~", "=", "9900-01-01", "9999-12-31"),
    ("2024-21", "=", "2024-03-01", "2024-05-31"),
    ("2024-22~", "=", "2024-06-01", "2024-08-31"),
    ("2024-23", "=", "2024-09-01", "2024-11-30"),
    ("2024-24", "=", "2024-12-01", "2025-02-28"),
    ("9999-24", "=", "9999-12-01", "9999-12-31"),
    ("[2025-01-17,2025-01-18]", "=", "2025-01-17", "2025-01-18"),
    ("[ 2025-01-18, 2025-01-17 ]", "[2025-01-17,2025-01-18]", "2025-01-17", "2025-01-18"),
    ("[2025,2023-11,2024-01-05]", "[2023-11,2024-01-05,2025]", "2023-11-01", "2025-12-31"),
];

/// Text, words of the message, the wrong part.
const BAD: &[(&str, &str, &str)] = &[
    ("", "missing", ""),
    ("2025-02-30", "February 2025 has 28 days", "30"),
    ("2024-02-30", "February 2024 has 29 days", "30"),
    ("2024-04-31/..", "April 2024 has 30 days", "31"),
    ("2024-07-00", "no day 00", "00"),
    ("2024-13", "no month 13", "13"),
    ("2024-00-01", "no month 00", "00"),
    ("2024-33", "21 (spring) to 24 (winter)", "33"),
    ("2024-22-01", "no day follows a season", "01"),
    ("2024-7", "a month has two digits", "7"),
    ("2024-07-5", "a day has two digits", "5"),
    ("17-01-2025", "begins with a year", "17"),
    ("17/01/2025", "a day is written `2025-01-17`", "17/01/2025"),
    ("20250117", "a year of four digits", "20250117"),
    ("2024/25", "a year of four digits", "25"),
    ("44", "a year of four digits", "44"),
    ("-44", "a year of four digits", "44"),
    ("-0000", "has no sign", "0000"),
    ("-", "a year of four digits", "-"),
    ("+2024", "sign", "+"),
    ("2025-01-17-3", "nothing follows the day", "3"),
    ("2025-01-17T10:00", "no time of day", "T10:00"),
    ("2025-01-17 10:00", "no spaces", " "),
    ("2025–01–17", "plain hyphens", "–"),
    ("17.01.2025", "plain hyphens", "."),
    ("janvier 2025", "in digits", "janvier"),
    ("décembre", "in digits", "décembre"),
    ("2024-xx", "capital `X`", "x"),
    ("2024-0X", "`XX`", "0X"),
    ("2024-07-1X", "`XX`", "1X"),
    ("2024-XX-05", "so is the day", "05"),
    ("202X-05", "no month follows", "202X"),
    ("2XXX", "last one or two", "2XXX"),
    ("XXXX", "last one or two", "XXXX"),
    ("1X99", "last one or two", "1X99"),
    ("1X9X", "last one or two", "1X9X"),
    ("2024~?", "`%` both", "~?"),
    ("2024?-06", "at the end", "?"),
    ("2024-~06", "at the end", "~"),
    ("~", "missing", "~"),
    ("-0003-02-29", "28 days", "29"),
    ("Y2024", "more than four digits", "Y2024"),
    ("Y-0044", "more than four digits", "Y-0044"),
    ("Y017000", "more than four digits", "Y017000"),
    ("Y-17E7", "in digits", "E7"),
    ("Y17000-05", "stands alone", "-05"),
    ("Y1700X", "in digits", "X"),
    ("Y1000000000", "nine digits", "1000000000"),
    ("Y", "in digits", "Y"),
    ("Yes", "in digits", "Yes"),
    ("12024", "written `Y12024`", "12024"),
    ("-12024", "written `Y-12024`", "12024"),
    ("-0XXX", "last one or two", "0XXX"),
    ("-004X-05", "no month follows", "004X"),
    ("2024-?06", "at the end", "?"),
    ("?2024", "at the end", "?"),
    ("2004-06-~01/2004-06-~20", "at the end", "~"),
    ("156X-12-25", "no month follows", "156X"),
    ("1XXX-12", "last one or two", "1XXX"),
    ("{1667,1668}", "means one of these", "{"),
    ("1985-04-12T23:20:30Z", "no time of day", "T23:20:30Z"),
    ("2004-01-01T10:10:10+05:00", "no time of day", "T10:10:10+05:00"),
    ("2024/2023/2022", "two ends", "2024/2023/2022"),
    ("2024-W05", "in digits", "W"),
    ("1950S2", "in digits", "S"),
    ("2024..2025", "with a slash", "."),
    ("..", "with a slash", "."),
    ("../..", "at one end at least", "../.."),
    ("/", "at one end at least", "/"),
    ("2024-07/2024-05", "ends before it starts", "2024-05"),
    ("2024-07-XX/2024-08", "`X` is not supported in an interval", "2024-07-XX"),
    ("2024 / 2025", "no spaces", " "),
    ("2024/[2025,2026]", "stands alone", "["),
    ("[2025-01-17,2025-01-18", "a one-of set ends with `]`", "["),
    ("[2025,2026]~", "nothing follows", "~"),
    ("[2025-01-17..2025-01-18]", "not supported in a one-of set", ".."),
    ("[..2025]", "not supported in a one-of set", ".."),
    ("[2024/2025,2026]", "interval is not supported", "/"),
    ("[2024~,2025]", "only plain days", "2024~"),
    ("[2024-21,2025]", "only plain days", "2024-21"),
    ("[2024,]", "missing", ","),
    ("[2025-02-29, 2026]", "has 28 days", "29"),
    ("[]", "missing", "["),
    ("[\u{a0}]", "missing", "["),
    ("[2024,\u{2003}\u{a0}]", "missing", ","),
    ("[2024]", "at least two", "[2024]"),
    ("[2024, 2024]", "twice", "2024"),
    ("2024,2025", "stands alone", ","),
    ("{2024,2025}", "means one of these", "{"),
    ("2024!", "`!` has no meaning", "!"),
];

fn edtf(text: &str) -> Edtf {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn shown(day: Option<Day>) -> String {
    day.map_or("..".to_owned(), |day| day.to_string())
}

#[test]
fn what_the_format_allows_is_read_and_bounded() {
    for (text, canonical, earliest, latest) in GOOD {
        let date = edtf(text);
        let canonical = if *canonical == "=" { text } else { canonical };
        let found = (date.to_string(), shown(date.earliest()), shown(date.latest()));
        assert_eq!(found, ((*canonical).to_owned(), (*earliest).to_owned(), (*latest).to_owned()), "{text}");
    }
}

#[test]
fn anything_else_is_refused_at_its_place() {
    for (text, words, wrong) in BAD {
        let error = text.parse::<Edtf>().expect_err(text);
        assert!(error.message.contains(words), "{text}: {}", error.message);
        assert_eq!(text.get(error.range.clone()), Some(*wrong), "{text}: {error:?}");
    }
}

#[test]
fn dates_are_ordered_by_earliest_day_then_latest() {
    let sorted = ["../2024", "-0044", "202X", "2023", "2024-01-01", "2024-01", "2024", "2024/2025", "2024/..", "2025"];
    let mut dates: Vec<_> = sorted.iter().rev().map(|text| edtf(text)).collect();
    dates.sort_by_key(Edtf::sort_key);
    assert_eq!(dates.iter().map(ToString::to_string).collect::<Vec<_>>(), sorted);
}

#[test]
fn dates_agree_when_some_day_fits_all() {
    for (texts, expected) in [
        (&["2025-01-17", "2025-01"][..], true),
        (&["2025-01-17", "2025-01-18"], false),
        (&["[2025-01-17,2025-01-18]", "2025-01-18"], true),
        (&["[2025-01-17,2025-01-19]", "2025-01-18"], false),
        (&["2023-11/..", "../2023-11-01"], true),
        (&["2023-11/..", "../2023-10"], false),
        (&["[2025-01-01,2025-01-05]", "2025-01-01/2025-01-03", "2025-01-05/.."], false),
        (&["[2025-01-01,2025-01-05]", "2025-01-01/2025-01-05", "2025-01-05/.."], true),
    ] {
        let dates: Vec<_> = texts.iter().map(|text| edtf(text)).collect();
        assert_eq!(Edtf::agree(&dates), expected, "{texts:?}");
    }
}

#[test]
fn a_set_contains_its_members_and_nothing_between() {
    let date = edtf("[2025-01-17,2025-01-19]");
    let contains = |day| Day::new(2025, 1, day).is_some_and(|day| date.contains(day));
    assert_eq!([contains(17), contains(18), contains(19)], [true, false, true]);
}

#[test]
fn yaml_gives_strings_numbers_and_lists() -> Result<(), serde_yaml::Error> {
    for (yaml, expected) in [
        ("2025-01-17", "2025-01-17"),
        ("2023", "2023"),
        ("'2023'", "2023"),
        ("-0044", "-0044"),
        ("0800", "0800"),
        ("2023-12~", "2023-12~"),
        ("[2025-01-17, 2025-01-18]", "[2025-01-17,2025-01-18]"),
        ("[2025, 2023]", "[2023,2025]"),
        ("../2024", "../2024"),
    ] {
        assert_eq!(serde_yaml::from_str::<Edtf>(yaml)?.to_string(), expected, "{yaml}");
        assert_eq!(serde_yaml::from_str::<Limit>(yaml)?.to_string(), expected, "{yaml}");
    }
    assert_eq!(serde_yaml::from_str::<Limit>("..")?, Limit::Open);
    Ok(())
}

#[test]
fn a_bad_date_in_yaml_is_named_as_one() {
    for yaml in ["2025-02-30", "44", "[2025]", "[2024, 2025-13]", "soon"] {
        let error = serde_yaml::from_str::<Edtf>(yaml).expect_err(yaml).to_string();
        assert!(error.starts_with("bad-date: "), "{yaml}: {error}");
    }
}

#[test]
fn a_day_knows_its_weekday_and_its_place_in_time() {
    let day = |date: &str| edtf(date).day().map(|day| (day.weekday(), day.number()));
    assert_eq!(day("1970-01-01"), Some((4, 0)));
    assert_eq!(day("1969-12-31"), Some((3, -1)));
    assert_eq!(day("2025-01-19"), Some((7, 20_107)));
    assert_eq!(day("-0043-03-15"), Some((5, -735_160)));
    assert_eq!(day("2025-01-19~"), None);
}

#[test]
fn a_number_is_its_day_again() {
    for text in ["1970-01-01", "2024-02-29", "2025-12-31", "0000-03-01", "-0044-03-15", "-0001-12-31", "9999-12-31"] {
        let found = edtf(text).day().and_then(|found| Day::of_number(found.number()));
        assert_eq!(found.map(|day| day.to_string()).as_deref(), Some(text));
    }
    for end in [Day::FIRST, Day::LAST] {
        assert_eq!(Day::of_number(end.number()), Some(end));
    }
    assert_eq!((Day::FIRST.plus(-1), Day::LAST.plus(1), Day::LAST.plus(i64::MAX)), (None, None, None));
}

fn year() -> impl Strategy<Value = String> {
    (-9999i32..=9999).prop_map(|year| day::Year(year).to_string())
}

fn plain() -> impl Strategy<Value = String> {
    prop_oneof![
        year(),
        "Y-?[1-9][0-9]{4,8}",
        (year(), 1..=12).prop_map(|(year, month)| format!("{year}-{month:02}")),
        (year(), 1..=12, 1..=28).prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}")),
    ]
}

fn dated() -> impl Strategy<Value = String> {
    let date = prop_oneof![plain(), (year(), 21..=24).prop_map(|(year, season)| format!("{year}-{season}"))];
    (date, "[~?%]?").prop_map(|(date, qualifier)| date + &qualifier)
}

fn any_form() -> impl Strategy<Value = String> {
    let end = || prop_oneof![dated(), Just("..".to_owned()), Just(String::new())];
    prop_oneof![
        dated(),
        "-?[0-9]{3}X|-?[0-9]{2}XX|[0-9]{4}-XX|[0-9]{4}-0[1-9]-XX",
        (end(), end()).prop_map(|(start, end)| format!("{start}/{end}")),
        prop::collection::vec(plain(), 2..5).prop_map(|dates| format!("[{}]", dates.join(", "))),
    ]
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(text in any_form()) {
        if let Ok(date) = text.parse::<Edtf>() {
            prop_assert_eq!(date.to_string().parse::<Edtf>(), Ok(date));
        }
    }

    #[test]
    fn the_earliest_day_is_not_after_the_latest(text in any_form()) {
        if let Ok(date) = text.parse::<Edtf>()
            && let (Some(earliest), Some(latest)) = (date.earliest(), date.latest())
        {
            prop_assert!(earliest <= latest);
            prop_assert!(date.contains(earliest) && date.contains(latest) && date.overlaps(&date));
        }
    }

    #[test]
    fn any_text_is_read_or_refused_inside_it(text in prop_oneof![".{0,16}", "[-0-9X~?%/.\\[\\],T–x ]{0,16}"]) {
        if let Err(error) = text.parse::<Edtf>() {
            prop_assert!(text.get(error.range.clone()).is_some_and(|wrong| wrong.is_empty() == text.is_empty()));
        }
    }
}
