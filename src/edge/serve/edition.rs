//! One state of the dossier as the preview shows it: never changed, replaced by the next.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::jump::Jump;
use super::mistake::Mistakes;
use crate::Site;
use crate::base::diag::{Code, Diagnostic, Diagnostics};
use crate::base::hash::Sha256;
use crate::base::input::Inputs;
use crate::derive::routes::PageKey;
use crate::search::Index;

/// Pages of an edition that were asked for are kept, up to so many bytes: the next who asks is often the same browser.
const KEPT: usize = 32 << 20;

/// What the preview shows until something changes.
pub struct Edition {
    /// The pages, made when they are asked for.
    pub site: Site,
    /// What is wrong in files that are shown as they were before.
    pub(super) mistakes: Mistakes,
    /// What is wrong in all others; the places are places in the site's inputs.
    pub(super) found: Diagnostics,
    /// Copied files that changed since the preview began, each with the number of its last edition.
    pub(super) copies: Arc<BTreeMap<String, u64>>,
    /// Its number, from 1.
    pub(super) number: u64,
    /// What the edit was about.
    pub(super) jump: Option<Jump>,
    made: Mutex<Made>,
    index: OnceLock<Index>,
}

/// Pages that were made.
#[derive(Default)]
struct Made {
    pages: HashMap<String, Arc<Page>>,
    bytes: usize,
    failures: BTreeMap<String, Diagnostic>,
}

/// A file of the site that is made, not copied.
pub struct Page {
    /// Its bytes, as `build` would write them.
    pub bytes: Vec<u8>,
    /// What changes when they do.
    pub hash: String,
}

impl Page {
    pub(super) fn new(bytes: Vec<u8>) -> Self {
        Self { hash: Sha256::of(&bytes).to_string()[..16].to_owned(), bytes }
    }
}

/// A file that is no page, made when it is asked for; `None` for a route that is not its own.
type Extra = fn(&Edition, &str) -> Option<Vec<u8>>;

/// What makes files that are no pages, in the order in which they are asked.
const EXTRAS: &[Extra] = &[built_in, searched];

fn built_in(edition: &Edition, route: &str) -> Option<Vec<u8>> {
    edition.site.assets().find(|(name, _)| *name == route).map(|(_, bytes)| bytes.to_vec())
}

/// The index for readers is made for an edition when its first file is asked for, and not before: no reload waits for it.
fn searched(edition: &Edition, route: &str) -> Option<Vec<u8>> {
    let index = route.starts_with("search/").then(|| edition.index.get_or_init(|| edition.site.search_index()))?;
    index.files.get(route).cloned()
}

impl Edition {
    pub(super) fn new(site: Site, found: Diagnostics, mistakes: Mistakes, number: u64) -> Self {
        let (copies, made, index) = (Arc::default(), Mutex::default(), OnceLock::new());
        Self { site, mistakes, found, copies, number, jump: None, made, index }
    }

    /// The path from the root of the dossier of the file that is copied to a route.
    pub fn copy(&self, route: &str) -> Option<&str> {
        match self.site.routes.pages.get(route)? {
            PageKey::Copy(path) => Some(path),
            _ => None,
        }
    }

    /// The file at a route, `None` where there is none. It is made now, which takes a while for the largest: call this where
    /// waiting is allowed.
    ///
    /// # Errors
    /// Its template cannot be used.
    pub fn page(&self, route: &str) -> Result<Option<Arc<Page>>, Box<Diagnostic>> {
        if let Some(page) = self.made(|made| made.pages.get(route).cloned()) {
            return Ok(Some(page));
        }
        let bytes = self.make(route).inspect_err(|problem| {
            self.made(|made| made.failures.insert(route.to_owned(), Diagnostic::clone(problem)));
        })?;
        let Some(page) = bytes.map(|bytes| Arc::new(Page::new(bytes))) else { return Ok(None) };
        self.made(|made| {
            if made.bytes + page.bytes.len() <= KEPT {
                made.bytes += page.bytes.len();
                made.pages.insert(route.to_owned(), page.clone());
            }
        });
        Ok(Some(page))
    }

    /// Whether anything stands at a route; nothing is made.
    pub fn has(&self, route: &str) -> bool {
        self.site.routes.pages.contains_key(route) || EXTRAS.iter().any(|extra| extra(self, route).is_some())
    }

    /// All that is wrong, with the inputs that the places are places in: files with mistakes first, then the others, and pages
    /// that could not be made.
    pub fn findings(&self) -> Vec<(&Inputs, Diagnostics)> {
        let mistaken = self.mistakes.values().map(|mistake| (&*mistake.inputs, mistake.found.clone()));
        let mut others = self.found.clone();
        others.extend(self.failures());
        mistaken.chain([(&*self.site.inputs, others.finish(&self.site.inputs))]).collect()
    }

    /// Whether every file is shown as it is, and the ledger could be read as a whole.
    pub fn is_as_on_disk(&self) -> bool {
        self.mistakes.is_empty() && !self.found.iter().any(|found| found.code == Code::LedgerSyntax)
    }

    /// What was wrong when pages were made.
    pub(super) fn failures(&self) -> Vec<Diagnostic> {
        self.made(|made| made.failures.values().cloned().collect())
    }

    fn make(&self, route: &str) -> Result<Option<Vec<u8>>, Box<Diagnostic>> {
        if !self.site.routes.pages.contains_key(route) {
            return Ok(EXTRAS.iter().find_map(|extra| extra(self, route)));
        }
        let mut bytes = Vec::new();
        self.site.render_to(route, &mut bytes)?;
        Ok(Some(bytes))
    }

    fn made<T>(&self, read: impl FnOnce(&mut Made) -> T) -> T {
        read(&mut self.made.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
