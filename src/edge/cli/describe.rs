//! `dossier completions` and `dossier man`: the command line told to shells, and to readers of manuals.

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use super::terminal::say_exactly;
use super::{Cli, DONE, Failure, MACHINE, Outcome, USAGE};
use crate::base::nearest::nearest;

/// What the program is called.
const NAME: &str = "dossier";

#[derive(Args)]
pub(super) struct CompletionsArgs {
    /// The shell that is to complete
    shell: Shell,
}

#[derive(Args)]
pub(super) struct ManArgs {
    /// The command that it is about [default: the program as a whole]
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

pub(super) fn completions(args: &CompletionsArgs) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), NAME, &mut script);
    say_exactly(&String::from_utf8_lossy(&script))?;
    Ok(DONE)
}

pub(super) fn man(args: &ManArgs) -> Outcome {
    let mut program = Cli::command();
    program.build();
    let about = match &args.command {
        None => program,
        Some(name) => {
            let known: Vec<&str> = program.get_subcommands().map(clap::Command::get_name).collect();
            let found = program.find_subcommand(name).cloned();
            let near = nearest(name, known.iter().copied()).map(|near| format!(": did you mean `{near}`?"));
            let unknown = || format!("`{name}` is no command{}", near.unwrap_or_default());
            found.ok_or_else(|| Failure::new(USAGE, unknown()))?
        }
    };
    let mut page = Vec::new();
    let written = clap_mangen::Man::new(about).render(&mut page);
    written.map_err(|error| Failure::new(MACHINE, format!("the manual cannot be made: {error}")))?;
    say_exactly(&String::from_utf8_lossy(&page))?;
    Ok(DONE)
}
