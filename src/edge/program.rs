//! Other programs, for what they do best: `rsync`, `git`, `curl`. They have the user's keys, certificates and proxies.

use std::fmt;
use std::io::{self, Write as _};
use std::process::{Command, Stdio};
use std::time::Duration;

/// What a program wrote, and how it ended.
#[derive(Debug)]
pub struct Ended {
    /// Its exit code; `None` when it was killed.
    pub code: Option<i32>,
    /// Its standard output.
    pub out: Vec<u8>,
    /// Its standard error, without passwords.
    pub said: String,
}

impl Ended {
    /// Whether it did what it was asked.
    pub fn is_good(&self) -> bool {
        self.code == Some(0)
    }

    /// Its standard output as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.out).into_owned()
    }
}

/// The last that it said, which is most often why it ended.
impl fmt::Display for Ended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<&str> = self.said.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        match (&lines[lines.len().saturating_sub(3)..], self.code) {
            ([], Some(code)) => write!(f, "it ended with code {code}"),
            ([], None) => f.write_str("it was killed"),
            (last, _) => f.write_str(&last.join("; ")),
        }
    }
}

/// Runs a program with some input.
///
/// # Errors
/// It could not be started.
pub fn run(command: &mut Command, input: &[u8]) -> io::Result<Ended> {
    // What they say is looked at, and the first lines of it shown.
    command.env("LC_ALL", "C");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let stdin = child.stdin.take();
    let output = std::thread::scope(|scope| {
        // Beside the reading: a program that waits for its output to be read would never read its input.
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(input)));
        child.wait_with_output()
    })?;
    let said = without_passwords(&String::from_utf8_lossy(&output.stderr));
    Ok(Ended { code: output.status.code(), out: output.stdout, said })
}

/// How often a program that is watched is looked at.
const WATCH: Duration = Duration::from_millis(50);

/// Runs a program with some input, and ends it as soon as it `is_enough`; then it has no exit code.
///
/// # Errors
/// It could not be started.
pub fn run_while(command: &mut Command, input: &[u8], mut is_enough: impl FnMut() -> bool) -> io::Result<Ended> {
    command.env("LC_ALL", "C");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    std::thread::scope(|scope| {
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(input)));
        let out = scope.spawn(move || all_of(stdout));
        let said = scope.spawn(move || all_of(stderr));
        let status = loop {
            match child.try_wait()? {
                Some(status) => break status,
                None if is_enough() => {
                    child.kill()?;
                    break child.wait()?;
                }
                None => std::thread::sleep(WATCH),
            }
        };
        let said = said.join().unwrap_or_default();
        let said = without_passwords(&String::from_utf8_lossy(&said));
        Ok(Ended { code: status.code(), out: out.join().unwrap_or_default(), said })
    })
}

fn all_of(stream: Option<impl io::Read>) -> Vec<u8> {
    let mut all = Vec::new();
    // What was read before it failed is all that there is.
    let _ = stream.map(|mut stream| stream.read_to_end(&mut all));
    all
}

/// Runs a program, and again after one, two and four seconds while the network is to blame.
///
/// # Errors
/// It could not be started.
pub fn run_patiently(command: &mut Command, input: &[u8], is_passing: impl Fn(&Ended) -> bool) -> io::Result<Ended> {
    for seconds in [1, 2, 4] {
        let ended = run(command, input)?;
        if ended.is_good() || !is_passing(&ended) {
            return Ok(ended);
        }
        std::thread::sleep(Duration::from_secs(seconds));
    }
    run(command, input)
}

/// `https://me:secret@host/` is shown as `https://…@host/`.
fn without_passwords(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, after) = rest.split_at(at + "://".len());
        clean.push_str(before);
        let end = after.find(|c: char| c.is_whitespace() || matches!(c, '/' | '\'' | '"')).unwrap_or(after.len());
        rest = match after[..end].rfind('@') {
            Some(at) => {
                clean.push('…');
                &after[at..]
            }
            None => after,
        };
    }
    clean + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_not_repeated() {
        for (said, shown) in [
            ("fatal: https://me:secret@host/x.git not found", "fatal: https://…@host/x.git not found"),
            ("rsync://a:b@c@host/x and http://t@h", "rsync://…@host/x and http://…@h"),
            ("see https://host/a@b", "see https://host/a@b"),
            ("'ssh://git@host'", "'ssh://…@host'"),
        ] {
            assert_eq!(without_passwords(said), shown);
        }
    }

    #[test]
    fn a_program_may_write_while_it_reads() {
        let input = "a line of words\n".repeat(100_000);
        let ended = run(&mut Command::new("cat"), input.as_bytes()).expect("it runs");
        assert!(ended.is_good() && ended.out == input.as_bytes());
    }
}
