//! The site goes to real places: a folder, rsync (a server, and over a stand-in for ssh), a repository of git, a bucket.
//!
//! Each is published to, changed, killed in the midst and gone on with. What a machine lacks is said aloud and passed over.

#![cfg(target_os = "linux")]
#![expect(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::collections::BTreeSet;
use std::fs;
use std::io::{ErrorKind, Write as _};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use dossier::base::hash::Sha256;
use dossier::edge::verify;

/// Files by path, each with the hash of what it holds.
type Files = BTreeSet<(String, Sha256)>;

/// A dossier with some pages, and a place to publish to.
struct Dossier {
    root: tempfile::TempDir,
    target: String,
    environment: Vec<(String, String)>,
}

impl Dossier {
    /// Publishes to what a `[publish.site]` says.
    fn to(target: &str) -> Self {
        let root = tempfile::tempdir().expect("a folder");
        let dossier = Self { root, target: target.to_owned(), environment: Vec::new() };
        for number in 0..40 {
            dossier.put(&format!("content/pages/p{number}.md"), "---\ntitle: P\n---\nText.\n");
        }
        dossier.put("static/odd name é&.txt", "odd");
        dossier.put("static/large.bin", &"large".repeat(100_000));
        dossier.edition(0);
        dossier
    }

    fn with(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.root.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// Every page differs from edition to edition, one comes and one goes, and so does a style sheet's name.
    fn edition(&self, number: usize) {
        let settings = format!("title = \"Edition {number}\"\nbase_url = \"https://example.org/d/\"\n");
        self.put("site.toml", &format!("{settings}[publish.site]\n{}\n", self.target));
        self.put(&format!("content/pages/only-{number}.md"), "---\ntitle: P\n---\nText.\n");
        self.put("static/own.css", &format!("/* {number} */"));
        if let Some(before) = number.checked_sub(1) {
            let _ = fs::remove_file(self.root.path().join(format!("content/pages/only-{before}.md")));
        }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dossier"));
        command.args(["publish", "--root"]).arg(self.root.path()).args(arguments);
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn publish(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("it runs")
    }

    /// What is said on standard output by a publication that goes well.
    #[track_caller]
    fn must_publish(&self, arguments: &[&str]) -> String {
        let done = self.publish(arguments);
        assert_eq!(done.status.code(), Some(0), "{}", said(&done));
        String::from_utf8_lossy(&done.stdout).into_owned()
    }

    /// The files of the built site and their hashes; the manifest too.
    fn built(&self) -> Files {
        let public = self.root.path().join("public");
        let manifest = verify::manifest(&public.join("manifest.json")).expect("a manifest");
        let own = fs::read(public.join("manifest.json")).expect("a file");
        let files = manifest.files.into_iter().map(|(path, entry)| (path, entry.sha256));
        files.chain([("manifest.json".to_owned(), Sha256::of(&own))]).collect()
    }
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn passed_over(why: &str) {
    let _ = writeln!(std::io::stderr(), "\n*** NOT TESTED: {why} ***");
}

fn has(program: &str) -> bool {
    let works = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok();
    if !works {
        passed_over(&format!("`{program}` is missing"));
    }
    works
}

/// The files below a folder and their hashes. A server whose client was killed may still be giving a file its name.
fn files(folder: &Path) -> Files {
    let walk = walkdir::WalkDir::new(folder).into_iter().filter_entry(|entry| entry.file_name() != ".git");
    let is_gone = |error: &walkdir::Error| error.io_error().is_some_and(|error| error.kind() == ErrorKind::NotFound);
    let entries = walk.filter(|entry| !entry.as_ref().is_err_and(is_gone)).map(|entry| entry.expect("an entry"));
    let path = |path: &Path| path.strip_prefix(folder).expect("below").to_string_lossy().into_owned();
    let file = |entry: walkdir::DirEntry| match fs::read(entry.path()) {
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        bytes => Some((path(entry.path()), Sha256::of(&bytes.expect("a file")))),
    };
    entries.filter(|entry| entry.file_type().is_file()).filter_map(file).collect()
}

/// Says which files differ, and not all that there are.
#[track_caller]
fn same(found: &Files, expected: &Files) {
    let (more, less): (Vec<_>, Vec<_>) = (found.difference(expected).collect(), expected.difference(found).collect());
    assert!(more.is_empty() && less.is_empty(), "there and not expected: {more:?}\nexpected and not there: {less:?}");
}

/// A place as it is seen from outside.
type Look<'a> = &'a dyn Fn() -> Files;

/// What every place has to get right.
#[track_caller]
fn publishes(dossier: &Dossier, look: Look<'_>) {
    let first = dossier.must_publish(&[]);
    assert!(first.starts_with("published to `site`: ") && first.contains(" sent ("), "{first}");
    same(&look(), &dossier.built());
    assert!(dossier.must_publish(&[]).contains("up to date"));

    dossier.edition(1);
    let before = look();
    let plan = dossier.must_publish(&["--dry-run"]);
    assert!(plan.contains("send    only-1.html\n") && plan.contains("delete  only-0.html\n"), "{plan}");
    assert!(plan.contains("\nwould publish to `site`: "), "{plan}");
    assert!(!plan.contains("large.bin"), "it did not change: {plan}");
    same(&look(), &before);
    let second = dossier.must_publish(&[]);
    assert_eq!(
        second.split(", in ").next(),
        plan.lines()
            .last()
            .map(|line| {
                line.replace("would publish", "published").replace("to send", "sent").replace("to delete", "deleted")
            })
            .as_deref(),
        "what was said is what is done"
    );
    same(&look(), &dossier.built());
}

/// Publications that are killed at random, each of another edition; then one that ends. Files of others stay.
#[track_caller]
fn survives_kills(dossier: &Dossier, look: Look<'_>, others: &Files) {
    dossier.edition(1);
    let started = Instant::now();
    dossier.must_publish(&[]);
    let mut whole = started.elapsed();
    let mut known = dossier.built();
    let (mut random, mut killed) = (0x2545_f491_4f6c_dd1d_u64, 0);
    for number in 2.. {
        if number >= 14 && killed > 4 {
            break;
        }
        dossier.edition(number);
        let mut publish = dossier.command(&[]).spawn().expect("it runs");
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        std::thread::sleep(whole.mul_f64((random >> 40) as f64 / f64::from(1 << 24)));
        publish.kill().expect("it can be killed");
        match publish.wait().expect("it ends").code() {
            None => killed += 1,
            // It was faster than the one before: the next is killed earlier.
            Some(_) => whole /= 2,
        }
        if dossier.root.path().join("public/manifest.json").is_file() {
            known.extend(dossier.built());
        }
        let half: Vec<_> = look().into_iter().filter(|file| !known.contains(file) && !others.contains(file)).collect();
        let half: Vec<_> = half.iter().filter(|(path, _)| !path.starts_with('.')).collect();
        assert!(half.is_empty(), "neither the old nor the new: {half:?}");
    }
    assert!(killed > 4, "only {killed} were killed in time");
    dossier.must_publish(&[]);
    same(&look(), &dossier.built().union(others).cloned().collect());
}

#[test]
fn a_folder() {
    let place = tempfile::tempdir().expect("a folder");
    let www = place.path().join("www");
    let dossier = Dossier::to(&format!("folder = \"{}\"", www.display()));
    publishes(&dossier, &|| files(&www));
    let time = |path: &str| fs::metadata(www.join(path)).and_then(|metadata| metadata.modified()).expect("a time");
    let before = (time("large.bin"), time("index.html"));
    dossier.edition(2);
    dossier.must_publish(&[]);
    assert_eq!(time("large.bin"), before.0, "what did not change is not touched");
    assert_ne!(time("index.html"), before.1);
}

#[test]
fn a_folder_when_publications_are_killed() {
    let place = tempfile::tempdir().expect("a folder");
    let www = place.path().join("www");
    fs::create_dir(&www).expect("a folder");
    fs::write(www.join("CNAME"), "example.org").expect("a file");
    let others = files(&www);
    survives_kills(&Dossier::to(&format!("folder = \"{}\"", www.display())), &|| files(&www), &others);
}

#[test]
fn a_folder_when_a_publication_is_killed_at_each_file() {
    let traced =
        Command::new("strace").args(["-qqq", "-o", "/dev/null", "true"]).status().is_ok_and(|status| status.success());
    if !traced {
        return passed_over("`strace` is missing or may not trace");
    }
    let place = tempfile::tempdir().expect("a folder");
    let www = place.path().join("www");
    let dossier = Dossier::to(&format!("folder = \"{}\"", www.display()));
    dossier.must_publish(&[]);
    let mut killed = 0;
    for when in 1..12 {
        dossier.edition(when);
        let publish = dossier.command(&[]);
        let mut strace = Command::new("strace");
        strace.args([
            "-f",
            "-qqq",
            "-o",
            "/dev/null",
            "-e",
            &format!("inject=rename,unlink,unlinkat:signal=KILL:when={}", when * 4),
        ]);
        let ended = strace.arg(publish.get_program()).args(publish.get_args()).output().expect("it runs");
        killed += usize::from(ended.status.code().is_none());
    }
    assert!(killed > 5, "only {killed} were killed");
    dossier.must_publish(&[]);
    same(&files(&www), &dossier.built());
}

#[test]
fn between_building_and_sending_no_other_build_has_its_turn() {
    let traced =
        Command::new("strace").args(["-qqq", "-o", "/dev/null", "true"]).status().is_ok_and(|status| status.success());
    if !traced {
        return passed_over("`strace` is missing or may not trace");
    }
    let place = tempfile::tempdir().expect("a folder");
    let dossier = Dossier::to(&format!("folder = \"{}\"", place.path().join("www").display()));
    let (publish, log) = (dossier.command(&[]), place.path().join("log"));
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qqq", "-e", "trace=flock", "-o"]).arg(&log);
    let done = strace.arg(publish.get_program()).args(publish.get_args()).output().expect("it runs");
    assert_eq!(done.status.code(), Some(0), "{}", said(&done));
    let calls = fs::read_to_string(&log).expect("a log");
    assert_eq!(calls.matches("flock(").count(), 1, "one lock for all: {calls}");
}

#[test]
fn what_stands_in_a_folder_is_not_ours_unless_we_sent_it() {
    let place = tempfile::tempdir().expect("a folder");
    let www = place.path().join("www");
    let dossier = Dossier::to(&format!("folder = \"{}\"", www.display()));
    let refused = |arguments: &[&str], why: &str| {
        let before = files(&www);
        let done = dossier.publish(arguments);
        assert_eq!(done.status.code(), Some(2), "{}", said(&done));
        assert!(said(&done).contains(why) && said(&done).contains("--force"), "{}", said(&done));
        same(&files(&www), &before);
    };
    fs::create_dir(&www).expect("a folder");
    fs::write(www.join("index.html"), "theirs").expect("a file");
    fs::write(www.join("letter.txt"), "theirs").expect("a file");
    fs::write(www.join(".htaccess"), "theirs").expect("a file");
    refused(&[], "has a file `index.html`");
    // Another file beside the site is in nobody's way, and stays for ever.
    fs::remove_file(www.join("index.html")).expect("it was there");
    let others = files(&www);
    dossier.must_publish(&[]);
    dossier.edition(1);
    dossier.must_publish(&[]);
    same(&files(&www), &dossier.built().union(&others).cloned().collect());
    // Where the site has a new file, somebody else's is not overwritten; the very same is no matter.
    fs::write(www.join("CNAME"), "theirs").expect("a file");
    dossier.put("static/CNAME", "ours");
    refused(&[], "has a file `CNAME`");
    dossier.put("static/CNAME", "theirs");
    dossier.must_publish(&[]);
    // Nothing is written or deleted through a link.
    fs::rename(www.join("events"), place.path().join("elsewhere")).expect("a folder");
    std::os::unix::fs::symlink(place.path().join("elsewhere"), www.join("events")).expect("a link");
    let elsewhere = files(&place.path().join("elsewhere"));
    dossier.edition(3);
    let done = dossier.publish(&[]);
    assert_eq!(done.status.code(), Some(3));
    assert!(said(&done).contains("events` is a link"), "{}", said(&done));
    same(&files(&place.path().join("elsewhere")), &elsewhere);
    fs::remove_file(www.join("events")).expect("a link");
    fs::rename(place.path().join("elsewhere"), www.join("events")).expect("a folder");
    fs::remove_file(dossier.root.path().join("static/CNAME")).expect("it was there");
    dossier.edition(1);
    dossier.must_publish(&[]);
    // A manifest that is lost: nothing tells what may be deleted.
    fs::remove_file(www.join("manifest.json")).expect("it was there");
    dossier.edition(2);
    refused(&[], "files, such as `");
    refused(&["--dry-run"], "files, such as `");
    let plan = dossier.must_publish(&["--dry-run", "--force"]);
    assert!(plan.contains("delete  letter.txt\n") && plan.contains("delete  only-1.html\n"), "{plan}");
    assert!(!plan.contains("large.bin") && !plan.contains(".htaccess"), "{plan}");
    dossier.must_publish(&["--force"]);
    let hidden = others.iter().filter(|(path, _)| path == ".htaccess").cloned();
    same(&files(&www), &dossier.built().into_iter().chain(hidden).collect());
    // And the site of another dossier.
    let other = Dossier::to(&format!("folder = \"{}\"", www.display()));
    other.put(
        "site.toml",
        &fs::read_to_string(other.root.path().join("site.toml")).expect("a file").replace("/d/", "/e/"),
    );
    let done = other.publish(&[]);
    assert_eq!(done.status.code(), Some(2));
    assert!(said(&done).contains("has the site of https://example.org/d/"), "{}", said(&done));
}

#[test]
fn what_others_changed_in_a_folder_is_mended_when_forced() {
    let place = tempfile::tempdir().expect("a folder");
    let www = place.path().join("www");
    let dossier = Dossier::to(&format!("folder = \"{}\"", www.display()));
    dossier.must_publish(&[]);
    fs::write(www.join("CNAME"), "example.org").expect("a file");
    let good = files(&www);
    fs::write(www.join("index.html"), "defaced").expect("a file");
    fs::remove_file(www.join("p1.html")).expect("it was there");
    assert!(dossier.must_publish(&[]).contains("up to date"), "it goes by the manifest");
    let plan = dossier.must_publish(&["--force", "--dry-run"]);
    assert!(
        plan.starts_with("send    index.html\nsend    p1.html\nwould publish") && !plan.contains("CNAME"),
        "{plan}"
    );
    dossier.must_publish(&["--force"]);
    same(&files(&www), &good);
}

#[test]
fn a_folder_that_cannot_be_one_is_told_so() {
    let place = tempfile::tempdir().expect("a folder");
    for (folder, code, why) in [
        (format!("{}/disk/www", place.path().display()), 3, "is its disk there?"),
        ("content/www".to_owned(), 2, "the editors' own"),
        ("public".to_owned(), 2, "one inside the other"),
        ("public/www".to_owned(), 2, "one inside the other"),
        (".".to_owned(), 2, "the editors' own"),
    ] {
        let done = Dossier::to(&format!("folder = \"{folder}\"")).publish(&[]);
        assert_eq!(done.status.code(), Some(code), "{folder}: {}", said(&done));
        assert!(said(&done).contains(why), "{folder}: {}", said(&done));
    }
}

#[test]
fn a_dossier_with_errors_is_not_published_nor_one_that_does_not_say_where() {
    let place = tempfile::tempdir().expect("a folder");
    let www = place.path().join("www");
    let dossier = Dossier::to(&format!("folder = \"{}\"", www.display()));
    dossier.must_publish(&[]);
    let before = files(&www);
    dossier.put("content/pages/bad.md", "---\ntitel: Bad\n---\n");
    assert_eq!(dossier.publish(&[]).status.code(), Some(1));
    same(&files(&www), &before);
    for (target, arguments, why) in [
        ("", &[][..], "does not say where"),
        ("folder = \"a\"", &["elsewhere"], "no `[publish.elsewhere]`: there is `site`"),
        ("folder = \"a\"\n[publish.test]\nfolder = \"b\"", &[], "name one of `site`, `test`"),
    ] {
        let dossier = Dossier::to(target);
        if target.is_empty() {
            dossier.put("site.toml", "title = \"T\"\nbase_url = \"https://example.org/\"\n");
        }
        let done = dossier.publish(arguments);
        assert_eq!(done.status.code(), Some(2), "{}", said(&done));
        assert!(said(&done).contains(why), "{}", said(&done));
    }
}

#[cfg(not(feature = "publish-s3"))]
#[test]
fn a_bucket_is_asked_for_when_building_the_program() {
    let done = Dossier::to("bucket = \"s3://site\"").publish(&[]);
    assert_eq!(done.status.code(), Some(2));
    assert!(said(&done).contains("--features publish-s3"), "{}", said(&done));
}

/// A server that ends with the test.
struct Server(Child, u16);

impl Server {
    /// Starts a program that listens on a port, once it answers.
    fn start(start: impl FnOnce(u16) -> Command) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a port").port();
        let mut command = start(port);
        let server = Self(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts"), port);
        let started = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(started.elapsed() < Duration::from_secs(60), "it does not answer");
            std::thread::sleep(Duration::from_millis(20));
        }
        server
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// An rsync server with a module `site`.
fn rsync_server(place: &Path) -> Server {
    fs::create_dir_all(place.join("www")).expect("a folder");
    let settings = format!(
        "use chroot = no\nuid = {}\ngid = {}\n[site]\npath = {}\nread only = no\n",
        rustix::process::geteuid().as_raw(),
        rustix::process::getegid().as_raw(),
        place.join("www").display()
    );
    fs::write(place.join("rsyncd.conf"), settings).expect("a file");
    Server::start(|port| {
        let mut rsync = Command::new("rsync");
        rsync.args(["--daemon", "--no-detach", "--address=127.0.0.1", &format!("--port={port}")]);
        rsync.arg(format!("--config={}", place.join("rsyncd.conf").display()));
        rsync
    })
}

#[test]
fn an_rsync_server() {
    if !has("rsync") {
        return;
    }
    let place = tempfile::tempdir().expect("a folder");
    let server = rsync_server(place.path());
    let www = place.path().join("www/dossier");
    let dossier = Dossier::to(&format!("folder = \"rsync://127.0.0.1:{}/site/dossier\"", server.1));
    publishes(&dossier, &|| files(&www));
}

#[test]
fn an_rsync_server_when_publications_are_killed() {
    if !has("rsync") {
        return;
    }
    let place = tempfile::tempdir().expect("a folder");
    let server = rsync_server(place.path());
    let www = place.path().join("www");
    fs::write(www.join("CNAME"), "example.org").expect("a file");
    let others = files(&www);
    survives_kills(
        &Dossier::to(&format!("folder = \"rsync://127.0.0.1:{}/site\"", server.1)),
        &|| files(&www),
        &others,
    );
}

/// A stand-in for ssh: it runs on this machine what it is asked to run on another, after failing some times.
fn stand_in_for_ssh(place: &Path, failures: usize) -> PathBuf {
    let (script, count) = (place.join("ssh"), place.join("count"));
    fs::write(&count, failures.to_string()).expect("a file");
    let text = format!(
        "#!/bin/sh\nleft=$(cat {0})\nif [ \"$left\" -gt 0 ]; then\n  echo $((left - 1)) > {0}\n  \
         echo 'ssh: connect to host example.org port 22: Connection refused' >&2\n  exit 255\nfi\n\
         while [ \"$1\" = -l ]; do shift 2; done\nshift\nexec sh -c \"$*\"\n",
        count.display()
    );
    fs::write(&script, text).expect("a file");
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).expect("it is ours");
    script
}

#[test]
fn rsync_over_a_connection_that_fails_twice() {
    if !has("rsync") {
        return;
    }
    let place = tempfile::tempdir().expect("a folder");
    let www = place.path().join("my www");
    let ssh = stand_in_for_ssh(place.path(), 2);
    let dossier = Dossier::to(&format!("folder = \"editor@example.org:{}\"", www.display()));
    let dossier = dossier.with("RSYNC_RSH", ssh.to_str().expect("a path"));
    publishes(&dossier, &|| files(&www));
    fs::write(place.path().join("count"), "100").expect("a file");
    dossier.edition(2);
    let done = dossier.publish(&[]);
    assert_eq!(done.status.code(), Some(3));
    assert!(said(&done).contains("Connection refused"), "{}", said(&done));
}

fn git(arguments: &[&str], place: &Path) -> String {
    let output = Command::new("git").args(arguments).current_dir(place).output().expect("git runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// The files of a branch, checked out.
fn branch(place: &Path, name: &str) -> Files {
    let copy = tempfile::tempdir().expect("a folder");
    let path = copy.path().to_str().expect("a path");
    git(&["clone", "--quiet", "--branch", name, "site.git", path], place);
    files(copy.path())
}

#[test]
fn a_branch_of_a_repository() {
    if !has("git") {
        return;
    }
    let place = tempfile::tempdir().expect("a folder");
    git(&["init", "--quiet", "--bare", "site.git"], place.path());
    let remote = place.path().join("site.git");
    let dossier = Dossier::to(&format!("git = {{ remote = \"{}\", branch = \"gh-pages\" }}", remote.display()));
    publishes(&dossier, &|| branch(place.path(), "gh-pages"));
    assert_eq!(
        git(&["rev-list", "--count", "gh-pages"], &remote),
        "2",
        "a commit for each publication that changed something"
    );
    // Somebody adds a file on the code host's own page.
    let copy = place.path().join("copy");
    git(&["clone", "--quiet", "--branch", "gh-pages", "site.git", "copy"], place.path());
    fs::write(copy.join("CNAME"), "example.org").expect("a file");
    git(&["add", "CNAME"], &copy);
    git(&["-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "--message=Name"], &copy);
    git(&["push", "--quiet"], &copy);
    dossier.edition(2);
    dossier.must_publish(&[]);
    let others = [("CNAME".to_owned(), Sha256::of(b"example.org"))];
    same(&branch(place.path(), "gh-pages"), &dossier.built().into_iter().chain(others).collect());
}

#[test]
fn a_branch_when_publications_are_killed_is_always_one_whole_site() {
    if !has("git") {
        return;
    }
    let place = tempfile::tempdir().expect("a folder");
    git(&["init", "--quiet", "--bare", "site.git"], place.path());
    let remote = place.path().join("site.git");
    let dossier = Dossier::to(&format!("git = {{ remote = \"file://{}\", branch = \"main\" }}", remote.display()));
    let look = || {
        let copy = tempfile::tempdir().expect("a folder");
        let path = copy.path().to_str().expect("a path");
        // As over a network: a copy by links would meet the files that a killed push has not cleared away yet.
        git(&["clone", "--quiet", "--no-local", "--branch", "main", "site.git", path], place.path());
        let manifest = verify::manifest(&copy.path().join("manifest.json")).expect("a manifest");
        assert!(verify::folder(copy.path(), &manifest).expect("a copy").is_whole());
        files(copy.path())
    };
    survives_kills(&dossier, &look, &BTreeSet::new());
}

#[test]
fn no_password_is_ever_repeated() {
    const SECRET: &str = "qzxsecret";
    // git replaces the address by one that has a password, and nobody answers there.
    let remote = "git = { remote = \"http://127.0.0.1:9/site.git\", branch = \"main\" }";
    let dossier = Dossier::to(remote)
        .with("GIT_CONFIG_COUNT", "1")
        .with("GIT_CONFIG_KEY_0", "url.http://me:qzxsecret@127.0.0.1:9/.insteadOf")
        .with("GIT_CONFIG_VALUE_0", "http://127.0.0.1:9/")
        .with("GIT_TERMINAL_PROMPT", "0");
    let bucket = Dossier::to("bucket = \"s3://site\"\nendpoint = \"http://127.0.0.1:9\"")
        .with("AWS_ACCESS_KEY_ID", "AKqzxsecret")
        .with("AWS_SECRET_ACCESS_KEY", SECRET);
    for dossier in [dossier, bucket] {
        let done = dossier.publish(&["--verbose"]);
        assert_ne!(done.status.code(), Some(0));
        assert!(!said(&done).contains(SECRET), "{}", said(&done));
        assert!(files(&dossier.root.path().join("public")).len() > 40, "it got as far as publishing");
    }
}

#[cfg(feature = "publish-s3")]
mod bucket {
    use super::*;

    /// A server that speaks S3, of the Python package that `tests/all.sh` installs.
    fn s3() -> Option<Server> {
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/moto/bin/moto_server");
        if !program.exists() {
            passed_over("`moto_server` is missing: `tests/all.sh` installs it");
            return None;
        }
        Some(Server::start(|port| {
            let mut moto = Command::new(program);
            moto.args(["-H", "127.0.0.1", "-p", &port.to_string()]);
            moto
        }))
    }

    fn curl(arguments: &[&str]) -> Vec<u8> {
        let output = Command::new("curl")
            // Whoever signs may look; this server does not read the signature.
            .args([
                "--silent",
                "--show-error",
                "--fail",
                "-H",
                "Authorization: AWS AK:SK",
                "-H",
                "Content-Type: text/plain",
            ])
            .args(arguments)
            .output()
            .expect("curl runs");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    }

    fn dossier(server: &Server, prefix: &str) -> Dossier {
        curl(&["-X", "PUT", &format!("http://127.0.0.1:{}/site", server.1)]);
        let target = format!("bucket = \"s3://site{prefix}\"\nendpoint = \"http://127.0.0.1:{}\"", server.1);
        let home = tempfile::tempdir().expect("a folder").keep();
        fs::create_dir(home.join(".aws")).expect("a folder");
        fs::write(home.join(".aws/credentials"), "[desk]\naws_access_key_id = AK\naws_secret_access_key = SK\n")
            .expect("a file");
        fs::write(home.join(".aws/config"), "[profile desk]\nregion = eu-west-3\n").expect("a file");
        Dossier::to(&target).with("HOME", home.to_str().expect("a path")).with("AWS_PROFILE", "desk")
    }

    /// Every key of the bucket.
    fn keys(server: &Server) -> Vec<String> {
        let address = format!("http://127.0.0.1:{}/site?list-type=2&max-keys=1000", server.1);
        let listed = String::from_utf8(curl(&[&address])).expect("a text");
        let keys = listed.split("<Key>").skip(1).filter_map(|rest| rest.split("</Key>").next());
        keys.map(|key| key.replace("&amp;", "&")).collect()
    }

    fn address(server: &Server, key: &str) -> String {
        let mut url = url::Url::parse(&format!("http://127.0.0.1:{}/site", server.1)).expect("an address");
        url.path_segments_mut().expect("a path").extend(key.split('/'));
        url.into()
    }

    fn look(server: &Server, prefix: &str) -> Files {
        let below = |key: &String| key.strip_prefix(prefix).map(str::to_owned);
        let read = |path: String| {
            let hash = Sha256::of(&curl(&[&address(server, &format!("{prefix}{path}"))]));
            (path, hash)
        };
        keys(server).iter().filter_map(below).map(read).collect()
    }

    #[test]
    fn a_bucket() {
        let Some(server) = s3() else { return };
        let dossier = dossier(&server, "/a/b");
        publishes(&dossier, &|| look(&server, "a/b/"));
        for (path, kind, keep) in [
            ("index.html", "text/html; charset=utf-8", "no-cache"),
            ("own.css", "text/css; charset=utf-8", "no-cache"),
            ("dossier.json", "application/json", "no-cache"),
        ] {
            let head = String::from_utf8(curl(&["--head", &address(&server, &format!("a/b/{path}"))])).expect("a text");
            let head = head.to_ascii_lowercase();
            assert!(head.contains(&format!("content-type: {kind}")), "{path}: {head}");
            assert!(head.contains(&format!("cache-control: {keep}")), "{path}: {head}");
        }
        let stamped = keys(&server).into_iter().find(|key| key.starts_with("a/b/own.") && !key.ends_with("own.css"));
        let head = curl(&["--head", &address(&server, &stamped.expect("a file with a hash in its name"))]);
        assert!(String::from_utf8_lossy(&head).contains("max-age=31536000, immutable"));
    }

    #[test]
    fn a_bucket_when_publications_are_killed() {
        let Some(server) = s3() else { return };
        let dossier = dossier(&server, "");
        curl(&["-X", "PUT", "--data-binary", "theirs", &address(&server, "letter.txt")]);
        let others = BTreeSet::from([("letter.txt".to_owned(), Sha256::of(b"theirs"))]);
        survives_kills(&dossier, &|| look(&server, ""), &others);
    }

    #[test]
    fn what_stands_in_a_bucket_is_not_ours_unless_we_sent_it() {
        let Some(server) = s3() else { return };
        let dossier = dossier(&server, "");
        for key in ["index.html", "folder/old.html"] {
            curl(&["-X", "PUT", "--data-binary", "theirs", &address(&server, key)]);
        }
        let done = dossier.publish(&[]);
        assert_eq!(done.status.code(), Some(2), "{}", said(&done));
        assert_eq!(keys(&server), ["folder/old.html", "index.html"]);
        dossier.must_publish(&["--force"]);
        same(&look(&server, ""), &dossier.built());
    }
}

/// Two dossiers for one folder, again and again at the same moment: the folder is always the site of one of them that said so, and
/// whoever comes second says who publishes.
#[test]
fn two_publishers_to_one_folder_do_not_mix() {
    let place = tempfile::tempdir().expect("a folder");
    let www = place.path().join("www");
    let target = format!("folder = \"{}\"", www.display());
    let (one, two) = (Dossier::to(&target), Dossier::to(&target));
    let mut waited = 0;
    for round in 0..8 {
        one.edition(2 * round);
        two.edition(2 * round + 1);
        let running = [&one, &two].map(|dossier| dossier.command(&[]).spawn().expect("it runs"));
        let ended = running.map(|child| child.wait_with_output().expect("it ends"));
        let good: Vec<usize> = (0..2).filter(|number| ended[*number].status.success()).collect();
        for output in ended.iter().filter(|output| !output.status.success()) {
            assert_eq!(output.status.code(), Some(3), "{}", said(output));
            let told = said(output);
            assert!(told.contains("publishes there now") || told.contains("another publication"), "{told}");
            waited += 1;
        }
        assert!(!good.is_empty(), "one of them at least: {}", said(&ended[0]));
        let there = files(&www);
        assert!([&one, &two].iter().any(|dossier| there == dossier.built()), "round {round}: a mixture");
    }
    let _ = waited;
    one.must_publish(&[]);
    same(&files(&www), &one.built());
}

/// Whoever holds the folder is named.
#[test]
fn the_second_publisher_is_told_who_the_first_is() {
    use rustix::fs::{FlockOperation, fcntl_lock};
    let place = tempfile::tempdir().expect("a folder");
    let www = place.path().join("www");
    fs::create_dir(&www).expect("a folder");
    let lock = www.join(".dossier-publish.lock");
    fs::write(&lock, "dossier publish: ada@newsroom, process 7").expect("a file");
    let held = fs::File::options().write(true).open(&lock).expect("a file");
    fcntl_lock(&held, FlockOperation::NonBlockingLockExclusive).expect("a lock");
    let dossier = Dossier::to(&format!("folder = \"{}\"", www.display()));
    let done = dossier.publish(&[]);
    assert_eq!(done.status.code(), Some(3));
    assert!(said(&done).contains("ada@newsroom, process 7 publishes there now"), "{}", said(&done));
    drop(held);
    dossier.must_publish(&[]);
    same(&files(&www), &dossier.built());
    // A file of that name that holds something else is somebody's.
    fs::write(&lock, "mine").expect("a file");
    assert_eq!(dossier.publish(&["--force"]).status.code(), Some(2));
    assert_eq!(fs::read_to_string(&lock).expect("a file"), "mine");
}

/// Links that lie ready in a folder: nothing behind them is written, truncated or deleted.
#[test]
fn nothing_is_reached_through_links_in_a_folder() {
    use std::os::unix::fs::symlink;
    let place = tempfile::tempdir().expect("a folder");
    let (www, theirs) = (place.path().join("www"), place.path().join("theirs"));
    fs::create_dir(&www).expect("a folder");
    fs::create_dir(&theirs).expect("a folder");
    for name in ["a", "b", "c", "x.txt"] {
        fs::write(theirs.join(name), "theirs").expect("a file");
    }
    let before = files(&theirs);
    let dossier = Dossier::to(&format!("folder = \"{}\"", www.display()));
    // Where files were once put before they took their place.
    fs::create_dir(www.join(".dossier-publish.new")).expect("a folder");
    symlink(theirs.join("a"), www.join(".dossier-publish.new/0")).expect("a link");
    symlink(&theirs, www.join(".dossier-publish.new-abcdefABC123")).expect("a link");
    dossier.must_publish(&[]);
    same(&files(&theirs), &before);
    for (name, target) in [(".dossier-publish.lock", theirs.join("b")), (".dossier-publish.json", theirs.join("c"))] {
        symlink(target, www.join(name)).expect("a link");
        dossier.edition(1);
        assert_eq!(dossier.publish(&[]).status.code(), Some(3), "{name}");
        same(&files(&theirs), &before);
        fs::remove_file(www.join(name)).expect("a link");
    }
    // A manifest that lists what is behind a link, and a link itself.
    symlink(&theirs, www.join("evil")).expect("a link");
    let manifest = fs::read_to_string(www.join("manifest.json")).expect("a file");
    let entry = |path: &str| format!("\"{path}\": {{ \"sha256\": \"{}\", \"size\": 6 }}", Sha256::of(b"theirs"));
    let more = format!("\"files\": {{ {}, {},", entry("evil/x.txt"), entry("evil"));
    fs::write(www.join("manifest.json"), manifest.replacen("\"files\": {", &more, 1)).expect("a file");
    dossier.must_publish(&[]);
    same(&files(&theirs), &before);
    assert!(www.join("evil").is_symlink(), "it was not sent by us");
}

/// Attributes in a branch, in the site and of the user change no byte of what is published.
#[test]
fn a_branch_has_the_bytes_of_the_site() {
    if !has("git") {
        return;
    }
    let place = tempfile::tempdir().expect("a folder");
    let git = |arguments: &[&str]| {
        let mut git = Command::new("git");
        git.current_dir(place.path()).args(["-c", "user.name=n", "-c", "user.email=e@e"]).args(arguments);
        let done = git.output().expect("it runs");
        assert!(done.status.success(), "{arguments:?}: {}", said(&done));
        done
    };
    git(&["init", "--quiet", "--bare", "site.git"]);
    git(&["clone", "--quiet", "site.git", "work"]);
    let attributes = "* text=auto eol=crlf ident\n*.txt filter=upper export-ignore working-tree-encoding=UTF-16\n";
    fs::write(place.path().join("work/.gitattributes"), attributes).expect("a file");
    git(&["-C", "work", "add", "."]);
    git(&["-C", "work", "commit", "--quiet", "-m", "x"]);
    git(&["-C", "work", "push", "--quiet", "origin", "HEAD:refs/heads/pages"]);
    let remote = place.path().join("site.git");
    let dossier = Dossier::to(&format!("git = {{ remote = \"{}\", branch = \"pages\" }}", remote.display()));
    dossier.put("static/crlf.txt", "a\r\nb\r\n$Id$\n");
    dossier.put("static/a \"b\\c.txt", "x\r\n");
    dossier.must_publish(&[]);
    for (path, hash) in dossier.built() {
        let mut show = Command::new("git");
        let stored = show.current_dir(&remote).args(["cat-file", "blob", &format!("pages:{path}")]).output();
        assert_eq!(Sha256::of(&stored.expect("it runs").stdout), hash, "{path}");
    }
    assert!(dossier.must_publish(&[]).contains("up to date"));
}
