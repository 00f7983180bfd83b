//! `dossier build --watch`: write the site again at each change.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Args;

use super::super::watch::{self, Stop, Watcher};
use super::terminal::{complain, say, tell};
use super::{ERRORS, Failure, Globals, MACHINE, Outcome, build};
use crate::Memo;
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
    let mut watcher = Watcher::start(root, args.poll.map(Duration::from_millis), &stop);
    let mut started = Instant::now();
    let mut inputs = super::inputs(root, options)?;
    watcher.follow(inputs.links.iter().map(|path| &**path));
    let mut builder = Builder { globals, root, asked, stop, memo: Memo::default(), first: true };
    loop {
        if let Some(notice) = watcher.notice().filter(|_| !globals.quiet) {
            tell(&format!("{notice}\n"));
        }
        match builder.build(&inputs, started) {
            // What cannot be written at first never will; later it is a full disk or another build, which passes.
            Err(failure) if failure.code != ERRORS && builder.first => return Err(failure),
            Err(failure) => complain(&failure.message),
            Ok(()) => {}
        }
        let changes = watcher.wait();
        started = Instant::now();
        match watch::read_again(root, &inputs, &changes) {
            Ok(read) => {
                inputs = Arc::new(read);
                watcher.follow(inputs.links.iter().map(|path| &**path));
            }
            Err(error) => complain(&format!("`{}` cannot be read: {error}", root.display())),
        }
    }
}

struct Builder<'a> {
    globals: &'a Globals,
    root: &'a Path,
    /// The output that was asked for.
    asked: Option<&'a Path>,
    stop: Stop,
    memo: Memo,
    /// Whether nothing was written yet.
    first: bool,
}

impl Builder<'_> {
    fn build(&mut self, inputs: &Arc<Inputs>, started: Instant) -> Result<(), Failure> {
        let (site, _) =
            build::checked(self.globals, inputs, crate::rebuild(inputs, &mut self.memo), self.root, self.asked)?;
        let whole = self.stop.hold();
        let (written, output, _) = build::write(self.globals, &site, self.root, self.asked)?;
        drop(whole);
        let first = std::mem::replace(&mut self.first, false);
        if !self.globals.quiet {
            let (changed, files, took) = (written.changed, written.files, started.elapsed().as_millis());
            let line = match first {
                true => format!("{} in {took} ms\n", build::closing(&site, &written, &output)),
                false => format!("wrote {changed} of {files} files into {} in {took} ms\n", output.display()),
            };
            say(&line)?;
        }
        Ok(())
    }
}
