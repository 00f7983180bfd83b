//! The output is the old site or the new one, whatever happens: a kill at any instant, a full disk, a closed folder, another build.
//!
//! Faults are real: processes are killed, disks are small. What needs root or `strace` says so and is passed over without.

#![cfg(target_os = "linux")]
#![expect(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use dossier::edge::{verify, write};

#[path = "faults/disk.rs"]
mod disk;
use disk::{Disk, is_root, passed_over, run};

const PAGE: &str = "---\ntitle: P\n---\nText.\n";

/// A dossier whose every page says which edition it is of.
struct Dossier {
    root: tempfile::TempDir,
}

impl Dossier {
    fn new() -> Self {
        let dossier = Self { root: tempfile::tempdir().expect("a folder") };
        dossier.put("site.toml", "title = \"Edition 0\"\nbase_url = \"https://example.org/d/\"\n");
        for number in 0..60 {
            dossier.put(&format!("content/pages/p{number}.md"), PAGE);
        }
        dossier.put("static/large.bin", &"large".repeat(40_000));
        dossier
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.root.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    fn edition(&self, number: usize) {
        self.put("site.toml", &format!("title = \"Edition {number}\"\nbase_url = \"https://example.org/d/\"\n"));
    }

    /// `dossier build` into a folder.
    fn build(&self, output: &Path) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dossier"));
        command.arg("build").arg("--root").arg(self.root.path()).arg("--output").arg(output);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    #[track_caller]
    fn must_build(&self, output: &Path) {
        let done = self.build(output).output().expect("it runs");
        assert_eq!(done.status.code(), Some(0), "{}", said(&done));
    }

    /// A build that fails for a reason of the machine; what it says.
    #[track_caller]
    fn must_fail(&self, output: &Path) -> String {
        let done = self.build(output).output().expect("it runs");
        assert_eq!(done.status.code(), Some(3), "{}", said(&done));
        said(&done)
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The edition of a site that is whole: every file is as its manifest says, and all pages are of one edition.
#[track_caller]
fn edition(output: &Path) -> usize {
    let manifest = verify::manifest(&output.join("manifest.json")).expect("a manifest");
    let report = verify::folder(output, &manifest).expect("a copy");
    assert!(report.is_whole(), "{report:?}");
    let of = |page: &str| {
        let html = fs::read_to_string(output.join(page)).expect("a page");
        let (_, after) = html.split_once("Edition ").expect("an edition");
        after.chars().take_while(char::is_ascii_digit).collect::<String>().parse::<usize>().expect("a number")
    };
    let editions: Vec<usize> =
        manifest.files.keys().filter(|path| path.ends_with(".html")).map(|page| of(page)).collect();
    assert!(editions.len() > 60 && editions.iter().all(|edition| *edition == editions[0]), "{editions:?}");
    editions[0]
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a list");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn killed_at_any_instant_the_site_is_whole_and_the_next_build_clears_up() {
    let dossier = Dossier::new();
    let place = tempfile::tempdir().expect("a folder");
    let output = place.path().join("public");
    let started = Instant::now();
    dossier.must_build(&output);
    let mut whole = started.elapsed();
    let (mut random, mut done, mut killed) = (0x9e37_79b9_7f4a_7c15_u64, 0, 0);
    let mut last = 0;
    for number in 1.. {
        if number > 40 && killed > 5 {
            break;
        }
        last = number;
        dossier.edition(number);
        let mut build = dossier.build(&output).spawn().expect("it runs");
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        std::thread::sleep(whole.mul_f64((random >> 40) as f64 / f64::from(1 << 24) * 1.2));
        match number % 2 {
            0 => build.kill().expect("it can be killed"),
            _ => {
                let id = rustix::process::Pid::from_child(&build);
                let _ = rustix::process::kill_process(id, rustix::process::Signal::TERM);
            }
        }
        match build.wait().expect("it ends").code() {
            Some(0) => {
                done = number;
                // It was faster than the one before: the next is killed earlier.
                whole = whole.mul_f64(0.8);
            }
            Some(code) => panic!("exit code {code}"),
            None => killed += 1,
        }
        let there = edition(&output);
        assert!(there == done || there == number, "edition {there} after {number}, and {done} was the last that ended");
        done = there;
    }
    assert!(killed > 5, "only {killed} were killed in time");
    dossier.must_build(&output);
    assert_eq!((edition(&output), names(place.path())), (last, vec!["public".to_owned()]));
}

/// Runs a build in which `strace` makes calls of the system fail or kills the process at them.
fn with_faults(dossier: &Dossier, output: &Path, faults: &[&str]) -> Option<i32> {
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qqq", "-o", "/dev/null"]);
    for fault in faults {
        strace.args(["-e", fault]);
    }
    let build = dossier.build(output);
    let status =
        strace.arg(build.get_program()).args(build.get_args()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.expect("strace runs").code()
}

fn has_strace() -> bool {
    let works = run("strace", &["-qqq", "-o", "/dev/null", "-e", "inject=renameat2:error=EINVAL", "true"]);
    if !works {
        passed_over("`strace` is missing or may not trace");
    }
    works
}

#[test]
fn killed_at_each_step_of_the_swap_the_site_is_whole() {
    if !has_strace() {
        return;
    }
    let dossier = Dossier::new();
    let place = tempfile::tempdir().expect("a folder");
    let output = place.path().join("public");
    dossier.must_build(&output);
    let (mut number, mut killed) = (0, 0);
    for calls in ["renameat2", "flock", "chmod", "unlink,unlinkat,rmdir", "mkdir"] {
        for when in [1, 2, 3, 20, 64] {
            number += 1;
            dossier.edition(number);
            let before = edition(&output);
            let ended = with_faults(&dossier, &output, &[&format!("inject={calls}:signal=KILL:when={when}")]);
            killed += usize::from(ended.is_none());
            let there = edition(&output);
            assert!(there == number || (there == before && ended != Some(0)), "{calls} {when}: {there} of {number}");
        }
    }
    assert!(killed > 10, "only {killed} of {number} were killed");
    dossier.must_build(&output);
    assert_eq!((edition(&output), names(place.path())), (number, vec!["public".to_owned()]));
}

/// The calls of a build that end in these, in their order.
fn calls(dossier: &Dossier, output: &Path, named: &[&str]) -> Vec<String> {
    let log = output.with_extension("log");
    let build = dossier.build(output);
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qqq", "-e", &format!("trace={}", named.join(",")), "-o"]).arg(&log);
    let status =
        strace.arg(build.get_program()).args(build.get_args()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    assert!(status.expect("strace runs").success());
    let said = fs::read_to_string(&log).expect("a log");
    fs::remove_file(&log).expect("it was there");
    let call = |line: &str| named.iter().find(|name| line.contains(&format!("{name}("))).map(|name| (*name).to_owned());
    said.lines().filter_map(call).collect()
}

#[test]
fn what_was_written_is_on_the_disk_before_it_takes_its_place() {
    if !has_strace() {
        return;
    }
    let dossier = Dossier::new();
    let place = tempfile::tempdir().expect("a folder");
    let output = place.path().join("public");
    dossier.must_build(&output);
    dossier.edition(1);
    assert_eq!(calls(&dossier, &output, &["syncfs", "renameat2"]), ["syncfs", "renameat2"]);
}

#[test]
fn without_an_exchange_a_killed_swap_is_undone_by_the_next_start() {
    if !has_strace() {
        return;
    }
    let dossier = Dossier::new();
    let place = tempfile::tempdir().expect("a folder");
    let output = place.path().join("public");
    dossier.must_build(&output);
    let none = "inject=renameat2:error=EINVAL";
    let (mut gone, mut number) = (0, 0);
    for when in 1..=3 {
        number += 1;
        dossier.edition(number);
        with_faults(&dossier, &output, &[none, &format!("inject=rename:signal=KILL:when={when}")]);
        gone += usize::from(!output.exists());
        // The next start is one that has nothing to write.
        dossier.put("content/pages/bad.md", "---\ntitel: Bad\n---\n");
        assert_eq!(dossier.build(&output).output().expect("it runs").status.code(), Some(1));
        let there = edition(&output);
        assert!([number - 1, number].contains(&there), "{when}: {there} of {number}");
        fs::remove_file(dossier.root.path().join("content/pages/bad.md")).expect("it was there");
        with_faults(&dossier, &output, &[none]);
        assert_eq!(edition(&output), number);
    }
    assert_eq!(gone, 1, "between the two renames there is no site");
    // And when the second of them fails, the first is undone at once.
    dossier.edition(9);
    let ended = with_faults(&dossier, &output, &[none, "inject=rename:error=EACCES:when=2"]);
    assert_eq!((ended, edition(&output)), (Some(3), number));
    dossier.must_build(&output);
    assert_eq!((edition(&output), names(place.path())), (9, vec!["public".to_owned()]));
}

#[test]
fn a_disk_without_links_keeps_the_times_of_unchanged_files_all_the_same() {
    if !has_strace() {
        return;
    }
    let dossier = Dossier::new();
    let place = tempfile::tempdir().expect("a folder");
    let output = place.path().join("public");
    dossier.must_build(&output);
    let time = |path: &str| fs::metadata(output.join(path)).and_then(|metadata| metadata.modified()).expect("a time");
    let files = ["robots.txt", "large.bin", "p1.html", "manifest.json"];
    let before = files.map(time);
    let kept = || files.map(time).iter().zip(&before).map(|(now, before)| now == before).collect::<Vec<_>>();
    assert_eq!(with_faults(&dossier, &output, &["inject=link,linkat:error=EPERM"]), Some(0));
    assert_eq!(kept(), [true; 4]);
    dossier.edition(1);
    assert_eq!(with_faults(&dossier, &output, &["inject=link,linkat:error=EPERM"]), Some(0));
    assert_eq!(kept(), [true, true, false, false]);
}

#[test]
fn a_full_disk_leaves_the_old_site_and_nothing_else() {
    let dossier = Dossier::new();
    let place = tempfile::tempdir().expect("a folder");
    let Some(disk) = Disk::new(&place.path().join("disk"), "4m") else { return };
    let output = disk.0.join("public");
    dossier.must_build(&output);
    dossier.edition(1);
    dossier.put("static/film.bin", &"x".repeat(6 << 20));
    let why = dossier.must_fail(&output);
    assert!(why.contains("could not be written") && why.contains("No space left"), "{why}");
    assert_eq!((edition(&output), names(&disk.0)), (0, vec!["public".to_owned()]));
    fs::remove_file(dossier.root.path().join("static/film.bin")).expect("it was there");
    dossier.must_build(&output);
    assert_eq!(edition(&output), 1);
}

#[test]
fn a_disk_that_may_only_be_read_is_told_so() {
    let dossier = Dossier::new();
    let place = tempfile::tempdir().expect("a folder");
    let Some(disk) = Disk::new(&place.path().join("disk"), "8m") else { return };
    let output = disk.0.join("public");
    dossier.must_build(&output);
    disk.remount("ro");
    let why = dossier.must_fail(&output);
    assert!(why.contains("no permission to write in") && why.contains("--output"), "{why}");
    assert_eq!(edition(&output), 0);
}

#[test]
fn an_output_that_is_a_disk_of_its_own_is_told_so() {
    let dossier = Dossier::new();
    let place = tempfile::tempdir().expect("a folder");
    let Some(disk) = Disk::new(&place.path().join("public"), "8m") else { return };
    let why = dossier.must_fail(&disk.0);
    assert!(why.contains("disk of its own") && why.contains("public/site"), "{why}");
    assert_eq!((names(&disk.0).len(), names(place.path())), (0, vec!["public".to_owned()]));
    dossier.must_build(&disk.0.join("site"));
    assert_eq!(edition(&disk.0.join("site")), 0);
}

/// A build by somebody who is not root: root may write anywhere.
fn build_without_privileges(dossier: &Dossier, place: &Path, output: &Path) -> Output {
    let build = dossier.build(output);
    if !is_root() {
        return dossier.build(output).output().expect("it runs");
    }
    // It is nobody who builds, with a program that nobody may read too.
    let program = place.join("dossier");
    if !program.exists() {
        fs::copy(env!("CARGO_BIN_EXE_dossier"), &program).expect("a copy");
    }
    let mut nobody = Command::new("setpriv");
    nobody.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(&program).args(build.get_args());
    nobody.output().expect("setpriv runs")
}

fn open(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("it is ours");
}

#[test]
fn a_folder_without_permission_is_told_so() {
    let dossier = Dossier::new();
    let place = tempfile::tempdir().expect("a folder");
    let closed = place.path().join("closed");
    let output = closed.join("public");
    fs::create_dir(&closed).expect("a folder");
    dossier.must_build(&output);
    open(&closed, 0o555);
    open(place.path(), 0o755);
    open(dossier.root.path(), 0o755);
    let done = build_without_privileges(&dossier, place.path(), &output);
    assert_eq!(done.status.code(), Some(3), "{}", said(&done));
    assert!(said(&done).contains("no permission to write in"), "{}", said(&done));
    assert_eq!((edition(&output), names(&closed)), (0, vec!["public".to_owned()]));
    open(&closed, 0o755);
}

#[test]
fn a_site_that_is_protected_from_changes_is_replaced_and_leaves_nothing() {
    let dossier = Dossier::new();
    let place = tempfile::tempdir().expect("a folder");
    let shared = place.path().join("shared");
    let output = shared.join("public");
    fs::create_dir(&shared).expect("a folder");
    open(&shared, 0o777);
    open(place.path(), 0o755);
    open(dossier.root.path(), 0o755);
    for number in 0..3 {
        dossier.edition(number);
        let done = build_without_privileges(&dossier, place.path(), &output);
        assert_eq!((done.status.code(), said(&done).as_str()), (Some(0), ""), "{number}");
        assert_eq!((edition(&output), names(&shared)), (number, vec!["public".to_owned()]));
        for folder in [output.join("articles"), output.clone()] {
            open(&folder, 0o555);
        }
    }
    // So that it can be taken away.
    for folder in [output.clone(), output.join("articles")] {
        open(&folder, 0o755);
    }
}

#[test]
fn the_second_of_two_builds_says_who_holds_the_output() {
    let dossier = Dossier::new();
    let place = tempfile::tempdir().expect("a folder");
    let output = place.path().join("public");
    dossier.must_build(&output);
    let held = write::Lock::take(&output).expect("it is free").expect("this disk knows locks");
    dossier.edition(1);
    let why = dossier.must_fail(&output);
    assert!(why.contains(&format!("(process {})", std::process::id())), "{why}");
    assert_eq!(edition(&output), 0);
    drop(held);
    dossier.must_build(&output);
    assert_eq!((edition(&output), names(place.path())), (1, vec!["public".to_owned()]));
}

#[test]
fn many_builds_at_once_leave_one_whole_site() {
    let dossier = Dossier::new();
    let place = tempfile::tempdir().expect("a folder");
    let output = place.path().join("public");
    for _ in 0..4 {
        let builds: Vec<_> = (0..4).map(|_| dossier.build(&output).spawn().expect("it runs")).collect();
        let ended: Vec<_> = builds.into_iter().map(|build| build.wait_with_output().expect("it ends")).collect();
        let codes: Vec<_> = ended.iter().map(|output| output.status.code()).collect();
        assert!(codes.contains(&Some(0)), "{}", ended.iter().map(said).collect::<String>());
        assert!(codes.iter().all(|code| [Some(0), Some(3)].contains(code)), "{codes:?}");
        assert_eq!((edition(&output), names(place.path())), (0, vec!["public".to_owned()]));
    }
}

#[test]
fn an_output_that_is_a_link_stays_one() {
    let dossier = Dossier::new();
    let place = tempfile::tempdir().expect("a folder");
    let (real, link) = (place.path().join("elsewhere/site"), place.path().join("public"));
    symlink("elsewhere/site", &link).expect("a link");
    // At first it leads to nothing.
    for number in 0..2 {
        dossier.edition(number);
        dossier.must_build(&link);
        assert!(link.is_symlink() && !real.is_symlink());
        assert_eq!((edition(&real), names(&place.path().join("elsewhere"))), (number, vec!["site".to_owned()]));
    }
    assert_eq!(names(place.path()), ["elsewhere", "public"]);
    let ring = place.path().join("ring");
    symlink("ring", &ring).expect("a link");
    assert!(dossier.must_fail(&ring).contains("ring"));
    let content = place.path().join("content");
    symlink(dossier.root.path().join("content"), &content).expect("a link");
    assert_eq!(dossier.build(&content).output().expect("it runs").status.code(), Some(2), "the editors' own");
}

#[test]
fn who_may_read_the_output_stays_as_it_was() {
    let dossier = Dossier::new();
    let place = tempfile::tempdir().expect("a folder");
    let output = place.path().join("public");
    dossier.must_build(&output);
    fs::set_permissions(&output, fs::Permissions::from_mode(0o750)).expect("it is ours");
    dossier.must_build(&output);
    assert_eq!(fs::metadata(&output).expect("a folder").permissions().mode() & 0o7777, 0o750);
}

#[test]
fn a_lock_file_that_nobody_holds_is_in_nobodys_way() {
    let dossier = Dossier::new();
    let place = tempfile::tempdir().expect("a folder");
    let output = place.path().join("public");
    fs::write(place.path().join(".public.lock"), "4194304").expect("a file");
    let started = Instant::now();
    dossier.must_build(&output);
    assert!(started.elapsed() < Duration::from_secs(60));
    assert_eq!(names(place.path()), ["public"]);
}

/// The number of the folder: a build puts another in its place.
fn number(folder: &Path) -> u64 {
    fs::metadata(folder).expect("a folder").ino()
}

/// Changes a byte of a file and sets its time back, as if nothing had happened.
fn secretly(path: &Path) {
    // A system's clock for files may tick 100 times a second only.
    std::thread::sleep(Duration::from_millis(30));
    let time = fs::metadata(path).and_then(|metadata| metadata.modified()).expect("a time");
    let mut bytes = fs::read(path).expect("a file");
    bytes[0] ^= 1;
    fs::write(path, bytes).expect("a file");
    fs::File::options().write(true).open(path).and_then(|file| file.set_modified(time)).expect("it is ours");
}

#[test]
fn a_site_is_made_again_when_anything_has_changed_and_only_then() {
    type Change = fn(&Path, &Path);
    let changes: &[(&str, Change, bool)] = &[
        ("nothing", |_, _| {}, false),
        ("what is hidden", |root, _| fs::write(root.join("content/.note"), "x").expect("a file"), false),
        ("the time of a text", |root, _| fs::write(root.join("content/pages/p0.md"), PAGE).expect("a file"), false),
        (
            "a text",
            |root, _| fs::write(root.join("content/pages/p0.md"), "---\ntitle: Q\n---\n").expect("a file"),
            true,
        ),
        ("a new text", |root, _| fs::write(root.join("content/pages/q.md"), PAGE).expect("a file"), true),
        ("a text less", |root, _| fs::remove_file(root.join("content/pages/q.md")).expect("a file"), true),
        ("a file, secretly", |root, _| secretly(&root.join("static/large.bin")), true),
        ("a page, secretly", |_, output| secretly(&output.join("p1.html")), true),
        ("a page less", |_, output| fs::remove_file(output.join("p1.html")).expect("a file"), true),
        ("the whole output", |_, output| fs::remove_dir_all(output).expect("a folder"), true),
        ("what is remembered", |root, _| fs::write(root.join(".dossier/built.json"), "{").expect("a file"), true),
    ];
    let dossier = Dossier::new();
    dossier.put("content/pages/found.md", "---\ntitle: F\n---\n![](https://example.org/a.png)\n");
    let place = tempfile::tempdir().expect("a folder");
    let (output, other) = (place.path().join("public"), place.path().join("other"));
    let first = said(&dossier.build(&output).output().expect("it runs"));
    assert!(first.contains("remote-image"), "{first}");
    for (what, change, again) in changes {
        change(dossier.root.path(), &output);
        // What a killed build left goes in any case.
        fs::create_dir(place.path().join(".public.new-7")).expect("a folder");
        let before = if output.exists() { number(&output) } else { 0 };
        let done = dossier.build(&output).output().expect("it runs");
        let stdout = String::from_utf8_lossy(&done.stdout).into_owned();
        assert!(
            done.status.success() && stdout.trim_end().lines().last().is_some_and(|line| line.starts_with("built "))
        );
        let found: String = said(&done).split_inclusive('\n').filter(|line| !line.starts_with("note: ")).collect();
        assert_eq!(found, first, "{what}: what was found is told again");
        assert_eq!(before != number(&output), *again, "{what}");
        assert_eq!(names(place.path()), ["public"], "{what}");
        // A build elsewhere remembers nothing of this one.
        dossier.must_build(&other);
        assert!(run("diff", &["-r", output.to_str().expect("a path"), other.to_str().expect("a path")]), "{what}");
        fs::remove_dir_all(&other).expect("a folder");
        dossier.must_build(&output);
    }
    let drafts = dossier.build(&output).arg("--drafts").output().expect("it runs");
    assert!(String::from_utf8_lossy(&drafts.stdout).contains("indexed"), "with other options it is made again");
}

/// Who builds once with a closed mask, and then with an open one, means all files, those that did not change too.
#[test]
fn an_unchanged_file_has_the_rights_that_a_new_one_gets() {
    let dossier = Dossier::new();
    let place = tempfile::tempdir().expect("a folder");
    let output = place.path().join("public");
    let build = |mask: &str| {
        let build = dossier.build(&output);
        let words: Vec<String> = [build.get_program()]
            .into_iter()
            .chain(build.get_args())
            .map(|word| format!("'{}'", word.to_string_lossy()))
            .collect();
        assert!(run("sh", &["-c", &format!("umask {mask}; {}", words.join(" "))]), "{mask}");
    };
    let rights = |path: &str| fs::metadata(output.join(path)).expect("a file").permissions().mode() & 0o777;
    for (mask, expected) in [("077", 0o600), ("022", 0o644), ("022", 0o644), ("002", 0o664), ("077", 0o600)] {
        let time = fs::metadata(output.join("p1.html")).and_then(|metadata| metadata.modified()).ok();
        build(mask);
        for path in ["index.html", "p1.html", "large.bin", "manifest.json", "dossier.json"] {
            assert_eq!(rights(path), expected, "{path} under {mask}");
        }
        let now = fs::metadata(output.join("p1.html")).and_then(|metadata| metadata.modified()).ok();
        assert!(time.is_none() || time == now, "it did not change");
    }
}

/// What lies ready under the names that a build uses beside its output and in `.dossier` is not touched.
#[test]
fn nothing_is_written_through_links_that_lie_ready() {
    use std::os::unix::fs::symlink;
    let dossier = Dossier::new();
    let place = tempfile::tempdir().expect("a folder");
    let (output, theirs) = (place.path().join("public"), place.path().join("theirs"));
    fs::create_dir(&theirs).expect("a folder");
    fs::write(theirs.join("keys"), "theirs").expect("a file");
    let untouched = || {
        assert_eq!(fs::read_to_string(theirs.join("keys")).expect("a file"), "theirs");
        assert_eq!(fs::read_dir(&theirs).expect("a list").count(), 1);
    };
    symlink(theirs.join("keys"), place.path().join(".public.lock")).expect("a link");
    let done = dossier.build(&output).output().expect("it runs");
    assert!(!done.status.success() && said(&done).contains("is a link"), "{}", said(&done));
    untouched();
    fs::remove_file(place.path().join(".public.lock")).expect("a link");
    fs::write(place.path().join(".public.lock"), "notes").expect("a file");
    assert_eq!(dossier.build(&output).output().expect("it runs").status.code(), Some(2));
    assert_eq!(fs::read_to_string(place.path().join(".public.lock")).expect("a file"), "notes");
    fs::remove_file(place.path().join(".public.lock")).expect("a file");
    symlink(&theirs, dossier.root.path().join(".dossier")).expect("a link");
    dossier.must_build(&output);
    untouched();
    let mut schema = Command::new(env!("CARGO_BIN_EXE_dossier"));
    assert!(!schema.args(["schema", "--root"]).arg(dossier.root.path()).output().expect("it runs").status.success());
    untouched();
    // A page that was changed by hand cannot be kept aside there.
    fs::write(output.join("p1.html"), "changed").expect("a file");
    let done = dossier.build(&output).output().expect("it runs");
    assert!(!done.status.success() && said(&done).contains("a copy of it cannot be kept"), "{}", said(&done));
    untouched();
}
