//! A copy of the site is compared with its manifest, file by file.

#![expect(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The exit code and what is said on standard output.
fn verify(arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_dossier")).arg("verify").args(arguments).output().expect("it runs");
    (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
}

/// A site of a few files, in a folder that goes with the first value.
fn site() -> (tempfile::TempDir, PathBuf) {
    let root = tempfile::tempdir().expect("a folder");
    fs::create_dir(root.path().join("static")).expect("a folder");
    fs::write(root.path().join("static/a b&é?#.txt"), "odd").expect("a file");
    fs::write(root.path().join("site.toml"), "title = \"T\"\nbase_url = \"https://example.org/\"\n").expect("a file");
    let built = Command::new(env!("CARGO_BIN_EXE_dossier")).args(["build", "--root"]).arg(root.path()).output();
    assert!(built.expect("it runs").status.success());
    let output = root.path().join("public");
    (root, output)
}

fn path(path: &Path) -> &str {
    path.to_str().expect("a path")
}

#[test]
fn a_copy_is_whole_or_each_difference_is_named() {
    let (root, output) = site();
    let (code, said) = verify(&[path(&output)]);
    assert_eq!(code, Some(0));
    assert!(said.starts_with("whole: ") && said.contains(" files, as the manifest with SHA-256 "), "{said}");
    fs::remove_file(output.join("timeline.html")).expect("it was there");
    fs::write(output.join("index.html"), "other words").expect("a file");
    fs::write(
        output.join("robots.txt"),
        fs::read_to_string(output.join("robots.txt")).expect("a file").replace("Allow", "Avoid"),
    )
    .expect("a file");
    fs::create_dir(output.join("wp")).expect("a folder");
    fs::write(output.join("wp/login.php"), "").expect("a file");
    let (code, said) = verify(&[path(&output)]);
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(code, Some(1));
    assert_eq!(
        lines[..4],
        ["missing  timeline.html", "changed  index.html", "changed  robots.txt", "extra  wp/login.php"]
    );
    assert!(lines[4].starts_with("not whole: 1 missing, 2 changed, 1 extra, of "), "{said}");
    drop(root);
}

#[test]
fn a_copy_whose_manifest_was_changed_too_is_found_out_by_the_editors_own() {
    let (root, output) = site();
    let own = root.path().join("manifest-of-ours.json");
    fs::copy(output.join("manifest.json"), &own).expect("a copy");
    let page = output.join("index.html");
    let before = verify(&[path(&output)]).1;
    fs::write(&page, "forged").expect("a file");
    let manifest = fs::read_to_string(&own).expect("a file");
    let line = manifest.lines().find(|line| line.contains("\"index.html\"")).expect("a line");
    let forged = dossier::edge::manifest::Entry::of(b"forged");
    let forged = format!("    \"index.html\": {{ \"sha256\": \"{}\", \"size\": {} }},", forged.sha256, forged.size);
    fs::write(output.join("manifest.json"), manifest.replace(line, &forged)).expect("a file");
    let (code, said) = verify(&[path(&output)]);
    assert_eq!(code, Some(0), "a copy that agrees with itself");
    assert_ne!(said, before, "and yet has another hash");
    let (code, said) = verify(&[path(&output), "--manifest", path(&own)]);
    let changed: Vec<&str> = said.lines().take(2).collect();
    assert_eq!((code, changed), (Some(1), vec!["changed  index.html", "changed  manifest.json"]));
}

#[test]
fn what_cannot_be_compared_is_told_so() {
    let (root, output) = site();
    fs::write(root.path().join("bad.json"), "{}").expect("a file");
    let bad = root.path().join("bad.json");
    for (arguments, expected) in [
        (&[path(root.path())][..], 3),
        (&[path(&output), "--manifest", path(&bad)], 3),
        (&["/nowhere/at/all"], 2),
        (&["ftp://example.org/"], 2),
        (&["http://127.0.0.1:9/"], 3),
        (&[], 2),
    ] {
        assert_eq!(verify(arguments).0, Some(expected), "{arguments:?}");
    }
}
