//! Hundreds of browsers at once, some of them slow, rude or broken, while the dossier changes under them: nobody is told anything
//! that no build would have written.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use dossier::base::input::Options;
use dossier::edge::read;

use super::preview::{Preview, write};
use super::tram;

/// How much is asked of the preview.
struct Load {
    connections: usize,
    /// Requests on each connection, at least.
    requests: usize,
    /// Changes of the dossier before the last request, at least.
    changes: usize,
    /// How much more memory the preview may have at the end than after the first tenth of the requests.
    growth: u64,
}

#[test]
fn three_hundred_browsers_and_a_dossier_that_changes_all_the_time() {
    under(&Load { connections: 300, requests: 10, changes: 20, growth: 64 << 20 });
}

/// `cargo test --test serve -- --ignored hundred_thousand`
#[test]
#[ignore = "takes most of a minute"]
fn a_hundred_thousand_requests_while_files_change_twenty_times_a_second() {
    under(&Load { connections: 300, requests: 334, changes: 100, growth: 48 << 20 });
}

/// What the dossier goes through, round and round.
const ARTICLES: usize = 6;
const ENTITIES: usize = 2;

fn save_article(root: &Path, version: usize) {
    let text = "It goes on for a while. ".repeat(version * 40);
    let article = format!("---\ntitle: Tram {version}\n---\nThe council votes. {text}\n");
    save(root, "content/articles/tram.md", &article);
}

fn save_entity(root: &Path, version: usize) {
    let entity = format!("---\nname: The council\nkind: place\n---\nSeat {version}.\n");
    save(root, "content/entities/council.md", &entity);
}

/// Pages, and a file for programs.
const ASKED: &[&str] = &["articles/tram.html", "entities/council.html", "index.html", "404.html", "dossier.json"];

/// Every version that a build would write, of each route that is asked for.
fn expected(root: &Path) -> BTreeMap<&'static str, BTreeSet<Vec<u8>>> {
    let mut all: BTreeMap<&'static str, BTreeSet<Vec<u8>>> = BTreeMap::new();
    for (article, entity) in (0..ARTICLES).flat_map(|article| (0..ENTITIES).map(move |entity| (article, entity))) {
        save_article(root, article);
        save_entity(root, entity);
        let inputs = read::folder(root, Options { drafts: true, ..Options::default() }).expect("a folder");
        let (site, found) = dossier::build(&Arc::new(inputs));
        assert_eq!(found.errors(), 0);
        for route in ASKED {
            let mut bytes = Vec::new();
            site.render_to(route, &mut bytes).expect("a page");
            all.entry(route).or_default().insert(bytes);
        }
    }
    all
}

/// As editors' programs do: written beside, then put in its place.
fn save(root: &Path, path: &str, text: &str) {
    let (at, name) = (root.join(path), path.replace('/', "-"));
    let beside = at.with_file_name(format!(".{name}"));
    fs::write(&beside, text).and_then(|()| fs::rename(beside, at)).expect("a file");
}

fn under(load: &Load) {
    let root = tram();
    write(root.path(), "static/large.bin", &"large".repeat(2 << 20));
    fs::remove_file(root.path().join("content/annotations/tram.yaml")).expect("it was there");
    let expected = expected(root.path());
    assert!(expected["articles/tram.html"].len() >= ARTICLES && expected["entities/council.html"].len() >= ENTITIES);
    let preview = Preview::start(root.path());
    let (stop, changes, asked, early) =
        (AtomicBool::new(false), AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
    let all = load.connections * load.requests;
    thread::scope(|scope| {
        let changing = scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                let number = changes.fetch_add(1, Ordering::Relaxed);
                save_article(root.path(), number % ARTICLES);
                save_entity(root.path(), number / 4 % ENTITIES);
                thread::sleep(Duration::from_millis(50));
            }
        });
        let rude = scope.spawn(|| {
            while !stop.load(Ordering::Relaxed) {
                be_rude(&preview)
            }
        });
        let slow: Vec<_> = (0..20).map(|_| slow(&preview)).collect();
        let readers: Vec<_> = (0..load.connections)
            .map(|number| {
                let (preview, expected, changes, asked, early) = (&preview, &expected, &changes, &asked, &early);
                scope.spawn(move || {
                    let mut browser = Browser::new(preview);
                    // A slow machine makes few changes, a quick one answers before there are any.
                    let ever = (0..).take_while(|&request| {
                        request < load.requests || changes.load(Ordering::Relaxed) <= load.changes
                    });
                    for request in ever {
                        let route = ASKED[(number + request) % ASKED.len()];
                        let (status, body) = browser.get(route);
                        assert_eq!(status, if route == "404.html" { 404 } else { 200 }, "{route}");
                        let known = expected[route].contains(&without_own_lines(route, body.clone()));
                        assert!(known, "no build writes this at {route}:\n{}", String::from_utf8_lossy(&body));
                        if asked.fetch_add(1, Ordering::Relaxed) == all / 10 {
                            early.store(preview.process.memory() as usize, Ordering::Relaxed);
                        }
                    }
                })
            })
            .collect();
        let ended: Vec<_> = readers.into_iter().map(thread::ScopedJoinHandle::join).collect();
        stop.store(true, Ordering::Relaxed);
        changing.join().expect("it ends");
        rude.join().expect("it ends");
        drop(slow);
        assert!(
            ended.iter().all(Result::is_ok),
            "{} of {} got what they should not have",
            ended.iter().filter(|end| end.is_err()).count(),
            ended.len()
        );
    });
    let (early, late) = (early.load(Ordering::Relaxed) as u64, preview.process.memory());
    let (asked, mb) = (asked.into_inner(), |bytes: u64| bytes >> 20);
    let grown = format!("{asked} requests: {} MB after the first tenth, {} MB at the end", mb(early), mb(late));
    assert!(early > 0 && late < early + load.growth, "{grown}");
    // The captured output of a test that passes is not shown.
    let _ = writeln!(std::io::stderr(), "{grown}");
    assert!(!preview.process.err().contains("panicked"), "{}", preview.process.err());
    assert_eq!(preview.get("/").status, 200);
}

/// The page as it is built: the preview adds two lines.
fn without_own_lines(route: &str, body: Vec<u8>) -> Vec<u8> {
    if !route.ends_with(".html") {
        return body;
    }
    let text = String::from_utf8(body).expect("text");
    text.split_inclusive('\n').filter(|line| !line.contains("\"/.dossier/preview.")).collect::<String>().into_bytes()
}

/// Asks for a large file, and reads none of it.
fn slow(preview: &Preview) -> TcpStream {
    let mut stream = preview.connect();
    let request = format!("GET /large.bin HTTP/1.1\r\nHost: {}\r\n\r\n", preview.host);
    stream.write_all(request.as_bytes()).expect("a connection");
    stream
}

/// What a broken or hostile program sends: half a request, a head without end, noise; and away it is, mostly without an answer.
fn be_rude(preview: &Preview) {
    let host = &preview.host;
    let mut endless = format!("GET / HTTP/1.1\r\nHost: {host}\r\n").into_bytes();
    (0..10 << 10).for_each(|number| endless.extend(format!("X-{number}: {}\r\n", "x".repeat(1000)).into_bytes()));
    for bytes in [
        b"GET /articles/tram.html HTT".as_slice(),
        format!("GET /large.bin HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes(),
        format!("GET /{} HTTP/1.1\r\n", "x".repeat(1 << 20)).as_bytes(),
        &endless,
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        format!("POST / HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n").as_bytes(),
        format!("GET / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 99999999999\r\n\r\n").as_bytes(),
        format!("GET /.dossier/events?page=/articles/tram.html HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes(),
        &[0; 4096],
    ] {
        let mut stream = preview.connect();
        // It may be closed from the other side by now.
        let _ = stream.write_all(bytes);
        let _ = stream.set_read_timeout(Some(Duration::from_millis(5)));
        let _ = stream.read(&mut [0; 64]);
    }
}

/// A connection that is kept for one request after the other.
struct Browser {
    stream: BufReader<TcpStream>,
    host: String,
}

impl Browser {
    fn new(preview: &Preview) -> Self {
        Self { stream: BufReader::new(preview.connect()), host: preview.host.clone() }
    }

    /// The status and the body.
    fn get(&mut self, route: &str) -> (u16, Vec<u8>) {
        let request = format!("GET /{route} HTTP/1.1\r\nHost: {}\r\n\r\n", self.host);
        self.stream.get_mut().write_all(request.as_bytes()).expect("a connection");
        let (mut status, mut length, mut line) = (0, 0, String::new());
        loop {
            line.clear();
            self.stream.read_line(&mut line).expect("an answer");
            if let Some(rest) = line.strip_prefix("HTTP/1.1 ") {
                status = rest[..3].parse().expect("a status");
            } else if let Some(rest) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = rest.trim().parse().expect("a length");
            } else if line == "\r\n" {
                break;
            }
            assert!(!line.is_empty(), "the connection was closed");
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).expect("the whole answer");
        (status, body)
    }
}
