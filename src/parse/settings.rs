//! `site.toml`: every mistake is reported at its place and left out, and the rest is read.

mod publish;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize as _;
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use url::Url;

use crate::base::address;
use crate::base::diag::{Code, Diagnostic, Diagnostics};
use crate::base::id::is_slug;
use crate::base::input::{Inputs, SourceFile};
use crate::base::memo::Same;
use crate::base::nearest::nearest;
use crate::base::span::{FileId, Span};
use crate::locale::Locale;
use crate::model::settings::Settings;
use crate::syntax::language::is_language;
use crate::syntax::legible::on_one_line;

/// The file of the settings.
pub(super) const PATH: &str = "site.toml";

/// A `site.toml` with more mistakes than this is none.
const MOST: usize = 100;

/// What settings are read from: their file, whether there are others, and the address that the caller asks for.
pub(super) type Key = (Option<Same<SourceFile>>, bool, Option<String>);

pub(super) fn key(inputs: &Inputs) -> Key {
    (inputs.find_shared(PATH).cloned().map(Same), inputs.files.is_empty(), inputs.options.base_url.clone())
}

/// Reads the settings, and what is wrong with them.
pub(super) fn read(inputs: &Inputs) -> (Arc<Settings>, Diagnostics) {
    let mut found = Diagnostics::default();
    let settings = settings(inputs, &mut found);
    (Arc::new(settings), found)
}

/// The settings; the defaults for what cannot be read.
fn settings(inputs: &Inputs, diags: &mut Diagnostics) -> Settings {
    let Some(file) = inputs.find(PATH) else {
        missing(inputs, diags);
        return Settings::default();
    };
    if !file.is_readable() {
        return Settings::default();
    }
    let mark = file.start().range().start;
    let (mut table, errors) = DeTable::parse_recoverable(&file.text[mark..]);
    let reader = Reader { file, mark };
    diags.extend(errors.iter().map(|error| reader.syntax(error)));
    let written: Vec<String> = table.get_ref().keys().map(|key| key.get_ref().to_string()).collect();
    let as_written = table.clone();
    table.get_mut().iter_mut().for_each(|(_, value)| set_on_one_line(value.get_mut()));
    let mut settings = Settings::default();
    let mut found: Vec<Diagnostic> = Vec::new();
    for _ in 0..MOST {
        match Settings::deserialize(toml::Deserializer::from(table.clone())) {
            Ok(read) => {
                settings = read;
                break;
            }
            Err(error) => {
                let problem = reader.explain(&error);
                // A required setting that was written and could not be read is not missing as well.
                let key = problem.message.split('`').nth(1).unwrap_or_default();
                let told = problem.code == Code::MissingKey
                    && (!errors.is_empty() || written.iter().any(|name| name == key) || is_meant(&found, key));
                if !told {
                    found.push(problem);
                }
                if !mend(table.get_mut(), &error) {
                    break;
                }
            }
        }
    }
    diags.extend(found);
    if errors.is_empty() {
        reader.check(table.get_ref(), &mut settings, diags);
        publish::check(&reader, as_written.get_ref(), diags);
    }
    if let Some(base_url) = &inputs.options.base_url {
        settings.base_url.clone_from(base_url);
    }
    fit(&mut settings);
    settings
}

/// No setting has more than one line, nor what nobody can see or print.
fn set_on_one_line(value: &mut DeValue<'_>) {
    match value {
        DeValue::String(text) => {
            if let Cow::Owned(line) = on_one_line(text) {
                *text = line.into();
            }
        }
        DeValue::Array(items) => items.iter_mut().for_each(|item| set_on_one_line(item.get_mut())),
        DeValue::Table(table) => table.iter_mut().for_each(|(_, value)| set_on_one_line(value.get_mut())),
        _ => {}
    }
}

/// Whether an unknown key is most likely that one.
fn is_meant(found: &[Diagnostic], key: &str) -> bool {
    found.iter().any(|other| other.help.iter().any(|help| *help == format!("did you mean `{key}`?")))
}

fn missing(inputs: &Inputs, diags: &mut Diagnostics) {
    let nowhere = Span { file: FileId::NONE, start: 0, end: 0 };
    if !inputs.files.is_empty() {
        diags
            .add(Code::Unreadable, nowhere, "there is no `site.toml` beside `content/`")
            .help("start one with `title = \"…\"` and `base_url = \"https://…/\"`");
    }
}

/// Takes out what an error is about, or fills in what it misses. False when there is nothing to be done.
fn mend(table: &mut DeTable<'_>, error: &toml::de::Error) -> bool {
    let names: Vec<&str> = error.message().split('`').collect();
    if let ["missing field ", name, ..] = names.as_slice() {
        let name = (*name).to_owned();
        let top = matches!(name.as_str(), "title" | "base_url") && !table.contains_key(name.as_str());
        if top {
            let value = DeValue::String(Settings::default().base_url.into());
            table.insert(Spanned::new(0..0, name.into()), Spanned::new(0..0, value));
            return true;
        }
    }
    error.span().is_some_and(|span| remove(table, &span))
}

/// Removes the innermost entry or item that holds a range.
fn remove(table: &mut DeTable<'_>, range: &Range<usize>) -> bool {
    let holds = |span: Range<usize>| span.start <= range.start && range.end <= span.end && !span.is_empty();
    let key = table.iter().find(|(key, value)| holds(key.span()) || inside(value, range)).map(|(key, _)| key.clone());
    let Some(key) = key else { return false };
    let removed = !holds(key.span()) && table.get_mut(&key).is_some_and(|value| remove_inside(value, range));
    removed || table.remove(&key).is_some()
}

fn remove_inside(value: &mut Spanned<DeValue<'_>>, range: &Range<usize>) -> bool {
    match value.get_mut() {
        DeValue::Table(table) => remove(table, range),
        DeValue::Array(items) => {
            let Some(at) = items.iter().position(|item| inside(item, range)) else { return false };
            if !items.get_mut(at).is_some_and(|item| remove_inside(item, range)) {
                let rest = items.iter().enumerate().filter(|(index, _)| *index != at);
                *items = rest.map(|(_, item)| item.clone()).collect();
            }
            true
        }
        _ => false,
    }
}

/// Whether a value or something in it stands at a range. The span of a table ends with its header.
fn inside(value: &Spanned<DeValue<'_>>, range: &Range<usize>) -> bool {
    let span = value.span();
    let here = span.start <= range.start && range.end <= span.end;
    here || match value.get_ref() {
        DeValue::Table(table) => table.iter().any(|(key, value)| key.span() == *range || inside(value, range)),
        DeValue::Array(items) => items.iter().any(|item| inside(item, range)),
        _ => false,
    }
}

/// Turns the reader's errors into findings.
struct Reader<'a> {
    file: &'a SourceFile,
    /// Where the text starts, after a byte order mark.
    mark: usize,
}

impl Reader<'_> {
    fn span(&self, range: Range<usize>) -> Span {
        let end = self.file.text.len();
        Span::new(self.file.id, (self.mark + range.start).min(end)..(self.mark + range.end.max(range.start)).min(end))
    }

    fn syntax(&self, error: &toml::de::Error) -> Diagnostic {
        let span = self.span(error.span().unwrap_or(0..0));
        let message = error.message().lines().next().unwrap_or_default();
        if message.contains("duplicate key") {
            let mut problem = Diagnostic::new(Code::RepeatedKey, span, "this key stands twice");
            problem.help("keep one of the two");
            return problem;
        }
        let mut problem = Diagnostic::new(Code::TomlSyntax, span, message.to_owned());
        problem.help("a setting is written `key = \"text\"`, with the text in double quotes");
        problem
    }

    fn explain(&self, error: &toml::de::Error) -> Diagnostic {
        let span = self.span(error.span().unwrap_or(0..0));
        let message = error.message().lines().next().unwrap_or_default();
        let names: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
        let (written, known) = names.split_first().map_or(("", &[][..]), |(first, rest)| (*first, rest));
        if message.starts_with("unknown field") {
            return unknown(Code::UnknownKey, span, written, known, "is not a key here");
        }
        if message.starts_with("unknown variant") {
            return unknown(Code::BadValue, span, written, known, "is not known here");
        }
        if message.starts_with("missing field") {
            let at = if span.start == 0 || span.range().is_empty() { self.file.start() } else { span };
            let mut problem = Diagnostic::new(Code::MissingKey, at, format!("`{written}` is missing"));
            problem.help(format!("add `{written} = …`"));
            return problem;
        }
        let expected = message.rsplit_once("expected ").map_or("another value", |(_, expected)| expected);
        let belongs = match expected {
            "a string" => "a text in double quotes",
            "u8" => "a whole number from 0 to 255",
            "a sequence" => "a list in brackets, or `[[…]]`",
            expected if expected.starts_with("struct") || expected == "a map" => "a table of keys and values",
            expected => expected,
        };
        Diagnostic::new(Code::WrongType, span, format!("{belongs} belongs here"))
    }

    /// What a type cannot say: addresses, tags of languages, ids, names of lints.
    fn check(&self, table: &DeTable<'_>, settings: &mut Settings, diags: &mut Diagnostics) {
        let publisher = |key| table.get("publisher")?.get_ref().as_table()?.get(key);
        self.address(table.get("base_url"), address::web, "`https://example.org/dossier/`", diags);
        self.address(publisher("url"), address::web, "`https://example.org/`", diags);
        let corrections = "`mailto:desk@example.org` or `https://example.org/corrections`";
        self.address(publisher("corrections"), address::web_or_mail, corrections, diags);
        if let Some((written, tag)) = table.get("language").and_then(|value| Some((value, value.get_ref().as_str()?)))
            && !is_language(tag)
        {
            diags
                .add(Code::BadValue, self.span(written.span()), format!("`{tag}` is not a language tag"))
                .help("a language is written as a BCP 47 tag: `fr`, `en`, `pt-BR`");
        }
        self.lints(table, diags);
        self.words(table, settings, diags);
        for list in ["verdicts", "entity_kinds"] {
            self.ids(table, list, diags);
            self.labels(table, list, diags);
        }
        if !is_language(&settings.language) {
            settings.language = Settings::default().language;
        }
    }

    /// Whether the interface speaks the dossier's language.
    fn words(&self, table: &DeTable<'_>, settings: &Settings, diags: &mut Diagnostics) {
        let written = table.get("language").filter(|_| is_language(&settings.language));
        let (Some(written), Some(severity)) = (written, settings.level(Code::InterfaceLanguage)) else { return };
        if !Locale::has_words(&settings.language) {
            let message = format!("the interface has no words in `{}`: they are English", settings.language);
            let mut found = Diagnostic::new(Code::InterfaceLanguage, self.span(written.span()), message);
            found.severity = severity;
            diags
                .push(found)
                .help("pages mark them as English; `interface-language = \"off\"` in `[lints]` says that you know");
        }
    }

    fn lints(&self, table: &DeTable<'_>, diags: &mut Diagnostics) {
        let lints = || Code::ALL.iter().filter(|code| code.is_lint()).map(|code| code.name());
        let Some(levels) = table.get("lints").and_then(|value| value.get_ref().as_table()) else { return };
        for (name, _) in levels.iter().filter(|(name, _)| !lints().any(|lint| lint == name.get_ref())) {
            diags
                .add(Code::UnknownKey, self.span(name.span()), format!("`{}` is no lint", name.get_ref()))
                .did_you_mean(nearest(name.get_ref(), lints()))
                .help("`dossier check --list` names them");
        }
    }

    /// The languages of labels.
    fn labels(&self, table: &DeTable<'_>, list: &str, diags: &mut Diagnostics) {
        let items = table.get(list).and_then(|value| value.get_ref().as_array()).into_iter().flatten();
        for item in items.filter_map(|item| item.get_ref().as_table()) {
            let labels = ["label", "plural"].into_iter().filter_map(|key| item.get(key)?.get_ref().as_table());
            for tag in labels.flat_map(|label| label.keys()).filter(|tag| !is_language(tag.get_ref())) {
                diags
                    .add(Code::BadValue, self.span(tag.span()), format!("`{}` is not a language tag", tag.get_ref()))
                    .help("a label is one text, or given by language: `{ en = \"…\", fr = \"…\" }`");
            }
        }
    }

    fn address(
        &self,
        value: Option<&Spanned<DeValue<'_>>>,
        read: fn(&str) -> Option<url::Url>,
        example: &str,
        diags: &mut Diagnostics,
    ) {
        let Some(value) = value.filter(|value| !value.span().is_empty()) else { return };
        let Some(address) = value.get_ref().as_str().filter(|address| read(address).is_none()) else { return };
        diags
            .add(Code::BadValue, self.span(value.span()), format!("`{address}` is not an address"))
            .help(format!("write it whole, such as {example}"));
    }

    fn ids(&self, table: &DeTable<'_>, list: &str, diags: &mut Diagnostics) {
        let Some(items) = table.get(list).and_then(|value| value.get_ref().as_array()) else { return };
        let mut known: Vec<&str> = Vec::new();
        for written in items.iter().filter_map(|item| item.get_ref().as_table()?.get("id")) {
            let Some(id) = written.get_ref().as_str() else { continue };
            let span = self.span(written.span());
            if !is_slug(&id.replace('_', "-")) {
                diags
                    .add(Code::BadId, span, format!("`{id}` is not an id"))
                    .help("use lower-case letters a to z, digits and `_`");
            } else if known.contains(&id) {
                diags.add(Code::DuplicateId, span, format!("`{id}` is in `{list}` twice")).help("keep one of the two");
            }
            known.push(id);
        }
    }
}

fn unknown(code: Code, span: Span, written: &str, known: &[&str], is: &str) -> Diagnostic {
    let mut problem = Diagnostic::new(code, span, format!("`{written}` {is}"));
    match nearest(written, known.iter().copied()) {
        Some(near) => problem.did_you_mean(Some(near)),
        None => problem.help(format!("known here are `{}`", known.join("`, `"))),
    };
    problem
}

/// What pages rely on, whatever was written.
fn fit(settings: &mut Settings) {
    settings.base_url = address::web(&settings.base_url).map_or_else(|| Settings::default().base_url, base);
}

/// An address as programs write it, to which a page's path can be added: without spaces around, in lower case as far as case says
/// nothing, with a slash at its end.
fn base(mut address: Url) -> String {
    address.set_query(None);
    address.set_fragment(None);
    let mut base = String::from(address);
    if !base.ends_with('/') {
        base.push('/');
    }
    base
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_the_base_a_path_can_be_added_to_it() {
        for (written, expected) in [
            ("https://example.org/d/", "https://example.org/d/"),
            ("https://example.org", "https://example.org/"),
            ("https://example.org/d", "https://example.org/d/"),
            (" https://example.org/ ", "https://example.org/"),
            ("HTTPS://Example.org/D", "https://example.org/D/"),
            ("https:/example.org", "https://example.org/"),
            ("https://example.org/été", "https://example.org/%C3%A9t%C3%A9/"),
            ("https://example.org/d/?page=1#top", "https://example.org/d/"),
            ("/d/", "http://localhost/"),
            ("", "http://localhost/"),
        ] {
            let mut settings = Settings { base_url: written.to_owned(), ..Settings::default() };
            fit(&mut settings);
            assert_eq!(settings.base_url, expected, "{written:?}");
        }
    }
}
