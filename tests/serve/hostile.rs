//! What an enemy tries on the preview: files of the dossier that would be pages of it, frames, requests without end.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use super::preview::{Preview, eventually, write};
use super::{PAGE, tram};

/// The directives of the policy of an answer.
fn policy(preview: &Preview, path: &str) -> Vec<String> {
    let answer = preview.get(path);
    assert_eq!(answer.status, 200, "{path}");
    answer.header("content-security-policy").split(';').map(|part| part.trim().to_owned()).collect()
}

#[test]
fn what_is_copied_is_shut_in_and_nothing_is_framed() {
    let root = tram();
    write(root.path(), "content/pages/p.md", "---\ntitle: P\n---\n![x](x.svg) [y](y.csv) [z](z.pdf)\n");
    for name in ["x.svg", "y.csv", "z.pdf"] {
        write(root.path(), &format!("content/pages/{name}"), "<svg xmlns='http://www.w3.org/2000/svg'/>");
    }
    write(root.path(), "static/own.html", "<script>run()</script>");
    let preview = Preview::start(root.path());
    for (path, sandbox) in [
        (PAGE, None),
        ("/dossier.json", None),
        ("/.dossier/preview.js", None),
        ("/p/x.svg", Some("sandbox")),
        ("/p/y.csv", Some("sandbox")),
        ("/p/z.pdf", None),
        ("/own.html", Some("sandbox allow-scripts allow-forms allow-popups allow-modals allow-downloads")),
    ] {
        let policy = policy(&preview, path);
        let found = policy.iter().find(|part| part.starts_with("sandbox")).map(String::as_str);
        assert_eq!(found, sandbox, "{path}");
        assert!(path.ends_with(".pdf") || policy.iter().any(|part| part == "frame-ancestors 'none'"), "{path}");
        assert_eq!(preview.get(path).header("x-frame-options"), "DENY", "{path}");
    }
    for (path, status) in [("/nowhere.html", 404), ("/.dossier/nothing", 404), ("/.dossier/open", 403)] {
        let answer = preview.get(path);
        assert_eq!((answer.status, answer.header("content-security-policy")), (status, "frame-ancestors 'none'"));
    }
}

#[test]
fn a_file_that_would_run_is_not_copied() {
    let root = tram();
    write(root.path(), "content/pages/p.md", "---\ntitle: P\n---\n[x](evil.html)\n");
    write(root.path(), "content/pages/evil.html", "<script>run()</script>");
    let preview = Preview::start(root.path());
    assert_eq!(preview.get("/p/evil.html").status, 404);
    preview.listen("/p.html").problems(|problems| problems["list"][0]["code"] == "active-file");
}

/// A part is sent of the file that the browser has, and all of another.
#[test]
fn a_condition_on_a_part_is_kept() {
    let root = tram();
    let file = std::fs::File::options().write(true).open(root.path().join("static/numbers.txt")).expect("a file");
    file.set_modified(std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000)).expect("it is ours");
    let preview = Preview::start(root.path());
    let whole = preview.get("/numbers.txt");
    let (tag, date) = (whole.header("etag").to_owned(), whole.header("last-modified").to_owned());
    assert!(tag.starts_with('"') && date.ends_with("GMT"), "{tag} {date}");
    for (condition, status) in [
        (tag.clone(), 206),
        (date, 206),
        (format!("W/{tag}"), 200),
        ("\"other\"".to_owned(), 200),
        ("Sat, 09 Sep 2000 01:46:40 GMT".to_owned(), 200),
        ("Sat, 09 Sep 2100 01:46:40 GMT".to_owned(), 200),
        ("nonsense".to_owned(), 200),
    ] {
        let headers = format!("Range: bytes=2-4\r\nIf-Range: {condition}\r\n");
        let answer = preview.ask("GET", "/numbers.txt", &headers);
        assert_eq!(answer.status, status, "{condition}");
        assert_eq!(answer.body, if status == 206 { "234" } else { "0123456789" }, "{condition}");
    }
}

/// More streams than there are connections, of which none is read, are in nobody's way.
#[test]
fn silent_listeners_block_nobody() {
    let root = tram();
    let preview = Preview::start(root.path());
    let token = preview.token();
    let silent: Vec<TcpStream> = (0..600)
        .map(|_| {
            let mut stream = preview.connect();
            let host = &preview.host;
            let request = format!("GET /.dossier/events?page=/&token={token} HTTP/1.1\r\nHost: {host}\r\n\r\n");
            stream.write_all(request.as_bytes()).expect("a connection");
            stream
        })
        .collect();
    for _ in 0..3 {
        assert_eq!(preview.get(PAGE).status, 200);
    }
    preview.listen(PAGE).next("page");
    let mut oldest = &silent[0];
    oldest.set_read_timeout(Some(Duration::from_secs(60))).expect("a socket");
    let ended = std::iter::repeat_with(|| oldest.read(&mut [0; 4096])).find(|read| !matches!(read, Ok(1..)));
    assert!(matches!(ended, Some(Ok(0) | Err(_))), "the oldest has made room");
}

#[cfg(unix)]
#[test]
fn one_editor_is_open_at_a_time() {
    let root = tram();
    let (opened, go) = (root.path().join("opened"), root.path().join("go"));
    let script = format!(
        "#!/bin/sh\necho x >> '{}'\nwhile [ ! -e '{}' ]; do sleep 0.05; done\n",
        opened.display(),
        go.display()
    );
    write(root.path(), "editor.sh", &script);
    let command = format!("sh '{}' {{path}}", root.path().join("editor.sh").display());
    let preview = Preview::with(root.path(), &["--editor", &command]);
    let token = format!("Dossier-Token: {}\r\n", preview.token());
    let open = || preview.ask("GET", "/.dossier/open?file=site.toml&line=2", &token).status;
    assert_eq!(open(), 200);
    eventually("the editor is started", || opened.exists());
    assert_eq!((0..20).map(|_| open()).collect::<Vec<_>>(), [409; 20]);
    write(root.path(), "go", "");
    eventually("another may be opened", || open() == 200);
    eventually("it is started", || std::fs::read_to_string(&opened).is_ok_and(|text| text.lines().count() == 2));
}
