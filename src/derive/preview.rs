//! The picture of a check or figure that other programs show beside a shared link: what is on it, and where it lies.
//!
//! Its name has a hash of what is on it. So a host may keep it for ever, and a build need not draw it again.

use rayon::prelude::*;
use serde::Serialize;

use super::Context;
use super::chart::Mark;
use super::check::{claimant, claimed_by};
use super::estimate::{assessed, said};
use super::figure::{Chart, ScaleOf, teller};
use super::label::Label;
use super::rows::corroboration;
use crate::base::hash::Sha256;
use crate::base::id::Id;
use crate::link::standing::{Claim, by_account};
use crate::locale::direction;
use crate::model::annotation::Annotation;
use crate::model::figure::{Figure, FigureKind};
use crate::model::value::Kind;
use crate::resolve::{Dossier, Node};

/// The size that programs ask for, in pixels.
pub const SIZE: (u32, u32) = (1200, 630);

/// Where nothing is said, this many checks and figures together have pictures: about 40 kB each.
const FEW: usize = 500;

/// Raised whenever the same content is drawn in another way: pictures of old are then drawn again.
pub const DRAWING: u32 = 1;

/// What is on a picture.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Preview {
    /// What it is: `Vérification`, `Nombre · 5 comptes rendus, 4 origines`.
    pub kind: String,
    /// The verdict, or how the estimates stand to each other.
    pub label: Label,
    /// The claim, or what is measured.
    pub title: String,
    /// Who claims it, or what the editors make of it.
    pub line: String,
    /// The estimates of a figure.
    pub plot: Option<Plot>,
    /// Who answers for the dossier; empty where nobody is named.
    pub publisher: String,
    /// The dossier.
    pub dossier: String,
    /// Whether the interface is written from right to left.
    pub rtl: bool,
}

/// The estimates of a figure on one scale; of accounts, how many tell each.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Plot {
    /// The scale; nothing for accounts, and where no estimate has a value.
    pub chart: Option<Chart>,
    /// The estimates.
    pub rows: Vec<PlotRow>,
}

/// An estimate, or an account.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlotRow {
    /// Who says it; of accounts, what is told.
    pub name: String,
    /// What is drawn on the scale.
    pub marks: Vec<Mark>,
    /// What was said, where it has no place on the scale.
    pub words: String,
    /// How many tell it; 0 on a scale.
    pub tellers: usize,
}

/// Whether the pictures of a dossier are drawn.
pub fn are_drawn(dossier: &Dossier) -> bool {
    let few = dossier.checks.len() + dossier.figures.len() <= FEW;
    cfg!(feature = "previews") && dossier.settings.build.previews.unwrap_or(few)
}

/// The pictures of a dossier, each with its route.
pub fn all(context: &Context<'_>) -> Vec<(Node, String)> {
    if !are_drawn(context.dossier) {
        return Vec::new();
    }
    let checks = context.dossier.checks.iter().map(|id| Node::Check(*id));
    let nodes: Vec<Node> = checks.chain(context.dossier.figures.iter().map(|(id, _)| Node::Figure(id))).collect();
    let named = |node: Node| Some((node, route(context.dossier, node, &Preview::of(context, node)?)));
    nodes.into_par_iter().filter_map(named).collect()
}

/// `previews/checks/damascus-date.3f29c1d07ab4e586.png`
fn route(dossier: &Dossier, node: Node, preview: &Preview) -> String {
    // A preview always has a form in JSON.
    let content = serde_json::to_vec(&(DRAWING, preview)).unwrap_or_default();
    let hash = Sha256::of(&content).to_string();
    let folder = Dossier::kind(node).map_or("", Kind::folder);
    format!("previews/{folder}/{}.{}.png", dossier.id(node), &hash[..16])
}

impl Preview {
    /// The picture of a check or a figure; `None` for anything else.
    pub fn of(context: &Context<'_>, node: Node) -> Option<Self> {
        match node {
            Node::Check(id) => Self::check(context, id),
            Node::Figure(id) => Some(Self::figure(context, id)),
            _ => None,
        }
    }

    fn new(context: &Context<'_>, kind: String, label: Label, title: &str, line: String) -> Self {
        let settings = &context.dossier.settings;
        Self {
            kind,
            label,
            title: one_line(title),
            line,
            plot: None,
            publisher: settings.publisher.name.clone(),
            dossier: settings.title.clone(),
            rtl: direction(&settings.language) == "rtl",
        }
    }

    fn check(context: &Context<'_>, id: Id<Annotation>) -> Option<Self> {
        let (dossier, check) = (context.dossier, context.dossier.check(id)?);
        let by = claimed_by(context, &dossier.annotations[id], check);
        let by = by.map(|by| claimant(context, "", by).title);
        let line = by.map(|by| context.locale.phrase("preview.claimed_by", &[("name", &by)])).unwrap_or_default();
        let label = Label::verdict(context, &check.verdict);
        Some(Self::new(context, context.word("kind", "check"), label, dossier.claim(id), line))
    }

    fn figure(context: &Context<'_>, id: Id<Figure>) -> Self {
        let (figure, standing) = (&context.dossier.figures[id], &context.links.standings[id.index()]);
        let own = figure.keys.assessment.as_ref().map(|own| assessed(context, figure, own)).filter(|own| own.given);
        let line = own.map(|own| {
            let label = context.word("figure", "assessment");
            context.locale.phrase("ui.label", &[("label", &label), ("value", &own.plain())])
        });
        let scale = ScaleOf::new(figure, standing);
        let claims = standing.in_order();
        let account = |claims: &[&Claim]| {
            let (name, tellers) = (claims.first()?.account()?.to_owned(), claims.len());
            Some(PlotRow { name, marks: Vec::new(), words: String::new(), tellers })
        };
        let rows = match figure.kind() {
            FigureKind::Account => by_account(&claims).filter_map(account).collect(),
            _ => claims.iter().map(|claim| estimate(context, id, claim, scale.as_ref())).collect(),
        };
        let plot = Plot { chart: scale.map(|scale| scale.chart(context, figure)), rows };
        let kind = context.word("figure_kind", figure.kind().name());
        let kind = format!("{kind} · {}", corroboration(context, standing));
        let label = Label::status(context, standing.status);
        let preview = Self::new(context, kind, label, &figure.keys.title, line.unwrap_or_default());
        Self { plot: Some(plot), ..preview }
    }
}

/// An estimate on a scale; in words where it has no value.
fn estimate(context: &Context<'_>, id: Id<Figure>, claim: &Claim, scale: Option<&ScaleOf>) -> PlotRow {
    let marks = scale.map(|scale| scale.marks(&claim.estimate)).unwrap_or_default();
    let words = match marks.is_empty() {
        true => said(context, &context.dossier.figures[id], &claim.estimate, "").plain(),
        false => String::new(),
    };
    PlotRow { name: teller(context, claim), marks, words: one_line(&words), tellers: 0 }
}

/// White space as single spaces; those that do not break a line stay.
fn one_line(text: &str) -> String {
    text.split([' ', '\n', '\t', '\r']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
