//! Numbers with a sign in them, which mean one thing in one language and another in the next: `1,500`, `1.500`. What an editor
//! meant is read by the language of the text, that is the article's or the record's own; else the dossier's.

use super::folder::Folder;
use super::{File, Parsed};
use crate::base::diag::{Code, Diagnostic, Diagnostics};
use crate::base::input::{Inputs, SourceFile};
use crate::base::span::Span;
use crate::locale::Signs;
use crate::model::{Common, Meta, Record};
use crate::syntax::yaml::scalar::Style;
use crate::syntax::yaml::tree::{Kind, Node};

/// The keys of a figure's numbers.
const AMOUNTS: [&str; 5] = ["low", "best", "high", "more_than", "less_than"];

/// The numbers of a figure's file that YAML can read and that look like thousands: `1.500`, `12.000`.
pub(super) fn like_thousands(file: &SourceFile, node: &Node<'_>, found: &mut Vec<Span>) {
    match &node.kind {
        Kind::Map(entries) => {
            for entry in entries {
                match entry.value.scalar() {
                    Some(value) if entry.value.style() == Some(Style::Plain) && is_like_thousands(value) => {
                        let start = entry.value.range.start;
                        let is_amount = AMOUNTS.contains(&&*entry.key);
                        found.extend(is_amount.then(|| Span::new(file.id, start..start + value.len())));
                    }
                    _ => like_thousands(file, &entry.value, found),
                }
            }
        }
        Kind::List(items) => items.iter().for_each(|item| like_thousands(file, item, found)),
        Kind::Scalar(..) => {}
    }
}

fn is_like_thousands(value: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    value.trim_start_matches('-').split_once('.').is_some_and(|(thousands, rest)| {
        matches!(thousands.len(), 1..=3)
            && !thousands.starts_with('0')
            && rest.len() == 3
            && digits(thousands)
            && digits(rest)
    })
}

/// What is wrong with the numbers of a file, in the language of its text.
pub(super) fn check(inputs: &Inputs, parsed: &Parsed, file: &SourceFile, read: &File, diags: &mut Diagnostics) {
    let settings = &parsed.settings;
    let meta = meta(inputs, parsed, file, read);
    let language = meta.and_then(|meta| meta.language.as_deref()).unwrap_or(&settings.language);
    let signs = Signs::of(language);
    diags.extend(read.found.iter().map(|problem| match (signs, is_about_number(problem)) {
        (Some(signs), true) => in_language(file, read, problem, language, signs),
        _ => problem.clone(),
    }));
    let is_allowed = meta.is_some_and(|meta| meta.allow.iter().any(|lint| lint == Code::NumberFormat.name()));
    let Some(severity) = settings.level(Code::NumberFormat).filter(|_| !is_allowed) else { return };
    for span in read.like_thousands.iter().filter(|_| signs.is_some_and(|signs| signs.grouping == Some('.'))) {
        let written = &file.text[span.range()];
        let message = format!(
            "`{written}` is thousands in the language of this text (`{language}`), and YAML reads a decimal point"
        );
        let problem = diags.add(Code::NumberFormat, *span, message);
        let (thousands, decimals) = (written.replace('.', ""), written.trim_end_matches('0').trim_end_matches('.'));
        problem.severity = severity;
        problem.help(format!("write `{thousands}`, or `{decimals}` if that was meant"));
    }
}

/// Whether a finding may be put another way when the language is known.
pub(super) fn is_about_number(problem: &Diagnostic) -> bool {
    problem.code == Code::WrongType && problem.message.starts_with("a number belongs here")
}

/// The record whose language a file's numbers are in: its own; of annotations, the article's.
fn meta<'a>(inputs: &Inputs, parsed: &'a Parsed, file: &SourceFile, read: &'a File) -> Option<&'a Meta> {
    match &read.record {
        Some(Record::Figure(figure)) => Some(&figure.meta),
        Some(Record::Annotations(_)) => {
            let mut articles =
                inputs.files.iter().zip(&parsed.files).filter(|(_, read)| read.folder == Some(Folder::Articles));
            let (_, article) = articles.find(|(article, _)| article.stem() == file.stem())?;
            if let Some(Record::Article(article)) = &article.record { Some(article.meta()) } else { None }
        }
        _ => None,
    }
}

/// The finding with the number that its text is in that language: digits alone. Beside a quote it must be the quote's own number.
fn in_language(file: &SourceFile, read: &File, problem: &Diagnostic, language: &str, signs: Signs) -> Diagnostic {
    let mut problem = problem.clone();
    let written = file.text[problem.span.range()].trim_matches(['"', '\'']);
    let is_sure = read.folder != Some(Folder::Annotations) || file.text.matches(written).nth(1).is_some();
    if let Some(number) = signs.read(written).filter(|number| is_sure && number != written) {
        problem.help = vec![format!("in the language of the text (`{language}`) this is {number}: write `{number}`")];
    }
    problem
}
