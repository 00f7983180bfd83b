//! What is found: a record a page, and one for each note in the margin of an article.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::base::date::Edtf;
use crate::base::id::Id;
use crate::base::turned;
use crate::derive::Context;
use crate::derive::around::Writer;
use crate::derive::estimate::{assessed, said};
use crate::derive::note::{capitalised, has_note};
use crate::derive::routes::{ListOf, route};
use crate::derive::rows::words_language;
use crate::derive::search::KINDS;
use crate::derive::source_card::SourceCard;
use crate::model::annotation::{Annotation, AnnotationKind};
use crate::model::article::Article;
use crate::model::entity::{Alias, Entity};
use crate::model::event::Event;
use crate::model::figure::Figure;
use crate::model::reference::{Kinds, Ref};
use crate::model::source::SourceRecord;
use crate::model::value::Kind;
use crate::resolve::Node;

/// A quote longer than this, in bytes, is cut where it stands for its note's title.
const LONGEST_TITLE: usize = 160;

/// What a record is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Found {
    /// What has a page.
    Page(Node),
    /// An annotation that has none: its place is in its article.
    Note(Id<Annotation>),
}

/// What can be found of one page or note, in the words that a reader sees there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Record {
    /// Its place in [`KINDS`].
    pub(super) kind: usize,
    /// Its route, with the anchor of a note.
    pub(super) href: String,
    /// What it is called.
    pub(super) title: String,
    /// The language of that.
    pub(super) title_language: String,
    /// Its other names; the values of a figure, the verdict of a check.
    pub(super) names: String,
    /// A line about it: when, where, by whom.
    pub(super) facts: String,
    /// What it says, a line a paragraph.
    pub(super) text: String,
    /// The language of that.
    pub(super) language: String,
    /// The place of its verdict in the scale.
    pub(super) verdict: Option<usize>,
    /// The first and last year of its date. An end that is open or not known is nothing.
    pub(super) years: Option<(Option<i32>, Option<i32>)>,
}

/// All that can be found, each kind in the order of its list.
pub(super) fn all(context: &Context<'_>) -> Vec<Found> {
    let dossier = context.dossier;
    let list = |list: ListOf| context.orders.of(list).iter().map(|node| Found::Page(*node));
    let mut found: Vec<Found> = LISTS.iter().flat_map(|of| list(*of)).collect();
    let has_own_place = |annotation: &Annotation| annotation.fact_check().is_none() && has_note(&annotation.kind);
    let notes = dossier.annotations.iter().filter(|(_, annotation)| has_own_place(annotation));
    found.extend(notes.map(|(id, _)| Found::Note(id)));
    found.extend(dossier.home.iter().map(|_| Found::Page(Node::Home)));
    found.extend(dossier.pages.iter().map(|(id, _)| Found::Page(Node::Page(id))));
    found
}

/// The kinds that have a list; of two that answer equally well, what comes first is shown first.
const LISTS: &[ListOf] =
    &[ListOf::Articles, ListOf::Checks, ListOf::Figures, ListOf::Events, ListOf::Entities, ListOf::Sources];

impl Record {
    /// The record of a page or note.
    pub(super) fn new(context: &Context<'_>, found: Found) -> Self {
        let node = match found {
            Found::Page(node) => node,
            Found::Note(id) => {
                return Maker::new(context, article_of(context, id).unwrap_or(Node::Home)).note(id).turned_nowhere();
            }
        };
        let maker = Maker::new(context, node);
        let record = match node {
            Node::Article(id) => maker.article(id),
            Node::Entity(id) => maker.entity(id),
            Node::Event(id) => maker.event(id),
            Node::Figure(id) => maker.figure(id),
            Node::Source(id) => maker.source(id),
            Node::Check(id) => maker.check(id),
            Node::Page(id) => maker.page("page", &context.dossier.pages[id].keys.summary.0),
            Node::Home => maker.page("page", context.dossier.home.as_ref().map_or("", |home| &home.keys.summary.0)),
        };
        record.turned_nowhere()
    }

    /// Without what would show a text in another order than it is written.
    fn turned_nowhere(mut self) -> Self {
        for text in [&mut self.title, &mut self.names, &mut self.facts, &mut self.text] {
            if let Cow::Owned(plain) = turned::plain(text) {
                *text = plain;
            }
        }
        self
    }
}

fn article_of(context: &Context<'_>, id: Id<Annotation>) -> Option<Node> {
    context.dossier.article_of(id).map(Node::Article)
}

struct Maker<'a> {
    context: &'a Context<'a>,
    node: Node,
    writer: Writer<'a>,
}

impl<'a> Maker<'a> {
    fn new(context: &'a Context<'a>, node: Node) -> Self {
        Self { context, node, writer: Writer::new(*context, node, "") }
    }

    /// What every page has.
    fn record(&self, kind: &str) -> Record {
        Record {
            kind: KINDS.iter().position(|known| *known == kind).unwrap_or_default(),
            href: route(self.context.dossier, self.node),
            title: self.context.dossier.title(self.node).to_owned(),
            title_language: self.context.title_language(self.node).to_owned(),
            language: self.context.language(self.node).to_owned(),
            ..Record::default()
        }
    }

    fn article(&self, id: Id<Article>) -> Record {
        let keys = &self.context.dossier.articles[id].keys;
        let publisher = self
            .context
            .dossier
            .source_of(id)
            .and_then(|source| self.context.dossier.sources[source].keys.publisher.clone());
        Record {
            facts: line([publisher.unwrap_or_default(), self.date(keys.published.as_ref())]),
            text: paragraphs([self.plain(&keys.summary.0), self.body(), keys.tags.join(", ")]),
            years: years(keys.published.as_ref()),
            ..self.record("article")
        }
    }

    fn check(&self, id: Id<Annotation>) -> Record {
        let (context, annotation) = (self.context, &self.context.dossier.annotations[id]);
        let Some(check) = annotation.fact_check() else { return self.record("check") };
        let scale = &context.dossier.settings.verdicts;
        let quote = check.claim.as_ref().map(|_| annotation.target.quote.clone()).unwrap_or_default();
        let evidence = check.evidence.iter().map(|evidence| self.plain(&evidence.note.0));
        let before = [self.plain(&check.rationale.0), quote];
        Record {
            names: context.verdict_label(&check.verdict),
            facts: article_of(context, id).map(|article| context.dossier.title(article).to_owned()).unwrap_or_default(),
            text: paragraphs(before.into_iter().chain(evidence)),
            verdict: scale.iter().position(|verdict| verdict.id == check.verdict),
            years: years(check.checked.as_ref()),
            ..self.record("check")
        }
    }

    fn figure(&self, id: Id<Figure>) -> Record {
        let (context, dossier) = (self.context, self.context.dossier);
        let (figure, standing) = (&dossier.figures[id], &context.links.standings[id.index()]);
        let event = figure.keys.event.as_ref().and_then(|event| dossier.find(&event.0, &[Kind::Event]).ok());
        let own = figure.keys.assessment.as_ref();
        let own_said = own.map(|own| assessed(context, figure, own));
        let (mut values, mut texts) = (Vec::new(), vec![self.plain(&figure.keys.summary.0)]);
        values.extend(own_said.iter().filter(|said| said.given).map(|said| said.bare.clone()));
        texts.extend(own_said.map(|said| {
            line([
                said.plain(),
                context.word("figure", "assessment"),
                own.map_or_else(String::new, |own| self.plain(&own.note.0)),
            ])
        }));
        for claim in &standing.estimates {
            let said = said(context, figure, &claim.estimate, words_language(context, id, claim));
            let by = claim.estimate.by.as_ref().and_then(|by| dossier.follow(by).ok()).unwrap_or(claim.from);
            values.extend(said.given.then(|| said.bare.clone()));
            texts.push(line([said.plain(), dossier.title(by).to_owned(), self.plain(&claim.estimate.note.0)]));
        }
        let status = context.word("status", standing.status.name());
        Record {
            names: line(values.into_iter().collect::<BTreeSet<_>>()),
            facts: line([status, event.map_or_else(String::new, |event| dossier.title(event).to_owned())]),
            text: paragraphs(texts),
            years: event.and_then(|event| match event {
                Node::Event(id) => years(dossier.events[id].keys.date.as_ref()),
                _ => None,
            }),
            ..self.record("figure")
        }
    }

    fn event(&self, id: Id<Event>) -> Record {
        let keys = &self.context.dossier.events[id].keys;
        let participants = keys.participants.iter().filter_map(|participant| {
            let name = self.title_of(&participant.entity)?;
            Some(participant.role.as_ref().map_or_else(|| name.to_owned(), |role| format!("{name} ({role})")))
        });
        let place = keys.place.as_ref().and_then(|place| self.title_of(place));
        Record {
            names: aliases(&keys.aliases),
            facts: line([self.date(keys.date.as_ref()), place.unwrap_or_default().to_owned()]),
            text: paragraphs([self.plain(&keys.summary.0), self.body(), participants.collect::<Vec<_>>().join(", ")]),
            years: years(keys.date.as_ref()),
            ..self.record("event")
        }
    }

    fn entity(&self, id: Id<Entity>) -> Record {
        let keys = &self.context.dossier.entities[id].keys;
        let whole = keys.part_of.as_ref().and_then(|whole| self.title_of(whole));
        let names = keys.names.values().cloned().chain([aliases(&keys.aliases)]);
        let notes = keys.relations.iter().map(|relation| self.plain(&relation.note.0));
        Record {
            names: line(names),
            facts: line([self.context.entity_kind(&keys.kind, false), whole.unwrap_or_default().to_owned()]),
            text: paragraphs([self.plain(&keys.summary.0), self.body()].into_iter().chain(notes)),
            ..self.record("entity")
        }
    }

    fn source(&self, id: Id<SourceRecord>) -> Record {
        let keys = &self.context.dossier.sources[id].keys;
        let SourceCard { publisher, authors, kind, date, .. } = SourceCard::new(self.context, "", id);
        Record {
            facts: line([publisher, authors.join(", "), kind, date]),
            text: self.plain(&keys.note.0),
            years: years(keys.published.as_ref()),
            ..self.record("source")
        }
    }

    fn page(&self, kind: &str, summary: &str) -> Record {
        Record { text: paragraphs([self.plain(summary), self.body()]), ..self.record(kind) }
    }

    /// A note in the margin, under the words it is about.
    fn note(&self, id: Id<Annotation>) -> Record {
        let (context, annotation) = (self.context, &self.context.dossier.annotations[id]);
        let (what, text) = self.remark(id);
        let article = match self.node {
            Node::Article(article) => years(context.dossier.articles[article].keys.published.as_ref()),
            _ => None,
        };
        let record = self.record("annotation");
        Record {
            href: format!("{}#{}", record.href, annotation.meta.id),
            facts: line([what, record.title]),
            title: shortened(&annotation.target.quote),
            title_language: context.language(self.node).to_owned(),
            text,
            language: annotation.meta.language.as_deref().unwrap_or(&context.dossier.settings.language).to_owned(),
            years: article,
            ..record
        }
    }

    /// What a note is, in a word, and what it says.
    fn remark(&self, id: Id<Annotation>) -> (String, String) {
        let (context, annotation) = (self.context, &self.context.dossier.annotations[id]);
        let what = context.word("annotation", annotation.kind.name());
        match &annotation.kind {
            AnnotationKind::FactCheck(_) => (what, String::new()),
            AnnotationKind::CrossReference(reference) => {
                let relation = reference.relation.map(|it| capitalised(&context.word("relation", it.name())));
                (
                    relation.unwrap_or(what),
                    paragraphs([
                        line(reference.to.iter().filter_map(|to| self.title_of(to))),
                        self.plain(&reference.note.0),
                    ]),
                )
            }
            AnnotationKind::Figure(claim) => {
                let Ok(Node::Figure(figure)) = context.dossier.follow(&claim.figure) else {
                    return (what, String::new());
                };
                let said =
                    said(context, &context.dossier.figures[figure], &claim.estimate(), context.language(self.node));
                let title = context.dossier.title(Node::Figure(figure)).to_owned();
                (what, paragraphs([line([title, said.plain()]), self.plain(&claim.note.0)]))
            }
            AnnotationKind::Mention(mention) => {
                (what, paragraphs([line(self.title_of(&mention.of)), self.plain(&mention.note.0)]))
            }
            AnnotationKind::Note(remark) => (what, self.plain(&remark.note.0)),
        }
    }

    fn plain(&self, markdown: &str) -> String {
        if markdown.is_empty() { String::new() } else { self.writer.plain(markdown) }
    }

    fn body(&self) -> String {
        self.context
            .links
            .bodies
            .get(&self.node)
            .map_or_else(String::new, |located| located.prose.text.trim_end().to_owned())
    }

    fn date(&self, date: Option<&Edtf>) -> String {
        date.map(|date| self.context.date(date)).unwrap_or_default()
    }

    fn title_of<const KINDS: Kinds>(&self, reference: &Ref<KINDS>) -> Option<String> {
        let node = self.context.dossier.follow(reference).ok()?;
        Some(self.context.dossier.title(node).to_owned())
    }
}

/// Aliases are found whatever their `match` says: that is only about mentions.
fn aliases(aliases: &[Alias]) -> String {
    line(aliases.iter().map(|alias| alias.text.clone()))
}

/// What there is of these, on one line.
fn line(parts: impl IntoIterator<Item = String>) -> String {
    joined(parts, " · ")
}

/// What there is of these, a line each.
fn paragraphs(parts: impl IntoIterator<Item = String>) -> String {
    joined(parts, "\n")
}

fn joined(parts: impl IntoIterator<Item = String>, between: &str) -> String {
    parts.into_iter().filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join(between)
}

fn years(date: Option<&Edtf>) -> Option<(Option<i32>, Option<i32>)> {
    let year = |day: crate::base::date::Day| day.year();
    date.map(|date| (date.earliest().map(year), date.latest().map(year)))
}

/// A quote as a title: cut at a space where it is long.
fn shortened(quote: &str) -> String {
    let quote = quote.split_whitespace().collect::<Vec<_>>().join(" ");
    let cut = quote.char_indices().map(|(at, _)| at).take_while(|at| *at <= LONGEST_TITLE).last().unwrap_or(0);
    match quote[..cut].rfind(' ') {
        Some(space) if quote.len() > LONGEST_TITLE => format!("{}…", &quote[..space]),
        _ => quote,
    }
}
