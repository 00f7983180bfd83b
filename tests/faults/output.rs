//! Where results go, and what the system allows a process.

use std::fs::{self, File};
use std::os::unix::process::ExitStatusExt as _;
use std::process::Command;

use super::dossier::{Dossier, run, said};

#[test]
fn half_a_result_is_told_apart_from_a_whole_one() {
    for words in [
        "check --format json",
        "check --format sarif",
        "check --format github",
        "check",
        "check --list",
        "check --explain bad-date",
        "fix --dry-run",
        "schema",
        "new source s",
    ] {
        let dossier = Dossier::new();
        let full = File::options().write(true).open("/dev/full").expect("a disk without room");
        let done = run(dossier.command(words).stdout(full));
        assert_eq!(done.status.code(), Some(3), "{words}: {}", said(&done));
        assert!(said(&done).contains("could not be written to standard output"), "{words}: {}", said(&done));

        // A reader that went away, as `head` does, is nobody's failure.
        let dossier = Dossier::new();
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let done = run(dossier.command(words).stdout(writer));
        assert!(
            matches!(done.status.code(), Some(0 | 1)) && !said(&done).contains("panicked"),
            "{words}: {}",
            said(&done)
        );
    }
}

/// What `prlimit` and signals do to a build that is under way.
#[test]
fn what_the_system_allows_no_more_ends_the_build_and_not_the_site() {
    let dossier = Dossier::without_mistakes();
    dossier.must("build --output OUT");
    dossier.put("static/film.bin", &"film".repeat(1 << 20));
    let kept = dossier.files().len();
    let mut number = 0;
    for (limit, needed) in [
        // The largest file that may be written, in bytes: the system ends the process.
        ("--fsize=100000", false),
        ("--nofile=12", true),
        ("--nofile=40", true),
        ("--as=20000000", false),
        ("--as=60000000", false),
        ("--cpu=0", false),
        ("--stack=200000", false),
    ] {
        number += 1;
        dossier.edition(number);
        let before = dossier.edition_there();
        let build = dossier.command("build --output OUT");
        let done = run(Command::new("prlimit").arg(limit).arg(build.get_program()).args(build.get_args()));
        let there = dossier.edition_there();
        assert_eq!(there, if done.status.success() { Some(number) } else { before }, "{limit}: {}", said(&done));
        let ended = done.status.code();
        assert!(!needed || matches!(ended, Some(0 | 1 | 3)), "{limit}: {:?} {}", done.status.signal(), said(&done));
        assert_eq!(dossier.files().len(), kept, "{limit}");
    }
    fs::remove_file(dossier.root().join("static/film.bin")).expect("it was there");
    dossier.must("build --output OUT");
}
