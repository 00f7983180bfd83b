//! A process with what it took, as the system tells: Linux tells all of it, others the time on the clock.

use std::fs;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How often a running process is asked for its memory.
const LOOK: Duration = Duration::from_millis(2);

/// What one run took.
#[derive(Clone, Copy)]
pub(crate) struct Run {
    /// Seconds on the clock.
    pub(crate) wall: f64,
    /// Seconds on all processors, in the program and in the system, in steps of a hundredth.
    cpu: f64,
    /// The most memory at once, in MB.
    peak: u64,
}

/// Runs a command to its end.
pub(crate) fn run(mut command: Command) -> Run {
    let before = children();
    let start = Instant::now();
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().expect("the program can be started");
    let mut peak = 0;
    let status = loop {
        peak = peak.max(memory(child.id()));
        match child.try_wait().expect("a child of ours") {
            Some(status) => break status,
            None => sleep(LOOK),
        }
    };
    let wall = start.elapsed().as_secs_f64();
    assert!(status.success(), "{command:?}: {status}");
    Run { wall, cpu: children() - before, peak }
}

/// The seconds that all children so far have used.
fn children() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(") ").next().unwrap_or_default().split(' ');
    fields.skip(13).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// The most memory that a running process has had, in MB.
fn memory(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.map_or(0, |kilobytes| kilobytes * 1024 / 1_000_000)
}

/// The processor, how many of them, and how busy they are with other work.
pub(crate) fn machine() -> String {
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or_default();
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or("?");
    format!("{cores} cores of {}; load before: {load}", model.trim_matches([' ', '\t', ':']))
}

/// The runs of each kind, in the order of their first.
#[derive(Default)]
pub(crate) struct Table {
    rows: Vec<(&'static str, Vec<Run>)>,
}

impl Table {
    pub(crate) fn add(&mut self, name: &'static str, run: Run) {
        match self.rows.iter_mut().find(|(known, _)| *known == name) {
            Some((_, runs)) => runs.push(run),
            None => self.rows.push((name, vec![run])),
        }
    }

    /// The median of the seconds on the clock.
    pub(crate) fn wall(&self, name: &str) -> Option<f64> {
        let (_, runs) = self.rows.iter().find(|(known, _)| *known == name)?;
        Some(median(runs, |run| run.wall))
    }

    pub(crate) fn print(&self) {
        println!("{:>26} {:>8} {:>17} {:>8} {:>8}", "", "wall s", "least to most", "cpu s", "peak MB");
        for (name, runs) in &self.rows {
            let (least, most) =
                runs.iter().fold((f64::MAX, 0f64), |(least, most), run| (least.min(run.wall), most.max(run.wall)));
            let (wall, cpu) = (median(runs, |run| run.wall), median(runs, |run| run.cpu));
            let peak = runs.iter().map(|run| run.peak).max().unwrap_or_default();
            println!("{name:>26} {wall:8.3} {:>17} {cpu:8.2} {peak:8}", format!("{least:.3} to {most:.3}"));
        }
    }
}

fn median(runs: &[Run], of: impl Fn(&Run) -> f64) -> f64 {
    let mut values: Vec<f64> = runs.iter().map(of).collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
