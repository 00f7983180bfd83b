//! `dossier build --watch`: write the site again at each change.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Args;

use super::super::watch::{self, Stop, Watcher};
use super::super::write::Update;
use super::terminal::{complain, say, tell};
use super::{ERRORS, Failure, Globals, MACHINE, Outcome, build};
use crate::base::input::{Inputs, Options};

#[derive(Args)]
pub(super) struct WatchArgs {
    /// Write what changed again at each change, until Ctrl-C
    #[arg(long)]
    pub(super) watch: bool,
    /// With `--watch`: look at the files every MS milliseconds instead of waiting for the system to tell of changes
    #[arg(long, value_name = "MS", requires = "watch", value_parser = clap::value_parser!(u64).range(10..=60_000))]
    poll: Option<u64>,
}

pub(super) fn run(globals: &Globals, args: &WatchArgs, root: &Path, asked: Option<&Path>, options: Options) -> Outcome {
    let stop = Stop::when_told().map_err(|message| Failure::new(MACHINE, message))?;
    let mut watcher = Watcher::start(root, args.poll.map(Duration::from_millis));
    let mut inputs = super::inputs(root, options)?;
    let mut update: Option<Update> = None;
    let mut started = Instant::now();
    loop {
        if let Some(notice) = watcher.notice() {
            tell(&format!("{notice}\n"));
        }
        match write(globals, &stop, &inputs, root, asked, &mut update, started) {
            Err(failure) if failure.code != ERRORS => return Err(failure),
            Err(failure) => complain(&failure.message),
            Ok(()) => {}
        }
        inputs = changed(&mut watcher, root, &inputs)?;
        started = Instant::now();
    }
}

fn write(
    globals: &Globals,
    stop: &Stop,
    inputs: &Arc<Inputs>,
    root: &Path,
    asked: Option<&Path>,
    update: &mut Option<Update>,
    started: Instant,
) -> Result<(), Failure> {
    let site = build::checked(globals, inputs)?;
    let (output, shown) = build::output(&site, root, asked);
    let _whole = stop.hold();
    let first = update.is_none();
    let update = update.get_or_insert_with(|| Update::new(root, &output));
    let written = update.write(&site).map_err(|error| build::explain(globals, &site, error))?;
    if globals.quiet {
        return Ok(());
    }
    if first {
        say(&build::closing(&site, &written, &shown, started));
    } else {
        let (changed, files, took) = (written.changed, written.files, started.elapsed().as_millis());
        say(&format!("wrote {changed} of {files} files into {} in {took} ms\n", shown.display()));
    }
    Ok(())
}

/// Waits until the inputs are others.
fn changed(watcher: &mut Watcher, root: &Path, inputs: &Arc<Inputs>) -> Result<Arc<Inputs>, Failure> {
    let changes = watcher.wait();
    let read = watch::read_again(root, inputs, &changes);
    read.map(Arc::new).map_err(|error| Failure::new(MACHINE, format!("`{}` cannot be read: {error}", root.display())))
}
