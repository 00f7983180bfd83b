//! `dossier new`: start a dossier, or a record in it.

use std::path::Path;

use clap::Args;

use super::super::new::{self, NewError, What};
use super::terminal::{say, tell};
use super::{DONE, Failure, Globals, MACHINE, Outcome, USAGE};

#[derive(Args)]
pub(super) struct NewArgs {
    /// What to start
    #[arg(value_enum)]
    what: What,
    /// The folder of a new dossier, or the id of a new record
    #[arg(value_name = "DIR|ID")]
    name: String,
}

pub(super) fn run(globals: &Globals, args: &NewArgs) -> Outcome {
    let written = match args.what {
        What::Dossier => new::dossier(Path::new(&args.name)),
        what => new::record(&globals.root()?, what, &args.name),
    };
    let paths = written.map_err(|error| match error {
        NewError::Usage(message) => Failure::new(USAGE, message),
        NewError::Io(path, error) => {
            Failure::new(MACHINE, format!("`{}` could not be written: {error}", path.display()))
        }
    })?;
    paths.iter().for_each(|path| say(&format!("{}\n", path.display())));
    if args.what == What::Dossier && !globals.quiet {
        tell(&format!("now: cd {} && dossier build, then open public/index.html\n", args.name));
    }
    Ok(DONE)
}
