//! Annotations with one id.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use super::Dossier;
use crate::base::diag::{Code, Diagnostics};
use crate::base::input::Inputs;
use crate::model::annotation::Annotation;
use crate::syntax::yaml::{Path, Places};

/// The ids that several annotations have, in order. Ids that we made may be alike in two articles, for nobody refers to them.
pub(super) fn take_over(last: Option<&Dossier>, dossier: &Dossier) -> Arc<BTreeSet<String>> {
    let same = |old: &Annotation, new: &Annotation| old.meta.id == new.meta.id && old.id_written == new.id_written;
    match last {
        Some(last) if last.annotations.is_like(&dossier.annotations, same) => last.repeated.clone(),
        _ => Arc::new(repeated(dossier)),
    }
}

fn repeated(dossier: &Dossier) -> BTreeSet<String> {
    let mut seen: HashSet<&str> = HashSet::with_capacity(dossier.annotations.len());
    let written = dossier.annotations.iter().filter(|(_, annotation)| annotation.id_written);
    written
        .map(|(_, annotation)| annotation.meta.id.as_str())
        .filter(|id| !seen.insert(id))
        .map(str::to_owned)
        .collect()
}

/// Reports them: an annotation's id is an anchor and may be a page, so it must be the only one in the dossier.
pub(super) fn check(inputs: &Inputs, dossier: &Dossier, places: &Places<'_>, diags: &mut Diagnostics) {
    if dossier.repeated.is_empty() {
        return;
    }
    let written =
        dossier.annotations.iter().map(|(_, annotation)| annotation).filter(|annotation| annotation.id_written);
    let mut repeated: Vec<&Annotation> = written.filter(|one| dossier.repeated.contains(&one.meta.id)).collect();
    repeated.sort_by_key(|annotation| {
        let at = annotation.meta.at;
        (&annotation.meta.id, inputs.position(at.file), at.item)
    });
    for pair in repeated.windows(2).filter(|pair| pair[0].meta.id == pair[1].meta.id) {
        let place = |annotation: &Annotation| places.value(annotation.meta.at, &Path::of("id"));
        let message = format!("two annotations are called `{}`", pair[1].meta.id);
        let problem = diags.add(Code::DuplicateId, place(pair[1]), message);
        problem.label(place(pair[0]), "the other is here").help("an annotation's id is unique in the dossier");
    }
}
