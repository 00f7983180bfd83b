//! Two folders change places, and what a killed build left is put right.
//!
//! Beside an output `public` may stand `.public.lock`, `.public.new-<process>` (a site that is being made, or an old one that is
//! being removed) and `.public.old-<process>` (the old site, between the two renames of a system that has no exchange).

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

#[cfg(unix)]
use walkdir::WalkDir;

use super::output::MARK;
use super::wrote::Wrote;
use super::{WriteError, at, foreign};

/// A hidden name beside the output.
pub(super) fn beside(output: &Path, what: &str) -> PathBuf {
    let name = output.file_name().map_or_else(|| "output".into(), |name| name.to_string_lossy());
    output.with_file_name(format!(".{name}.{what}"))
}

/// By this file a folder is known as one that is being made. When all is in it, it becomes the [`MARK`].
pub(super) const BEGUN: &str = ".dossier-build.begun";

/// Where the new site is made: a name that nothing has.
pub(super) fn fresh(output: &Path) -> PathBuf {
    let names = (std::process::id()..).map(|number| beside(output, &format!("new-{number}")));
    let mut free = names.filter(|path| path.symlink_metadata().is_err());
    free.next().unwrap_or_else(|| beside(output, "new-0"))
}

/// Puts right what a build left that was killed. Only the holder of the lock may: what it finds is nobody's. What could not be
/// removed, and why.
pub(super) fn recover(output: &Path) -> Result<Vec<(PathBuf, io::Error)>, WriteError> {
    if !output.exists()
        && let Some(old) = leftovers(output, "old-").into_iter().find(|folder| folder.join(MARK).is_file())
    {
        fs::rename(&old, output).map_err(at(output))?;
    }
    Ok(leftovers_of_all(output).filter_map(|folder| tidied(folder, output)).collect())
}

/// Whether a killed build left anything.
pub(super) fn left_something(output: &Path) -> bool {
    leftovers_of_all(output).next().is_some()
}

fn leftovers_of_all(output: &Path) -> impl Iterator<Item = PathBuf> {
    ["new-", "old-"].into_iter().flat_map(|what| leftovers(output, what))
}

/// Removes what is left of a site: one that was being made as a whole, an old one when all that is foreign in it has moved over. A
/// folder that is neither is somebody's, whatever its name.
fn tidied(folder: PathBuf, output: &Path) -> Option<(PathBuf, io::Error)> {
    if folder.join(BEGUN).is_file() {
        return remove(folder);
    }
    if !folder.join(MARK).is_file() {
        // Killed before the first file: nothing is lost with an empty folder.
        let _ = fs::remove_dir(&folder);
        return None;
    }
    // Where there is no output, what is foreign waits for one.
    let wrote = output.exists().then(|| Wrote::of(&folder))?;
    match wrote {
        Ok(wrote) => cleared(wrote, output),
        Err(_) => Some((folder, io::Error::other("its list of files cannot be read"))),
    }
}

/// Empties a folder that a new site has replaced; the folder, and why, where that is not possible.
pub(super) fn cleared(wrote: Wrote, output: &Path) -> Option<(PathBuf, io::Error)> {
    let failed = foreign::clear(&wrote, output).err().filter(|error| error.kind() != io::ErrorKind::NotFound)?;
    Some((wrote.folder, failed))
}

/// Folders beside the output whose name ends with `what` and the number of a process.
fn leftovers(output: &Path, what: &str) -> Vec<PathBuf> {
    let start = beside(output, what);
    let start = start.file_name().unwrap_or_default().to_string_lossy();
    let is_one = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.strip_prefix(&*start).is_some_and(|number| number.parse::<u32>().is_ok()) && path.is_dir()
    };
    let entries = output.parent().and_then(|parent| fs::read_dir(parent).ok()).into_iter().flatten();
    let mut found: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(is_one).collect();
    found.sort();
    found
}

/// Waits until all that was written is on the disk: where power fails soon after the exchange, the system may otherwise have kept
/// that and lost what is in the files. One call for the whole file system costs less than one a file.
///
/// # Errors
/// The disk did not take what was written.
#[cfg(target_os = "linux")]
pub(in crate::edge) fn settle(folder: &Path) -> io::Result<()> {
    use rustix::io::Errno;
    match rustix::fs::syncfs(fs::File::open(folder)?) {
        // A system that does not know the call is as safe as it can be.
        Err(Errno::NOSYS | Errno::INVAL | Errno::OPNOTSUPP | Errno::PERM) => Ok(()),
        done => Ok(done?),
    }
}

/// Other systems have no call for a whole file system that waits.
#[cfg(not(target_os = "linux"))]
pub(in crate::edge) fn settle(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Puts the new folder in the place of the old one. After it the old site is where the new one was. A first site does not wait for
/// the disk: where power fails there is nothing to lose that the next build does not make.
pub(super) fn swap(fresh: &Path, output: &Path) -> Result<(), WriteError> {
    let Ok(old) = fs::metadata(output) else { return fs::rename(fresh, output).map_err(at(output)) };
    settle(fresh).map_err(at(fresh))?;
    // Whoever may read or write the output today may tomorrow.
    fs::set_permissions(fresh, old.permissions()).map_err(at(fresh))?;
    match exchange(fresh, output) {
        Ok(()) => Ok(()),
        Err(_) => two_renames(fresh, output),
    }
}

#[cfg(target_os = "linux")]
fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
}

#[cfg(not(target_os = "linux"))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// No exchange on this system: the first rename is undone when the second fails, and by [`recover`] when nobody is left to.
fn two_renames(fresh: &Path, output: &Path) -> Result<(), WriteError> {
    let aside = beside(output, &format!("old-{}", std::process::id()));
    match fs::rename(output, &aside) {
        // Somebody deleted it just now.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return fs::rename(fresh, output).map_err(at(output)),
        Err(error) => return Err(fixed(output, error)),
        Ok(()) => {}
    }
    if let Err(error) = fs::rename(fresh, output) {
        let _ = fs::rename(&aside, output);
        return Err(at(output)(error));
    }
    fs::rename(&aside, fresh).map_err(at(&aside))
}

/// The output cannot be moved: most often something is mounted there.
fn fixed(output: &Path, error: io::Error) -> WriteError {
    match error.kind() {
        io::ErrorKind::ResourceBusy | io::ErrorKind::CrossesDevices => WriteError::Hindered(format!(
            "`{0}` is a disk of its own (something is mounted there), so a new site cannot take its place in one step: \
             build into a folder in it, such as `--output {1}`",
            output.display(),
            output.join("site").display()
        )),
        _ => at(output)(error),
    }
}

/// Removes a folder in which nothing is that we did not write. That it cannot is worth a word, and no reason to fail.
pub(super) fn remove(folder: PathBuf) -> Option<(PathBuf, io::Error)> {
    let mut removed = remove_all(&folder);
    if matches!(&removed, Err(error) if error.kind() == io::ErrorKind::PermissionDenied) {
        open(&folder);
        removed = remove_all(&folder);
    }
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Some((folder, error)),
        _ => None,
    }
}

/// What the folder is known by goes last, so that the next start knows what is left of it.
fn remove_all(folder: &Path) -> io::Result<()> {
    let marks = [BEGUN, MARK];
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        match entry.file_type()?.is_dir() {
            true => fs::remove_dir_all(entry.path())?,
            false if marks.iter().any(|mark| entry.file_name() == *mark) => {}
            false => fs::remove_file(entry.path())?,
        }
    }
    for mark in marks {
        match fs::remove_file(folder.join(mark)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    fs::remove_dir(folder)
}

/// Who protects a site from changes closes its folders, and out of a closed folder nothing can be removed.
#[cfg(unix)]
fn open(folder: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    // A folder is listed here before what is in it is asked for, so each is open in time.
    for entry in WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_dir()) {
        let _ = fs::set_permissions(entry.path(), fs::Permissions::from_mode(0o700));
    }
}

#[cfg(not(unix))]
fn open(_: &Path) {}

#[cfg(test)]
mod tests {
    use super::*;

    /// A site that is known by one word.
    fn site(folder: &Path, word: &str) {
        fs::create_dir_all(folder).expect("a folder");
        fs::write(folder.join(MARK), "").expect("a mark");
        fs::write(folder.join("index.html"), word).expect("a page");
    }

    fn word(folder: &Path) -> String {
        fs::read_to_string(folder.join("index.html")).unwrap_or_default()
    }

    #[test]
    fn with_and_without_an_exchange_the_old_site_is_where_the_new_one_was() {
        for swap in [swap, two_renames] {
            let place = tempfile::tempdir().expect("a folder");
            let output = place.path().join("public");
            let fresh = fresh(&output);
            site(&output, "old");
            site(&fresh, "new");
            swap(&fresh, &output).expect("a swap");
            assert_eq!((word(&output).as_str(), word(&fresh).as_str()), ("new", "old"));
            assert_eq!(fs::read_dir(place.path()).expect("a list").count(), 2);
        }
    }

    #[test]
    fn a_build_that_was_killed_between_two_renames_is_undone() {
        let place = tempfile::tempdir().expect("a folder");
        let output = place.path().join("public");
        site(&beside(&output, "old-7"), "old");
        site(&beside(&output, "new-7"), "new");
        fs::rename(beside(&output, "new-7").join(MARK), beside(&output, "new-7").join(BEGUN)).expect("a file");
        site(&place.path().join(".public.new-notes"), "mine");
        let year = beside(&output, "old-2023");
        fs::create_dir(&year).and_then(|()| fs::write(year.join("index.html"), "theirs")).expect("a folder");
        assert!(recover(&output).expect("a recovery").is_empty());
        assert_eq!(word(&output), "old");
        assert!(!beside(&output, "new-7").exists() && !beside(&output, "old-7").exists());
        assert_eq!(word(&place.path().join(".public.new-notes")), "mine", "not a name of ours");
        assert_eq!(word(&year), "theirs", "no mark of ours");
    }
}
