//! Ctrl-C and SIGTERM: the process ends at once, unless it is just writing; then as soon as that is whole.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Ends the process when it is told to.
#[derive(Clone, Default)]
pub struct Stop {
    writing: Arc<Mutex<()>>,
}

impl Stop {
    /// From now on the process ends when it is told to, with exit code 0.
    ///
    /// # Errors
    /// The system takes no handler.
    pub fn when_told() -> Result<Self, String> {
        let stop = Self::default();
        let writing = stop.writing.clone();
        ctrlc::set_handler(move || {
            let _whole = writing.lock().unwrap_or_else(PoisonError::into_inner);
            std::process::exit(0);
        })
        .map_err(|error| format!("Ctrl-C cannot be handled: {error}"))?;
        Ok(stop)
    }

    /// While this is held, the process does not end.
    pub fn hold(&self) -> MutexGuard<'_, ()> {
        self.writing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
