//! A whole dossier, from reading to the bytes of every page.
//!
//! The input is a fixture: each file under a line `=== path`. The site is built clean, and again with what the runs before have
//! left to keep: both must be the same.
#![no_main]

use std::cell::RefCell;
use std::sync::Arc;

use dossier::base::input::{Inputs, Options};
use dossier::edge::report;
use dossier::{Memo, Site};
use dossier_fuzz::html;
use libfuzzer_sys::fuzz_target;

thread_local! {
    static MEMO: RefCell<Memo> = RefCell::default();
}

fuzz_target!(|text: &str| {
    let mut inputs = Inputs::from_fixture(&format!("=== site.toml\n{}{text}", dossier_fuzz::SITE));
    inputs.options = Options { drafts: true, ..Options::default() };
    let inputs = Arc::new(inputs);
    let (clean, found) = dossier::build(&inputs);
    dossier_fuzz::hold(&inputs, &found);
    let (kept, found_again) = MEMO.with_borrow_mut(|memo| dossier::rebuild(&inputs, memo));
    assert_eq!(report::json(&inputs, &found), report::json(&inputs, &found_again));
    assert!(clean.routes.pages.keys().eq(kept.routes.pages.keys()));
    for route in clean.routes.pages.keys() {
        page_holds(&clean, &kept, route);
    }
});

fn page_holds(clean: &Site, kept: &Site, route: &str) {
    let (mut page, mut again) = (Vec::new(), Vec::new());
    let problem = clean.render_to(route, &mut page).err();
    assert_eq!(problem, kept.render_to(route, &mut again).err(), "{route}");
    assert!(problem.is_some() || page == again, "{route} is not the same when built again");
    let Ok(text) = str::from_utf8(&page) else { return };
    match route.rsplit_once('.') {
        Some((_, "html")) if problem.is_none() => html::hold(text.trim_start_matches("<!doctype html>")),
        Some((_, "json" | "jsonld" | "geojson")) => {
            serde_json::from_str::<serde::de::IgnoredAny>(text).unwrap_or_else(|error| panic!("{route}: {error}\n{text}"));
        }
        _ => {}
    }
}
