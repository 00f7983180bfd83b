//! As what one record names another: the key at which the reference stands.

use crate::base::span::offset;
use crate::resolve::Node;
use crate::syntax::yaml::{Path, Step};

/// As what a record is referred to. Numbers are positions in the referring record's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// `part_of` of an entity or event.
    Whole,
    /// `relations[n].to` of an entity.
    Related(u32),
    /// `relations[n].source`.
    RelationSource(u32),
    /// `place` of an event.
    Place,
    /// `participants[n]` of an event.
    Participant(u32),
    /// `sources[n]` of an event.
    Reporter(u32),
    /// `event` of a figure, or in `about` of a figure or check.
    Subject,
    /// `claimed_by` of a check; the article's source unless it says otherwise.
    Claimant,
    /// `evidence[n]` of a check.
    Evidence(u32),
    /// `estimates[n].source` of a figure; in a graph, where the `n`-th estimate of its standing is read.
    Estimate(u32),
    /// `estimates[n].by` of a figure; in a graph, `by` of the `n`-th estimate of its standing.
    Estimator(u32),
    /// `source` of an article.
    Publication,
    /// `origin` of a source.
    Origin,
    /// `to[n]` of a cross-reference.
    CrossReference(u32),
    /// `of` of a mention.
    Mention,
    /// `figure` of an article's claim.
    Figure,
    /// `by` of an article's claim.
    FigureBy,
}

impl Role {
    /// The same without its number: what all roles of its kind have in common.
    pub fn kind(self) -> Self {
        match self {
            Self::Related(_) => Self::Related(0),
            Self::RelationSource(_) => Self::RelationSource(0),
            Self::Participant(_) => Self::Participant(0),
            Self::Reporter(_) => Self::Reporter(0),
            Self::Evidence(_) => Self::Evidence(0),
            Self::Estimate(_) => Self::Estimate(0),
            Self::Estimator(_) => Self::Estimator(0),
            Self::CrossReference(_) => Self::CrossReference(0),
            single => single,
        }
    }

    /// Its number; 0 for one that has none.
    pub fn number(self) -> usize {
        match self {
            Self::Related(n) | Self::RelationSource(n) | Self::Participant(n) | Self::Reporter(n) => n as usize,
            Self::Evidence(n) | Self::Estimate(n) | Self::Estimator(n) | Self::CrossReference(n) => n as usize,
            _ => 0,
        }
    }

    /// The role that stands at a path.
    pub(super) fn at(path: &Path) -> Option<Role> {
        let mut keys = path.0.iter().filter_map(|step| if let Step::Key(key) = step { Some(&**key) } else { None });
        let n = path.0.iter().find_map(|step| if let Step::Index(n) = step { Some(offset(*n)) } else { None });
        Some(match (keys.next()?, n, keys.next()) {
            ("part_of", ..) => Role::Whole,
            ("relations", Some(n), Some("to")) => Role::Related(n),
            ("relations", Some(n), Some("source")) => Role::RelationSource(n),
            ("place", ..) => Role::Place,
            ("participants", Some(n), _) => Role::Participant(n),
            ("sources", Some(n), _) => Role::Reporter(n),
            ("event" | "about", ..) => Role::Subject,
            ("claimed_by", ..) => Role::Claimant,
            ("evidence", Some(n), _) => Role::Evidence(n),
            ("estimates", Some(n), Some("source")) => Role::Estimate(n),
            ("estimates", Some(n), Some("by")) => Role::Estimator(n),
            ("source", _, None) => Role::Publication,
            ("origin", ..) | ("source", _, Some("origin")) => Role::Origin,
            ("to", Some(n), _) => Role::CrossReference(n),
            ("of", ..) => Role::Mention,
            ("figure", ..) => Role::Figure,
            ("by", ..) => Role::FigureBy,
            _ => return None,
        })
    }
}

/// A reference that leads somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    /// For annotations, which of its article's; else 0.
    pub item: u32,
    /// As what the other is named.
    pub role: Role,
    /// The other.
    pub to: Node,
}
