//! Dots, rings and the signs of verdicts, as outlines in pixels, y downward.

use harfrust::font::glyph::outline::PathElement;

/// An outline.
pub(super) type Path = Vec<PathElement>;

/// How far the handles of four cubic curves stand out that make a circle of radius 1.
const HANDLE: f32 = 0.552_284_8;

/// A filled circle.
pub(super) fn disc(x: f32, y: f32, radius: f32) -> Path {
    circle(x, y, radius, 1.0)
}

/// A circle drawn with a line, whose outer edge has the radius.
pub(super) fn ring(x: f32, y: f32, radius: f32, thick: f32) -> Path {
    let mut path = circle(x, y, radius, 1.0);
    // The inner edge runs the other way round, so that what is inside is not filled.
    path.extend(circle(x, y, radius - thick, -1.0));
    path
}

fn circle(x: f32, y: f32, r: f32, way: f32) -> Path {
    let h = HANDLE * r;
    let curve = |ax: f32, ay: f32, bx: f32, by: f32, tx: f32, ty: f32| PathElement::CurveTo {
        cx0: x + ax,
        cy0: y + way * ay,
        cx1: x + bx,
        cy1: y + way * by,
        x: x + tx,
        y: y + way * ty,
    };
    vec![
        PathElement::MoveTo { x: x + r, y },
        curve(r, h, h, r, 0.0, r),
        curve(-h, r, -r, h, -r, 0.0),
        curve(-r, -h, -h, -r, 0.0, -r),
        curve(h, -r, r, -h, r, 0.0),
        PathElement::Close,
    ]
}

/// Straight lines around an area.
pub(super) fn polygon(points: &[(f32, f32)]) -> Path {
    let mut path: Path = Vec::with_capacity(points.len() + 1);
    for (index, (x, y)) in points.iter().copied().enumerate() {
        path.push(if index == 0 { PathElement::MoveTo { x, y } } else { PathElement::LineTo { x, y } });
    }
    path.push(PathElement::Close);
    path
}

/// The sign of a tone in a square: the same as beside a verdict on a page.
pub(super) fn sign(tone: &str, x: f32, y: f32, wide: f32) -> Path {
    let unit = wide / 10.0;
    let at = |(a, b): (f32, f32)| (x + a * unit, y + b * unit);
    let stroke = |from: (f32, f32), to: (f32, f32)| stroke(at(from), at(to), 1.9 * unit);
    let strokes: Vec<Path> = match tone {
        "positive" => vec![polyline(&[(1.2, 5.4), (4.0, 8.2), (8.9, 2.0)].map(at), 1.9 * unit)],
        "negative" => vec![stroke((1.8, 1.8), (8.2, 8.2)), stroke((8.2, 1.8), (1.8, 8.2))],
        "mixed" => vec![stroke((1.0, 3.4), (9.0, 3.4)), stroke((1.0, 6.8), (9.0, 6.8))],
        _ => vec![ring(x + 5.0 * unit, y + 5.0 * unit, 4.35 * unit, 1.9 * unit)],
    };
    strokes.concat()
}

/// A straight line with square ends.
fn stroke(from: (f32, f32), to: (f32, f32), thick: f32) -> Path {
    let (a, b) = sides(from, to, thick);
    polygon(&[(from.0 + a, from.1 + b), (to.0 + a, to.1 + b), (to.0 - a, to.1 - b), (from.0 - a, from.1 - b)])
}

/// Two lines that meet in a sharp corner, as one outline.
fn polyline(points: &[(f32, f32); 3], thick: f32) -> Path {
    let [from, corner, to] = *points;
    let ((a, b), (c, d)) = (sides(from, corner, thick), sides(corner, to, thick));
    // The corner's outer and inner point lie where the edges of both lines meet.
    let meet = |side: f32| {
        let (p, q) = ((from.0 + side * a, from.1 + side * b), (to.0 + side * c, to.1 + side * d));
        let (u, v) = ((corner.0 - from.0, corner.1 - from.1), (corner.0 - to.0, corner.1 - to.1));
        let cross = u.0 * v.1 - u.1 * v.0;
        let share = ((q.0 - p.0) * v.1 - (q.1 - p.1) * v.0) / cross;
        (p.0 + u.0 * share, p.1 + u.1 * share)
    };
    polygon(&[
        (from.0 + a, from.1 + b),
        meet(1.0),
        (to.0 + c, to.1 + d),
        (to.0 - c, to.1 - d),
        meet(-1.0),
        (from.0 - a, from.1 - b),
    ])
}

/// From the middle of a line to its edge.
fn sides(from: (f32, f32), to: (f32, f32), thick: f32) -> (f32, f32) {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let half = thick / 2.0 / (dx * dx + dy * dy).sqrt();
    (-dy * half, dx * half)
}
