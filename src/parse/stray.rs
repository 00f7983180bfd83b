//! Files below `content/` that look like records and are none: for their folder, or for an ending of another habit.

use super::folder::Folder;
use crate::base::diag::{Code, Diagnostic, Severity};
use crate::base::input::SourceFile;
use crate::base::nearest::nearest;
use crate::model::settings::Settings;

/// The folders of records, each with the ending of its files.
const FOLDERS: [(&str, &str); 7] = [
    ("articles", "md"),
    ("annotations", "yaml"),
    ("entities", "md"),
    ("events", "md"),
    ("figures", "yaml"),
    ("sources", "yaml"),
    ("pages", "md"),
];

/// What Markdown and YAML are called elsewhere; in lower case.
const MARKDOWN: &[&str] = &["md", "markdown", "mkd", "mkdn", "mdown", "mdwn", "mdtext", "mdtxt", "mdx"];
const YAML: &[&str] = &["yaml", "yml"];

/// Whether a file looks like a record by its name, and is none: `content/annotations/a.yml`, `content/articles/a.MD`.
pub fn is_stray(path: &str) -> bool {
    let ending = ending_of(path);
    let is_known = MARKDOWN.contains(&&*ending) || YAML.contains(&&*ending) || matches!(&*ending, "toml" | "json");
    path.starts_with("content/") && Folder::of(path).is_none() && is_known
}

/// Whether a file may be a record that was saved as a plain text, which only its text can say; else it is a file to link to.
pub fn may_be_stray(path: &str) -> bool {
    folder_of(path).is_some() && matches!(&*ending_of(path), "txt" | "text")
}

/// Whether the text of such a file is a record's.
pub fn looks_like_record(path: &str, text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}');
    let keys = |text: &str| {
        let mut lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')).take(20);
        lines.any(|line| ["title:", "name:", "- type:"].iter().any(|key| line.starts_with(key)))
    };
    match folder_of(path) {
        Some((_, "md")) => crate::syntax::yaml::front_matter(text).is_some_and(|yaml| keys(&text[yaml])),
        Some(_) => keys(text),
        None => false,
    }
}

/// The folder of records that a file is in, and the ending that belongs there.
fn folder_of(path: &str) -> Option<(&'static str, &'static str)> {
    let folder = path.strip_prefix("content/")?.split_once('/')?.0;
    FOLDERS.into_iter().find(|(name, _)| *name == folder)
}

/// What follows the last point of a file's name, in lower case.
fn ending_of(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    // A space at the end is seen by nobody.
    name.trim_end().rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_lowercase())
}

/// A file that is not read, at the level that the settings give; without one, as an error where a record is lost with it.
pub(super) fn problem(file: &SourceFile, settings: &Settings) -> Option<Diagnostic> {
    let path = &*file.path;
    let (lost, help) = help(path);
    let default = if lost { Severity::Error } else { Severity::Warning };
    let severity = match settings.lints.contains_key(Code::StrayFile.name()) {
        true => settings.level(Code::StrayFile)?,
        false => default,
    };
    let mut problem = Diagnostic::new(Code::StrayFile, file.start(), "this file is not read");
    problem.severity = severity;
    problem.help = help;
    Some(problem)
}

/// Whether a record is lost, and what would settle it.
fn help(path: &str) -> (bool, Vec<String>) {
    let ending = ending_of(path);
    let (is_markdown, is_yaml) = (MARKDOWN.contains(&&*ending), YAML.contains(&&*ending));
    if let Some((folder, wanted)) = folder_of(path) {
        let mut help = vec![format!("files in `content/{folder}/` end in `.{wanted}`")];
        let is_kind = match wanted {
            "md" => is_markdown,
            _ => is_yaml || ending == "json",
        };
        if is_kind || may_be_stray(path) {
            help.push(format!("rename it to `{}`", renamed(path, wanted)));
        } else if is_yaml && folder == "articles" {
            help.push("annotations on an article are in `content/annotations/`".to_owned());
        }
        return (is_markdown || is_yaml || is_kind || may_be_stray(path), help);
    }
    let name = path.strip_prefix("content/").unwrap_or(path);
    let first = name.split('/').next().unwrap_or_default();
    let lower = first.to_lowercase();
    if !name.contains('/') && is_markdown && lower.starts_with("index.") {
        return (true, vec!["rename it to `index.md`".to_owned()]);
    }
    let folders: Vec<&str> = FOLDERS.iter().map(|(name, _)| *name).collect();
    if name.contains('/') && folders.contains(&&*lower) {
        return (is_markdown || is_yaml, vec![format!("the folder is called `{lower}`, in lower-case letters")]);
    }
    let near = nearest(&lower, folders.iter().copied()).map(|near| format!("did you mean `{near}`?"));
    let all = format!("the folders of `content/` are `{}`", folders.join("`, `"));
    (false, near.into_iter().chain([all]).collect())
}

/// The file's name with the right ending.
fn renamed(path: &str, wanted: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    match stem.to_lowercase().strip_suffix(&format!(".{wanted}")) {
        Some(own) => format!("{}.{wanted}", &stem[..own.len()]),
        None => format!("{stem}.{wanted}"),
    }
}
