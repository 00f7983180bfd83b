//! Files that vanish, change, or may no longer be read between being listed and being used.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use super::dossier::{Dossier, FILES, is_root, passed_over, run, said, with_fault};

#[test]
fn a_file_that_fails_when_it_is_used_is_named() {
    for (path, fault, code, words) in [
        // Gone since it was listed: as if it had never been there.
        ("content/pages/p.md", "openat:error=ENOENT", 0, ""),
        ("content/articles/a.md", "openat:error=ENOENT", 1, "content/annotations/a.yaml"),
        ("content/pages/p.md", "openat:error=EIO", 1, "content/pages/p.md"),
        ("content/pages/p.md", "read:error=EIO", 1, "content/pages/p.md"),
        ("content/pages/p.md", "openat:error=EACCES", 1, "no permission"),
        ("content/pages/p.md", "openat:error=EMFILE", 1, "content/pages/p.md"),
        ("content/pages", "getdents64:error=EIO", 1, "--> content"),
        ("content/pages", "openat:error=EACCES", 1, "content/pages"),
        ("content", "openat:error=EIO", 1, "content"),
        ("site.toml", "read:error=EIO", 1, "site.toml"),
        ("static/own.css", "openat:error=EIO", 3, "static/own.css` could not be read"),
        ("static/photo.jpg", "openat:error=ENOENT", 3, "static/photo.jpg` could not be read"),
        ("static/photo.jpg", "read:error=EIO", 3, "static/photo.jpg` could not be read"),
    ] {
        let dossier = Dossier::without_mistakes();
        dossier.must("build --output OUT");
        dossier.edition(1);
        let own = dossier.files();
        let build = dossier.command("build --output OUT");
        let Some(mut build) = with_fault(&build, Some(&dossier.root().join(path)), &format!("inject={fault}")) else {
            return;
        };
        let done = run(&mut build);
        assert_eq!(done.status.code(), Some(code), "{path} {fault}: {}", said(&done));
        assert!(said(&done).contains(words), "{path} {fault}: {}", said(&done));
        assert_eq!(dossier.edition_there(), Some(usize::from(code == 0)), "{path} {fault}");
        assert_eq!(dossier.files(), own, "{path} {fault}");
    }
}

/// A command as somebody who may do nothing that is not allowed to all. Root may do anything, and is not who writes dossiers.
fn as_nobody(dossier: &Dossier, words: &str) -> Command {
    let command = dossier.command(words);
    if !is_root() {
        return command;
    }
    // Nobody may read where this program stands.
    let program = dossier.place.path().join("program");
    if !program.exists() {
        fs::copy(command.get_program(), &program).expect("a copy");
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("it is ours");
    }
    let mut nobody = Command::new("setpriv");
    nobody.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(program).args(command.get_args());
    nobody
}

fn allow(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("it is ours");
}

#[test]
fn what_may_not_be_read_or_written_is_named() {
    for (path, mode, words, code, message) in [
        ("content/articles/a.md", 0o000, "check", 1, "no permission to read"),
        ("content/articles", 0o000, "check", 1, "content/articles"),
        // Its names can be listed, and none of them opened.
        ("content/articles", 0o644, "check", 1, "content/articles/a.md"),
        ("content", 0o000, "check", 1, "content"),
        ("site.toml", 0o000, "check", 1, "site.toml"),
        ("static/photo.jpg", 0o000, "build --output OUT", 3, "static/photo.jpg` could not be read"),
        ("static", 0o000, "build --output OUT", 1, "static"),
        ("content/annotations", 0o555, "fix", 3, "content/annotations/a.yaml"),
        ("content/articles", 0o555, "new article b", 3, "content/articles/b.md"),
        ("content/annotations", 0o555, "new article b", 3, "content/annotations/b.yaml"),
        ("", 0o555, "schema", 3, ".dossier/schema"),
    ] {
        let dossier = Dossier::new();
        if code == 3 && words.starts_with("build") {
            dossier.put("content/annotations/a.yaml", "");
        }
        for entry in walkdir::WalkDir::new(dossier.place.path()).into_iter().filter_map(Result::ok) {
            allow(entry.path(), 0o777);
        }
        let own = dossier.files();
        allow(&dossier.root().join(path), mode);
        let done = run(&mut as_nobody(&dossier, words));
        allow(&dossier.root().join(path), 0o777);
        assert_eq!(
            done.status.code(),
            Some(code),
            "{path} {mode:o}, {words}: {}{}",
            said(&done),
            String::from_utf8_lossy(&done.stdout)
        );
        assert!(said(&done).contains(message), "{path} {mode:o}, {words}: {}", said(&done));
        assert_eq!(dossier.files(), own, "{path} {mode:o}, {words}");
    }
}

#[test]
fn what_is_no_file_is_not_opened() {
    let pipe = |path: &Path| {
        let made = Command::new("mkfifo").arg(path).status();
        assert!(made.expect("mkfifo runs").success());
    };
    for path in ["content/articles/a.md", "content/pages/p.md", "site.toml", "templates/page.html"] {
        let dossier = Dossier::without_mistakes();
        let file = dossier.root().join(path);
        let _ = fs::remove_file(&file);
        fs::create_dir_all(file.parent().expect("a parent")).expect("a folder");
        pipe(&file);
        let done = run(&mut dossier.command("check"));
        assert_eq!(done.status.code(), Some(1), "{path}: {}", said(&done));
        assert!(
            said(&done).contains(path) && said(&done).contains("something else than a file"),
            "{path}: {}",
            said(&done)
        );
    }
    // What is only copied is passed over.
    let dossier = Dossier::without_mistakes();
    pipe(&dossier.root().join("static/pipe.bin"));
    dossier.must("build --output OUT");
}

#[test]
fn files_that_never_hold_still_make_no_half_site() {
    let dossier = Dossier::without_mistakes();
    dossier.must("build --output OUT");
    let stop = AtomicBool::new(false);
    let paths = ["content/articles/a.md", "content/pages/p.md", "static/photo.jpg", "static/own.css"];
    let disturb = |seed: u64| {
        let mut random = seed;
        while !stop.load(Ordering::Relaxed) {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let (what, which) = (random >> 60, (random >> 40) as usize % paths.len());
            let path = dossier.root().join(paths[which]);
            let (_, text) = FILES.iter().find(|(path, _)| *path == paths[which]).expect("one of them");
            // Each may fail, for the other thread is at it too.
            let _ = match what {
                0..=3 => fs::remove_file(&path),
                4 => fs::create_dir(&path),
                5 => fs::remove_dir(&path),
                6 => symlink("nowhere", &path),
                7 => fs::rename(&path, path.with_extension("away"))
                    .and_then(|()| fs::rename(path.with_extension("away"), &path)),
                8 => fs::write(&path, &text[..text.len() / 2]),
                9 => fs::write(&path, [0xff, 0xfe]),
                10 => fs::write(&path, text.repeat(1000)),
                _ => fs::write(&path, text),
            };
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(|| disturb(1));
        scope.spawn(|| disturb(2));
        for number in 1..=15 {
            dossier.edition(number);
            let before = dossier.edition_there();
            let done = run(&mut dossier.command("build --output OUT"));
            let (code, there) = (done.status.code(), dossier.edition_there());
            let expected = if code == Some(0) { Some(number) } else { before };
            if !matches!(code, Some(0 | 1 | 3)) || there != expected {
                stop.store(true, Ordering::Relaxed);
                panic!("{code:?}, {there:?} instead of {expected:?}: {}", said(&done));
            }
        }
        stop.store(true, Ordering::Relaxed);
    });
    for (path, text) in FILES.iter().filter(|(path, _)| paths.contains(path)) {
        let at = dossier.root().join(path);
        let _ = fs::remove_dir(&at);
        let _ = fs::remove_file(&at);
        dossier.put(path, text);
    }
    dossier.edition(99);
    dossier.must("build --output OUT");
    assert_eq!(dossier.edition_there(), Some(99));
}

/// No clock is asked for anything that is written, and the times of files are compared with nothing but themselves.
#[test]
fn times_of_another_age_change_nothing() {
    let dossier = Dossier::without_mistakes();
    dossier.must("build --output OUT");
    let (site, time) = (super::dossier::files(&dossier.output()), |path: &Path| {
        fs::metadata(path).and_then(|metadata| metadata.modified()).expect("a time")
    });
    let times: Vec<SystemTime> = site.keys().map(|path| time(path)).collect();
    let age = Duration::from_secs(60 * 60 * 24 * 365 * 60);
    for set in
        [SystemTime::UNIX_EPOCH, SystemTime::UNIX_EPOCH + age, SystemTime::UNIX_EPOCH + 3 * age, SystemTime::UNIX_EPOCH]
    {
        for path in dossier.files().into_keys() {
            fs::File::options().write(true).open(path).and_then(|file| file.set_modified(set)).expect("it is ours");
        }
        dossier.must("build --output OUT");
        let now = super::dossier::files(&dossier.output());
        assert!(now == site, "{set:?}");
        assert_eq!(now.keys().map(|path| time(path)).collect::<Vec<_>>(), times, "{set:?}");
    }
    // And a site from the future is replaced as any other.
    for path in site.keys() {
        fs::File::options()
            .write(true)
            .open(path)
            .and_then(|file| file.set_modified(SystemTime::UNIX_EPOCH + 3 * age))
            .expect("it is ours");
    }
    dossier.edition(1);
    dossier.must("build --output OUT");
    assert_eq!(dossier.edition_there(), Some(1));
    if !is_root() {
        passed_over("other users' permissions, for this one is not root");
    }
}
