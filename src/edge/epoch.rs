//! `SOURCE_DATE_EPOCH`: by it, whoever builds says of which moment the result is (reproducible-builds.org). It is all that a build
//! takes from the environment.

use std::env;

use crate::base::date::Day;

const NAME: &str = "SOURCE_DATE_EPOCH";

/// The day that the environment names; `None` where it names none.
///
/// # Errors
/// What it names is no moment; and what would be one.
pub fn read() -> Result<Option<Day>, String> {
    let written = env::var_os(NAME).unwrap_or_default();
    if written.is_empty() {
        return Ok(None);
    }
    let written = written.to_string_lossy();
    match day(&written) {
        None => Err(format!(
            "`{NAME}` is `{written}`, which is no number of seconds since 1970, such as `git log -1 --format=%ct` prints"
        )),
        day => Ok(day),
    }
}

fn day(written: &str) -> Option<Day> {
    let digits = written.bytes().all(|byte| byte.is_ascii_digit());
    let seconds = written.parse::<i64>().ok().filter(|_| digits)?;
    Day::of_seconds(seconds)
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn seconds_are_a_day_and_nothing_else_is() {
        for (written, expected) in [
            ("0", Some("1970-01-01")),
            ("86399", Some("1970-01-01")),
            ("86400", Some("1970-01-02")),
            ("1700000000", Some("2023-11-14")),
            ("253402300799", Some("9999-12-31")),
            ("253402300800", None),
            ("99999999999999999999", None),
            ("-1", None),
            ("+1", None),
            ("1.5", None),
            ("2023-11-14", None),
            (" 1", None),
        ] {
            assert_eq!(day(written).map(|day| day.to_string()).as_deref(), expected, "{written}");
        }
    }
}
