//! What all targets ask of the generator: it reads anything, and every place that it speaks of is one.

pub mod html;

use std::sync::Arc;

use dossier::base::diag::Diagnostics;
use dossier::base::input::{Inputs, Options};
use dossier::base::span::Span;
use dossier::derive::order::{self, Orders};
use dossier::derive::routes::{self, Routes};
use dossier::edge::report;
use dossier::link::{self, Links};
use dossier::lint;
use dossier::locale::Locale;
use dossier::parse;
use dossier::resolve::{self, Dossier};

/// A dossier with all that follows from it; no templates, whose reading would take most of the time.
pub struct Read {
    /// The files.
    pub inputs: Arc<Inputs>,
    /// The records.
    pub dossier: Arc<Dossier>,
    /// What connects them.
    pub links: Arc<Links>,
    /// Which pages there are.
    pub routes: Arc<Routes>,
    /// What the lists have, in order.
    pub orders: Arc<Orders>,
}

/// The settings of a target's dossier.
pub const SITE: &str = "title = \"T\"\nbase_url = \"https://example.org/d/\"\n";

/// Reads a dossier and holds its findings to their laws.
pub fn read<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Read {
    let files = files.into_iter().map(|(path, text)| (path.to_owned(), text.to_owned()));
    let inputs = Arc::new(Inputs::new(files, Options { drafts: true, ..Options::default() }));
    let mut diags = Diagnostics::default();
    let parsed = parse::parse(&inputs, &mut parse::Memo::default(), &mut diags);
    let dossier = resolve::resolve(&inputs, &parsed, &mut resolve::Memo::default(), &mut diags);
    let links = link::link(&inputs, &dossier, &mut link::Memo::default(), &mut diags);
    lint::lint(&inputs, &dossier, &links, &mut lint::Memo::default(), &mut diags);
    let routes = routes::routes(&inputs, &dossier, &links, &mut routes::Memo::default(), &mut diags);
    hold(&inputs, &diags.finish(&inputs));
    let locale = Arc::new(Locale::or_english("en"));
    let orders = Orders::new(&dossier, &links, &locale, &mut order::Memo::default());
    Read { inputs, dossier, links, routes, orders }
}

/// Every finding says something, at a place in a file, and can be printed; every fix can be applied.
///
/// # Panics
/// Where that is not so.
pub fn hold(inputs: &Inputs, diags: &Diagnostics) {
    for found in diags.iter() {
        assert!(!found.message.is_empty());
        let places = found.labels.iter().map(|label| label.span).chain(found.fix.iter().map(|fix| fix.span));
        places.chain([found.span]).for_each(|span| is_place(inputs, span));
    }
    for fix in diags.iter().filter_map(|found| found.fix.as_ref()) {
        let written = inputs.get(fix.span.file).map(|file| &file.text[fix.span.range()]);
        assert_ne!(written, Some(&*fix.replacement), "a fix that changes nothing");
    }
    report::human(inputs, diags, false);
    report::json(inputs, diags);
}

fn is_place(inputs: &Inputs, span: Span) {
    let Some(file) = inputs.get(span.file) else { return };
    let range = span.range();
    assert!(file.text.get(range.clone()).is_some(), "{range:?} is no place in {}", file.path);
}
