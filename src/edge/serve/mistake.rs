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
    pub(super) good: Arc<SourceFile>,
}

/// Files with mistakes, by path.
pub(super) type Mistakes = BTreeMap<Arc<str>, Mistake>;

/// What is wrong in `file`, where nothing was in its text `before`. A text that was never good is shown as far as it goes.
pub(super) fn of(inputs: &Inputs, file: &SourceFile, before: Option<&SourceFile>) -> Option<Mistake> {
    let (inputs_alone, found) = alone(inputs, file);
    let good = before.filter(|_| found.errors() > 0)?;
    let (_, found_before) = alone(inputs, good);
    (found_before.errors() == 0).then(|| Mistake {
        inputs: Arc::new(inputs_alone),
        found,
        good: Arc::new(good.clone()),
    })
}

/// The errors of a file that is read alone: what other files have to do with it is not among them.
fn alone(inputs: &Inputs, file: &SourceFile) -> (Inputs, Diagnostics) {
    let mut alone = Inputs::empty(inputs.options.clone());
    let settings = inputs.find("site.toml").filter(|settings| settings.path != file.path);
    let files = [Some(file), settings].into_iter().flatten().map(|file| renumbered(file, alone.number())).collect();
    alone.set_files(files);
    let mut found = Diagnostics::default();
    parse::parse(&alone, &mut parse::Memo::default(), &mut found);
    let own = |found: &Diagnostic| alone.get(found.span.file).is_some_and(|found| found.path == file.path);
    let mut errors = Diagnostics::default();
    errors.extend(found.into_iter().filter(|found| found.severity == Severity::Error && own(found)));
    let errors = errors.finish(&alone);
    (alone, errors)
}

fn renumbered(file: &SourceFile, id: FileId) -> Arc<SourceFile> {
    let moved = |problem: &Diagnostic| Diagnostic { span: Span { file: id, ..problem.span }, ..problem.clone() };
    let problem = file.problem.as_deref().map(|problem| Arc::new(moved(problem)));
    Arc::new(SourceFile { id, problem, ..file.clone() })
}

/// The inputs with every mistaken file as it was before.
pub(super) fn without(inputs: &Arc<Inputs>, mistakes: &Mistakes) -> Arc<Inputs> {
    if mistakes.is_empty() {
        return inputs.clone();
    }
    let mut shown = Inputs::clone(inputs);
    for mistake in mistakes.values() {
        let at = shown.files.binary_search_by(|file| file.path.cmp(&mistake.good.path));
        if let Ok(at) = at {
            // The number stays that of the file as it is now: one that was gone for a moment has another.
            shown.files[at] = renumbered(&mistake.good, shown.files[at].id);
        }
    }
    Arc::new(shown)
}
