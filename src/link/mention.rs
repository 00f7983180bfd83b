//! Where names stand in a text: every alias of every record, found in one pass.
//!
//! A name stands as whole words: letters and digits beside it forbid, while apostrophes, hyphens, white space and all
//! other signs end a word, so that `l'Africa Corps`, `Mali's` and `russo-malien` need no rule of their own. Scripts that
//! are written without spaces get no special treatment: there a name is found between signs that end a word only.
//!
//! Text and aliases are compared in the normal form of [`crate::syntax::normal`].

mod clash;
mod fold;
#[cfg(test)]
mod laws;
mod marked;
mod search;

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use crate::syntax::normal::Normal;
pub use clash::clashes;
use marked::Marked;
use search::{Hit, Name, Patterns, Search};

/// A name to look for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alias<'a> {
    /// The name as written.
    pub text: &'a str,
    /// How it is compared.
    pub case: Case,
    /// The record that has it, by the caller's number.
    pub of: u32,
}

/// How the case of a name is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Case {
    /// As written; an alias that is all lower case also with a capital first letter.
    Exact,
    /// Whatever the case, in any script; `ß` is also `SS`, `İ` is also `i`.
    Any,
}

/// A name found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The record named.
    pub of: u32,
    /// Which alias, by its position among those given.
    pub alias: u32,
    /// Where (bytes of the original).
    pub range: Range<usize>,
}

/// All aliases, ready to be looked for.
#[derive(Clone, Debug)]
pub struct Automaton {
    exact: Option<Patterns>,
    any: Option<Patterns>,
}

impl Automaton {
    /// Prepares `aliases`; what is empty in normal form is left out. Of two that are the same, the first is found.
    pub fn new<'a>(aliases: impl Iterator<Item = Alias<'a>>) -> Self {
        let (mut exact, mut any) = (Vec::new(), Vec::new());
        for (number, alias) in (0..).zip(aliases) {
            let patterns = if alias.case == Case::Any { &mut any } else { &mut exact };
            let spellings = fold::spellings(&alias);
            patterns.extend(spellings.iter().map(|text| (marked::pattern(text), Name { alias: number, of: alias.of })));
        }
        Self { exact: Patterns::new(exact), any: Patterns::new(any) }
    }

    /// The names in `text`, none overlapping another: the leftmost first, and of those that start together the longest.
    ///
    /// None lies over or within `blocked` (sorted; bytes of the original; an empty range blocks what would go across
    /// it). A name that is blocked is out before the choice: a shorter one beside it is still found.
    pub fn find(&self, text: &Normal, blocked: &[Range<usize>]) -> Vec<Found> {
        let marked = Marked::new(text, blocked, self.any.is_some());
        let mut found = Vec::new();
        for stretch in &marked.free {
            let mut exact = Search::new(self.exact.as_ref(), &marked.exact, stretch.end);
            let mut any = Search::new(self.any.as_ref(), &marked.folded, stretch.end);
            let mut from = stretch.start;
            while let Some(hit) = Hit::first(exact.next(from), any.next(from)) {
                from = hit.range.end;
                found.push(hit);
            }
        }
        marked.back(text, found)
    }
}

/// The records named in a piece of text, in order.
pub fn names_in(automaton: &Automaton, text: &str) -> Vec<u32> {
    automaton.find(&Normal::of(text), &[]).into_iter().map(|found| found.of).collect()
}

/// Whether `c` is part of a word: a letter, a digit, or a mark on one.
pub(crate) fn is_word_part(c: char) -> bool {
    match c {
        // Most of what is no ASCII in the languages of Europe, without a search in the tables of Unicode.
        'À'..='\u{24f}' => !matches!(c, '×' | '÷'),
        _ => c.is_alphanumeric() || (c >= '\u{300}' && is_combining_mark(c)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Aliases as `record:text`, with `record~text` for any case.
    fn aliases(list: &str) -> Vec<Alias<'_>> {
        let parse = |item| {
            let at = str::find(item, [':', '~']).expect("record, sign, text");
            let case = if item[at..].starts_with('~') { Case::Any } else { Case::Exact };
            Alias { text: &item[at + 1..], case, of: item[..at].parse().expect("a number") }
        };
        list.split('|').filter(|item| !item.is_empty()).map(parse).collect()
    }

    /// The text with each name found as `[record name]`; what stands in braces is blocked.
    #[track_caller]
    fn check(list: &str, marked_up: &str, expected: &str) {
        let mut text = String::new();
        let mut blocked = Vec::new();
        for c in marked_up.chars() {
            match c {
                '{' => blocked.push(text.len()..text.len()),
                '}' => blocked.last_mut().expect("an opening brace").end = text.len(),
                _ => text.push(c),
            }
        }
        let mut shown = text.clone();
        for found in Automaton::new(aliases(list).into_iter()).find(&Normal::of(&text), &blocked).iter().rev() {
            let name = format!("[{} {}]", found.of, &text[found.range.clone()]);
            shown.replace_range(found.range.clone(), &name);
        }
        assert_eq!(shown, expected, "{list} in {marked_up}");
    }

    #[test]
    fn names_stand_as_whole_words() {
        let list = "1:Africa Corps|2:Mali|3:russo|4:État|5:C++|6:R2";
        for (text, expected) in [
            ("l’Africa Corps, Mali’s", "l’[1 Africa Corps], [2 Mali]’s"),
            ("russo-malien Malien Mali2 Mali_x", "[3 russo]-malien Malien Mali2 [2 Mali]_x"),
            ("d’État, étatÉtat l'E\u{301}tat", "d’[4 État], étatÉtat l'[4 E\u{301}tat]"),
            ("Africa\u{a0}\n Corps Africa Corpse", "[1 Africa\u{a0}\n Corps] Africa Corpse"),
            ("Mali\u{301} Mali\u{323} (Mali)Mali", "Mali\u{301} Mali\u{323} ([2 Mali])[2 Mali]"),
            ("C++ C++x xC++ C++, R2 R21", "[5 C++] C++x xC++ [5 C++], [6 R2] R21"),
            ("在Mali的 Ma\u{ad}li", "在Mali的 [2 Ma\u{ad}li]"),
        ] {
            check(list, text, expected);
        }
        check("", "", "");
        check("1:|2: ", "nothing", "nothing");
    }

    #[test]
    fn leftmost_then_longest() {
        let list = "1:air|2:air france|3:france info|4:info|5:l'air du temps";
        for (text, expected) in [
            ("air francese, air france; l'air", "[1 air] francese, [2 air france]; l'[1 air]"),
            ("air france info", "[2 air france] [4 info]"),
            ("l’air du temps l'air du tempo", "[5 l’air du temps] l'[1 air] du tempo"),
            ("air-air.info", "[1 air]-[1 air].[4 info]"),
        ] {
            check(list, text, expected);
        }
        check("7:same|8:same|9~same", "same Same SAME", "[7 same] [7 Same] [9 SAME]");
    }

    #[test]
    fn case_counts_unless_said_otherwise() {
        let list = "1:wagner|2:AC|3~école|4~Straße|5~İstanbul|6:'ndrangheta|7~ΟΔΟΣ|8:mali Sud|9~Groupe|10:1er mai";
        for (text, expected) in [
            ("wagner Wagner WAGNER", "[1 wagner] [1 Wagner] WAGNER"),
            ("AC Ac ac", "[2 AC] Ac ac"),
            ("École ÉCOLE E\u{301}COLE ecole", "[3 École] [3 ÉCOLE] [3 E\u{301}COLE] ecole"),
            ("STRASSE straße STRAẞE Strasse", "[4 STRASSE] [4 straße] [4 STRAẞE] [4 Strasse]"),
            (
                "İSTANBUL istanbul i\u{307}stanbul Istanbul",
                "[5 İSTANBUL] [5 istanbul] [5 i\u{307}stanbul] [5 Istanbul]",
            ),
            ("'Ndrangheta ‘ndrangheta", "[6 'Ndrangheta] [6 ‘ndrangheta]"),
            ("οδος ẞ Οδός οδοσ", "[7 οδος] ẞ Οδός [7 οδοσ]"),
            ("Mali Sud mali Sud", "Mali Sud [8 mali Sud]"),
            ("ẞẞ İ GROUPE wagner ẞ groupe", "ẞẞ İ [9 GROUPE] [1 wagner] ẞ [9 groupe]"),
            ("1er mai 1Er mai", "[10 1er mai] 1Er mai"),
        ] {
            check(list, text, expected);
        }
    }

    #[test]
    fn exact_and_any_case_are_one_choice() {
        check(
            "1:new york|2~york times|3~new|4:times",
            "new york times YORK TIMES New",
            "[1 new york] [4 times] [2 YORK TIMES] [3 New]",
        );
        check("1~a b c|2:b|3:c d", "A b c d b", "[1 A b c] d [2 b]");
    }

    #[test]
    fn blocked_passages_are_out_before_the_choice() {
        let list = "1:Africa|2:Africa Corps|3:Corps";
        for (text, expected) in [
            ("Africa {Corps} Corps", "[1 Africa] Corps [3 Corps]"),
            ("{Africa }Corps {}Africa Corps", "Africa [3 Corps] [2 Africa Corps]"),
            ("Africa{} Corps", "[1 Africa] [3 Corps]"),
            ("Africa {x}Corps Africa{x}", "[1 Africa] xCorps Africax"),
            ("{Africa Corps}", "Africa Corps"),
            ("Af{}rica Corps", "Africa [3 Corps]"),
            ("Africa{\n}Corps", "[1 Africa]\n[3 Corps]"),
            ("Africa \u{a0}{} Corps", "[1 Africa] \u{a0} [3 Corps]"),
        ] {
            check(list, text, expected);
        }
        check("1:é|2:b", "b e{}\u{301} b {}e\u{301} b", "[2 b] e\u{301} [2 b] [1 e\u{301}] [2 b]");
        let blocked = [0..9, 2..4, 3..3, 12..13];
        let found = Automaton::new(aliases("1:b").into_iter()).find(&Normal::of("b b b b b b b"), &blocked);
        assert_eq!(found.iter().map(|found| found.range.start).collect::<Vec<_>>(), [10]);
    }

    #[test]
    fn clashing_names() {
        for (list, expected) in [
            ("1:Wagner|2:Wagner", vec![(0, 1)]),
            ("1:Wagner|1:Wagner|2:Wagner\u{ad}|3: Wagner", vec![(0, 2), (0, 3)]),
            ("1:Wagner|2:wagner|3:WAGNER", vec![(0, 1)]),
            ("1~Wagner|2:WAGNER|3:Vagner", vec![(0, 1)]),
            ("1:l’État|2~L'ÉTAT", vec![(0, 1)]),
            ("1:|2:", vec![]),
        ] {
            assert_eq!(clashes(aliases(list).into_iter()), expected, "{list}");
        }
    }

    #[test]
    fn names_in_a_piece_of_text() {
        let automaton = Automaton::new(aliases("4:Mali|2:Niger").into_iter());
        assert_eq!(names_in(&automaton, "Niger, Mali, Nigeria, Niger"), [2, 4, 2]);
    }
}
