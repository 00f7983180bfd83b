//! A copy of the site is compared with its manifest, file by file.

#![expect(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The exit code and what is said on standard output.
fn verify(arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_dossier")).arg("verify").args(arguments).output().expect("it runs");
    (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
}

/// A site of a few files, in a folder that goes with the first value.
fn site() -> (tempfile::TempDir, PathBuf) {
    let root = tempfile::tempdir().expect("a folder");
    fs::create_dir(root.path().join("static")).expect("a folder");
    fs::write(root.path().join("static/a b&é?#.txt"), "odd").expect("a file");
    fs::write(root.path().join("site.toml"), "title = \"T\"\nbase_url = \"https://example.org/\"\n").expect("a file");
    let built = Command::new(env!("CARGO_BIN_EXE_dossier")).args(["build", "--root"]).arg(root.path()).output();
    assert!(built.expect("it runs").status.success());
    let output = root.path().join("public");
    (root, output)
}

fn path(path: &Path) -> &str {
    path.to_str().expect("a path")
}

#[test]
fn a_copy_is_whole_or_each_difference_is_named() {
    let (root, output) = site();
    let (code, said) = verify(&[path(&output)]);
    assert_eq!(code, Some(0));
    assert!(said.starts_with("whole: ") && said.contains(" files, as the manifest with SHA-256 "), "{said}");
    fs::remove_file(output.join("timeline.html")).expect("it was there");
    fs::write(output.join("index.html"), "other words").expect("a file");
    fs::write(
        output.join("robots.txt"),
        fs::read_to_string(output.join("robots.txt")).expect("a file").replace("Allow", "Avoid"),
    )
    .expect("a file");
    fs::create_dir(output.join("wp")).expect("a folder");
    fs::write(output.join("wp/login.php"), "").expect("a file");
    let (code, said) = verify(&[path(&output)]);
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(code, Some(1));
    assert_eq!(
        lines[..4],
        ["missing  timeline.html", "changed  index.html", "changed  robots.txt", "extra  wp/login.php"]
    );
    assert!(lines[4].starts_with("not whole: 1 missing, 2 changed, 1 extra, of "), "{said}");
    drop(root);
}

#[test]
fn a_copy_whose_manifest_was_changed_too_is_found_out_by_the_editors_own() {
    let (root, output) = site();
    let own = root.path().join("manifest-of-ours.json");
    fs::copy(output.join("manifest.json"), &own).expect("a copy");
    let page = output.join("index.html");
    let before = verify(&[path(&output)]).1;
    fs::write(&page, "forged").expect("a file");
    let manifest = fs::read_to_string(&own).expect("a file");
    let line = manifest.lines().find(|line| line.contains("\"index.html\"")).expect("a line");
    let forged = dossier::edge::manifest::Entry::of(b"forged");
    let forged = format!("    \"index.html\": {{ \"sha256\": \"{}\", \"size\": {} }},", forged.sha256, forged.size);
    fs::write(output.join("manifest.json"), manifest.replace(line, &forged)).expect("a file");
    let (code, said) = verify(&[path(&output)]);
    assert_eq!(code, Some(0), "a copy that agrees with itself");
    assert_ne!(said, before, "and yet has another hash");
    let (code, said) = verify(&[path(&output), "--manifest", path(&own)]);
    let changed: Vec<&str> = said.lines().take(2).collect();
    assert_eq!((code, changed), (Some(1), vec!["changed  index.html", "changed  manifest.json"]));
}

#[test]
fn what_cannot_be_compared_is_told_so() {
    let (root, output) = site();
    fs::write(root.path().join("bad.json"), "{}").expect("a file");
    let bad = root.path().join("bad.json");
    for (arguments, expected) in [
        (&[path(root.path())][..], 3),
        (&[path(&output), "--manifest", path(&bad)], 3),
        (&["/nowhere/at/all"], 2),
        (&["ftp://example.org/"], 2),
        (&["http://127.0.0.1:9/"], 3),
        (&[], 2),
    ] {
        assert_eq!(verify(arguments).0, Some(expected), "{arguments:?}");
    }
}

/// A pipe in a copy is told, and nobody waits for it.
#[cfg(unix)]
#[test]
fn what_is_no_file_is_not_opened() {
    let fifo = |path: &Path| assert!(Command::new("mkfifo").arg(path).status().expect("it runs").success());
    let (_root, output) = site();
    fs::remove_file(output.join("index.html")).expect("it was there");
    fifo(&output.join("index.html"));
    fifo(&output.join("more"));
    let (code, said) = verify(&[path(&output)]);
    assert_eq!(code, Some(1));
    assert!(said.starts_with("changed  index.html\nextra  more\n"), "{said}");
    fs::remove_file(output.join("manifest.json")).expect("it was there");
    fifo(&output.join("manifest.json"));
    assert_eq!(verify(&[path(&output)]).0, Some(3));
    assert_eq!(verify(&[path(&output), "--manifest", path(&output.join("manifest.json"))]).0, Some(3));
}

/// What a copy or its manifest is called does not reach the terminal as more than a name.
#[test]
fn names_are_printed_as_names() {
    let (_root, output) = site();
    let name = "a\u{1b}[2J\u{202e}\nwhole: b";
    fs::write(output.join(name), "").expect("a file");
    let (code, said) = verify(&[path(&output)]);
    assert_eq!(code, Some(1));
    assert!(said.starts_with("extra  a\u{fffd}[2J\u{fffd}\u{fffd}whole: b\n"), "{said:?}");
}

/// A website that answers each path as it is told, and remembers what it was asked for.
struct Website {
    address: String,
    asked: std::sync::Arc<std::sync::Mutex<Vec<String>>>,
}

impl Website {
    fn start(answer: impl Fn(&str, &mut std::net::TcpStream) + Send + Sync + 'static) -> Self {
        use std::io::{BufRead as _, BufReader};
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}/", listener.local_addr().expect("an address"));
        let asked = std::sync::Arc::<std::sync::Mutex<Vec<String>>>::default();
        let (answer, remembered) = (std::sync::Arc::new(answer), asked.clone());
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let (answer, remembered) = (answer.clone(), remembered.clone());
                std::thread::spawn(move || {
                    let mut line = String::new();
                    let mut reader = BufReader::new(stream.try_clone().expect("a stream"));
                    reader.read_line(&mut line).expect("a request");
                    while reader.read_line(&mut String::new()).is_ok_and(|length| length > 2) {}
                    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
                    remembered.lock().expect("a list").push(path.clone());
                    answer(&path, &mut stream);
                });
            }
        });
        Self { address, asked }
    }
}

fn send(stream: &mut std::net::TcpStream, body: &[u8]) {
    use std::io::Write as _;
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
}

fn manifest_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    use dossier::edge::manifest::{Entry, Manifest};
    let files = files.iter().map(|(path, bytes)| ((*path).to_owned(), Entry::of(bytes))).collect();
    Manifest { site: "https://example.org/".to_owned(), files }.to_json()
}

/// A path is one path: brackets are no lists of a hundred thousand addresses.
#[test]
fn each_file_of_a_website_is_asked_for_once() {
    let files: &[(&str, &[u8])] =
        &[("a[1-100000].txt", b"one"), ("b{c,d}.txt", b"two"), ("e\"f\\g.txt", b"three"), ("empty", b"")];
    let manifest = manifest_of(files);
    let website = Website::start(move |path, stream| match path {
        "/manifest.json" => send(stream, &manifest),
        path if path.starts_with("/a") => send(stream, b"one"),
        path if path.starts_with("/b") => send(stream, b"two"),
        path if path.starts_with("/empty") => send(stream, b""),
        _ => send(stream, b"three"),
    });
    let (code, said) = verify(&[&website.address]);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(website.asked.lock().expect("a list").len(), 6, "the manifest twice, and each file");
}

/// A file that never ends, or says that it is larger than it should be, is changed; the others are compared all the same.
#[test]
fn a_website_that_sends_without_end_is_broken_off() {
    let files: &[(&str, &[u8])] =
        &[("a.txt", b"one"), ("endless.txt", b"two"), ("huge.txt", b"three"), ("z.txt", b"four")];
    let manifest = manifest_of(files);
    let website = Website::start(move |path, stream| {
        use std::io::Write as _;
        match path {
            "/manifest.json" => send(stream, &manifest),
            "/a.txt" => send(stream, b"one"),
            "/z.txt" => send(stream, b"four"),
            "/huge.txt" => {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\nthree");
            }
            _ => {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
                while stream.write_all(&[b'x'; 4096]).is_ok() {}
            }
        }
    });
    let (code, said) = verify(&[&website.address]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.starts_with("changed  endless.txt\nchanged  huge.txt\nnot whole: 0 missing, 2 changed"), "{said}");
}
