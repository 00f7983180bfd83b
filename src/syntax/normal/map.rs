//! Which bytes of one text stand for which bytes of another: a list of runs, not an offset a byte.

use std::ops::Range;

use crate::base::span::offset;

/// Runs in order, each from its start to the start of the next; every byte of both texts is in one.
///
/// French prose has a run for every forty bytes or so, at twelve bytes each; English has fewer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Map {
    runs: Vec<Run>,
    normal_end: u32,
    original_end: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    normal: u32,
    original: u32,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Byte for byte.
    Copied,
    /// As a whole: there is nothing between its ends.
    Replaced,
    /// No byte of the normal text.
    Dropped,
}

impl Map {
    /// Appends: `original` was copied to `normal` (where the last piece ended).
    pub(crate) fn copy(&mut self, normal: usize, original: Range<usize>) {
        let contiguous = self.original_end == offset(original.start);
        if !(contiguous && self.runs.last().is_some_and(|run| run.kind == Kind::Copied)) {
            self.push(Kind::Copied, normal, original.start);
        }
        self.normal_end = offset(normal + original.len());
        self.original_end = offset(original.end);
    }

    /// Appends: `original` became `len` other bytes at `normal`.
    pub(crate) fn replace(&mut self, normal: usize, len: usize, original: Range<usize>) {
        self.push(Kind::Replaced, normal, original.start);
        self.normal_end = offset(normal + len);
        self.original_end = offset(original.end);
    }

    /// What lies between the last piece and this one was dropped.
    fn push(&mut self, kind: Kind, normal: usize, original: usize) {
        let (normal, original) = (offset(normal), offset(original));
        if self.original_end < original {
            self.runs.push(Run { normal, original: self.original_end, kind: Kind::Dropped });
        }
        self.runs.push(Run { normal, original, kind });
    }

    /// First byte of the original of what stands at `normal`.
    pub(crate) fn original_start(&self, normal: usize) -> usize {
        let normal = offset(normal);
        if normal >= self.normal_end {
            return self.original_end as usize;
        }
        let (run, _) = self.run(|run| run.normal <= normal);
        let within = if run.kind == Kind::Copied { normal - run.normal } else { 0 };
        (run.original + within) as usize
    }

    /// One past the last byte of the original of what ends at `normal` (above zero).
    pub(crate) fn original_end(&self, normal: usize) -> usize {
        let normal = offset(normal).min(self.normal_end);
        let (run, next) = self.run(|run| run.normal < normal);
        match run.kind {
            Kind::Copied => (run.original + (normal - run.normal)) as usize,
            _ => next.original as usize,
        }
    }

    /// Where the piece with byte `original` starts, or the byte itself where it was copied.
    pub(crate) fn normal_start(&self, original: usize) -> usize {
        let original = offset(original);
        let (run, _) = self.run(|run| run.original <= original);
        match run.kind {
            _ if original >= self.original_end => self.normal_end as usize,
            Kind::Copied => (run.normal + (original - run.original)) as usize,
            _ => run.normal as usize,
        }
    }

    /// Where the piece with the byte before `original` ends, or that byte where it was copied.
    pub(crate) fn normal_end(&self, original: usize) -> usize {
        let original = offset(original);
        let (run, next) = self.run(|run| run.original < original);
        match run.kind {
            _ if original >= self.original_end => self.normal_end as usize,
            Kind::Copied => (run.normal + (original - run.original)) as usize,
            _ => next.normal as usize,
        }
    }

    /// The last run for which `before` holds, and the one after it.
    fn run(&self, before: impl Fn(&Run) -> bool) -> (Run, Run) {
        let after = self.runs.partition_point(before);
        let end = Run { normal: self.normal_end, original: self.original_end, kind: Kind::Dropped };
        let next = self.runs.get(after).copied().unwrap_or(end);
        let first = Run { normal: 0, original: 0, kind: Kind::Dropped };
        (after.checked_sub(1).map_or(first, |last| self.runs[last]), next)
    }
}
