//! Names that are two for some systems and one for others.

use std::collections::BTreeMap;

use super::routes::{PageKey, Routes};
use crate::base::diag::{Code, Diagnostics};
use crate::base::input::Inputs;

/// Reports copied files whose names differ from another's in capitals alone: on macOS and Windows one of the two would take the
/// other's place. Ids have no capitals, so pages cannot clash with one another.
pub(super) fn capitals(inputs: &Inputs, routes: &Routes, diags: &mut Diagnostics) {
    let Some(site) = inputs.find("site.toml") else { return };
    let copied = routes.pages.iter().filter(|(_, key)| matches!(key, PageKey::Copy(_))).map(|(route, _)| route);
    let mut seen: BTreeMap<String, &String> = BTreeMap::new();
    for route in copied.filter(|route| route.chars().any(char::is_uppercase)) {
        let small = route.to_lowercase();
        let same = routes.pages.get_key_value(&small).map(|(other, _)| other);
        if let Some(other) = same.or(seen.insert(small, route)) {
            let message = format!("`{route}` and `{other}` are one file on macOS and Windows");
            diags.add(Code::RouteClash, site.start(), message).help("give one of them another name");
        }
    }
}
