//! Images. A page asks no other host for anything: a picture of the dossier is shown, one elsewhere is a link to it.

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::super::media::Medium;
use super::{Writer, escaped, href, html, link_tag};

/// What becomes of an image.
pub(super) enum Picture {
    /// It is shown.
    Shown,
    /// It is played: the tag and the address of the player, whose words are the events from that place on.
    Played(&'static str, String, usize),
    /// It is a link to the address; its words are the events from that place on.
    Linked(String, usize),
    /// Its words stand alone: in a link, or in those of another image.
    Words,
}

impl<'a> Writer<'a> {
    /// An image starts: how it was written, its target, title and reference.
    pub(super) fn open_picture(
        &mut self,
        (link_type, target, title, id): (LinkType, &str, &str, &str),
        out: &mut Vec<Event<'a>>,
    ) {
        let own = |text: &str| text.to_owned().into();
        let medium = Medium::of(target);
        let shown = (self.around.picture)(target);
        let shown = shown.filter(|_| self.pictures.is_empty() && medium != Medium::Document);
        let linked = self.links.contains(&true);
        let picture = match (shown, medium) {
            (Some(address), Medium::Film) if !linked => Picture::Played("video", address, out.len()),
            (Some(address), Medium::Sound) if !linked => Picture::Played("audio", address, out.len()),
            (Some(address), Medium::Picture) => {
                out.push(Event::Start(Tag::Image {
                    link_type,
                    dest_url: address.into(),
                    title: own(title),
                    id: own(id),
                }));
                Picture::Shown
            }
            _ => match (self.around.address)(target, false).filter(|_| self.links.is_empty()) {
                Some(address) if self.pictures.is_empty() => {
                    out.push(html(link_tag(&address, title)));
                    self.links.push(true);
                    Picture::Linked(address, out.len())
                }
                _ => Picture::Words,
            },
        };
        self.pictures.push(picture);
    }

    /// It ends. A link without words has its address for them.
    pub(super) fn close_picture(&mut self, out: &mut Vec<Event<'a>>) {
        match self.pictures.pop() {
            Some(Picture::Shown) => out.push(Event::End(TagEnd::Image)),
            Some(Picture::Played(tag, address, words)) => {
                let mut label = String::new();
                for event in out.drain(words..) {
                    if let Event::Text(text) | Event::Code(text) = event {
                        label.push_str(&text);
                    }
                }
                out.push(html(player(tag, &address, &label)));
            }
            Some(Picture::Linked(address, words)) => {
                self.links.pop();
                if out.len() == words {
                    out.push(Event::Text(address.into()));
                }
                out.push(html("</a>"));
            }
            Some(Picture::Words) | None => {}
        }
    }
}

/// A player that loads nothing but what it is called until somebody plays it.
fn player(tag: &str, address: &str, label: &str) -> String {
    let mut player = format!("<{tag} controls preload=\"metadata\" src=\"");
    player.push_str(&href(address));
    player.push('"');
    if !label.is_empty() {
        player.push_str(&format!(" aria-label=\"{}\"", escaped(label)));
    }
    player + &format!("></{tag}>")
}

#[cfg(test)]
mod tests {
    use super::super::{Surroundings, inline};

    #[test]
    fn only_pictures_of_the_dossier_are_shown() {
        let address = |target: &str, _: bool| Some(target.to_owned());
        let picture = |target: &str| (!target.contains(':')).then(|| target.to_owned());
        let around = Surroundings { name: &|_| None, address: &address, picture: &picture, anchors: "", above: 0 };
        for (markdown, expected) in [
            ("![a *b* `c`](d.png)", "<img src=\"d.png\" alt=\"a b c\">"),
            ("![a *b*](https://e.org/d.png \"t\")", "<a href=\"https://e.org/d.png\" title=\"t\">a <em>b</em></a>"),
            ("![](https://e.org/d.png)", "<a href=\"https://e.org/d.png\">https://e.org/d.png</a>"),
            ("[![a](https://e.org/d.png)](f.html)", "<a href=\"f.html\">a</a>"),
            ("[![a](d.png)](f.html)", "<a href=\"f.html\"><img src=\"d.png\" alt=\"a\"></a>"),
            ("![a ![b](https://e.org/c.png)](d.png)", "<img src=\"d.png\" alt=\"a b\">"),
            ("![a [b](f.html)](https://e.org/d.png)", "<a href=\"https://e.org/d.png\">a b</a>"),
            (
                "<img src=https://e.org/d.png alt='a \"b\"'>",
                "<a href=\"https://e.org/d.png\" rel=\"noopener noreferrer\">a &quot;b&quot;</a>",
            ),
            (
                "<img src=https://e.org/d.png>",
                "<a href=\"https://e.org/d.png\" rel=\"noopener noreferrer\">https://e.org/d.png</a>",
            ),
            ("[a <img src=https://e.org/d.png alt=b>](f.html)", "<a href=\"f.html\">a <span>b</span></a>"),
        ] {
            assert_eq!(inline(markdown, &around), expected, "{markdown}");
        }
    }
}
