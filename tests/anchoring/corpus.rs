//! Reads the corpus, and checks that its labels are true.

use std::ops::Range;

use dossier::syntax::normal::Normal;

/// What should become of the quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Expected {
    Exact,
    Drifted,
    Ambiguous(usize),
    None,
    Refused,
}

/// A quote, and the article after the edits.
pub(crate) struct Case {
    pub(crate) line: String,
    /// The language of the article.
    pub(crate) language: &'static str,
    pub(crate) kind: String,
    pub(crate) expected: Expected,
    pub(crate) names: Vec<String>,
    pub(crate) quote: String,
    pub(crate) prefix: Option<String>,
    pub(crate) suffix: Option<String>,
    pub(crate) edited: String,
    /// Where the quoted words are now (bytes of `edited`).
    pub(crate) place: Option<Range<usize>>,
    /// What a program records when the quote is made: `None` where it stands more than once.
    pub(crate) made: Option<Made>,
}

/// A quote as it was made in the article before the edits.
pub(crate) struct Made {
    pub(crate) quote: String,
    pub(crate) before: String,
    pub(crate) after: String,
    /// Its first character, by number.
    pub(crate) position: usize,
}

/// All cases.
pub(crate) fn read() -> Vec<Case> {
    let files = [
        ("en", include_str!("en.txt")),
        ("en", include_str!("en-second.txt")),
        ("fr", include_str!("fr.txt")),
        ("fr", include_str!("fr-second.txt")),
        ("de", include_str!("de.txt")),
        ("es", include_str!("es.txt")),
        ("ru", include_str!("ru.txt")),
        ("ar", include_str!("ar.txt")),
        ("uk", include_str!("uk.txt")),
        ("tr", include_str!("tr.txt")),
        ("pt", include_str!("pt.txt")),
        ("zh", include_str!("zh.txt")),
    ];
    let articles =
        files.iter().flat_map(|(language, file)| file.split("# ").skip(1).map(|article| (*language, article)));
    articles.flat_map(|(language, article)| read_article(language, article)).collect()
}

fn read_article(language: &'static str, article: &str) -> Vec<Case> {
    let (head, rest) = article.split_once("\nnames: ").unwrap_or_else(|| panic!("no names: {article}"));
    let (names, body) = rest.split_once('\n').unwrap_or_else(|| panic!("no text: {head}"));
    let names: Vec<String> = names.split(", ").map(str::to_owned).collect();
    let (lines, text): (Vec<&str>, Vec<&str>) = body.lines().partition(|line| line.contains(" | "));
    let text = text.join("\n").trim().to_owned();
    lines.into_iter().map(|line| Case { language, ..read_case(line, &names, &text) }).collect()
}

fn read_case(line: &str, names: &[String], text: &str) -> Case {
    let mut fields = line.split(" | ");
    let label = fields.next().unwrap_or_default();
    let quote = unescaped(fields.next().unwrap_or_default());
    let (kind, expected) = label.split_once(' ').unwrap_or_else(|| panic!("{line}"));
    let mut case = Case {
        line: line.to_owned(),
        language: "",
        kind: kind.to_owned(),
        expected: expectation(expected),
        names: names.to_vec(),
        edited: text.to_owned(),
        place: None,
        made: None,
        prefix: None,
        suffix: None,
        quote,
    };
    let (mut now, mut at) = (case.quote.clone(), None);
    for field in fields {
        match field.split_once(": ").filter(|(key, _)| matches!(*key, "prefix" | "suffix" | "at")) {
            Some(("prefix", words)) => case.prefix = Some(unescaped(words)),
            Some(("suffix", words)) => case.suffix = Some(unescaped(words)),
            Some((_, words)) => at = Some(unescaped(words)),
            None => {
                let (old, new) = field.split_once(" => ").unwrap_or_else(|| panic!("no edit: {line}"));
                let (old, new) = (unescaped(old), unescaped(new));
                assert!(case.edited.contains(&old), "nothing to edit: {line}");
                case.edited = case.edited.replace(&old, &new);
                now = now.replace(&old, &new);
            }
        }
    }
    case.made = made(&case, text);
    if matches!(case.expected, Expected::Exact | Expected::Drifted | Expected::Refused) {
        case.place = Some(place(&case, &now, at));
    }
    check_label(&case);
    case
}

fn expectation(word: &str) -> Expected {
    match word {
        "exact" => Expected::Exact,
        "drifted" => Expected::Drifted,
        "none" => Expected::None,
        "refused" => Expected::Refused,
        places => Expected::Ambiguous(places.parse().unwrap_or_else(|_| panic!("unknown label {places}"))),
    }
}

fn unescaped(text: &str) -> String {
    let mut plain = text.replace("\\n", "\n").replace("\\r", "\r").replace("\\s", " ");
    while let Some((before, rest)) = plain.split_once("\\u{") {
        let (code, after) = rest.split_once('}').unwrap_or_else(|| panic!("{text}"));
        let c = u32::from_str_radix(code, 16).ok().and_then(char::from_u32).unwrap_or_else(|| panic!("{text}"));
        plain = format!("{before}{c}{after}");
    }
    plain
}

/// The one place of the quote as it is now.
fn place(case: &Case, now: &str, at: Option<String>) -> Range<usize> {
    let normal = Normal::of(&case.edited);
    let around = Normal::of(at.as_deref().unwrap_or(now)).into_text();
    let mut found = normal.text().match_indices(&around);
    let start = found.next().unwrap_or_else(|| panic!("nowhere: {around:?}: {}", case.line)).0;
    assert!(found.next().is_none(), "in two places: {around:?}: {}", case.line);
    let now = Normal::of(now).into_text();
    match around.find(&now).filter(|_| !now.is_empty()) {
        Some(within) => normal.original(start + within..start + within + now.len()),
        None => normal.original(start..start + around.len()),
    }
}

/// What a client notes down beside the quote: 32 characters on each side.
fn made(case: &Case, text: &str) -> Option<Made> {
    let normal = Normal::of(text);
    let quote = Normal::of(&case.quote).into_text();
    let edge = |words: &Option<String>| Normal::of(words.as_deref().unwrap_or_default()).into_text();
    let (prefix, suffix) = (edge(&case.prefix), edge(&case.suffix));
    let places: Vec<usize> = normal.text().match_indices(&quote).map(|(at, _)| at).collect();
    assert!(!places.is_empty(), "not in the article: {}", case.line);
    let mut places = places.into_iter().filter(|at| {
        case.expected == Expected::Refused
            || normal.text()[..*at].trim_end().ends_with(&prefix)
                && normal.text()[at + quote.len()..].trim_start().starts_with(&suffix)
    });
    let at = places.next().filter(|_| places.next().is_none())?;
    let range = normal.original(at..at + quote.len());
    let before: Vec<char> = text[..range.start].chars().collect();
    Some(Made {
        quote: text[range.clone()].to_owned(),
        before: before[before.len().saturating_sub(32)..].iter().collect(),
        after: text[range.end..].chars().take(32).collect(),
        position: before.len(),
    })
}

/// Near or not is a matter of docs/format.md's numbers, not of what a matcher says. A refused passage may be near: one
/// ordinary word in place of another is few letters, and another passage.
fn check_label(case: &Case) {
    let Some(place) = &case.place else { return };
    let quote = Normal::of(&case.quote).into_text();
    let distance = strsim::levenshtein(&quote, Normal::of(&case.edited[place.clone()]).text());
    let length = quote.chars().count();
    let near = length >= 12 && distance * 100 <= 15 * length;
    let label = match case.expected {
        Expected::Exact => distance == 0,
        Expected::Drifted => near && distance > 0,
        _ => distance > 0 || case.kind == "context",
    };
    assert!(label, "{distance} of {length} characters differ: {}", case.line);
}
