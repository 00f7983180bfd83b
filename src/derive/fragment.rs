//! Links that open a text on the web at a sentence: `https://…#:~:text=…`.
//!
//! In go an article's text and a passage of it, out comes the directive of the "URL Fragment Text Directives" draft
//! (<https://wicg.github.io/scroll-to-text-fragment/>). It is right where the article has the source's own words; a browser that
//! does not know it, or a page that has changed, opens at the top. What is matched there is whole words, and a text never runs
//! over the end of a block: so a passage that does is given by its first and last words.

use std::fmt::Write;
use std::ops::Range;

use super::Context;
use super::source_card::web_address;
use crate::base::id::Id;
use crate::model::annotation::Annotation;
use crate::resolve::Node;
use memchr::memmem;
use unicode_segmentation::UnicodeSegmentation;

/// A passage longer than this, in bytes, is given by its ends.
const LONG: usize = 240;
/// So many words of an end, or of what is beside the passage, are tried at most.
const WORDS: usize = 12;

/// The original of an annotation's passage, on the web or in its archived copy, at the passage; empty where there is none, and for
/// a digest, whose words are not those of the source.
pub fn original(context: &Context<'_>, id: Id<Annotation>) -> String {
    let found = || {
        let dossier = context.dossier;
        let article = dossier.article_of(id)?;
        let source =
            &dossier.sources[dossier.source_of(article).filter(|_| !dossier.articles[article].keys.digest)?].keys;
        let address = [&source.url, &source.archived].map(|url| web_address(url.as_deref()));
        let address = address.into_iter().find(|address| address.starts_with("http"))?;
        let text = &context.links.bodies.get(&Node::Article(article))?.prose.text;
        at_passage(&address, text, &context.links.anchor(id)?.range)
    };
    found().unwrap_or_default()
}

/// The address `url` at a passage of `text`: [`None`] for a passage without a letter or digit.
///
/// ```
/// use dossier::derive::fragment::at_passage;
/// let text = "The mayor left. The mayor came back.\n";
/// let passage = 20..25;
/// assert_eq!(
///     at_passage("https://example.org/a", text, &passage).as_deref(),
///     Some("https://example.org/a#:~:text=left.%20The-,mayor")
/// );
/// ```
pub fn at_passage(url: &str, text: &str, passage: &Range<usize>) -> Option<String> {
    let passage = whole_words(text, passage)?;
    let (first, last) = ends(text, &passage);
    let beside = if is_alone(text, &text[first.clone()]) { Beside::default() } else { beside(text, &passage, &first) };
    let mut directive = String::new();
    if let Some(prefix) = beside.prefix {
        let _ = write!(directive, "{}-,", encoded(&text[prefix]));
    }
    directive.push_str(&encoded(&text[first.clone()]));
    if let Some(last) = last {
        let _ = write!(directive, ",{}", encoded(&text[last]));
    }
    if let Some(suffix) = beside.suffix {
        let _ = write!(directive, ",-{}", encoded(&text[suffix]));
    }
    let join = if url.contains('#') { "" } else { "#" };
    Some(format!("{url}{join}:~:text={directive}"))
}

/// The words just before and just after a passage.
#[derive(Default)]
struct Beside {
    prefix: Option<Range<usize>>,
    suffix: Option<Range<usize>>,
}

/// As few words before it as make the passage the only one of its kind, or else the words on both sides.
fn beside(text: &str, passage: &Range<usize>, first: &Range<usize>) -> Beside {
    // The nearest first.
    let before: Vec<Range<usize>> =
        words(text, block(text, passage.start).start..passage.start).rev().take(WORDS).collect();
    let after: Vec<Range<usize>> = words(text, passage.end..block(text, passage.end).end).take(WORDS).collect();
    let prefixes = before.iter().map(|word| word.start..before[0].end);
    let suffixes = after.iter().map(|word| after[0].start..word.end);
    let is_alone = |range: Range<usize>| is_alone(text, &text[range]);
    // Signs alone are no words, and a browser finds only words.
    let is_word = |range: &Range<usize>| text[range.clone()].contains(char::is_alphanumeric);
    let prefixes: Vec<Range<usize>> = prefixes.filter(is_word).collect();
    let suffixes: Vec<Range<usize>> = suffixes.filter(is_word).collect();
    if let Some(prefix) = prefixes.iter().find(|prefix| is_alone(prefix.start..first.end)) {
        return Beside { prefix: Some(prefix.clone()), suffix: None };
    }
    // The words after a passage stand beside its end; where that is far, they cannot tell where it starts.
    if first.end == passage.end
        && let Some(suffix) = suffixes.iter().find(|suffix| is_alone(first.start..suffix.end))
    {
        return Beside { prefix: None, suffix: Some(suffix.clone()) };
    }
    Beside { prefix: prefixes.last().cloned(), suffix: suffixes.last().cloned() }
}

/// The whole of a passage; or, where it is long or runs over blocks, its first words and its last.
fn ends(text: &str, passage: &Range<usize>) -> (Range<usize>, Option<Range<usize>>) {
    let quote = &text[passage.clone()];
    if quote.len() <= LONG && !quote.contains('\n') {
        return (passage.clone(), None);
    }
    let opening = words(text, passage.start..block(text, passage.start).end.min(passage.end));
    let opening: Vec<Range<usize>> = opening.take(WORDS).collect();
    let closing = words(text, block(text, passage.end).start.max(passage.start)..passage.end);
    let mut closing: Vec<Range<usize>> = closing.rev().take(WORDS).collect();
    closing.reverse();
    let is_alone = |range: &Range<usize>, within: Range<usize>| is_alone(&text[within], &text[range.clone()]);
    let firsts =
        (3..=WORDS).map(|n| passage.start..opening.get(n - 1).or(opening.last()).map_or(passage.end, |w| w.end));
    let firsts: Vec<Range<usize>> = firsts.collect();
    let first = firsts.iter().find(|first| is_alone(first, 0..text.len())).unwrap_or(&firsts[0]).clone();
    let lasts = (3..=WORDS).map(|n| {
        let from = closing.len().saturating_sub(n);
        closing.get(from).map_or(passage.start, |word| word.start)..passage.end
    });
    // The end is the first place after the start that has these words.
    let lasts: Vec<Range<usize>> = lasts.filter(|last| last.start >= first.end).collect();
    let last = lasts.iter().find(|last| is_alone(last, first.end..passage.end)).or(lasts.first()).cloned();
    (first, last)
}

/// From the first word that a passage touches to the last, both whole: a browser matches nothing less.
fn whole_words(text: &str, passage: &Range<usize>) -> Option<Range<usize>> {
    touched(text, passage, between_spaces(text, passage))
}

/// A passage with what stands beside it without a space. A block may have megabytes, and no word goes over a space; only a mark
/// that stands alone belongs to the white space before it.
fn between_spaces(text: &str, passage: &Range<usize>) -> Range<usize> {
    let (before, after) = (&text[..passage.start], text[passage.end..].trim_start());
    let start = before.rfind([' ', '\n']).map_or(0, |space| before[..=space].trim_end().len());
    let end = after.find([' ', '\n']).map_or(0, |space| after.len() - space);
    start..text.len() - end
}

/// The words of a text `around` a passage that touch it.
fn touched(text: &str, passage: &Range<usize>, around: Range<usize>) -> Option<Range<usize>> {
    let words = text[around.clone()].unicode_word_indices();
    let words = words.map(|(at, word)| around.start + at..around.start + at + word.len());
    let mut touched = words.filter(|word| word.start < passage.end && passage.start < word.end);
    let first = touched.next()?;
    let last = touched.next_back().unwrap_or_else(|| first.clone());
    Some(first.start..last.end)
}

/// The block of `text` at `at`, without its newline.
fn block(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    start..end
}

/// What stands between white space, as ranges.
fn words(text: &str, range: Range<usize>) -> impl DoubleEndedIterator<Item = Range<usize>> {
    let base = text.as_ptr() as usize;
    let place = move |word: &str| {
        let start = word.as_ptr() as usize - base;
        start..start + word.len()
    };
    text[range].split_whitespace().map(place)
}

/// Whether a piece of a text stands in it once.
fn is_alone(text: &str, piece: &str) -> bool {
    memmem::find_iter(text.as_bytes(), piece.as_bytes()).take(2).count() == 1
}

/// Percent-encoded, with the signs that the directive itself uses.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            byte => drop(write!(out, "%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]

        #[test]
        fn words_are_those_of_the_whole_text(
            text in "([a-c1é'’.:\\-]|[a-b]{2} |[\u{301}\u{200d}\u{ad}\u{a0}\u{3000}👩🇫🇷中אֿ \n]|\\PC){1,40}",
            (from, to) in any::<(proptest::sample::Index, proptest::sample::Index)>(),
        ) {
            let at = |index: proptest::sample::Index| text.floor_char_boundary(index.index(text.len() + 1));
            let passage = at(from).min(at(to))..at(from).max(at(to));
            prop_assert_eq!(whole_words(&text, &passage), touched(&text, &passage, 0..text.len()));
        }
    }

    fn check(text: &str, quote: &str, expected: &str) {
        let start = text.find(quote).unwrap_or_else(|| panic!("{quote} is not in {text}"));
        let found = at_passage("https://e.org/", text, &(start..start + quote.len())).unwrap_or_default();
        let decoded = found.strip_prefix("https://e.org/#:~:text=").unwrap_or(&found).replace("%20", " ");
        assert_eq!(decoded, expected, "{quote}");
    }

    #[test]
    fn a_passage_is_given_by_as_little_as_is_needed() {
        let text = "One two three. One two four, five-six & 7.\nOne eight; nine two ten.\n";
        for (quote, expected) in [
            ("four", "four"),
            ("five-six & 7.", "five%2Dsix %26 7"),
            ("One two thr", "One two three"),
            ("; ni", "nine"),
            ("ine tw", "nine two"),
            ("One two", "One two,-three."),
            ("three", "three"),
            ("7.\nOne eight", "7.,One eight"),
            ("two ten", "two ten"),
        ] {
            check(text, quote, expected);
        }
        check("a b. c b. c b.", "b. c b. c", "b. c b. c");
        check("c b. a b.", "b", "c-,b");
        check("b. a, b. d", "b", "b,-. a%2C");
    }

    #[test]
    fn a_long_passage_is_given_by_its_ends() {
        let filler = "word ".repeat(60);
        let text = format!("Before it all. The start of it is {filler}and the end of it. After. The start of all.\n");
        let quote = format!("The start of it is {filler}and the end of it.");
        check(&text, &quote, "The start of it,end of it");
    }

    #[test]
    fn an_address_with_a_fragment_keeps_it() {
        let found = at_passage("https://e.org/a#b", "é –", &(0..2));
        assert_eq!(found.as_deref(), Some("https://e.org/a#b:~:text=%C3%A9"));
        assert_eq!(at_passage("https://e.org/", "a – b", &(2..5)), None);
    }
}
