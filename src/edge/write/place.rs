//! One file in its place. What has the bytes of the last build is linked, not written, so it keeps its time.

use std::fs::{self, File, Permissions};
use std::io::{self, BufReader, BufWriter, Read, Seek as _, Write};
use std::mem;
use std::path::Path;

use super::{WriteError, at};
use crate::base::hash::Sha256Sum;
use crate::edge::manifest::Entry;

/// A file that was put in its place.
pub(super) struct Placed {
    /// What it holds.
    pub(super) entry: Entry,
    /// Whether the last build had other bytes there, or none.
    pub(super) changed: bool,
}

/// The file of the last build, which need not be there.
#[derive(Clone, Copy)]
pub(super) struct Before<'a> {
    /// Where it is.
    pub(super) path: &'a Path,
    /// Which rights a new file gets: one that was made when they were others is not linked.
    pub(super) rights: &'a Permissions,
}

/// How much of a file is held at once.
const PIECE: usize = 1 << 18;

/// Puts bytes at `new` that are all there; `old` is the file of the last build, if there is one. Somebody may delete that meanwhile.
pub(super) fn place(bytes: &[u8], old: Option<Before<'_>>, new: &Path) -> Result<Placed, WriteError> {
    let is_same = |old: &Before<'_>| {
        is_of_size(old.path, bytes.len() as u64) && fs::read(old.path).is_ok_and(|existing| existing == bytes)
    };
    let same = old.filter(is_same);
    if same.is_none_or(|old| keep(old, new).is_err()) {
        File::create(new).and_then(|mut file| file.write_all(bytes)).map_err(at(new))?;
    }
    Ok(Placed { entry: Entry::of(bytes), changed: same.is_none() })
}

/// Puts the file of the last build at `new`, if it still has the bytes that it was proved to have.
pub(super) fn keep_proved(entry: Entry, old: Before<'_>, new: &Path) -> Option<Placed> {
    let whole = Entry::of(&fs::read(old.path).ok()?) == entry;
    (whole && keep(old, new).is_ok()).then_some(Placed { entry, changed: false })
}

/// Puts bytes at `new` that `make` writes as they come: a film, or the data of a large dossier, does not fit in memory.
pub(super) fn stream(
    make: impl FnOnce(&mut dyn Write) -> Result<(), WriteError>,
    old: Option<Before<'_>>,
    new: &Path,
) -> Result<Placed, WriteError> {
    let target = Target { old, new, sum: Sha256Sum::default(), size: 0, state: State::new(old) };
    let mut target = BufWriter::with_capacity(PIECE, target);
    make(&mut target)?;
    let target = target.into_inner().map_err(|error| at(new)(error.into_error()))?;
    target.finish().map_err(at(new))
}

/// Puts a file of the editors at `new`.
pub(super) fn copy(from: &Path, old: Option<Before<'_>>, new: &Path) -> Result<Placed, WriteError> {
    let unreadable = |error| WriteError::Source(from.to_path_buf(), error);
    let (mut source, mut piece) = (File::open(from).map_err(unreadable)?, vec![0; PIECE]);
    stream(
        |out| loop {
            match source.read(&mut piece).map_err(unreadable)? {
                0 => return Ok(()),
                length => out.write_all(&piece[..length]).map_err(at(new))?,
            }
        },
        old,
        new,
    )
}

/// A file to write to. While the bytes that come are those of the last build, nothing is written.
struct Target<'a> {
    old: Option<Before<'a>>,
    new: &'a Path,
    sum: Sha256Sum,
    size: u64,
    state: State,
}

enum State {
    /// All bytes so far are those of the old file; what is left of it, and room for a piece.
    Same(BufReader<File>, Vec<u8>),
    /// There is no old file, and nothing has come yet.
    Nothing,
    /// They are others, and written.
    Other(File),
}

impl State {
    fn new(old: Option<Before<'_>>) -> Self {
        match old.map(|old| File::open(old.path)) {
            Some(Ok(old)) => Self::Same(BufReader::with_capacity(PIECE, old), Vec::new()),
            Some(Err(_)) | None => Self::Nothing,
        }
    }

    /// Whether the next bytes are written, not compared.
    fn ends_with(&mut self, bytes: &[u8]) -> bool {
        let Self::Same(old, piece) = self else { return true };
        piece.resize(bytes.len(), 0);
        old.read_exact(piece).is_err() || piece != bytes
    }
}

impl Target<'_> {
    /// The new file, with all that has come before. It comes from the old file as it was opened: by now it may be gone.
    fn begin(&mut self) -> io::Result<File> {
        match mem::replace(&mut self.state, State::Nothing) {
            State::Same(mut old, _) => {
                let mut file = File::create(self.new)?;
                old.rewind()?;
                io::copy(&mut old.take(self.size), &mut file)?;
                Ok(file)
            }
            State::Nothing => File::create(self.new),
            State::Other(file) => Ok(file),
        }
    }

    fn finish(mut self) -> io::Result<Placed> {
        let same = match &mut self.state {
            State::Same(old, _) => old.read(&mut [0])? == 0,
            State::Nothing | State::Other(_) => false,
        };
        if !self.old.is_some_and(|old| same && keep(old, self.new).is_ok()) {
            self.begin()?;
        }
        Ok(Placed { entry: Entry { sha256: self.sum.finish(), size: self.size }, changed: !same })
    }
}

impl Write for Target<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.state.ends_with(bytes) {
            let mut file = self.begin()?;
            file.write_all(bytes)?;
            self.state = State::Other(file);
        }
        self.sum.update(bytes);
        self.size += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn is_of_size(path: &Path, size: u64) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.is_file() && metadata.len() == size)
}

/// Links an unchanged file. On a disk without links, and where it has other rights than a new one would have, it is copied, and is
/// as old as it was.
fn keep(old: Before<'_>, new: &Path) -> io::Result<()> {
    let was = fs::metadata(old.path)?;
    if was.permissions() == *old.rights && fs::hard_link(old.path, new).is_ok() {
        return Ok(());
    }
    let mut file = File::create(new)?;
    io::copy(&mut File::open(old.path)?, &mut file)?;
    file.set_modified(was.modified()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::hash::Sha256;

    #[test]
    fn a_stream_is_written_only_where_it_differs() {
        for (old, pieces, changed) in [
            (None, &["ab", "c"][..], true),
            (None, &[], true),
            (Some(""), &[], false),
            (Some("abc"), &["ab", "c"], false),
            (Some("abc"), &["abc"], false),
            (Some("abcd"), &["ab", "c"], true),
            (Some("ab"), &["ab", "c"], true),
            (Some("abx"), &["ab", "c"], true),
            (Some("xbc"), &["a", "b", "c"], true),
            (Some("abc"), &[], true),
        ] {
            let folder = tempfile::tempdir().expect("a folder");
            let (before, after) = (folder.path().join("old"), folder.path().join("new"));
            if let Some(old) = old {
                fs::write(&before, old).expect("a file");
            }
            let rights = fs::metadata(folder.path()).expect("a folder").permissions();
            let old_file = Some(Before { path: &before, rights: &rights });
            let state = State::new(old_file);
            let mut target = Target { old: old_file, new: &after, sum: Sha256Sum::default(), size: 0, state };
            for piece in pieces {
                target.write_all(piece.as_bytes()).expect("a place to write");
            }
            let placed = target.finish().expect("a place to write");
            let written = pieces.concat();
            assert_eq!(fs::read_to_string(&after).expect("a file"), written, "{old:?}");
            assert_eq!((placed.changed, placed.entry.size), (changed, written.len() as u64), "{old:?} {pieces:?}");
            assert_eq!(placed.entry.sha256, Sha256::of(written.as_bytes()));
            assert_eq!(fs::read_to_string(&before).ok().as_deref(), old, "the old file stays as it is");
        }
    }
}
