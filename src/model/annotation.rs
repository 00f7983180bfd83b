//! `content/annotations/<article>.yaml`: what the desk says of a passage.

mod schema;

use std::borrow::Cow;
use std::sync::Arc;

use schemars::{JsonSchema, Schema};
use serde::{Deserialize, Serialize};
use serde_json::json;

use schema::of_type;

use super::either::OneOrMany;
use super::figure::{Amount, Basis, Estimate, says_something};
use super::reference::{ARTICLE, FIGURE, MENTIONED, PARTY, Ref, SOURCE};
use super::schema::{Slug, VerdictName, given, without};
use super::value::{Absent, Confidence, Kind, Markdown, Stance, choices};
use super::{Common, Meta, record};
use crate::base::date::Edtf;
use crate::base::id::slug_of;
use crate::syntax::yaml::values::Record;
use crate::syntax::yaml::{Origin, Path};

/// An annotation: what it points at, and what it says of that.
#[derive(Clone, Debug)]
pub struct Annotation {
    /// What any record has. The id is the one written, or one made from type and quote.
    pub meta: Meta,
    /// Whether its id was written, and not made by us.
    pub id_written: bool,
    /// The article's id.
    pub article: Arc<str>,
    /// The passage.
    pub target: TextQuoteSelector,
    /// What is said of it.
    pub kind: AnnotationKind,
}

/// A passage by its words (W3C Web Annotation Data Model, 4.2.4).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TextQuoteSelector {
    /// The words.
    pub quote: String,
    /// The words just before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prefix: Option<Box<str>>,
    /// The words just after.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suffix: Option<Box<str>>,
}

/// What is said of a passage.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum AnnotationKind {
    /// A claim, and how far it is right.
    FactCheck(Box<FactCheck>),
    /// What another record has to do with it.
    CrossReference(CrossReference),
    /// What the article says of a disputed figure.
    Figure(Box<FigureClaim>),
    /// Whom it means.
    Mention(Mention),
    /// Anything else. Markdown.
    Note(Note),
}

/// An annotation as its file has it: the keys of its type among those that all have.
pub trait Written: Record {
    /// What is kept of it beside what all annotations have.
    type Kept;

    /// Takes apart what any record has, what it points at, and what its type adds: six annotations an article are held to the end, and
    /// keys that stand elsewhere would take half of their room.
    fn apart(self, at: Origin) -> (Meta, TextQuoteSelector, Self::Kept);
}

/// Gives an annotation type its keys, and in a module of its own those that all annotations have beside them in a file.
macro_rules! annotation {
    (
        $(#[doc = $doc:literal])* $(#[schemars($($schemars:tt)*)])*
        $name:ident in $written:ident is $word:literal requires $required:expr;
        $($(#[doc = $field_doc:literal])* $(#[serde($($with:tt)*)])* $(#[schemars($($field_schemars:tt)*)])* $field:ident: $type:ty,)*
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, Default, Serialize)]
        pub struct $name {
            $(
                $(#[doc = $field_doc])* $(#[serde($($with)*)])*
                #[serde(skip_serializing_if = "crate::model::value::Absent::absent")]
                pub $field: $type,
            )*
        }

        /// As its file has it.
        pub mod $written {
            use super::*;

            record! {
                $(#[doc = $doc])* $(#[schemars($($schemars)*)])*
                #[schemars(title = $word, transform = |schema: &mut Schema| of_type(schema, $word))]
                $name requires $required;
                /// What sort of annotation it is.
                #[serde(rename = "type", skip_serializing)]
                annotation_type: String,
                /// Its id, by which others refer to it. One is made from type and quote where none is written.
                #[serde(skip_serializing)]
                #[schemars(with = "Option<Slug>")]
                id: Option<String>,
                /// The words of the article that it points at, as a reader sees them.
                #[serde(skip_serializing)]
                quote: String,
                /// The words just before the quote, where it stands more than once.
                #[serde(skip_serializing)]
                prefix: Option<String>,
                /// The words just after the quote, where it stands more than once.
                #[serde(skip_serializing)]
                suffix: Option<String>,
                $($(#[doc = $field_doc])* $(#[serde($($with)*)])* $(#[schemars($($field_schemars)*)])* $field: $type,)*
            }

            impl Written for $name {
                type Kept = super::$name;

                fn apart(mut self, at: Origin) -> (Meta, TextQuoteSelector, super::$name) {
                    let id = self.id.take().unwrap_or_default();
                    let meta = self.take_meta(&id, at);
                    let target = TextQuoteSelector {
                        quote: self.quote,
                        prefix: self.prefix.filter(|prefix| !prefix.trim().is_empty()).map(Box::from),
                        suffix: self.suffix.filter(|suffix| !suffix.trim().is_empty()).map(Box::from),
                    };
                    (meta, target, super::$name { $($field: self.$field,)* })
                }
            }
        }
    };
}

annotation! {
    /// A claim in the passage, and how far it is right (schema.org `ClaimReview`).
    FactCheck in fact_check is "fact_check" requires &["id", "quote", "verdict", "checked"];
    /// The claim as one plain sentence; the quote unless it says otherwise.
    claim: Option<String>,
    /// Who makes the claim: an entity, a source or an article; the article's source unless it says otherwise.
    claimed_by: Option<Ref<PARTY>>,
    /// How far the claim is right.
    #[schemars(with = "VerdictName")]
    verdict: String,
    /// How sure the editors are.
    confidence: Option<Confidence>,
    /// Why. Markdown.
    rationale: Markdown,
    /// What the verdict rests on.
    evidence: Vec<Evidence>,
    /// What the claim is about: any records.
    #[serde(with = "OneOrMany::<Ref>")]
    about: Vec<Ref>,
    /// When the check was made.
    checked: Option<Edtf>,
    /// Who made the check.
    #[serde(with = "OneOrMany::<String>")]
    checked_by: Vec<String>,
    /// Earlier verdicts, oldest first; they make the page of corrections.
    history: Vec<PastVerdict>,
}

/// One thing that a fact check rests on.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(transform = source_or_article)]
pub struct Evidence {
    /// The source; or else an `article`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Ref<SOURCE>>,
    /// The article of the dossier; or else a `source`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub article: Option<Ref<ARTICLE>>,
    /// What it does for the claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stance: Option<Stance>,
    /// The Admiralty code's figure for this item, 1 to 6.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 6))]
    pub credibility: Option<u8>,
    /// Where in it: a page, a paragraph, a minute.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locator: Option<String>,
    /// What it says. Markdown.
    #[serde(skip_serializing_if = "Absent::absent")]
    pub note: Markdown,
}

/// Evidence is a source or an article, and not both.
fn source_or_article(schema: &mut Schema) {
    schema.insert("anyOf".to_owned(), json!([given("source"), given("article")]));
    schema.insert("if".to_owned(), given("source"));
    schema.insert("then".to_owned(), without(&["article"]));
}

/// A verdict that was given before.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PastVerdict {
    /// When it was given.
    pub date: Edtf,
    /// The verdict's id.
    #[schemars(with = "VerdictName")]
    pub verdict: String,
    /// Why it was changed, or what was missing. Markdown.
    #[serde(default, skip_serializing_if = "Absent::absent")]
    pub note: Markdown,
}

choices! {
    /// What another record has to do with a passage.
    CrossRelation {
        /// It says the same, independently.
        Supports = "supports",
        /// It says otherwise.
        Contradicts = "contradicts",
        /// It says the same, from the same mouth.
        Repeats = "repeats",
        /// It explains it.
        Context = "context",
        /// It says what has changed since.
        Updates = "updates",
    }
}

annotation! {
    /// What another record has to do with the passage.
    CrossReference in cross_reference is "cross_reference" requires &["quote", "to"];
    /// The other record, or a list of several.
    #[serde(with = "OneOrMany::<Ref>")]
    to: Vec<Ref>,
    /// What it has to do with the passage.
    relation: Option<CrossRelation>,
    /// Why. Markdown.
    note: Markdown,
}

annotation! {
    /// What the article says of a disputed figure.
    #[schemars(transform = says_something)]
    FigureClaim in figure_claim is "figure" requires &["quote", "figure"];
    /// The disputed figure that it speaks of.
    figure: Ref<FIGURE>,
    /// At least. Alone: "at least so many".
    low: Option<Amount>,
    /// Most likely.
    best: Option<Amount>,
    /// At most.
    high: Option<Amount>,
    /// What it says when it gives no number: `dozens`. It is shown as said.
    words: Option<String>,
    /// `true`: it speaks of it and gives no figure.
    none: bool,
    /// The date, for a figure of kind `date`.
    date: Option<Edtf>,
    /// The account in a few words, for a figure of kind `account`; equal words agree.
    account: Option<String>,
    /// Whose figure it is; the article's source unless it says otherwise.
    by: Option<Ref<PARTY>>,
    /// How they come by it.
    basis: Option<Basis>,
    /// When it was said; the article's date unless it says otherwise.
    as_of: Option<Edtf>,
    /// The Admiralty code's figure for this item, 1 to 6.
    #[schemars(range(min = 1, max = 6))]
    credibility: Option<u8>,
    /// Anything else. Markdown.
    note: Markdown,
}

impl FigureClaim {
    /// What it says, in the shape of a figure's own estimates; without a source.
    pub fn estimate(&self) -> Estimate {
        Estimate {
            source: Ref::default(),
            low: self.low,
            best: self.best,
            high: self.high,
            words: self.words.clone(),
            none: self.none,
            date: self.date.clone(),
            account: self.account.clone(),
            by: self.by.clone(),
            basis: self.basis,
            as_of: self.as_of.clone(),
            credibility: self.credibility,
            note: self.note.clone(),
        }
    }
}

annotation! {
    /// Whom the passage means, where no alias catches it.
    Mention in mention is "mention" requires &["quote", "of"];
    /// The entity or event that the words mean.
    of: Ref<MENTIONED>,
    /// Anything else. Markdown.
    note: Markdown,
}

annotation! {
    /// Anything else that is to be said of the passage.
    Note in note is "note" requires &["quote", "note"];
    /// What is said of the passage. Markdown.
    note: Markdown,
}

impl AnnotationKind {
    /// The word after `type:`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::FactCheck(_) => "fact_check",
            Self::CrossReference(_) => "cross_reference",
            Self::Figure(_) => "figure",
            Self::Mention(_) => "mention",
            Self::Note(_) => "note",
        }
    }

    /// All words that can stand after `type:`, each with what it means.
    pub const TYPES: [(&'static str, &'static str); 5] = [
        ("fact_check", "A claim in the passage, and how far it is right."),
        ("cross_reference", "What another record has to do with the passage."),
        ("figure", "What the article says of a disputed figure."),
        ("mention", "Whom the passage means, where no alias catches it."),
        ("note", "Anything else that is to be said of the passage."),
    ];

    /// All words that can stand after `type:`.
    pub const NAMES: &'static [&'static str] =
        &[Self::TYPES[0].0, Self::TYPES[1].0, Self::TYPES[2].0, Self::TYPES[3].0, Self::TYPES[4].0];
}

impl Annotation {
    /// The id that is made for it from type and quote where none is written; a number follows where another has it.
    pub fn made_id(&self) -> String {
        let words = slug_of(&self.target.quote, 40);
        let kind = self.kind.name().replace('_', "-");
        if words.is_empty() { kind } else { format!("{kind}-{words}") }
    }

    /// The ids under which it may have been accepted: its own, those it had, and the one that it had before one was written. That is
    /// made only when it is asked for, after the others: hardly an annotation needs it.
    pub fn accepted_as(&self) -> impl Iterator<Item = Cow<'_, str>> {
        let made = std::iter::once_with(|| self.id_written.then(|| Cow::Owned(self.made_id()))).flatten();
        self.meta.ids().map(Cow::Borrowed).chain(made)
    }

    /// Its fact check, if it is one.
    pub fn fact_check(&self) -> Option<&FactCheck> {
        if let AnnotationKind::FactCheck(check) = &self.kind { Some(check) } else { None }
    }
}

impl Common for Annotation {
    fn meta(&self) -> &Meta {
        &self.meta
    }

    fn references(&self, see: &mut dyn FnMut(Path, &str, &'static [Kind])) {
        match &self.kind {
            AnnotationKind::FactCheck(check) => check.references(see),
            AnnotationKind::CrossReference(reference) => {
                for (index, to) in reference.to.iter().enumerate() {
                    to.show(Path::of("to").index(index), see);
                }
            }
            AnnotationKind::Figure(claim) => {
                claim.figure.show(Path::of("figure"), see);
                if let Some(by) = &claim.by {
                    by.show(Path::of("by"), see);
                }
            }
            AnnotationKind::Mention(mention) => mention.of.show(Path::of("of"), see),
            AnnotationKind::Note(_) => {}
        }
    }

    fn prose(&self, see: &mut dyn FnMut(Path, &Markdown)) {
        match &self.kind {
            AnnotationKind::FactCheck(check) => {
                see(Path::of("rationale"), &check.rationale);
                for (index, evidence) in check.evidence.iter().enumerate() {
                    see(Path::of("evidence").index(index).key("note"), &evidence.note);
                }
                for (index, past) in check.history.iter().enumerate() {
                    see(Path::of("history").index(index).key("note"), &past.note);
                }
            }
            AnnotationKind::CrossReference(CrossReference { note, .. })
            | AnnotationKind::Mention(Mention { note, .. })
            | AnnotationKind::Note(Note { note, .. }) => see(Path::of("note"), note),
            AnnotationKind::Figure(claim) => see(Path::of("note"), &claim.note),
        }
    }
}

impl FactCheck {
    fn references(&self, see: &mut dyn FnMut(Path, &str, &'static [Kind])) {
        if let Some(by) = &self.claimed_by {
            by.show(Path::of("claimed_by"), see);
        }
        for (index, evidence) in self.evidence.iter().enumerate() {
            let path = Path::of("evidence").index(index);
            if let Some(source) = &evidence.source {
                source.show(path.key("source"), see);
            }
            if let Some(article) = &evidence.article {
                article.show(path.key("article"), see);
            }
        }
        for (index, about) in self.about.iter().enumerate() {
            about.show(Path::of("about").index(index), see);
        }
    }
}
