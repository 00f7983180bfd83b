//! `dossier.json`: the whole dossier, as docs/format.md describes it.

use std::io::{self, Write};
use std::ops::Range;

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::Context;
use super::points::{self, CodePoints};
use crate::base::id::{Arena, Id};
use crate::derive::routes::route;
use crate::link::{self, locate::Spot};
use crate::model::annotation::{Annotation, AnnotationKind, Evidence};
use crate::model::article::{Article, SourceField};
use crate::model::entity::Entity;
use crate::model::event::Event;
use crate::model::figure::Figure;
use crate::model::page::Page;
use crate::model::reference::{Kinds, Ref};
use crate::model::source::SourceRecord;
use crate::resolve::{Dossier, Node};

/// Writes it, one record a line.
pub(super) fn write(context: &Context<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Context { dossier, .. } = context;
    let settings = &dossier.settings;
    out.write_all(b"{ \"format\": 1,\n\"site\": ")?;
    let site = json!({ "title": settings.title, "language": settings.language, "base_url": settings.base_url });
    super::json(out, &site)?;
    let mut annotations = context.links.in_order_of_place(dossier);
    let passages = points::passages(context);
    annotations.retain(|id| dossier.article_of(*id).is_some());
    list(out, "articles", &ids(&dossier.articles), |id| article(context, *id))?;
    list(out, "annotations", &annotations, |id| annotation(context, *id, passages[id.index()].as_ref()))?;
    list(out, "checks", &dossier.checks, |id| check(context, *id))?;
    list(out, "entities", &ids(&dossier.entities), |id| entity(context, *id))?;
    list(out, "events", &ids(&dossier.events), |id| event(context, *id))?;
    list(out, "figures", &ids(&dossier.figures), |id| figure(context, *id))?;
    list(out, "sources", &ids(&dossier.sources), |id| source(context, *id))?;
    list(out, "pages", &ids(&dossier.pages), |id| page(context, *id))?;
    out.write_all(b" }\n")
}

fn ids<T>(records: &Arena<T>) -> Vec<Id<T>> {
    records.iter().map(|(id, _)| id).collect()
}

fn list<T: Sync, V: Serialize>(
    out: &mut dyn Write,
    name: &str,
    items: &[T],
    record: impl Fn(&T) -> V + Sync,
) -> io::Result<()> {
    write!(out, ",\n\"{name}\": ")?;
    super::list(out, items, record)
}

/// A record's own keys, after the ones given.
fn with_keys(first: Value, keys: &impl Serialize) -> Map<String, Value> {
    let Value::Object(mut all) = first else { return Map::new() };
    if let Ok(Value::Object(keys)) = serde_json::to_value(keys) {
        for (key, value) in keys {
            all.entry(key).or_insert(value);
        }
    }
    all
}

/// An article's own keys, then what is found in its text.
#[derive(Serialize)]
struct ArticleJson<'a> {
    #[serde(flatten)]
    keys: Map<String, Value>,
    text: &'a str,
    mentions: Vec<MentionJson<'a>>,
}

#[derive(Serialize)]
struct MentionJson<'a> {
    of: String,
    start: usize,
    end: usize,
    text: &'a str,
    by: &'static str,
}

fn article<'a>(context: &Context<'a>, id: Id<Article>) -> ArticleJson<'a> {
    let Context { dossier, links, .. } = *context;
    let (record, node) = (&dossier.articles[id], Node::Article(id));
    let text = links.bodies.get(&node).map_or("", |located| located.prose.text.as_str());
    let first = json!({ "id": record.meta.id, "title": record.keys.title, "language": context.language(node), "url": route(dossier, node) });
    let mut keys = with_keys(first, &record.keys);
    if let Some(SourceField::Name(_) | SourceField::Inline(_)) = &record.keys.source {
        match dossier.source_of(id) {
            Some(source) => keys.insert("source".to_owned(), dossier.id(Node::Source(source)).into()),
            None => keys.remove("source"),
        };
    }
    let points = CodePoints::of(text);
    let mentions = links.mentions(node).iter().map(|mention| MentionJson {
        of: dossier.reference(mention.of),
        start: points.at(mention.range().start),
        end: points.at(mention.range().end),
        text: &text[mention.range()],
        by: mention.by.name(),
    });
    ArticleJson { keys, text, mentions: mentions.collect() }
}

/// An annotation, and its passage in code points.
fn annotation(context: &Context<'_>, id: Id<Annotation>, passage: Option<&Range<usize>>) -> Map<String, Value> {
    let Context { dossier, links, .. } = context;
    let annotation = &dossier.annotations[id];
    let mut first =
        json!({ "id": annotation.meta.id, "type": annotation.kind.name(), "article": &*annotation.article });
    let article = dossier.article_of(id).map(Node::Article);
    let text = article.and_then(|article| Some(&links.bodies.get(&article)?.prose.text));
    if let (Some(anchor), Some(text), Some(passage)) = (links.anchor(id), text, passage) {
        first["start"] = passage.start.into();
        first["end"] = passage.end.into();
        first["text"] = text[anchor.range.clone()].into();
        first["anchoring"] = if anchor.distance == 0 { "exact" } else { "drifted" }.into();
    }
    let mut all = with_keys(first, &annotation.target);
    all.extend(with_keys(json!({}), &annotation.kind));
    if let Some(language) = &annotation.meta.language {
        all.insert("language".to_owned(), (&**language).into());
    }
    resolved(dossier, annotation, &mut all);
    all
}

/// References that may be of several kinds are written in full.
fn resolved(dossier: &Dossier, annotation: &Annotation, all: &mut Map<String, Value>) {
    match &annotation.kind {
        AnnotationKind::FactCheck(check) => {
            if let Some(by) = &check.claimed_by {
                all.insert("claimed_by".to_owned(), full(dossier, by));
            }
            if !check.about.is_empty() {
                all.insert("about".to_owned(), check.about.iter().map(|about| full(dossier, about)).collect());
            }
        }
        AnnotationKind::CrossReference(reference) => {
            let to: Vec<Value> = reference.to.iter().map(|to| full(dossier, to)).collect();
            let to = if let [one] = to.as_slice() { one.clone() } else { to.into() };
            all.insert("to".to_owned(), to);
        }
        AnnotationKind::Figure(claim) => {
            all.insert("figure".to_owned(), bare(&claim.figure));
            if let Some(by) = &claim.by {
                all.insert("by".to_owned(), full(dossier, by));
            }
        }
        AnnotationKind::Mention(mention) => drop(all.insert("of".to_owned(), full(dossier, &mention.of))),
        AnnotationKind::Note(_) => {}
    }
}

/// A reference in full; as written where it leads nowhere.
fn full<const KINDS: Kinds>(dossier: &Dossier, reference: &Ref<KINDS>) -> Value {
    dossier.follow(reference).map_or_else(|_| reference.0.clone(), |node| dossier.reference(node)).into()
}

/// The id of a reference that can be of one kind only.
fn bare<const KINDS: Kinds>(reference: &Ref<KINDS>) -> Value {
    reference.0.rsplit(':').next().unwrap_or_default().into()
}

fn check(context: &Context<'_>, id: Id<Annotation>) -> Value {
    let Context { dossier, .. } = context;
    let annotation = &dossier.annotations[id];
    let Some(check) = annotation.fact_check() else { return Value::Null };
    let mut all = json!({
        "id": annotation.meta.id,
        "url": route(dossier, Node::Check(id)),
        "article": &*annotation.article,
        "claim": dossier.claim(id),
        "verdict": check.verdict,
    });
    let mut optional = |key: &str, value: Value| {
        if !value.is_null() {
            all[key] = value;
        }
    };
    optional("confidence", json!(check.confidence));
    optional("checked", json!(check.checked));
    let evidence: Vec<Value> = check.evidence.iter().map(|evidence| self::evidence(evidence).into()).collect();
    all["evidence"] = evidence.into();
    all["origins"] = origins(context, id).into();
    all
}

fn evidence(evidence: &Evidence) -> Map<String, Value> {
    let mut all = with_keys(json!({}), evidence);
    let named = [("source", evidence.source.as_ref().map(bare)), ("article", evidence.article.as_ref().map(bare))];
    all.extend(named.into_iter().filter_map(|(key, id)| Some((key.to_owned(), id?))));
    all
}

/// How many independent origins the evidence of a check has.
pub(super) fn origins(context: &Context<'_>, id: Id<Annotation>) -> usize {
    crate::link::standing::origins_of_evidence(context.dossier, id).len()
}

/// An entity's or event's own keys, then what is found in the texts of others.
#[derive(Serialize)]
struct MentionedJson<'a> {
    #[serde(flatten)]
    keys: Map<String, Value>,
    backlinks: Vec<BacklinkJson>,
    /// Of entities.
    #[serde(skip_serializing_if = "Option::is_none")]
    related: Option<Vec<RelatedJson<'a>>>,
}

#[derive(Serialize)]
struct BacklinkJson {
    from: String,
    count: usize,
    contexts: Vec<String>,
}

#[derive(Serialize)]
struct RelatedJson<'a> {
    entity: &'a str,
    weight: usize,
}

fn entity<'a>(context: &Context<'a>, id: Id<Entity>) -> MentionedJson<'a> {
    let Context { dossier, links, .. } = *context;
    let (record, node) = (&dossier.entities[id], Node::Entity(id));
    let first = json!({ "id": record.meta.id, "name": record.keys.name, "kind": record.keys.kind, "url": route(dossier, node) });
    let mut keys = with_keys(first, &record.keys);
    if let Some(part_of) = &record.keys.part_of {
        keys.insert("part_of".to_owned(), bare(part_of));
    }
    let related = links.related(dossier, id).iter();
    let related = related
        .map(|(other, together)| RelatedJson { entity: dossier.id(Node::Entity(*other)), weight: together.weight() });
    MentionedJson { keys, backlinks: backlinks(context, node), related: Some(related.collect()) }
}

fn backlinks<'a>(context: &Context<'a>, node: Node) -> Vec<BacklinkJson> {
    context.links.backlinks(node).into_iter().map(|backlink| self::backlink(context, &backlink)).collect()
}

/// Who mentions a node, how often, and each sentence once.
fn backlink<'a>(context: &Context<'a>, backlink: &link::Backlink<'a>) -> BacklinkJson {
    let text = context.links.bodies.get(&backlink.from).map_or("", |located| located.prose.text.as_str());
    let shown = |spot: &Spot| [spot.cut().opening(), &text[spot.sentence()], spot.cut().closing()].concat();
    let mut contexts: Vec<String> = backlink.mentions.iter().map(shown).collect();
    contexts.dedup();
    contexts.extend(backlink.texts.iter().map(|key| key.text.to_string()));
    BacklinkJson { from: context.dossier.reference(backlink.from), count: backlink.count(), contexts }
}

fn event<'a>(context: &Context<'a>, id: Id<Event>) -> MentionedJson<'a> {
    let dossier = context.dossier;
    let (record, node) = (&dossier.events[id], Node::Event(id));
    let first = json!({ "id": record.meta.id, "title": record.keys.title, "url": route(dossier, node) });
    let mut all = with_keys(first, &record.keys);
    if let Some(date) = &record.keys.date {
        for (key, day) in [("earliest", date.earliest()), ("latest", date.latest())] {
            if let Some(day) = day {
                all.insert(key.to_owned(), day.to_string().into());
            }
        }
    }
    let named = [("place", record.keys.place.as_ref().map(bare)), ("part_of", record.keys.part_of.as_ref().map(bare))];
    all.extend(named.into_iter().filter_map(|(key, id)| Some((key.to_owned(), id?))));
    MentionedJson { keys: all, backlinks: backlinks(context, node), related: None }
}

fn figure(context: &Context<'_>, id: Id<Figure>) -> Map<String, Value> {
    let Context { dossier, links, .. } = context;
    let node = Node::Figure(id);
    let (record, standing) = (&dossier.figures[id], &links.standings[id.index()]);
    let first = json!({
        "id": record.meta.id,
        "title": record.keys.title,
        "url": route(dossier, node),
        "kind": record.kind().name(),
        "status": standing.status.name(),
        "origins": standing.origins,
    });
    let mut all = with_keys(first, &record.keys);
    let estimates = standing.estimates.iter().map(|claim| {
        let mut estimate = with_keys(json!({ "from": dossier.reference(claim.from) }), &claim.estimate);
        estimate.remove("source");
        if let Some(by) = &claim.estimate.by {
            let by = dossier.follow(by).map_or_else(|_| by.0.clone(), |node| dossier.reference(node));
            estimate.insert("by".to_owned(), by.into());
        }
        if let Some(annotation) = claim.annotation {
            estimate.insert("annotation".to_owned(), dossier.annotations[annotation].meta.id.clone().into());
        }
        Value::Object(estimate)
    });
    all.insert("estimates".to_owned(), estimates.collect());
    all
}

fn source(context: &Context<'_>, id: Id<SourceRecord>) -> Map<String, Value> {
    let Context { dossier, .. } = context;
    let (record, node) = (&dossier.sources[id], Node::Source(id));
    // `url` is the page's file in every record; the source's own address goes under another name.
    let first = json!({ "id": record.meta.id, "title": record.keys.title, "url": route(dossier, node), "address": record.keys.url });
    let mut all = with_keys(first, &record.keys);
    all.retain(|_, value| !value.is_null());
    if let Some(origin) = &record.keys.origin {
        all.insert("origin".to_owned(), bare(origin));
    }
    all
}

fn page(context: &Context<'_>, id: Id<Page>) -> Value {
    let Context { dossier, .. } = context;
    let (record, node) = (&dossier.pages[id], Node::Page(id));
    json!({ "id": record.meta.id, "title": record.keys.title, "url": route(dossier, node) })
}
