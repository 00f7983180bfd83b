//! `content/figures/<id>.yaml`: one measure of one thing, and what each party says it is.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};

use super::value::{Absent, Confidence, Kind, Markdown, Ref, choices, in_language, text_or};
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
    FigureKeys requires &["title"];
    /// What is measured.
    title: String,
    /// `number` unless it says otherwise.
    kind: Option<FigureKind>,
    /// What is counted.
    unit: Option<Unit>,
    /// The event that it is about.
    event: Option<Ref>,
    /// What else it is about.
    #[serde(deserialize_with = "super::value::one_or_many")]
    about: Vec<Ref>,
    /// One or two sentences.
    summary: Markdown,
    /// The editors' own.
    assessment: Option<Assessment>,
    /// By sources that are no article of this dossier.
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
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Forms {
            #[serde(default)]
            one: Option<String>,
            other: String,
        }
        text_or(deserializer, UnitForms::same, |forms: Forms| UnitForms {
            one: forms.one.unwrap_or_else(|| forms.other.clone()),
            other: forms.other,
        })
    }
}

/// The editors' own estimate.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
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
    /// For a date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Edtf>,
    /// For an account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// How sure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
    /// Why.
    #[serde(skip_serializing_if = "Absent::absent")]
    pub note: Markdown,
}

/// A decimal number, as an editor wrote it; 46 is written 46 again, not 46.0.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Deserialize)]
#[serde(transparent)]
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
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Estimate {
    /// Who published it.
    #[serde(skip_serializing_if = "Absent::absent")]
    pub source: Ref,
    /// What it says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low: Option<Amount>,
    /// The most likely value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub best: Option<Amount>,
    /// At most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<Amount>,
    /// What was said when no number was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// The party spoke and gave no figure.
    #[serde(skip_serializing_if = "Absent::absent")]
    pub none: bool,
    /// For a date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Edtf>,
    /// For an account: a short label; equal labels agree.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// Whose figure it is, where it is not the source's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Ref>,
    /// How they come by it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
    /// When it was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Edtf>,
    /// The Admiralty code's figure for this item, 1 to 6.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credibility: Option<u8>,
    /// Anything else.
    #[serde(skip_serializing_if = "Absent::absent")]
    pub note: Markdown,
}

impl Common for Figure {
    fn meta(&self) -> &Meta {
        &self.meta
    }

    fn references(&self, see: &mut dyn FnMut(Path, &Ref, &'static [Kind])) {
        if let Some(event) = &self.keys.event {
            see(Path::of("event"), event, &[Kind::Event]);
        }
        for (index, about) in self.keys.about.iter().enumerate() {
            see(Path::of("about").index(index), about, Kind::ALL);
        }
        for (index, estimate) in self.keys.estimates.iter().enumerate() {
            let path = Path::of("estimates").index(index);
            if !estimate.source.0.is_empty() {
                see(path.key("source"), &estimate.source, &[Kind::Source, Kind::Article]);
            }
            if let Some(by) = &estimate.by {
                see(path.key("by"), by, BY);
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

/// Who can say something: a party, a publication or an article.
pub const BY: &[Kind] = &[Kind::Entity, Kind::Source, Kind::Article];
