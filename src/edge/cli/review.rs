//! `dossier review`: what waits to be accepted, one passage after the other.

use std::collections::BTreeSet;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use clap::Args;

use super::super::accept::{self, Passage};
use super::super::printed;
use super::super::read;
use super::super::report::Place;
use super::accept as accepting;
use super::terminal::{say_exactly, tell};
use super::{DONE, ERRORS, Failure, Globals, MACHINE, Outcome, count};
use crate::base::input::{Inputs, Options};
use crate::link::difference::{Difference, Wording};
use crate::model::annotation::Annotation;
use crate::model::ledger::LEDGER;
use crate::syntax::yaml::{Path as YamlPath, Places};
use crate::{Memo, Site};

#[derive(Args)]
pub(super) struct ReviewArgs {
    /// Only what waits on this article
    #[arg(value_name = "ARTICLE")]
    article: Option<String>,
}

/// What a person says of a passage.
enum Said {
    Accept,
    AcceptEqual,
    Skip,
    Open,
    Stop,
}

pub(super) fn run(globals: &Globals, args: &ReviewArgs) -> Outcome {
    let root = globals.root()?;
    let inputs = super::inputs(&root, Options { drafts: true, ..Options::default() })?;
    let mut review = Review { root, inputs, memo: Memo::default(), skipped: BTreeSet::new(), done: 0 };
    while review.next(globals, args)? {}
    let left = review.skipped.len();
    match left {
        0 => tell("nothing is left to accept\n"),
        _ => tell(&format!("{} left: `dossier accept --list` shows what waits\n", count(left, "passage", "passages"))),
    }
    Ok(if left == 0 { DONE } else { ERRORS })
}

/// How far it has come. The dossier is read again after each answer, for the editor may have changed it meanwhile.
struct Review {
    root: PathBuf,
    inputs: Arc<Inputs>,
    memo: Memo,
    /// What is left for later, by name.
    skipped: BTreeSet<String>,
    done: usize,
}

impl Review {
    /// Asks for the next passage that waits; `false` when none is left, or the person stops.
    fn next(&mut self, globals: &Globals, args: &ReviewArgs) -> Result<bool, Failure> {
        let (site, diags) = crate::rebuild(&self.inputs, &mut self.memo);
        accepting::readable(globals, &site, &diags)?;
        let all = accept::passages(&site);
        let of_article = |passage: &&Passage<'_>| {
            args.article.as_ref().is_none_or(|article| passage.article.meta.id == article.as_str())
        };
        let waiting: Vec<&Passage<'_>> = all.iter().filter(|passage| passage.waits()).filter(of_article).collect();
        let left = waiting.iter().filter(|passage| !self.skipped.contains(&passage.name()));
        let left: Vec<&Passage<'_>> = left.copied().collect();
        let Some(passage) = left.first() else { return Ok(false) };
        let equal: Vec<&Passage<'_>> = left.iter().copied().filter(|other| changed_alike(passage, other)).collect();
        show(globals, &site, passage, self.done + 1, self.done + left.len())?;
        let mut touched = vec![LEDGER.to_owned(), self.file(passage)];
        match ask(equal.len())? {
            Said::Accept => self.accept(globals, &site, &all, &[*passage])?,
            Said::AcceptEqual => {
                touched.extend(equal.iter().map(|passage| self.file(passage)));
                self.accept(globals, &site, &all, &equal)?;
            }
            Said::Skip => drop(self.skipped.insert(passage.name())),
            Said::Open => {
                touched.push(site.inputs.file(passage.article.meta.at.file).path.to_string());
                open(&self.root.join(self.file(passage)));
            }
            Said::Stop => {
                self.skipped.extend(waiting.iter().map(|passage| passage.name()));
                return Ok(false);
            }
        }
        self.read_again(&touched)?;
        Ok(true)
    }

    fn file(&self, passage: &Passage<'_>) -> String {
        self.inputs.file(passage.annotation.meta.at.file).path.to_string()
    }

    fn accept(
        &mut self,
        globals: &Globals,
        site: &Site,
        all: &[Passage<'_>],
        chosen: &[&Passage<'_>],
    ) -> Result<(), Failure> {
        self.done += chosen.len();
        accepting::write(&self.root, site, all, chosen, false, globals)
    }

    fn read_again(&mut self, paths: &[String]) -> Result<(), Failure> {
        let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
        let read = read::apply(&self.root, &self.inputs, &paths);
        let unreadable = |error| Failure::new(MACHINE, format!("`{}` cannot be read: {error}", self.root.display()));
        self.inputs = Arc::new(read.map_err(unreadable)?);
        Ok(())
    }
}

/// Whether the same words became the same others in both. What was never accepted has not changed.
fn changed_alike(one: &Passage<'_>, other: &Passage<'_>) -> bool {
    match (one.differences().first(), other.differences().first()) {
        (Some(one), Some(other)) => one.changes().eq(other.changes()),
        _ => one.name() == other.name(),
    }
}

fn show(globals: &Globals, site: &Site, passage: &Passage<'_>, number: usize, of: usize) -> Result<(), Failure> {
    let colour = globals.colours(io::stdout().is_terminal());
    let places = Places::new(&site.inputs, &site.dossier.skipped);
    let quote = places.value(passage.annotation.meta.at, &YamlPath::of("quote"));
    let Place { file, line, .. } = Place::of(&site.inputs, quote);
    let sentence = match passage.differences().first() {
        Some(difference) => marked(difference, colour),
        None => {
            let now = passage.acceptance.waiting().map(ToString::to_string).unwrap_or_default();
            printed::in_lines(&now).into_owned()
        }
    };
    say_exactly(&format!(
        "\n{number} of {of}  {} ({})\n  {}:{line}\n  {}\n\n  {sentence}\n\n",
        printed::on_one_line(&passage.name()),
        passage.acceptance.name(),
        printed::on_one_line(file),
        printed::on_one_line(&stands_on(passage.annotation))
    ))
}

/// What is said of the passage: its type, and the keys that say most.
fn stands_on(annotation: &Annotation) -> String {
    const KEYS: &[&str] = &[
        "verdict", "claim", "figure", "low", "best", "high", "words", "none", "date", "account", "by", "relation",
        "to", "of", "note",
    ];
    let keys = serde_json::to_value(&annotation.kind).unwrap_or_default();
    let said = KEYS.iter().filter_map(|key| keys.get(key).map(|value| format!("{key}: {}", in_short(value))));
    format!("{} · {}", annotation.kind.name(), said.collect::<Vec<_>>().join(" · "))
}

/// A value on one line.
fn in_short(value: &serde_json::Value) -> String {
    const MOST: usize = 120;
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = text.chars().take(MOST).collect();
    if short.len() < text.len() { short + "…" } else { short }
}

/// The difference in colours, or with `[-…-]{+…+}` where there are none.
fn marked(difference: &Difference, colour: bool) -> String {
    if !colour {
        return printed::in_lines(&difference.to_string()).into_owned();
    }
    let piece = |wording: &Wording| match wording {
        Wording::Kept(text) => printed::in_lines(text).into_owned(),
        Wording::Removed(text) => format!("\x1b[31;9m{}\x1b[0m", printed::in_lines(text)),
        Wording::Added(text) => format!("\x1b[32;4m{}\x1b[0m", printed::in_lines(text)),
    };
    difference.0.iter().map(piece).collect()
}

/// Asks until there is an answer. Where nobody can answer any more, that is a stop.
fn ask(equal: usize) -> Result<Said, Failure> {
    let all = if equal > 1 { format!("  [e] accept all {equal} equal changes") } else { String::new() };
    loop {
        tell(&format!("[a] accept{all}  [s] skip  [o] open in the editor  [q] stop: "));
        let mut line = String::new();
        let read = io::stdin().read_line(&mut line);
        let length = read.map_err(|error| Failure::new(MACHINE, format!("the answer cannot be read: {error}")))?;
        match line.trim().to_lowercase().as_str() {
            _ if length == 0 => return Ok(Said::Stop),
            "a" | "accept" => return Ok(Said::Accept),
            "e" if equal > 1 => return Ok(Said::AcceptEqual),
            "s" | "skip" => return Ok(Said::Skip),
            "o" | "open" => return Ok(Said::Open),
            "q" | "quit" | "stop" => return Ok(Said::Stop),
            _ => tell("answer with one of the letters\n"),
        }
        let _ = io::stderr().flush();
    }
}

/// Opens a file in the editor that the environment names, and waits until it is closed.
fn open(path: &Path) {
    let named =
        ["VISUAL", "EDITOR"].into_iter().find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    let Some(editor) = named else {
        tell("which editor? set `EDITOR`, as in `EDITOR=nano dossier review`\n");
        return;
    };
    let mut words = editor.split_whitespace();
    let program = words.next().unwrap_or_default();
    if let Err(error) = Command::new(program).args(words).arg(path).status() {
        tell(&format!("`{program}` cannot be started: {error}\n"));
    }
}
