//! Letters that are written in two ways, and accents that may be left out.

use unicode_normalization::UnicodeNormalization;

use super::Tongue;

/// Two words that differ by such a letter alone, and are two words nevertheless.
const TWO_WORDS: [(&str, &str); 2] = [("все", "всё"), ("грати", "ґрати")];

/// A shorter Arabic word (in letters) is another one with another carrier of its hamza.
const ARABIC: usize = 5;

/// Whether two words are the same letters, one or more of them written in another way: `ё` and `е`, `ß` and `ss`, `œ` and
/// `oe`, the carriers of hamza, the Persian and the Arabic `ی`; and short vowels and stress that only one of them shows.
pub(super) fn are_variants(one: &str, other: &str, tongue: Tongue) -> bool {
    let (one, other) = (without_vowel_signs(one, other), without_vowel_signs(other, one));
    let pair = (one.as_str().min(other.as_str()), one.as_str().max(other.as_str()));
    !TWO_WORDS.contains(&pair) && folded(&one, tongue) == folded(&other, tongue) && carriers_agree(&one, &other)
}

/// A word without the signs of its short vowels and its stress, where the other has none.
fn without_vowel_signs(word: &str, other: &str) -> String {
    let has = |text: &str| text.chars().any(is_vowel_sign);
    if has(word) && !has(other) { word.chars().filter(|c| !is_vowel_sign(*c)).collect() } else { word.to_owned() }
}

/// Marks that say how a word is read, in scripts that leave them out as a rule: Arabic, Hebrew, stress in Cyrillic.
fn is_vowel_sign(c: char) -> bool {
    matches!(c, '\u{64b}'..='\u{652}' | '\u{670}' | '\u{5b0}'..='\u{5bc}' | '\u{5c1}' | '\u{5c2}' | '\u{5c7}' | '\u{300}' | '\u{301}')
}

fn folded(word: &str, tongue: Tongue) -> String {
    let mut folded = String::with_capacity(word.len());
    let long = word.chars().count() >= ARABIC;
    let definite = long && ["ال", "وال", "بال", "فال", "كال", "لل", "ولل"].iter().any(|start| word.starts_with(start));
    let mut letters = word.chars().peekable();
    while let Some(c) = letters.next() {
        let last = letters.peek().is_none();
        match c {
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            'ß' => folded.push_str("ss"),
            'ä' if tongue.is(&["de"]) => folded.push_str("ae"),
            'ö' if tongue.is(&["de"]) => folded.push_str("oe"),
            'ü' if tongue.is(&["de"]) => folded.push_str("ue"),
            'ё' if tongue.is(&["ru"]) => folded.push('е'),
            'ґ' if tongue.is(&["uk"]) => folded.push('г'),
            'أ' | 'إ' | 'آ' | 'ٱ' if long => folded.push('ا'),
            'ی' => folded.push('ي'),
            'ى' if last && (long && !is_participle(word) || matches!(word, "التى" | "الذى")) => {
                folded.push('ي')
            }
            'ک' => folded.push('ك'),
            // On a word without its article, `ه` at the end is "his": `ابنه` is his son, `ابنة` a daughter.
            'ة' if last && definite => folded.push('ه'),
            _ => folded.push(c),
        }
    }
    folded
}

/// Whether an Arabic word may be a participle, of which `ى` at the end is who suffers and `ي` who does: the accused and the accuser.
fn is_participle(word: &str) -> bool {
    let stem = ["وال", "بال", "فال", "كال", "ولل", "ال", "لل"].iter().find_map(|start| word.strip_prefix(start));
    stem.unwrap_or(word).starts_with('م')
}

/// A hamza may be left out, but not moved: `أخبار` are news, `إخبار` is telling.
fn carriers_agree(one: &str, other: &str) -> bool {
    let carrier = |c: char| matches!(c, 'أ' | 'إ' | 'آ');
    one.chars().zip(other.chars()).all(|(a, b)| !(carrier(a) && carrier(b)) || a == b)
}

/// Languages whose accents say how a word is pronounced, and seldom which word it is. In others a letter with a mark is a
/// letter of its own (Finnish `ä`), or its tone (Vietnamese).
const ACCENTED: [&str; 12] = ["af", "ca", "el", "eu", "gl", "id", "it", "ms", "nl", "oc", "pt", "tl"];

/// A shorter word (in letters) is another one without its accent: Italian *è* and *e*.
const SHORTEST: usize = 5;

/// Whether one word is the other without any accent, but for the last letter, where an accent is a tense: *parlò*, *parlo*.
pub(super) fn differ_by_an_accent(one: &str, other: &str, tongue: Tongue) -> bool {
    let bare = |word: &str| word.nfd().filter(|c| !is_accent(*c, tongue)).nfc().collect::<String>();
    let (plain_one, plain_other) = (bare(one), bare(other));
    plain_one == plain_other
        && (plain_one == one || plain_other == other)
        && plain_one.chars().count() >= SHORTEST
        && one.chars().next_back() == other.chars().next_back()
}

/// Grave, acute, circumflex, tilde, diaeresis, cedilla; in Turkish the circumflex of a long vowel and the breve of `ğ`, but not
/// what makes other letters of `o`, `u`, `s` and `c`: *oluyor* is not *ölüyor*.
fn is_accent(c: char, tongue: Tongue) -> bool {
    match c {
        '\u{302}' | '\u{306}' if tongue.is(&["tr"]) => true,
        '\u{300}'..='\u{303}' | '\u{308}' | '\u{327}' => tongue.is(&ACCENTED),
        _ => false,
    }
}
