//! Edits of every kind, seen on their pages.

use std::fs;
use std::path::Path;

use super::preview::{Preview, SETTINGS, eventually, write};
use super::{ARTICLE, COUNCIL, NOTES, files, tram};

#[test]
fn nothing_is_written_to_disk() {
    let root = tram();
    let before = files(root.path());
    let preview = Preview::start(root.path());
    preview.get("/print.html");
    write(root.path(), "content/articles/tram.md", &ARTICLE.replace("May", "June"));
    preview.sees("/articles/tram.html", "in June");
    let after: Vec<String> =
        files(root.path()).into_keys().filter(|path| !path.starts_with(".dossier/schema/")).collect();
    assert_eq!(after, before.into_keys().collect::<Vec<_>>());
}

#[test]
fn schemas_know_a_new_record_as_soon_as_it_is_there() {
    let root = tram();
    let _preview = Preview::start(root.path());
    let knows = |id: &str| {
        let schema = fs::read_to_string(root.path().join(".dossier/schema/event.json")).unwrap_or_default();
        schema.contains(&format!("\"{id}\"")) && schema.contains(&format!("\"entity:{id}\""))
    };
    eventually("the schemas are there", || knows("council"));
    write(root.path(), "content/entities/depot.md", "---\nname: Depot\nkind: place\n---\n");
    eventually("the new entity is in them", || knows("depot"));
    write(root.path(), "content/entities/depot.md", "---\nname: [\n---\n");
    write(root.path(), "content/entities/garage.md", "---\nname: Garage\nkind: place\n---\n");
    eventually("a file with a mistake keeps its id", || knows("garage") && knows("depot"));
}

/// Edits of every kind, each seen on its page.
fn edits_are_seen(preview: &Preview, root: &Path) {
    let tram = "/articles/tram.html";
    write(root, "content/articles/tram.md", &ARTICLE.replace("May", "June"));
    preview.sees(tram, "in June");
    write(root, "content/articles/tram.md", &ARTICLE.replace("title: Tram", "title: The tram"));
    preview.sees(tram, "<h1>The tram</h1>");
    write(root, "content/annotations/tram.yaml", &NOTES.replace("Second.", "Another second."));
    preview.sees(tram, "Another second.");
    write(root, "content/entities/council.md", &COUNCIL.replace("kind:", "aliases: [Another day]\nkind:"));
    preview.sees("/articles/other.html", "href=\"../entities/council.html\">Another day");
    write(root, "templates/page.html", "own template");
    write(root, "content/pages/about.md", "---\ntitle: About\n---\nUs.\n");
    preview.sees("/about.html", "own template");
    write(root, "templates/page.html", "changed template");
    preview.sees("/about.html", "changed template");
    fs::remove_dir_all(root.join("templates")).expect("a folder");
    preview.sees("/about.html", "Us.");
    write(root, "static/numbers.txt", "9876543210");
    preview.sees("/numbers.txt", "987");
    write(root, "static/deep/new.txt", "new");
    preview.sees("/deep/new.txt", "new");
    write(root, "static/dossier.css", "own style");
    preview.sees("/dossier.css", "own style");
    fs::remove_file(root.join("static/dossier.css")).expect("a file");
    eventually("the built-in style is back", || preview.get("/dossier.css").status == 404);
    write(root, "site.toml", &SETTINGS.replace("\"T\"", "\"New name\""));
    preview.sees("/", "New name");

    // As editors save: written beside, then moved; or moved away, then written anew.
    write(root, "content/articles/.tram.md.new", &ARTICLE.replace("May", "July"));
    fs::rename(root.join("content/articles/.tram.md.new"), root.join("content/articles/tram.md")).expect("a file");
    preview.sees(tram, "in July");
    fs::rename(root.join("content/articles/tram.md"), root.join("content/articles/tram.md~")).expect("a file");
    write(root, "content/articles/tram.md", &ARTICLE.replace("May", "August"));
    preview.sees(tram, "in August");
    fs::remove_file(root.join("content/articles/tram.md~")).expect("a file");

    // Files and folders that come, go and change their names.
    write(root, "content/articles/third.md", "---\ntitle: Third\n---\nThree.\n");
    preview.sees("/articles/third.html", "Three.");
    fs::remove_file(root.join("content/articles/third.md")).expect("a file");
    eventually("a deleted page is gone", || preview.get("/articles/third.html").status == 404);
    write(root, "content/articles/2025/spring/fourth.md", "---\ntitle: Fourth\n---\nFour.\n");
    preview.sees("/articles/fourth.html", "Four.");
    fs::rename(root.join("content/articles/2025"), root.join("content/articles/2026")).expect("a folder");
    write(root, "content/articles/2026/spring/fourth.md", "---\ntitle: Fourth\n---\nFour again.\n");
    preview.sees("/articles/fourth.html", "Four again.");
    fs::rename(root.join("content/articles/2026"), root.join("elsewhere")).expect("a folder");
    eventually("a folder that was moved away is gone", || preview.get("/articles/fourth.html").status == 404);
    fs::rename(root.join("elsewhere"), root.join("content/articles/back")).expect("a folder");
    preview.sees("/articles/fourth.html", "Four again.");
    fs::rename(root.join("content"), root.join("away")).expect("a folder");
    eventually("all is gone", || preview.get("/articles/tram.html").status == 404);
    fs::rename(root.join("away"), root.join("content")).expect("a folder");
    preview.sees(tram, "in August");
    write(root, "content/articles/tram.md", ARTICLE);
    preview.sees(tram, "in May");
}

#[test]
fn every_kind_of_edit_is_seen() {
    let root = tram();
    let preview = Preview::start(root.path());
    edits_are_seen(&preview, root.path());
    assert!(!preview.process.err().contains("--poll"), "{}", preview.process.err());
}

#[test]
fn every_kind_of_edit_is_seen_by_looking() {
    let root = tram();
    let preview = Preview::with(root.path(), &["--poll", "20"]);
    edits_are_seen(&preview, root.path());
}

#[test]
fn a_checkout_of_a_thousand_files_is_seen_whole() {
    let root = tram();
    let preview = Preview::start(root.path());
    let path = |n: usize| format!("content/articles/{}/a{n}.md", n % 7);
    for round in 0..3 {
        for n in 0..1000 {
            if (n + round) % 3 == 0 {
                let _ = fs::remove_file(root.path().join(path(n)));
            } else {
                write(root.path(), &path(n), &format!("---\ntitle: A{n}\n---\nRound {round}.\n"));
            }
        }
        for n in [1, 500, 997, 998, 999] {
            let address = format!("/articles/a{n}.html");
            match (n + round) % 3 {
                0 => eventually("it is gone", || preview.get(&address).status == 404),
                _ => preview.sees(&address, &format!("Round {round}.")),
            }
        }
    }
    fs::remove_dir_all(root.path().join("content/articles/3")).expect("a folder");
    eventually("they are gone", || preview.get("/articles/a3.html").status == 404);
    assert_eq!(preview.get("/articles/tram.html").status, 200);
}
