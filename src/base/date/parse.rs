//! Text to date. Each error says what is wrong in the editor's terms, and which bytes are.

use super::{Date, Day, End, Parts, Precision, Season};
use std::fmt;
use std::ops::Range;

/// Why a text is not a date of ours, and which of its bytes are wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadDate {
    /// What is wrong: lower case, without a full stop.
    pub message: String,
    /// The wrong bytes; empty only for an empty text.
    pub range: Range<usize>,
}

impl fmt::Display for BadDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for BadDate {}

pub(super) fn parts(text: &str) -> Result<Parts, BadDate> {
    let whole = Piece { text, at: 0 };
    if text.starts_with('[') {
        one_of(whole)
    } else if text.contains('/') {
        interval(whole)
    } else {
        date(whole).map(Parts::Single)
    }
}

/// A part of the text, and the byte at which it starts.
#[derive(Clone, Copy)]
struct Piece<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Piece<'a> {
    /// What is missing is shown at the separator before it.
    fn fail<T>(self, message: impl Into<String>) -> Result<T, BadDate> {
        let start = if self.text.is_empty() { self.at.saturating_sub(1) } else { self.at };
        Err(BadDate { message: message.into(), range: start..self.at + self.text.len() })
    }

    fn part(self, range: Range<usize>) -> Piece<'a> {
        Piece { text: self.text.get(range.clone()).unwrap_or_default(), at: self.at + range.start }
    }

    fn from(self, start: usize) -> Piece<'a> {
        self.part(start..self.text.len())
    }

    /// Without white space around it; one that is nothing else stays where it starts, after its separator.
    fn trim(self) -> Piece<'a> {
        let trimmed = self.text.trim();
        let start = if trimmed.is_empty() { 0 } else { self.text.len() - self.text.trim_start().len() };
        self.part(start..start + trimmed.len())
    }

    fn split(self, separator: char) -> Vec<Piece<'a>> {
        let mut at = self.at;
        let piece = |text: &'a str| {
            let piece = Piece { text, at };
            at += text.len() + separator.len_utf8();
            piece
        };
        self.text.split(separator).map(piece).collect()
    }

    fn digits(self) -> Option<u8> {
        let all_digits = self.text.bytes().all(|byte| byte.is_ascii_digit());
        if all_digits { self.text.parse().ok() } else { None }
    }
}

fn interval(whole: Piece) -> Result<Parts, BadDate> {
    let ends = whole.split('/');
    let &[first, second] = ends.as_slice() else {
        return whole.fail("a slash stands between the two ends of an interval; a day is written `2025-01-17`");
    };
    let (start, end) = (interval_end(first)?, interval_end(second)?);
    match (start.date(), end.date()) {
        (None, None) => whole.fail("an interval has a date at one end at least"),
        (Some(start), Some(end)) if end.latest() < start.earliest() => {
            second.fail("the interval ends before it starts")
        }
        _ => Ok(Parts::Interval(start, end)),
    }
}

fn interval_end(piece: Piece) -> Result<End, BadDate> {
    match piece.text {
        ".." => Ok(End::Open),
        "" => Ok(End::Unknown),
        _ => {
            let date = date(piece)?;
            if date.has_unknown_digits() {
                return piece.fail("`X` is not supported in an interval");
            }
            Ok(End::Date(date))
        }
    }
}

fn one_of(whole: Piece) -> Result<Parts, BadDate> {
    let Some(close) = whole.text.find(']') else {
        return whole.part(0..1).fail("a one-of set ends with `]`");
    };
    if close + 1 < whole.text.len() {
        return whole.from(close + 1).fail("nothing follows the `]` of a one-of set");
    }
    let mut dates = Vec::new();
    for piece in whole.part(1..close).split(',') {
        let date = member(piece.trim())?;
        if dates.contains(&date) {
            return piece.trim().fail("this date is in the set twice");
        }
        dates.push(date);
    }
    if dates.len() < 2 {
        return whole.fail("a one-of set has at least two dates");
    }
    dates.sort_by_key(|date| (date.earliest(), date.latest()));
    Ok(Parts::OneOf(dates))
}

fn member(piece: Piece) -> Result<Date, BadDate> {
    if let Some(at) = piece.text.find("..") {
        return piece.part(at..at + 2).fail("`..` is not supported in a one-of set: name each day, month or year");
    }
    let date = date(piece)?;
    let plain = matches!(date.precision, Precision::Year | Precision::Month(_) | Precision::Day(..));
    if !plain || date.about || date.uncertain {
        return piece.fail("only plain days, months and years are supported in a one-of set");
    }
    Ok(date)
}

fn date(piece: Piece) -> Result<Date, BadDate> {
    if piece.text.trim_matches(['~', '?', '%']).is_empty() {
        return piece.fail("a date is missing");
    }
    let (plain, qualifier) = split_qualifier(piece)?;
    let about = matches!(qualifier, Some('~' | '%'));
    let uncertain = matches!(qualifier, Some('?' | '%'));
    if let Some(year) = long_year(plain)? {
        return Ok(Date { year, precision: Precision::Year, about, uncertain });
    }
    let negative = plain.text.starts_with('-');
    let fields = plain.from(usize::from(negative)).split('-');
    for field in &fields {
        refuse_stray(*field)?;
    }
    let (year, precision) = match fields.as_slice() {
        [y] => year(*y, negative, true)?,
        [y, m] => (year(*y, negative, false)?.0, month(*m)?),
        [y, m, d] => {
            let year = year(*y, negative, false)?.0;
            (year, day(year, month(*m)?, *d)?)
        }
        [_, _, _, more, ..] => return more.fail("nothing follows the day"),
        [] => return plain.fail("a date is missing"),
    };
    Ok(Date { year, precision, about, uncertain })
}

/// A year of more than four digits, after a `Y`; `None` for what begins with anything else.
fn long_year(plain: Piece) -> Result<Option<i32>, BadDate> {
    let Some(written) =
        plain.text.strip_prefix('Y').filter(|rest| rest.starts_with(|c: char| c == '-' || c.is_ascii_digit()))
    else {
        return Ok(None);
    };
    let digits = plain.from(1 + usize::from(written.starts_with('-')));
    if let Some(at) = digits.text.find(|c: char| !c.is_ascii_digit()) {
        return digits.from(at).fail("a year after `Y` is written in digits, and stands alone");
    }
    match written.parse::<i32>() {
        _ if digits.text.len() < 5 || digits.text.starts_with('0') => {
            plain.fail("`Y` stands before a year of more than four digits; another is written in four")
        }
        Ok(year) if digits.text.len() <= 9 => Ok(Some(year)),
        _ => digits.fail("a year has nine digits at most"),
    }
}

fn split_qualifier(piece: Piece) -> Result<(Piece, Option<char>), BadDate> {
    let rest = piece.text.trim_end_matches(['~', '?', '%']);
    match &piece.text[rest.len()..] {
        "" => Ok((piece, None)),
        one if one.len() == 1 => Ok((piece.part(0..rest.len()), one.chars().next())),
        _ => piece.from(rest.len()).fail("one sign is enough: `~` about, `?` uncertain, `%` both"),
    }
}

/// The first sign that is neither digit nor `X`, by what the editor may have meant.
fn refuse_stray(field: Piece) -> Result<(), BadDate> {
    let Some((at, c)) = field.text.char_indices().find(|(_, c)| !c.is_ascii_digit() && *c != 'X') else {
        return Ok(());
    };
    let sign = field.part(at..at + c.len_utf8());
    match c {
        '~' | '?' | '%' => sign.fail(format!("`{c}` stands at the end, for the whole date")),
        '.' if field.text.contains("..") => {
            sign.fail("an interval is written with a slash, as in `2023/2024` or `2023-11/..`")
        }
        '–' | '—' | '−' | '‐' | '‑' | '.' => {
            sign.fail("the parts of a date are joined by plain hyphens: `2025-01-17`")
        }
        '[' | ']' | ',' => sign.fail("one of several dates is written `[2024,2025]`, and stands alone"),
        '{' | '}' => sign.fail("`{}` is not supported; `[2024,2025]` means one of these dates"),
        '/' => sign.fail("an interval is not supported in a one-of set"),
        '+' => sign.fail("only years before 1 BC have a sign"),
        'x' => sign.fail("unknown digits are written with a capital `X`"),
        'T' | ':' if at > 0 => field.from(at).fail("a date has no time of day"),
        c if c.is_whitespace() && field.text.contains(char::is_alphabetic) => {
            field.fail("a date is written in digits, year first: `2025-01-17`")
        }
        c if c.is_whitespace() => sign.fail("a date has no spaces"),
        c if c.is_alphabetic() => word(field.from(at)).fail("a date is written in digits, year first: `2025-01-17`"),
        c => sign.fail(format!("`{c}` has no meaning in a date")),
    }
}

fn word(piece: Piece) -> Piece {
    let end = piece.text.find(|c: char| !c.is_alphabetic()).unwrap_or(piece.text.len());
    piece.part(0..end)
}

/// The year, and what it says when it stands alone: `2024`, `202X`, `20XX`.
fn year(field: Piece, negative: bool, alone: bool) -> Result<(i32, Precision), BadDate> {
    if field.text.len() != 4 {
        let long = alone && field.text.len() > 4 && field.text.len() != 8;
        return field.fail(match long {
            true => format!(
                "a year of more than four digits is written `Y{}{}`",
                if negative { "-" } else { "" },
                field.text
            ),
            false => "a date begins with a year of four digits: `2025-01-17`".to_owned(),
        });
    }
    let known = field.text.trim_end_matches('X');
    let (unit, precision) = match known.len() {
        4 => (1, Precision::Year),
        3 => (10, Precision::Decade),
        2 => (100, Precision::Century),
        _ => return field.fail("only the last one or two digits of a year can be `X`"),
    };
    if unit > 1 && !alone {
        return field.fail("no month follows a year with `X`");
    }
    let Ok(number) = known.parse::<i32>() else {
        return field.fail("only the last one or two digits of a year can be `X`");
    };
    match negative {
        true if number == 0 && unit == 1 => field.fail("the year 0000, which is 1 BC, has no sign"),
        // The earliest of those years.
        true => Ok((-(number * unit + unit - 1), precision)),
        false => Ok((number * unit, precision)),
    }
}

fn month(field: Piece) -> Result<Precision, BadDate> {
    if field.text.len() != 2 {
        return field.fail("a month has two digits: `2024-07`");
    }
    if field.text == "XX" {
        return Ok(Precision::MonthUnknown);
    }
    match field.digits() {
        None => field.fail("an unknown month is written `XX`"),
        Some(month @ 1..=12) => Ok(Precision::Month(month)),
        Some(21) => Ok(Precision::Season(Season::Spring)),
        Some(22) => Ok(Precision::Season(Season::Summer)),
        Some(23) => Ok(Precision::Season(Season::Autumn)),
        Some(24) => Ok(Precision::Season(Season::Winter)),
        Some(25..=41) => field.fail("only the seasons 21 (spring) to 24 (winter) are supported"),
        Some(_) => field.fail(format!("there is no month {}", field.text)),
    }
}

fn day(year: i32, month: Precision, field: Piece) -> Result<Precision, BadDate> {
    if field.text.len() != 2 {
        return field.fail("a day has two digits: `2024-07-05`");
    }
    match (month, field.text) {
        (Precision::Month(month), "XX") => Ok(Precision::DayUnknown(month)),
        (Precision::Month(month), _) => day_of_month(year, month, field),
        (Precision::MonthUnknown, "XX") => Ok(Precision::MonthAndDayUnknown),
        (Precision::MonthUnknown, _) => field.fail("when the month is unknown, so is the day: `XX`"),
        _ => field.fail("no day follows a season"),
    }
}

fn day_of_month(year: i32, month: u8, field: Piece) -> Result<Precision, BadDate> {
    match field.digits() {
        None => field.fail("an unknown day is written `XX`"),
        Some(day) if Day::new(year, month, day).is_some() => Ok(Precision::Day(month, day)),
        Some(0) => field.fail("there is no day 00"),
        Some(_) => {
            let days = Day::last_of_month(year, month).day();
            let name = MONTHS.get(usize::from(month) - 1).unwrap_or(&"that month");
            field.fail(format!("{name} {year:04} has {days} days"))
        }
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
