//! What commands print: tables for people, JSON for programs. Stdout carries the data and nothing else; everything that
//! is said about it goes to stderr.

use std::io::{ErrorKind, Write};

use chrono::{DateTime, Utc};
use clap::ValueEnum;
use serde_json::Value;

/// How data is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Tables and sentences for people.
    #[default]
    Table,
    /// One JSON array or object.
    Json,
    /// One JSON object a line.
    Jsonl,
}

/// How a command prints.
#[derive(Clone, Copy)]
pub(crate) struct Output(pub(crate) Format);

impl Output {
    /// Whether programs read it.
    pub(crate) fn is_json(self) -> bool {
        self.0 != Format::Table
    }

    /// Prints a list: an array, an object a line, or a table with these heads.
    pub(crate) fn rows<const N: usize>(
        self,
        heads: [&str; N],
        rows: impl IntoIterator<Item = (Value, [String; N])>,
    ) -> anyhow::Result<()> {
        let (objects, cells): (Vec<Value>, Vec<[String; N]>) = rows.into_iter().unzip();
        match self.0 {
            Format::Table => write(&table(heads, &cells)),
            Format::Json => write(&(serde_json::to_string_pretty(&objects)? + "\n")),
            Format::Jsonl => write(&objects.iter().map(|object| format!("{object}\n")).collect::<String>()),
        }
    }

    /// Prints one object, or its text for people.
    pub(crate) fn object(self, object: &Value, text: impl std::fmt::Display) -> anyhow::Result<()> {
        match self.0 {
            Format::Table => write(&format!("{text}\n")),
            Format::Json => write(&(serde_json::to_string_pretty(object)? + "\n")),
            Format::Jsonl => write(&format!("{object}\n")),
        }
    }

    /// A remark for people.
    #[expect(clippy::print_stderr, reason = "stdout is for the data")]
    pub(crate) fn note(self, text: impl std::fmt::Display) {
        eprintln!("{text}");
    }
}

/// Writes to stdout. Nobody who reads it any more (`wahana jobs search | head`) is no failure.
pub(crate) fn write(text: &str) -> anyhow::Result<()> {
    let mut stdout = std::io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// Rows below their heads, each column as wide as its widest cell; the last is not filled up.
fn table<const N: usize>(heads: [&str; N], rows: &[[String; N]]) -> String {
    let width = |column: usize| {
        let cells = rows.iter().map(|row| row[column].chars().count());
        cells.chain([heads[column].chars().count()]).max().unwrap_or(0)
    };
    let widths: [usize; N] = std::array::from_fn(width);
    let line = |cells: [&str; N]| {
        let padded = cells.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}"));
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
    };
    let body = rows.iter().map(|row| line(std::array::from_fn(|column| row[column].as_str())));
    std::iter::once(line(heads)).chain(body).collect()
}

/// To the second, UTC.
pub(crate) fn time(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%d %H:%M:%SZ").to_string()
}

#[cfg(test)]
mod tests {
    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let rows = [["1".to_owned(), "a".to_owned()], ["1000".to_owned(), String::new()]];
        assert_eq!(super::table(["ID", "NAME"], &rows), "ID    NAME\n1     a\n1000\n");
    }
}
