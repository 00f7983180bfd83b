//! How fast quotes find their passages and names their mentions: `cargo bench --bench anchoring`.
//!
//! 100 articles of 600 words with 60 annotations each, 5,000 and 50,000 aliases; one quote whose passage was edited, in
//! 20,000 words. Prints the best of several runs on one core; nothing is asserted.

#![expect(clippy::disallowed_methods, clippy::disallowed_macros, reason = "a benchmark measures time, and speaks")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use dossier::link::anchor::{Anchoring, Quote, Tongue, anchor};
use dossier::link::mention::{Alias, Automaton, Case, names_in};
use dossier::syntax::normal::Normal;

fn main() {
    let mut random = Random(1);
    let aliases = aliases(&mut random, 5_000);
    let articles: Vec<String> = (0..100).map(|_| article(&mut random, 600, &aliases)).collect();
    let bytes: usize = articles.iter().map(String::len).sum();
    println!("{} articles, {} KB of prose", articles.len(), bytes / 1000);
    normal_form(&articles, bytes);
    exact(&articles, bytes, &mut random);
    mentions(&articles, bytes, &aliases);
    let many: Vec<String> = (0..50_000).map(|_| name(&mut random)).collect();
    mentions(&articles, bytes, &many);
    prefixes();
    ambiguous(&mut random, &aliases);
    for length in [60, 150, 400] {
        drifted(&mut random, &aliases, length);
    }
}

/// Words of both languages, with their accents, apostrophes and spaces.
const WORDS: &str = "the of and to in that council harbour said would tram line town quay mayor after which report closed since \
    work million between people before station river water school market le la les de des et à en que qui dans pour sur l’eau \
    d’une qu’il été même après « port » ville conseil élus rapport année mairie travaux fermé près ligne gare réseau — où déjà \
    s’est rivière marché école n’a plus très 2024 38 1,5";

struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}

fn article(random: &mut Random, words: usize, names: &[String]) -> String {
    let known: Vec<&str> = WORDS.split_whitespace().collect();
    let mut text = String::new();
    for word in 0..words {
        let name = random.below(30) == 0;
        text.push_str(if name { &names[random.below(names.len())] } else { known[random.below(known.len())] });
        text.push_str(if word % 120 == 119 {
            ".\n\n"
        } else if word % 15 == 14 {
            ". "
        } else {
            " "
        });
    }
    text
}

fn aliases(random: &mut Random, count: usize) -> Vec<String> {
    (0..count).map(|_| name(random)).collect()
}

/// One to three capitalised words of made-up syllables.
fn name(random: &mut Random) -> String {
    let syllables =
        ["ba", "mo", "ti", "ker", "lan", "dou", "ré", "sin", "gao", "ha", "vel", "zi", "or", "na", "chi", "ux"];
    let word = |random: &mut Random| {
        let word: String = (0..2 + random.below(3)).map(|_| syllables[random.below(syllables.len())]).collect();
        let mut chars = word.chars();
        chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect::<String>())
    };
    (0..1 + random.below(3)).map(|_| word(random)).collect::<Vec<_>>().join(" ")
}

/// The least time of several runs.
fn best(runs: usize, mut run: impl FnMut()) -> Duration {
    let time = |_| {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    (0..runs).map(time).min().unwrap_or_default()
}

fn rate(what: &str, bytes: usize, time: Duration) {
    println!(
        "{what}: {:.0} MB/s of prose ({:.2} ms)",
        bytes as f64 / 1e6 / time.as_secs_f64(),
        time.as_secs_f64() * 1e3
    );
}

fn normal_form(articles: &[String], bytes: usize) {
    let time = best(20, || articles.iter().for_each(|text| drop(black_box(Normal::of(text)))));
    rate("normal form", bytes, time);
    let ascii: Vec<String> = articles.iter().map(|text| deunicode::deunicode(text)).collect();
    let size = ascii.iter().map(String::len).sum();
    let time = best(20, || ascii.iter().for_each(|text| drop(black_box(Normal::of(text)))));
    rate("normal form of ASCII", size, time);
}

/// Sixty passages of 4 to 14 words of each article.
fn exact(articles: &[String], bytes: usize, random: &mut Random) {
    let mut quotes_of = |text: &String| -> Vec<String> {
        let words: Vec<&str> = text.split(' ').collect();
        let mut quote = |_| {
            let (start, length) = (random.below(words.len() - 14), 4 + random.below(11));
            words[start..start + length].join(" ")
        };
        (0..60).map(&mut quote).collect()
    };
    let mut work: Vec<(Normal, Vec<String>)> =
        articles.iter().map(|text| (Normal::of(text), quotes_of(text))).collect();
    // Not those that would cut a number of two words that came to stand side by side.
    for (text, quotes) in &mut work {
        let find = |exact: &str| anchor(text, &Quote { exact, ..Quote::default() }, Tongue::of("fr"), &|_| Vec::new());
        quotes.retain(|exact| matches!(find(exact), Anchoring::Exact(_)));
    }
    let mut found = 0;
    let time = best(20, || {
        found = 0;
        for (text, quotes) in &work {
            let tongue = Tongue::of("fr");
            for exact in quotes {
                let anchoring = anchor(text, &Quote { exact, ..Quote::default() }, tongue, &|_| Vec::new());
                found += usize::from(matches!(black_box(anchoring), Anchoring::Exact(_)));
            }
        }
    });
    println!("{found} of {} quotes exact", articles.len() * 60);
    rate("exact anchoring, 60 quotes an article", bytes, time);
}

fn automaton(names: &[String]) -> Automaton {
    Automaton::new((0..).zip(names).map(|(of, text)| Alias {
        text,
        case: if of % 10 == 0 { Case::Any } else { Case::Exact },
        of,
    }))
}

fn mentions(articles: &[String], bytes: usize, names: &[String]) {
    let built = best(3, || drop(black_box(automaton(names))));
    let names_of = automaton(names);
    let texts: Vec<Normal> = articles.iter().map(|text| Normal::of(text)).collect();
    let mut found = 0;
    let time = best(20, || found = texts.iter().map(|text| names_of.find(text, &[]).len()).sum());
    println!(
        "{} aliases (one in ten in any case): built in {:.0} ms, {found} mentions",
        names.len(),
        built.as_secs_f64() * 1e3
    );
    rate("mentions", bytes, time);
}

/// Ten thousand aliases, each the beginning of the next, in a text that has the longest of them many times.
fn prefixes() {
    let aliases: Vec<String> = (1..10_000).map(|length| "ha ".repeat(length)).collect();
    let names = Automaton::new((0..).zip(&aliases).map(|(of, text)| Alias { text, case: Case::Exact, of }));
    let text = Normal::of(&"ha ".repeat(100_000));
    let time = best(3, || drop(black_box(names.find(&text, &[]))));
    rate("mentions of 10,000 aliases that begin one another", text.text().len(), time);
}

/// A quote that stands in thousands of places, each of which is shown with what would settle it.
fn ambiguous(random: &mut Random, names: &[String]) {
    let text = Normal::of(&article(random, 20_000, names));
    let mut found = 0;
    let time = best(5, || {
        let quote = Quote { exact: "e", prefix: Some("one of the"), ..Quote::default() };
        if let Anchoring::Ambiguous { places } = anchor(&text, &quote, Tongue::of("fr"), &|_| Vec::new()) {
            found = places.len();
        }
    });
    println!("a quote in {found} places: {} µs", time.as_micros());
}

/// A word is misspelled.
fn drifted(random: &mut Random, names: &[String], length: usize) {
    let text = Normal::of(&article(random, 20_000, names));
    let known = automaton(names);
    let find = |exact: &str| {
        anchor(&text, &Quote { exact, ..Quote::default() }, Tongue::of("fr"), &|piece| names_in(&known, piece))
    };
    let is_drifted = |exact: &String| matches!(find(exact), Anchoring::Drifted { .. });
    let starts = text.text().match_indices(". ").map(|(at, _)| at + 2);
    let quotes = starts.skip(600).map(|start| edited(&text.text()[start..].chars().take(length).collect::<String>()));
    let Some(exact) = quotes.take(100).find(is_drifted) else {
        return println!("no quote of {length} characters drifted");
    };
    let time = best(20, || drop(black_box(find(&exact))));
    println!("one drifted quote of {length} characters in 20,000 words: {} µs", time.as_micros());
    let time = best(20, || drop(black_box(find(&exact.chars().rev().collect::<String>()))));
    println!("one quote of {length} characters that is not there: {} µs", time.as_micros());
}

/// The passage with a letter twice in one of its longer words.
fn edited(passage: &str) -> String {
    let long = |word: &&str| word.len() > 5 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    let Some(word) = passage.split(' ').find(long) else { return passage.to_owned() };
    let twice = |at: &usize| !matches!(word.as_bytes()[*at], b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    let at = (1..word.len()).find(twice).unwrap_or(1);
    passage.replacen(word, &format!("{}{}", &word[..=at], &word[at..]), 1)
}
