//! The names of one dossier where a schema left a place for them: ids of records, verdicts, kinds of entity, languages.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::locale::Locale;
use crate::model::schema::{ENTITY_KINDS, LANGUAGES, NAMES, VERDICTS};
use crate::model::settings;
use crate::model::value::{Kind, Localised};
use crate::resolve::Dossier;
use crate::resolve::names::Unresolved;

/// More records than this in one place are no list that a person chooses from, and slow every program down: then only the form
/// of their ids is asked for.
const MOST: usize = 10_000;

/// A name and what it stands for.
type Named = (Value, String);

/// The names of a dossier.
pub(super) struct Names<'a> {
    dossier: &'a Dossier,
    locale: Locale,
    /// What was filled in for some kinds: most files refer to the same.
    known: RefCell<BTreeMap<Vec<Kind>, Map<String, Value>>>,
}

impl<'a> Names<'a> {
    pub(super) fn new(dossier: &'a Dossier) -> Self {
        Self { dossier, locale: Locale::or_english(&dossier.settings.language), known: RefCell::default() }
    }

    /// Fills in the names in a schema and in every schema within it.
    pub(super) fn fill(&self, schema: &mut Value) {
        super::shape::each(schema, &mut |object| match object.shift_remove(NAMES) {
            Some(Value::Array(kinds)) => {
                let kinds = kinds.iter().filter_map(|kind| Kind::from_name(kind.as_str()?));
                self.references(object, &kinds.collect::<Vec<Kind>>());
            }
            Some(Value::String(what)) if what == VERDICTS => choose(object, self.verdicts()),
            Some(Value::String(what)) if what == ENTITY_KINDS => choose(object, self.entity_kinds()),
            Some(Value::String(what)) if what == LANGUAGES => self.languages(object),
            _ => {}
        });
    }

    /// The references that can stand in a place.
    fn references(&self, schema: &mut Map<String, Value>, kinds: &[Kind]) {
        let known = &mut *self.known.borrow_mut();
        let place = known.entry(kinds.to_vec()).or_insert_with(|| self.place(kinds));
        schema.extend(place.clone());
    }

    /// Ids that only one fitting kind has, then every id after its kind.
    fn place(&self, kinds: &[Kind]) -> Map<String, Value> {
        let names: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
        let what = if kinds.len() == Kind::ALL.len() { "record".to_owned() } else { names.join(" or ") };
        let ids = |kind: &Kind| self.dossier.ids(*kind).into_iter().chain(self.dossier.lost(*kind));
        let count: usize = kinds.iter().map(|kind| ids(kind).count()).sum();
        let place = if count == 0 {
            let none_yet = format!("this dossier has no {what} yet");
            json!({ "type": "string", "pattern": "(?!)", "patternErrorMessage": none_yet })
        } else if count > MOST {
            let form = format!("^(?:(?:{}):)?[a-z0-9][a-z0-9-]*$", names.join("|"));
            json!({ "pattern": form, "patternErrorMessage": format!("the id of a {what} belongs here") })
        } else {
            let (mut bare, mut full) = (Vec::new(), Vec::new());
            for (kind, id) in kinds.iter().flat_map(|kind| ids(kind).map(move |id| (*kind, id))) {
                let meaning = self.meaning(kind, id);
                if self.is_one(id, kinds) {
                    // An id of digits alone is a number to YAML.
                    bare.extend(as_number(id).map(|number| (number.into(), meaning.clone())));
                    bare.push((id.into(), meaning.clone()));
                }
                full.push((format!("{}:{id}", kind.name()).into(), meaning));
            }
            bare.extend(full);
            let mut place = json!({ "errorMessage": format!("no {what} of this dossier is called so") });
            if let Some(place) = place.as_object_mut() {
                choose(place, bare);
            }
            place
        };
        if let Value::Object(place) = place { place } else { Map::new() }
    }

    /// Whether a bare id names one record among these kinds, or one whose file cannot be read now.
    fn is_one(&self, id: &str, kinds: &[Kind]) -> bool {
        matches!(self.dossier.find(id, kinds), Ok(_) | Err(Unresolved::Lost))
    }

    fn meaning(&self, kind: Kind, id: &str) -> String {
        let title = self.dossier.named(kind, id).map(|node| self.dossier.title(node));
        title.map_or_else(|| kind.name().to_owned(), |title| format!("{}: {title}", kind.name()))
    }

    fn verdicts(&self) -> Vec<Named> {
        let verdicts = self.dossier.settings.verdicts.iter();
        verdicts.map(|verdict| self.labelled(&verdict.id, &verdict.label, "verdict")).collect()
    }

    fn entity_kinds(&self) -> Vec<Named> {
        let none = Localised::default();
        let built_in = settings::ENTITY_KINDS.iter().map(|id| self.labelled(id, &none, "entity_kind"));
        let own = self.dossier.settings.entity_kinds.iter();
        built_in.chain(own.map(|kind| self.labelled(&kind.id, &kind.label, "entity_kind"))).collect()
    }

    fn labelled(&self, id: &str, label: &Localised, family: &str) -> Named {
        let key = format!("{family}.{id}");
        let written = label.get(self.locale.tag());
        let word = if written.is_empty() { self.locale.word(&key) } else { written };
        (id.into(), word.to_owned())
    }

    /// The languages in use: words to choose from, or, for a map by language, its keys.
    fn languages(&self, schema: &mut Map<String, Value>) {
        let tags = self.dossier.languages();
        match schema.get("patternProperties").and_then(Value::as_object).and_then(|one| one.values().next()).cloned() {
            Some(value) => {
                let keys: Map<String, Value> = tags.into_iter().map(|tag| (tag.to_owned(), value.clone())).collect();
                schema.insert("properties".to_owned(), keys.into());
            }
            None => drop(schema.insert("enum".to_owned(), tags.into_iter().collect())),
        }
    }
}

/// One of some names.
fn choose(schema: &mut Map<String, Value>, names: Vec<Named>) {
    let (words, meanings): (Vec<Value>, Vec<String>) = names.into_iter().unzip();
    schema.insert("enum".to_owned(), words.into());
    schema.insert("enumDescriptions".to_owned(), json!(meanings));
}

/// The number that YAML reads an id as.
fn as_number(id: &str) -> Option<u64> {
    let number: u64 = id.parse().ok()?;
    (number.to_string() == id).then_some(number)
}

impl Dossier {
    /// The tags of the languages that its records use, and its own.
    fn languages(&self) -> BTreeSet<&str> {
        let mut tags = BTreeSet::from([self.settings.language.as_str()]);
        self.each_record(&mut |_, record| tags.extend(record.meta().language.as_deref()));
        for entity in self.entities.records() {
            tags.extend(entity.keys.names.keys().map(String::as_str));
        }
        tags.retain(|tag| crate::syntax::language::is_language(tag));
        tags
    }
}
