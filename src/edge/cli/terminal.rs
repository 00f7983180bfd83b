//! What people see: results on standard output, everything else on standard error.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::{ErrorKind, IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

use clap::ColorChoice;

use super::super::{printed, report};
use super::{Failure, Globals, MACHINE, count};
use crate::base::diag::Diagnostics;
use crate::base::input::Inputs;

impl Globals {
    /// Whether what is shown there has colours.
    pub(super) fn colours(&self, terminal: bool) -> bool {
        match self.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
        }
    }

    /// Prints findings for people; with `--quiet` only errors.
    pub(super) fn show(&self, inputs: &Inputs, diags: &Diagnostics) {
        let colour = self.colours(std::io::stderr().is_terminal());
        let shown = if self.quiet { diags.errors_only() } else { diags.clone() };
        tell_exactly(&report::human(inputs, &shown, colour));
    }
}

/// A result for people, on standard output.
pub(super) fn say(text: &str) -> Result<(), Failure> {
    say_exactly(&printed::in_lines(text))
}

/// A result for programs, or one in which the colours are ours, on standard output. A reader that went away is no failure of ours; a
/// full disk is, for half a result is worse than none.
pub(super) fn say_exactly(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::new(MACHINE, format!("the result could not be written to standard output: {error}")))
        }
        _ => Ok(()),
    }
}

/// What happens, on standard error.
pub(super) fn tell(text: &str) {
    tell_exactly(&printed::in_lines(text));
}

fn tell_exactly(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// Why nothing more happens, on standard error.
pub(super) fn complain(message: &str) {
    tell(&format!("error: {message}\n"));
}

/// Has a fault of the program told like everything else: what it says may hold a text.
pub(super) fn tell_of_faults() {
    std::panic::set_hook(Box::new(|fault| {
        let trace = Backtrace::capture();
        let trace = if trace.status() == BacktraceStatus::Captured { format!("{trace}\n") } else { String::new() };
        tell(&format!("error: a fault of dossier itself, please report it: {fault}\n{trace}"));
    }));
}

/// How far a long work has come: a line that is written over, on a terminal, once the work has taken a second.
pub(super) struct Progress {
    shown: bool,
    started: Instant,
    last: Option<Instant>,
    done: &'static str,
    one: &'static str,
    many: &'static str,
}

impl Progress {
    /// Of work on files that are `done`: `Progress::new(globals, "sent", "file", "files")`.
    pub(super) fn new(globals: &Globals, done: &'static str, one: &'static str, many: &'static str) -> Self {
        let shown = !globals.quiet && std::io::stderr().is_terminal();
        Self { shown, started: Instant::now(), last: None, done, one, many }
    }

    /// Says how far it is, ten times a second at most.
    pub(super) fn show(&mut self, number: usize, of: usize) {
        let now = Instant::now();
        let early =
            now.duration_since(self.last.unwrap_or(self.started)) < FIRST_AND_NEXT[usize::from(self.last.is_some())];
        if self.shown && !early {
            self.last = Some(now);
            tell_exactly(&format!("\r\x1b[K{} {number} of {}", self.done, count(of, self.one, self.many)));
        }
    }
}

/// When a line of progress first appears, and how soon it may change.
const FIRST_AND_NEXT: [Duration; 2] = [Duration::from_secs(1), Duration::from_millis(100)];

impl Drop for Progress {
    fn drop(&mut self) {
        if self.last.is_some() {
            tell_exactly("\r\x1b[K");
        }
    }
}
