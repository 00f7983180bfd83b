//! What each page shows: one struct a family of pages, and the parts that all of them have.

use serde::Serialize;
use serde::ser::{SerializeStruct as _, Serializer};

use super::Context;
use super::article::ArticleView;
use super::check::CheckView;
use super::corrections::Corrections;
use super::data_page::DataPage;
use super::entity::EntityPage;
use super::event::EventPage;
use super::figure::FigurePage;
use super::head::Head;
use super::home::Home;
use super::list::ListView;
use super::matrix::Matrix;
use super::page::{NotFoundView, PageView, RedirectView};
use super::print::PrintPage;
use super::routes::{PageKey, relative, route};
use super::search::SearchView;
use super::source::SourcePage;
use super::timeline::Timeline;
use crate::locale::direction;
use crate::resolve::{Dossier, Node};

/// All that a template can see of one page.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum View {
    /// `home.html`
    Home(Box<Home>),
    /// `entity.html`
    Entity(Box<EntityPage>),
    /// `event.html`
    Event(Box<EventPage>),
    /// `figure.html`
    Figure(Box<FigurePage>),
    /// `source.html`
    Source(Box<SourcePage>),
    /// `timeline.html`
    Timeline(Box<Timeline>),
    /// `matrix.html`
    Matrix(Box<Matrix>),
    /// `corrections.html`
    Corrections(Box<Corrections>),
    /// `print.html`
    Print(Box<PrintPage>),
    /// `data.html`
    Data(Box<DataPage>),
    /// `article.html`
    Article(Box<ArticleView>),
    /// `check.html`
    Check(Box<CheckView>),
    /// `list.html`
    List(Box<ListView>),
    /// `page.html`
    Page(Box<PageView>),
    /// `redirect.html`
    Redirect(Box<RedirectView>),
    /// `search.html`
    Search(Box<SearchView>),
    /// `404.html`
    NotFound(Box<NotFoundView>),
}

/// Takes the head out of whichever page a view is of.
macro_rules! head_of {
    ($view:expr, |$page:ident| $head:expr) => {
        match $view {
            View::Home($page) => $head,
            View::Entity($page) => $head,
            View::Event($page) => $head,
            View::Figure($page) => $head,
            View::Source($page) => $head,
            View::Timeline($page) => $head,
            View::Matrix($page) => $head,
            View::Corrections($page) => $head,
            View::Print($page) => $head,
            View::Data($page) => $head,
            View::Article($page) => $head,
            View::Check($page) => $head,
            View::List($page) => $head,
            View::Page($page) => $head,
            View::Redirect($page) => $head,
            View::Search($page) => $head,
            View::NotFound($page) => $head,
        }
    };
}

impl View {
    /// The template that shows it.
    pub fn template(&self) -> &'static str {
        match self {
            Self::Home(_) => "home.html",
            Self::Entity(_) => "entity.html",
            Self::Event(_) => "event.html",
            Self::Figure(_) => "figure.html",
            Self::Source(_) => "source.html",
            Self::Timeline(_) => "timeline.html",
            Self::Matrix(_) => "matrix.html",
            Self::Corrections(_) => "corrections.html",
            Self::Print(_) => "print.html",
            Self::Data(_) => "data.html",
            Self::Article(_) => "article.html",
            Self::Check(_) => "check.html",
            Self::List(_) => "list.html",
            Self::Page(_) => "page.html",
            Self::Redirect(_) => "redirect.html",
            Self::Search(_) => "search.html",
            Self::NotFound(_) => "404.html",
        }
    }

    /// What it says of itself.
    pub fn head(&self) -> &Head {
        head_of!(self, |page| &page.head)
    }

    fn head_mut(&mut self) -> &mut Head {
        head_of!(self, |page| &mut page.head)
    }
}

/// The view of the page at a route; `None` for what is no page.
pub fn view(context: &Context<'_>, route: &str, key: &PageKey) -> Option<View> {
    let mut view = content(context, route, key)?;
    view.head_mut().for_programs(context, route, key);
    Some(view)
}

fn content(context: &Context<'_>, route: &str, key: &PageKey) -> Option<View> {
    Some(match key {
        PageKey::Home => View::Home(Box::new(Home::new(context, route))),
        PageKey::Entity(id, part) => View::Entity(Box::new(EntityPage::new(context, route, *id, *part))),
        PageKey::Event(id, part) => View::Event(Box::new(EventPage::new(context, route, *id, *part))),
        PageKey::Figure(id, part) => View::Figure(Box::new(FigurePage::new(context, route, *id, *part))),
        PageKey::Source(id, part) => View::Source(Box::new(SourcePage::new(context, route, *id, *part))),
        PageKey::Timeline(part) => View::Timeline(Box::new(Timeline::new(context, route, *part))),
        PageKey::Matrix(part) => View::Matrix(Box::new(Matrix::new(context, route, *part))),
        PageKey::Corrections(part) => View::Corrections(Box::new(Corrections::new(context, route, *part))),
        PageKey::Print => View::Print(Box::new(PrintPage::new(context, route))),
        PageKey::Data => View::Data(Box::new(DataPage::new(context, route))),
        PageKey::Article(id, part) => View::Article(Box::new(ArticleView::new(context, route, *id, *part))),
        PageKey::Check(id, part) => View::Check(Box::new(CheckView::new(context, route, *id, *part)?)),
        PageKey::List(of, number) => View::List(Box::new(ListView::new(context, route, *of, *number))),
        PageKey::Page(id) => View::Page(Box::new(PageView::new(context, route, *id))),
        PageKey::Redirect(to) => View::Redirect(Box::new(RedirectView::new(context, route, to))),
        PageKey::Search => View::Search(Box::new(SearchView::new(context, route))),
        PageKey::NotFound => View::NotFound(Box::new(NotFoundView::new(context, route))),
        _ => return None,
    })
}

/// What every template sees as `site`.
#[derive(Clone, Debug, Serialize, PartialEq)]
pub struct Site {
    /// The dossier's name.
    pub title: String,
    /// The interface's language, a BCP 47 tag.
    pub language: String,
    /// Which way it is written: `ltr` or `rtl`.
    pub dir: &'static str,
    /// One sentence on the dossier.
    pub description: String,
    /// Who answers for it.
    pub publisher: String,
    /// Their address.
    pub publisher_url: String,
    /// Where errors are reported.
    pub corrections: String,
    /// How many files the cards stand in, for the script that shows them.
    pub cards: usize,
}

impl Site {
    /// From the settings.
    pub fn of(dossier: &Dossier) -> Self {
        let settings = &dossier.settings;
        let address = |text: &str| super::source_card::web_address(Some(text));
        Self {
            title: settings.title.clone(),
            language: settings.language.clone(),
            dir: direction(&settings.language),
            description: settings.description.clone(),
            publisher: settings.publisher.name.clone(),
            publisher_url: address(&settings.publisher.url),
            corrections: address(&settings.publisher.corrections),
            cards: super::card::files(dossier),
        }
    }
}

/// The language of a piece of text, where it is not the page's: for `lang` and `dir`. Templates write them with
/// `<p{{ x.tongue | tongue }}>`; for a text in the page's language there is nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tongue {
    /// Its BCP 47 tag; empty for the page's own.
    pub lang: String,
    /// `ltr` or `rtl`; empty for the page's own.
    pub dir: &'static str,
}

impl Tongue {
    /// Of a text in `language`.
    pub fn new(context: &Context<'_>, language: &str) -> Self {
        if language.is_empty() || language == context.dossier.settings.language {
            return Self::default();
        }
        Self { lang: language.to_owned(), dir: direction(language) }
    }

    /// Whether it is the page's own.
    pub fn is_own(&self) -> bool {
        self.lang.is_empty()
    }

    /// What the language is called in the page's; empty for the page's own.
    pub fn name(&self, context: &Context<'_>) -> String {
        if self.lang.is_empty() {
            return String::new();
        }
        let primary = self.lang.split('-').next().unwrap_or_default();
        let key = format!("language.{primary}");
        let word = context.locale.word(&key);
        if word == key { self.lang.clone() } else { word.to_owned() }
    }
}

impl Serialize for Tongue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_own() {
            return serializer.serialize_none();
        }
        let mut tongue = serializer.serialize_struct("Tongue", 2)?;
        tongue.serialize_field("lang", &self.lang)?;
        tongue.serialize_field("dir", self.dir)?;
        tongue.end()
    }
}

/// A link to a node's page; templates write it with `{{ x | link }}`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct NodeLink {
    /// The address, relative to the page.
    pub href: String,
    /// What it is called.
    pub title: String,
    /// Its kind: `article`, `entity` …; `home` for the home page.
    pub kind: &'static str,
    /// The language of its name.
    #[serde(skip_serializing_if = "Tongue::is_own")]
    pub tongue: Tongue,
}

impl NodeLink {
    /// The link from the page at `from` to a node.
    pub fn new(context: &Context<'_>, from: &str, node: Node) -> Self {
        Self {
            href: relative(from, &route(context.dossier, node)),
            title: context.dossier.title(node).to_owned(),
            kind: Dossier::kind(node).map_or("home", |kind| kind.name()),
            tongue: Tongue::new(context, context.title_language(node)),
        }
    }

    /// The same, to a place in its page.
    pub fn at(mut self, anchor: &str) -> Self {
        self.href.push('#');
        self.href.push_str(anchor);
        self
    }
}

/// A link with words of the interface.
#[derive(Clone, Debug, Serialize)]
pub struct WordLink {
    /// The address.
    pub href: String,
    /// What it says.
    pub word: String,
}
