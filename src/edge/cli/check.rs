//! `dossier check`: say what is wrong, and write nothing.

use clap::{Args, ValueEnum};

use super::super::{explain, report, sarif};
use super::terminal::{say, say_exactly, tell};
use super::{DONE, ERRORS, Failure, Globals, Outcome, USAGE};
use crate::Site;
use crate::base::diag::Diagnostics;
use crate::base::input::{Inputs, Options};

#[derive(Args)]
pub(super) struct CheckArgs {
    /// For people, or for programs
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Name every code that can be reported, with its meaning
    #[arg(long, conflicts_with = "explain")]
    list: bool,
    /// Say what a code means, with a wrong and a right example
    #[arg(long, value_name = "CODE")]
    explain: Option<String>,
    /// A passage that is not in `dossier.lock` is an error, for a repository in which each is accepted before it is published
    #[arg(long)]
    locked: bool,
    /// With records that have `draft: true`
    #[arg(long)]
    drafts: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Human,
    Json,
    Sarif,
    Github,
}

pub(super) fn run(globals: &Globals, args: &CheckArgs) -> Outcome {
    if args.list {
        say(&explain::list())?;
        return Ok(DONE);
    }
    if let Some(code) = &args.explain {
        say(&explain::explain(code).map_err(|message| Failure::new(USAGE, message))?)?;
        return Ok(DONE);
    }
    let root = globals.root()?;
    let inputs = super::inputs(&root, Options { drafts: args.drafts, locked: args.locked, ..Options::default() })?;
    let (site, mut diags) = crate::build(&inputs);
    diags.extend(site.template_problems());
    let diags = diags.finish(&inputs);
    print(globals, args.format, &inputs, &diags)?;
    if args.format == Format::Human {
        without_ledger(globals, &site);
    }
    Ok(if diags.errors() > 0 { ERRORS } else { DONE })
}

/// Says that nobody would be told when a passage comes to mean something else.
fn without_ledger(globals: &Globals, site: &Site) {
    if !globals.quiet && site.dossier.ledger.is_none() && !site.dossier.annotations.is_empty() {
        tell(
            "note: there is no `dossier.lock`, so nobody is told when the sentence around a quote changes: `dossier accept --all` makes one\n",
        );
    }
}

fn print(globals: &Globals, format: Format, inputs: &Inputs, diags: &Diagnostics) -> Result<(), Failure> {
    match format {
        Format::Json => say_exactly(&report::json(inputs, diags)),
        Format::Sarif => say_exactly(&sarif::sarif(inputs, diags)),
        Format::Github => say_exactly(&sarif::github(inputs, diags)),
        Format::Human => {
            globals.show(inputs, diags);
            if globals.quiet {
                return Ok(());
            }
            say(&format!("{}\n", report::summary(diags).unwrap_or_else(|| "nothing to report".to_owned())))
        }
    }
}
