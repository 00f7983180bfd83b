//! A picture of a check or figure, 1200 by 630 pixels, as PNG.
//!
//! ```text
//! Preview ─▶ layout ─▶ letters to shapes ─▶ shapes to pixels ─▶ PNG
//!            here      text                 canvas
//! ```
//!
//! Drawn with fonts of our own, so the same content gives the same bytes on every machine. Sizes are chosen to be read where a
//! picture is 300 pixels wide.

mod canvas;
mod shapes;
mod text;

use crate::derive::chart::Mark;
use crate::derive::preview::{Plot, PlotRow, Preview, SIZE};
use canvas::{Canvas, Ground, Ink};
use shapes::{disc, polygon, ring, sign};
use text::{Face, Line, Text};

/// The margin at both sides.
const MARGIN: f32 = 72.0;
/// The width between the margins.
const WIDTH: f32 = SIZE.0 as f32 - 2.0 * MARGIN;
/// Names at a scale may take so much of its width.
const NAMES: f32 = 400.0;
/// How far an arrow points beyond the scale.
const BEYOND: f32 = 30.0;
/// Where the foot begins.
const FOOT: f32 = 540.0;

/// Draws a picture.
pub(super) fn draw(preview: &Preview, out: &mut Vec<u8>) {
    let mut page = Page { canvas: Canvas::new(), rtl: preview.rtl };
    match &preview.plot {
        Some(plot) => page.figure(preview, plot),
        None => page.check(preview),
    }
    page.foot(preview);
    page.canvas.png(preview.label.tone, out);
}

/// Which end of a line a text stands at.
#[derive(Clone, Copy, PartialEq)]
enum At {
    Start,
    End,
}

struct Page {
    canvas: Canvas,
    /// Whether lines start at the right.
    rtl: bool,
}

impl Page {
    /// A verdict in its colour, and the claim below it.
    fn check(&mut self, preview: &Preview) {
        self.head(preview, 168.0, &[72.0, 60.0, 48.0, 38.0]);
        let title = Text::new(&preview.title, Face::Bold);
        let by = Text::new(&preview.line, Face::Regular);
        let (size, lines) = title.fit(WIDTH, &[(60.0, 2), (54.0, 3), (48.0, 4), (42.0, 5), (36.0, 6)]);
        let (line, by_line) = (size * 1.22, if by.is_empty() { 0.0 } else { 58.0 });
        let height = line * lines.len() as f32 + by_line;
        let mut baseline = 168.0 + (FOOT - 168.0 - height) / 2.0 + size * 0.92;
        for words in &lines {
            self.line(words, size, baseline, At::Start, Ink::Full);
            baseline += line;
        }
        if let Some(by) = by.elided(WIDTH / 30.0) {
            self.line(&by, 30.0, baseline - line + 62.0, At::Start, Ink::Soft);
        }
    }

    /// What is measured, what the editors make of it, and all estimates.
    fn figure(&mut self, preview: &Preview, plot: &Plot) {
        self.head(preview, 96.0, &[46.0, 38.0]);
        let title = Text::new(&preview.title, Face::Bold);
        let (size, lines) = title.fit(WIDTH, &[(52.0, 1), (46.0, 2), (40.0, 2), (34.0, 3)]);
        let mut top = 96.0 + 34.0;
        for words in &lines {
            self.line(words, size, top + size * 0.86, At::Start, Ink::Full);
            top += size * 1.2;
        }
        let own = Text::new(&preview.line, Face::Bold);
        if let Some(own) = own.elided(WIDTH / 30.0) {
            self.line(&own, 30.0, top + 34.0, At::Start, Ink::Accent);
            top += 48.0;
        }
        match &plot.chart {
            Some(_) => self.plot(plot, top + 18.0, FOOT - 16.0),
            None => self.accounts(&plot.rows, top + 18.0, FOOT - 16.0),
        }
    }

    /// A band in the colour of the tone, with the verdict or status, and what the picture is of.
    fn head(&mut self, preview: &Preview, height: f32, sizes: &[f32]) {
        self.canvas.fill(0.0, 0.0, SIZE.0 as f32, height, Ground::Tone);
        let kind = Text::new(&preview.kind, Face::Regular).elided(WIDTH * 0.6 / 28.0);
        let middle = height / 2.0;
        if let Some(kind) = &kind {
            self.line(kind, 28.0, middle + 10.0, At::End, Ink::Paper);
        }
        let taken = kind.map_or(0.0, |kind| kind.width * 28.0 + 40.0);
        let mut from = 0.0;
        if !preview.label.sign.is_empty() {
            let wide = height * 0.42;
            let x = if self.rtl { SIZE.0 as f32 - MARGIN - wide } else { MARGIN };
            self.canvas.path(&sign(preview.label.tone, x, middle - wide / 2.0, wide), Ink::Paper);
            from = wide * 1.36;
        }
        let room = WIDTH - from - taken;
        let verdict = Text::new(&preview.label.word, Face::Bold);
        let fits: Vec<(f32, usize)> = sizes.iter().map(|size| (*size, 1)).collect();
        let (size, lines) = verdict.fit(room, &fits);
        if let Some(word) = lines.first() {
            let x = if self.rtl { SIZE.0 as f32 - MARGIN - from - word.width * size } else { MARGIN + from };
            self.canvas.letters(word, size, x, middle + size * 0.355, Ink::Paper);
        }
    }

    /// Who answers for it, and which dossier it is from.
    fn foot(&mut self, preview: &Preview) {
        self.canvas.bar(MARGIN, FOOT, WIDTH, 2.0, Ink::Rule);
        let baseline = FOOT + 56.0;
        let publisher = Text::new(&preview.publisher, Face::Bold).elided(WIDTH * 0.5 / 26.0);
        let taken = publisher.as_ref().map_or(0.0, |line| line.width * 26.0 + 36.0);
        if let Some(publisher) = publisher {
            self.line(&publisher, 26.0, baseline, At::Start, Ink::Full);
        }
        if let Some(dossier) = Text::new(&preview.dossier, Face::Regular).elided((WIDTH - taken) / 26.0) {
            self.line(&dossier, 26.0, baseline, At::End, Ink::Soft);
        }
    }

    /// The estimates on their scale: who says it at the start of a row, dots and ranges after it.
    fn plot(&mut self, plot: &Plot, top: f32, bottom: f32) {
        let Some(chart) = &plot.chart else { return };
        let bottom = bottom - 34.0;
        let row = ((bottom - top) / plot.rows.len().max(1) as f32).min(54.0);
        // Names are read where there is room for them; else the shape of the dispute is what can be seen.
        let names: Vec<Option<Line>> = match row >= 24.0 {
            true => plot.rows.iter().map(|row| Text::new(&row.name, Face::Regular).elided(NAMES / 24.0)).collect(),
            false => Vec::new(),
        };
        let widest = names.iter().flatten().map(|name| name.width * 24.0).fold(0.0, f32::max);
        let taken = if names.is_empty() { 0.0 } else { widest + 20.0 };
        // The scale goes from left to right in every language, as numbers do.
        let left = if self.rtl { MARGIN } else { MARGIN + taken };
        let wide = WIDTH - taken;
        // Room for arrows that point beyond the scale.
        let inset = BEYOND + 6.0;
        let at = |percent: f64| left + inset + percent as f32 / 100.0 * (wide - 2.0 * inset);
        let end = top + row * plot.rows.len() as f32;
        if let Some(band) = &chart.band {
            let (from, to) = (at(band.from), at(band.from + band.width));
            self.canvas.fill(from, top, (to - from).max(3.0), end - top, Ground::Field);
        }
        for tick in &chart.ticks {
            self.canvas.bar(at(tick.at) - 1.0, top, 2.0, end - top, Ink::Rule);
            if let Some(label) = Text::new(&tick.label, Face::Regular).elided(f32::MAX) {
                let width = label.width * 22.0;
                let x = (at(tick.at) - width / 2.0).min(SIZE.0 as f32 - MARGIN - width).max(MARGIN);
                self.canvas.letters(&label, 22.0, x, end + 28.0, Ink::Soft);
            }
        }
        for (index, one) in plot.rows.iter().enumerate() {
            let middle = top + row * (index as f32 + 0.5);
            if let Some(name) = names.get(index).and_then(Option::as_ref) {
                self.line(name, 24.0, middle + 8.5, At::Start, Ink::Full);
                if let Some(words) = Text::new(&one.words, Face::Regular).elided((wide - 2.0 * inset) / 22.0) {
                    let (from, to) = (at(0.0) + 4.0, at(0.0) + 16.0 + words.width * 22.0);
                    let (over, under) = (middle - row / 2.0, middle + row / 2.0);
                    self.canvas.clear(&polygon(&[(from, over), (to, over), (to, under), (from, under)]));
                    self.canvas.letters(&words, 22.0, at(0.0) + 10.0, middle + 8.0, Ink::Soft);
                }
            }
            let radius = (row * 0.24).clamp(2.5, 9.0);
            for mark in &one.marks {
                self.mark(mark, at(mark.from), at(mark.to), middle, radius);
            }
        }
    }

    fn mark(&mut self, mark: &Mark, from: f32, to: f32, y: f32, radius: f32) {
        let thick = (radius * 0.5).max(2.0);
        match mark.shape {
            "dot" if mark.hollow => {
                self.canvas.clear(&disc(from, y, radius));
                self.canvas.path(&ring(from, y, radius, thick * 0.8), Ink::Accent);
            }
            "dot" => self.canvas.path(&disc(from, y, radius), Ink::Accent),
            "line" => self.canvas.bar(from, y - thick / 2.0, to - from, thick, Ink::Accent),
            _ => {
                // It points beyond the scale, to the left where it ends at the scale's left.
                let back = if mark.to <= 0.0 { 1.0 } else { -1.0 };
                let (tip, barb) = (to - back * BEYOND, radius * 1.1);
                let neck = tip + back * barb * 1.5;
                self.canvas.bar(from.min(neck), y - thick / 2.0, (from - neck).abs(), thick, Ink::Accent);
                self.canvas.path(&polygon(&[(tip, y), (neck, y - barb), (neck, y + barb)]), Ink::Accent);
            }
        }
    }

    /// Accounts: a dot for each who tells it, and what is told.
    fn accounts(&mut self, rows: &[PlotRow], top: f32, bottom: f32) {
        let most = rows.iter().map(|row| row.tellers).max().unwrap_or_default().min(12);
        let row = ((bottom - top) / rows.len().max(1) as f32).min(54.0);
        let (size, radius) = ((row * 0.62).min(30.0), (row * 0.2).clamp(2.0, 9.0));
        let step = radius * 2.7;
        let dots = step * most as f32 + 14.0;
        for (index, one) in rows.iter().enumerate() {
            let middle = top + row * (index as f32 + 0.5);
            for dot in 0..one.tellers.min(most) {
                let x = radius + step * dot as f32;
                let x = if self.rtl { SIZE.0 as f32 - MARGIN - x } else { MARGIN + x };
                self.canvas.path(&disc(x, middle, radius), Ink::Accent);
            }
            if let Some(name) = Text::new(&one.name, Face::Regular).elided((WIDTH - dots) / size) {
                let x = if self.rtl { SIZE.0 as f32 - MARGIN - dots - name.width * size } else { MARGIN + dots };
                self.canvas.letters(&name, size, x, middle + size * 0.355, Ink::Full);
            }
        }
    }

    /// A line of text at one of the margins. A text of the other direction keeps to its own side.
    fn line(&mut self, line: &Line, size: f32, baseline: f32, at: At, ink: Ink) {
        let right = (at == At::End) != self.rtl;
        let x = if right { SIZE.0 as f32 - MARGIN - line.width * size } else { MARGIN };
        self.canvas.letters(line, size, x, baseline, ink);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::hash::Sha256;
    use crate::derive::chart::Band;
    use crate::derive::figure::{Chart, Tick};
    use crate::derive::label::Label;
    use crate::derive::preview::DRAWING;

    fn check() -> Preview {
        Preview {
            kind: "Vérification".to_owned(),
            label: Label::new("negative", "Inexact"),
            title: "Damas est tombée en novembre 2024.".to_owned(),
            line: "Affirmé par Maghrebi.org".to_owned(),
            plot: None,
            publisher: "Rédaction".to_owned(),
            dossier: "Russie et Mali".to_owned(),
            rtl: false,
        }
    }

    fn row(name: &str, marks: Vec<Mark>) -> PlotRow {
        PlotRow { name: name.to_owned(), marks, words: String::new(), tellers: 0 }
    }

    fn figure() -> Preview {
        let tick = |at: f64| Tick { at, label: at.to_string(), anchor: "middle" };
        let chart = Chart {
            title: String::new(),
            ticks: vec![tick(0.0), tick(50.0), tick(100.0)],
            band: Some(Band { from: 40.0, width: 30.0 }),
        };
        let rows = vec![
            row("فاغنر", vec![Mark::to_end(20.0), Mark::dot(20.0, true)]),
            row("JNIM", vec![Mark::line(30.0, 60.0), Mark::dot(45.0, false)]),
            row("ЧВК", vec![Mark::to_start(84.0), Mark::dot(84.0, true)]),
            PlotRow { words: "« des dizaines »".to_owned(), ..row("Le Monde", Vec::new()) },
        ];
        Preview { label: Label::plain("Contesté"), plot: Some(Plot { chart: Some(chart), rows }), ..check() }
    }

    fn drawn(preview: &Preview) -> Vec<u8> {
        let mut bytes = Vec::new();
        draw(preview, &mut bytes);
        bytes
    }

    /// A picture is kept as long as its name stays, and its name does not know how it was drawn.
    #[test]
    fn whoever_draws_in_another_way_raises_the_number_of_the_drawing() {
        let accounts = vec![PlotRow { tellers: 3, ..row("par mer", Vec::new()) }];
        let accounts = Preview { plot: Some(Plot { chart: None, rows: accounts }), ..check() };
        let all =
            [check(), figure(), accounts, Preview { rtl: true, ..check() }].map(|preview| drawn(&preview)).concat();
        let hash = Sha256::of(&all).to_string();
        assert_eq!(
            (DRAWING, &hash[..16]),
            (1, "d35dd3e2b25bffda"),
            "raise `DRAWING` in src/derive/preview.rs, and write both here"
        );
    }

    #[test]
    fn a_language_from_right_to_left_is_mirrored() {
        assert_ne!(drawn(&check()), drawn(&Preview { rtl: true, ..check() }));
    }

    #[test]
    fn anything_is_drawn_without_a_fault() {
        let long = "Wörter ".repeat(2_000);
        let word = "x".repeat(5_000);
        for text in ["", "瓦格纳", "\u{0}\u{202e}\n", &long, &word] {
            let mark = Mark { shape: "line", from: -1e9, to: f64::NAN, hollow: true };
            let rows = vec![PlotRow { words: text.to_owned(), tellers: 9_999, ..row(text, vec![mark]) }; 300];
            let plot = Plot { chart: figure().plot.and_then(|plot| plot.chart), rows };
            let text = || text.to_owned();
            let preview = Preview {
                kind: text(),
                label: Label::new("", text()),
                title: text(),
                line: text(),
                publisher: text(),
                dossier: text(),
                ..check()
            };
            for plot in [
                None,
                Some(plot.clone()),
                Some(Plot { chart: None, ..plot.clone() }),
                Some(Plot { rows: Vec::new(), ..plot }),
            ] {
                assert!(drawn(&Preview { plot, ..preview.clone() }).starts_with(b"\x89PNG"));
            }
        }
    }
}
