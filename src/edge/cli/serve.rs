//! `dossier serve`: preview the site while somebody writes.

use std::collections::BTreeSet;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Args;

use super::super::accept;
use super::super::printed;
use super::super::report;
use super::super::schema;
use super::super::serve::{self, Desk, Edition, Editor, Names, Server, editor};
use super::super::watch::{Changes, Stop, Watcher};
use super::terminal::{complain, say, tell};
use super::{Failure, Globals, MACHINE, Outcome, USAGE};
use crate::base::diag::{Code, Diagnostics};
use crate::base::input::Options;
use crate::resolve::Dossier;

/// When changes never end, what is stale is shown after so long.
const LONGEST: Duration = Duration::from_secs(2);

#[derive(Args)]
pub(super) struct ServeArgs {
    /// The address to listen at; with any but this machine's own, others can read the preview
    #[arg(long, value_name = "HOST", default_value = "127.0.0.1")]
    host: String,
    /// The port to listen at; 0 takes a free one
    #[arg(long, value_name = "PORT", default_value_t = 4000)]
    port: u16,
    /// Open the preview in the browser
    #[arg(long)]
    open: bool,
    /// Look at the files every MS milliseconds instead of waiting for the system to tell of changes
    #[arg(long, value_name = "MS", value_parser = clap::value_parser!(u64).range(10..=60_000))]
    poll: Option<u64>,
    /// What opens a line of a file: a command, or an address for the browser; `{path}`, `{line}` and `{column}` stand for the place
    #[arg(long, value_name = "COMMAND", default_value = editor::DEFAULT)]
    editor: String,
}

pub(super) fn run(globals: &Globals, args: &ServeArgs) -> Outcome {
    let root = globals.root()?;
    let editor = Editor::new(&args.editor).map_err(|message| Failure::new(USAGE, message))?;
    let (listener, address) = listen(args)?;
    let stop = Stop::when_told().map_err(|message| Failure::new(MACHINE, message))?;
    let unreadable = |error: io::Error| Failure::new(MACHINE, format!("`{}` cannot be read: {error}", root.display()));

    let mut watcher = Watcher::start(&root, args.poll.map(Duration::from_millis), &stop);
    let options = super::options(Options { drafts: true, ..Options::default() })?;
    let mut desk = Desk::open(&root, options).map_err(unreadable)?;
    watcher.follow(desk.links());
    let mut told = Told::default();
    let edition = desk.edition(None, &[]);
    told.tell(globals, &edition);
    let names = Names::new(&args.host, address.ip());
    if names.exposed() {
        tell(&format!("warning: whoever reaches this machine at {address} can read the dossier, drafts too\n"));
    }
    let server = Server::start(listener, names, &root, editor, edition);
    let server = server.map_err(|error| Failure::new(MACHINE, format!("the preview cannot be started: {error}")))?;
    say(&format!("listening on http://{address}/\n"))?;
    if args.open {
        open(address);
    }

    told.schemas(&server.edition(), &root, &stop);
    told.new_passages(&server.edition(), &root, &stop);

    // Since when something has changed that is not shown yet.
    let mut waiting: Option<Instant> = None;
    loop {
        if let Some(notice) = watcher.notice().filter(|_| !globals.quiet) {
            tell(&format!("{notice}\n"));
        }
        // The first change of a burst is built at once: mostly it is the only one.
        let changes = if waiting.is_some() { watcher.wait() } else { watcher.start_of_burst() };
        let started = Instant::now();
        let read = desk.read(&changes);
        watcher.follow(desk.links());
        match read {
            Ok(true) => {}
            Ok(false) => continue,
            Err(error) => {
                complain(&unreadable(error).message);
                continue;
            }
        }
        let edition = desk.edition(Some(&server.edition()), &server.opened());
        // What is stale already is dropped, unless that has gone on for long.
        let since = *waiting.get_or_insert(started);
        if since.elapsed() < LONGEST && !watcher.is_quiet() {
            continue;
        }
        waiting = None;
        server.publish(edition);
        desk.published();
        told.update(globals, &server.edition(), &changes, started);
        told.schemas(&server.edition(), &root, &stop);
        told.new_passages(&server.edition(), &root, &stop);
    }
}

fn listen(args: &ServeArgs) -> Result<(TcpListener, SocketAddr), Failure> {
    let ServeArgs { host, port, .. } = args;
    serve::bind(host, *port).map_err(|error| {
        let why = match error.kind() {
            io::ErrorKind::AddrInUse => {
                format!("port {port} is taken: choose another with `--port N`, or any free one with `--port 0`")
            }
            io::ErrorKind::PermissionDenied => {
                format!("port {port} is not for everybody: choose one above 1023, or any free one with `--port 0`")
            }
            _ => format!("`{host}` is no address of this machine: {error}"),
        };
        Failure::new(MACHINE, why)
    })
}

/// Asks the system to open the preview in the browser.
fn open(address: SocketAddr) {
    let url = format!("http://{address}/");
    let (program, arguments): (&str, &[&str]) = match std::env::consts::OS {
        "macos" => ("open", &[]),
        "windows" => ("rundll32", &["url.dll,FileProtocolHandler"]),
        _ => ("xdg-open", &[]),
    };
    let mut command = Command::new(program);
    command.args(arguments).arg(&url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    match command.spawn() {
        Ok(mut child) => drop(std::thread::spawn(move || child.wait())),
        Err(error) => tell(&format!("the browser could not be opened (`{program}`: {error}): open {url} yourself\n")),
    }
}

/// What was printed, so that a warning is not printed again at each save.
#[derive(Default)]
struct Told {
    /// The dossier whose names the schemas have.
    named: Option<Arc<Dossier>>,
    known: BTreeSet<(String, Code, String)>,
    summary: Option<String>,
    unwritable: bool,
    unaccepted: bool,
}

impl Told {
    /// Prints the findings that are new.
    fn tell(&mut self, globals: &Globals, edition: &Edition) {
        let mut known = BTreeSet::new();
        let mut all = Diagnostics::default();
        for (inputs, found) in edition.findings() {
            let mut fresh = Diagnostics::default();
            for finding in found.iter() {
                let path = report::Place::of(inputs, finding.span).file.to_owned();
                let key = (path, finding.code, finding.message.clone());
                if !self.known.contains(&key) {
                    fresh.push(finding.clone());
                }
                known.insert(key);
            }
            globals.show(inputs, &fresh);
            all.extend(found.iter().cloned());
        }
        self.known = known;
        let summary = report::summary(&all);
        if !globals.quiet && summary != self.summary {
            tell(&format!("{}\n", summary.as_deref().unwrap_or("nothing to report")));
        }
        self.summary = summary;
    }

    /// Keeps the schemas that editors' programs complete by as the dossier is; says once that it cannot.
    fn schemas(&mut self, edition: &Edition, root: &Path, stop: &Stop) {
        let dossier = &edition.site.dossier;
        if self.named.as_ref().is_some_and(|named| schema::have_the_same_names(named, dossier)) {
            return;
        }
        self.named = Some(dossier.clone());
        let _whole = stop.hold();
        let written = schema::write_own(&edition.site, root);
        if let Err(error) = written
            && !std::mem::replace(&mut self.unwritable, true)
        {
            let folder = schema::FOLDER;
            tell(&format!("note: `{folder}` could not be written, so editors complete no new names: {error}\n"));
        }
    }

    /// Writes new passages into the ledger, where there is one; says once that it cannot.
    fn new_passages(&mut self, edition: &Edition, root: &Path, stop: &Stop) {
        let Some(new) = edition.is_as_on_disk().then(|| accept::new_passages(&edition.site)).flatten() else { return };
        let _whole = stop.hold();
        if let Err((path, error)) = new.write(root)
            && !std::mem::replace(&mut self.unaccepted, true)
        {
            tell(&format!("note: `{}` could not be written, so new passages are not in it: {error}\n", path.display()));
        }
    }

    /// Prints what an update was about.
    fn update(&mut self, globals: &Globals, edition: &Edition, changes: &Changes, started: Instant) {
        if !globals.quiet {
            let what = match (changes.paths.first(), changes.paths.len()) {
                (Some(first), 1) => first.clone(),
                (Some(first), many) => format!("{first} and {} more", many - 1),
                (None, _) => "the whole dossier".to_owned(),
            };
            tell(&format!("updated in {} ms: {}\n", started.elapsed().as_millis(), printed::on_one_line(&what)));
        }
        self.tell(globals, edition);
    }
}
