//! What happens around both watching commands: another preview, an output that somebody deletes, saves that take their time.

use std::fs;
use std::io::Write as _;
use std::thread;
use std::time::Duration;

use dossier::edge::write::Lock;

use super::disk::Disk;
use super::preview::{Preview, Process, eventually, write};
use super::{ARTICLE, COUNCIL, PAGE, tram};

/// The article, as of a month.
fn of(month: &str) -> String {
    ARTICLE.replace("May", month)
}

#[test]
fn two_previews_of_one_folder_are_in_nobodys_way() {
    let root = tram();
    let previews = [Preview::start(root.path()), Preview::start(root.path())];
    for month in ["June", "July", "August"] {
        write(root.path(), "content/articles/tram.md", &of(month));
        let entity = COUNCIL.replace("The council", &format!("Committee of {month}"));
        write(root.path(), &format!("content/entities/{}.md", month.to_lowercase()), &entity);
        previews.iter().for_each(|preview| preview.sees(PAGE, &format!("in {month}")));
    }
    let schema = || fs::read_to_string(root.path().join(".dossier/schema/event.json")).unwrap_or_default();
    eventually("both write the same schemas", || schema().contains("august"));
    assert!(serde_json::from_str::<serde_json::Value>(&schema()).is_ok());
    for mut preview in previews {
        preview.process.signal("TERM");
        assert_eq!(preview.process.ended().code(), Some(0), "{}", preview.process.err());
        assert!(!preview.process.err().contains("error"), "{}", preview.process.err());
    }
    let entries = fs::read_dir(root.path().join(".dossier")).expect("a list");
    let left: Vec<_> = entries.map(|entry| entry.expect("an entry").file_name()).collect();
    assert_eq!(left, ["schema"], "no probe is left");
}

#[test]
fn an_output_that_is_deleted_under_a_watching_build_comes_back() {
    let root = tram();
    let public = root.path().join("public");
    let mut build = Process::start(root.path(), &["build", "--watch"]);
    eventually("it was built", || build.out().contains("built "));
    let page = || fs::read_to_string(public.join("articles/tram.html")).unwrap_or_default();
    for number in 0..12_u64 {
        write(root.path(), "content/articles/tram.md", &of(&format!("{number}")));
        // Before the build begins, while it is at it, when it is over.
        thread::sleep(Duration::from_millis(number * 12));
        let _ = fs::remove_dir_all(&public);
    }
    write(root.path(), "content/articles/tram.md", &of("December"));
    eventually("it comes back", || page().contains("in December"));
    fs::remove_dir_all(&public).expect("a folder");
    fs::write(&public, "a file in its place").expect("a file");
    write(root.path(), "content/articles/tram.md", &of("January"));
    eventually("it says why it does not write", || build.err().contains("is a file, not a folder"));
    fs::remove_file(&public).expect("a file");
    write(root.path(), "content/articles/tram.md", &of("February"));
    eventually("it goes on", || page().contains("in February"));
    build.signal("TERM");
    assert_eq!(build.ended().code(), Some(0), "{}", build.err());
}

#[test]
fn a_watching_build_goes_on_when_a_full_disk_has_room_again() {
    let (root, place) = (tram(), tempfile::tempdir().expect("a folder"));
    let Some(disk) = Disk::new(&place.path().join("disk"), "4m") else { return };
    let public = disk.0.join("public");
    let mut build = Process::start(root.path(), &["build", "--watch", "--output", public.to_str().expect("a path")]);
    eventually("it was built", || build.out().contains("built "));
    write(root.path(), "static/film.bin", &"x".repeat(6 << 20));
    eventually("it says that the disk is full", || build.err().contains("No space left"));
    let page = || fs::read_to_string(public.join("articles/tram.html")).unwrap_or_default();
    assert!(page().contains("in May") && public.join(".dossier-build.json").is_file(), "the old site is whole");
    fs::remove_file(root.path().join("static/film.bin")).expect("it was there");
    write(root.path(), "content/articles/tram.md", &of("June"));
    eventually("it goes on", || page().contains("in June"));
    build.signal("TERM");
    assert_eq!(build.ended().code(), Some(0), "{}", build.err());
    let left: Vec<_> = fs::read_dir(&disk.0).expect("a list").flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(left, ["public"]);
}

#[test]
fn a_watching_build_waits_for_another_that_holds_the_output() {
    let root = tram();
    let public = root.path().join("public");
    let build = Process::start(root.path(), &["build", "--watch"]);
    eventually("it was built", || build.out().contains("built "));
    let held = Lock::take(&public.canonicalize().expect("a folder")).expect("it is free");
    write(root.path(), "content/articles/tram.md", &of("June"));
    eventually("it says who holds it", || build.err().contains("is at work on"));
    drop(held);
    write(root.path(), "content/articles/tram.md", &of("July"));
    let page = || fs::read_to_string(public.join("articles/tram.html")).unwrap_or_default();
    eventually("it goes on", || page().contains("in July"));
}

#[test]
fn a_dossier_that_is_moved_away_and_back_is_shown_again() {
    let place = tempfile::tempdir().expect("a folder");
    let (here, away) = (place.path().join("here"), place.path().join("away"));
    fs::rename(tram().keep(), &here).expect("a folder");
    let preview = Preview::start(&here);
    preview.sees(PAGE, "in May");
    fs::rename(&here, &away).expect("a folder");
    write(&away, "content/articles/tram.md", &of("June"));
    eventually("it says what it cannot read", || preview.process.err().contains("cannot be read"));
    preview.sees(PAGE, "in May");
    fs::rename(&away, &here).expect("a folder");
    write(&here, "content/articles/tram.md", &of("July"));
    preview.sees(PAGE, "in July");
}

#[test]
fn a_save_that_takes_its_time_is_shown_when_it_is_there() {
    let root = tram();
    let preview = Preview::start(root.path());
    let path = root.path().join("content/articles/tram.md");
    for month in ["June", "July"] {
        let text = of(month);
        let mut file = fs::File::create(&path).expect("a file");
        for piece in text.as_bytes().chunks(text.len() / 4) {
            file.write_all(piece).expect("a file");
            // Longer than a burst of changes is waited for.
            thread::sleep(Duration::from_millis(80));
            assert_eq!(preview.get(PAGE).status, 200);
        }
        preview.sees(PAGE, &format!("in {month}"));
    }
}

#[test]
fn a_save_that_sets_the_time_back_is_seen() {
    let root = tram();
    for arguments in [&[][..], &["--poll", "20"]] {
        let preview = Preview::with(root.path(), arguments);
        for (path, address, old, new) in [
            ("content/articles/tram.md", PAGE, "in May", "in Mai"),
            ("static/numbers.txt", "/numbers.txt", "0123456789", "9876543210"),
        ] {
            let file = root.path().join(path);
            let (time, text) = (
                fs::metadata(&file).and_then(|metadata| metadata.modified()).expect("a time"),
                fs::read_to_string(&file).expect("a file"),
            );
            let tag = preview.get(address).header("etag").to_owned();
            for (text, set) in
                [(text.replace(old, new), time), (text.clone(), time - Duration::from_secs(86_400 * 365))]
            {
                fs::write(&file, &text).expect("a file");
                fs::File::options()
                    .write(true)
                    .open(&file)
                    .and_then(|file| file.set_modified(set))
                    .expect("it is ours");
                preview.sees(address, if text.contains(new) { new } else { old });
            }
            let again = preview.ask("GET", address, &format!("If-None-Match: {tag}\r\n"));
            assert!(matches!(again.status, 200 | 304), "{path}");
            assert!(again.status == 304 || again.body.contains(old), "{path}");
        }
    }
}
