//! What the lints look at together: a record, its body as it is read, and the annotations on it.

use std::sync::Arc;

use super::Levels;
use crate::base::diag::Diagnostics;
use crate::base::input::Inputs;
use crate::base::memo::{self, Question, Same};
use crate::base::span::FileId;
use crate::link::locate::Located;
use crate::link::standing::Claim;
use crate::link::{Anchor, Links};
use crate::model::Common;
use crate::model::annotation::Annotation;
use crate::model::ledger::AcceptedOn;
use crate::model::settings::Settings;
use crate::model::source::SourceRecord;
use crate::resolve::directory::Directory;
use crate::resolve::origins::Origins;
use crate::resolve::subject::{Subject, SubjectKey};
use crate::resolve::{Dossier, Node, Outgoing};

/// A record, and what the lints read of others to judge it.
pub(super) struct About<'a> {
    /// The record.
    pub(super) subject: Subject<'a>,
    /// The source that is described inside it.
    pub(super) inline: Option<&'a Arc<SourceRecord>>,
    /// Its body as its reader sees it, and where the annotations stand.
    pub(super) located: Option<&'a Arc<Located>>,
    /// The annotations on it.
    pub(super) annotations: &'a [Arc<Annotation>],
    /// What was accepted of these.
    pub(super) accepted: Vec<&'a Arc<AcceptedOn>>,
    /// Whether another record uses it.
    pub(super) is_used: bool,
    /// The estimates of a figure.
    pub(super) claims: &'a [Claim],
    /// What the annotations refer to.
    outgoing: Option<&'a Outgoing>,
    /// Of which only the files of what is above are looked at.
    pub(super) inputs: &'a Inputs,
    /// The records that all of these name.
    pub(super) dossier: &'a Dossier,
    pub(super) levels: &'a Levels,
}

/// What all findings are made from beside the record.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Around {
    pub(super) directory: Same<Directory>,
    pub(super) settings: Same<Settings>,
    pub(super) origins: Same<Origins>,
    pub(super) locked: bool,
    pub(super) has_ledger: bool,
}

/// What was looked at.
pub(super) struct Key {
    subject: SubjectKey,
    inline: Option<Same<SourceRecord>>,
    located: Option<Same<Located>>,
    annotations: Vec<Same<Annotation>>,
    accepted: Vec<Arc<AcceptedOn>>,
    is_used: bool,
    others: Vec<Same<dyn Common>>,
}

/// All records but the annotations, and the sources that are described in articles: these are looked at with their article.
pub(super) fn all<'a>(
    inputs: &'a Inputs,
    dossier: &'a Dossier,
    links: &'a Links,
    levels: &'a Levels,
) -> Vec<About<'a>> {
    let about = |(node, subject): (Node, Subject<'a>)| {
        let mut about = About {
            subject,
            inline: None,
            located: links.bodies.shared(node),
            annotations: &[],
            accepted: Vec::new(),
            is_used: true,
            claims: &[],
            outgoing: None,
            inputs,
            dossier,
            levels,
        };
        match node {
            Node::Article(id) => {
                about.annotations = dossier.shared_annotations_of(id);
                about.accepted = dossier.accepted_on(&dossier.articles[id]);
                about.outgoing = Some(dossier.outgoing_of_annotations(id));
                let source = dossier.source_of(id).map(|source| &dossier.sources.records()[source.index()]);
                about.inline = source.filter(|source| source.inline);
            }
            Node::Entity(_) | Node::Source(_) => about.is_used = links.is_used(node),
            Node::Figure(id) => about.claims = &links.standings[id.index()].estimates,
            _ => {}
        }
        about
    };
    let is_inline = |subject: &Subject<'_>| matches!(subject, Subject::Source(source) if source.inline);
    dossier.subjects().filter(|(_, subject)| !is_inline(subject)).map(about).collect()
}

impl<'a> About<'a> {
    /// The record and the one inside it, then the annotations.
    pub(super) fn records(&self) -> impl Iterator<Item = &'a dyn Common> {
        let inline = self.inline.map(|source| -> &dyn Common { &**source });
        let annotations = self.annotations.iter().map(|annotation| -> &dyn Common { &**annotation });
        self.subject.record().into_iter().chain(inline).chain(annotations)
    }

    /// Where an annotation stands, by its place among those on this record.
    pub(super) fn anchor(&self, item: usize) -> Option<Anchor> {
        self.located?.anchor(item)
    }

    /// The other records that are read: those that the annotations refer to, and the annotations that a figure's estimates
    /// were read from.
    fn others(&self) -> impl Iterator<Item = Node> {
        let referred = self.outgoing.map_or(&[][..], |outgoing| &outgoing.references);
        let claims = self.claims.iter().filter_map(|claim| claim.annotation);
        referred.iter().map(|reference| reference.to).chain(claims.map(Node::Check))
    }

    fn are_others(&self, keys: &[Same<dyn Common>]) -> bool {
        let mut keys = keys.iter();
        let is_next = |record: &dyn Common| keys.next().is_some_and(|key| key.points_to(record));
        self.others().filter_map(|node| self.dossier.record(node)).all(is_next) && keys.next().is_none()
    }
}

impl Question for About<'_> {
    type Key = Key;
    type Answer = Diagnostics;

    fn file(&self) -> FileId {
        self.subject.file()
    }

    fn is(&self, key: &Key) -> bool {
        self.subject.is(&key.subject)
            && memo::is(key.inline.as_ref(), self.inline)
            && memo::is(key.located.as_ref(), self.located)
            && memo::are(&key.annotations, self.annotations)
            && self.accepted.iter().copied().eq(&key.accepted)
            && self.is_used == key.is_used
            && self.are_others(&key.others)
    }

    fn key(&self) -> Key {
        Key {
            subject: self.subject.key(),
            inline: self.inline.cloned().map(Same),
            located: self.located.cloned().map(Same),
            annotations: self.annotations.iter().cloned().map(Same).collect(),
            accepted: self.accepted.iter().copied().cloned().collect(),
            is_used: self.is_used,
            others: self.others().filter_map(|node| self.dossier.shared(node)).map(Same).collect(),
        }
    }

    fn answer(&self, _: Option<&Diagnostics>) -> Diagnostics {
        super::find(self)
    }
}
