//! Long pages in parts: the rows of all sections of a page are counted through, and a part shows [`PART`] of them. So no page
//! grows with the dossier, whatever section is the long one.

use std::ops::Range;

use serde::Serialize;

use super::Context;
use super::routes::{PART, part, parts, relative};

/// The rows that one part shows, while its sections are cut to them one by one.
#[derive(Clone, Debug)]
pub struct Window {
    rows: Range<usize>,
    /// The rows of the sections so far.
    before: usize,
}

/// Where a part stands among the parts of a long page; templates write it with `{{<part_links of={…} />}}`.
#[derive(Clone, Debug, Serialize)]
pub struct PartLinks {
    /// `Partie 2 sur 3`
    pub title: String,
    /// The ways to the first part, the last, and those around this one.
    pub links: Vec<PartLink>,
}

/// The way to a part.
#[derive(Clone, Debug, Serialize)]
pub struct PartLink {
    /// Its number.
    pub number: usize,
    /// Its address; empty for this one.
    pub href: String,
    /// Whether parts are left out before it.
    pub gap: bool,
}

impl Window {
    /// Of a part; parts count from 1.
    pub fn of(part: usize) -> Self {
        let first = (part.max(1) - 1) * PART;
        Self { rows: first..first + PART, before: 0 }
    }

    /// Which rows of the next section, which has so many, are in this part.
    pub fn next(&mut self, rows: usize) -> Range<usize> {
        let from = self.rows.start.saturating_sub(self.before).min(rows);
        let to = self.rows.end.saturating_sub(self.before).min(rows);
        self.before += rows;
        from..to
    }

    /// The rows of the next section that are in this part.
    pub fn cut<'a, T>(&mut self, section: &'a [T]) -> &'a [T] {
        &section[self.next(section.len())]
    }

    /// The part that the next section begins in.
    pub fn part_of_next(&self) -> usize {
        self.before / PART + 1
    }
}

impl PartLinks {
    /// For part `number` of a page of so many rows, whose first part is at `stem`.html; nothing for a page of one part.
    pub fn new(context: &Context<'_>, route: &str, stem: &str, number: usize, rows: usize) -> Option<Self> {
        let all = parts(rows);
        let shown = (1..=all).filter(|n| *n == 1 || *n == all || n.abs_diff(number) <= 2);
        let mut last = 0;
        let link = |n: usize| {
            let href = if n == number { String::new() } else { relative(route, &part(stem, n)) };
            let gap = n > last + 1;
            last = n;
            PartLink { number: n, href, gap }
        };
        (all > 1).then(|| Self { title: title(context, number, all), links: shown.map(link).collect() })
    }
}

/// `Partie 2 sur 3`
fn title(context: &Context<'_>, number: usize, all: usize) -> String {
    context.locale.phrase("nav.part", &[("n", &number.to_string()), ("m", &all.to_string())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_in_one_part() {
        for sections in [&[0][..], &[499, 2], &[500], &[1, 0, 1300, 3, 200], &[500, 500]] {
            let rows: usize = sections.iter().sum();
            let mut seen = vec![0; sections.len()];
            for part in 1..=parts(rows) {
                let mut window = Window::of(part);
                for (section, rows) in sections.iter().enumerate() {
                    let begins = window.part_of_next();
                    let here = window.next(*rows);
                    if !here.is_empty() {
                        assert_eq!(here.start, seen[section], "{sections:?}, part {part}");
                        assert!(here.start > 0 || begins == part, "{sections:?}, part {part}");
                        seen[section] = here.end;
                    }
                }
            }
            assert_eq!(seen, sections);
        }
    }
}
