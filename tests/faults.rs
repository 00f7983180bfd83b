//! What the machine does to a command while it works: calls of the system that fail, disks without room, files without permission
//! and files that do not hold still. The editors' files stay as they are, the output is the old site or the new one, the message
//! names what failed, the exit code is that of the contract.
//!
//! Faults are real. What needs root or `strace` says so and is passed over without.

#![cfg(target_os = "linux")]
#![expect(clippy::disallowed_methods, reason = "tests look at the disk")]

#[path = "faults/calls.rs"]
mod calls;
#[path = "faults/dossier.rs"]
mod dossier;
#[path = "faults/output.rs"]
mod output;
#[path = "faults/reading.rs"]
mod reading;
