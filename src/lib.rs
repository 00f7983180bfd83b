//! Markdown and YAML in, a linked dossier out.
//!
//! ```text
//! read ─▶ parse ─▶ resolve ─▶ link ─▶ lint   ─▶ derive ─▶ render ─▶ write
//! edge    per file  whole      whole   reports   per page  per page  edge
//! ```
//!
//! Everything between `read` and `write` is a function of its arguments. A stage never fails: it returns the
//! best value it can and says what is wrong in [`base::diag::Diagnostics`], each with the place in the editor's file.
//!
//! Nothing flows back: no stage needs a later one. Records are never rewritten: [`model`] holds what was written, [`link`]
//! what follows from it. `docs/architecture.md` is the long form of this map.

// Vocabulary: nouns that every stage shares.
pub mod base;
pub mod locale;
pub mod syntax;
// Records as the editors wrote them.
pub mod model;
// The pipeline, in its order. Files to records, each alone:
pub mod parse;
// records to one dossier, names to ids:
pub mod resolve;
// quotes to passages, names to mentions, estimates to what they amount to:
pub mod link;
// what editors want to see again:
pub mod lint;
// what programs that edit the files can know of them:
pub mod schema;
// which pages there are, and what each shows:
pub mod derive;
// what readers can find in them:
pub mod search;
// views to bytes.
pub mod render;
// Files, terminal, clock.
#[expect(clippy::disallowed_methods, reason = "the only place that reaches outside")]
pub mod edge;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::Arc;

use rayon::prelude::*;

use base::diag::{Code, Diagnostic, Diagnostics};
use base::input::Inputs;
use base::memo::Kept;
use derive::Context;
use derive::order::{self, Orders};
use derive::routes::{self, DataFile, PageKey, Routes};
use link::Links;
use locale::Locale;
use render::{Frames, Templates};
use resolve::{Dossier, Node};

/// All that is needed to render any page, and no page yet.
pub struct Site {
    /// What it is made from.
    pub inputs: Arc<Inputs>,
    /// The records.
    pub dossier: Arc<Dossier>,
    /// What connects them.
    pub links: Arc<Links>,
    /// Which pages there are.
    pub routes: Arc<Routes>,
    /// What the lists have, in order.
    pub orders: Arc<Orders>,
    /// The interface's language.
    pub locale: Arc<Locale>,
    /// What pages look like.
    pub templates: Arc<Templates>,
    /// What stands around the pages of each section.
    pub frames: Frames,
}

/// What a build leaves to the next one. It makes that faster and changes nothing else.
#[derive(Default)]
pub struct Memo {
    parsed: parse::Memo,
    resolved: resolve::Memo,
    linked: link::Memo,
    linted: lint::Memo,
    routes: routes::Memo,
    orders: order::Memo,
    locale: Kept<String, Locale>,
    templates: Kept<render::MadeFrom, (Arc<Templates>, Diagnostics)>,
}

impl Memo {
    fn let_go(&mut self) {
        *self = Self::default();
    }
}

/// The whole pipeline between reading and writing. Nothing is left to a next build, so what a stage has for one goes with it.
pub fn build(inputs: &Arc<Inputs>) -> (Site, Diagnostics) {
    pipeline(inputs, &mut Memo::default(), Memo::let_go)
}

/// The same, for inputs of which most have been built before: gives what [`build`] gives, to the byte.
pub fn rebuild(inputs: &Arc<Inputs>, memo: &mut Memo) -> (Site, Diagnostics) {
    pipeline(inputs, memo, |_| {})
}

/// The stages in their order; `after` each, something may become of the memo.
fn pipeline(inputs: &Arc<Inputs>, memo: &mut Memo, after: impl Fn(&mut Memo)) -> (Site, Diagnostics) {
    let mut diags = Diagnostics::default();
    let parsed = parse::parse(inputs, &mut memo.parsed, &mut diags);
    after(memo);
    let dossier = resolve::resolve(inputs, &parsed, &mut memo.resolved, &mut diags);
    drop(parsed);
    after(memo);
    let language = &dossier.settings.language;
    let locale = memo.locale.get(language.clone(), || Locale::or_english(language));
    // Templates are read on one core, and need nothing of the links.
    let (found, templates) = rayon::join(
        || link::find(inputs, &dossier, &mut memo.linked, &mut diags),
        || {
            memo.templates.get(render::MadeFrom::of(inputs, &dossier, &locale), || {
                let mut found = Diagnostics::default();
                (Arc::new(render::templates(inputs, &dossier, &locale, &mut found)), found)
            })
        },
    );
    after(memo);
    let links = link::connect(&dossier, found, &mut memo.linked);
    after(memo);
    lint::lint(inputs, &dossier, &links, &mut memo.linted, &mut diags);
    after(memo);
    let (routes, orders) = rayon::join(
        || routes::routes(inputs, &dossier, &links, &mut memo.routes, &mut diags),
        || Orders::new(&dossier, &links, &locale, &mut memo.orders),
    );
    diags.extend(templates.1.iter().cloned());
    let templates = templates.0.clone();
    let frames = Frames::default();
    let mut site = Site { inputs: inputs.clone(), dossier, links, routes, orders, locale, templates, frames };
    let previews = derive::preview::all(&site.context());
    if !previews.is_empty() {
        Arc::make_mut(&mut site.routes).add_previews(previews);
    }
    diags.extend(site.broken_anchors());
    (site, diags.finish(inputs))
}

impl Site {
    /// Renders the file at a route into a buffer.
    ///
    /// # Errors
    /// The template cannot be used, at its file and line.
    pub fn render_to(&self, route: &str, out: &mut Vec<u8>) -> Result<(), Box<Diagnostic>> {
        render::page(&self.context(), &self.templates, &self.frames, route, out)
    }

    /// Writes a file for programs as it is made: it need not fit in memory.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn stream(&self, file: DataFile, out: &mut dyn io::Write) -> io::Result<()> {
        derive::data::write(&self.context(), file, out)
    }

    /// What only rendering finds wrong with the dossier's own templates: every page is made, and thrown away.
    ///
    /// It is no part of [`rebuild`], whose findings are those of reading the templates: a preview says what is wrong with a page
    /// when somebody looks at it, and `check` asks here. Without templates of its own nothing is rendered, since the built-in
    /// ones are good for every page. Each mistake is told once, however many pages it stands on.
    pub fn template_problems(&self) -> Diagnostics {
        let own = self.inputs.files.iter().any(|file| file.path.starts_with("templates/"));
        let has_template = |key: &PageKey| {
            !matches!(key, PageKey::Preview(_) | PageKey::File(_) | PageKey::Host(_) | PageKey::Copy(_))
        };
        let rendered = self.routes.pages.iter().filter(|(_, key)| own && has_template(key));
        let routes: Vec<&String> = rendered.map(|(route, _)| route).collect();
        let problems = routes.into_par_iter().filter_map(|route| self.render_to(route, &mut Vec::new()).err());
        let problems: Vec<Box<Diagnostic>> = problems.collect();
        let mut found = Diagnostics::default();
        found.extend(problems.into_iter().map(|problem| *problem));
        found.finish(&self.inputs)
    }

    /// Links to places that their pages do not have. A page is made for this only where its text does not have the place: the
    /// template may.
    fn broken_anchors(&self) -> Diagnostics {
        let mut found = Diagnostics::default();
        let mut pages: BTreeMap<Node, BTreeSet<String>> = BTreeMap::new();
        for doubt in &self.links.goals.doubtful {
            let page = pages.entry(doubt.node).or_insert_with(|| {
                let mut page = Vec::new();
                // What is wrong with the template is told elsewhere.
                let _ = self.render_to(&routes::route(&self.dossier, doubt.node), &mut page);
                ids_of(&String::from_utf8(page).unwrap_or_default())
            });
            if page.is_empty() || page.contains(&syntax::markdown::html::escaped(&doubt.id)) {
                continue;
            }
            let message =
                format!("there is no place `#{}` on the page of `{}`", doubt.name, self.dossier.id(doubt.node));
            let problem = found.add(Code::BrokenAnchor, doubt.span, message);
            problem.did_you_mean(doubt.near.as_deref().map(|near| format!("#{near}")).as_deref());
            let names: Vec<String> = doubt.names.iter().map(|name| format!("`#{name}`")).collect();
            problem.help(match names.as_slice() {
                [] => "its text has no headings; link to the page as a whole".to_owned(),
                names => format!("its text has {}", names.join(", ")),
            });
        }
        found
    }

    /// The style sheets, scripts and pictures that have a hash in their name, by route.
    pub fn assets(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.templates.assets.stamped().filter(|(route, _)| !self.routes.pages.contains_key(*route))
    }

    /// The files that readers search by; none where there is no search. They are made from the records, all at once and alone: a
    /// preview can wait with them until somebody searches.
    pub fn search_index(&self) -> search::Index {
        if self.inputs.options.no_search { search::Index::default() } else { search::index(&self.context()) }
    }

    fn context(&self) -> Context<'_> {
        let Self { inputs, dossier, links, routes, orders, locale, .. } = self;
        Context { inputs, dossier, links, routes, orders, locale }
    }
}

/// Every `id` of a page, as it is written; a page that was made has some.
fn ids_of(page: &str) -> BTreeSet<String> {
    let quoted = |quote: char| {
        let start = format!(" id={quote}");
        let values = page.match_indices(&start).map(|(at, start)| &page[at + start.len()..]);
        values.filter_map(|rest| Some(rest.split_once(quote)?.0.to_owned())).collect::<Vec<_>>()
    };
    ['"', '\''].into_iter().flat_map(quoted).collect()
}
