//! The pictures of checks and figures: as they are named, drawn and kept.

#![expect(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::fs;
use std::path::Path;

use dossier::Site;
use dossier::base::hash::Sha256;
use dossier::edge::write;

use super::site::{bytes, file, fixture, hostile, sample};

/// Width, height, and how many pixels are not of the colour in the corner at the bottom.
fn read(png: &[u8]) -> (u32, u32, usize) {
    let decoder = png::Decoder::new(std::io::Cursor::new(png));
    let mut reader = decoder.read_info().expect("a picture");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a small picture")];
    let info = reader.next_frame(&mut pixels).expect("pixels");
    let corner = *pixels.last().expect("a pixel");
    (info.width, info.height, pixels.iter().filter(|pixel| **pixel != corner).count())
}

#[test]
fn every_check_and_figure_has_a_picture() {
    for site in [sample(), hostile()] {
        let of = site.dossier.checks.len() + site.dossier.figures.len();
        assert_eq!(site.routes.previews.len(), of);
        for route in site.routes.previews.values() {
            let (width, height, drawn) = read(&bytes(&site, route));
            assert_eq!((width, height), (1200, 630), "{route}");
            assert!(drawn > 100_000, "{route} is nearly empty: {drawn}");
        }
    }
}

#[test]
fn a_page_names_its_picture() {
    let site = sample();
    let page = file(&site, "checks/damas-novembre.html");
    let (_, rest) =
        page.split_once("<meta property=\"og:image\" content=\"https://example.org/mali/").expect("a picture");
    let route = rest.split('"').next().unwrap_or_default();
    assert!(site.routes.pages.contains_key(route) && route.starts_with("previews/checks/damas-novembre."), "{route}");
    assert!(page.contains("<meta property=\"og:image:alt\" content=\"Inexact\u{a0}: "), "{page}");
}

const DOSSIER: &str = "\
=== site.toml
title = \"t\"
base_url = \"https://example.org/\"
SETTING
=== content/articles/a.md
---
title: A
---
The words. More words.
=== content/annotations/a.yaml
- { type: fact_check, id: one, quote: The words, claim: CLAIM, verdict: inaccurate, checked: 2025-03-04 }
- { type: fact_check, id: two, quote: More words, verdict: accurate, checked: 2025-03-04 }
";

fn named(claim: &str) -> Vec<String> {
    fixture(&DOSSIER.replace("CLAIM", claim).replace("SETTING\n", "")).routes.previews.values().cloned().collect()
}

#[test]
fn the_name_changes_with_what_is_on_it_and_with_nothing_else() {
    let (first, again, changed) = (named("It burns."), named("It burns."), named("It burnt."));
    assert_eq!(first, again);
    assert_ne!(first[0], changed[0]);
    assert_eq!(first[1], changed[1]);
}

#[test]
fn the_editors_decide_whether_pictures_are_drawn() {
    for (setting, pictures) in [("[build]\npreviews = true\n", 2), ("[build]\npreviews = false\n", 0), ("", 2)] {
        let site = fixture(&DOSSIER.replace("SETTING\n", setting));
        assert_eq!(site.routes.previews.len(), pictures, "{setting}");
        let page = file(&site, "checks/one.html");
        assert_eq!(page.contains("og:image"), pictures > 0);
        assert_eq!(page.contains("summary_large_image"), pictures > 0);
    }
    // With many checks they are drawn on request only.
    let many = |setting: &str| {
        let mut text = DOSSIER.replace("SETTING\n", setting);
        for number in 0..500 {
            text.push_str(&format!(
                "- {{ type: fact_check, id: c{number}, quote: The words, verdict: accurate, checked: 2025-03-04 }}\n"
            ));
        }
        fixture(&text).routes.previews.len()
    };
    assert_eq!((many(""), many("[build]\npreviews = true\n")), (0, 502));
}

fn written(site: &Site, folder: &Path) -> usize {
    write::write(site, folder, &folder.join("public")).expect("the site can be written").changed
}

#[test]
fn a_picture_that_is_there_is_not_drawn_again_and_a_spoilt_one_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let site = fixture(&DOSSIER.replace("CLAIM", "It burns.").replace("SETTING\n", ""));
    let route = site.routes.previews.values().next().expect("a picture").clone();
    let (picture, manifest) = (folder.path().join("public").join(&route), folder.path().join("public/manifest.json"));
    written(&site, folder.path());
    let drawn = fs::read(&picture).expect("a picture");
    // Something else at its place, proved by the manifest: it is kept, so nothing was drawn.
    let text = fs::read_to_string(&manifest).expect("a manifest");
    let (old, new) = (Sha256::of(&drawn).to_string(), Sha256::of(b"kept").to_string());
    let proved = text.replace(&format!("\"{old}\", \"size\": {}", drawn.len()), &format!("\"{new}\", \"size\": 4"));
    assert_ne!(proved, text);
    fs::write(&manifest, proved).expect("a manifest");
    fs::remove_file(&picture).expect("a picture");
    fs::write(&picture, "kept").expect("a picture");
    assert_eq!(written(&site, folder.path()), 0);
    assert_eq!(fs::read(&picture).expect("a picture"), b"kept");
    // What the manifest does not prove is drawn again.
    fs::write(&picture, "spoilt").expect("a picture");
    assert_eq!(written(&site, folder.path()), 1);
    assert!(fs::read(&picture).expect("a picture") == drawn, "drawn as it was");
}
