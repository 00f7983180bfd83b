//! Folders on another machine: events tell of what this machine writes there and not of what others do, so a probe proves
//! nothing.

use std::path::Path;

/// File systems of other machines by the numbers of statfs(2), and what to call them. FUSE is here for sshfs and for folders
/// that a virtual machine shares with its host; 9p is how WSL shows Windows its files.
#[cfg(target_os = "linux")]
const REMOTE: &[(u64, &str)] = &[
    (0x6969, "NFS"),
    (0xff53_4d42, "CIFS"),
    (0xfe53_4d42, "SMB"),
    (0x517b, "SMB"),
    (0x6573_5546, "FUSE"),
    (0x0102_1997, "9p"),
    (0x5346_414f, "AFS"),
    (0x00c3_6400, "Ceph"),
    (0x786f_4256, "a folder shared by VirtualBox"),
    (0xbacb_acbc, "a folder shared by VMware"),
];

/// What kind of network folder a path is in, if it is in one.
#[cfg(target_os = "linux")]
pub(super) fn kind(path: &Path) -> Option<&'static str> {
    let number = rustix::fs::statfs(path).ok()?.f_type as u64 & 0xffff_ffff;
    REMOTE.iter().find(|(remote, _)| *remote == number).map(|(_, kind)| *kind)
}

/// Elsewhere the probe alone decides.
#[cfg(not(target_os = "linux"))]
pub(super) fn kind(_: &Path) -> Option<&'static str> {
    None
}
