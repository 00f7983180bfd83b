//! A build replaces and removes what a build wrote, and nothing else: what somebody put into the output stays, to the byte, however
//! often the site is written and whenever a build is killed.

#![cfg(target_os = "linux")]
#![expect(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

use dossier::base::input::Options;
use dossier::edge::write::{self, WriteError, Written};
use dossier::edge::{read, verify};
use proptest::prelude::*;

#[path = "faults/disk.rs"]
mod disk;
use disk::{Disk, passed_over, run};

struct Dossier {
    place: tempfile::TempDir,
}

impl Dossier {
    fn new() -> Self {
        let dossier = Self { place: tempfile::tempdir().expect("a folder") };
        dossier.edition(0);
        dossier.put("dossier/content/pages/p.md", "---\ntitle: P\n---\nText.\n");
        dossier.put("dossier/static/photos/a.jpg", "no photo");
        dossier
    }

    fn at(&self, path: &str) -> PathBuf {
        self.place.path().join(path)
    }

    fn output(&self) -> PathBuf {
        self.at("dossier/public")
    }

    fn edition(&self, number: usize) {
        let text =
            format!("title = \"Edition {number}\"\nbase_url = \"https://example.org/d/\"\n[build]\npreviews = false\n");
        self.put("dossier/site.toml", &text);
    }

    fn put(&self, path: &str, text: &str) {
        put(&self.at(path), text).expect("a file");
    }

    fn command(&self, words: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dossier"));
        command.args(words.split(' ')).current_dir(self.place.path()).stdin(Stdio::null());
        command
    }

    fn build(&self) -> Output {
        self.command("build --root dossier").output().expect("it runs")
    }

    /// What a build says, which is good.
    #[track_caller]
    fn must_build(&self) -> String {
        let done = self.build();
        assert_eq!(done.status.code(), Some(0), "{}", said(&done));
        said(&done)
    }

    /// What a build says that refuses, and that it changed nothing.
    #[track_caller]
    fn must_refuse(&self) -> String {
        let before = tree(&self.output());
        let done = self.build();
        assert_eq!(done.status.code(), Some(2), "{}", said(&done));
        assert_eq!(tree(&self.output()), before);
        said(&done)
    }
}

fn put(path: &Path, text: &str) -> std::io::Result<()> {
    fs::create_dir_all(path.parent().expect("a parent"))?;
    fs::write(path, text)
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Everything below a folder: of a file its bytes, of a link where it leads.
fn tree(folder: &Path) -> BTreeMap<PathBuf, String> {
    let entries = walkdir::WalkDir::new(folder).min_depth(1).into_iter().flatten();
    let one = |entry: walkdir::DirEntry| {
        let path = entry.path().strip_prefix(folder).expect("below").to_path_buf();
        let seen = match entry.file_type() {
            kind if kind.is_symlink() => format!("to {}", entry.path().read_link().expect("a link").display()),
            kind if kind.is_dir() => "folder".to_owned(),
            _ => String::from_utf8_lossy(&fs::read(entry.path()).expect("a file")).into_owned(),
        };
        (path, seen)
    };
    entries.map(one).collect()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a list");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn what_dossier_did_not_write_stays_and_is_told_of_once() {
    let dossier = Dossier::new();
    assert_eq!(dossier.must_build(), "");
    let output = dossier.output();
    for (path, text) in [
        ("CNAME", "example.org"),
        (".git/config", "[core]"),
        (".git/objects/ab/cd", "object"),
        ("articles/.DS_Store", "\0"),
        ("articles/old.html", "an old page"),
        ("photos/mine.jpg", "a photo"),
    ] {
        dossier.put(&format!("dossier/public/{path}"), text);
    }
    fs::create_dir(output.join("empty")).expect("a folder");
    symlink("CNAME", output.join("link")).expect("a link");
    symlink("/nowhere/at/all", output.join("articles/dangling")).expect("a link");
    fs::set_permissions(output.join("CNAME"), fs::Permissions::from_mode(0o640)).expect("it is ours");
    fs::set_permissions(output.join(".git"), fs::Permissions::from_mode(0o555)).expect("it is ours");
    let repository = fs::metadata(output.join(".git")).expect("a folder").ino();
    let with_foreign = tree(&output);
    let note = dossier.must_build();
    assert_eq!(note.lines().count(), 1, "{note}");
    assert!(note.contains("note: `dossier/public` keeps what dossier did not write: `.git`, `CNAME`,"), "{note}");
    assert!(note.contains("and 3 more"), "{note}");
    assert_eq!(tree(&output), with_foreign);
    for number in 1..4 {
        dossier.edition(number);
        // Somebody works in it between two builds.
        dossier.put("dossier/public/.git/HEAD", &format!("commit {number}"));
        assert_eq!(dossier.must_build(), "", "it is told once");
        let now = tree(&output);
        let foreign = |(path, _): &(&PathBuf, &String)| {
            let path = path.to_string_lossy();
            ["CNAME", ".git/", "articles/.", "articles/old", "articles/d", "photos/mine", "empty", "link"]
                .iter()
                .any(|start| path.starts_with(start) && path != ".git/HEAD")
        };
        assert!(with_foreign.iter().filter(foreign).eq(now.iter().filter(foreign)), "{now:?}");
        assert_eq!(now[Path::new(".git/HEAD")], format!("commit {number}"));
    }
    assert_eq!(fs::metadata(output.join(".git")).expect("a folder").ino(), repository, "moved, not copied");
    let mode = |path: &str| fs::metadata(output.join(path)).expect("it is there").permissions().mode() & 0o777;
    assert_eq!((mode(".git"), mode("CNAME")), (0o555, 0o640));
    assert_eq!(names(&dossier.at("dossier")), [".dossier", "content", "public", "site.toml", "static"]);
    // A commit in the repository is no reason to write the site anew.
    dossier.put("dossier/public/.git/HEAD", "another");
    let unchanged = dossier.build();
    assert!(!String::from_utf8_lossy(&unchanged.stdout).contains("indexed"), "{}", said(&unchanged));
    // What comes later is told of too, alone.
    dossier.put("dossier/public/ads.txt", "ads");
    assert!(dossier.must_build().ends_with("did not write: `ads.txt`\n"));
    fs::set_permissions(output.join(".git"), fs::Permissions::from_mode(0o755)).expect("it is ours");
}

#[test]
fn a_place_that_is_not_ours_is_refused_and_the_file_named() {
    type Change = fn(&Dossier);
    let cases: &[(&str, Change, Change, &str)] = &[
        (
            "a file",
            |dossier| dossier.put("dossier/public/CNAME", "theirs"),
            |dossier| dossier.put("dossier/static/CNAME", "ours"),
            "public/CNAME` was not written by dossier",
        ),
        (
            "a page",
            |dossier| dossier.put("dossier/public/about.html", "theirs"),
            |dossier| dossier.put("dossier/content/pages/about.md", "---\ntitle: A\n---\nx\n"),
            "public/about.html` was not written by dossier",
        ),
        (
            "a file where a folder is needed",
            |dossier| dossier.put("dossier/public/maps", "theirs"),
            |dossier| dossier.put("dossier/static/maps/a.png", "ours"),
            "public/maps` was not written by dossier",
        ),
        (
            "a folder where a file is needed",
            |dossier| dossier.put("dossier/public/maps/theirs.png", "theirs"),
            |dossier| dossier.put("dossier/static/maps", "ours"),
            "public/maps` was not written by dossier",
        ),
        (
            "a link in the place of a page",
            |dossier| {
                fs::remove_file(dossier.output().join("p.html")).expect("a page");
                symlink("index.html", dossier.output().join("p.html")).expect("a link");
            },
            |dossier| dossier.edition(1),
            "public/p.html` was not written by dossier",
        ),
        (
            "a link in the place of a folder",
            |dossier| {
                fs::rename(dossier.output().join("articles"), dossier.at("elsewhere")).expect("a folder");
                symlink(dossier.at("elsewhere"), dossier.output().join("articles")).expect("a link");
            },
            |dossier| dossier.edition(1),
            "public/articles` was not written by dossier",
        ),
        (
            "another manifest",
            |dossier| dossier.put("dossier/public/manifest.json", "{\"name\": \"a web application\"}"),
            |dossier| dossier.edition(1),
            "public/manifest.json` is not the list of files",
        ),
    ];
    for (what, foreign, change, message) in cases {
        let dossier = Dossier::new();
        dossier.must_build();
        foreign(&dossier);
        change(&dossier);
        for _ in 0..2 {
            let why = dossier.must_refuse();
            assert!(why.contains(message) && why.contains("move it away"), "{what}: {why}");
        }
        assert_eq!(names(&dossier.at("dossier")), [".dossier", "content", "public", "site.toml", "static"], "{what}");
    }
}

#[test]
fn a_folder_of_two_hands_has_the_files_of_both() {
    let dossier = Dossier::new();
    dossier.must_build();
    dossier.put("dossier/public/maps/theirs.png", "theirs");
    dossier.put("dossier/static/maps/ours.png", "ours");
    dossier.must_build();
    assert_eq!(names(&dossier.output().join("maps")), ["ours.png", "theirs.png"]);
    fs::remove_dir_all(dossier.at("dossier/static/maps")).expect("a folder");
    dossier.must_build();
    assert_eq!(names(&dossier.output().join("maps")), ["theirs.png"]);
}

#[test]
fn what_was_changed_by_hand_is_kept_aside() {
    let dossier = Dossier::new();
    dossier.must_build();
    let fresh = tree(&dossier.output());
    let page = dossier.output().join("p.html");
    let kept = || {
        let all = tree(&dossier.at("dossier/.dossier/edited"));
        all.into_iter().filter(|(_, text)| text != "folder").collect::<Vec<_>>()
    };
    for text in ["by hand", "by hand", "again"] {
        fs::write(&page, text).expect("a page");
        let note = dossier.must_build();
        assert!(
            note.contains("public/p.html` was changed by hand") && note.contains("`dossier/.dossier/edited/p."),
            "{note}"
        );
        assert_eq!(tree(&dossier.output()), fresh);
        assert!(kept().iter().any(|(path, kept)| kept == text && note.contains(path.to_str().expect("a path"))));
    }
    assert_eq!(kept().len(), 2, "the same once");
    // A page that is gone from the dossier too.
    fs::write(&page, "a page that goes").expect("a page");
    fs::remove_file(dossier.at("dossier/content/pages/p.md")).expect("a page");
    assert!(dossier.must_build().contains("changed by hand"));
    assert!(!page.exists() && kept().iter().any(|(_, kept)| kept == "a page that goes"));
    // Where it cannot be kept, nothing is written.
    let home = dossier.output().join("index.html");
    fs::write(&home, "by hand").expect("a page");
    fs::remove_dir_all(dossier.at("dossier/.dossier/edited")).expect("a folder");
    dossier.put("dossier/.dossier/edited", "in the way");
    let done = dossier.build();
    assert_eq!(done.status.code(), Some(3));
    assert!(said(&done).contains("public/index.html` was changed"), "{}", said(&done));
    assert_eq!(fs::read_to_string(&home).expect("a page"), "by hand");
}

#[test]
fn an_output_that_was_emptied_is_filled_again() {
    let dossier = Dossier::new();
    dossier.must_build();
    dossier.put("dossier/public/.git/config", "[core]");
    let whole = tree(&dossier.output());
    // As `rm -rf public/*` does it, which passes over hidden names.
    for name in names(&dossier.output()).into_iter().filter(|name| !name.starts_with('.')) {
        let path = dossier.output().join(name);
        if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }.expect("it was there");
    }
    dossier.must_build();
    assert_eq!(tree(&dossier.output()), whole);
}

#[test]
fn a_disk_that_is_mounted_in_the_output_is_left_alone() {
    let dossier = Dossier::new();
    dossier.must_build();
    let Some(disk) = Disk::new(&dossier.output().join("films"), "1m") else { return };
    fs::write(disk.0.join("film"), "a film").expect("a file");
    dossier.edition(1);
    let done = dossier.build();
    assert_eq!(done.status.code(), Some(3));
    assert!(said(&done).contains("public/films` is a disk of its own"), "{}", said(&done));
    assert_eq!(fs::read_to_string(disk.0.join("film")).expect("a film"), "a film");
    assert_eq!(names(&dossier.at("dossier")), [".dossier", "content", "public", "site.toml", "static"]);
}

/// A build that is killed at a call of the system.
fn killed(dossier: &Dossier, call: &str, when: usize) -> Option<i32> {
    let build = dossier.command("build --root dossier");
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qqq", "-o", "/dev/null", "-e", &format!("inject={call}:signal=KILL:when={when}")]);
    strace.env("RAYON_NUM_THREADS", "1").env_remove("LD_LIBRARY_PATH").current_dir(dossier.place.path());
    strace.arg(build.get_program()).args(build.get_args()).stdout(Stdio::null()).stderr(Stdio::null());
    strace.status().expect("strace runs").code()
}

#[test]
fn killed_at_any_step_nothing_foreign_is_lost() {
    if !run("strace", &["-qqq", "-o", "/dev/null", "-e", "inject=renameat2:error=EINVAL", "true"]) {
        passed_over("`strace` is missing or may not trace");
        return;
    }
    let dossier = Dossier::new();
    dossier.must_build();
    for (path, text) in [("CNAME", "c"), (".git/config", "g"), ("articles/old.html", "o"), ("films/a", "f")] {
        dossier.put(&format!("dossier/public/{path}"), text);
    }
    let foreign = |at: &Path| {
        ["CNAME", ".git/config", "articles/old.html", "films/a"].map(|path| fs::read_to_string(at.join(path)).ok())
    };
    let all = foreign(&dossier.output());
    let (mut number, mut dead) = (0, 0);
    for (call, times) in [("renameat2", 6), ("rename", 3), ("unlink,unlinkat,rmdir", 12), ("mkdir", 3)] {
        for when in 1..=times {
            number += 1;
            dossier.edition(number);
            dead += usize::from(killed(&dossier, call, when).is_none());
            // Even a start with nothing to write brings them back.
            dossier.put("dossier/content/pages/bad.md", "---\ntitel: Bad\n---\n");
            assert_eq!(dossier.build().status.code(), Some(1));
            assert_eq!(foreign(&dossier.output()), all, "{call} {when}");
            fs::remove_file(dossier.at("dossier/content/pages/bad.md")).expect("it was there");
            dossier.must_build();
            assert_eq!(foreign(&dossier.output()), all, "{call} {when}");
            assert_eq!(names(&dossier.at("dossier")), [".dossier", "content", "public", "site.toml", "static"]);
        }
    }
    assert!(dead > 12, "only {dead} of {number} were killed");
}

#[test]
fn what_is_remembered_is_true_of_the_folder_it_lies_in() {
    let dossier = Dossier::new();
    dossier.put("dossier/public.txt", "");
    dossier.must_build();
    let build = |words: &str| {
        let done = dossier.command(words).output().expect("it runs");
        assert_eq!(done.status.code(), Some(0), "{words}: {}", said(&done));
        String::from_utf8_lossy(&done.stdout).contains("indexed")
    };
    let copy = |from: &str, to: &str| {
        let (from, to) = (dossier.at(from), dossier.at(to));
        assert!(run("cp", &["-r", from.to_str().expect("a path"), to.to_str().expect("a path")]));
    };
    assert!(!build("build --root dossier"), "nothing to do");
    copy("dossier", "without");
    fs::remove_dir_all(dossier.at("without/public")).expect("a folder");
    assert!(build("build --root without"));
    assert_eq!(tree(&dossier.at("without/public")), tree(&dossier.output()));
    copy("dossier", "spoilt");
    fs::write(dossier.at("spoilt/public/p.html"), "").expect("a page");
    assert!(build("build --root spoilt"));
    assert_eq!(tree(&dossier.at("spoilt/public")), tree(&dossier.output()));
    // A dossier that was moved has its output in it, and that is as it was.
    fs::rename(dossier.at("dossier"), dossier.at("moved")).expect("a folder");
    assert!(!build("build --root moved"));
    symlink("moved", dossier.at("link")).expect("a link");
    assert!(!build("build --root link"));
    // An output elsewhere is that of whoever wrote it last.
    assert!(build("build --root moved --output site"));
    assert!(!build("build --root moved --output site"));
    copy("moved", "second");
    dossier.put("second/content/pages/q.md", "---\ntitle: Q\n---\nText.\n");
    assert!(build("build --root second --output site"));
    assert!(build("build --root moved --output site"));
    assert!(!dossier.at("site/q.html").exists());
}

/// One thing that happens to a dossier and its output.
#[derive(Clone, Debug)]
enum Step {
    /// Somebody writes a file into the output, or over one.
    Write(usize, u8),
    /// Somebody deletes what is at a path there.
    Delete(usize),
    /// A page comes or changes.
    Page(usize, u8),
    /// A page goes.
    PageGoes(usize),
    /// A file of `static/` comes or changes.
    Static(usize, u8),
    /// The site is written.
    Build,
}

const IN_OUTPUT: &[&str] = &[
    "CNAME",
    ".git/config",
    "p0.html",
    "p1.html",
    "index.html",
    "articles/old.html",
    "maps",
    "maps/a.png",
    "maps/b.png",
    "s.txt/x",
    "deep/er/still",
];
const STATIC: &[&str] = &["maps/a.png", "s.txt", "deep/er/ours", "CNAME"];

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (0..IN_OUTPUT.len(), any::<u8>()).prop_map(|(path, word)| Step::Write(path, word)),
        1 => (0..IN_OUTPUT.len()).prop_map(Step::Delete),
        2 => (0..2_usize, any::<u8>()).prop_map(|(page, word)| Step::Page(page, word)),
        1 => (0..2_usize).prop_map(Step::PageGoes),
        1 => (0..STATIC.len(), any::<u8>()).prop_map(|(path, word)| Step::Static(path, word)),
        4 => Just(Step::Build),
    ]
}

fn write_site(root: &Path, output: &Path) -> Result<Written, WriteError> {
    let inputs = Arc::new(read::folder(root, Options::default()).expect("a dossier"));
    write::write(&dossier::build(&inputs).0, root, output)
}

/// Every file, and nothing of folders.
fn files(folder: &Path) -> BTreeMap<PathBuf, String> {
    tree(folder).into_iter().filter(|(_, text)| text != "folder").collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 200, ..ProptestConfig::default() })]

    /// No byte that somebody wrote is lost, and all else is as if it were built for the first time.
    #[test]
    fn over_any_steps_foreign_files_stay_and_the_rest_is_a_fresh_build(steps in prop::collection::vec(step(), 1..14)) {
        let dossier = Dossier::new();
        let (root, output) = (dossier.at("dossier"), dossier.output());
        write_site(&root, &output).expect("a site");
        let mut ours = files(&output);
        for (number, step) in steps.into_iter().chain([Step::Build]).enumerate() {
            match step {
                Step::Write(path, word) => {
                    let text = format!("theirs {number} {word}");
                    let _ = put(&output.join(IN_OUTPUT[path]), &text);
                }
                Step::Delete(path) => drop(fs::remove_file(output.join(IN_OUTPUT[path]))),
                Step::Page(page, word) => {
                    dossier.put(&format!("dossier/content/pages/p{page}.md"), &format!("---\ntitle: P\n---\nText {word}.\n"));
                }
                Step::PageGoes(page) => drop(fs::remove_file(root.join(format!("content/pages/p{page}.md")))),
                Step::Static(path, word) => dossier.put(&format!("dossier/static/{}", STATIC[path]), &format!("static {word}")),
                Step::Build => {
                    let before = tree(&output);
                    let words: Vec<&String> = before.values().filter(|text| text.starts_with("theirs")).collect();
                    let theirs: BTreeMap<_, _> = files(&output).into_iter().filter(|(path, _)| !ours.contains_key(path)).collect();
                    match write_site(&root, &output) {
                        Err(WriteError::Refused(_)) => prop_assert_eq!(tree(&output), before),
                        Err(error) => prop_assert!(false, "{:?}", error),
                        Ok(_) => {
                            let place = tempfile::tempdir().expect("a folder");
                            write_site(&root, &place.path().join("fresh")).expect("a site");
                            ours = files(&place.path().join("fresh"));
                            let mut expected = theirs;
                            expected.extend(ours.clone());
                            prop_assert_eq!(files(&output), expected);
                            let manifest = verify::manifest(&output.join("manifest.json")).expect("a manifest");
                            let report = verify::folder(&output, &manifest).expect("a copy");
                            prop_assert!(report.missing.is_empty() && report.changed.is_empty());
                            let kept = files(&output).into_values().chain(files(&root.join(".dossier")).into_values());
                            let kept: BTreeSet<String> = kept.collect();
                            prop_assert!(words.into_iter().all(|word| kept.contains(word)));
                        }
                    }
                }
            }
            prop_assert_eq!(names(&root).iter().filter(|name| name.starts_with(".public")).count(), 0);
        }
    }
}
