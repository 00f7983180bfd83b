//! A burst of signals is one change: a save is three events, a checkout of another branch some thousands.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use super::Signal;

/// A burst is over when nothing was heard for so long.
pub(super) const QUIET: Duration = Duration::from_millis(30);

/// A save is mostly over when nothing was heard for so long: what is built from then on may have to be dropped.
pub(super) const PAUSE: Duration = Duration::from_millis(6);

/// A file that is gone may be about to be written again: some programs delete before they save.
const QUIET_WITHOUT: Duration = Duration::from_millis(120);

/// A burst that does not end is taken as it is after so long.
const LONGEST: Duration = Duration::from_millis(600);

/// What is heard from `first` on, until it is quiet for so long.
pub(super) fn gather(signals: &Receiver<Signal>, first: Option<Signal>, enough: Duration) -> Vec<Signal> {
    let start = Instant::now();
    let mut heard: Vec<Signal> = first.into_iter().collect();
    let mut quiet = enough;
    loop {
        let left = LONGEST.saturating_sub(start.elapsed());
        match signals.recv_timeout(quiet.min(left)) {
            Ok(signal) => {
                heard.push(signal);
                quiet = enough;
            }
            Err(RecvTimeoutError::Timeout) if quiet == enough && !left.is_zero() && something_is_gone(&heard) => {
                quiet = QUIET_WITHOUT - enough;
            }
            Err(_) => return heard,
        }
    }
}

fn something_is_gone(heard: &[Signal]) -> bool {
    let gone = |path: &PathBuf| path.symlink_metadata().is_err();
    heard.iter().any(|signal| matches!(signal, Signal::Paths(paths) if paths.iter().any(gone)))
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn a_burst_is_heard_as_one_and_one_that_never_ends_is_cut() {
        let (sender, signals) = mpsc::channel();
        for _ in 0..1000 {
            sender.send(Signal::Everything).expect("a listener");
        }
        assert_eq!(gather(&signals, Some(Signal::Everything), QUIET).len(), 1001);

        let endless = std::thread::spawn(move || {
            while sender.send(Signal::Everything).is_ok() {
                std::thread::sleep(Duration::from_millis(5));
            }
        });
        assert!(!gather(&signals, None, QUIET).is_empty());
        drop(signals);
        endless.join().expect("it ends with its listener");
    }
}
