//! A file with a mistake in its form is shown as it last was without one: an editor in the middle of a word has not deleted
//! the article.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::diag::{Diagnostic, Diagnostics, Severity};
use crate::base::input::{Inputs, SourceFile};
use crate::base::span::{FileId, Span};
use crate::parse;

/// A file whose text cannot be shown as it is.
#[derive(Clone, Debug)]
pub(super) struct Mistake {
    /// What the findings' places are places in.
    pub(super) inputs: Arc<Inputs>,
    /// What is wrong.
    pub(super) found: Diagnostics,
    /// The file as it was before.
    pub(super) good: SourceFile,
}

/// Files with mistakes, by path.
pub(super) type Mistakes = BTreeMap<Arc<str>, Mistake>;

/// What is wrong in `file`, where nothing was in its text `before`. A text that was never good is shown as far as it goes.
pub(super) fn of(inputs: &Inputs, file: &SourceFile, before: Option<&SourceFile>) -> Option<Mistake> {
    let (inputs_alone, found) = alone(inputs, file);
    let good = before.filter(|_| found.errors() > 0)?;
    let (_, found_before) = alone(inputs, good);
    (found_before.errors() == 0).then(|| Mistake { inputs: Arc::new(inputs_alone), found, good: good.clone() })
}

/// The errors of a file that is read alone: what other files have to do with it is not among them.
fn alone(inputs: &Inputs, file: &SourceFile) -> (Inputs, Diagnostics) {
    let renamed = |file: &SourceFile, id: u32| SourceFile { id: FileId(id), ..file.clone() };
    let settings = inputs.find("site.toml").filter(|settings| settings.path != file.path);
    let files = [Some(renamed(file, 0)), settings.map(|settings| renamed(settings, 1))];
    let of_file = inputs.problems.iter().filter(|problem| problem.span.file == file.id && !file.readable);
    let problems =
        of_file.map(|problem| Diagnostic { span: Span { file: FileId(0), ..problem.span }, ..problem.clone() });
    let alone = Inputs {
        files: files.into_iter().flatten().collect(),
        problems: problems.collect(),
        options: inputs.options.clone(),
        ..Inputs::default()
    };
    let mut found = Diagnostics::default();
    parse::parse(&alone, &mut found);
    let own = found.into_iter().filter(|found| found.severity == Severity::Error && found.span.file == FileId(0));
    let mut errors = Diagnostics::default();
    errors.extend(own);
    (alone, errors.finish())
}

/// The inputs with every mistaken file as it was before.
pub(super) fn without(inputs: &Arc<Inputs>, mistakes: &Mistakes) -> Arc<Inputs> {
    if mistakes.is_empty() {
        return inputs.clone();
    }
    let mut shown = Inputs::clone(inputs);
    for mistake in mistakes.values() {
        let Ok(at) = shown.files.binary_search_by(|file| file.path.cmp(&mistake.good.path)) else { continue };
        let id = shown.files[at].id;
        shown.files[at] = SourceFile { id, ..mistake.good.clone() };
        shown.problems.retain(|problem| problem.span.file != id);
    }
    Arc::new(shown)
}
