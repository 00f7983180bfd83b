//! The real program in a folder of its own, and a client that says on the wire exactly what a test wants said.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// What takes longer than this does not happen. Nothing is measured: on a good day all of it takes a moment.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// `site.toml` of every dossier here.
pub(crate) const SETTINGS: &str = "title = \"T\"\nbase_url = \"https://example.org/d/\"\nlanguage = \"en\"\n";

/// A small dossier in a folder of its own.
pub(crate) fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), "site.toml", SETTINGS);
    files.iter().for_each(|(path, text)| write(root.path(), path, text));
    root
}

pub(crate) fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    fs::write(path, text).expect("a file");
}

/// Waits until something is so.
#[track_caller]
pub(crate) fn eventually(what: &str, is_so: impl FnMut() -> bool) {
    assert!(happens(is_so), "never: {what}");
}

fn happens(mut is_so: impl FnMut() -> bool) -> bool {
    let deadline = Instant::now() + PATIENCE;
    while !is_so() {
        if Instant::now() > deadline {
            return false;
        }
        thread::sleep(Duration::from_millis(20));
    }
    true
}

/// A running `dossier`, killed when the test is over.
pub(crate) struct Process {
    child: Child,
    err: PathBuf,
    out: PathBuf,
    _files: tempfile::TempDir,
}

impl Process {
    pub(crate) fn start(root: &Path, arguments: &[&str]) -> Self {
        let files = tempfile::tempdir().expect("a folder");
        let (out, err) = (files.path().join("out"), files.path().join("err"));
        let file = |path: &Path| Stdio::from(fs::File::create(path).expect("a file"));
        let child = Command::new(env!("CARGO_BIN_EXE_dossier"))
            .args(arguments)
            .arg("--root")
            .arg(root)
            .stdin(Stdio::null())
            .stdout(file(&out))
            .stderr(file(&err))
            .spawn()
            .expect("the binary runs");
        Self { child, err, out, _files: files }
    }

    pub(crate) fn out(&self) -> String {
        fs::read_to_string(&self.out).expect("a file")
    }

    pub(crate) fn err(&self) -> String {
        fs::read_to_string(&self.err).expect("a file")
    }

    /// How it ended; it has to.
    #[track_caller]
    pub(crate) fn ended(&mut self) -> ExitStatus {
        let mut status = None;
        eventually("the program ends", || {
            status = self.child.try_wait().expect("a child");
            status.is_some()
        });
        status.expect("it ended")
    }

    /// How much memory it has, in bytes.
    #[cfg(target_os = "linux")]
    pub(crate) fn memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("it runs");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("a line of its memory");
        line.trim().trim_end_matches(" kB").parse::<u64>().expect("a number") << 10
    }

    /// Sends it a signal, by name.
    #[cfg(unix)]
    pub(crate) fn signal(&self, name: &str) {
        let sent = Command::new("kill").arg(format!("-{name}")).arg(self.child.id().to_string()).status();
        assert!(sent.expect("kill runs").success());
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A running preview.
pub(crate) struct Preview {
    pub(crate) process: Process,
    /// `127.0.0.1:4000`
    pub(crate) host: String,
}

impl Preview {
    pub(crate) fn start(root: &Path) -> Self {
        Self::with(root, &[])
    }

    #[track_caller]
    pub(crate) fn with(root: &Path, arguments: &[&str]) -> Self {
        let arguments: Vec<&str> = ["serve", "--port", "0"].iter().chain(arguments).copied().collect();
        let process = Process::start(root, &arguments);
        let mut host = None;
        eventually("the preview listens", || {
            let line = process.out();
            let address = line.strip_prefix("listening on http://").and_then(|rest| rest.strip_suffix("/\n"));
            host = address.map(str::to_owned);
            host.is_some()
        });
        Self { process, host: host.expect("an address") }
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.host).expect("a connection");
        stream.set_read_timeout(Some(PATIENCE)).expect("a socket");
        stream
    }

    /// Sends bytes and reads to the end.
    pub(crate) fn send(&self, bytes: &[u8]) -> Answer {
        let mut stream = self.connect();
        // Whoever refuses what is sent may close before all of it was.
        let _ = stream.write_all(bytes);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        Answer::new(&answer)
    }

    /// Asks for a path, with headers beside `Host`.
    pub(crate) fn ask(&self, method: &str, path: &str, headers: &str) -> Answer {
        let host = &self.host;
        self.send(format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n").as_bytes())
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "")
    }

    /// What a page of the preview is given to prove that it is one.
    pub(crate) fn token(&self) -> String {
        let page = self.get("/").body;
        let (_, after) = page.split_once("data-token=\"").expect("a token");
        after.split('"').next().unwrap_or_default().to_owned()
    }

    /// Waits until a page says something.
    #[track_caller]
    pub(crate) fn sees(&self, path: &str, words: &str) {
        let (mut page, err) = (String::new(), || self.process.err());
        let seen = happens(|| {
            page = self.get(path).body;
            page.contains(words)
        });
        assert!(seen, "{path} never says {words:?}\n{}\n{page}", err());
    }

    /// Listens as the page at a path does.
    pub(crate) fn listen(&self, path: &str) -> Events {
        let (mut stream, token) = (self.connect(), self.token());
        let request = format!("GET /.dossier/events?page={path}&token={token} HTTP/1.1\r\nHost: {}\r\n\r\n", self.host);
        stream.write_all(request.as_bytes()).expect("a connection");
        Events { lines: BufReader::new(stream) }
    }
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: String,
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    fn new(answer: &[u8]) -> Self {
        let end = answer.windows(4).position(|window| window == b"\r\n\r\n").map_or(answer.len(), |at| at + 4);
        let head = String::from_utf8_lossy(&answer[..end]).into_owned();
        let bytes = answer[end..].to_vec();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        Self { status, head, body: String::from_utf8_lossy(&bytes).into_owned(), bytes }
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        let lines = self.head.lines().filter_map(|line| line.split_once(':'));
        lines.filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim()).next().unwrap_or("")
    }
}

/// Server-sent events, as they come.
pub(crate) struct Events {
    lines: BufReader<TcpStream>,
}

impl Events {
    /// The next event of a kind; others are passed over.
    #[track_caller]
    pub(crate) fn next(&mut self, kind: &str) -> serde_json::Value {
        let (mut current, mut line) = (String::new(), String::new());
        loop {
            line.clear();
            assert!(self.lines.read_line(&mut line).expect("an event in time") > 0, "the stream ended");
            if let Some(name) = line.strip_prefix("event: ") {
                name.trim().clone_into(&mut current);
            }
            match line.strip_prefix("data: ") {
                Some(data) if current == kind => return serde_json::from_str(data).expect("JSON"),
                _ => {}
            }
        }
    }

    /// Waits for problems that are so.
    #[track_caller]
    pub(crate) fn problems(&mut self, is_so: impl Fn(&serde_json::Value) -> bool) -> serde_json::Value {
        loop {
            let problems = self.next("problems");
            if is_so(&problems) {
                return problems;
            }
        }
    }
}
