//! `dossier.lock` on a disk and under git: what `accept` and `review` write, what they leave alone, and what two branches make of it.

#![expect(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const SITE: &str = "title = \"T\"\nbase_url = \"https://example.org/d/\"\nlanguage = \"en\"\n[lints]\ncheck-without-evidence = \"off\"\n";

const ARTICLE: &str = "---\ntitle: A\n---\nThe council voted for the new tram line in May. The mayor left the hall.\n\n\
                       The harbour was closed in June. The crane stood still.\n";

/// One quote in each style of YAML, with comments that have to stay.
const ANNOTATIONS: &str = "# ours\n\
    - type: note # plain\n  id: vote # why\n  quote: The counsil voted for the new tram line\n  note: x\n\n\
    - { type: note, id: mayor, quote: 'The mayor left the hall', note: x } # flow\n\
    - type: note\n  quote: \"The harbour was cloesd in June\"\n  note: x\n\
    - type: note\n  id: crane\n  quote: >-\n    The crane\n    stood still\n  note: x\n";

struct Dossier(tempfile::TempDir);

impl Dossier {
    fn new() -> Self {
        let dossier = Self(tempfile::tempdir().expect("a folder"));
        dossier.write("site.toml", SITE);
        dossier.write("content/articles/a.md", ARTICLE);
        dossier.write("content/annotations/a.yaml", ANNOTATIONS);
        dossier
    }

    /// With every passage accepted.
    fn accepted() -> Self {
        let dossier = Self::new();
        dossier.says(&["accept", "--all"], 0, "4 passages accepted, 2 quotes written anew in 1 file");
        dossier
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap_or_default()
    }

    fn edit(&self, path: &str, old: &str, new: &str) {
        let text = self.read(path);
        assert!(text.contains(old), "{old} in {text}");
        self.write(path, &text.replace(old, new));
    }

    fn run(&self, arguments: &[&str], answers: &str) -> Output {
        let mut program = Command::new(env!("CARGO_BIN_EXE_dossier"));
        program.args(arguments).arg("--root").arg(self.path()).env_remove("EDITOR").env_remove("VISUAL");
        program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = program.spawn().expect("the binary runs");
        // It may be done before it has read them.
        let _ = child.stdin.take().expect("a pipe").write_all(answers.as_bytes());
        child.wait_with_output().expect("its end")
    }

    /// Runs the program, and asks for its exit code and for words that it says.
    #[track_caller]
    fn says(&self, arguments: &[&str], code: i32, words: &str) {
        let done = self.run(arguments, "");
        let said = String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr);
        assert_eq!(done.status.code(), Some(code), "{arguments:?}: {said}");
        assert!(said.contains(words), "{arguments:?}: {words:?} in {said}");
    }

    /// Runs git here; says whether it succeeded.
    fn git(&self, arguments: &[&str]) -> bool {
        let names = ["-c", "user.name=Desk", "-c", "user.email=desk@example.org"];
        let mut git = Command::new("git");
        git.args(names).args(arguments).current_dir(self.path()).stdout(Stdio::null()).stderr(Stdio::null());
        git.status().expect("git is there").success()
    }

    fn commit(&self, what: &str) {
        assert!(self.git(&["add", "-A"]) && self.git(&["commit", "-qm", what]), "{what}");
    }

    /// The ledger's passages.
    fn ledger(&self) -> Vec<String> {
        let text = self.read("dossier.lock");
        text.lines().skip(1).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }
}

#[test]
fn accept_alone_writes_a_quote_and_every_other_byte_stays() {
    let dossier = Dossier::new();
    let fixed = dossier.run(&["fix"], "");
    assert_eq!((fixed.status.code(), dossier.read("content/annotations/a.yaml")), (Some(0), ANNOTATIONS.to_owned()));

    dossier.says(&["accept", "a"], 0, "4 passages accepted, 2 quotes written anew in 1 file");
    let expected = ANNOTATIONS.replace("counsil", "council").replace("cloesd", "closed");
    assert_eq!(dossier.read("content/annotations/a.yaml"), expected);
    assert_eq!(
        dossier.ledger(),
        [
            "a#crane ⟦The crane stood still⟧.",
            "a#mayor ⟦The mayor left the hall⟧.",
            "a#note-the-harbour-was-closed-in-june ⟦The harbour was closed in June⟧.",
            "a#vote ⟦The council voted for the new tram line⟧ in May.",
        ]
    );
    assert_eq!(dossier.read(".gitattributes"), "dossier.lock merge=union\n");
    dossier.says(&["check", "--locked"], 0, "nothing to report");
    dossier.says(&["accept", "--all"], 0, "0 passages accepted");
}

#[test]
fn one_passage_is_accepted_by_its_name() {
    let dossier = Dossier::new();
    dossier.says(&["accept", "mayor"], 0, "1 passage accepted");
    assert_eq!(dossier.ledger(), ["a#mayor ⟦The mayor left the hall⟧."]);
    dossier.says(&["accept", "a#crane"], 0, "1 passage accepted");
    assert_eq!(dossier.ledger().len(), 2);
    dossier.says(&["accept", "mayro"], 2, "did you mean `mayor`?");
    dossier.says(&["accept"], 2, "or `--all`");
    dossier.edit("content/annotations/a.yaml", "id: crane", "id: a");
    dossier.says(&["accept", "a"], 2, "name one of `a#a`, `article:a`");
    dossier.says(&["accept", "a#a"], 0, "1 passage accepted");
}

#[test]
fn what_waits_is_listed_for_people_and_programs() {
    let dossier = Dossier::accepted();
    dossier.says(&["accept", "--list"], 0, "nothing waits to be accepted");
    dossier.edit("content/articles/a.md", "The mayor left", "It is false that the mayor left");
    dossier.edit("content/annotations/a.yaml", "'The mayor left the hall'", "'mayor left the hall'");
    dossier.edit("content/articles/a.md", "crane stood", "craen stood");
    dossier.says(&["accept", "--list"], 1, "  [-The-]{+It is false that the+} mayor left the hall.");
    let listed = dossier.run(&["accept", "--list", "--format", "json"], "");
    assert_eq!(listed.status.code(), Some(1));
    let listed: serde_json::Value = serde_json::from_slice(&listed.stdout).expect("JSON");
    let expected = serde_json::json!([
        {
            "id": "mayor", "article": "a", "state": "changed", "file": "content/annotations/a.yaml", "line": 7, "column": 35,
            "accepted": [{ "before": "", "words": "The mayor left the hall", "after": "." }],
            "now": { "before": "It is false that the ", "words": "mayor left the hall", "after": "." },
        },
        {
            "id": "crane", "article": "a", "state": "drifted", "file": "content/annotations/a.yaml", "line": 14, "column": 5,
            "accepted": [{ "before": "", "words": "The crane stood still", "after": "." }],
            "now": { "before": "", "words": "The craen stood still", "after": "." },
        },
    ]);
    assert_eq!(listed["waiting"], expected);
}

#[test]
fn an_edit_elsewhere_says_nothing_and_one_in_the_sentence_is_an_error() {
    let dossier = Dossier::accepted();
    dossier.edit(
        "content/articles/a.md",
        "The harbour was closed in June.",
        "The harbour was closed in June. Nobody knew why.",
    );
    dossier.says(&["check", "--locked"], 0, "nothing to report");
    // The quote stays exact, and moves into a sentence that says the contrary.
    dossier.edit("content/articles/a.md", "The mayor left the hall.", "It rained.");
    dossier.edit("content/articles/a.md", "Nobody knew why.", "Nobody claims that The mayor left the hall.");
    dossier.says(&["check"], 1, "passage-changed");
    dossier.says(&["build"], 1, "passage-changed");
    dossier.edit("site.toml", "[lints]\n", "[lints]\npassage-changed = \"warn\"\n");
    dossier.says(&["check"], 0, "warning[passage-changed]");
}

#[test]
fn lines_on_what_is_gone_go_when_all_is_accepted_and_could_be_read() {
    let dossier = Dossier::accepted();
    dossier.edit("content/annotations/a.yaml", "id: vote", "id: ballot");
    dossier.says(&["accept", "ballot"], 0, "1 passage accepted");
    assert_eq!(dossier.ledger().len(), 5, "the old line stays");
    dossier.write("content/annotations/b.yaml", "- type: [\n");
    dossier.says(&["accept", "--all"], 0, "0 passages accepted");
    assert_eq!(dossier.ledger().len(), 5, "what cannot be read is not gone");
    dossier.write("content/annotations/b.yaml", "[]\n");
    dossier.write("content/articles/b.md", "---\ntitle: B\n---\nx\n");
    dossier.says(&["accept", "--all"], 0, "0 passages accepted");
    let left = dossier.ledger();
    assert!(left.len() == 4 && left.iter().all(|line| !line.starts_with("a#vote")), "{left:?}");
}

#[test]
fn a_review_asks_for_each_and_can_take_equal_changes_together() {
    let dossier = Dossier::accepted();
    dossier.edit("content/articles/a.md", "The ", "Perhaps the ");
    dossier.edit("content/annotations/a.yaml", "The council", "council");
    dossier.edit("content/annotations/a.yaml", "'The mayor", "'mayor");
    dossier.edit("content/annotations/a.yaml", "\"The harbour", "\"harbour");
    dossier.edit("content/annotations/a.yaml", "    The crane", "    crane");
    // Three have changed alike; the one without an id is called by its quote, and so is new.
    let review = dossier.run(&["review"], "?\ns\na\ns\nq\n");
    let shown = String::from_utf8_lossy(&review.stdout).into_owned();
    assert!(shown.contains("1 of 4  a#vote (changed)\n  content/annotations/a.yaml:4\n  note · note: x\n"), "{shown}");
    assert!(shown.contains("  [-The-]{+Perhaps the+} council voted for the new tram line in May.\n"), "{shown}");
    assert!(String::from_utf8_lossy(&review.stderr).contains("[e] accept all 3 equal changes"));
    assert_eq!(review.status.code(), Some(1), "some are left");
    assert!(dossier.ledger().contains(&"a#mayor Perhaps the ⟦mayor left the hall⟧.".to_owned()));
    let review = dossier.run(&["review", "a"], "e\na\n");
    assert_eq!(review.status.code(), Some(0), "{}", String::from_utf8_lossy(&review.stderr));
    dossier.says(&["check", "--locked"], 0, "nothing to report");
    assert_eq!(dossier.run(&["review"], "").status.code(), Some(0), "nothing is left to ask");
}

#[test]
fn two_branches_that_both_accept_are_put_together_by_git() {
    let dossier = Dossier::accepted();
    let start = |branch: &str| assert!(dossier.git(&["checkout", "-qb", branch, "main"]), "{branch}");
    assert!(dossier.git(&["init", "-qb", "main"]));
    dossier.commit("start");
    // Lines that stand side by side in the ledger, and a new one on either side at the same place of the article's lines.
    start("one");
    dossier.edit("content/articles/a.md", "in May.", "in early May.");
    dossier.write("content/articles/b.md", "---\ntitle: B\n---\nOne came.\n");
    dossier.write("content/annotations/b.yaml", "- type: note\n  quote: One came\n  note: x\n");
    dossier.says(&["accept", "--all"], 0, "2 passages accepted");
    dossier.commit("one");
    start("two");
    dossier.edit(
        "content/articles/a.md",
        "The harbour was closed in June.",
        "The harbour was closed in June, they say.",
    );
    dossier.write("content/articles/c.md", "---\ntitle: C\n---\nTwo came.\n");
    dossier.write("content/annotations/c.yaml", "- type: note\n  quote: Two came\n  note: x\n");
    dossier.says(&["accept", "--all"], 0, "2 passages accepted");
    dossier.commit("two");
    assert!(dossier.git(&["merge", "-q", "--no-edit", "one"]), "no conflict: {}", dossier.read("dossier.lock"));
    dossier.says(&["check", "--locked"], 0, "nothing to report");
    assert_eq!(dossier.ledger().len(), 6, "no old line comes back: {:?}", dossier.ledger());
    dossier.says(&["accept", "--all"], 0, "0 passages accepted");
    assert!(dossier.ledger().is_sorted(), "{:?}", dossier.ledger());
}

#[test]
fn an_id_that_is_written_later_keeps_what_was_accepted() {
    let dossier = Dossier::accepted();
    dossier.edit("content/annotations/a.yaml", "  quote: \"The harbour", "  id: harbour\n  quote: \"The harbour");
    dossier.says(&["check", "--locked"], 0, "nothing to report");
    dossier.says(&["accept", "--all"], 0, "0 passages accepted");
    assert!(dossier.ledger().contains(&"a#harbour ⟦The harbour was closed in June⟧.".to_owned()));
    assert_eq!(dossier.ledger().len(), 4);
}

#[test]
fn a_passage_that_both_branches_changed_is_left_to_a_person() {
    let dossier = Dossier::accepted();
    assert!(dossier.git(&["init", "-qb", "main"]));
    dossier.commit("start");
    for (branch, month) in [("one", "April"), ("two", "March")] {
        assert!(dossier.git(&["checkout", "-qb", branch, "main"]));
        dossier.edit("content/articles/a.md", "in May.", &format!("in {month}."));
        dossier.says(&["accept", "vote"], 0, "1 passage accepted");
        dossier.commit(branch);
    }
    assert!(!dossier.git(&["merge", "-q", "--no-edit", "one"]), "the article has a conflict");
    dossier.write("content/articles/a.md", &ARTICLE.replace("in May.", "in June."));
    dossier.says(&["check"], 1, "passage-changed");
    dossier.write("content/articles/a.md", &ARTICLE.replace("in May.", "in April."));
    dossier.says(&["check", "--locked"], 0, "nothing to report");
}

#[test]
fn a_conflict_in_the_ledger_is_told_and_nothing_is_written_over_it() {
    let dossier = Dossier::accepted();
    let conflict = format!("<<<<<<< HEAD\n{}=======\n>>>>>>> one\n", dossier.read("dossier.lock"));
    dossier.write("dossier.lock", &conflict);
    dossier.says(&["check"], 1, "git left a conflict here");
    dossier.says(&["accept", "--all"], 1, "`dossier.lock` cannot be read as a whole");
    assert_eq!(dossier.read("dossier.lock"), conflict);
}

#[test]
fn who_has_no_ledger_hears_of_it_once_and_is_not_held_up() {
    let dossier = Dossier::new();
    dossier.edit("content/annotations/a.yaml", "counsil", "council");
    dossier.edit("content/annotations/a.yaml", "cloesd", "closed");
    dossier.says(&["check"], 0, "note: there is no `dossier.lock`");
    dossier.says(&["check", "--locked"], 1, "4 errors");
}
