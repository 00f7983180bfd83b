//! `dossier fix`: apply the fixes that findings carry.

use clap::Args;

use super::super::fix;
use super::terminal::{say, tell};
use super::{DONE, Failure, Globals, MACHINE, Outcome, count};
use crate::base::diag::{Code, Diagnostics};
use crate::base::input::{Inputs, Options};

#[derive(Args)]
pub(super) struct FixArgs {
    /// Show what would change, and change nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(globals: &Globals, args: &FixArgs) -> Outcome {
    let root = globals.root()?;
    let inputs = super::inputs(&root, Options { drafts: true, ..Options::default() })?;
    let (_, diags) = crate::build(&inputs);
    let changes = fix::changes(&inputs, &diags);
    for change in &changes {
        if args.dry_run {
            say(&fix::diff(change))?;
        } else {
            fix::apply(&root, change).map_err(|(path, error)| {
                Failure::new(MACHINE, format!("`{}` could not be written: {error}", path.display()))
            })?;
        }
    }
    if !globals.quiet {
        let fixes = changes.iter().map(|change| change.fixes).sum();
        let done = if args.dry_run { "would be applied" } else { "applied" };
        tell(&format!("{} {done} in {}\n", count(fixes, "fix", "fixes"), count(changes.len(), "file", "files")));
    }
    unread(globals, &inputs, diags)
}

/// What could not be read was not mended either, and nobody would know.
fn unread(globals: &Globals, inputs: &Inputs, diags: Diagnostics) -> Outcome {
    let mut unread = Diagnostics::default();
    unread.extend(diags.into_iter().filter(|found| found.code == Code::Unreadable));
    globals.show(inputs, &unread);
    match unread.errors() {
        0 => Ok(DONE),
        number => {
            let places = count(number, "place", "places");
            Err(Failure::new(MACHINE, format!("{places} could not be read, so nothing was mended there")))
        }
    }
}
