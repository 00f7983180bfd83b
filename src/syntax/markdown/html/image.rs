//! Images, and what stands in the place of those that lead nowhere: their words.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::html;

/// Open images: what ends each.
#[derive(Default)]
pub(super) struct Images(Vec<End>);

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// It is an image.
    Image,
    /// It leads nowhere, and its words stand in its place.
    Words,
    /// It leads nowhere, and stands in the words of an image, where there are words alone.
    Nothing,
}

impl Images {
    /// Starts the image of `tag` with the address it has here.
    pub(super) fn start(&mut self, mut tag: Tag<'static>, address: Option<String>) -> Option<Event<'static>> {
        let within = self.0.contains(&End::Image);
        match (address, &mut tag) {
            (Some(address), Tag::Image { dest_url, .. }) => {
                *dest_url = address.into();
                self.0.push(End::Image);
                Some(Event::Start(tag))
            }
            _ if within => {
                self.0.push(End::Nothing);
                None
            }
            _ => {
                self.0.push(End::Words);
                Some(html("<span>"))
            }
        }
    }

    /// Ends the last one.
    pub(super) fn end(&mut self) -> Option<Event<'static>> {
        match self.0.pop()? {
            End::Image => Some(Event::End(TagEnd::Image)),
            End::Words => Some(html("</span>")),
            End::Nothing => None,
        }
    }
}
