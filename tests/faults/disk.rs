//! Small disks of their own, for tests of what happens when one is full; only root may mount them.

#![allow(dead_code, reason = "each test file needs some of it")]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Says aloud that a test was passed over: the captured output of a test that passes is not shown.
pub(crate) fn passed_over(why: &str) {
    let _ = writeln!(std::io::stderr(), "\n*** NOT TESTED: {why} ***");
}

pub(crate) fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

pub(crate) fn run(program: &str, arguments: &[&str]) -> bool {
    let status = Command::new(program).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

/// A small disk of its own, taken away at the end.
pub(crate) struct Disk(pub(crate) PathBuf);

impl Disk {
    pub(crate) fn new(at: &Path, size: &str) -> Option<Self> {
        fs::create_dir_all(at).expect("a folder");
        let path = at.to_str().expect("a path");
        if is_root() && run("mount", &["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs", path]) {
            return Some(Self(at.to_path_buf()));
        }
        passed_over("a disk can only be mounted by root");
        None
    }

    pub(crate) fn remount(&self, options: &str) {
        let path = self.0.to_str().expect("a path");
        assert!(run("mount", &["-o", &format!("remount,{options}"), path]), "{options}");
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        run("umount", &["--lazy", self.0.to_str().expect("a path")]);
    }
}
