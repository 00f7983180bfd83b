//! Film and sound: a player for what the dossier has, a link to what is elsewhere, since a page asks no other host for anything.

use std::ops::Range;

use super::super::loss::Lost;
use super::tags::{Address, Opening};
use super::{Element, Piece, Pieces, RawHtml};

impl RawHtml {
    /// A player starts. What it plays may follow, in a tag of its own.
    pub(super) fn player(&mut self, name: &str, opening: Opening, range: &Range<usize>, out: &mut Pieces) {
        self.give_up_waiting();
        let Opening { attributes, anchor, mut addresses, .. } = opening;
        // A picture from elsewhere cannot be shown, and there is no room for a link to it.
        addresses.retain(|address| {
            let stays = address.attribute != "poster" || is_local(address);
            if !stays {
                let (start, end) = (range.start + address.source.start, range.start + address.source.end);
                self.lose(Lost::Attribute { tag: name.into(), name: "poster".into() }, &(start..end));
            }
            stays
        });
        let plays = addresses.iter().find(|address| address.attribute == "src").map(is_local);
        let piece = self.element(name, attributes, anchor, addresses, range.start);
        let player = match piece {
            Piece::Element(element) => element,
            _ => Element { name: name.to_owned(), ..Element::default() },
        };
        match plays {
            Some(true) => self.play(player, range, out),
            Some(false) => out.push((Piece::Element(player), range.clone())),
            None => self.waiting = Some((player, self.written.range(range))),
        }
    }

    /// Something to play, or words to show with it.
    pub(super) fn played(&mut self, name: &str, opening: Opening, range: &Range<usize>, out: &mut Pieces) {
        let Opening { attributes, addresses, .. } = opening;
        let local = addresses.first().map(is_local);
        let is_source = name == "source";
        match (self.waiting.take(), local) {
            (Some((player, _)), Some(true)) if is_source => self.play(player, range, out),
            (Some((player, _)), Some(false)) if is_source => {
                let source = self.element(&player.name, String::new(), None, addresses, range.start);
                return out.push((source, range.clone()));
            }
            (waiting, _) => self.waiting = waiting,
        }
        let in_player = self.open.last().is_some_and(|(tag, _)| matches!(tag.as_str(), "video" | "audio"));
        match local {
            Some(true) if in_player => {
                out.push((self.element(name, attributes, None, addresses, range.start), range.clone()));
            }
            _ => self.lose(Lost::Tag(name.into()), range),
        }
    }

    fn play(&mut self, player: Element, range: &Range<usize>, out: &mut Pieces) {
        self.push_open(&player.name);
        out.push((Piece::Element(player), range.clone()));
    }

    /// A player that has nothing to play is left out.
    pub(super) fn give_up_waiting(&mut self) {
        if let Some((player, range)) = self.waiting.take() {
            // It was written before what is being cut now.
            self.losses.push((Lost::Tag(player.name.into()), range));
        }
    }
}

/// Whether an address may be that of a file of the dossier. Whether it is one is seen where links are followed.
fn is_local(address: &Address) -> bool {
    let scheme = address.target.split(['/', '?', '#']).next().is_some_and(|start| start.contains(':'));
    !scheme && !address.target.starts_with("//")
}
