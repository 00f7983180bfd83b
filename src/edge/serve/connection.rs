//! Connections, with limits: a browser that asks slowly or too much costs itself.

use std::collections::VecDeque;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::task::AbortHandle;

/// The most connections. One more ends the oldest: a browser comes again by itself, and who opens many and says nothing blocks nobody.
const CONNECTIONS: usize = 512;

/// A request's head, or the next one's on the same connection, has to be here in so long.
const PATIENCE: Duration = Duration::from_secs(10);

/// The largest head of a request, in bytes.
const HEAD: usize = 16 << 10;

/// The most headers of a request.
const HEADERS: usize = 64;

/// Answers on every connection that comes.
pub(super) async fn accept(listener: TcpListener, router: Router) {
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .max_header_size(HEAD)
        .max_buf_size(HEAD)
        .max_headers(HEADERS);
    let mut open: VecDeque<AbortHandle> = VecDeque::new();
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Too many open files, or a connection that ended before it began: the next may do better.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        // An answer is small and waited for.
        let _ = stream.set_nodelay(true);
        let connection = builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router.clone()));
        open.retain(|other| !other.is_finished());
        if open.len() >= CONNECTIONS
            && let Some(oldest) = open.pop_front()
        {
            oldest.abort();
        }
        // It fails when the browser went away, and nobody is there to be told.
        open.push_back(tokio::spawn(async move { drop(connection.await) }).abort_handle());
    }
}
