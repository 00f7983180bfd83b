//! The way from a line on the screen to that line in the editor: an address that the browser opens, or a command.

use std::fmt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// Opened unless `--editor` says otherwise.
pub const DEFAULT: &str = "vscode://file/{path}:{line}:{column}";

/// How a place in a file is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Editor {
    /// An address with `{path}`, `{line}` and `{column}`: the browser asks the system for whoever answers to it.
    Address(String),
    /// A program and its arguments, with the same words in them.
    Command(Vec<String>),
}

/// A place in a file, from 1.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The file, absolute.
    pub path: &'a Path,
    /// Its line.
    pub line: usize,
    /// Its column, in code points.
    pub column: usize,
}

/// Why the editor was not started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hindrance {
    /// The last one has not ended.
    Open,
    /// It cannot be started, and why.
    Failed(String),
}

impl fmt::Display for Hindrance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(why) => f.write_str(why),
            Self::Open => f.write_str(
                "The editor that was opened last is still open: close it, or give `--editor` a command that returns, such as \
                 `code -g {path}:{line}:{column}`.",
            ),
        }
    }
}

impl Editor {
    /// Reads `--editor`: what has `://` before any space is an address, everything else a command. Its words are split at
    /// spaces, quotes keep them together, and no shell ever sees them.
    pub fn new(template: &str) -> Result<Self, String> {
        let first = template.split_whitespace().next().ok_or("`--editor` needs a command or an address")?;
        if first.contains("://") {
            return Ok(Self::Address(template.trim().to_owned()));
        }
        let mut words = words(template)?;
        if !words.iter().any(|word| word.contains("{path}")) {
            words.push("{path}".to_owned());
        }
        Ok(Self::Command(words))
    }

    /// Whether a program of this machine is started.
    pub fn is_command(&self) -> bool {
        matches!(self, Self::Command(_))
    }

    /// The address of a place; none where a command opens it.
    pub fn address(&self, place: Place<'_>) -> Option<String> {
        let Self::Address(template) = self else { return None };
        let path = place.path.to_string_lossy().replace('\\', "/");
        let encoded = encode(&path);
        // `vscode://file/{path}`: an absolute path brings its own slash.
        let template = if path.starts_with('/') { template.replace("/{path}", "{path}") } else { template.clone() };
        Some(fill(&template, &encoded, place))
    }

    /// Runs the command for a place, and does not wait for it. `turn` is taken until it ends: whoever asks for a thousand lines gets
    /// one editor.
    ///
    /// # Errors
    /// It cannot be started, and why.
    pub fn run(&self, place: Place<'_>, turn: &Arc<AtomicBool>) -> Result<(), Hindrance> {
        let Self::Command(words) = self else { return Ok(()) };
        if turn.swap(true, Ordering::AcqRel) {
            return Err(Hindrance::Open);
        }
        let path = place.path.to_string_lossy();
        let mut filled = words.iter().map(|word| fill(word, &path, place));
        let program = filled.next().unwrap_or_default();
        let mut command = Command::new(&program);
        command.args(filled).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let started = command.spawn();
        let mut child = started.map_err(|error| {
            turn.store(false, Ordering::Release);
            Hindrance::Failed(format!("`{program}` cannot be started: {error}"))
        })?;
        let turn = turn.clone();
        // Somebody has to take note of its end.
        thread::spawn(move || {
            let _ = child.wait();
            turn.store(false, Ordering::Release);
        });
        Ok(())
    }
}

/// `{path}`, `{line}` and `{column}` in one pass, so that a file called `{line}` stays what it is.
fn fill(template: &str, path: &str, place: Place<'_>) -> String {
    let mut filled = String::new();
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        let (before, from) = rest.split_at(at);
        filled.push_str(before);
        let known =
            [("{path}", path.to_owned()), ("{line}", place.line.to_string()), ("{column}", place.column.to_string())];
        let (word, value) = known.into_iter().find(|(word, _)| from.starts_with(word)).unwrap_or(("{", "{".to_owned()));
        filled.push_str(&value);
        rest = &from[word.len()..];
    }
    filled + rest
}

/// A path as it stands in an address.
fn encode(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.~:".contains(&byte);
    path.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// Words between spaces; single or double quotes keep spaces in a word.
fn words(command: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let (mut word, mut quote): (Option<String>, Option<char>) = (None, None);
    for letter in command.chars() {
        match quote {
            Some(open) if letter == open => quote = None,
            None if matches!(letter, '"' | '\'') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            None if letter.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    if quote.is_some() { Err("a quote in `--editor` is not closed".to_owned()) } else { Ok(words) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: &str = "/home/é/my dossier/{line}.yaml";

    #[test]
    fn an_address_is_filled_and_encoded() {
        let place = Place { path: Path::new(PLACE), line: 12, column: 3 };
        let address = |template: &str| Editor::new(template).expect("a template").address(place);
        let path = "/home/%C3%A9/my%20dossier/%7Bline%7D.yaml";
        assert_eq!(address(DEFAULT), Some(format!("vscode://file{path}:12:3")));
        assert_eq!(address("x://open?file={path}&l={line}{"), Some(format!("x://open?file={path}&l=12{{")));
        assert_eq!(address("code -g {path}:{line}"), None);
    }

    #[test]
    fn a_command_is_split_into_words_without_a_shell() {
        let words = |command: &str| match Editor::new(command) {
            Ok(Editor::Command(words)) => words,
            other => panic!("{other:?}"),
        };
        assert_eq!(words("code -g {path}:{line}:{column}"), ["code", "-g", "{path}:{line}:{column}"]);
        assert_eq!(words("'my editor' \"\" a'b c'"), ["my editor", "", "ab c", "{path}"]);
        assert_eq!(words("ed; rm {path}"), ["ed;", "rm", "{path}"]);
        assert!(Editor::new("ed 'x").is_err() && Editor::new(" ").is_err());
        let place = Place { path: Path::new(PLACE), line: 12, column: 3 };
        assert_eq!(fill("{path}:{line}", PLACE, place), format!("{PLACE}:12"));
    }

    #[test]
    fn a_program_that_is_not_there_is_told_so() {
        let place = Place { path: Path::new("/x"), line: 1, column: 1 };
        let turn = Arc::default();
        for _ in 0..2 {
            let run = Editor::new("/no/such/program").expect("a command").run(place, &turn);
            assert!(run.expect_err("no program").to_string().starts_with("`/no/such/program` cannot be started"));
        }
    }
}
