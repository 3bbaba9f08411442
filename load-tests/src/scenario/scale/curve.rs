//! Plot of the cost of a message over the length of the backlog: on the terminal and as SVG.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context;

use super::dispatch::{Kind, Point};
use crate::report::Report;

/// Width of the longest bar.
const WIDTH: f64 = 40.0;
/// The plot inside the picture, in pixels: left, top, width, height.
const PLOT: (f64, f64, f64, f64) = (60.0, 40.0, 520.0, 240.0);

/// Lines for people, and the file if one is requested.
pub(super) fn draw(report: &mut Report, points: &[Point], svg: Option<&Path>) -> anyhow::Result<()> {
    report.section("CPU seconds for 10,000 messages, by what waits behind them");
    let most = highest(points);
    for point in points {
        let cost = point.cpu_s_per_10k();
        let line = "█".repeat((cost / most * WIDTH).round() as usize);
        report.line(format!("  {:<9} {:>9}  {line} {cost:.2}", point.kind.name(), point.backlog));
    }
    if let Some(path) = svg {
        std::fs::write(path, picture(points)).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

fn highest(points: &[Point]) -> f64 {
    points.iter().map(Point::cpu_s_per_10k).fold(1e-9, f64::max)
}

/// Backlogs from left to right by their order of magnitude, CPU from zero upwards.
fn picture(points: &[Point]) -> String {
    let (left, top, width, height) = PLOT;
    let bottom = top + height;
    let (low, high) = points.iter().fold((f64::MAX, f64::MIN), |(low, high), point| {
        let x = (point.backlog as f64).log10();
        (low.min(x), high.max(x))
    });
    let most = highest(points) * 1.1;
    let x = |backlog: u64| left + width * ((backlog as f64).log10() - low) / (high - low).max(1e-9);
    let y = |cost: f64| bottom - height * cost / most;
    let mut svg = String::from(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 330" font-family="sans-serif" font-size="12">
<rect width="640" height="330" fill="#fff"/>
<text x="60" y="22" font-size="14">CPU seconds for 10,000 messages, by length of the backlog</text>
"##,
    );
    let _ =
        writeln!(svg, r##"<path d="M{left} {top}V{bottom}H{}" fill="none" stroke="#444"/>"##, left + width);
    for step in 0..=4 {
        let cost = most * f64::from(step) / 4.0;
        let _ = writeln!(
            svg,
            r#"<text x="{}" y="{:.1}" text-anchor="end">{cost:.1}</text>"#,
            left - 8.0,
            y(cost) + 4.0
        );
    }
    for (kind, colour) in [(Kind::Campaign, "#0a7"), (Kind::Jobs, "#36c")] {
        let line: Vec<&Point> = points.iter().filter(|point| point.kind == kind).collect();
        let path: Vec<String> =
            line.iter().map(|p| format!("{:.1},{:.1}", x(p.backlog), y(p.cpu_s_per_10k()))).collect();
        let _ = writeln!(
            svg,
            r#"<polyline points="{}" fill="none" stroke="{colour}" stroke-width="2"/>"#,
            path.join(" ")
        );
        for point in &line {
            let (x, y) = (x(point.backlog), y(point.cpu_s_per_10k()));
            let _ = writeln!(svg, r#"<circle cx="{x:.1}" cy="{y:.1}" r="4" fill="{colour}"/>"#);
            let _ = writeln!(
                svg,
                r#"<text x="{x:.1}" y="{:.1}" text-anchor="middle" fill="{colour}">{:.2}</text>"#,
                if kind == Kind::Jobs { y + 18.0 } else { y - 9.0 },
                point.cpu_s_per_10k()
            );
            let _ = writeln!(
                svg,
                r#"<text x="{x:.1}" y="{}" text-anchor="middle">{}</text>"#,
                bottom + 18.0,
                point.backlog
            );
        }
        // A legend in the corner: the ends of the lines may lie close together.
        let _ = writeln!(
            svg,
            r#"<text x="{}" y="{}" text-anchor="end" fill="{colour}">{}</text>"#,
            left + width,
            if kind == Kind::Jobs { bottom - 10.0 } else { bottom - 28.0 },
            kind.name()
        );
    }
    svg.push_str("</svg>\n");
    svg
}
