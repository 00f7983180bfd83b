//! Dates: every form that docs/format.md names, and forms of EDTF and of everyday life that are none here. The data are in `tests/edtf/`.

#![expect(clippy::disallowed_methods, reason = "tests look at the disk")]

use dossier::base::date::{Day, Edtf};

/// The lines of a file of data, in their columns.
fn rows(file: &str) -> Vec<Vec<String>> {
    let path = format!("{}/tests/edtf/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

fn read(text: &str) -> Edtf {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn shown(day: Option<Day>) -> String {
    day.map_or_else(|| "..".to_owned(), |day| day.to_string())
}

#[test]
fn what_is_a_date_means_these_days() {
    let rows = rows("valid.txt");
    assert!(rows.len() >= 40);
    for row in rows {
        let date = read(&row[0]);
        assert_eq!([shown(date.earliest()), shown(date.latest())], [&*row[1], &*row[2]], "{}", row[0]);
        assert_eq!(read(&date.to_string()), date, "{}", row[0]);
    }
}

#[test]
fn what_is_none_is_told() {
    let rows = rows("invalid.txt");
    assert!(rows.len() >= 40);
    for row in rows {
        let message = row[0].parse::<Edtf>().map(|date| date.to_string()).map_err(|error| error.to_string());
        assert!(message.as_ref().is_err_and(|message| !message.is_empty()), "{} ({}): {message:?}", row[0], row[1]);
    }
}

/// A date may be an end of an interval, with any qualifier, and says what it says alone.
#[test]
fn ends_of_intervals_say_what_they_say_alone() {
    let dates = ["1985", "1985-04", "1985-04-12", "1985-21", "-0043", "-0043-03-15"];
    let qualified: Vec<String> =
        dates.iter().flat_map(|date| ["", "~", "?", "%"].map(|sign| format!("{date}{sign}"))).collect();
    for from in &qualified {
        assert_eq!(read(from).earliest(), read(from.trim_end_matches(['~', '?', '%'])).earliest(), "{from}");
        assert_eq!(shown(read(&format!("{from}/..")).latest()), "..");
        assert_eq!(read(&format!("../{from}")).latest(), read(from).latest());
        for to in &qualified {
            let interval = format!("{from}/{to}");
            let backwards = read(from).earliest() > read(to).latest();
            match interval.parse::<Edtf>() {
                Ok(date) => assert_eq!([date.earliest(), date.latest()], [read(from).earliest(), read(to).latest()]),
                Err(error) => assert!(backwards || read(from).earliest() > read(to).earliest(), "{interval}: {error}"),
            }
        }
    }
}

/// The page of the format shows nothing that is no date.
#[test]
fn what_the_format_shows_is_a_date() {
    let path = format!("{}/docs/format.md", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("the format");
    let (_, section) = text.split_once("\n## Dates\n").expect("a section on dates");
    let (section, _) = section.split_once("\n## ").expect("its end");
    let spans: Vec<&str> = section.split('`').skip(1).step_by(2).collect();
    assert!(spans.len() >= 12, "{spans:?}");
    spans.into_iter().filter(|span| *span != "X/..").for_each(|span| drop(read(span)));
}
