//! `dossier fix`: apply the fixes that findings carry.

use std::sync::Arc;

use clap::Args;

use super::super::fix::{self, Repair};
use super::super::printed;
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
    let inputs = Arc::new(inputs);
    let repaired = fix::repaired(&inputs);
    let changes = fix::changes(&inputs, &repaired.inputs);
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
        repaired.repairs.iter().for_each(|repair| tell(&line(repair)));
        let fixes = count(repaired.repairs.len(), "fix", "fixes");
        let done = if args.dry_run { "would be applied" } else { "applied" };
        tell(&format!("{fixes} {done} in {}\n", count(changes.len(), "file", "files")));
    }
    unread(globals, &inputs, repaired.found)
}

/// What a repair was, in one line.
fn line(repair: &Repair) -> String {
    let Repair { path, line, code, old, new } = repair;
    let path = printed::on_one_line(path);
    format!("{path}:{line}: {} → {} ({})\n", shown(old), shown(new), code.name())
}

/// A text in one line, shortened in the middle when long.
fn shown(text: &str) -> String {
    let words = printed::on_one_line(&text.split_whitespace().collect::<Vec<_>>().join(" ")).to_string();
    let length = words.chars().count();
    if length <= 80 {
        return words;
    }
    let (start, end): (String, String) = (words.chars().take(50).collect(), words.chars().skip(length - 25).collect());
    format!("{start} … {end}")
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
