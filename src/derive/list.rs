//! The lists of a kind, in parts: which rows, in which order, under which headings.

mod rows;

use serde::Serialize;

use super::Context;
use super::article::Counted;
use super::figure::MiniChart;
use super::head::Head;
use super::label::Label;
use super::routes::{ListOf, PART, part, parts, relative};
use super::view::{NodeLink, WordLink};

/// A part of a list.
#[derive(Clone, Debug, Serialize)]
pub struct ListView {
    /// Around the content.
    pub head: Head,
    /// The folder of its records, as a class: `articles`, `entities` …
    pub of: &'static str,
    /// How many rows the whole list has, in words.
    pub count: String,
    /// The rows of this part, in groups.
    pub groups: Vec<Group>,
    /// Which part it is, in words; empty for a list of one part.
    pub part: String,
    /// The part before it.
    pub previous: Option<WordLink>,
    /// The part after it.
    pub next: Option<WordLink>,
}

/// Rows under one heading.
#[derive(Clone, Debug, Serialize)]
pub struct Group {
    /// The heading; empty for a list without any.
    pub title: String,
    /// The heading as a judgement, where it is one.
    pub label: Option<Label>,
    /// How many rows it has in this part.
    pub count: usize,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A record in a list.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// Its page, under its name.
    pub link: NodeLink,
    /// Its date, in words; empty in lists that do not go by dates.
    pub when: String,
    /// What is said of it, where its heading does not say it.
    pub label: Option<Label>,
    /// Short facts: who published it, how often it is mentioned …
    pub facts: Vec<String>,
    /// An article's verdicts and how often each was given.
    pub verdicts: Vec<Counted>,
    /// One or two sentences.
    pub summary_html: String,
    /// A figure's estimates in a small picture.
    pub chart: Option<MiniChart>,
}

impl ListView {
    /// Part `number` of a list, at `route`.
    pub fn new(context: &Context<'_>, route: &str, of: ListOf, number: usize) -> Self {
        let folder = of.folder();
        let total = of.rows(context.dossier);
        let all = parts(total);
        let count = context.locale.count(&format!("count.{}", of.kind()), total);
        let to = |number: usize, word: &str| WordLink {
            href: relative(route, &part(&format!("{folder}/index"), number)),
            word: context.word("nav", word),
        };
        let place = context.locale.phrase("nav.part", &[("n", &number.to_string()), ("m", &all.to_string())]);
        let title = context.word("nav", folder);
        let title = if number == 1 {
            title
        } else {
            context.locale.phrase("ui.label", &[("label", &title), ("value", &place)])
        };
        Self {
            head: Head::new(context, route, &title, folder).describe(count.clone()),
            of: folder,
            count,
            groups: rows::groups(context, route, of, (number - 1) * PART..(number * PART).min(total)),
            part: if all > 1 { place } else { String::new() },
            previous: (number > 1).then(|| to(number - 1, "previous")),
            next: (number < all).then(|| to(number + 1, "next")),
        }
    }
}
