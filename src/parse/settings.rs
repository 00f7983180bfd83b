//! `site.toml`

use serde::Deserialize as _;

use crate::base::diag::{Code, Diagnostic, Diagnostics};
use crate::base::id::is_slug;
use crate::base::input::{Inputs, SourceFile};
use crate::base::nearest::nearest;
use crate::base::span::{FileId, Span};
use crate::model::settings::Settings;

/// The file of the settings.
pub(super) const PATH: &str = "site.toml";

/// Reads the settings; the defaults where there are none that can be read.
pub(super) fn read(inputs: &Inputs, diags: &mut Diagnostics) -> Settings {
    let Some(file) = inputs.find(PATH) else {
        let nowhere = Span { file: FileId(0), start: 0, end: 0 };
        if !inputs.files.is_empty() {
            diags
                .add(Code::Unreadable, nowhere, "there is no `site.toml` beside `content/`")
                .help("start one with `title` and `base_url`");
        }
        return Settings::default();
    };
    let parsed = toml::Deserializer::parse(&file.text).and_then(Settings::deserialize);
    let mut settings = match parsed {
        Ok(settings) => settings,
        Err(error) => {
            diags.push(explain(file, &error));
            return Settings::default();
        }
    };
    if let Some(base_url) = &inputs.options.base_url {
        settings.base_url.clone_from(base_url);
    }
    check(file, &mut settings, diags);
    settings
}

fn explain(file: &SourceFile, error: &toml::de::Error) -> Diagnostic {
    let range = error.span().unwrap_or(0..0);
    let span = Span::new(file.id, range.start..range.end.max(range.start));
    let message = error.message();
    let names: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let (written, known) = names.split_first().map_or(("", &[][..]), |(first, rest)| (*first, rest));
    if message.starts_with("unknown field") || message.starts_with("unknown variant") {
        let field = message.starts_with("unknown field");
        let code = if field { Code::UnknownKey } else { Code::BadValue };
        let is = if field { "is not a key here" } else { "is not known here" };
        let mut problem = Diagnostic::new(code, span, format!("`{written}` {is}"));
        problem
            .did_you_mean(nearest(written, known.iter().copied()))
            .help(format!("known here are `{}`", known.join("`, `")));
        return problem;
    }
    if message.starts_with("missing field") {
        let mut problem = Diagnostic::new(Code::MissingKey, file.start(), format!("`{written}` is missing"));
        problem.help(format!("add `{written} = …`"));
        return problem;
    }
    let code = if message.starts_with("invalid type") { Code::WrongType } else { Code::TomlSyntax };
    Diagnostic::new(code, span, message.lines().next().unwrap_or("this cannot be read").to_owned())
}

/// What a type cannot say: addresses, ids, names of lints.
fn check(file: &SourceFile, settings: &mut Settings, diags: &mut Diagnostics) {
    let at = |word: &str| {
        let start = file.text.find(word).unwrap_or(0);
        Span::new(file.id, start..start + word.len().min(file.text.len() - start))
    };
    let fits =
        url::Url::parse(&settings.base_url).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    if !fits {
        diags
            .add(Code::BadValue, at(&settings.base_url), format!("`{}` is not an address", settings.base_url))
            .help("write it whole, such as `https://example.org/dossier/`");
        settings.base_url = Settings::default().base_url;
    } else if !settings.base_url.ends_with('/') {
        settings.base_url.push('/');
    }
    for name in settings.lints.keys() {
        let lints = || Code::ALL.iter().filter(|code| code.is_lint()).map(|code| code.name());
        if !lints().any(|lint| lint == name) {
            diags
                .add(Code::UnknownKey, at(name), format!("`{name}` is no lint"))
                .did_you_mean(nearest(name, lints()))
                .help("`dossier check --list` names them");
        }
    }
    for id in
        settings.verdicts.iter().map(|verdict| &verdict.id).chain(settings.entity_kinds.iter().map(|kind| &kind.id))
    {
        if !is_slug(&id.replace('_', "-")) {
            diags
                .add(Code::BadId, at(id), format!("`{id}` is not an id"))
                .help("use lower-case letters a to z, digits and `_`");
        }
    }
}
