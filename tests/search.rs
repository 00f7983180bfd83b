//! What readers can find, read from the files that their browser loads: each kind of record, by each of its names and words.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use dossier::base::input::{Inputs, Options};
use dossier::edge::read;
use dossier::search::Index;
use dossier::{Site, build};
use serde_json::Value;

const DOSSIER: &str = r#"
=== site.toml
title = "Le pont"
base_url = "https://example.org/"
language = "fr"
=== content/index.md
---
title: Le pont de la Lys
---
La synthèse parle d’une passerelle.
=== content/pages/methode.md
---
title: Méthode
---
Nous lisons les procès-verbaux.
=== content/articles/tribune.md
---
title: The bridge is closed
language: en
published: 2024-05-06
source: { title: The bridge is closed, publisher: The Tribune }
summary: A short account.
tags: [waterworks]
---
The **council** said so. Zorglub came with 1,277 people on Monday.

Nobody stayed.
=== content/annotations/tribune.yaml
- type: fact_check
  id: closed
  quote: The council said so
  claim: Le conseil l’a annoncé
  verdict: inaccurate
  checked: 2025-02-03
  rationale: Le registre ne dit rien de tel.
  evidence: [{ source: registre, stance: contradicts, note: Feuillet quarante. }]
- type: note
  id: remark
  quote: Nobody stayed
  note: Une photographie montre des riverains.
- type: figure
  id: crowd
  quote: 1,277 people
  figure: foule
  best: 1277
- { type: mention, id: plain, quote: council, of: conseil }
=== content/entities/conseil.md
---
name: Conseil municipal
kind: organisation
names: { ru: Городской совет, ar: المجلس }
aliases: [Zorglub, { text: édilité, match: never }]
summary: L’assemblée de la ville.
---
Elle siège au beffroi.
=== content/events/fermeture.md
---
title: Fermeture du pont
date: 2023-12-30/2024-02
aliases: [la barricade]
place: conseil
participants: [{ entity: conseil, role: convocateur }]
summary: Deux mois d’interruption.
---
Des barrières.
=== content/figures/foule.yaml
title: Personnes sur le quai
unit: personnes
event: fermeture
assessment: { low: 900, note: Un plancher. }
estimates: [{ source: registre, low: 84, by: conseil, note: Compté au portillon. }]
=== content/sources/registre.yaml
title: Registre des délibérations
publisher: Ville de Menin
author: A. Vandamme
kind: official
published: 2024
note: Consulté en salle.
"#;

fn index(fixture: &str, options: Options) -> (Site, Index) {
    let mut inputs = Inputs::from_fixture(fixture.trim_start());
    inputs.options = options;
    let (site, diags) = build(&Arc::new(inputs));
    assert_eq!(diags.errors(), 0, "{:?}", diags.iter().map(|found| &found.message).collect::<Vec<_>>());
    let index = site.search_index();
    (site, index)
}

/// An index as a browser reads it.
struct Read {
    index: Value,
    /// The first place of each record, and its address.
    records: Vec<(u64, String)>,
    /// The places of each word; the records of each subject.
    words: BTreeMap<String, Vec<u64>>,
}

fn data(index: &Index, route: &str) -> Value {
    let text = std::str::from_utf8(&index.files[route]).expect("a text");
    let name = route.rsplit('/').next().and_then(|file| file.strip_suffix(".js")).expect("a script");
    let call = text.strip_prefix(&format!("dossierSearch.take(\"{name}\", ")).and_then(|rest| rest.strip_suffix(")\n"));
    serde_json::from_str(call.expect("one call")).expect("JSON")
}

fn numbers(code: &str) -> Vec<u64> {
    const DIGITS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let (mut numbers, mut number) = (Vec::new(), 0);
    for digit in code.chars().map(|digit| DIGITS.find(digit).expect("a digit") as u64) {
        number = number * 32 + digit % 32;
        if digit < 32 {
            numbers.push(std::mem::take(&mut number));
        }
    }
    numbers
}

fn ascending(code: &str) -> Vec<u64> {
    numbers(code)
        .into_iter()
        .scan(0, |sum, step| {
            *sum += step;
            Some(*sum)
        })
        .collect()
}

impl Read {
    fn of(files: &Index) -> Self {
        let index = data(files, "search/index.js");
        let pieces = |key: &str| -> Vec<Value> {
            let named = index[key].as_array().expect("a list").iter();
            named.map(|piece| data(files, &format!("search/data/{}.js", piece[1].as_str().expect("a name")))).collect()
        };
        let columns = numbers(index["records"].as_str().expect("a code"));
        let mut place = 0;
        let texts: Vec<Value> =
            pieces("texts").into_iter().flat_map(|list| list.as_array().cloned().expect("records")).collect();
        let records = columns.chunks_exact(10).zip(&texts).map(|(line, text)| {
            let record = (place, text[0].as_str().expect("an address").to_owned());
            place += line[6..].iter().map(|words| words + 1).sum::<u64>();
            record
        });
        let records = records.collect();
        let mut words = BTreeMap::new();
        for piece in pieces("words") {
            let parts: Vec<&str> = piece.as_str().expect("words").split(' ').collect();
            words.extend(parts.chunks_exact(2).map(|pair| (pair[0].to_owned(), ascending(pair[1]))));
        }
        assert_eq!(columns.len(), texts.len() * 10);
        Self { index, records, words }
    }

    /// The addresses of the records that have a word.
    fn with(&self, word: &str) -> BTreeSet<&str> {
        let places = self.words.get(word).into_iter().flatten();
        let at = |place: &u64| self.records.partition_point(|(first, _)| first <= place) - 1;
        places.map(|place| self.records[at(place)].1.as_str()).collect()
    }

    /// The addresses of the records about a subject.
    fn about(&self, subject: &str) -> BTreeSet<&str> {
        self.words[subject].iter().map(|record| self.records[*record as usize].1.as_str()).collect()
    }
}

#[test]
fn every_record_is_found_by_each_of_its_words() {
    let (_, files) = index(DOSSIER, Options::default());
    let read = Read::of(&files);
    assert_eq!((files.records, files.words), (read.records.len(), read.words.len() - 2), "two subjects are no words");
    for (word, expected) in [
        ("passerelle", &["index.html"][..]),
        ("verbaux", &["methode.html"]),
        ("nobody", &["articles/tribune.html", "articles/tribune.html#remark"]),
        ("waterworks", &["articles/tribune.html"]),
        ("account", &["articles/tribune.html"]),
        ("tribune", &["articles/tribune.html", "sources/tribune.html"]),
        ("annonce", &["checks/closed.html"]),
        ("feuillet", &["checks/closed.html"]),
        ("inexact", &["checks/closed.html"]),
        ("photographie", &["articles/tribune.html#remark"]),
        ("совет", &["entities/conseil.html"]),
        ("المجلس", &["entities/conseil.html"]),
        ("edilite", &["entities/conseil.html"]),
        ("beffroi", &["entities/conseil.html"]),
        ("zorglub", &["articles/tribune.html", "entities/conseil.html"]),
        ("barricade", &["events/fermeture.html"]),
        ("convocateur", &["events/fermeture.html"]),
        ("fevrier", &["events/fermeture.html"]),
        ("barrieres", &["events/fermeture.html"]),
        ("84", &["figures/foule.html"]),
        ("900", &["figures/foule.html"]),
        ("portillon", &["figures/foule.html"]),
        ("1277", &["articles/tribune.html", "articles/tribune.html#crowd", "figures/foule.html"]),
        ("vandamme", &["sources/registre.html"]),
        ("salle", &["sources/registre.html"]),
        ("absent", &[]),
    ] {
        assert_eq!(read.with(word), expected.iter().copied().collect(), "{word}");
    }
    let addresses: BTreeSet<&str> = read.records.iter().map(|(_, address)| address.as_str()).collect();
    assert!(!addresses.contains("articles/tribune.html#plain"), "a mention that says nothing has no note to find");
    assert!(!addresses.iter().any(|address| address.contains("#closed")), "a check has a page of its own");
}

#[test]
fn filters_know_what_a_record_is_about() {
    let (_, files) = index(DOSSIER, Options::default());
    let read = Read::of(&files);
    let about = |subject: &str| read.about(subject);
    let expected = [
        "articles/tribune.html",
        "checks/closed.html",
        "entities/conseil.html",
        "events/fermeture.html",
        "figures/foule.html",
    ];
    assert_eq!(about("=entity:conseil"), expected.into());
    let expected = [
        "articles/tribune.html",
        "articles/tribune.html#crowd",
        "articles/tribune.html#remark",
        "checks/closed.html",
        "figures/foule.html",
        "sources/tribune.html",
    ];
    assert_eq!(about("=article:tribune"), expected.into());
    let columns = numbers(read.index["records"].as_str().expect("a code"));
    let line = |address: &str| {
        let at = read.records.iter().position(|(_, other)| other == address).expect("a record");
        columns[at * 10..at * 10 + 6].to_vec()
    };
    let name = |list: &str, at: u64| read.index[list][at as usize].as_str().expect("a name").to_owned();
    let first = read.index["years"][0].as_u64().expect("a year");
    for (address, kind, verdict, languages, years) in [
        ("articles/tribune.html", "article", "", "en en", Some((2024, 2024))),
        ("articles/tribune.html#remark", "annotation", "", "en fr", Some((2024, 2024))),
        ("checks/closed.html", "check", "inaccurate", "fr fr", Some((2025, 2025))),
        ("events/fermeture.html", "event", "", "fr fr", Some((2023, 2024))),
        ("figures/foule.html", "figure", "", "fr fr", Some((2023, 2024))),
        ("entities/conseil.html", "entity", "", "fr fr", None),
    ] {
        let line = line(address);
        assert_eq!(name("kinds", line[0]), kind, "{address}");
        let given = if line[1] == 0 { String::new() } else { name("verdicts", line[1] - 1) };
        assert_eq!(given, verdict, "{address}");
        assert_eq!(format!("{} {}", name("languages", line[2]), name("languages", line[3])), languages, "{address}");
        let found = (line[4] > 0).then(|| (line[4] + first - 1, line[5] + first - 1));
        assert_eq!(found, years, "{address}");
    }
}

#[test]
fn nothing_of_a_draft_is_in_the_index() {
    let draft = "=== content/entities/secret-name.md\n---\nname: Xylophone\nkind: person\ndraft: true\nsummary: Quincaillerie.\n---\nMystère.\n";
    let fixture = format!("{DOSSIER}{draft}");
    let text = |options: Options| -> String {
        let (_, files) = index(&fixture, options);
        files.files.values().map(|bytes| String::from_utf8_lossy(bytes).to_lowercase()).collect()
    };
    let (published, with_drafts) = (text(Options::default()), text(Options { drafts: true, ..Options::default() }));
    for word in ["secret-name", "xylophone", "quincaillerie", "mystère", "mystere"] {
        assert!(!published.contains(word), "{word} is published");
        assert!(with_drafts.contains(word), "{word} cannot be previewed");
    }
}

#[test]
fn without_a_search_nothing_leads_to_it() {
    let page = |site: &Site, route: &str| {
        let mut bytes = Vec::new();
        site.render_to(route, &mut bytes).expect("built-in templates are good");
        String::from_utf8(bytes).expect("a page is UTF-8")
    };
    let (with, files) = index(DOSSIER, Options::default());
    assert!(files.size() > 0 && page(&with, "events/fermeture.html").contains("action=\"../search.html\""));
    let (without, files) = index(DOSSIER, Options { no_search: true, ..Options::default() });
    assert_eq!(files, Index::default());
    let home = page(&without, "index.html");
    assert!(!home.contains("search.html") && !home.contains("<script"), "{home}");
    let search = page(&without, "search.html");
    assert!(search.contains("print.html") && !search.contains("<form") && !search.contains("<script"), "{search}");
}

#[test]
fn files_are_small_and_named_by_what_they_hold() {
    let sample =
        read::folder(Path::new(env!("CARGO_MANIFEST_DIR")), Options::default()).expect("the sample can be read");
    let (site, _) = build(&Arc::new(sample));
    let files = site.search_index();
    for (route, bytes) in &files.files {
        assert!(bytes.len() < 64 << 10, "{route} has {} bytes", bytes.len());
        let is_named = route.starts_with(dossier::search::KEPT);
        assert!(is_named || route == "search/index.js", "{route}");
    }
    let mut changed = DOSSIER.replace("beffroi", "clocher");
    changed.push('\n');
    let names = |fixture: &str| -> BTreeMap<String, Vec<u8>> { index(fixture, Options::default()).1.files };
    for (route, bytes) in names(&changed) {
        if let Some(before) = names(DOSSIER).get(&route).filter(|_| route != "search/index.js") {
            assert_eq!(before, &bytes, "{route} has another content under the same name");
        }
    }
}
