//! Makes the marks around words of another language (`locale/marks.rs`) into elements that say so.
//!
//! In text a word is `<bdi lang="en" dir="ltr">`, and a value of the page's own language in it the same turned around; both isolate what
//! they hold, so that neither reorders its neighbours. An attribute has the language of its element: where the element may hold
//! text of the page, its label moves into an element of its own, which says what it is in.

mod line;
mod tag;

use std::fmt::Write as _;

use crate::locale::Locale;
use crate::locale::marks::{VALUE, WORD, has_marks, is_mark};

use line::{Sequel, after_word};
use tag::{attribute, name_of, tag_end};

/// The languages of a page and of its words.
pub(super) struct Tongues {
    word: String,
    value: String,
    /// The same in a drawing.
    drawn: String,
    /// The attributes of an element whose attributes are words.
    attributes: String,
}

impl Tongues {
    /// Those of a page whose words are marked.
    pub(super) fn of(locale: &Locale) -> Option<Self> {
        let (words, page) = (locale.foreign_words()?, locale.tag());
        let attributes = |tag: &str| format!(" lang=\"{tag}\" dir=\"{}\"", crate::locale::direction(tag));
        let drawn = format!("<tspan lang=\"{words}\" direction=\"{}\">", crate::locale::direction(words));
        Some(Self { word: attributes(words), value: attributes(page), drawn, attributes: attributes(words) })
    }

    /// A page without marks.
    pub(super) fn page(&self, html: &str) -> String {
        let mut writer = Page {
            tongues: self,
            out: String::with_capacity(html.len() * 5 / 4),
            open: Vec::new(),
            labels: 0,
            drawing: false,
        };
        writer.write(html);
        writer.out
    }
}

/// A text without marks.
pub(super) fn plain(text: &str) -> String {
    text.replace(is_mark, "")
}

/// An open mark, and whether an element was written for it: in a word another word is of the same language.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Word(bool),
    Value(bool),
}

struct Page<'a> {
    tongues: &'a Tongues,
    out: String,
    open: Vec<Open>,
    /// How many labels stand in elements of their own.
    labels: usize,
    drawing: bool,
}

impl Page<'_> {
    fn write(&mut self, html: &str) {
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            self.text(&rest[..at]);
            let end = tag_end(&rest[at..]);
            let (tag, after) = rest[at..].split_at(end);
            rest = self.tag(tag, after);
        }
        self.text(rest);
    }

    /// Text between tags.
    fn text(&mut self, text: &str) {
        if !has_marks(text) {
            self.out.push_str(text);
            return;
        }
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            rest = &rest[c.len_utf8()..];
            match c {
                _ if c == WORD[0] => {
                    let inside = matches!(self.open.last(), Some(Open::Word(_)));
                    self.start(Open::Word(!inside));
                }
                _ if c == VALUE[0] => {
                    let inside = matches!(self.open.last(), Some(Open::Word(_)));
                    self.start(Open::Value(inside && !self.drawing));
                }
                _ if c == WORD[1] => rest = self.word_end(rest),
                _ if is_mark(c) => self.end(),
                c => self.out.push(c),
            }
        }
    }

    fn start(&mut self, open: Open) {
        match open {
            Open::Word(true) if self.drawing => self.out.push_str(&self.tongues.drawn),
            Open::Word(true) => _ = write!(self.out, "<bdi{}>", self.tongues.word),
            Open::Value(true) => _ = write!(self.out, "<bdi{}>", self.tongues.value),
            Open::Word(false) | Open::Value(false) => {}
        }
        self.open.push(open);
    }

    /// Ends a word that the text after it does not go on; returns what is still to be written.
    fn word_end<'t>(&mut self, text: &'t str) -> &'t str {
        let outermost = self.open.last() == Some(&Open::Word(true));
        let sequel = if outermost { after_word(text) } else { Sequel { own: "", rest: text, goes_on: false } };
        self.out.push_str(sequel.own);
        if !sequel.goes_on {
            self.end();
        }
        sequel.rest
    }

    fn end(&mut self) {
        match self.open.pop() {
            Some(Open::Word(true)) if self.drawing => self.out.push_str("</tspan>"),
            Some(Open::Word(true) | Open::Value(true)) => self.out.push_str("</bdi>"),
            _ => {}
        }
    }

    /// A tag; returns what stands after it, or after its element where that holds nothing but text.
    fn tag<'h>(&mut self, tag: &str, after: &'h str) -> &'h str {
        let name = name_of(tag);
        match name {
            "svg" => self.drawing = true,
            "/svg" => self.drawing = false,
            _ => {}
        }
        if !matches!(name, "script" | "style" | "title" | "option" | "textarea") {
            if has_marks(tag) {
                self.labelled(name, tag)
            } else {
                self.out.push_str(tag)
            }
            return after;
        }
        let end = after.find(&format!("</{name}")).unwrap_or(after.len());
        let (content, rest) = after.split_at(end);
        // An element of text alone is in one language.
        let is_word =
            content.starts_with(WORD[0]) && content.ends_with(WORD[1]) && content.matches(VALUE[0]).count() == 0;
        let tag = plain(tag);
        self.out.push_str(&if is_word && name != "script" { self.in_language(&tag) } else { tag });
        self.out.push_str(&plain(content));
        rest
    }

    /// A tag with a word in an attribute.
    fn labelled(&mut self, name: &str, tag: &str) {
        let own = plain(tag);
        let label = attribute(tag, "aria-label").filter(|label| has_marks(label));
        match (name, label) {
            ("meta" | "link" | "form", None) | ("meta" | "link", _) => self.out.push_str(&own),
            // What these hold is of no language: a number, a sign, what a reader types.
            ("a" | "input" | "button" | "label" | "select" | "abbr", _) | (_, None) => {
                self.out.push_str(&self.in_language(&own))
            }
            (_, Some(label)) => self.labelled_by(name, &own, label),
        }
    }

    fn in_language(&self, tag: &str) -> String {
        let end = if tag.ends_with("/>") { tag.len() - 2 } else { tag.len() - 1 };
        if attribute(tag, "lang").is_some() {
            tag.to_owned()
        } else {
            format!("{}{}{}", &tag[..end], self.tongues.attributes, &tag[end..])
        }
    }

    /// Moves the label of an element with text of the page into one of its own: inside, where a paragraph may stand, else before it.
    fn labelled_by(&mut self, name: &str, tag: &str, label: &str) {
        self.labels += 1;
        let id = format!("label_{}", self.labels);
        let written = format!("<bdi id=\"{id}\" hidden{}>{}</bdi>", self.tongues.word, plain(label));
        let tag = tag.replacen(&format!("aria-label=\"{}\"", plain(label)), &format!("aria-labelledby=\"{id}\""), 1);
        let order = if matches!(name, "nav" | "aside" | "section") { [&tag, &written] } else { [&written, &tag] };
        order.into_iter().for_each(|piece| self.out.push_str(piece));
    }
}

#[cfg(test)]
mod tests {
    use super::Tongues;
    use crate::locale::Locale;

    #[test]
    fn marks_become_elements() {
        let tongues = Tongues::of(&Locale::or_english("ar")).expect("its words are English");
        for (marked, expected) in [
            ("<p>[Date]: ٥</p>", "<p><bdi lang=\"en\" dir=\"ltr\">Date</bdi>: ٥</p>"),
            (
                "[since {مايو}, [again]]",
                "<bdi lang=\"en\" dir=\"ltr\">since <bdi lang=\"ar\" dir=\"rtl\">مايو</bdi>, again</bdi>",
            ),
            ("<p>[2 reports].</p>", "<p><bdi lang=\"en\" dir=\"ltr\">2 reports.</bdi></p>"),
            (
                "٥ · [Reliability: ][good] (B)&nbsp;· [likely (2)] · خ",
                "٥ · <bdi lang=\"en\" dir=\"ltr\">Reliability: good (B)&nbsp;· likely (2)</bdi> · خ",
            ),
            ("[good]\u{a0}(B) · خ", "<bdi lang=\"en\" dir=\"ltr\">good\u{a0}(B)</bdi> · خ"),
            (
                "[by] ريم, [at] RFI, [on]",
                "<bdi lang=\"en\" dir=\"ltr\">by</bdi> ريم, <bdi lang=\"en\" dir=\"ltr\">at</bdi> RFI, \
                 <bdi lang=\"en\" dir=\"ltr\">on</bdi>",
            ),
            ("<title>[Search] – خ</title>", "<title>Search – خ</title>"),
            ("<option>[All]</option>", "<option lang=\"en\" dir=\"ltr\">All</option>"),
            ("<script>\"[a]<b>\"</script>", "<script>\"a<b>\"</script>"),
            ("<meta content=\"[a] > {b}\">", "<meta content=\"a > b\">"),
            (
                "<a href=\"x\" aria-label=\"[Note 3]\">3</a>",
                "<a href=\"x\" aria-label=\"Note 3\" lang=\"en\" dir=\"ltr\">3</a>",
            ),
            (
                "<nav aria-label=\"[Main]\"><ul aria-label=\"[Parts]\"></ul></nav>",
                "<nav aria-labelledby=\"label_1\"><bdi id=\"label_1\" hidden lang=\"en\" dir=\"ltr\">Main</bdi>\
                 <bdi id=\"label_2\" hidden lang=\"en\" dir=\"ltr\">Parts</bdi><ul aria-labelledby=\"label_2\"></ul></nav>",
            ),
            (
                "<svg><text>[about] ٥</text></svg>[a]",
                "<svg><text><tspan lang=\"en\" direction=\"ltr\">about</tspan> ٥</text></svg><bdi lang=\"en\" dir=\"ltr\">a</bdi>",
            ),
            ("a] {b", "a b"),
        ] {
            let marks = [("[", '\u{fdd0}'), ("]", '\u{fdd1}'), ("{", '\u{fdd2}'), ("}", '\u{fdd3}')];
            let marked =
                marks.iter().fold(marked.to_owned(), |text, (seen, mark)| text.replace(seen, &mark.to_string()));
            assert_eq!(tongues.page(&marked), expected);
        }
    }
}
