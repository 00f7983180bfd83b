//! Dates as text: canonical EDTF, and the strings, numbers and lists that YAML makes of what an editor writes.

use super::day::Year;
use super::{Date, Edtf, End, Limit, Parts, Precision};
use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};
use serde::{Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

impl fmt::Display for Edtf {
    /// Canonical EDTF: no white space, one-of sets in order.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.parts() {
            Parts::Single(date) => date.fmt(f),
            Parts::Interval(start, end) => write!(f, "{start}/{end}"),
            Parts::OneOf(dates) => {
                for (at, date) in dates.iter().enumerate() {
                    write!(f, "{}{date}", if at == 0 { '[' } else { ',' })?;
                }
                f.write_str("]")
            }
        }
    }
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            End::Date(date) => date.fmt(f),
            End::Open => f.write_str(".."),
            End::Unknown => Ok(()),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = Year(self.year);
        let sign = if self.year < 0 { "-" } else { "" };
        match self.precision {
            Precision::Century => write!(f, "{sign}{:02}XX", self.year.abs() / 100),
            Precision::Decade => write!(f, "{sign}{:03}X", self.year.abs() / 10),
            Precision::Year => write!(f, "{year}"),
            Precision::MonthUnknown => write!(f, "{year}-XX"),
            Precision::MonthAndDayUnknown => write!(f, "{year}-XX-XX"),
            Precision::Season(season) => write!(f, "{year}-{}", season.number()),
            Precision::Month(month) => write!(f, "{year}-{month:02}"),
            Precision::DayUnknown(month) => write!(f, "{year}-{month:02}-XX"),
            Precision::Day(month, day) => write!(f, "{year}-{month:02}-{day:02}"),
        }?;
        f.write_str(match (self.about, self.uncertain) {
            (true, true) => "%",
            (true, false) => "~",
            (false, true) => "?",
            (false, false) => "",
        })
    }
}

/// The text of a date: a string as it is, a number such as 2023 in digits, a list as the one-of set that it reads as
/// when an editor does not quote `[2025-01-17, 2025-01-18]`.
struct Text(String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date such as 2025-01-17, 2024-11 or 2023")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Text, E> {
        Ok(Text(text.to_owned()))
    }

    fn visit_i64<E: Error>(self, year: i64) -> Result<Text, E> {
        Ok(Text(year.to_string()))
    }

    fn visit_u64<E: Error>(self, year: u64) -> Result<Text, E> {
        Ok(Text(year.to_string()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut members: A) -> Result<Text, A::Error> {
        let mut texts = Vec::new();
        while let Some(Text(text)) = members.next_element()? {
            texts.push(text);
        }
        Ok(Text(format!("[{}]", texts.join(","))))
    }
}

/// The error begins with `bad-date: `, by which the reader of YAML knows its code.
fn read<'de, D: Deserializer<'de>, T: FromStr<Err = super::BadDate>>(deserializer: D) -> Result<T, D::Error> {
    let Text(text) = Text::deserialize(deserializer)?;
    text.parse().map_err(|error| D::Error::custom(format_args!("bad-date: {error}")))
}

impl<'de> Deserialize<'de> for Edtf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read(deserializer)
    }
}

impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read(deserializer)
    }
}

impl Serialize for Edtf {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Serialize for Limit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
