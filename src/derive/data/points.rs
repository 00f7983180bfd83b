//! Places in code points, as programs in other languages count them. Texts are walked through once, not once a place.

use std::ops::Range;

use rayon::prelude::*;

use super::Context;
use crate::base::id::Id;
use crate::model::article::Article;
use crate::resolve::Node;

/// The passage of each annotation in code points of its article's prose, by the annotation's number.
pub(super) fn passages(context: &Context<'_>) -> Vec<Option<Range<usize>>> {
    let (dossier, links) = (context.dossier, context.links);
    let articles: Vec<Id<Article>> = dossier.articles.iter().map(|(id, _)| id).collect();
    let in_article = |article: &Id<Article>| -> Vec<(usize, Range<usize>)> {
        let text = links.bodies.get(&Node::Article(*article)).map_or("", |located| located.prose.text.as_str());
        let points = CodePoints::of(text);
        let placed = dossier.annotations_of(*article).filter_map(|(id, _)| Some((id, links.anchor(id)?.range)));
        placed.map(|(id, range)| (id.index(), points.at(range.start)..points.at(range.end))).collect()
    };
    let found: Vec<Vec<(usize, Range<usize>)>> = articles.par_iter().map(in_article).collect();
    let mut passages = vec![None; dossier.annotations.len()];
    for (annotation, passage) in found.into_iter().flatten() {
        passages[annotation] = Some(passage);
    }
    passages
}

/// Code points before each byte of a text, for the starts of its characters.
pub(super) struct CodePoints<'a> {
    text: &'a str,
    /// The code points before every 64th byte.
    marks: Vec<usize>,
}

impl<'a> CodePoints<'a> {
    const STEP: usize = 64;

    pub(super) fn of(text: &'a str) -> Self {
        let is_start = |byte: &&u8| (**byte as i8) >= -0x40;
        let mut count = 0;
        let marks = text.as_bytes().chunks(Self::STEP).map(|chunk| {
            let before = count;
            count += chunk.iter().filter(is_start).count();
            before
        });
        Self { text, marks: marks.collect() }
    }

    pub(super) fn at(&self, byte: usize) -> usize {
        let is_start = |byte: &&u8| (**byte as i8) >= -0x40;
        let Some(mark) = self.marks.get(byte / Self::STEP).or(self.marks.last()) else { return 0 };
        let chunk = (byte / Self::STEP).min(self.marks.len() - 1) * Self::STEP;
        mark + self.text.as_bytes()[chunk..byte].iter().filter(is_start).count()
    }
}
