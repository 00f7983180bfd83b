//! Requests of every kind, and those that nobody should make.

use std::fs;
use std::path::Path;
use std::thread;

use super::preview::{Preview, Process, write};
use super::{ARTICLE, files, tram};

#[test]
fn a_page_comes_with_what_a_browser_needs_to_know() {
    let root = tram();
    write(root.path(), "static/.well-known/security.txt", "Contact: mailto:x@example.org");
    let preview = Preview::start(root.path());
    let style = style(&preview);
    for (path, status, kind) in [
        ("/", 200, "text/html; charset=utf-8"),
        ("/articles/", 200, "text/html; charset=utf-8"),
        ("/articles/tram.html", 200, "text/html; charset=utf-8"),
        ("/d/articles/tram.html", 200, "text/html; charset=utf-8"),
        (style.as_str(), 200, "text/css; charset=utf-8"),
        (&format!("/d{style}"), 200, "text/css; charset=utf-8"),
        ("/dossier.json", 200, "application/json"),
        ("/annotations.jsonld", 200, "application/ld+json"),
        ("/figures.csv", 200, "text/csv; charset=utf-8"),
        ("/places.geojson", 200, "application/geo+json"),
        ("/feed.xml", 200, "application/atom+xml; charset=utf-8"),
        ("/sitemap.xml", 200, "text/xml; charset=utf-8"),
        ("/robots.txt", 200, "text/plain; charset=utf-8"),
        ("/numbers.txt", 200, "text/plain; charset=utf-8"),
        ("/.well-known/security.txt", 200, "text/plain; charset=utf-8"),
        ("/.dossier/preview.js", 200, "text/javascript; charset=utf-8"),
        ("/.dossier/panel.css", 200, "text/css; charset=utf-8"),
        ("/nothing/here.html", 404, "text/html; charset=utf-8"),
        ("/404.html", 404, "text/html; charset=utf-8"),
        ("/.dossier/nothing.js", 404, ""),
    ] {
        let answer = preview.get(path);
        assert_eq!((answer.status, answer.header("content-type")), (status, kind), "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{path}");
        let head = preview.ask("HEAD", path, "");
        assert_eq!((head.status, head.bytes.len()), (status, 0), "{path}");
        assert_eq!(head.header("content-length"), answer.header("content-length"), "{path}");
    }
    let moved = preview.get("/articles");
    assert_eq!((moved.status, moved.header("location")), (302, "/articles/"));
    assert!(preview.get("/nothing/here.html").body.contains("<main"), "the dossier's own page says so");
}

/// The address of the style sheet, whose name changes with what it holds.
fn style(preview: &Preview) -> String {
    let page = preview.get("/").body;
    let (before, _) =
        page.split_once(".css\">").and_then(|(_, after)| after.split_once(".css\">")).expect("a style sheet");
    let (_, name) = before.rsplit_once("href=\"").expect("its address");
    format!("/{name}.css")
}

#[test]
fn what_a_browser_has_is_not_sent_again() {
    let root = tram();
    let preview = Preview::start(root.path());
    for path in ["/articles/tram.html", &style(&preview), "/numbers.txt"] {
        let tag = preview.get(path).header("etag").to_owned();
        assert!(tag.starts_with('"') && tag.len() > 8, "{path}: {tag}");
        for known in [tag.clone(), format!("\"x\", {tag}"), "*".to_owned()] {
            let again = preview.ask("GET", path, &format!("If-None-Match: {known}\r\n"));
            assert_eq!((again.status, again.bytes.len()), (304, 0), "{path} {known}");
        }
        assert_eq!(preview.ask("GET", path, "If-None-Match: \"x\"\r\n").status, 200, "{path}");
    }
    let tag = preview.get("/articles/tram.html").header("etag").to_owned();
    write(root.path(), "content/articles/tram.md", &ARTICLE.replace("May", "June"));
    preview.sees("/articles/tram.html", "in June");
    assert_ne!(preview.get("/articles/tram.html").header("etag"), tag);
}

#[test]
fn a_part_of_a_file_can_be_asked_for() {
    let root = tram();
    let preview = Preview::start(root.path());
    for (range, status, body, place) in [
        ("bytes=2-4", 206, "234", "bytes 2-4/10"),
        ("bytes=7-", 206, "789", "bytes 7-9/10"),
        ("bytes=-2", 206, "89", "bytes 8-9/10"),
        ("bytes=10-", 416, "", "bytes */10"),
        ("lines=1-2", 200, "0123456789", ""),
    ] {
        let answer = preview.ask("GET", "/numbers.txt", &format!("Range: {range}\r\n"));
        assert_eq!(
            (answer.status, answer.body.as_str(), answer.header("content-range")),
            (status, body, place),
            "{range}"
        );
    }
}

#[test]
fn the_preview_can_only_be_read() {
    let root = tram();
    let preview = Preview::start(root.path());
    for method in ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"] {
        for path in ["/", "/.dossier/open", "/.dossier/events"] {
            let answer = preview.ask(method, path, "Content-Length: 0\r\n");
            assert_eq!((answer.status, answer.header("allow")), (405, "GET, HEAD"), "{method} {path}");
        }
    }
}

#[test]
fn only_names_of_this_machine_are_answered() {
    let root = tram();
    let preview = Preview::start(root.path());
    let port = preview.host.rsplit(':').next().expect("a port");
    for (head, status) in [
        (format!("GET / HTTP/1.1\r\nHost: localhost:{port}"), 200),
        (format!("GET / HTTP/1.1\r\nHost: [::1]:{port}"), 200),
        (format!("GET / HTTP/1.1\r\nHost: evil.example:{port}"), 403),
        ("GET / HTTP/1.1\r\nHost: evil.example".to_owned(), 403),
        (format!("GET http://evil.example/ HTTP/1.1\r\nHost: {}", preview.host), 403),
        (format!("GET / HTTP/1.1\r\nHost: {}\r\nHost: evil.example", preview.host), 400),
        ("GET / HTTP/1.1\r\nX-Forwarded-Host: localhost".to_owned(), 400),
        ("GET / HTTP/1.1\r\nHost: ".to_owned(), 403),
    ] {
        let answer = preview.send(format!("{head}\r\nConnection: close\r\n\r\n").as_bytes());
        assert_eq!(answer.status, status, "{head}");
        assert_eq!(answer.body.contains("<main"), status == 200, "{head}");
    }
}

#[test]
fn no_path_leaves_the_site() {
    let root = tram();
    let outside = tempfile::tempdir().expect("a folder");
    write(outside.path(), "secret.txt", "SECRET");
    write(root.path(), "secret.txt", "SECRET");
    #[cfg(unix)]
    for name in ["static/link.txt", "static/numbers.txt.lnk"] {
        std::os::unix::fs::symlink(outside.path().join("secret.txt"), root.path().join(name)).expect("a link");
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink(outside.path(), root.path().join("static/folder")).expect("a link");
    let preview = Preview::start(root.path());
    let absolute = outside.path().join("secret.txt").display().to_string();
    for path in [
        "/../secret.txt",
        "/static/../../secret.txt",
        "/articles/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e%2fsecret.txt",
        "/%252e%252e%252fsecret.txt",
        "/..\\secret.txt",
        "/..%5csecret.txt",
        "/%c0%ae%c0%ae/secret.txt",
        "/secret.txt",
        "/secret.txt%00.html",
        "/site.toml",
        "/content/articles/tram.md",
        "/static/numbers.txt",
        "/.dossier/../secret.txt",
        "/.dossier/..%2f..%2fsecret.txt",
        "/.dossier/schema/article.json",
        "/link.txt",
        "/folder/secret.txt",
        "/d/../secret.txt",
        "/d/%2e%2e/secret.txt",
        &absolute,
        &format!("/{absolute}"),
        "/file:///etc/passwd",
        "/C:/secret.txt",
    ] {
        let answer = preview.get(path);
        assert!(matches!(answer.status, 400 | 404), "{path}: {}", answer.status);
        assert!(!answer.body.contains("SECRET"), "{path}");
    }
    // A file that becomes a link after it was listed.
    #[cfg(unix)]
    {
        let held = Preview::with(root.path(), &["--poll", "60000"]);
        fs::remove_file(root.path().join("static/numbers.txt")).expect("a file");
        std::os::unix::fs::symlink(outside.path().join("secret.txt"), root.path().join("static/numbers.txt"))
            .expect("a link");
        let answer = held.get("/numbers.txt");
        assert_eq!((answer.status, answer.body.contains("SECRET")), (404, false));
    }
}

#[test]
fn a_head_that_is_too_large_or_too_slow_costs_its_connection_and_no_other() {
    use std::io::{Read as _, Write as _};
    let root = tram();
    let preview = Preview::start(root.path());
    let mut slow = preview.connect();
    slow.write_all(b"GET / HTTP/1.1\r\nHost: ").expect("a connection");
    let mut idle = preview.connect();
    idle.write_all(format!("GET / HTTP/1.1\r\nHost: {}\r\n\r\n", preview.host).as_bytes()).expect("a connection");

    let large = preview.ask("GET", "/", &format!("X: {}\r\n", "x".repeat(100_000)));
    assert!(matches!(large.status, 0 | 400 | 431), "{}", large.status);
    let many = preview.ask("GET", "/", &"X: x\r\n".repeat(1000));
    assert!(matches!(many.status, 0 | 400 | 431), "{}", many.status);
    let long = preview.get(&format!("/{}", "x".repeat(100_000)));
    assert!(matches!(long.status, 0 | 400 | 414 | 431), "{}", long.status);
    assert_eq!(preview.get("/").status, 200);

    // Both are closed from the other side: what has not asked to its end, and what asks for nothing more.
    let mut rest = Vec::new();
    let _ = slow.read_to_end(&mut rest);
    let _ = idle.read_to_end(&mut rest);
    assert_eq!(preview.get("/").status, 200);
}

#[test]
fn two_hundred_read_at_once() {
    let root = tram();
    let preview = Preview::start(root.path());
    let listeners: Vec<_> = (0..20).map(|_| preview.listen("/articles/tram.html")).collect();
    let expected = preview.get("/articles/tram.html").body;
    thread::scope(|scope| {
        let read = |path: &'static str| {
            let preview = &preview;
            scope.spawn(move || preview.get(path))
        };
        let paths = ["/articles/tram.html", "/", "/timeline.html", "/dossier.json"];
        let readers: Vec<_> = (0..200).map(|n| (n, read(paths[n % paths.len()]))).collect();
        for (n, reader) in readers {
            let answer = reader.join().expect("an answer");
            assert_eq!(answer.status, 200);
            assert!(n % paths.len() != 0 || answer.body == expected);
        }
    });
    drop(listeners);
    assert_eq!(preview.get("/").status, 200);
}

/// The two lines that the preview adds, taken out again.
fn without_own_lines(page: &str) -> String {
    let lines = page.split_inclusive('\n').filter(|line| !line.contains("\"/.dossier/preview."));
    lines.collect()
}

#[test]
fn a_previewed_page_is_the_built_one_but_for_two_lines() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = tempfile::tempdir().expect("a folder");
    let public = output.path().join("public");
    let mut build = Process::start(sample, &["build", "--drafts", "--output", public.to_str().expect("a path")]);
    assert!(build.ended().success(), "{}", build.err());
    let preview = Preview::start(sample);
    let built = files(&public);
    assert!(built.len() > 50);
    for (path, bytes) in
        built.iter().filter(|(path, _)| !matches!(path.as_str(), ".dossier-build.json" | "manifest.json"))
    {
        let answer = preview.get(&format!("/{path}"));
        assert!(!String::from_utf8_lossy(bytes).contains(".dossier/"), "{path}: nothing of the preview is built");
        match path.ends_with(".html") {
            true => {
                let page = without_own_lines(&answer.body);
                assert_eq!(answer.body.lines().count(), page.lines().count() + 2, "{path}");
                assert_eq!(page.as_bytes(), bytes, "{path}");
            }
            false => assert_eq!(&answer.bytes, bytes, "{path}"),
        }
    }
}
