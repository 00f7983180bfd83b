//! Dossiers that nobody means to have, at full size: what a build of each takes.
//!
//! ```text
//! cargo bench --bench odd -- [NAME ..]
//! ```

#![cfg(target_os = "linux")]
#![expect(clippy::disallowed_methods, clippy::disallowed_macros, reason = "a benchmark reaches outside")]

#[path = "../tests/odd/cases.rs"]
mod cases;
#[path = "../tests/odd/measure.rs"]
mod measure;

use std::path::Path;
use std::process::Command;

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/odd");
    println!("{:<12} {:>10} {:>10} {:>9}  of", "case", "size", "user ms", "peak MB");
    for case in cases::CASES.iter().filter(|case| wanted.is_empty() || wanted.iter().any(|name| name == case.name)) {
        let _ = std::fs::remove_dir_all(&place);
        let (root, site) = (place.join("dossier"), place.join("site"));
        measure::write(&root, (case.files)(case.full));
        let mut build = Command::new(env!("CARGO_BIN_EXE_dossier"));
        build.args(["build", "--quiet", "--root"]).arg(&root).arg("--output").arg(&site);
        let done = measure::measured(&mut build, &place.join("said"));
        assert_eq!(done.status.code(), Some(case.ends), "{}: {}", case.name, done.said);
        let (user, peak) = (done.user.as_millis(), done.peak >> 20);
        println!("{:<12} {:>10} {user:>10} {peak:>9}  {}", case.name, case.full, case.of);
    }
    let _ = std::fs::remove_dir_all(&place);
}
