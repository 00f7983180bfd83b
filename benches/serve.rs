//! How long an edit takes to be on the screen: from the end of the write to the first answer with the new text.
//!
//! ```text
//! cargo bench --bench serve -- [ARTICLES] [--hugo PROGRAM]     10,000 articles unless said otherwise
//! ```
//!
//! The real server watches a generated dossier in a temporary folder and is asked over loopback, a connection each time. With
//! `--hugo` the same prose is edited under `hugo server`, which has no annotations and no aliases.

#![expect(clippy::disallowed_methods, clippy::disallowed_macros, reason = "a benchmark reaches outside")]

mod corpus;
mod edits;
mod hugo;

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use edits::{Edit, edits, hugo_edits, written};

/// Edits of each kind.
const TIMES: usize = 15;

/// An edit that takes longer than this is lost.
const PATIENCE: Duration = Duration::from_secs(120);

/// Between two questions, so that asking does not take the time of answering.
const PAUSE: Duration = Duration::from_millis(1);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let articles = arguments.iter().find_map(|argument| argument.parse().ok()).unwrap_or(10_000);
    let hugo = arguments.iter().position(|argument| argument == "--hugo").map(|at| arguments[at + 1].clone());
    let corpus = corpus::corpus(articles, 1);
    println!("{articles} articles, {} annotations", corpus.annotations.len());

    let folder = written(&corpus.files);
    let mut dossier = Command::new(env!("CARGO_BIN_EXE_dossier"));
    let port = free_port();
    dossier.args(["serve", "--quiet", "--port", &port.to_string(), "--root"]).arg(folder.path());
    measure("dossier serve", dossier, port, folder.path(), &edits(articles));

    if let Some(program) = hugo {
        let folder = written(&hugo::site(&corpus));
        let port = free_port();
        let mut hugo = Command::new(program);
        hugo.args(["server", "--quiet", "--port", &port.to_string(), "--source"]).arg(folder.path());
        measure("hugo server", hugo, port, folder.path(), &hugo_edits(articles));
    }
}

fn measure(name: &str, command: Command, port: u16, folder: &Path, edits: &[Edit]) {
    println!("\n{name}");
    let started = Instant::now();
    let server = Server::start(command, port);
    server.wait_for("/", "<");
    println!("{:>24} {:9.0} ms", "start to first page", started.elapsed().as_secs_f64() * 1e3);
    println!("{:>24} {:>9}", "memory then", server.memory());
    for edit in edits {
        let path = folder.join(&edit.file);
        let original = fs::read_to_string(&path).unwrap_or_else(|_| edits::template());
        let mut took: Vec<f64> = (0..TIMES).map(|n| once(&server, edit, &path, &original, n)).collect();
        took.sort_by(f64::total_cmp);
        println!(
            "{:>24} {:9.1} ms   {:.1} to {:.1}, {TIMES} times",
            edit.name,
            took[TIMES / 2],
            took[0],
            took[TIMES - 1]
        );
        edit.undo(&path, &original);
    }
    println!("{:>24} {:>9}", "peak memory", server.memory());
}

/// Writes an edit, and waits until it is on its page.
fn once(server: &Server, edit: &Edit, path: &Path, original: &str, n: usize) -> f64 {
    edits::put(path, &edit.after(original, n));
    let written = Instant::now();
    server.wait_for(&edit.page, &edit.word(n));
    let took = written.elapsed().as_secs_f64() * 1e3;
    // An editor rests between two saves, and so does a burst end.
    sleep(Duration::from_millis(300));
    took
}

/// A server of some kind, ended with the benchmark.
struct Server {
    child: Child,
    port: u16,
}

impl Server {
    fn start(mut command: Command, port: u16) -> Self {
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::inherit()).spawn();
        Self { child: child.expect("the server can be started"), port }
    }

    fn wait_for(&self, page: &str, word: &str) {
        let start = Instant::now();
        while !self.get(page).is_some_and(|answer| answer.contains(word)) {
            assert!(start.elapsed() < PATIENCE, "{page} never says {word}");
            sleep(PAUSE);
        }
    }

    fn get(&self, page: &str) -> Option<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        let port = self.port;
        write!(stream, "GET {page} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n").ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).ok()?;
        Some(String::from_utf8_lossy(&answer).into_owned())
    }

    /// The largest resident size so far, where the system tells.
    fn memory(&self) -> String {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let size = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
        size.map_or("?".to_owned(), |kilobytes| format!("{} MB", kilobytes >> 10))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port()
}
