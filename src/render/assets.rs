//! Style sheets, scripts and pictures. Those of the program, and the dossier's own style sheets and scripts, have a name with a hash
//! of what they hold, `dossier.9f3a1c2b0d.css`: a browser may keep such a file for ever, since another one has another name.
//!
//! Templates ask for a route by name, `{{ "dossier.css" | asset }}`. An asset names another one in its folder as `./name`, in
//! quotes or brackets.

use std::collections::BTreeMap;
use std::ops::Range;

use super::builtin;
use crate::base::hash::Sha256;
use crate::base::input::Inputs;

/// The folder of a dossier's own.
pub(super) const FOLDER: &str = "static/";

/// What pages need beside themselves.
#[derive(Default)]
pub struct Assets {
    /// The files with a hash in their name, by route.
    stamped: BTreeMap<String, Vec<u8>>,
    /// The route of each asset, by the name that templates call it.
    routes: BTreeMap<String, String>,
}

impl Assets {
    /// The built-in assets and the dossier's own. An own one replaces the built-in one of its name.
    pub fn of(inputs: &Inputs) -> Self {
        let mut bytes: BTreeMap<&str, &[u8]> = builtin::ASSETS.iter().copied().collect();
        let mut assets = Self::default();
        for (path, asset) in &inputs.assets {
            let Some(name) = path.strip_prefix(FOLDER) else { continue };
            bytes.remove(name);
            match &asset.bytes {
                Some(own) => drop(bytes.insert(name, own)),
                None => drop(assets.routes.insert(name.to_owned(), name.to_owned())),
            }
        }
        for name in bytes.keys() {
            assets.stamp(name, &bytes, &mut Vec::new());
        }
        assets
    }

    /// The route of the asset of that name; `None` where there is none.
    pub fn route(&self, name: &str) -> Option<&str> {
        self.routes.get(name).map(String::as_str)
    }

    /// The name of every asset.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.routes.keys().map(String::as_str)
    }

    /// The files with a hash in their name, by route.
    pub fn stamped(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.stamped.iter().map(|(route, bytes)| (route.as_str(), bytes.as_slice()))
    }

    /// Names an asset, after those that it names: their hashes are part of what it holds. In a ring the last keeps the plain
    /// name of the first.
    fn stamp<'a>(&mut self, name: &'a str, all: &BTreeMap<&'a str, &[u8]>, above: &mut Vec<&'a str>) {
        let Some((name, bytes)) = all.get_key_value(name).filter(|_| !above.contains(&name)) else { return };
        if self.routes.contains_key(*name) {
            return;
        }
        let mut held = bytes.to_vec();
        if let Ok(text) = std::str::from_utf8(bytes) {
            above.push(name);
            for (at, other) in named(name, text).into_iter().rev() {
                if let Some((other, _)) = all.get_key_value(other.as_str()) {
                    self.stamp(other, all, above);
                    let stamped = self.route(other).unwrap_or(other);
                    held.splice(at, file(stamped).bytes());
                }
            }
            above.pop();
        }
        let route = with_hash(name, Sha256::of(&held));
        self.stamped.insert(route.clone(), held);
        self.routes.insert((*name).to_owned(), route);
    }
}

/// The assets that one names as `./file` in quotes or brackets, and where in its text the file's name stands.
fn named(name: &str, text: &str) -> Vec<(Range<usize>, String)> {
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let one = |(at, _): (usize, &str)| {
        let close = match text[..at].chars().next_back()? {
            '(' => ')',
            quote @ ('"' | '\'') => quote,
            _ => return None,
        };
        let start = at + "./".len();
        let file = &text[start..start + text[start..].find(close)?];
        let other = if folder.is_empty() { file.to_owned() } else { format!("{folder}/{file}") };
        (!file.contains('/')).then_some((start..start + file.len(), other))
    };
    text.match_indices("./").filter_map(one).collect()
}

/// `chart.js` to `chart.9f3a1c2b0d.js`
fn with_hash(name: &str, hash: Sha256) -> String {
    let hash = hash.to_string();
    let hash = &hash[..10];
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}.{hash}.{ending}"),
        None => format!("{name}.{hash}"),
    }
}

fn file(name: &str) -> &str {
    name.rsplit_once('/').map_or(name, |(_, file)| file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::input::Asset;

    fn with(own: &[(&str, &str)]) -> Assets {
        let mut inputs = Inputs::default();
        for (path, text) in own {
            let bytes = path.ends_with(".js").then(|| text.as_bytes().into());
            inputs.assets.insert((*path).into(), Asset { size: text.len() as u64, bytes });
        }
        Assets::of(&inputs)
    }

    fn text(assets: &Assets, name: &str) -> String {
        let route = assets.route(name).expect("an asset");
        let found = assets.stamped().find(|(stamped, _)| *stamped == route);
        String::from_utf8(found.expect("a stamped file").1.to_vec()).expect("a text")
    }

    #[test]
    fn every_built_in_asset_has_its_hash_in_its_name() {
        let assets = with(&[]);
        for (name, bytes) in builtin::ASSETS {
            let route = assets.route(name).expect("a route");
            assert_ne!(route, *name);
            assert!(
                assets
                    .stamped()
                    .any(|(stamped, held)| stamped == route && (held == *bytes || text(&assets, name).contains("./")))
            );
        }
    }

    #[test]
    fn an_asset_names_another_by_its_hash() {
        let texts = [("static/a.js", "import './b.js'; import '../b.js'; import './b.json'"), ("static/b.js", "1")];
        let assets = with(&texts);
        let b = assets.route("b.js").expect("a route").to_owned();
        assert_eq!(b, "b.6b86b273ff.js");
        assert_eq!(text(&assets, "a.js"), format!("import './{b}'; import '../b.js'; import './b.json'"));
        let changed = with(&[texts[0], ("static/b.js", "2")]);
        assert_ne!(assets.route("a.js"), changed.route("a.js"), "what is named is part of what it holds");
    }

    #[test]
    fn a_ring_of_assets_ends() {
        let assets = with(&[("static/a.js", "import './b.js'"), ("static/b.js", "import \"./a.js\"")]);
        assert_eq!(text(&assets, "b.js"), "import \"./a.js\"");
        assert_eq!(text(&assets, "a.js"), format!("import './{}'", assets.route("b.js").expect("a route")));
    }

    #[test]
    fn other_files_of_the_dossier_keep_their_names() {
        let assets = with(&[("static/logo.svg", "<svg/>"), ("static/dossier.css", "own")]);
        assert_eq!(assets.route("logo.svg"), Some("logo.svg"));
        assert_eq!(assets.route("dossier.css"), Some("dossier.css"), "not held, so not hashed");
        assert_eq!(assets.route("nothing.css"), None);
        assert!(assets.stamped().all(|(route, _)| !route.starts_with("dossier.")));
    }
}
