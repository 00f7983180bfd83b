//! `dossier accept`: what is found now is what is meant.

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::super::accept::{self, Passage};
use super::super::report::Place;
use super::terminal::{say, say_exactly, tell};
use super::{DONE, ERRORS, Failure, Globals, MACHINE, Outcome, USAGE, count};
use crate::Site;
use crate::base::diag::{Code, Diagnostics};
use crate::base::input::Options;
use crate::link::accepted::Acceptance;
use crate::model::ledger::{LEDGER, PassageInSentence};
use crate::syntax::yaml::{Path, Places};

#[derive(Args)]
pub(super) struct AcceptArgs {
    /// An annotation's id, or an article's for all on it; `article#annotation` names one that others are called like
    #[arg(value_name = "ID|ARTICLE", conflicts_with = "all")]
    names: Vec<String>,
    /// Every passage that waits; lines on annotations that are gone go from the ledger
    #[arg(long)]
    all: bool,
    /// Show what waits, with the old and the new words, and write nothing; exit code 1 if anything does
    #[arg(long, conflicts_with = "all")]
    list: bool,
    /// What `--list` shows: for people, or for programs
    #[arg(long, value_enum, default_value_t = Format::Human, requires = "list")]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Human,
    Json,
}

pub(super) fn run(globals: &Globals, args: &AcceptArgs) -> Outcome {
    if args.names.is_empty() && !args.all && !args.list {
        let what = "name an annotation or an article, or `--all`; `dossier accept --list` shows what waits";
        return Err(Failure::new(USAGE, what));
    }
    let root = globals.root()?;
    let inputs = super::inputs(&root, Options { drafts: true, ..Options::default() })?;
    let (site, diags) = crate::build(&inputs);
    readable(globals, &site, &diags)?;
    let all = accept::passages(&site);
    let asked: Vec<&Passage<'_>> = match args.names.is_empty() {
        true => all.iter().collect(),
        false => named(&all, &args.names)?,
    };
    let waiting: Vec<&Passage<'_>> = asked.iter().copied().filter(|passage| passage.waits()).collect();
    if args.list {
        list(&site, &waiting, args.format)?;
        return Ok(if waiting.is_empty() { DONE } else { ERRORS });
    }
    // What could not be read is not gone.
    let tidy = args.all && !diags.iter().any(|found| !is_of_passages(found.code) && !found.code.is_lint());
    write(&root, &site, &all, &waiting, tidy, globals)?;
    Ok(nowhere(&asked, args.all))
}

/// A ledger with lines that cannot be read is mended first: it would be written anew without them.
pub(super) fn readable(globals: &Globals, site: &Site, diags: &Diagnostics) -> Result<(), Failure> {
    let mut unreadable = Diagnostics::default();
    unreadable.extend(diags.iter().filter(|found| is_of_ledger(site, found.span)).cloned());
    globals.show(&site.inputs, &unreadable);
    match unreadable.errors() {
        0 => Ok(()),
        _ => Err(Failure::new(ERRORS, format!("`{LEDGER}` cannot be read as a whole, so nothing was written"))),
    }
}

fn is_of_ledger(site: &Site, span: crate::base::span::Span) -> bool {
    site.inputs.get(span.file).is_some_and(|file| &*file.path == LEDGER)
}

fn is_of_passages(code: Code) -> bool {
    matches!(code, Code::QuoteDrifted | Code::QuoteNotFound | Code::QuoteAmbiguous | Code::PassageNew)
}

/// Writes what was accepted, and says so.
pub(super) fn write(
    root: &std::path::Path,
    site: &Site,
    all: &[Passage<'_>],
    chosen: &[&Passage<'_>],
    tidy: bool,
    globals: &Globals,
) -> Result<(), Failure> {
    let accepting = accept::accepting(site, all, chosen, |_| tidy).map_err(|message| Failure::new(ERRORS, message))?;
    let is_new = accepting.write(root).map_err(|(path, error)| {
        Failure::new(MACHINE, format!("`{}` could not be written: {error}", path.display()))
    })?;
    if globals.quiet {
        return Ok(());
    }
    let drifted = chosen.iter().filter(|passage| matches!(passage.acceptance, Acceptance::Drifted { .. })).count();
    let quotes = match drifted {
        0 => String::new(),
        number => format!(
            ", {} written anew in {}",
            count(number, "quote", "quotes"),
            count(accepting.files(), "file", "files")
        ),
    };
    tell(&format!("{} accepted{quotes}\n", count(chosen.len(), "passage", "passages")));
    if is_new {
        tell(&format!(
            "`{LEDGER}` is new: commit it with the content, and `.gitattributes`, which has git merge it by line\n"
        ));
    }
    Ok(())
}

/// Says which of the passages asked for are nowhere: there was nothing to accept.
fn nowhere(asked: &[&Passage<'_>], all: bool) -> u8 {
    let lost: Vec<String> = asked
        .iter()
        .filter(|passage| passage.acceptance == Acceptance::Nowhere)
        .map(|passage| passage.name())
        .collect();
    match lost.as_slice() {
        [] => return DONE,
        [one] => {
            tell(&format!("`{one}` stands nowhere, so it was not accepted: `dossier check` shows where it might\n"))
        }
        several => {
            let number = several.len();
            tell(&format!("{number} passages stand nowhere, so they were not accepted: `dossier check` shows them\n"));
        }
    }
    if all { DONE } else { ERRORS }
}

/// The passages of these names, each once.
fn named<'p, 'a>(all: &'p [Passage<'a>], names: &[String]) -> Result<Vec<&'p Passage<'a>>, Failure> {
    let found = names.iter().map(|name| one_name(all, name)).collect::<Result<Vec<_>, _>>()?;
    let wanted: std::collections::BTreeSet<String> = found.into_iter().flatten().map(Passage::name).collect();
    Ok(all.iter().filter(|passage| wanted.contains(&passage.name())).collect())
}

fn one_name<'p, 'a>(all: &'p [Passage<'a>], name: &str) -> Result<Vec<&'p Passage<'a>>, Failure> {
    let article = name.strip_prefix("article:");
    let of_article = |passage: &&Passage<'_>| passage.article.meta.id == article.unwrap_or(name);
    let is_it = |passage: &&Passage<'_>| match name.split_once('#') {
        Some((article, annotation)) => passage.article.meta.id == article && passage.annotation.meta.id == annotation,
        None => article.is_none() && passage.annotation.meta.id == name,
    };
    let annotations: Vec<&Passage<'_>> = all.iter().filter(is_it).collect();
    let on_article: Vec<&Passage<'_>> = all.iter().filter(of_article).collect();
    match (annotations.as_slice(), on_article.as_slice()) {
        ([], []) => Err(unknown(all, name)),
        ([], _) => Ok(on_article),
        ([_], []) => Ok(annotations),
        (several, on_article) => {
            let mut known: Vec<String> = several.iter().map(|passage| format!("`{}`", passage.name())).collect();
            known.extend(on_article.first().map(|_| format!("`article:{name}`")));
            Err(Failure::new(USAGE, format!("several are called `{name}`: name one of {}", known.join(", "))))
        }
    }
}

fn unknown(all: &[Passage<'_>], name: &str) -> Failure {
    let ids = all.iter().flat_map(|passage| [&*passage.annotation.meta.id, &*passage.article.meta.id]);
    let near = crate::base::nearest::nearest(name, ids).map(|near| format!(": did you mean `{near}`?"));
    let hint = near.unwrap_or_else(|| ": `dossier accept --list` shows what waits".to_owned());
    Failure::new(USAGE, format!("no annotation and no annotated article is called `{name}`{hint}"))
}

/// One passage that waits, for programs.
#[derive(Serialize)]
struct Waiting<'a> {
    id: &'a str,
    article: &'a str,
    state: &'static str,
    file: &'a str,
    line: usize,
    column: usize,
    accepted: Vec<Sentence<'a>>,
    now: Option<Sentence<'a>>,
}

#[derive(Serialize)]
struct Sentence<'a> {
    before: &'a str,
    words: &'a str,
    after: &'a str,
}

impl<'a> From<&'a PassageInSentence> for Sentence<'a> {
    fn from(passage: &'a PassageInSentence) -> Self {
        Self { before: &passage.before, words: &passage.words, after: &passage.after }
    }
}

fn list(site: &Site, waiting: &[&Passage<'_>], format: Format) -> Result<(), Failure> {
    if format == Format::Human {
        waiting.iter().try_for_each(|passage| say(&in_words(passage)))?;
        let none = "nothing waits to be accepted".to_owned();
        let number = waiting.len();
        return say(&format!(
            "{}\n",
            if number == 0 { none } else { format!("{} to accept", count(number, "passage", "passages")) }
        ));
    }
    let places = Places::new(&site.inputs, &site.dossier.skipped);
    let rows = waiting.iter().map(|passage| {
        let span = places.value(passage.annotation.meta.at, &Path::of("quote"));
        let Place { file, line, column, .. } = Place::of(&site.inputs, span);
        Waiting {
            id: &passage.annotation.meta.id,
            article: &passage.article.meta.id,
            state: passage.acceptance.name(),
            file,
            line,
            column,
            accepted: passage.acceptance.before().iter().map(Sentence::from).collect(),
            now: passage.acceptance.waiting().map(Sentence::from),
        }
    });
    let all = serde_json::json!({ "waiting": rows.collect::<Vec<_>>() });
    say_exactly(&format!("{all:#}\n"))
}

/// A passage that waits, with what is different now.
fn in_words(passage: &Passage<'_>) -> String {
    let mut text = format!("{} ({})\n", passage.name(), passage.acceptance.name());
    let differences = passage.differences();
    for difference in &differences {
        text += &format!("  {difference}\n");
    }
    if let (Some(now), []) = (passage.acceptance.waiting(), differences.as_slice()) {
        text += &format!("  {now}\n");
    }
    text + "\n"
}
