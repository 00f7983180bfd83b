//! A judgement in a word: a verdict, a status. Never colour alone: a tone always comes with its sign and its word.

use serde::Serialize;

use super::Context;
use crate::link::standing::Status;

/// A judgement as it is shown; templates write it with `{{<label of={…} />}}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Label {
    /// Its tone, the class that gives the colour: `positive`, `mixed`, `negative`, `neutral`.
    pub tone: &'static str,
    /// The tone's sign as a character; empty for a word that judges nothing.
    pub sign: &'static str,
    /// What is said: `Inexact`, `Contesté`.
    pub word: String,
}

impl Label {
    /// A word in a tone.
    pub fn new(tone: &'static str, word: impl Into<String>) -> Self {
        Self { tone, sign: sign(tone), word: word.into() }
    }

    /// A word that judges nothing: a status says how estimates stand to one another, a relation how records do.
    pub fn plain(word: impl Into<String>) -> Self {
        Self { tone: "neutral", sign: "", word: word.into() }
    }

    /// A verdict by its id.
    pub fn verdict(context: &Context<'_>, id: &str) -> Self {
        Self::new(context.tone(id), context.verdict_label(id))
    }

    /// The status of a figure.
    pub fn status(context: &Context<'_>, status: Status) -> Self {
        Self::plain(context.locale.named("status", status.name()))
    }
}

/// The sign of a tone.
pub fn sign(tone: &str) -> &'static str {
    match tone {
        "positive" => "✓",
        "mixed" => "=",
        "negative" => "×",
        _ => "○",
    }
}
