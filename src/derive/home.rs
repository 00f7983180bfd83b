//! The home page: the briefing, and the dossier's state at a glance.

use serde::Serialize;

use super::Context;
use super::around::Writer;
use super::article::{Counted, verdicts};
use super::changes::{self, Change};
use super::estimate::{self, Said};
use super::figure::MiniChart;
use super::head::Head;
use super::routes::ListOf;
use super::text::Text;
use super::view::{NodeLink, WordLink};
use crate::base::id::Id;
use crate::link::standing::Status;
use crate::model::figure::Figure;
use crate::resolve::Node;

/// How many of each are shown; the rest is a page away.
const MOST: usize = 6;

/// The briefing.
#[derive(Clone, Debug, Serialize)]
pub struct Home {
    /// Around the content.
    pub head: Head,
    /// One or two sentences.
    pub summary_html: String,
    /// The text.
    pub text: Text,
    /// The lists, with how much is in each.
    pub ways: Vec<WordLink>,
    /// Verdicts by how often they were given, best first.
    pub verdicts: Vec<Counted>,
    /// The same as stretches of one bar.
    pub bar: Vec<Stretch>,
    /// How many checks there are.
    pub checks: usize,
    /// Figures in dispute, those with the most estimates first.
    pub disputes: Vec<Dispute>,
    /// How many there are in all.
    pub disputed: usize,
    /// The latest changes of verdict.
    pub corrections: Vec<Change>,
}

/// A part of the bar of verdicts; all of them together are `checks` wide.
#[derive(Clone, Debug, Serialize)]
pub struct Stretch {
    /// Its tone, a class.
    pub tone: &'static str,
    /// Where it starts.
    pub start: usize,
    /// How wide it is.
    pub width: usize,
}

/// A figure in dispute.
#[derive(Clone, Debug, Serialize)]
pub struct Dispute {
    /// The figure.
    pub figure: NodeLink,
    /// What the editors make of it.
    pub assessment: Option<Said>,
    /// How many speak, and how many of them independently.
    pub corroboration: String,
    /// Its estimates in a small picture.
    pub chart: Option<MiniChart>,
    #[serde(skip)]
    estimates: usize,
    #[serde(skip)]
    id: Id<Figure>,
}

impl Home {
    /// The page at `route`.
    pub fn new(context: &Context<'_>, route: &str) -> Self {
        let summary = context.dossier.home.as_ref().map_or("", |home| home.keys.summary.0.as_str());
        let writer = Writer::new(*context, Node::Home, route);
        let settings = &context.dossier.settings;
        let description =
            if settings.description.is_empty() { writer.plain(summary) } else { settings.description.clone() };
        let given = context.dossier.checks.iter().filter_map(|id| context.dossier.check(*id));
        let verdicts = verdicts(context, given.map(|check| check.verdict.as_str()));
        let disputes = disputes(context, route);
        let newest = &changes::changes(context.dossier);
        let newest = &newest[..MOST.min(newest.len())];
        Self {
            head: Head::new(context, route, context.dossier.title(Node::Home), "home").describe(description),
            summary_html: writer.inline(summary),
            text: Text::of(context, Node::Home, route),
            ways: ways(context),
            bar: bar(&verdicts),
            verdicts,
            checks: context.dossier.checks.len(),
            disputed: disputes.len(),
            disputes: disputes.into_iter().take(MOST).map(|dispute| dispute.drawn(context)).collect(),
            corrections: changes::rows(context, route, newest),
        }
    }
}

impl Dispute {
    fn drawn(self, context: &Context<'_>) -> Self {
        Self { chart: MiniChart::new(context, self.id), ..self }
    }
}

/// The lists that have rows, with how many.
pub fn ways(context: &Context<'_>) -> Vec<WordLink> {
    let lists = ListOf::ALL.iter().map(|list| (list, list.rows(context.dossier))).filter(|(_, rows)| *rows > 0);
    let way = |(list, rows): (&ListOf, usize)| WordLink {
        href: format!("{}/index.html", list.folder()),
        word: context.locale.count(&format!("count.{}", list.kind()), rows),
    };
    lists.map(way).collect()
}

fn bar(verdicts: &[Counted]) -> Vec<Stretch> {
    let mut start = 0;
    let stretch = |verdict: &Counted| {
        let stretch = Stretch { tone: verdict.label.tone, start, width: verdict.count };
        start += verdict.count;
        stretch
    };
    verdicts.iter().map(stretch).collect()
}

fn disputes(context: &Context<'_>, route: &str) -> Vec<Dispute> {
    let figures = context.dossier.figures.iter().zip(context.links.standings.iter());
    let disputed = figures.filter(|(_, standing)| standing.status == Status::Disputed);
    let mut disputes: Vec<Dispute> = disputed
        .map(|((id, figure), standing)| Dispute {
            figure: NodeLink::new(context, route, Node::Figure(id)),
            assessment: figure.keys.assessment.as_ref().map(|own| estimate::assessed(context, figure, own)),
            corroboration: context.corroboration(standing.estimates.len(), standing.origins),
            chart: None,
            estimates: standing.estimates.len(),
            id,
        })
        .collect();
    disputes.sort_by_key(|dispute| std::cmp::Reverse(dispute.estimates));
    disputes
}
