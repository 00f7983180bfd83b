//! `dossier check`: say what is wrong, and write nothing.

use clap::{Args, ValueEnum};

use super::super::{explain, report, sarif};
use super::terminal::say;
use super::{DONE, ERRORS, Failure, Globals, Outcome, USAGE};
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
    let inputs = super::inputs(&root, Options { drafts: args.drafts, ..Options::default() })?;
    let (site, mut diags) = crate::build(&inputs);
    diags.extend(site.template_problems());
    let diags = diags.finish(&inputs);
    print(globals, args.format, &inputs, &diags)?;
    Ok(if diags.errors() > 0 { ERRORS } else { DONE })
}

fn print(globals: &Globals, format: Format, inputs: &Inputs, diags: &Diagnostics) -> Result<(), Failure> {
    match format {
        Format::Json => say(&report::json(inputs, diags)),
        Format::Sarif => say(&sarif::sarif(inputs, diags)),
        Format::Github => say(&sarif::github(inputs, diags)),
        Format::Human => {
            globals.show(inputs, diags);
            if globals.quiet {
                return Ok(());
            }
            say(&format!("{}\n", report::summary(diags).unwrap_or_else(|| "nothing to report".to_owned())))
        }
    }
}
