//! The index as files that a browser loads as it needs them: scripts, so that they load from a folder too.
//!
//! ```text
//! search/index.js             what is asked of each record without its text; which words and texts are in which file
//! search/data/n-<sum>.js      entities and articles by name, for the filters
//! search/data/w-<sum>.js      words in their order, each with its places
//! search/data/t-<sum>.js      texts of records in their order
//! ```
//!
//! Each calls `dossierSearch.take(name, data)`. The sum is that of the data: a file whose name a browser knows has not changed.
//! Numbers are written in digits of 32, the last of each marked by being below 32 among [`DIGITS`]; ascending lists as their steps.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::json;

use super::postings::{Counter, Postings};
use super::record::Record;
use super::subjects::MARK;
use crate::base::hash::Sha256;
use crate::base::turned;
use crate::derive::Context;
use crate::derive::search::KINDS;
use crate::resolve::Node;

/// The folder of the index in the site.
const FOLDER: &str = "search";

/// The folder of what has its sum in its name: a browser may keep it for ever.
pub const KEPT: &str = "search/data";

/// Words go on in a further file when one has as many bytes.
const WORDS_SIZE: usize = 48 << 10;

/// Texts go on in a further file when one has as many bytes.
const TEXTS_SIZE: usize = 20 << 10;

/// The digits of numbers: of 32 each, first those that end a number.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// What is asked of a record without its text.
#[derive(Debug)]
pub(super) struct Line {
    kind: usize,
    verdict: Option<usize>,
    /// Of its title, and of its text.
    languages: [String; 2],
    years: Option<(Option<i32>, Option<i32>)>,
    /// How many words its title, names, facts and text have.
    lengths: [u32; 4],
}

impl Line {
    /// Of a record, whose words are counted.
    pub(super) fn new(record: &Record, counter: &mut Counter) -> Self {
        let lengths = [&record.title, &record.names, &record.facts, &record.text].map(|text| counter.read(text));
        let Record { kind, verdict, years, .. } = record;
        let languages = [record.title_language.clone(), record.language.clone()];
        Self { kind: *kind, verdict: *verdict, languages, years: *years, lengths }
    }
}

/// The lines of all records.
pub(super) struct Columns {
    languages: Vec<String>,
    /// The first and the last year of any record.
    years: (i32, i32),
    numbers: String,
}

/// Puts the lines of all records together.
pub(super) fn columns<'a>(context: &Context<'_>, lines: impl Iterator<Item = &'a Line> + Clone) -> Columns {
    let mut languages = vec![context.dossier.settings.language.clone()];
    let known = || lines.clone().filter_map(|line| line.years).flat_map(|(from, to)| [from, to]).flatten();
    let years = (known().min().unwrap_or_default(), known().max().unwrap_or_default());
    let mut numbers = String::new();
    for line in lines.clone() {
        let [of_title, of_text] = [&line.languages[0], &line.languages[1]].map(|language| {
            languages.iter().position(|known| known == language).unwrap_or_else(|| {
                languages.push(language.clone());
                languages.len() - 1
            })
        });
        let year = |year: i32| u32::try_from(year - years.0 + 1).unwrap_or_default();
        let (from, to) =
            line.years.map_or((0, 0), |(from, to)| (year(from.unwrap_or(years.0)), year(to.unwrap_or(years.1))));
        let verdict = line.verdict.map_or(0, |place| place + 1);
        for number in
            [line.kind, verdict, of_title, of_text].map(small).into_iter().chain([from, to]).chain(line.lengths)
        {
            push_number(&mut numbers, number);
        }
    }
    Columns { languages, years, numbers }
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Adds a record's text to the last piece of a file, or begins the next. Each has the number of its records.
pub(super) fn push_text(record: &Record, pieces: &mut Vec<(usize, String)>) {
    let Record { href, title, names, facts, text, .. } = record;
    let written = json!([href, title, names, facts, text]).to_string();
    match pieces.last_mut() {
        Some((records, piece)) if piece.len() < TEXTS_SIZE => {
            *records += 1;
            piece.push_str(",\n");
            piece.push_str(&written);
        }
        _ => pieces.push((1, written)),
    }
}

/// Writes all files. What is written is let go of piece by piece: with it twice in memory, a large dossier would need a third more.
pub(super) fn write(
    context: &Context<'_>,
    columns: &Columns,
    texts: Vec<(usize, String)>,
    postings: Postings,
    files: &mut BTreeMap<String, Vec<u8>>,
) {
    let words = words(postings, files);
    let mut first = 0;
    let texts: Vec<(usize, String)> = texts
        .into_iter()
        .map(|(records, piece)| {
            let named = (first, add(files, "t-", &format!("[{piece}]")));
            first += records;
            named
        })
        .collect();
    let settings = &context.dossier.settings;
    let index = json!({
        "format": 1,
        "count": first,
        "kinds": KINDS,
        "verdicts": settings.verdicts.iter().map(|verdict| &verdict.id).collect::<Vec<_>>(),
        "languages": columns.languages,
        "years": columns.years,
        "records": columns.numbers,
        "words": words,
        "texts": texts,
        "names": add(files, "n-", &names(context).to_string()),
    });
    put(files, FOLDER, "index", &index.to_string());
}

/// Writes the words; gives the first word of each file, and its name.
fn words(postings: Postings, files: &mut BTreeMap<String, Vec<u8>>) -> Vec<(String, String)> {
    let mut named = Vec::new();
    let mut first = String::new();
    let mut data = String::new();
    for (word, places) in postings.into_words() {
        if data.is_empty() {
            first.clone_from(&word);
        } else {
            data.push(' ');
        }
        data.push_str(&word);
        data.push(' ');
        push_ascending(&mut data, &places);
        if data.len() >= WORDS_SIZE {
            named.push((std::mem::take(&mut first), add(files, "w-", &format!("\"{data}\""))));
            data.clear();
        }
    }
    if !data.is_empty() {
        named.push((first, add(files, "w-", &format!("\"{data}\""))));
    }
    named
}

/// The entities and articles by name: what can be filtered by.
fn names(context: &Context<'_>) -> serde_json::Value {
    let dossier = context.dossier;
    let sorted = |nodes: Vec<Node>| -> Vec<(&str, Cow<'_, str>)> {
        let mut nodes = nodes;
        nodes.sort_by_cached_key(|node| context.locale.sort_key(dossier.title(*node)));
        nodes.into_iter().map(|node| (dossier.id(node), turned::plain(dossier.title(node)))).collect()
    };
    json!({
        "mark": MARK,
        "entity": sorted(dossier.entities.iter().map(|(id, _)| Node::Entity(id)).collect()),
        "article": sorted(dossier.articles.iter().map(|(id, _)| Node::Article(id)).collect()),
    })
}

/// Adds a file that is named by what is in it.
fn add(files: &mut BTreeMap<String, Vec<u8>>, kind: &str, data: &str) -> String {
    let sum = Sha256::of(data.as_bytes()).to_string();
    let name = format!("{kind}{}", &sum[..12]);
    put(files, KEPT, &name, data);
    name
}

fn put(files: &mut BTreeMap<String, Vec<u8>>, folder: &str, name: &str, data: &str) {
    files.insert(format!("{folder}/{name}.js"), format!("dossierSearch.take(\"{name}\", {data})\n").into_bytes());
}

/// A number in digits of 32, the highest first.
fn push_number(out: &mut String, number: u32) {
    let mut shift = 30;
    while shift > 0 && number >> shift == 0 {
        shift -= 5;
    }
    while shift > 0 {
        out.push(DIGITS[32 + (number >> shift & 31) as usize] as char);
        shift -= 5;
    }
    out.push(DIGITS[(number & 31) as usize] as char);
}

/// Ascending numbers: the first, then each step.
fn push_ascending(out: &mut String, numbers: &[u32]) {
    let mut before = 0;
    for number in numbers {
        push_number(out, number - before);
        before = *number;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_digits_of_32() {
        for (number, expected) in [(0, "A"), (31, "f"), (32, "hA"), (1023, "_f"), (1024, "hgA"), (u32::MAX, "j_____f")]
        {
            let mut out = String::new();
            push_number(&mut out, number);
            assert_eq!(out, expected, "{number}");
        }
        let mut out = String::new();
        push_ascending(&mut out, &[0, 3, 40]);
        assert_eq!(out, "ADhF");
    }
}
