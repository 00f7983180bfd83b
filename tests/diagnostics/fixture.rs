//! The fixtures of `tests/diagnostics/*.txt`, read; `tests/diagnostics.rs` says how they are written.

use std::path::{Path, PathBuf};

use dossier::base::diag::Code;
use dossier::base::input::{Inputs, Options};

/// The files of fixtures, in order.
pub(crate) fn fixture_files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics");
    let entries = std::fs::read_dir(folder).expect("the folder of fixtures");
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    files.sort();
    files
}

/// A file of cases.
pub(crate) struct File {
    pub(crate) head: String,
    pub(crate) prelude: Vec<Fixture>,
    pub(crate) cases: Vec<Case>,
}

/// A dossier with mistakes.
#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) header: String,
    pub(crate) name: String,
    pub(crate) options: Vec<String>,
    pub(crate) files: Vec<Fixture>,
}

/// One file of a dossier.
#[derive(Clone)]
pub(crate) struct Fixture {
    pub(crate) header: String,
    pub(crate) path: String,
    pub(crate) options: Vec<String>,
    pub(crate) lines: Vec<String>,
    pub(crate) markers: Vec<Marker>,
}

/// What is said of a line.
#[derive(Clone)]
pub(crate) struct Marker {
    /// From 1.
    pub(crate) line: usize,
    pub(crate) written: String,
    pub(crate) place: String,
    pub(crate) code: Option<Code>,
    pub(crate) severity: String,
    pub(crate) message: String,
    pub(crate) help: Vec<String>,
}

impl File {
    /// Reads a file of cases.
    pub(crate) fn parse(text: &str) -> Self {
        let mut file = File { head: String::new(), prelude: Vec::new(), cases: Vec::new() };
        for line in text.split_inclusive('\n') {
            if let Some(name) = line.strip_prefix("--- ") {
                let (name, options) = with_options(name);
                file.cases.push(Case { header: line.to_owned(), name, options, files: Vec::new() });
            } else if let Some(case) = file.cases.last_mut() {
                case.add(line);
            } else {
                file.head.push_str(line);
            }
        }
        file.prelude = file.cases.iter().filter(|case| case.is_prelude()).flat_map(|case| case.files.clone()).collect();
        file
    }
}

fn with_options(header: &str) -> (String, Vec<String>) {
    let (name, options) = header.trim().split_once(" [").unwrap_or((header.trim(), ""));
    let options = options.trim_end_matches(']').split(['[', ']', ' ']).filter(|option| !option.is_empty());
    (name.to_owned(), options.map(str::to_owned).collect())
}

impl Case {
    /// Whether its files belong to every other case.
    pub(crate) fn is_prelude(&self) -> bool {
        self.name == "prelude"
    }

    fn add(&mut self, line: &str) {
        if let Some(path) = line.strip_prefix("=== ") {
            let (path, options) = with_options(path);
            self.files.push(Fixture { header: line.to_owned(), path, options, lines: Vec::new(), markers: Vec::new() });
        } else if let Some(file) = self.files.last_mut() {
            file.add(line);
        } else {
            // Words under the header, before the first file.
            self.header.push_str(line);
        }
    }

    /// Its files and those of the prelude, as a build takes them.
    pub(crate) fn inputs(&self, prelude: &[Fixture]) -> Inputs {
        let own = |path: &str| self.files.iter().any(|file| file.path == path);
        let mut texts: Vec<(String, String)> = self.files.iter().map(|file| (file.path.clone(), file.text())).collect();
        texts.extend(prelude.iter().filter(|file| !own(&file.path)).map(|file| (file.path.clone(), file.text())));
        if !texts.iter().any(|(path, _)| path == "site.toml") && !self.options.iter().any(|option| option == "bare") {
            texts.push(("site.toml".to_owned(), self.settings()));
        }
        texts.retain(|(path, _)| path != "none");
        let asked = |name: &str| self.options.iter().any(|option| option == name);
        Inputs::new(texts, Options { drafts: asked("drafts"), locked: asked("locked"), ..Options::default() })
    }

    fn settings(&self) -> String {
        let mut settings = "title = \"T\"\nbase_url = \"https://example.org/\"\n[lints]\n".to_owned();
        for code in Code::ALL.iter().filter(|code| code.is_lint()) {
            let on = self.options.iter().any(|option| option.strip_prefix("lint=") == Some(code.name()));
            settings.push_str(&format!("{} = \"{}\"\n", code.name(), if on { "warn" } else { "off" }));
        }
        settings
    }
}

impl Fixture {
    fn add(&mut self, line: &str) {
        let Some(marker) = line.strip_prefix("#~") else {
            self.lines.push(line.to_owned());
            return;
        };
        if let Some(help) = marker.trim().strip_prefix("help: ") {
            if let Some(last) = self.markers.last_mut() {
                last.help.push(help.to_owned());
                last.written.push_str(line);
            }
            return;
        }
        self.markers.push(Marker::parse(self.lines.len(), line));
    }

    /// The file, without what is said of it.
    pub(crate) fn text(&self) -> String {
        // In the ledger the same brackets stand around a passage.
        let plain = self.path == "dossier.lock";
        let mut text = if plain { self.lines.concat() } else { expanded(&self.lines.concat()) };
        let has = |option: &str| self.options.iter().any(|own| own == option);
        if has("crlf") {
            text = text.replace('\n', "\r\n");
        }
        if has("open") {
            text.truncate(text.trim_end_matches('\n').len());
        }
        if has("bom") { format!("\u{feff}{text}") } else { text }
    }
}

/// The text with `⟦x*3⟧` written out.
fn expanded(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('⟦') {
        let (inside, after) = after.split_once('⟧').expect("a closing ⟧");
        out.push_str(before);
        match inside.rsplit_once('*').and_then(|(part, times)| Some((part, times.parse::<usize>().ok()?))) {
            Some((part, times)) => out.push_str(&part.replace("TAB", "\t").repeat(times)),
            None => out.push_str(&inside.replace("TAB", "\t").replace("NL", "\n")),
        }
        rest = after;
    }
    out + rest
}

impl Marker {
    fn parse(line: usize, written: &str) -> Self {
        let (place, said) = match written.find('^') {
            Some(start) if written[..start].trim_start_matches("#~").trim().is_empty() => {
                let carets = written[start..].chars().take_while(|c| *c == '^').count();
                (format!("{}-{}", start + 1, start + 1 + carets), &written[start + carets..])
            }
            _ => {
                let rest = written.trim_start_matches("#~").trim_start();
                let (place, said) = rest.split_once(' ').unwrap_or((rest, ""));
                match place.strip_prefix("end:") {
                    Some(place) => return Self::at(line + 1, place.to_owned(), said, written),
                    None => (place.to_owned(), said),
                }
            }
        };
        Self::at(line, place, said, written)
    }

    fn at(line: usize, place: String, said: &str, written: &str) -> Self {
        let said = said.trim();
        let (severity, rest) = said.split_once('[').unwrap_or((said, ""));
        let (code, message) = rest.split_once(']').unwrap_or((rest, ""));
        let message = message.trim_start_matches(':').trim().to_owned();
        let code = Code::from_name(code);
        Self {
            line,
            written: written.to_owned(),
            place,
            code,
            severity: severity.to_owned(),
            message,
            help: Vec::new(),
        }
    }
}
