//! Findings to people and programs: the terminal as rustc does, and JSON.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Level, Renderer, Snippet};
use serde::Serialize;

use super::printed;
use crate::base::diag::{Diagnostic, Diagnostics, Severity};
use crate::base::input::Inputs;
use crate::base::span::{FileId, Span, line_column};

/// A longer line is not shown in excerpts: it would fill the screen.
const LONGEST_LINE: usize = 600;

/// So many characters of a place are repeated where its line is not shown.
const MOST_WORDS: usize = 80;

/// All findings for the terminal, each with its excerpt.
pub fn human(inputs: &Inputs, diags: &Diagnostics, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for diagnostic in diags.iter() {
        out.push_str(&one(inputs, diagnostic, &renderer));
        out.push_str("\n\n");
    }
    out
}

/// A finding without its first line, which says what [`Diagnostic::message`] says: the place, the lines and the help.
pub fn excerpt(inputs: &Inputs, diagnostic: &Diagnostic) -> String {
    let whole = one(inputs, diagnostic, &Renderer::plain());
    whole.split_once('\n').map_or(String::new(), |(_, rest)| rest.to_owned())
}

/// "2 errors, 1 warning", or nothing to say.
pub fn summary(diags: &Diagnostics) -> Option<String> {
    let count = |n: usize, what: &str| match n {
        0 => None,
        1 => Some(format!("1 {what}")),
        n => Some(format!("{n} {what}s")),
    };
    let parts: Vec<String> =
        [count(diags.errors(), "error"), count(diags.warnings(), "warning")].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn one(inputs: &Inputs, diagnostic: &Diagnostic, renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(printed::in_lines(&diagnostic.message)).id(diagnostic.code.name());
    let mut snippets = by_file(diagnostic).into_iter().filter_map(|(file, places)| snippet(inputs, file, &places));
    let mut group = match snippets.next() {
        Some(first) => title.element(first),
        None => title.element(Level::NOTE.message(place_in_words(inputs, diagnostic.span))),
    };
    for more in snippets {
        group = group.element(more);
    }
    for label in diagnostic.labels.iter().filter(|label| !is_shown(inputs, label.span)) {
        let place = place_in_words(inputs, label.span);
        group = group.element(Level::NOTE.message(format!("{}, {place}", printed::in_lines(&label.message))));
    }
    for help in &diagnostic.help {
        group = group.element(Level::HELP.message(printed::in_lines(help)));
    }
    // Excerpts have colours of ours by now; what else is no text in them the renderer has mostly replaced.
    printed::in_colour(&renderer.render(&[group])).into_owned()
}

/// ``in site.toml:3:1: `its words` ``, for a place that has no line worth showing.
fn place_in_words(inputs: &Inputs, span: Span) -> String {
    let Place { file, line, column, .. } = Place::of(inputs, span);
    let words = inputs.get(span.file).map_or("", |file| &file.text[visible(&file.text, span)]);
    let shown: String = words.chars().take(MOST_WORDS).collect();
    let more = if shown.len() < words.len() { "…" } else { "" };
    let file = printed::on_one_line(file);
    match words {
        "" => format!("in {file}:{line}:{column}"),
        _ => format!("in {file}:{line}:{column}: `{}{more}`", printed::on_one_line(&shown)),
    }
}

/// A file's excerpt with its places underlined; nothing when none of them can be shown.
fn snippet<'a>(inputs: &'a Inputs, file: FileId, places: &[Shown<'a>]) -> Option<Snippet<'a, Annotation<'a>>> {
    let source = inputs.get(file)?;
    let ranges: Vec<Range<usize>> = places.iter().map(|(span, ..)| visible(&source.text, *span)).collect();
    let is_shown: Vec<bool> = places.iter().map(|(span, ..)| is_shown(inputs, *span)).collect();
    let seen = || ranges.iter().zip(&is_shown).filter(|(_, shown)| **shown).map(|(range, _)| range);
    // The lines from the first place to the last: the whole text, for each of many findings, would take long.
    let (start, end) = (seen().map(|range| range.start).min()?, seen().map(|range| range.end).max()?);
    // After the last line there is nothing to show but that.
    let start = if start == source.text.len() { source.text.trim_end_matches('\n').len() } else { start };
    let start = source.text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let end = source.text[end..].find('\n').map_or(source.text.len(), |newline| end + newline + 1);
    let line = line_column(&source.text, start).line;
    let snippet = Snippet::source(&source.text[start..end]).line_start(line).path(printed::on_one_line(&source.path));
    let annotations = places.iter().zip(&ranges).zip(&is_shown).filter(|(_, shown)| **shown);
    Some(snippet.annotations(annotations.map(|(((_, label, primary), range), _)| {
        let kind = if *primary { AnnotationKind::Primary } else { AnnotationKind::Context };
        let annotation = kind.span(range.start - start..range.end - start);
        match label {
            Some(label) => annotation.label(printed::in_lines(label)),
            None => annotation,
        }
    })))
}

/// Whether the line of a place is short enough to be seen.
fn is_shown(inputs: &Inputs, span: Span) -> bool {
    inputs.get(span.file).is_some_and(|file| line_length(&file.text, visible(&file.text, span).start) <= LONGEST_LINE)
}

/// A place, what is said of it, and whether it is the finding's own.
type Shown<'a> = (Span, Option<&'a str>, bool);

/// The places of a finding, its own file first.
fn by_file(diagnostic: &Diagnostic) -> Vec<(FileId, Vec<Shown<'_>>)> {
    let mut files = vec![(diagnostic.span.file, vec![(diagnostic.span, None, true)])];
    for label in &diagnostic.labels {
        let place = (label.span, Some(label.message.as_str()), false);
        match files.iter_mut().find(|(file, _)| *file == label.span.file) {
            Some((_, places)) => places.push(place),
            None => files.push((label.span.file, vec![place])),
        }
    }
    files
}

/// The bytes to underline: at most to the end of the first line, at least one place.
fn visible(text: &str, span: Span) -> std::ops::Range<usize> {
    let range = span.range();
    let start = range.start.min(text.len());
    let end = range.end.min(text.len()).max(start);
    let line = text[start..end].find('\n').map_or(end, |newline| start + newline);
    start..line
}

fn line_length(text: &str, at: usize) -> usize {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    text[start..].find('\n').unwrap_or(text.len() - start)
}

/// All findings as the JSON of `check --format json`.
pub fn json(inputs: &Inputs, diags: &Diagnostics) -> String {
    let report = Report {
        version: 1,
        errors: diags.errors(),
        warnings: diags.warnings(),
        diagnostics: diags.iter().map(|diagnostic| Entry::of(inputs, diagnostic)).collect(),
    };
    let mut json = serde_json::to_string_pretty(&report).unwrap_or_default();
    json.push('\n');
    json
}

#[derive(Serialize)]
struct Report<'a> {
    version: u8,
    errors: usize,
    warnings: usize,
    diagnostics: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
    labels: Vec<LabelEntry<'a>>,
    help: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<FixEntry<'a>>,
}

#[derive(Serialize)]
struct LabelEntry<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    message: &'a str,
}

#[derive(Serialize)]
struct FixEntry<'a> {
    file: &'a str,
    start: u32,
    end: u32,
    replacement: &'a str,
}

/// Lines and columns count from 1, columns in code points.
#[derive(Serialize)]
pub(super) struct Place<'a> {
    pub(super) file: &'a str,
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) end_line: usize,
    pub(super) end_column: usize,
}

impl<'a> Place<'a> {
    pub(super) fn of(inputs: &'a Inputs, span: Span) -> Self {
        let Some(file) = inputs.get(span.file) else {
            return Self { file: "site.toml", line: 1, column: 1, end_line: 1, end_column: 1 };
        };
        let (start, end) = (line_column(&file.text, span.range().start), line_column(&file.text, span.range().end));
        Self { file: &file.path, line: start.line, column: start.column, end_line: end.line, end_column: end.column }
    }
}

impl<'a> Entry<'a> {
    fn of(inputs: &'a Inputs, diagnostic: &'a Diagnostic) -> Self {
        let labels = diagnostic.labels.iter();
        Self {
            code: diagnostic.code.name(),
            severity: match diagnostic.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            message: &diagnostic.message,
            place: Place::of(inputs, diagnostic.span),
            labels: labels
                .map(|label| LabelEntry { place: Place::of(inputs, label.span), message: &label.message })
                .collect(),
            help: &diagnostic.help,
            fix: diagnostic.fix.as_ref().map(|fix| FixEntry {
                file: &inputs.file(fix.span.file).path,
                start: fix.span.start,
                end: fix.span.end,
                replacement: &fix.replacement,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::human;
    use crate::base::input::Inputs;

    #[test]
    fn places_on_long_lines_are_told_in_words() {
        let line = "The mayor left. ".repeat(50);
        let inputs = Arc::new(Inputs::from_fixture(&format!(
            "=== site.toml\ntitle = \"T\"\nbase_url = \"https://example.org/\"\n\
             === content/articles/a.md\n---\ntitle: A\n---\n{line}Nobody wept.\n\nNobody wept.\n\
             === content/annotations/a.yaml\n- {{ type: note, note: n, quote: Nobody wept }}\n\
             - {{ type: note, note: n, quote: {} }}\n",
            "x".repeat(600)
        )));
        let (_, diags) = crate::build(&inputs);
        let told = human(&inputs, &diags, false);
        for expected in [
            // One of its places has a line that can be seen, the other has not.
            "6 | Nobody wept.\n",
            "note: it stands here, in content/articles/a.md:4:801: `Nobody wept`\n",
            &format!("note: in content/annotations/a.yaml:2:33: `{}…`\n", "x".repeat(80)),
        ] {
            assert!(told.contains(expected), "{expected}\n{told}");
        }
    }
}
