//! The normal form in which quotes, passages and names are compared, with an exact map back.
//!
//! Two people who type the same sentence rarely type the same characters: one has `’`, a no-break space before `!` and
//! `é` as one code point, the other `'`, a plain space and `e` with a combining accent. Both are the same words, so
//! they are compared in one form (docs/format.md, "Where a quote is looked for"):
//!
//! ```
//! use dossier::syntax::normal::Normal;
//! let normal = Normal::of("«\u{a0}L’e\u{301}tat —\u{202f}dit-il…\u{a0}»");
//! assert_eq!(normal.text(), r#""L'état - dit-il...""#);
//! ```
//!
//! Case and accents count. What is in normal form stays as it is.

mod class;
#[cfg(test)]
mod laws;
mod map;
mod side;

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use class::{Class, class, extends};
pub(crate) use map::Map;
pub(crate) use side::{begins_unspaced, ends_unspaced, joins};

/// Whether a text has characters that its normal form leaves out: soft hyphens, what has no width.
pub fn has_dropped(text: &str) -> bool {
    !text.is_ascii() && text.chars().any(|c| !c.is_ascii() && matches!(class(c), Class::Dropped))
}

/// A text in normal form, and where each part of it stood in the original.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Normal {
    text: String,
    map: Map,
}

impl Normal {
    /// The normal form of `text`, in one pass.
    pub fn of(text: &str) -> Self {
        let normal = Normal::with_capacity(text.len());
        let mut writer = Writer { text, normal, after_open: false, guillemets: Guillemets::default() };
        let mut at = 0;
        while at < text.len() {
            at = writer.step(at);
        }
        writer.normal
    }

    /// The text in normal form.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text alone.
    pub fn into_text(self) -> String {
        self.text
    }

    /// The bytes of the original that `range` (bytes of the normal text) stands for: whole characters with their
    /// combining marks, nothing that was dropped at either end.
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        let start = self.map.original_start(range.start);
        start..if range.is_empty() { start } else { self.map.original_end(range.end) }
    }

    /// Where the character at byte `original` of the original stands in the normal text; for what was dropped, where
    /// it would stand.
    pub fn normal_offset(&self, original: usize) -> usize {
        self.map.normal_start(original)
    }

    /// The bytes of the normal text that stand for any part of `original`: rounded outwards, unlike
    /// [`Normal::normal_offset`]. Empty, but at its place, where all of it was dropped; an empty range covers what it is
    /// inside of, such as a letter that is apart from its accent.
    pub fn covering(&self, original: Range<usize>) -> Range<usize> {
        let start = self.map.normal_start(original.start);
        let between = original.is_empty() && self.map.original_start(start) >= original.start;
        start..if between { start } else { self.map.normal_end(original.end).max(start) }
    }

    fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), map: Map::default() }
    }
}

/// Reads the original from left to right; each step takes one piece, so nothing is decided twice.
struct Writer<'a> {
    text: &'a str,
    normal: Normal,
    /// Whether the last thing written was a guillemet with its inside on the right, where no white space is kept.
    after_open: bool,
    guillemets: Guillemets,
}

/// What stands on either side of the last run of guillemets that was looked at.
#[derive(Default)]
struct Guillemets {
    /// Where the last one of the run that was written ends.
    written: usize,
    before: Option<char>,
    /// Where the run ends.
    end: usize,
    after: Option<char>,
}

impl Writer<'_> {
    /// Takes the piece at byte `at`; returns where the next one starts.
    fn step(&mut self, at: usize) -> usize {
        let plain = class::plain_end(self.text.as_bytes(), at);
        if plain > at {
            return self.copy(at..plain);
        }
        let Some(c) = self.text[at..].chars().next() else { return self.text.len() };
        let end = at + c.len_utf8();
        match class(c) {
            Class::Dropped => end,
            Class::Space => self.space(at),
            Class::Dash => self.run_of(Class::Dash, at).1.map_or(end, |run| self.replace("-", run)),
            Class::Apostrophe => self.replace("'", at..end),
            Class::QuotationMark => self.replace("\"", at..end),
            Class::LeftGuillemet | Class::RightGuillemet => self.guillemet(c, at..end),
            Class::Ellipsis => self.replace("...", at..end),
            Class::Other => self.cluster(at, c),
        }
    }

    /// A run of white space is one space; none at the ends of the text, just inside « », nor where a script has none.
    fn space(&mut self, at: usize) -> usize {
        let (next, run) = self.run_of(Class::Space, at);
        let Some(run) = run else { return next };
        let kept = match self.text[next..].chars().next() {
            None => false,
            Some(_) if self.after_open || self.normal.text.is_empty() => false,
            Some('»') if side::closes(self.after_guillemets(next)) => false,
            Some(_) => !joins(&self.normal.text, &self.text[next..]),
        };
        if kept {
            self.replace(" ", run);
        }
        next
    }

    fn guillemet(&mut self, c: char, piece: Range<usize>) -> usize {
        let before = self.text[..piece.start].char_indices().rev().find(|(_, c)| class(*c) != Class::Dropped);
        // Of several the first says where they stand.
        if before.is_none_or(|(at, c)| at + c.len_utf8() != self.guillemets.written) {
            self.guillemets.before = before.map(|(_, c)| c);
        }
        let end = self.replace("\"", piece);
        self.guillemets.written = end;
        self.after_open = c == '«' && side::opens(self.guillemets.before);
        end
    }

    /// What stands after the run of guillemets that begins at `at`, or goes on there.
    fn after_guillemets(&mut self, at: usize) -> Option<char> {
        if at >= self.guillemets.end {
            let is_run = |c: char| matches!(class(c), Class::LeftGuillemet | Class::RightGuillemet | Class::Dropped);
            let end = self.text[at..].find(|c| !is_run(c)).map_or(self.text.len(), |length| at + length);
            self.guillemets.end = end;
            self.guillemets.after = self.text[end..].chars().next();
        }
        self.guillemets.after
    }

    /// The run of characters of one class from `at` on, with what is dropped between them: where the text goes on after
    /// it (dropped characters passed over), and the run itself.
    fn run_of(&self, wanted: Class, at: usize) -> (usize, Option<Range<usize>>) {
        let mut end = None;
        for (offset, c) in self.text[at..].char_indices() {
            match class(c) {
                Class::Dropped => {}
                found if found == wanted => end = Some(at + offset + c.len_utf8()),
                _ => return (at + offset, end.map(|end| at..end)),
            }
        }
        (self.text.len(), end.map(|end| at..end))
    }

    /// One character with the marks and syllable parts that follow it, composed.
    ///
    /// White space, dashes and quotation marks never come here: no mark composes with them, which a test holds.
    fn cluster(&mut self, at: usize, first: char) -> usize {
        let mut end = at + first.len_utf8();
        let mut as_it_is = class::composed(first);
        for (offset, c) in self.text[end..].char_indices() {
            let from = at + first.len_utf8() + offset;
            if extends(c) {
                end = from + c.len_utf8();
                as_it_is = false;
            } else if class(c) != Class::Dropped {
                break;
            }
        }
        if as_it_is {
            return self.copy(at..end);
        }
        let composed: String = self.text[at..end].chars().filter(|c| class(*c) != Class::Dropped).nfc().collect();
        if composed == self.text[at..end] { self.copy(at..end) } else { self.replace(&composed, at..end) }
    }

    fn copy(&mut self, piece: Range<usize>) -> usize {
        self.normal.map.copy(self.normal.text.len(), piece.clone());
        self.normal.text.push_str(&self.text[piece.clone()]);
        self.after_open = false;
        piece.end
    }

    fn replace(&mut self, by: &str, piece: Range<usize>) -> usize {
        if self.text[piece.clone()] == *by {
            return self.copy(piece);
        }
        self.normal.map.replace(self.normal.text.len(), by.len(), piece.clone());
        self.normal.text.push_str(by);
        self.after_open = false;
        piece.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(original: &str, expected: &str) {
        let normal = Normal::of(original);
        assert_eq!(normal.text(), expected, "{original:?}");
        assert_eq!(Normal::of(expected).text(), expected, "normalising twice: {original:?}");
    }

    #[test]
    fn texts_in_normal_form() {
        for (original, expected) in [
            ("", ""),
            ("  a \t b\r\n\r\n c  ", "a b c"),
            ("10\u{202f}000\u{a0}€", "10 000 €"),
            ("«\u{a0}Non\u{202f}»", "\"Non\""),
            ("« \u{200b} « a » »", "\"\"a\"\""),
            ("“a” ‘b’ „c‟ ‚d‛ ‹e›", "\"a\" 'b' \"c\" 'd' 'e'"),
            ("L´É `a` Maʾrib, Sanaʿa, Hawaiʻi, ʽ, Rusʹ, ג׳באליה", "L'É 'a' Ma'rib, Sana'a, Hawai'i, ', Rus', ג'באליה"),
            ("צה״ל 5′ 3″ ꞌ ՚ ｀ ＇ ＂ ❛a❜ ❝b❞ \u{1fef} \u{1ffd} ʺ", "צה\"ל 5' 3\" ' ' ' ' \" 'a' \"b\" ' ' \""),
            ("葛\u{e0100}城 ❤\u{fe0e}", "葛城 ❤"),
            ("l’État… (fin)", "l'État... (fin)"),
            ("a – b — c −5 x‑y p--q r- -s", "a - b - c -5 x-y p-q r- -s"),
            ("–\u{ad}—\u{200d}- a", "- a"),
            ("中 中 中- -中 中-\u{ad} 中", "中中中- -中中-中"),
            ("com\u{ad}mune zero\u{200b}width \u{feff}bom", "commune zerowidth bom"),
            (" \u{200b} a \u{200b} ", "a"),
            ("e\u{301} e\u{200d}\u{301} E\u{301}", "é é É"),
            ("a\u{307}\u{323}x", "\u{1ea1}\u{307}x"),
            ("\u{301}\u{323} ’\u{301}", "\u{323}\u{301} '\u{301}"),
            ("\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}", "한글"),
            ("\u{212b} \u{2126}", "Å Ω"),
            ("👩‍👧 ❤\u{fe0f}", "👩👧 ❤"),
            ("مالي — Мали, й", "مالي - Мали, й"),
            ("\u{2000}x\u{2029}y\u{85}", "x y"),
        ] {
            check(original, expected);
        }
    }

    /// The inside of « » is where French has it, or the other side where they stand as in German or Swedish.
    #[test]
    fn white_space_beside_guillemets_belongs_to_one_side() {
        for (original, expected) in [
            ("sagte »Nein« und", "sagte \"Nein\" und"),
            ("sagte\u{a0}»Nein«\nund", "sagte \"Nein\" und"),
            ("»Nein!« »Doch.« (»x« )", "\"Nein!\" \"Doch.\" (\"x\" )"),
            ("»Ja«, sagte er", "\"Ja\", sagte er"),
            ("sade »nej» och", "sade \"nej\" och"),
            ("sagte »›Nein‹« und »›so‹«.", "sagte \"'Nein'\" und \"'so'\"."),
            ("»»a« b« c", "\"\"a\" b\" c"),
            ("dit « Non » puis", "dit \"Non\" puis"),
            ("dit «Non» puis", "dit \"Non\" puis"),
            ("dit «\u{202f}Non\u{a0}», puis « oui »… (« ou »)", "dit \"Non\", puis \"oui\"... (\"ou\")"),
            ("l’« État » d'« agents », anti-« x » : « y » !", "l'\"État\" d'\"agents\", anti-\"x\" : \"y\" !"),
            ("« a « b » c »", "\"a \"b\" c\""),
            ("« a «\u{200b} b »\u{200b} » c", "\"a \"b\"\" c"),
            ("« Non", "\"Non"),
            ("Non » dit", "Non\" dit"),
            ("» suite « x", "\" suite \"x"),
            ("قال « نعم »، ثم «لا».", "قال \"نعم\"، ثم \"لا\"."),
            ("« x »[1] « y »² »", "\"x \"[1] \"y\"²\""),
        ] {
            check(original, expected);
        }
    }

    #[test]
    fn between_letters_of_a_script_without_spaces_there_is_none() {
        for (original, expected) in [
            ("两国外长周二会晤\n并签署协议。", "两国外长周二会晤并签署协议。"),
            ("他说：\r\n  “你好”\n然后……\n走了——\n好", "他说：\"你好\"然后......走了-好"),
            ("東京で、\n「はい」\nと言った", "東京で、「はい」と言った"),
            ("กรุงเทพ\nมหานคร ລາວ\nລາວ ខ្មែរ\nខ្មែរ မြန်\nမာ", "กรุงเทพมหานครລາວລາວខ្មែរខ្មែរမြန်မာ"),
            ("한국\n사람 北京\nParis\n北京 a\n中", "한국 사람 北京 Paris 北京 a 中"),
            ("在 5 日\n12 人，１ ２", "在 5 日 12 人，１ ２"),
            ("中 - 中 “ 中", "中 - 中 \" 中"),
            ("中\" \"中 x\" \"中", "中\"\"中 x\" \"中"),
            ("文\n` »-中", "文'\"-中"),
            ("か \u{3099}", "か \u{3099}"),
        ] {
            check(original, expected);
        }
    }

    #[test]
    fn what_is_dropped_is_seen() {
        for (text, expected) in [("", false), ("abc", false), ("é’«", false), ("a\u{ad}b", true), ("中\u{e0101}", true)]
        {
            assert_eq!(has_dropped(text), expected, "{text:?}");
        }
    }

    #[test]
    fn offsets_map_back_to_whole_characters() {
        for (original, piece, expected) in [
            ("L’e\u{301}tat «\u{a0}oui\u{a0}» dit-il", "\"oui\"", "«\u{a0}oui\u{a0}»"),
            ("L’e\u{301}tat «\u{a0}oui\u{a0}» dit-il", "ét", "e\u{301}t"),
            ("un\u{ad}\u{200b} deux", "un", "un"),
            ("un\u{ad}\u{200b} deux", "deux", "deux"),
            ("un\u{ad}\r\n \u{200b}\t deux", "un d", "un\u{ad}\r\n \u{200b}\t d"),
            ("fin…", "..", "…"),
            ("de\u{ad}main", "dema", "de\u{ad}ma"),
            ("a\u{307}\u{323}x", "\u{307}x", "a\u{307}\u{323}x"),
            ("x--—-y", "-y", "--—-y"),
            ("👩\u{200d}👧 là", "👧 l", "👧 l"),
            ("\u{feff}\u{feff}à", "à", "à"),
        ] {
            let normal = Normal::of(original);
            let at = normal.text().find(piece).unwrap_or_else(|| panic!("{piece:?} in {normal:?}"));
            let range = normal.original(at..at + piece.len());
            assert_eq!(&original[range.clone()], expected, "{original:?}");
            assert!(normal.normal_offset(range.start) <= at);
            assert_eq!(normal.covering(range).end, at + piece.len().max(if piece == ".." { 3 } else { 0 }));
        }
    }

    #[test]
    fn what_was_dropped_has_a_place() {
        let normal = Normal::of("a\u{200b}\u{200b}b  ");
        assert_eq!(normal.covering(1..7), 1..1);
        assert_eq!(normal.normal_offset(4), 1);
        assert_eq!(normal.normal_offset(8), 2);
        assert_eq!(normal.normal_offset(99), 2);
        assert_eq!(normal.original(2..2), 8..8);
        assert_eq!(Normal::of("").original(0..0), 0..0);
        assert_eq!(Normal::of(" ").covering(0..1), 0..0);
    }
}
