//! `dossier.json`: the whole dossier, as docs/format.md describes it.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::Context;
use crate::base::id::Id;
use crate::derive::routes::route;
use crate::link::{Backlink, sentence};
use crate::model::annotation::{Annotation, AnnotationKind, Evidence};
use crate::model::article::SourceField;
use crate::model::reference::{Kinds, Ref};
use crate::resolve::{Dossier, Node};

/// Writes it, one record a line.
pub(super) fn write(context: &Context<'_>, out: &mut Vec<u8>) {
    let Context { dossier, .. } = context;
    let settings = &dossier.settings;
    out.extend_from_slice(b"{ \"format\": 1,\n\"site\": ");
    super::json(out, &json!({ "title": settings.title, "language": settings.language, "base_url": settings.base_url }));
    let in_order = context.links.in_order_of_place(dossier);
    list(out, "articles", dossier.articles.iter().map(|(id, _)| article(context, id)));
    list(out, "annotations", in_order.iter().filter_map(|id| annotation(context, *id)));
    list(out, "checks", dossier.checks.iter().map(|id| check(context, *id)));
    list(out, "entities", dossier.entities.iter().map(|(id, _)| entity(context, Node::Entity(id))));
    list(out, "events", dossier.events.iter().map(|(id, _)| event(context, Node::Event(id))));
    list(out, "figures", dossier.figures.iter().map(|(id, _)| figure(context, Node::Figure(id))));
    list(out, "sources", dossier.sources.iter().map(|(id, _)| source(context, Node::Source(id))));
    list(out, "pages", dossier.pages.iter().map(|(id, _)| page(context, Node::Page(id))));
    out.extend_from_slice(b" }\n");
}

fn list(out: &mut Vec<u8>, name: &str, items: impl Iterator<Item = Value>) {
    out.extend_from_slice(b",\n\"");
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b"\": [");
    for (index, item) in items.enumerate() {
        out.extend_from_slice(if index == 0 { b"\n" } else { b",\n" });
        super::json(out, &item);
    }
    out.push(b']');
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

fn article(context: &Context<'_>, id: Id<crate::model::article::Article>) -> Value {
    let Context { dossier, links, .. } = context;
    let (record, node) = (&dossier.articles[id], Node::Article(id));
    let prose = links.bodies.get(&node).map(|located| &located.prose);
    let text = prose.map_or("", |prose| prose.text.as_str());
    let first = json!({ "id": record.meta.id, "title": record.keys.title, "language": context.language(node), "url": route(dossier, node) });
    let mut all = with_keys(first, &record.keys);
    if let Some(SourceField::Name(_) | SourceField::Inline(_)) = &record.keys.source {
        match dossier.source_of(id) {
            Some(source) => all.insert("source".to_owned(), dossier.id(Node::Source(source)).into()),
            None => all.remove("source"),
        };
    }
    all.insert("text".to_owned(), text.into());
    let points = CodePoints::of(text);
    let mentions = links.mentions(node).iter().map(|mention| {
        json!({
            "of": dossier.reference(mention.of),
            "start": points.at(mention.range.start),
            "end": points.at(mention.range.end),
            "text": &text[mention.range.clone()],
            "by": mention.by.name(),
        })
    });
    all.insert("mentions".to_owned(), mentions.collect());
    all.into()
}

/// Code points before each byte of a text, for the starts of its characters.
struct CodePoints<'a> {
    text: &'a str,
    /// The code points before every 256th byte.
    marks: Vec<usize>,
}

impl<'a> CodePoints<'a> {
    const STEP: usize = 256;

    fn of(text: &'a str) -> Self {
        let is_start = |byte: &&u8| (**byte as i8) >= -0x40;
        let mut count = 0;
        let marks = text.as_bytes().chunks(Self::STEP).map(|chunk| {
            let before = count;
            count += chunk.iter().filter(is_start).count();
            before
        });
        Self { text, marks: marks.collect() }
    }

    fn at(&self, byte: usize) -> usize {
        let is_start = |byte: &&u8| (**byte as i8) >= -0x40;
        let Some(mark) = self.marks.get(byte / Self::STEP).or(self.marks.last()) else { return 0 };
        let chunk = (byte / Self::STEP).min(self.marks.len() - 1) * Self::STEP;
        mark + self.text.as_bytes()[chunk..byte].iter().filter(is_start).count()
    }
}

fn annotation(context: &Context<'_>, id: Id<Annotation>) -> Option<Value> {
    let Context { dossier, links, .. } = context;
    let annotation = &dossier.annotations[id];
    let node = Node::Article(dossier.articles.find(&annotation.article)?);
    let mut first = json!({ "id": annotation.meta.id, "type": annotation.kind.name(), "article": annotation.article });
    if let Some(anchor) = links.anchor(id) {
        let text = &links.bodies.get(&node)?.prose.text;
        let start = text[..anchor.range.start].chars().count();
        first["start"] = start.into();
        first["end"] = (start + text[anchor.range.clone()].chars().count()).into();
        first["text"] = text[anchor.range.clone()].into();
        first["anchoring"] = if anchor.distance == 0 { "exact" } else { "drifted" }.into();
    }
    let mut all = with_keys(first, &annotation.target);
    all.extend(with_keys(json!({}), &annotation.kind));
    resolved(dossier, annotation, &mut all);
    Some(all.into())
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
        "article": annotation.article,
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

fn entity(context: &Context<'_>, node: Node) -> Value {
    let Context { dossier, links, .. } = context;
    let Node::Entity(id) = node else { return Value::Null };
    let record = &dossier.entities[id];
    let first = json!({ "id": record.meta.id, "name": record.keys.name, "kind": record.keys.kind, "url": route(dossier, node) });
    let mut all = with_keys(first, &record.keys);
    if let Some(part_of) = &record.keys.part_of {
        all.insert("part_of".to_owned(), bare(part_of));
    }
    all.insert("backlinks".to_owned(), backlinks(context, node));
    let related = links
        .related
        .of(id)
        .map(|(other, together)| json!({ "entity": dossier.id(Node::Entity(other)), "weight": together.weight() }));
    all.insert("related".to_owned(), related.collect());
    all.into()
}

fn backlinks(context: &Context<'_>, node: Node) -> Value {
    context.links.backlinks(node).iter().map(|backlink| self::backlink(context, backlink)).collect()
}

/// Who mentions a node, how often, and each sentence once.
fn backlink(context: &Context<'_>, backlink: &Backlink) -> Value {
    let text = context.links.bodies.get(&backlink.from).map_or("", |located| located.prose.text.as_str());
    let mut contexts: Vec<&str> = Vec::new();
    for mention in &backlink.mentions {
        let sentence = &text[sentence::around(text, mention)];
        if contexts.last() != Some(&sentence) {
            contexts.push(sentence);
        }
    }
    contexts.extend(backlink.texts.iter().map(String::as_str));
    let count = backlink.mentions.len() + backlink.texts.len();
    json!({ "from": context.dossier.reference(backlink.from), "count": count, "contexts": contexts })
}

fn event(context: &Context<'_>, node: Node) -> Value {
    let Context { dossier, .. } = context;
    let Node::Event(id) = node else { return Value::Null };
    let record = &dossier.events[id];
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
    all.insert("backlinks".to_owned(), backlinks(context, node));
    all.into()
}

fn figure(context: &Context<'_>, node: Node) -> Value {
    let Context { dossier, links, .. } = context;
    let Node::Figure(id) = node else { return Value::Null };
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
    all.into()
}

fn source(context: &Context<'_>, node: Node) -> Value {
    let Context { dossier, .. } = context;
    let Node::Source(id) = node else { return Value::Null };
    let record = &dossier.sources[id];
    // `url` is the page's file in every record; the source's own address goes under another name.
    let first = json!({ "id": record.meta.id, "title": record.keys.title, "url": route(dossier, node), "address": record.keys.url });
    let mut all = with_keys(first, &record.keys);
    all.retain(|_, value| !value.is_null());
    if let Some(origin) = &record.keys.origin {
        all.insert("origin".to_owned(), bare(origin));
    }
    all.into()
}

fn page(context: &Context<'_>, node: Node) -> Value {
    let Context { dossier, .. } = context;
    let Node::Page(id) = node else { return Value::Null };
    let record = &dossier.pages[id];
    json!({ "id": record.meta.id, "title": record.keys.title, "url": route(dossier, node) })
}
