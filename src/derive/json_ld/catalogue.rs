//! The site as a whole, its open data, and pages that stand for themselves.

use super::vocabulary::{DataDownload, Dataset, WebPage, WebSite};
use super::work::desk;
use super::{Context, Head, thing};
use crate::base::id::Id;
use crate::derive::data_page::{Download, downloads};
use crate::derive::newest;
use crate::model::figure::Figure;

/// The home page.
pub(super) fn site(context: &Context<'_>, head: &Head) -> WebSite {
    WebSite {
        name: context.dossier.settings.title.clone(),
        description: head.description.clone(),
        url: head.canonical.clone(),
        in_language: context.dossier.settings.language.clone(),
        publisher: Some(desk(context)),
        date_modified: newest::of_site(context).map(|day| day.to_string()).unwrap_or_default(),
    }
}

/// The page of the downloads.
pub(super) fn dataset(context: &Context<'_>, head: &Head) -> Dataset {
    let settings = &context.dossier.settings;
    Dataset {
        name: settings.title.clone(),
        description: head.description.clone(),
        url: head.canonical.clone(),
        in_language: settings.language.clone(),
        creator: Some(desk(context)),
        date_modified: newest::of_site(context).map(|day| day.to_string()).unwrap_or_default(),
        temporal_coverage: span_of_events(context),
        distribution: distribution(context),
    }
}

/// The files, but not the feeds: those are news of the data.
fn distribution(context: &Context<'_>) -> Vec<DataDownload> {
    let files = downloads(context).into_iter().filter(|file| file.format != "Atom");
    let download = |file: Download| DataDownload {
        content_url: format!("{}{}", context.dossier.settings.base_url, file.name),
        encoding_format: file.media_type,
        name: file.contents,
    };
    files.map(download).collect()
}

/// From the first possible day of all events to the last; empty where there is none.
fn span_of_events(context: &Context<'_>) -> String {
    let dates = || context.dossier.events.iter().filter_map(|(_, event)| event.keys.date.as_ref());
    let first = dates().filter_map(|date| date.earliest()).min();
    let last = dates().filter_map(|date| date.latest()).max();
    match (first, last) {
        (Some(first), Some(last)) => format!("{first}/{last}"),
        _ => String::new(),
    }
}

/// A figure's page, which is about an event.
pub(super) fn figure(context: &Context<'_>, id: Id<Figure>, head: &Head) -> WebPage {
    let event = context.dossier.figures[id].keys.event.as_ref();
    WebPage {
        about: event
            .and_then(|event| thing::related(context, context.dossier.follow(event).ok()?))
            .into_iter()
            .collect(),
        ..page(context, head)
    }
}

/// A page of the editors'.
pub(super) fn page(context: &Context<'_>, head: &Head) -> WebPage {
    WebPage {
        name: head.title.clone(),
        description: head.description.clone(),
        url: head.canonical.clone(),
        in_language: context.dossier.settings.language.clone(),
        about: Vec::new(),
    }
}
