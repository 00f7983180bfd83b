//! What a process needed, as Linux tells.

use std::fs;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::thread;
use std::time::Duration;

/// A process that has ended.
pub(crate) struct Measured {
    pub(crate) status: ExitStatus,
    /// The most memory that it had, in bytes.
    pub(crate) peak: u64,
    /// How long it computed.
    #[allow(dead_code, reason = "for the benchmark; tests measure no time")]
    pub(crate) user: Duration,
    /// What it said on standard error.
    pub(crate) said: String,
}

/// Runs a command to its end; `scratch` is a file for what it says.
pub(crate) fn measured(command: &mut Command, scratch: &Path) -> Measured {
    let said = fs::File::create(scratch).expect("a file");
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(said).spawn().expect("it runs");
    let about = |what: &str| fs::read_to_string(format!("/proc/{}/{what}", child.id())).unwrap_or_default();
    let mut peak = 0;
    // Until somebody waits for it, a process that has ended still tells its time, though not its memory.
    let ticks = loop {
        let stat = about("stat");
        let fields: Vec<&str> = stat.rsplit_once(')').map_or("", |(_, rest)| rest).split_whitespace().collect();
        if fields.first().is_none_or(|state| *state == "Z") {
            break fields.get(11).and_then(|ticks| ticks.parse::<u64>().ok()).unwrap_or(0);
        }
        let status = about("status");
        let most = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse::<u64>().ok());
        peak = peak.max(most.unwrap_or(0) << 10);
        thread::sleep(Duration::from_millis(3));
    };
    let status = child.wait().expect("it ended");
    let said = fs::read_to_string(scratch).expect("a file");
    // A hundred a second on every Linux.
    Measured { status, peak, user: Duration::from_millis(ticks * 10), said }
}

/// Writes the files of a dossier.
pub(crate) fn write(root: &Path, files: Vec<(String, String)>) {
    for (path, text) in files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
}
