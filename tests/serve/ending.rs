//! How both watching commands begin and end, and what the watching build leaves.

use std::fs;
use std::net::TcpListener;
use std::path::Path;

use super::preview::{Preview, Process, SETTINGS, eventually, write};
use super::{ARTICLE, NOTES, PAGE, tram};

#[test]
fn a_port_that_is_taken_is_told_so() {
    let root = tram();
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let mut second = Process::start(root.path(), &["serve", "--port", &port]);
    assert_eq!(second.ended().code(), Some(3));
    assert_eq!(
        second.err(),
        format!("error: port {port} is taken: choose another with `--port N`, or any free one with `--port 0`\n")
    );
    assert_eq!(second.out(), "");
    let mut nowhere = Process::start(root.path(), &["serve", "--host", "no.such.name.invalid"]);
    assert_eq!(nowhere.ended().code(), Some(3), "{}", nowhere.err());
    let mut unclosed = Process::start(root.path(), &["serve", "--port", "0", "--editor", "'x"]);
    assert_eq!(unclosed.ended().code(), Some(2), "{}", unclosed.err());
}

#[test]
fn whoever_opens_the_preview_to_others_is_warned() {
    let root = tram();
    let open = Preview::with(root.path(), &["--host", "0.0.0.0"]);
    assert!(open.process.err().contains("warning: whoever reaches this machine"), "{}", open.process.err());
    let closed = Preview::start(root.path());
    assert!(!closed.process.err().contains("warning"), "{}", closed.process.err());
    assert!(closed.host.starts_with("127.0.0.1:"));
}

#[cfg(unix)]
#[test]
fn a_signal_ends_both_cleanly() {
    for signal in ["INT", "TERM"] {
        let root = tram();
        let mut preview = Preview::start(root.path());
        let _open = preview.listen(PAGE);
        preview.process.signal(signal);
        assert_eq!(preview.process.ended().code(), Some(0), "{signal}");

        let mut build = Process::start(root.path(), &["build", "--watch"]);
        eventually("it was built", || build.out().contains("built "));
        build.signal(signal);
        assert_eq!(build.ended().code(), Some(0), "{signal}");
        assert_eq!(left(root.path()), ["content", "public", "site.toml", "static"], "{signal}");
    }
}

/// What is in the dossier's folder, without what `serve` keeps for editors.
fn left(root: &Path) -> Vec<String> {
    let entries = fs::read_dir(root).expect("a list").map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<String> =
        entries.map(|name| name.to_string_lossy().into_owned()).filter(|name| name != ".dossier").collect();
    names.sort();
    names
}

#[test]
fn editors_complete_by_the_names_of_now() {
    let root = tram();
    let preview = Preview::start(root.path());
    let names = || fs::read_to_string(root.path().join(".dossier/schema/annotations.json")).unwrap_or_default();
    eventually("the schemas are written", || names().contains("council"));
    write(
        root.path(),
        "content/entities/tram-company.md",
        "---\nname: The company\nkind: organisation\n---\nIt drives.\n",
    );
    preview.sees("/entities/tram-company.html", "It drives.");
    eventually("a new name is among them", || names().contains("tram-company"));
}

#[test]
fn a_watching_build_writes_what_changed() {
    let root = tram();
    let build = Process::start(root.path(), &["build", "--watch"]);
    let public = root.path().join("public");
    let time = |page: &str| fs::metadata(public.join(page)).and_then(|metadata| metadata.modified()).expect("a page");
    eventually("it was built", || build.out().contains("built "));
    let (other, robots) = (time("articles/other.html"), time("robots.txt"));

    write(root.path(), "content/articles/tram.md", &ARTICLE.replace("May", "June"));
    let page = || fs::read_to_string(public.join("articles/tram.html")).unwrap_or_default();
    eventually("the page is written", || page().contains("in June"));
    assert_eq!(
        (time("articles/other.html"), time("robots.txt")),
        (other, robots),
        "what did not change keeps its time"
    );
    assert!(!page().contains("/.dossier/"), "nothing of the preview is built");
    eventually("it says so", || build.out().lines().nth(1).is_some_and(|line| line.starts_with("wrote ")));

    write(root.path(), "content/annotations/tram.yaml", &NOTES.replace("rainy evening", "sunny morning"));
    eventually("it says what is wrong", || build.err().contains("1 error; nothing was written"));
    assert!(page().contains("Second."), "the last good site stays");
    write(root.path(), "content/annotations/tram.yaml", &NOTES.replace("Second", "Last"));
    eventually("it goes on", || page().contains("Last."));
    fs::remove_file(root.path().join("content/articles/other.md")).expect("a file");
    eventually("what is gone goes", || !public.join("articles/other.html").exists());
    write(root.path(), "site.toml", &SETTINGS.replace("\"T\"", "\"New name\""));
    eventually("settings count", || page().contains("New name"));
}

#[test]
fn a_folder_that_cannot_be_read_is_told_so() {
    let nothing = tempfile::tempdir().expect("a folder");
    for arguments in [&["serve", "--port", "0"][..], &["build", "--watch"]] {
        let mut process = Process::start(nothing.path(), arguments);
        assert_eq!(process.ended().code(), Some(2), "{}", process.err());
    }
}
