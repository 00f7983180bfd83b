//! `print.html`: the whole dossier on one page, made for paper; or where that is too much, the ways to its pages. Notes are numbered and stand at the end of their article.

use serde::Serialize;

use super::Context;
use super::around::Writer;
use super::article::{highlight, noted};
use super::check::CheckView;
use super::figure::FigurePage;
use super::head::Head;
use super::home::ways;
use super::note::Note;
use super::routes::ListOf;
use super::source_card::SourceCard;
use super::text::FootnoteText;
use super::timeline::Entry;
use super::view::{Tongue, WordLink};
use crate::base::id::Id;
use crate::model::article::Article;
use crate::resolve::Node;
use crate::syntax::markdown::html::Rendered;
use crate::syntax::markdown::marks::Overlay;

/// A page of more of a kind than this no printer and no browser can take. Then it leads to the pages that it would repeat.
pub const MOST: usize = 300;

/// What `print.html` shows.
#[derive(Clone, Debug, Serialize)]
pub struct PrintPage {
    /// Around the content.
    pub head: Head,
    /// The dossier's address.
    pub address: String,
    /// The briefing, block by block.
    pub briefing: PrintText,
    /// The articles.
    pub articles: Vec<PrintArticle>,
    /// The checks.
    pub checks: Vec<CheckView>,
    /// The figures.
    pub figures: Vec<FigurePage>,
    /// The events, in order of time.
    pub events: Vec<Entry>,
    /// The sources.
    pub sources: Vec<SourceCard>,
    /// Where there is too much of a kind: the lists, with how much is in each, instead of all that is in them.
    pub ways: Vec<WordLink>,
}

/// A text among others.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PrintText {
    /// What its anchors begin with.
    pub anchors: String,
    /// Its blocks.
    pub blocks_html: Vec<String>,
    /// Its footnotes.
    pub footnotes: Vec<FootnoteText>,
    /// Its language.
    pub tongue: Tongue,
}

/// An article with its notes.
#[derive(Clone, Debug, Serialize)]
pub struct PrintArticle {
    /// Its headline.
    pub title: String,
    /// Where it comes from.
    pub source: Option<SourceCard>,
    /// When it was published, in words; empty where that is not known.
    pub published: String,
    /// Whether the text is the editors' own account.
    pub digest: bool,
    /// The text, with the numbers of its notes.
    pub text: PrintText,
    /// The notes.
    pub notes: Vec<Note>,
}

impl PrintPage {
    /// The view of the page at `route`.
    pub fn new(context: &Context<'_>, route: &str) -> Self {
        let (dossier, locale) = (context.dossier, context.locale);
        let head = Head::new(context, route, locale.word("print.title"), "").describe(locale.word("print.explanation"));
        let home = dossier.home.as_ref().map(|home| {
            let writer = Writer::new(*context, Node::Home, route).among("home_".to_owned(), 1);
            PrintText::new(context, Node::Home, "home_", writer.body(&home.body, &Overlay::default()))
        });
        let too_large = ListOf::ALL.iter().any(|list| *list != ListOf::Entities && list.rows(dossier) > MOST);
        // All of each, or nothing of any.
        let most = if too_large { 0 } else { MOST };
        let events = context.links.chronology.order.iter().take(most);
        Self {
            head,
            address: dossier.settings.base_url.clone(),
            briefing: home.unwrap_or_default(),
            articles: dossier.articles.iter().take(most).map(|(id, _)| PrintArticle::new(context, route, id)).collect(),
            checks: dossier.checks.iter().take(most).filter_map(|id| CheckView::new(context, route, *id, 1)).collect(),
            figures: dossier.figures.iter().take(most).map(|(id, _)| FigurePage::new(context, route, id, 1)).collect(),
            events: events.map(|id| Entry::new(context, route, *id)).collect(),
            sources: dossier.sources.iter().take(most).map(|(id, _)| SourceCard::new(context, route, id)).collect(),
            ways: if too_large { ways(context) } else { Vec::new() },
        }
    }
}

impl PrintText {
    fn new(context: &Context<'_>, node: Node, anchors: &str, rendered: Rendered) -> Self {
        Self {
            anchors: anchors.to_owned(),
            blocks_html: rendered.blocks.into_iter().map(|block| block.html).collect(),
            footnotes: rendered.footnotes.into_iter().map(FootnoteText::from).collect(),
            tongue: Tongue::new(context, context.language(node)),
        }
    }
}

impl PrintArticle {
    fn new(context: &Context<'_>, route: &str, id: Id<Article>) -> Self {
        let (article, node) = (&context.dossier.articles[id], Node::Article(id));
        // No id has an underscore, so no two articles' anchors can be the same.
        let anchors = format!("{}_", article.meta.id);
        let mut notes = Vec::new();
        let mut highlights = Vec::new();
        for (number, annotation) in (1..).zip(noted(context, id)) {
            let mut note = Note::new(context, route, annotation, number);
            note.id = format!("{anchors}{}", note.id);
            highlights.push(highlight(context, annotation, &note));
            notes.push(note);
        }
        let overlay = Overlay { highlights: &highlights, ..Overlay::default() };
        let rendered = Writer::new(*context, node, route).among(anchors.clone(), 2).body(&article.body, &overlay);
        let source = context.dossier.source_of(id);
        Self {
            title: article.keys.title.clone(),
            source: source.map(|source| SourceCard::new(context, route, source)),
            published: article.keys.published.as_ref().map(|date| context.date(date)).unwrap_or_default(),
            digest: article.keys.digest,
            text: PrintText::new(context, node, &anchors, rendered),
            notes,
        }
    }
}
