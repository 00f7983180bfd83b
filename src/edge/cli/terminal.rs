//! What people see: results on standard output, everything else on standard error.

use std::io::{IsTerminal as _, Write as _};

use clap::ColorChoice;

use super::super::report;
use super::Globals;
use crate::base::diag::Diagnostics;
use crate::base::input::Inputs;

impl Globals {
    /// Prints findings for people; with `--quiet` only errors.
    pub(super) fn show(&self, inputs: &Inputs, diags: &Diagnostics) {
        let colour = match self.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => {
                std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
            }
        };
        let shown = if self.quiet { diags.errors_only() } else { diags.clone() };
        let _ = std::io::stderr().lock().write_all(report::human(inputs, &shown, colour).as_bytes());
    }
}

/// A result, on standard output. A reader that went away is no failure of ours.
pub(super) fn say(text: &str) {
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

/// What happens, on standard error.
pub(super) fn tell(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// Why nothing more happens, on standard error.
pub(super) fn complain(message: &str) {
    tell(&format!("error: {message}\n"));
}
