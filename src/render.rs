//! Views to bytes. Templates are an interface: a file in the dossier's `templates/` replaces the built-in one of its path.

mod assets;
mod builtin;
mod constants;
mod filters;
mod foreign;
mod frames;
mod hosting;
mod paper;
#[cfg(feature = "previews")]
mod preview;

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{Context as Variables, ErrorKind, Tera};

use crate::base::diag::{Code, Diagnostic, Diagnostics};
use crate::base::input::{Asset, Inputs, SourceFile};
use crate::base::memo::Same;
use crate::base::span::{FileId, Span};
use crate::base::turned;
use crate::derive::card::Card;
use crate::derive::routes::{PageKey, route};
use crate::derive::view::{self, Site as SiteView};
use crate::derive::{Context, data};
use crate::locale::Locale;
use crate::resolve::{Dossier, Node};
use foreign::Tongues;

pub use assets::Assets;
pub use frames::Frames;

/// The folder of templates in a dossier.
const FOLDER: &str = "templates/";

/// What pages look like: the built-in templates and those that replace them.
pub struct Templates {
    /// Style sheets, scripts and pictures.
    pub assets: Arc<Assets>,
    tera: Tera,
    /// The locale that pages are made with.
    locale: Arc<Locale>,
    /// The languages of pages whose words are in another than their own.
    tongues: Option<Tongues>,
}

/// All that [`templates`] reads: those of the dossier with the settings beside them, the assets that they name, and what is said
/// on every page.
#[derive(PartialEq)]
pub struct MadeFrom {
    files: Vec<Same<SourceFile>>,
    assets: Vec<(Arc<str>, Asset)>,
    site: SiteView,
    locale: Same<Locale>,
}

impl MadeFrom {
    /// The same of a dossier.
    pub fn of(inputs: &Inputs, dossier: &Dossier, locale: &Arc<Locale>) -> Self {
        let is_read = |path: &str| path.starts_with(FOLDER) || path == "site.toml";
        let files = inputs.files.iter().filter(|file| is_read(&file.path)).cloned().map(Same).collect();
        let assets = inputs.assets.iter().filter(|(path, _)| path.starts_with(assets::FOLDER));
        Self {
            files,
            assets: assets.map(|(path, asset)| (path.clone(), asset.clone())).collect(),
            site: SiteView::of(dossier),
            locale: Same(locale.clone()),
        }
    }
}

/// Reads the templates. One that cannot be used is reported, and the built-in one stands in for it.
pub fn templates(inputs: &Inputs, dossier: &Dossier, locale: &Arc<Locale>, diags: &mut Diagnostics) -> Templates {
    let assets = Arc::new(Assets::of(inputs));
    let marked = locale.marked().map(Arc::new);
    let (tongues, locale) = (Tongues::of(locale), marked.as_ref().unwrap_or(locale));
    let mut own: Vec<(&str, &str)> = inputs
        .files
        .iter()
        .filter(|file| file.is_readable())
        .filter_map(|file| Some((file.path.strip_prefix(FOLDER)?, &*file.text)))
        .collect();
    let built_in: Vec<(&str, String)> =
        builtin::TEMPLATES.iter().map(|(name, text)| (*name, constants::put(text, locale, &assets))).collect();
    loop {
        let mut tera = Tera::default();
        filters::register(&mut tera, locale, &assets);
        let built_in = built_in.iter().map(|(name, text)| (*name, text.as_str()));
        let built_in = built_in.filter(|(name, _)| !own.iter().any(|(own, _)| own == name));
        let all: Vec<(&str, &str)> = built_in.chain(own.iter().copied()).collect();
        match tera.add_raw_templates(all) {
            Ok(()) => {
                tera.global_context().insert("site", &SiteView::of(dossier));
                return Templates { assets, tera, locale: locale.clone(), tongues };
            }
            Err(error) => {
                let problem = explain(inputs, &error, "");
                let file = inputs.get(problem.span.file);
                let culprit = file.and_then(|file| file.path.strip_prefix(FOLDER)).map(str::to_owned);
                diags.push(problem);
                // Without a culprit every own template goes, so this ends: the built-in ones alone are good.
                match culprit.filter(|name| own.iter().any(|(own, _)| own == name)) {
                    Some(name) => own.retain(|(own, _)| *own != name),
                    None if own.is_empty() => return Templates { assets, tera, locale: locale.clone(), tongues },
                    None => own.clear(),
                }
            }
        }
    }
}

/// Renders the file at a route.
///
/// # Errors
/// The template cannot be used, at its file and line.
pub fn page(
    context: &Context<'_>,
    templates: &Templates,
    frames: &Frames,
    route: &str,
    out: &mut Vec<u8>,
) -> Result<(), Box<Diagnostic>> {
    let Some(key) = context.routes.pages.get(route) else { return Ok(()) };
    if let PageKey::File(file) = key {
        // A vector takes every byte.
        let _ = data::write(context, *file, out);
        return Ok(());
    }
    if let PageKey::Host(file) = key {
        hosting::write(context, &templates.assets, *file, out);
        return Ok(());
    }
    #[cfg(feature = "previews")]
    if let PageKey::Preview(node) = key {
        let content = crate::derive::preview::Preview::of(context, *node);
        content.iter().for_each(|content| preview::draw(content, out));
        return Ok(());
    }
    // From here on words may be marked.
    let context = &Context { locale: &templates.locale, ..*context };
    if let PageKey::Cards(nodes) = key {
        return cards(context, templates, nodes, out);
    }
    let Some(view) = view::view(context, route, key) else { return Ok(()) };
    let mut variables = Variables::new();
    variables.insert("page", &view);
    variables.insert_value("frame", frames.around(context, templates, route, view.head())?);
    let name = view.template();
    let failed = |error: tera::Error| Box::new(explain(context.inputs, &error, name));
    let html = paper::with_addresses(templates.tera.render(name, &variables).map_err(failed)?, &templates.locale);
    let html = templates.tongues.as_ref().map(|tongues| tongues.page(&html)).unwrap_or(html);
    out.extend_from_slice(turned::page(&html).as_bytes());
    Ok(())
}

/// Writes cards as a call that the reader's script answers: their HTML by the routes of their pages, without `.html`.
fn cards(
    context: &Context<'_>,
    templates: &Templates,
    nodes: &[Node],
    out: &mut Vec<u8>,
) -> Result<(), Box<Diagnostic>> {
    let mut cards: BTreeMap<String, String> = BTreeMap::new();
    for (node, card) in nodes.iter().filter_map(|node| Some((*node, Card::new(context, *node)?))) {
        let mut variables = Variables::new();
        variables.insert("card", &card);
        let html = templates.tera.render("card.html", &variables);
        let html = html.map_err(|error| Box::new(explain(context.inputs, &error, "card.html")))?;
        let html = templates.tongues.as_ref().map(|tongues| tongues.page(&html)).unwrap_or(html);
        cards.insert(
            route(context.dossier, node).trim_end_matches(".html").to_owned(),
            turned::page(html.trim_end()).into_owned(),
        );
    }
    // Texts are texts in JSON, and a vector takes every byte.
    let json = serde_json::to_string(&cards).unwrap_or_default();
    out.extend(format!("dossierCards({json})\n").bytes());
    Ok(())
}

/// The place and message of a template's mistake, in the dossier's own file where there is one.
fn explain(inputs: &Inputs, error: &tera::Error, rendering: &str) -> Diagnostic {
    let (name, range, message) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            (report.filename().to_owned(), report.span().range.clone(), report.message().to_owned())
        }
        ErrorKind::MissingParent { current, parent } => {
            (current.clone(), 0..0, format!("it extends `{parent}`, and there is no such template"))
        }
        ErrorKind::CircularExtend { tpl, .. } => (tpl.clone(), 0..0, "it extends itself".to_owned()),
        ErrorKind::CircularInclude { tpl, .. } => (tpl.clone(), 0..0, "it includes itself".to_owned()),
        _ => (rendering.to_owned(), 0..0, error.to_string()),
    };
    match inputs.find(&format!("{FOLDER}{name}")) {
        Some(file) => Diagnostic::new(Code::TemplateError, Span::new(file.id, range), lower_first(&message)),
        None => {
            let site =
                inputs.find("site.toml").map_or(Span { file: FileId::NONE, start: 0, end: 0 }, |file| file.start());
            Diagnostic::new(
                Code::TemplateError,
                site,
                format!("the built-in template `{name}` cannot be used: {message}"),
            )
        }
    }
}

fn lower_first(message: &str) -> String {
    let mut letters = message.chars();
    let first = letters.next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
    first + letters.as_str()
}
