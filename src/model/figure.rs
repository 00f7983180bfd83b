//! `content/figures/<id>.yaml`: one measure of one thing, and what each party says it is.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};

use super::either::{OneOrMany, text_or, text_or_schema};
use super::reference::{CITED, EVENT, PARTY, Ref};
use super::schema::{ByLanguage, given, require, without};
use super::value::{Absent, Confidence, Kind, Markdown, choices, in_language};
use super::{Common, Meta, record};
use crate::base::date::Edtf;
use crate::syntax::yaml::Path;

choices! {
    /// What is in dispute.
    FigureKind {
        /// How many.
        Number = "number",
        /// When.
        Date = "date",
        /// Which account of it is right.
        Account = "account",
    }
}

choices! {
    /// How a party comes by its figure.
    Basis {
        /// A party with an interest says so.
        Claimed = "claimed",
        /// A party says so against its interest.
        Admitted = "admitted",
        /// Somebody counted.
        Counted = "counted",
        /// Each one is known by name.
        Named = "named",
        /// Somebody worked it out.
        Estimated = "estimated",
        /// Passed on without saying whence.
        Reported = "reported",
    }
}

record! {
    /// A disputed figure, date or account.
    #[schemars(transform = by_kind)]
    FigureKeys requires &["title"];
    /// What is in dispute: one measure of one thing.
    title: String,
    /// What is in dispute: a `number` unless it says otherwise.
    kind: Option<FigureKind>,
    /// What a number counts: one text, or by language `{ en: { one: …, other: … } }`.
    unit: Option<Unit>,
    /// The event that it is about.
    event: Option<Ref<EVENT>>,
    /// What else it is about: any records.
    #[serde(with = "OneOrMany::<Ref>")]
    about: Vec<Ref>,
    /// What the dispute is, in one or two sentences. Markdown.
    summary: Markdown,
    /// The editors' own estimate.
    assessment: Option<Assessment>,
    /// What sources say that are no article of this dossier; what an article says is annotated in it.
    estimates: Vec<Estimate>,
}

/// A figure with its id and place.
#[derive(Clone, Debug)]
pub struct Figure {
    /// What any record has.
    pub meta: Meta,
    /// Its keys.
    pub keys: FigureKeys,
}

impl Figure {
    /// What is in dispute.
    pub fn kind(&self) -> FigureKind {
        self.keys.kind.unwrap_or(FigureKind::Number)
    }
}

/// What a number counts: one text, or one a language, with a form for one and one for more.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(transparent)]
pub struct Unit(pub BTreeMap<String, UnitForms>);

/// The forms of a unit.
#[derive(Clone, Debug, Serialize)]
pub struct UnitForms {
    /// With one.
    pub one: String,
    /// With any other number.
    pub other: String,
}

impl Unit {
    /// The forms for a language.
    pub fn forms(&self, language: &str) -> Option<&UnitForms> {
        in_language(&self.0, language)
    }
}

impl<'de> Deserialize<'de> for Unit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text_or(deserializer, |text| Unit(BTreeMap::from([(String::new(), UnitForms::same(text))])), Unit)
    }
}

impl UnitForms {
    fn same(text: String) -> Self {
        Self { one: text.clone(), other: text }
    }
}

impl<'de> Deserialize<'de> for UnitForms {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text_or(deserializer, UnitForms::same, |forms: Forms| UnitForms {
            one: forms.one.unwrap_or_else(|| forms.other.clone()),
            other: forms.other,
        })
    }
}

/// What a number counts, for one and for more.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Forms {
    /// With one: `fighter killed`. The same as `other` unless it says otherwise.
    #[serde(default)]
    one: Option<String>,
    /// With any other number: `fighters killed`.
    other: String,
}

impl JsonSchema for Unit {
    fn schema_name() -> Cow<'static, str> {
        "Unit".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        text_or_schema::<ByLanguage<UnitForms>>(generator)
    }
}

impl JsonSchema for UnitForms {
    fn schema_name() -> Cow<'static, str> {
        "UnitForms".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        text_or_schema::<Forms>(generator)
    }
}

/// The editors' own estimate.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Assessment {
    /// At least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low: Option<Amount>,
    /// Most likely.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub best: Option<Amount>,
    /// At most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<Amount>,
    /// The date, for a figure of kind `date`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Edtf>,
    /// The account in a few words, for a figure of kind `account`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// How sure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
    /// Why. Markdown.
    #[serde(skip_serializing_if = "Absent::absent")]
    pub note: Markdown,
}

/// A decimal number, as an editor wrote it; 46 is written 46 again, not 46.0.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct Amount(pub f64);

impl Serialize for Amount {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Whole numbers up to 2^53 are exact in a double.
        if self.0.fract() == 0.0 && self.0.abs() < 9_007_199_254_740_992.0 {
            #[expect(clippy::cast_possible_truncation, reason = "whole and within range, as just tested")]
            return serializer.serialize_i64(self.0 as i64);
        }
        serializer.serialize_f64(self.0)
    }
}

/// What one party says a figure is. By the figure's kind: a number (one to three of low ≤ best ≤ high), words or an
/// explicit nothing; a date; an account.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema, PartialEq)]
#[serde(default, deny_unknown_fields)]
#[schemars(transform = estimate_of_a_source)]
pub struct Estimate {
    /// Who published it: a source, or an article of the dossier.
    #[serde(skip_serializing_if = "Absent::absent")]
    pub source: Ref<CITED>,
    /// At least. Alone: "at least so many".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low: Option<Amount>,
    /// The most likely value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub best: Option<Amount>,
    /// At most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<Amount>,
    /// What was said when no number was: `dozens`. It is shown as said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// `true`: the party spoke of it and gave no figure.
    #[serde(skip_serializing_if = "Absent::absent")]
    pub none: bool,
    /// The date, for a figure of kind `date`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Edtf>,
    /// The account in a few words, for a figure of kind `account`; equal words agree.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// Whose figure it is, where it is not the source's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Ref<PARTY>>,
    /// How they come by it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
    /// When it was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Edtf>,
    /// The Admiralty code's figure for this item, 1 to 6.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 6))]
    pub credibility: Option<u8>,
    /// Anything else. Markdown.
    #[serde(skip_serializing_if = "Absent::absent")]
    pub note: Markdown,
}

const NUMBERS: [&str; 3] = ["low", "best", "high"];

/// An estimate in a figure's own file says whose it is.
fn estimate_of_a_source(schema: &mut Schema) {
    require(schema, &["source"]);
    says_something(schema);
}

/// An estimate says something: a value, words, or that none was given, and then no value.
pub(super) fn says_something(schema: &mut Schema) {
    let values: Vec<Value> = NUMBERS.into_iter().chain(["words", "date", "account"]).map(given).collect();
    let none = json!({ "required": ["none"], "properties": { "none": { "const": true } } });
    let options: Vec<Value> = values.iter().cloned().chain([none]).collect();
    let none_beside = "`none: true` says that no figure was given, and one is given here";
    schema.insert("anyOf".to_owned(), options.into());
    schema.insert("if".to_owned(), json!({ "anyOf": values }));
    schema.insert(
        "then".to_owned(),
        json!({ "properties": { "none": { "enum": [false, null], "errorMessage": none_beside } } }),
    );
}

/// A figure's estimates and assessment are of its kind.
fn by_kind(schema: &mut Schema) {
    let kinds = [
        (FigureKind::Number, vec!["date", "account"]),
        (FigureKind::Date, [&NUMBERS[..], &["account"]].concat()),
        (FigureKind::Account, [&NUMBERS[..], &["date"]].concat()),
    ];
    let each = kinds.into_iter().map(|(kind, foreign)| {
        let foreign = without(&foreign);
        // A figure that does not say its kind is a number.
        let written = if kind == FigureKind::Number {
            json!({ "enum": [kind.name(), null] })
        } else {
            json!({ "const": kind.name() })
        };
        let required = if kind == FigureKind::Number { vec![] } else { vec!["kind"] };
        json!({
            "if": { "properties": { "kind": written }, "required": required },
            "then": { "properties": { "estimates": { "items": foreign }, "assessment": foreign } },
        })
    });
    schema.insert("allOf".to_owned(), each.collect());
}

impl Common for Figure {
    fn meta(&self) -> &Meta {
        &self.meta
    }

    fn references(&self, see: &mut dyn FnMut(Path, &str, &'static [Kind])) {
        if let Some(event) = &self.keys.event {
            event.show(Path::of("event"), see);
        }
        for (index, about) in self.keys.about.iter().enumerate() {
            about.show(Path::of("about").index(index), see);
        }
        for (index, estimate) in self.keys.estimates.iter().enumerate() {
            let path = Path::of("estimates").index(index);
            if !estimate.source.0.is_empty() {
                estimate.source.show(path.key("source"), see);
            }
            if let Some(by) = &estimate.by {
                by.show(path.key("by"), see);
            }
        }
    }

    fn prose(&self, see: &mut dyn FnMut(Path, &Markdown)) {
        see(Path::of("summary"), &self.keys.summary);
        if let Some(assessment) = &self.keys.assessment {
            see(Path::of("assessment").key("note"), &assessment.note);
        }
        for (index, estimate) in self.keys.estimates.iter().enumerate() {
            see(Path::of("estimates").index(index).key("note"), &estimate.note);
        }
    }
}
