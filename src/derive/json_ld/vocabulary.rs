//! The types of schema.org that pages use, each with the properties that can be filled truthfully.

use serde::{Serialize, Serializer};

use crate::model::value::Absent;

/// Types with their properties, under schema.org's names; a property that says nothing is left out.
macro_rules! types {
    ($($(#[$doc:meta])* $name:ident { $($(#[$property_doc:meta])* $property:ident: $of:ty,)* })+) => { $(
        #[derive(Clone, Debug, Default, Serialize)]
        #[serde(rename_all = "camelCase")]
        $(#[$doc])*
        pub(super) struct $name {
            $($(#[$property_doc])* #[serde(skip_serializing_if = "Absent::absent")] pub(super) $property: $of,)*
        }
    )+ };
}

types! {
    /// `Person` or `Organization`: who wrote, said or published something.
    Agent {
        #[serde(rename = "@type")]
        kind: &'static str,
        name: String,
        url: String,
        same_as: Vec<String>,
    }

    /// A verdict on a claim.
    #[serde(tag = "@type")]
    ClaimReview {
        /// The page with the check.
        url: String,
        /// The claim in a sentence.
        claim_reviewed: String,
        description: String,
        in_language: String,
        /// Who checked it.
        author: Many<Agent>,
        date_published: String,
        date_modified: String,
        review_rating: Option<Rating>,
        item_reviewed: Option<Claim>,
        /// The evidence.
        citation: Vec<Work>,
    }

    /// A verdict: its word always, its number only where it is on the scale.
    #[serde(tag = "@type")]
    Rating {
        alternate_name: String,
        rating_value: Option<u8>,
        best_rating: Option<u8>,
        worst_rating: Option<u8>,
    }

    /// A claim as somebody made it.
    #[serde(tag = "@type")]
    Claim {
        author: Many<Agent>,
        date_published: String,
        /// The work that it was read in.
        appearance: Option<Work>,
    }

    /// A `CreativeWork` or one of its kinds: `NewsArticle`, `Report` …
    Work {
        #[serde(rename = "@type")]
        kind: &'static str,
        name: String,
        headline: String,
        description: String,
        /// Where the work itself is.
        url: String,
        same_as: Vec<String>,
        archived_at: String,
        /// Our page about it.
        main_entity_of_page: String,
        author: Many<Agent>,
        publisher: Option<Agent>,
        date_published: String,
        in_language: String,
        keywords: Vec<String>,
        /// What it retells or republishes.
        is_based_on: Option<Box<Work>>,
    }

    /// An entity: a `Person`, an `Organization`, a `Place`, or a `Thing` of any other kind.
    Thing {
        #[serde(rename = "@type")]
        kind: &'static str,
        name: String,
        alternate_name: Vec<String>,
        description: String,
        url: String,
        same_as: Vec<String>,
        /// Of a place: where it is.
        geo: Option<Geo>,
        /// Of an organisation: where it is.
        location: Option<Box<Thing>>,
        /// Of a place: the place around it.
        contained_in_place: Option<Box<Thing>>,
        /// Of a person: the organisation they belong to.
        member_of: Option<Box<Thing>>,
        /// Of an organisation: the one it belongs to.
        parent_organization: Option<Box<Thing>>,
    }

    /// Something that happened.
    #[serde(tag = "@type")]
    Event {
        name: String,
        alternate_name: Vec<String>,
        description: String,
        url: String,
        start_date: String,
        end_date: String,
        location: Option<Thing>,
        super_event: Option<Thing>,
    }

    /// The site as a whole.
    #[serde(tag = "@type")]
    WebSite {
        name: String,
        description: String,
        url: String,
        in_language: String,
        publisher: Option<Agent>,
        date_modified: String,
    }

    /// A page that is about itself, or about records.
    #[serde(tag = "@type")]
    WebPage {
        name: String,
        description: String,
        url: String,
        in_language: String,
        about: Vec<Thing>,
    }

    /// The open data.
    #[serde(tag = "@type")]
    Dataset {
        name: String,
        description: String,
        url: String,
        in_language: String,
        creator: Option<Agent>,
        date_modified: String,
        /// From the earliest to the latest day of all events, as an interval of ISO 8601.
        temporal_coverage: String,
        distribution: Vec<DataDownload>,
    }

    /// One file of the open data.
    #[serde(tag = "@type")]
    DataDownload {
        name: String,
        encoding_format: &'static str,
        content_url: String,
    }

    /// The way to a page.
    #[serde(tag = "@type")]
    BreadcrumbList {
        item_list_element: Vec<ListItem>,
    }

    /// A step of it.
    #[serde(tag = "@type")]
    ListItem {
        /// From 1.
        position: usize,
        name: String,
        item: String,
    }
}

/// Where something is: WGS 84, degrees.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(tag = "@type", rename = "GeoCoordinates")]
pub(super) struct Geo {
    pub(super) latitude: f64,
    pub(super) longitude: f64,
}

/// One value as itself, several as a list: programs that know one author look for no list.
#[derive(Clone, Debug)]
pub(super) struct Many<T>(pub(super) Vec<T>);

impl<T> Default for Many<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Serialize> Serialize for Many<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.as_slice() {
            [one] => one.serialize(serializer),
            all => all.serialize(serializer),
        }
    }
}

impl<T> Absent for Many<T> {
    fn absent(&self) -> bool {
        self.0.is_empty()
    }
}

impl Absent for &'static str {
    fn absent(&self) -> bool {
        self.is_empty()
    }
}

impl Absent for usize {
    fn absent(&self) -> bool {
        false
    }
}
