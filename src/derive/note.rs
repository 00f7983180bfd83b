//! What stands beside a passage: one note an annotation, short enough to be read there, with the way to its page.

use serde::Serialize;

use super::Context;
use super::around::Writer;
use super::estimate::{self, Said};
use super::fragment;
use super::label::Label;
use super::view::{NodeLink, Tongue};
use crate::base::id::Id;
use crate::link::sentence;
use crate::link::standing::origins_of_evidence;
use crate::locale::marks::is_mark;
use crate::model::annotation::{
    Annotation, AnnotationKind, CrossReference, FactCheck, FigureClaim, Mention, Note as Remark,
};
use crate::model::value::Stance;
use crate::resolve::Node;

/// A reason longer than this, in bytes, is folded after its first sentences.
const LONG: usize = 210;

/// The first sentences may be this long together.
const LEAD: usize = 150;

/// A note; templates write it with `{{<note of={…} />}}`. Its anchor is `note_<id>`, its passage's is `<id>`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Note {
    /// The annotation's id.
    pub id: String,
    /// Its number in the article, the same as beside its passage.
    pub number: usize,
    /// Its kind, a class: `check`, `figure`, `reference`, `mention` or `remark`.
    pub kind: &'static str,
    /// Its kind in words.
    pub kind_word: String,
    /// What it says in a word: a verdict, a status, a relation.
    pub label: Option<Label>,
    /// A few words beside that: how sure.
    pub detail: String,
    /// What the article says of a figure.
    pub said: Option<Said>,
    /// Whose figure that is.
    pub by: Option<NodeLink>,
    /// How they come by it, in a word.
    pub basis: String,
    /// The reason, or its first sentences.
    pub lead_html: String,
    /// The rest of it; empty for a short one.
    pub rest_html: String,
    /// The language of the reason.
    pub tongue: Tongue,
    /// What it leads to: the check's own page, the figure, the other records.
    pub links: Vec<NodeLink>,
    /// Evidence for, against and around, and from how many origins: `2 à l’appui`, `1 contraire`, `1 origine`.
    pub evidence: Vec<String>,
    /// How many speak of a figure, and how many of them independently.
    pub corroboration: String,
    /// The passage in its source on the web; empty where the article is a digest, or its source not there.
    pub original: String,
    /// What its passage was and is, where it has changed since the note was written: only a preview shows that.
    pub drifted: Option<Drifted>,
}

/// A passage that is no longer what an annotation quotes.
#[derive(Clone, Debug, Serialize)]
pub struct Drifted {
    /// The words that were annotated.
    pub noted: String,
    /// The words that stand there now.
    pub now: String,
    /// Their language.
    pub tongue: Tongue,
}

/// The class of an annotation's kind, on its mark and its note.
pub fn kind_class(kind: &AnnotationKind) -> &'static str {
    match kind {
        AnnotationKind::FactCheck(_) => "check",
        AnnotationKind::CrossReference(_) => "reference",
        AnnotationKind::Figure(_) => "figure",
        AnnotationKind::Mention(_) => "mention",
        AnnotationKind::Note(_) => "remark",
    }
}

/// Whether an annotation has a note: a mention without a word of its own is only a link.
pub fn has_note(kind: &AnnotationKind) -> bool {
    !matches!(kind, AnnotationKind::Mention(mention) if mention.note.0.is_empty())
}

impl Note {
    /// The note of an annotation, on its article's page at the route `page`.
    pub fn new(context: &Context<'_>, page: &str, id: Id<Annotation>, number: usize) -> Self {
        let annotation = &context.dossier.annotations[id];
        let language = annotation.meta.language.as_deref().unwrap_or(&context.dossier.settings.language);
        let note = Self {
            id: annotation.meta.id.clone(),
            number,
            kind: kind_class(&annotation.kind),
            kind_word: context.word("annotation", annotation.kind.name()),
            tongue: Tongue::new(context, language),
            original: fragment::original(context, id),
            drifted: drifted(context, id),
            ..Self::default()
        };
        // Its links lead where they lead from its own file.
        let maker = Maker { context, page, writer: Writer::new(*context, Node::Check(id), page) };
        match &annotation.kind {
            AnnotationKind::FactCheck(check) => maker.check(note, id, check),
            AnnotationKind::Figure(claim) => maker.figure(note, id, claim),
            AnnotationKind::CrossReference(reference) => maker.reference(note, reference),
            AnnotationKind::Mention(mention) => maker.mention(note, mention),
            AnnotationKind::Note(remark) => maker.remark(note, remark),
        }
    }

    /// What its number says aloud beside the passage: `Note 3 : Inexact`.
    pub fn aloud(&self, context: &Context<'_>) -> String {
        let number = context.locale.phrase("article.note_number", &[("n", &self.number.to_string())]);
        let word = self.label.as_ref().map_or(&self.kind_word, |label| &label.word);
        context.locale.phrase("ui.label", &[("label", &number), ("value", word)])
    }
}

struct Maker<'a> {
    context: &'a Context<'a>,
    page: &'a str,
    writer: Writer<'a>,
}

impl Maker<'_> {
    fn check(&self, note: Note, id: Id<Annotation>, check: &FactCheck) -> Note {
        let context = self.context;
        let (lead_html, rest_html) = self.folded(&check.rationale.0);
        Note {
            label: Some(Label::verdict(context, &check.verdict)),
            detail: check.confidence.map(|sure| context.word("confidence_phrase", sure.name())).unwrap_or_default(),
            lead_html,
            rest_html,
            links: vec![self.link(Node::Check(id))],
            evidence: evidence_summary(context, id, check),
            ..note
        }
    }

    fn figure(&self, note: Note, annotation: Id<Annotation>, claim: &FigureClaim) -> Note {
        let (context, dossier) = (self.context, self.context.dossier);
        let Ok(Node::Figure(id)) = dossier.follow(&claim.figure) else { return note };
        let (figure, standing) = (&dossier.figures[id], context.links.standings.get(id.index()));
        let article = dossier.article_of(annotation);
        let language = article.map_or("", |article| context.language(Node::Article(article)));
        let status = standing.map_or("single", |standing| standing.status.name());
        let word = context.word("figure_status", &format!("{}_{status}", figure.kind().name()));
        let (lead_html, rest_html) = self.folded(&claim.note.0);
        let by = claim.by.as_ref().and_then(|by| dossier.follow(by).ok());
        Note {
            label: Some(Label::plain(word)),
            said: Some(estimate::said(context, figure, &claim.estimate(), language)),
            by: by.map(|by| self.link(by)),
            basis: claim.basis.map(|basis| context.word("basis", basis.name())).unwrap_or_default(),
            lead_html,
            rest_html,
            links: vec![self.link(Node::Figure(id))],
            corroboration: standing
                .map(|standing| context.corroboration(standing.estimates.len(), standing.origins))
                .unwrap_or_default(),
            ..note
        }
    }

    fn reference(&self, note: Note, reference: &CrossReference) -> Note {
        let relation = reference.relation.map(|relation| self.context.word("relation", relation.name()));
        let word = relation.map_or_else(|| note.kind_word.clone(), |word| capitalised(&word));
        let to = reference.to.iter().filter_map(|to| self.context.dossier.follow(to).ok());
        let (lead_html, rest_html) = self.folded(&reference.note.0);
        Note {
            label: Some(Label::plain(word)),
            links: to.map(|to| self.link(to)).collect(),
            lead_html,
            rest_html,
            ..note
        }
    }

    fn mention(&self, note: Note, mention: &Mention) -> Note {
        let of = self.context.dossier.follow(&mention.of).ok();
        let (lead_html, rest_html) = self.folded(&mention.note.0);
        Note { links: of.map(|of| self.link(of)).into_iter().collect(), lead_html, rest_html, ..note }
    }

    fn remark(&self, note: Note, remark: &Remark) -> Note {
        let (lead_html, rest_html) = self.folded(&remark.note.0);
        Note { lead_html, rest_html, ..note }
    }

    fn link(&self, to: Node) -> NodeLink {
        NodeLink::new(self.context, self.page, to)
    }

    /// A text as what is seen at once and what is folded. It is cut between sentences, and only where its markup allows.
    fn folded(&self, markdown: &str) -> (String, String) {
        let cut = sentence::lead(markdown, LEAD);
        if markdown.len() > LONG && cut < markdown.trim_end().len() {
            let (first, rest) = markdown.split_at(cut);
            let inline = |text: &str| self.writer.inline(text);
            if format!("{} {}", inline(first), inline(rest)) == inline(markdown) {
                return (self.writer.blocks(first), self.writer.blocks(rest));
            }
        }
        (self.writer.blocks(markdown), String::new())
    }
}

fn drifted(context: &Context<'_>, id: Id<Annotation>) -> Option<Drifted> {
    let anchor = context.links.anchor(id).filter(|anchor| anchor.distance > 0)?;
    let annotation = &context.dossier.annotations[id];
    let article = Node::Article(context.dossier.article_of(id)?);
    let text = &context.links.bodies.get(&article)?.prose.text;
    Some(Drifted {
        noted: annotation.target.quote.clone(),
        now: text.get(anchor.range.clone())?.to_owned(),
        tongue: Tongue::new(context, context.language(article)),
    })
}

/// How much evidence there is for, against and around, and from how many origins.
fn evidence_summary(context: &Context<'_>, id: Id<Annotation>, check: &FactCheck) -> Vec<String> {
    let of = |stance: Stance| check.evidence.iter().filter(|evidence| evidence.stance == Some(stance)).count();
    let counts = [
        ("count.supporting", of(Stance::Supports)),
        ("count.contrary", of(Stance::Contradicts)),
        ("count.contextual", of(Stance::Context)),
        ("count.origin", origins_of_evidence(context.dossier, id).len()),
    ];
    counts.into_iter().filter(|(_, n)| *n > 0).map(|(key, n)| context.locale.count(key, n)).collect()
}

/// With a capital first letter.
pub fn capitalised(word: &str) -> String {
    // A mark of its language may stand before the word.
    let at = word.find(|c| !is_mark(c)).unwrap_or(word.len());
    let mut letters = word[at..].chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    [&word[..at], &first, letters.as_str()].concat()
}
