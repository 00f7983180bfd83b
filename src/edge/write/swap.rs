//! Two folders change places, and what a killed build left is put right.
//!
//! Beside an output `public` may stand `.public.lock`, `.public.new-<letters>` (a site that is being made, or an old one that is
//! being removed) and `.public.old-<letters>` (the old site, between the two renames of a system that has no exchange). The letters
//! are by chance, so that nobody else's folder is called so: a copy of a site that an editor keeps as `.public.old-2023` has our mark
//! in it too.

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

/// So many letters by chance stand at the end of such a name.
const BY_CHANCE: usize = 12;

/// Makes the folder in which the new site is made, by a name that nothing has.
///
/// # Errors
/// The disk failed.
pub(super) fn fresh(output: &Path) -> Result<PathBuf, WriteError> {
    let parent = output.parent().unwrap_or(Path::new("/"));
    let start = beside(output, "new-");
    let mut builder = tempfile::Builder::new();
    builder.prefix(start.file_name().unwrap_or_default()).rand_bytes(BY_CHANCE);
    as_new_folders_are(&mut builder);
    Ok(builder.tempdir_in(parent).map_err(at(parent))?.keep())
}

/// A scratch folder is its maker's alone unless it is told to be as new folders are here.
#[cfg(unix)]
fn as_new_folders_are(builder: &mut tempfile::Builder<'_, '_>) {
    use std::os::unix::fs::PermissionsExt as _;
    builder.permissions(fs::Permissions::from_mode(0o777));
}

#[cfg(not(unix))]
fn as_new_folders_are(_: &mut tempfile::Builder<'_, '_>) {}

/// Puts right what a build left that was killed. Only the holder of the lock may: what it finds is nobody's. What could not be
/// removed, and why.
pub(super) fn recover(output: &Path) -> Result<Vec<(PathBuf, io::Error)>, WriteError> {
    if !output.exists()
        && let Some(old) =
            leftovers(output, "old-").into_iter().find(|folder| is_file(&folder.join(MARK)) && is_ours(folder, output))
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
    if is_file(&folder.join(BEGUN)) {
        return remove(folder);
    }
    if !is_file(&folder.join(MARK)) || !is_ours(&folder, output) {
        // Killed before the first file: nothing is lost with an empty folder, and no other is removed by this.
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

/// A file, and no link to one.
fn is_file(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|metadata| metadata.is_file())
}

/// Folders beside the output, and no links to any, whose name ends with `what` and letters by chance, or the number of a process, as earlier
/// builds were called.
fn leftovers(output: &Path, what: &str) -> Vec<PathBuf> {
    let start = beside(output, what);
    let start = start.file_name().unwrap_or_default().to_string_lossy();
    let is_one = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let is_folder = path.symlink_metadata().is_ok_and(|metadata| metadata.is_dir());
        is_folder && name.strip_prefix(&*start).is_some_and(|end| is_by_chance(end) || end.parse::<u32>().is_ok())
    };
    let entries = output.parent().and_then(|parent| fs::read_dir(parent).ok()).into_iter().flatten();
    let mut found: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(is_one).collect();
    found.sort();
    found
}

/// Whether a whole site is one that a build put aside, and not a copy that somebody keeps.
fn is_ours(folder: &Path, output: &Path) -> bool {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    ["new-", "old-"].iter().any(|what| {
        let start = beside(output, what);
        name.strip_prefix(&*start.file_name().unwrap_or_default().to_string_lossy()).is_some_and(is_by_chance)
    })
}

fn is_by_chance(letters: &str) -> bool {
    letters.len() == BY_CHANCE && letters.bytes().all(|byte| byte.is_ascii_alphanumeric())
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
    // The letters are those of the new folder: what a killed build left of the two is known as one.
    let name = fresh.file_name().unwrap_or_default().to_string_lossy();
    let letters = &name[name.len().saturating_sub(BY_CHANCE)..];
    let aside = beside(output, &format!("old-{letters}"));
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
            let fresh = fresh(&output).expect("a folder");
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
        let [old, new] = ["old-abcdefABC123", "new-abcdefABC123"].map(|name| beside(&output, name));
        site(&old, "old");
        site(&new, "new");
        fs::rename(new.join(MARK), new.join(BEGUN)).expect("a file");
        // Copies that an editor made of a site, and folders of other things.
        let theirs = ["old-2023", "new-notes", "new-7"].map(|name| beside(&output, name));
        theirs.iter().for_each(|folder| site(folder, "theirs"));
        let unmarked = beside(&output, "old-abcdefabcdef");
        fs::create_dir(&unmarked).and_then(|()| fs::write(unmarked.join("index.html"), "theirs")).expect("a folder");
        let away = place.path().join("away");
        site(&away, "theirs");
        #[cfg(unix)]
        std::os::unix::fs::symlink(&away, beside(&output, "new-linklinklink")).expect("a link");
        assert!(recover(&output).expect("a recovery").is_empty());
        assert_eq!(word(&output), "old");
        assert!(!old.exists() && !new.exists());
        for folder in theirs.iter().chain([&unmarked, &away]) {
            assert_eq!(word(folder), "theirs", "{}", folder.display());
        }
    }
}
