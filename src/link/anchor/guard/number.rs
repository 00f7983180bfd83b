//! The numbers in a text.

/// The numbers written in digits, in order, each as its digits with a point for the decimal sign: `1 277`, `1,277` and
/// `1277` are one number, `1,5` and `15` are two.
pub(super) fn all(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if chars[at].is_numeric() {
            let mut number = sign(&chars[..at]).to_owned();
            at += read(&chars[at..], &mut number);
            found.push(number);
        } else {
            at += 1;
        }
    }
    found
}

/// A hyphen is a minus unless something stands directly before it, as in `2024-2025` or `R-2`.
fn sign(before: &[char]) -> &'static str {
    match before {
        ['-'] | [.., ' ' | '(', '-'] => "-",
        _ => "",
    }
}

/// Reads one number; returns how many characters it takes.
fn read(chars: &[char], number: &mut String) -> usize {
    let mut at = 0;
    loop {
        let run = digits(&chars[at..]);
        number.extend(&chars[at..at + run]);
        let end = at + run;
        let Some(separator) = chars.get(end) else { return end };
        let next = digits(&chars[end + 1..]);
        let group = next == 3 && run <= 3;
        match separator {
            '.' | ',' | ' ' | '\'' if group => {}
            '.' | ',' if next > 0 => number.push('.'),
            _ => return end,
        }
        at = end + 1;
    }
}

fn digits(chars: &[char]) -> usize {
    chars.iter().take_while(|c| c.is_numeric()).count()
}

#[cfg(test)]
mod tests {
    use super::all;

    #[test]
    fn numbers_as_they_are_meant() {
        for (text, expected) in [
            ("no number", ""),
            ("1 277 people, 1,277 or 1277; 1'277", "1277 1277 1277 1277"),
            ("1,5 and 15, 3.25%", "1.5 15 3.25"),
            ("2024-2025, at -5 °C, (-3), 2024 100", "2024 2025 -5 -3 2024 100"),
            ("12.10.2024 at 10:30, 12 000 000", "12.10.2024 10 30 12000000"),
            ("20.", "20"),
            ("٣٤ and ½", "٣٤ ½"),
        ] {
            assert_eq!(all(text).join(" "), expected, "{text}");
        }
    }
}
