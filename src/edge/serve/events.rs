//! What a page is told while it is open, as server-sent events:
//!
//! - `page`: what stands at its address now, by its hash; first of all, and whenever that changes;
//! - `copies`: which copied files changed, pictures and style sheets among them;
//! - `problems`: what is wrong with the dossier, whenever that changes.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, Stream};
use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use super::Preview;
use super::accepting::NOT_OURS;
use super::edition::Edition;
use super::own::VERSION;
use super::problems::problems;
use super::shown::{Shown, shown};

/// A browser that lost us tries again so soon.
const RETRY: Duration = Duration::from_millis(500);

/// Who listens.
#[derive(Deserialize)]
pub(super) struct Listening {
    /// The path of the page's address.
    page: String,
    /// What it was given: a stream of events can send no header.
    #[serde(default)]
    token: String,
}

/// What stands at a page's address.
#[derive(Serialize)]
struct PageNow<'a> {
    hash: &'a str,
    status: u16,
    version: &'a str,
    /// The annotation that the edit was about, where it is on this page.
    jump: Option<&'a str>,
}

/// A page that is open in a browser, and what it was told last.
struct Listener {
    preview: Arc<Preview>,
    path: String,
    editions: watch::Receiver<Arc<Edition>>,
    /// The edition that is being told of, while there is something left to tell.
    telling: Option<Arc<Edition>>,
    /// The number of the edition that it was told of last.
    edition: u64,
    /// Empty before the first event.
    hash: String,
    problems: String,
    waiting: VecDeque<Event>,
}

/// The events of one page.
pub(super) async fn events(State(preview): State<Arc<Preview>>, Query(listening): Query<Listening>) -> Response {
    match listening.token == preview.token {
        true => stream(preview, listening).into_response(),
        false => (StatusCode::FORBIDDEN, NOT_OURS).into_response(),
    }
}

fn stream(preview: Arc<Preview>, listening: Listening) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let listener = Listener {
        path: listening.page,
        editions: preview.current.subscribe(),
        telling: None,
        edition: preview.edition().number,
        hash: String::new(),
        problems: String::new(),
        waiting: VecDeque::new(),
        preview,
    };
    let events = stream::unfold(listener, async |mut listener| {
        let event = listener.next().await?;
        Some((Ok(event), listener))
    });
    Sse::new(events).keep_alive(KeepAlive::default())
}

impl Listener {
    /// The next event; the page's comes before the problems, which take longer to find words for.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                return Some(event);
            }
            match self.telling.take() {
                Some(edition) => self.tell_problems(edition).await?,
                None => {
                    if !self.hash.is_empty() {
                        self.editions.changed().await.ok()?;
                    }
                    let edition = self.editions.borrow_and_update().clone();
                    self.tell_page(&edition).await?;
                    self.telling = Some(edition);
                }
            }
        }
    }

    async fn tell_page(&mut self, edition: &Arc<Edition>) -> Option<()> {
        let (asked, path) = (edition.clone(), self.path.clone());
        let now = self.preview.make(move || shown(&asked, &path)).await?;
        let (hash, status, route) = match &now {
            Shown::Page { route, page, status } => (page.hash.as_str(), *status, route.as_str()),
            Shown::Copy(_) | Shown::Folder => ("-", 200, ""),
        };
        let changed: Vec<&String> =
            edition.copies.iter().filter(|(_, number)| **number > self.edition).map(|(route, _)| route).collect();
        if !changed.is_empty() {
            self.waiting.extend(Event::default().event("copies").json_data(changed).ok());
        }
        if hash != self.hash {
            let jump = edition.jump.as_ref().filter(|jump| jump.route == route && !self.hash.is_empty());
            let now = PageNow { hash, status, version: &VERSION, jump: jump.map(|jump| jump.annotation.as_str()) };
            self.waiting.extend(Event::default().event("page").retry(RETRY).json_data(now).ok());
            hash.clone_into(&mut self.hash);
        }
        self.edition = edition.number;
        Some(())
    }

    async fn tell_problems(&mut self, edition: Arc<Edition>) -> Option<()> {
        let preview = self.preview.clone();
        let problems = move || serde_json::to_string(&problems(&edition, &preview.root, &preview.editor));
        let problems = self.preview.make(problems).await?.ok()?;
        if problems != self.problems {
            self.waiting.push_back(Event::default().event("problems").data(&problems));
            self.problems = problems;
        }
        Some(())
    }
}
