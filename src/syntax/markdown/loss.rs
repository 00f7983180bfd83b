//! What a text has that its page has not: nothing of it is left out unsaid.

use crate::base::span::Extent;

/// Something that a page leaves out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// What it is.
    pub what: Lost,
    /// Where it is written.
    pub source: Extent,
}

impl Loss {
    /// The same in a text before which `bytes` were put.
    pub(super) fn move_by(&mut self, bytes: usize) {
        let moved = |place: Extent| (place.range().start + bytes..place.range().end + bytes).into();
        self.source = moved(self.source);
        if let Lost::Footnote(first) = &mut self.what {
            *first = moved(*first);
        }
    }
}

/// What is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lost {
    /// A tag; words that stand in its element stay.
    Tag(Box<str>),
    /// A tag in more open ones than a page can have, and all like it that follow; their words stay.
    Deep(Box<str>),
    /// A tag with all that stands in its element: a script, a style.
    Element(Box<str>),
    /// Something from elsewhere, to which the page has a link.
    Embed(Box<str>),
    /// An attribute of a tag.
    Attribute {
        /// The tag.
        tag: Box<str>,
        /// The attribute.
        name: Box<str>,
    },
    /// A comment that nothing ends, and all that is behind it. (One that ends is a note of the editor's own.)
    EndlessComment,
    /// `<!DOCTYPE …>`, `<![CDATA[…]]>`, `<?…?>`.
    Declaration,
    /// A character that no page has a place for.
    Character(char),
    /// Cells of a table beyond the last column of its header.
    Cells,
    /// A link, `[[record|words]]`, that its `|` cuts into two cells.
    CutLink,
    /// What a label leads to, `[label]: address`, where no link has that label.
    Definition(Box<str>),
    /// A footnote with the label of another, which is defined here.
    Footnote(Extent),
}
