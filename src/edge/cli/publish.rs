//! `dossier publish`: build the site, and send what changed to where readers find it.

use std::time::Instant;

use clap::Args;

use super::super::publish::{self, PublishError, Refusal, Step};
use super::super::{manifest, printed, verify};
use super::terminal::{Progress, say};
use super::{DONE, Failure, Globals, MACHINE, Outcome, USAGE, build, count};
use crate::base::input::Options;
use crate::edge::manifest::Manifest;
use crate::model::settings::{Publish, Settings};

#[derive(Args)]
pub(super) struct PublishArgs {
    /// Where to: a `[publish.<name>]` of site.toml [default: the only one]
    #[arg(value_name = "NAME")]
    name: Option<String>,
    /// Build, show what would be sent and deleted, and change nothing over there
    #[arg(long)]
    dry_run: bool,
    /// Take over a place that has other files or another site: overwrite what is in the way, and delete the rest
    #[arg(long)]
    force: bool,
}

pub(super) fn run(globals: &Globals, args: &PublishArgs) -> Outcome {
    let root = globals.root()?;
    let started = Instant::now();
    let inputs = super::inputs(&root, Options::default())?;
    let (site, _) = build::checked(globals, &inputs, crate::build(&inputs), &root, None)?;
    let (name, target) = choose(&site.dossier.settings, args.name.as_deref())?;
    // Held to the end: what is sent is what was built here, and not what another build, with drafts perhaps, put there since.
    let (_, _, _lock) = build::write(globals, &site, &root, None)?;
    let output = build::output(&site, &root, None);
    let new = verify::manifest(&output.join(manifest::PATH));
    let new = new.map_err(|_| Failure::new(MACHINE, format!("`{}` has no manifest", output.display())))?;
    let explain = |error| explain(error, name);
    let mut target = publish::open(target, &root, &output).map_err(explain)?;
    let survey = publish::survey(&mut *target, &new, args.force).map_err(explain)?;
    let steps = publish::plan(&survey, &new, args.force).map_err(|refusal| refuse(refusal, name, &new))?;
    if args.dry_run {
        say(&listing(&steps))?;
        say(&format!("{}\n", summary(&steps, &new, name, true)))?;
        return Ok(DONE);
    }
    let files: usize = steps.iter().map(|step| step.sends().len() + step.deletes().len()).sum();
    let mut progress = Progress::new(globals, "sent", "file", "files");
    publish::run(&steps, &output, &new, &mut *target, |done| progress.show(done, files)).map_err(explain)?;
    drop(progress);
    if !globals.quiet {
        let took = started.elapsed().as_millis();
        say(&format!("{}, in {took} ms\n", summary(&steps, &new, name, false)))?;
    }
    Ok(DONE)
}

/// The target of that name, or the only one.
fn choose<'a>(settings: &'a Settings, name: Option<&str>) -> Result<(&'a str, &'a Publish), Failure> {
    let known = || settings.publish.keys().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let found = match (name, settings.publish.len()) {
        (_, 0) => {
            let help = "add one, such as\n\n[publish.site]\nfolder = \"editor@example.org:/var/www/site\"\n";
            Err(format!("site.toml does not say where to publish: {help}"))
        }
        (None, 1) => Ok(settings.publish.first_key_value()),
        (None, _) => Err(format!("site.toml has several places to publish to: name one of {}", known())),
        (Some(name), _) => match settings.publish.get_key_value(name) {
            None => Err(format!("site.toml has no `[publish.{name}]`: there is {}", known())),
            found => Ok(found),
        },
    };
    let found = found.map_err(|message| Failure::new(USAGE, message))?;
    found.map(|(name, target)| (name.as_str(), target)).ok_or_else(|| Failure::new(USAGE, "nowhere to publish to"))
}

fn explain(error: PublishError, name: &str) -> Failure {
    match error {
        PublishError::Refused(why) => Failure::new(USAGE, format!("`{name}`: {why}")),
        PublishError::Failed(why) => Failure::new(
            MACHINE,
            format!(
                "`{name}`: {why}\nPublish again to go on from here; readers see the site as it was, or parts of the new one"
            ),
        ),
    }
}

fn refuse(refusal: Refusal, name: &str, new: &Manifest) -> Failure {
    let why = match refusal {
        Refusal::Taken(1, file) => {
            format!("has a file `{file}` that no publication of this dossier is known to have sent")
        }
        Refusal::Taken(files, file) => {
            format!("has {files} files, such as `{file}`, that no publication of this dossier is known to have sent")
        }
        Refusal::Other(site) => format!("has the site of {site}, and this is that of {}", new.site),
    };
    let help = "If it may be replaced, `--force` overwrites it and deletes what is not of this site; `--force --dry-run` shows it";
    Failure::new(USAGE, format!("`{name}` {why}; nothing was sent. {help}"))
}

/// A line a file, in the order of the steps.
fn listing(steps: &[Step]) -> String {
    let line = |step: &Step| {
        let put = step.sends().iter().map(|path| format!("send    {}\n", printed::on_one_line(path)));
        put.chain(step.deletes().iter().map(|path| format!("delete  {}\n", printed::on_one_line(path))))
            .collect::<String>()
    };
    steps.iter().map(line).collect()
}

/// `` published to `site`: 12 files sent (1.2 MB), 3 deleted, 240 unchanged ``
fn summary(steps: &[Step], new: &Manifest, name: &str, dry: bool) -> String {
    if steps.is_empty() {
        return format!("`{name}` is up to date: {} unchanged", count(new.files.len(), "file", "files"));
    }
    let sent: Vec<&String> = steps.iter().flat_map(Step::sends).collect();
    let deleted: usize = steps.iter().map(|step| step.deletes().len()).sum();
    let size = bytes(sent.iter().filter_map(|path| new.files.get(*path)).map(|entry| entry.size).sum());
    let (files, unchanged) = (count(sent.len(), "file", "files"), new.files.len() - sent.len());
    match dry {
        true => {
            format!("would publish to `{name}`: {files} to send ({size}), {deleted} to delete, {unchanged} unchanged")
        }
        false => format!("published to `{name}`: {files} sent ({size}), {deleted} deleted, {unchanged} unchanged"),
    }
}

/// A size as people say it.
fn bytes(size: u64) -> String {
    match size {
        0..1_000 => format!("{size} bytes"),
        1_000..1_000_000 => format!("{} kB", size.div_ceil(1_000)),
        _ => format!("{:.1} MB", size as f64 / 1e6),
    }
}
