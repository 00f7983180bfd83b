//! Pixels of a few colours: each is a place on the way from a ground to an ink, so the PNG has a palette and is written fast.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::LazyLock;

use ab_glyph_rasterizer::{Point, Rasterizer, point};
use harfrust::font::glyph::outline::PathElement;

use super::shapes::Path;
use super::text::{FaceId, Line, outline};
use crate::derive::preview::SIZE;

const WIDTH: usize = SIZE.0 as usize;
const HEIGHT: usize = SIZE.1 as usize;
/// Steps from a ground to an ink, both included.
const STEPS: u8 = 16;

/// What is drawn with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    /// For words.
    Full,
    /// For words that matter less.
    Soft,
    /// For lines that part.
    Rule,
    /// For estimates.
    Accent,
    /// For words on a tone.
    Paper,
}

impl Ink {
    const ALL: [Self; 5] = [Self::Full, Self::Soft, Self::Rule, Self::Accent, Self::Paper];
}

/// What is drawn on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ground {
    Paper,
    /// The colour of the verdict.
    Tone,
    /// The editors' assessment behind the estimates.
    Field,
}

/// The pairs that occur, each with `STEPS` colours of the palette, in this order. The first of a ground is the ground itself.
const RAMPS: &[(Ground, Ink)] = &[
    (Ground::Paper, Ink::Full),
    (Ground::Paper, Ink::Soft),
    (Ground::Paper, Ink::Rule),
    (Ground::Paper, Ink::Accent),
    (Ground::Tone, Ink::Paper),
    (Ground::Field, Ink::Accent),
    (Ground::Field, Ink::Rule),
    (Ground::Field, Ink::Soft),
];

/// A colour: red, green, blue.
type Rgb = [u8; 3];

const PAPER: Rgb = [0xfd, 0xfc, 0xf9];
const ACCENT: Rgb = [0x1d, 0x4f, 0x91];

/// The colours of the style sheet's light side.
fn ink(ink: Ink) -> Rgb {
    match ink {
        Ink::Full => [0x1b, 0x1d, 0x21],
        Ink::Soft => [0x58, 0x5c, 0x64],
        Ink::Rule => [0xde, 0xda, 0xd0],
        Ink::Accent => ACCENT,
        Ink::Paper => PAPER,
    }
}

fn ground(ground: Ground, tone: &str) -> Rgb {
    match (ground, tone) {
        (Ground::Paper, _) => PAPER,
        (Ground::Field, _) => between(PAPER, ACCENT, 2),
        (Ground::Tone, "positive") => [0x1f, 0x6b, 0x43],
        (Ground::Tone, "mixed") => [0x7a, 0x52, 0x00],
        (Ground::Tone, "negative") => [0x9f, 0x2b, 0x20],
        (Ground::Tone, _) => [0x4a, 0x55, 0x63],
    }
}

/// The colour that many steps from one to the other.
fn between(from: Rgb, to: Rgb, step: u8) -> Rgb {
    let last = u16::from(STEPS - 1);
    std::array::from_fn(|part| {
        let (from, to, step) = (u16::from(from[part]), u16::from(to[part]), u16::from(step));
        u8::try_from((from * (last - step) + to * step + last / 2) / last).unwrap_or(u8::MAX)
    })
}

/// A picture of [`SIZE`].
pub(super) struct Canvas {
    pixels: Vec<u8>,
    rasterizer: Rasterizer,
}

/// What is drawn on goes on to the next picture: fresh memory costs as much as what is drawn into it.
impl Drop for Canvas {
    fn drop(&mut self) {
        SPARE.with_borrow_mut(|spare| *spare = std::mem::take(&mut self.pixels));
    }
}

/// Letters that were drawn before, by face, glyph, size in 64ths and half pixel.
type Letters = BTreeMap<(FaceId, u32, u32, bool), Shape>;

/// So many letters of all sizes are kept: a script of many signs would fill the memory.
const MOST_LETTERS: usize = 2_000;

thread_local! {
    /// Pictures have the same few sizes and mostly the same letters, so what one has drawn the next one takes.
    static LETTERS: RefCell<Letters> = const { RefCell::new(BTreeMap::new()) };
    /// What the last picture was drawn on.
    static SPARE: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// A shape in pixels: how much of each is covered, from 0 to `STEPS - 1`.
#[derive(Default)]
struct Shape {
    left: i32,
    top: i32,
    wide: usize,
    cover: Vec<u8>,
}

impl Canvas {
    pub(super) fn new() -> Self {
        let mut pixels = SPARE.take();
        pixels.clear();
        pixels.resize(WIDTH * HEIGHT, 0);
        Self { pixels, rasterizer: Rasterizer::new(0, 0) }
    }

    /// Fills whole pixels with a ground.
    pub(super) fn fill(&mut self, x: f32, y: f32, wide: f32, high: f32, ground: Ground) {
        let colour = RAMPS.iter().position(|ramp| ramp.0 == ground).map_or(0, base);
        self.rows(x, y, wide, high, |pixel| *pixel = colour);
    }

    /// Fills whole pixels with an ink.
    pub(super) fn bar(&mut self, x: f32, y: f32, wide: f32, high: f32, ink: Ink) {
        let brush = Brush::new(ink);
        self.rows(x, y, wide, high, |pixel| brush.put(pixel, STEPS - 1));
    }

    fn rows(&mut self, x: f32, y: f32, wide: f32, high: f32, mut paint: impl FnMut(&mut u8)) {
        let (left, right) = (pixel(x, WIDTH), pixel(x + wide, WIDTH));
        let (top, bottom) = (pixel(y, HEIGHT), pixel(y + high, HEIGHT));
        for row in self.pixels.chunks_exact_mut(WIDTH).take(bottom).skip(top) {
            row[left..right.max(left)].iter_mut().for_each(&mut paint);
        }
    }

    /// Fills an outline.
    pub(super) fn path(&mut self, path: &Path, ink: Ink) {
        if let Some(shape) = shape(&mut self.rasterizer, path, 0.0, 1.0) {
            let brush = Brush::new(ink);
            paint(&mut self.pixels, &shape, 0, 0, |pixel, step| brush.put(pixel, step));
        }
    }

    /// Takes away what was drawn inside an outline.
    pub(super) fn clear(&mut self, path: &Path) {
        if let Some(shape) = shape(&mut self.rasterizer, path, 0.0, 1.0) {
            paint(&mut self.pixels, &shape, 0, 0, |pixel, step| {
                if step > STEPS / 2 {
                    *pixel -= *pixel % STEPS;
                }
            });
        }
    }

    /// Draws a line of text, from its left end. Large letters stand at whole pixels, small ones at halves.
    pub(super) fn letters(&mut self, line: &Line, size: f32, x: f32, baseline: f32, ink: Ink) {
        LETTERS.with_borrow_mut(|known| {
            if known.len() > MOST_LETTERS {
                known.clear();
            }
            self.letters_with(known, line, size, (x, baseline), ink);
        });
    }

    fn letters_with(&mut self, known: &mut Letters, line: &Line, size: f32, (x, baseline): (f32, f32), ink: Ink) {
        let brush = Brush::new(ink);
        let parts = if size < 40.0 { 2.0 } else { 1.0 };
        for glyph in &line.glyphs {
            let place = ((x + glyph.x * size) * parts).round() / parts;
            let half = place.fract() != 0.0;
            #[expect(clippy::cast_possible_truncation, reason = "the picture is 1200 pixels wide")]
            let (left, top) = (place.floor() as i32, (baseline - glyph.y * size).round() as i32);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sizes are small")]
            let key = (glyph.face, glyph.id, (size * 64.0) as u32, half);
            let shape = match known.entry(key) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(new) => {
                    let path = outline(glyph.face, glyph.id, size);
                    let drawn = shape(&mut self.rasterizer, &path, if half { 0.5 } else { 0.0 }, -1.0);
                    new.insert(drawn.unwrap_or_default())
                }
            };
            paint(&mut self.pixels, shape, left, top, |pixel, step| brush.put(pixel, step));
        }
    }

    /// Writes the picture; `tone` is the colour of the verdict.
    pub(super) fn png(&self, tone: &str, out: &mut Vec<u8>) {
        let mut encoder = png::Encoder::new(out, SIZE.0, SIZE.1);
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_depth(png::BitDepth::Eight);
        let ramps = RAMPS.iter().map(|ramp| (ground(ramp.0, tone), ink(ramp.1)));
        let palette: Vec<u8> =
            ramps.flat_map(|(ground, ink)| (0..STEPS).flat_map(move |step| between(ground, ink, step))).collect();
        encoder.set_palette(palette);
        // Lines repeat the line above for the most part, and the fastest way is good at that.
        encoder.set_filter(png::Filter::Up);
        encoder.set_compression(png::Compression::Fastest);
        // A vector takes every byte, and the picture has the size it says.
        if let Ok(mut writer) = encoder.write_header() {
            let _ = writer.write_image_data(&self.pixels);
        }
    }
}

/// The first colour of a ramp.
fn base(ramp: usize) -> u8 {
    u8::try_from(ramp).unwrap_or_default() * STEPS
}

/// An ink, ready to be put on any pixel: for each colour that may be there and each step, the colour that comes out.
struct Brush([[u8; STEPS as usize]; RAMPS.len() * STEPS as usize]);

impl Brush {
    fn new(ink: Ink) -> &'static Self {
        static BRUSHES: LazyLock<[Brush; Ink::ALL.len()]> = LazyLock::new(|| Ink::ALL.map(Brush::made));
        &BRUSHES[Ink::ALL.iter().position(|one| *one == ink).unwrap_or_default()]
    }

    /// Of the same ink the stronger stays; over another one, half of the pixel must be covered.
    fn made(ink: Ink) -> Self {
        let to = |ground: Ground| RAMPS.iter().position(|ramp| *ramp == (ground, ink));
        Self(std::array::from_fn(|pixel| {
            let (ground, under) = RAMPS[pixel / usize::from(STEPS)];
            let there = u8::try_from(pixel % usize::from(STEPS)).unwrap_or_default();
            let pixel = u8::try_from(pixel).unwrap_or_default();
            std::array::from_fn(|step| match (to(ground), u8::try_from(step).unwrap_or_default()) {
                // A pair that does not occur.
                (None, _) | (_, 0) => pixel,
                (Some(ramp), step) => {
                    let shows = there == 0 || if under == ink { step > there } else { step >= STEPS / 2 };
                    if shows { base(ramp) + step } else { pixel }
                }
            })
        }))
    }

    fn put(&self, pixel: &mut u8, step: u8) {
        // A step is never more than the last.
        *pixel = self.0[usize::from(*pixel) % self.0.len()][usize::from(step % STEPS)];
    }
}

/// The pixel at a place, inside the picture.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "cut to the picture's size")]
fn pixel(at: f32, most: usize) -> usize {
    (at.round().max(0.0) as usize).min(most)
}

/// An outline in pixels, moved to the right; `up` is -1 where y goes upward, as in fonts. `None` for one without an area.
fn shape(rasterizer: &mut Rasterizer, path: &[PathElement], right: f32, up: f32) -> Option<Shape> {
    let at = |x: f32, y: f32| point(x + right, up * y);
    let (mut least, mut most) = (point(f32::MAX, f32::MAX), point(f32::MIN, f32::MIN));
    let mut see = |x: f32, y: f32| {
        let Point { x, y } = at(x, y);
        least = point(least.x.min(x), least.y.min(y));
        most = point(most.x.max(x), most.y.max(y));
    };
    for element in path {
        match *element {
            PathElement::MoveTo { x, y } | PathElement::LineTo { x, y } => see(x, y),
            PathElement::QuadTo { cx0, cy0, x, y } => [(cx0, cy0), (x, y)].iter().for_each(|(x, y)| see(*x, *y)),
            PathElement::CurveTo { cx0, cy0, cx1, cy1, x, y } => {
                [(cx0, cy0), (cx1, cy1), (x, y)].iter().for_each(|(x, y)| see(*x, *y));
            }
            PathElement::Close => {}
        }
    }
    // Nothing is drawn far outside the picture, whatever the content.
    let inside = least.x < most.x && least.y < most.y && most.x - least.x < 4096.0 && most.y - least.y < 4096.0;
    if !inside {
        return None;
    }
    let (left, top) = (least.x.floor(), least.y.floor());
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small, as just tested")]
    let (wide, high) = ((most.x - left).ceil() as usize + 1, (most.y - top).ceil() as usize + 1);
    rasterizer.reset(wide, high);
    let at = |x: f32, y: f32| {
        let Point { x, y } = at(x, y);
        point(x - left, y - top)
    };
    let (mut start, mut here) = (point(0.0, 0.0), point(0.0, 0.0));
    for element in path {
        let to = match *element {
            PathElement::MoveTo { x, y } => {
                start = at(x, y);
                start
            }
            PathElement::LineTo { x, y } => {
                rasterizer.draw_line(here, at(x, y));
                at(x, y)
            }
            PathElement::QuadTo { cx0, cy0, x, y } => {
                rasterizer.draw_quad(here, at(cx0, cy0), at(x, y));
                at(x, y)
            }
            PathElement::CurveTo { cx0, cy0, cx1, cy1, x, y } => {
                rasterizer.draw_cubic(here, at(cx0, cy0), at(cx1, cy1), at(x, y));
                at(x, y)
            }
            PathElement::Close => {
                rasterizer.draw_line(here, start);
                start
            }
        };
        here = to;
    }
    let mut cover = vec![0; wide * high];
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to the number of steps")]
    rasterizer.for_each_pixel(|index, share| {
        if let Some(pixel) = cover.get_mut(index) {
            *pixel = ((share * f32::from(STEPS - 1) + 0.5) as u8).min(STEPS - 1);
        }
    });
    #[expect(clippy::cast_possible_truncation, reason = "the picture is 1200 pixels wide")]
    Some(Shape { left: left as i32, top: top as i32, wide, cover })
}

/// Puts a shape on the picture, as far as it is on it.
fn paint(pixels: &mut [u8], shape: &Shape, x: i32, y: i32, mut put: impl FnMut(&mut u8, u8)) {
    let left = shape.left + x;
    let (skipped, left) = (usize::try_from(-left).unwrap_or(0), usize::try_from(left).unwrap_or(0));
    if shape.wide <= skipped || left >= WIDTH {
        return;
    }
    for (row, cover) in (shape.top + y..).zip(shape.cover.chunks_exact(shape.wide)) {
        let Some(row) = usize::try_from(row).ok().filter(|row| *row < HEIGHT) else { continue };
        let line = &mut pixels[row * WIDTH + left..(row + 1) * WIDTH];
        line.iter_mut().zip(&cover[skipped..]).for_each(|(pixel, step)| put(pixel, *step));
    }
}
