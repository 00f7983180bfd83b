//! From changes on disk to editions: what is shown while somebody writes.
//!
//! A file whose form is wrong is shown as it last was without a mistake ([`super::mistake`]), and so is a template that cannot be
//! used. What is wrong between files (a quote that is nowhere, a reference to nothing) costs what it is about and no more.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::edition::Edition;
use super::jump;
use super::mistake::{self, Mistake, Mistakes};
use crate::base::diag::{Code, Diagnostic, Diagnostics};
use crate::base::input::{Inputs, Options, SourceFile};
use crate::derive::routes::PageKey;
use crate::edge::watch::{self, Changes};
use crate::{Memo, Site};

/// The dossier as it is being written.
pub struct Desk {
    root: PathBuf,
    /// As on disk.
    disk: Arc<Inputs>,
    /// As shown: as on disk, but for files with mistakes.
    shown: Arc<Inputs>,
    /// As people see it now.
    published: Arc<Inputs>,
    mistakes: Mistakes,
    /// Templates as they were when they could be used.
    good_templates: BTreeMap<Arc<str>, Arc<SourceFile>>,
    /// What changed since the edition that was published last.
    changed: BTreeSet<String>,
    copies: Arc<BTreeMap<String, u64>>,
    memo: Memo,
    number: u64,
}

impl Desk {
    /// Reads the dossier in `root`.
    ///
    /// # Errors
    /// The root cannot be listed.
    pub fn open(root: &Path, options: Options) -> io::Result<Self> {
        let disk = Arc::new(crate::edge::read::folder(root, options)?);
        Ok(Self {
            root: root.to_path_buf(),
            shown: disk.clone(),
            published: disk.clone(),
            disk,
            mistakes: Mistakes::new(),
            good_templates: BTreeMap::new(),
            changed: BTreeSet::new(),
            copies: Arc::default(),
            memo: Memo::default(),
            number: 0,
        })
    }

    /// The symbolic links of the dossier.
    pub fn links(&self) -> impl Iterator<Item = &str> {
        self.disk.links.iter().map(|path| &**path)
    }

    /// Reads what changed, and says whether anything is different from what was published last.
    ///
    /// # Errors
    /// The root cannot be listed; the last state stays.
    pub fn read(&mut self, changes: &Changes) -> io::Result<bool> {
        let fresh = Arc::new(watch::read_again(&self.root, &self.disk, changes)?);
        let texts = differing(&self.disk, &fresh);
        let copies: Vec<String> = changed_copies(&self.disk, &fresh, changes);
        for path in &texts {
            self.mistakes.remove(path.as_str());
            let Some(file) = fresh.find(path).filter(|file| !file.path.starts_with("templates/")) else { continue };
            if let Some(mistake) = mistake::of(&fresh, file, self.published.find(path)) {
                self.mistakes.insert(file.path.clone(), mistake);
            }
        }
        self.shown = mistake::without(&fresh, &self.mistakes);
        self.disk = fresh;
        self.changed.extend(texts.into_iter().chain(copies));
        Ok(!self.changed.is_empty())
    }

    /// Makes the next edition. `last` is the one before it, and `open` are the routes of pages that people look at: a template
    /// that fails on one of these is shown as it was before.
    pub fn edition(&mut self, last: Option<&Edition>, open: &[String]) -> Edition {
        let mut edition = self.build();
        while let Some(problem) = self.unusable_template(&edition, open) {
            let path = path_of(&edition.site.inputs, &problem);
            let Some((path, good)) = path.and_then(|path| self.good_templates.remove_entry(&path)) else { break };
            let mut found = Diagnostics::default();
            found.push(problem);
            self.mistakes.insert(path, Mistake { inputs: edition.site.inputs.clone(), found, good });
            self.shown = mistake::without(&self.disk, &self.mistakes);
            edition = self.build();
        }
        self.keep_good_templates(&edition);
        self.number += 1;
        edition.jump = last.and_then(|last| jump::jump(&last.site, &edition.site, &self.changed));
        self.count_copies(&edition.site);
        edition.copies = self.copies.clone();
        edition
    }

    /// The last edition is what people see now.
    pub fn published(&mut self) {
        self.changed.clear();
        self.published = self.shown.clone();
    }

    fn build(&mut self) -> Edition {
        let (site, found): (Site, Diagnostics) = crate::rebuild(&self.shown, &mut self.memo);
        let mistaken = |path: Arc<str>| self.mistakes.contains_key(&path);
        let mut others = Diagnostics::default();
        others.extend(found.into_iter().filter(|problem| !path_of(&site.inputs, problem).is_some_and(mistaken)));
        Edition::new(site, others, self.mistakes.clone(), self.number + 1)
    }

    /// The first template that cannot be used, of those that could be before.
    fn unusable_template(&self, edition: &Edition, open: &[String]) -> Option<Diagnostic> {
        if !self.changed.iter().any(|path| path.starts_with("templates/")) {
            return None;
        }
        let is_known = |problem: &Diagnostic| {
            let file = edition.site.inputs.get(problem.span.file);
            file.is_some_and(|file| self.good_templates.get(&file.path).is_some_and(|good| good.text != file.text))
        };
        let failed = |route: &String| edition.page(route).err().map(|problem| *problem);
        let reported = edition.found.iter().filter(|problem| problem.code == Code::TemplateError).cloned();
        reported.chain(open.iter().filter_map(failed)).find(is_known)
    }

    /// Notes at which routes a copied file changed, or went and left a built-in one in its place.
    fn count_copies(&mut self, site: &Site) {
        let changed = &self.changed;
        let in_static = changed.iter().filter_map(|path| path.strip_prefix("static/")).map(str::to_owned);
        let mut routes: Vec<String> = in_static.collect();
        if changed.iter().any(|path| site.inputs.assets.contains_key(path.as_str())) {
            let copied = |key: &PageKey| matches!(key, PageKey::Copy(path) if changed.contains(path));
            routes.extend(site.routes.pages.iter().filter(|(_, key)| copied(key)).map(|(route, _)| route.clone()));
        }
        if !routes.is_empty() {
            let number = self.number;
            Arc::make_mut(&mut self.copies).extend(routes.into_iter().map(|route| (route, number)));
        }
    }

    fn keep_good_templates(&mut self, edition: &Edition) {
        let inputs = &edition.site.inputs;
        let failures = edition.failures();
        let faulty = |file: &SourceFile| {
            let mut problems = edition.found.iter().chain(&failures);
            problems.any(|problem| problem.code == Code::TemplateError && problem.span.file == file.id)
        };
        let templates = inputs.files.iter().filter(|file| file.path.starts_with("templates/"));
        self.good_templates =
            templates.filter(|file| !faulty(file)).map(|file| (file.path.clone(), file.clone())).collect();
    }
}

fn path_of(inputs: &Inputs, problem: &Diagnostic) -> Option<Arc<str>> {
    inputs.get(problem.span.file).map(|file| file.path.clone())
}

/// The paths of texts that are new, gone or different.
fn differing(before: &Inputs, after: &Inputs) -> BTreeSet<String> {
    let is_same = |file: &SourceFile| {
        // A file keeps its number, by which it is found at once.
        let old = before.get(file.id).filter(|old| old.path == file.path).or_else(|| before.find(&file.path));
        old.is_some_and(|old| std::ptr::eq(old, file) || (&old.text, &old.problem) == (&file.text, &file.problem))
    };
    let is_there = |file: &SourceFile| after.get(file.id).is_some() || after.find(&file.path).is_some();
    let new_or_other = after.files.iter().filter(|file| !is_same(file));
    let gone = before.files.iter().filter(|file| !is_there(file));
    new_or_other.chain(gone).map(|file| file.path.to_string()).collect()
}

/// The paths of files that are copied and may look different now: they are not read, so a change that was told counts.
fn changed_copies(before: &Inputs, after: &Inputs, changes: &Changes) -> Vec<String> {
    let told = |path: &str| {
        changes.everything
            || changes.paths.contains(path)
            || path.match_indices('/').any(|(at, _)| changes.paths.contains(&path[..at]))
    };
    let (old, new) = (&before.assets, &after.assets);
    let changed = new.keys().filter(|path| old.get(*path) != new.get(*path) || told(path));
    let gone = old.keys().filter(|path| !new.contains_key(*path));
    changed.chain(gone).map(ToString::to_string).collect()
}
