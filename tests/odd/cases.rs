//! Dossiers that are allowed and that nobody means to have, each of any size.

/// What makes the files of a dossier of a size, by path.
type Files = fn(usize) -> Vec<(String, String)>;

/// A kind of dossier.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    /// What the size counts.
    pub(crate) of: &'static str,
    /// The size at which it is tried by hand.
    #[allow(dead_code, reason = "for the benchmark")]
    pub(crate) full: usize,
    /// The size at which it is built in every run of the tests, and then twice that; 0 where there is only one.
    #[allow(dead_code, reason = "for the tests")]
    pub(crate) small: usize,
    /// The exit code of its build.
    #[allow(dead_code, reason = "for the benchmark")]
    pub(crate) ends: i32,
    pub(crate) files: Files,
}

pub(crate) const CASES: &[Case] = &[
    Case {
        name: "annotations",
        of: "annotations of one article",
        full: 10_000,
        small: 120,
        ends: 0,
        files: annotations,
    },
    Case { name: "paragraph", of: "bytes of one paragraph", full: 5 << 20, small: 40_000, ends: 0, files: paragraph },
    Case { name: "prefixes", of: "aliases that begin alike", full: 10_000, small: 300, ends: 0, files: prefixes },
    Case { name: "mentions", of: "mentions of one entity", full: 200_000, small: 2_000, ends: 0, files: mentions },
    Case { name: "crowd", of: "entities that one article names", full: 10_000, small: 150, ends: 0, files: crowd },
    Case {
        name: "chain",
        of: "annotations along one sentence, each over two words",
        full: 10_000,
        small: 60,
        ends: 0,
        files: chain,
    },
    Case { name: "pile", of: "annotations of the same words", full: 10_000, small: 60, ends: 0, files: pile },
    Case {
        name: "accounts",
        of: "estimates of one figure, in forty accounts",
        full: 100_000,
        small: 600,
        ends: 0,
        files: accounts,
    },
    Case {
        name: "speakers",
        of: "articles that speak of one event",
        full: 20_000,
        small: 520,
        ends: 0,
        files: speakers,
    },
    Case { name: "empty", of: "articles without a word", full: 100_000, small: 120, ends: 0, files: empty },
    Case { name: "years", of: "events of all ages", full: 4, small: 0, ends: 0, files: years },
    Case { name: "names", of: "letters in every id", full: 200, small: 0, ends: 0, files: names },
    Case { name: "endless", of: "bytes of tags without an end", full: 1 << 20, small: 20_000, ends: 0, files: endless },
    Case {
        name: "edited",
        of: "edited quotes of two hundred thousand words",
        full: 3_000,
        small: 0,
        ends: 1,
        files: edited,
    },
    Case { name: "nowhere", of: "links to places that are not there", full: 20_000, small: 0, ends: 1, files: nowhere },
    Case { name: "nothing", of: "articles", full: 0, small: 0, ends: 0, files: nothing },
];

const SETTINGS: &str = "title = \"T\"\nbase_url = \"https://example.org/d/\"\nlanguage = \"en\"\n";

fn dossier(files: impl IntoIterator<Item = (String, String)>) -> Vec<(String, String)> {
    let settings = ("site.toml".to_owned(), SETTINGS.to_owned());
    let files = files.into_iter().map(|(path, text)| (format!("content/{path}"), text));
    files.chain([settings]).collect()
}

fn article(id: &str, body: &str) -> (String, String) {
    let source = "{ title: S, kind: news, publisher: P, url: \"https://example.org/\" }";
    (format!("articles/{id}.md"), format!("---\ntitle: {id}\npublished: 2025-01-01\nsource: {source}\n---\n{body}\n"))
}

fn bob() -> (String, String) {
    ("entities/bob.md".to_owned(), "---\nname: Bob\nkind: person\n---\n".to_owned())
}

/// Checks of these quotes, in this order.
fn checks(quotes: impl Iterator<Item = String>) -> (String, String) {
    let check = |(number, quote): (usize, String)| {
        format!(
            "- type: fact_check\n  id: c{number}\n  quote: \"{quote}\"\n  verdict: accurate\n  checked: 2025-02-02\n  \
             rationale: Because.\n"
        )
    };
    ("annotations/a.yaml".to_owned(), quotes.enumerate().map(check).collect())
}

fn annotations(size: usize) -> Vec<(String, String)> {
    let sentence = |number: usize| format!("word{number} said thing{number}.");
    let paragraphs =
        (0..size).step_by(10).map(|first| (first..size.min(first + 10)).map(sentence).collect::<Vec<_>>().join(" "));
    let body: Vec<String> = paragraphs.collect();
    dossier([
        article("a", &body.join("\n\n")),
        checks((0..size).map(|number| format!("word{number} said thing{number}"))),
    ])
}

fn paragraph(size: usize) -> Vec<(String, String)> {
    let (mut body, mut number) = (String::new(), 0_usize);
    while body.len() < size {
        body.push_str(&format!("Bob met Alice number{number} today. "));
        number += 1;
    }
    let quotes = (0..number).step_by(number.div_ceil(100)).map(|number| format!("number{number} today"));
    dossier([article("a", &body), bob(), checks(quotes)])
}

fn prefixes(size: usize) -> Vec<(String, String)> {
    let entity = |first: usize| {
        let aliases: Vec<String> =
            (first..size.min(first + 1000)).map(|length| format!("A{}", "a".repeat(length + 1))).collect();
        (
            format!("entities/e{first}.md"),
            format!("---\nname: N{first}\nkind: person\naliases: [{}]\n---\n", aliases.join(", ")),
        )
    };
    let run = |length: usize| "a".repeat(length);
    let body = format!("A{} and A{} and a{}", run(size), run(size / 2), run(size * 2));
    dossier((0..size).step_by(1000).map(entity).chain([article("a", &body)]))
}

fn mentions(size: usize) -> Vec<(String, String)> {
    let articles = (0..size).step_by(1000).map(|first| {
        let paragraph = "Bob met Bob and Bob, then Bob.\n\n";
        article(&format!("a{}", first / 1000), &paragraph.repeat((size - first).min(1000) / 4))
    });
    dossier(articles.chain([bob()]))
}

fn crowd(size: usize) -> Vec<(String, String)> {
    let entity =
        |number| (format!("entities/e{number}.md"), format!("---\nname: Person {number}\nkind: person\n---\n"));
    let paragraphs: String = (0..size).map(|number| format!("There stood Person {number}.\n\n")).collect();
    dossier((0..size).map(entity).chain([article("a", &paragraphs)]))
}

fn chain(size: usize) -> Vec<(String, String)> {
    let words: Vec<String> = (0..=size).map(|number| format!("w{number}")).collect();
    let quotes = (0..size).map(|number| format!("w{number} w{}", number + 1));
    dossier([article("a", &format!("{}.", words.join(" "))), checks(quotes)])
}

fn pile(size: usize) -> Vec<(String, String)> {
    dossier([article("a", "The mayor left town."), checks((0..size).map(|_| "The mayor left town".to_owned()))])
}

fn accounts(size: usize) -> Vec<(String, String)> {
    let estimate =
        |number: usize| format!("  - {{ source: s, account: Account {}, note: It was {number}. }}\n", number % 40);
    let estimates: String = (0..size).map(estimate).collect();
    dossier([
        ("sources/s.yaml".to_owned(), "title: S\nkind: news\npublisher: P\n".to_owned()),
        ("figures/f.yaml".to_owned(), format!("title: F\nkind: account\nestimates:\n{estimates}")),
    ])
}

fn speakers(size: usize) -> Vec<(String, String)> {
    let told = |number: usize| {
        let figure = format!("- {{ type: figure, id: f{number}, quote: said {number}, figure: f, best: {number} }}\n");
        let body = format!("Somebody said {number} at the Big Event.");
        [article(&format!("a{number}"), &body), (format!("annotations/a{number}.yaml"), figure)]
    };
    dossier((0..size).flat_map(told).chain([
        ("events/v.md".to_owned(), "---\ntitle: V\ndate: 2024\naliases: [Big Event]\n---\n".to_owned()),
        ("figures/f.yaml".to_owned(), "title: F\nevent: v\n".to_owned()),
    ]))
}

fn empty(size: usize) -> Vec<(String, String)> {
    dossier((0..size).map(|number| article(&format!("a{number}"), "")))
}

fn years(_: usize) -> Vec<(String, String)> {
    let events =
        [("caesar", "\"-0044-03-15\""), ("late", "9999-12-31"), ("now", "2024"), ("first", "\"0000-01-01/..\"")];
    let event = |(id, date)| (format!("events/{id}.md"), format!("---\ntitle: The {id}\ndate: {date}\n---\n"));
    dossier(events.into_iter().map(event))
}

fn names(size: usize) -> Vec<(String, String)> {
    let id = "a".repeat(size);
    let check = format!(
        "- type: fact_check\n  id: {id}\n  quote: Bob\n  verdict: accurate\n  checked: 2025-02-02\n  rationale: Because.\n"
    );
    dossier([
        article(&id, &format!("He met [[entity:{id}]] there.")),
        (format!("entities/{id}.md"), "---\nname: Bob\nkind: person\n---\n".to_owned()),
        (format!("annotations/{id}.yaml"), check),
        (format!("events/{id}.md"), "---\ntitle: The event\ndate: 2024\n---\n".to_owned()),
        (format!("figures/{id}.yaml"), format!("title: F\nestimates: [{{ source: {id}, best: 1 }}]\n")),
    ])
}

fn endless(size: usize) -> Vec<(String, String)> {
    let tags = "<b>w <i>a</u> ";
    dossier([article("a", &tags.repeat(size / tags.len()))])
}

/// Each quote is a passage with one article more and another word.
fn edited(size: usize) -> Vec<(String, String)> {
    let word = |number: usize| format!("w{}", number * 7919 % 3001);
    let body: Vec<String> = (0..200_000).map(word).collect();
    let quote = |number: usize| {
        let words = |from: usize| body[from..from + 5].join(" ");
        let start = number * 60;
        format!("{} the other {}", words(start), words(start + 6))
    };
    dossier([article("a", &body.join(" ")), checks((0..size).map(quote))])
}

fn nowhere(size: usize) -> Vec<(String, String)> {
    let link = |number: usize| format!("## Heading {number}\n\n[here](#nowhere-{number})\n\n");
    dossier([article("a", &(0..size).map(link).collect::<String>())])
}

fn nothing(_: usize) -> Vec<(String, String)> {
    dossier([])
}
