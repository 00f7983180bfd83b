//! The command line: what `dossier` is asked to do, and what it answers. One file a command.

mod accept;
mod build;
mod check;
mod describe;
mod fix;
mod new;
mod publish;
mod review;
mod schema;
#[cfg(feature = "serve")]
mod serve;
mod terminal;
mod verify;
#[cfg(feature = "serve")]
mod watch;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, ColorChoice, Parser, Subcommand};

use super::{epoch, read};
use crate::base::input::{Inputs, Options};

/// Turns a folder of articles and annotations into a linked dossier.
#[derive(Parser)]
#[command(name = "dossier", version, about, disable_help_subcommand = true)]
struct Cli {
    #[command(flatten)]
    globals: Globals,
    #[command(subcommand)]
    command: Command,
}

/// What every command takes.
#[derive(Args)]
struct Globals {
    /// The dossier's folder [default: the nearest folder upward that has a `site.toml`]
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<PathBuf>,
    /// Colours in messages
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,
    /// Say less: errors only
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Say more: how long each step took
    #[arg(short, long, global = true)]
    verbose: bool,
}

#[derive(Subcommand)]
enum Command {
    /// Write the site
    Build(build::BuildArgs),
    /// Preview the site while you write: every save is on the screen at once
    #[cfg(feature = "serve")]
    Serve(serve::ServeArgs),
    /// Report what is wrong, and write nothing
    Check(check::CheckArgs),
    /// Mend what can be mended without a decision: words that were mistyped, dates, quotes around a text
    Fix(fix::FixArgs),
    /// Say that passages as they are now are what is meant: writes `dossier.lock`, and quotes whose words were edited
    Accept(accept::AcceptArgs),
    /// Go through what waits to be accepted, one passage after the other
    Review(review::ReviewArgs),
    /// Start a dossier, or a record in it
    New(new::NewArgs),
    /// Build the site, and send what changed to where readers find it
    Publish(publish::PublishArgs),
    /// Compare a copy of the site with its manifest: what is missing, changed or not ours
    Verify(verify::VerifyArgs),
    /// Write a JSON Schema of every kind of file, with this dossier's own ids, for editors that complete and check
    Schema(schema::SchemaArgs),
    /// Print what a shell needs to complete commands and options
    Completions(describe::CompletionsArgs),
    /// Print a page of the manual, for `man -l -`
    Man(describe::ManArgs),
}

/// Done; warnings may have been printed.
const DONE: u8 = 0;
/// The dossier has errors.
const ERRORS: u8 = 1;
/// The command line is wrong.
const USAGE: u8 = 2;
/// The machine failed.
const MACHINE: u8 = 3;

/// Why a command could not do what it was asked, and the exit code that says so.
struct Failure {
    code: u8,
    message: String,
}

impl Failure {
    fn new(code: u8, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

/// The exit code of a command that ran to its end, or why it did not.
type Outcome = Result<u8, Failure>;

/// Does what the command line says.
pub fn run() -> ExitCode {
    terminal::tell_of_faults();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { USAGE } else { DONE });
        }
    };
    let outcome = threads().and_then(|()| cli.command.run(&cli.globals));
    ExitCode::from(outcome.unwrap_or_else(|failure| {
        terminal::complain(&failure.message);
        failure.code
    }))
}

/// Starts the threads that the stages run on: later, when they are first needed, nobody could be told that the system has none.
fn threads() -> Result<(), Failure> {
    let started = rayon::ThreadPoolBuilder::new().build_global();
    started.map_err(|error| Failure::new(MACHINE, format!("the system has no threads left for this: {error}")))
}

impl Command {
    fn run(&self, globals: &Globals) -> Outcome {
        match self {
            Self::Build(args) => build::run(globals, args),
            #[cfg(feature = "serve")]
            Self::Serve(args) => serve::run(globals, args),
            Self::Check(args) => check::run(globals, args),
            Self::Fix(args) => fix::run(globals, args),
            Self::Accept(args) => accept::run(globals, args),
            Self::Review(args) => review::run(globals, args),
            Self::New(args) => new::run(globals, args),
            Self::Publish(args) => publish::run(globals, args),
            Self::Verify(args) => verify::run(globals, args),
            Self::Schema(args) => schema::run(globals, args),
            Self::Completions(args) => describe::completions(args),
            Self::Man(args) => describe::man(args),
        }
    }
}

impl Globals {
    /// The dossier's folder.
    fn root(&self) -> Result<PathBuf, Failure> {
        if let Some(root) = self.root.as_deref()
            && let Err(error) = root.join("site.toml").try_exists()
        {
            return Err(Failure::new(MACHINE, format!("`{}` cannot be read: {error}", root.display())));
        }
        let found = match self.root.as_deref() {
            Some(root) if root.join("site.toml").exists() => Ok(root.to_path_buf()),
            Some(root) if root.is_dir() => Err(format!(
                "there is no `site.toml` in `{}`: `dossier new dossier DIR` starts a dossier",
                root.display()
            )),
            Some(root) => Err(format!("there is no folder `{}`", root.display())),
            None => nearest_root(),
        };
        found.map_err(|message| Failure::new(USAGE, message))
    }
}

fn nearest_root() -> Result<PathBuf, String> {
    let here = std::env::current_dir().map_err(|error| format!("the current folder cannot be read: {error}"))?;
    read::find_root(&here).ok_or_else(|| {
        "there is no `site.toml` in this folder or above it: change to a dossier's folder, or name one with `--root`"
            .to_owned()
    })
}

/// What is asked for, with what the environment asks for.
fn options(asked: Options) -> Result<Options, Failure> {
    let built = epoch::read().map_err(|message| Failure::new(USAGE, message))?;
    Ok(Options { built, ..asked })
}

/// The dossier's files.
fn inputs(root: &Path, asked: Options) -> Result<Arc<Inputs>, Failure> {
    let read = read::folder(root, options(asked)?);
    read.map(Arc::new).map_err(|error| Failure::new(MACHINE, format!("`{}` cannot be read: {error}", root.display())))
}

/// `1 fix`, `2 fixes`
fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}
