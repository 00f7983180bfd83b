//! `dossier new`: start a dossier, or a record in it.

use std::path::{Path, PathBuf};

use clap::Args;

use super::super::new::{self, NewError, What};
use super::super::schema;
use super::terminal::{say, tell};
use super::{DONE, Failure, Globals, MACHINE, Outcome, USAGE};
use crate::base::input::Options;

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
    paths.iter().try_for_each(|path| say(&format!("{}\n", path.display())))?;
    let root = if args.what == What::Dossier { PathBuf::from(&args.name) } else { globals.root()? };
    write_schemas(&root)?;
    if args.what == What::Dossier && !globals.quiet {
        tell(&format!("now: cd {} && dossier build, then open public/index.html\n", args.name));
    }
    Ok(DONE)
}

/// What the first line of a new YAML file points at must be there, and know the new record.
fn write_schemas(root: &Path) -> Result<(), Failure> {
    let (site, _) = crate::build(&super::inputs(root, Options { drafts: true, ..Options::default() })?);
    let failed = |error| {
        Failure::new(MACHINE, format!("`{}` could not be written: {error}", root.join(schema::FOLDER).display()))
    };
    schema::write_own(&site, root).map(drop).map_err(failed)
}
