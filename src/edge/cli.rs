//! The command line: what `dossier` is asked to do, and what it answers.

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use clap::{Args, ColorChoice, Parser, Subcommand, ValueEnum};

use super::new::{self, NewError, What};
use super::write::{WriteError, Written};
use super::{explain, fix, read, report, sarif, write};
use crate::Site;
use crate::base::diag::Diagnostics;
use crate::base::input::{Inputs, Options};

/// Turns a folder of articles and annotations into a linked dossier.
#[derive(Parser)]
#[command(name = "dossier", version, about, disable_help_subcommand = true)]
struct Cli {
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
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Write the site
    Build(BuildArgs),
    /// Report what is wrong, and write nothing
    Check(CheckArgs),
    /// Mend what can be mended without a decision: passages that were edited, words that were mistyped
    Fix(FixArgs),
    /// Start a dossier, or a record in it
    New(NewArgs),
}

#[derive(Args)]
struct BuildArgs {
    /// Where to write it [default: `output` of `[build]` in site.toml, or `public`]
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// The address it will have, instead of `base_url` in site.toml
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// With records that have `draft: true`
    #[arg(long)]
    drafts: bool,
}

#[derive(Args)]
struct CheckArgs {
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

#[derive(Args)]
struct NewArgs {
    /// What to start
    #[arg(value_enum)]
    what: What,
    /// The folder of a new dossier, or the id of a new record
    #[arg(value_name = "DIR|ID")]
    name: String,
}

#[derive(Args)]
struct FixArgs {
    /// Show what would change, and change nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Human,
    Json,
    Sarif,
    Github,
}

/// Done; warnings may have been printed.
const DONE: u8 = 0;
/// The dossier has errors.
const ERRORS: u8 = 1;
/// The command line is wrong.
const USAGE: u8 = 2;
/// The machine failed.
const MACHINE: u8 = 3;

/// Does what the command line says.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { USAGE } else { DONE });
        }
    };
    if let Command::New(args) = &cli.command {
        return new(&cli, args);
    }
    if let Command::Check(CheckArgs { list: true, .. }) = &cli.command {
        say(&explain::list());
        return ExitCode::from(DONE);
    }
    if let Command::Check(CheckArgs { explain: Some(code), .. }) = &cli.command {
        return explained(code);
    }
    let root = match root_of(cli.root.as_deref()) {
        Ok(root) => root,
        Err(message) => return fail(USAGE, &message),
    };
    let (drafts, base_url) = match &cli.command {
        Command::Build(args) => (args.drafts, args.base_url.clone()),
        Command::Check(args) => (args.drafts, None),
        Command::Fix(_) | Command::New(_) => (true, None),
    };
    if let Some(address) = base_url.as_deref().filter(|address| !is_address(address)) {
        return fail(
            USAGE,
            &format!("`{address}` is not an address: write it whole, such as `https://example.org/dossier/`"),
        );
    }
    let started = Instant::now();
    let inputs = match read::folder(&root, Options { drafts, base_url }) {
        Ok(inputs) => Arc::new(inputs),
        Err(error) => return fail(MACHINE, &format!("`{}` cannot be read: {error}", root.display())),
    };
    let (site, diags) = crate::build(&inputs);
    match &cli.command {
        Command::Build(args) => build(&cli, args, &root, &inputs, &site, &diags, started),
        Command::Check(args) => {
            let mut diags = diags;
            diags.extend(site.template_problems());
            check(&cli, args, &inputs, &diags.finish())
        }
        Command::Fix(args) => fix(&cli, args, &root, &inputs, &diags),
        Command::New(args) => new(&cli, args),
    }
}

fn explained(code: &str) -> ExitCode {
    match explain::explain(code) {
        Ok(text) => {
            say(&text);
            ExitCode::from(DONE)
        }
        Err(message) => fail(USAGE, &message),
    }
}

fn is_address(address: &str) -> bool {
    url::Url::parse(address).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

fn root_of(given: Option<&Path>) -> Result<PathBuf, String> {
    match given {
        Some(root) if root.join("site.toml").exists() => Ok(root.to_path_buf()),
        Some(root) if root.is_dir() => {
            Err(format!("there is no `site.toml` in `{}`: `dossier new dossier DIR` starts a dossier", root.display()))
        }
        Some(root) => Err(format!("there is no folder `{}`", root.display())),
        None => {
            let here =
                std::env::current_dir().map_err(|error| format!("the current folder cannot be read: {error}"))?;
            read::find_root(&here).ok_or_else(|| {
                "there is no `site.toml` in this folder or above it: change to a dossier's folder, or name one with `--root`".to_owned()
            })
        }
    }
}

fn check(cli: &Cli, args: &CheckArgs, inputs: &Inputs, diags: &Diagnostics) -> ExitCode {
    match args.format {
        Format::Json => say(&report::json(inputs, diags)),
        Format::Sarif => say(&sarif::sarif(inputs, diags)),
        Format::Github => say(&sarif::github(inputs, diags)),
        Format::Human => {
            show(cli, inputs, diags);
            if !cli.quiet {
                say(&format!("{}\n", report::summary(diags).unwrap_or_else(|| "nothing to report".to_owned())));
            }
        }
    }
    ExitCode::from(if diags.errors() > 0 { ERRORS } else { DONE })
}

fn new(cli: &Cli, args: &NewArgs) -> ExitCode {
    let written = match args.what {
        What::Dossier => new::dossier(Path::new(&args.name)),
        what => match root_of(cli.root.as_deref()) {
            Ok(root) => new::record(&root, what, &args.name),
            Err(message) => return fail(USAGE, &message),
        },
    };
    match written {
        Ok(paths) => {
            paths.iter().for_each(|path| say(&format!("{}\n", path.display())));
            if args.what == What::Dossier && !cli.quiet {
                let next = format!("now: cd {} && dossier build, then open public/index.html\n", args.name);
                let _ = std::io::stderr().lock().write_all(next.as_bytes());
            }
            ExitCode::from(DONE)
        }
        Err(NewError::Usage(message)) => fail(USAGE, &message),
        Err(NewError::Io(path, error)) => fail(MACHINE, &format!("`{}` could not be written: {error}", path.display())),
    }
}

fn fix(cli: &Cli, args: &FixArgs, root: &Path, inputs: &Inputs, diags: &Diagnostics) -> ExitCode {
    let changes = fix::changes(inputs, diags);
    for change in &changes {
        if args.dry_run {
            say(&fix::diff(change));
        } else if let Err((path, error)) = fix::apply(root, change) {
            return fail(MACHINE, &format!("`{}` could not be written: {error}", path.display()));
        }
    }
    if !cli.quiet {
        let fixes = changes.iter().map(|change| change.fixes).sum();
        let done = if args.dry_run { "would be applied" } else { "applied" };
        let line = format!("{} {done} in {}\n", count(fixes, "fix", "fixes"), count(changes.len(), "file", "files"));
        let _ = std::io::stderr().lock().write_all(line.as_bytes());
    }
    ExitCode::from(DONE)
}

fn build(
    cli: &Cli,
    args: &BuildArgs,
    root: &Path,
    inputs: &Inputs,
    site: &Site,
    diags: &Diagnostics,
    started: Instant,
) -> ExitCode {
    show(cli, inputs, diags);
    if diags.errors() > 0 {
        let summary = report::summary(diags).unwrap_or_default();
        return fail(ERRORS, &format!("{summary}; nothing was written"));
    }
    let output = args.output.clone().unwrap_or_else(|| root.join(&site.dossier.settings.build.output));
    match write::write(site, root, &output) {
        Ok(written) => {
            if !cli.quiet {
                say(&closing(site, &written, &shown_path(&output, args.output.is_some(), site), started));
            }
            ExitCode::from(DONE)
        }
        Err(WriteError::Refused(message)) => fail(USAGE, &message),
        Err(WriteError::Io(path, error)) => {
            fail(MACHINE, &format!("`{}` could not be written: {error}", path.display()))
        }
        Err(WriteError::Page(problem)) => {
            let mut found = Diagnostics::default();
            found.push(*problem);
            show(cli, inputs, &found);
            fail(ERRORS, "1 error; nothing was written")
        }
    }
}

fn shown_path(output: &Path, given: bool, site: &Site) -> String {
    if given { output.display().to_string() } else { site.dossier.settings.build.output.clone() }
}

/// `built 97 pages (5 articles, 31 entities, 12 events, 15 checks, 12 figures) into public in 38 ms`
fn closing(site: &Site, written: &Written, output: &str, started: Instant) -> String {
    let dossier = &site.dossier;
    let counts = [
        count(dossier.articles.len(), "article", "articles"),
        count(dossier.entities.len(), "entity", "entities"),
        count(dossier.events.len(), "event", "events"),
        count(dossier.checks.len(), "check", "checks"),
        count(dossier.figures.len(), "figure", "figures"),
    ];
    let pages = count(written.pages, "page", "pages");
    format!("built {pages} ({}) into {output} in {} ms\n", counts.join(", "), started.elapsed().as_millis())
}

fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// Prints findings for people; with `--quiet` only errors.
fn show(cli: &Cli, inputs: &Inputs, diags: &Diagnostics) {
    let colour = match cli.color {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => {
            std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        }
    };
    let shown = if cli.quiet { diags.errors_only() } else { diags.clone() };
    let _ = std::io::stderr().lock().write_all(report::human(inputs, &shown, colour).as_bytes());
}

/// A result, on standard output. A reader that went away is no failure of ours.
fn say(text: &str) {
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

fn fail(code: u8, message: &str) -> ExitCode {
    let _ = writeln!(std::io::stderr().lock(), "error: {message}");
    ExitCode::from(code)
}
