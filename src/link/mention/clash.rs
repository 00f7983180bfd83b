//! Names that two records claim.

use std::collections::BTreeMap;

use super::{Alias, Case, fold};

/// Pairs of aliases (by their position) of different records that would match the same text: the later one, second, with
/// the first that it clashes with. In order of the second.
pub fn clashes<'a>(aliases: impl Iterator<Item = Alias<'a>>) -> Vec<(u32, u32)> {
    let mut groups: BTreeMap<String, Vec<(u32, Alias<'a>, Vec<String>)>> = BTreeMap::new();
    let mut found = Vec::new();
    for (number, alias) in (0..).zip(aliases) {
        let spellings = fold::spellings(&alias);
        let Some(first) = spellings.first() else { continue };
        let group = groups.entry(fold::folded(first)).or_default();
        let clash = |(_, other, spelled): &&(u32, Alias, Vec<String>)| {
            other.of != alias.of && same_text(other.case, spelled, alias.case, &spellings)
        };
        if let Some((other, ..)) = group.iter().find(clash) {
            found.push((*other, number));
        }
        group.push((number, alias, spellings));
    }
    found
}

/// Whether some text matches both, given that they are the same without case.
fn same_text(a: Case, a_spellings: &[String], b: Case, b_spellings: &[String]) -> bool {
    let either = a == Case::Any || b == Case::Any;
    either || a_spellings.iter().any(|spelling| b_spellings.contains(spelling))
}
