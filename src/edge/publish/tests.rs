//! Plans as data, and publications that are killed at every step, against a target in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use proptest::prelude::*;

use super::plan::summary;
use super::*;

/// A site of files, each with a word for its bytes: `index.html=1 a.css=2`.
fn site(files: &str) -> Manifest {
    let file = |text: &str| text.split_once('=').map(|(path, word)| (path.to_owned(), Entry::of(word.as_bytes())));
    Manifest { site: "https://example.org/".to_owned(), files: files.split_whitespace().filter_map(file).collect() }
}

fn words(text: &str) -> BTreeSet<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

/// Steps as text: `begin a b | put a | manifest | delete b | end`.
fn steps(survey: &Survey, new: &Manifest, force: bool) -> String {
    let line = |step: &Step| match step {
        Step::Begin(journal) => format!("begin {}", journal.touched.iter().cloned().collect::<Vec<_>>().join(" ")),
        Step::Put(paths) => format!("put {}", paths.join(" ")),
        Step::Manifest => "manifest".to_owned(),
        Step::Delete(paths) => format!("delete {}", paths.join(" ")),
        Step::End => "end".to_owned(),
    };
    match plan(survey, new, force) {
        Ok(steps) => steps.iter().map(line).collect::<Vec<_>>().join(" | "),
        Err(Refusal::Taken(files, first)) => format!("taken {files} {first}"),
        Err(Refusal::Other(site)) => format!("other {site}"),
    }
}

#[track_caller]
fn check(survey: &Survey, new: &str, force: bool, expected: &str) {
    assert_eq!(steps(survey, &site(new), force), expected);
}

fn published(files: &str) -> Survey {
    Survey { manifest: Some(site(files)), ..Survey::default() }
}

fn found(files: &str) -> Survey {
    Survey { files: words(files), ..Survey::default() }
}

#[test]
fn what_is_needed_goes_first_and_what_announces_last() {
    check(
        &published("index.html=1 a.html=1 old.1.css=1 gone.html=1 same.html=1"),
        "index.html=2 a.html=1 b.html=1 new.2.css=1 feed.xml=1 same.html=1",
        false,
        "begin b.html feed.xml gone.html index.html new.2.css old.1.css | put new.2.css | put b.html | put index.html \
         | put feed.xml | manifest | delete gone.html old.1.css | end",
    );
}

#[test]
fn a_site_that_is_there_already_is_left_alone() {
    check(&published("index.html=1"), "index.html=1", false, "");
}

#[test]
fn the_first_publication_deletes_nothing() {
    check(&found(""), "index.html=1", false, "begin index.html | put index.html | manifest | end");
    check(&found("CNAME wp/login.php"), "a=1", false, "begin a | put a | manifest | end");
}

#[test]
fn without_a_manifest_a_site_is_not_overwritten_unless_forced() {
    check(&found("index.html a.html x"), "index.html=1 a.html=1", false, "taken 2 a.html");
    check(&found("manifest.json"), "index.html=1", false, "taken 1 manifest.json");
    let mut known = found("index.html a.html x .git/config");
    known.holds = site("a.html=1").files;
    check(&known, "index.html=1 a.html=1", true, "begin index.html x | put index.html | manifest | delete x | end");
}

#[test]
fn what_stands_where_a_new_file_goes_is_not_overwritten() {
    let mut taken = published("index.html=1");
    taken.files = words("CNAME");
    check(&taken, "index.html=1 CNAME=1", false, "taken 1 CNAME");
    check(&taken, "index.html=1 CNAME=1", true, "begin CNAME index.html | put CNAME | put index.html | manifest | end");
}

#[test]
fn the_site_of_another_dossier_is_not_replaced_unless_forced() {
    let mut other = published("index.html=1 theirs.html=1");
    if let Some(manifest) = &mut other.manifest {
        manifest.site = "https://example.org/other/".to_owned();
    }
    check(&other, "index.html=1", false, "other https://example.org/other/");
    other.holds = site("index.html=1").files;
    check(&other, "index.html=1", true, "begin theirs.html | manifest | delete theirs.html | end");
}

#[test]
fn what_others_changed_is_mended_when_forced() {
    let mut spoilt = published("a=1 b=1 c=1");
    check(&spoilt, "a=1 b=1 c=1", false, "");
    // `b` is another, and `c` is not there.
    spoilt.holds = site("a=1 b=2").files;
    check(&spoilt, "a=1 b=1 c=1", true, "begin b c | put b c | end");
}

#[test]
fn what_a_killed_publication_touched_is_not_trusted() {
    // It had sent `b`, perhaps `c`, and begun to delete `a`; `d` it had not touched.
    let mut survey = published("a=1 b=1 c=1 d=1");
    survey.journal = Some(Journal { touched: words("a b c new"), ..Journal::default() });
    survey.holds = site("b=2 c=1").files;
    // Back to what was there before: `b` has to be sent again, though the manifest says that it is the same.
    check(&survey, "a=1 b=1 c=1 d=1", false, "begin a b c new | put a b | delete new | end");
    check(&survey, "b=2 c=2 d=1", false, "begin a b c new | put c | manifest | delete a new | end");
}

#[test]
fn what_is_in_the_way_goes_first() {
    check(
        &published("data=1 maps/a=1 maps/b/c=1 z=1"),
        "data/x=1 maps=1",
        false,
        "begin data data/x maps maps/a maps/b/c z | delete data maps/a maps/b/c | put data/x maps | manifest | delete z | end",
    );
}

#[test]
fn a_summary_counts() {
    let steps = plan(&published("a=1 b=1"), &site("a=2 c=1"), false).expect("a plan");
    assert_eq!(summary(&steps), "2 files sent, 1 deleted");
}

#[test]
fn a_journal_from_elsewhere_cannot_name_what_is_outside() {
    assert_eq!(Journal::from_json(br#"{"touched":["../../etc/passwd"]}"#), None);
    let journal = Journal { touched: words("a b/c"), ..Journal::default() };
    assert_eq!(Journal::from_json(&journal.to_json()), Some(journal));
}

/// A target in memory that stops after some operations, each on one file.
#[derive(Clone, Default)]
struct Memory {
    files: BTreeMap<String, Vec<u8>>,
    left: usize,
    /// Pages that named what was not there, at any instant.
    broken: Vec<String>,
}

impl Memory {
    fn operation(&mut self) -> Result<(), PublishError> {
        self.left = self.left.checked_sub(1).ok_or_else(|| PublishError::Failed("killed".to_owned()))?;
        Ok(())
    }

    /// Every page names a style sheet by its first line, and that has to be there before.
    fn look(&mut self) {
        for (path, bytes) in self.files.iter().filter(|(path, _)| path.ends_with(".html")) {
            let text = String::from_utf8_lossy(bytes);
            for named in text.split_whitespace().filter(|named| !self.files.contains_key(*named)) {
                self.broken.push(format!("{path} names {named}"));
            }
        }
    }
}

impl Target for Memory {
    fn read(&mut self, path: &str) -> Result<Option<Vec<u8>>, PublishError> {
        Ok(self.files.get(path).cloned())
    }

    fn list(&mut self) -> Result<BTreeSet<String>, PublishError> {
        Ok(self.files.keys().cloned().collect())
    }

    fn holds(&mut self, paths: &[&str]) -> Result<BTreeMap<String, Entry>, PublishError> {
        let held = paths.iter().filter_map(|path| Some(((*path).to_owned(), Entry::of(self.files.get(*path)?))));
        Ok(held.collect())
    }

    fn put(&mut self, from: &Path, paths: &[&str], sent: &mut dyn FnMut(usize)) -> Result<(), PublishError> {
        for (number, path) in paths.iter().enumerate() {
            self.operation()?;
            let bytes = fs::read(from.join(path)).map_err(|error| PublishError::Failed(error.to_string()))?;
            self.files.insert((*path).to_owned(), bytes);
            self.look();
            sent(number + 1);
        }
        Ok(())
    }

    fn delete(&mut self, paths: &[&str]) -> Result<(), PublishError> {
        for path in paths {
            self.operation()?;
            self.files.remove(*path);
            self.look();
        }
        Ok(())
    }

    fn finish(&mut self, _: &str) -> Result<(), PublishError> {
        self.operation()
    }
}

/// Writes a site to a folder; a page names a style sheet whose name changes with each edition.
fn write(folder: &Path, pages: &BTreeMap<u8, u8>) -> Manifest {
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    for (page, edition) in pages {
        let style = format!("style.{edition}.css");
        files.insert(format!("p{page}.html"), style.clone());
        files.insert(style, edition.to_string());
    }
    for (path, text) in &files {
        fs::write(folder.join(path), text).expect("a file");
    }
    let entries = files.iter().map(|(path, text)| (path.clone(), Entry::of(text.as_bytes())));
    let manifest = Manifest { site: "https://example.org/".to_owned(), files: entries.collect() };
    fs::write(folder.join(manifest::PATH), manifest.to_json()).expect("a file");
    manifest
}

/// One publication, which may be killed.
fn publish(folder: &Path, new: &Manifest, target: &mut Memory) -> Result<(), PublishError> {
    let survey = survey(target, new, false)?;
    let steps = plan(&survey, new, false).expect("nothing of others is in the way");
    run(&steps, folder, new, target, |_| {})
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    /// Sites one after the other, each publication killed after some operations; the last one ends. Whatever happened before,
    /// the target then is the last site, beside the files of others, and no page ever named what was not there.
    #[test]
    fn killed_however_often_the_target_becomes_the_site(
        editions in prop::collection::vec((prop::collection::btree_map(0..5_u8, 0..3_u8, 0..5), 0..16_usize), 1..6),
    ) {
        let mut target = Memory::default();
        target.files.insert("CNAME".to_owned(), b"example.org".to_vec());
        let last = editions.len() - 1;
        for (number, (pages, operations)) in editions.iter().enumerate() {
            let folder = tempfile::tempdir().expect("a folder");
            let new = write(folder.path(), pages);
            target.left = if number == last { usize::MAX } else { *operations };
            let ended = publish(folder.path(), &new, &mut target);
            if number < last {
                continue;
            }
            prop_assert!(ended.is_ok(), "{ended:?}");
            let mut expected: BTreeMap<String, Entry> = new.files.clone();
            expected.insert("CNAME".to_owned(), Entry::of(b"example.org"));
            expected.insert(manifest::PATH.to_owned(), Entry::of(&new.to_json()));
            let found: BTreeMap<String, Entry> =
                target.files.iter().map(|(path, bytes)| (path.clone(), Entry::of(bytes))).collect();
            prop_assert_eq!(found, expected);
            let before = target.clone();
            publish(folder.path(), &new, &mut target).expect("nothing is left to do");
            prop_assert_eq!(&before.files, &target.files);
        }
        prop_assert!(target.broken.is_empty(), "{:?}", target.broken);
    }
}
