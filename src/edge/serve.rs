//! The preview: the site over HTTP on this machine, rendered page by page as it is asked for, from memory.
//!
//! ```text
//! Watcher ─▶ Desk ─▶ Edition ─▶ Server ─▶ browsers
//! what       what     a state     pages,    swap what
//! changed    is shown of the site events    changed
//! ```
//!
//! An [`edition::Edition`] is never changed. The [`Desk`] makes the next one while the server goes on with the last, so there is
//! always a page to show. A built page and a previewed one are the same bytes, but for the two lines of `own`.
//!
//! The asynchronous runtime stays in here.

mod accepting;
pub mod address;
mod answer;
mod connection;
mod desk;
pub mod edition;
pub mod editor;
mod events;
pub mod guard;
mod jump;
mod mistake;
mod own;
mod problems;
mod range;
mod shown;

use std::collections::VecDeque;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::runtime::Runtime;
use tokio::sync::{Semaphore, watch};

pub use desk::Desk;
pub use edition::Edition;
pub use editor::Editor;
pub use guard::Names;

/// Where the preview's own files are; no route of a site starts with a dot.
const OWN: &str = "/.dossier/";

/// Routes of pages that were opened last, to be looked at when a template changed.
const REMEMBERED: usize = 16;

/// What all requests share.
struct Preview {
    /// The dossier's folder, without symbolic links.
    root: PathBuf,
    editor: Editor,
    /// Whether one is open.
    editing: Arc<AtomicBool>,
    /// Whether other machines can reach us.
    exposed: bool,
    current: watch::Sender<Arc<Edition>>,
    /// Pages are made by as many threads as there are cores: more would only need more memory.
    makers: Semaphore,
    opened: Mutex<VecDeque<String>>,
    /// What our pages send back to prove that they are ours.
    token: String,
    /// Held by who writes.
    accepting: Mutex<()>,
}

/// Answers browsers until it is dropped.
pub struct Server {
    preview: Arc<Preview>,
    _runtime: Runtime,
}

impl Server {
    /// Answers on `listener` with the pages of `edition` of the dossier in `root`.
    ///
    /// # Errors
    /// The system has no threads or no sockets for it.
    pub fn start(
        listener: TcpListener,
        names: Names,
        root: &Path,
        editor: Editor,
        edition: Edition,
    ) -> io::Result<Self> {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let preview = Arc::new(Preview {
            root: root.canonicalize()?,
            editor,
            editing: Arc::default(),
            exposed: names.exposed(),
            current: watch::Sender::new(Arc::new(edition)),
            makers: Semaphore::new(cores),
            opened: Mutex::default(),
            token: accepting::token()?,
            accepting: Mutex::default(),
        });
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(cores.min(4))
            .max_blocking_threads(64)
            .enable_all()
            .build()?;
        listener.set_nonblocking(true)?;
        let guard = runtime.enter();
        let listener = tokio::net::TcpListener::from_std(listener)?;
        drop(guard);
        runtime.spawn(connection::accept(listener, answer::router(preview.clone(), names)));
        Ok(Self { preview, _runtime: runtime })
    }

    /// From now on these pages are shown; browsers whose page changed are told.
    pub fn publish(&self, edition: Edition) {
        self.preview.current.send_replace(Arc::new(edition));
    }

    /// What is shown now.
    pub fn edition(&self) -> Arc<Edition> {
        self.preview.current.borrow().clone()
    }

    /// The routes of pages that were opened last.
    pub fn opened(&self) -> Vec<String> {
        self.preview.opened().iter().cloned().collect()
    }
}

impl Preview {
    fn edition(&self) -> Arc<Edition> {
        self.current.borrow().clone()
    }

    fn opened(&self) -> std::sync::MutexGuard<'_, VecDeque<String>> {
        self.opened.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note_opened(&self, route: &str) {
        let mut opened = self.opened();
        opened.retain(|other| other != route);
        opened.push_front(route.to_owned());
        opened.truncate(REMEMBERED);
    }

    /// Does work that takes a while outside the runtime's own threads, with as many at a time as there are cores.
    async fn make<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let _turn = self.makers.acquire().await.ok()?;
        tokio::task::spawn_blocking(work).await.ok()
    }
}

/// Takes the address that `dossier serve` was asked for.
///
/// # Errors
/// There is no such address, or somebody has it.
pub fn bind(host: &str, port: u16) -> io::Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind((host.trim_matches(['[', ']']), port))?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}
