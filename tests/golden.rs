//! What the sample dossier means, compared with a file that was read and found right: `tests/golden/sample.dossier.json`.
//!
//! After a change that is meant, `UPDATE=1 cargo test --test golden` writes it again, and the difference is reviewed.

#![expect(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::fs;
use std::path::Path;
use std::sync::Arc;

use dossier::base::input::Options;
use dossier::edge::read;

#[test]
fn the_sample_means_what_it_meant() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let inputs = read::folder(root, Options::default()).expect("the sample can be read");
    let (site, _) = dossier::build(&Arc::new(inputs));
    let mut json = Vec::new();
    site.render_to("dossier.json", &mut json).expect("data has no template");
    let json = String::from_utf8(json).expect("JSON is UTF-8");
    let path = root.join("tests/golden/sample.dossier.json");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &json).expect("the golden file can be written");
    }
    let golden = fs::read_to_string(&path).unwrap_or_default();
    let different = golden.lines().zip(json.lines()).position(|(golden, now)| golden != now);
    if let Some(line) = different {
        let show = |text: &str| text.lines().nth(line).map(|line| line.chars().take(400).collect::<String>());
        panic!("line {} differs\n golden: {:?}\n now:    {:?}", line + 1, show(&golden), show(&json));
    }
    assert_eq!(golden.lines().count(), json.lines().count(), "the number of lines");
}
