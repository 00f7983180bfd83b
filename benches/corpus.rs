//! A seeded generator of dossiers, with the truth about each: what its reader sees, whom it mentions, where its quotes stand.
//!
//! It is used by the benchmarks and by `tests/generated.rs`. The prose is made of common words, French or English, in the
//! forms that real Markdown has: headings, emphasis, links, lists, tables, quotations, code, footnotes, typographic signs.

// Each of its users needs another part of it.
#![allow(dead_code, reason = "shared by several targets")]

use std::fmt::Write as _;

/// A dossier as paths and texts, with the truth about it.
#[derive(Default)]
pub(crate) struct Corpus {
    /// Its files.
    pub(crate) files: Vec<(String, String)>,
    /// Every annotation.
    pub(crate) annotations: Vec<Truth>,
    /// How often each article mentions each entity by name: (article, entity, count).
    pub(crate) mentions: Vec<(String, String, usize)>,
    /// The events that the annotations on each article name: (article, event).
    pub(crate) events: Vec<(String, String)>,
}

/// An annotation and the words it must stand on, in normal form, with their position among the article's words.
pub(crate) struct Truth {
    /// The annotation's id.
    pub(crate) id: String,
    /// The article's id.
    pub(crate) article: String,
    /// The words of the passage, separated by single spaces, without signs.
    pub(crate) words: String,
    /// How many words of the article's text come before it.
    pub(crate) before: usize,
}

/// A small generator of numbers (SplitMix64): the same seed gives the same dossier on any machine.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// The next number below `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % limit as u64) as usize
    }

    /// One of a list.
    pub(crate) fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

const FRENCH: &[&str] = &[
    "la",
    "le",
    "les",
    "une",
    "ville",
    "conseil",
    "rue",
    "travaux",
    "ligne",
    "gare",
    "quai",
    "marché",
    "depuis",
    "selon",
    "avec",
    "sans",
    "matin",
    "soir",
    "hiver",
    "été",
    "élu",
    "équipe",
    "projet",
    "budget",
    "vote",
    "rapport",
    "page",
    "réunion",
    "habitants",
    "école",
    "voisins",
    "camions",
    "pluie",
    "fête",
    "journal",
    "séance",
    "plan",
    "ouvrage",
    "pont",
    "rivière",
    "long",
    "nouveau",
    "ancien",
    "grand",
    "public",
    "ouvert",
    "fermé",
    "décidé",
    "annoncé",
    "publié",
    "refusé",
    "signé",
    "mesuré",
    "compté",
    "prévu",
    "dit",
    "voit",
    "reste",
    "l’équipe",
    "d’abord",
    "qu’il",
    "aujourd’hui",
    "c’est-à-dire",
    "peut-être",
];
const ENGLISH: &[&str] = &[
    "the",
    "a",
    "council",
    "street",
    "works",
    "line",
    "station",
    "quay",
    "market",
    "since",
    "with",
    "without",
    "morning",
    "evening",
    "winter",
    "summer",
    "team",
    "project",
    "budget",
    "vote",
    "report",
    "page",
    "meeting",
    "people",
    "school",
    "neighbours",
    "lorries",
    "rain",
    "feast",
    "paper",
    "session",
    "plan",
    "bridge",
    "river",
    "long",
    "new",
    "old",
    "great",
    "public",
    "open",
    "closed",
    "decided",
    "announced",
    "published",
    "refused",
    "signed",
    "measured",
    "counted",
    "planned",
    "says",
    "sees",
    "remains",
    "it’s",
    "well-known",
];
const SYLLABLES: &[&str] =
    &["Bar", "Cor", "Dul", "Fen", "Gar", "Hol", "Jas", "Kel", "Lom", "Mir", "Nav", "Orl", "Pel", "Quen", "Rov", "Sul"];

/// The name of the entity with a number: two capitalised words that no other entity shares and no prose contains.
pub(crate) fn entity_name(number: usize) -> String {
    let syllable = |n: usize| SYLLABLES[n % SYLLABLES.len()];
    let first = format!("{}{}", syllable(number), syllable(number / 16).to_lowercase());
    let more = if number < 4096 { String::new() } else { syllable(number / 4096).to_lowercase() };
    let second = format!("{}{more}{}", syllable(number / 256 + 3), ["ane", "ois", "eth", "ium", "ara"][number % 5]);
    format!("{first} {second}")
}

/// So many entities are wanted everywhere: one mention in six is of one of them.
const WANTED: usize = 4;

struct Article<'a> {
    random: &'a mut Random,
    words: &'static [&'static str],
    french: bool,
    entities: usize,
    markdown: String,
    /// The words that a reader sees, without signs.
    seen: Vec<String>,
    mentioned: Vec<usize>,
    /// Sentences that a quote can be taken from: as Markdown-free text, with their position among the words seen.
    sentences: Vec<(String, usize, usize)>,
    serial: usize,
}

impl Article<'_> {
    /// A sentence of prose: as Markdown, with what is seen of it recorded.
    fn sentence(&mut self, decorate: bool) -> String {
        let start = self.seen.len();
        self.serial += 1;
        let length = 7 + self.random.below(9);
        let (mut markdown, mut plain) = (String::new(), String::new());
        for position in 0..length {
            let (shown, written) = self.word(position, decorate);
            if position > 0 {
                // A soft break is a space to the reader.
                markdown.push_str(if decorate && self.random.below(14) == 0 { "\n" } else { " " });
                plain.push(' ');
            }
            markdown.push_str(&written);
            plain.push_str(&shown);
        }
        let number = format!(" {}", self.serial);
        self.seen.push(self.serial.to_string());
        markdown.push_str(&number);
        plain.push_str(&number);
        let end = if self.french && self.random.below(4) == 0 { "\u{202f}!" } else { "." };
        markdown.push_str(end);
        self.sentences.push((plain, start, self.seen.len() - start));
        markdown
    }

    /// A word or a name: as seen, and as written.
    fn word(&mut self, position: usize, decorate: bool) -> (String, String) {
        if position > 1 && self.random.below(18) == 0 {
            let among = match self.random.below(6) {
                0..3 => self.entities,
                3..5 => 1 + self.entities / 20,
                _ => WANTED.min(self.entities),
            };
            let entity = self.random.below(among);
            self.mentioned.push(entity);
            let name = entity_name(entity);
            let elided = self.french && self.random.below(5) == 0;
            let shown = if elided { format!("l’{name}") } else { name.clone() };
            self.seen.extend(shown.split(' ').map(words_only));
            let written = match self.random.below(6) {
                0 if decorate => format!("{}**{name}**", if elided { "l’" } else { "" }),
                _ => shown.clone(),
            };
            return (shown, written);
        }
        let mut word = self.random.one(self.words).to_owned();
        if position == 0 {
            word = capital(&word);
        }
        self.seen.push(words_only(&word));
        let written = match self.random.below(24) {
            0 if decorate => format!("*{word}*"),
            1 if decorate => format!("[{word}](https://example.org/)"),
            2 if decorate && word.is_ascii() => format!("`{word}`"),
            3 if decorate => word.replace('’', "'"),
            _ => word.clone(),
        };
        (word, written)
    }

    fn paragraph(&mut self) {
        let sentences = 3 + self.random.below(3);
        let text: Vec<String> = (0..sentences).map(|_| self.sentence(true)).collect();
        let _ = writeln!(self.markdown, "{}\n", text.join(" "));
    }

    fn heading(&mut self) {
        let words: Vec<&str> = (0..3).map(|_| self.random.one(self.words)).collect();
        self.seen.extend(words.iter().map(|word| words_only(word)));
        let _ = writeln!(self.markdown, "## {}\n", words.join(" "));
    }

    fn list(&mut self) {
        for _ in 0..3 {
            let item = self.sentence(false);
            let _ = writeln!(self.markdown, "- {item}");
        }
        self.markdown.push('\n');
    }

    fn quotation(&mut self) {
        let text = self.sentence(false);
        let _ = writeln!(self.markdown, "> {text}\n");
    }

    fn table(&mut self) {
        let row = |article: &mut Self| {
            let cells: Vec<String> = (0..3)
                .map(|_| {
                    let word = article.random.one(article.words);
                    article.seen.push(words_only(word));
                    word.to_owned()
                })
                .collect();
            format!("| {} |", cells.join(" | "))
        };
        let head = row(self);
        let body = row(self);
        let _ = writeln!(self.markdown, "{head}\n|---|---|---|\n{body}\n");
    }

    fn code(&mut self) {
        self.seen.extend(["let", "count", "42"].map(str::to_owned));
        self.markdown.push_str("```rust\nlet count = 42;\n```\n\n");
    }

    /// The furniture that real articles have: an image, a rule, a comment, an entity.
    fn furniture(&mut self) {
        self.markdown
            .push_str("![a map of the quay](https://example.org/map.png)\n\n---\n\n<!-- printed on paper -->\n\n");
        self.seen.extend(["A", "B"].map(str::to_owned));
        self.markdown.push_str("A&nbsp;&amp; B\n\n");
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}

/// A word without signs, as it is compared.
pub(crate) fn words_only(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A dossier of `articles` articles of about 600 words, half as many entities, a quarter as many events, six annotations each.
pub(crate) fn corpus(articles: usize, seed: u64) -> Corpus {
    let mut random = Random(seed);
    let entities = (articles / 2).max(1);
    let events = (articles / 4).max(1);
    let mut corpus = Corpus { files: vec![site()], ..Corpus::default() };
    for number in 0..entities {
        let text = format!(
            "---\nname: {}\nkind: place\nsummary: Place number {number}.\n---\nA place.\n",
            entity_name(number)
        );
        corpus.files.push((format!("content/entities/e{number}.md"), text));
    }
    for number in 0..events {
        let (month, day) = (1 + number % 12, 1 + number % 28);
        let text = format!(
            "---\ntitle: Meeting {number}\ndate: 2024-{month:02}-{day:02}\nplace: e{}\n---\nIt was held.\n",
            number % entities
        );
        corpus.files.push((format!("content/events/v{number}.md"), text));
    }
    corpus.files.push((
        "content/sources/paper.yaml".to_owned(),
        "title: The paper\npublisher: The paper\nkind: news\nreliability: B\npublished: 2024-01-01\n".to_owned(),
    ));
    corpus.files.push((
        "content/figures/people.yaml".to_owned(),
        "title: People at the meeting\nunit: people\nestimates:\n  - { source: paper, low: 20 }\n".to_owned(),
    ));
    for number in 0..articles {
        article(&mut corpus, number, entities, events, &mut random);
    }
    corpus
}

fn site() -> (String, String) {
    (
        "site.toml".to_owned(),
        "title = \"Generated\"\nbase_url = \"https://example.org/\"\nlanguage = \"en\"\n".to_owned(),
    )
}

fn article(corpus: &mut Corpus, number: usize, entities: usize, events: usize, random: &mut Random) {
    let french = number.is_multiple_of(2);
    let id = format!("a{number}");
    let mut article = Article {
        random,
        words: if french { FRENCH } else { ENGLISH },
        french,
        entities,
        markdown: String::new(),
        seen: Vec::new(),
        mentioned: Vec::new(),
        sentences: Vec::new(),
        serial: 0,
    };
    for part in 0..12 {
        match part {
            1 | 4 | 7 | 10 => article.heading(),
            5 => article.list(),
            8 => article.quotation(),
            9 if number.is_multiple_of(5) => article.table(),
            9 if number % 20 == 1 => article.code(),
            11 if number.is_multiple_of(7) => article.furniture(),
            _ => {}
        }
        article.paragraph();
    }
    let language = if french { "fr" } else { "en" };
    let front = format!(
        "---\ntitle: Article {number}\nlanguage: {language}\npublished: 2024-05-06\nsource: paper\nsummary: What article {number} says.\n---\n"
    );
    corpus.files.push((format!("content/articles/{id}.md"), front + &article.markdown));
    let mut counts: Vec<usize> = article.mentioned.clone();
    counts.sort_unstable();
    for group in counts.chunk_by(|a, b| a == b) {
        corpus.mentions.push((id.clone(), format!("e{}", group[0]), group.len()));
    }
    let sentences = std::mem::take(&mut article.sentences);
    annotations(corpus, &id, &sentences, events, article.random);
}

/// Six annotations on six sentences, each quoted from its second word on, so that quotes start and end anywhere in a line.
fn annotations(
    corpus: &mut Corpus,
    article: &str,
    sentences: &[(String, usize, usize)],
    events: usize,
    random: &mut Random,
) {
    let mut yaml = String::new();
    let step = sentences.len() / 6;
    for number in 0..6 {
        let (plain, start, length) = &sentences[number * step + random.below(step.max(1))];
        let (first, rest) = plain.split_once(' ').unwrap_or(("", plain));
        let quote =
            serde_json::Value::from(rest.replace('’', if number.is_multiple_of(2) { "'" } else { "’" })).to_string();
        // A figure says what its quote says, so that there is nothing to be warned of.
        let said = rest.split(' ').next().unwrap_or_default();
        let id = format!("{article}-{number}");
        let mut event = || {
            let event = format!("v{}", random.below(events));
            corpus.events.push((article.to_owned(), event.clone()));
            event
        };
        let _ = write!(yaml, "- type: ");
        let _ = match number {
            0 | 1 => writeln!(
                yaml,
                "fact_check\n  verdict: accurate\n  checked: 2024-06-01\n  evidence:\n    - source: paper\n      stance: supports\n  about: [{}]",
                event()
            ),
            2 => writeln!(yaml, "figure\n  figure: people\n  words: {}", serde_json::Value::from(said)),
            3 => writeln!(yaml, "cross_reference\n  to: event:{}\n  relation: context", event()),
            _ => writeln!(yaml, "note\n  note: A note on this."),
        };
        let _ = writeln!(yaml, "  id: {id}\n  quote: {quote}");
        let seen = words(rest);
        let skipped = words(first).len();
        corpus.annotations.push(Truth {
            id,
            article: article.to_owned(),
            before: start + skipped,
            words: seen.join(" "),
        });
        debug_assert_eq!(seen.len() + skipped, *length);
    }
    corpus.files.push((format!("content/annotations/{article}.yaml"), yaml));
}

/// The words of a text without signs; what only consists of signs is no word.
pub(crate) fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(words_only).filter(|word| !word.is_empty()).collect()
}
