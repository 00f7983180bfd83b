//! Any call of the system may fail, at any time.

use super::dossier::{Dossier, files, run, said, with_fault};

/// Calls, errors, and at which calls of a thread: the first ones of some belong to the system's own start of the program.
const FAULTS: &[(&str, &[&str], &[&str])] = &[
    ("write", &["ENOSPC"], &["1", "2", "3", "5", "8", "13", "20", "2+"]),
    ("write", &["EIO", "EDQUOT"], &["4", "9"]),
    ("openat", &["ENOSPC", "EMFILE", "EACCES", "EIO"], &["9", "20", "40", "9+"]),
    ("read", &["EIO"], &["5", "9", "16", "25"]),
    ("mkdir", &["ENOSPC", "EACCES"], &["1", "2", "7"]),
    ("link,linkat", &["EMLINK", "ENOSPC"], &["1", "9", "1+"]),
    ("renameat2,rename", &["EIO"], &["1", "1+"]),
    ("chmod,fchmod", &["EPERM"], &["1"]),
    ("flock", &["EIO", "ENOLCK"], &["1"]),
    ("syncfs", &["EIO", "ENOSPC", "ENOSYS"], &["1"]),
    ("unlink,unlinkat,rmdir", &["EIO", "ENOTEMPTY"], &["1", "5", "1+"]),
    ("getdents64", &["EIO", "ENOENT"], &["1", "3", "9"]),
    ("statx", &["EIO"], &["1", "4", "12", "30"]),
    ("clone3,clone", &["EAGAIN"], &["1", "1+"]),
];

#[test]
fn a_call_that_fails_costs_the_new_site_and_nothing_else() {
    let dossier = Dossier::without_mistakes();
    dossier.must("build --output OUT");
    let (mut number, mut failed) = (0, 0);
    for (calls, errors, times) in FAULTS {
        for (error, when) in errors.iter().flat_map(|error| times.iter().map(move |when| (error, when))) {
            number += 1;
            dossier.edition(number);
            let (before, own) = (dossier.edition_there(), dossier.files());
            let fault = format!("inject={calls}:error={error}:when={when}");
            let Some(mut build) = with_fault(&dossier.command("build --output OUT"), None, &fault) else { return };
            let done = run(&mut build);
            let (code, said, there) = (done.status.code(), said(&done), dossier.edition_there());
            assert!(matches!(code, Some(0 | 1 | 3)), "{fault}: {code:?}: {said}");
            assert!(!said.contains("panicked"), "{fault}: {said}");
            assert_eq!(dossier.files(), own, "{fault}");
            match code {
                Some(0) => assert_eq!(there, Some(number), "{fault}: {said}"),
                // The last thing that may fail is to say that all is done.
                _ => {
                    assert!(there == before || (calls.contains("write") && there == Some(number)), "{fault}: {there:?}")
                }
            }
            // A thread that cannot write at all cannot say why.
            assert!(code == Some(0) || !said.is_empty() || *calls == "write", "{fault}");
            failed += usize::from(code != Some(0));
        }
    }
    assert!(failed > 20, "only {failed} of {number} failed");
    dossier.must("build --output OUT");
    let beside: Vec<_> = std::fs::read_dir(dossier.place.path().join("output")).expect("a list").collect();
    assert_eq!((dossier.edition_there(), beside.len()), (Some(number), 1), "nothing is left beside it");
}

/// What a command that writes into `content/` leaves there when it fails: what was there, or all of what it is for.
#[test]
fn a_command_that_writes_for_editors_does_all_of_it_or_nothing() {
    for words in ["fix", "new article b", "new figure f"] {
        let whole = Dossier::new();
        whole.must(words);
        let relative = |dossier: &Dossier| -> Vec<(String, Vec<u8>)> {
            let strip =
                |path: &std::path::Path| path.strip_prefix(dossier.root()).expect("below").display().to_string();
            files(&dossier.root()).into_iter().map(|(path, bytes)| (strip(&path), bytes)).collect()
        };
        let (after, mut failed) = (relative(&whole), 0);
        let faults = [
            ("write", "ENOSPC", &["1", "2", "3"][..]),
            ("openat", "ENOSPC", &["10", "15", "19", "20", "21", "22", "23", "24", "26"]),
            ("rename", "EIO", &["1"]),
            ("chmod,fchmod", "EPERM", &["1"]),
            ("mkdir", "ENOSPC", &["1", "2"]),
        ];
        for (calls, error, when) in
            faults.iter().flat_map(|(calls, error, times)| times.iter().map(move |when| (calls, error, when)))
        {
            let dossier = Dossier::new();
            let before = relative(&dossier);
            let fault = format!("inject={calls}:error={error}:when={when}");
            let Some(mut command) = with_fault(&dossier.command(words), None, &fault) else { return };
            let done = run(&mut command);
            let now = relative(&dossier);
            assert!(now == before || now == after, "{words}, {fault}: {now:?}");
            assert!(matches!(done.status.code(), Some(0 | 3)), "{words}, {fault}: {}", said(&done));
            assert!(done.status.code() != Some(0) || now == after, "{words}, {fault}");
            failed += usize::from(now == before);
            // Whatever went wrong is over, and the command can be given again.
            if now == before {
                dossier.must(words);
                assert_eq!(relative(&dossier), after, "{words} after {fault}");
            }
        }
        assert!(failed > 0, "{words} never failed");
    }
}
