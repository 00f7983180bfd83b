//! `dossier fix`: what it mends, what it leaves alone, and that one run is enough.

#![cfg_attr(unix, expect(clippy::disallowed_methods, reason = "tests look at the disk"))]

use std::sync::Arc;

use dossier::base::diag::{Code, Severity};
use dossier::base::input::Inputs;
use dossier::edge::fix::{Repaired, changes, repaired};
use proptest::prelude::*;

/// A dossier without a mistake.
const GOOD: &str = r#"=== site.toml
title = "T"
base_url = "https://example.org/"
language = "en"
=== content/articles/notice.md
---
title: "The notice: a second tram"
published: 2023-06-06
source: gazette
summary: What the council says.
tags: [tram, council, works]
---
The council said on Tuesday that the tram had carried 1,500 people. Nobody was hurt, the mayor's office said.

Rank #1 in the list, it added, and [[quay]] was dry.
=== content/annotations/notice.yaml
- type: fact_check
  id: nobody-hurt
  quote: Nobody was hurt, the mayor's office said
  claim: "Nobody was hurt: all are well."
  verdict: mostly_accurate
  confidence: moderate
  checked: 2024-01-10
  rationale: The list has no name on it, says the hospital.
  evidence:
    - source: gazette
      stance: supports
    - { source: ledger, stance: contradicts, note: "Two were treated, says the ledger" }
- type: figure
  quote: carried 1,500 people
  figure: riders
  best: 1500
  note: "@council says so"
- { type: note, quote: "Rank #1 in the list", note: "The list is the office's own, and new" }
=== content/entities/quay.md
---
name: Quay
kind: place
former_ids: [old-quay]
aliases: ["the quay, lower end"]
summary: Where the tram ends.
relations:
  - { to: hall, type: faces, from: 2001-05-01, until: .. }
---
=== content/entities/hall.md
---
name: Hall
kind: organisation
part_of: quay
---
=== content/events/opening.md
---
title: The opening
date: 2023-06-06
place: quay
participants: [hall, { entity: quay, role: "host, and more" }]
sources: [gazette]
---
=== content/figures/riders.yaml
title: Riders
unit: riders
event: opening
assessment: { low: 1200, confidence: low, note: "Nobody counted, says the hall" }
estimates:
  - source: ledger
    best: 1200
=== content/sources/gazette.yaml
title: The Gazette
kind: news
published: 2023-06-06
url: https://example.org/gazette
reliability: B
=== content/sources/ledger.yaml
title: The ledger
kind: document
published: 2023-06-07
reliability: C
"#;

fn mended(fixture: &str) -> (Arc<Inputs>, Repaired) {
    let inputs = Arc::new(Inputs::from_fixture(fixture));
    let repaired = repaired(&inputs);
    (inputs, repaired)
}

/// The good dossier with one text in the place of another, which comes out as `expected`.
#[track_caller]
fn check(good: &str, damaged: &str, expected: &str) {
    assert!(GOOD.contains(good), "{good}");
    let fixture = GOOD.replacen(good, damaged, 1);
    let (_, repaired) = mended(&fixture);
    let found: String = repaired.inputs.files.iter().map(|file| format!("=== {}\n{}", file.path, file.text)).collect();
    let wanted = Inputs::from_fixture(&GOOD.replacen(good, expected, 1));
    let wanted: String = wanted.files.iter().map(|file| format!("=== {}\n{}", file.path, file.text)).collect();
    assert_eq!(found, wanted, "{damaged}");
}

#[test]
fn the_good_dossier_has_no_mistake() {
    let (inputs, repaired) = mended(GOOD);
    assert!(changes(&inputs, &repaired.inputs).is_empty());
    let errors: Vec<_> = repaired.found.iter().filter(|found| found.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn what_has_one_answer_is_mended() {
    for (good, damaged, expected) in [
        ("published: 2023-06-06\nsource", "published: 6 June 2023\nsource", "published: 2023-06-06\nsource"),
        ("published: 2023-06-07", "published: 2023/06/07", "published: 2023-06-07"),
        ("from: 2001-05-01", "from: May 1, 2001", "from: \"2001-05-01\""),
        (
            "title: \"The notice: a second tram\"",
            "title: The notice: a second tram",
            "title: \"The notice: a second tram\"",
        ),
        (
            "claim: \"Nobody was hurt: all are well.\"",
            "claim: “Nobody was hurt: all are well.”",
            "claim: \"Nobody was hurt: all are well.\"",
        ),
        ("note: \"@council says so\"", "note: @council says so", "note: \"@council says so\""),
        ("summary: What the council says.", "summary: [[quay]] was dry", "summary: \"[[quay]] was dry\""),
        ("summary: What the council says.", "summary: [[quay]]", "summary: \"[[quay]]\""),
        ("summary: What the council says.", "summary: *All* of it", "summary: \"*All* of it\""),
        ("summary: What the council says.", "summary: Rank #1", "summary: \"Rank #1\""),
        ("tags: [tram, council, works]", "tags: tram, council, works", "tags: [tram, council, works]"),
        (
            "note: \"Two were treated, says the ledger\"",
            "note: Two were treated, says the ledger",
            "note: \"Two were treated, says the ledger\"",
        ),
        (
            "note: \"The list is the office's own, and new\" }",
            "note: The list of #Kherson }",
            "note: \"The list of #Kherson\" }",
        ),
        ("title: The Gazette", "title: \"The\" Gazette", "title: '\"The\" Gazette'"),
        ("role: \"host, and more\"", "role: host, and more", "role: \"host, and more\""),
        ("place: quay", "place: old-quay", "place: quay"),
        ("and [[quay]] was", "and [[entity:old-quay]] was", "and [[entity:quay]] was"),
        (
            "evidence:\n    - source: gazette\n      stance: supports",
            "evidences:\n    - source: gazete\n      stance: support",
            "evidence:\n    - source: gazette\n      stance: supports",
        ),
        ("kind: news", "kind: “news”", "kind: \"news\""),
        ("quote: carried 1,500 people", "quote: “carried 1,500 people”", "quote: \"carried 1,500 people\""),
    ] {
        check(good, damaged, expected);
    }
}

#[test]
fn what_needs_a_decision_is_left_alone() {
    for (good, damaged) in [
        ("published: 2023-06-07", "published: 06/07/2023"),
        ("quote: carried 1,500 people", "quote: carried 1,500 peoples"),
        ("quote: carried 1,500 people", "quote: \"people\"\n  prefix: 1,500s"),
        ("note: \"@council says so\"", "note: &a council\n  by: *a"),
        ("low: 1200", "low: 1,200"),
        ("    best: 1200", "    best: 1,200"),
        ("aliases: [\"the quay, lower end\"]", "aliases: The Quay, lower end"),
        // The key that was meant is there already.
        ("summary: Where the tram ends.", "summary: Where the tram ends.\nsumary: And more."),
        // What is near would be a record that is part of itself.
        ("part_of: quay", "part_of: hal"),
        // A comment, for the article has no such words.
        ("quote: carried 1,500 people", "quote: carried 1,500 people # count again"),
    ] {
        check(good, damaged, damaged);
    }
}

#[test]
fn a_repair_says_where_it_is_and_what_was_there() {
    let (_, repaired) = mended(&GOOD.replace("place: quay", "place: old-quay").replace("kind: news", "kind: nws"));
    let repairs: Vec<_> = repaired.repairs.iter().map(|r| (&*r.path, r.line, r.code, &*r.old, &*r.new)).collect();
    assert_eq!(
        repairs,
        [
            ("content/events/opening.md", 4, Code::UnknownReference, "old-quay", "quay"),
            ("content/sources/gazette.yaml", 2, Code::BadValue, "nws", "news"),
        ]
    );
}

/// Spoils a line of the dossier in one of many ways; as it is where the way does not fit.
fn damaged(line: &str, way: usize) -> String {
    let Some((key, value)) =
        line.split_once(": ").filter(|(key, _)| !key.contains(['"', '=']) && !line.starts_with("=== "))
    else {
        return line.to_owned();
    };
    let bare = value.trim_matches(['"', '\'']);
    match way {
        0 => format!("{}: {value}", &key[..key.len() - 1]),
        1 => format!("{key}: {}", value.replacen(['a', 'e', 's'], "", 1)),
        2 => format!("{key}: {bare}"),
        3 => format!("{key}: “{bare}”"),
        4 => format!("{key}: {bare} #1"),
        5 => format!("{key}: {bare}: and so on"),
        6 => format!("{key}: @{bare}"),
        7 => format!("{key}: {}", value.replace("2023-06-06", "6 juin 2023").replace("2023-06-07", "2023/6/7")),
        8 => format!("{key}: {}", value.replace("quay", "old-quay")),
        9 => format!("{key}: {}", value.trim_matches(['[', ']'])),
        10 => format!("{key}: [{bare}"),
        11 => format!("{key}: [[{bare}]] and"),
        12 => format!("{key}: {}", value.replace('"', "")),
        13 => format!("{key}: {bare}, and more"),
        14 => format!("{key}:"),
        15 => format!("{key}: ‘{bare}"),
        16 => format!("{key}: *{bare}* said"),
        _ => format!("{key}: {value} {bare}"),
    }
}

/// What the quotes of a file say, whatever their quotation marks.
fn quotes(inputs: &Inputs) -> Vec<String> {
    let lines = inputs.files.iter().flat_map(|file| file.text.lines());
    let quotes = lines.map(str::trim_start).filter(|line| line.starts_with("quot"));
    let in_brackets = inputs.files.iter().map(|file| file.text.matches("Rank #1 in the list").count().to_string());
    quotes
        .map(str::to_owned)
        .chain(in_brackets)
        .map(|line| line.chars().filter(|c| !"\"'\\“”‘’«» ".contains(*c)).collect())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Whatever is wrong, one run is enough, no quote gets other words, and no file is read less than before.
    #[test]
    fn one_run_is_enough(spoils in prop::collection::vec((0..GOOD.lines().count(), 0..18usize), 1..9)) {
        let mut lines: Vec<String> = GOOD.lines().map(str::to_owned).collect();
        for (line, way) in &spoils {
            lines[*line] = damaged(&lines[*line], *way);
        }
        let (inputs, first) = mended(&(lines.join("\n") + "\n"));
        let second = repaired(&first.inputs);
        prop_assert!(second.repairs.is_empty(), "{:?}\nafter\n{:?}", second.repairs, first.repairs);
        prop_assert!(changes(&first.inputs, &second.inputs).is_empty());
        let of_annotations = |inputs: &Inputs| {
            let file = inputs.find("content/annotations/notice.yaml").map(|file| file.text.contains("quot"));
            file.unwrap_or_default().then(|| quotes(inputs))
        };
        // A misspelt `quote` may be spelt again; its words stay.
        let plain = |quotes: Option<Vec<String>>| quotes.map(|q| q.join("\n").replace("quot:", "quote:"));
        prop_assert_eq!(plain(of_annotations(&inputs)), plain(of_annotations(&first.inputs)));
        let unreadable = |found: &dossier::base::diag::Diagnostics| {
            let files = found.iter().filter(|found| found.code == Code::YamlSyntax).map(|found| found.span.file.0);
            files.collect::<std::collections::BTreeSet<_>>().len()
        };
        let (_, before) = dossier::build(&inputs);
        prop_assert!(unreadable(&first.found) <= unreadable(&before));
    }
}

/// On a disk a file stays what it is: its line ends, its rights, its owner, and the link that leads to it.
#[cfg(unix)]
#[test]
fn a_file_that_is_mended_stays_the_same_file() {
    use std::fs;
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown, symlink};
    use std::process::Command;
    let root = tempfile::tempdir().expect("a folder");
    let put = |path: &str, text: &str| {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    let read = |path: &str| fs::read_to_string(root.path().join(path)).expect("a file");
    let fix = || {
        Command::new(env!("CARGO_BIN_EXE_dossier")).args(["fix", "--root"]).arg(root.path()).output().expect("it runs")
    };
    put("site.toml", "title = \"T\"\nbase_url = \"https://example.org/\"\n");
    put("content/sources/a.yaml", "title: A\r\nkind: nws\r\n");
    put("content/sources/b.yaml", "title: B\nkind: nws\n");
    put("content/sources/real.txt", "title: C\nkind: nws\n");
    symlink("real.txt", root.path().join("content/sources/c.yaml")).expect("a link");
    let path = |name: &str| root.path().join("content/sources").join(name);
    fs::set_permissions(path("a.yaml"), fs::Permissions::from_mode(0o640)).expect("it is ours");
    // Only root can give a file away.
    let given = chown(path("a.yaml"), Some(4321), Some(4321)).is_ok();
    fs::set_permissions(path("b.yaml"), fs::Permissions::from_mode(0o444)).expect("it is ours");
    let done = fix();
    assert_eq!(read("content/sources/a.yaml"), "title: A\r\nkind: news\r\n");
    let metadata = fs::metadata(path("a.yaml")).expect("a file");
    assert_eq!(metadata.permissions().mode() & 0o777, 0o640);
    assert!(!given || (metadata.uid(), metadata.gid()) == (4321, 4321));
    assert_eq!(read("content/sources/b.yaml"), "title: B\nkind: nws\n", "nobody may write it");
    assert!(!done.status.success() && String::from_utf8_lossy(&done.stderr).contains("it is read-only"));
    fs::remove_file(path("b.yaml")).expect("a file");
    fix();
    assert!(path("c.yaml").is_symlink());
    assert_eq!(read("content/sources/real.txt"), "title: C\nkind: news\n");
    let names = fs::read_dir(path("")).expect("a list").count();
    assert_eq!(names, 3, "nothing is left beside them");
}

/// Keys in quotes keep them, a key that would be there twice is none, and what is nearly `null` is no text of that.
#[test]
fn a_fix_reads_what_it_writes() {
    for (good, damaged, expected) in [
        (
            "- { type: note, quote: \"Rank #1 in the list\"",
            "- {\"type\":\"note\",\"qoute\":\"Rank #1 in the list\"",
            "- {\"type\":\"note\",\"quote\":\"Rank #1 in the list\"",
        ),
        ("title: The Gazette", "'titel': The Gazette", "'title': The Gazette"),
        ("title: The Gazette", "\"titel\" : The Gazette", "\"title\" : The Gazette"),
    ] {
        let (_, repaired) = mended(&GOOD.replacen(good, damaged, 1));
        let text: String = repaired.inputs.files.iter().map(|file| file.text.to_string()).collect();
        assert!(text.contains(expected) || text.contains(damaged), "{damaged}: {:?}", repaired.repairs);
    }
    for (good, damaged) in [
        ("title: The Gazette\n", "title: The Gazette\ntitel: The Gazette\n"),
        ("title: The Gazette\n", "\"title\": The Gazette\n\"titel\": The Gazette\n"),
    ] {
        check(good, damaged, damaged);
    }
    for value in ["nulll", "nul", "Nul"] {
        let (_, repaired) = mended(&GOOD.replace("confidence: moderate", &format!("confidence: {value}")));
        assert!(!repaired.repairs.iter().any(|repair| repair.new.contains("null")), "{value}: {:?}", repaired.repairs);
    }
}
