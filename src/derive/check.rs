//! A fact check's page: the verdict, the claim, who makes it, and what speaks for and against it.

use serde::Serialize;

use super::around::Writer;
use super::article::{ReferredBy, referred_by, referring_parts};
use super::fragment;
use super::head::Head;
use super::json_ld::is_name;
use super::label::Label;
use super::mentioned::{Mentioned, mentioned};
use super::parts::{PartLinks, Window};
use super::source_card::{SourceCard, credibility};
use super::view::{NodeLink, Tongue};
use super::{Context, account};
use crate::base::id::Id;
use crate::link::{sentence, standing::origins_of_evidence};
use crate::model::annotation::{Annotation, Evidence, FactCheck};
use crate::model::value::Stance;
use crate::resolve::Node;

/// The page of a fact check.
#[derive(Clone, Debug, Serialize)]
pub struct CheckView {
    /// Around the content.
    pub head: Head,
    /// What is claimed.
    pub claim: String,
    /// The language of the claim.
    pub tongue: Tongue,
    /// The verdict.
    pub label: Label,
    /// What that verdict means, for a built-in one.
    pub meaning: String,
    /// How sure, in words.
    pub confidence: String,
    /// What that means.
    pub confidence_meaning: String,
    /// Why.
    pub rationale_html: String,
    /// The passage it is about.
    pub passage: Option<Quoted>,
    /// Who says so.
    pub claimed_by: Option<NodeLink>,
    /// The evidence for, against and around.
    pub groups: Vec<EvidenceGroup>,
    /// How many speak, and how many of them independently.
    pub corroboration: String,
    /// Whether several of them share an origin.
    pub shared_origin: bool,
    /// Passages elsewhere that refer to it.
    pub referred_by: Vec<ReferredBy>,
    /// Where texts link to it.
    pub mentioned: Mentioned,
    /// Earlier verdicts, oldest first, then the one that stands.
    pub history: Vec<Past>,
    /// What it is about.
    pub about: Vec<NodeLink>,
    /// When it was made, in words.
    pub checked: String,
    /// Who made it.
    pub checked_by: Vec<String>,
    /// Whether it is a draft.
    pub draft: bool,
    /// Whether this is a further part: of references alone.
    pub further: bool,
    /// This part among the others; nothing when there is one.
    pub parts: Option<PartLinks>,
}

/// A passage in its sentence.
#[derive(Clone, Debug, Serialize)]
pub struct Quoted {
    /// The way to it, under its article's title.
    pub link: NodeLink,
    /// The sentence before it …
    pub before: String,
    /// … the passage …
    pub quote: String,
    /// … and the sentence after it.
    pub after: String,
    /// Their language.
    pub tongue: Tongue,
    /// When the article was published, in words.
    pub date: String,
    /// The passage in its source on the web; empty where the article is a digest, or its source not there.
    pub original: String,
}

/// Evidence of one stance.
#[derive(Clone, Debug, Serialize)]
pub struct EvidenceGroup {
    /// `supports`, `contradicts` or `context`.
    pub stance: &'static str,
    /// The heading, in words.
    pub word: String,
    /// The items, as written.
    pub items: Vec<EvidenceItem>,
}

/// A piece of evidence.
#[derive(Clone, Debug, Serialize)]
pub struct EvidenceItem {
    /// The article or source.
    pub from: NodeLink,
    /// The source, an article's own for an article.
    pub source: Option<SourceCard>,
    /// The credibility of this item, in words.
    pub credibility: String,
    /// Where in it.
    pub locator: String,
    /// What it says.
    pub note_html: String,
}

/// A verdict that was given at a time.
#[derive(Clone, Debug, Serialize)]
pub struct Past {
    /// When, in words.
    pub date: String,
    /// The verdict.
    pub label: Label,
    /// Why it was changed.
    pub note_html: String,
}

impl CheckView {
    /// A part of the page, at `route`; `None` for an annotation that is no check.
    pub fn new(context: &Context<'_>, route: &str, id: Id<Annotation>, part: usize) -> Option<Self> {
        let (dossier, node) = (context.dossier, Node::Check(id));
        let (annotation, check) = (&dossier.annotations[id], dossier.check(id)?);
        let writer = Writer::new(*context, node, route);
        let origins = origins_of_evidence(dossier, id).len();
        let reports = check.evidence.len();
        let label = Label::verdict(context, &check.verdict);
        let about = check.about.iter().filter_map(|about| dossier.follow(about).ok());
        let parts = referring_parts(context, node, route, part);
        let window = &mut Window::of(part);
        let reason = writer.plain(&check.rationale.0);
        let summary = match reason.is_empty() {
            true => label.word.clone(),
            false => context.locale.phrase("ui.label", &[("label", &label.word), ("value", &reason)]),
        };
        let head = Head::new(context, route, dossier.claim(id), "checks").describe(summary);
        Some(Self {
            head: head.in_part(context, part, parts.as_ref()),
            claim: dossier.claim(id).to_owned(),
            tongue: Tongue::new(context, context.title_language(node)),
            meaning: meaning(context, "verdict_meaning", &check.verdict),
            label,
            confidence: check.confidence.map(|sure| context.word("confidence_phrase", sure.name())).unwrap_or_default(),
            confidence_meaning: check
                .confidence
                .map(|sure| meaning(context, "confidence_meaning", sure.name()))
                .unwrap_or_default(),
            rationale_html: writer.blocks(&check.rationale.0),
            passage: quoted(context, route, id),
            claimed_by: claimed_by(context, annotation, check).map(|by| claimant(context, route, by)),
            groups: groups(context, &writer, route, check),
            corroboration: if reports == 0 { String::new() } else { context.corroboration(reports, origins) },
            shared_origin: origins < reports,
            referred_by: referred_by(context, node, route, window),
            mentioned: mentioned(context, route, node, window),
            history: history(context, &writer, check),
            about: about.map(|about| NodeLink::new(context, route, about)).collect(),
            checked: check.checked.as_ref().map(|date| context.date(date)).unwrap_or_default(),
            checked_by: check.checked_by.clone(),
            draft: annotation.meta.draft,
            further: part > 1,
            parts,
        })
    }
}

/// What a built-in word means; empty for a verdict of the dossier's own scale.
fn meaning(context: &Context<'_>, table: &str, name: &str) -> String {
    let key = format!("{table}.{name}");
    Some(context.locale.word(&key)).filter(|word| *word != key).unwrap_or_default().to_owned()
}

/// Who makes the claim: whoever is named, or the article's source.
pub fn claimed_by(context: &Context<'_>, annotation: &Annotation, check: &FactCheck) -> Option<Node> {
    let dossier = context.dossier;
    match &check.claimed_by {
        Some(by) => dossier.follow(by).ok(),
        None => dossier.source_of(dossier.articles.find(&annotation.article)?).map(Node::Source),
    }
}

/// The link to who makes a claim, by a name that can stand in a sentence: of a text who published it, since nobody says
/// "claimed by A ribbon, cut twice".
pub fn claimant(context: &Context<'_>, route: &str, by: Node) -> NodeLink {
    let link = NodeLink::new(context, route, by);
    let source = account::source_of(context, by).map(|id| &context.dossier.sources[id].keys);
    match source.and_then(|source| source.publisher.as_deref()).filter(|name| is_name(name)) {
        Some(publisher) => NodeLink { title: publisher.to_owned(), tongue: Tongue::default(), ..link },
        None => link,
    }
}

/// The passage of an annotation in its sentence, on the page at `route`.
pub fn quoted(context: &Context<'_>, route: &str, id: Id<Annotation>) -> Option<Quoted> {
    let annotation = &context.dossier.annotations[id];
    let article = context.dossier.article_of(id)?;
    let node = Node::Article(article);
    let text = &context.links.bodies.get(&node)?.prose.text;
    let range = context.links.anchor(id)?.range.clone();
    let around = sentence::around(text, &range);
    let published = context.dossier.articles[article].keys.published.as_ref();
    Some(Quoted {
        link: NodeLink::new(context, route, node).at(&annotation.meta.id),
        before: format!("{}{}", around.cut.opening(), &text[around.range.start.min(range.start)..range.start]),
        quote: text[range.clone()].to_owned(),
        after: format!("{}{}", &text[range.end..around.range.end.max(range.end)], around.cut.closing()),
        tongue: Tongue::new(context, context.language(node)),
        date: published.map(|date| context.date(date)).unwrap_or_default(),
        original: fragment::original(context, id),
    })
}

fn groups(context: &Context<'_>, writer: &Writer<'_>, route: &str, check: &FactCheck) -> Vec<EvidenceGroup> {
    let group = |stance: Stance| {
        let of_stance = check.evidence.iter().filter(|evidence| evidence.stance.unwrap_or(Stance::Context) == stance);
        EvidenceGroup {
            stance: stance.name(),
            word: context.word("evidence", stance.name()),
            items: of_stance.filter_map(|evidence| item(context, writer, route, evidence)).collect(),
        }
    };
    let all = [Stance::Supports, Stance::Contradicts, Stance::Context].map(group);
    all.into_iter().filter(|group| !group.items.is_empty()).collect()
}

fn item(context: &Context<'_>, writer: &Writer<'_>, route: &str, evidence: &Evidence) -> Option<EvidenceItem> {
    let dossier = context.dossier;
    let from = match (&evidence.source, &evidence.article) {
        (Some(source), _) => dossier.follow(source),
        (None, article) => dossier.follow(article.as_ref()?),
    };
    let from = from.ok()?;
    let source = match from {
        Node::Source(source) => Some(source),
        Node::Article(article) => dossier.source_of(article),
        _ => None,
    };
    Some(EvidenceItem {
        from: NodeLink::new(context, route, from),
        source: source.map(|source| SourceCard::new(context, route, source)),
        credibility: credibility(context, evidence.credibility),
        locator: evidence.locator.clone().unwrap_or_default(),
        note_html: writer.inline(&evidence.note.0),
    })
}

/// The verdicts in their order; empty where there was only one.
fn history(context: &Context<'_>, writer: &Writer<'_>, check: &FactCheck) -> Vec<Past> {
    if check.history.is_empty() {
        return Vec::new();
    }
    let past = check.history.iter().map(|past| Past {
        date: context.date(&past.date),
        label: Label::verdict(context, &past.verdict),
        note_html: writer.inline(&past.note.0),
    });
    let now = Past {
        date: check.checked.as_ref().map(|date| context.date(date)).unwrap_or_default(),
        label: Label::verdict(context, &check.verdict),
        note_html: String::new(),
    };
    past.chain([now]).collect()
}
