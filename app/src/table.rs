//! Tables on stdout for people, one JSON object a line for programs.

use chrono::{DateTime, Utc};

/// Prints rows below their heads, each column as wide as its widest cell; the last is not filled up.
pub(crate) fn print<const N: usize>(heads: [&str; N], rows: impl IntoIterator<Item = [String; N]>) {
    let rows: Vec<[String; N]> = rows.into_iter().collect();
    let width = |column: usize| {
        let cells = rows.iter().map(|row| row[column].chars().count());
        cells.chain([heads[column].chars().count()]).max().unwrap_or(0)
    };
    let widths: [usize; N] = std::array::from_fn(width);
    let line = |cells: [&str; N]| {
        let padded = cells.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}"));
        println!("{}", padded.collect::<Vec<_>>().join("  ").trim_end());
    };
    line(heads);
    rows.iter().for_each(|row| line(std::array::from_fn(|column| row[column].as_str())));
}

/// Prints one object a line.
pub(crate) fn json_lines(rows: impl IntoIterator<Item = serde_json::Value>) -> anyhow::Result<()> {
    rows.into_iter().for_each(|row| println!("{row}"));
    Ok(())
}

/// To the second, UTC.
pub(crate) fn time(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%d %H:%M:%SZ").to_string()
}
