//! `content/sources/<id>.yaml`

use super::either::OneOrMany;
use super::reference::{Ref, SOURCE};
use super::schema::WebAddress;
use super::value::{Kind, Markdown, choices};
use super::{Common, Meta, record};
use crate::base::date::Edtf;
use crate::syntax::yaml::Path;

choices! {
    /// What sort of publication it is.
    SourceKind {
        /// A news report.
        News = "news",
        /// A news agency's report.
        Agency = "agency",
        /// An opinion piece.
        Opinion = "opinion",
        /// A statement by a state or an organisation about itself.
        Official = "official",
        /// An analyst's report.
        Analysis = "analysis",
        /// A non-governmental organisation's report.
        Ngo = "ngo",
        /// Research.
        Academic = "academic",
        /// A post on a social network.
        Social = "social",
        /// Any other document.
        Document = "document",
    }
}

choices! {
    /// How far a source can be trusted: the letter of the Admiralty code (NATO AJP-2.1).
    Reliability {
        /// Completely reliable.
        A = "A",
        /// Usually reliable.
        B = "B",
        /// Fairly reliable.
        C = "C",
        /// Not usually reliable.
        D = "D",
        /// Unreliable.
        E = "E",
        /// Reliability cannot be judged: no grade, and not the worst.
        F = "F",
    }
}

record! {
    /// A publication or document that is cited.
    Source requires &["title"];
    /// Its title.
    title: String,
    /// Who published it.
    publisher: Option<String>,
    /// Who wrote it.
    #[serde(with = "OneOrMany::<String>")]
    author: Vec<String>,
    /// What sort of publication it is.
    kind: Option<SourceKind>,
    /// When it was published.
    published: Option<Edtf>,
    /// Its address on the web.
    #[schemars(with = "Option<WebAddress>")]
    url: Option<String>,
    /// The address of a copy that stays, such as an archive's.
    #[schemars(with = "Option<WebAddress>")]
    archived: Option<String>,
    /// When the editors read it.
    accessed: Option<Edtf>,
    /// How far it can be trusted: A (completely) to E (not at all), F when that cannot be judged.
    reliability: Option<Reliability>,
    /// The source that this one republishes or rests on alone: the two count as one.
    origin: Option<Ref<SOURCE>>,
    /// Anything else. Markdown.
    note: Markdown,
}

/// A source with its id and place.
#[derive(Clone, Debug)]
pub struct SourceRecord {
    /// What any record has.
    pub meta: Meta,
    /// Its keys.
    pub keys: Source,
    /// Whether it was described inside an article, and so has the article's id.
    pub inline: bool,
}

impl Source {
    /// Its references, below a path.
    pub fn references_at(&self, path: &Path, see: &mut dyn FnMut(Path, &str, &'static [Kind])) {
        if let Some(origin) = &self.origin {
            origin.show(path.key("origin"), see);
        }
    }
}

impl Common for SourceRecord {
    fn meta(&self) -> &Meta {
        &self.meta
    }

    fn references(&self, see: &mut dyn FnMut(Path, &str, &'static [Kind])) {
        // The article reports what is wrong with a source inside it.
        if !self.inline {
            self.keys.references_at(&Path::default(), see);
        }
    }

    fn prose(&self, see: &mut dyn FnMut(Path, &Markdown)) {
        if !self.inline {
            see(Path::of("note"), &self.keys.note);
        }
    }
}
