//! References to nodes: `kind:id`, or an id that only one kind has.

use super::directory::Directory;
use super::{Dossier, Node};
use crate::base::diag::{Code, Diagnostic, Diagnostics};
use crate::base::nearest::nearest;
use crate::base::span::{Span, offset};
use crate::model::reference::{Kinds, Ref};
use crate::model::value::Kind;

/// Why a reference leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unresolved {
    /// Nothing has that name.
    Unknown,
    /// Something has that name, and may not stand here.
    WrongKind(Vec<Kind>),
    /// Several kinds have that name.
    Ambiguous(Vec<Kind>),
    /// A draft has it.
    Draft,
    /// It has a file that could not be read, which has been reported.
    Lost,
}

impl Dossier {
    /// The node of a reference as written, among the kinds that can stand there.
    ///
    /// # Errors
    /// Why there is none.
    pub fn find(&self, reference: &str, wanted: &[Kind]) -> Result<Node, Unresolved> {
        self.directory.find(reference, wanted)
    }

    /// The node of a reference, among the kinds that its type can name.
    ///
    /// # Errors
    /// Why there is none.
    pub fn follow<const KINDS: Kinds>(&self, reference: &Ref<KINDS>) -> Result<Node, Unresolved> {
        self.directory.follow(reference)
    }

    /// The node of that kind and id.
    pub fn named(&self, kind: Kind, id: &str) -> Option<Node> {
        self.directory.named(kind, id)
    }

    /// The ids of records of a kind that have a file which could not be read.
    pub fn lost(&self, kind: Kind) -> impl Iterator<Item = &str> {
        self.directory.lost(kind)
    }

    /// The ids of all records of a kind, in order.
    pub fn ids(&self, kind: Kind) -> Vec<&str> {
        self.directory.ids(kind).collect()
    }

    /// The kind of a node; `None` for the home page.
    pub fn kind(node: Node) -> Option<Kind> {
        Some(match node {
            Node::Article(_) => Kind::Article,
            Node::Entity(_) => Kind::Entity,
            Node::Event(_) => Kind::Event,
            Node::Figure(_) => Kind::Figure,
            Node::Source(_) => Kind::Source,
            Node::Check(_) => Kind::Check,
            Node::Page(_) => Kind::Page,
            Node::Home => return None,
        })
    }

    /// The full reference of a node: `entity:wagner`; `home` for the home page.
    pub fn reference(&self, node: Node) -> String {
        match (Self::kind(node), self.record(node)) {
            (Some(kind), Some(record)) => [kind.name(), ":", &record.meta().id].concat(),
            _ => "home".to_owned(),
        }
    }

    /// The id of a node; empty for the home page.
    pub fn id(&self, node: Node) -> &str {
        self.record(node).filter(|_| node != Node::Home).map_or("", |record| &record.meta().id)
    }
}

/// Says why a reference leads nowhere, and what would settle it.
pub(super) fn report(
    directory: &Directory,
    written: &str,
    wanted: &[Kind],
    why: &Unresolved,
    span: Span,
    diags: &mut Diagnostics,
) {
    let (kind, id) = match written.split_once(':') {
        Some((kind, id)) => (Kind::from_name(kind), id),
        None => (None, written),
    };
    let needed = with_article(wanted, "or");
    let wanted: Vec<Kind> = kind.map_or_else(|| wanted.to_vec(), |kind| vec![kind]);
    let one_of = either(&wanted);
    match why {
        Unresolved::Lost => {}
        _ if id.trim().is_empty() => {
            diags.add(Code::UnknownReference, span, "this names nothing").help("write an id, or `kind:id`");
        }
        Unresolved::Unknown if kind.is_none() && written.contains(':') => {
            let (kind, _) = written.split_once(':').unwrap_or_default();
            let near = nearest(kind, Kind::ALL.iter().map(|kind| kind.name()));
            let problem = diags.add(Code::UnknownReference, span, format!("`{kind}` is no kind of record"));
            problem.did_you_mean(near);
            if matches!(kind, "http" | "https") {
                problem.help("an address on the web is cited through a source: make `content/sources/<id>.yaml`, and write its id here");
            } else if near.is_none() {
                let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.name()).collect();
                problem.help(format!("the kinds are `{}`", kinds.join("`, `")));
            }
        }
        Unresolved::Unknown if directory.renamed(id, &wanted).is_some() => {
            let Some((kind, now)) = directory.renamed(id, &wanted) else { return };
            let message = format!("no {one_of} is called `{id}` any more");
            let problem = diags.add(Code::UnknownReference, span, message);
            problem.help(format!("the {} is called `{now}` now", kind.name()));
            mend_id(problem, span, written, id, now);
        }
        Unresolved::Unknown => {
            let near = nearest(id, wanted.iter().flat_map(|kind| directory.ids(*kind)));
            let problem = diags.add(Code::UnknownReference, span, format!("no {one_of} is called `{id}`"));
            problem.did_you_mean(near);
            if let Some(near) = near {
                mend_id(problem, span, written, id, near);
            }
        }
        Unresolved::WrongKind(found) => {
            diags.add(
                Code::UnknownReference,
                span,
                format!("`{id}` is {} here, and this needs {needed}", with_article(found, "and")),
            );
        }
        Unresolved::Ambiguous(kinds) => {
            let options: Vec<String> = kinds.iter().map(|kind| format!("`{}:{id}`", kind.name())).collect();
            diags
                .add(Code::AmbiguousReference, span, format!("`{id}` is the id of {}", with_article(kinds, "and")))
                .help(format!("write {}", options.join(" or ")));
        }
        Unresolved::Draft => {
            diags
                .add(Code::UnknownReference, span, format!("`{id}` is a draft, and what refers to it is not"))
                .help("take `draft: true` out of the one, or add it to the other; `--drafts` builds both");
        }
    }
}

/// Writes another id in the place of one, where it stands in the file as it is read.
fn mend_id(problem: &mut Diagnostic, span: Span, written: &str, id: &str, better: &str) {
    if span.range().len() == written.len() {
        problem.fix(Span { start: span.end.saturating_sub(offset(id.len())), ..span }, better);
    }
}

fn either(kinds: &[Kind]) -> String {
    if kinds.len() == Kind::ALL.len() {
        return "record".to_owned();
    }
    listed(kinds.iter().map(|kind| kind.name().to_owned()).collect(), "or")
}

fn with_article(kinds: &[Kind], conjunction: &str) -> String {
    let names = kinds.iter().map(|kind| match kind {
        Kind::Article | Kind::Entity | Kind::Event => format!("an {}", kind.name()),
        _ => format!("a {}", kind.name()),
    });
    listed(names.collect(), conjunction)
}

/// `a`, `a or b`, `a, b or c`
fn listed(mut names: Vec<String>, conjunction: &str) -> String {
    let last = names.pop().unwrap_or_default();
    if names.is_empty() { last } else { format!("{} {conjunction} {last}", names.join(", ")) }
}
