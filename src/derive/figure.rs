//! `figures/<id>.html`: a disputed figure, date or account: every estimate in a table, drawn on one scale.

mod mini;
mod scale;

use serde::Serialize;

use super::Context;
use super::account::source_of;
use super::around::Writer;
use super::article::{ReferredBy, referred_by, referring_rows};
use super::chart::Mark;
use super::estimate::{Said, assessed, said};
use super::head::Head;
use super::label::Label;
use super::mentioned::{Mentioned, mentioned};
use super::parts::{PartLinks, Window};
use super::rows::{corroboration, link, passage, words_language};
use super::source_card::{credibility, reliability};
use super::view::{NodeLink, Tongue};
use crate::base::date::Edtf;
use crate::base::id::Id;
use crate::link::Links;
use crate::link::standing::{Claim, Standing, by_account};
use crate::model::figure::{Figure, FigureKind};
use crate::resolve::Node;
pub use mini::{MiniChart, MiniRow};
pub(super) use scale::ScaleOf;
pub use scale::{Chart, Tick};

/// What `figure.html` shows.
#[derive(Clone, Debug, Serialize)]
pub struct FigurePage {
    /// Around the content.
    pub head: Head,
    /// What is in dispute, in a word: a number, a date, an account.
    pub kind: String,
    /// The language of its title.
    pub tongue: Tongue,
    /// Whether it is a draft.
    pub draft: bool,
    /// One or two sentences.
    pub summary_html: String,
    /// The event that it is about.
    pub event: Option<NodeLink>,
    /// What else it is about.
    pub about: Vec<NodeLink>,
    /// Whether the estimates agree.
    pub status: Label,
    /// What that means, in a sentence.
    pub meaning: String,
    /// How many estimates from how many origins.
    pub corroboration: String,
    /// Whether some of them share an origin.
    pub shared: bool,
    /// The editors' own.
    pub assessment: Option<AssessmentView>,
    /// What is counted; empty where nothing is, or it is not said.
    pub unit: String,
    /// The scale that the estimates are drawn on; nothing for accounts, and where none has a value.
    pub chart: Option<Chart>,
    /// Whether the estimates are in groups that say the same.
    pub grouped: bool,
    /// The estimates: in one group; for accounts, one for each that agree.
    pub groups: Vec<EstimateGroup>,
    /// Whether one of these estimates has a grade beside its source's: readers are told what the two are.
    pub graded: bool,
    /// Passages that refer to it.
    pub referred_by: Vec<ReferredBy>,
    /// Where texts link to it.
    pub mentioned: Mentioned,
    /// Whether this is a further part: of lists alone.
    pub further: bool,
    /// This part among the others; nothing when there is one.
    pub parts: Option<PartLinks>,
}

/// The editors' own estimate.
#[derive(Clone, Debug, Serialize)]
pub struct AssessmentView {
    /// What they say.
    pub said: Said,
    /// How sure they are, in words; empty where it is not said.
    pub confidence: String,
    /// Why.
    pub note_html: String,
}

/// Estimates that are shown together.
#[derive(Clone, Debug, Serialize)]
pub struct EstimateGroup {
    /// What all of them say; nothing where each says something else.
    pub said: Option<Said>,
    /// How many they are, and from how many origins; empty for the only group.
    pub corroboration: String,
    /// The estimates.
    pub rows: Vec<EstimateRow>,
}

/// An estimate.
#[derive(Clone, Debug, Serialize)]
pub struct EstimateRow {
    /// Whose figure it is, where a record is named.
    pub by: Option<NodeLink>,
    /// Who published it; empty where that is not known, or is who says it.
    pub publisher: String,
    /// Where it is read: the passage of an article, or a source.
    pub from: NodeLink,
    /// How reliable that is, in words; empty where it is not said.
    pub reliability: String,
    /// How credible this item is, in words; empty where it is not said.
    pub credibility: String,
    /// The source that it rests on.
    pub origin: Option<NodeLink>,
    /// What is drawn.
    pub marks: Vec<Mark>,
    /// What was said.
    pub said: Said,
    /// How they come by it; empty where it is not said.
    pub basis: String,
    /// When it was said; empty where it is not known.
    pub as_of: String,
    /// Anything else.
    pub note_html: String,
}

/// How many rows the lists of a figure's page have, in all parts.
pub fn rows(links: &Links, id: Id<Figure>) -> usize {
    links.standings[id.index()].estimates.len() + referring_rows(links, Node::Figure(id))
}

impl FigurePage {
    /// The view of a part of a figure's page.
    pub fn new(context: &Context<'_>, route: &str, id: Id<Figure>, part: usize) -> Self {
        let (figure, node) = (&context.dossier.figures[id], Node::Figure(id));
        let (keys, standing) = (&figure.keys, &context.links.standings[id.index()]);
        let writer = Writer::new(*context, node, route);
        let scale = ScaleOf::new(figure, standing);
        let about = keys.about.iter().filter_map(|about| link(context, route, Some(about)));
        let stem = format!("figures/{}", figure.meta.id);
        let parts = PartLinks::new(context, route, &stem, part, rows(context.links, id));
        // The estimates come first.
        let groups = groups(context, route, id, scale.as_ref(), part);
        let window = &mut Window::of(part);
        window.next(standing.estimates.len());
        let summary = writer.plain(&keys.summary.0);
        let summary = if summary.is_empty() { in_short(context, figure, standing) } else { summary };
        let head = Head::new(context, route, &keys.title, "figures").describe(summary);
        Self {
            head: head.in_part(context, part, parts.as_ref()),
            kind: context.word("figure_kind", figure.kind().name()),
            tongue: Tongue::new(context, context.language(node)),
            draft: figure.meta.draft,
            summary_html: writer.inline(&keys.summary.0),
            event: link(context, route, keys.event.as_ref()),
            about: about.collect(),
            status: Label::status(context, standing.status),
            meaning: meaning(context, figure.kind(), standing.status.name()),
            corroboration: corroboration(context, standing),
            shared: standing.origins < standing.estimates.len(),
            assessment: keys.assessment.as_ref().map(|own| AssessmentView {
                said: assessed(context, figure, own),
                confidence: own.confidence.map(|it| context.word("confidence_phrase", it.name())).unwrap_or_default(),
                note_html: writer.inline(&own.note.0),
            }),
            unit: unit(context, figure),
            chart: scale.as_ref().map(|scale| scale.chart(context, figure)),
            grouped: figure.kind() == FigureKind::Account,
            graded: groups.iter().flat_map(|group| &group.rows).any(|row| !row.credibility.is_empty()),
            groups,
            referred_by: referred_by(context, node, route, window),
            mentioned: mentioned(context, route, node, window),
            further: part > 1,
            parts,
        }
    }
}

/// What a status means: values fit one another or do not, accounts are the same or are not.
fn meaning(context: &Context<'_>, kind: FigureKind, status: &str) -> String {
    match kind {
        FigureKind::Account => context.word("status_meaning", &format!("account_{status}")),
        FigureKind::Number | FigureKind::Date => context.word("status_meaning", status),
    }
}

/// What a page without a summary says of itself elsewhere: `Contesté · 7 comptes rendus, 7 origines · Notre évaluation : 46`.
fn in_short(context: &Context<'_>, figure: &Figure, standing: &Standing) -> String {
    let own = figure.keys.assessment.as_ref().map(|own| {
        let said = assessed(context, figure, own).plain();
        let label = context.locale.word("figure.assessment");
        context.locale.phrase("ui.label", &[("label", label), ("value", &said)])
    });
    let status = Label::status(context, standing.status).word;
    [Some(status), Some(corroboration(context, standing)), own].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn unit(context: &Context<'_>, figure: &Figure) -> String {
    let forms = figure.keys.unit.as_ref().and_then(|unit| unit.forms(&context.dossier.settings.language));
    forms.map(|forms| forms.other.clone()).unwrap_or_default()
}

/// The estimates of a part as groups: accounts by what they say, numbers and dates in order of value.
fn groups(
    context: &Context<'_>,
    route: &str,
    id: Id<Figure>,
    scale: Option<&ScaleOf>,
    part: usize,
) -> Vec<EstimateGroup> {
    let mut window = Window::of(part);
    let (figure, standing) = (&context.dossier.figures[id], &context.links.standings[id.index()]);
    let claims = standing.in_order();
    let row = |claim: &&Claim| EstimateRow::new(context, route, id, claim, scale);
    if figure.kind() != FigureKind::Account {
        let rows = window.cut(&claims).iter().map(row).collect();
        return vec![EstimateGroup { said: None, corroboration: String::new(), rows }];
    }
    let group = |claims: &[&Claim]| {
        let first = claims.first()?;
        let rows: Vec<EstimateRow> = window.cut(claims).iter().map(row).collect();
        (!rows.is_empty()).then(|| EstimateGroup {
            said: Some(said(context, figure, &first.estimate, words_language(context, id, first))),
            corroboration: group_corroboration(context, claims),
            rows,
        })
    };
    by_account(&claims).filter_map(group).collect()
}

/// Who makes an estimate, in a name: the party, or who published it, or where it is read.
pub(super) fn teller(context: &Context<'_>, claim: &Claim) -> String {
    let dossier = context.dossier;
    let by = claim.estimate.by.as_ref().and_then(|by| dossier.follow(by).ok()).filter(|by| *by != claim.from);
    let publisher = source_of(context, claim.from).and_then(|id| dossier.sources[id].keys.publisher.as_deref());
    let name = by.map(|by| dossier.title(by)).or(publisher.filter(|name| !name.is_empty()));
    name.unwrap_or_else(|| dossier.title(claim.from)).to_owned()
}

fn group_corroboration(context: &Context<'_>, claims: &[&Claim]) -> String {
    let origins: std::collections::BTreeSet<Node> =
        claims.iter().map(|claim| context.dossier.origin(claim.from)).collect();
    context.corroboration(claims.len(), origins.len())
}

impl EstimateRow {
    fn new(context: &Context<'_>, route: &str, id: Id<Figure>, claim: &Claim, scale: Option<&ScaleOf>) -> Self {
        let (dossier, estimate) = (context.dossier, &claim.estimate);
        let by = estimate.by.as_ref().and_then(|by| dossier.follow(by).ok()).filter(|by| *by != claim.from);
        let source = source_of(context, claim.from);
        let keys = source.map(|source| &dossier.sources[source].keys);
        let letter = keys.and_then(|keys| keys.reliability);
        let origin =
            source.filter(|source| dossier.origin_of(*source) != *source).map(|source| dossier.origin_of(source));
        let from = claim.annotation.and_then(|annotation| passage(context, route, annotation));
        let node = claim.annotation.map_or(Node::Figure(id), Node::Check);
        Self {
            by: by.map(|by| NodeLink::new(context, route, by)),
            publisher: keys.and_then(|keys| keys.publisher.clone()).unwrap_or_default(),
            from: from.unwrap_or_else(|| NodeLink::new(context, route, claim.from)),
            reliability: letter.map(|letter| reliability(context, letter)).unwrap_or_default(),
            credibility: credibility(context, estimate.credibility),
            origin: origin.map(|origin| NodeLink::new(context, route, Node::Source(origin))),
            marks: scale.map(|scale| scale.marks(estimate)).unwrap_or_default(),
            said: said(context, &dossier.figures[id], estimate, words_language(context, id, claim)),
            basis: estimate.basis.map(|basis| context.word("basis", basis.name())).unwrap_or_default(),
            as_of: as_of(context, claim).map(|date| context.locale.date_short(date)).unwrap_or_default(),
            note_html: Writer::new(*context, node, route).inline(&estimate.note.0),
        }
    }
}

/// When an estimate was made: as said, or when what it is read in was published.
fn as_of<'a>(context: &Context<'a>, claim: &'a Claim) -> Option<&'a Edtf> {
    claim.estimate.as_of.as_ref().or_else(|| context.dossier.published(claim.from))
}
