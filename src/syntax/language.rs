//! Tags of languages, and scripts.

/// Tags as a regular expression, for programs that check while an editor types: what [`is_language`] takes.
pub const PATTERN: &str = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$";

/// Whether a text has the form of a BCP 47 tag: a language of two or three letters, then what narrows it down.
pub fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    let language = matches!(first.len(), 2 | 3) && first.bytes().all(|byte| byte.is_ascii_alphabetic());
    language && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// Whether `c` belongs to a script that has no spaces between words: Chinese, Japanese, Thai, Lao, Khmer, Burmese, with their
/// punctuation. Not Korean, which has spaces; and no digits, since `１ ２` are two numbers.
pub fn is_unspaced(c: char) -> bool {
    if c < '\u{e00}' {
        return false;
    }
    match c {
        // Thai, Lao
        '\u{e01}'..='\u{e3a}' | '\u{e40}'..='\u{e4f}' | '\u{e5a}'..='\u{e5b}' => true,
        '\u{e81}'..='\u{ecf}' | '\u{edc}'..='\u{edf}' => true,
        // Burmese, Khmer
        '\u{1000}'..='\u{103f}' | '\u{104a}'..='\u{108f}' | '\u{109a}'..='\u{109f}' | '\u{aa60}'..='\u{aa7f}' => true,
        '\u{a9e0}'..='\u{a9ef}' | '\u{a9fa}'..='\u{a9fe}' => true,
        '\u{1780}'..='\u{17da}' | '\u{17dc}'..='\u{17df}' => true,
        // Radicals; punctuation; the syllables of Japanese and the letters of Chinese; what is written in circles and squares
        '\u{2e80}'..='\u{2fdf}' | '\u{3001}'..='\u{301b}' | '\u{3021}'..='\u{302f}' | '\u{3031}'..='\u{312f}' => true,
        '\u{3190}'..='\u{31ff}' | '\u{3220}'..='\u{325f}' | '\u{3280}'..='\u{33ff}' => true,
        // Chinese letters
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => true,
        '\u{1aff0}'..='\u{1b16f}' => true,
        // Wide and small forms of punctuation, narrow Japanese
        '\u{fe10}'..='\u{fe19}' | '\u{fe30}' | '\u{fe33}'..='\u{fe57}' | '\u{ff01}' | '\u{ff03}'..='\u{ff06}' => true,
        '\u{ff08}'..='\u{ff0c}' | '\u{ff0e}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff3f}' => true,
        '\u{ff5b}'..='\u{ff9f}' => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_unspaced;

    #[test]
    fn korean_digits_and_what_europe_writes_have_spaces() {
        let unspaced = "会々〆ひカｶๆไທັកျ。、，「』（）？！㈱";
        assert!(unspaced.chars().all(is_unspaced), "{:?}", unspaced.chars().find(|c| !is_unspaced(*c)));
        let spaced = "aéбمא한가ㄱ0９๕៣၂ａ€฿“”—…«\u{3000} '\"-क";
        assert!(!spaced.chars().any(is_unspaced), "{:?}", spaced.chars().find(|c| is_unspaced(*c)));
    }
}
