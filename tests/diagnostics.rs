//! Every mistake is shown where it is: dossiers with mistakes in `tests/diagnostics/*.txt`, and what must be said of each.
//!
//! ```text
//! --- a reference to nothing            a case; options in brackets after the name: [drafts] [locked] [lint=weekday]
//! === content/events/e.md               a file; options in brackets after the path: [bom] [crlf]
//! ---
//! title: E
//! date: 2024-13
//! #~         ^^ error[bad-date]: there is no month 13
//! #~ help: dates are written like
//! ---
//! ```
//!
//! A line that starts with `#~` is no part of the file: it says what is reported on the line above, at the columns of its
//! carets. Where carets cannot stand there are columns instead, `#~ 1-4 error[…]` (the end is the column after the last
//! character), with `5:2` for an end on another line, and `end:` before them for a place after the last line. A line
//! after the code must be part of the message. The findings of a case are exactly those that are written.
//!
//! Files under `--- prelude` belong to every case of their file that does not have its own. Without a `site.toml` a case has
//! one with all lints off but those named in its options. `⟦x*3⟧` stands for `xxx`, `⟦TAB⟧` for a tab.
//!
//! `UPDATE=1 cargo test --test diagnostics` writes what is reported into the files; the diff is to be reviewed.

#![expect(clippy::disallowed_methods, reason = "tests look at the disk")]

#[path = "diagnostics/fixture.rs"]
mod fixture;

use std::collections::BTreeSet;
use std::sync::Arc;

use dossier::base::diag::{Code, Diagnostic, Severity};
use dossier::base::input::Inputs;
use dossier::base::span::line_column;
use fixture::{Case, File, Fixture, Marker, fixture_files};

#[test]
fn every_mistake_is_shown_at_its_place() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut failures = Vec::new();
    let mut cases = 0;
    for path in fixture_files() {
        let text = std::fs::read_to_string(&path).expect("a fixture can be read");
        let file = File::parse(&text);
        let mut written = file.head.clone();
        for case in &file.cases {
            let outcome = case.run(&file.prelude);
            written.push_str(&case.written(&outcome));
            if case.is_prelude() {
                continue;
            }
            cases += 1;
            failures.extend(case.differences(&outcome).map(|why| format!("{}: {}\n{why}", path.display(), case.name)));
        }
        if update && written != text {
            std::fs::write(&path, written).expect("a fixture can be written");
        }
    }
    assert!(update || failures.is_empty(), "{} of {cases} cases differ\n\n{}", failures.len(), failures.join("\n"));
    assert!(cases >= 150, "only {cases} cases");
}

/// Codes that need a disk are covered by `hostile.rs`, one that needs files which are not read by `copies.rs`.
const ON_DISK: &[Code] = &[Code::NotUtf8, Code::TooLarge, Code::ActiveFile];

#[test]
fn every_code_has_a_case() {
    let expected: BTreeSet<Code> = fixture_files()
        .iter()
        .flat_map(|path| {
            let text = std::fs::read_to_string(path).expect("a fixture can be read");
            let codes = File::parse(&text).cases.into_iter().flat_map(|case| case.files);
            codes.flat_map(|file| file.markers).filter_map(|marker| marker.code).collect::<Vec<_>>()
        })
        .collect();
    let missing: Vec<&str> = Code::ALL
        .iter()
        .filter(|code| !expected.contains(code) && !ON_DISK.contains(code))
        .map(|code| code.name())
        .collect();
    assert!(missing.is_empty(), "no case for {missing:?}");
}

impl Case {
    /// Builds the dossier; what is reported, with the file's path.
    fn run(&self, prelude: &[Fixture]) -> Vec<Said> {
        if self.is_prelude() {
            return Vec::new();
        }
        let inputs = Arc::new(self.inputs(prelude));
        let Ok((_, diags)) = std::panic::catch_unwind(|| dossier::build(&inputs)) else {
            panic!("the case `{}` makes it panic", self.name);
        };
        diags.iter().map(|diagnostic| Said::of(&inputs, diagnostic)).collect()
    }

    fn differences(&self, said: &[Said]) -> Option<String> {
        let mut wrong = Vec::new();
        let mut rest: Vec<&Said> = said.iter().collect();
        for file in &self.files {
            for marker in &file.markers {
                match rest.iter().position(|said| said.is(&file.path, marker)) {
                    Some(at) => drop(rest.remove(at)),
                    None => {
                        wrong.push(format!("  missing {}:{} {}", file.path, marker.line, marker.written.trim_end()))
                    }
                }
            }
        }
        wrong.extend(rest.iter().map(|said| format!("  unexpected {}:{} {}", said.file, said.line, said.shown(false))));
        (!wrong.is_empty()).then(|| wrong.join("\n"))
    }

    /// The case with what is reported, in the words that were there before where they are right.
    fn written(&self, said: &[Said]) -> String {
        let mut out = self.header.clone();
        for file in &self.files {
            out.push_str(&file.header);
            let here: Vec<&Said> = said.iter().filter(|said| said.file == file.path).collect();
            for number in 0..=file.lines.len() {
                if number > 0 {
                    out.push_str(&file.lines[number - 1]);
                }
                for said in here.iter().filter(|said| said.line == number) {
                    out.push_str(&file.marker_text(said));
                }
            }
            here.iter()
                .filter(|said| said.line > file.lines.len())
                .for_each(|said| out.push_str(&file.marker_text(said)));
        }
        out
    }
}

impl Fixture {
    fn marker_text(&self, said: &Said) -> String {
        let before = self.markers.iter().find(|marker| said.is(&self.path, marker));
        before
            .map_or_else(|| format!("{}\n", said.shown(said.line > self.lines.len())), |marker| marker.written.clone())
    }
}

/// A finding as the fixtures write it.
struct Said {
    file: String,
    line: usize,
    place: String,
    code: Code,
    severity: &'static str,
    message: String,
    help: Vec<String>,
}

impl Said {
    fn of(inputs: &Inputs, found: &Diagnostic) -> Self {
        let severity = if found.severity == Severity::Error { "error" } else { "warning" };
        let common = (found.code, severity, found.message.clone(), found.help.clone());
        let (code, severity, message, help) = common;
        let Some(file) = inputs.get(found.span.file) else {
            return Self { file: "none".to_owned(), line: 1, place: "1-1".to_owned(), code, severity, message, help };
        };
        let (start, end) =
            (line_column(&file.text, found.span.range().start), line_column(&file.text, found.span.range().end));
        let end_at =
            if end.line == start.line { end.column.to_string() } else { format!("{}:{}", end.line, end.column) };
        let place = format!("{}-{end_at}", start.column);
        Self { file: file.path.to_string(), line: start.line, place, code, severity, message, help }
    }

    fn is(&self, file: &str, marker: &Marker) -> bool {
        self.file == file
            && self.line == marker.line
            && self.place == marker.place
            && Some(self.code) == marker.code
            && self.severity == marker.severity
            && self.message.contains(&marker.message)
            && marker.help.iter().all(|help| self.help.iter().any(|own| own.contains(help)))
    }

    /// The marker line of this finding, with its helps.
    fn shown(&self, after_the_end: bool) -> String {
        let said = format!("{}[{}]: {}", self.severity, self.code.name(), self.message);
        let carets = self.place.split_once('-').and_then(|(start, end)| {
            let (start, end): (usize, usize) = (start.parse().ok()?, end.parse().ok()?);
            (start > 2 && end > start && end < 140)
                .then(|| format!("#~{}{}", " ".repeat(start - 3), "^".repeat(end - start)))
        });
        let mut shown = match carets {
            Some(carets) if !after_the_end => format!("{carets} {said}"),
            _ if after_the_end => format!("#~ end:{} {said}", self.place),
            _ => format!("#~ {} {said}", self.place),
        };
        for help in &self.help {
            shown.push_str(&format!("\n#~ help: {help}"));
        }
        shown
    }
}
