//! `dossier schema`: what each kind of file looks like, for programs that complete and check while an editor types.

use std::path::PathBuf;

use clap::Args;

use super::super::schema;
use super::super::write::{self, WriteError};
use super::terminal::{say, tell};
use super::{DONE, Failure, Globals, MACHINE, Outcome, USAGE};
use crate::base::input::Options;
use crate::schema::FileKind;

#[derive(Args)]
pub(super) struct SchemaArgs {
    /// Where to write them [default: `.dossier/schema` in the dossier's folder]
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
}

pub(super) fn run(globals: &Globals, args: &SchemaArgs) -> Outcome {
    let root = globals.root()?;
    let folder = args.output.clone().unwrap_or_else(|| root.join(schema::FOLDER));
    let failed = |error: std::io::Error| {
        Failure::new(MACHINE, format!("the schemas could not be written to `{}`: {error}", folder.display()))
    };
    match write::locate(&root, &folder) {
        Err(WriteError::Refused(message)) => return Err(Failure::new(USAGE, message)),
        Err(WriteError::Io(_, error)) => return Err(failed(error)),
        _ => {}
    }
    let inputs = super::inputs(&root, Options { drafts: true, ..Options::default() })?;
    let (site, diags) = crate::build(&inputs);
    let written = match &args.output {
        Some(folder) => schema::write(&site, folder),
        None => schema::write_own(&site, &root),
    };
    written.map_err(failed)?;
    FileKind::ALL.iter().try_for_each(|kind| say(&format!("{}\n", folder.join(kind.file_name()).display())))?;
    if diags.errors() > 0 && !globals.quiet {
        tell("the dossier has errors, so names may be missing from the schemas: `dossier check` shows them\n");
    }
    Ok(DONE)
}
