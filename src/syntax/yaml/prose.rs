//! Which keys hold a text that an editor wrote for readers: there, words that YAML cuts off or takes for its own signs are lost.

/// Keys whose value is such a text, a list of them, or one for each language. A key of the kind is here whatever record has it.
const KEYS: &[&str] = &[
    "account",
    "aliases",
    "alt",
    "answer",
    "author",
    "caption",
    "checked_by",
    "claim",
    "conclusion",
    "credit",
    "definition",
    "description",
    "disputed",
    "established",
    "finding",
    "headline",
    "label",
    "license",
    "locator",
    "name",
    "names",
    "note",
    "prefix",
    "publisher",
    "quote",
    "rationale",
    "reason",
    "role",
    "suffix",
    "summary",
    "tags",
    "text",
    "title",
    "todo",
    "unit",
    "unknown",
    "who",
    "words",
];

/// Keys below one of those that hold something else: `{ text: …, match: never }`, `{ text: …, to: … }`.
const OTHERS: &[&str] = &["match", "to"];

/// Those of the keys that hold a list, so that brackets after them are no part of a text.
const LISTS: &[&str] =
    &["aliases", "author", "checked_by", "disputed", "established", "names", "tags", "unit", "unknown"];

/// Where in a record one stands, as far as it says whether a text is prose.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Within<'k> {
    key: &'k str,
    is_prose: bool,
}

impl<'k> Within<'k> {
    /// At the value of a key.
    pub(super) fn key(self, key: &'k str) -> Self {
        let below = self.is_prose && !OTHERS.contains(&key);
        // The type of a relation is in the editor's words, that of an annotation is not.
        let is_prose = below || KEYS.contains(&key) || (self.key == "relations" && key == "type");
        Self { key, is_prose }
    }

    /// Whether a text there is prose.
    pub(super) fn is_prose(self) -> bool {
        self.is_prose
    }
}

/// Whether a key holds one text and nothing else.
pub(super) fn is_one_text(key: &str) -> bool {
    KEYS.contains(&key) && !LISTS.contains(&key)
}

/// Whether texts stand at a key or below it.
pub(super) fn holds_texts(key: &str) -> bool {
    KEYS.contains(&key)
}
