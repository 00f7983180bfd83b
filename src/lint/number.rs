//! Numbers in digits, as French and English write them: `1277`, `1 277`, `1,277`, `24,5`, `24.5`, `1'277`; and India: `12,34,567`.

/// A number in a text. `1,277` is 1277 in English and 1.277 in French: it has both values, the likelier first.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Number {
    /// What it may mean.
    pub(super) values: Vec<f64>,
    /// How many digits follow the decimal sign, when it is one.
    pub(super) decimals: usize,
    /// How many bytes it takes.
    pub(super) length: usize,
}

/// Reads the number that `text`, in normal form, starts with.
pub(super) fn read(text: &str) -> Number {
    let head = digits(text);
    let groups =
        if head <= 3 && !text.starts_with('0') { groups(text, head).or_else(|| lakhs(text, head)) } else { None };
    let (whole, separator) = groups.unwrap_or((head, None));
    let (length, decimals) = fraction(text, whole, separator);
    let plain: String = text[..whole].chars().filter(char::is_ascii_digit).collect();
    let value = |text: &str| text.parse::<f64>().unwrap_or(f64::NAN);
    let mut values = vec![match decimals {
        0 => value(&plain),
        _ => value(&format!("{plain}.{}", &text[length - decimals..length])),
    }];
    // A single group after a comma or a point may as well be the decimals.
    let ambiguous = decimals == 0 && whole == head + 4 && matches!(separator, Some(',' | '.'));
    if ambiguous {
        values.push(value(&format!("{}.{}", &text[..head], &text[head + 1..whole])));
    }
    Number { values, decimals: if ambiguous { 3 } else { decimals }, length }
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// Groups of three digits after `head`, all with the same sign before them; where they end.
fn groups(text: &str, head: usize) -> Option<(usize, Option<char>)> {
    let separator = text[head..].chars().next().filter(|c| matches!(c, ' ' | ',' | '.' | '\''))?;
    let mut end = head;
    while text[end..].starts_with(separator) && digits(&text[end + 1..]) == 3 {
        end += 4;
    }
    (end > head).then_some((end, Some(separator)))
}

/// As India groups: two digits each, and three at the end, `12,34,567`.
fn lakhs(text: &str, head: usize) -> Option<(usize, Option<char>)> {
    let mut end = head;
    while text[end..].starts_with(',') && digits(&text[end + 1..]) == 2 {
        end += 3;
    }
    let ends = end > head && head <= 2 && text[end..].starts_with(',') && digits(&text[end + 1..]) == 3;
    ends.then_some((end + 4, Some(',')))
}

/// Decimals after `whole`: where they end, and how many.
fn fraction(text: &str, whole: usize, grouped: Option<char>) -> (usize, usize) {
    let sign = text[whole..].chars().next().filter(|c| matches!(c, ',' | '.') && Some(*c) != grouped);
    let decimals = sign.map_or(0, |_| digits(&text[whole + 1..]));
    if decimals == 0 { (whole, 0) } else { (whole + 1 + decimals, decimals) }
}

/// Whether two numbers are the same, but for what floating point loses.
pub(super) fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= a.abs().max(b.abs()) * 1e-9
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn numbers_as_they_are_written() {
        for (text, values, length) in [
            ("1277 dead", vec![1277.0], 4),
            ("1 277, dont", vec![1277.0], 5),
            ("1,277 dead", vec![1277.0, 1.277], 5),
            ("1.277", vec![1277.0, 1.277], 5),
            ("24,5 %", vec![24.5], 4),
            ("24.5%", vec![24.5], 4),
            ("1,277,000.", vec![1_277_000.0], 9),
            ("1,277.5", vec![1277.5], 7),
            ("0,277", vec![0.277], 5),
            ("2024 300", vec![2024.0], 4),
            ("16, 2024", vec![16.0], 2),
            ("20.", vec![20.0], 2),
            ("12 30", vec![12.0], 2),
            ("12,34,567 people", vec![1_234_567.0], 9),
            ("1,00,000", vec![100_000.0], 8),
            ("12,34", vec![12.34], 5),
            ("16,17,18", vec![16.17], 5),
        ] {
            let number = read(text);
            assert_eq!((number.values, number.length), (values, length), "{text}");
        }
    }
}
