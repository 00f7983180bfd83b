//! Passages that are accepted from the preview: by whom, and what is written.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::preview::{Preview, eventually, write};
use super::{ARTICLE, tram};

fn accept_all(root: &Path) {
    let accepted = Command::new(env!("CARGO_BIN_EXE_dossier")).args(["accept", "--all", "--root"]).arg(root).status();
    assert!(accepted.expect("the binary runs").success());
}

fn ledger(root: &Path) -> String {
    fs::read_to_string(root.join("dossier.lock")).unwrap_or_default()
}

/// A dossier in which the sentence of a passage is another than the accepted one.
fn changed() -> tempfile::TempDir {
    let root = tram();
    write(
        root.path(),
        "content/annotations/tram.yaml",
        "- type: note\n  id: opening\n  quote: voted for the new tram line\n  note: x\n",
    );
    accept_all(root.path());
    write(root.path(), "content/articles/tram.md", &ARTICLE.replace("The council", "Nobody says that the council"));
    root
}

/// What a page is given to prove itself by.
fn token(preview: &Preview) -> String {
    let page = preview.get("/articles/tram.html").body;
    let (_, rest) = page.split_once("data-token=\"").expect("a token");
    rest.split('"').next().expect("its end").to_owned()
}

#[test]
fn only_a_page_of_the_preview_accepts_a_passage() {
    let root = changed();
    let before = ledger(root.path());
    let preview = Preview::start(root.path());
    let mut events = preview.listen("/articles/tram.html");
    let problems = events.problems(|problems| problems["errors"] == 1);
    assert_eq!(problems["list"][0]["code"], "passage-changed");
    let name = problems["list"][0]["accept"].as_str().expect("a name").to_owned();
    assert_eq!(name, "tram#opening");

    let (token, host) = (token(&preview), preview.host.clone());
    let path = "/.dossier/accept?name=tram%23opening";
    let ours = format!("Origin: http://{host}\r\nContent-Length: 0\r\n");
    let with = |headers: &str| format!("{headers}dossier-token: {token}\r\n");
    for (why, method, path, headers, status) in [
        ("a link", "GET", path, with(&ours), 405),
        ("another method", "PUT", path, with(&ours), 405),
        ("another path", "POST", "/articles/tram.html", with(&ours), 405),
        ("no origin", "POST", path, with("Content-Length: 0\r\n"), 403),
        ("another origin", "POST", path, with("Origin: https://evil.example\r\nContent-Length: 0\r\n"), 403),
        ("no page", "POST", path, with("Origin: null\r\nContent-Length: 0\r\n"), 403),
        ("another site", "POST", path, with(&format!("{ours}Sec-Fetch-Site: cross-site\r\n")), 403),
        ("no token", "POST", path, ours.clone(), 403),
        ("another token", "POST", path, format!("{ours}dossier-token: {}\r\n", "0".repeat(32)), 403),
        ("nothing that waits", "POST", "/.dossier/accept?name=tram%23nothing", with(&ours), 404),
        ("no such article", "POST", "/.dossier/accept?name=..%2Ftram%23opening", with(&ours), 404),
    ] {
        assert_eq!(preview.ask(method, path, &headers).status, status, "{why}");
        assert_eq!(ledger(root.path()), before, "{why}");
    }

    assert_eq!(preview.ask("POST", path, &with(&ours)).status, 204);
    assert!(
        ledger(root.path()).contains("tram#opening Nobody says that the council ⟦voted for the new tram line⟧ on"),
        "{}",
        ledger(root.path())
    );
    events.problems(|problems| problems["errors"] == 0);
    assert_eq!(preview.ask("POST", path, &with(&ours)).status, 404, "it waits no more");
}

#[test]
fn what_other_machines_can_reach_writes_nothing() {
    let root = changed();
    let before = ledger(root.path());
    let preview = Preview::with(root.path(), &["--host", "0.0.0.0"]);
    let (_, port) = preview.host.rsplit_once(':').expect("a port");
    let host = format!("127.0.0.1:{port}");
    let page = preview.get("/articles/tram.html").body;
    let token = page.split_once("data-token=\"").and_then(|(_, rest)| rest.split('"').next()).unwrap_or_default();
    let request = format!(
        "POST /.dossier/accept?name=tram%23opening HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n\
         dossier-token: {token}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    );
    assert_eq!(preview.send(request.as_bytes()).status, 403);
    assert_eq!(ledger(root.path()), before);
}

#[test]
fn what_is_annotated_while_one_looks_on_is_written_down_where_there_is_a_ledger() {
    let root = tram();
    let note = |quote: &str| format!("- type: note\n  quote: {quote}\n  note: x\n");
    write(root.path(), "content/annotations/tram.yaml", &note("rainy evening"));
    let preview = Preview::start(root.path());
    preview.sees("/articles/tram.html", "note-rainy-evening");
    assert!(!root.path().join("dossier.lock").exists(), "nobody asked for one");

    accept_all(root.path());
    // A quote on its way: what was written down of it goes when it is finished.
    for quote in ["voted", "voted for the new tram line"] {
        write(root.path(), "content/annotations/tram.yaml", &(note("rainy evening") + &note(quote)));
        eventually("it is written down", || ledger(root.path()).contains(&format!("⟦{quote}⟧")));
    }
    assert_eq!(ledger(root.path()).matches('#').count(), 3, "{}", ledger(root.path()));
}
