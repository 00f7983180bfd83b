//! What is found now is what is meant: `dossier accept`, `dossier review` and the preview's buttons write it down here, and nothing
//! else ever writes a quote.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::fix::{self, Change};
use super::whole::{self, OwnFolder};
use crate::Site;
use crate::base::diag::Diagnostics;
use crate::base::id::{Id, is_slug};
use crate::base::input::{Inputs, Options};
use crate::link::accepted::{Acceptance, acceptances};
use crate::link::difference::Difference;
use crate::model::Record;
use crate::model::annotation::Annotation;
use crate::model::article::Article;
use crate::model::ledger::{LEDGER, Ledger, PassageInSentence};
use crate::parse;
use crate::resolve::{Dossier, Node};
use crate::syntax::normal::Normal;
use crate::syntax::yaml::{Path as YamlPath, scalar};

/// Git puts the lines of both branches together: each was accepted by a person, and none is worth a conflict.
const MERGED_BY_LINE: &str = include_str!("starter/gitattributes");

/// An annotation, and what has become of its passage.
pub struct Passage<'a> {
    /// The article that it is on.
    pub article: &'a Article,
    /// The annotation.
    pub annotation: &'a Annotation,
    /// What has become of it.
    pub acceptance: Acceptance,
    /// Its words as they are written in the article, where it stands somewhere.
    words: Option<String>,
    id: Id<Annotation>,
}

/// All passages, in order of article and place.
pub fn passages(site: &Site) -> Vec<Passage<'_>> {
    let articles: Vec<Id<Article>> = site.dossier.articles.iter().map(|(id, _)| id).collect();
    articles.into_par_iter().flat_map_iter(|id| passages_on(site, id)).collect()
}

/// Those on one article, in order of place.
pub fn passages_on(site: &Site, id: Id<Article>) -> Vec<Passage<'_>> {
    let article = &site.dossier.articles[id];
    let annotations = site.dossier.shared_annotations_of(id);
    let Some(located) = site.links.bodies.get(&Node::Article(id)).filter(|_| !annotations.is_empty()) else {
        return Vec::new();
    };
    let found = acceptances(located, annotations, &site.dossier.accepted_on(article));
    let ids = site.dossier.annotations_of(id);
    let mut passages: Vec<(Option<usize>, Passage<'_>)> = ids
        .zip(found)
        .enumerate()
        .map(|(item, ((id, annotation), acceptance))| {
            let range = located.anchor(item).map(|anchor| anchor.range);
            let words = range.clone().map(|range| located.prose.text[range].to_owned());
            (range.map(|range| range.start), Passage { article, annotation, acceptance, words, id })
        })
        .collect();
    passages.sort_by_key(|(start, _)| (start.is_none(), *start));
    passages.into_iter().map(|(_, passage)| passage).collect()
}

impl Passage<'_> {
    /// The name by which it can be asked for, whatever others are called: `article#annotation`.
    pub fn name(&self) -> String {
        format!("{}#{}", self.article.meta.id, self.annotation.meta.id)
    }

    /// How its sentence became what it is: from each that was accepted, or from the quote where none was. Empty where nothing waits,
    /// or all is new.
    pub fn differences(&self) -> Vec<Difference> {
        let Some(now) = self.acceptance.waiting() else { return Vec::new() };
        match (self.acceptance.before(), &self.acceptance) {
            ([], Acceptance::Drifted { .. }) => {
                let quote = Normal::of(&self.annotation.target.quote).into_text();
                vec![Difference::between(&quote, &now.words)]
            }
            (accepted, _) => {
                let sentence = now.sentence();
                accepted.iter().map(|accepted| Difference::between(&accepted.sentence(), &sentence)).collect()
            }
        }
    }

    /// Whether it waits for a person to accept it.
    pub fn waits(&self) -> bool {
        self.acceptance.waiting().is_some()
    }
}

/// What accepting writes.
pub struct Accepting {
    /// Quotes that get the words of their passages, by file.
    quotes: Vec<Quoted>,
    before: Option<String>,
    after: String,
}

/// A file of annotations with the quotes that were accepted.
struct Quoted {
    path: String,
    before: String,
    after: String,
}

/// What accepting `chosen` of `all` passages of `site` writes. On the articles to `tidy`, lines on what is not there any more go.
///
/// # Errors
/// A quote that cannot be written in its place, by its name.
pub fn accepting(
    site: &Site,
    all: &[Passage<'_>],
    chosen: &[&Passage<'_>],
    tidy: impl Fn(&str) -> bool,
) -> Result<Accepting, String> {
    let quotes = quotes(site, chosen)?;
    let mut ledger = site.dossier.ledger.as_deref().cloned().unwrap_or_default();
    let names = new_names(&quotes);
    let chosen_ids: BTreeSet<Id<Annotation>> = chosen.iter().map(|passage| passage.id).collect();
    forget_the_gone(&mut ledger, &site.dossier, &tidy);
    for passage in all {
        let line = match &passage.acceptance {
            _ if chosen_ids.contains(&passage.id) => passage.acceptance.waiting(),
            // What was accepted under a former id, or twice, is written once, under the id of now.
            Acceptance::Accepted(now) if tidy(&passage.article.meta.id) => Some(now),
            _ => None,
        };
        if let Some(now) = line {
            write_line(&mut ledger, passage, now, &names, &site.inputs);
        }
    }
    let before = site.inputs.find(LEDGER).map(|file| file.text.to_string());
    Ok(Accepting { quotes, before, after: ledger.to_string() })
}

/// Replaces what was accepted of an annotation. One without an id of its own is called by its quote, and so by the new words.
fn write_line(
    ledger: &mut Ledger,
    passage: &Passage<'_>,
    now: &PassageInSentence,
    names: &BTreeMap<(String, u32), String>,
    inputs: &Inputs,
) {
    let (article, annotation) = (&passage.article.meta, &passage.annotation.meta);
    let ids: Vec<Cow<'_, str>> = passage.annotation.accepted_as().collect();
    for id in article.ids() {
        ledger.retain(id, |line| !ids.iter().any(|id| id == line));
    }
    let path = inputs.file(annotation.at.file).path.to_string();
    let name = annotation.at.item.and_then(|item| names.get(&(path, item))).unwrap_or(&annotation.id);
    // What is no id has been reported, and would be no line.
    if is_slug(&article.id) && is_slug(name) {
        ledger.add(&article.id, name, now.to_string());
    }
}

/// Takes away lines on articles and annotations that are not there.
fn forget_the_gone(ledger: &mut Ledger, dossier: &Dossier, tidy: impl Fn(&str) -> bool) {
    let mut known: BTreeMap<String, BTreeSet<Cow<'_, str>>> = ledger
        .articles()
        .filter(|article| tidy(article))
        .map(|article| (article.to_owned(), BTreeSet::new()))
        .collect();
    for (id, article) in dossier.articles.iter() {
        for former in article.meta.ids() {
            if let Some(names) = known.get_mut(former) {
                names.extend(dossier.annotations_of(id).flat_map(|(_, annotation)| annotation.accepted_as()));
            }
        }
    }
    for (article, names) in known {
        ledger.retain(&article, |line| names.contains(line));
    }
}

/// Writes down what stands exactly, and was never accepted, on the articles of a dossier that has a ledger: what somebody annotates
/// while they look at the page, they have seen in its sentence. `None` where there is nothing to write.
pub fn new_passages(site: &Site) -> Option<Accepting> {
    site.dossier.ledger.as_ref()?;
    let has_new = |article: &Id<Article>| {
        let on = site.dossier.accepted_on(&site.dossier.articles[*article]);
        site.dossier.annotations_of(*article).any(|(_, annotation)| {
            !annotation.accepted_as().any(|id| on.iter().any(|accepted| accepted.of(&id).next().is_some()))
        })
    };
    let articles = site.dossier.articles.iter().map(|(id, _)| id).filter(has_new);
    let passages: Vec<Passage<'_>> = articles.flat_map(|article| passages_on(site, article)).collect();
    let new: Vec<&Passage<'_>> =
        passages.iter().filter(|passage| matches!(passage.acceptance, Acceptance::New(_))).collect();
    let on: BTreeSet<&str> = new.iter().map(|passage| &*passage.article.meta.id).collect();
    if new.is_empty() { None } else { accepting(site, &passages, &new, |article| on.contains(article)).ok() }
}

/// The files of annotations whose quotes get other words.
fn quotes(site: &Site, chosen: &[&Passage<'_>]) -> Result<Vec<Quoted>, String> {
    let mut by_file: BTreeMap<&str, Vec<&Passage<'_>>> = BTreeMap::new();
    for passage in chosen.iter().filter(|passage| matches!(passage.acceptance, Acceptance::Drifted { .. })) {
        by_file.entry(&site.inputs.file(passage.annotation.meta.at.file).path).or_default().push(passage);
    }
    by_file.into_values().map(|passages| quoted(site, &passages)).collect()
}

fn quoted(site: &Site, passages: &[&Passage<'_>]) -> Result<Quoted, String> {
    let file = site.inputs.file(passages[0].annotation.meta.at.file);
    let mut edits = Vec::new();
    for passage in passages {
        let words = passage.words.as_deref().unwrap_or_default();
        let edit = scalar::rewrite(file, passage.annotation.meta.at, &YamlPath::of("quote"), words);
        let (span, text) =
            edit.ok_or_else(|| format!("the quote of `{}` cannot be written: write it yourself", passage.name()))?;
        edits.push((span.range(), text));
    }
    edits.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    let mut after = file.text.to_string();
    for (range, text) in edits {
        after.replace_range(range, &text);
    }
    Ok(Quoted { path: file.path.to_string(), before: file.text.to_string(), after })
}

/// What the annotations of these files are called now, by path and place in the list.
fn new_names(quotes: &[Quoted]) -> BTreeMap<(String, u32), String> {
    let mut names = BTreeMap::new();
    for quoted in quotes {
        let alone = Inputs::new([(quoted.path.clone(), quoted.after.clone())], Options::default());
        let parsed = parse::parse(&alone, &mut parse::Memo::default(), &mut Diagnostics::default());
        for file in &parsed.files {
            let Some(Record::Annotations(annotations)) = &file.record else { continue };
            for annotation in annotations {
                let item = annotation.meta.at.item.unwrap_or_default();
                names.insert((quoted.path.clone(), item), annotation.meta.id.clone());
            }
        }
    }
    names
}

impl Accepting {
    /// How many files get other quotes.
    pub fn files(&self) -> usize {
        self.quotes.len()
    }

    /// Writes it: the quotes first, so that what is killed in between still waits. Says whether the ledger is new.
    ///
    /// # Errors
    /// A file has changed since it was read, or cannot be written.
    pub fn write(&self, root: &Path) -> Result<bool, (PathBuf, io::Error)> {
        for Quoted { path, before, after } in &self.quotes {
            fix::apply(root, &Change { path, before, after })?;
        }
        match &self.before {
            Some(before) if *before == self.after => Ok(false),
            Some(before) => fix::apply(root, &Change { path: LEDGER, before, after: &self.after }).map(|()| false),
            None => {
                create(root, LEDGER, &self.after)?;
                merge_by_line(root)?;
                Ok(true)
            }
        }
    }
}

/// A new file, whole or not at all.
fn create(root: &Path, name: &str, text: &str) -> Result<(), (PathBuf, io::Error)> {
    let path = root.join(name);
    let appeared = |error: io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists => io::Error::other("it has appeared since the dossier was read"),
        _ => error,
    };
    whole::create_whole(&path, text.as_bytes()).map_err(|error| (path, appeared(error)))
}

/// Tells git once that the ledger's lines are to be put together.
fn merge_by_line(root: &Path) -> Result<(), (PathBuf, io::Error)> {
    const NAME: &str = ".gitattributes";
    let own = OwnFolder(root);
    let failed = |error| (root.join(NAME), error);
    let text = match own.read(NAME).map(String::from_utf8) {
        Ok(Ok(text)) if text.lines().any(|line| line.split_whitespace().next() == Some(LEDGER)) => return Ok(()),
        Ok(Ok(text)) if text.is_empty() || text.ends_with('\n') => text,
        Ok(Ok(text)) => text + "\n",
        Ok(Err(_)) => return Err(failed(io::Error::other("it is no text"))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(failed(error)),
    };
    own.write(NAME, (text + MERGED_BY_LINE).as_bytes()).map_err(failed)
}
